package document

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const htmlReader = "html/2"

// readHTML reads a page: d.Text becomes the visible text of its body, each
// block in a line of its own, and what the page says of itself goes to d.Meta.
func readHTML(ctx context.Context, d *Document) error {
	d.Format, d.Reader = "html", htmlReader
	root, err := parsePage(ctx, d.Text)
	if err != nil {
		return err
	}
	readHead(root, &d.Meta)
	r := renderer{ctx: ctx}
	r.out.Grow(len(d.Text) / 2)
	r.nodes(root, flow{})
	r.flush(flow{})
	if r.err != nil {
		return r.err
	}
	d.Text = r.out.String()
	if err := assemble(ctx, d, r.parts); err != nil {
		return err
	}
	fromTitle(d)
	return nil
}

// A flow is what a piece of text inherits from the elements around it.
type flow struct {
	role   Role // "" outside of headings, items and rows
	level  int
	lists  int  // how many lists stand around
	table  int  // the number of the table around, 0 for none
	header bool // in a table's head
	chrome bool // in a part of the page that is no article
	link   bool
	bold   bool
	pre    bool
	inside bool // in an article or main element, whose header is its own
}

// A renderer writes the visible text of a page and cuts it into parts.
type renderer struct {
	ctx    context.Context
	err    error
	steps  int
	out    strings.Builder
	parts  []part
	tables int

	// The block being written.
	start  int
	linked int // its bytes of linked words
	bold   int // its bytes of bold words
	space  bool
	cells  []Span
	isHead bool // every cell of the row heads a column
}

// nodes renders the children of a node.
func (r *renderer) nodes(n *html.Node, f flow) {
	for c := n.FirstChild; c != nil && r.err == nil; c = c.NextSibling {
		if r.steps++; r.steps&1023 == 0 {
			r.err = r.ctx.Err()
		}
		switch c.Type {
		case html.TextNode:
			r.text(c.Data, f)
		case html.ElementNode:
			r.element(c, f)
		}
	}
}

// element renders an element.
func (r *renderer) element(n *html.Node, f flow) {
	if isHidden(n) {
		return
	}
	if isChrome(n, f) {
		f.chrome = true
	}
	switch n.DataAtom {
	case atom.Br:
		r.lineBreak(f)
		return
	case atom.Span:
		f.link = f.link || attr(n, linkMark) != ""
		f.bold = f.bold || attr(n, boldMark) != ""
		r.nodes(n, f)
		return
	case atom.Table:
		if isDataTable(n) {
			r.flush(f)
			r.table(n, f)
			return
		}
	}
	if !isBlock[n.DataAtom] {
		r.nodes(n, f)
		return
	}
	r.flush(f)
	f = descend(n, f)
	r.nodes(n, f)
	r.flush(f)
}

// descend gives what the children of a block element inherit.
func descend(n *html.Node, f flow) flow {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		f.role, f.level = Heading, int(n.Data[1]-'0')
	case atom.Ul, atom.Ol, atom.Menu, atom.Dl:
		f.lists++
	case atom.Li, atom.Dd, atom.Dt:
		f.role, f.level = ListItem, max(1, f.lists)
	case atom.Article, atom.Main:
		f.inside = true
	case atom.Pre:
		f.pre = true
	}
	return f
}

// text writes words, with white space as a browser shows it.
func (r *renderer) text(s string, f flow) {
	before := r.out.Len()
	for _, c := range s {
		switch {
		case c == 0 || c == '\u00ad' || c == '\u200b' || c == '\ufeff':
			// invisible: a soft hyphen in the middle of a number would hide it
		case c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\n':
			if f.pre && c == '\n' && r.out.Len() > r.start {
				r.space = false
				r.out.WriteByte('\n')
				continue
			}
			r.space = true
		default:
			if r.space && r.out.Len() > r.start && !r.endsInSpace() {
				r.out.WriteByte(' ')
			}
			r.space = false
			r.out.WriteRune(c)
		}
	}
	written := r.out.Len() - before
	if f.link {
		r.linked += written
	}
	if f.bold {
		r.bold += written
	}
}

func (r *renderer) endsInSpace() bool {
	last, _ := utf8.DecodeLastRuneInString(r.out.String())
	return unicode.IsSpace(last)
}

// lineBreak writes a new line inside a block, or white space inside a row.
func (r *renderer) lineBreak(f flow) {
	if f.role == TableRow || r.out.Len() == r.start || r.endsInSpace() {
		r.space = true
		return
	}
	r.space = false
	r.out.WriteByte('\n')
}

