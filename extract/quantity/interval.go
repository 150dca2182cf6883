package quantity

import (
	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

// How far a number as said may be from the number that is meant. "About" is
// within a tenth. A number with decimals, or with a scale word, was rounded to
// its last place: 3.8 billion is [3.75, 3.85) billion, 38 billion [37.5, 38.5).
// A whole number is exact unless it ends in zeros; then half of its last place
// that is no zero, but never more than a twentieth (4,000 is between 3,800 and
// 4,200), for plain 4,000 says more than about 4,000. With a scale word the
// limit is a tenth, for who says 4 billion has rounded. A percentage that ends
// in zeros was rounded to one percent.
var (
	tenth     = decimal.New(1, -1)
	twentieth = decimal.New(5, -2)
	halfOne   = decimal.New(5, -1)
)

// interval fills in what the number can mean, before any hedge: [low, high),
// or both ends open where the words set no place but only how far one goes.
func (a *amount) interval(v decimal.Decimal) (low, high decimal.Decimal, lowOpen, highOpen bool) {
	if !a.off.IsZero() {
		return v.Sub(a.off), v.Add(a.off), false, false
	}
	margin, open := a.margin(v.Abs())
	if margin.IsZero() {
		return v, v, false, false
	}
	return v.Sub(margin), v.Add(margin), open, true
}

// margin is half of what rounding leaves open, and whether a limit set it.
func (a *amount) margin(v decimal.Decimal) (m decimal.Decimal, limited bool) {
	switch {
	case v.IsZero(), a.Ordinal, a.Ratio && !a.Spelled:
		return decimal.Zero, false
	case a.Ratio:
		return v.Mul(twentieth), true
	case a.Point:
		return halfOne.Shift(a.Place), false
	}
	zeros := trailingZeros(v)
	switch {
	case zeros == 0:
		return decimal.Zero, false
	case a.kind == claim.Percent && a.Scale == 0:
		return halfOne, false
	}
	place := halfOne.Shift(zeros)
	if a.Scale > 0 {
		own, limit := halfOne.Shift(a.Place), v.Mul(tenth)
		if zeros > a.Scale {
			limit = decimal.Max(own, v.Mul(twentieth))
		}
		limit = decimal.Min(limit, v.Mul(tenth))
		if place.GreaterThan(limit) {
			return limit, true
		}
		return place, false
	}
	if limit := v.Mul(twentieth); place.GreaterThan(limit) {
		return limit, true
	}
	return place, false
}

// scaled is a number as said in the main unit.
func (a *amount) scaled(d decimal.Decimal) decimal.Decimal {
	if a.factor == whole {
		return d
	}
	return d.Mul(a.factor)
}

// trailingZeros counts the zeros at the end of a whole number.
func trailingZeros(v decimal.Decimal) int32 {
	if !v.IsInteger() {
		return 0
	}
	if v.Exponent() == 0 && v.NumDigits() < 19 && v.CoefficientInt64()%10 != 0 { // nearly all: no need to spell them out
		return 0
	}
	digits := v.Coefficient().String()
	n := v.Exponent() // below zero where the decimals are all zero
	for i := len(digits) - 1; i > 0 && digits[i] == '0'; i-- {
		n++
	}
	return max(n, 0)
}

// quantity turns an amount, or two that make a range, into its value.
func (s *span) quantity() claim.Quantity {
	q := claim.Quantity{Unit: s.unit, Per: s.per, Approximate: s.approximate || s.near || s.Vague}
	v := s.scaled(s.Value)
	switch {
	case s.second != nil:
		q.Low, q.High = claim.Number(v), claim.Number(s.scaled(s.second.Value))
		q.LowOpen, q.HighOpen = s.lowOpen, s.highOpen
		return q
	case s.Vague:
		q.Low, q.High, q.HighOpen = claim.Number(v), claim.Number(s.scaled(s.Top)), true
		return q
	}
	q.Number = claim.Number(v)
	low, high, lowOpen, highOpen := s.Value, s.Value, false, false
	if !s.exact {
		low, high, lowOpen, highOpen = s.interval(s.Value)
	}
	low, high = s.scaled(low), s.scaled(high)
	if s.approximate || s.near {
		m := decimal.Max(v.Abs().Mul(tenth), high.Sub(v))
		low, high, lowOpen, highOpen = v.Sub(m), v.Add(m), false, false
	}
	if s.side > 0 {
		low, lowOpen = v, !s.closed
	} else if s.side < 0 {
		high, highOpen = v, !s.closed
	}
	q.Low, q.High, q.LowOpen, q.HighOpen = claim.Number(low), claim.Number(high), lowOpen, highOpen
	if s.side != 0 && !s.near {
		q.Bound = true
		if s.side > 0 {
			q.High, q.HighOpen = decimal.NullDecimal{}, false
		} else {
			q.Low, q.LowOpen = decimal.NullDecimal{}, false
		}
	}
	return q
}
