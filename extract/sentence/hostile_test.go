package sentence

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// hostile are what makes naive splitters take quadratic time, to be repeated.
var hostile = []string{
	".", "7", "a", "A", "\"", "'", "“", "'s", ",", "(", ")", "?", "…", "😀", "\n", ". ", ". . ", "? ", "U.S. ", "1. ", "a\n", "A\n", "A: b\n", ") ", "A. ", "\" ", "No. ", "No.", "---- ", "• ", "- a.pdf ",
	"x\n\n", "U.S.\n\nx", "http://a A ", "[1]", "A (", "(A ", "a) ", "1) ", "a 1) b ", "(i) ", "a (1) ", "1/2/2003 ", "1/2/2003 1:23 AM ", "Ann 1/2/2003 1:23 ", "a@b ", "a@b", "Thanks, Ann ", ":) ", ":)", "word ",
}

// TestHostile holds that spans lie inside the text and in order, whatever the text.
func TestHostile(t *testing.T) {
	for _, piece := range hostile {
		d := paragraphs(strings.Repeat(piece, 32<<10/len(piece)))
		sound(t, d, split(t, d))
	}
}

// BenchmarkHostile shows that the time is linear in the text: the time of each
// size stands beside that of a quarter of it.
func BenchmarkHostile(b *testing.B) {
	for _, piece := range hostile {
		for _, size := range []int{1 << 18, 1 << 20} {
			b.Run(fmt.Sprintf("%q/%d", piece, size>>10), func(b *testing.B) {
				d := paragraphs(strings.Repeat(piece, size/len(piece)))
				b.SetBytes(int64(len(d.Text)))
				for b.Loop() {
					if _, err := Split(context.Background(), d); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
