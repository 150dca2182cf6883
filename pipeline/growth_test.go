package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// A world of news, made up: stories with a cast of their own, told in reports of
// ten claims each, and one story that everybody mentions in a line.
type newsroom struct {
	rand    *rand.Rand
	reports int // so far
	notes   int // of the story that everybody mentions, so far
	common  *rand.Zipf
}

const (
	claimsOfReport = 10
	reportsOfStory = 16
	largest        = 100_000 // appearances of the most told question, in a million claims
)

func newNewsroom(seed uint64) *newsroom {
	r := rand.New(rand.NewPCG(seed, seed))
	return &newsroom{rand: r, common: rand.NewZipf(r, 1.1, 20, 30_000)}
}

// name is the n-th of a story's names.
func (*newsroom) name(story, n int) string {
	sum := sha256.Sum256(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(story)), uint64(n)))
	var b strings.Builder
	for i := range 4 {
		b.WriteByte("BDFGKLMNPRSTVZ"[sum[2*i]%14])
		b.WriteByte("aeiou"[sum[2*i+1]%5])
	}
	return b.String()[:1] + strings.ToLower(b.String()[1:])
}

func (w *newsroom) filler(n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, " word%d", w.common.Uint64())
	}
	return b.String()
}

// figures are what reports tell of a story, with the unit of each figure.
var figures = [claimsOfReport][2]string{
	{"people killed", "person"}, {"people injured", "person"}, {"homes destroyed", "home"}, {"rebuilding cost", "USD"}, {"people evacuated", "person"},
	{"roads closed", "road"}, {"farmland flooded", "ha"}, {"schools shut", "school"}, {"bridges damaged", "bridge"}, {"soldiers deployed", "person"},
}

// report is one more report of a story: one figure in thirty is not what the
// others say.
func (w *newsroom) report(story int) *store.Reading {
	w.reports++
	place := w.name(story, 0)
	r := &store.Reading{Format: "text", Reader: "text/1", Rules: "1", Encoding: "utf-8", Language: "en", HasText: true, Title: "Flood in " + place}
	var text strings.Builder
	fmt.Fprintf(&text, "Flood in %s\n\n", place)
	for k, what := range figures {
		n := int64(10 + (story*7+k*13)%500)
		if w.rand.IntN(30) == 0 {
			n += 3 + int64(w.rand.IntN(20))
		}
		w.add(r, &text, fmt.Sprintf("In the flood of %s, where %s spoke to %s,%s, %s came to %%s.", place, w.name(story, 1+w.rand.IntN(8)),
			w.name(story, 1+w.rand.IntN(8)), w.filler(5), what[0]), place, what[0], what[1], n)
	}
	text.WriteString(w.filler(60))
	return w.finish(r, &text)
}

// note is one more mention of the story that everybody mentions.
func (w *newsroom) note() *store.Reading {
	w.notes++
	r := &store.Reading{Format: "text", Reader: "text/1", Rules: "1", Encoding: "utf-8", Language: "en", HasText: true, Title: "The Orvale dam"}
	var text strings.Builder
	n := int64(212)
	if w.rand.IntN(30) == 0 {
		n = 221
	}
	w.add(r, &text, fmt.Sprintf("When the dam of Orvale broke,%s, people killed came to %%s.", w.filler(6)), "Orvale", "people killed", "person", n)
	text.WriteString(w.filler(40))
	return w.finish(r, &text)
}

