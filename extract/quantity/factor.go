package quantity

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// fold is the unit of a factor: how many times as much. Like "pp" it is our
// own; a number of times that something happened is counted in "time".
const fold = "fold"

// factor reads one word that says how many times as much: "doubled",
// "threefold", "twice" before what is compared or a rate.
func (r *reader) factor(i int) (amount, bool) {
	w := r.At(i)
	times, ok := numeral.Multiple(w)
	if !ok || r.joined(i) {
		return amount{}, false
	}
	a := amount{Number: numeral.Number{First: i, Next: i + 1, Value: times, Spelled: true}, first: i, next: i + 1, tail: i + 1,
		kind: claim.Count, unit: fold, factor: whole}
	switch {
	case strings.HasSuffix(w.Lower, "fold"):
	case w.Lower == "twice" || w.Lower == "thrice":
		if !r.compares(i + 1) { // "twice a week", but "knocked twice" measures nothing
			a.unit = "time"
			per, _ := r.rateAt(i+1, &a)
			return a, per != ""
		}
	case strings.HasSuffix(w.Lower, "ed"), strings.HasSuffix(w.Lower, "ing"):
		return a, !(r.Is(i+1, "as") || r.Is(i+1, "down") || r.Is(i+1, "over") || r.Is(i+1, "back"))
	default: // "double": an adjective ("a double room") unless something is compared
		return a, r.compares(i+1) || r.Is(i-1, "than") || (r.Is(i-1, "to") || r.Is(i-1, "will")) && r.At(i+1).Kind != numeral.Letters
	}
	return a, true
}

// joined reports whether a hyphen makes the word at i a part of another.
func (r *reader) joined(i int) bool {
	return r.IsMark(i+1, '-') && !r.At(i+1).Space || r.IsMark(i-1, '-') && !r.At(i).Space
}

// compares reports whether what a factor multiplies stands at i: "as many",
// "the price", "larger than".
func (r *reader) compares(i int) bool {
	switch w := r.At(i).Lower; w {
	case "as", "the", "its", "their", "his", "her", "our", "that", "what", "those", "larger", "greater", "bigger":
		return true
	default:
		return comparatives[w] != 0
	}
}

// multiplied reads what makes a number a factor: "three times as many",
// "sixty-fold", "10x"; without anything compared it counts occasions: "voted
// three times".
func (r *reader) multiplied(a *amount, at int) bool {
	w := r.At(at)
	joint := at
	if w.Rune == '-' && !w.Space && !r.At(at+1).Space {
		joint, w = at+1, r.At(at+1)
	}
	switch {
	case w.Lower == "fold":
		a.unit = fold
	case joint > at || a.Vague:
		return false
	case w.Lower == "times" && w.Space:
		if a.unit = "time"; r.compares(at + 1) {
			a.unit = fold
		}
	case w.Lower == "x" && !w.Space && (r.At(at+1).Space || r.At(at+1).Kind == numeral.Mark):
		a.unit = fold
	default:
		return false
	}
	a.next, a.Plain = joint+1, false
	return true
}

// changeOfFactor tells a factor of growth from a comparison: "doubled" and "a
// threefold rise" change something, "twice the size" does not.
func (r *reader) changeOfFactor(a *amount) int {
	verb := r.At(a.next - 1).Lower
	switch {
	case a.Value.LessThan(whole):
		return -1
	case strings.HasSuffix(verb, "ed"), strings.HasSuffix(verb, "ing"):
		return 1
	}
	if dir := changeNouns.Get(r.At(a.next).Lower); dir != 0 {
		return dir
	}
	for k := a.first - a.lead - 1; k >= r.floor && k > a.first-a.lead-4; k-- {
		if dir := changeVerbs.Get(r.At(k).Lower); dir != 0 {
			return dir
		}
	}
	return 0
}
