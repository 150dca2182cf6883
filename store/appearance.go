package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/document"
)

// claimColumns are a claim's columns as every query below names them.
type claimColumns struct {
	Claim     []byte // its ID, which the database calls its hash
	Kind      string
	Subject   string
	Attribute string
	valueColumns
	TimeFrom pgtype.Date
	TimeTo   pgtype.Date
	Scope    []string
	Polarity string
}

const selectClaimColumns = `
       c.hash AS claim, c.kind, c.subject, c.attribute, c.number, c.low, c.high, c.low_open, c.high_open, c.unit, c.per,
       c.approximate, c.bound, c.change, c.date_from, c.date_to, c.name, c.name_type,
       c.time_from, c.time_to, c.scope, c.polarity`

// targets is where the columns are scanned into, in the order in which they are selected.
func (c *claimColumns) targets() []any {
	head := []any{&c.Claim, &c.Kind, &c.Subject, &c.Attribute}
	return slices.Concat(head, c.valueColumns.targets(), []any{&c.TimeFrom, &c.TimeTo, &c.Scope, &c.Polarity})
}

func (c claimColumns) toClaim(entities []string) claim.Claim {
	out := claim.Claim{
		Kind: claim.Kind(c.Kind), Subject: c.Subject, Attribute: c.Attribute, Entities: entities,
		Value: c.value(), Scope: c.Scope, Polarity: claim.Polarity(c.Polarity),
	}
	if c.TimeFrom.Valid || c.TimeTo.Valid {
		out.Time = &claim.Period{From: dayOf(c.TimeFrom), To: dayOf(c.TimeTo)}
	}
	return out
}

// spotColumns are where and how a claim is made, without the words.
type spotColumns struct {
	Appearance    int64
	StartByte     int
	EndByte       int
	Entities      []string
	Attribution   string
	Modality      string
	Said          pgtype.Date
	Rule          string
	SentenceStart int
	SentenceEnd   int
}

// targets is where the columns are scanned into, in the order in which they are selected.
func (p *spotColumns) targets() []any {
	return []any{&p.Appearance, &p.StartByte, &p.EndByte, &p.Entities, &p.Attribution, &p.Modality, &p.Said, &p.Rule,
		&p.SentenceStart, &p.SentenceEnd}
}

// placeColumns are that and the words.
type placeColumns struct {
	spotColumns
	Quote    string
	Sentence string
}

const (
	selectSpotColumns = `
       a.id AS appearance, a.start_byte, a.end_byte, a.entities, a.attribution, a.modality, a.said, a.rule,
       a.sentence_start, a.sentence_end`

	selectPlaceColumns = selectSpotColumns + `, a.quote, st.text AS sentence`
)

func (p placeColumns) toAppearance(document string, sha []byte, c claim.Claim) claim.Appearance {
	return p.inWords(document, versionOf(sha), c, p.Quote, p.Sentence)
}

// inWords is the appearance with its words.
func (p spotColumns) inWords(document, version string, c claim.Claim, quote, sentence string) claim.Appearance {
	return claim.Appearance{
		Claim: c, Document: document, Version: version,
		Span: spanOf(p.StartByte, p.EndByte), Quote: quote,
		SentenceSpan: spanOf(p.SentenceStart, p.SentenceEnd), Sentence: sentence,
		Attribution: p.Attribution, Modality: claim.Modality(p.Modality), Said: dayOf(p.Said), Rule: claim.RuleID(p.Rule),
	}
}

// versionOf names a version by the digest of its bytes.
func versionOf(sha []byte) string { return "sha256:" + hex.EncodeToString(sha) }

func spanOf(start, end int) document.Span { return document.Span{Start: start, End: end} }

// querier is what can run a query: the pool, or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// collect runs a query and scans its rows by name.
func collect[T any](ctx context.Context, q querier, what, sql string, args pgx.NamedArgs) ([]T, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return found, nil
}

// numbers runs a query for a column of numbers.
func numbers(ctx context.Context, q querier, what, sql string, args pgx.NamedArgs) ([]int64, error) {
	return column[int64](ctx, q, what, sql, args)
}

// names runs a query for a column of texts.
func names(ctx context.Context, q querier, what, sql string, args pgx.NamedArgs) ([]string, error) {
	return column[string](ctx, q, what, sql, args)
}

// column runs a query for one column.
func column[T any](ctx context.Context, q querier, what, sql string, args pgx.NamedArgs) ([]T, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return list, nil
}

// collectAnew is collect with a plan made for these arguments alone and for the
// tables as they are now, for queries whose best plan depends on either.
func collectAnew[T any](ctx context.Context, q querier, what, sql string, args pgx.NamedArgs) ([]T, error) {
	rows, err := q.Query(ctx, sql, pgx.QueryExecModeExec, args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[T])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return found, nil
}
