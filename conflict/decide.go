package conflict

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"crosscheck/claim"
)

// decide turns the answers to one question into a conflict: open where some
// contradict each other, superseded where a later figure replaced an earlier
// one, explained where they look different and agree. ok is false where all
// say the same.
func (e *event) decide(g *group) (out Conflict, ok bool) {
	c, answers := e.corpus, e.answers
	members := e.members(g)
	if clashes := g.ending(clash); len(clashes) > 0 {
		positions, compatible := takePositions(withoutReplaced(members))
		if x, found := gravest(answers, clashes, positions); found {
			a, b := answers[x.a], answers[x.b]
			out = c.conflict(Open, members, positions, compatible)
			out.Rungs = tried(a, b)
			out.Kind, out.Reason = kindOf(a, b), reasonOpen(a, b, out.Rungs)
			out.Severity = severity(x, a, b, out.Origins)
			out.For, out.Against = e.speak(x)
			return out, true
		}
	}
	if replaced := g.ending(later); len(replaced) > 0 {
		x := slices.MaxFunc(replaced, func(x, y edge) int { return cmp.Compare(x.chance, y.chance) })
		positions, compatible := takePositions(members)
		if len(positions) > 1 {
			out = c.conflict(Superseded, members, positions, compatible)
			out.explain(answers, x)
			out.Severity = severity(x, answers[x.a], answers[x.b], out.Origins) / 2
			return out, true
		}
	}
	if x, found := mostTelling(answers, g); found {
		var positions []*position
		for _, same := range byValue(members) {
			positions = append(positions, &position{same})
		}
		out = c.conflict(Explained, members, positions, nil)
		out.explain(answers, x)
		return out, len(positions) > 1
	}
	return out, false
}

// conflict fills in what all conflicts have.
func (c *corpus) conflict(s Status, members []*answer, positions []*position, compatible []*answer) Conflict {
	out := Conflict{Status: s, Question: question(members), Compatible: appearances(compatible)}
	out.Positions, out.Origins, out.OriginReasons = c.shown(positions, out.Compatible)
	var all []claim.Appearance
	for _, p := range out.Positions {
		all = append(all, p.Appearances...)
	}
	out.ID = idOf(append(all, out.Compatible...))
	return out
}

// explain gives the reason of an edge that has one.
func (out *Conflict) explain(answers []*answer, e edge) {
	a, b := answers[e.a], answers[e.b]
	out.Kind = kindOf(a, b)
	out.Reason = fmt.Sprintf("%s: %s", e.rung.name, e.rung.say(a, b))
	for _, name := range tried(a, b) {
		out.Rungs = append(out.Rungs, name)
		if name == e.rung.name {
			break
		}
	}
}

// ending are the edges of a group with an outcome.
func (g *group) ending(o outcome) (out []edge) {
	for _, x := range g.edges {
		if x.outcome == o {
			out = append(out, x)
		}
	}
	return out
}

// gravest is the most severe contradiction between two positions. What an answer
// contradicts that a later one replaced, or that fits several positions, is none of them.
func gravest(answers []*answer, clashes []edge, positions []*position) (worst edge, found bool) {
	at := make(map[*answer]int) // counted from 1
	for i, p := range positions {
		for _, a := range p.answers {
			at[a] = i + 1
		}
	}
	most := 0.0
	for _, x := range clashes {
		a, b := answers[x.a], answers[x.b]
		if p, q := at[a], at[b]; p > 0 && q > 0 && p != q {
			if s := severity(x, a, b, 2); !found || s > most {
				worst, most, found = x, s, true
			}
		}
	}
	return worst, found
}

// withoutReplaced leaves out what a later figure replaced.
func withoutReplaced(members []*answer) []*answer {
	faces := byValue(members)
	return slices.DeleteFunc(slices.Clone(members), func(old *answer) bool {
		return slices.ContainsFunc(faces, func(newer []*answer) bool { return supersedes(newer[0], old) })
	})
}

// supersedes reports whether a took the place of b.
func supersedes(a, b *answer) bool {
	if o, _ := judge(a, b); o != later {
		return false
	}
	if a.negated() != b.negated() {
		return b.negated()
	}
	return replaces(a, b)
}

// mostTelling is the edge of a group that agrees by the furthest rung: that a
// rate is a total says more than that a number was rounded, and that people have
// ruled more than anything. That "until 2028" leaves room for 2016 tells nothing.
func mostTelling(answers []*answer, g *group) (best edge, found bool) {
	for _, e := range g.edges {
		if e.rung == precisionRung && (leavesOpen(answers[e.a]) || leavesOpen(answers[e.b])) {
			continue
		}
		if e.outcome == agree && e.rung != nil && (!found || telling(e) > telling(best)) {
			best, found = e, true
		}
	}
	return best, found
}

func telling(e edge) int {
	if e.rung == declaredRung {
		return len(numberLadder)
	}
	return slices.Index(numberLadder, e.rung)
}

// idOf is a hash of the members of a conflict.
func idOf(members []claim.Appearance) string {
	lines := make([]string, len(members))
	for i, a := range members {
		id := a.Claim.ID()
		lines[i] = fmt.Sprintf("%s\x00%s\x00%d\x00%d\x00%x", a.Document, a.Version, a.Span.Start, a.Span.End, id)
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(lines), "\n")))
	return hex.EncodeToString(sum[:8])
}
