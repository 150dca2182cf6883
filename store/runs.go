package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// RunLine is a run as the ledger has it.
type RunLine struct {
	ID       int64
	Started  time.Time
	Finished time.Time // the zero time where it has not ended
	Stage    string    // reading, comparing, finished, failed, or BrokenOff
	Failure  string    // why it failed
	Paths    []string  // what it was told to read
	Run
}

// SourceLine is what one source gave in a run. Expected = Fetched + Unchanged +
// Failed; all are nought until the run ends.
type SourceLine struct {
	Run                                  int64
	N                                    int // its place among the run's sources
	Name                                 string
	Expected, Fetched, Unchanged, Failed int
	Extracted                            int // of those fetched, read by the rules in this run
	Claims                               int // different ones in the documents fetched
	Opened, Reopened, Superseded, Closed int // conflicts shown in which its documents take part
	Quiet                                int // runs in a row without anything new
	Silent                               int // runs in a row without anything at all
}

// FailureLine is a document that a run could not read.
type FailureLine struct {
	Source   int // the place of its source among the run's
	Document string
	Reason   string
	Tries    int
}

// BrokenOff is the stage of a run whose process ended without a word.
const BrokenOff = "broken off"

// Lease is for how long a process that says nothing counts as alive, where it
// does a whole run.
const Lease = 30 * time.Second

// stageNow is how far a run is: what it says itself, unless the process that does
// it is dead.
const stageNow = `
CASE WHEN run.finished IS NULL AND run.worker IS NOT NULL AND run.stage IN ('reading', 'comparing')
      AND NOT EXISTS (SELECT FROM worker w WHERE w.id = run.worker AND w.seen > now() - @lease::interval)
     THEN 'broken off' ELSE run.stage END`

const (
	selectRuns = `
SELECT id, started, finished, ` + stageNow + ` AS stage, failure, paths, found, added, changed, unchanged, copies, failed, sentences, claims, new_claims,
       appearances, conflicts, new_conflicts, reopened, superseded, closed, bytes
FROM run
WHERE @id = 0 OR id = @id
ORDER BY id DESC
LIMIT nullif(@limit, 0)`

	selectRunSources = `
SELECT run, n, name, expected, fetched, unchanged, failed, extracted, claims, opened, reopened, superseded, closed, quiet, silent
FROM run_source
WHERE run = @id
ORDER BY n`

	selectRunFailures = `SELECT source, document, reason, tries FROM run_failure WHERE run = @id ORDER BY source, document`
)

// Runs lists runs, the newest first, at most limit (0 is all).
func (s *Store) Runs(ctx context.Context, limit int) ([]RunLine, error) {
	return s.runs(ctx, 0, limit)
}

// FindRun finds one run with the lines of its sources and of what failed. It
// reports false where there is none of that number.
func (s *Store) FindRun(ctx context.Context, id int64) (run RunLine, sources []SourceLine, failed []FailureLine, ok bool, err error) {
	found, err := s.runs(ctx, id, 1)
	if err != nil || len(found) == 0 {
		return run, nil, nil, false, err
	}
	args := pgx.NamedArgs{"id": id}
	err = again(ctx, func() (err error) {
		if sources, err = collect[SourceLine](ctx, s.pool, "sources of the run", selectRunSources, args); err != nil {
			return err
		}
		failed, err = collect[FailureLine](ctx, s.pool, "failures of the run", selectRunFailures, args)
		return err
	})
	if err != nil {
		return run, nil, nil, false, fmt.Errorf("run %d: %w", id, err)
	}
	return found[0], sources, failed, true, nil
}

// LoadRun is a run with the lines of its sources and of what failed, as a
// transaction sees them.
func LoadRun(ctx context.Context, tx pgx.Tx, id int64) (run RunLine, sources []SourceLine, failed []FailureLine, err error) {
	found, err := runsIn(ctx, tx, id, 1)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("run %d: there is none", id)
	}
	args := pgx.NamedArgs{"id": id}
	if err == nil {
		sources, err = collect[SourceLine](ctx, tx, "sources of the run", selectRunSources, args)
	}
	if err == nil {
		failed, err = collect[FailureLine](ctx, tx, "failures of the run", selectRunFailures, args)
	}
	if err != nil {
		return run, nil, nil, err
	}
	return found[0], sources, failed, nil
}

func (s *Store) runs(ctx context.Context, id int64, limit int) (lines []RunLine, err error) {
	err = again(ctx, func() error {
		lines, err = runsIn(ctx, s.pool, id, limit)
		return err
	})
	return lines, err
}

func runsIn(ctx context.Context, db querier, id int64, limit int) ([]RunLine, error) {
	type row struct {
		ID       int64
		Started  time.Time
		Finished pgtype.Timestamptz
		Stage    string
		Failure  string
		Paths    []string
		Run
	}
	found, err := collect[row](ctx, db, "runs", selectRuns, pgx.NamedArgs{"id": id, "limit": limit, "lease": Lease})
	if err != nil {
		return nil, err
	}
	lines := make([]RunLine, len(found))
	for i, r := range found {
		lines[i] = RunLine{ID: r.ID, Started: r.Started, Stage: r.Stage, Failure: r.Failure, Paths: r.Paths, Run: r.Run}
		if r.Finished.Valid {
			lines[i].Finished = r.Finished.Time
		}
	}
	return lines, nil
}
