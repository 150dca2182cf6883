package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

const (
	// The table lives as long as the connection and is emptied by each commit.
	createIncoming = `CREATE TEMPORARY TABLE IF NOT EXISTS incoming_claim (LIKE claim) ON COMMIT DELETE ROWS`

	// Sorted, so that transactions that store the same claims take them in one
	// order and wait for each other instead of locking each other out.
	insertIncoming = `INSERT INTO claim SELECT * FROM incoming_claim ORDER BY id ON CONFLICT (id) DO NOTHING RETURNING id`
)

// madeClaim is a claim as it is stored, with its identity.
type madeClaim struct {
	claim.Claim
	id [32]byte
}

func makeClaims(claims []claim.Appearance) []madeClaim {
	made := make([]madeClaim, len(claims))
	for i := range claims {
		c := cleaned(claims[i].Claim)
		made[i] = madeClaim{c, c.ID()}
	}
	return made
}

// saveClaims stores the claims of readings that the database does not hold yet, and
// counts them with the document that is the first to make them.
func saveClaims(ctx context.Context, tx pgx.Tx, readings []*read, added []int, now time.Time) error {
	first := make(map[[32]byte]int) // claim → the document that makes it first
	var claims []*madeClaim
	for _, r := range readings {
		for i := range r.claims {
			c := &r.claims[i]
			if by, known := first[c.id]; !known {
				first[c.id] = r.arrival
				claims = append(claims, c)
			} else if r.arrival < by {
				first[c.id] = r.arrival
			}
		}
	}
	if len(claims) == 0 {
		return nil
	}
	slices.SortFunc(claims, func(a, b *madeClaim) int { return bytes.Compare(a.id[:], b.id[:]) })
	if _, err := tx.Exec(ctx, createIncoming); err != nil {
		return fmt.Errorf("store claims: %w", err)
	}
	columns := append([]string{"id", "kind", "subject", "attribute"}, valueNames()...)
	columns = append(columns, "time_from", "time_to", "scope", "polarity", "first_seen")
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"incoming_claim"}, columns,
		pgx.CopyFromSlice(len(claims), func(i int) ([]any, error) {
			c := claims[i]
			var when claim.Period
			if c.Time != nil {
				when = *c.Time
			}
			row := append([]any{c.id[:], string(c.Kind), c.Subject, c.Attribute}, columnsOf(c.Value).row()...)
			return append(row, date(when.From), date(when.To), c.Scope, string(c.Polarity), now), nil
		}))
	if err != nil {
		return fmt.Errorf("store claims: %w", err)
	}
	rows, err := tx.Query(ctx, insertIncoming)
	if err != nil {
		return fmt.Errorf("store claims: %w", err)
	}
	var id []byte
	if _, err := pgx.ForEachRow(rows, []any{&id}, func() error { added[first[[32]byte(id)]]++; return nil }); err != nil {
		return fmt.Errorf("store claims: %w", err)
	}
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
