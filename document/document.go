// Package document turns the bytes of a file or a page into text with blocks.
//
// In come bytes and a name; out comes a [Document]: UTF-8 text, cut into blocks
// (heading, paragraph, list item, table row, front matter, furniture), each a
// span of bytes in that text. Everything that crosscheck says later about a
// document points into this text, so a reader never drops or moves a byte that
// it has once given an offset: what is not prose is marked, not lost.
package document

// Span is a run of bytes, half open: text[Start:End] is the quote.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Of returns the part of text that the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Role says what part a block plays on its page.
type Role string

// The roles of a block. Only furniture and front matter make no claims:
// furniture is what surrounds an article (menus, view counts, related
// headlines), front matter is metadata in front of a Markdown text.
const (
	Heading     Role = "heading"
	Paragraph   Role = "paragraph"
	ListItem    Role = "list item"
	TableRow    Role = "table row"
	FrontMatter Role = "front matter"
	Furniture   Role = "furniture"
)

// Block is a run of a document's text with one role. Blocks are in order of
// their start and do not overlap; only white space stands between them.
type Block struct {
	Span
	Role Role

	// Level is a heading's rank (1 is the highest) or a list item's depth
	// (1 is the outermost); 0 for other roles.
	Level int

	// Parent is the index of the block that this one stands under: for a
	// heading the heading one rank above, for any other block the nearest
	// heading, for a nested list item the item that holds it; -1 for none.
	Parent int

	// Cells are the cells of a table row, in columns, without the bars around them.
	Cells []Span

	// Header is, for a table row, the index of the row that names its columns;
	// -1 for none. The header row itself has -1 and IsHeader set.
	Header   int
	IsHeader bool

	// Markup lists, in order, the spans inside the block that are syntax and
	// no words: the stars around bold text, a link's address, a list's bullet.
	// Whoever reads words skips them; quotes keep them.
	Markup []Span
}

// Meta is what a document says about itself, in front matter or in its head.
// An empty field was not said.
type Meta struct {
	Title     string
	Source    string   // who published it
	Author    string   //
	Published string   // as an ISO 8601 day, where it could be read as one
	Actors    []string // names the front matter lists as taking part
	Language  string   // as declared, a BCP 47 tag
	URL       string   // the address that the page gives for itself
}

// Document is one version of a text as a reader saw it.
type Document struct {
	// Format is the reader that was used: "text", "markdown" or "html".
	Format string
	// Reader is the reader's name and version, "markdown/2": it rises when the
	// text or the blocks that it gives change.
	Reader string
	// Text is UTF-8 without NUL bytes. Offsets are bytes into it.
	Text   string
	Blocks []Block
	Meta   Meta
	// Encoding is the character set that the bytes were decoded from, a WHATWG name.
	Encoding string
	// Invalid counts the bytes that were no text in that encoding and were
	// replaced by U+FFFD.
	Invalid int
	// Language is what the text is written in as far as can be told from its
	// letters and commonest words: "en", another BCP 47 tag, or "" where it
	// is too short to tell.
	Language string
}

// Title is what the document is about in its own words: its declared title,
// else the heading that stands above all its text, else "". A heading further
// down names a section, not the document.
func (d *Document) Title() string {
	if d.Meta.Title != "" {
		return d.Meta.Title
	}
	for _, b := range d.Blocks {
		switch b.Role {
		case Heading:
			return d.Words(b)
		case Paragraph, ListItem, TableRow:
			return ""
		}
	}
	return ""
}

// Headings returns the indexes of the headings above block i, nearest first.
func (d *Document) Headings(i int) []int {
	var above []int
	for p := d.Blocks[i].Parent; p >= 0; p = d.Blocks[p].Parent {
		if d.Blocks[p].Role == Heading {
			above = append(above, p)
		}
	}
	return above
}

// Words returns a block's text without its markup.
func (d *Document) Words(b Block) string { return d.Plain(b, b.Span) }

// Plain returns the text of span, which lies inside block b, without markup.
func (d *Document) Plain(b Block, span Span) string {
	if len(b.Markup) == 0 && span.Start < span.End {
		return span.Of(d.Text)
	}
	var out []byte
	at := span.Start
	for _, m := range b.Markup {
		if m.End <= at || m.Start >= span.End {
			continue
		}
		if m.Start > at {
			out = append(out, d.Text[at:m.Start]...)
		}
		at = m.End
	}
	if at < span.End {
		out = append(out, d.Text[at:span.End]...)
	}
	return string(out)
}
