package conflict

import "math"

// Severity ranks conflicts for a reader with little time: how likely the two
// answer one question, how far apart they stand, and whether it smells of a
// slip. All of one origin weigh less: a house that contradicts itself has
// probably corrected itself.
const (
	base      = 0.72 // of severity, where the values all but touch
	slipBonus = 0.15
	oneHouse  = 0.7
)

// severity of a contradiction between two answers, 0 to 1.
func severity(e edge, a, b *answer, origins int) float64 {
	s := e.chance * (base + (1-base)*separation(a, b))
	if slip(a, b) != "" {
		s += slipBonus
	}
	if origins < 2 {
		s *= oneHouse
	}
	return math.Round(1000*min(1, s)) / 1000
}

// separation is how far two values stand apart, 0 for touching to 1.
func separation(a, b *answer) float64 {
	switch p, q := a.Value, b.Value; {
	case a.negated() != b.negated():
		return 0.6
	case p.Quantity != nil && q.Quantity != nil:
		x, y, ok := bring(*p.Quantity, *q.Quantity)
		if !ok {
			return 0.5
		}
		if x.Change != y.Change {
			return 1
		}
		return 1 - math.Exp(-3*gap(x, y))
	case p.Period != nil && q.Period != nil:
		days := math.Max(float64(p.Period.From-q.Period.To), float64(q.Period.From-p.Period.To))
		return 1 - math.Exp(-max(0, days)/14)
	}
	return 0.6
}
