package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"

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

const selectOutlines = `
SELECT id, key, title, source, published, invalid, coalesce(failure, '') AS failure
FROM reading
WHERE key = ANY(@keys)`

// Outlines finds the readings with some keys, by key.
func (s *Store) Outlines(ctx context.Context, keys [][32]byte) (map[[32]byte]Outline, error) {
	type row struct {
		ID        int64
		Key       []byte
		Title     string
		Source    string
		Published pgtype.Date
		Invalid   int
		Failure   string
	}
	wanted := make([][]byte, len(keys))
	for i := range keys {
		wanted[i] = keys[i][:]
	}
	var rows []row
	err := again(ctx, func() (err error) {
		rows, err = collectAnew[row](ctx, s.pool, "readings", selectOutlines, pgx.NamedArgs{"keys": wanted})
		return err
	})
	if err != nil {
		return nil, err
	}
	found := make(map[[32]byte]Outline, len(rows))
	for _, r := range rows {
		found[[32]byte(r.Key)] = Outline{r.ID, r.Title, r.Source, dayOf(r.Published), r.Invalid, r.Failure}
	}
	return found, nil
}

const (
	insertReadings = `
INSERT INTO reading (key, sha256, hint, content_type, format, reader, rules, encoding, invalid, language, title, source, published, told_title, told_published, text, failure, claims)
SELECT key, sha256, hint, content_type, format, reader, rules, encoding, invalid, language, title, source, published, told_title, told_published, text, nullif(failure, ''), claims
FROM unnest(@keys::bytea[], @hashes::bytea[], @hints::text[], @types::text[], @formats::text[], @readers::text[], @rules::text[],
            @encodings::text[], @invalid::int[], @languages::text[], @titles::text[], @sources::text[], @published::date[], @told_titles::text[], @told_published::date[], @texts::text[], @failures::text[], @claims::int[])
     AS r (key, sha256, hint, content_type, format, reader, rules, encoding, invalid, language, title, source, published,
           told_title, told_published, text, failure, claims)
ON CONFLICT (key) DO NOTHING
RETURNING id, key`

	selectKeys = `SELECT id, key FROM reading WHERE key = ANY(@keys)`

	insertSentences = `COPY sentence (reading, n, start_byte, end_byte, role, text) FROM STDIN (FORMAT binary)`

	insertAppearances = `
COPY appearance (reading, sentence, sentence_start, sentence_end, claim, start_byte, end_byte, quote, entities, attribution, modality, said, rule) FROM STDIN (FORMAT binary)`
)

// read is a reading that is to be stored, and for which document.
type read struct {
	*Reading
	id        int64
	arrival   int
	sentences []Sentence
	claims    []madeClaim
	different int // how many of the claims there are, equal ones counted once
}

// makeClaims makes the reading's claims as they are stored.
func (r *read) makeClaims() {
	r.claims = make([]madeClaim, len(r.Claims))
	once := make(map[[32]byte]struct{}, len(r.Claims))
	for i := range r.Claims {
		c := cleaned(r.Claims[i].Claim)
		r.claims[i] = madeClaim{Claim: c, id: c.ID()}
		once[r.claims[i].id] = struct{}{}
	}
	r.different = len(once)
}

// readingsOf is what was read of documents, each reading once, in the order of their
// keys.
func readingsOf(all []Arrival) (readings []*read) {
	for i := range all {
		if all[i].Reading != nil {
			readings = append(readings, &read{Reading: all[i].Reading, arrival: i})
		}
	}
	slices.SortStableFunc(readings, func(a, b *read) int { return bytes.Compare(a.Key[:], b.Key[:]) })
	return slices.CompactFunc(readings, func(a, b *read) bool { return a.Key == b.Key })
}

// readingColumns is the readings' columns.
func readingColumns(all []Arrival, readings []*read) pgx.NamedArgs {
	n := len(readings)
	column := func(of func(*read) string) []string {
		texts := make([]string, n)
		for i, r := range readings {
			texts[i] = clean(of(r))
		}
		return texts
	}
	keys, hashes, invalid, texts := make([][]byte, n), make([][]byte, n), make([]int, n), make([]pgtype.Text, n)
	published, told, claims := make([]pgtype.Date, n), make([]pgtype.Date, n), make([]int, n)
	for i, r := range readings {
		keys[i], hashes[i], published[i], invalid[i] = r.Key[:], all[r.arrival].SHA256[:], date(r.Published), r.Invalid
		told[i], claims[i] = date(r.ToldPublished), r.different
		texts[i] = pgtype.Text{String: r.Text, Valid: r.HasText}
	}
	return pgx.NamedArgs{
		"keys": keys, "hashes": hashes, "published": published, "told_published": told, "invalid": invalid, "texts": texts, "claims": claims,
		"hints":       column(func(r *read) string { return r.Hint }),
		"types":       column(func(r *read) string { return r.ContentType }),
		"formats":     column(func(r *read) string { return r.Format }),
		"readers":     column(func(r *read) string { return r.Reader }),
		"rules":       column(func(r *read) string { return r.Rules }),
		"encodings":   column(func(r *read) string { return r.Encoding }),
		"languages":   column(func(r *read) string { return r.Language }),
		"titles":      column(func(r *read) string { return r.Title }),
		"told_titles": column(func(r *read) string { return r.ToldTitle }),
		"sources":     column(func(r *read) string { return r.Source }),
		"failures":    column(func(r *read) string { return r.Failure }),
	}
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

func copySentences(ctx context.Context, tx pgx.Tx, readings []*read) error {
	return copyRows(ctx, tx, "store sentences", insertSentences, len(readings), func(i int, rows *binaryRows) error {
		r := readings[i]
		rows.room(len(r.Text) + 60*len(r.sentences))
		for n, s := range r.sentences {
			rows.row(6)
			rows.bigint(r.id)
			rows.integer(n)
			rows.integer(s.Start)
			rows.integer(s.End)
			rows.text(string(s.Role))
			rows.text(s.Of(r.Text))
		}
		return nil
	})
}

func copyAppearances(ctx context.Context, tx pgx.Tx, readings []*read) error {
	return copyRows(ctx, tx, "store appearances", insertAppearances, len(readings), func(i int, rows *binaryRows) error {
		rows.room(250 * len(readings[i].claims))
		return readings[i].appearances(rows)
	})
}

// appearances adds the rows of the reading's appearances.
func (r *read) appearances(rows *binaryRows) error {
	type place struct {
		document.Span
		claim *claimRow
		rule  claim.RuleID
	}
	seen := make(map[place]bool, len(r.claims))
	for i := range r.claims {
		a, c := &r.Claims[i], &r.claims[i]
		at := place{a.Span, c.row, a.Rule}
		if seen[at] {
			continue
		}
		seen[at] = true
		n, found := slices.BinarySearchFunc(r.sentences, a.SentenceSpan, func(s Sentence, span document.Span) int {
			return compareSpans(s.Span, span)
		})
		if !found {
			return fmt.Errorf("store appearances: no sentence at %d", a.SentenceSpan.Start)
		}
		rows.row(13)
		rows.bigint(r.id)
		rows.integer(n)
		rows.integer(a.SentenceSpan.Start)
		rows.integer(a.SentenceSpan.End)
		rows.bigint(c.row.number)
		rows.integer(a.Span.Start)
		rows.integer(a.Span.End)
		rows.text(a.Quote)
		rows.texts(c.Entities)
		rows.text(clean(a.Attribution))
		rows.text(string(a.Modality))
		rows.day(a.Said)
		rows.text(string(a.Rule))
	}
	return nil
}
