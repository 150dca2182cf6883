package quantity

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
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
var hedgeWords = words.NewMap(map[string]hedge{
	"over": {side: 1}, "above": {side: 1}, "exceeding": {side: 1}, "exceed": {side: 1}, "exceeds": {side: 1}, "exceeded": {side: 1},
	"surpassing": {side: 1}, "surpassed": {side: 1}, "topping": {side: 1}, "minimum": {side: 1, closed: true}, "beyond": {side: 1},
	"under": {side: -1}, "below": {side: -1}, "beneath": {side: -1}, "maximum": {side: -1, closed: true}, "max": {side: -1, closed: true},
	"nearly": {side: -1, near: true}, "almost": {side: -1, near: true}, "nearing": {side: -1, near: true}, "approaching": {side: -1, near: true},
	"virtually": {side: -1, near: true}, "practically": {side: -1, near: true}, "barely": {side: 1, near: true}, "scarcely": {side: 1, near: true},
	"about": {approximate: true}, "around": {approximate: true}, "roughly": {approximate: true}, "approximately": {approximate: true},
	"exactly": {exact: true}, "precisely": {exact: true}, "equals": {exact: true}, "equalling": {exact: true}, "equaling": {exact: true},
	"approx": {approximate: true}, "approx.": {approximate: true}, "some": {approximate: true}, "estimated": {approximate: true},
	"circa": {approximate: true}, "ca": {approximate: true}, "ca.": {approximate: true}, "near": {approximate: true}, "perhaps": {approximate: true}, "maybe": {approximate: true},
})

// hedgesOf are the words that hedge with an "of" after them.
var hedgesOf = map[string]hedge{
	"minimum": {side: 1, closed: true}, "maximum": {side: -1, closed: true}, "excess": {side: 1},
	"upward": {side: 1}, "upwards": {side: 1}, "north": {side: 1}, "south": {side: -1},
	"shy": {side: -1, near: true}, "short": {side: -1, near: true},
	"region": {approximate: true}, "order": {approximate: true}, "vicinity": {approximate: true}, "neighborhood": {approximate: true}, "neighbourhood": {approximate: true},
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
		if h != (hedge{}) {
			a.lead = max(a.lead, a.first-max(next+1, r.floor))
		}
		i = next
	}
}

// hedgeAt reads the hedge that ends at word i, with what makes it stronger or
// weaker, and returns where to go on backwards; next == i where there is none.
func (r *reader) hedgeAt(i int, a *amount) (h hedge, next int) {
	h, next = r.plainHedge(i, a)
	if next == i || h == (hedge{}) {
		return h, next
	}
	switch r.At(next).Lower {
	case "just", "slightly", "little", "barely", "fractionally", "marginally":
		h.near = h.near || h.side != 0 && !h.closed
		next--
		if r.Is(next, "a") { // "a little over"
			next--
		}
	case "well", "far", "an", "much", "somewhere", "anywhere":
		next--
	}
	return h, next
}

// negators turn a comparative around: "no more than 20" is 20 at the most.
var negators = words.NewSet("no not never nobody none")

