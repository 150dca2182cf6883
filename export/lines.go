package export

import (
	"bytes"
	"encoding/json"
	"io"

	"crosscheck/desk"
)

// lines writes rows as JSON objects, a line each, with the columns in their order.
type lines struct {
	open   Open
	out    io.Writer
	fields [][]byte // `,"name":` for each column; the first begins with the table
	line   bytes.Buffer
	text   *json.Encoder // into line
}

// Lines writes rows as JSON lines, each with the table's name in "table", so that
// several tables can share an output. Decimals are strings, so that no digit is lost; days and times are as in
// [CSV], and null is what is unknown.
func Lines(open Open) Writer {
	w := &lines{open: open}
	w.text = json.NewEncoder(&w.line)
	w.text.SetEscapeHTML(false)
	return w
}

// Table begins the lines of a table.
func (w *lines) Table(t desk.Table) error {
	out, err := w.open(t.Name)
	if err != nil {
		return err
	}
	w.out, w.fields = out, w.fields[:0]
	before := []byte(`{"table":` + quoted(t.Name))
	for _, c := range t.Columns {
		w.fields = append(w.fields, append(before, `,`+quoted(c.Name)+`:`...))
		before = nil
	}
	return nil
}

// quoted is a name as JSON. Names of tables and columns are words of the schema, and
// cannot fail to be written.
func quoted(name string) string {
	b, _ := json.Marshal(name)
	return string(b)
}

// Row writes a line.
func (w *lines) Row(cells []any) error {
	w.line.Reset()
	for i, c := range cells {
		w.line.Write(w.fields[i])
		switch c := c.(type) {
		case nil:
			w.line.WriteString("null")
		case int64, bool:
			w.line.WriteString(cellText(c))
		default:
			if err := w.text.Encode(cellText(c)); err != nil {
				return err
			}
			w.line.Truncate(w.line.Len() - 1) // the line end that the encoder adds
		}
	}
	w.line.WriteString("}\n")
	_, err := w.out.Write(w.line.Bytes())
	return err
}

// Drop has nothing to give up.
func (w *lines) Drop() {}

// Close has nothing left to write.
func (w *lines) Close() error { return nil }
