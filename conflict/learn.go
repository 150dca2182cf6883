package conflict

import (
	"context"

	"crosscheck/claim"
)

// Example is a pair of answers as a stage sees it, for learning weights.
type Example struct {
	// A and B are the places where the two answers stand, more than one where a
	// document, or a copy of it, says the same again.
	A, B []claim.Appearance
	// Features are in the order of [Stage.Features].
	Features []float64
	// Before is the log odds that the stages before give, 0 for the first two.
	Before float64
}

// Examples lists the pairs that a stage decides about, as the stages before it
// leave them: every pair for those about questions, and for Verdict the likely
// ones that no rung explains.
func (m *Model) Examples(ctx context.Context, s Stage, docs []Document, claims []claim.Appearance) ([]Example, error) {
	var out []Example
	err := m.eachEvent(ctx, docs, claims, func(e *event) error {
		if s.Kind() == Verdict {
			return e.verdictExamples(ctx, s.Brief(), &out)
		}
		for k := range e.pairs {
			p := &e.pairs[k]
			if p.brief != s.Brief() {
				continue
			}
			a, b := e.answers[p.a], e.answers[p.b]
			x := Example{A: a.appearances, B: b.appearances}
			if s.Kind() == Rivals {
				f := e.amongRivals(p)
				x.Features, x.Before = f[:], p.values
			} else {
				var f vector
				f.byWords(a, b, p)
				f.byValues(a, b, false)
				x.Features = f[:len(s.features())]
			}
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

func (e *event) verdictExamples(ctx context.Context, brief bool, out *[]Example) error {
	if err := e.weighRivals(ctx); err != nil {
		return err
	}
	edges := e.judged()
	e.findBacking(edges)
	for _, x := range edges {
		if x.pair.brief == brief && x.outcome == clash && x.chance >= askFrom && !e.answered(x) {
			f := e.asConflict(x)
			*out = append(*out, Example{A: e.answers[x.a].appearances, B: e.answers[x.b].appearances, Features: f[:], Before: x.pair.same})
		}
	}
	return nil
}
