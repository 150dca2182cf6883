package conflict

import (
	"cmp"
	"context"
	"slices"

	"crosscheck/claim"
)

// A draft is held against an archive as a document is that came last night: by the
// same events, pairs, rungs and groups. Only the result is told otherwise: claim by
// claim, from the draft's side, and the draft is no witness for itself.

// Finding says how a claim of a draft stands in an archive.
type Finding string

// The findings. That nothing could be compared with a claim and that nobody else
// makes it look the same: it stands alone.
const (
	Agrees  Finding = "agrees"  // another document says the same or leaves room for it, and none speaks against it
	Differs Finding = "differs" // another document's answer to the same question cannot hold beside it, or replaced it
	Alone   Finding = "alone"
)

// Checked is a claim of a draft, held against an archive.
type Checked struct {
	Claim    claim.Appearance `json:"claim"`
	Finding  Finding          `json:"finding"`
	Question string           `json:"question"` // that it answers, in words
	// Support is where others say the same, Places how many such places there are,
	// should not all of them be listed. Copies of the draft are no others.
	Support []claim.Appearance `json:"support,omitempty"`
	Places  int                `json:"places"`
	// Origins counts the independent origins of the support beside the draft's own,
	// and OriginReasons says why they are fewer than its documents.
	Origins       int      `json:"origins"`
	OriginReasons []string `json:"origin_reasons,omitempty"`
	// Reason says why others agree that look different, "" where none does.
	Reason string `json:"reason,omitempty"`
	// Conflict is the question as comparing finds it, the draft among its positions;
	// reason, rungs and severity are those of the draft's own answer. Where a later
	// figure replaced that, or it a figure, it is superseded. It is there where the
	// claim differs, and where others differ about a question that its answer leaves
	// open. Several claims may answer one question: its ID is then the same.
	Conflict *Conflict `json:"conflict,omitempty"`
}

// Draft is what an archive has for and against a text.
type Draft struct {
	Claims []Checked // in the order of the text
	Copies []string  // documents that hold the text or share half its passages, sorted
}

// Check holds the document at the path draft against the others. In a setting with a
// background the claims are the draft's alone; those of the others are asked for.
func (s Setting) Check(ctx context.Context, docs []Document, claims []claim.Appearance, draft string) (*Draft, error) {
	m := *learned()
	m.Setting = s
	if s.Background != nil {
		m.Background = s.Background.before(draft, claims)
	}
	c, of, err := m.sortedIntoEvents(ctx, docs, claims)
	if err != nil {
		return nil, err
	}
	out := &Draft{}
	at := map[string]int{} // key of an appearance → its claim
	for _, a := range claims {
		if a.Document == draft {
			out.Claims = append(out.Claims, Checked{Claim: a, Finding: Alone, Question: question([]*answer{{Claim: a.Claim}})})
		}
	}
	slices.SortFunc(out.Claims, func(x, y Checked) int { return byPlace(x.Claim, y.Claim) })
	for i, one := range out.Claims {
		at[placeKey(one.Claim)] = i
	}
	own := c.byPath[draft]
	if own == nil {
		return out, nil
	}
	for path, t := range c.byPath {
		if path != draft && t.voice == own.voice {
			out.Copies = append(out.Copies, path)
		}
	}
	slices.Sort(out.Copies)
	event := slices.IndexFunc(c.events, func(texts []*text) bool { return slices.Contains(texts, own) })
	if event < 0 {
		return out, nil
	}
	e, err := m.event(ctx, c, event, of[event])
	if err != nil {
		return nil, err
	}
	edges, err := e.edges(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := e.groups(ctx, edges)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		for _, i := range g.members {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			n := e.answers[i]
			if n.text != own {
				continue
			}
			found := e.stand(g, i, draft)
			for _, a := range n.appearances {
				if a.Document == draft {
					found.Claim = a
					out.Claims[at[placeKey(a)]] = found
				}
			}
		}
	}
	return out, nil
}

