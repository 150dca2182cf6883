package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"crosscheck/store"
)

// reader reads and stores one document.
type reader struct {
	river.WorkerDefaults[documentArgs]
	crew *Crew
}

// NextRetry is soon.
func (r *reader) NextRetry(job *river.Job[documentArgs]) time.Time { return soon(r.crew, job.Attempt) }

// Work brings one document up to date. What it stores, what became of the
// document, that the job is done, and, of a run's last document, the job that
// compares, are one transaction: however often and by however many the job is
// done, it counts once.
func (r *reader) Work(ctx context.Context, job *river.Job[documentArgs]) error {
	c, args := r.crew, job.Args
	attempt := job.Attempt + args.Lost
	return work(ctx, c, job, func() error {
		in, err := c.intake.about(ctx, []File{args.File})
		if err != nil {
			return err
		}
		in.tried, in.last = true, attempt >= tries || job.Attempt >= job.MaxAttempts
		if args.Lost >= tries {
			in.doom = fmt.Sprintf("the program that read it ended without a word, %d times", args.Lost)
		}
		_, err = in.take(ctx, args.File, func(tx pgx.Tx, res result) error {
			e := res.expected(args.File, args.Source)
			e.Tries = attempt
			if err := c.settle(ctx, tx, args.Run, e); err != nil {
				return err
			}
			_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
			return err
		})
		if ctx.Err() != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return &OverrunError{c.Loader.timeout() + c.Loader.fetching() + storing}
		}
		return err
	}, func(tx pgx.Tx, reason error) error {
		e := result{outcome: unread, reason: reason.Error()}.expected(args.File, args.Source)
		e.Tries = attempt
		return c.settle(ctx, tx, args.Run, e)
	})
}

// settle notes what became of a document, and inserts the compare job after a
// run's last one.
func (c *Crew) settle(ctx context.Context, tx pgx.Tx, run int64, e store.Expected) error {
	settled, err := store.Settle(ctx, tx, run, e)
	if err != nil || !settled {
		return err
	}
	return c.compareIfRead(ctx, tx, run)
}
