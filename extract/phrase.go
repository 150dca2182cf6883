package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// kind of a phrase.
type phraseKind uint8

const (
	other       phraseKind = iota
	nounPhrase             // "Israel's defense exports", "34 people", "it"
	verbGroup              // "has not signed", "plans to relocate"
	preposition            // "in", "to", "according to"
	joint                  // "and", "or", "but"
	comma
	stop  // ";", ":", a dash: what stands before and after are apart
	opens // "("
	closes
	binder // "that", "which", "while": a clause of its own begins
	when   // a date that is no part of a noun phrase
)

// phrase is a run of tokens, [first, last), that belong together.
type phrase struct {
	kind        phraseKind
	first, last int
	// verb is set for a verb group.
	verb verb
}

var binders = words.NewSet("that which who whom whose because while although though whether if when where unless whereas")

var partsOfDay = words.NewSet("morning noon midday afternoon evening nightfall night midnight dusk dawn daybreak sunset")

// cut groups the tokens of the line into phrases, left to right, by their tags
// and mentions: one look ahead, nothing undone.
func (l *line) cut() {
	for i := 0; i < len(l.tokens); {
		p := l.phraseAt(i)
		for j := p.first; j < p.last; j++ {
			l.of[j] = len(l.phrases)
		}
		l.phrases = append(l.phrases, p)
		i = p.last
	}
}

func (l *line) phraseAt(i int) phrase {
	t := &l.tokens[i]
	one := func(k phraseKind) phrase { return phrase{kind: k, first: i, last: i + 1} }
	if m := l.within[i]; m >= 0 {
		if l.mentions[m].Kind == claim.Date && !l.datesNoun(m) {
			return phrase{kind: when, first: i, last: l.mentions[m].last}
		}
		return l.nounPhraseAt(i)
	}
	if i == 0 && l.isTurn() {
		return phrase{kind: stop, last: l.turn()}
	}
	switch t.Text {
	case ",":
		return one(comma)
	case ";", ":", "—", "–", "--", "|":
		return one(stop)
	case "(", "[":
		return one(opens)
	case ")", "]":
		return one(closes)
	}
	if binders.Has(t.Lower) && (t.Tag != "DT" || l.verbFollows(i+1)) {
		return one(binder)
	}
	if t.Lower == "no" && i+2 < len(l.tokens) && l.tokens[i+1].Lower == "longer" && l.verbFollows(i+2) {
		return l.verbGroupAt(i)
	}
	if partsOfDay.Has(t.Lower) && i > 0 && l.tokens[i-1].Tag == "IN" && (i+1 == len(l.tokens) || l.tokens[i+1].Tag == "CD" || l.within[i+1] >= 0) {
		return one(when) // "By evening 40 had come"
	}
	switch t.Tag {
	case "CC":
		return one(joint)
	case "PRP", "EX", "WP":
		if n := len(l.phrases); n > 0 && l.phrases[n-1].kind == nounPhrase && (strings.HasSuffix(t.Lower, "self") || strings.HasSuffix(t.Lower, "selves")) {
			return one(other) // "the milk itself was"
		}
		return one(nounPhrase)
	case "MD", "VB", "VBD", "VBP", "VBZ", "VBN", "VBG":
		if l.modifiesNoun(i) {
			return l.nounPhraseAt(i)
		}
		return l.verbGroupAt(i)
	case "TO":
		if i+1 < len(l.tokens) && l.tokens[i+1].Tag == "VB" && l.within[i+1] < 0 {
			return l.verbGroupAt(i)
		}
		return one(preposition)
	case "RB":
		if negators.Has(t.Lower) && l.verbFollows(l.pastAdverbs(i+1)) || t.Lower == "also" && l.verbFollows(i+1) {
			return l.verbGroupAt(i)
		}
		return one(other)
	case "IN":
		p := one(preposition)
		if t.Lower == "according" || t.Lower == "due" || t.Lower == "because" {
			p.last = min(i+2, len(l.tokens))
		}
		return p
	}
	if t.Lower == "according" {
		return phrase{kind: preposition, first: i, last: min(i+2, len(l.tokens))}
	}
	if inNounPhrase(t.Tag) {
		return l.nounPhraseAt(i)
	}
	return one(other)
}

