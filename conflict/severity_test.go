package conflict

import (
	"math"
	"testing"
)

// TestSeverity holds that a graver chance is never less severe, that what is
// worth showing is shown, and that from sure on the severity is the chance.
func TestSeverity(t *testing.T) {
	a, b := answersTo(t, statement{sentence: "It sank 31 boats.", quote: "31", attribute: "boats lost", value: quantity(exact("31", "boat"))},
		statement{sentence: "It sank 57 boats.", quote: "57", attribute: "boats lost", value: quantity(exact("57", "boat"))})
	last := -1.0
	for chance := 0.0; chance <= 1; chance += 0.01 {
		s := severity(edge{pair: &pair{}, chance: chance}, a, b, 2)
		if s < last || s < 0 || s > 1 {
			t.Errorf("chance %.2f: severity %.3f after %.3f", chance, s, last)
		}
		if (s >= ShownFrom) != (chance >= worthShowing-1e-9) {
			t.Errorf("chance %.2f: severity %.3f", chance, s)
		}
		if chance >= sure && math.Abs(s-chance) > 0.001 {
			t.Errorf("chance %.2f: severity %.3f, want the same", chance, s)
		}
		if brief := severity(edge{pair: &pair{brief: true}, chance: chance}, a, b, 2); math.Abs(brief-chance) > 0.001 {
			t.Errorf("brief, chance %.2f: severity %.3f", chance, brief)
		}
		last = s
	}
}
