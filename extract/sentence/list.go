package sentence

import (
	"strings"

	"crosscheck/extract/token"
)

// list follows a list that is written in one run of text, "1. Bread 2. Milk":
// its markers count up, so the next one is known.
type list struct {
	next   marker
	active bool
}

// marker is the number or letter before an item, and how it is set off.
type marker struct {
	value  int
	kind   byte   // '1', 'a', 'A', or for Roman numbers of two letters and more 'i', 'I': how it counts
	braces string // what stands around it: ".", ")", ".)", "()"
}

// maxItems bounds the number of a marker; a greater number is a quantity or a year.
const maxItems = 200

// enter notes the marker that a sentence begins with, and returns how many of
// its tokens belong to it, a bullet among them: none of them ends the sentence.
// sure says that they are a marker and not the beginning of a name: "C. Holt".
func (l *list) enter(tokens []token.Token) (n int, sure bool) {
	if isBullet(tokens[0].Text) {
		n = 1
	}
	m, length := readMarker(tokens[n:])
	if length == 0 || n+length >= len(tokens) {
		return n, n > 0 && len(tokens) > n
	}
	due := l.active && m.isDue(&l.next)
	sure = n > 0 || m.kind == '1' || m.isRoman() || due
	m.value++
	l.next, l.active = m, true
	return n + length, sure
}

// continues holds where tokens begin with the marker that is due.
func (l *list) continues(tokens []token.Token) bool {
	if !l.active || !tokens[0].Space {
		return false
	}
	m, n := readMarker(tokens)
	return n > 0 && n < len(tokens) && m.isDue(&l.next)
}

// isDue holds for the marker that comes next. "i" counts as the letter until
// "ii" follows, and as "v" and "x" do among Roman numbers.
func (m *marker) isDue(next *marker) bool {
	switch {
	case *m == *next:
		return true
	case m.braces != next.braces:
		return false
	case m.isRoman():
		return m.value == 2 && next.value == 'j'-'a'+1 && next.kind == m.kind-'i'+'a'
	case next.isRoman() && m.kind == next.kind-'i'+'a' && roman(string(rune('a'+m.value-1))) == next.value:
		*m = *next
		return true
	}
	return false
}

func (m *marker) isRoman() bool { return m.kind|0x20 == 'i' }

// roman is the value of a small Roman number; 0 for none.
func roman(s string) int {
	value, last := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		digit := [...]int{1, 5, 10, 0}[strings.IndexByte("ivx", s[i])&3]
		switch {
		case digit == 0:
			return 0
		case digit < last:
			value -= digit
		default:
			value, last = value+digit, digit
		}
	}
	return value
}

// announces holds where a list begins in the middle of a sentence that no stop
// ends: "for four nights 1) where to stay 2) what to see". Where commas, "and"
// or a colon join the items they are one sentence.
func (c *cutter) announces(i int) bool {
	const longestItem = 100
	first, n := readMarker(c.tokens[i:])
	if n == 0 || first.kind != '1' || first.value != 1 || first.braces == "." || !isWord(c.tokens[i-1].Text) {
		return false
	}
	second := first
	second.value++
	for k := i + n + 1; k < len(c.tokens) && k < i+longestItem; k++ {
		t := &c.tokens[k]
		if !t.Space || t.Text[0] != '2' && t.Text[0] != '(' {
			continue
		}
		if m, _ := readMarker(c.tokens[k:]); m == second {
			before := &c.tokens[k-1]
			return before.Text != "," && before.Text != ";" && before.Lower != "and" && before.Lower != "or"
		}
	}
	return false
}

// readMarker reads a marker at the beginning of tokens, and returns how many it takes; 0 for none.
func readMarker(tokens []token.Token) (marker, int) {
	var m marker
	n := 0
	if len(tokens) > 0 && tokens[0].Text == "(" {
		m.braces, n = "(", 1
	}
	if n >= len(tokens) {
		return m, 0
	}
	value, stop := strings.CutSuffix(tokens[n].Text, ".")
	if !m.read(value) {
		return m, 0
	}
	n++
	if stop {
		m.braces += "."
	}
	for n < len(tokens) && !tokens[n].Space && len(m.braces) < 2 && (tokens[n].Text == "." || tokens[n].Text == ")") {
		m.braces += tokens[n].Text
		n++
	}
	if m.braces == "" || m.braces == "(" || n >= len(tokens) || !tokens[n].Space {
		return m, 0
	}
	return m, n
}

// read reads "12", "b" or "B".
func (m *marker) read(s string) bool {
	switch {
	case s == "":
		return false
	case isDigit(s):
		for i := 0; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' || m.value > maxItems {
				return false
			}
			m.value = m.value*10 + int(s[i]-'0')
		}
		m.kind = '1'
		return m.value <= maxItems
	case len(s) > 1 && len(s) <= len("xviii") && (roman(s) > 0 || roman(strings.ToLower(s)) > 0 && s == strings.ToUpper(s)):
		m.kind, m.value = 'I'|s[0]&0x20, roman(strings.ToLower(s))
		return true
	case len(s) == 1 && 'a' <= s[0]|0x20 && s[0]|0x20 <= 'z':
		m.kind = 'A' | s[0]&0x20
		m.value = int(s[0]|0x20-'a') + 1
		return true
	}
	return false
}
