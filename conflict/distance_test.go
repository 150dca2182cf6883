package conflict

import "testing"

func TestNothingIsNearerToFewThanToMany(t *testing.T) {
	two, twenty := ratio(0, 2), ratio(20, 0)
	if !(0 < two && two < twenty && twenty < endless) {
		t.Errorf("none is %v from two and %v from twenty, of %v at most", two, twenty, endless)
	}
	for _, pair := range [][2]float64{{0, 0.4}, {-3, 0}, {-1, 1}} {
		if r := ratio(pair[0], pair[1]); r != endless {
			t.Errorf("%v is %v from %v, want no ratio", pair[0], r, pair[1])
		}
	}
	if r := ratio(0, 0); r != 0 {
		t.Errorf("nothing is %v from nothing", r)
	}
}
