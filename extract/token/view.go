package token

import (
	"encoding/binary"
	"strings"
	"sync"

	"crosscheck/extract/token/perceptron"
)

// view is what the tagger sees in one word: the tag of a word that has but one,
// and where the weights are that it gives to its own tag and to those of its
// neighbours. All of it follows from the word's letters.
type view struct {
	key       viewKey
	word      uint64            // the hash of the word as its neighbours see it
	own       [3]perceptron.Run // for its own tag
	asBefore  [2]perceptron.Run // for the tag of the word behind it
	asAfter   [2]perceptron.Run // for the tag of the word before it
	asBefore2 perceptron.Run    // for the tag of the word after the next
	asAfter2  perceptron.Run    // for the tag of the word before the last
	tag       perceptron.Tag
	given     bool // tag is the word's one tag
}

// views remembers words that were seen not long ago, each at one place by its
// letters. To ask the table costs ten looks at far places of memory; most words
// of a text are frequent ones, and theirs are here in one place, a cache line each.
type views [1 << 12]view

var seenViews = sync.Pool{New: func() any { return new(views) }}

// viewKey holds the letters of a word of up to 15 bytes, and their number in
// the last byte; longer words have none and are not remembered.
type viewKey [2]uint64

func keyOf(s string) viewKey {
	if len(s) > 15 {
		return viewKey{}
	}
	var b [16]byte
	copy(b[:15], s)
	b[15] = byte(len(s))
	return viewKey{binary.LittleEndian.Uint64(b[:8]), binary.LittleEndian.Uint64(b[8:])}
}

func (k viewKey) place() uint64 {
	return (k[0] ^ k[1]*0x9e3779b97f4a7c15) * 0x9e3779b97f4a7c15 >> 52 % uint64(len(views{}))
}

// look fills in what is seen in tokens[i], or past the end.
func (m *model) look(v *view, seen *views, tokens []Token, i int) {
	switch {
	case i == len(tokens):
		*v = m.end
	case i > len(tokens):
		*v = m.end2
	case isMark(tokens[i].Text):
		*v = m.marks[markOf(tokens, i)]
	default:
		key := keyOf(tokens[i].Text)
		known := &seen[key.place()]
		if known.key != key || key == (viewKey{}) {
			*known = view{key: key}
			m.read(known, &tokens[i])
		}
		*v = *known
	}
}

// read fills in what is seen in a word.
func (m *model) read(v *view, tok *Token) {
	text := tok.Text
	switch {
	case strings.HasSuffix(text, "$"): // "US$"
		v.tag, v.given = m.marks[currency].tag, true
	case text == "0", text[0] == '.' && startsDigit(text[1:]), isFraction(text):
		v.tag, v.given = m.number, true
	case isAddress(text):
		v.tag, v.given = m.noun, true
	default:
		text = plainText(tok)
		v.tag, v.given = m.Known(perceptron.Hash(text))
	}
	c := contextOf(tok)
	m.see(v, c)
	if !v.given {
		v.own = [...]perceptron.Run{
			m.Find(perceptron.Suffix.Of(perceptron.Hash(lastThree(text)))),
			m.Find(perceptron.Prefix.Of(perceptron.Hash(text[:1]))),
			m.Find(perceptron.Word.Of(c.word)),
		}
	}
}

// see fills in what its neighbours see in a word.
func (m *model) see(v *view, c context) {
	v.word = c.word
	v.asBefore2 = m.Find(perceptron.WordBefore2.Of(c.word))
	v.asBefore = [...]perceptron.Run{m.Find(perceptron.WordBefore.Of(c.word)), m.Find(perceptron.SuffixBefore.Of(c.suffix))}
	v.asAfter = [...]perceptron.Run{m.Find(perceptron.WordAfter.Of(c.word)), m.Find(perceptron.SuffixAfter.Of(c.suffix))}
	v.asAfter2 = m.Find(perceptron.WordAfter2.Of(c.word))
}

// context is a word as its neighbours see it: hashes of its normal form and of
// that form's last three bytes.
type context struct{ word, suffix uint64 }

// The classes of word that are never told apart.
var (
	contextHyphen = fixedContext("!HYPHEN")
	contextYear   = fixedContext("!YEAR")
	contextDigits = fixedContext("!DIGITS")
)

func fixedContext(s string) context {
	return context{perceptron.Hash(s), perceptron.Hash(lastThree(s))}
}

func contextOf(tok *Token) context {
	text := tok.Text
	switch {
	case strings.IndexByte(text, '-') > 0:
		return contextHyphen
	case isYear(text):
		return contextYear
	case isDigit(text[0]):
		return contextDigits
	}
	return fixedContext(tok.Lower)
}

func lastThree(s string) string { return s[max(0, len(s)-3):] }
