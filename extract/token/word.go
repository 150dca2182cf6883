package token

import (
	"strings"
	"unicode/utf8"
)

// word is the end of the word that starts at the offset at.
func (c *cutter) word(at int) int {
	if end := c.plain(at); end > 0 {
		return end
	}
	if end := c.address(at); end > 0 {
		return end
	}
	s := c.rest(at)
	n := dotted(s)
	switch {
	case n == 0:
		n = c.inner(at, 0)
	case n == 2: // one letter and its stop
		if !c.isInitial(at) {
			n = c.inner(at, 1)
		}
	case hyphen(s[n:]) > 0 && wordRune(s[n+hyphen(s[n:]):]) > 0: // "U.S.-led"
		n = c.inner(at, n)
	}
	return at + n
}

// plain is the end of the word at the offset at where it is of plain letters
// alone, with nothing behind it that could join to it, as most words are; else 0.
func (c *cutter) plain(at int) int {
	end := at
	for end < c.limit && isLetterByte(c.text[end]) {
		end++
	}
	if end == at {
		return 0
	}
	if end < c.limit {
		switch c.text[end] {
		case ',', ';', ')', '"', '!', '?':
		default:
			return 0
		}
	}
	return end
}

// inner is the length of a word of which the first n bytes are known, with
// all that joins inside it.
func (c *cutter) inner(at, n int) int {
	s := c.rest(at)
	for {
		for n < len(s) {
			size := wordRune(s[n:])
			if size == 0 {
				break
			}
			n += size
		}
		more := c.joins(at, n)
		if more == 0 {
			break
		}
		n += more
	}
	return c.trimmed(at, n)
}

// joins is how many bytes after the first n of the word at the offset at join
// it to what follows; 0 where the word ends.
func (c *cutter) joins(at, n int) int {
	s := c.rest(at)
	if n >= len(s) {
		return 0
	}
	after := s[n:]
	if h := hyphen(after); h > 0 {
		if wordRune(after[h:]) == 0 || n > 0 && isDigit(s[n-1]) && startsDigit(after[h:]) && isDigit(s[0]) {
			return 0
		}
		return h
	}
	if a := apostrophe(after); a > 0 {
		return c.joinsApostrophe(s, n, a)
	}
	switch after[0] {
	case '.':
		return c.joinsStop(at, n)
	case '&': // "AT&T", "R&D"
		if n > 0 && isUpper(s[n-1]) && len(after) > 1 && isUpper(after[1]) {
			return 1
		}
	case '_':
		if n > 0 && wordRune(after[1:]) > 0 {
			return 1
		}
	}
	return 0
}

func (c *cutter) joinsApostrophe(s string, n, a int) int {
	after := s[n+a:]
	if wordRune(after) == 0 || clitic(after) > 0 {
		return 0
	}
	if (after[0] == 't' || after[0] == 'T') && wordRune(after[1:]) == 0 && (s[n-1] == 'n' || s[n-1] == 'N') {
		return 0
	}
	return a
}

// joinsStop decides on a stop inside a chunk: it joins in "booking.com" and
// "v2.0", and parts sentences that lost their space in "it rose.Then".
func (c *cutter) joinsStop(at, n int) int {
	s := c.rest(at)
	after := s[n+1:]
	switch {
	case wordRune(after) == 0:
		return 0
	case isDigit(after[0]):
		if isDigit(s[n-1]) {
			return 1
		}
		return 0
	case startsUpper(after):
		if isDomain(after) {
			return 1
		}
		_, size := utf8.DecodeRuneInString(after)
		next := after[size:]
		if startsLower(next) || wordRune(next) == 0 && (after[0] == 'A' || after[0] == 'I') {
			return 0
		}
		return 1
	case startsDigit(s) && !isLetterByte(s[n-1]):
		return 0
	}
	if c.ownsStop(at, n) || startsSentence(after) { // "approx.half", "it rose.then"
		return 0
	}
	return 1
}

// startsSentence holds where s starts with a word that begins sentences, and ends no address or file.
func startsSentence(s string) bool {
	const longest = 5
	n := 0
	for n <= longest && n < len(s) && isLower(s[n]) {
		n++
	}
	if n < 3 || n > longest || n < len(s) && (s[n] == '.' || wordRune(s[n:]) > 0) {
		return false
	}
	switch s[:n] {
	case "the", "this", "that", "these", "they", "there", "then", "and", "but", "you", "your", "she", "his", "her", "our", "was", "were",
		"are", "what", "when", "where", "which", "who", "why", "how", "also", "very", "just", "not", "yet", "with", "for", "from", "have", "had", "has", "will", "would":
		return true
	}
	return false
}

// isDomain holds where s starts with the ending of a web address, in any case: "Example.Com".
func isDomain(s string) bool {
	for _, end := range [...]string{"com", "net", "org", "gov", "edu"} {
		if len(s) >= len(end) && strings.EqualFold(s[:len(end)], end) && wordRune(s[len(end):]) == 0 {
			return true
		}
	}
	return false
}

