package quantity

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// hedge is what the words about a number leave open.
type hedge struct {
	// side is +1 where the number is the least it can be ("more than"), -1
	// where it is the most ("up to"); closed says that it may be equal.
	side   int8
	closed bool
	// near is set besides side by words that stay close: "nearly", "just over".
	near bool
	// approximate is set by "about" and its like, exact by "exactly".
	approximate, exact bool
}

// hedgeWords are the hedges of one word.
var hedgeWords = map[string]hedge{
	"over": {side: 1}, "above": {side: 1}, "exceeding": {side: 1}, "exceed": {side: 1}, "exceeds": {side: 1}, "exceeded": {side: 1},
	"surpassing": {side: 1}, "surpassed": {side: 1}, "topping": {side: 1}, "minimum": {side: 1, closed: true}, "beyond": {side: 1},
	"under": {side: -1}, "below": {side: -1}, "beneath": {side: -1}, "maximum": {side: -1, closed: true},
	"nearly": {side: -1, near: true}, "almost": {side: -1, near: true}, "nearing": {side: -1, near: true}, "approaching": {side: -1, near: true},
	"about": {approximate: true}, "around": {approximate: true}, "roughly": {approximate: true}, "approximately": {approximate: true},
	"exactly": {exact: true}, "precisely": {exact: true}, "equals": {exact: true}, "equalling": {exact: true}, "equaling": {exact: true},
	"approx": {approximate: true}, "approx.": {approximate: true}, "some": {approximate: true}, "estimated": {approximate: true},
	"circa": {approximate: true}, "ca": {approximate: true}, "ca.": {approximate: true}, "near": {approximate: true}, "perhaps": {approximate: true}, "maybe": {approximate: true},
}

// comparatives point up or down before "than".
var comparatives = map[string]int8{
	"more": 1, "greater": 1, "higher": 1, "larger": 1, "bigger": 1, "longer": 1, "older": 1, "further": 1, "taller": 1, "heavier": 1, "better": 1, "later": 1, "deeper": 1, "faster": 1,
	"less": -1, "fewer": -1, "lower": -1, "smaller": -1, "shorter": -1, "younger": -1, "cheaper": -1, "lighter": -1, "slower": -1,
}

// measuresOf are the adjectives of "as ... as".
var measuresOf = map[string]int8{
	"many": -1, "much": -1, "high": -1, "large": -1, "long": -1, "big": -1, "tall": -1, "far": -1, "few": 1, "little": 1, "low": 1, "small": 1,
}

// hedges reads backwards from the amount the words that hedge it, and adds
// what was read after it.
func (r *reader) hedges(a *amount) {
	if a.kind == claim.Ordinal {
		return
	}
	if a.side == 0 {
		r.trailingHedge(a, a.tail)
	}
	r.leading(a)
}

func (r *reader) leading(a *amount) {
	for i := a.first - 1; i >= r.floor; {
		h, next := r.hedgeAt(i, a)
		if next == i {
			return
		}
		if h.side != 0 && a.side == 0 {
			a.side, a.closed, a.near = h.side, h.closed, h.near
		}
		a.approximate = a.approximate || h.approximate
		a.exact = a.exact || h.exact
		a.closed = a.closed || h.closed && h.side == a.side
		i = next
	}
}

