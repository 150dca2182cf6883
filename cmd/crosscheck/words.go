package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
)

// printable makes a document's text safe to show on a terminal, in one line:
// white space becomes single blanks, and what a terminal would obey instead of
// showing (escape sequences, controls, marks that turn the direction of
// writing) is spelt out.
func printable(s string) string {
	if clean(s) {
		return s
	}
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
		}
		if obeyed(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// clean reports whether s may be shown as it stands.
func clean(s string) bool {
	space := true // a leading blank is not clean
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x7f || c == ' ' && space {
			return false
		}
		space = s[i] == ' '
	}
	return !space || s == ""
}

// obeyed reports whether a terminal does something on r instead of showing it.
func obeyed(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u00ad' && r != '\u200d' && r != '\u200c'
}

// counted is a number of things: "1 document", "1,204 documents".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if before, ok := strings.CutSuffix(thing, "y"); ok {
		thing = before + "ie"
	}
	return grouped(n) + " " + thing + "s"
}

// grouped is a number that is not negative, with commas between thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// claimValueText is a claim's value with the time it holds for, and "not"
// before what a claim denies.
func claimValueText(c claim.Claim) string {
	text := either(c.Polarity == claim.Negated, "not ", "") + c.Value.Words()
	if c.Time != nil {
		text += " (" + c.Time.Words() + ")"
	}
	return text
}

// either is a where yes, else b.
func either[T any](yes bool, a, b T) T {
	if yes {
		return a
	}
	return b
}

// severityText is a severity for people.
func severityText(severity float64) string {
	severity = math.Round(severity*100) / 100 // so that the word fits the number shown
	word := "low"
	switch {
	case severity >= 0.8:
		word = "high"
	case severity >= 0.5:
		word = "medium"
	}
	return fmt.Sprintf("severity %.2f (%s)", severity, word)
}

// firstRunes is at most n runes of s, cut in linear time however long s is.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// lastRunes is at most the last n runes of s.
func lastRunes(s string, n int) string {
	end := len(s)
	for ; n > 0 && end > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
	}
	return s[end:]
}
