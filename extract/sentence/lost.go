package sentence

import (
	"strings"
	"unicode/utf8"
)

// Pages and mails are often stored with the lines of a paragraph in one run.
// What follows finds the ends of lines that no stop shows any more.

// lineLost holds where a line ended before token i, in a sentence that began at start.
func (c *cutter) lineLost(start, i int) bool {
	before, next := &c.tokens[i-1], &c.tokens[i]
	if !next.Space {
		return false
	}
	if isRule(before.Text) && (i == 1 || before.Space) || isRule(next.Text) && (i+1 == len(c.tokens) || c.tokens[i+1].Space) {
		return true
	}
	switch {
	case isDigit(next.Text):
		return c.stamp(i) > 0 && c.isSender(start, i) || c.stampEnds(start, i) || c.announces(i)
	case isCapital(next.Text):
		return c.afterAddress(i) || c.afterSmiley(i) || c.stampEnds(start, i) || c.signature(start, i)
	case next.Text == "(":
		return c.announces(i)
	case isDash(next.Text):
		return i+1 < len(c.tokens) && c.tokens[i+1].Space && isFile(c.tokens[i+1].Text)
	case isWebAddress(next.Text):
		return isWebAddress(before.Text)
	}
	return false
}

// afterAddress holds after a web address or a mail's, in pointed brackets or not.
func (c *cutter) afterAddress(i int) bool {
	before := c.tokens[i-1].Text
	if before == ">" && i >= 2 && !c.tokens[i-1].Space {
		before = c.tokens[i-2].Text
	}
	return isWebAddress(before) || strings.IndexByte(before, '@') > 0
}

// afterSmiley holds after a face that stands apart.
func (c *cutter) afterSmiley(i int) bool {
	if c.tokens[i-1].Text[0] >= utf8.RuneSelf {
		return c.tokens[i-1].Space && c.smiley(i-1) > 0
	}
	if len(c.tokens[i-1].Text) != 1 || !isMouth(c.tokens[i-1].Text) {
		return false
	}
	for k := i - 2; k >= 0 && k >= i-4; k-- {
		if c.tokens[k].Space {
			return k+c.smiley(k) == i
		}
	}
	return false
}

// stamp is how many tokens the day and time of a mail take that begin with
// token i, "11/08/2004 09:17 PM"; 0 for none.
func (c *cutter) stamp(i int) int {
	if i+1 >= len(c.tokens) || !isDay(c.tokens[i].Text) || !isClock(c.tokens[i+1].Text) {
		return 0
	}
	if i+2 < len(c.tokens) && isHalf(c.tokens[i+2].Lower) {
		return 3
	}
	return 2
}

// stampEnds holds where a stamp ends before token i, and a line with it: those
// words that give the zone do not go on, nor does a time without its half of
// the day, unless the line has but the sender's name.
func (c *cutter) stampEnds(start, i int) bool {
	if isHalf(c.tokens[i].Lower) {
		return false
	}
	at := i - 1
	half := isHalf(c.tokens[at].Lower)
	if half {
		at--
	}
	if at-1 < start || !isClock(c.tokens[at].Text) || !isDay(c.tokens[at-1].Text) {
		return false
	}
	return (half || at-1 == start) && !zones.Has(c.tokens[i].Lower)
}

// isSender holds for a line's tokens from start to end that name who wrote: all
// are names, addresses and marks, and there is more than a word of them.
func (c *cutter) isSender(start, end int) bool {
	const longest = 12
	if end-start > longest {
		return false
	}
	names := 0
	for i := start; i < end; i++ {
		t := &c.tokens[i]
		switch {
		case strings.IndexByte(t.Text, '@') > 0:
			names += 2
		case isCapital(t.Text):
			names++
		case t.Text == ":" || isWord(t.Text):
			return false
		}
		if filed.Has(t.Lower) {
			return false
		}
	}
	return names > 1
}

// signature holds at either end of the name under a letter: after its last
// words and their comma, "Best regards, Ann Lee", and where the next line
// begins. A name that a stop or a comma follows is spoken to: "Thanks, Ann."
func (c *cutter) signature(start, i int) bool {
	const longestName = 3
	if c.signed == start && start > 0 {
		return i-start <= longestName && starters.Has(c.tokens[i].Lower)
	}
	const longestFarewell = 5
	if c.tokens[i-1].Text != "," || i-start > longestFarewell || i-start < 2 {
		return false
	}
	for k := start; k < i-1; k++ {
		if !farewells.Has(c.tokens[k].Lower) {
			return false
		}
	}
	k := i
	for k < len(c.tokens) && k < i+longestName && isCapital(c.tokens[k].Text) && (k == i || !starters.Has(c.tokens[k].Lower)) {
		if c.tokens[k].Abbreviation() != 0 {
			return false
		}
		k++
	}
	if k < len(c.tokens) && !isCapital(c.tokens[k].Text) && !(c.tokens[k].Space && (isDigit(c.tokens[k].Text) || isDash(c.tokens[k].Text) || c.tokens[k].Text == "(")) {
		return false
	}
	c.signed = i
	return true
}

// isDay holds for a day in figures: "11/08/2004", "2004-08-11".
func isDay(text string) bool {
	return len(text) >= len("1/2/03") && isDigit(text) && (strings.Count(text, "/") == 2 || strings.Count(text, "-") == 2)
}

// isClock holds for a time of day: "09:17", "09:17:40", "09:17PM".
func isClock(text string) bool {
	return len(text) >= len("1:23") && isDigit(text) && (text[1] == ':' || text[2] == ':')
}

func isHalf(lower string) bool {
	return lower == "am" || lower == "pm" || lower == "a.m." || lower == "p.m."
}

// isFile holds for the name of a file, as mails list what is attached.
func isFile(text string) bool {
	dot := strings.LastIndexByte(text, '.')
	return dot > 0 && strings.IndexByte(text, '/') < 0 && files.Has(strings.ToLower(text[dot+1:]))
}
