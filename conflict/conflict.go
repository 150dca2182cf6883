// Package conflict tells a true conflict from what merely looks like one.
//
// In come claims where they appear, with what is known of their documents; out
// come conflicts: questions with two or more positions that cannot all hold,
// each with the reason in words. It needs no database and no clock, and its
// result does not depend on the order of what comes in.
package conflict

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"crosscheck/claim"
)

// Kind is what a conflict is about.
type Kind string

// The kinds of conflict. Negation: one says that it happened, the other that
// it did not. Arithmetic: a document against itself.
const (
	Number     Kind = "number"
	Date       Kind = "date"
	Entity     Kind = "entity"
	Negation   Kind = "negation"
	Arithmetic Kind = "arithmetic"
)

// Status is where a conflict stands.
type Status string

// The states of a conflict. Compare gives Open, Superseded (a later figure
// with an explicit as-of time replaced an earlier one) and Explained (the
// values look different and agree; the reason names why). The others are
// people's verdicts.
const (
	Open       Status = "open"
	Confirmed  Status = "confirmed"
	Dismissed  Status = "dismissed"
	Superseded Status = "superseded"
	Resolved   Status = "resolved"
	Explained  Status = "explained"
)

// ShownFrom is the severity below which a conflict is not shown unless asked for.
const ShownFrom = 0.5

// Document is what comparing needs to know of a document beyond its claims.
type Document struct {
	Path      string // as given; equal to the appearances' Document
	Version   string
	Source    string // who published it; each unknown is its own source
	Title     string
	Published claim.Day
	Text      string // as read; copies are told by it
}

// Conflict is a question that sources answer incompatibly.
type Conflict struct {
	// ID is, out of Compare, a hash of the members; the store gives its own.
	ID       string  `json:"id"`
	Kind     Kind    `json:"kind"`
	Status   Status  `json:"status"`
	Severity float64 `json:"severity"` // 0 to 1
	Question string  `json:"question"` // in words
	Reason   string  `json:"reason"`   // in words
	// Rungs names, in order, the benign explanations that were tried.
	Rungs   []string `json:"rungs,omitempty"`
	Origins int      `json:"origins"` // independent origins that take part
	// OriginReasons says in words why documents are counted as one origin: they
	// share text, credit one agency, or have the value from one mouth.
	OriginReasons []string   `json:"origin_reasons,omitempty"`
	Positions     []Position `json:"positions"`
	// For and Against say in words what spoke for and against its being a
	// true conflict, the strongest first; only open ones have them.
	For     []string `json:"for,omitempty"`
	Against []string `json:"against,omitempty"`
	// Compatible holds claims that fit several positions and decide nothing.
	Compatible []claim.Appearance `json:"compatible,omitempty"`
}

// Position is one answer to a question, with all who give it.
type Position struct {
	Value       claim.Value        `json:"value"`
	Origins     int                `json:"origins"`
	Appearances []claim.Appearance `json:"appearances"`
	// More is how many appearances are left out, where the store was asked for a
	// few of each answer.
	More int `json:"more,omitempty"`
}

// Compare finds the conflicts among claims of several documents, most severe
// first: open and superseded ones of any severity, and the explained ones.
func Compare(ctx context.Context, docs []Document, claims []claim.Appearance) ([]Conflict, error) {
	return learned().Compare(ctx, docs, claims)
}

// Setting is what comparing goes by besides documents and their claims.
type Setting struct {
	Rates      *Rates      // for sums in two currencies; nil for none
	Background *Background // of documents taken out of many; nil where they are all
	Rulings    *Rulings    // what people have ruled; nil for nothing
}

// Compare does what the function does, in a setting. Where that has a background,
// this is asked for the claims, and there are to be none else.
func (s Setting) Compare(ctx context.Context, docs []Document, claims []claim.Appearance) ([]Conflict, error) {
	m := *learned()
	m.Setting = s
	return m.Compare(ctx, docs, claims)
}

