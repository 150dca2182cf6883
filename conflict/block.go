package conflict

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Never all pairs: only answers that share a key of what they are about are
// held against each other, and a key that many share is narrowed further, by
// the names that take part and then by distinct values, so that the work grows
// with the number of answers and not with its square.
const (
	blockSize  = 32 // answers of one key that are still compared pair by pair
	maxValues  = 12 // values of one large block that are held against each other
	maxTopics  = 8  // topics that one answer is found by
	maxAnchors = 3  // rare words of a document that narrow a large block
)

// pairing finds, for each answer by index, the later answers of other texts
// that it may have to be held against.
type pairing struct {
	corpus  *corpus
	answers []*answer
	// acrossPolarity pairs what is said to be so with what is said not to be.
	acrossPolarity bool

	later [][]int32
}

// candidates pairs answers up, block by block.
func candidates(ctx context.Context, c *corpus, answers []*answer) ([][]int32, error) {
	p := pairing{corpus: c, answers: answers, later: make([][]int32, len(answers))}
	same, denied := map[string][]int32{}, map[string][]int32{}
	for i, a := range answers {
		for _, topic := range a.topics(c) {
			denied[topic] = append(denied[topic], int32(i))
			if !a.negated() && a.family != "predicate" {
				key := a.block() + "/" + topic
				same[key] = append(same[key], int32(i))
			}
		}
	}
	n := 0
	for _, blocks := range []map[string][]int32{same, denied} {
		for _, members := range blocks {
			if n++; n%256 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			p.narrow(members)
		}
		p.acrossPolarity = true
	}
	for i := range p.later {
		p.later[i] = sorted(p.later[i])
	}
	return p.later, nil
}

// topics are what an answer can be found by: its concepts, those beside its
// value, and the rarest other words of its attribute and around its value.
func (n *answer) topics(c *corpus) []string {
	var topics []string
	for _, concept := range append(slices.Clone(n.topic.concepts), n.near...) {
		topics = append(topics, "c "+words().concepts[concept].name)
	}
	byRarity := func(a, b int32) int {
		return cmp.Or(cmp.Compare(c.rarity(b), c.rarity(a)), cmp.Compare(c.spelling[a], c.spelling[b]))
	}
	for _, ids := range [][]int32{n.about, n.beside} {
		for _, id := range slices.SortedFunc(slices.Values(ids), byRarity) {
			if c.heard[id] != 1 {
				topics = append(topics, "s "+c.spelling[id])
			}
		}
	}
	return unique(topics[:min(len(topics), maxTopics)])
}

// unique drops repeats and keeps the order.
func unique(list []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(s string) bool {
		repeated := seen[s]
		seen[s] = true
		return repeated
	})
}

// block is the family of values that an answer is held against.
func (n *answer) block() string {
	switch {
	case n.family == "points":
		return "share"
	case strings.HasPrefix(n.family, "count of "):
		return "number"
	}
	return n.family
}

// narrow pairs off the members of one block.
func (p *pairing) narrow(members []int32) {
	if p.acrossPolarity && !slices.ContainsFunc(members, func(i int32) bool { return p.answers[i].negated() }) {
		return
	}
	if len(members) <= blockSize {
		p.all(members)
		return
	}
	byAnchor := map[int32][]int32{}
	for _, i := range members {
		for _, id := range p.answers[i].anchors(p.corpus) {
			byAnchor[id] = append(byAnchor[id], i)
		}
	}
	for _, some := range byAnchor {
		if len(some) <= blockSize {
			p.all(some)
		} else {
			p.byValue(some)
		}
	}
}

// anchors are the terms that tie an answer to an event: the names that take
// part and the rarest terms of its document that another voice also uses.
func (n *answer) anchors(c *corpus) []int32 {
	if n.text.anchors == nil {
		terms := slices.Clone(n.text.terms)
		terms = slices.DeleteFunc(terms, func(t term) bool { return c.heard[t.id] < 2 })
		slices.SortFunc(terms, func(a, b term) int {
			return cmp.Or(cmp.Compare(c.weight(b), c.weight(a)), cmp.Compare(c.spelling[a.id], c.spelling[b.id]))
		})
		n.text.anchors = []int32{}
		for _, t := range terms[:min(len(terms), maxAnchors)] {
			n.text.anchors = append(n.text.anchors, t.id)
		}
	}
	return sorted(append(slices.Clone(n.names), n.text.anchors...))
}

func (p *pairing) all(members []int32) {
	for k, i := range members {
		for _, j := range members[k+1:] {
			p.pair(i, j)
		}
	}
}

func (p *pairing) pair(i, j int32) {
	a, b := p.answers[i], p.answers[j]
	if a.text == b.text || p.acrossPolarity == (a.negated() == b.negated()) || !canClash(a, b) {
		return
	}
	p.later[min(i, j)] = append(p.later[min(i, j)], max(i, j))
}

// byValue holds each member against those that stand for the commonest values.
// Members come in the order of their keys, so the same one stands for a value
// however the claims came in.
func (p *pairing) byValue(members []int32) {
	type bucket struct {
		key   string
		first int32
		n     int
	}
	byValue := map[string]*bucket{}
	var all []*bucket
	for _, i := range members {
		a := p.answers[i]
		key := a.value + string(a.Polarity)
		if a.Time != nil {
			key += a.Time.String()
		}
		b := byValue[key]
		if b == nil {
			b = &bucket{key: key, first: i}
			byValue[key] = b
			all = append(all, b)
		}
		b.n++
	}
	slices.SortFunc(all, func(a, b *bucket) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.key, b.key)) })
	for _, b := range all[:min(len(all), maxValues)] {
		for _, i := range members {
			if i != b.first {
				p.pair(i, b.first)
			}
		}
	}
}
