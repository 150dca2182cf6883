package pipeline

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"crosscheck/store"
)

// rereadArgs is a job: read the archived bytes of a version again.
type rereadArgs struct {
	Run     int64  `json:"run"`
	Version int64  `json:"version"`
	Address string `json:"address"`
	Given   string `json:"given"`
	Lost    int    `json:"lost,omitempty"` // processes that ended while they had it in hand
}

// Kind names the job.
func (rereadArgs) Kind() string { return "reread" }

// behind is River's lowest priority: a night's documents go first.
const behind = 4

// InsertOpts says how the job is kept.
func (a rereadArgs) InsertOpts() river.InsertOpts {
	queue := documentQueue
	if a.Lost > 0 {
		queue = suspectQueue
	}
	return river.InsertOpts{Queue: queue, MaxAttempts: tries, Priority: behind}
}

// StartReread begins to read again, in the background, what was last read by other
// rules: a run in the ledger, a job a document. It returns the run and the number
// of documents; 0 where there is nothing to do, or somebody does it already.
func (c *Crew) StartReread(ctx context.Context) (run int64, documents int, err error) {
	a := &rereader{c.intake}
	err = c.Store.Within(ctx, func(tx pgx.Tx) error {
		run, documents = 0, 0
		alone, err := store.AloneAtRereading(ctx, tx, Archive)
		if err != nil || !alone {
			return err
		}
		err = a.eachStale(ctx, tx, "", func(found []store.Stale) error {
			if run == 0 {
				if run, err = store.StartRun(ctx, tx, []string{Archive}, c.now()); err != nil {
					return err
				}
				if err := store.StartSources(ctx, tx, run, []string{Archive}); err != nil {
					return err
				}
			}
			documents += len(found)
			expected := make([]store.Expected, len(found))
			jobs := make([]river.InsertManyParams, len(found))
			for i, s := range found {
				expected[i] = store.Expected{Address: s.Address, Given: s.Given}
				jobs[i].Args = rereadArgs{Run: run, Version: s.Version, Address: s.Address, Given: s.Given}
			}
			if _, err := store.Expect(ctx, tx, run, expected); err != nil {
				return err
			}
			if _, err := c.client.InsertManyFastTx(ctx, tx, jobs); err != nil {
				return fmt.Errorf("insert the jobs of documents: %w", err)
			}
			return nil
		})
		if err != nil || run == 0 {
			return err
		}
		return store.Listed(ctx, tx, run, 0)
	})
	return run, documents, err
}

// reviser reads one document again.
type reviser struct {
	river.WorkerDefaults[rereadArgs]
	crew *Crew
}

// Work reads one document again. As with documents, what it stores and that it is
// done are one transaction.
func (w *reviser) Work(ctx context.Context, job *river.Job[rereadArgs]) error {
	c, args := w.crew, job.Args
	settle := func(tx pgx.Tx, res result) error {
		e := res.expected(File{Path: args.Given}, 0)
		e.Address, e.Tries = args.Address, job.Attempt+args.Lost
		return c.settle(ctx, tx, args.Run, []store.Expected{e})
	}
	return work(ctx, c, job, func() error {
		in := *c.intake
		a := &rereader{&in}
		in.tried, in.last = true, job.Attempt+args.Lost >= tries || job.Attempt >= job.MaxAttempts
		if args.Lost >= tries {
			in.doom = fmt.Sprintf("the program that read it ended without a word, %d times", args.Lost)
		}
		f := a.stale("")
		f.Version = args.Version
		var found []store.Stale
		err := c.Store.Within(ctx, func(tx pgx.Tx) (err error) {
			found, err = store.FindStale(ctx, tx, f)
			return err
		})
		if err != nil {
			return err
		}
		got := anew{result: result{outcome: unchanged}} // changed, withdrawn or read meanwhile
		if len(found) == 1 {
			if got, err = a.readAgain(ctx, found[0]); err != nil {
				return err
			}
		}
		return c.Store.Within(ctx, func(tx pgx.Tx) error {
			if err := got.save(ctx, tx, c.Runner); err != nil {
				return err
			}
			if err := settle(tx, got.result); err != nil {
				return err
			}
			_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
			return err
		})
	}, func(tx pgx.Tx, reason error) error {
		return settle(tx, result{outcome: unread, reason: reason.Error()})
	})
}
