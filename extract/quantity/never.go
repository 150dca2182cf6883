package quantity

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// never passes over what looks like a number and is none, whatever stands
// beside it: times of day, phone numbers, versions, parts of codes. It returns
// where to go on.
func (r *reader) never(i int) (next int, never bool) {
	w := r.At(i)
	if w.Kind == numeral.Digits && r.stuck(i) {
		return r.chainEnd(i), true
	}
	if w.Kind != numeral.Digits {
		if w.Rune == '+' && r.phone(i+1) {
			return r.chainEnd(i + 1), true
		}
		if w.Rune == '+' && !r.At(i+1).Space {
			if next := r.dialled(i + 1); next > i+1 {
				return next, true
			}
		}
		if w.Kind == numeral.Letters && w.IsNumber() && !w.Space && r.IsMark(i-1, '-') && !r.At(i-1).Space && w.Upper {
			return i + 1, true
		}
		return r.clock(i)
	}
	if next, ok := r.clock(i); ok {
		return next, true
	}
	if r.phone(i) || r.version(i) {
		return r.chainEnd(i), true
	}
	if r.IsMark(i-1, '(') && r.IsMark(i+1, ')') && r.phone(i+2) { // an area code
		return r.chainEnd(i + 2), true
	}
	if next := r.dialled(i); next > i {
		return next, true
	}
	switch r.raw(i, 3) {
	case "9/11", "24/7", "7/7", "50/50":
		return i + 3, true
	}
	return i, false
}

// raw is the text of n words from i, where they are glued.
func (r *reader) raw(i, n int) string {
	if i+n > len(r.Words) {
		return ""
	}
	return r.Text[r.Words[i].Start:r.Words[i+n-1].End]
}

// stuck reports whether digits are glued to a word before them: "B52",
// "COVID-19", "scp-173".
func (r *reader) stuck(i int) bool {
	if r.At(i).Space || i == 0 {
		return false
	}
	switch p := r.At(i - 1); {
	case p.Kind == numeral.Letters:
		return r.floor != i
	case p.Rune == '-' && !p.Space && r.At(i-2).Kind == numeral.Letters && i >= 2:
		return r.floor < i-1 && !r.At(i-2).IsNumber()
	case p.Rune == '#', p.Rune == '_', p.Rune == '/' && r.At(i-2).Kind == numeral.Letters && !p.Space && i >= 2:
		return true
	}
	return false
}

// chainEnd is the end of the words that are glued on from i.
func (r *reader) chainEnd(i int) int {
	for i++; i < len(r.Words) && !r.Words[i].Space; i++ {
		if r.Words[i].Kind == numeral.Mark && r.At(i+1).Space || r.Words[i].Rune == ',' || r.Words[i].Rune == ')' {
			break
		}
	}
	return i
}

// clock passes a time of day: "10:30", "6.04 p.m.", "5pm", "three o'clock".
func (r *reader) clock(i int) (int, bool) {
	w := r.At(i)
	at := i + 1
	if w.Kind == numeral.Digits {
		if len(w.Lower) > 4 {
			return i, false
		}
		for k := 0; k < 2 && (r.IsMark(at, ':') || r.IsMark(at, '.')) && !r.At(at).Space && !r.At(at+1).Space && r.At(at+1).Kind == numeral.Digits && len(r.At(at+1).Lower) == 2; k++ {
			at += 2
		}
		if len(w.Lower) <= 2 && r.IsMark(i+1, ':') && at > i+1 {
			if next := r.meridiem(at); next > at {
				return next, true
			}
			return at, true
		}
		if len(w.Lower) == 4 {
			switch r.At(at).Lower {
			case "gmt", "utc", "hrs", "bst", "est", "cet":
				return at + 1, true
			}
			return i, false
		}
	} else if !w.IsNumber() || w.Lower == "a" {
		return i, false
	}
	if next := r.meridiem(at); next > at {
		return next, true
	}
	return i, false
}

// meridiem reads "a.m.", "pm", "o'clock" at i, however it was cut.
func (r *reader) meridiem(i int) int {
	w := r.At(i)
	switch w.Lower {
	case "a.m.", "p.m.", "a.m", "p.m", "pm", "o'clock":
		if r.IsMark(i+1, '.') && !r.At(i+1).Space && len(w.Lower) == 3 && i+2 < len(r.Words) {
			return i + 2
		}
		return i + 1
	case "am":
		return i + 1
	case "a", "p":
		if r.IsMark(i+1, '.') && r.Is(i+2, "m") {
			return i + 3
		}
	}
	return i
}

