package conflict

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// folded is a sentence in small letters, with one space between any two words and at
// either end.
func folded(sentence string) string {
	var b strings.Builder
	b.Grow(len(sentence) + 2)
	b.WriteByte(' ')
	for w := range strings.FieldsSeq(strings.ToLower(sentence)) {
		b.WriteString(w)
		b.WriteByte(' ')
	}
	return b.String()
}

// saysAny reports whether one of some phrases stands in a sentence in whole words, see
// [wholeAt].
func saysAny(sentence string, phrases []string) bool {
	text := folded(sentence)
	return slices.ContainsFunc(phrases, func(p string) bool {
		at := strings.Index(text, p)
		return at >= 0 && wholeAt(text, p, at)
	})
}

// wholeAt reports whether a phrase that a folded text holds at a place stands there in
// whole words. The first place that holds it decides, and those after it are not looked at.
func wholeAt(text, phrase string, at int) bool {
	return at > 0 && !isWordByte(text[at-1]) && !isWordByte(text[at+len(phrase)])
}

// hints are what the words of a sentence tell of what it says, as bits.
type hints uint8

const (
	tellsPassing  hints = 1 << iota // by a word of provisional
	tellsBygone                     // of bygone
	tellsBackward                   // of lookingBack
	tellsDenying                    // of denials
	holdsUntil                      // by a piece of until that no letter or digit of ASCII stands before
)

// teller is a phrase that tells something.
type teller struct {
	phrase string
	number int
	tells  hints
}

// tellers are the phrases that tell something, by how they begin.
var tellers = func() (by [256][]teller) {
	n := 0
	for tells, list := range map[hints][]string{
		tellsPassing: provisional, tellsBygone: bygone, tellsBackward: lookingBack, tellsDenying: denials, holdsUntil: until,
	} {
		for _, p := range list {
			by[beginning(p)] = append(by[beginning(p)], teller{p, n, tells})
			n++
		}
	}
	return by
}()

// mostTellers bounds how many tellers there are; a test holds that they fit.
const mostTellers = 256

// beginning is a hash of a text's first two bytes.
func beginning(s string) uint8 { return s[0]*31 + s[1] }

// hintsOf is what the words of a folded sentence tell. It goes through the sentence once,
// whatever the number of phrases, and once more for each phrase that may stand there.
func hintsOf(text string) (all hints) {
	var met [mostTellers / 64]uint64
	for i := 1; i+1 < len(text); i++ {
		if c := text[i-1]; isWordByte(c) && c < utf8.RuneSelf {
			continue // inside of a word; a dash may be written in bytes that letters are written in
		}
		for _, t := range tellers[beginning(text[i:])] {
			bit := uint64(1) << (t.number % 64)
			if met[t.number/64]&bit != 0 || !strings.HasPrefix(text[i:], t.phrase) {
				continue
			}
			met[t.number/64] |= bit
			if t.tells == holdsUntil || strings.Index(text, t.phrase) == i && wholeAt(text, t.phrase, i) {
				all |= t.tells
			}
		}
	}
	return all
}