// trimmed ends a word of n bytes: it cuts "n't" off, and adds a dollar sign or
// the stop of an abbreviation.
func (c *cutter) trimmed(at, n int) int {
	s := c.rest(at)
	if k := currencyCode(s[:n]); k > 0 {
		return k
	}
	after := s[n:]
	if after == "" {
		return n
	}
	if a := apostrophe(after); a > 0 {
		if n > 1 && (s[n-1] == 'n' || s[n-1] == 'N') && len(after) > a && (after[a] == 't' || after[a] == 'T') && wordRune(after[a+1:]) == 0 {
			return n - 1
		}
		if n == 1 && (s[0] == 'n' || s[0] == 'N') && len(after) > a && (after[a] == 't' || after[a] == 'T') && wordRune(after[a+1:]) == 0 {
			return 1 + a + 1
		}
		return n
	}
	switch after[0] {
	case '$':
		if n <= 3 && isCapitals(s[:n]) {
			return n + 1
		}
	case '.':
		if c.ownsStop(at, n) {
			return n + 1
		}
	}
	return n
}

func isCapitals(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isUpper(s[i]) {
			return false
		}
	}
	return s != ""
}

// currencyCodes are those commonly written against a number, "USD5m".
const currencyCodes = "USD EUR GBP JPY CNY RMB INR CHF CAD AUD NZD HKD SGD KRW BRL ZAR RUB TRY MXN SEK NOK DKK PLN"

// currencyCode is the length of a currency's letters in front of a digit; 0 for none.
func currencyCode(s string) int {
	switch {
	case len(s) > 3 && isDigit(s[3]) && isCapitals(s[:3]) && strings.Contains(currencyCodes, s[:3]):
		return 3
	case len(s) > 2 && isDigit(s[2]) && s[:2] == "Rs":
		return 2
	}
	return 0
}

// dotted is the length of letters with stops between and one at the end,
// "U.S." or "e.g.", or of the same without the last, "U.S.A"; 2 for one letter and its stop; 0 for none.
func dotted(s string) int {
	n := 0
	for len(s) >= n+2 && isLetterByte(s[n]) && s[n+1] == '.' {
		n += 2
	}
	if n >= 2 && n < len(s) && isLetterByte(s[n]) && wordRune(s[n+1:]) == 0 && (len(s) == n+1 || s[n+1] != '.') {
		if isUpper(s[n]) == isUpper(s[n-2]) {
			return n + 1
		}
	}
	return n
}

// labels are nouns that a single letter names one of: "Plan B." ends a sentence.
const labels = " plan group type class section appendix vitamin hepatitis grade option part exhibit figure table schedule series team phase zone level category annex article hall gate block unit version "

// isInitial decides whether the stop after the single letter at the offset at
// belongs to it: it does in "John E. Smith", not in "you and I.", "Plan B." or "x.".
func (c *cutter) isInitial(at int) bool {
	letter := c.text[at]
	next, adjacent := c.peek(at + 2)
	var before string
	if len(c.dst) > c.first {
		before = c.dst[len(c.dst)-1].Lower
	}
	if !isUpper(letter) {
		return c.ownsStop(at, 1) || before == "(" && !adjacent // "Ann Lee (b. June 1931)"
	}
	if next == "" {
		return false
	}
	switch {
	case before != "" && strings.Contains(labels, " "+before+" "):
		return false
	case strings.IndexByte("CFKV", letter) >= 0 && before != "" && isDigit(before[0]): // "at 20 C."
		return false
	case letter == 'I':
		return before != "" && startsUpper(c.dst[len(c.dst)-1].Text) && (startsUpper(next) || adjacent)
	}
	return true
}

// ownsStop decides whether the stop after the word of n bytes at the offset at
// belongs to it, as an abbreviation.
func (c *cutter) ownsStop(at, n int) bool {
	if n > 6 {
		return false // longer than any in the lists
	}
	a, known := abbreviations()[c.lower.of(c.text, at, at+n)]
	if !known {
		return false
	}
	class := a.small
	if isUpper(c.text[at]) {
		class = a.capital
	}
	if class != NoAbbreviation {
		return true
	}
	if a.after && c.afterNumber() {
		return true
	}
	if !a.before {
		return false
	}
	next, _ := c.peek(at + n + 1)
	return startsDigit(next) || isRoman(next) || strings.HasPrefix(next, "#")
}

// afterNumber holds where the token before is a number, or a unit's modifier after one ("5 sq. ft.").
func (c *cutter) afterNumber() bool {
	for i := len(c.dst) - 1; i >= c.first && i >= len(c.dst)-2; i-- {
		switch tok := &c.dst[i]; {
		case isDigit(tok.Text[0]):
			return true
		case tok.Lower != "sq." && tok.Lower != "cu." && tok.Lower != "-":
			return false
		}
	}
	return false
}

// peek is the start of what follows an offset, past white space, at most a few
// bytes of it; adjacent says that no white space stands before it.
func (c *cutter) peek(at int) (next string, adjacent bool) {
	i := at
	for i < c.end {
		r, size := utf8.DecodeRuneInString(c.text[i:c.end])
		if !isSpace(r) {
			break
		}
		i += size
	}
	return c.text[i:min(i+8, c.end)], i == at
}

// isRoman holds where s starts with a Roman numeral that ends there or before a mark or space.
func isRoman(s string) bool {
	n := 0
	for n < len(s) && strings.IndexByte("IVXLC", s[n]) >= 0 {
		n++
	}
	return n > 0 && wordRune(s[n:]) == 0 && apostrophe(s[n:]) == 0
}
