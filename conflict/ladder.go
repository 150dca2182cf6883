package conflict

import (
	"cmp"
	"slices"
)

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
	// doubt is the verdict's feature of a rung that goes by words which are easily
	// misread: between whole documents it decides nothing and speaks against a
	// contradiction. 0 where the rung always decides.
	doubt int
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
	dateLadder        = []*rung{stageRung, precisionRung, planRung, scopeRung}
	entityLadder      = []*rung{aliasRung, namedRung, severalRung, deedRung, officeRung, tenureRung, planRung, timeRung, scopeRung}
	ruledEntityLadder = append([]*rung{declaredRung}, entityLadder...) // where two names were declared one
	predicateLadder   = []*rung{valueRung, notYetRung, planRung, timeRung, scopeRung}
)

// ladderFor chooses the ladder for two answers that can be compared.
func ladderFor(a, b *answer) []*rung {
	switch {
	case a.negated() != b.negated() || a.family == "predicate" || b.family == "predicate":
		return predicateLadder
	case a.family == "date":
		return dateLadder
	case a.family == "entity" && declaredOne(a, b):
		return ruledEntityLadder
	case a.family == "entity":
		return entityLadder
	}
	return numberLadder
}

// judge says what two comparable answers are to each other, and by which rung:
// none where they are equal or clash. Of a clash that is open to doubt it is the
// first rung that doubts it.
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
	var doubt *rung
	for _, r := range ladderFor(a, b) {
		switch o := r.try(a, b); {
		case o == apart && r.onlyDoubts(a, b):
			doubt = cmp.Or(doubt, r)
		case o != clash:
			return o, r
		}
	}
	return clash, doubt
}

// onlyDoubts reports whether the rung leaves it to the verdict what its words are
// worth. Of brief documents there is nothing else to go by.
func (r *rung) onlyDoubts(a, b *answer) bool {
	return r.doubt != 0 && !(a.text.brief() && b.text.brief())
}

// doubted lists the rungs that doubt that two answers contradict each other.
func doubted(a, b *answer) (out []*rung) {
	for _, r := range ladderFor(a, b) {
		if r.onlyDoubts(a, b) && r.try(a, b) == apart {
			out = append(out, r)
		}
	}
	return out
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

// tried names the rungs that two answers were held against in vain.
func tried(a, b *answer) []string {
	var names []string
	in := doubted(a, b)
	for _, r := range ladderFor(a, b) {
		if !slices.Contains(in, r) {
			names = append(names, r.name)
		}
	}
	return slices.Clip(names)
}

// Rungs names every rung, each once, in the order in which a ladder first has it.
func Rungs() (names []string) {
	for _, r := range slices.Concat(numberLadder, dateLadder, entityLadder, predicateLadder) {
		if !slices.Contains(names, r.name) {
			names = append(names, r.name)
		}
	}
	return names
}
