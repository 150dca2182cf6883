package store

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

// valueColumns are the columns of a value, the same for a claim and a
// position: those of a quantity are set where unit is, those of a period where
// one of its ends is or, for a time of day, per; those of an entity where name is.
type valueColumns struct {
	Number      pgtype.Numeric
	Low         pgtype.Numeric
	High        pgtype.Numeric
	LowOpen     *bool
	HighOpen    *bool
	Unit        *string
	Per         *string
	Approximate *bool
	Bound       *bool
	Change      *int16
	DateFrom    pgtype.Date
	DateTo      pgtype.Date
	Name        *string
	NameType    *string
}

// valueNames are the names of those columns, in the order of the fields.
func valueNames() []string {
	return []string{"number", "low", "high", "low_open", "high_open", "unit", "per",
		"approximate", "bound", "change", "date_from", "date_to", "name", "name_type"}
}

// row is the columns in the order of their names.
func (v valueColumns) row() []any {
	return []any{v.Number, v.Low, v.High, v.LowOpen, v.HighOpen, v.Unit, v.Per,
		v.Approximate, v.Bound, v.Change, v.DateFrom, v.DateTo, v.Name, v.NameType}
}

// targets is where the columns are scanned into, in the order of their names.
func (v *valueColumns) targets() []any {
	return []any{&v.Number, &v.Low, &v.High, &v.LowOpen, &v.HighOpen, &v.Unit, &v.Per,
		&v.Approximate, &v.Bound, &v.Change, &v.DateFrom, &v.DateTo, &v.Name, &v.NameType}
}

func columnsOf(v claim.Value) valueColumns {
	switch {
	case v.Quantity != nil:
		q := v.Quantity
		change := int16(q.Change)
		return valueColumns{
			Number: numeric(q.Number), Low: numeric(q.Low), High: numeric(q.High),
			LowOpen: &q.LowOpen, HighOpen: &q.HighOpen, Unit: &q.Unit, Per: &q.Per,
			Approximate: &q.Approximate, Bound: &q.Bound, Change: &change,
		}
	case v.Period != nil:
		out := valueColumns{DateFrom: date(v.Period.From), DateTo: date(v.Period.To)}
		if clock := v.Period.Clock.String(); clock != "" {
			out.Per = &clock
		}
		return out
	case v.Entity != nil:
		kind := string(v.Entity.Type)
		return valueColumns{Name: &v.Entity.Name, NameType: &kind}
	}
	return valueColumns{}
}

func (v valueColumns) value() claim.Value {
	switch {
	case v.Unit != nil:
		return claim.Value{Quantity: &claim.Quantity{
			Number: decimalOf(v.Number), Low: decimalOf(v.Low), High: decimalOf(v.High),
			LowOpen: deref(v.LowOpen), HighOpen: deref(v.HighOpen), Unit: *v.Unit, Per: deref(v.Per),
			Approximate: deref(v.Approximate), Bound: deref(v.Bound), Change: int(deref(v.Change)),
		}}
	case v.DateFrom.Valid || v.DateTo.Valid || v.Per != nil:
		clock, _ := claim.ParseClock(deref(v.Per)) // what is stored was written by the program
		return claim.Value{Period: &claim.Period{From: dayOf(v.DateFrom), To: dayOf(v.DateTo), Clock: clock}}
	case v.Name != nil:
		return claim.Value{Entity: &claim.Entity{Name: *v.Name, Type: claim.MentionKind(deref(v.NameType))}}
	}
	return claim.Value{}
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

func numeric(d decimal.NullDecimal) pgtype.Numeric {
	if !d.Valid {
		return pgtype.Numeric{}
	}
	return pgtype.Numeric{Int: d.Decimal.Coefficient(), Exp: d.Decimal.Exponent(), Valid: true}
}

func decimalOf(n pgtype.Numeric) decimal.NullDecimal {
	if !n.Valid || n.Int == nil { // nil: infinity or no number, which numeric never writes
		return decimal.NullDecimal{}
	}
	return claim.Number(decimal.NewFromBigInt(n.Int, n.Exp))
}

func date(d claim.Day) pgtype.Date {
	if d == 0 {
		return pgtype.Date{}
	}
	return pgtype.Date{Time: d.Time(), Valid: true}
}

func dayOf(d pgtype.Date) claim.Day {
	if !d.Valid || d.InfinityModifier != pgtype.Finite {
		return 0
	}
	return claim.DayOf(d.Time.Date())
}

// moment is a time as the database keeps it, null for the zero time.
func moment(t time.Time) pgtype.Timestamptz {
	return pgtype.Timestamptz{Time: t, Valid: !t.IsZero()}
}

// clean makes a text fit for the database, which takes neither NUL nor bytes
// that are no UTF-8.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// cleanAll cleans each text. It never returns nil, which would be stored as null.
func cleanAll(texts []string) []string {
	out := make([]string, 0, len(texts))
	for _, s := range texts {
		out = append(out, clean(s))
	}
	return out
}

// sorted is the texts in their order and each once.
func sorted(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
