package arithmetic

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// row is a line of a table or a list: its label, and where its other cells stand.
type row struct {
	shape string // rows of one table have one
	label string
	cells [][2]int // of the text, the label's own cell left out
}

var (
	labelled = regexp.MustCompile(`^(\s*[-*•]?\s*)([A-Za-z][^:\t|]{0,40}):\s*\S[^\t|]{0,30}$`)
	total    = wordSet("total totals sum altogether overall all")
	mixes    = regexp.MustCompile(`\b(?:sub-?totals?|totals?|of which|of whom|thereof|including|includes?|average|mean|median|change|growth|net)\b`)
	rule     = regexp.MustCompile(`^[\s|:+-]*$`)
)

// mostAmiss is the share of a table's total, one in so many, beyond which its
// row is not the sum of the others: an average, or a wider whole.
const mostAmiss = 5

// tables holds the rows of tables and lists against the row that is called
// their total, column by column.
func tables(text string, lines []line) (found []finding) {
	var values []value
	for _, l := range lines {
		values = append(values, l.values...)
	}
	slices.SortFunc(values, func(a, b value) int { return a.at.Span.Start - b.at.Span.Start })
	in := func(cell [2]int) []value { // the values of a cell
		i, _ := slices.BinarySearchFunc(values, cell[0], func(v value, at int) int { return v.at.Span.Start - at })
		end := i
		for end < len(values) && values[end].at.Span.End <= cell[1] {
			end++
		}
		return values[i:end]
	}
	var rows []row
	at := 0
	for s := range strings.Lines(text) {
		r, ok := rowOf(strings.TrimRight(s, "\r\n"), at)
		at += len(s)
		if len(rows) > 0 && (!ok || r.shape != rows[0].shape) {
			found = append(found, summed(rows, in)...)
			rows = rows[:0]
		}
		if ok {
			rows = append(rows, r)
		}
	}
	return append(found, summed(rows, in)...)
}

// rowOf reads a line of the text that begins at a byte as a row.
func rowOf(s string, at int) (r row, ok bool) {
	separator := "\t"
	switch bare := strings.TrimSpace(s); {
	case strings.HasPrefix(bare, "|") && strings.Count(bare, "|") > 2:
		separator = "|"
	case strings.Contains(bare, "\t"):
	default:
		m := labelled.FindStringSubmatchIndex(s)
		if m == nil {
			return r, false
		}
		return row{shape: "list " + s[m[2]:m[3]], label: label(s[m[4]:m[5]]), cells: [][2]int{{at + m[5], at + len(s)}}}, true
	}
	cells := strings.Split(s, separator)
	r.shape = fmt.Sprint(separator, len(cells))
	if separator == "|" {
		at += len(cells[0]) + 1
		cells = cells[1:]
	}
	r.label = label(cells[0])
	if rule.MatchString(s) {
		r.label = "-"
	}
	for i, c := range cells {
		if i > 0 {
			r.cells = append(r.cells, [2]int{at, at + len(c)})
		}
		at += len(c) + 1
	}
	return r, true
}

// label is a row's first cell without its markup.
func label(s string) string { return strings.ToLower(strings.Trim(s, " \t*_:|-•")) }

// summed holds the rows of one table against its total, which stands last, or in
// a list first.
func summed(rows []row, in func([2]int) []value) (found []finding) {
	hasValues := func(r row) bool {
		return slices.ContainsFunc(r.cells, func(c [2]int) bool { return len(in(c)) > 0 })
	}
	for len(rows) > 0 && !hasValues(rows[0]) { // the header, and the rule below it
		rows = rows[1:]
	}
	if len(rows) < 3 {
		return nil
	}
	sum, parts := rows[len(rows)-1], rows[:len(rows)-1]
	if strings.HasPrefix(sum.shape, "list") && total[rows[0].label] {
		sum, parts = rows[0], rows[1:]
	}
	if !total[sum.label] || slices.ContainsFunc(parts, func(r row) bool { return r.label == "" || mixes.MatchString(r.label) }) {
		return nil
	}
columns:
	for k, cell := range sum.cells {
		said := in(cell)
		if len(said) != 1 || !said[0].single() || said[0].Number.Decimal.Sign() <= 0 {
			continue
		}
		room, number := exactly(decimal.Zero), decimal.Zero
		var column []value
		var terms []string
		for _, r := range parts {
			v := in(r.cells[k])
			if len(v) != 1 || !v[0].single() || v[0].Change != said[0].Change || !v[0].like(said[0]) {
				continue columns
			}
			column = append(column, v[0])
			terms = append(terms, written(v[0].Quantity))
			room, number = room.plus(v[0].room), number.Add(v[0].Number.Decimal)
		}
		amiss := number.Sub(said[0].Number.Decimal).Abs().Mul(decimal.NewFromInt(mostAmiss))
		if room.meets(said[0].room) || amiss.GreaterThan(said[0].Number.Decimal) {
			continue
		}
		gives := computed(number, room, said[0].Quantity)
		found = append(found, finding{said: said[0], parts: column, gives: gives, severity: plain,
			question: "rows and total: " + about(said[0]),
			reason:   fmt.Sprintf("%s = %s, not %s%s", sumOf(terms), written(gives), written(said[0].Quantity), roundingLeaves(gives))})
	}
	return found
}

// sumOf writes a sum out, the middle of a long one left out.
func sumOf(terms []string) string {
	const most = 12
	if len(terms) > most {
		terms = slices.Concat(terms[:most-2], []string{"…"}, terms[len(terms)-1:])
	}
	return strings.Join(terms, " + ")
}
