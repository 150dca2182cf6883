package sentence

import (
	"context"
	"sync"

	"crosscheck/document"
	"crosscheck/extract/token"
)

// Slabs are where the tokens of one document are kept. Who reads many documents
// gives the slabs of one back before the next, and all pass through the same
// memory. The zero Slabs is empty.
type Slabs struct{ full []*slab }

const maxSlab = 2048

type slab [maxSlab]token.Token

// spare are slabs that were given back.
var spare = sync.Pool{New: func() any { return new(slab) }}

// Split is the function of that name, with the tokens in s.
func (s *Slabs) Split(ctx context.Context, d *document.Document) ([]token.Sentence, error) {
	run := spare.Get().(*slab)
	defer spare.Put(run)
	out := make([]token.Sentence, 0, len(d.Text)/128+1) // about as many as there are
	return (&splitter{doc: d, slabs: s, run: run[:0], out: out}).split(ctx)
}

// GiveBack ends the use of all sentences that were split with s.
func (s *Slabs) GiveBack() {
	for _, full := range s.full {
		spare.Put(full)
	}
	s.full = nil
}

// next is memory for at least n tokens.
func (s *Slabs) next(n int) []token.Token {
	if n > maxSlab {
		return make([]token.Token, 0, n)
	}
	next := spare.Get().(*slab)
	s.full = append(s.full, next)
	return next[:0]
}
