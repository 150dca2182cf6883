package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// published finds the day of publication in what stands down to an article's
// first paragraph of prose, which is parts[first]: a byline or other furniture, a
// line that a date signs ("Weekly Review, 20 May 2023"), or the dateline that opens
// the text ("PARIS, May 4 2020 - ..."); failing that in a byline below. It is ""
// where none of them tells a day with its year.
func published(d *Document, parts []part, first int) string {
	above := parts[:min(first+1, len(parts))]
	for i := range above {
		if above[i].Role == Furniture && above[i].seen.day != "" {
			return above[i].seen.day
		}
	}
	for i := range above {
		p := &above[i]
		if p.Role != Heading && p.Role != Paragraph {
			continue
		}
		if !p.seen.isSentence() {
			if day := signedOn(p.Of(d.Text)); day != "" {
				return day
			}
		}
		if p.Role == Paragraph {
			if day := opening(d.Text, d.Words(p.Block)); day != "" {
				return day
			}
		}
	}
	for i := range parts {
		if p := &parts[i]; i > first && p.Role == Furniture && p.seen.day != "" && p.seen.byline {
			return p.seen.day
		}
	}
	return ""
}

const (
	signedLines = 4   // lines of a block that may be its signature
	signedWords = 24  // words that such a line has at most
	openingSize = 160 // bytes in which a dispatch says where and when it was written
)

// signedOn is the day that stands at an edge of a line without being part of
// what the line tells: "Public Radio, 14 June 2021, 6 a.m.", but not "Results of
// the election of 13 June 2021".
func signedOn(block string) string {
	lines := 0
	for line := range strings.Lines(block) {
		if lines++; lines > signedLines {
			break
		}
		var room [2 * signedWords]token
		tokens := tokenise(line[:min(len(line), shapeLimit)], room[:0])
		if len(tokens) > signedWords {
			continue
		}
		for i := range tokens {
			day, used := dateAt(tokens[i:])
			if used > 0 && apart(tokens[:i], tokens[i]) && endsLine(tokens[i+used:]) {
				return day
			}
			if used > 0 {
				break
			}
		}
	}
	return ""
}

// apart reports whether a date is cut off from the words before it: by the
// beginning of the line, a comma, a bracket or a bar, or by "updated".
func apart(before []token, date token) bool {
	for len(before) > 0 && before[len(before)-1].is(dateWord) { // the day of the week
		date, before = before[len(before)-1], before[:len(before)-1]
	}
	if len(before) == 0 || strings.HasPrefix(date.raw, "(") {
		return true
	}
	last := before[len(before)-1]
	return last.bar || last.dash || last.is(bylineWord) || strings.ContainsAny(last.raw[len(last.raw)-1:], ",.;:)")
}

// endsLine reports whether nothing but a time of day or another column follows.
func endsLine(after []token) bool {
	for _, t := range after {
		if t.bar || t.gap || strings.HasPrefix(t.raw, "(") {
			return true
		}
		if !t.dash && !t.is(dateWord) && !t.figure && t.lower != "a.m" && t.lower != "p.m" && t.lower != "at" {
			return false
		}
	}
	return true
}

// opening is the day from the opening words of a dispatch in text: a date in front of a dash,
// after a place in capitals and perhaps before an agency; a place and a date, or a
// date alone, for a sentence; or "Posted 26 August 2025." within the first lines.
func opening(text, words string) string {
	head := words[:min(len(words), openingSize)]
	var room [64]token
	tokens := tokenise(head, room[:0])
	for i := range tokens {
		day, used := dateAt(tokens[i:])
		if used == 0 {
			continue
		}
		before := tokens[:i]
		last := tokens[i+used-1].raw
		switch {
		case len(before) > 0 && before[len(before)-1].is(bylineWord) && beginsLine(before[len(before)-1]):
			return day
		case isPlace(before) && strings.HasSuffix(last, "."):
			return day
		case isCapitals(before) && dashed(tokens[i+used:]):
			if day == "" {
				return sameDay(text, tokens[i:i+used])
			}
			return day
		}
	}
	return ""
}

func beginsLine(t token) bool {
	first, _ := utf8.DecodeRuneInString(t.raw)
	return unicode.IsUpper(first)
}

// isPlace reports whether words before a date are names only, "Milan," or
// nothing.
func isPlace(before []token) bool {
	const names = 5
	for i := range before {
		if !beginsLine(before[i]) || before[i].figure {
			return false
		}
	}
	return len(before) == 0 || len(before) <= names && strings.HasSuffix(before[len(before)-1].raw, ",")
}

// isCapitals reports whether words begin with a place in capitals.
func isCapitals(before []token) bool {
	if len(before) == 0 {
		return false
	}
	letters := 0
	for _, r := range before[0].raw {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2
}

// dashed reports whether a dash follows, behind a bracket or a few words at most.
func dashed(after []token) bool {
	const agency = 6
	for i := range after[:min(len(after), agency)] {
		if t := after[i]; t.dash && t.raw != "." && t.raw != "*" || t.raw == "--" {
			return true
		}
	}
	return false
}

// sameDay completes a dateline without a year: by the first date of the text
// that has the same day and month, and a year.
func sameDay(text string, dateline []token) string {
	want := dayAndMonth(dateline)
	for line := range strings.Lines(text) {
		var room [64]token
		tokens := tokenise(line, room[:0])
		for i := range tokens {
			if day, used := dateAt(tokens[i:]); day != "" && used == 3 && dayAndMonth(tokens[i:i+2]) == want {
				return day
			}
		}
	}
	return ""
}

// dayAndMonth gives the two in one order.
func dayAndMonth(tokens []token) [2]int {
	var is [2]int
	for _, t := range tokens {
		if n, ok := dayNumber(t.lower); ok {
			is[0] = n
		}
		if m := months[t.lower]; m != 0 {
			is[1] = int(m)
		}
	}
	return is
}
