package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word or a separator between white space.
type token struct {
	lower  string // without the punctuation around it
	raw    string
	kind   wordKind
	figure bool // it opens with a digit or a plus
	bar    bool
	dash   bool
	gap    bool // wide white space stands before it
}

func (t *token) is(kind wordKind) bool { return t.kind&kind != 0 }

// tokenise appends the tokens of s to tokens.
func tokenise(s string, tokens []token) []token {
	last := byte(0) // of the token before
	small := smallLetters{text: s}
	for at := 0; at < len(s); {
		start := at
		at = skip(s, at, true)
		blank := s[start:at]
		start = at
		at = smallWord(s, at)
		isSmall := at > start
		if !isSmall {
			at = skip(s, at, false)
		}
		if start == at {
			break
		}
		raw := s[start:at]
		t := token{raw: raw, lower: raw}
		if !isSmall { // as most words are
			t.bar = isBar(raw)
			t.dash = raw == "-" || raw == "–" || raw == "—" || raw == "/" || raw == "*" || raw == "."
			t.figure = opensWithDigit(raw)
			t.lower = lowerWord(raw, start, &small)
		}
		if len(blank) > 1 || blank == "\t" {
			// Two spaces after a stop are a typist's habit; three anywhere are a column.
			t.gap = len(blank) >= 3 && strings.IndexByte(blank, '\n') < 0 || strings.IndexByte(blank, '\t') >= 0 ||
				blank == "  " && strings.IndexByte(".!?:", last) < 0
		}
		last = raw[len(raw)-1]
		t.kind = wordKinds.Get(t.lower)
		tokens = append(tokens, t)
	}
	return tokens
}

// smallWord gives the end of the word at s[at:] where it is of plain small letters
// alone, else at.
func smallWord(s string, at int) int {
	end := at
	for end < len(s) && 'a' <= s[end] && s[end] <= 'z' {
		end++
	}
	if end == len(s) || s[end] == ' ' || s[end] == '\n' {
		return end
	}
	return at
}

// lowerWord is a word in lower case without the punctuation around it, or as it
// is where it is nothing else. It stands in the text of small at the offset at.
func lowerWord(raw string, at int, small *smallLetters) string {
	from, to := 0, len(raw)
	if !isPlain(raw[0]) || !isPlain(raw[to-1]) {
		left := strings.TrimLeftFunc(raw, unicode.IsPunct)
		if left == "" {
			return raw
		}
		from = len(raw) - len(left)
		to = from + len(strings.TrimRightFunc(left, unicode.IsPunct))
	}
	capital := false
	for i := from; i < to; i++ {
		if raw[i] >= utf8.RuneSelf {
			return strings.ToLower(raw[from:to])
		}
		capital = capital || raw[i] >= 'A' && raw[i] <= 'Z'
	}
	if !capital {
		return raw[from:to]
	}
	return small.of(at+from, at+to)
}

// smallLetters is a text with its plain capitals made small, once one asks for
// a part of it: words need no memory of their own.
type smallLetters struct{ text, small string }

func (l *smallLetters) of(start, end int) string {
	if l.small == "" {
		var b strings.Builder
		b.Grow(len(l.text))
		done := 0
		for i := 0; i < len(l.text); i++ {
			if c := l.text[i]; c >= 'A' && c <= 'Z' {
				b.WriteString(l.text[done:i])
				b.WriteByte(c + 'a' - 'A')
				done = i + 1
			}
		}
		b.WriteString(l.text[done:])
		l.small = b.String()
	}
	return l.small[start:end]
}

// isPlain holds for the plain letters and digits.
func isPlain(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

func opensWithDigit(raw string) bool {
	for i := 0; i < len(raw); i++ {
		if c := raw[i]; c != '(' && c != '+' {
			return c >= '0' && c <= '9'
		}
	}
	return false
}

// skip gives the end of the white space at s[at:], or of what is none.
func skip(s string, at int, space bool) int {
	for at < len(s) {
		if c := s[at]; c < utf8.RuneSelf {
			if (c == ' ' || c >= '\t' && c <= '\r') != space {
				break
			}
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[at:])
		if unicode.IsSpace(r) != space {
			break
		}
		at += size
	}
	return at
}

// isBar reports whether a token only parts others, as in a menu or a trail.
func isBar(raw string) bool {
	if c := raw[0]; c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
		return false
	}
	switch raw {
	case "//", "->", "<-", "::", ":::", "=>":
		return true
	}
	for _, r := range raw {
		switch r {
		case '|', '¦', '»', '«', '›', '‹', '·', '•', '∙', '●', '→', '←', '▸', '<', '>', '⋅', '◦':
		default:
			return false
		}
	}
	return true
}
