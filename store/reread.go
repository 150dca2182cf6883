package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
)

// Stale is a document that was last read by other readers or rules than today's.
type Stale struct {
	Version int64
	Address string
	Given   string // the path or URL as last given
	Source  string
	SHA256  [32]byte
	Size    int64 // of its bytes
	Made    Made
}

// StaleFilter says which readings are stale, and which of those are wanted.
type StaleFilter struct {
	Rules   string   // the version of today's rules
	Readers []string // today's readers, with their versions
	Source  string   // only documents of this source; "" for all
	Version int64    // only this version; 0 for all
	After   int64    // only versions behind this one
	Limit   int      // at most so many
}

const (
	fromStale = `
FROM version v
JOIN document d ON d.id = v.document
JOIN source s ON s.id = d.source
JOIN reading r ON r.id = v.reading
JOIN content c ON c.sha256 = v.sha256
WHERE v.current AND (r.rules <> @rules OR r.reader <> '' AND r.reader <> ALL(@readers::text[]))
  AND (@source = '' OR s.name = @source) AND (@version = 0 OR v.id = @version)`

	selectStale = `
SELECT v.id AS version, d.address, d.given, s.name AS source, v.sha256, c.size, ` + selectMadeColumns + fromStale + `
  AND v.id > @after AND c.bytes IS NOT NULL
ORDER BY v.id
LIMIT @limit`

	countUnkept = `SELECT count(*)` + fromStale + ` AND c.bytes IS NULL`
)

func (f StaleFilter) args() pgx.NamedArgs {
	return pgx.NamedArgs{"rules": f.Rules, "readers": f.Readers, "source": f.Source, "version": f.Version, "after": f.After, "limit": f.Limit}
}

// FindStale finds documents whose bytes are kept and that were last read by other
// readers or rules, in the order of their versions.
func FindStale(ctx context.Context, tx pgx.Tx, f StaleFilter) ([]Stale, error) {
	type row struct {
		Version int64
		Address string
		Given   string
		Source  string
		SHA256  []byte
		Size    int64
		madeColumns
	}
	rows, err := collect[row](ctx, tx, "documents read by other rules", selectStale, f.args())
	if err != nil {
		return nil, err
	}
	stale := make([]Stale, len(rows))
	for i, r := range rows {
		stale[i] = Stale{r.Version, r.Address, r.Given, r.Source, [32]byte(r.SHA256), r.Size, r.made()}
	}
	return stale, nil
}

// CountUnkept counts the documents that would be read again if their bytes were
// still kept.
func CountUnkept(ctx context.Context, tx pgx.Tx, f StaleFilter) (int, error) {
	n, err := numbers(ctx, tx, "documents whose bytes are no longer kept", countUnkept, f.args())
	if err != nil {
		return 0, err
	}
	return int(n[0]), nil // an aggregate has one row
}

const (
	// As storing documents does: see Withdraw.
	holdDocuments = `LOCK TABLE document IN ROW EXCLUSIVE MODE`

	lockStale = `SELECT id FROM version WHERE id = @version AND reading = @old AND current FOR UPDATE`

	replaceReading = `UPDATE version SET reading = @reading, compared = false WHERE id = @version`

	retitleDocument = `
UPDATE document SET title = @title, published = @published
WHERE id = (SELECT document FROM version WHERE id = @version)`
)

// SaveRereading gives a version what was read out of its bytes anew: r, or where
// that is nil the stored reading known. It reports false, and does nothing,
// where the document has changed or been read anew meanwhile.
func SaveRereading(ctx context.Context, tx pgx.Tx, of Stale, r *Reading, known int64, title string, published claim.Day, now time.Time) (newClaims int, ok bool, err error) {
	args := pgx.NamedArgs{"version": of.Version, "old": of.Made.Reading, "title": clean(title), "published": date(published)}
	if _, err := tx.Exec(ctx, holdDocuments); err != nil {
		return 0, false, fmt.Errorf("read anew: %w", err)
	}
	locked, err := numbers(ctx, tx, "the version", lockStale, args)
	if err != nil || len(locked) == 0 {
		return 0, false, err
	}
	s := newSaving([]Arrival{{SHA256: of.SHA256, Reading: r, Known: known}}, now)
	if err := s.readAnew(ctx, tx); err != nil {
		return 0, false, err
	}
	args["reading"] = s.reading[0]
	for _, sql := range []string{replaceReading, retitleDocument} {
		if _, err := tx.Exec(ctx, sql, args); err != nil {
			return 0, false, fmt.Errorf("store what was read anew: %w", err)
		}
	}
	if err := s.fill(ctx, tx); err != nil {
		return 0, false, err
	}
	return s.saved[0].NewClaims, true, nil
}

// readAnew stores readings of documents that stay as they are, where there are some,
// without what stands in them.
func (s *saving) readAnew(ctx context.Context, tx pgx.Tx) error {
	if len(s.readings) > 0 {
		var batch pgx.Batch
		s.makeClaims()
		s.queueReadings(&batch)
		if err := during(ctx, tx, &batch, "store what was read anew", s.makeSentences); err != nil {
			return err
		}
	}
	if err := s.numberReadings(ctx, tx); err != nil {
		return err
	}
	s.gatherClaims()
	return nil
}

const (
	aloneAtRereading = `SELECT pg_try_advisory_xact_lock(hashtext('crosscheck reread'))`

	anyRereading = `
SELECT EXISTS (SELECT FROM run r JOIN run_source s ON s.run = r.id
               WHERE r.finished IS NULL AND r.stage <> 'failed' AND s.name = @name AND s.listed)`
)

// AloneAtRereading reports whether until the transaction ends nobody else may
// begin to read the archive again, and nobody has: no run in hand has a source
// of that name.
func AloneAtRereading(ctx context.Context, tx pgx.Tx, name string) (alone bool, err error) {
	var running bool
	if err = tx.QueryRow(ctx, aloneAtRereading).Scan(&alone); err == nil && alone {
		err = tx.QueryRow(ctx, anyRereading, pgx.NamedArgs{"name": name}).Scan(&running)
	}
	if err != nil {
		return false, fmt.Errorf("reading the archive again: %w", err)
	}
	return alone && !running, nil
}
