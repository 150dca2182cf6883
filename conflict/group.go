package conflict

import (
	"cmp"
	"context"
	"slices"
)

// group is the answers to one question.
type group struct {
	members []int32
	faces   []int32 // one for each different thing said, for holding groups against each other
	edges   []edge  // the edges inside, strongest first
	company company // what rulings set apart from others
}

const maxFaces = 12

// groups joins answers along edges into questions, contradictions first and
// the likeliest of them first, so that the strongest always makes a question. Two
// groups join only where nothing said in the one speaks against the other, and no
// ruling sets them apart. Answers that one sets apart stay rivals of others: what
// was ruled of two makes no conflict of a third.
func (e *event) groups(ctx context.Context, edges []edge) ([]*group, error) {
	answers := e.answers
	slices.SortFunc(edges, func(x, y edge) int {
		return cmp.Or(cmp.Compare(x.rank(), y.rank()), cmp.Compare(y.chance, x.chance), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	in := make([]*group, len(answers))
	of := func(i int32) *group {
		if in[i] == nil {
			in[i] = &group{members: []int32{i}, faces: []int32{i}, company: companyOf(answers[i])}
		}
		return in[i]
	}
	for k, by := range edges {
		if k%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		x, y := of(by.a), of(by.b)
		if x == y {
			x.edges = append(x.edges, by)
			continue
		}
		if x.company.shuns(y.company) || !e.fit(x, y, by) {
			continue
		}
		if len(x.members) < len(y.members) {
			x, y = y, x
		}
		x.members = append(x.members, y.members...)
		x.edges = append(append(x.edges, y.edges...), by)
		x.addFaces(answers, y)
		x.company = x.company.with(y.company)
		for _, i := range y.members {
			in[i] = x
		}
	}
	var out []*group
	for i, g := range in {
		if g != nil && len(g.members) > 1 && slices.Min(g.members) == int32(i) {
			slices.Sort(g.members)
			out = append(out, g)
		}
	}
	return out, nil
}

// rank puts contradictions first.
func (e edge) rank() int {
	if e.outcome == clash {
		return 0
	}
	return 1
}

func (g *group) addFaces(answers []*answer, o *group) {
	for _, i := range o.faces {
		if len(g.faces) >= maxFaces {
			return
		}
		if !slices.ContainsFunc(g.faces, func(j int32) bool { return sameFace(answers[i], answers[j]) }) {
			g.faces = append(g.faces, i)
		}
	}
}

func sameFace(a, b *answer) bool {
	return a.value == b.value && a.Polarity == b.Polarity && a.modality == b.modality && slices.Equal(a.scope, b.scope) &&
		(a.Time == nil) == (b.Time == nil) && (a.Time == nil || *a.Time == *b.Time) && a.topic.equal(b.topic) && a.subject == b.subject
}

// fitFrom is the log odds of one question that each pair across two groups must
// have for them to join: groups are as strong as their weakest pair.
const fitFrom = 0.3

// fit reports whether two groups can answer one question: no pair across them
// is explained by different questions, and no document would contradict itself.
func (e *event) fit(x, y *group, by edge) bool {
	for _, i := range x.faces {
		for _, j := range y.faces {
			if i == by.a && j == by.b || i == by.b && j == by.a {
				continue
			}
			a, b := e.answers[i], e.answers[j]
			o, r := judge(a, b)
			switch {
			case o == apart, o == clash && r != nil, o == clash && a.text == b.text:
				return false
			case o == clash:
				// Texts of a large event that never met have nothing against each other.
				if p := e.pairOf(i, j); p == nil && e.held[places(a.text, b.text)] || p != nil && p.same < fitFrom {
					return false
				}
			}
		}
	}
	return true
}

// pairOf finds the pair of two answers, nil where it was never looked at or forgotten.
func (e *event) pairOf(i, j int32) *pair {
	place := e.answers[j].text.place
	k, ok := slices.BinarySearchFunc(e.of[i], j, func(l link, j int32) int {
		return cmp.Or(cmp.Compare(e.answers[l.to].text.place, place), cmp.Compare(l.to, j))
	})
	if !ok {
		return nil
	}
	return &e.pairs[e.of[i][k].pair]
}
