package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Run is a line of the ledger.
type Run struct {
	Found, Added, Changed, Unchanged, Copies, Failed int
	Sentences, Claims, NewClaims, Appearances        int
	Conflicts, NewConflicts                          int
	Reopened, Superseded, Closed                     int // of the conflicts shown
	Bytes                                            int64
}

const (
	setWorker = `UPDATE run SET worker = @worker WHERE id = @id`

	insertRun = `INSERT INTO run (started, paths) VALUES (@started, @paths) RETURNING id`

	finishRun = `
UPDATE run
SET finished = greatest(started, @finished), found = @found, added = @added, changed = @changed, unchanged = @unchanged,
    copies = @copies, failed = @failed, sentences = @sentences, claims = @claims, new_claims = @new_claims,
    appearances = @appearances, conflicts = @conflicts, new_conflicts = @new_conflicts, bytes = @bytes,
    reopened = @reopened, superseded = @superseded, closed = @closed, stage = 'finished', failure = ''
WHERE id = @id AND finished IS NULL`
)

// StartRun opens a line of the ledger. A line that is never finished says that
// its run was broken off.
func StartRun(ctx context.Context, tx pgx.Tx, paths []string, started time.Time) (id int64, err error) {
	err = tx.QueryRow(ctx, insertRun, pgx.NamedArgs{"paths": cleanAll(paths), "started": started}).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("open the run's line in the ledger: %w", err)
	}
	return id, nil
}

// KeptBy notes that one process does a whole run, by the name under which it says
// that it is alive: where it no longer is, the run was broken off.
func KeptBy(ctx context.Context, tx pgx.Tx, run int64, worker string) error {
	if _, err := tx.Exec(ctx, setWorker, pgx.NamedArgs{"id": run, "worker": worker}); err != nil {
		return fmt.Errorf("note who does the run: %w", err)
	}
	return nil
}

// FinishRun closes a line of the ledger with what the run did. It reports false
// where it was closed before.
func FinishRun(ctx context.Context, tx pgx.Tx, id int64, r Run, finished time.Time) (bool, error) {
	tag, err := tx.Exec(ctx, finishRun, pgx.NamedArgs{
		"id": id, "finished": finished, "found": r.Found, "added": r.Added, "changed": r.Changed,
		"unchanged": r.Unchanged, "copies": r.Copies, "failed": r.Failed, "sentences": r.Sentences,
		"claims": r.Claims, "new_claims": r.NewClaims, "appearances": r.Appearances,
		"conflicts": r.Conflicts, "new_conflicts": r.NewConflicts, "bytes": r.Bytes,
		"reopened": r.Reopened, "superseded": r.Superseded, "closed": r.Closed,
	})
	if err != nil {
		return false, fmt.Errorf("close the run's line in the ledger: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}