// isTurn reports whether the line begins with the mark of who speaks in a
// dialogue: "Q. How many?", "A: None."
func (l *line) isTurn() bool {
	switch l.tokens[0].Text {
	case "Q.", "A.":
		return true
	case "Q", "A":
		return len(l.tokens) > 1 && (l.tokens[1].Text == ":" || l.tokens[1].Text == ".")
	}
	return false
}

// turn is the token behind the mark of who speaks.
func (l *line) turn() int { return 3 - len(l.tokens[0].Text) }

func inNounPhrase(tag string) bool {
	switch tag {
	case "DT", "PDT", "PRP$", "WP$", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "$", "#", "FW":
		return true
	}
	return false
}

// datesNoun tells "the 2016 accord" and "the October 7, 2023, attacks", where a
// date says which, from "in 2016 exports rose", where it says when.
func (l *line) datesNoun(m int) bool {
	first, i := l.mentions[m].first, l.mentions[m].last
	if i+1 < len(l.tokens) && l.tokens[i].Tag == "POS" && l.within[i] < 0 && inNounPhrase(l.tokens[i+1].Tag) {
		return true // "in Sunday's vote"
	}
	if first > 0 && l.within[first-1] < 0 && (l.tokens[first-1].Tag == "IN" || l.tokens[first-1].Tag == "TO") {
		return false
	}
	if i < len(l.tokens) && l.tokens[i].Text == "," {
		if first == 0 || l.tokens[first-1].Tag != "DT" {
			return false
		}
		i++
	}
	for i < len(l.tokens) && l.within[i] < 0 && (l.tokens[i].Tag == "JJ" || l.modifiesNoun(i)) {
		i++
	}
	if i >= len(l.tokens) || l.within[i] >= 0 && !l.mentions[l.within[i]].Kind.IsName() {
		return false
	}
	switch l.tokens[i].Tag {
	case "NN", "NNS", "NNP", "NNPS":
		return true
	case "VBG": // "the bombing of"
		return l.tokens[i-1].Text == "," && i+1 < len(l.tokens) && l.tokens[i+1].Lower == "of"
	}
	return false
}

func (l *line) verbFollows(i int) bool {
	return i < len(l.tokens) && len(l.tokens[i].Tag) >= 2 && (l.tokens[i].Tag[:2] == "VB" || l.tokens[i].Tag == "MD")
}

// modifiesNoun tells "the occupied territories" from "was occupied".
func (l *line) modifiesNoun(i int) bool {
	tag := l.tokens[i].Tag
	if i == 0 && tag == "VBN" && len(l.tokens) > 2 && l.within[1] < 0 { // "Paid memberships stood at"
		return l.tokens[1].Tag == "NNS"
	}
	if i == 0 || i+1 >= len(l.tokens) || tag != "VBN" && tag != "VBG" && (tag != "VBD" || l.tokens[i-1].Tag != "DT" || binders.Has(l.tokens[i-1].Lower)) {
		return false
	}
	switch l.tokens[i-1].Tag {
	case "DT", "PRP$", "JJ", "POS", "CD":
	case "IN": // "of occupied land", but "for killing people"
		if tag == "VBG" {
			return false
		}
	case "VBD", "VBZ", "VBP": // "signed fishing treaties", but "was killing people"
		if tag == "VBN" || auxiliary(l.tokens[i-1].Lower) {
			return false
		}
	default:
		return false
	}
	switch l.tokens[i+1].Tag {
	case "NN", "NNS", "NNP", "NNPS":
		return true
	}
	return false
}

