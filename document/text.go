package document

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"
)

const textReader = "text/4"

// A line is a line of a text without the white space around it.
type line struct {
	Span
	indent int // columns before it; a tab goes to the next multiple of 4
	width  int // letters, with the indent
	shape  *shape
}

// look looks at a line once, however often it is asked.
func (l *line) look(text string) *shape {
	if l.shape == nil {
		sh := glance(l.Of(text))
		l.shape = &sh
	}
	return l.shape
}

// readText reads plain text: paragraphs parted by blank lines or one a line,
// hard-wrapped or not, with headings, bullets and tables as people type them.
func readText(ctx context.Context, d *Document) error {
	d.Format, d.Reader = "text", textReader
	parts, err := textParts(ctx, d.Text, 0)
	if err != nil {
		return err
	}
	return assemble(ctx, d, parts)
}

// textParts cuts text[from:] into parts.
func textParts(ctx context.Context, text string, from int) ([]part, error) {
	t := texter{text: text, width: wrapWidth(text[from:])}
	t.parts = make([]part, 0, min(strings.Count(text[from:], "\n"), (len(text)-from)/shortPart)+1)
	for chunk := range chunks(text, from) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		t.chunk(chunk)
	}
	t.findHeadings()
	return t.parts, nil
}

// shortPart is the length in bytes that few parts fall short of on average.
const shortPart = 80

// chunks gives the runs of lines between blank lines, each until the next is asked for.
func chunks(text string, from int) func(yield func([]line) bool) {
	return func(yield func([]line) bool) {
		var run []line
		for at := from; at < len(text); {
			end := strings.IndexByte(text[at:], '\n')
			if end < 0 {
				end = len(text) - at
			}
			l := line{Span: trim(text, Span{at, at + end})}
			if l.Len() > 0 {
				l.indent = columns(text[at:l.Start])
				l.width = l.indent + utf8.RuneCountInString(l.Of(text))
				run = append(run, l)
			} else if len(run) > 0 {
				if !yield(run) {
					return
				}
				run = run[:0]
			}
			at += end + 1
		}
		if len(run) > 0 {
			yield(run)
		}
	}
}

func columns(indent string) int {
	n := 0
	for _, r := range indent {
		if r == '\t' {
			n += 4 - n%4
			continue
		}
		n++
	}
	return n
}

// A texter gathers the parts of a plain text.
type texter struct {
	text   string
	parts  []part
	lines  []int  // of each part, how many lines it has
	glued  []bool // of each part, whether the next one follows without a blank line
	levels []int  // indents of the open list items
	tables int
	width  int // the column at which lines are wrapped, 0 where each is a paragraph
}

// wrapWidth gives the length of the longest line, or 0 if that is no length to
// wrap a line at.
func wrapWidth(text string) int {
	widest := 0
	for line := range strings.Lines(text) {
		widest = max(widest, utf8.RuneCountInString(strings.TrimRight(line, " \t\r\n")))
	}
	const longest = 100
	if widest > longest {
		return 0
	}
	return widest
}

func (t *texter) add(p part, lines int) {
	t.parts = append(t.parts, p)
	t.lines = append(t.lines, lines)
	t.glued = append(t.glued, true)
}

// chunk cuts a run of lines without a blank one between them.
func (t *texter) chunk(run []line) {
	width := 0
	for _, l := range run {
		width = max(width, l.width)
	}
	before := len(t.parts)
	for i := 0; i < len(run); {
		if n := tableLength(t.text, run[i:]); n > 0 {
			t.table(run[i : i+n])
			i += n
			continue
		}
		i += t.block(run, i, width)
	}
	if len(t.parts) > before {
		t.glued[len(t.parts)-1] = false
	}
}

