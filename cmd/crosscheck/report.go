package main

import (
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
)

// shelf is what a reader of conflicts is told of each document, by its path.
type shelf map[string]shelved

type shelved struct {
	source string // who published it; "" where that is the document itself
	places places
}

// appearancesShown is how many appearances of a position are printed; the rest
// are counted.
const appearancesShown = 4

// reportConflicts prints conflicts for people, one after the other: the
// question, why the answers cannot all hold, and each answer with the words it
// stands on.
func (c *console) reportConflicts(conflicts []conflict.Conflict, docs shelf) {
	for i, one := range conflicts {
		indent := c.reportQuestion(i+1, one)
		c.paragraph(indent, indent, c.style(dim, c.standing(one)))
		for _, said := range []struct {
			of   string
			list []string
		}{{"for it: ", one.For}, {"against it: ", one.Against}, {"one origin: ", one.OriginReasons}} {
			if len(said.list) > 0 {
				c.paragraph(indent, indent+"  ", c.style(dim, said.of+printable(strings.Join(said.list, "; "))))
			}
		}
		for _, p := range one.Positions {
			c.reportPosition(indent, "", p, docs)
		}
		if n := len(one.Compatible); n > 0 {
			c.paragraph(indent, indent, c.style(dim, counted(n, "claim")+" beside these would fit more than one answer"))
		}
		c.printf("\n")
	}
}

// reportQuestion prints a question behind its number, and why its answers cannot all
// hold. It returns what indents the rest.
func (c *console) reportQuestion(n int, one conflict.Conflict) (indent string) {
	number := strconv.Itoa(n) + ". "
	indent = strings.Repeat(" ", len(number))
	c.paragraph(number, indent, c.style(bold, printable(one.Question)))
	why, tried, _ := strings.Cut(printable(one.Reason), "; tried: ")
	c.paragraph(indent, indent, why)
	if tried != "" {
		c.paragraph(indent, indent, c.style(dim, "not explained by "+tried))
	}
	return indent
}

// standing is a conflict's kind, weight and state in one line.
func (c *console) standing(one conflict.Conflict) string {
	parts := []string{string(one.Kind)}
	if one.Status != conflict.Explained {
		parts = append(parts, severityText(one.Severity))
	}
	if one.Status != conflict.Open {
		parts = append(parts, string(one.Status))
	}
	return strings.Join(append(parts, counted(one.Origins, "independent origin")), ", ")
}

// reportPosition prints an answer, behind who gives it where that is worth telling,
// and the words it stands on.
func (c *console) reportPosition(indent, who string, p conflict.Position, docs shelf) {
	title := printable(p.Value.Words())
	if title == "" {
		title = "(no value)"
	}
	title = who + title
	places := len(p.Appearances) + p.More
	if places > 1 {
		title += c.style(dim, " ("+counted(places, "place")+", "+counted(p.Origins, "origin")+")")
	}
	c.paragraph(indent+"- ", indent+"  ", title)
	inner := indent + "  "
	for i, a := range p.Appearances {
		if i == appearancesShown {
			c.paragraph(inner, inner, c.style(dim, "and "+counted(places-i, "more place")))
			break
		}
		c.paragraph(inner, inner+"  ", c.quoted(a))
		c.paragraph(inner+"  ", inner+"  ", c.style(dim, printable(whence(a, docs))))
	}
}

// whence is where an appearance stands, who published it, and who is said to
// have said it.
func whence(a claim.Appearance, docs shelf) string {
	at := docs[a.Document].places
	parts := []string{either(a.Document == standardInput, at.text(a.Span), at.in(a.Document, a.Span))}
	if source := docs[a.Document].source; source != "" && !strings.HasSuffix(source, a.Document) { // an unknown one goes by its document's path
		parts = append(parts, source)
	}
	if a.Attribution != "" {
		parts = append(parts, "from "+a.Attribution)
	}
	if a.Said != 0 {
		parts = append(parts, a.Said.Words())
	}
	return strings.Join(parts, ", ")
}

// aroundQuote is how many characters of a long sentence are shown on each side
// of its quote.
const aroundQuote = 120

// quoted is the sentence of an appearance in quotation marks, with the words
// that carry the value brought out where the terminal has colour. The quote of
// a long sentence keeps its surroundings.
func (c *console) quoted(a claim.Appearance) string {
	before, quote, after := aroundSpan(a.Sentence, a.SentenceSpan, a.Span, a.Quote)
	if short := lastRunes(before, aroundQuote); short != before {
		before = "…" + short
	}
	if short := firstRunes(after, aroundQuote); short != after {
		after = short + "…"
	}
	// Each piece is made safe by itself, so the blanks at their seams are put back.
	return "“" + seam(before) + c.style(mark, printable(quote)) + seam(after) + "”"
}

// seam is printable, with the blank that stood at either end.
func seam(s string) string {
	clean := printable(s)
	if clean == "" {
		return either(s == "", "", " ")
	}
	if strings.TrimLeft(s, " \t\r\n") != s {
		clean = " " + clean
	}
	if strings.TrimRight(s, " \t\r\n") != s {
		clean += " "
	}
	return clean
}

// aroundSpan cuts a sentence at its quote. Where the quote does not lie in the
// sentence, which may be a row's cell or a broken record, the quote stands first.
func aroundSpan(sentence string, at, span document.Span, quote string) (before, in, after string) {
	start := span.Start - at.Start
	if start >= 0 && start <= len(sentence) && strings.HasPrefix(sentence[start:], quote) {
		return sentence[:start], quote, sentence[start+len(quote):]
	}
	return "", quote, either(sentence == "", "", " "+sentence)
}

// paragraph prints s wrapped to the console's width: first before its first
// line, rest before the others.
func (c *console) paragraph(first, rest, s string) {
	width := max(c.width-max(text.StringWidth(first), text.StringWidth(rest)), 20)
	for i, line := range wrapped(s, width) {
		c.printf("%s%s\n", either(i == 0, first, rest), line)
	}
}
