package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"crosscheck/conflict"
)

// Outcome is what became of a document in a run. The empty one is that of a
// document that waits.
type Outcome string

// The outcomes of a document.
const (
	Waiting   Outcome = ""
	Added     Outcome = "added"     // met for the first time
	Changed   Outcome = "changed"   // with new bytes, or read anew by newer readers or rules
	Unchanged Outcome = "unchanged" // as it was, and so not read
	Failed    Outcome = "failed"    // not read; the reason says why
)

// Expected is a document that a run should read, and what became of it.
type Expected struct {
	Address   string // unique in a run
	Source    int    // the place of its source among the run's
	Given     string // the path or URL as listed
	Outcome   Outcome
	Extracted bool   // readers and rules read it in this run
	Reason    string // why it failed
	Tries     int    // how often it was tried
	Version   int64  // 0 where none is stored
	Bytes     int64
	NewClaims int // claims that no document had made before
}

const (
	insertRunSources = `
INSERT INTO run_source (run, n, name)
SELECT @run::bigint, n - 1, name FROM unnest(@names::text[]) WITH ORDINALITY AS s (name, n)`

	insertExpected = `
INSERT INTO run_document (run, address, source, given, outcome, extracted, reason, tries, version, bytes, new)
SELECT @run::bigint, e.address, e.source, e.given, nullif(e.outcome, ''), e.extracted, e.reason, e.tries, nullif(e.version, 0), e.bytes, e.new
FROM unnest(@addresses::text[], @sources::int[], @given::text[], @outcomes::text[], @extracted::bool[], @reasons::text[],
            @tries::int[], @versions::bigint[], @bytes::bigint[], @new::int[])
     AS e (address, source, given, outcome, extracted, reason, tries, version, bytes, new)
ON CONFLICT (run, address) DO NOTHING
RETURNING address`

	// Of all that waits, which the condition must not be taken to ask for, it is one
	// document.
	settleDocument = `
UPDATE run_document
SET outcome = @outcome, extracted = @extracted, reason = @reason, tries = @tries, version = nullif(@version::bigint, 0), bytes = @bytes, new = @new
WHERE run = @run AND address = @address AND coalesce(outcome, '') = ''`

	noteListed = `UPDATE run_source SET listed = true WHERE run = @run AND n = @n`

	// A document that another transaction is about to settle still looks waiting.
	// There cannot be more of those than connections have in hand.
	manyWaiting = `
SELECT count(*) > @each * current_setting('max_connections')::int
FROM (SELECT FROM run_document WHERE run = @run AND outcome IS NULL LIMIT @each * current_setting('max_connections')::int + 1) AS w`

	lockRun = `SELECT stage = 'reading' FROM run WHERE id = @run FOR UPDATE`

	allRead = `
SELECT NOT EXISTS (SELECT FROM run_document WHERE run = @run AND outcome IS NULL)
   AND NOT EXISTS (SELECT FROM run_source WHERE run = @run AND NOT listed)`

	beginComparing = `UPDATE run SET stage = 'comparing' WHERE id = @run`
)

// StartSources opens the lines of a run's sources, in their order.
func StartSources(ctx context.Context, tx pgx.Tx, run int64, names []string) error {
	_, err := tx.Exec(ctx, insertRunSources, pgx.NamedArgs{"run": run, "names": cleanAll(names)})
	if err != nil {
		return fmt.Errorf("open the sources' lines in the ledger: %w", err)
	}
	return nil
}

// Expect notes documents that a run should read, and returns the addresses of
// those that it did not expect before: of a document that two sources list, the
// first has it, and a listing that is done twice adds nothing.
func Expect(ctx context.Context, tx pgx.Tx, run int64, docs []Expected) (anew map[string]bool, err error) {
	rows, err := tx.Query(ctx, insertExpected, expectedArgs(run, docs))
	if err != nil {
		return nil, fmt.Errorf("note the documents expected: %w", err)
	}
	anew = make(map[string]bool, len(docs))
	var address string
	if _, err := pgx.ForEachRow(rows, []any{&address}, func() error { anew[address] = true; return nil }); err != nil {
		return nil, fmt.Errorf("note the documents expected: %w", err)
	}
	return anew, nil
}

