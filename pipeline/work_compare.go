package pipeline

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"crosscheck/store"
)

// comparer compares what a run has brought, and closes its line in the ledger.
type comparer struct {
	river.WorkerDefaults[compareArgs]
	crew *Crew
}

// Timeout is none: a first night's comparing takes as long as it takes, and is
// kept portion by portion.
func (*comparer) Timeout(*river.Job[compareArgs]) time.Duration { return -1 }

// NextRetry is soon.
func (w *comparer) NextRetry(job *river.Job[compareArgs]) time.Time {
	return soon(w.crew, job.Attempt)
}

// Work compares and sums up one run.
func (w *comparer) Work(ctx context.Context, job *river.Job[compareArgs]) error {
	c, sum := w.crew, &Summary{run: job.Args.Run}
	return work(ctx, c, job, func() error {
		var versions []int64
		err := c.Store.Within(ctx, func(tx pgx.Tx) (err error) {
			versions, err = store.RunVersions(ctx, tx, sum.run)
			return err
		})
		if err != nil {
			return err
		}
		if _, err := c.compare(ctx, versions, sum); err != nil {
			return err
		}
		err = c.finish(ctx, sum, func(tx pgx.Tx) error {
			if err := tellRun(ctx, tx, c.client, sum.run); err != nil {
				return err
			}
			_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
			return err
		})
		if err == nil {
			c.tellEnd(ctx, sum)
		}
		return err
	}, func(tx pgx.Tx, reason error) error {
		if err := store.FailRun(ctx, tx, sum.run, reason.Error()); err != nil {
			return err
		}
		return tellRun(ctx, tx, c.client, sum.run)
	})
}

// tellEnd logs what a run came to, and what in it should not be passed over.
func (c *Crew) tellEnd(ctx context.Context, sum *Summary) {
	line, sources, failed, ok, err := c.Store.FindRun(ctx, sum.run)
	if err != nil || !ok {
		return // the ledger has it
	}
	c.log().Info("a run has ended", "run", line.ID, "took", line.Finished.Sub(line.Started).Round(time.Millisecond),
		"documents", line.Found, "added", line.Added, "changed", line.Changed, "unchanged", line.Unchanged, "failed", line.Failed,
		"conflicts", line.Conflicts, "new", line.NewConflicts)
	for _, f := range failed {
		c.log().Warn("a document was not read", "run", line.ID, "document", f.Document, "reason", f.Reason, "tries", f.Tries)
	}
	after := c.SilentAfter
	if after <= 0 {
		after = SilentAfter
	}
	for _, finding := range Findings(sources, after) {
		c.log().Warn(finding, "run", line.ID)
	}
}
