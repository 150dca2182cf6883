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

// reader reads and stores the documents of a job.
type reader struct {
	river.WorkerDefaults[documentArgs]
	crew *Crew
}

// NextRetry is soon.
func (r *reader) NextRetry(job *river.Job[documentArgs]) time.Time { return soon(r.crew, job.Attempt) }

// Work brings the documents of a job up to date. What it stores, what became of
// them, that the job is done, and, of a run's last document, the job that compares,
// are one transaction: however often and by however many the job is done, each
// document counts once.
//
// Whoever is in trouble is left to a job of its own, and whatever goes wrong with
// several documents is tried again with each alone: so that one fails alone.
func (r *reader) Work(ctx context.Context, job *river.Job[documentArgs]) error {
	c, args := r.crew, job.Args
	attempt := job.Attempt + args.Tried + args.Lost
	return work(ctx, c, job, func() error {
		err := recovered(func() error { return r.read(ctx, job, attempt) })
		if err == nil || len(args.Files) == 1 || c.stopping.Load() || store.Advice(err) != "" {
			return err
		}
		c.log().Warn("documents are tried one by one", "job", job.ID, "documents", len(args.Files), "error", err)
		ctx := context.WithoutCancel(ctx) // its time may be what is over
		return c.Store.Within(ctx, func(tx pgx.Tx) error {
			if _, err := c.client.InsertManyFastTx(ctx, tx, args.apart(args.Files, args.Tried, args.Lost)); err != nil {
				return fmt.Errorf("insert jobs of single documents: %w", err)
			}
			_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
			return err
		})
	}, func(tx pgx.Tx, reason error) error {
		failed := make([]store.Expected, len(args.Files))
		for i, f := range args.Files {
			failed[i] = result{outcome: unread, reason: reason.Error()}.expected(f, args.Source)
			failed[i].Tries = attempt
		}
		return c.settle(ctx, tx, args.Run, failed)
	})
}

// read reads and stores the documents of a job.
func (r *reader) read(ctx context.Context, job *river.Job[documentArgs], attempt int) error {
	c, args := r.crew, job.Args
	in, err := c.intake.about(ctx, args.Files)
	if err != nil {
		return err
	}
	alone := len(args.Files) == 1
	in.tried, in.last = true, alone && (attempt >= tries || job.Attempt >= job.MaxAttempts)
	if alone && args.Lost >= tries {
		in.doom = fmt.Sprintf("the program that read it ended without a word, %d times", args.Lost)
	}
	_, err = in.take(ctx, args.Files, func(tx pgx.Tx, all []taken) error {
		var settled []store.Expected
		var again []File
		for _, t := range all {
			if t.again != nil && alone {
				return t.again
			}
			if t.again != nil {
				again = append(again, t.file)
				continue
			}
			e := t.res.expected(t.file, args.Source)
			e.Tries = attempt
			settled = append(settled, e)
		}
		if len(again) > 0 {
			if _, err := c.client.InsertManyFastTx(ctx, tx, args.apart(again, args.Tried+1, args.Lost)); err != nil {
				return fmt.Errorf("insert jobs of single documents: %w", err)
			}
		}
		if err := c.settle(ctx, tx, args.Run, settled); err != nil {
			return err
		}
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
	if ctx.Err() != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &OverrunError{c.Loader.timeout() + c.Loader.fetching() + storing}
	}
	return err
}

// apart is a job for each of some documents.
func (a documentArgs) apart(files []File, tried, lost int) []river.InsertManyParams {
	jobs := make([]river.InsertManyParams, len(files))
	for i := range files {
		jobs[i].Args = documentArgs{Run: a.Run, Source: a.Source, Files: files[i : i+1], Tried: tried, Lost: lost}
	}
	return jobs
}

// settle notes what became of documents, and inserts the compare job after a run's
// last one.
func (c *Crew) settle(ctx context.Context, tx pgx.Tx, run int64, all []store.Expected) error {
	settled, err := store.Settle(ctx, tx, run, all)
	if err != nil || settled == 0 {
		return err
	}
	return c.compareIfRead(ctx, tx, run)
}
