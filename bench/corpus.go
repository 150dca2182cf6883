package main

import (
	"context"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	// reports is how many documents tell of one event.
	reports = 10
	// dissenter is the one of them whose toll is not that of the others.
	dissenter = 7
	// copied is how often the last report of an event is a copy of the one before:
	// in every so-manyth event.
	copied = 5
	// size is how long a document is at least, in bytes.
	size = 4000
	// inFolder bounds the documents of a folder.
	inFolder = 1000
	// changing is how many documents share one that changes in the last night.
	changing = 100
)

// corpus is documents about events. Every event has a toll, on which one report of
// ten contradicts the nine others; what else they say of it agrees.
type corpus struct {
	documents int
	spread    bool  // each report of an event is of another source, which lies apart
	copies    int   // documents with the bytes of another one
	bytes     int64 // of all documents
	seen      map[uint64]struct{}
	seed      maphash.Seed
}

func newCorpus(documents int) *corpus {
	return &corpus{documents: documents, seen: make(map[uint64]struct{}), seed: maphash.MakeSeed()}
}

// events is how many events have a report that contradicts the others.
func (c *corpus) events() int {
	n := c.documents / reports
	if c.documents%reports > dissenter {
		n++
	}
	return n
}

// path is where the n-th document lies, below the corpus's folder.
func (c *corpus) path(n int) string {
	name := filepath.Join(fmt.Sprintf("%03d", n/inFolder), fmt.Sprintf("%06d.md", n))
	if c.spread {
		return filepath.Join(fmt.Sprintf("source-%d", n%reports), name)
	}
	return name
}

// write writes a corpus. Its files look as if they had lain there since yesterday.
func (o options) write(ctx context.Context, dir string, documents int) (*corpus, error) {
	c := newCorpus(documents)
	c.spread = o.spread
	for n := range documents {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := c.put(dir, n, 0, 24*time.Hour); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// edit changes every hundredth document, and returns how many those are.
func (c *corpus) edit(dir string) (changed int, err error) {
	for n := 0; n < c.documents; n += changing {
		if err := c.put(dir, n, 1, time.Hour); err != nil {
			return changed, err
		}
		changed++
	}
	return changed, nil
}

// put writes the n-th document in an edition, so old.
func (c *corpus) put(dir string, n, edition int, age time.Duration) error {
	file := filepath.Join(dir, c.path(n))
	if n%inFolder < reports {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
	}
	var text []byte
	if event := n / reports; event%copied == 0 && n%reports == reports-1 {
		original, err := os.ReadFile(filepath.Join(dir, c.path(n-1)))
		if err != nil {
			return err
		}
		text = original
		c.copies++
	} else {
		text = []byte(c.text(n, edition))
	}
	c.bytes += int64(len(text))
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return err
	}
	then := time.Now().Add(-age)
	return os.Chtimes(file, then, then)
}

// text is the n-th document. What it tells of its event is one sentence of each
// fact; around them it tells what no other document does.
func (c *corpus) text(n, edition int) string {
	e := eventOf(n / reports)
	r := rand.New(rand.NewPCG(uint64(n), uint64(edition)+1))
	v := &voice{r}
	day := e.day.AddDate(0, 0, 1+r.IntN(3))
	facts := e.facts(n%reports == dissenter, edition)
	r.Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })

	var b strings.Builder
	title := v.pick(e.titles())
	fmt.Fprintf(&b, "---\ntitle: %s\nsource: %s\ndate: %s\n---\n\n# %s\n\n", title, papers[(n+n/reports)%len(papers)], day.Format(time.DateOnly), title)
	for i := 0; b.Len() < size || i < 2*len(facts); i++ {
		sentence := c.fresh(func() string {
			if i%2 == 0 && i/2 < len(facts) {
				return v.told(facts[i/2])
			}
			return v.aside(e, n%reports)
		})
		b.WriteString(sentence)
		if i%4 == 3 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	return strings.TrimRight(b.String(), " \n") + "\n"
}

// fresh makes sentences until one has not been said yet in the corpus.
func (c *corpus) fresh(make func() string) string {
	for {
		sentence := make()
		sum := maphash.String(c.seed, sentence)
		if _, said := c.seen[sum]; !said {
			c.seen[sum] = struct{}{}
			return sentence
		}
	}
}
