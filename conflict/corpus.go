package conflict

import (
	"cmp"
	"context"
	"crypto/sha256"
	"maps"
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
	// By path too, the agency that a document credits and who published it.
	credits, sources map[string]string
	voices           int
	background       *Background // nil where the texts are all there are
	rulings          *Rulings    // nil for none

	ids    map[string]int32 // stem or name → term
	keys   []int64          // term → its key; only before a background
	words  map[string]int32 // of each word as written the place of its spelling
	events [][]*text        // the texts about one event or thing, see event.go
	listed []int32          // term → its place in the list that is being read, from 1
	// spellings are those of words; spotted is what the words of the passage at hand
	// stand for.
	spellings []spelling
	spotted   []spot
	slate     slate

	// Of the event at hand, or of all texts where none is:
	heard    []int32   // term → in how many voices it is heard
	crowd    int       // voices there are
	rarities []float64 // in how many voices → rarity, of the first numbers
	tellings []float64 // in how many voices → how much a name tells an event from others, likewise
}

// text is one distinct text, however many documents hold it.
type text struct {
	index     int    // in the corpus
	place     int    // in its event
	hash      string // of its content: an order that does not depend on paths
	title     string // of the first of its documents
	body      string
	voice     int // texts that share passages speak with one voice
	words     []written
	terms     []term
	norm      float64   // the length of the vector of its terms' weights
	published claim.Day // the earliest of its documents
	fresh     bool      // one of them is what comparing is about; only before a background

	marks   []uint64 // fingerprints, see origin.go
	written int      // while things happened or afterwards, see rung_later.go
	spans   []int    // whole years it speaks of, see years.go; nil until read
}

// term is a content word of a text. A name is written with a capital inside a
// sentence: it tells an event from another far better than a word does.
type term struct {
	id     int32
	name   bool
	times  uint16  // how often it stands there
	weight float32 // by rarity, among the texts at hand
}

const (
	maxTerms   = 4096 // how many different words of one text count
	wordWeight = 0.7  // of a word, where a name weighs 1
	strangers  = 1000 // texts of other events that are taken to exist besides those at hand
	tabled     = 4096 // numbers of voices whose rarity is kept at hand
)

// newCorpus reads the documents; the sentences of claims stand in for the text
// of a document that has none.
func newCorpus(ctx context.Context, docs []Document, claims []claim.Appearance, b *Background) (*corpus, error) {
	c := &corpus{byPath: map[string]*text{}, ids: map[string]int32{}, words: map[string]int32{}, background: b}
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
			t = &text{hash: hash, title: d.Title, body: d.Text}
			byHash[hash] = t
			c.texts = append(c.texts, t)
		}
		if d.Published != 0 && (t.published == 0 || d.Published < t.published) {
			t.published = d.Published
		}
		t.fresh = t.fresh || b != nil && b.Fresh[d.Path]
		c.byPath[d.Path] = t
	}
	slices.SortFunc(c.texts, func(a, b *text) int { return cmp.Compare(a.hash, b.hash) })
	for i, t := range c.texts {
		t.index = i
	}
	if err := c.readTexts(ctx); err != nil {
		return nil, err
	}
	c.findVoices()
	if b != nil {
		c.voices = max(c.voices, b.Texts)
	}
	c.findOrigins(docs)
	if err := c.findEvents(ctx); err != nil {
		return nil, err
	}
	return c, ctx.Err()
}

// fork is a corpus of the same texts that reads words of its own: each event's
// texts may be looked at through another one at the same time.
func (c *corpus) fork() *corpus {
	f := *c
	f.ids, f.words = maps.Clone(c.ids), maps.Clone(c.words)
	f.heard, f.keys, f.rarities, f.tellings, f.listed, f.slate, f.spotted = slices.Clone(c.heard), slices.Clone(c.keys), nil, nil, nil, slate{}, nil
	f.spellings = slices.Clip(c.spellings)
	return &f
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
		id = int32(len(c.heard))
		c.ids[s] = id
		c.heard = append(c.heard, 0)
		if c.background != nil {
			c.keys = append(c.keys, keyOf(s))
		}
	}
	return id
}

// spelling is what a word as it is written stands for.
type spelling struct {
	term   int32   // none for a common word
	stem   string  // "" for a small word, which phrases leave out
	hash   uint64  // of the word in small letters
	begins *branch // the phrases of several words that begin with it, nil where none do
}

// spell looks a word up: the number of its spelling. Words of one concept are one
// term: "killed" and "died".
func (c *corpus) spell(w string) int32 {
	as, ok := c.words[w]
	if !ok {
		lower := strings.ToLower(w)
		sp := spelling{hash: hashOf(lower)}
		s := stem(lower)
		sp.term = none
		stands := cmp.Or(synonyms()[s], s)
		if concepts := words().single(s); concepts != nil {
			sp.term = c.conceptTerm(concepts[0])
		} else if concepts := words().single(stands); concepts != nil {
			sp.term = c.conceptTerm(concepts[0])
		} else if len(s) > 1 && !common[s] {
			sp.term = c.id(stands)
		}
		if !smallWords[lower] {
			sp.stem = s
			if b := words().phrases.on[s]; b != nil && b.on != nil {
				sp.begins = b
			}
		}
		as = int32(len(c.spellings))
		c.words[w], c.spellings = as, append(c.spellings, sp)
	}
	return as
}

