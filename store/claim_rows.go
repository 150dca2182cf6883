package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

// A claim is stored once, whoever makes it, and two transactions may be about to store
// the same. Where only one of all stores claims, it sees which are there, and copies
// the others, at two thirds of what inserting them takes. Which it is a lock tells that
// lasts until its transaction ends. It is tried and not waited for: where others store
// claims too, all share the lock and insert theirs, in the order of their hashes, so
// that they wait for each other instead of locking each other out. Whoever shares it
// may have to wait for the one that copies; that one waits for nobody.
const (
	aloneAtClaims    = `SELECT pg_try_advisory_xact_lock(hashtext('crosscheck claims'))`
	togetherAtClaims = `SELECT pg_advisory_xact_lock_shared(hashtext('crosscheck claims'))`

	claimTableColumns = `hash, kind, subject, attribute, number, low, high, low_open, high_open, unit, per, approximate, bound, change,
    date_from, date_to, name, name_type, time_from, time_to, scope, polarity, first_seen`

	copyClaims = `COPY claim (` + claimTableColumns + `) FROM STDIN (FORMAT binary)`

	insertClaims = `
INSERT INTO claim (` + claimTableColumns + `)
SELECT ` + claimTableColumns + `
FROM unnest(@claims::claim[])
ON CONFLICT (hash) DO NOTHING
RETURNING id, hash`

	selectClaimNumbers = `SELECT id, hash FROM claim WHERE hash = ANY(@hashes)`
)

// claimFields is how many columns claimTableColumns are.
const claimFields = 23

// madeClaim is a claim as it is stored, with its identity.
type madeClaim struct {
	claim.Claim
	id  [32]byte
	row *claimRow // which equal claims share
}

// claimRow is a claim in the database.
type claimRow struct {
	number int64 // 0 while it is not known
	first  int   // the first of the documents in hand that makes it
}

// claims are the different claims of some readings.
type claims struct {
	all  []*madeClaim // in the order of their IDs
	rows map[[32]byte]*claimRow
}

func claimsOf(readings []*read) claims {
	c := claims{rows: make(map[[32]byte]*claimRow)}
	for _, r := range readings {
		for i := range r.claims {
			made := &r.claims[i]
			row := c.rows[made.id]
			if row == nil {
				row = &claimRow{first: r.arrival}
				c.rows[made.id] = row
				c.all = append(c.all, made)
			}
			row.first = min(row.first, r.arrival)
			made.row = row
		}
	}
	slices.SortFunc(c.all, func(a, b *madeClaim) int { return bytes.Compare(a.id[:], b.id[:]) })
	return c
}

// store finds the numbers of the claims and stores those that are not there, each of
// which it tells.
func (c claims) store(ctx context.Context, tx pgx.Tx, now time.Time, tell func(*claimRow)) error {
	if len(c.all) == 0 {
		return nil
	}
	alone, err := c.find(ctx, tx)
	if err != nil {
		return err
	}
	if open := c.open(); len(open) > 0 && alone {
		err = c.copy(ctx, tx, open, now, tell)
	} else if len(open) > 0 {
		err = c.insert(ctx, tx, open, now, tell)
	}
	if err != nil {
		return err
	}
	var batch pgx.Batch
	if c.queueNumbers(&batch, c.open()); batch.Len() > 0 { // those that another one has stored meanwhile
		if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
			return fmt.Errorf("find claims: %w", err)
		}
	}
	if len(c.open()) > 0 {
		return errors.New("some claims vanished while they were stored")
	}
	return nil
}

// open are the claims whose numbers are not known.
func (c claims) open() (open []*madeClaim) {
	for _, made := range c.all {
		if made.row.number == 0 {
			open = append(open, made)
		}
	}
	return open
}

// find finds the numbers of the claims that are there. Where the transaction stores
// claims alone, there are no others until it ends.
func (c claims) find(ctx context.Context, tx pgx.Tx) (alone bool, err error) {
	var batch pgx.Batch
	batch.Queue(aloneAtClaims).QueryRow(func(row pgx.Row) error { return row.Scan(&alone) })
	c.queueNumbers(&batch, c.all)
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return false, fmt.Errorf("find claims: %w", err)
	}
	return alone, nil
}

// queueNumbers has the numbers of some of the claims found, where they are stored.
func (c claims) queueNumbers(batch *pgx.Batch, some []*madeClaim) {
	if len(some) == 0 {
		return
	}
	hashes := make([][]byte, len(some))
	for i, made := range some {
		hashes[i] = made.id[:]
	}
	batch.Queue(selectClaimNumbers, pgx.NamedArgs{"hashes": hashes}).Query(func(rows pgx.Rows) error {
		return c.note(rows, func(*claimRow) {})
	})
}

