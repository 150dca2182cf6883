package extract_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
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

// distinct writes about size bytes of news in which no two sentences are
// equal, so that nothing can be read once and remembered.
func distinct(size int) string {
	people := []string{"Anna Lind", "Karim Haddad", "Peter Novak", "Maria Duarte", "Ivo Horvat", "Grace Okafor", "Tomas Berg", "Lucia Ferri"}
	places := []string{"Norway", "Peru", "Kenya", "Portugal", "Vietnam", "Ghana", "Chile", "Nepal", "Morocco", "Latvia", "Jordan"}
	things := []string{"harbour", "railway line", "dam", "hospital wing", "fishing fleet", "wind farm", "grain store", "border post", "reservoir"}
	verbs := []string{"repaired", "inspected", "closed", "enlarged", "sold", "photographed", "criticised", "praised", "surveyed"}
	shapes := []func(i int) string{
		func(i int) string {
			return fmt.Sprintf("%s said on Monday that the %s near %s No. %d had been %s for $%d.%d million, %d%% more than in %d.",
				people[i%8], things[i/3%9], places[i/5%11], i, verbs[i/7%9], i%900+1, i%10, i%70+3, 1950+i%70)
		},
		func(i int) string {
			return fmt.Sprintf("At least %d workers from %s were injured when the %s failed in case %d, according to the ministry.",
				i%400+2, places[i/2%11], things[i/11%9], i)
		},
		func(i int) string {
			return fmt.Sprintf("The old %s, which %s had %s without much noise, stands between two quiet roads and a mill called after donor %d.",
				things[i/4%9], people[i/9%8], verbs[i/2%9], i)
		},
		func(i int) string {
			return fmt.Sprintf("Nobody in the valley remembers why the %s was %s before visitor %d came to look at the trees along its bank.",
				things[i/6%9], verbs[i/5%9], i)
		},
		func(i int) string {
			return fmt.Sprintf("%s signed an agreement with %s in %d, and parliament ratified it %d days later.",
				places[i%11], places[(i/11+i+1)%11], 1900+i%120, i+2)
		},
	}
	var b strings.Builder
	b.Grow(size + 256)
	for i := 0; b.Len() < size; i++ {
		b.WriteString(shapes[i%len(shapes)](i))
		if b.WriteByte(' '); i%7 == 6 {
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

// BenchmarkRead is the whole of extract over a 1 MB text, and over the same
// amount in documents of the size of a news report.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{4 << 10, 1 << 20} {
		b.Run(fmt.Sprintf("document=%dKB", size>>10), func(b *testing.B) {
			text := distinct(1 << 20)
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
	ctx, text := context.Background(), distinct(1<<20)
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
			for i := range sentences {
				date.Find(text, &sentences[i], date.Context(today))
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

// TestDistinct holds the benchmark's text to what it promises.
func TestDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range strings.SplitAfter(distinct(256<<10), ". ") {
		if s = strings.TrimSpace(s); len(s) > 30 && seen[s] {
			t.Fatalf("twice: %q", s)
		}
		seen[s] = true
	}
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
