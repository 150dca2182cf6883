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
		var size int
		for i := 0; i < len(s); i += size {
			r := rune(s[i])
			if size = 1; r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(s[i:])
			}
			if stands(r) {
				if start < 0 {
					start = i
				}
				continue
			}
			if start < 0 {
				continue
			}
			if joins(r) && i+size < len(s) {
				if next, _ := utf8.DecodeRuneInString(s[i+size:]); stands(next) {
					continue
				}
			}
			if !yield(start, s[start:i]) {
				return
			}
			start = -1
		}
		if start >= 0 {
			yield(start, s[start:])
		}
	}
}

// stands reports whether a word is made of such characters.
func stands(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// joins reports whether a mark holds the two letters or digits beside it together.
func joins(r rune) bool { return r == '.' || r == ',' || r == '\'' || r == '’' }
