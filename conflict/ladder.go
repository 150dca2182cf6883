package conflict

import "slices"

// A rung is one benign explanation of why two answers to what looks like the
// same question differ. Before a difference becomes a conflict every rung is
// tried; the names of those that failed are part of the reason.
type rung struct {
	name   string
	intent string // in one sentence, what it explains
	// try looks at two answers and says what they are to each other, or clash
	// where it explains nothing. It gives the same outcome in either order.
	try func(a, b *answer) outcome
	// say puts into words what try found.
	say func(a, b *answer) string
}

// outcome says what two answers are to each other.
type outcome int

const (
	clash outcome = iota // nothing explains the difference
	agree                // both can hold: they say the same in other words, or leave room
	apart                // they answer different questions after all
	later                // the later one replaces the earlier one
)

// The ladders, from what is cheapest to be sure of to what asks most of the
// words. What brings values together stands before what sets questions apart:
// a rate and its total are two times of one fact.
var (
	numberLadder = []*rung{roundingRung, boundRung, aboutRung, siblingRung, unitRung, rateRung,
		stageRung, changeRung, pointsRung, currencyRung, partRung, planRung, laterRung, timeRung, scopeRung}
	dateLadder      = []*rung{stageRung, precisionRung, planRung, scopeRung}
	entityLadder    = []*rung{aliasRung, namedRung, severalRung, officeRung, planRung, timeRung, scopeRung}
	predicateLadder = []*rung{valueRung, notYetRung, planRung, timeRung, scopeRung}
)

// ladderFor chooses the ladder for two answers that can be compared.
func ladderFor(a, b *answer) []*rung {
	switch {
	case a.negated() != b.negated() || a.family == "predicate" || b.family == "predicate":
		return predicateLadder
	case a.family == "date":
		return dateLadder
	case a.family == "entity":
		return entityLadder
	}
	return numberLadder
}

// judge says what two comparable answers are to each other, and by which rung:
// none where they are equal or clash.
func judge(a, b *answer) (outcome, *rung) {
	if opposed(a, b) {
		return clash, nil
	}
	if a.value == b.value && a.negated() == b.negated() {
		return agree, nil
	}
	if a.negated() == b.negated() && unlike(a, b) {
		return apart, nil
	}
	for _, r := range ladderFor(a, b) {
		if o := r.try(a, b); o != clash {
			return o, r
		}
	}
	return clash, nil
}

// unlike reports whether two answers carry values of two sorts. Of those that a
// third has brought into one group the one may be a name and the other a number:
// one denial can meet either.
func unlike(a, b *answer) bool {
	if a.family == "predicate" || b.family == "predicate" {
		return false
	}
	return (a.Value.Quantity == nil) != (b.Value.Quantity == nil) || (a.Value.Period == nil) != (b.Value.Period == nil)
}

// tried names the rungs that two answers were held against.
func tried(a, b *answer) []string {
	var names []string
	for _, r := range ladderFor(a, b) {
		names = append(names, r.name)
	}
	return slices.Clip(names)
}