// phone reports whether a phone number begins at i: three groups of digits and
// more between dashes or dots, or three digits and four.
func (r *reader) phone(i int) bool {
	groups, at := 1, i
	for {
		sep := r.At(at + 1)
		if sep.Kind != numeral.Mark || sep.Space || sep.Rune != '-' && sep.Rune != '.' && sep.Rune != '/' || r.At(at+2).Kind != numeral.Digits || r.At(at+2).Space {
			break
		}
		groups++
		at += 2
		if sep.Rune != '-' && groups < 3 {
			return false
		}
	}
	if r.At(i).Kind != numeral.Digits {
		return false
	}
	last := r.At(at)
	switch {
	case groups >= 3:
		return true
	case groups == 2 && len(r.At(i).Lower) == 3 && len(last.Lower) == 4:
		return r.IsMark(i-1, ')') || !r.countsThings(at+1)
	}
	return false
}

// dialled passes a phone number in groups between spaces, which has three or
// more and begins with a plus or a zero, and returns i where there is none.
func (r *reader) dialled(i int) (next int) {
	first := r.At(i)
	if first.Kind != numeral.Digits || !r.IsMark(i-1, '+') && (first.Lower[0] != '0' || len(first.Lower) < 3) {
		return i
	}
	groups := 0
	for next = i; groups < 8; groups++ {
		if w := r.At(next); w.Kind != numeral.Digits || len(w.Lower) < 2 && next > i {
			break
		}
		if next++; r.IsMark(next, '-') && r.At(next+1).Kind == numeral.Digits {
			next++
		}
	}
	if groups < 3 {
		return i
	}
	return next
}

// version reports whether numbers of a version or an address begin at i: "1.2.3".
func (r *reader) version(i int) bool {
	if !(r.IsMark(i+1, '.') && r.IsMark(i+3, '.') && r.At(i+2).Kind == numeral.Digits && r.At(i+4).Kind == numeral.Digits) {
		return false
	}
	for k := i + 1; k < i+5; k++ {
		if r.At(k).Space {
			return false
		}
	}
	return len(r.At(i+2).Lower) != 3 || len(r.At(i+4).Lower) != 3
}

// labels are words before a number that names and does not count.
var labels = words.NewSet(`flight route highway interstate road exit resolution article section chapter unit channel page pages figure fig table phase version number no nos nr nrs
type model boeing airbus room gate platform district ward grade class category appendix annex paragraph para clause rule line step level volume vol episode season part
apollo windows formula company squadron regiment brigade act amendment proposition protocol form psalm verse item lot case bill docket title box iphone playstation area hall block apartment apt suite ps xbox track pier berth terminal zone sector building camp checkpoint question point stage tier round week day game match group`)

// neverBare passes over bare numbers that name: labels, model names, list
// numbers, addresses, years, scores. It returns where to go on.
func (r *reader) neverBare(a *amount) (next int, never bool) {
	after := r.At(a.next)
	if a.next < len(r.Words) && !after.Space && !a.Spelled {
		if after.Kind == numeral.Letters || after.Rune == '-' && !r.At(a.next+1).Space && (r.At(a.next+1).Upper || r.score(a)) {
			return r.chainEnd(a.first), true
		}
	}
	if next := r.lost(a); next > a.next {
		return next, true
	}
	if r.model(a) || r.listNumber(a) || r.label(a) || r.address(a) || r.yearLike(a) {
		return a.next, true
	}
	first := r.At(a.first)
	if a.Plain && first.Kind == numeral.Digits && (len(first.Lower) > 1 && first.Lower[0] == '0' || len(first.Lower) > 12) {
		return a.next, true
	}
	return a.next, false
}