func (r *reader) plainHedge(i int, a *amount) (h hedge, next int) {
	w := r.At(i)
	if w.Kind == numeral.Mark {
		return r.hedgeSign(i)
	}
	before := r.At(i - 1).Lower
	switch w.Lower {
	case "than":
		if s, ok := comparatives[before]; ok {
			if negators.Has(r.At(i - 2).Lower) {
				return hedge{side: -s, closed: true}, i - 3
			}
			h = hedge{side: s}
			if r.Is(i-2, "or") && r.Is(i-3, "to") && r.Is(i-4, "equal") { // "equal to or more than"
				h.closed = true
				return h, i - 5
			}
			return h, i - 2
		}
	case "least", "most": // "at least", "at the very least"
		k := i - 1
		for r.Is(k, "very") || r.Is(k, "the") {
			k--
		}
		if r.Is(k, "at") {
			return hedge{side: side(w.Lower == "least"), closed: true}, k - 1
		}
	case "quite":
		if before == "not" {
			return hedge{side: -1, near: true}, i - 2
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
		return r.hedgeOf(i, a)
	case "an", "a", "the", "only", "further":
		// an article stands between "nearly" and "a million", not between "under"
		// and "a 10-year deal"
		if h, next := r.hedgeAt(i-1, a); next < i-1 && i-1 >= r.floor && w.Lower != "the" && (h.side == 0 || h.near) {
			return hedge{}, i - 1
		}
		return hedge{}, i
	}
	if h := hedgeWords.Get(w.Lower); h != (hedge{}) && r.hedgeFits(i, a, h) {
		return h, i - 1
	}
	return hedge{}, i
}

// hedgeSign reads the signs that hedge, and the stop of an abbreviation that
// was cut off: "approx ."
func (r *reader) hedgeSign(i int) (h hedge, next int) {
	switch r.At(i).Rune {
	case '~', '≈', '∼', '±':
		return hedge{approximate: true}, i - 1
	case '>', '<':
		return hedge{side: side(r.IsMark(i, '>'))}, i - 1
	case '≥', '≤', '⩾', '⩽':
		return hedge{side: side(r.IsMark(i, '≥') || r.IsMark(i, '⩾')), closed: true}, i - 1
	case '=':
		if r.IsMark(i-1, '<') || r.IsMark(i-1, '>') {
			return hedge{side: side(r.IsMark(i-1, '>')), closed: true}, i - 2
		}
	case '.':
		switch {
		case r.Is(i-1, "approx"), r.Is(i-1, "ca"), r.Is(i-1, "c") && !r.At(i).Space && i-1 > 0:
			return hedge{approximate: true}, i - 2
		case r.Is(i-1, "max"):
			return hedge{side: -1, closed: true}, i - 2
		}
	}
	return hedge{}, i
}

// hedgeOf reads "in excess of", "upwards of", "in the region of" before word i,
// the "of".
func (r *reader) hedgeOf(i int, a *amount) (hedge, int) {
	h, ok := hedgesOf[r.At(i-1).Lower]
	next := i - 2
	switch r.At(i - 1).Lower {
	case "north", "south": // of a sum, not of a place
		ok = a.kind == claim.Money || a.kind == claim.Percent
	case "region", "order", "vicinity", "neighborhood", "neighbourhood":
		ok = r.Is(next, "the") && (r.Is(next-1, "in") || r.Is(next-1, "on"))
		next -= 2
	case "excess":
		if r.Is(next, "in") {
			next--
		}
	}
	if !ok {
		return hedge{}, i
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

// trailing are the words of a hedge after an "or" or an "and"; bounds after
// "and" are those of ages and prices ("65 and over").
var trailing = map[string]struct {
	hedge
	afterAnd bool
}{
	"above": {hedge{side: 1, closed: true}, true}, "over": {hedge{side: 1, closed: true}, true}, "up": {hedge{side: 1, closed: true}, true}, "older": {hedge{side: 1, closed: true}, true},
	"upward": {hedge{side: 1, closed: true}, true}, "upwards": {hedge{side: 1, closed: true}, true}, "counting": {hedge{side: 1, closed: true}, true},
	"below": {hedge{side: -1, closed: true}, true}, "under": {hedge{side: -1, closed: true}, true}, "younger": {hedge{side: -1, closed: true}, true},
	"more": {hedge{side: 1, closed: true}, false}, "higher": {hedge{side: 1, closed: true}, false}, "greater": {hedge{side: 1, closed: true}, false}, "longer": {hedge{side: 1, closed: true}, false}, "larger": {hedge{side: 1, closed: true}, false}, "better": {hedge{side: 1, closed: true}, false},
	"less": {hedge{side: -1, closed: true}, false}, "fewer": {hedge{side: -1, closed: true}, false}, "lower": {hedge{side: -1, closed: true}, false}, "shorter": {hedge{side: -1, closed: true}, false}, "smaller": {hedge{side: -1, closed: true}, false},
	"so": {hedge{approximate: true}, false}, "thereabouts": {hedge{approximate: true}, false}, "thereabout": {hedge{approximate: true}, false},
}

// trailingHedge reads the hedges that follow: "or more", "-plus", "+", "-odd",
// "or so", "at least", "give or take". It returns the word after them, which
// is the mention's end too where nothing that is counted stands between.
func (r *reader) trailingHedge(a *amount, at int) int {
	h, next := r.hedgeAfter(a, at)
	if next == at {
		return at
	}
	a.hedge = h
	if at == a.next {
		a.next = next
	}
	return next
}

func (r *reader) hedgeAfter(a *amount, at int) (h hedge, next int) {
	w, after := r.At(at), r.At(at+1)
	if at >= len(r.Words) {
		return h, at
	}
	switch {
	case w.Rune == '+' && !w.Space:
		if after.Kind == numeral.Letters || after.Space || after.Rune == '.' || after.Rune == ',' {
			return hedge{side: 1, closed: true}, at + 1
		}
	case w.Rune == '-' && !w.Space && !after.Space:
		switch after.Lower {
		case "plus":
			return hedge{side: 1, closed: true}, at + 2
		case "odd", "ish", "something":
			return hedge{approximate: true}, at + 2
		}
	case w.Lower == "plus" && a.kind == claim.Count && at == a.next:
		if (after.Kind == numeral.Letters || at+1 >= len(r.Words)) && !after.IsNumber() {
			return hedge{side: 1, closed: true}, at + 1
		}
	case w.Lower == "or" || w.Lower == "and":
		t, ok := trailing[after.Lower]
		if !ok || w.Lower == "and" && !t.afterAnd || w.Lower == "or" && after.Lower == "counting" {
			return h, at
		}
		if r.Is(at+2, "than") {
			if r.numberAt(at + 3) { // "5000 or more than 4500"
				return h, at
			}
			return t.hedge, at + 3
		}
		return t.hedge, at + 2
	case w.Lower == "at" && (after.Lower == "least" || after.Lower == "most") && !r.numberAt(at+2):
		return hedge{side: side(after.Lower == "least"), closed: true}, at + 2
	case w.Lower == "if" && after.Lower == "not" && r.Is(at+2, "more") && !r.Is(at+3, "than"):
		return hedge{side: 1, closed: true}, at + 3
	default:
		if w.Rune == ',' {
			at++
		}
		if r.Is(at, "give") && r.Is(at+1, "or") && r.Is(at+2, "take") && !r.numberAt(at+3) {
			return hedge{approximate: true}, at + 3
		}
		if w.Rune == ',' {
			at--
		}
	}
	return h, at
}

func (r *reader) numberAt(i int) bool {
	return r.At(i).Kind == numeral.Digits || r.At(i).IsNumber()
}