// block takes the paragraph or list item that starts at run[i] and gives the
// number of its lines.
func (t *texter) block(run []line, i, width int) int {
	first := run[i]
	p := part{Block: Block{Span: first.Span, Role: Paragraph}}
	mark := bulletOf(first.Of(t.text))
	if mark > 0 {
		p.Role, p.Level = ListItem, t.level(first.indent)
		p.Markup = []Span{{first.Start, first.Start + mark}}
	} else if first.indent == 0 {
		t.levels = nil
	}
	p.Markup = appendQuote(p.Markup, t.text, &first)
	n := 1
	for ; i+n < len(run); n++ {
		prev, next := &run[i+n-1], &run[i+n]
		if i+n <= 2 && len(run) <= 3 && t.underTitle(next) {
			break
		}
		if mark > 0 && bulletOf(next.Of(t.text)) > 0 || !t.continues(prev, next, width, mark > 0 && next.indent > first.indent) {
			break
		}
		p.End = next.End
		p.Markup = appendQuote(p.Markup, t.text, next)
	}
	if n == 1 && mark == 0 {
		p.seen = run[i].shape
	}
	t.add(p, n)
	return n
}

// appendQuote adds the marks with which a mail quotes another, "> > ", before a line.
func appendQuote(markup []Span, text string, l *line) []Span {
	rest := strings.TrimLeft(l.Of(text), "> \t")
	if text[l.Start] != '>' || rest == "" || rest[0] >= '0' && rest[0] <= '9' && text[l.End-len(rest)-1] == '>' {
		return markup // ">100 guests" is more than 100
	}
	return append(markup, Span{l.Start, l.End - len(rest)})
}

// underTitle reports whether a line close to the top of the text says who
// wrote it and when.
func (t *texter) underTitle(l *line) bool {
	const top = 4 // parts above
	sh := l.look(t.text)
	initial, _ := utf8.DecodeRuneInString(l.Of(t.text))
	return len(t.parts) <= top && sh.isByline() && !sh.stop && (sh.byline || !unicode.IsLower(initial))
}

// continues reports whether next goes on with the sentence of prev, so that the
// break between them is only a wrap. It is one if next's first word would not
// have fitted on prev, with some slack for ragged lines, or if next begins in
// the middle of a sentence.
func (t *texter) continues(prev, next *line, width int, hanging bool) bool {
	a, b := prev.Of(t.text), next.Of(t.text)
	if !hasWord(a) || !hasWord(b) {
		return false
	}
	initial, _ := utf8.DecodeRuneInString(b)
	end, _ := utf8.DecodeLastRuneInString(a)
	open := !strings.ContainsRune(".!?:", end)
	if n := bulletOf(b); n > 0 && (!open || !isNumbered(b) || prev.width*4 < width*3) {
		return false
	}
	const paragraphs = 160 // lines longer than this are paragraphs, not wrapped
	word := b
	if at := strings.IndexFunc(b, unicode.IsSpace); at > 0 {
		word = b[:at]
	}
	room := prev.width + 1 + utf8.RuneCountInString(word)
	if isBar(string(end)) {
		return true // a menu goes on
	}
	menu := prev.look(t.text).isFurniture(false)
	if unicode.IsLower(initial) && open && (menu || !next.look(t.text).isFurniture(false)) {
		return true
	}
	if rest := next.look(t.text); menu && (room*10 <= max(width, t.width)*9 || rest.bars == 0 && rest.words > 3) {
		return false
	}
	if next.look(t.text).isFurniture(!open) {
		return false
	}
	switch {
	case width > paragraphs:
		return false
	case strings.HasSuffix(a, "...") || strings.HasSuffix(a, "…"):
		return false
	case hanging:
		return true
	}
	return room*4 > width*3
}

// level gives the depth of a list item that is indented by indent columns.
func (t *texter) level(indent int) int {
	for len(t.levels) > 0 && t.levels[len(t.levels)-1] >= indent {
		t.levels = t.levels[:len(t.levels)-1]
	}
	const deepest = 32
	if len(t.levels) < deepest {
		t.levels = append(t.levels, indent)
	}
	return len(t.levels)
}