// expectedArgs is documents of a run as the database takes them, column by column.
func expectedArgs(run int64, docs []Expected) pgx.NamedArgs {
	n := len(docs)
	addresses, given, outcomes, reasons := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	sources, tries, fresh := make([]int, n), make([]int, n), make([]int, n)
	versions, bytes := make([]int64, n), make([]int64, n)
	extracted := make([]bool, n)
	for i, d := range docs {
		addresses[i], given[i], outcomes[i], reasons[i] = clean(d.Address), clean(d.Given), string(d.Outcome), clean(d.Reason)
		sources[i], tries[i], fresh[i] = d.Source, d.Tries, d.NewClaims
		versions[i], bytes[i], extracted[i] = d.Version, d.Bytes, d.Extracted
	}
	return pgx.NamedArgs{"run": run, "addresses": addresses, "sources": sources, "given": given, "outcomes": outcomes,
		"extracted": extracted, "reasons": reasons, "tries": tries, "versions": versions, "bytes": bytes, "new": fresh}
}

// Settle notes what became of documents that a run expects, and returns for how
// many that had not been noted before. A run that has ended expects none.
func Settle(ctx context.Context, tx pgx.Tx, run int64, docs []Expected) (int, error) {
	// In one order, so that two that do the same work do not wait for each other.
	slices.SortFunc(docs, func(a, b Expected) int { return cmp.Compare(a.Address, b.Address) })
	var batch pgx.Batch
	settled := 0
	for _, d := range docs {
		batch.Queue(settleDocument, pgx.NamedArgs{"run": run, "address": clean(d.Address), "outcome": string(d.Outcome), "extracted": d.Extracted,
			"reason": clean(d.Reason), "tries": d.Tries, "version": d.Version, "bytes": d.Bytes, "new": d.NewClaims}).Exec(func(tag pgconn.CommandTag) error {
			settled += int(tag.RowsAffected())
			return nil
		})
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return 0, fmt.Errorf("note what became of documents: %w", err)
	}
	return settled, nil
}

// Listed notes that all documents of a run's source have been noted.
func Listed(ctx context.Context, tx pgx.Tx, run int64, source int) error {
	if _, err := tx.Exec(ctx, noteListed, pgx.NamedArgs{"run": run, "n": source}); err != nil {
		return fmt.Errorf("note that the source is listed: %w", err)
	}
	return nil
}

// LastRead reports whether the transaction brings a run's reading to its end:
// every source is listed and no document waits. Of all transactions of a run it
// says so to one. Called last: it locks the run where the end is near. No
// transaction may settle more than each documents.
func LastRead(ctx context.Context, tx pgx.Tx, run int64, each int) (last bool, err error) {
	args := pgx.NamedArgs{"run": run, "each": each}
	var far, reading bool
	if err = tx.QueryRow(ctx, manyWaiting, args).Scan(&far); err == nil && !far {
		// Each statement sees what was committed when it began: what the lock
		// waited for is seen by those behind it.
		if err = tx.QueryRow(ctx, lockRun, args).Scan(&reading); err == nil && reading {
			err = tx.QueryRow(ctx, allRead, args).Scan(&last)
		}
	}
	if err == nil && last {
		_, err = tx.Exec(ctx, beginComparing, args)
	}
	if err != nil {
		return false, fmt.Errorf("end of reading: %w", err)
	}
	return last, nil
}

const (
	// A conflict that was opened and settled again within one run is noted as both.
	insertChanges = `
INSERT INTO run_conflict (run, conflict, change)
SELECT @run::bigint, id, 'opened' FROM conflict
WHERE id = ANY(@new::text[]::bigint[]) AND status = 'open' AND closed IS NULL AND severity >= @shown
UNION ALL
SELECT @run::bigint, id, 'reopened' FROM conflict
WHERE id = ANY(@reopened::text[]::bigint[]) AND status = 'open' AND closed IS NULL AND severity >= @shown
UNION ALL
SELECT @run::bigint, id, 'superseded' FROM conflict
WHERE id = ANY((@new::text[] || @changed::text[])::bigint[]) AND status = 'superseded' AND closed IS NULL AND severity >= @shown
UNION ALL
SELECT @run::bigint, id, 'closed' FROM conflict WHERE id = ANY(@settled::text[]::bigint[])
ON CONFLICT DO NOTHING`

	runVersions = `SELECT version FROM run_document WHERE run = @run AND version IS NOT NULL ORDER BY version`
)

// noteChanges keeps in the ledger what comparing changed about conflicts, in
// the transaction that changes them.
func noteChanges(ctx context.Context, tx pgx.Tx, run int64, s Synced) error {
	_, err := tx.Exec(ctx, insertChanges, pgx.NamedArgs{"run": run, "new": s.New, "changed": s.Changed,
		"reopened": s.Reopened, "settled": s.Settled, "shown": conflict.ShownFrom})
	if err != nil {
		return fmt.Errorf("note what became of conflicts: %w", err)
	}
	return nil
}

