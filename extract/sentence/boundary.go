package sentence

import (
	"strings"

	"crosscheck/extract/token"
)

// cutter finds where sentences end among the tokens of one flow of text.
type cutter struct {
	text   string
	tokens []token.Token
	lines  lines
	list   list
	style  style
	signed int // where the name after a letter's last words begins; 0 for none
}

// style is whether a text is written without capitals; looked at when first needed.
type style uint8

const (
	unknown style = iota
	formal
	casual
)

// sentence finds the sentence that begins at start: the index of its first
// word, past a list's marker, and the index after its last token.
func (c *cutter) sentence(start int) (first, end int) {
	if end := c.lead(start); end > 0 {
		return start, end
	}
	marker, sure := c.list.enter(c.tokens[start:])
	if sure {
		first = start + marker
	} else {
		first = start
	}
	return first, c.end(start, start+marker)
}

// end is the index after the last token of the sentence that begins at start,
// with its first word at index word.
func (c *cutter) end(start, word int) int {
	limit := min(start+Longest, len(c.tokens))
	for i := word; i < limit; {
		if i > word && (c.startsItem(i) || c.lines.breaks(c, i) || c.lineLost(start, i)) {
			return i
		}
		kind := kindOf(&c.tokens[i])
		if kind == noStop {
			i++
			continue
		}
		g := c.group(i, kind, limit)
		if g.after >= limit || c.isBoundary(start, g) {
			return g.after
		}
		i = g.after
	}
	return limit
}

// startsItem holds where a list's next item begins: a bullet, or the marker
// that counts on from the one before.
func (c *cutter) startsItem(i int) bool {
	if isBullet(c.tokens[i].Text) {
		return c.tokens[i].Space
	}
	return c.list.continues(c.tokens[i:])
}

// isBoundary decides whether the sentence that began at start ends with the
// group, after which more text follows.
func (c *cutter) isBoundary(start int, g group) bool {
	if !c.hasWord(start, g.at) {
		return false
	}
	if c.fourDots(g.at) {
		return true
	}
	if g.kind == ellipsis && g.closed && isOpener(c.tokens[g.at-1].Text) { // "[...]"
		return false
	}
	next, opened := c.nextWord(g.after)
	if next == nil {
		return false
	}
	if g.kind == fullStop && c.inBracket(g.at) || c.isYear(g.after) {
		return false
	}
	if g.kind != abbreviation && !g.attached && c.beginsAnew(g) {
		return true
	}
	switch {
	case g.kind == abbreviation:
		return c.abbreviationEnds(start, g, next, opened)
	case g.quoted && c.speakerFollows(g.after):
		return false
	case g.kind == ellipsis && (g.attached && c.tokens[g.at].Space || c.tokens[g.at-1].Text == next.Text): // "...And Then", "I... I"
		return false
	case g.kind == ellipsis:
		return isCapital(next.Text) && (next.Text != "I" || len(c.tokens[g.at].Text) > 1) // ". . . I" leaves words out
	case g.kind == strong && isCapital(next.Text):
		return next.Abbreviation() != token.Suffix && // "Yahoo! Inc."
			!(g.attached && !g.closed && (c.tokens[g.at].Space || len(c.tokens[g.at-1].Text) == 1)) // "!Kung", "E!T"
	case isCapital(next.Text):
		return starters.Has(next.Lower) || !isVowelless(c.tokens[g.at-1].Text)
	case isDigit(next.Text):
		before := c.tokens[g.at-1].Text
		if c.tokens[g.at].Space && isDigit(before) { // "up 15 . 06 points", set with blanks
			return false
		}
		return !g.attached && before != "°" // "N°. 5"
	case isSmall(next.Text):
		return !g.closed && !opened && c.smallBegins(g, next)
	}
	return !g.attached && (next.Text[0] == '@' || next.Text[0] == '#' || next.Text == "$" || isBullet(next.Text))
}

// hasWord holds where a word, and not merely marks, stands before the stop.
func (c *cutter) hasWord(start, stop int) bool {
	for i := start; i <= stop && i < start+4; i++ {
		if isWord(c.tokens[i].Text) {
			return true
		}
	}
	return stop >= start+4
}

// nextWord is the first word after index i, past quotation marks, brackets and
// a dash that open it; opened says that there were some. It is nil where
// something else stands there.
func (c *cutter) nextWord(i int) (next *token.Token, opened bool) {
	for k := i; k < len(c.tokens) && k < i+4; k++ {
		t := &c.tokens[k]
		if isOpener(t.Text) || isDash(t.Text) {
			opened = true
			continue
		}
		return t, opened
	}
	return nil, opened
}

// speakerFollows holds after a quotation where its speaker comes next: "Stop!"
// Mr. Smith said.
func (c *cutter) speakerFollows(i int) bool {
	for k := i; k < len(c.tokens) && k < i+5; k++ {
		t := &c.tokens[k]
		if speech.Has(t.Lower) {
			return k > i
		}
		if !isCapital(t.Text) {
			return false
		}
	}
	return false
}

