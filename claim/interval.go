package claim

import "github.com/shopspring/decimal"

// Meets reports whether two quantities of one unit and one rate have a value
// in common. A bound that is not set is open to that side; [3.75, 3.85) and
// [3.85, 3.95) do not meet.
func (q Quantity) Meets(o Quantity) bool {
	return notAbove(q.Low, q.LowOpen, o.High, o.HighOpen) && notAbove(o.Low, o.LowOpen, q.High, q.HighOpen)
}

// notAbove reports whether a value can lie at or over low and at or under high.
func notAbove(low decimal.NullDecimal, lowOpen bool, high decimal.NullDecimal, highOpen bool) bool {
	if !low.Valid || !high.Valid {
		return true
	}
	switch low.Decimal.Cmp(high.Decimal) {
	case -1:
		return true
	case 0:
		return !lowOpen && !highOpen
	}
	return false
}

// Scale multiplies the number and its bounds, as a yearly rate by a term. A
// negative factor exchanges the bounds.
func (q Quantity) Scale(factor decimal.Decimal) Quantity {
	return q.mapped(func(d decimal.Decimal) decimal.Decimal { return d.Mul(factor) }, factor.IsNegative())
}

// mapped applies a monotonic function to the number and the bounds; falling
// says that it turns the interval round.
func (q Quantity) mapped(f func(decimal.Decimal) decimal.Decimal, falling bool) Quantity {
	for _, d := range [...]*decimal.NullDecimal{&q.Number, &q.Low, &q.High} {
		if d.Valid {
			*d = Number(f(d.Decimal))
		}
	}
	if falling {
		q.Low, q.High = q.High, q.Low
		q.LowOpen, q.HighOpen = q.HighOpen, q.LowOpen
		q.Change = -q.Change
	}
	return q
}