func (c *corpus) conceptTerm(concept int) int32 {
	return c.id("concept " + words().concepts[concept].name)
}

// lastWord is the term of the last word of a phrase that is no common one: of
// "border closed" and "shut by" what was done.
func (c *corpus) lastWord(phrase passage) int32 {
	last := none
	for _, w := range c.spots(phrase, whole) {
		if w.term != none {
			last = w.term
		}
	}
	return last
}

// readTerms collects a text's content words, and which of them are names, in the
// order of their numbers.
func (c *corpus) readTerms(title, body passage) []term {
	var terms []term
	for _, part := range []passage{title, body} {
		end := int32(0)
		for _, w := range c.spots(part, whole) {
			gap := part.in[end:w.at]
			end = w.end
			id := w.term
			if id == none {
				continue
			}
			first, _ := utf8.DecodeRuneInString(part.word(w.written))
			name := unicode.IsUpper(first) && w.at > 0 && !beginsSentence(gap)
			if more := len(c.heard) - len(c.listed); more > 0 {
				c.listed = append(c.listed, make([]int32, more)...)
			}
			if c.listed[id] == 0 {
				if len(terms) == maxTerms {
					continue
				}
				terms = append(terms, term{id: id})
				c.listed[id] = int32(len(terms))
			}
			known := &terms[c.listed[id]-1]
			known.name = known.name || name
			known.times += min(1, math.MaxUint16-known.times)
		}
	}
	for _, t := range terms {
		c.listed[t.id] = 0
	}
	terms = slices.Clip(terms)
	slices.SortFunc(terms, func(a, b term) int { return cmp.Compare(a.id, b.id) })
	return terms
}

// beginsSentence reports whether a word after this gap (what stands since the
// word before) is capitalised by its place alone.
func beginsSentence(gap string) bool { return strings.ContainsAny(gap, ".!?\n\"“:") }

// listen counts in how many voices of some texts each term is heard: a text that is
// copied a hundred times makes its words no commoner.
func (c *corpus) listen(texts []*text) {
	type heardIn struct {
		id    int32
		voice int
	}
	clear(c.heard) // of what other events left, too: a claim may have words that stand in no text
	alone := map[int]int{}
	for _, t := range texts {
		alone[t.voice]++
	}
	seen := map[heardIn]bool{}
	for _, t := range texts {
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
	c.weighTerms(texts, len(alone))
}

// weighTerms weighs the terms of texts by how few of a crowd of voices they are heard in.
func (c *corpus) weighTerms(texts []*text, crowd int) {
	c.crowd = crowd
	c.rarities, c.tellings = c.rarities[:0], c.tellings[:0]
	for n := range min(crowd+1, tabled) {
		c.rarities, c.tellings = append(c.rarities, rarity(n, crowd)), append(c.tellings, tells(n, crowd))
	}
	for _, t := range texts {
		sum := 0.0
		for i := range t.terms {
			w := c.weight(t.terms[i])
			t.terms[i].weight = float32(w)
			sum += w * w
		}
		t.norm = math.Sqrt(sum)
	}
}

// rarity of a term is 1 for what one voice says and falls towards 0 as more do.
// Nine unseen voices are taken to exist besides, so that what both of two
// documents say still counts.
func rarity(heard, crowd int) float64 { return rarityAmong(heard, crowd, crowd+9) }

// tells is how much a name that so many voices say tells an event from others: its rarity
// were there many strangers besides, which means the same in a folder of ten documents as
// in an archive, and less the more of those at hand say it, so that reports which are cast
// from one mould are told apart by what differs. What one alone says brings no two
// together, and only speaks against their being alike.
func tells(heard, crowd int) float64 {
	all := float64(crowd + 3) // three more that do not say it
	local := math.Log(all/float64(max(1, min(heard, crowd)))) / math.Log(all)
	told := math.Sqrt(local) * rarityAmong(heard, crowd, crowd+strangers)
	if heard <= 1 {
		told *= 0.6
	}
	return told
}

func rarityAmong(heard, crowd, all int) float64 {
	n := float64(all)
	return math.Log(1+n/float64(max(1, min(heard, crowd)))) / math.Log(1+n)
}

func (c *corpus) rarity(id int32) float64 {
	n := int(c.heard[id])
	if n < len(c.rarities) {
		return c.rarities[n]
	}
	return rarity(n, c.crowd)
}

func (c *corpus) weight(w term) float64 {
	told := 0.0
	if n := int(c.heard[w.id]); n < len(c.tellings) {
		told = c.tellings[n]
	} else {
		told = tells(n, c.crowd)
	}
	if !w.name {
		told *= wordWeight
	}
	return told
}

// alike is how alike two texts are: the cosine of their terms weighted by
// what they tell, 1 for the same words, about .02 for two reports of different events.
func alike(a, b *text) float64 {
	if a.norm == 0 || b.norm == 0 {
		return 0
	}
	sum := 0.0
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		x, y := &a.terms[i], &b.terms[j]
		if x.id == y.id {
			sum += float64(x.weight) * float64(y.weight)
			i++
			j++
			continue
		}
		step := comesFirst(x.id, y.id)
		i, j = i+step, j+1-step
	}
	return steady(sum / (a.norm * b.norm))
}

// steady drops the digits that the order of a sum decides: scores that should
// be equal are, however the documents came in.
func steady(x float64) float64 { return math.Round(x*1e6) / 1e6 }
