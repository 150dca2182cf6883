package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
)

// Document is what is known of a document besides its bytes.
type Document struct {
	Address   string // a resolved path or a normalised URL; unique
	Given     string // the path or URL as given
	Source    string // who published it; not empty
	Title     string
	Published claim.Day
	Retrieved time.Time // when its bytes were fetched; the zero time where unknown
	// Size and Stamp are those of its file, by which is told that it has not
	// changed; a Stamp of 0 tells nothing.
	Size, Stamp int64
}

// Standing is a document as it was last seen.
type Standing struct {
	Document
	Version int64 // the number of its current version
	SHA256  [32]byte
	Key     [32]byte // of the reading
	Outline Outline
}

const selectStanding = `
SELECT d.address, d.given, s.name AS source, d.title, d.published, d.retrieved,
       coalesce(d.size, 0) AS size, coalesce(d.stamp, 0) AS stamp, v.id AS version, v.sha256, r.id AS reading, r.key, r.title AS own_title, r.source AS own_source,
       r.published AS own_published, r.invalid, coalesce(r.failure, '') AS failure
FROM document d
JOIN source s ON s.id = d.source
JOIN version v ON v.document = d.id AND v.current
JOIN reading r ON r.id = v.reading
WHERE d.address = ANY(@addresses)`

// Standing finds the documents at some addresses, by address.
func (s *Store) Standing(ctx context.Context, addresses []string) (map[string]Standing, error) {
	type row struct {
		Address      string
		Given        string
		Source       string
		Title        string
		Published    pgtype.Date
		Retrieved    pgtype.Timestamptz
		Size         int64
		Stamp        int64
		Version      int64
		SHA256       []byte
		Reading      int64
		Key          []byte
		OwnTitle     string
		OwnSource    string
		OwnPublished pgtype.Date
		Invalid      int
		Failure      string
	}
	var found []row
	err := again(ctx, func() (err error) {
		found, err = collect[row](ctx, s.pool, "stored documents", selectStanding, pgx.NamedArgs{"addresses": addresses})
		return err
	})
	if err != nil {
		return nil, err
	}
	standing := make(map[string]Standing, len(found))
	for _, r := range found {
		var retrieved time.Time
		if r.Retrieved.Valid {
			retrieved = r.Retrieved.Time
		}
		standing[r.Address] = Standing{
			Document: Document{r.Address, r.Given, r.Source, r.Title, dayOf(r.Published), retrieved, r.Size, r.Stamp},
			Version:  r.Version, SHA256: [32]byte(r.SHA256), Key: [32]byte(r.Key),
			Outline: Outline{r.Reading, r.OwnTitle, r.OwnSource, dayOf(r.OwnPublished), r.Invalid, r.Failure},
		}
	}
	return standing, nil
}

const (
	insertSource = `INSERT INTO source (name) VALUES (@source) ON CONFLICT (name) DO NOTHING`

	upsertDocument = `
INSERT INTO document (address, given, source, title, published, retrieved, size, stamp)
VALUES (@address, @given, (SELECT id FROM source WHERE name = @source), @title, @published, @retrieved, nullif(@seen_size::bigint, 0), nullif(@stamp::bigint, 0))
ON CONFLICT (address) DO UPDATE
SET given = excluded.given, source = excluded.source, title = excluded.title,
    published = excluded.published, retrieved = excluded.retrieved, size = excluded.size, stamp = excluded.stamp
RETURNING id`

	insertContent = `
INSERT INTO content (sha256, bytes, size) VALUES (@sha256, @bytes, @size)
ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes, dropped = NULL WHERE content.bytes IS NULL`

	retireVersions = `UPDATE version SET current = false, compared = false WHERE document = @document AND current AND sha256 <> @sha256 RETURNING id`

	insertEdit = `INSERT INTO edit (document, old, new, noticed) VALUES (@document, @retired, @version, @now)`

	upsertVersion = `
INSERT INTO version (document, sha256, reading, current, first_seen, last_seen)
VALUES (@document, @sha256, @reading, true, @now, @now)
ON CONFLICT (document, sha256) DO UPDATE
SET reading = excluded.reading, current = true, compared = false, last_seen = greatest(version.last_seen, excluded.last_seen)
RETURNING id`
)

