package conflict

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
)

// Only documents about one event or thing are held against each other. Which
// those are follows from the words they share, names above all and rare ones
// most: each document finds its nearest, and groups of documents join as long
// as the documents of the one are on average like those of the other.
const (
	two       = 2     // voices that are held against each other alone
	few       = 8     // voices that were put side by side on purpose: one event
	nearest   = 24    // texts that one text is held against
	together  = 64    // texts up to which each meets every other
	landmarks = 48    // terms that a text is found by
	crowded   = 16    // texts that share a term, beyond which only neighbours meet
	oneEvent  = 0.078 // average likeness above which two groups are one event
	astray    = 0.057 // likeness to two texts of an event above which one that stands alone may be of it
	clearly   = 1.4   // times that, of what it has to any other event
	briefest  = 360   // bytes of text up to which a document is a sentence or two
	neighbour = 0.039 // likeness below which two texts are not even neighbours
)

// brief reports whether a text is no more than a sentence or two. Whoever puts
// two such texts side by side means them to be about one thing.
func (t *text) brief() bool { return len(t.body) <= briefest }

// likeness is how alike a text is to another of its event.
type likeness struct {
	to *text
	by float64
}

// findEvents sorts the texts into events and finds each one's nearest within.
func (c *corpus) findEvents(ctx context.Context) error {
	if err := c.listenAround(ctx); err != nil {
		return err
	}
	if c.voices <= few {
		if len(c.texts) > 0 {
			c.events = [][]*text{c.texts}
		}
	} else {
		near, err := c.neighbours(ctx, c.texts, neighbour)
		if err != nil {
			return err
		}
		c.events = c.takeIn(c.cluster(near), near)
	}
	for _, event := range c.events {
		for i, t := range event {
			t.place = i
		}
	}
	return ctx.Err()
}

// neighbours lists for each text those most like it, most alike first.
func (c *corpus) neighbours(ctx context.Context, texts []*text, least float64) ([][]likeness, error) {
	near := make([][]likeness, len(texts))
	meet := func(i, j int) {
		if by := alike(texts[i], texts[j]); by >= least {
			near[i] = append(near[i], likeness{texts[j], by})
			near[j] = append(near[j], likeness{texts[i], by})
		}
	}
	if len(texts) <= together {
		for i := range texts {
			for j := range i {
				meet(i, j)
			}
		}
	} else {
		for k, pair := range c.acquainted(texts) {
			if k%4096 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			meet(int(pair>>32), int(pair&(1<<32-1)))
		}
	}
	for i, list := range near {
		slices.SortFunc(list, func(a, b likeness) int {
			return cmp.Or(cmp.Compare(b.by, a.by), cmp.Compare(a.to.hash, b.to.hash))
		})
		near[i] = list[:min(len(list), nearest)]
	}
	return near, nil
}

// acquainted pairs up the texts that share two of their most telling terms, or
// a name, as indexes packed in two halves. A term that many share brings only those
// together that stand beside each other in time.
func (c *corpus) acquainted(texts []*text) []uint64 {
	type holding struct {
		id   int32
		text int32
		name bool
	}
	var held []holding
	for i, t := range texts {
		terms := slices.Clone(t.terms)
		terms = slices.DeleteFunc(terms, func(w term) bool { return c.heard[w.id] < 2 })
		// Equally telling terms are all kept or all dropped, so that their numbers,
		// which depend on the order of documents, decide nothing.
		slices.SortFunc(terms, func(a, b term) int { return cmp.Compare(b.weight, a.weight) })
		n := min(len(terms), landmarks)
		for n > 0 && n < len(terms) && n < 2*landmarks && terms[n].weight == terms[n-1].weight {
			n++
		}
		for _, w := range terms[:n] {
			held = append(held, holding{w.id, int32(i), w.name})
		}
	}
	inTime := func(i, j int32) int {
		a, b := texts[i], texts[j]
		return cmp.Or(cmp.Compare(a.published, b.published), cmp.Compare(a.hash, b.hash))
	}
	slices.SortFunc(held, func(a, b holding) int { return cmp.Or(cmp.Compare(a.id, b.id), inTime(a.text, b.text)) })
	var pairs []uint64
	for i := 0; i < len(held); {
		end := i
		for end < len(held) && held[end].id == held[i].id {
			end++
		}
		reach := end - i
		if reach > crowded {
			reach = crowded / 4
		}
		for k := i; k < end; k++ {
			for l := k + 1; l < min(end, k+1+reach); l++ {
				x, y := held[k].text, held[l].text
				pair := uint64(min(x, y))<<32 | uint64(max(x, y))
				pairs = append(pairs, pair)
				if held[k].name && held[l].name {
					pairs = append(pairs, pair)
				}
			}
		}
		i = end
	}
	slices.Sort(pairs)
	twice := pairs[:0]
	for i, p := range pairs {
		if i > 0 && p == pairs[i-1] && (len(twice) == 0 || twice[len(twice)-1] != p) {
			twice = append(twice, p)
		}
	}
	return twice
}

