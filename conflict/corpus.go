package conflict

import (
	"cmp"
	"context"
	"crypto/sha256"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
)

// corpus is the documents at hand as comparing sees them: the distinct texts
// among them, who copies whom, and how rare each word is.
type corpus struct {
	texts  []*text // in the order of their hashes
	byPath map[string]*text
	origin map[string]int // path → origin
	voices int

	ids      map[string]int32 // stem or name → term
	spelling []string         // term → stem or name
	heard    []int            // term → in how many voices it is heard
	rarities []float64        // in how many voices → rarity, see rarity
	likes    map[[2]int]float64
}

// text is one distinct text, however many documents hold it.
type text struct {
	index     int
	hash      string // of its content: an order that does not depend on paths
	body      string
	voice     int // texts that share passages speak with one voice
	terms     []term
	norm      float64   // the length of the vector of its terms' weights
	published claim.Day // the earliest of its documents

	marks   []uint64 // fingerprints, see origin.go
	spans   []int    // whole years it speaks of, see years.go; nil until read
	anchors []int32  // rare terms, see block.go; nil until read
}

// term is a content word of a text. A name is written with a capital inside a
// sentence: it tells an event from another far better than a word does.
type term struct {
	id   int32
	name bool
}

const (
	maxTerms   = 4096 // how many different words of one text count
	wordWeight = 0.4  // of a word, where a name weighs 1
)

// newCorpus reads the documents; the sentences of claims stand in for the text
// of a document that has none.
func newCorpus(ctx context.Context, docs []Document, claims []claim.Appearance) (*corpus, error) {
	c := &corpus{byPath: map[string]*text{}, ids: map[string]int32{}, likes: map[[2]int]float64{}}
	docs = complete(docs, claims)
	byHash := map[string]*text{}
	for i, d := range docs {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		sum := sha256.Sum256([]byte(d.Text))
		hash := string(sum[:])
		if d.Text == "" {
			hash += d.Path // of two documents without text nothing says that they are equal
		}
		t := byHash[hash]
		if t == nil {
			t = &text{hash: hash, body: d.Text}
			byHash[hash] = t
			c.texts = append(c.texts, t)
			c.readTerms(t, d.Title)
			t.marks = fingerprints(d.Text)
		}
		if d.Published != 0 && (t.published == 0 || d.Published < t.published) {
			t.published = d.Published
		}
		c.byPath[d.Path] = t
	}
	slices.SortFunc(c.texts, func(a, b *text) int { return cmp.Compare(a.hash, b.hash) })
	for i, t := range c.texts {
		t.index = i
	}
	c.findVoices()
	c.findOrigins(docs)
	c.countTerms()
	return c, ctx.Err()
}

// complete returns the documents sorted by path, one a path, with one for each
// document that only claims name.
func complete(docs []Document, claims []claim.Appearance) []Document {
	docs = slices.Clone(docs)
	known := make(map[string]int, len(docs))
	for i, d := range docs {
		known[d.Path] = i
	}
	said := map[string]map[string]bool{} // path → sentences
	for _, a := range claims {
		i, ok := known[a.Document]
		if !ok {
			i = len(docs)
			known[a.Document] = i
			docs = append(docs, Document{Path: a.Document, Version: a.Version})
		}
		if docs[i].Text == "" {
			if said[a.Document] == nil {
				said[a.Document] = map[string]bool{}
			}
			said[a.Document][a.Sentence] = true
		}
	}
	for path, sentences := range said {
		list := make([]string, 0, len(sentences))
		for s := range sentences {
			list = append(list, s)
		}
		slices.Sort(list)
		docs[known[path]].Text = strings.Join(list, "\n")
	}
	slices.SortStableFunc(docs, func(a, b Document) int { return cmp.Compare(a.Path, b.Path) })
	return slices.CompactFunc(docs, func(a, b Document) bool { return a.Path == b.Path })
}

// id returns the term of a stem or name.
func (c *corpus) id(s string) int32 {
	id, ok := c.ids[s]
	if !ok {
		id = int32(len(c.ids))
		c.ids[s] = id
		c.spelling = append(c.spelling, s)
		c.heard = append(c.heard, 0)
	}
	return id
}

// readTerms collects a text's content words, and which of them are names.
func (c *corpus) readTerms(t *text, title string) {
	seen := map[int32]bool{}
	for _, part := range []string{title, t.body} {
		end := 0
		for at, w := range eachWord(part) {
			gap := part[end:at]
			end = at + len(w)
			first, _ := utf8.DecodeRuneInString(w)
			s := stem(strings.ToLower(w))
			if len(s) < 2 || common[s] {
				continue
			}
			name := unicode.IsUpper(first) && at > 0 && !beginsSentence(gap)
			id := c.id(s)
			if known, ok := seen[id]; !ok && len(seen) < maxTerms || ok && name && !known {
				seen[id] = name
			}
		}
	}
	for id, name := range seen {
		t.terms = append(t.terms, term{id, name})
	}
	slices.SortFunc(t.terms, func(a, b term) int { return cmp.Compare(a.id, b.id) })
}

// beginsSentence reports whether a word after this gap (what stands since the
// word before) is capitalised by its place alone.
func beginsSentence(gap string) bool { return strings.ContainsAny(gap, ".!?\n\"“:") }

// countTerms counts in how many voices each term is heard: a text that is
// copied a hundred times makes its words no commoner.
func (c *corpus) countTerms() {
	type heardIn struct {
		id    int32
		voice int
	}
	seen := map[heardIn]bool{}
	alone := make([]int, c.voices)
	for _, t := range c.texts {
		alone[t.voice]++
	}
	for _, t := range c.texts {
		for _, w := range t.terms {
			if alone[t.voice] > 1 {
				key := heardIn{w.id, t.voice}
				if seen[key] {
					continue
				}
				seen[key] = true
			}
			c.heard[w.id]++
		}
	}
	for _, t := range c.texts {
		sum := 0.0
		for _, w := range t.terms {
			sum += c.weight(w) * c.weight(w)
		}
		t.norm = math.Sqrt(sum)
	}
}

// rarity of a term is 1 for what one voice says and falls towards 0 as more do.
// Nine unseen voices are taken to exist besides, so that what both of two
// documents say still counts.
func (c *corpus) rarity(id int32) float64 {
	n := max(1, c.heard[id])
	if len(c.rarities) == 0 {
		c.rarities = make([]float64, c.voices+1)
	}
	if c.rarities[n] == 0 {
		all := float64(c.voices + 9)
		c.rarities[n] = math.Log(1+all/float64(n)) / math.Log(1+all)
	}
	return c.rarities[n]
}

func (c *corpus) weight(w term) float64 {
	if w.name {
		return c.rarity(w.id)
	}
	return wordWeight * c.rarity(w.id)
}

// likeness of two texts is the cosine of their terms weighted by rarity: 1 for
// the same words, about .05 for two reports of different events.
func (c *corpus) likeness(a, b *text) float64 {
	if a == b {
		return 1
	}
	key := [2]int{min(a.index, b.index), max(a.index, b.index)}
	if v, ok := c.likes[key]; ok {
		return v
	}
	sum := 0.0
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		switch x, y := a.terms[i], b.terms[j]; {
		case x.id < y.id:
			i++
		case x.id > y.id:
			j++
		default:
			sum += c.weight(x) * c.weight(y)
			i++
			j++
		}
	}
	v := 0.0
	if a.norm > 0 && b.norm > 0 {
		v = sum / (a.norm * b.norm)
	}
	c.likes[key] = v
	return v
}
