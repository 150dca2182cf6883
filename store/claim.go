package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

// Sorted by whoever asks, so that transactions that store the same claims take them
// in one order and wait for each other instead of locking each other out.
const (
	insertClaims = `
INSERT INTO claim (hash, kind, subject, attribute, number, low, high, low_open, high_open, unit, per, approximate, bound, change,
                   date_from, date_to, name, name_type, time_from, time_to, scope, polarity, first_seen)
SELECT hash, kind, subject, attribute, number, low, high, low_open, high_open, unit, per, approximate, bound, change,
       date_from, date_to, name, name_type, time_from, time_to, scope, polarity, first_seen
FROM unnest(@claims::claim[])
ON CONFLICT (hash) DO NOTHING
RETURNING id, hash`

	selectClaimNumbers = `SELECT id, hash FROM claim WHERE hash = ANY(@hashes)`
)

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

func makeClaims(claims []claim.Appearance) []madeClaim {
	made := make([]madeClaim, len(claims))
	for i := range claims {
		c := cleaned(claims[i].Claim)
		made[i] = madeClaim{Claim: c, id: c.ID()}
	}
	return made
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

// encoded is the claims as an array of rows of their table.
func (c claims) encoded(ctx context.Context, tx pgx.Tx, now time.Time) ([]byte, error) {
	oid, err := rowType(ctx, tx, "claim")
	if err != nil {
		return nil, err
	}
	rows := elements(oid, len(c.all))
	rows.room(400 * len(c.all))
	for _, made := range c.all {
		const columns = 24
		rows.element(columns)
		rows.bytes(made.id[:])
		rows.text(string(made.Kind))
		rows.text(made.Subject)
		rows.text(made.Attribute)
		if err := rows.value(tx.Conn().TypeMap(), made.Value); err != nil {
			return nil, fmt.Errorf("store claims: %w", err)
		}
		var when claim.Period
		if made.Time != nil {
			when = *made.Time
		}
		rows.day(when.From)
		rows.day(when.To)
		rows.texts(made.Scope)
		rows.text(string(made.Polarity))
		rows.moment(now)
		rows.nulls(pgtype.Int8OID) // the database numbers them
		rows.end()
	}
	return rows.out, nil
}

// queueNumbers has the numbers of claims found that were stored before.
func (c claims) queueNumbers(batch *pgx.Batch) {
	var open [][]byte
	for _, made := range c.all {
		if made.row.number == 0 {
			open = append(open, made.id[:])
		}
	}
	if len(open) == 0 {
		return
	}
	batch.Queue(selectClaimNumbers, pgx.NamedArgs{"hashes": open}).Query(func(rows pgx.Rows) error {
		found, err := c.note(rows, func(*claimRow) {})
		if err == nil && found < len(open) {
			err = errors.New("some claims vanished while they were stored")
		}
		return err
	})
}

// note takes the numbers of claims from what the database answers, and does something
// with each of them.
func (c claims) note(rows pgx.Rows, do func(*claimRow)) (found int, err error) {
	var number int64
	var hash []byte
	_, err = pgx.ForEachRow(rows, []any{&number, &hash}, func() error {
		row := c.rows[[32]byte(hash)]
		row.number = number
		do(row)
		found++
		return nil
	})
	return found, err
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

// cleaned is the claim as it is stored: texts that the database takes, and the
// scope in its canonical order.
func cleaned(c claim.Claim) claim.Claim {
	c.Subject, c.Attribute = clean(c.Subject), clean(c.Attribute)
	c.Entities = cleanAll(c.Entities)
	c.Scope = sorted(cleanAll(c.Scope))
	switch v := &c.Value; {
	case v.Quantity != nil:
		q := *v.Quantity
		q.Unit, q.Per = clean(q.Unit), clean(q.Per)
		v.Quantity = &q
	case v.Entity != nil:
		e := *v.Entity
		e.Name = clean(e.Name)
		v.Entity = &e
	}
	return c
}

// maxDigits bounds a number's digits and its power of ten. Whatever a text
// counts or measures has fewer, and PostgreSQL would take more.
const maxDigits = 1000

// Fit parts appearances into those that can be stored and, in words, what is
// wrong with the others. A text can be written so that a rule reads a number or
// a day out of it that no column holds; and a rule's mistake must not become a
// quote that does not stand in the text.
func Fit(text string, claims []claim.Appearance) (fit []claim.Appearance, wrong []string) {
	for _, a := range claims {
		if reason := misfit(text, a); reason != "" {
			wrong = append(wrong, fmt.Sprintf("a claim at byte %d was left out: %s (%s)", a.Span.Start, reason, a.Rule))
			continue
		}
		fit = append(fit, a)
	}
	return fit, wrong
}

func misfit(text string, a claim.Appearance) string {
	s, in := a.Span, a.SentenceSpan
	switch {
	case in.Start < 0 || in.End > len(text) || in.Start > in.End || s.Start > s.End || !in.Contains(s):
		return "its span lies outside the text"
	case a.Quote != s.Of(text) || a.Sentence != in.Of(text):
		return "its quote is not what stands there"
	case !utf8.ValidString(a.Quote) || !utf8.ValidString(a.Sentence) || strings.ContainsRune(a.Sentence, 0):
		return "its quote cuts a letter in two"
	case !holds(a.Said):
		return "it was said on a day outside the years 1 to 9999"
	case a.Claim.Time != nil && !holds(a.Claim.Time.From, a.Claim.Time.To):
		return "its time lies outside the years 1 to 9999"
	}
	switch a.Modality {
	case claim.Asserted, claim.Reported, claim.Planned, claim.Possible, claim.Denied:
	default:
		return fmt.Sprintf("modality %q is not known", a.Modality)
	}
	switch a.Claim.Polarity {
	case claim.Affirmed, claim.Negated:
	default:
		return fmt.Sprintf("polarity %q is not known", a.Claim.Polarity)
	}
	return misfitValue(a.Claim)
}

func misfitValue(c claim.Claim) string {
	v := c.Value
	switch c.Kind {
	case claim.KindNumber:
		q := v.Quantity
		switch {
		case q == nil:
			return "it has no number"
		case q.Change < -1 || q.Change > 1:
			return "its change is none of up, down and level"
		}
		for _, d := range []decimal.NullDecimal{q.Number, q.Low, q.High} {
			if d.Valid && (d.Decimal.NumDigits() > maxDigits || d.Decimal.Exponent() > maxDigits || d.Decimal.Exponent() < -maxDigits) {
				return "its number has too many digits"
			}
		}
	case claim.KindDate:
		switch {
		case v.Period == nil || *v.Period == claim.Period{}:
			return "it has no date"
		case !holds(v.Period.From, v.Period.To):
			return "its date lies outside the years 1 to 9999"
		}
	case claim.KindEntity:
		if v.Entity == nil {
			return "it has no name"
		}
	default:
		return fmt.Sprintf("kind %q is not known", c.Kind)
	}
	return ""
}

// holds reports whether days are in the years 1 to 9999, or unknown.
func holds(days ...claim.Day) bool {
	for _, d := range days {
		if d < 0 || d > claim.DayOf(9999, time.December, 31) {
			return false
		}
	}
	return true
}