// takeIn adds to the events the texts that joined none and yet are clearly more like the
// texts of one than of any other. A letter or a blog shares little with most reports of
// its event, and so is like none of them on average.
func (c *corpus) takeIn(events [][]*text, near [][]likeness) [][]*text {
	in := make(map[*text]int, len(c.texts)) // counted from 1
	for i, event := range events {
		for _, t := range event {
			in[t] = i + 1
		}
	}
	joins := map[int][]*text{}
	for i, t := range c.texts {
		if in[t] == 0 {
			if e := likest(near[i], in); e > 0 {
				joins[e] = append(joins[e], t)
			}
		}
	}
	for e, strays := range joins {
		event := append(events[e-1], strays...)
		slices.SortFunc(event, func(a, b *text) int { return cmp.Compare(a.index, b.index) })
		events[e-1] = event
	}
	return events
}

// likest is the event that a text is clearly most like, by the two texts of each that it is
// most like, or 0.
func likest(near []likeness, in map[*text]int) int {
	type nearness struct {
		by    float64 // likeness to the nearest two, summed
		texts int
	}
	events := map[int]nearness{}
	for _, l := range near { // most alike first
		if e := in[l.to]; e > 0 && events[e].texts < two {
			events[e] = nearness{events[e].by + l.by, events[e].texts + 1}
		}
	}
	best, at, next := 0.0, 0, 0.0
	for e, n := range events {
		switch {
		case n.by > best:
			best, at, next = n.by, e, best
		case n.by > next:
			next = n.by
		}
	}
	if best < two*astray || best < clearly*next {
		return 0
	}
	return at
}

// merger is two groups that may be one event.
type merger struct {
	a, b int // roots
	by   float64
	at   int // when it was weighed; an older one is void
}

type mergers []merger

func (m mergers) Len() int      { return len(m) }
func (m mergers) Swap(i, j int) { m[i], m[j] = m[j], m[i] }
func (m mergers) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(m[j].by, m[i].by), cmp.Compare(m[i].a, m[j].a), cmp.Compare(m[i].b, m[j].b)) < 0
}

// Push is [heap.Interface]'s.
func (m *mergers) Push(x any) { *m = append(*m, x.(merger)) }

// Pop is [heap.Interface]'s.
func (m *mergers) Pop() any {
	last := (*m)[len(*m)-1]
	*m = (*m)[:len(*m)-1]
	return last
}

// cluster joins texts into events, the most alike first, by average linkage
// over the likenesses that are known. In a large group each text knows only its
// nearest, so the average is over as many as can be known.
func (c *corpus) cluster(near [][]likeness) [][]*text {
	members := make([][]*text, len(c.texts))
	links := make([]map[int]float64, len(c.texts)) // root → other root → sum of likenesses
	version := make([]int, len(c.texts))
	for i, t := range c.texts {
		members[i], links[i] = []*text{t}, map[int]float64{}
	}
	for i, list := range near {
		for _, l := range list {
			links[i][l.to.index], links[l.to.index][i] = l.by, l.by
		}
	}
	average := func(a, b int) float64 {
		small, large := min(len(members[a]), len(members[b])), max(len(members[a]), len(members[b]))
		return steady(links[a][b] / float64(small*min(large, nearest)))
	}
	queue := &mergers{}
	offer := func(a, b int) {
		if by := average(a, b); by >= oneEvent {
			heap.Push(queue, merger{min(a, b), max(a, b), by, version[a] + version[b]})
		}
	}
	for a := range links {
		for b := range links[a] {
			if a < b {
				offer(a, b)
			}
		}
	}
	for queue.Len() > 0 {
		m := heap.Pop(queue).(merger)
		if members[m.a] == nil || members[m.b] == nil || m.at != version[m.a]+version[m.b] {
			continue
		}
		keep, gone := m.a, m.b
		members[keep], members[gone] = append(members[keep], members[gone]...), nil
		delete(links[keep], gone)
		for o, sum := range links[gone] {
			if o == keep {
				continue
			}
			delete(links[o], gone)
			links[keep][o] += sum
			links[o][keep] = links[keep][o]
		}
		links[gone] = nil
		version[keep] += 1 + version[gone]
		for o := range links[keep] {
			offer(keep, o)
		}
	}
	var events [][]*text
	for _, list := range members {
		if len(list) > 1 {
			slices.SortFunc(list, func(a, b *text) int { return cmp.Compare(a.index, b.index) })
			events = append(events, list)
		}
	}
	return events
}