// model reports whether a number after an article names a thing of its kind:
// "a 737 crashed", "an old 911 engine", but "a 500 seat hall".
func (r *reader) model(a *amount) bool {
	if !a.Plain || !(r.Is(a.first-1, "a") || r.Is(a.first-1, "an")) || !between(a.Value, 100, 999) || r.IsMark(a.next, '-') {
		return false
	}
	noun, next := r.nounAt(a.next)
	if noun == "" {
		return true
	}
	return trailingZeros(a.Value) == 0 && r.part(&r.Words[next-1]) != plural
}

// lost returns where a tally of votes or a score goes on that is said with a
// "to": "voted 52 to 48".
func (r *reader) lost(a *amount) int {
	if !r.Is(a.next, "to") || a.Scale > 0 || a.Point || r.Is(a.first-1, "from") {
		return a.next
	}
	b, ok := r.Read(a.next + 1)
	if !ok || b.Ordinal || b.Vague || b.Point || b.Scale > 0 || b.Value.GreaterThan(a.Value) || !r.contest(a.first, b.Next) {
		return a.next
	}
	return b.Next
}

// listNumber reports whether the number numbers a list's item or a heading.
func (r *reader) listNumber(a *amount) bool {
	if a.Plain && r.IsMark(a.next, ')') && !r.bracketed(a.first) { // "1) ..., 2) ..."
		return true
	}
	if a.first > 1 || !a.Plain || a.next+1 >= len(r.Words) || a.Value.GreaterThan(whole.Shift(3)) {
		return false
	}
	return a.first == 0 && (r.IsMark(a.next, '.') || r.IsMark(a.next, ')')) && !r.At(a.next).Space && r.At(a.next+1).Space ||
		a.first == 1 && r.IsMark(0, '(') && r.IsMark(a.next, ')')
}

// bracketed reports whether a bracket was opened shortly before word i.
func (r *reader) bracketed(i int) bool {
	for k := i - 1; k >= 0 && k > i-40; k-- {
		switch r.At(k).Rune {
		case '(', '[':
			return true
		case ')':
			return false
		}
	}
	return false
}

// label reports whether a name or a word that numbers things stands before.
func (r *reader) label(a *amount) bool {
	if a.first == 0 || !r.At(a.first).Space && r.At(a.first-1).Kind != numeral.Mark || a.Vague || a.Ratio || a.Scale > 0 {
		return false
	}
	p := r.At(a.first - 1)
	if p.Rune == '.' && (r.Is(a.first-2, "no") || r.Is(a.first-2, "nos") || r.Is(a.first-2, "nr") || r.Is(a.first-2, "vol") || r.Is(a.first-2, "fig")) {
		return true
	}
	if p.Rune == '#' {
		return true
	}
	if p.Kind != numeral.Letters {
		return false
	}
	noun, _ := r.nounAt(a.next)
	name := p.Lower
	if len(name) > 1 && name[len(name)-1] == '.' {
		name = name[:len(name)-1]
	}
	if labels.Has(name) && (noun == "" || p.Upper) {
		return true
	}
	if noun != "" || !p.Upper || len(name) < 2 || a.Spelled && !r.At(a.first).Upper {
		return false
	}
	// a name, unless it begins the sentence or is a verb in a headline
	if a.first-1 == 0 || functionWords.Has(p.Lower) || harms.Has(p.Lower) || changeVerbs.Get(p.Lower) != 0 || hedgeLike.Has(p.Lower) || fates.Has(r.At(a.next).Lower) || hedgeWords.Get(p.Lower) != (hedge{}) {
		return false
	}
	return a.Plain || a.Point && a.Place == -1 && a.Value.IsInteger()
}

var streets = words.NewSet("street st avenue ave road rd boulevard blvd drive lane way square terrace court place parkway broadway crescent")

// address reports whether the number is a house's: "10 Downing Street".
func (r *reader) address(a *amount) bool {
	if !a.Plain {
		return false
	}
	for k := a.next; k < a.next+4 && r.At(k).Upper; k++ {
		if k > a.next && streets.Has(r.At(k).Lower) {
			return true
		}
	}
	return false
}

// yearLike reports whether a bare number is most likely a year that the
// reader of dates was not sure of.
func (r *reader) yearLike(a *amount) bool {
	if !a.Plain || a.Spelled || a.next-a.first != 1 || len(r.At(a.first).Lower) != 4 || !between(a.Value, 1900, 2099) {
		return false
	}
	noun, _ := r.nounAt(a.next)
	return noun == "" && a.side == 0 && !(a.first == 0 && a.next >= len(r.Words)-1)
}