// note takes the numbers of claims from what the database answers, and does something
// with each of them.
func (c claims) note(rows pgx.Rows, do func(*claimRow)) error {
	var number int64
	var hash []byte
	_, err := pgx.ForEachRow(rows, []any{&number, &hash}, func() error {
		row := c.rows[[32]byte(hash)]
		row.number = number
		do(row)
		return nil
	})
	return err
}

// copy copies claims that are not there, which nobody else stores now.
func (c claims) copy(ctx context.Context, tx pgx.Tx, open []*madeClaim, now time.Time, tell func(*claimRow)) error {
	types := tx.Conn().TypeMap()
	err := copyRows(ctx, tx, "store claims", copyClaims, len(open), func(i int, rows *binaryRows) error {
		rows.row(claimFields)
		return rows.claim(types, open[i], now)
	})
	if err != nil {
		return err
	}
	for _, made := range open {
		tell(made.row)
	}
	// The database has numbered them one after the other. So the first and the last say
	// it of all, unless a stranger has taken numbers meanwhile.
	var batch pgx.Batch
	first, last := open[0].row, open[len(open)-1].row
	c.queueNumbers(&batch, []*madeClaim{open[0], open[len(open)-1]})
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("find claims: %w", err)
	}
	if last.number-first.number == int64(len(open)-1) {
		for i, made := range open {
			made.row.number = first.number + int64(i)
		}
	}
	return nil
}

// insert stores the claims of some that nobody else has stored until then.
func (c claims) insert(ctx context.Context, tx pgx.Tx, some []*madeClaim, now time.Time, tell func(*claimRow)) error {
	encoded, err := encodeClaims(ctx, tx, some, now)
	if err != nil {
		return err
	}
	var batch pgx.Batch
	batch.Queue(togetherAtClaims)
	batch.Queue(insertClaims, pgx.NamedArgs{"claims": encoded}).Query(func(rows pgx.Rows) error { return c.note(rows, tell) })
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("store claims: %w", err)
	}
	return nil
}

// encodeClaims is claims as an array of rows of their table.
func encodeClaims(ctx context.Context, tx pgx.Tx, some []*madeClaim, now time.Time) ([]byte, error) {
	oid, err := rowType(ctx, tx, "claim")
	if err != nil {
		return nil, err
	}
	rows := elements(oid, len(some))
	rows.room(400 * len(some))
	for _, made := range some {
		rows.element(claimFields + 1)
		if err := rows.claim(tx.Conn().TypeMap(), made, now); err != nil {
			return nil, fmt.Errorf("store claims: %w", err)
		}
		rows.nulls(pgtype.Int8OID) // the database numbers them
		rows.end()
	}
	return rows.out, nil
}

// claim is the fields of a claim, in the order of claimTableColumns.
func (b *binaryRows) claim(types *pgtype.Map, made *madeClaim, now time.Time) error {
	b.bytes(made.id[:])
	b.text(string(made.Kind))
	b.text(made.Subject)
	b.text(made.Attribute)
	if err := b.value(types, made.Value); err != nil {
		return err
	}
	var when claim.Period
	if made.Time != nil {
		when = *made.Time
	}
	b.day(when.From)
	b.day(when.To)
	b.texts(made.Scope)
	b.text(string(made.Polarity))
	b.moment(now)
	return nil
}

// value is the columns of a value, in the order of [valueColumns].
func (b *binaryRows) value(types *pgtype.Map, v claim.Value) error {
	q := v.Quantity
	var p claim.Period
	if q == nil && v.Period != nil {
		p = *v.Period
	}
	if q == nil {
		b.nulls(pgtype.NumericOID, pgtype.NumericOID, pgtype.NumericOID, pgtype.BoolOID, pgtype.BoolOID, pgtype.TextOID)
		if p.Clock.IsZero() {
			b.nulls(pgtype.TextOID)
		} else {
			b.text(p.Clock.String())
		}
		b.nulls(pgtype.BoolOID, pgtype.BoolOID, pgtype.Int2OID)
	} else {
		for _, d := range []decimal.NullDecimal{q.Number, q.Low, q.High} {
			if err := b.decimal(types, d); err != nil {
				return err
			}
		}
		b.flag(q.LowOpen)
		b.flag(q.HighOpen)
		b.text(q.Unit)
		b.text(q.Per)
		b.flag(q.Approximate)
		b.flag(q.Bound)
		b.smallint(q.Change)
	}
	b.day(p.From)
	b.day(p.To)
	if q != nil || v.Period != nil || v.Entity == nil {
		b.nulls(pgtype.TextOID, pgtype.TextOID)
		return nil
	}
	b.text(v.Entity.Name)
	b.text(string(v.Entity.Type))
	return nil
}
