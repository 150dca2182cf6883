package conflict

import (
	"math"
	"slices"
)

// The words of a text are looked up once: when it comes to the claims, each sentence
// is read for every value in it, from the left and from the right, and so is what
// stands before it.

// written is a word where it stands, with the number of its spelling.
type written struct{ at, end, as int32 }

// passage is a run of words, and the text that their places are in.
type passage struct {
	in    string
	words []written
}

// read looks up the words of a text.
func (c *corpus) read(s string) passage { return c.readPart(s, 0, len(s)) }

// readPart looks up the words from one byte of a text up to another.
func (c *corpus) readPart(s string, from, to int) passage {
	words := make([]written, 0, 1+(to-from)/6) // a word has six letters, or somewhat less
	for at, w := range eachWord(s[from:to]) {
		words = append(words, written{int32(from + at), int32(from + at + len(w)), c.spell(w)})
	}
	return passage{s, words}
}

// part is the words from one byte of the passage's text up to another. Words that a cut
// goes through are read anew.
func (c *corpus) part(p passage, from, to int) passage {
	after := func(w written, at int) int { return int(w.end) - at - 1 }
	first, _ := slices.BinarySearchFunc(p.words, from, after)
	last, _ := slices.BinarySearchFunc(p.words[first:], to, after)
	last += first // the first word that ends beyond
	cutFirst := first < len(p.words) && int(p.words[first].at) < from
	cutLast := last < len(p.words) && int(p.words[last].at) < to
	switch {
	case !cutFirst && !cutLast:
		return passage{p.in, p.words[first:last]}
	case cutFirst && first == last:
		return c.readPart(p.in, from, to)
	}
	words := make([]written, 0, last-first+2)
	if cutFirst {
		words = append(words, c.readPart(p.in, from, int(p.words[first].end)).words...)
		first++
	}
	words = append(words, p.words[first:last]...)
	if cutLast {
		words = append(words, c.readPart(p.in, int(p.words[last].at), to).words...)
	}
	return passage{p.in, words}
}

// word is a word as it is written.
func (p passage) word(w written) string { return p.in[w.at:w.end] }

// stems are those of a passage's words without small ones, as [phraseStems] gives them.
func (c *corpus) stems(p passage) (out []string) {
	for _, w := range p.words {
		if s := c.spellings[w.as].stem; s != "" {
			out = append(out, s)
		}
	}
	return out
}

// spot is a word where it stands, with the term that it stands for there. The words of
// a phrase after its first stand for nothing.
type spot struct {
	written
	term int32
	*spelling
}

// whole is how many words of a passage are looked at where none are left out.
const whole = math.MaxInt

// spots tells what the first words of a passage stand for, phrase by phrase: what is
// "lost" in "lost their lives" is no money. They are good until the next are asked for.
func (c *corpus) spots(p passage, most int) []spot {
	out := c.spotted[:0]
	for _, w := range p.words[:min(most, len(p.words))] {
		as := &c.spellings[w.as]
		out = append(out, spot{w, as.term, as})
	}
	c.spotted = out
	for i := 0; i < len(out); i++ {
		n, means := 0, 0
		b, stems := out[i].begins, 1
		for j := i + 1; j < len(out) && b != nil; j++ {
			if out[j].stem == "" {
				continue
			}
			stems++
			if b = b.on[out[j].stem]; b != nil && b.means != nil {
				n, means = stems, b.means[0]
			}
		}
		if n == 0 {
			continue
		}
		out[i].term = c.conceptTerm(means)
		for n--; n > 0; {
			i++
			out[i].term = none
			if out[i].stem != "" {
				n--
			}
		}
	}
	return out
}