// contests are the words about which two numbers are a score.
var contests = words.NewSet("won win wins beat beats beaten lost lose defeat defeated defeating draw drew drawn victory score scored vote voted votes lead led leads tied tie trail trailed trailing ruled ruling passed goalless series aggregate")

// score reports whether two numbers with a dash between are a score or a tally
// of votes: the first is no smaller, or a word of contests stands near.
func (r *reader) score(a *amount) bool {
	b, ok := r.Read(a.next + 1)
	if !ok || b.Ordinal || b.Scale > 0 || r.At(a.next+1).Kind != numeral.Digits {
		return false
	}
	if next, never := r.never(a.next + 1); never && next > a.next+1 {
		return false
	}
	if !a.Value.LessThan(b.Value) {
		p := r.At(b.Next)
		_, _, isUnit := r.simpleUnit(b.Next)
		return p.Rune != '%' && !isUnit
	}
	return r.contest(a.first, b.Next)
}

func (r *reader) contest(first, next int) bool {
	for k := max(r.floor, first-5); k < min(len(r.Words), next+4); k++ {
		if contests.Has(r.At(k).Lower) {
			return true
		}
	}
	return false
}

// tally reports whether a bare range is a score after all.
func (r *reader) tally(s *span) bool {
	noun, _ := r.nounAt(s.next)
	return noun == "" && r.IsMark(s.second.first-1, '-') && between(s.second.Value, 0, 600) && r.contest(s.first, s.next)
}

// stands reports whether a count without a unit is one: not the pronoun "one",
// not the "half" of a half-brother.
func (r *reader) stands(a *amount) bool {
	after := r.At(a.next).Lower
	first := r.At(a.first).Lower
	switch {
	case a.Spelled && !a.Ratio && a.next-a.first == 1 && first == "one":
		switch after {
		case "of", "another", "day", "who", "that", "can", "could", "should", "must", "may", "might", "is", "was", "thing", "way", "side", "hand", "or", "such", "and", "to", "'s":
			return false
		}
		switch r.At(a.first - 1).Lower {
		case "no", "the", "this", "that", "which", "any", "every", "each", "another", "only", "some", "a":
			return a.unit != "" && a.first > 0 && r.Is(a.first-1, "only")
		}
		return a.unit != "" && !r.IsMark(a.next, '-') || r.At(a.first-1).Lower == "over"
	case a.Ratio && a.Spelled && a.unit == "" && first == "half":
		w := r.At(a.next)
		return a.next >= len(r.Words) || w.Kind == numeral.Mark && w.Rune != '-' || determiners.Has(after) || functionWords.Has(after) || a.side != 0
	case a.Ratio && !a.Spelled && a.kind == claim.Count && a.Value.GreaterThan(whole.Shift(2)):
		return false
	}
	return true
}

// ranks reports whether an ordinal ranks: not a second of time, not the first
// word of a name ("Second World War", "7th Fleet").
func (r *reader) ranks(a *amount) bool {
	first, after := r.At(a.first), r.At(a.next)
	if first.Lower == "second" {
		switch r.At(a.first - 1).Lower {
		case "a", "per", "each", "every", "split", "i", "we", "you", "they", "one", "/":
			return r.Is(a.first-1, "a") && a.first > 0 && after.Kind == numeral.Letters && !functionWords.Has(after.Lower) && after.Lower != "half"
		}
	}
	if after.Upper && after.Space && after.Kind == numeral.Letters {
		return !(first.Kind == numeral.Digits || first.Upper && a.first > 0)
	}
	return !(r.IsMark(a.next, '-') && !after.Space && (r.Is(a.next+1, "party") || r.Is(a.next+1, "hand")))
}

// restated passes the same number in brackets, as contracts have it:
// "forty-five (45)".
func (r *reader) restated(a *amount, at int) bool {
	if !a.Spelled || !r.IsMark(at, '(') || r.At(at+1).Kind != numeral.Digits {
		return false
	}
	n, ok := r.Read(at + 1)
	if !ok || !n.Value.Equal(a.Value) || !r.IsMark(n.Next, ')') {
		return false
	}
	a.next = n.Next + 1
	return true
}