func (l *line) nounPhraseAt(i int) phrase {
	p := phrase{kind: nounPhrase, first: i}
	for i < len(l.tokens) {
		t := &l.tokens[i]
		if m := l.within[i]; m >= 0 {
			if i > p.first && (l.startsApart(m) || l.countsAnew(p.first, i) || l.followsTime(i)) {
				break
			}
			i = l.mentions[m].last
			continue
		}
		if i > p.first {
			if t.Tag == "DT" && t.Lower != "all" || t.Tag == "PRP$" { // a new phrase begins
				break
			}
			if t.Lower == "then" && l.tokens[i-1].Tag == "DT" { // "the then minister"
				i++
				continue
			}
			if l.joinsDate(i) || l.tokens[p.first].Tag == "DT" && l.joinsModifiers(i) {
				i++
				continue
			}
		}
		if !inNounPhrase(t.Tag) && !l.modifiesNoun(i) && (t.Tag != "VBG" || l.tokens[max(i-1, 0)].Text != ",") || i > p.first && binders.Has(t.Lower) {
			break
		}
		i++
	}
	p.last = max(i, p.first+1)
	return p
}

// startsApart tells whether a mention that follows noun words is a phrase of
// its own: a date after a noun ("the attack Monday") is, a name or a number is not.
func (l *line) startsApart(m int) bool {
	return l.mentions[m].Kind == claim.Date && !l.datesNoun(m)
}

// followsTime reports whether the name at token i is a person's, right behind a
// number: "at 1.24 Ana Ruiz rang", where no one counts her.
func (l *line) followsTime(i int) bool {
	before := l.within[i-1]
	return before >= 0 && l.mentions[before].Kind == claim.Count && l.mentions[l.within[i]].Kind == claim.Person
}

// countsAnew reports whether the count at token i, behind what a preposition
// brought at the head of the sentence, begins the subject: "In the end 1,900
// welds had to", but not "In hall 3".
func (l *line) countsAnew(first, i int) bool {
	m := &l.mentions[l.within[i]]
	if !l.preposed(len(l.phrases)) || !m.Kind.IsQuantity() || m.last >= len(l.tokens) || l.within[i-1] >= 0 {
		return false
	}
	if t := l.tokens[i-1].Tag; t != "NN" && t != "NNS" || i == first {
		return false
	}
	switch l.tokens[m.last].Tag {
	case "NNS", "JJ", "VBD", "MD":
		return m.last+1 < len(l.tokens)
	}
	return false
}

// preposed reports whether nothing but prepositions and what they bring stands
// before the phrase that will be number p: "At the height of".
func (l *line) preposed(p int) bool {
	const most = 6 // phrases
	if p == 0 || p > most || p%2 == 0 {
		return false
	}
	for i := range p {
		if want := [...]phraseKind{preposition, nounPhrase}[i%2]; l.phrases[i].kind != want {
			return false
		}
	}
	return true
}

// joinsDate skips the comma that closes a date inside a noun phrase.
func (l *line) joinsDate(i int) bool {
	m := l.within[i-1]
	return l.tokens[i].Text == "," && m >= 0 && l.mentions[m].Kind == claim.Date && l.datesNoun(m)
}

var (
	negators = words.NewSet("not n't never neither nor")
	// particles make another verb of the one before: "signed away".
	particles = words.NewSet("away off out down up back over")
	focus     = words.NewSet("only just merely solely simply necessarily")
	beForms   = words.NewSet("be is are was were been being 's 're am get got")
	haveDo    = words.NewSet("have has had having 've 'd do does did done")
	// planners take "to": what follows is not yet so.
	planners = words.NewSet(`planned expected intended aimed hoped agreed vowed promised pledged wanted sought proposed scheduled prepared set due likely
	decided ordered tried attempted poised bound about ready meant`)
	// refusers take "to" and turn what follows into its opposite.
	refusers = words.NewSet("refused failed declined forgotten neglected ceased")
	// deniers do the same to a form in "-ing".
	deniers = words.NewSet("denied avoided escaped opposed")
	// halts do it to what is yet to come: "will stop selling".
	halts     = words.NewSet("stopped ceased quit")
	possibles = words.NewSet("may might could would should")
)

// joinsModifiers skips the comma between two of them: "a 10-year, $5m accord".
func (l *line) joinsModifiers(i int) bool {
	modifies := func(j int) bool {
		if m := l.within[j]; m >= 0 {
			return l.mentions[m].Kind.IsQuantity()
		}
		return l.tokens[j].Tag == "JJ"
	}
	return l.tokens[i].Text == "," && i+1 < len(l.tokens) && modifies(i-1) && modifies(i+1)
}
