package quantity

import (
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// age gives a bare number, or a range of two, the years that "aged" and "the
// age of" before it mean: "aged 18 to 24".
func (r *reader) age(a *amount) bool {
	if !a.bare() || a.Ratio || a.Scale > 0 {
		return false
	}
	k := a.first - a.lead - 1
	for k >= r.floor && k > a.first-a.lead-4 && hedgeLike.Has(r.At(k).Lower) && !r.Is(k, "of") {
		k--
	}
	of := r.Is(k, "of")
	if of {
		k--
	}
	switch r.At(k).Lower {
	case "aged", "age", "ages":
	default:
		return false
	}
	if of && a.side == 0 && r.Is(k-1, "the") && k-2 >= r.floor { // "over the age of 65"
		if h, next := r.hedgeAt(k-2, a); next < k-2 {
			a.hedge, a.lead = h, a.first-max(next+1, r.floor)
		}
	}
	a.kind, a.unit = claim.Duration, "a"
	return true
}

// inDecade reads the age in "his 40s": from 40 up to 50 years.
func (r *reader) inDecade(a *amount) bool {
	if w := r.At(a.next); w.Lower != "s" || w.Space || !a.Plain || !a.Value.Mod(decimal.New(10, 0)).IsZero() || !between(a.Value, 10, 100) {
		return false
	}
	for k := a.first - 1; k > a.first-4; k-- {
		switch r.At(k).Lower {
		case "his", "her", "their", "my", "your", "our":
			a.kind, a.unit, a.Vague, a.Top = claim.Duration, "a", true, a.Value.Add(decimal.New(10, 0))
			a.next++
			return true
		case "early", "mid", "late", "-":
		default:
			return false
		}
	}
	return false
}

// feetAndInches reads a height between its marks, 5'10", and feet alone where
// a word for a length follows.
func (r *reader) feetAndInches(a *amount, at int) bool {
	if w := r.At(at); w.Space || w.Rune != '\'' && w.Rune != '′' && w.Rune != '’' || a.Point || a.Ratio || a.Scale > 0 {
		return false
	}
	n, ok := r.Read(at + 1)
	if !ok || n.Spelled || n.Ordinal || n.Value.IsNegative() || !n.Value.LessThan(decimal.New(12, 0)) || n.Scale > 0 {
		if w := r.At(at + 1); extents.Has(w.Lower) {
			a.kind, a.unit, a.next = claim.Measure, "[ft_i]", at+1
			return true
		}
		return false
	}
	next := n.Next
	switch w := r.At(next); {
	case !w.Space && (w.Rune == '"' || w.Rune == '″' || w.Rune == '”'):
		next++
	case r.IsMark(next, '\'') && r.IsMark(next+1, '\''):
		next += 2
	case r.At(at+1).Space || w.Kind != numeral.Mark && !w.Space:
		return false
	}
	a.kind, a.unit, a.next = claim.Measure, "[in_i]", next
	a.inches(n)
	return true
}

// inches adds the inches to a number of feet.
func (a *amount) inches(n numeral.Number) {
	a.Value = a.Value.Mul(decimal.New(12, 0)).Add(n.Value)
	a.Place, a.Point, a.Plain, a.exact = n.Place, n.Point, false, !n.Point
	a.unit = "[in_i]"
}

// bareInches reads the inches that go without saying: "five foot six",
// "6-foot-4".
func (r *reader) bareInches(a *amount) {
	at := a.next
	hyphen := r.IsMark(at, '-') && !r.At(at).Space
	if hyphen {
		at++
	}
	n, ok := r.Read(at)
	if !ok || n.Ordinal || n.Vague || n.Point || n.Ratio || n.Scale > 0 || n.Value.IsNegative() || !n.Value.LessThan(decimal.New(12, 0)) {
		return
	}
	after := r.At(n.Next)
	if !hyphen && (r.Is(at, "one") || after.Kind != numeral.Mark && !extents.Has(after.Lower) && !functionWords.Has(after.Lower)) || after.Rune == '%' {
		return
	}
	a.inches(n)
	a.next = n.Next
}

// extents are the words behind a length.
var extents = words.NewSet("tall high long wide deep x × by")

// sides gives the first sides of a room or a sheet the unit that stands after
// the last: "100 by 60 metres", "8.5 x 11 inches".
func (r *reader) sides(a *amount) {
	at := a.next
	for range 3 {
		hyphen := r.IsMark(at, '-') && r.IsMark(at+2, '-')
		if hyphen {
			at++
		}
		if w := r.At(at); w.Lower != "by" && w.Lower != "x" && w.Rune != '×' {
			return
		}
		if at++; hyphen {
			at++
		}
		b, ok := r.amount(at)
		switch {
		case !ok, !r.At(a.next).Space && b.Value.GreaterThanOrEqual(a.Value.Shift(1)): // a 4x100 m relay
			return
		case b.kind == claim.Measure && claim.Dimension(b.unit) == "length":
			a.kind, a.unit = b.kind, b.unit
			return
		case !b.bare():
			return
		}
		at = b.next
	}
}