// before is the background with a document before it that is not part of it.
func (b *Background) before(draft string, own []claim.Appearance) *Background {
	out := *b
	out.Fresh = map[string]bool{draft: true}
	out.Claims = func(ctx context.Context, documents []string) ([]claim.Appearance, error) {
		stored := slices.DeleteFunc(slices.Clone(documents), func(path string) bool { return path == draft })
		if len(stored) == len(documents) {
			return b.Claims(ctx, stored)
		}
		if len(stored) == 0 {
			return own, nil
		}
		others, err := b.Claims(ctx, stored)
		return slices.Concat(own, others), err
	}
	return &out
}

// placeKey tells the claims of one document apart.
func placeKey(a claim.Appearance) string {
	return idOf([]claim.Appearance{a}) + string(a.Rule) + identityOf(a)
}

// stand tells how an answer of a draft stands among the others of its group.
func (e *event) stand(g *group, i int32, draft string) Checked {
	n := e.answers[i]
	// What its copies add, where they hold the very text, says nothing.
	own := slices.DeleteFunc(slices.Clone(n.appearances), func(a claim.Appearance) bool { return a.Document != draft })
	members := e.members(g)
	out := Checked{Finding: Alone, Question: question(members)}
	for _, o := range members {
		if o.text.voice == n.text.voice {
			continue
		}
		if how, _ := judge(n, o); how == agree {
			out.Support = append(out.Support, o.appearances...)
		}
	}
	if out.Places = len(out.Support); out.Places > 0 {
		out.Finding = Agrees
		slices.SortFunc(out.Support, byPlace)
		with := []Position{{Appearances: slices.Concat(own, out.Support)}}
		shared := e.corpus.share(with, nil)
		out.Origins, out.OriginReasons = with[0].Origins-1, shared.said()
	}
	mine := &group{members: g.members}
	for _, x := range g.edges {
		if x.a == i || x.b == i {
			mine.edges = append(mine.edges, x)
		}
	}
	if x, found := mostTelling(e.answers, mine); found {
		var why Conflict
		why.explain(e.answers, x)
		out.Reason = why.Reason
	}

	whole, ok := e.decide(g)
	open := ok && whole.Status == Open
	if open {
		out.Conflict = &whole
	}
	if open && takesSide(members, n) {
		out.Finding = Differs
		// Where only others of its position were held against the answer, what was
		// said of them holds of it.
		if told, ok := e.decide(mine); ok && told.Status == Open {
			out.Conflict = &told
		}
		return out
	}
	mine.edges = slices.DeleteFunc(mine.edges, func(x edge) bool { return x.outcome != later })
	if told, ok := e.decide(mine); ok {
		out.Finding, out.Conflict = Differs, &told
		if e.replaced(mine, i) {
			told.Severity = min(1, 2*told.Severity) // the draft is what is out of date: that weighs in full
		}
	} else if open && e.replaced(g, i) {
		out.Finding = Differs
	}
	return out
}

// members are the answers of a group, in the order of their keys.
func (e *event) members(g *group) []*answer {
	out := make([]*answer, len(g.members))
	for i, m := range g.members {
		out[i] = e.answers[m]
	}
	slices.SortFunc(out, func(a, b *answer) int { return cmp.Compare(a.key, b.key) })
	return out
}

// takesSide reports whether an answer stands in one of the positions that a
// question's answers fall into.
func takesSide(members []*answer, n *answer) bool {
	positions, _ := takePositions(withoutReplaced(members))
	return slices.ContainsFunc(positions, func(p *position) bool { return slices.Contains(p.answers, n) })
}

// replaced reports whether another answer of the group took the place of this one.
func (e *event) replaced(g *group, i int32) bool {
	return slices.ContainsFunc(g.members, func(j int32) bool { return i != j && supersedes(e.answers[j], e.answers[i]) })
}
