package document

import (
	"context"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

const markdownReader = "markdown/2"

// readMarkdown reads Markdown with front matter, tables and wiki links. Every
// offset is one into the file: the parser says which bytes are words, and all
// others inside a block are markup.
func readMarkdown(ctx context.Context, d *Document) error {
	d.Format, d.Reader = "markdown", markdownReader
	var parts []part
	from := 0
	if length, inside, ok := frontMatter(d.Text); ok {
		readFrontMatter(inside, &d.Meta)
		from = length
		parts = append(parts, part{Block: Block{Span: trim(d.Text, Span{0, length}), Role: FrontMatter}})
	}
	m := marker{text: d.Text, source: untangled(d.Text[from:]), base: from, parts: parts}
	root := markdownParser().Parse(gmtext.NewReader(m.source))
	if err := m.blocks(ctx, root, 0); err != nil {
		return err
	}
	return assemble(ctx, d, m.parts)
}

// markdownParser is CommonMark with tables, tasks and struck words, but without
// indented code: in what people write, an indented line is a line. It keeps nothing
// of a text, and several may be read with it at once.
var markdownParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		)...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		)...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
})

// A marker walks a syntax tree and gathers the parts of a Markdown text.
type marker struct {
	text   string
	source []byte // what the parser reads: the text behind the front matter, which starts at base
	base   int
	parts  []part
	level  int  // of the last heading that is marked as one
	item   bool // the next leaf opens a list item
	tables int
}

// blocks takes the children of a node that holds blocks; lists is the number of
// lists around them.
func (m *marker) blocks(ctx context.Context, n ast.Node, lists int) error {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := ctx.Err(); err != nil {
			return err
		}
		inner := lists
		switch c := c.(type) {
		case *ast.Heading:
			m.level = c.Level
			m.leaf(c, Heading, c.Level)
			continue
		case *ast.Paragraph, *ast.TextBlock:
			m.paragraph(c, lists)
			continue
		case *tables.Table:
			m.table(c)
			continue
		case *ast.HTMLBlock:
			m.html(c)
			continue
		case *ast.FencedCodeBlock:
			m.code(c)
			continue
		case *ast.List:
			inner++
		case *ast.ListItem:
			m.item = true
		}
		if err := m.blocks(ctx, c, inner); err != nil {
			return err
		}
		m.item = false // an empty item opens nothing
	}
	return nil
}

// paragraph takes a leaf of words. It is a list item if it opens one, and a
// heading if it is but one bold line, or a line without a stop above a list or a table.
func (m *marker) paragraph(n ast.Node, lists int) {
	if m.item {
		m.item = false
		m.leaf(n, ListItem, lists)
		return
	}
	bold, isBold := n.FirstChild().(*ast.Emphasis)
	isBold = isBold && bold.Level == 2 && bold.NextSibling() == nil && n.NextSibling() != nil
	above := false
	switch next := n.NextSibling().(type) {
	case *ast.List, *tables.Table:
		above = next != nil
	}
	p := m.leaf(n, Paragraph, 0)
	if p == nil || lists > 0 || n.Lines().Len() != 1 {
		return
	}
	if !isBold && !above || p.Len() > shapeLimit {
		return
	}
	words := strings.TrimSpace((&Document{Text: m.text}).Words(p.Block))
	if headingLike(words, p.look(m.text), isBold) {
		p.Role, p.Level = Heading, max(2, m.level+1)
	}
}

// leaf adds the part of a node of inline content, nil if it has none.
func (m *marker) leaf(n ast.Node, role Role, level int) *part {
	span, ok := m.lines(n)
	if !ok {
		return nil
	}
	in := span.Of(m.text)
	if role == Heading && !strings.HasPrefix(strings.TrimLeft(in, " >"), "#") {
		// The rule below the words makes them a heading; it belongs to it.
		rest := m.text[span.End:]
		if at := strings.IndexByte(rest, '\n'); at >= 0 {
			end := strings.IndexByte(rest[at+1:], '\n')
			if end < 0 {
				end = len(rest) - at - 1
			}
			rule := trim(m.text, Span{span.End + at + 1, span.End + at + 1 + end})
			if strings.Trim(rule.Of(m.text), "=- >") == "" {
				span.End = max(span.End, rule.End)
			}
		}
	}
	p := part{Block: Block{Span: span, Role: role, Level: level}, sure: role == Heading}
	p.Markup = m.markup(n, span)
	m.parts = append(m.parts, p)
	return &m.parts[len(m.parts)-1]
}

// lines gives the whole lines that a node's text stands on, without the white
// space at both ends: with the bullet before and the closing marks behind.
func (m *marker) lines(n ast.Node) (Span, bool) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return Span{}, false
	}
	return m.wholeLines(lines.At(0).Start, lines.At(lines.Len()-1).Stop)
}

