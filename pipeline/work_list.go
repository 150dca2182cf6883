package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"crosscheck/store"
)

// listBatch is how many documents are looked up and noted at once: enough that
// the database's answers cost little each, few enough that workers soon begin.
const listBatch = 2000

// lister finds out which documents a source should give. Files that are as they
// were are settled here, without a job: most nights that is nearly all.
type lister struct {
	river.WorkerDefaults[listArgs]
	crew *Crew
}

// Timeout is none: a large folder takes as long as it takes.
func (*lister) Timeout(*river.Job[listArgs]) time.Duration { return -1 }

// NextRetry is soon.
func (l *lister) NextRetry(job *river.Job[listArgs]) time.Time { return soon(l.crew, job.Attempt) }

// Work lists one source of one run.
func (l *lister) Work(ctx context.Context, job *river.Job[listArgs]) error {
	c, args := l.crew, job.Args
	return work(ctx, c, job, func() error {
		if err := c.list(ctx, args); err != nil {
			return err
		}
		return c.Store.Within(ctx, func(tx pgx.Tx) error {
			if err := c.listed(ctx, tx, args); err != nil {
				return err
			}
			_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
			return err
		})
	}, func(tx pgx.Tx, reason error) error {
		failed := expectedFailures(args.N, []Failure{{args.Origin.Name, "it could not be listed: " + reason.Error()}})
		if _, err := store.Expect(ctx, tx, args.Run, failed); err != nil {
			return err
		}
		return c.listed(ctx, tx, args)
	})
}

// listed notes that a source is listed.
func (c *Crew) listed(ctx context.Context, tx pgx.Tx, args listArgs) error {
	if err := store.Listed(ctx, tx, args.Run, args.N); err != nil {
		return err
	}
	return c.compareIfRead(ctx, tx, args.Run)
}

// list notes the documents of a source, and makes jobs for those that may have
// changed.
func (c *Crew) list(ctx context.Context, args listArgs) error {
	found := newWalk().gather(ctx, c.Loader.Client, args.Origin)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	files, failed := found.files, found.failed
	if len(failed) > 0 {
		err := c.Store.Within(ctx, func(tx pgx.Tx) error {
			_, err := store.Expect(ctx, tx, args.Run, expectedFailures(args.N, failed))
			return err
		})
		if err != nil {
			return err
		}
	}
	for batch := range slices.Chunk(files, listBatch) {
		if err := c.listFiles(ctx, args, batch); err != nil {
			return err
		}
	}
	return nil
}

// listFiles notes some files: those that are as they were as done, the others with
// the jobs that read them.
func (c *Crew) listFiles(ctx context.Context, args listArgs, files []File) error {
	in, err := c.intake.about(ctx, files)
	if err != nil {
		return err
	}
	expected := make([]store.Expected, 0, len(files))
	open := make(map[string]File)
	for _, f := range files {
		at, err := f.address()
		if err != nil {
			expected = append(expected, expectedFailures(args.N, []Failure{{f.Path, Reason(err)}})...)
			continue
		}
		if res, ok := in.asItWas(f, at); ok {
			expected = append(expected, res.expected(f, args.N)) // the comparing notes that they were seen
			continue
		}
		expected = append(expected, store.Expected{Address: at, Source: args.N, Given: valid(f.Path)})
		open[at] = f
	}
	return c.Store.Within(ctx, func(tx pgx.Tx) error {
		anew, err := store.Expect(ctx, tx, args.Run, expected)
		if err != nil {
			return err
		}
		var read []File
		for _, e := range expected { // in their order
			if f, ok := open[e.Address]; ok && anew[e.Address] {
				read = append(read, f)
			}
		}
		var insert []river.InsertManyParams
		for _, files := range batches(read) {
			insert = append(insert, river.InsertManyParams{Args: documentArgs{Run: args.Run, Source: args.N, Files: files}})
		}
		if len(insert) == 0 {
			return nil
		}
		if _, err := c.client.InsertManyFastTx(ctx, tx, insert); err != nil {
			return fmt.Errorf("insert the jobs of documents: %w", err)
		}
		return nil
	})
}