// add adds a sentence with its claim.
func (w *newsroom) add(r *store.Reading, text *strings.Builder, sentence, subject, attribute, unit string, n int64) {
	number := fmt.Sprint(n)
	start := text.Len()
	at := start + strings.Index(sentence, "%s")
	sentence = fmt.Sprintf(sentence, number)
	text.WriteString(sentence + " ")
	d := claim.Number(decimal.NewFromInt(n))
	span := document.Span{Start: start, End: start + len(sentence)}
	r.Sentences = append(r.Sentences, store.Sentence{Span: span, Role: document.Paragraph})
	r.Claims = append(r.Claims, claim.Appearance{
		Claim: claim.Claim{Kind: claim.KindNumber, Subject: subject, Attribute: attribute, Entities: []string{subject},
			Value: claim.Value{Quantity: &claim.Quantity{Number: d, Low: d, High: d, Unit: unit}}, Polarity: claim.Affirmed},
		Span: document.Span{Start: at, End: at + len(number)}, Quote: number, SentenceSpan: span, Sentence: sentence,
		Modality: claim.Asserted, Rule: "value/clause@1",
	})
}

func (w *newsroom) finish(r *store.Reading, text *strings.Builder) *store.Reading {
	fmt.Fprintf(text, " Report %d, note %d.\n", w.reports, w.notes)
	r.Text = text.String()
	r.Key = sha256.Sum256([]byte(r.Text))
	r.Published = claim.DayOf(2020, 1, 1) + claim.Day(w.reports/100)
	return r
}

// storeAll stores readings as documents, as many a transaction as is fast.
func storeAll(b *testing.B, s *store.Store, readings <-chan *store.Reading) {
	b.Helper()
	var workers sync.WaitGroup
	for range 2 {
		workers.Go(func() {
			for more := true; more && !b.Failed(); {
				err := s.Within(b.Context(), func(tx pgx.Tx) error {
					for range 200 {
						r, ok := <-readings
						if !ok {
							more = false
							return nil
						}
						raw := []byte(r.Text)
						sha := sha256.Sum256(raw)
						address := fmt.Sprintf("https://news.example/%x", sha[:8])
						d := store.Document{Address: address, Given: address, Source: fmt.Sprintf("Paper %d", sha[0]), Title: r.Title, Published: r.Published}
						if _, err := store.SaveDocument(b.Context(), tx, d, raw, sha, r, 0, time.Now()); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	workers.Wait()
	if b.Failed() {
		b.FailNow()
	}
}

// send makes readings ready while others are stored.
func send(write func(yield func(*store.Reading))) <-chan *store.Reading {
	out := make(chan *store.Reading, 200)
	go func() {
		defer close(out)
		write(func(r *store.Reading) { out <- r })
	}()
	return out
}

// BenchmarkGrowth compares 10,000 new claims, a night's reports of 150 stories
// and 1,000 notes of one that everybody mentions, with one million stored claims,
// and with three. What is timed is comparing: loading, comparing, and storing
// conflicts. It takes minutes to store what it compares with:
//
//	go test ./pipeline -run '^$' -bench Growth -benchtime 1x -timeout 1h
func BenchmarkGrowth(b *testing.B) {
	url := storetest.New(b)
	s, err := store.Open(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	w := newNewsroom(1)
	r := Runner{Store: s}
	stored := 0
	for _, millions := range []int{1, 3} {
		b.Run(fmt.Sprintf("stored=%dM", millions), func(b *testing.B) {
			for ; stored < millions; stored++ {
				storeAll(b, s, send(func(yield func(*store.Reading)) {
					stories := (1_000_000 - largest) / claimsOfReport / reportsOfStory
					for range largest {
						if w.notes < largest {
							yield(w.note())
						}
					}
					for i := range stories * reportsOfStory {
						yield(w.report(stored*stories + i/reportsOfStory))
					}
				}))
				growAndCompare(b, &r)
			}
			for b.Loop() {
				b.StopTimer()
				storeAll(b, s, send(func(yield func(*store.Reading)) {
					for range 1000 {
						yield(w.note())
					}
					for i := range 900 {
						yield(w.report(i % 150 * 37))
					}
				}))
				b.StartTimer()
				if err := r.compare(b.Context(), nil, &Summary{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func growAndCompare(b *testing.B, r *Runner) {
	b.Helper()
	if err := r.compare(context.Background(), nil, &Summary{}); err != nil {
		b.Fatal(err)
	}
}
