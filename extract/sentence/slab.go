package sentence

import (
	"context"
	"sync"

	"crosscheck/document"
	"crosscheck/extract/token"
)

// Slabs are where the sentences of one document and their tokens are kept. Who
// reads many documents gives the slabs of one back before the next, and all pass
// through the same memory. The zero Slabs is empty.
type Slabs struct {
	full      []*slab
	sentences *[]token.Sentence
}

const maxSlab = 2048

type slab [maxSlab]token.Token

// spare are slabs that were given back.
var spare = sync.Pool{New: func() any { return new(slab) }}

// spareSentences are those of documents that were given back.
var spareSentences = sync.Pool{New: func() any { return new([]token.Sentence) }}

// Split is the function of that name, with the sentences and tokens in s, which is
// empty.
func (s *Slabs) Split(ctx context.Context, d *document.Document) ([]token.Sentence, error) {
	run := spare.Get().(*slab)
	defer spare.Put(run)
	s.sentences = spareSentences.Get().(*[]token.Sentence)
	split := splitter{doc: d, slabs: s, run: run[:0], out: (*s.sentences)[:0]}
	err := split.split(ctx)
	*s.sentences = split.out
	return split.out, err
}

// GiveBack ends the use of all sentences that were split with s.
func (s *Slabs) GiveBack() {
	for _, full := range s.full {
		spare.Put(full)
	}
	if s.sentences != nil {
		spareSentences.Put(s.sentences)
	}
	*s = Slabs{}
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
