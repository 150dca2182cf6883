package token

import (
	"fmt"
	"strings"
	"testing"

	"crosscheck/document"
)

// hostile are what makes naive tokenizers take quadratic time, to be repeated.
var hostile = []string{
	".", "7", "a", "A", "é", "İ", "-", "(", "$", "@", "\"", "'", "“", ",", "'s", "’s", "'s's", "a.", "A.", "a@", "a.b@", "...@", "a-", "1-", "1.", "1,", "1'", "1/", "No. ", "No.\u00a0", "www.", "http://", "n't", "a&", "A&", "e\u0301",
	"U.S.", "x_", "#a", "word ", "Ann Lee ", "20,000 ",
}

// TestHostile holds that tokens lie inside the text and in order, whatever the text.
func TestHostile(t *testing.T) {
	for _, piece := range hostile {
		text := strings.Repeat(piece, 32<<10/len(piece))
		wellFormed(t, text, document.Span{End: len(text)}, nil, whole(text))
	}
}

// BenchmarkHostile shows that the time is linear in the text: the time of each
// size stands beside that of a quarter of it.
func BenchmarkHostile(b *testing.B) {
	for _, piece := range hostile {
		for _, size := range []int{1 << 18, 1 << 20} {
			b.Run(fmt.Sprintf("%q/%d", piece, size>>10), func(b *testing.B) {
				text := strings.Repeat(piece, size/len(piece))
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					whole(text)
				}
			})
		}
	}
}
