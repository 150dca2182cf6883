package document

import (
	"bytes"
	"slices"
	"strings"
)

// Bounds on Markdown's syntax. No writer goes beyond them; a parser of Markdown
// takes quadratic time on text that does.
const (
	nestedBound    = 16     // quotes and lists that open inside each other on one line
	inlineBound    = 200    // opening brackets, or runs of stars and the like, in one paragraph
	referenceBound = 1000   // definitions of links in a row
	columnBound    = 100    // columns of a table
	lackingBound   = 20_000 // cells that the rows of a table lack: the parser makes each of them
)

// untangled copies a text for the parser. Where it has more syntax in one place
// than the bounds allow, the signs become letters, which the parser takes for
// words: nothing moves, and the rest of the document is read as ever.
func untangled(text string) []byte {
	out := []byte(text)
	var (
		p paragraph
		t table
	)
	for start := 0; start < len(out); {
		end := start + strings.IndexByte(text[start:], '\n') + 1
		if end == start {
			end = len(out)
		}
		line := out[start:end]
		flatten(line)
		t.row(line)
		if p.ends(line) {
			p.settle(out[p.start:start])
			p = paragraph{start: start}
		}
		p.count(line)
		start = end
	}
	p.settle(out[p.start:])
	return out
}

// A table counts the cells that a run of lines would lack if it were a table.
type table struct {
	rules   [][]byte // lines that may part the header from the rows
	columns int
	lacking int
}

func (t *table) row(line []byte) {
	bars := bytes.Count(line, []byte("|"))
	switch {
	case len(bytes.TrimSpace(line)) == 0:
		*t = table{}
	case len(bytes.Trim(line, "|-: \t\r\n")) == 0 && bytes.IndexByte(line, '-') >= 0:
		t.rules = append(t.rules, line)
		t.columns = max(t.columns, bars+1)
	case len(t.rules) > 0:
		t.lacking += max(0, t.columns-bars-1)
	}
	if t.columns > columnBound || t.lacking > lackingBound {
		for _, rule := range t.rules {
			mask(rule, "|-")
		}
		*t = table{}
	}
}

// A paragraph counts the signs of the lines that the parser will take together.
type paragraph struct {
	start      int
	brackets   int
	runs       int // of the same sign: "**" is one
	angles     int
	references int
}

// ends reports whether a line starts a new paragraph: a blank one, or one whose
// first sign opens a block.
func (p *paragraph) ends(line []byte) bool {
	s := bytes.TrimSpace(line[:min(len(line), 8)])
	if len(s) == 0 {
		return true
	}
	return s[0] == '#' || s[0] == '|' || bulletOf(strings.TrimSpace(string(line[:min(len(line), 64)]))) > 0
}

func (p *paragraph) count(line []byte) {
	if s := bytes.TrimLeft(line[:min(len(line), 64)], " "); bytes.HasPrefix(s, []byte("[")) && bytes.Contains(s, []byte("]:")) {
		p.references++
		p.brackets--
	}
	if !slices.ContainsFunc([]byte("[<*_~`"), func(sign byte) bool { return bytes.IndexByte(line, sign) >= 0 }) {
		return // as most lines are
	}
	for i, c := range line {
		switch c {
		case '[':
			p.brackets++
		case '<':
			p.angles++
		case '*', '_', '~', '`':
			if i == 0 || c != line[i-1] {
				p.runs++
			}
		}
	}
}

// settle masks the signs that are too many.
func (p *paragraph) settle(lines []byte) {
	if p.brackets > inlineBound || p.references > referenceBound {
		mask(lines, "[]()")
	}
	if p.runs > inlineBound {
		mask(lines, "*_~`")
	}
	if p.angles > inlineBound {
		mask(lines, "<>")
	}
}

func mask(line []byte, signs string) {
	for i, c := range line {
		if strings.IndexByte(signs, c) >= 0 {
			line[i] = 'x'
		}
	}
}

// flatten masks the marks of quotes and lists that open a line beyond the bound.
func flatten(line []byte) {
	depth, digits := 0, 0
	for i, c := range line {
		switch {
		case c == ' ' || c == '\t':
			digits = 0
		case c >= '0' && c <= '9':
			digits++
		case c == '>' || c == '-' || c == '*' || c == '+' || digits > 0 && (c == '.' || c == ')'):
			if depth++; depth > nestedBound {
				line[i] = 'x'
			}
			digits = 0
		default:
			return
		}
	}
}
