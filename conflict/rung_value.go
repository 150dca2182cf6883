package conflict

import (
	"fmt"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// Rungs that bring values together: the numbers differ and can both hold.

var roundingRung = &rung{
	name:   "rounding",
	intent: "the digits said leave room for both",
	try: func(a, b *answer) outcome {
		p, q, ok := sameScale(a, b)
		if !ok || p.Bound || q.Bound || p.Approximate || q.Approximate || isRange(p) || isRange(q) || !meets(p, q) && !(a.class != counts && roundsTo(p, q)) {
			return clash
		}
		return agree
	},
	say: func(a, b *answer) string {
		return fmt.Sprintf("%s and %s are the same number, rounded", show(a), show(b))
	},
}

// roundsTo reports whether the one of two numbers that gives fewer decimals is
// the other rounded to them: a turnout of 67% is one of 67.3%, and a price of $24
// one of $23.80, though 67 people are exactly that many.
func roundsTo(p, q claim.Quantity) bool {
	x, y := p.Number.Decimal, q.Number.Decimal
	if x.Exponent() < y.Exponent() {
		x, y = y, x
	}
	return x.Exponent() != y.Exponent() && x.Exponent() <= 0 && y.Round(-x.Exponent()).Equal(x)
}

var boundRung = &rung{
	name:   "bound or range",
	intent: "one leaves a side open or gives a range that holds the other",
	try: func(a, b *answer) outcome {
		p, q, ok := sameScale(a, b)
		if !ok || !(p.Bound || q.Bound || isRange(p) || isRange(q)) || !meets(p, q) && !exceeds(a, b) || a.text.brief() && b.text.brief() && excludesItself(a, b) {
			return clash
		}
		return agree
	},
	say: leavesRoom,
}

// excludesItself reports whether one of two values is said to be more or less
// than just the number that the other is: "less than 127 million" is not 127
// million. Where there is nothing else to hold them against, that is the point
// of saying so; but who says "more than 400" may have 400 in mind.
func excludesItself(a, b *answer) bool {
	p, q := a.Value.Quantity, b.Value.Quantity
	if q.Bound {
		p, q = q, p
	}
	return p.Bound && !q.Bound && !q.Approximate && !isRange(*q) && sameDigits(a, b) && (p.HighOpen || p.LowOpen && !isRound(q.Number.Decimal))
}

// exceeds reports whether one of two values is said to be more than the round
// number that the other is.
func exceeds(a, b *answer) bool {
	p, q := a.Value.Quantity, b.Value.Quantity
	if q.Bound {
		p, q = q, p
	}
	return p.Bound && !q.Bound && p.LowOpen && sameDigits(a, b) && isRound(q.Number.Decimal)
}

// isRound reports whether a number ends in zeros and has two other digits at most.
func isRound(d decimal.Decimal) bool {
	last := lastDigit(d)
	return last > 0 && d.Shift(-last).Abs().LessThan(decimal.New(100, 0))
}

var aboutRung = &rung{
	name:   "about",
	intent: "one is said to be near, and the other is near",
	try: func(a, b *answer) outcome {
		p, q, ok := sameScale(a, b)
		if !ok || !(p.Approximate || q.Approximate) || !meets(nearly(p), nearly(q)) && !sameDigits(a, b) {
			return clash
		}
		return agree
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s is near %s", show(a), show(b)) },
}

// nearly narrows a number said to be near to one unit of its last digit: "some
// 18,300" is said by one who would not say it of 17,600, as "about 4,000" is of 4,300.
func nearly(q claim.Quantity) claim.Quantity {
	if !q.Approximate || !q.Number.Valid || q.Bound {
		return q
	}
	unit := decimal.New(1, lastDigit(q.Number.Decimal))
	if low := q.Number.Decimal.Sub(unit); q.Low.Valid && low.GreaterThan(q.Low.Decimal) {
		q.Low.Decimal = low
	}
	if high := q.Number.Decimal.Add(unit); q.High.Valid && high.LessThan(q.High.Decimal) {
		q.High.Decimal = high
	}
	return q
}

var unitRung = &rung{
	name:   "unit",
	intent: "the same quantity in another unit, to the digits said",
	try: func(a, b *answer) outcome {
		p, q := a.Value.Quantity, b.Value.Quantity
		if p.Unit == q.Unit && p.Per == q.Per || p.Change != q.Change {
			return clash
		}
		x, y, ok := bring(*p, *q)
		if !ok {
			return clash
		}
		// Whoever converts rounds again: 5 miles are said to be 8 km.
		if meets(x, y) || !(p.Bound || q.Bound) && (meets(loosened(x), loosenedLike(y, *q, x)) || byRoundFactor(*p, *q, x, y)) {
			return agree
		}
		return clash
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s is %s in another unit", show(a), show(b)) },
}

// roundFactor is how far off a factor is that people convert by in their heads:
// 1.6 kilometres to the mile is short by half a per cent.
var roundFactor = decimal.New(6, -3)

// byRoundFactor reports whether two numbers, on one scale x and y, differ by no
// more than a rounded factor makes them, and one of them is said to three digits
// at most: who gives more has counted.
func byRoundFactor(p, q, x, y claim.Quantity) bool {
	if !p.Number.Valid || !q.Number.Valid || min(digitsSaid(p.Number.Decimal), digitsSaid(q.Number.Decimal)) > 3 {
		return false
	}
	return x.Number.Decimal.Sub(y.Number.Decimal).Abs().LessThanOrEqual(decimal.Max(x.Number.Decimal.Abs(), y.Number.Decimal.Abs()).Mul(roundFactor))
}

// digitsSaid counts the digits of a number without the zeros at its end.
func digitsSaid(d decimal.Decimal) int { return d.NumDigits() - int(lastDigit(d)-d.Exponent()) }

// sameScale returns both quantities where they have the same unit, rate and direction of change.
func sameScale(a, b *answer) (p, q claim.Quantity, ok bool) {
	p, q = *a.Value.Quantity, *b.Value.Quantity
	same := p.Unit == q.Unit || a.class == counts && b.class == counts
	if same = same && p.Change == q.Change && oneRate(a, b); same {
		q.Per = p.Per
	}
	return p, q, same
}

// meets reports whether two quantities on one scale can be the same number.
func meets(p, q claim.Quantity) bool {
	q.Unit, q.Per = p.Unit, p.Per
	return p.Meets(q)
}

func isRange(q claim.Quantity) bool { return !q.Number.Valid }

// perDay holds the lengths in days of the times that rates go by.
var perDay = map[string]decimal.Decimal{
	"hour": decimal.New(1, 0).Div(decimal.New(24, 0)), "day": decimal.New(1, 0), "week": decimal.New(7, 0),
	"month": decimal.New(3652425, -4).Div(decimal.New(12, 0)), "quarter": decimal.New(3652425, -4).Div(decimal.New(4, 0)),
	"year": decimal.New(3652425, -4),
}

// bring puts q on p's scale: its unit, and its rate where both are rates by time.
func bring(p, q claim.Quantity) (claim.Quantity, claim.Quantity, bool) {
	if p.Per != q.Per {
		from, ok := perDay[q.Per]
		to, known := perDay[p.Per]
		if !ok || !known {
			return p, q, false
		}
		q = q.Scale(to.Div(from))
		q.Per = p.Per
	}
	if p.Unit == q.Unit {
		return p, q, true
	}
	q, ok := claim.Convert(q, p.Unit)
	return p, q, ok
}

// roundedBy is by what share of a number of two digits or more whoever converts
// it rounds at most: 150 miles are 240 km, but 70 m are not 75.
var roundedBy = decimal.New(25, -3)

// loosened widens a single number by half a unit of its last digit to both
// sides, as rounding does; a whole number is otherwise exact.
func loosened(q claim.Quantity) claim.Quantity { return loosenedLike(q, q, q) }

var ten = decimal.New(10, 0)

// loosenedLike widens q, which was said as said and converted, by half a unit
// of the last digit said, on the scale of like.
func loosenedLike(q, said, like claim.Quantity) claim.Quantity {
	if !q.Number.Valid || !said.Number.Valid || said.Number.Decimal.IsZero() {
		return q
	}
	half := decimal.New(5, lastDigit(said.Number.Decimal)-1)
	if most := said.Number.Decimal.Abs().Mul(roundedBy); most.LessThan(half) && said.Number.Decimal.Abs().GreaterThanOrEqual(ten) {
		half = most
	}
	if scale := q.Number.Decimal.Div(said.Number.Decimal).Abs(); !scale.IsZero() {
		half = half.Mul(scale)
	}
	if q.Low.Valid {
		q.Low.Decimal = decimal.Min(q.Low.Decimal, q.Number.Decimal.Sub(half))
	}
	if q.High.Valid {
		q.High.Decimal = decimal.Max(q.High.Decimal, q.Number.Decimal.Add(half))
	}
	q.Unit, q.Per = like.Unit, like.Per
	return q
}

// lastDigit is the power of ten of the last digit that is not a trailing zero.
func lastDigit(d decimal.Decimal) int32 {
	e := d.Exponent()
	digits := d.Coefficient().String()
	for i := len(digits) - 1; i > 0 && digits[i] == '0'; i-- {
		e++
	}
	return e
}

// leavesRoom says which of two values leaves room for the other.
func leavesRoom(a, b *answer) string {
	if open(*b.Value.Quantity) && !open(*a.Value.Quantity) {
		a, b = b, a
	}
	return fmt.Sprintf("%s leaves room for %s", show(a), show(b))
}

func open(q claim.Quantity) bool { return q.Bound || isRange(q) }

// show gives a value in words.
func show(a *answer) string { return a.Value.Words() }