// bulletOf gives the length of the bullet or number that opens a list item,
// with the white space behind it, or 0.
func bulletOf(s string) int {
	mark := 0
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune("•‣◦▪●■○–—-*+·", r):
		mark = size
	case r == '(' || r >= '0' && r <= '9' || r >= 'a' && r <= 'h':
		mark = numberOf(s)
	}
	if mark == 0 {
		return 0
	}
	rest := strings.TrimLeft(s[mark:], " \t\u00a0")
	if len(rest) == len(s)-mark || !hasWord(rest[:min(len(rest), 24)]) || len(bulletless(rest)) == 0 {
		return 0
	}
	return len(s) - len(rest)
}

// bulletless is what is left of s without the bullets before it: of a row of
// dashes nothing.
func bulletless(s string) string { return strings.TrimLeft(s, "-–—*·• \t") }

// numberOf gives the length of "12." "3)" "(4)" or "b)" at the start of s, or 0.
func numberOf(s string) int {
	at := 0
	open := strings.HasPrefix(s, "(")
	if open {
		at++
	}
	digits := 0
	for at < len(s) && s[at] >= '0' && s[at] <= '9' {
		at++
		digits++
	}
	letter := digits == 0 && at < len(s) && s[at] >= 'a' && s[at] <= 'h'
	if letter {
		at++
	}
	if digits > 3 || digits == 0 && !letter || at >= len(s) {
		return 0
	}
	if s[at] == ')' || s[at] == '.' && !open && !letter {
		return at + 1
	}
	return 0
}

func isNumbered(s string) bool {
	return numberOf(s) > 0 || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "–")
}

// findHeadings makes headings of the lines that stand alone above prose and do
// not end as a sentence does. Those above the first sentence are titles.
func (t *texter) findHeadings() {
	prose := false
	for i := range t.parts {
		p := &t.parts[i]
		if p.Role != Paragraph {
			prose = true
			continue
		}
		if t.isHeading(i, !prose) {
			p.Role, p.Level = Heading, 2
			if !prose {
				p.Level = 1
			}
			continue
		}
		if !prose {
			sh := p.look(t.text)
			prose = sh.isSentence() && sh.words >= 8
		}
	}
}

// isByline reports whether a line of this shape stands between a title and its text.
func isByline(sh *shape) bool {
	return sh.isByline() || sh.isFurniture(true)
}

func (t *texter) isHeading(i int, title bool) bool {
	p := &t.parts[i]
	if t.lines[i] != 1 || i+1 >= len(t.parts) {
		return false
	}
	next := &t.parts[i+1]
	glued := t.glued[i] && next.Role == Paragraph
	underByline := glued && title && isByline(next.look(t.text))
	if !headingLike(p.Of(t.text), p.look(t.text), title && (!glued || underByline)) {
		return false
	}
	if glued && !underByline {
		return next.Len() > p.Len() && strings.Count(next.Of(t.text)[:min(next.Len(), 400)], " ") >= 8
	}
	return true
}

// headingLike reports whether a line has the shape of a heading: short, opening
// like a name or a sentence, ending without a stop. A title may also ask, or be
// cut off.
func headingLike(s string, sh *shape, title bool) bool {
	if len(s) > 160 {
		return false
	}
	initial, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘(#"))
	if !unicode.IsUpper(initial) && !unicode.IsDigit(initial) && !unicode.IsTitle(initial) && unicode.IsLower(initial) {
		return false
	}
	switch {
	case sh.words == 0 || sh.words > 20 || sh.words > 14 && !title || !hasWord(s):
		return false
	case sh.points() >= 2 || sh.isByline() || isLinkSection(s):
		return false
	case sh.truncated:
		return title && sh.words >= 4
	case sh.stop:
		if _, speech, _ := strings.Cut(s, " "); len(s)-len(speech) == 3 {
			return false // "Q. Who paid?"
		}
		return title && !strings.HasSuffix(strings.TrimRight(s, " \"'”’)"), ".")
	}
	end, _ := utf8.DecodeLastRuneInString(s)
	if end == ':' {
		return sh.words <= 5
	}
	return !strings.ContainsRune(",;-–—", end)
}
