package conflict

import (
	"slices"
	"testing"
)

// A part has the words that reading it by itself gives, wherever it is cut.
func TestPart(t *testing.T) {
	c := &corpus{ids: map[string]int32{}, words: map[string]int32{}}
	for _, s := range []string{
		"", "one", "In the U.S. 3.8 million—no, 3,900,000—didn't go.", "Größe ’tis o’clock… “Übermaß” \xe2\x80a\xff b.c.", "a.b.c,d 'e' .5.",
	} {
		whole := c.read(s)
		for from := range len(s) + 1 {
			for to := from; to <= len(s); to++ {
				if got, want := c.part(whole, from, to).words, c.readPart(s, from, to).words; !slices.Equal(got, want) {
					t.Fatalf("%q from %d to %d: %v, want %v", s, from, to, got, want)
				}
			}
		}
	}
}