// RunVersions is the versions that stand of the documents of a run in hand.
func RunVersions(ctx context.Context, tx pgx.Tx, run int64) ([]int64, error) {
	return numbers(ctx, tx, "versions of the run", runVersions, pgx.NamedArgs{"run": run})
}

const (
	sumSources = `
UPDATE run_source s
SET expected = d.expected, fetched = d.fetched, unchanged = d.unchanged, failed = d.failed, extracted = d.extracted, claims = coalesce(c.claims, 0)
FROM (SELECT source, count(*) AS expected, count(*) FILTER (WHERE outcome IN ('added', 'changed')) AS fetched,
             count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged, count(*) FILTER (WHERE outcome = 'failed') AS failed,
             count(*) FILTER (WHERE outcome IN ('added', 'changed') AND extracted) AS extracted
      FROM run_document WHERE run = @run GROUP BY source) AS d
LEFT JOIN (
      SELECT r.source, count(DISTINCT a.claim) AS claims
      FROM run_document r JOIN version v ON v.id = r.version JOIN appearance a USING (reading)
      WHERE r.run = @run AND r.outcome IN ('added', 'changed')
      GROUP BY r.source) AS c ON c.source = d.source
WHERE s.run = @run AND s.n = d.source`

	// The database does not know yet how many documents the run has. It would look for
	// each of them whether it is in a conflict, where few are that the run changed.
	sumConflicts = `
WITH touched AS MATERIALIZED (
    SELECT DISTINCT rc.conflict, rc.change, d.address
    FROM run_conflict rc
    JOIN member m USING (conflict)
    JOIN version v ON v.id = m.version
    JOIN document d ON d.id = v.document
    WHERE rc.run = @run
), part AS (
    SELECT DISTINCT conflict, change, told.source
    FROM touched
    CROSS JOIN LATERAL (SELECT source FROM run_document WHERE run = @run AND address = touched.address LIMIT 1) AS told
), summed AS (
    SELECT source, count(*) FILTER (WHERE change = 'opened') AS opened, count(*) FILTER (WHERE change = 'reopened') AS reopened,
           count(*) FILTER (WHERE change = 'superseded') AS superseded, count(*) FILTER (WHERE change = 'closed') AS closed
    FROM part GROUP BY source
)
UPDATE run_source s
SET opened = p.opened, reopened = p.reopened, superseded = p.superseded, closed = p.closed
FROM summed p
WHERE s.run = @run AND s.n = p.source`

	sumQuiet = `
UPDATE run_source s
SET quiet  = CASE WHEN s.fetched > 0 THEN 0 ELSE 1 + coalesce(p.quiet, 0) END,
    silent = CASE WHEN s.fetched + s.unchanged > 0 THEN 0 ELSE 1 + coalesce(p.silent, 0) END
FROM run_source o
LEFT JOIN LATERAL (
    SELECT b.quiet, b.silent
    FROM run_source b JOIN run r ON r.id = b.run
    WHERE b.name = o.name AND b.run < o.run AND r.finished IS NOT NULL
    ORDER BY b.run DESC LIMIT 1) AS p ON true
WHERE s.run = @run AND o.run = s.run AND o.n = s.n`

	keepFailures = `
INSERT INTO run_failure (run, source, document, reason, tries)
SELECT run, source, given, reason, tries FROM run_document WHERE run = @run AND outcome = 'failed' ORDER BY given`

	sumRun = `
SELECT count(*) AS found, count(*) FILTER (WHERE outcome = 'added') AS added, count(*) FILTER (WHERE outcome = 'changed') AS changed,
       count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged, count(*) FILTER (WHERE outcome = 'failed') AS failed,
       count(v.sha256) FILTER (WHERE outcome <> 'failed') - count(DISTINCT v.sha256) FILTER (WHERE outcome <> 'failed') AS copies,
       coalesce(sum(bytes), 0)::bigint AS bytes, coalesce(sum(new), 0)::int AS new_claims
FROM run_document d LEFT JOIN version v ON v.id = d.version
WHERE d.run = @run`

	sumChanges = `
SELECT count(*) FILTER (WHERE change = 'opened' AND c.status = 'open' AND c.closed IS NULL) AS opened,
       count(*) FILTER (WHERE change = 'reopened') AS reopened, count(*) FILTER (WHERE change = 'superseded') AS superseded,
       count(*) FILTER (WHERE change = 'closed') AS closed
FROM run_conflict JOIN conflict c ON c.id = conflict
WHERE run = @run`

	forgetExpected = `DELETE FROM run_document WHERE run = @run`
)