// flush ends the block being written, if there is one, with a new line.
func (r *renderer) flush(f flow) {
	r.space = false
	if r.out.Len() == r.start {
		return
	}
	span := trim(r.out.String(), Span{r.start, r.out.Len()})
	r.out.WriteByte('\n')
	p := part{Block: Block{Span: span, Role: f.role, Level: f.level}, table: f.table, linked: r.linked, chrome: f.chrome, menu: true, sure: f.role == Heading}
	if p.Role == "" {
		p.Role = Paragraph
		if r.bold >= span.Len()*9/10 && r.bold > 0 && headingLike(span.Of(r.out.String()), p.look(r.out.String()), false) {
			p.Role, p.Level = Heading, 6
		}
	}
	if f.role == TableRow {
		p.Cells, p.IsHeader = r.cells, r.isHead
	}
	if span.Len() > 0 {
		r.parts = append(r.parts, p)
	}
	r.start, r.linked, r.bold, r.cells = r.out.Len(), 0, 0, nil
}

// table writes the rows of a table, the cells of each parted by tabs.
func (r *renderer) table(n *html.Node, f flow) {
	r.tables++
	f.table = r.tables
	r.rows(n, f)
}

func (r *renderer) rows(n *html.Node, f flow) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || isHidden(c) {
			continue
		}
		switch c.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			inner := f
			inner.header = c.DataAtom == atom.Thead
			r.rows(c, inner)
		case atom.Caption:
			caption := f
			caption.table = 0
			r.nodes(c, caption)
			r.flush(caption)
		case atom.Tr:
			r.row(c, f)
		}
	}
}

func (r *renderer) row(n *html.Node, f flow) {
	f.role, f.level = TableRow, 0
	r.isHead = true
	var cells []Span
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || isHidden(c) || c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		r.isHead = r.isHead && (c.DataAtom == atom.Th || f.header)
		if len(cells) > 0 {
			r.space = false
			r.out.WriteByte('\t')
		}
		start := r.out.Len()
		r.space = false
		r.cell(c, f)
		cells = append(cells, trim(r.out.String(), Span{start, r.out.Len()}))
	}
	r.isHead = r.isHead && len(cells) > 1
	if strings.TrimSpace(r.out.String()[r.start:]) == "" {
		return
	}
	// An empty cell at either end lies in white space, and so outside of the row's span.
	row := trim(r.out.String(), Span{r.start, r.out.Len()})
	for i, c := range cells {
		cells[i] = Span{min(max(c.Start, row.Start), row.End), min(max(c.End, row.Start), row.End)}
	}
	r.cells = cells
	r.flush(f)
}

// cell renders all that a cell holds as words in one line.
func (r *renderer) cell(n *html.Node, f flow) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			r.text(c.Data, f)
		case c.Type != html.ElementNode || isHidden(c):
		case c.DataAtom == atom.Br || isBlock[c.DataAtom]:
			r.space = true
			r.cell(c, f)
			r.space = true
		default:
			inner := f
			inner.link = f.link || attr(c, linkMark) != ""
			r.cell(c, inner)
		}
	}
}

// isDataTable reports whether a table holds data, a line or two a cell, and is
// no means to lay out a page: no cell holds a table, a list or a heading, and
// some row has two cells. It looks at no more than the first rows.
func isDataTable(n *html.Node) bool {
	seen, wide := 0, false
	var scan func(n *html.Node) bool
	scan = func(n *html.Node) bool {
		cells := 0
		for c := n.FirstChild; c != nil && seen < 200; c = c.NextSibling {
			if c.Type != html.ElementNode {
				continue
			}
			seen++
			switch c.DataAtom {
			case atom.Table, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.Form, atom.Article, atom.Section:
				return false
			case atom.Td, atom.Th:
				cells++
			}
			if !scan(c) {
				return false
			}
		}
		wide = wide || cells > 1
		return true
	}
	return scan(n) && wide
}

// isBlock holds the elements that start and end a block.
var isBlock = func() map[atom.Atom]bool {
	set := map[atom.Atom]bool{}
	for _, a := range []atom.Atom{
		atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center, atom.Dd, atom.Details,
		atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1,
		atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav,
		atom.Ol, atom.Option, atom.P, atom.Pre, atom.Search, atom.Section, atom.Select, atom.Summary, atom.Table, atom.Tbody, atom.Td,
		atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul,
	} {
		set[a] = true
	}
	return set
}()

// attr gives an attribute's value, "" where it is missing.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