// wholeLines widens a span of the source to whole lines of the text, as far as
// no earlier part has them.
func (m *marker) wholeLines(start, end int) (Span, bool) {
	start, end = start+m.base, min(end+m.base, len(m.text))
	free := m.base
	if n := len(m.parts); n > 0 {
		free = max(free, m.parts[n-1].End)
	}
	if start < free || start > end {
		return Span{}, false
	}
	point := start == end
	if at := strings.LastIndexByte(m.text[free:start], '\n'); at >= 0 {
		start = free + at + 1
	} else {
		start = free
	}
	if point || m.text[end-1] != '\n' {
		if at := strings.IndexByte(m.text[end:], '\n'); at >= 0 {
			end += at
		} else {
			end = len(m.text)
		}
	}
	span := trim(m.text, Span{start, end})
	return span, span.Len() > 0
}

// markup gives what is left of a span when the words are taken out.
func (m *marker) markup(n ast.Node, span Span) []Span {
	var out []Span
	at := span.Start
	gap := func(end int) {
		s := Span{at, end}
		if at > span.Start && end < span.End {
			s = trim(m.text, s) // the break between two lines is white space, not syntax
		}
		if s.Len() > 0 {
			out = append(out, s)
		}
	}
	for _, words := range m.words(n, nil) {
		if words.Start < at || words.End > span.End {
			continue
		}
		gap(words.Start)
		out = append(out, m.escapes(words)...)
		at = words.End
	}
	gap(span.End)
	return ordered(out)
}

// words gives the spans of a node's text: not the addresses of its links, not
// its pictures, not its tags.
func (m *marker) words(n ast.Node, out []Span) []Span {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			out = append(out, Span{c.Segment.Start + m.base, c.Segment.Stop + m.base})
		case *ast.Image, *ast.AutoLink, *ast.RawHTML:
		default:
			out = m.words(c, out)
		}
	}
	return out
}

// escapes gives the marks inside words that stand for something else: the
// backslash before a sign, and all of an entity but the sign it has itself.
func (m *marker) escapes(words Span) []Span {
	in := words.Of(m.text)
	if strings.IndexByte(in, '\\') < 0 && strings.IndexByte(in, '&') < 0 {
		return nil // as of most words
	}
	var out []Span
	for at := 0; at < len(in); at++ {
		switch in[at] {
		case '\\':
			if at+1 < len(in) && in[at+1] < 0x80 && unicode.In(rune(in[at+1]), unicode.P, unicode.S) {
				out = append(out, Span{words.Start + at, words.Start + at + 1})
				at++
			}
		case '&':
			if strings.HasPrefix(in[at:], "&amp;") {
				out = append(out, Span{words.Start + at + 1, words.Start + at + 5})
			}
		}
	}
	return out
}

// table takes the rows of a table.
func (m *marker) table(t *tables.Table) {
	m.tables++
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		_, header := row.(*tables.TableHeader)
		start, found := rowStart(row)
		if !found {
			continue
		}
		span, ok := m.wholeLines(start, start)
		if !ok {
			continue
		}
		p := part{Block: Block{Span: span, Role: TableRow, IsHeader: header}, table: m.tables}
		var bars []Span
		p.Cells, bars = cellsOf(m.text, line{Span: span})
		p.Markup = ordered(append(bars, m.cellMarkup(row, p.Cells)...))
		m.parts = append(m.parts, p)
	}
	m.item = false
}

// rowStart gives a place on the line of a row: where its first cell with a
// place begins. The parser gives none to the cells that a short row lacks.
func rowStart(row ast.Node) (int, bool) {
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if lines := cell.Lines(); lines != nil && lines.Len() > 0 {
			return lines.At(0).Start, true
		}
	}
	return 0, false
}

// cellMarkup gives the markup inside the cells of a row.
func (m *marker) cellMarkup(row ast.Node, cells []Span) []Span {
	var out []Span
	i := 0
	for cell := row.FirstChild(); cell != nil && i < len(cells); cell = cell.NextSibling() {
		out = append(out, m.markup(cell, cells[i])...)
		i++
	}
	return out
}

// html takes a block of HTML: its tags are markup. What holds no words, or is
// no text at all, is furniture.
func (m *marker) html(n *ast.HTMLBlock) {
	span, ok := m.lines(n)
	if !ok {
		return
	}
	p := part{Block: Block{Span: span, Role: Paragraph}}
	p.chrome = n.HTMLBlockType != ast.HTMLBlockType6 && n.HTMLBlockType != ast.HTMLBlockType7
	in := span.Of(m.text)
	for at := 0; at < len(in); {
		open := strings.IndexByte(in[at:], '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(in[at+open:], '>')
		if end < 0 {
			break
		}
		p.Markup = append(p.Markup, Span{span.Start + at + open, span.Start + at + open + end + 1})
		at += open + end + 1
	}
	m.parts = append(m.parts, p)
}

// code takes a block of code, which is not prose.
func (m *marker) code(n ast.Node) {
	if span, ok := m.lines(n); ok {
		m.parts = append(m.parts, part{Block: Block{Span: span, Role: Furniture}, chrome: true})
	}
	m.item = false
}