// smallBegins decides on a stop before a small letter. In a text without
// capitals every stop ends a sentence. Elsewhere "?" does, "!" does unless it
// is part of a name ("Yahoo! said"), and "." does after a whole word, which no
// abbreviation that is missing in the lists would be; before a word that begins
// sentences, after a shorter one, a name, a number or a bracket too.
func (c *cutter) smallBegins(g group, next *token.Token) bool {
	if g.at == 0 {
		return false
	}
	before := c.tokens[g.at-1].Text
	if g.attached {
		return g.kind == strong && len(before) > 1
	}
	switch {
	case c.isCasual():
		return true
	case g.kind == strong:
		speaks := g.after+1 < len(c.tokens) && speech.Has(c.tokens[g.after+1].Lower) // "Stop! he said"
		return !speaks && (c.tokens[g.at].Text != "!" || !isCapital(before))
	}
	if isSmall(before) {
		return len(before) >= minWhole || subjects.Has(next.Lower) && (len(before) == minWhole-1 || len(before) > 1 && starters.Has(before))
	}
	return subjects.Has(next.Lower) && (before == ")" || isDigit(before) || len(before) >= minWhole && isCapital(before))
}

// minWhole is the length of a word that is hardly an abbreviation.
const minWhole = 4

// inBracket holds for the stop of a short word that a bracket begins with:
// "(pop. 1,204)", "Gen. (ret.) Holt".
func (c *cutter) inBracket(at int) bool {
	return at >= 2 && c.tokens[at-2].Text == "(" && isSmall(c.tokens[at-1].Text) && len(c.tokens[at-1].Text) <= minWhole
}

// isYear holds for a year in brackets at index i, which dates the name before it: "Go! (1999)".
func (c *cutter) isYear(i int) bool {
	return i+2 < len(c.tokens) && c.tokens[i].Text == "(" && len(c.tokens[i+1].Text) == 4 && isDigit(c.tokens[i+1].Text) && c.tokens[i+2].Text == ")"
}

// beginsAnew holds where what follows the group can but begin a sentence,
// however it is written: a web address, a drawn line, the marker of a first item
// or one in brackets, or, after a question or a shout, a bracket.
func (c *cutter) beginsAnew(g group) bool {
	switch next := &c.tokens[g.after]; next.Text[0] {
	case 'h', 'w':
		return isWebAddress(next.Text)
	case '-', '=', '*', '_', '~':
		return isRule(next.Text)
	case '[':
		return g.kind == strong && !g.closed || g.quoted
	case 'a':
		m, n := readMarker(c.tokens[g.after:])
		return n > 0 && m.value == 1
	case '(':
		if g.kind == strong && !g.closed {
			return true
		}
		_, n := readMarker(c.tokens[g.after:])
		return n > 0
	}
	return false
}

// isCasual holds in a text that is written without capitals.
func (c *cutter) isCasual() bool {
	if c.style == unknown {
		c.style = styleOf(c.tokens)
	}
	return c.style == casual
}

// styleOf calls a text casual that begins with a small letter or writes "i"
// for its author.
func styleOf(tokens []token.Token) style {
	for i := range tokens {
		if isWord(tokens[i].Text) {
			if isSmall(tokens[i].Text) {
				return casual
			}
			break
		}
	}
	for i := range tokens {
		if tokens[i].Text == "i" && tokens[i].Space && i+1 < len(tokens) && tokens[i+1].Space {
			return casual
		}
	}
	return formal
}

// minBeforeClock is how many tokens a sentence has that "p.m." ends: "At 5
// p.m. Mr. Smith left" goes on.
const minBeforeClock = 5

// abbreviationEnds decides on an abbreviation: whether its sentence ends with it.
func (c *cutter) abbreviationEnds(start int, g group, next *token.Token, opened bool) bool {
	abbr := &c.tokens[g.at]
	class := abbr.Abbreviation()
	if isDigit(next.Text) {
		return class == token.Closing
	}
	if isSmall(next.Text) && (class == token.Unit || class == token.Clock || class == token.Closing) {
		return subjects.Has(next.Lower) && c.isCasual()
	}
	if !isCapital(next.Text) || opened && class != token.Closing && class != token.Clock && class != token.Dotted {
		return false
	}
	starter := starters.Has(next.Lower) && next.Text != "A"
	switch class {
	case token.NoAbbreviation, token.Closing, token.Unit:
		return true
	case token.Clock:
		return g.at-start+1 >= minBeforeClock && !zones.Has(strings.TrimSuffix(next.Lower, "."))
	case token.Inner: // "8 a.m. EST. The", and not "est. 1950"
		return len(abbr.Text) > 3 && isCapital(abbr.Text[1:]) && zones.Has(strings.TrimSuffix(abbr.Lower, "."))
	case token.Calendar:
		return next.Abbreviation() != token.Calendar
	case token.Dotted, token.Suffix:
		return g.at > start && (starter || g.quoted)
	case token.Initial, token.Title:
		return afterName.Has(next.Lower) && g.at > start && isWord(c.tokens[g.at-1].Text)
	}
	return false
}
