package pipeline

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// maxRatesBytes bounds a table of rates: every currency's rates of a century are
// less.
const maxRatesBytes = 256 << 20

// rateColumns are the columns that a table of rates must have, in any order.
var rateColumns = []string{"date", "from", "to", "rate"}

// LoadRates reads a table of exchange rates from a CSV file with a header and
// the columns date (ISO 8601), from and to (ISO 4217) and rate: what one unit of
// from was worth in to on that day. Other columns are left. An error names the
// file, the line and the field.
func LoadRates(path string) (*conflict.Rates, error) {
	raw, err := readRegular(path, maxRatesBytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", path, Reason(err))
	}
	rates, err := readRates(raw)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", path, err)
	}
	return rates, nil
}

// readRates reads the table. Its errors begin with the line.
func readRates(raw []byte) (*conflict.Rates, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	r.ReuseRecord = true
	r.TrimLeadingSpace = true
	at := map[string]int{} // column → its place
	rates := conflict.NewRates()
	for first := true; ; first = false {
		row, err := r.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF) && first:
			return nil, fmt.Errorf("1: empty; want the columns %s", strings.Join(rateColumns, ","))
		case errors.Is(err, io.EOF):
			if err := rates.Sort(); err != nil {
				return nil, fmt.Errorf(" %w", err)
			}
			return rates, nil
		case errors.As(err, &wrong):
			return nil, fmt.Errorf("%d: %w", wrong.Line, wrong.Err)
		case err != nil:
			return nil, fmt.Errorf(" %w", err)
		}
		line, _ := r.FieldPos(0)
		if first {
			for i, name := range row {
				at[strings.ToLower(strings.TrimSpace(name))] = i
			}
			if i := slices.IndexFunc(rateColumns, func(name string) bool { _, ok := at[name]; return !ok }); i >= 0 {
				return nil, fmt.Errorf("%d: no column %q; want the columns %s", line, rateColumns[i], strings.Join(rateColumns, ","))
			}
			continue
		}
		field := func(name string) string { return strings.TrimSpace(row[at[name]]) }
		if err := addRate(rates, field); err != nil {
			return nil, fmt.Errorf("%d: %w", line, err)
		}
	}
}

func addRate(rates *conflict.Rates, field func(string) string) error {
	day, err := claim.ParseDay(field("date"))
	if err != nil {
		return fmt.Errorf("date: %q: want a day such as 2019-04-03", field("date"))
	}
	if text := field("rate"); len(text) > 64 {
		return fmt.Errorf("rate: too long for a number")
	}
	rate, err := decimal.NewFromString(field("rate"))
	if err != nil {
		return fmt.Errorf("rate: %q: want a number such as 0.77", field("rate"))
	}
	return rates.Add(day, field("from"), field("to"), rate)
}
