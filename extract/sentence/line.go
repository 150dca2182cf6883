package sentence

import (
	"strings"

	"crosscheck/extract/token"
)

// lines is how a flow of text is broken into lines. In wrapped prose a line's
// end means nothing; in a bare list, an address or a poem it ends the sentence.
type lines struct {
	// longest is the greatest length of a line in bytes; 0 where there is but one line.
	longest int
	bare    bool // a list or an address: short lines without stops
}

const (
	// maxBare is how many tokens a line of a bare list has at most.
	maxBare = 4
	// minWrapped is the length in bytes that wrapped prose fills at least.
	minWrapped = 40
)

// layOut looks at the lines that tokens stand in.
func layOut(text string, tokens []token.Token) lines {
	var l lines
	first, count := 0, 0
	short, titled := true, true // lines of few words, lines that each begin anew
	for i := range tokens {
		kind := kindOf(&tokens[i])
		short = short && kind == noStop
		if i+1 < len(tokens) && !newLine(text, tokens, i+1) {
			continue
		}
		l.longest = max(l.longest, tokens[i].End-tokens[first].Start)
		short = short && i+1-first <= maxBare
		titled = titled && !isSmall(tokens[first].Text) && (kind == noStop || kind == abbreviation)
		first = i + 1
		count++
	}
	l.bare = short && count > 2 || titled && l.longest < minWrapped
	if count < 2 {
		l.longest = 0
	}
	return l
}

// newLine holds where token i begins a line.
func newLine(text string, tokens []token.Token, i int) bool {
	if !tokens[i].Space || i == 0 {
		return false
	}
	return strings.IndexByte(text[tokens[i-1].End:tokens[i].Start], '\n') >= 0
}

// breaks holds where a sentence ends with the line before token i, though no
// stop says so: in a bare list, after the colon that announces what follows, and
// where the line had much room left for a word that begins with a capital.
func (l *lines) breaks(c *cutter, i int) bool {
	if l.longest == 0 || !newLine(c.text, c.tokens, i) {
		return false
	}
	if l.bare {
		return true
	}
	next := &c.tokens[i]
	first := i - 1
	for first > 0 && c.tokens[i-1].End-c.tokens[first].Start < l.longest && !newLine(c.text, c.tokens, first) {
		first--
	}
	if c.isQuoted(first) != c.isQuoted(i) {
		return true // a mail quotes another
	}
	if isSmall(next.Text) {
		m, n := readMarker(c.tokens[i:])
		return n > 0 && m.braces != "(" // "b. Milk"
	}
	if c.tokens[i-1].Text == ":" || isDash(next.Text) && next.Space || c.isField(i) {
		return true
	}
	if class := c.tokens[i-1].Abbreviation(); class == token.Title || class == token.Inner {
		return false
	}
	length := c.tokens[i-1].End - c.tokens[first].Start
	return (isCapital(next.Text) || isDigit(next.Text)) && length+1+next.Len() < l.longest*2/3
}

// isQuoted holds where the line that token i begins is marked as a quoted mail's.
func (c *cutter) isQuoted(i int) bool {
	t := &c.tokens[i]
	return t.Text == ">" || strings.HasSuffix(strings.TrimRight(c.text[:t.Start], " \t"), ">")
}

// isField holds where token i is the name of a field, "Subject: the hall".
func (c *cutter) isField(i int) bool {
	return i+2 < len(c.tokens) && isCapital(c.tokens[i].Text) && c.tokens[i+1].Text == ":" && !c.tokens[i+1].Space && c.tokens[i+2].Space
}

// lead is the end of what stands before a news story's first sentence:
// "KABUL, Afghanistan (AP) —" or "(AP)"; 0 for none.
func (c *cutter) lead(start int) int {
	if c.tokens[start].Text == "(" {
		return c.credit(start)
	}
	const longest = 12
	if start > 0 || !isCapital(c.tokens[0].Text) {
		return 0
	}
	for i := 2; i+2 < len(c.tokens) && i < longest; i++ {
		t := &c.tokens[i]
		if t.Text == ")" && isDash(c.tokens[i+1].Text) && c.tokens[i+1].Space && c.tokens[i+2].Space {
			return i + 2
		}
		if kindOf(t) == fullStop || isSmall(t.Text) {
			return 0
		}
	}
	return 0
}

// credit is the end of a source's name that stands in brackets before its
// words, "(Harrow Post) The"; 0 for none.
func (c *cutter) credit(start int) int {
	const longest = 6
	for i := start + 1; i+1 < len(c.tokens) && i < start+longest; i++ {
		switch t := &c.tokens[i]; {
		case t.Text == ")":
			next, _ := c.nextWord(i + 1)
			if i > start+1 && len(c.tokens[i-1].Text) > 1 && c.tokens[i+1].Space && next != nil && isCapital(next.Text) && starters.Has(next.Lower) {
				return i + 1
			}
			return 0
		case !isCapital(t.Text):
			return 0
		}
	}
	return 0
}
