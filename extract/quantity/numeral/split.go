// Package numeral reads numbers, in digits and in words.
//
// In comes a sentence's tokens, which [Split] cuts at the borders of letters,
// digits and marks, so that "38B", "$3.8" and "10-12" look alike however they
// were tokenised; out comes the [Number] that stands at a place. What the
// number counts, and whether it is one at all, is for the readers of
// quantities and dates to say.
package numeral

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/document"
	"crosscheck/extract/token"
)

// Kind is what a [Word] is made of.
type Kind uint8

// The kinds of word. Opaque is a code or an address on the net: digits in it
// are no number.
const (
	Letters Kind = iota
	Digits
	Mark
	Opaque
)

// Word is a run of letters, a run of digits, or one mark.
type Word struct {
	document.Span
	// Lower is the text in lower case, with plain apostrophes.
	Lower string
	// Token is the index in the sentence of the token that it is a piece of.
	Token int
	Kind  Kind
	// Space says that white space stands between this word and the one before;
	// the first word of a sentence has it.
	Space bool
	// Upper says that it begins with a capital letter.
	Upper bool
	// Rune is a Mark's rune, all dashes and the minus sign as '-'; else 0.
	Rune rune

	entry entry
}

// IsNumber reports whether numbers in words are made of this one: "seven",
// "million", "third", "half".
func (w *Word) IsNumber() bool { return w.entry.class != none && w.entry.class != multiple }

// IsMultiple reports whether [Multiple] reads this one: "doubled", "twice".
func (w *Word) IsMultiple() bool { return w.entry.class == multiple }

// Split cuts a sentence's tokens into words and appends them to dst. Words of
// letters stay whole ("U.S.", "don't"); hyphens, slashes, symbols, and every
// border with a digit cut.
func Split(text string, s *token.Sentence, dst []Word) []Word {
	end := -1
	for i := range s.Tokens {
		t := &s.Tokens[i]
		if t.Start < 0 || t.End > len(text) || t.Start >= t.End {
			continue
		}
		raw := text[t.Start:t.End]
		space := t.Space || t.Start != end
		end = t.End
		switch shapeOf(raw) {
		case wordShape:
			lower := t.Lower
			if lower == "" {
				lower = strings.ToLower(raw)
			}
			dst = append(dst, Word{Span: t.Span, Lower: lower, Token: i, Space: space,
				Upper: startsUpper(raw), entry: lexicon.Get(lower)})
		case opaqueShape:
			dst = append(dst, Word{Span: t.Span, Lower: raw, Token: i, Kind: Opaque, Space: space})
		default:
			dst = cut(dst, raw, t.Start, i, space)
		}
	}
	return dst
}

type shape uint8

const (
	mixedShape shape = iota
	wordShape
	opaqueShape
)

// shapeOf tells a word that stays whole from one to cut. A dot or an
// apostrophe does not cut a word ("a.m.", "o'clock"), a symbol or a digit does.
func shapeOf(s string) shape {
	if isPlain(s) {
		return wordShape
	}
	letters, cuts, address := false, false, false
	for i, c := range s {
		switch {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= utf8.RuneSelf && unicode.IsLetter(c) && !isLetterSymbol(c):
			letters = true
		case c == '.' || c == '\'' || c == '’':
		case c == '@' || c == '_' || c == '\\':
			address = true
		case c == ':' || c == '%':
			cuts = true
			address = address || strings.HasPrefix(s[i:], "://")
		default:
			cuts = true
		}
	}
	switch {
	case letters && (address || strings.HasPrefix(s, "www.")):
		return opaqueShape
	case letters && !cuts && s[0] != '.':
		return wordShape
	}
	return mixedShape
}

// isPlain holds for a word of plain letters alone, as most words are.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// isLetterSymbol names the characters that Unicode calls letters and prices
// use as a symbol.
func isLetterSymbol(c rune) bool { return c == '元' || c == '円' || c == '圓' || c == 'º' }

func startsUpper(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// cut appends the pieces of one token.
func cut(dst []Word, raw string, at, tok int, space bool) []Word {
	for i := 0; i < len(raw); {
		c, n := utf8.DecodeRuneInString(raw[i:])
		j := i + n
		if isSpace(c) { // a thin space inside "1 234" that the tokenizer kept
			i, space = j, true
			continue
		}
		w := Word{Token: tok, Space: space}
		switch {
		case c >= '0' && c <= '9':
			w.Kind = Digits
			for j < len(raw) && raw[j] >= '0' && raw[j] <= '9' {
				j++
			}
			w.Lower = raw[i:j]
		case unicode.IsLetter(c) && !isLetterSymbol(c):
			j = i + letterRun(raw[i:])
			w.Lower = strings.ToLower(raw[i:j])
			w.Upper = unicode.IsUpper(c)
			w.entry = lexicon.Get(w.Lower)
		default:
			w.Kind, w.Lower, w.Rune = Mark, raw[i:j], c
			if isDash(c) {
				w.Rune = '-'
			}
		}
		w.Start, w.End = at+i, at+j
		dst = append(dst, w)
		i, space = j, false
	}
	return dst
}

// letterRun is the length of the letters at the start of s; an apostrophe
// between letters belongs to them, as a dot does in "p.m".
func letterRun(s string) int {
	i := 0
	for i < len(s) {
		c, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsLetter(c) && !isLetterSymbol(c) {
			i += n
			continue
		}
		if c == '.' || c == '\'' || c == '’' {
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if unicode.IsLetter(next) {
				i += n
				continue
			}
		}
		break
	}
	return i
}

func isDash(c rune) bool {
	return c == '-' || c >= '‐' && c <= '―' || c == '−' || c == '﹣' || c == '－'
}

// isSpace holds for white space and for the invisible joiners and spaces that
// group digits: no-break, thin, narrow no-break, word joiner.
func isSpace(c rune) bool {
	return unicode.IsSpace(c) || c >= '\u200b' && c <= '\u200d' || c == '\u2060' || c == '\ufeff'
}
