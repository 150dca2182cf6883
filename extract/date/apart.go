package date

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// Lengths of time away from the date last spoken of: "two weeks later".

// direction is where a word that comes behind a length of time points: 1 for
// later, -1 for earlier, 0 for any other word.
func direction(lower string) int {
	switch lower {
	case "after", "later", "afterwards", "afterward":
		return 1
	case "before", "earlier", "previously", "beforehand":
		return -1
	}
	return 0
}

// endsClause reports whether no noun follows at i that "after" could bring.
func (r *reader) endsClause(i int) bool {
	w := r.At(i)
	if i >= len(r.Words) || w.Kind == numeral.Mark {
		return true
	}
	switch r.sentence.Tokens[w.Token].Tag {
	case "IN", "TO", "CC", "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// apart reads n units away from what was spoken of: "two days later", "a year
// earlier". From an event ("four days after the vote") it stays unresolved.
func (r *reader) apart(i, at int, n int64, unit string) (item, bool) {
	way := direction(r.At(at + 1).Lower)
	if way == 0 || r.Is(at+2, "than") {
		return item{}, false
	}
	switch r.At(i - 1).Lower { // lengths of time: "for two days after the vote"
	case "for", "in", "under", "within", "over", "the", "during", "first", "last", "next", "least", "than", "to", "-", "took", "taken", "lasted":
		return item{}, false
	}
	bare := r.Is(at+1, "before") || r.Is(at+1, "after")
	if bare && !r.endsClause(at+2) {
		return narrated(i, at+2, claim.Period{}, false), true
	}
	s := r.spoken.now()
	p, known := r.moved(s, unit, int64(way)*n)
	return narrated(i, at+2, p, known), true
}

// moved is the period spoken of, n units later. One of whole months keeps its
// length ("up from the third quarter a year earlier"); from a day the words tell
// no more than their unit.
func (r *reader) moved(s spoken, unit string, n int64) (claim.Period, bool) {
	if n > 2000 || n < -2000 {
		return claim.Period{}, false
	}
	p, k := s.any, 0
	switch unit {
	case "month":
		k = 1
	case "quarter":
		k = 3
	case "year":
		k = 12
	case "decade":
		k = 120
	case "century":
		k = 1200
	default:
		return r.about(back(s.day, unit, -n), unit), s.day != 0
	}
	if p.From == 0 {
		return p, false
	}
	if from, end := p.From.Time(), (p.To + 1).Time(); from.Day() == 1 && end.Day() == 1 {
		length := (end.Year()-from.Year())*12 + int(end.Month()-from.Month())
		return months(from.Year(), int(from.Month())+k*int(n), length), length <= k
	}
	return r.about(back(p.From, unit, -n), unit), p.From == p.To
}

// someAway reads "several years ago", "a few days later"; at is the unit.
func (r *reader) someAway(i, at int) (item, bool) {
	if w := r.At(at + 1).Lower; w != "ago" && (direction(w) == 0 || r.Is(i-1, "for") || r.Is(at+2, "than")) {
		return item{}, false
	}
	it, ok := r.vague(i, at)
	it.next++
	return it, ok
}

// vague reads what no day can be given for: "recent weeks".
func (r *reader) vague(i, at int) (item, bool) {
	if _, ok := spanWord(r.At(at).Lower); !ok {
		return item{}, false
	}
	return item{first: i, next: at + 1, unresolved: true, rule: &ruleRelative}, true
}
