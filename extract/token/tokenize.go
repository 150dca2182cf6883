package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/document"
)

// Tokenize cuts a span of text into tokens and appends them to dst, without
// tags. skip lists the markup inside the span, in order: it is read as space.
//
// The tokens are the Penn Treebank's with these decisions, made so that
// quantities and names can be read:
//
//   - a currency mark stands alone, with its letters: "US$" "4.7", "€" "3m";
//   - a number keeps its separators, scale and suffix: "1,234.5", "38B", "10th",
//     "12:30", "1/2", "3½", "5/30/2000"; a percent or degree sign stands alone: "3.8" "%", "20" "°C";
//   - a hyphen between digits splits, "10" "-" "12", but for an ISO day, "2020-07-31";
//     elsewhere it joins: "10-year-old", "twenty-three", "F-35", "U.S.-Israel"; a dash (– —) always splits;
//   - a slash splits but between digits: "km" "/" "h";
//   - "Israel" "'s", "do" "n't"; other apostrophes join: "O'Brien"; "'90s" is one token;
//   - an abbreviation keeps its stop: "U.S.", "Mr.", "No." before a number, "ft." after one;
//   - a web address, an e-mail address, a @handle and a #tag are one token;
//   - a run of one mark is one token, "...", "--", "?!", but for quotes and brackets.
//
// Offsets beyond the text are cut off.
func Tokenize(text string, span document.Span, skip []document.Span, dst []Token) []Token {
	end := min(span.End, len(text))
	at := max(span.Start, 0)
	if at >= end {
		return dst
	}
	c := cutter{text: text, end: end, first: len(dst), dst: dst, lower: lower(text, at, end)}
	for at < end {
		for len(skip) > 0 && skip[0].End <= at {
			skip = skip[1:]
		}
		limit := end
		if len(skip) > 0 && skip[0].Start < end {
			if skip[0].Start <= at {
				at, c.space = min(skip[0].End, end), true
				continue
			}
			limit = skip[0].Start
		}
		at = c.chunk(at, limit)
	}
	return c.dst
}

// cutter cuts chunks, which are runs without space or markup, into tokens.
type cutter struct {
	text  string
	end   int // of the whole span
	first int // index in dst of the span's first token
	dst   []Token
	lower lowered
	space bool // space or markup stands before the next token

	// Of the chunk in hand: its start, its end, and where its last "@" is (-1 for none).
	start, limit, mail int
}

// chunk cuts what stands at the offset at, up to the next white space or
// limit, and returns where it stopped.
func (c *cutter) chunk(at, limit int) int {
	if next := c.alone(at, limit); next > at {
		return next
	}
	stop, mail := at, -1
	for stop < limit {
		if b := c.text[stop]; b < utf8.RuneSelf {
			if b <= ' ' && isSpace(rune(b)) {
				break
			}
			if b == '@' {
				mail = stop
			}
			stop++
			continue
		}
		r, size := utf8.DecodeRuneInString(c.text[stop:limit])
		if isSpace(r) {
			break
		}
		stop += size
	}
	if stop == at { // white space
		_, size := utf8.DecodeRuneInString(c.text[at:limit])
		c.space = true
		return at + size
	}
	c.start, c.limit, c.mail = at, stop, mail
	for at < stop {
		next := c.next(at)
		c.emit(at, next)
		at = next
	}
	return stop
}

// alone cuts a chunk of plain letters alone, which is one word, as most are, with
// the space behind it. It returns where it stopped; at for any other chunk.
func (c *cutter) alone(at, limit int) int {
	end := at
	for end < limit && isLetterByte(c.text[end]) {
		end++
	}
	switch {
	case end == at || end < limit && c.text[end] != ' ':
		return at
	case end == limit:
		c.emit(at, end)
		return end
	}
	c.emit(at, end)
	c.space = true
	return end + 1
}

func (c *cutter) emit(start, end int) {
	c.dst = append(c.dst, Token{
		Span:  document.Span{Start: start, End: end},
		Text:  c.text[start:end],
		Lower: c.lower.of(c.text, start, end),
		Space: c.space,
	})
	c.space = false
}

