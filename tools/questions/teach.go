package main

import (
	"context"

	"crosscheck/conflict"
)

// penalties hold each stage's weights down, the more the fewer its examples.
var penalties = map[conflict.Stage]float64{conflict.Words: 200, conflict.Values: 200, conflict.Rivals: 30, conflict.Verdict: 10}

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
	for s := conflict.Words; s <= conflict.Verdict; s++ {
		samples := make([]*sample, len(events))
		for i, e := range events {
			examples, err := t.apart[i].Examples(ctx, s, e.docs, e.claims)
			if err != nil {
				return nil, err
			}
			samples[i] = &sample{}
			for _, x := range examples {
				same, label, known := e.verdict(x.A, x.B)
				if !known {
					continue
				}
				if s == conflict.Verdict {
					same = label == "conflict"
				}
				samples[i].add(x.Features, same)
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
			bias, weights := fit(&some, signs, penalties[s])
			for i := f; i < len(events); i += folds {
				t.apart[i] = t.apart[i].With(s, bias, weights)
				for k, x := range samples[i].x {
					if events[i].unjudged {
						break
					}
					j.cases = append(j.cases, judged{chance(bias, weights, x), samples[i].y[k]})
				}
			}
		}
		t.stages = append(t.stages, j)
		var all sample
		for _, one := range samples {
			all.x, all.y = append(all.x, one.x...), append(all.y, one.y...)
		}
		bias, weights := fit(&all, signs, penalties[s])
		t.model = t.model.With(s, bias, weights)
	}
	return t, nil
}
