package review

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible makes every character of a text one that is seen: controls, and marks
// that turn the direction of writing or cannot be seen, are spelt out, so that
// no document can make a page say what it does not. Line ends, tabs and the
// joiners that some scripts need stay.
func visible(s string) string {
	if !strings.ContainsFunc(s, unseen) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !unseen(r):
			b.WriteRune(r)
		case r < ' ':
			b.WriteRune('\u2400' + r) // the picture of the control
		default:
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		}
	}
	return b.String()
}

func unseen(r rune) bool {
	switch r {
	case '\n', '\t', '\r', '\u00ad', '\u200c', '\u200d':
		return false
	case utf8.RuneError, '\u2028', '\u2029':
		return r != utf8.RuneError
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// short is a text in one line of at most n characters, every one of them seen.
func short(s string, n int) string {
	var b strings.Builder
	blank := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
			n--
		}
		if n--; n < 0 {
			return visible(strings.TrimRight(b.String(), " ")) + "…"
		}
		b.WriteRune(r)
	}
	return visible(b.String())
}

// head is at most the first n characters of s, tail at most the last; cut reports
// whether some were left out. Both take a time that n bounds.
func head(s string, n int) (text string, cut bool) {
	for i := range s {
		if n == 0 {
			return s[:i], true
		}
		n--
	}
	return s, false
}

func tail(s string, n int) (text string, cut bool) {
	from := len(s)
	for ; n > 0 && from > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	return s[from:], from > 0
}
