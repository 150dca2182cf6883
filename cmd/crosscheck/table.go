package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// column is one column of a table: its title, and the narrowest in which its
// cells can still be read.
type column struct {
	title string
	floor int
}

// cellLines is how many lines a cell may take before it is shortened.
const cellLines = 3

// gap is the blanks between two columns.
const gap = 2

// table prints rows under their columns, no line wider than the console:
// cells wrap at words and, beyond a few lines, are shortened. Cells are made
// safe to print here.
func (c *console) table(columns []column, rows [][]string) { c.writeTable(c.out, columns, rows) }

// writeTable writes a table to w, which is c.out or ends there.
func (c *console) writeTable(w io.Writer, columns []column, rows [][]string) {
	_, _ = fmt.Fprintln(w, layOut(columns, rows, c.width, func(s string) string { return c.style(bold, s) }))
}

// layOut is the table as text, its titles dressed by title.
func layOut(columns []column, rows [][]string, width int, title func(string) string) string {
	natural := make([]int, len(columns))
	for i, col := range columns {
		natural[i] = text.StringWidth(col.title)
	}
	cells := make([]table.Row, len(rows))
	for r, row := range rows {
		cells[r] = make(table.Row, len(columns))
		for i, cell := range row {
			// No cell shows more than its lines, so that a quote of a
			// megabyte costs no more than a long one.
			cell = printable(firstRunes(cell, (cellLines+1)*width))
			natural[i] = max(natural[i], min(text.StringWidth(cell), width))
			cells[r][i] = cell
		}
	}

	widths := fit(natural, columns, width-gap*(len(columns)-1))
	header := make(table.Row, len(columns))
	configs := make([]table.ColumnConfig, len(columns))
	for i, col := range columns {
		header[i] = title(shorten(col.title, widths[i]))
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMax: widths[i], WidthMaxEnforcer: wrap}
	}

	w := table.NewWriter()
	w.SetStyle(table.Style{
		Box: table.BoxStyle{PaddingRight: strings.Repeat(" ", gap)},
	})
	w.SuppressTrailingSpaces()
	w.SetColumnConfigs(configs)
	w.AppendHeader(header)
	w.AppendRows(cells)
	return w.Render()
}

// leastWidth is what a column keeps where not even the floors fit.
const leastWidth = 3

// fit narrows the widest columns first until together they take no more than
// the room there is: down to their floors, and where that does not do, below.
func fit(natural []int, columns []column, room int) []int {
	widths := slices.Clone(natural)
	excess := -room
	for _, w := range widths {
		excess += w
	}
	for ; excess > 0; excess-- {
		widest := widestOver(widths, func(i int) int { return columns[i].floor })
		if widest < 0 {
			widest = widestOver(widths, func(int) int { return leastWidth })
		}
		if widest < 0 {
			break
		}
		widths[widest]--
	}
	return widths
}

// widestOver is the widest column that is wider than its floor, -1 for none.
func widestOver(widths []int, floor func(int) int) int {
	widest := -1
	for i, w := range widths {
		if w > floor(i) && (widest < 0 || w > widths[widest]) {
			widest = i
		}
	}
	return widest
}

// wrap breaks a cell into lines of a width, a few at most.
func wrap(cell string, width int) string {
	lines := wrapped(cell, width)
	if len(lines) > cellLines {
		last := strings.Join(lines[cellLines-1:cellLines+1], " ")
		lines = append(lines[:cellLines-1], shorten(last, width))
	}
	return strings.Join(lines, "\n")
}