// Compare finds conflicts by the model's weights, as [Compare] does by those
// that come with the program.
func (m *Model) Compare(ctx context.Context, docs []Document, claims []claim.Appearance) ([]Conflict, error) {
	c, of, err := m.sortedIntoEvents(ctx, docs, claims)
	if err != nil {
		return nil, err
	}
	found := make([][]Conflict, len(c.events))
	err = c.sideBySide(ctx, func(c *corpus, i int) error {
		e, err := m.event(ctx, c, i, of[i])
		if err == nil {
			found[i], err = e.conflicts(ctx)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	out := slices.Concat(found...)
	slices.SortFunc(out, func(a, b Conflict) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// conflicts are what the documents of an event contradict each other in.
func (e *event) conflicts(ctx context.Context) (out []Conflict, err error) {
	edges, err := e.edges(ctx)
	if err != nil {
		return nil, err
	}
	groups, err := e.groups(ctx, edges)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if !e.isAsked(g) {
			continue
		}
		if conflict, ok := e.decide(g); ok {
			out = append(out, conflict)
		}
	}
	return out, nil
}

// isAsked reports whether comparing is about the answers of a group: one of them is of a
// fresh text. The others of an event are held against each other all the same, because
// what they answer tells what the fresh one answers.
func (e *event) isAsked(g *group) bool {
	return e.corpus.background == nil || slices.ContainsFunc(g.members, func(i int32) bool { return e.answers[i].text.fresh })
}

// eachEvent sorts documents into events and hands them on one by one, with the
// pairs of answers that may answer one question.
func (m *Model) eachEvent(ctx context.Context, docs []Document, claims []claim.Appearance, do func(*event) error) error {
	c, of, err := m.sortedIntoEvents(ctx, docs, claims)
	if err != nil {
		return err
	}
	for i := range c.events {
		e, err := m.event(ctx, c, i, of[i])
		if err != nil {
			return err
		}
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}

// sortedIntoEvents reads documents into a corpus, and sorts their claims into
// its events.
func (s Setting) sortedIntoEvents(ctx context.Context, docs []Document, claims []claim.Appearance) (*corpus, [][]claim.Appearance, error) {
	var c *corpus
	var err error
	if b := s.Background; b == nil {
		c, err = newCorpus(ctx, docs, claims, nil)
	} else {
		c, claims, err = b.gather(ctx, docs)
	}
	if err != nil {
		return nil, nil, err
	}
	c.rulings = s.Rulings
	in := make([]int, len(c.texts)) // text → event
	for i := range in {
		in[i] = -1
	}
	for i, texts := range c.events {
		for _, t := range texts {
			in[t.index] = i
		}
	}
	at, many := make([]int, len(claims)), make([]int, len(c.events)) // claim → event, and how many it has
	for k := range claims {
		if at[k] = in[c.byPath[claims[k].Document].index]; at[k] >= 0 {
			many[at[k]]++
		}
	}
	of := make([][]claim.Appearance, len(c.events))
	for i, n := range many {
		of[i] = make([]claim.Appearance, 0, n)
	}
	for k, i := range at {
		if i >= 0 {
			of[i] = append(of[i], claims[k])
		}
	}
	return c, of, nil
}

// event reads the claims of the corpus's i-th event into answers and pairs.
func (m *Model) event(ctx context.Context, c *corpus, i int, claims []claim.Appearance) (*event, error) {
	c.listen(c.events[i])
	e := &event{corpus: c, model: m}
	var err error
	if e.answers, err = newAnswers(ctx, c, claims); err != nil {
		return nil, err
	}
	giveExchanges(e.answers, m.Rates)
	return e, e.findPairs(ctx)
}

// sideBySide does something for each event that is asked for, several at once,
// each with a corpus that it may go on reading words into.
func (c *corpus) sideBySide(ctx context.Context, do func(c *corpus, i int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(c.events)) {
		own := c.fork()
		workers.Go(func() {
			for i := range next {
				if err := do(own, i); err != nil {
					stop(err)
					return
				}
			}
		})
	}
feed:
	for i, texts := range c.events {
		if !c.asked(texts) {
			continue
		}
		select {
		case next <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}
