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
