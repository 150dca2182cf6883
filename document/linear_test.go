package document

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// hostile holds what makes naive readers take quadratic time, to be repeated.
var hostile = []string{
	"\"", ".", "[", "![", "]", "<", ">", "<div>", "<b>x<p>", "<a href=x><i>", "<table><td>", "</p>", "*", "**a ", "_a", "*a_ ", "|", "|a", "a|b\n", "|-", "`", "` ``` ",
	"\n", "\r\n", "> ", ">>\n", "- ", "- \n", "* a\n  ", "1. ", "# ", "#a\n\n", "'", "\\", "&amp;", "&", "<!--", "<!-- -->", "<![CDATA[", "<?", "<a", "<a>",
	"[a](", "[a]: b\n", "[a][b] ", "[[", "[[a]]", "[1]", "a  b  ", "\t", "a\t", "  ", "~~", "~a~", "é", "\x00a", "a\n\n", "a\n", "—", "... ", "a: b\n", "---\n", "===\n",
	"a\n===\n", "<p>a", "<li>a", "<ul><li>", "<td>a", "<tr><td>a<td>b", "<span>", "<h1>", "<select><option>", "(((", "http://a.b/c ", "12 views | ", "See also\n\n",
	"<svg><p>", "<math><mi>", "<template>", "<script>", "<style>", "<textarea>", "<noscript>", "<form>", "<button>", "<dd><dl>", "<b><i><u><s>x</b></i>",
	"- a\n\n  - b\n\n", "   a\n", "\f", "\u00a0", "\u200b", "𝒳", "| a | b |\n|---|---|\n", "|a|\n|-|\n",
}

// bombs are small and would grow large: a wide table of short rows, elements
// for looks left open before many paragraphs, lists in lists.
func bombs() map[string]string {
	var looks, stairs strings.Builder
	for i := range 500 {
		fmt.Fprintf(&looks, "<b id=%d>", i)
		stairs.WriteString(strings.Repeat(" ", 2*i) + "- a\n")
	}
	wide := func(columns int) string {
		return "|" + strings.Repeat("a|", columns) + "\n|" + strings.Repeat("-|", columns) + "\n" + strings.Repeat("|a\n", 100_000)
	}
	return map[string]string{
		"wide.md": wide(1000), "narrower.md": wide(90), "stairs.md": stairs.String(),
		"deep.md":    strings.Repeat("- ", 1000) + "a\n" + strings.Repeat(strings.Repeat(" ", 40)+"a\n", 10_000),
		"looks.html": looks.String() + strings.Repeat("<p>a", 100_000),
		"cells.html": strings.Repeat("<table><tr><td>", 100) + strings.Repeat("<td>a", 100_000),
	}
}

// TestBombs reads them all in far less time than a test may take.
func TestBombs(t *testing.T) {
	for name, text := range bombs() {
		check(t, read(t, name, text))
	}
}

// BenchmarkHostile shows that no input takes more than linear time: the time of
// each size stands beside that of a quarter of it.
func BenchmarkHostile(b *testing.B) {
	for _, piece := range hostile {
		for name := range lead {
			for _, size := range []int{1 << 18, 1 << 20} {
				b.Run(fmt.Sprintf("%q/%s/%d", piece, name, size>>10), func(b *testing.B) {
					raw := []byte(lead[name] + strings.Repeat(piece, size/len(piece)))
					b.SetBytes(int64(len(raw)))
					for b.Loop() {
						if _, err := Read(context.Background(), name, raw, Options{}); err != nil {
							b.Skip(err)
						}
					}
				})
			}
		}
	}
}

// lead makes sure that each format's own reader gets the text.
var lead = map[string]string{"a.txt": "A text. ", "a.md": "# A text\n\n", "a.html": "<!doctype html><body><p>A text.</p>"}

// BenchmarkRead gives the rate for ordinary documents of 1 MB, no two sentences of which are equal.
func BenchmarkRead(b *testing.B) {
	for name, marks := range map[string][3]string{"a.txt": {"", "\n\n", "• "}, "a.md": {"## ", "\n\n", "- **Note.** "}, "a.html": {"<h2>", "</p>\n<p>", "<li>"}} {
		var text strings.Builder
		text.WriteString(lead[name])
		for i := 0; text.Len() < 1<<20; i++ {
			if i%20 == 0 {
				fmt.Fprintf(&text, "%sReport number %d on the harbours%s", marks[0], i, marks[1])
			}
			if i%7 == 0 {
				text.WriteString(marks[2])
			}
			fmt.Fprintf(&text, "In %d the port of call number %d took in %d,%03d tonnes of grain, which was more than the year before. ", 1900+i%120, i, i%90, i%1000)
			if i%4 == 0 {
				text.WriteString(marks[1])
			}
		}
		raw := []byte(text.String())
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			for b.Loop() {
				read(b, name, string(raw))
			}
		})
	}
}
