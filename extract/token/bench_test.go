package token

import (
	"testing"

	"crosscheck/document"
	"crosscheck/extract/token/perceptron"
)

// benchText is the corpus without repeats, in lines of a sentence each.
func benchText(b *testing.B) (lines []string, size int) {
	b.Helper()
	seen := map[string]bool{}
	for _, line := range corpus(b) {
		if !seen[line] {
			seen[line] = true
			lines = append(lines, line)
			size += len(line)
		}
	}
	return lines, size
}

func BenchmarkTokenize(b *testing.B) {
	lines, size := benchText(b)
	var dst []Token
	b.SetBytes(int64(size))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, line := range lines {
			dst = Tokenize(line, document.Span{End: len(line)}, nil, dst[:0])
			n += len(dst)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkTag(b *testing.B) {
	lines, size := benchText(b)
	sentences := make([][]Token, len(lines))
	for i, line := range lines {
		sentences[i] = Tokenize(line, document.Span{End: len(line)}, nil, nil)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, tokens := range sentences {
			Tag(tokens)
			n += len(tokens)
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkOpen is what the first sentence of a process costs beyond the others.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := perceptron.Open(tagTable); err != nil {
			b.Fatal(err)
		}
	}
}
