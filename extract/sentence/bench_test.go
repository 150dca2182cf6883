package sentence

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// benchText is prose without repeats: the comments of this project's Go files,
// its documents and its sample.
func benchText(b *testing.B) string {
	b.Helper()
	var out strings.Builder
	seen := map[string]bool{}
	for _, pattern := range []string{"../../*/*.go", "../../*/*/*.go", "../../*.md", "../../seeds/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			b.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				continue // a folder
			}
			for line := range strings.Lines(string(source)) {
				line = strings.TrimSpace(line)
				comment, isComment := strings.CutPrefix(line, "// ")
				if strings.HasSuffix(file, ".go") && !isComment || seen[line] {
					out.WriteByte('\n')
					continue
				}
				seen[line] = true
				out.WriteString(comment + "\n")
			}
		}
	}
	return out.String()
}

func BenchmarkSplit(b *testing.B) {
	d := paragraphs(benchText(b))
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	sentences, tokens := 0, 0
	for b.Loop() {
		out, err := Split(context.Background(), d)
		if err != nil {
			b.Fatal(err)
		}
		sentences, tokens = len(out), 0
		for _, s := range out {
			tokens += len(s.Tokens)
		}
	}
	b.ReportMetric(float64(tokens)/float64(sentences), "tokens/sentence")
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
