package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"crosscheck/desk"
)

// Sheet writes rows for spreadsheets: CSV as RFC 4180 has it, in UTF-8.
type Sheet struct{ w *csv.Writer }

// NewSheet begins a sheet with its titles.
func NewSheet(w io.Writer, titles ...string) (Sheet, error) {
	s := Sheet{csv.NewWriter(w)}
	return s, s.w.Write(titles)
}

// Row writes cells that came out of documents, none of which a spreadsheet
// takes for a formula. It changes the cells that it is given.
func (s Sheet) Row(cells ...string) error {
	for i, cell := range cells {
		cells[i] = defused(cell)
	}
	return s.w.Write(cells)
}

// End writes out what is left.
func (s Sheet) End() error {
	s.w.Flush()
	return s.w.Error()
}

// formulas is what a cell begins with that a spreadsheet calculates, as OWASP lists
// it (CSV Injection), with the wide forms that East Asian versions take for the same.
const formulas = "=+-@\t\r\n＝＋－＠"

// defused puts an apostrophe before what a spreadsheet would calculate: a
// document may hold =HYPERLINK(...) for its readers. A number stays a number.
func defused(cell string) string {
	if cell == "" || !strings.ContainsRune(formulas, firstRune(cell)) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// csvTables writes tables as CSV, each to an output of its own.
type csvTables struct {
	open  Open
	sheet Sheet // of the table that is being written; none before the first
	row   []string
}

// CSV writes tables as CSV: days as 2026-11-22, times in UTC as
// 2026-11-22T02:30:00Z, true and false, decimals in full, nothing for what is
// unknown. Formulas are defused: see [Sheet.Row].
func CSV(open Open) Writer { return &csvTables{open: open} }

// Table ends the sheet before it and begins one.
func (w *csvTables) Table(t desk.Table) error {
	if err := w.Close(); err != nil {
		return err
	}
	out, err := w.open(t.Name)
	if err != nil {
		return err
	}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Name
	}
	w.row = make([]string, len(titles))
	w.sheet, err = NewSheet(out, titles...)
	return err
}

// Row writes a row.
func (w *csvTables) Row(cells []any) error {
	for i, c := range cells {
		w.row[i] = cellText(c)
	}
	return w.sheet.Row(w.row...)
}

// Drop has nothing to give up.
func (w *csvTables) Drop() {}

// Close writes out what is left.
func (w *csvTables) Close() error {
	if w.sheet.w == nil {
		return nil
	}
	return w.sheet.End()
}
