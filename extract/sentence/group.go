package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/extract/token"
)

// stopKind is what a sentence might end with.
type stopKind uint8

const (
	noStop   stopKind = iota
	fullStop          // "."
	strong            // "?" or "!"
	ellipsis          // "...", "…", ". . ."
	abbreviation
)

func kindOf(t *token.Token) stopKind {
	text := t.Text
	switch text[0] {
	case '.':
		if len(text) == 1 {
			return fullStop
		}
		if text[1] == '.' {
			return ellipsis
		}
	case '?', '!':
		return strong
	case 0xe2:
		if text == "…" {
			return ellipsis
		}
	default:
		if text[len(text)-1] == '.' && isWord(text) {
			return abbreviation
		}
	}
	return noStop
}

// group is a stop with all that belongs to it: more stops, closing quotes and
// brackets, the numbers of footnotes, smileys.
type group struct {
	kind     stopKind
	at       int // the stop
	after    int // the first token that does not belong
	closed   bool
	quoted   bool
	attached bool // no space stands between the group and the token after it
}

// group reads the group that begins with the stop at index i, and ends before limit.
func (c *cutter) group(i int, kind stopKind, limit int) group {
	g := group{kind: kind, at: i}
	j := i + 1
	if c.fourDots(i) {
		g.after = j
		return g
	}
	for ; j < limit; j++ {
		t := &c.tokens[j]
		if n := c.footnote(j); n > 0 {
			j += n - 1
			continue
		}
		if n := c.smiley(j); n > 0 {
			j += n - 1
			continue
		}
		switch k := kindOf(t); {
		case isCloser(t):
			g.closed = true
			g.quoted = g.quoted || isQuote(t.Text)
			continue
		case k == strong && (!t.Space || g.kind == strong):
			if g.kind == abbreviation {
				g.at = j // the abbreviation is now the word before the stop
			}
			g.kind = strong
			continue
		case k == ellipsis && !t.Space:
			continue
		case k == fullStop && (!t.Space || g.kind == fullStop || g.kind == ellipsis):
			if t.Space {
				g.kind = ellipsis // ". . ."
			} else if g.kind == abbreviation {
				g.kind, g.at = fullStop, j
			}
			continue
		}
		break
	}
	j = min(j, limit) // a footnote may lead beyond it
	g.after = j
	g.attached = j < len(c.tokens) && !c.tokens[j].Space
	return g
}

// fourDots holds for a stop before an ellipsis that begins the next sentence:
// "It ended. . . . The rest".
func (c *cutter) fourDots(i int) bool {
	if i+4 >= len(c.tokens) || c.tokens[i].Space || c.tokens[i].Text != "." {
		return false
	}
	for k := i + 1; k < i+4; k++ {
		if c.tokens[k].Text != "." || !c.tokens[k].Space {
			return false
		}
	}
	return isCapital(c.tokens[i+4].Text)
}

// footnote is how many tokens the mark of a footnote right after a stop has:
// "[1]", or a short number before a space. 0 for none.
func (c *cutter) footnote(j int) int {
	rest := c.tokens[j:]
	if rest[0].Space {
		return 0
	}
	if len(rest) >= 3 && rest[0].Text == "[" && isDigit(rest[1].Text) && !rest[1].Space && rest[2].Text == "]" {
		return 3
	}
	if len(rest) >= 2 && len(rest[0].Text) <= 3 && isDigit(rest[0].Text) && rest[1].Space && kindOf(&c.tokens[j-1]) == fullStop {
		return 1
	}
	return 0
}

// smiley is how many tokens a face drawn with marks has, ":)" or ";-P", or a
// picture of one. 0 for none.
func (c *cutter) smiley(j int) int {
	eyes := c.tokens[j].Text
	switch eyes[0] {
	case ':', ';', '=':
	case 0xf0: // the first byte of all emoji
		r, _ := utf8.DecodeRuneInString(eyes)
		if unicode.Is(unicode.So, r) {
			return 1
		}
		return 0
	default:
		return 0
	}
	if j > 0 && !c.tokens[j].Space && kindOf(&c.tokens[j-1]) == noStop {
		return 0
	}
	k := j + 1
	if k < len(c.tokens) && !c.tokens[k].Space && (c.tokens[k].Text == "-" || c.tokens[k].Text == "'") {
		k++
	}
	mouth := k
	for k < len(c.tokens) && !c.tokens[k].Space && isMouth(c.tokens[k].Text) {
		k++
	}
	if len(eyes) > 1 || k == mouth || k < len(c.tokens) && !c.tokens[k].Space && isWord(c.tokens[k].Text) {
		return 0
	}
	return k - j
}

func isMouth(text string) bool {
	return len(text) == 1 && strings.IndexByte(")(DPpOo/|*]", text[0]) >= 0
}
