package conflict

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"sync"

	"crosscheck/claim"
)

// A large collection is compared a neighbourhood at a time: the documents that
// are new, and those most like them. This file has what a collection must keep of
// its documents for that, so that a few of them are compared as in its midst.

// Background is the collection that documents were taken out of.
type Background struct {
	// Texts is how many different texts it has, those at hand included.
	Texts int
	// Fresh are the documents, by their paths, that comparing is about: what is
	// among the others alone is left out.
	Fresh map[string]bool
	// Heard tells in how many of them each term is heard, by its key.
	Heard func(ctx context.Context, keys []int64) ([]int32, error)
	// Company names further documents that have a part in a conflict with some of those
	// at hand, which turned out to be about what a fresh one is about: it is seen whole.
	Company func(ctx context.Context, documents []string) ([]Document, error)
	// Claims tells what some of the documents at hand claim. It is asked while their
	// texts are read, perhaps at the same time as Heard: for those that are fresh, and
	// then for the others that turn out to be about what a fresh one is about.
	Claims func(ctx context.Context, documents []string) ([]claim.Appearance, error)
}

// gather reads documents into a corpus, and asks meanwhile for the claims of those
// that comparing looks at.
func (b *Background) gather(ctx context.Context, docs []Document) (*corpus, []claim.Appearance, error) {
	var fresh, others []string
	for _, d := range docs {
		if b.Fresh[d.Path] {
			fresh = append(fresh, d.Path)
		}
	}
	var claims []claim.Appearance
	var failed error
	var asking sync.WaitGroup
	asking.Go(func() { claims, failed = b.Claims(ctx, fresh) })
	c, err := newCorpus(ctx, docs, nil, b)
	asking.Wait()
	if err = cmp.Or(err, failed); err != nil {
		return nil, nil, err
	}
	looked := c.lookedAt(docs)
	company, err := b.Company(ctx, looked)
	if err != nil {
		return nil, nil, err
	}
	if len(company) > 0 {
		docs = slices.Concat(docs, company)
		if c, err = newCorpus(ctx, docs, nil, b); err != nil {
			return nil, nil, err
		}
		looked = c.lookedAt(docs)
	}
	for _, path := range looked {
		if !b.Fresh[path] {
			others = append(others, path)
		}
	}
	more, err := b.Claims(ctx, others)
	return c, append(claims, more...), err
}

// lookedAt are the documents, by their paths, that comparing looks at: those that are
// fresh, and those that are about what a fresh one is about.
func (c *corpus) lookedAt(docs []Document) (paths []string) {
	looked := make([]bool, len(c.texts))
	for _, texts := range c.events {
		for _, t := range texts {
			looked[t.index] = c.asked(texts)
		}
	}
	for _, d := range docs {
		if t := c.byPath[d.Path]; looked[t.index] || t.fresh {
			paths = append(paths, d.Path)
		}
	}
	return paths
}

// Term is a content word of a text.
type Term struct {
	Key  int64 // the same wherever the word, its other forms or another word of its concept stand
	Name bool  // it is written as a name is
	// Times is how often it stands in the title and the text.
	Times int
}

// Landmark is one of the terms that a text is found by.
type Landmark struct {
	Term
	Weight float64 // how much it tells of the text
}

const (
	// MostLandmarks is how many landmarks a text has at most.
	MostLandmarks = landmarks
	// Nearest is how many texts one text is held against.
	Nearest = nearest
	// Crowded is how many texts on each side in time a landmark leads to.
	Crowded = crowded / 2
)

// Tells is how much a term tells an event from others that so many of a number of texts
// have, a name more than a word: from 0 to 1.
func Tells(name bool, heard, texts int) float64 {
	told := tells(heard, texts)
	if !name {
		told *= wordWeight
	}
	return told
}

// Landmarks picks the most telling of a text's terms, given in how many of a
// number of texts each is heard. What a text says again and again, as it does the
// names that it is about, tells more of it than what it says once.
func Landmarks(terms []Term, heard func(key int64) int32, texts int) []Landmark {
	marks := make([]Landmark, len(terms))
	for i, t := range terms {
		marks[i] = Landmark{t, Tells(t.Name, int(heard(t.Key)), texts) * (1 + math.Log(float64(t.Times)))}
	}
	slices.SortFunc(marks, func(a, b Landmark) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Key, b.Key))
	})
	return marks[:min(len(marks), MostLandmarks)]
}

// Indexer reads texts into terms. It remembers words: use one for many texts,
// one text at a time.
type Indexer struct{ c corpus }

// NewIndexer returns an indexer that has read nothing.
func NewIndexer() *Indexer {
	return &Indexer{corpus{ids: map[string]int32{}, words: map[string]int32{}, background: &Background{}}}
}

// Terms returns the terms of a document, by its title and text, each once.
func (x *Indexer) Terms(title, body string) []Term {
	terms := x.c.readTerms(x.c.read(title), x.c.read(body))
	out := make([]Term, len(terms))
	for i, t := range terms {
		out[i] = Term{x.c.keys[t.id], t.name, int(t.times)}
	}
	return out
}

// Version names the way of comparing: what it gave for unchanged documents
// holds for as long as the version stays.
var Version = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{logic, weightsText, lexiconText, synonymsText}, "\x00")))
	return hex.EncodeToString(sum[:8])
})

// logic is raised where the code comes to compare differently.
const logic = "8"

// keyOf is the key of a stem or name.
func keyOf(s string) int64 { return int64(hashOf(s)) }

// hashOf is FNV-1a, which package hash/fnv reckons for those who write piece by piece.
func hashOf(s string) uint64 { return mix(offset64, s) }

// offset64 is the hash of nothing.
const offset64 = 14695981039346656037

// mix is the hash of what has the hash h, and s behind it.
func mix(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// asked reports whether some texts are worth comparing: one of them is fresh.
func (c *corpus) asked(texts []*text) bool {
	return c.background == nil || slices.ContainsFunc(texts, func(t *text) bool { return t.fresh })
}

// listenAround counts in how many voices of the corpus each term is heard, or
// of the collection that the corpus is taken from.
func (c *corpus) listenAround(ctx context.Context) error {
	if c.background == nil {
		c.listen(c.texts)
		return nil
	}
	heard, err := c.background.Heard(ctx, c.keys)
	if err != nil {
		return err
	}
	for i := range c.heard {
		c.heard[i] = max(1, heard[i])
	}
	c.weighTerms(c.texts, c.background.Texts)
	return nil
}
