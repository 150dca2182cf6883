package document

import (
	"slices"
	"strings"
	"unicode"
)

// tableLength gives the number of lines at the start of run that are a table: a
// Markdown table, or three rows and more with the same number of bars or tabs,
// with columns that start at the same places, or with dots between two columns.
func tableLength(text string, run []line) int {
	if len(run) < 2 {
		return 0
	}
	if n := sameCount(text, run, '|'); n > 0 {
		first := run[0].Of(text)
		if isDelimiterRow(run[1].Of(text)) && n >= 2 || strings.HasPrefix(first, "|") && n >= 2 || n >= 3 && labelOf(strings.ToLower(first)) == 0 {
			return n
		}
		return 0
	}
	if n := sameCount(text, run, '\t'); n >= 3 {
		return n
	}
	if n := aligned(text, run); n >= 3 {
		return n
	}
	if n := led(text, run); n >= 2 {
		return n
	}
	return 0
}

// led gives how many lines have dots that lead from a label to its value, as in
// a table of contents; the longest label may leave room for a single one.
func led(text string, run []line) int {
	n := 0
	for n < len(run) {
		start, end := leader(run[n].Of(text))
		if end == 0 || n == 0 && end-start < 5 {
			break
		}
		n++
	}
	return n
}

// leader gives the first run of dots in a line, with the blanks around it, that
// leads to something; 0, 0 where there is none.
func leader(s string) (start, end int) {
	for i := 1; i < len(s); i++ {
		if s[i] != '.' || s[i-1] != ' ' && !strings.HasPrefix(s[i:], "....") {
			continue
		}
		start, end = len(strings.TrimRight(s[:i], " ")), i
		for end < len(s) && (s[end] == '.' || s[end] == ' ') {
			end++
		}
		if end < len(s) && start > 0 && s[end-1] == ' ' || end-start > 4 && end < len(s) {
			return start, end
		}
		i = end
	}
	return 0, 0
}

// sameCount gives how many lines have as many separators as the first.
func sameCount(text string, run []line, separator byte) int {
	sep := string(separator)
	want := strings.Count(run[0].Of(text), sep)
	if want == 0 {
		return 0
	}
	n := 1
	for n < len(run) && strings.Count(run[n].Of(text), sep) == want {
		n++
	}
	return n
}

// aligned gives how many lines have columns that stand below those of the
// first: they start where its columns do, or end where those of the line
// before do, as figures of different lengths are set.
func aligned(text string, run []line) int {
	const longest = 400
	if run[0].Len() > longest {
		return 0
	}
	want := columnsOf(run[0], text)
	if len(want) == 0 {
		return 0
	}
	before, n := want, 1
	for n < len(run) && run[n].Len() <= longest {
		columns := columnsOf(run[n], text)
		if !slices.EqualFunc(columns, want, func(a, b column) bool { return a.first == b.first }) &&
			!slices.EqualFunc(columns, before, func(a, b column) bool { return a.last == b.last }) {
			break
		}
		before = columns
		n++
	}
	return n
}

// column is where a cell stands in a line set by blanks, in runes.
type column struct{ first, last int }

// columnsOf gives the cells that stand behind two or more spaces.
func columnsOf(l line, text string) []column {
	var found []column
	at, blanks := l.indent, 0
	for _, r := range l.Of(text) {
		if r == ' ' {
			blanks++
		} else {
			if blanks >= 2 {
				found = append(found, column{first: at})
			}
			if n := len(found); n > 0 {
				found[n-1].last = at
			}
			blanks = 0
		}
		at++
	}
	return found
}

// table adds the rows of a table. The first names the columns if a rule stands
// below it, or if it alone holds no figures.
func (t *texter) table(run []line) {
	t.tables++
	ruled := len(run) > 1 && isDelimiterRow(run[1].Of(t.text))
	header := ruled || !strings.ContainsFunc(run[0].Of(t.text), unicode.IsDigit)
	for _, l := range run[1:] {
		header = header && (ruled || strings.ContainsFunc(l.Of(t.text), unicode.IsDigit))
	}
	for i, l := range run {
		p := part{Block: Block{Span: l.Span, Role: TableRow}, table: t.tables}
		if i == 1 && ruled {
			p.chrome = true // the rule is syntax
			p.Markup = []Span{l.Span}
		} else {
			p.IsHeader = i == 0 && header
			p.Cells, p.Markup = cellsOf(t.text, l)
		}
		t.add(p, 1)
	}
	t.levels = nil
}

// cellsOf cuts a row at its dots, else at its bars, else at its tabs, else at its wide gaps.
func cellsOf(text string, l line) (cells, markup []Span) {
	in := l.Of(text)
	if start, end := leader(in); end > 0 && !strings.ContainsAny(in, "|\t") {
		return []Span{{l.Start, l.Start + start}, {l.Start + end, l.End}}, []Span{{l.Start + start, l.Start + end}}
	}
	width, isBar := 1, func(i int) bool { return in[i] == '|' && (i == 0 || in[i-1] != '\\') }
	separates := isBar
	switch {
	case strings.Contains(in, "|"):
	case strings.Contains(in, "\t"):
		separates = func(i int) bool { return in[i] == '\t' }
	default:
		width, separates = 2, func(i int) bool { return strings.HasPrefix(in[i:], "  ") }
	}
	start := 0
	cell := func(end int) {
		cells = append(cells, trim(text, Span{l.Start + start, l.Start + end}))
	}
	for i := 0; i < len(in); i++ {
		if !separates(i) {
			continue
		}
		if in[i] == '|' {
			markup = append(markup, Span{l.Start + i, l.Start + i + 1})
		}
		if i > 0 || in[i] != '|' { // a bar at either end closes the row
			cell(i)
		}
		for width == 2 && i+2 < len(in) && in[i+2] == ' ' {
			i++
		}
		start = i + width
		i += width - 1
	}
	if start < len(in) || in[len(in)-1] != '|' {
		cell(len(in))
	}
	return cells, markup
}
