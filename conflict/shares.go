package conflict

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
)

// Texts are read on all processors. Each reads a share of them with a dictionary of its
// own, and what is in those is then put into one: there are a hundred times as many
// words in texts as there are different ones.

// leastShare is how many texts are worth a dictionary of their own.
const leastShare = 64

// readTexts reads the words of the corpus's texts.
func (c *corpus) readTexts(ctx context.Context) error {
	shares := max(1, min(runtime.GOMAXPROCS(0), len(c.texts)/leastShare))
	readers := make([]*corpus, shares)
	var reading sync.WaitGroup
	for k := range readers {
		readers[k] = c
		if k > 0 {
			readers[k] = &corpus{ids: map[string]int32{}, words: map[string]int32{}}
		}
		reading.Go(func() { readers[k].readAll(ctx, c.portion(k, shares)) })
	}
	reading.Wait()
	for k, r := range readers[1:] {
		c.adopt(r, c.portion(k+1, shares))
	}
	return ctx.Err()
}

// portion is the k-th of so many shares of the texts.
func (c *corpus) portion(k, shares int) []*text {
	return c.texts[k*len(c.texts)/shares : (k+1)*len(c.texts)/shares]
}

func (c *corpus) readAll(ctx context.Context, texts []*text) {
	for i, t := range texts {
		if i%64 == 0 && ctx.Err() != nil {
			return
		}
		body := c.read(t.body)
		t.words, t.terms, t.marks = body.words, c.readTerms(c.read(t.title), body), c.fingerprints(body)
	}
}

// adopt takes over texts that were read with another dictionary.
func (c *corpus) adopt(other *corpus, texts []*text) {
	terms := make([]int32, len(other.ids)) // of the other → of this one
	for i, s := range inOrder(other.ids) {
		terms[i] = c.id(s)
	}
	words := make([]int32, len(other.words))
	for i, w := range inOrder(other.words) {
		as, known := c.words[w]
		if !known {
			sp := other.spellings[i]
			if sp.term != none {
				sp.term = terms[sp.term]
			}
			as = int32(len(c.spellings))
			c.words[w], c.spellings = as, append(c.spellings, sp)
		}
		words[i] = as
	}
	for _, t := range texts {
		for i := range t.words {
			t.words[i].as = words[t.words[i].as]
		}
		for i := range t.terms {
			t.terms[i].id = terms[t.terms[i].id]
		}
		slices.SortFunc(t.terms, func(a, b term) int { return cmp.Compare(a.id, b.id) })
	}
}

// inOrder lists what is numbered from 0.
func inOrder(numbers map[string]int32) []string {
	list := make([]string, len(numbers))
	for s, n := range numbers {
		list[n] = s
	}
	return list
}
