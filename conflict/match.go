package conflict

import (
	"context"
	"math"
	"slices"
)

// edge joins two answers that probably answer the same question.
type edge struct {
	a, b    int32
	score   float64 // log odds by the words alone
	chance  float64 // of the same question, values and rivals counted in
	outcome outcome
	rung    *rung // that explains it, or nil
}

const (
	askFrom = 0.5 // chance from which two answers are taken to answer one question
	margin  = 0.7 // log odds within which a rival is as good
	// log odds below which two answers are not even rivals
	plausible = -1.5
)

// match scores the candidates and keeps those that stand up to competition: a
// figure whose own value the other document gives as well, for as good a
// question, does not contradict that document.
func match(ctx context.Context, c *corpus, answers []*answer, candidates [][]int32) ([]edge, error) {
	var edges []edge
	for i, list := range candidates {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, j := range list {
			score, ok := c.sameQuestion(answers[i], answers[j])
			if !ok || score < plausible {
				continue
			}
			if o, r := judge(answers[i], answers[j]); o != apart {
				edges = append(edges, edge{a: int32(i), b: j, score: score, outcome: o, rung: r})
			}
		}
	}
	r := rivalsOf(answers, edges)
	kept := edges[:0]
	for _, e := range edges {
		a, b := answers[e.a], answers[e.b]
		odds := e.score
		if e.outcome == clash {
			if r.answered(e, answers) {
				continue
			}
			odds += byValues(a, b) + weights.rivals*math.Log2(1+float64(r.count(e, answers)))
		}
		if e.rung == rateRung {
			odds += weights.vouched
		}
		if e.chance = probability(odds); e.chance >= askFrom {
			kept = append(kept, e)
		}
	}
	return slices.Clip(kept), nil
}

// rivals lists, for an answer and another text, the edges between them.
type rivals struct {
	edges []edge
	at    map[rivalKey][]int32
}

type rivalKey struct {
	answer int32
	text   int
}

func rivalsOf(answers []*answer, edges []edge) rivals {
	r := rivals{slices.Clone(edges), map[rivalKey][]int32{}}
	for k, e := range edges {
		for _, key := range []rivalKey{{e.a, answers[e.b].text.index}, {e.b, answers[e.a].text.index}} {
			r.at[key] = append(r.at[key], int32(k))
		}
	}
	return r
}

// each calls f with every other edge between one end of e and the other end's
// text, and with the answer at its far side.
func (r rivals) each(e edge, answers []*answer, f func(o edge, replaced, rival int32)) {
	for _, ends := range [][2]int32{{e.a, e.b}, {e.b, e.a}} {
		for _, k := range r.at[rivalKey{ends[0], answers[ends[1]].text.index}] {
			o := r.edges[k]
			rival := o.a + o.b - ends[0]
			if rival != ends[1] {
				f(o, ends[1], rival)
			}
		}
	}
}

// answered reports whether either document gives the other's value as well, to
// as likely a question, or a clearly likelier partner for either end.
func (r rivals) answered(e edge, answers []*answer) bool {
	found := false
	r.each(e, answers, func(o edge, _, rival int32) {
		switch {
		case o.outcome == agree && !leavesOpen(answers[rival]):
			found = found || o.score >= e.score-margin
		case o.outcome == clash:
			found = found || o.score > e.score+margin
		}
	})
	return found
}

// count is how many other answers fit as well as the two ends of e do. What
// repeats an end's value is no rival.
func (r rivals) count(e edge, answers []*answer) int {
	n := 0
	r.each(e, answers, func(o edge, replaced, rival int32) {
		if answers[rival].value != answers[replaced].value && o.score >= e.score-margin {
			n++
		}
	})
	return n
}

// leavesOpen reports whether an answer fits many values and so decides nothing.
func leavesOpen(a *answer) bool {
	switch q, p := a.Value.Quantity, a.Value.Period; {
	case q != nil:
		return q.Bound
	case p != nil:
		return p.From == 0 || p.To == 0
	}
	return false
}
