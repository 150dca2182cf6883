package extract_test

import (
	"context"
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract"
	"crosscheck/extract/date"
	"crosscheck/extract/name"
	"crosscheck/extract/quantity"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/sentence"
	"crosscheck/extract/token"
)

// BenchmarkRead is the whole of extract over a 1 MB text, and over the same
// amount in documents of the size of a news report.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{4 << 10, 1 << 20} {
		b.Run(fmt.Sprintf("document=%dKB", size>>10), func(b *testing.B) {
			text := distinct(b, 1<<20)
			var docs []*document.Document
			for start := 0; start < len(text); start += size {
				docs = append(docs, open(b, text[start:min(start+size, len(text))]))
			}
			measure(b, len(text), func() {
				for _, d := range docs {
					if _, err := extract.Read(context.Background(), d, today); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// BenchmarkStage is what each step on the way costs by itself, over that 1 MB
// as one document. Claims are what remains of BenchmarkRead.
func BenchmarkStage(b *testing.B) {
	ctx, text := context.Background(), distinct(b, 1<<20)
	d := open(b, text)
	sentences, err := sentence.Split(ctx, d)
	if err != nil {
		b.Fatal(err)
	}
	tokens, spare := 0, [][]token.Token(nil)
	dates := make([][]claim.Mention, len(sentences))
	for i := range sentences {
		tokens += len(sentences[i].Tokens)
		spare = append(spare, slices.Clone(sentences[i].Tokens))
		dates[i] = date.Find(text, &sentences[i], date.Context(today))
	}
	all := make([]token.Token, 0, tokens+len(sentences))
	for _, stage := range []struct {
		name string
		run  func()
	}{
		{"document", func() { open(b, text) }},
		{"tokenize", func() { all = token.Tokenize(text, document.Span{End: len(text)}, nil, all[:0]) }},
		{"tag", func() {
			for _, s := range spare {
				token.Tag(s)
			}
		}},
		{"split", func() { // tokenize and tag are part of it
			if _, err := sentence.Split(ctx, d); err != nil {
				b.Fatal(err)
			}
		}},
		{"dates", func() {
			finder := date.NewFinder(text, date.Context(today))
			for i := range sentences {
				finder.Find(&sentences[i])
			}
		}},
		{"quantities", func() {
			for i := range sentences {
				quantity.Find(text, &sentences[i], dates[i], numeral.DecimalPoint)
			}
		}},
		{"names", func() { name.Find(d, sentences) }},
	} {
		b.Run(stage.name, func(b *testing.B) { measure(b, len(text), stage.run) })
	}
}

var today = extract.Context{Published: claim.DayOf(2020, 5, 1)}

func open(b *testing.B, text string) *document.Document {
	d, err := document.Read(context.Background(), "bench.txt", []byte(text), document.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// measure times run over size bytes by the clock, and by the processor's time,
// which a busy machine does not add to.
func measure(b *testing.B, size int, run func()) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	start := processorTime(b)
	for b.Loop() {
		run()
	}
	b.ReportMetric(float64(size*b.N)/1e6/(processorTime(b)-start).Seconds(), "MB/cpu-s")
}

// processorTime is what this process has used: a busy machine does not add to it.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
