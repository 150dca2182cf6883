package main

import (
	"context"
	"math"

	"crosscheck/conflict"
)

// penalties hold each stage's weights down, the more the fewer its examples.
var penalties = [...]float64{conflict.Words: 200, conflict.Values: 200, conflict.Rivals: 30, conflict.Verdict: 10}

// taught is what was learned.
type taught struct {
	events []*event
	model  *conflict.Model   // from all events
	apart  []*conflict.Model // for each event, from events without it
	stages []judgement       // of every stage, by the models apart
}

// judgement is how a stage judged the examples of events that it did not learn from.
type judgement struct {
	stage conflict.Stage
	cases []judged
}

type judged struct {
	chance float64
	right  bool
}

// teach learns the stages one by one. Each later stage learns from what the
// earlier ones make of events that they did not learn from, as it will be later.
func teach(ctx context.Context, events []*event, folds int) (*taught, error) {
	t := &taught{events: events, model: conflict.NewModel(), apart: make([]*conflict.Model, len(events))}
	for i := range t.apart {
		t.apart[i] = conflict.NewModel()
	}
	briefs := make([][]*event, len(events))
	for i, e := range events {
		var err error
		if briefs[i], err = e.briefs(ctx); err != nil {
			return nil, err
		}
	}
	for s := range conflict.Stages {
		samples := make([]*sample, len(events))
		for i, e := range events {
			samples[i] = &sample{}
			from := []*event{e}
			if s.Brief() {
				from = briefs[i]
			}
			for _, one := range from {
				if err := one.learnFrom(ctx, t.apart[i], s, samples[i]); err != nil {
					return nil, err
				}
			}
		}
		_, signs := s.Features()
		j := judgement{stage: s}
		for f := range folds {
			var some sample
			for i := range events {
				if i%folds != f {
					some.x, some.y = append(some.x, samples[i].x...), append(some.y, samples[i].y...)
				}
			}
			bias, weights := learn(s, &some, signs)
			for i := f; i < len(events); i += folds {
				t.apart[i] = t.apart[i].With(s, bias, weights)
				for k, x := range samples[i].x {
					j.cases = append(j.cases, judged{chance(bias, weights, x), samples[i].y[k]})
				}
			}
		}
		t.stages = append(t.stages, j)
		var all sample
		for _, one := range samples {
			all.x, all.y = append(all.x, one.x...), append(all.y, one.y...)
		}
		bias, weights := learn(s, &all, signs)
		t.model = t.model.With(s, bias, weights)
	}
	return t, nil
}

// learn fits a stage's weights. Labelled events were written to mislead and tell
// how rare a true conflict is there; of two sentences that somebody puts side by
// side that is not known. So for brief documents true and false count as equally
// likely before anything is looked at.
func learn(s conflict.Stage, from *sample, signs []int) (bias float64, weights []float64) {
	hold := penalties[s.Kind()]
	if s.Brief() && s.Kind() == conflict.Verdict {
		hold *= 2 // sentences of the news teach it, and it judges those of any book
	}
	bias, weights = fit(from, signs, hold)
	if s.Brief() {
		right := 1.0
		for _, y := range from.y {
			if y {
				right++
			}
		}
		bias += math.Log((float64(len(from.y)) + 2 - right) / right)
	}
	return bias, weights
}

// learnFrom adds to a sample the examples of a stage that an event gives.
func (e *event) learnFrom(ctx context.Context, m *conflict.Model, s conflict.Stage, to *sample) error {
	examples, err := m.Examples(ctx, s, e.docs, e.claims)
	if err != nil {
		return err
	}
	for _, x := range examples {
		same, label, known := e.verdict(x.A, x.B)
		if !known {
			continue
		}
		if s.Kind() == conflict.Verdict {
			same = label == "conflict"
		}
		to.add(x.Features, same)
	}
	return nil
}