// Saved is what SaveDocument did.
type Saved struct {
	Version   int64 // the number of the document's version
	NewClaims int   // claims that no document had made before
}

// SaveDocument stores a document as it now stands: its bytes, unless a document
// with the same bytes was stored; what was read out of them; and the version.
// The reading is nil where known names one that is stored already.
func SaveDocument(ctx context.Context, tx pgx.Tx, d Document, raw []byte, sha [32]byte, r *Reading, known int64, now time.Time) (Saved, error) {
	var saved Saved
	args := pgx.NamedArgs{
		"address": clean(d.Address), "given": clean(d.Given), "source": clean(d.Source), "title": clean(d.Title),
		"published": date(d.Published), "retrieved": moment(d.Retrieved),
		"sha256": sha[:], "bytes": raw, "size": len(raw), "now": now,
		"seen_size": d.Size, "stamp": d.Stamp,
	}
	if _, err := tx.Exec(ctx, insertSource, args); err != nil {
		return saved, fmt.Errorf("store source: %w", err)
	}
	var document int64
	if err := tx.QueryRow(ctx, upsertDocument, args).Scan(&document); err != nil {
		return saved, fmt.Errorf("store document: %w", err)
	}
	if r != nil {
		if _, err := tx.Exec(ctx, insertContent, args); err != nil {
			return saved, fmt.Errorf("archive: %w", err)
		}
		var err error
		if known, saved.NewClaims, err = saveReading(ctx, tx, sha, r, now); err != nil {
			return saved, err
		}
	}
	args["document"], args["reading"] = document, known
	retired, err := numbers(ctx, tx, "store version", retireVersions, args)
	if err != nil {
		return saved, err
	}
	if err := tx.QueryRow(ctx, upsertVersion, args).Scan(&saved.Version); err != nil {
		return saved, fmt.Errorf("store version: %w", err)
	}
	if len(retired) == 1 {
		args["retired"], args["version"] = retired[0], saved.Version
		if _, err := tx.Exec(ctx, insertEdit, args); err != nil {
			return saved, fmt.Errorf("note the edit: %w", err)
		}
	}
	return saved, nil
}

const stampDocument = `UPDATE document SET size = nullif(@size::bigint, 0), stamp = nullif(@stamp::bigint, 0) WHERE address = @address`

// StampDocument notes the size and stamp of a document's file that did not
// change otherwise.
func StampDocument(ctx context.Context, tx pgx.Tx, d Document) error {
	_, err := tx.Exec(ctx, stampDocument, pgx.NamedArgs{"address": clean(d.Address), "size": d.Size, "stamp": d.Stamp})
	if err != nil {
		return fmt.Errorf("note the stamp of the file: %w", err)
	}
	return nil
}

const touchVersions = `UPDATE version SET last_seen = greatest(last_seen, @now) WHERE id = ANY(@versions)`

// Seen notes that versions still stand.
func Seen(ctx context.Context, tx pgx.Tx, versions []int64, now time.Time) error {
	if _, err := tx.Exec(ctx, touchVersions, pgx.NamedArgs{"versions": versions, "now": now}); err != nil {
		return fmt.Errorf("note what was seen: %w", err)
	}
	return nil
}

// Counts is what stands in some versions, what copies share counted once.
type Counts struct{ Sentences, Appearances, Claims int }

const countVersions = `
WITH readings AS (SELECT DISTINCT reading FROM version WHERE id = ANY(@versions))
SELECT (SELECT count(*) FROM sentence JOIN readings USING (reading)) AS sentences,
       count(*) AS appearances, count(DISTINCT claim) AS claims
FROM appearance JOIN readings USING (reading)`

// Count counts what stands in versions.
func (s *Store) Count(ctx context.Context, versions []int64) (Counts, error) {
	var found []Counts
	err := again(ctx, func() (err error) {
		found, err = collect[Counts](ctx, s.pool, "count", countVersions, pgx.NamedArgs{"versions": versions})
		return err
	})
	if err != nil {
		return Counts{}, err
	}
	return found[0], nil // an aggregate has one row
}
