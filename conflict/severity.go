package conflict

import "math"

// Severity ranks conflicts for a reader with little time: the chance that it is
// a true one, and more where it smells of a slip. All of one origin weigh less:
// a house that contradicts itself has probably corrected itself.
const (
	slipBonus = 0.3 // of what is missing to 1
	oneHouse  = 0.7
)

// severity of a contradiction between two answers, 0 to 1.
func severity(e edge, a, b *answer, origins int) float64 {
	s := e.chance
	if slip(a, b) != "" {
		s += slipBonus * (1 - s)
	}
	if origins < 2 {
		s *= oneHouse
	}
	return math.Round(1000*s) / 1000
}
