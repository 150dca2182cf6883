package export

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"crosscheck/claim"
	"crosscheck/desk"
)

// groupRows is how many rows are held until they are written as a row group.
const groupRows = 64 << 10

// parquetTables writes tables as Parquet, each to an output of its own.
type parquetTables struct {
	open  Open
	out   *parquet.GenericWriter[any] // of the table that is being written; nil before the first
	cells []parquetCell
	row   parquet.Row
}

// parquetCell writes cells of a column of the table into one of the file.
type parquetCell struct {
	from   int // the cell's place in the row
	column int // the column's in the file
	value  func(cell any) (v parquet.Value, known bool)
}

// Parquet writes tables as Parquet files, compressed by zstd, for DuckDB, pandas and the
// like. Words, days, times, whole numbers and booleans have types of their own.
// A decimal is of any size here, and of a fixed one there, so it goes out twice: as a
// double under its name, to compute with, and with all its digits as text under
// that name and _exact. What a column means is in the file's metadata, by its name.
func Parquet(open Open) Writer { return &parquetTables{open: open} }

// Table ends the file before it and begins one.
func (w *parquetTables) Table(t desk.Table) error {
	if err := w.Close(); err != nil {
		return err
	}
	out, err := w.open(t.Name)
	if err != nil {
		return err
	}
	var fields []reflect.StructField
	w.cells = nil
	add := func(name, as string, of any, from int, value func(any) (parquet.Value, bool)) {
		w.cells = append(w.cells, parquetCell{from, len(fields), value})
		fields = append(fields, reflect.StructField{
			Name: fmt.Sprintf("C%d", len(fields)), Type: reflect.TypeOf(of), Tag: reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional%s"`, name, as)),
		})
	}
	options := []parquet.WriterOption{
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault}), parquet.MaxRowsPerRowGroup(groupRows),
		parquet.CreatedBy("crosscheck", "", ""), parquet.KeyValueMetadata("description", t.Means),
	}
	for i, c := range t.Columns {
		switch c.Type {
		case desk.Whole:
			add(c.Name, "", int64(0), i, wholeValue)
		case desk.Yes:
			add(c.Name, "", false, i, yesValue)
		case desk.OnDay:
			add(c.Name, ",date", int32(0), i, dayValue)
		case desk.AtTime:
			add(c.Name, ",timestamp(microsecond)", int64(0), i, timeValue)
		case desk.Exact:
			add(c.Name, "", float64(0), i, doubleValue)
			add(c.Name+"_exact", "", "", i, wordsValue)
		default:
			add(c.Name, ",dict", "", i, wordsValue)
		}
		options = append(options, parquet.KeyValueMetadata(c.Name, c.Means))
	}
	// The library keeps the order of columns for the fields of a struct alone.
	schema := parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
	w.out = parquet.NewGenericWriter[any](out, append(options, schema)...)
	return nil
}

// Row writes a row.
func (w *parquetTables) Row(cells []any) error {
	w.row = w.row[:0]
	for _, c := range w.cells {
		value, level := parquet.NullValue(), 0
		if cell := cells[c.from]; cell != nil {
			if v, known := c.value(cell); known {
				value, level = v, 1
			}
		}
		w.row = append(w.row, value.Level(0, level, c.column))
	}
	_, err := w.out.WriteRows([]parquet.Row{w.row})
	return err
}

// Drop has nothing to give up but memory.
func (w *parquetTables) Drop() {}

// Close ends the last file.
func (w *parquetTables) Close() error {
	if w.out == nil {
		return nil
	}
	err := w.out.Close()
	w.out = nil
	return err
}

func wholeValue(cell any) (parquet.Value, bool) {
	n, ok := cell.(int64)
	return parquet.Int64Value(n), ok
}

func yesValue(cell any) (parquet.Value, bool) {
	yes, ok := cell.(bool)
	return parquet.BooleanValue(yes), ok
}

func dayValue(cell any) (parquet.Value, bool) {
	day, ok := cell.(claim.Day)
	return parquet.Int32Value(int32(day.Time().Unix() / 86400)), ok
}

func timeValue(cell any) (parquet.Value, bool) {
	at, ok := cell.(time.Time)
	return parquet.Int64Value(at.UnixMicro()), ok
}

// doubleValue is a decimal as near as a double comes; unknown where none does.
func doubleValue(cell any) (parquet.Value, bool) {
	text, _ := cell.(string)
	f, err := strconv.ParseFloat(text, 64)
	return parquet.DoubleValue(f), err == nil
}

func wordsValue(cell any) (parquet.Value, bool) {
	text, ok := cell.(string)
	return parquet.ByteArrayValue([]byte(text)), ok
}
