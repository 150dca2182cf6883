package token

import (
	"strings"
	"unicode/utf8"
)

// number is the end of the token that starts with a digit, or with a stop and
// a digit, at the offset at.
func (c *cutter) number(at int) int {
	s := c.rest(at)
	if n := isoDay(s); n > 0 {
		return at + n
	}
	n := 0
	if s[0] == '.' {
		n = 1
	}
	for n < len(s) {
		size := numberRune(s, n)
		if size == 0 {
			break
		}
		n += size
	}
	// Letters, and what they join to, belong to it: "38B", "10-year-old". A
	// hyphen before a digit does not.
	if h := hyphen(s[n:]); h > 0 && startsDigit(s[n+h:]) {
		return at + n
	}
	if n < len(s) && s[n] == '$' {
		return at + n
	}
	return at + c.inner(at, n)
}

// numberRune is the length of a digit, or of a separator between digits, at s[n]; 0 for none.
func numberRune(s string, n int) int {
	if isDigit(s[n]) {
		return 1
	}
	size := 1
	switch s[n] {
	case '.', ',', ':', '/':
	default:
		if size = apostrophe(s[n:]); size == 0 {
			return 0
		}
		// Swiss thousands: "1'000".
		if len(s) < n+size+3 || !isDigit(s[n+size+1]) || !isDigit(s[n+size+2]) {
			return 0
		}
	}
	if n == 0 || !isDigit(s[n-1]) || !startsDigit(s[n+size:]) {
		return 0
	}
	return size
}

// isoDay is the length of a day such as "2020-07-31" that s starts with, with
// the time after it where there is one ("T12:00:00Z"); 0 for none.
func isoDay(s string) int {
	const form = "0000-00-00"
	if len(s) < len(form) {
		return 0
	}
	for i := range len(form) {
		if form[i] == '0' && !isDigit(s[i]) || form[i] == '-' && s[i] != '-' {
			return 0
		}
	}
	n := len(form)
	if len(s) > n+1 && s[n] == 'T' && isDigit(s[n+1]) {
		n++
		for n < len(s) && (isDigit(s[n]) || strings.IndexByte(":Z+-", s[n]) >= 0) {
			n++
		}
	}
	if n < len(s) && (s[n] == '-' || s[n] < utf8.RuneSelf && isASCIIWord(s[n])) {
		return 0
	}
	return n
}
