package conflict

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"crosscheck/claim"
)

// What is looked up once for many pairs, or not at all because it could make no
// question of them, gives what looking at each pair by itself does.
func TestShortCutsChangeNothing(t *testing.T) {
	m := learned()
	pairs, likely, cut := 0, 0, 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 7))
		var list []statement
		for range 4 {
			list = append(list, sample(r)...)
		}
		docs, claims := material(t, list)
		err := m.eachEvent(context.Background(), docs, claims, func(e *event) error {
			if err := e.weighRivals(context.Background()); err != nil {
				return err
			}
			for k := range e.pairs {
				p := &e.pairs[k]
				var f vector
				a, b := e.answers[p.a], e.answers[p.b]
				f.byWords(a, b, p)
				words := e.linearOf(Words, p).odds(f[:wordFeatures])
				f.byValues(a, b, false)
				values := e.linearOf(Values, p).odds(f[:])
				f.byValues(a, b, true)
				rival := e.linearOf(Values, p).odds(f[:])
				among := e.amongRivals(p)
				same := e.linearOf(Rivals, p).odds(among[:])
				if p.words != words || p.values != values || p.rival != rival {
					t.Errorf("seed %d: by words %v, values %v and as a rival %v, want %v, %v and %v", seed, p.words, p.values, p.rival, words, values, rival)
				}
				switch {
				case same >= unlikely:
					likely++
					if p.same != same || p.best != (among[bestByValues] == 1) {
						t.Errorf("seed %d: %v among its rivals, best %t, want %v", seed, p.same, p.best, same)
					}
				case p.same >= unlikely || p.same < same-leeway:
					t.Errorf("seed %d: %v among its rivals, want from %v to below %v", seed, p.same, same, unlikely)
				case p.same != same:
					cut++
				}
				pairs++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if likely == 0 || cut == 0 {
		t.Errorf("of %d pairs %d are likely and %d are not looked at closely; both are wanted", pairs, likely, cut)
	}
	t.Logf("%d pairs, %d likely, %d not looked at closely", pairs, likely, cut)
}

// Answers that can meet look for one another by their kinds.
func TestWhoCanMeetIsFaced(t *testing.T) {
	met := 0
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 11))
		var list []statement
		for range 4 {
			list = append(list, sample(r)...)
		}
		for i := range list {
			list[i].negated = list[i].negated != (r.IntN(3) == 0)
			if r.IntN(4) == 0 {
				list[i].value = claim.Value{}
			}
		}
		docs, claims := material(t, list)
		err := learned().eachEvent(context.Background(), docs, claims, func(e *event) error {
			for _, a := range e.answers {
				for _, b := range e.answers {
					if !canMeet(a, b) {
						continue
					}
					met++
					if !slices.Contains(a.faces(), b.kind()) {
						t.Errorf("seed %d: of %s %t it is not known that it can meet %s %t", seed, a.kind(), a.negated(), b.kind(), b.negated())
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if met == 0 {
		t.Error("no answers can meet")
	}
}