// rest is the chunk from an offset on.
func (c *cutter) rest(at int) string { return c.text[at:c.limit] }

// next is the end of the token that starts at the offset at.
func (c *cutter) next(at int) int {
	s := c.rest(at)
	switch b := s[0]; {
	case isLetterByte(b):
		return c.word(at)
	case isDigit(b):
		return c.number(at)
	case b >= utf8.RuneSelf:
		return c.rune(at)
	}
	switch b := s[0]; b {
	case '.':
		if n := run(s, "."); n > 1 {
			return at + n
		}
		if startsDigit(s[1:]) && (at == c.start || !isASCIIWord(c.text[at-1]) && !isCloser(c.text[at-1])) {
			return c.number(at)
		}
		return at + 1
	case '!', '?':
		return at + run(s, "!?")
	case '-', '_', '=', '*', '~', '+', '^', '\\', '|':
		return at + run(s, s[:1])
	case '$':
		return at + 1 + dollarLetters(s[1:])
	case '\'':
		return at + c.leadingApostrophe(at, 1)
	case '#', '@':
		if n := tag(s[1:]); n > 0 {
			return at + 1 + n
		}
	}
	return at + 1
}

// rune cuts at a rune outside ASCII: a word, an apostrophe, a mark with its accents, or a sign.
func (c *cutter) rune(at int) int {
	s := c.rest(at)
	if n := apostrophe(s); n > 0 {
		return at + c.leadingApostrophe(at, n)
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == '°' && size < len(s) && strings.IndexByte("CFKcf", s[size]) >= 0 && wordRune(s[size+1:]) == 0:
		return at + size + 1
	case unicode.IsNumber(r):
		return c.number(at)
	case isWordRune(r):
		return c.word(at)
	}
	for size < len(s) { // accents and joined signs stay with their mark
		r, n := utf8.DecodeRuneInString(s[size:])
		if !unicode.IsMark(r) {
			break
		}
		size += n
	}
	return at + size
}

// leadingApostrophe is the length of the token that an apostrophe of n bytes
// starts: "'90s", a clitic cut off from its word by markup, or itself.
func (c *cutter) leadingApostrophe(at, n int) int {
	s := c.rest(at)
	if len(s) >= n+3 && isDigit(s[n]) && isDigit(s[n+1]) && s[n+2] == 's' && wordRune(s[n+3:]) == 0 {
		return n + 3
	}
	if at > 0 && !isSpace(rune(c.text[at-1])) && len(c.dst) > c.first {
		if m := clitic(s[n:]); m > 0 {
			return n + m
		}
	}
	return n
}

// clitics are what an apostrophe joins to the word before.
var clitics = [...]string{"s", "re", "ve", "ll", "d", "m"}

// clitic is the length of the clitic that s starts with, after its apostrophe; 0 for none.
func clitic(s string) int {
	for _, end := range clitics {
		if len(s) >= len(end) && strings.EqualFold(s[:len(end)], end) && wordRune(s[len(end):]) == 0 {
			return len(end)
		}
	}
	return 0
}

// run is how many bytes at the start of s are among marks.
func run(s, marks string) int {
	n := 1
	for n < len(s) && strings.IndexByte(marks, s[n]) >= 0 {
		n++
	}
	return n
}

// dollarLetters is the length of a country's letters between a dollar sign
// and a digit: 2 in "$US5".
func dollarLetters(s string) int {
	n := 0
	for n < len(s) && n < 3 && isUpper(s[n]) {
		n++
	}
	if startsDigit(s[n:]) {
		return n
	}
	return 0
}

// tag is the length of the name in a @handle or #tag, which starts with a letter.
func tag(s string) int {
	if s == "" || !isLetterByte(s[0]) {
		return 0
	}
	n := 1
	for n < len(s) && (isASCIIWord(s[n]) || s[n] == '_') {
		n++
	}
	return n
}

func isASCIIWord(b byte) bool { return isLetterByte(b) || isDigit(b) }

func isCloser(b byte) bool { return strings.IndexByte(`)]}"'`, b) >= 0 }
