package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// sheet writes rows for spreadsheets.
type sheet struct{ w *csv.Writer }

// newSheet begins a sheet with its titles.
func newSheet(w io.Writer, titles ...string) (sheet, error) {
	s := sheet{csv.NewWriter(w)}
	return s, s.w.Write(titles)
}

// row writes cells that came out of documents, none of which a spreadsheet
// takes for a formula.
func (s sheet) row(cells ...string) error {
	for i, cell := range cells {
		cells[i] = defused(cell)
	}
	return s.w.Write(cells)
}

// end writes out what is left.
func (s sheet) end() error {
	s.w.Flush()
	return s.w.Error()
}

// defused puts an apostrophe before what a spreadsheet would calculate: a
// document may hold =HYPERLINK(...) for its readers. A number stays a number.
func defused(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}
