package conflict

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// eachWord yields the words of s and where they start: runs of letters, digits, and the marks that
// stand inside words and numbers ("U.S" without its last stop, "don't", "3.8").
func eachWord(s string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		start := -1
		for i, r := range s {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 && joins(r) && i+utf8.RuneLen(r) < len(s) {
				if next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):]); unicode.IsLetter(next) || unicode.IsDigit(next) {
					continue
				}
			}
			if start >= 0 && !yield(start, s[start:i]) {
				return
			}
			start = -1
		}
		if start >= 0 {
			yield(start, s[start:])
		}
	}
}

// joins reports whether a mark holds the two letters or digits beside it together.
func joins(r rune) bool { return r == '.' || r == ',' || r == '\'' || r == '’' }
