package quantity

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// changeVerbs say that the amount after them is a difference, and which way.
var changeVerbs = directions(+1, `rise rises rose risen rising increase increases increased increasing grow grows grew grown growing jump jumps jumped jumping
climb climbs climbed climbing gain gains gained gaining surge surges surged surging soar soars soared soaring advance advanced swell swelled
expand expands expanded expanding raise raised raises raising up add added adds adding accelerate accelerated rebounded rallied`,
	-1, `fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreases decreased decreasing
down lose loses lost losing shed sheds slip slips slipped slipping slide slides slid plunge plunges plunged plunging tumble tumbled sink sank sunk
shrink shrinks shrank shrunk contract contracted contracting cut cuts cutting reduce reduces reduced reducing ease eased dip dipped slump slumped retreated lowered`)

// changeNouns do so as nouns: "an increase of 5%", "a 5% rise".
var changeNouns = directions(+1, `increase rise growth gain jump surge hike increases gains rises climb expansion uptick`,
	-1, `decrease fall drop decline cut reduction loss slump plunge decreases declines cuts reductions falls dip contraction shortfall`)

// changeAdjectives follow the amount: "5% higher".
var changeAdjectives = directions(+1, `higher more up larger bigger taller longer faster greater`, -1, `lower less down fewer smaller shorter slower cheaper`)

// directions maps the words of each list to the number before it.
func directions(args ...any) *words.Map[int] {
	m := map[string]int{}
	for i := 0; i+1 < len(args); i += 2 {
		for w := range strings.FieldsSeq(args[i+1].(string)) {
			m[w] = args[i].(int)
		}
	}
	return words.NewMap(m)
}

// change tells a difference from a level: "rose 4.5% to $12" has one of each.
func (r *reader) change(a *amount) int {
	switch {
	case a.kind == claim.Ordinal, a.kind == claim.Duration:
		return 0
	case a.unit == fold:
		return r.changeOfFactor(a)
	}
	strong := a.kind == claim.Percent || a.kind == claim.Money || a.kind == claim.Measure
	after := r.At(max(a.tail, a.next))
	if dir := changeNouns.Get(after.Lower); dir != 0 && strong {
		return dir
	}
	if w := r.At(a.next); w.Lower == "annual" || w.Lower == "yearly" {
		if dir := changeNouns.Get(r.At(a.next + 1).Lower); dir != 0 {
			return dir
		}
	}
	if dir := changeAdjectives.Get(after.Lower); dir != 0 && a.kind == claim.Percent && after.Lower != "more" {
		return dir
	}
	by := false
	for k := a.first - 1; k >= r.floor && k > a.first-7; k-- {
		w := r.At(k)
		if w.Kind != numeral.Letters {
			if w.Rune == '~' {
				continue
			}
			return 0
		}
		switch w.Lower {
		case "by":
			by = true
			continue
		case "of":
			if r.Is(k-1, "loss") && a.kind != claim.Percent { // the lost are counted: "the loss of seven lives"
				return 0
			}
			return changeNouns.Get(r.At(k - 1).Lower)
		case "to", "from", "at":
			if w.Lower == "to" && r.Is(k-1, "up") || w.Lower == "at" && (r.Is(k+1, "least") || r.Is(k+1, "most")) {
				continue
			}
			return 0
		case "a", "an", "the", "another", "further", "about", "some", "nearly", "almost", "roughly", "around", "more", "less", "than", "over", "just", "only", "sharply", "slightly", "least", "most", "approximately", "up", "down", "estimated", "additional", "steadily", "steeply":
			if w.Lower != "up" && w.Lower != "down" || by || r.Is(k+1, "to") {
				continue
			}
			// "made up one percent" is no change
			if p := r.At(k - 1); p.Kind == numeral.Letters && !auxiliaries.Has(p.Lower) {
				return 0
			}
		}
		dir := changeVerbs.Get(w.Lower)
		if by && dir == 0 {
			continue // "cut its key rate by"
		}
		if dir != 0 && (by || strong && !hard.Has(w.Lower)) {
			return dir
		}
		return 0
	}
	return 0
}

var auxiliaries = words.NewSet("is was are were be been being 's and percent year month week quarter day sharply slightly stood ended closed finished")

// hard are the verbs whose object is as often a thing as a difference: they
// need a "by".
var hard = words.NewSet("add added adds adding lose loses lost losing raise raised raises raising gain gains gained contract contracted expand cut cuts cutting shed sheds reduce reduced")
