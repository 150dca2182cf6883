package arithmetic

import (
	"cmp"
	"slices"
	"strings"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// value is a quantity at its place, with all that it can mean.
type value struct {
	at claim.Appearance
	claim.Quantity
	room interval
}

// line is a sentence, a list item or a table's row, with its values in order and
// the words around them: gaps[i] stands before the i-th value, the last one
// behind them all. Gaps are in lower case.
type line struct {
	values []value
	gaps   []string
}

// longest bounds the values of a line: what has more is a table that lost its
// lines, and says nothing plainly.
const longest = 40

// linesOf puts the quantities of a document into lines, in order. Where two
// readings of one place differ, the longer one counts.
func linesOf(claims []claim.Appearance) []line {
	quantities := make([]claim.Appearance, 0, len(claims))
	for _, a := range claims {
		if a.Claim.Value.Quantity != nil && strings.HasPrefix(a.Sentence[min(max(a.Span.Start-a.SentenceSpan.Start, 0), len(a.Sentence)):], a.Quote) {
			quantities = append(quantities, a)
		}
	}
	slices.SortStableFunc(quantities, func(a, b claim.Appearance) int {
		return cmp.Or(cmp.Compare(a.SentenceSpan.Start, b.SentenceSpan.Start), cmp.Compare(a.SentenceSpan.End, b.SentenceSpan.End),
			cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	var out []line
	for len(quantities) > 0 {
		n := 1
		for n < len(quantities) && quantities[n].SentenceSpan == quantities[0].SentenceSpan {
			n++
		}
		if l, ok := newLine(quantities[:n]); ok {
			out = append(out, l)
		}
		quantities = quantities[n:]
	}
	return out
}

func newLine(claims []claim.Appearance) (l line, ok bool) {
	end := 0
	for _, a := range claims {
		start := a.Span.Start - a.SentenceSpan.Start
		if start < end {
			continue
		}
		room, bounded := roomOf(*a.Claim.Value.Quantity)
		if !bounded {
			return l, false
		}
		before := a.Sentence[end:start]
		if strings.HasPrefix(a.Quote, "from ") { // of "from 3 to 5" the word belongs to what it joins
			before += "from "
		}
		l.gaps = append(l.gaps, strings.ToLower(before))
		l.values = append(l.values, value{a, *a.Claim.Value.Quantity, room})
		end = start + len(a.Quote)
	}
	l.gaps = append(l.gaps, strings.ToLower(claims[0].Sentence[end:]))
	return l, len(l.values) <= longest
}

// single reports whether a value is one number that the text stands behind.
func (v value) single() bool { return v.Number.Valid && !v.Bound && v.room.closed() }

// like reports whether two values are on one scale.
func (v value) like(o value) bool { return v.Unit == o.Unit && v.Per == o.Per }

// isCount tells numbers of things from sums of money, shares and measures.
func (v value) isCount() bool {
	return v.Per == "" && v.Unit != "1" && (v.Unit == "" || claim.Dimension(v.Unit) == "count")
}

// kin reports whether a part counts what its total counts: the same thing, or
// people of one kind among people. Any noun may stand for a part of what is
// counted without one.
func kin(total, part value) bool {
	return total.like(part) || total.isCount() && part.isCount() && (part.Unit == "" || total.Unit == "person")
}

// interval is all that a number can mean, ends included.
type interval struct{ low, high decimal.NullDecimal }

func (i interval) closed() bool { return i.low.Valid && i.high.Valid }

// maxDigits bounds the numbers that are reckoned with.
const maxDigits = 40

// roomOf is what a quantity can mean. Whatever was measured or converted is
// rounded to the last digit said, and a percentage too; a number of things is
// as exact as its words say.
func roomOf(q claim.Quantity) (i interval, ok bool) {
	for _, d := range []decimal.NullDecimal{q.Number, q.Low, q.High} {
		if d.Valid && (d.Decimal.NumDigits() > maxDigits || d.Decimal.Exponent() > maxDigits || d.Decimal.Exponent() < -maxDigits) {
			return i, false
		}
	}
	i = interval{q.Low, q.High}
	if isThings := q.Unit == "" || claim.Dimension(q.Unit) == "count"; q.Number.Valid && i.closed() && !q.Bound && !isThings {
		half := halfDigit(q.Number.Decimal)
		i.low = claim.Number(decimal.Min(i.low.Decimal, q.Number.Decimal.Sub(half)))
		i.high = claim.Number(decimal.Max(i.high.Decimal, q.Number.Decimal.Add(half)))
	}
	return i, true
}

// twentieth is the most that a round number leaves open: 500 is no 460.
var twentieth = decimal.New(5, -2)

// halfDigit is half a unit of a number's last digit that is not a trailing zero,
// and no more than a twentieth of a whole number.
func halfDigit(d decimal.Decimal) decimal.Decimal {
	e := d.Exponent()
	digits := d.Coefficient().String()
	for i := len(digits) - 1; i > 0 && digits[i] == '0'; i-- {
		e++
	}
	half := decimal.New(5, e-1)
	if e > 0 {
		half = decimal.Min(half, d.Abs().Mul(twentieth))
	}
	return half
}

// around is one number with the room that rounding to its last digit leaves.
func around(d decimal.Decimal) interval {
	half := halfDigit(d)
	return interval{claim.Number(d.Sub(half)), claim.Number(d.Add(half))}
}

func exactly(d decimal.Decimal) interval { return interval{claim.Number(d), claim.Number(d)} }

// plus adds two closed intervals.
func (i interval) plus(o interval) interval {
	return interval{claim.Number(i.low.Decimal.Add(o.low.Decimal)), claim.Number(i.high.Decimal.Add(o.high.Decimal))}
}

// minus takes a closed interval from another.
func (i interval) minus(o interval) interval {
	return interval{claim.Number(i.low.Decimal.Sub(o.high.Decimal)), claim.Number(i.high.Decimal.Sub(o.low.Decimal))}
}

// times multiplies two closed intervals that do not reach below zero.
func (i interval) times(o interval) interval {
	return interval{claim.Number(i.low.Decimal.Mul(o.low.Decimal)), claim.Number(i.high.Decimal.Mul(o.high.Decimal))}
}

// meets reports whether two intervals have a number in common; a side that is
// not set is open.
func (i interval) meets(o interval) bool {
	under := func(a, b decimal.NullDecimal) bool {
		return !a.Valid || !b.Valid || a.Decimal.LessThanOrEqual(b.Decimal)
	}
	return under(i.low, o.high) && under(o.low, i.high)
}

// abs turns an interval that lies below zero round.
func (i interval) abs() interval {
	if i.high.Decimal.IsNegative() {
		return interval{claim.Number(i.high.Decimal.Neg()), claim.Number(i.low.Decimal.Neg())}
	}
	return i
}

// computed is a number with its room, on the scale of like.
func computed(number decimal.Decimal, room interval, like claim.Quantity) claim.Quantity {
	return claim.Quantity{Number: claim.Number(number), Low: room.low, High: room.high, Unit: like.Unit, Per: like.Per}
}

// in writes a quantity, without the noun that it counts.
func written(q claim.Quantity) string {
	if claim.Dimension(q.Unit) == "count" {
		q.Unit = ""
	}
	return q.String()
}

// roundingLeaves says how far rounding lets a result go, where that is any way.
func roundingLeaves(q claim.Quantity) string {
	if q.Low.Decimal.Equal(q.High.Decimal) {
		return ""
	}
	low, high := q, q
	low.Number, high.Number = q.Low, q.High
	return "; with all that rounding leaves open " + written(low) + " to " + written(high)
}
