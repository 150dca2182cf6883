package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
)

// binaryRows are rows in PostgreSQL's binary form, a field after the other: what the
// server takes with the least work on either side. A night stores a hundred rows a
// document, and finding out for each of their fields how it is written took longer
// than writing it.
//
// In a COPY a row is the number of its fields and each field behind its length. In an
// array of composites it stands behind its own length, and each field behind its type.
type binaryRows struct {
	out   []byte
	typed bool // whether fields stand behind their types
	begun int  // where the length of the row in hand stands, if typed
}

// noSize is the length of a field that is null.
const noSize = -1

// head begins a field of some type and size.
func (b *binaryRows) head(oid uint32, size int) {
	if b.typed {
		b.out = binary.BigEndian.AppendUint32(b.out, oid)
	}
	b.out = binary.BigEndian.AppendUint32(b.out, uint32(int32(size)))
}

// nulls is fields that are null, one of each type.
func (b *binaryRows) nulls(oids ...uint32) {
	for _, oid := range oids {
		b.head(oid, noSize)
	}
}

func (b *binaryRows) integer(n int) {
	b.head(pgtype.Int4OID, 4)
	b.out = binary.BigEndian.AppendUint32(b.out, uint32(int32(n)))
}

func (b *binaryRows) bigint(n int64) {
	b.head(pgtype.Int8OID, 8)
	b.out = binary.BigEndian.AppendUint64(b.out, uint64(n))
}

func (b *binaryRows) smallint(n int) {
	b.head(pgtype.Int2OID, 2)
	b.out = binary.BigEndian.AppendUint16(b.out, uint16(int16(n)))
}

func (b *binaryRows) flag(is bool) {
	b.head(pgtype.BoolOID, 1)
	if is {
		b.out = append(b.out, 1)
	} else {
		b.out = append(b.out, 0)
	}
}

func (b *binaryRows) bytes(p []byte) {
	b.head(pgtype.ByteaOID, len(p))
	b.out = append(b.out, p...)
}

func (b *binaryRows) text(s string) {
	b.head(pgtype.TextOID, len(s))
	b.out = append(b.out, s...)
}

// texts is an array of texts.
func (b *binaryRows) texts(all []string) {
	size := 12
	if len(all) > 0 {
		size += 8
	}
	for _, s := range all {
		size += 4 + len(s)
	}
	b.head(pgtype.TextArrayOID, size)
	b.array(pgtype.TextOID, len(all))
	for _, s := range all {
		b.out = binary.BigEndian.AppendUint32(b.out, uint32(len(s)))
		b.out = append(b.out, s...)
	}
}

// array begins an array of n elements of some type, none of them null.
func (b *binaryRows) array(oid uint32, n int) {
	dimensions := min(n, 1) // an empty array has none
	for _, word := range []uint32{uint32(dimensions), 0, oid} {
		b.out = binary.BigEndian.AppendUint32(b.out, word)
	}
	if n > 0 {
		b.out = binary.BigEndian.AppendUint32(b.out, uint32(n))
		b.out = binary.BigEndian.AppendUint32(b.out, 1) // counted from
	}
}

// epoch is the day from which PostgreSQL counts.
var epoch = claim.DayOf(2000, time.January, 1)

// day is a date; null for the zero day.
func (b *binaryRows) day(d claim.Day) {
	if d == 0 {
		b.nulls(pgtype.DateOID)
		return
	}
	b.head(pgtype.DateOID, 4)
	b.out = binary.BigEndian.AppendUint32(b.out, uint32(int32(d-epoch)))
}

// beforeAllDays is the date that stands before all others.
func (b *binaryRows) beforeAllDays() {
	b.head(pgtype.DateOID, 4)
	b.out = binary.BigEndian.AppendUint32(b.out, 1<<31) // the least number of four bytes
}

// moment is a time, to the microsecond.
func (b *binaryRows) moment(t time.Time) {
	b.head(pgtype.TimestamptzOID, 8)
	b.out = binary.BigEndian.AppendUint64(b.out, uint64(t.UnixMicro()-epoch.Time().UnixMicro()))
}

// room makes room for about so many bytes more.
func (b *binaryRows) room(size int) { b.out = slices.Grow(b.out, size) }

// row begins the next row of a COPY, which has so many fields.
func (b *binaryRows) row(fields int) {
	b.out = binary.BigEndian.AppendUint16(b.out, uint16(fields))
}

// elements begins an array of n rows of a composite type.
func elements(oid uint32, n int) *binaryRows {
	b := &binaryRows{typed: true}
	b.array(oid, n)
	return b
}

// element begins the next row of such an array, which has so many fields.
func (b *binaryRows) element(fields int) {
	b.begun = len(b.out)
	b.out = binary.BigEndian.AppendUint32(b.out, 0)
	b.out = binary.BigEndian.AppendUint32(b.out, uint32(fields))
}

// end ends the row that element began.
func (b *binaryRows) end() {
	binary.BigEndian.PutUint32(b.out[b.begun:], uint32(len(b.out)-b.begun-4))
}

const selectRowType = `SELECT t.oid, t.typarray FROM pg_type t WHERE t.oid = @table::text::regtype`

// rowType is the type of a table's rows. Arrays of it are then given as they are
// written here, and not written by pgx.
func rowType(ctx context.Context, tx pgx.Tx, table string) (uint32, error) {
	types := tx.Conn().TypeMap()
	if known, ok := types.TypeForName(table); ok {
		return known.OID, nil
	}
	var row, array uint32
	if err := tx.QueryRow(ctx, selectRowType, pgx.NamedArgs{"table": table}).Scan(&row, &array); err != nil {
		return 0, fmt.Errorf("type of the rows of %s: %w", table, err)
	}
	types.RegisterType(&pgtype.Type{Name: table, OID: row, Codec: pgtype.ByteaCodec{}})
	types.RegisterType(&pgtype.Type{Name: table + "[]", OID: array, Codec: pgtype.ByteaCodec{}})
	return row, nil
}