// SumUp adds up the documents of a run: what became of them, and of the
// conflicts that it changed. The counts of what stands in them are left to the caller.
func SumUp(ctx context.Context, tx pgx.Tx, run int64) (Run, error) {
	sums, err := collect[struct {
		Found, Added, Changed, Unchanged, Failed, Copies int
		Bytes                                            int64
		NewClaims                                        int
	}](ctx, tx, "the run's documents", sumRun, pgx.NamedArgs{"run": run})
	if err != nil {
		return Run{}, err
	}
	changes, err := collect[struct{ Opened, Reopened, Superseded, Closed int }](ctx, tx, "the run's conflicts", sumChanges, pgx.NamedArgs{"run": run})
	if err != nil {
		return Run{}, err
	}
	d, c := sums[0], changes[0] // aggregates have one row
	return Run{
		Found: d.Found, Added: d.Added, Changed: d.Changed, Unchanged: d.Unchanged, Failed: d.Failed, Copies: d.Copies,
		Bytes: d.Bytes, NewClaims: d.NewClaims, NewConflicts: c.Opened, Reopened: c.Reopened, Superseded: c.Superseded, Closed: c.Closed,
	}, nil
}

// FinishSources closes the lines of a run's sources: it adds up the documents,
// keeps the reasons of those that failed, and forgets the others.
func FinishSources(ctx context.Context, tx pgx.Tx, run int64) error {
	for _, sql := range []string{sumSources, sumConflicts, sumQuiet, keepFailures, forgetExpected} {
		if _, err := tx.Exec(ctx, sql, pgx.NamedArgs{"run": run}); err != nil {
			return fmt.Errorf("close the sources' lines in the ledger: %w", err)
		}
	}
	return nil
}

const failRun = `UPDATE run SET stage = 'failed', failure = @reason WHERE id = @run AND finished IS NULL`

// FailRun notes that a run did not come to its end, and why.
func FailRun(ctx context.Context, tx pgx.Tx, run int64, reason string) error {
	if _, err := tx.Exec(ctx, failRun, pgx.NamedArgs{"run": run, "reason": clean(reason)}); err != nil {
		return fmt.Errorf("note that the run failed: %w", err)
	}
	return nil
}

const (
	beat = `
INSERT INTO worker (id, host, seen) VALUES (@id, @host, now())
ON CONFLICT (id) DO UPDATE SET seen = excluded.seen`

	forgetWorkers = `DELETE FROM worker WHERE seen < now() - greatest(interval '1 day', @lease)`

	aliveWorkers = `SELECT id FROM worker WHERE seen > now() - @lease::interval`

	leaveWork = `DELETE FROM worker WHERE id = @id`
)

// Beat says that a worker is alive. All times of workers are the database's,
// because machines' clocks differ.
func (s *Store) Beat(ctx context.Context, id, host string) error {
	if _, err := s.pool.Exec(ctx, beat, pgx.NamedArgs{"id": id, "host": clean(host)}); err != nil {
		return fmt.Errorf("say that this worker is alive: %w", err)
	}
	return nil
}

// Leave says that a worker has ended.
func (s *Store) Leave(ctx context.Context, id string) error {
	if _, err := s.pool.Exec(ctx, leaveWork, pgx.NamedArgs{"id": id}); err != nil {
		return fmt.Errorf("say that this worker ends: %w", err)
	}
	return nil
}

// Alive is the workers that have said within a lease that they are alive.
func Alive(ctx context.Context, tx pgx.Tx, lease time.Duration) ([]string, error) {
	if _, err := tx.Exec(ctx, forgetWorkers, pgx.NamedArgs{"lease": lease}); err != nil {
		return nil, fmt.Errorf("workers: %w", err)
	}
	rows, err := tx.Query(ctx, aliveWorkers, pgx.NamedArgs{"lease": lease})
	if err != nil {
		return nil, fmt.Errorf("workers: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("workers: %w", err)
	}
	return ids, nil
}

// orphanLock is the key of the lock of whoever takes over from dead workers.
const orphanLock = 0x6f727068616e

// AloneAtOrphans reports whether the transaction is the only one that takes over
// from dead workers, until it ends.
func AloneAtOrphans(ctx context.Context, tx pgx.Tx) (alone bool, err error) {
	if err := tx.QueryRow(ctx, `SELECT pg_try_advisory_xact_lock(@key)`, pgx.NamedArgs{"key": orphanLock}).Scan(&alone); err != nil {
		return false, fmt.Errorf("look for dead workers: %w", err)
	}
	return alone, nil
}
