package conflict

import "math"

// Severity ranks conflicts for a reader with little time: by the chance that it is
// a true one, and more where it smells of a slip. All of one origin weigh less:
// a house that contradicts itself has probably corrected itself.
const (
	slipBonus = 0.3 // of what is missing to 1
	oneHouse  = 0.7
)

// What is worth a look is shown: to miss two true conflicts is as bad as three false
// alarms, so from a chance of two in five on. What is worthShowing has the severity
// ShownFrom; from sure on the severity is the chance itself, and between them it
// rises evenly. Of two sentences that somebody puts side by side it is not known how
// often such a pair is one (teach.go in tools/questions), so theirs stays as it is.
const (
	worthShowing = 0.4
	sure         = 0.8
)

// severity of a contradiction between two answers, 0 to 1.
func severity(e edge, a, b *answer, origins int) float64 {
	s := e.chance
	switch {
	case e.pair.brief:
	case s < worthShowing:
		s *= ShownFrom / worthShowing
	case s < sure:
		s = ShownFrom + (s-worthShowing)*(sure-ShownFrom)/(sure-worthShowing)
	}
	if slip(a, b) != "" {
		s += slipBonus * (1 - s)
	}
	if origins < 2 {
		s *= oneHouse
	}
	return math.Round(1000*s) / 1000
}
