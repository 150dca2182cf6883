package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Fetch is how a page was last fetched.
type Fetch struct {
	Address   string // normalised
	Asked     time.Time
	Status    int       // of HTTP; 0 where there was no answer
	Failure   string    // why it brought nothing; "" where it did
	Failures  int       // how often in a row
	NotBefore time.Time // when it may be asked for again; the zero time where any time will do

	// These are of the last time that it brought something.
	FoundAt      string // the last of its redirects
	Moved        string // its new address; "" where it has not moved for good
	ETag         string
	LastModified string
	ContentType  string
	SHA256       [32]byte // of the bytes; zero where none ever came
}

const (
	selectFetches = `
SELECT address, asked, coalesce(status, 0) AS status, coalesce(failure, '') AS failure, failures, not_before,
       found_at, moved, etag, last_modified, content_type, sha256
FROM page
WHERE address = ANY(@addresses)`

	upsertFetch = `
INSERT INTO page (address, asked, status, failure, failures, not_before,
                   found_at, moved, etag, last_modified, content_type, sha256)
VALUES (@address, @asked, nullif(@status, 0), nullif(@failure, ''), @failures, @not_before,
        @found_at, @moved, @etag, @last_modified, @content_type, @sha256)
ON CONFLICT (address) DO UPDATE
SET asked = excluded.asked, status = excluded.status, failure = excluded.failure, failures = excluded.failures,
    not_before = excluded.not_before, found_at = excluded.found_at, moved = excluded.moved, etag = excluded.etag,
    last_modified = excluded.last_modified, content_type = excluded.content_type, sha256 = excluded.sha256`

	selectArchived = `SELECT bytes FROM content WHERE sha256 = @sha256`
)

// Fetches finds how the pages at some addresses were last fetched, by address.
func (s *Store) Fetches(ctx context.Context, addresses []string) (map[string]Fetch, error) {
	type row struct {
		Address      string
		Asked        time.Time
		Status       int
		Failure      string
		Failures     int
		NotBefore    pgtype.Timestamptz
		FoundAt      string
		Moved        string
		ETag         string `db:"etag"`
		LastModified string
		ContentType  string
		SHA256       []byte
	}
	var found []row
	err := again(ctx, func() (err error) {
		found, err = collect[row](ctx, s.pool, "fetched pages", selectFetches, pgx.NamedArgs{"addresses": addresses})
		return err
	})
	if err != nil {
		return nil, err
	}
	fetches := make(map[string]Fetch, len(found))
	for _, r := range found {
		f := Fetch{
			Address: r.Address, Asked: r.Asked, Status: r.Status, Failure: r.Failure, Failures: r.Failures, NotBefore: r.NotBefore.Time,
			FoundAt: r.FoundAt, Moved: r.Moved, ETag: r.ETag, LastModified: r.LastModified, ContentType: r.ContentType,
		}
		copy(f.SHA256[:], r.SHA256)
		fetches[r.Address] = f
	}
	return fetches, nil
}

// SaveFetch notes how a page was fetched.
func SaveFetch(ctx context.Context, tx pgx.Tx, f Fetch) error {
	var sha []byte
	if f.SHA256 != [32]byte{} {
		sha = f.SHA256[:]
	}
	_, err := tx.Exec(ctx, upsertFetch, pgx.NamedArgs{
		"address": clean(f.Address), "asked": f.Asked, "status": f.Status, "failure": clean(f.Failure), "failures": f.Failures,
		"not_before": moment(f.NotBefore), "found_at": clean(f.FoundAt), "moved": clean(f.Moved), "etag": clean(f.ETag),
		"last_modified": clean(f.LastModified), "content_type": clean(f.ContentType), "sha256": sha,
	})
	if err != nil {
		return fmt.Errorf("note how a page was fetched: %w", err)
	}
	return nil
}

// DroppedError says that bytes were archived, and kept for as long as was asked for.
type DroppedError struct{ SHA256 [32]byte }

// Error says which.
func (e *DroppedError) Error() string {
	return fmt.Sprintf("archived bytes: those with SHA-256 %x are no longer kept", e.SHA256)
}

// Archived gives archived bytes by their digest. That they are not there is an
// error, a *DroppedError where they were.
func (s *Store) Archived(ctx context.Context, sha [32]byte) (raw []byte, err error) {
	err = again(ctx, func() error {
		return s.pool.QueryRow(ctx, selectArchived, pgx.NamedArgs{"sha256": sha[:]}).Scan(&raw)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("archived bytes: there are none with SHA-256 %x", sha)
	}
	if err != nil {
		return nil, fmt.Errorf("archived bytes: %w", err)
	}
	if raw == nil {
		return nil, &DroppedError{sha}
	}
	return raw, nil
}

const reserveHost = `
INSERT INTO host (name, next) VALUES (@name, now() + @interval::interval)
ON CONFLICT (name) DO UPDATE
SET next = greatest(host.next, now()) + @interval::interval
WHERE host.next <= now() + @most::interval
RETURNING extract(epoch FROM next - @interval::interval - now())::float8`

const (
	hostFree = `SELECT extract(epoch FROM greatest(next - now(), interval '0'))::float8 FROM host WHERE name = @name`

	spareHost = `
INSERT INTO host (name, next) VALUES (@name, now() + @interval::interval)
ON CONFLICT (name) DO UPDATE SET next = greatest(host.next, excluded.next)`
)

// ReserveHost takes the next turn at a host for one request, and moves those
// behind it by an interval. It returns how long to wait for the turn. Where that is
// longer than most, no turn is taken. All times are the database's.
func (s *Store) ReserveHost(ctx context.Context, host string, interval, most time.Duration) (wait time.Duration, err error) {
	args := pgx.NamedArgs{"name": clean(host), "interval": interval, "most": most}
	var seconds float64
	for {
		err = s.pool.QueryRow(ctx, reserveHost, args).Scan(&seconds)
		taken := err == nil
		if errors.Is(err, pgx.ErrNoRows) {
			err = s.pool.QueryRow(ctx, hostFree, args).Scan(&seconds)
		}
		if err != nil {
			return 0, fmt.Errorf("wait for the turn at %s: %w", host, err)
		}
		wait = time.Duration(seconds * float64(time.Second))
		if taken || wait > most {
			return wait, nil
		}
		// Between the two questions its time came nearer.
	}
}

// SpareHost lets nobody ask a host for a time.
func (s *Store) SpareHost(ctx context.Context, host string, span time.Duration) error {
	if _, err := s.pool.Exec(ctx, spareHost, pgx.NamedArgs{"name": clean(host), "interval": span}); err != nil {
		return fmt.Errorf("spare %s: %w", host, err)
	}
	return nil
}
