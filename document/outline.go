package document

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A part is a block as a reader hands it over, with what the reader saw of it
// and the finished block does not say.
type part struct {
	Block
	table  int  // rows of one table share a number above 0
	linked int  // how many of its bytes are words of links
	chrome bool // the page itself marks it as no part of the article
	menu   bool // where lists and links may be menus: in HTML
	sure   bool // the syntax says that it is a heading
	seen   *shape
}

// look looks at a part's words once, however often it is asked.
func (p *part) look(text string) *shape {
	if p.seen == nil {
		words := p.Of(text)
		if len(p.Markup) > 0 && len(words) <= 4*shapeLimit {
			words = (&Document{Text: text}).Words(p.Block)
		}
		sh := glance(words)
		p.seen = &sh
	}
	return p.seen
}

// assemble makes a document's blocks of parts, which are in order: it tells
// furniture from the rest, and sets headers and parents.
func assemble(ctx context.Context, d *Document, parts []part) error {
	parts = fillGaps(d.Text, parts)
	for i := range parts {
		p := &parts[i]
		if i&1023 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		before := len(p.Markup)
		markWiki(d.Text, &p.Block)
		if len(p.Markup) > before {
			p.Markup, p.seen = ordered(p.Markup), nil
		}
	}
	furnish(d, parts)
	d.Blocks = make([]Block, len(parts))
	for i, p := range parts {
		if p.Role != Heading && p.Role != ListItem {
			p.Level = 0
		}
		d.Blocks[i] = p.Block
	}
	setHeaders(d, parts)
	setParents(d.Blocks)
	return nil
}

// fillGaps makes furniture of text that no part covers, such as the rule
// between two paragraphs, so that only white space stands between blocks.
func fillGaps(text string, parts []part) []part {
	out := make([]part, 0, len(parts)+len(parts)/8+1)
	at := 0
	gap := func(end int) {
		if span := trim(text, Span{at, end}); span.Len() > 0 {
			out = append(out, part{Block: Block{Span: span, Role: Furniture}, chrome: true})
		}
	}
	for _, p := range parts {
		if p.Start < at || p.Len() == 0 {
			continue // a reader's slip may cost a block, not the document
		}
		gap(p.Start)
		out = append(out, p)
		at = p.End
	}
	gap(len(text))
	return out
}

// trim takes the white space off both ends of a span.
func trim(text string, s Span) Span {
	if s.End <= s.Start {
		return Span{s.Start, s.Start}
	}
	in := s.Of(text)
	left := strings.TrimLeftFunc(in, unicode.IsSpace)
	s.Start += len(in) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return s
}

// ordered sorts markup by its start and joins what overlaps or touches.
func ordered(markup []Span) []Span {
	if len(markup) < 2 {
		return markup
	}
	slices.SortFunc(markup, func(a, b Span) int { return a.Start - b.Start })
	out := markup[:1]
	for _, m := range markup[1:] {
		last := &out[len(out)-1]
		if m.Start <= last.End {
			last.End = max(last.End, m.End)
			continue
		}
		out = append(out, m)
	}
	return out
}

// setHeaders points the rows of each table at the row that names its columns.
func setHeaders(d *Document, parts []part) {
	header, table := -1, 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		b.Header = -1
		if b.Role != TableRow {
			b.Cells, b.IsHeader = nil, false
			continue
		}
		if parts[i].table != table {
			header, table = -1, parts[i].table
		}
		if b.IsHeader {
			if header < 0 {
				header = i
			}
			b.IsHeader = header == i
			continue
		}
		b.Header = header
	}
}

// setParents finds for each block the one that it stands under.
func setParents(blocks []Block) {
	var headings, items []int // open headings and list items, outermost first
	for i := range blocks {
		b := &blocks[i]
		b.Parent = -1
		switch b.Role {
		case Heading:
			items = nil
			for len(headings) > 0 && blocks[headings[len(headings)-1]].Level >= b.Level {
				headings = headings[:len(headings)-1]
			}
		case ListItem:
			for len(items) > 0 && blocks[items[len(items)-1]].Level >= b.Level {
				items = items[:len(items)-1]
			}
		case FrontMatter:
			continue
		}
		if len(headings) > 0 {
			b.Parent = headings[len(headings)-1]
		}
		switch b.Role {
		case Heading:
			headings = append(headings, i)
		case ListItem:
			if len(items) > 0 {
				b.Parent = items[len(items)-1]
			}
			items = append(items, i)
		case Paragraph, TableRow:
			if b.Role == TableRow || i+1 >= len(blocks) || blocks[i+1].Role != ListItem || blocks[i+1].Level <= 1 {
				items = nil
			}
		}
	}
}

// markWiki adds the marks that a wiki leaves in any format: the brackets of
// "[[links]]", footnote numbers such as "[12]", and "[edit]" or a glued "Edit"
// behind a heading.
func markWiki(text string, b *Block) {
	in := b.Of(text)
	for at := 0; at < len(in); {
		open := strings.IndexByte(in[at:], '[')
		if open < 0 {
			break
		}
		open += at
		if strings.HasPrefix(in[open:], "[[") {
			if end := closing(in, open+2); end > 0 {
				words := open + 2
				if bar := strings.IndexByte(in[words:end], '|'); bar >= 0 {
					words += bar + 1
				}
				b.Markup = append(b.Markup, Span{b.Start + open, b.Start + words}, Span{b.Start + end, b.Start + end + 2})
				at = end + 2
				continue
			}
		}
		if end := footnote(in, open); end > 0 {
			b.Markup = append(b.Markup, Span{b.Start + open, b.Start + end})
			at = end
			continue
		}
		at = open + 1
	}
	if b.Role == Heading {
		if rest, found := strings.CutSuffix(in, "Edit"); found {
			if r, _ := utf8.DecodeLastRuneInString(rest); unicode.IsLower(r) || unicode.IsDigit(r) || r == ')' {
				b.Markup = append(b.Markup, Span{b.Start + len(rest), b.End})
			}
		}
	}
}

// closing finds "]]" on the same line near at, or gives 0.
func closing(in string, at int) int {
	near := in[at:min(len(in), at+200)]
	end := strings.Index(near, "]]")
	if end <= 0 || strings.ContainsAny(near[:end], "[\n") {
		return 0
	}
	return at + end
}

// footnote gives the end of a mark such as "[12]", "[^3]" or "[edit]" that
// opens at open, or 0. A number in brackets is one only behind a word.
func footnote(in string, open int) int {
	near := in[open+1 : min(len(in), open+24)]
	end := strings.IndexByte(near, ']')
	if end <= 0 {
		return 0
	}
	inside := strings.ToLower(near[:end])
	after := open + 1 + end + 1
	switch inside {
	case "edit", "citation needed", "edit source", "update":
		return after
	}
	if inside[0] == '^' && len(inside) > 1 && after < len(in) && in[after] != ':' {
		return after
	}
	if open == 0 || in[open-1] == ' ' || in[open-1] == '\n' || len(inside) > 3 {
		return 0
	}
	for _, c := range inside {
		if c < '0' || c > '9' {
			return 0
		}
	}
	return after
}
