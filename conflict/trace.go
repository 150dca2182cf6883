package conflict

import (
	"context"

	"crosscheck/claim"
)

// Trace tells how far a pair of answers came on its way to being a conflict.
type Trace struct {
	A, B []claim.Appearance // where the two answers stand
	Same float64            // chance that they answer one question
	// End is where it ended: "ruled apart", "agree", "superseded", "another question"
	// (Rung tells which rung, "" the weights), "answered", "unlikely" or "conflict".
	End    string
	Rung   string
	Chance float64 // of a true conflict, 0 where the verdict was not reached
}

// Traces tells of every pair that was weighed how far it came, for finding out
// what most conflicts are lost to.
func (m *Model) Traces(ctx context.Context, docs []Document, claims []claim.Appearance) ([]Trace, error) {
	var out []Trace
	err := m.eachEvent(ctx, docs, claims, func(e *event) error {
		if err := e.weighRivals(ctx); err != nil {
			return err
		}
		e.findBacking(e.judged())
		for k := range e.pairs {
			out = append(out, e.trace(&e.pairs[k]))
		}
		return nil
	})
	return out, err
}

func (e *event) trace(p *pair) Trace {
	a, b := e.answers[p.a], e.answers[p.b]
	t := Trace{A: a.appearances, B: b.appearances, Same: probability(p.same)}
	o, r := judge(a, b)
	if r != nil {
		t.Rung = r.name
	}
	x := edge{pair: p, a: p.a, b: p.b, outcome: o, rung: r}
	switch {
	case parted(a, b):
		t.End = "ruled apart"
	case o == agree:
		t.End = "agree"
	case o == later:
		t.End = "superseded"
	case o == apart, t.Same < askFrom:
		t.End = "another question"
	case e.answered(x):
		t.End = "answered"
	default:
		t.Chance = e.chanceOf(x)
		t.End = "conflict"
		if t.Chance < openFrom {
			t.End = "unlikely"
		}
	}
	return t
}
