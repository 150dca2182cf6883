package quantity

import (
	"strings"

	"github.com/shopspring/decimal"

	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// countNoun gives a bare number the noun that it counts: "34 Pakistani
// soldiers" are soldiers, "34 dead" and "killed 34" are people.
func (r *reader) countNoun(a *amount) {
	at := a.next
	if a.Ratio {
		if r.Is(at, "of") || determiners.Has(r.At(at).Lower) { // a share of things is no number of them
			a.unit = "1"
		}
		return
	}
	if r.IsMark(at, '-') && !r.At(at).Space && !r.At(at+1).Space { // "12-member"
		if w := r.At(at + 1); w.Kind == numeral.Letters && !w.Upper && !functionWords.Has(w.Lower) {
			a.unit, a.tail = lemma(w.Lower), at+2
		}
		return
	}
	if r.Is(at, "of") {
		next := r.At(at + 1).Lower
		if !a.Vague && !determiners.Has(next) && !r.numberAt(at+1) && !r.Is(a.next-1, "dozen") && !r.Is(a.next-1, "couple") {
			return
		}
		at++
	}
	for determiners.Has(r.At(at).Lower) && at < a.next+4 {
		at++
	}
	if at > a.next && r.numberAt(at) { // "10 of the 12 members"
		if n, ok := r.Read(at); ok && n.Value.GreaterThanOrEqual(a.Value) && !n.Ordinal && !n.Vague {
			a.unit, _ = r.nounAt(n.Next)
			return
		}
	}
	noun, next := r.nounAt(at)
	switch {
	case noun != "":
		a.unit, a.tail = noun, next
	case r.people(a):
		a.unit = "person"
	}
}

var determiners = words.NewSet("the its their his her our those these all whom which them")

// fates are what befalls people and is counted without naming them.
var fates = words.NewSet("dead killed wounded injured missing hurt died dying drowned displaced hospitalised hospitalized arrested detained infected perished evacuated homeless unaccounted trapped")

// harms are the verbs whose object in numbers is people.
var harms = words.NewSet("killed killing kills kill injured injuring injures injure wounded wounding wounds leaving hospitalizing hospitalising displacing")

// people reports whether a number with no noun counts people: "34 dead", "34
// were killed", "killing 34", "a death toll of 34".
func (r *reader) people(a *amount) bool {
	at := a.next
	for k := 0; k < 3; k++ {
		switch w := r.At(at).Lower; {
		case fates.Has(w):
			return true
		case w == "were", w == "was", w == "have", w == "had", w == "are", w == "been", w == "remain", w == "still", w == "others", w == "more", w == "reported", w == "left", w == "also":
			at++
			continue
		}
		break
	}
	for k := a.first - 1; k >= r.floor && k > a.first-6; k-- {
		w := r.At(k)
		if harms.Has(w.Lower) || w.Lower == "toll" {
			return true
		}
		if w.Kind != numeral.Letters || !hedgeLike.Has(w.Lower) {
			return false
		}
	}
	return false
}

var hedgeLike = words.NewSet("at least more than about some around nearly almost over up to as many of to was is stood stands rose rises climbed fewer an estimated another")

// nounAt reads the noun phrase at word i and returns its head's lemma and the
// word after it. Tags decide where there are any; without them a plural does.
func (r *reader) nounAt(i int) (noun string, next int) {
	head := -1
	for k := i; k < i+6 && k < len(r.Words); k++ {
		w := &r.Words[k]
		if w.Rune == '-' && !w.Space && !r.At(k+1).Space && k > i {
			head = -1
			continue
		}
		if w.Kind == numeral.Letters && r.IsMark(k+1, '-') && !r.At(k+1).Space && r.At(k+1).Token == w.Token {
			continue // the first half of "F-Series"
		}
		if w.Kind != numeral.Letters || functionWords.Has(w.Lower) || w.IsNumber() && !r.inCompound(k) || r.inDate(k, k+1) {
			break
		}
		part := r.part(w)
		if part == other {
			break
		}
		if part == modifier {
			if head >= 0 {
				break
			}
			continue
		}
		if head >= 0 && part != plural && r.part(&r.Words[head]) == plural {
			break
		}
		head = k
		if part == plural && r.part(r.At(k+1)) != plural {
			break
		}
	}
	if head < 0 {
		return "", i
	}
	w := &r.Words[head]
	if r.part(w) != plural && !r.isOne(i) && (!r.tagged() || r.acts(i, head)) {
		return "", i
	}
	return lemma(w.Lower), head + 1
}

// acts reports whether the word at i is what a number did to the noun at head,
// which is one and not counted: "11,721 entered captivity".
func (r *reader) acts(i, head int) bool {
	return i < head && strings.HasSuffix(r.At(i).Lower, "ed") && r.part(&r.Words[head]) == singular
}

// isOne reports whether the word before i says one.
func (r *reader) isOne(i int) bool { return r.Is(i-1, "one") || r.Is(i-1, "1") || r.IsMark(i-1, '-') }

func (r *reader) inCompound(k int) bool { return r.IsMark(k+1, '-') && !r.At(k+1).Space }

func (r *reader) tagged() bool {
	return len(r.sentence.Tokens) > 0 && r.sentence.Tokens[0].Tag != ""
}

// part is the part that a word can play in a counted noun phrase.
type part uint8

const (
	other part = iota
	modifier
	singular
	plural
)

func (r *reader) part(w *numeral.Word) part {
	if w.Kind != numeral.Letters || w.Token >= len(r.sentence.Tokens) {
		return other
	}
	known := irregular[w.Lower] != "" && irregular[w.Lower] != w.Lower
	if strings.HasSuffix(w.Lower, "ed") { // "80 stayed", however it was tagged
		return modifier
	}
	switch tag := r.sentence.Tokens[w.Token].Tag; tag {
	case "NNS", "NNPS":
		return plural
	case "NN":
		if known || w.Lower == "people" {
			return plural
		}
		return singular
	case "JJ", "JJR", "JJS", "VBN", "VBG", "NNP", "FW", "AFX", "RB", "RBS", "RBR":
		if known && tag != "NNP" {
			return plural
		}
		return modifier
	case "":
		switch {
		case functionWords.Has(w.Lower):
			return other
		case known || looksPlural(w.Lower):
			return plural
		}
		return modifier
	case "VBZ", "VB", "VBP", "VBD":
		if (tag == "VBZ" || tag == "VBP") && looksPlural(w.Lower) && w.Token > 0 && r.sentence.Tokens[w.Token-1].Tag == "CD" && !functionWords.Has(w.Lower) { // "34 strikes"
			return plural
		}
	}
	return other
}

func looksPlural(w string) bool {
	n := len(w)
	return n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i' && w[n-2] != '\''
}

// countsThings reports whether a noun that is counted follows, so that the m
// of "5m people" is a million.
func (r *reader) countsThings(i int) bool {
	noun, _ := r.nounAt(i)
	return noun != ""
}

// functionWords end a noun phrase, and are never its head.
var functionWords = words.NewSet(`a an the this that these those and or but nor of in on at to from by with for as per since until during after before
is was were are be been has have had does did do will would could should may might can must not who which whom whose what when where while if than then
i you he she it we they them him us me his her its their our your my there here also so such just only even still yet now ago later earlier
said says told according because including between among under over into out up down off about against through across amid without within plus versus vs
tall long wide deep high thick old away ahead north south east west northeast northwest southeast southwest below above
times yes no's 's 're always perhaps thus versus alone overall yesterday today tomorrow means minus via despite toward towards upon besides less ones last next`)

var irregular = map[string]string{
	"people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "servicemen": "serviceman", "policemen": "policeman", "gunmen": "gunman", "crewmen": "crewman",
	"fishermen": "fisherman", "feet": "foot", "teeth": "tooth", "mice": "mouse", "geese": "goose", "lives": "life", "wives": "wife", "knives": "knife", "wolves": "wolf", "leaves": "leaf", "shelves": "shelf",
	"thieves": "thief", "loaves": "loaf", "calves": "calf", "halves": "half", "aircraft": "aircraft", "police": "police", "personnel": "personnel", "cattle": "cattle", "sheep": "sheep", "fish": "fish", "staff": "staff", "series": "series", "species": "species",
	"crises": "crisis", "bases": "base", "analyses": "analysis", "shoes": "shoe", "others": "person", "troops": "troop", "dead": "person", "criteria": "criterion", "remains": "remains", "phenomena": "phenomenon", "data": "data",
	"spouses": "spouse", "houses": "house", "causes": "cause", "clauses": "clause", "abuses": "abuse", "excuses": "excuse", "uses": "use", "movies": "movie", "ties": "tie", "zombies": "zombie", "cookies": "cookie", "calories": "calorie", "spacecraft": "spacecraft", "hovercraft": "hovercraft",
}

// lemma is the singular of a noun in lower case.
func lemma(w string) string {
	if s, ok := irregular[w]; ok {
		return s
	}
	if strings.HasSuffix(w, "men") && len(w) > 4 {
		return w[:len(w)-2] + "an"
	}
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || w[n-2] == 's' || strings.HasSuffix(w, "'s"):
		return w
	case strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "zzes"), strings.HasSuffix(w, "uses"), strings.HasSuffix(w, "oes"), strings.HasSuffix(w, "gases"):
		return w[:n-2]
	case strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	}
	return w[:n-1]
}

func between(v decimal.Decimal, low, high int64) bool {
	return v.GreaterThanOrEqual(decimal.New(low, 0)) && v.LessThanOrEqual(decimal.New(high, 0))
}
