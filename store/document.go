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
		found, err = collectAnew[row](ctx, s.pool, "stored documents", selectStanding, pgx.NamedArgs{"addresses": addresses})
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

const stampDocuments = `
UPDATE document d SET size = nullif(s.size, 0), stamp = nullif(s.stamp, 0)
FROM unnest(@addresses::text[], @sizes::bigint[], @stamps::bigint[]) AS s (address, size, stamp)
WHERE d.address = s.address`

// StampDocuments notes the sizes and stamps of documents' files that did not
// change otherwise.
func StampDocuments(ctx context.Context, tx pgx.Tx, all []Document) error {
	addresses, sizes, stamps := make([]string, len(all)), make([]int64, len(all)), make([]int64, len(all))
	for i, d := range all {
		addresses[i], sizes[i], stamps[i] = clean(d.Address), d.Size, d.Stamp
	}
	_, err := tx.Exec(ctx, stampDocuments, pgx.NamedArgs{"addresses": addresses, "sizes": sizes, "stamps": stamps})
	if err != nil {
		return fmt.Errorf("note the stamps of files: %w", err)
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
