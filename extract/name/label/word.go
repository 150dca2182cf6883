// Package label finds the names in a sentence with a linear model.
//
// In come a sentence's tokens; out comes a label a word: outside, or the
// beginning or inside of a person, an organization, a place, a group, or
// another name. The weights are learned by tools/names/train from sentences
// that people have labelled, and embedded.
package label

import (
	"strings"

	"crosscheck/document"
	"crosscheck/extract/name/lexicon"
	"crosscheck/extract/token"
)

// Word is a token, or a part of a token with a hyphen: "US-Israeli" is three
// words, since it names two peoples, and "Iranian-backed" is three, of which
// one is a name; "Jean-Claude" is one.
type Word struct {
	document.Span
	Text, Lower, Tag string
	// Space says that white space or markup stands before the word.
	Space bool
	// Folded says that the word's capital tells nothing: it stands in a
	// headline or a line of capitals, and is a common word.
	Folded bool
}

// Words appends the words of a sentence to dst.
func Words(tokens []token.Token, dst []Word) []Word {
	for i := range tokens {
		t := &tokens[i]
		w := Word{Span: t.Span, Text: t.Text, Lower: t.Lower, Tag: t.Tag, Space: t.Space}
		if strings.IndexByte(t.Text, '-') > 0 && len(t.Text) == len(t.Lower) && parts(t) {
			dst = split(w, dst)
			continue
		}
		dst = append(dst, w)
	}
	return dst
}

// parts reports whether the parts of a token with hyphens are words of their own:
// a people or a country is among them, or capitals stand beside a part in small letters.
func parts(t *token.Token) bool {
	if lexicon.Find(lexicon.HashOf(t.Lower)).Set&lexicon.Names != 0 {
		return false
	}
	upper, lower, known := 0, 0, false
	for part := range strings.SplitSeq(t.Text, "-") {
		if part == "" {
			return false
		}
		switch {
		case isUpper(part):
			upper++
			_, _, ok := lexicon.Canonical(part)
			known = known || ok
		case len(part) > 2 && isLower(part):
			lower++
		}
	}
	return known || upper > 0 && lower > 0
}

func split(w Word, dst []Word) []Word {
	at := 0
	add := func(end int) {
		if end > at {
			dst = append(dst, Word{
				Span: document.Span{Start: w.Start + at, End: w.Start + end},
				Text: w.Text[at:end], Lower: w.Lower[at:end], Tag: w.Tag, Space: w.Space && at == 0,
			})
		}
		at = end
	}
	for i := 0; i < len(w.Text); i++ {
		if w.Text[i] == '-' {
			add(i)
			add(i + 1)
			dst[len(dst)-1].Tag = ":"
		}
	}
	add(len(w.Text))
	return dst
}

func isUpper(s string) bool { return first(s) == shapeCapital }

func isLower(s string) bool { return first(s) == shapeLower }