// hedgeAt reads the hedge that ends at word i and returns where to go on
// backwards; next == i where there is none.
func (r *reader) hedgeAt(i int, a *amount) (h hedge, next int) {
	w := r.At(i)
	switch w.Rune {
	case '~', '≈', '∼', '±':
		return hedge{approximate: true}, i - 1
	case '>', '<':
		return hedge{side: side(w.Rune == '>')}, i - 1
	case '≥', '≤', '⩾', '⩽':
		return hedge{side: side(w.Rune == '≥' || w.Rune == '⩾'), closed: true}, i - 1
	case '=':
		if r.IsMark(i-1, '<') || r.IsMark(i-1, '>') {
			return hedge{side: side(r.IsMark(i-1, '>')), closed: true}, i - 2
		}
		return h, i
	case '.': // "approx." cut in two
		if r.Is(i-1, "approx") || r.Is(i-1, "ca") || r.Is(i-1, "c") && !r.At(i).Space && i-1 > 0 {
			return hedge{approximate: true}, i - 2
		}
		return h, i
	}
	before := r.At(i - 1).Lower
	switch w.Lower {
	case "than":
		if s, ok := comparatives[before]; ok {
			if neg := r.At(i - 2).Lower; neg == "no" || neg == "not" {
				return hedge{side: -s, closed: true}, i - 3
			}
			h = hedge{side: s}
			if r.Is(i-2, "or") && r.Is(i-3, "to") && r.Is(i-4, "equal") { // "equal to or more than"
				h.closed = true
				return h, i - 5
			}
			return h, i - 2
		}
	case "least", "most": // "at least"
		if before == "at" {
			return hedge{side: side(w.Lower == "least"), closed: true}, i - 2
		}
	case "to":
		switch {
		case before == "up":
			return hedge{side: -1, closed: true}, i - 2
		case before == "close":
			return hedge{approximate: true}, i - 2
		case before == "equal" && r.Is(i-2, "or"): // "less than or equal to", "at least or equal to"
			h, next = r.hedgeAt(i-3, a)
			h.closed = true
			return h, next
		case before == "equal" || before == "equaling" || before == "equalling":
			return hedge{exact: true}, i - 2
		}
	case "as":
		if s, ok := measuresOf[before]; ok && r.Is(i-2, "as") {
			return hedge{side: s, closed: true}, i - 3
		}
	case "of":
		if before == "minimum" || before == "maximum" {
			return hedge{side: side(before == "minimum"), closed: true}, i - 2
		}
		if before == "excess" {
			return hedge{side: 1}, i - 2
		}
	case "an", "a", "the", "only", "further":
		// an article stands between "nearly" and "a million", not between "under"
		// and "a 10-year deal"
		if h, next := r.hedgeAt(i-1, a); next < i-1 && i-1 >= r.floor && w.Lower != "the" && (h.side == 0 || h.near) {
			return hedge{}, i - 1
		}
		return hedge{}, i
	case "or", "and":
		return h, i
	}
	h, ok := hedgeWords[w.Lower]
	if !ok || !r.hedgeFits(i, a, h) {
		return hedge{}, i
	}
	next = i - 1
	switch before {
	case "just", "slightly", "little", "barely", "fractionally", "marginally":
		if h.side != 0 {
			h.near = true
		}
		next--
	case "well", "far", "an":
		next--
	}
	return h, next
}

// hedgeFits keeps out the hedge words that mean a place or a time: "over ten
// years", "near 40 Wall Street", "around the first".
func (r *reader) hedgeFits(i int, a *amount, h hedge) bool {
	switch r.At(i).Lower {
	case "over":
		if a.kind != claim.Duration {
			break
		}
		before := r.At(i - 1).Lower
		return before == "just" || before == "well" || before == "for" || before == "slightly" || r.Is(a.next-1, "old") || r.Is(a.next, "ago") || r.Is(a.next, "old")
	case "some":
		return a.kind != claim.Percent && !r.Is(i-1, "by")
	case "near":
		return a.kind != claim.Count
	case "minimum", "maximum", "exceed", "below", "above":
		return a.kind != claim.Ordinal
	}
	return h != hedge{}
}

func side(up bool) int8 {
	if up {
		return 1
	}
	return -1
}

// trailingHedge reads the hedges that follow: "or more", "-plus", "+", "-odd",
// "or so", "at least". It returns the word after them.
func (r *reader) trailingHedge(a *amount, at int) int {
	w, next := r.At(at), r.At(at+1)
	up := hedge{side: 1, closed: true}
	switch {
	case w.Rune == '+' && !w.Space && at < len(r.Words) && !(next.Kind != numeral.Letters && !next.Space && next.Rune != '.' && next.Rune != ',' && at+1 < len(r.Words)):
		a.hedge = up
		a.next = max(a.next, at+1)
		return at + 1
	case w.Rune == '-' && !w.Space && !next.Space && (next.Lower == "plus" || next.Lower == "odd" || next.Lower == "ish"):
		if a.hedge = up; next.Lower != "plus" {
			a.hedge = hedge{approximate: true}
		}
		a.next = max(a.next, at+2)
		return at + 2
	case w.Lower == "plus" && a.kind == claim.Count && at == a.next && (next.Kind == numeral.Letters || at+1 >= len(r.Words)) && !next.IsNumber() && at < len(r.Words):
		a.hedge = up
		a.next = at + 1
		return at + 1
	case w.Lower == "or" || w.Lower == "and":
		h := hedge{closed: true}
		switch next.Lower {
		case "above", "over", "up", "older":
			h.side = 1
		case "below", "under", "younger":
			h.side = -1
		case "more", "higher", "greater", "longer", "larger", "less", "fewer", "lower", "shorter", "smaller":
			if w.Lower == "and" {
				return at
			}
			h.side = comparatives[next.Lower]
		case "so", "thereabouts", "thereabout":
			if w.Lower == "and" {
				return at
			}
			h = hedge{approximate: true}
		default:
			return at
		}
		if r.Is(at+2, "than") {
			if r.At(at+3).IsNumber() || r.At(at+3).Kind == numeral.Digits { // "5000 or more than 4500"
				return at
			}
			at++
		}
		a.hedge = h
		return at + 2
	case w.Lower == "at" && (next.Lower == "least" || next.Lower == "most") && !r.At(at+2).IsNumber() && r.At(at+2).Kind != numeral.Digits:
		a.hedge = hedge{side: side(next.Lower == "least"), closed: true}
		return at + 2
	}
	return at
}
