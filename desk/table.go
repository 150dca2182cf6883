package desk

// Table is a table of what is stored, as it is exported: a view of the schema
// report in the database, whose comments say what it and its columns mean.
type Table struct {
	Name    string
	Means   string
	Columns []Column
}

// Column is a column of a table.
type Column struct {
	Name  string
	Means string
	Type  Type
}

// Type is what the cells of a column are. Any cell may be nil besides: unknown.
type Type string

// The types, each with that of its cells in Go.
const (
	Words  Type = "words" // string
	Whole  Type = "whole" // int64
	Exact  Type = "exact" // string, a decimal of any size: "3800000000", "-0.25"
	Yes    Type = "yes"   // bool
	OnDay  Type = "day"   // claim.Day
	AtTime Type = "time"  // time.Time in UTC, of microseconds
)

// Publication is whose desk it is, in what is published. Either may be "": not told.
type Publication struct {
	Name string
	URL  string // of the pages, without a path: "https://desk.example.org"
}

// Taker takes tables one after the other: each with its columns, then its rows.
// A row is taken before the next is made; whoever keeps cells copies them.
type Taker interface {
	Table(t Table) error
	Row(cells []any) error
}
