// Package export writes what is stored for other programs: tables as CSV, JSON
// lines, Parquet and SQLite, a reviewed conflict as schema.org's ClaimReview, and a
// place as a W3C Web Annotation.
//
// In come tables, a row at a time, and what the desk knows of a conflict; out come
// files that are whole or not there, and JSON-LD. Nothing is asked here of a database.
package export

import (
	"io"
	"strconv"
	"time"

	"crosscheck/claim"
	"crosscheck/desk"
)

// Writer takes tables and writes them out. One of the two ends it: after Close without
// an error what it wrote is whole; after Drop it is of no use.
type Writer interface {
	desk.Taker
	Close() error
	Drop()
}

// Open gives a table what it is written to. Whoever opened it closes it.
type Open func(table string) (io.Writer, error)

// cellText is a cell as text; "" for one that is unknown.
func cellText(cell any) string {
	switch c := cell.(type) {
	case string:
		return c
	case int64:
		return strconv.FormatInt(c, 10)
	case bool:
		if c {
			return "true"
		}
		return "false"
	case claim.Day:
		return c.String()
	case time.Time:
		return c.Format(time.RFC3339Nano)
	}
	return ""
}
