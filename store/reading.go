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

	"crosscheck/claim"
	"crosscheck/document"
)

// Reading is what was read out of some bytes. The bytes and what Key covers
// decide all of it, so that copies share it.
type Reading struct {
	Key         [32]byte // of all that decides the reading
	Hint        string   // the ending of the file's name: ".md"
	ContentType string   // as declared
	Format      string
	Reader      string // the reader and its version, "markdown/1"
	Rules       string // the version of the rules
	Encoding    string
	Invalid     int // bytes replaced by U+FFFD
	Language    string
	Title       string    // by which it was read
	Source      string    // who published it, as the document says itself; "" where it does not
	Published   claim.Day // by which it was read
	// ToldTitle and ToldPublished are what was known of the document from outside.
	ToldTitle     string
	ToldPublished claim.Day
	HasText       bool   // false where no text came out
	Text          string //
	Failure       string // why it could not be read; "" where it was
	Sentences     []Sentence
	Claims        []claim.Appearance
}

// Sentence is a span of a reading's text that makes one statement.
type Sentence struct {
	document.Span
	Role document.Role
}

// Outline is what a stored reading says of its document as a whole.
type Outline struct {
	ID        int64
	Title     string
	Source    string // as the document says itself; "" where it does not
	Published claim.Day
	Invalid   int
	Failure   string // "" where it was read
}

const selectOutline = `
SELECT id, title, source, published, invalid, coalesce(failure, '') AS failure
FROM reading
WHERE key = @key`

// Outline finds the reading with a key; ok is false where there is none yet.
func (s *Store) Outline(ctx context.Context, key [32]byte) (o Outline, ok bool, err error) {
	err = again(ctx, func() (err error) {
		o, ok, err = outline(ctx, s.pool, key)
		return err
	})
	return o, ok, err
}

// querier is what can run a query: the pool, or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func outline(ctx context.Context, q querier, key [32]byte) (o Outline, ok bool, err error) {
	type row struct {
		ID        int64
		Title     string
		Source    string
		Published pgtype.Date
		Invalid   int
		Failure   string
	}
	rows, err := q.Query(ctx, selectOutline, pgx.NamedArgs{"key": key[:]})
	if err != nil {
		return o, false, fmt.Errorf("reading: %w", err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[row])
	if errors.Is(err, pgx.ErrNoRows) {
		return o, false, nil
	}
	if err != nil {
		return o, false, fmt.Errorf("reading: %w", err)
	}
	return Outline{r.ID, r.Title, r.Source, dayOf(r.Published), r.Invalid, r.Failure}, true, nil
}

const insertReading = `
INSERT INTO reading (key, sha256, hint, content_type, format, reader, rules, encoding, invalid, language,
                     title, source, published, told_title, told_published, text, failure)
VALUES (@key, @sha256, @hint, @content_type, @format, @reader, @rules, @encoding, @invalid, @language,
        @title, @source, @published, @told_title, @told_published, @text, nullif(@failure, ''))
ON CONFLICT (key) DO NOTHING
RETURNING id`

// saveReading stores a reading of the bytes with digest sha, whose content is
// stored, and returns its number and how many of its claims are new. A reading
// that another transaction has stored meanwhile is left as it is.
func saveReading(ctx context.Context, tx pgx.Tx, sha [32]byte, r *Reading, now time.Time) (id int64, newClaims int, err error) {
	err = tx.QueryRow(ctx, insertReading, pgx.NamedArgs{
		"key": r.Key[:], "sha256": sha[:], "hint": clean(r.Hint), "content_type": clean(r.ContentType),
		"format": r.Format, "reader": r.Reader, "rules": r.Rules, "encoding": r.Encoding, "invalid": r.Invalid,
		"language": clean(r.Language), "title": clean(r.Title), "source": clean(r.Source), "published": date(r.Published),
		"told_title": clean(r.ToldTitle), "told_published": date(r.ToldPublished),
		"text": pgtype.Text{String: r.Text, Valid: r.HasText}, "failure": clean(r.Failure),
	}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		o, ok, err := outline(ctx, tx, r.Key)
		if err == nil && !ok {
			err = errors.New("reading: vanished while it was stored")
		}
		return o.ID, 0, err
	}
	if err != nil {
		return 0, 0, fmt.Errorf("store reading: %w", err)
	}
	sentences := allSentences(r)
	if err := copySentences(ctx, tx, id, r.Text, sentences); err != nil {
		return 0, 0, err
	}
	newClaims, err = saveClaims(ctx, tx, r.Claims, now)
	if err != nil {
		return 0, 0, err
	}
	return id, newClaims, copyAppearances(ctx, tx, id, sentences, r.Claims)
}

// allSentences is the reading's sentences in order, with those that only an
// appearance names: a claim never stands without its sentence.
func allSentences(r *Reading) []Sentence {
	all := slices.Clone(r.Sentences)
	for _, a := range r.Claims {
		all = append(all, Sentence{Span: a.SentenceSpan, Role: document.Paragraph})
	}
	// Stable, so that of two with one span the reading's own stays, with its role.
	slices.SortStableFunc(all, func(a, b Sentence) int { return compareSpans(a.Span, b.Span) })
	return slices.CompactFunc(all, func(a, b Sentence) bool { return a.Span == b.Span })
}

func compareSpans(a, b document.Span) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return a.End - b.End
}

func copySentences(ctx context.Context, tx pgx.Tx, reading int64, text string, sentences []Sentence) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"sentence"},
		[]string{"reading", "n", "start_byte", "end_byte", "role", "text"},
		pgx.CopyFromSlice(len(sentences), func(i int) ([]any, error) {
			s := sentences[i]
			return []any{reading, i, s.Start, s.End, string(s.Role), s.Of(text)}, nil
		}))
	if err != nil {
		return fmt.Errorf("store sentences: %w", err)
	}
	return nil
}

func copyAppearances(ctx context.Context, tx pgx.Tx, reading int64, sentences []Sentence, claims []claim.Appearance) error {
	type place struct {
		document.Span
		claim [32]byte
		rule  claim.RuleID
	}
	rows := make([][]any, 0, len(claims))
	seen := make(map[place]bool, len(claims))
	for _, a := range claims {
		c := cleaned(a.Claim)
		id := c.ID()
		at := place{a.Span, id, a.Rule}
		if seen[at] {
			continue
		}
		seen[at] = true
		n, found := slices.BinarySearchFunc(sentences, a.SentenceSpan, func(s Sentence, span document.Span) int {
			return compareSpans(s.Span, span)
		})
		if !found {
			return fmt.Errorf("store appearances: no sentence at %d", a.SentenceSpan.Start)
		}
		rows = append(rows, []any{reading, n, bytes.Clone(id[:]), a.Span.Start, a.Span.End, a.Quote, c.Entities,
			clean(a.Attribution), string(a.Modality), date(a.Said), string(a.Rule)})
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"appearance"},
		[]string{"reading", "sentence", "claim", "start_byte", "end_byte", "quote", "entities",
			"attribution", "modality", "said", "rule"},
		pgx.CopyFromRows(rows))
	if err != nil {
		return fmt.Errorf("store appearances: %w", err)
	}
	return nil
}
