package pipeline

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"crosscheck/store"
)

// The jobs that tell people. Only processes that know who is told work on them,
// so that the others need none of the secrets: the end of a run makes a tell
// job, and that makes the digest, with a job for each delivery.
type (
	tellArgs struct {
		Run int64 `json:"run"`
	}
	deliverArgs struct {
		Delivery int64 `json:"delivery"`
	}
)

// tellQueue is the queue of both.
const tellQueue = "tell"

// Kind names the job.
func (tellArgs) Kind() string { return "tell" }

// Kind names the job.
func (deliverArgs) Kind() string { return "deliver" }

// InsertOpts says how the job is kept.
func (tellArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: tellQueue, MaxAttempts: deliveryTries}
}

// InsertOpts says how the job is kept.
func (deliverArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: tellQueue, MaxAttempts: deliveryTries}
}

// teller makes the digest of a run.
type teller struct {
	river.WorkerDefaults[tellArgs]
	crew *Crew
}

// NextRetry is soon, and then later.
func (w *teller) NextRetry(job *river.Job[tellArgs]) time.Time {
	return w.crew.now().Add(w.crew.Tell.retryIn(job.Attempt))
}

// Work makes the digest, and the jobs that deliver it.
func (w *teller) Work(ctx context.Context, job *river.Job[tellArgs]) error {
	c := w.crew
	return work(ctx, c, job, func() error {
		return c.Store.Within(ctx, func(tx pgx.Tx) error {
			deliveries, err := c.announce(ctx, tx, job.Args.Run)
			if err != nil {
				return err
			}
			if err := c.insertDeliveries(ctx, tx, deliveries); err != nil {
				return err
			}
			_, err = river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
			return err
		})
	}, func(pgx.Tx, error) error { return nil })
}

// deliverer takes a digest to one place.
type deliverer struct {
	river.WorkerDefaults[deliverArgs]
	crew *Crew
}

// Timeout leaves a sender its own.
func (*deliverer) Timeout(*river.Job[deliverArgs]) time.Duration { return deliveryTime }

// NextRetry is later each time.
func (w *deliverer) NextRetry(job *river.Job[deliverArgs]) time.Time {
	return w.crew.now().Add(w.crew.Tell.retryIn(job.Attempt))
}

// Work tries the delivery once.
func (w *deliverer) Work(ctx context.Context, job *river.Job[deliverArgs]) error {
	c := w.crew
	return work(ctx, c, job, func() error {
		return c.deliver(ctx, job.Args.Delivery, func(tx pgx.Tx) error {
			_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
			return err
		})
	}, func(tx pgx.Tx, reason error) error {
		return store.EndDelivery(ctx, tx, job.Args.Delivery, store.GivenUp, 0, reason.Error(), c.now())
	})
}

// insertDeliveries makes a job for each delivery.
func (c *Crew) insertDeliveries(ctx context.Context, tx pgx.Tx, deliveries []int64) error {
	if len(deliveries) == 0 {
		return nil
	}
	jobs := make([]river.InsertManyParams, len(deliveries))
	for i, id := range deliveries {
		jobs[i].Args = deliverArgs{id}
	}
	if _, err := c.client.InsertManyTx(ctx, tx, jobs); err != nil {
		return fmt.Errorf("insert the jobs of deliveries: %w", err)
	}
	return nil
}

// tellRun makes the job that tells what a run found, in the transaction that ends
// the run. Where no server is there that tells, it waits for one.
func tellRun(ctx context.Context, tx pgx.Tx, client *river.Client[pgx.Tx], run int64) error {
	if _, err := client.InsertTx(ctx, tx, tellArgs{run}, nil); err != nil {
		return fmt.Errorf("insert the job that tells of run %d: %w", run, err)
	}
	return nil
}

// inserter is a queue of jobs for those who work on none.
func (r *Runner) inserter() (*river.Client[pgx.Tx], error) {
	client, err := river.NewClient(riverpgxv5.New(r.Store.Pool()), &river.Config{Schema: riverSchema})
	if err != nil {
		return nil, fmt.Errorf("queue of jobs: %w", err)
	}
	return client, nil
}
