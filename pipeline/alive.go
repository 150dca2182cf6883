package pipeline

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
)

// lives says from here on that this process is alive, under a name by which its
// run is told from one that was killed, until leave is called.
func (r *Runner) lives(ctx context.Context) (name string, leave func(), err error) {
	name = "run-" + rand.Text()
	if err := r.Store.Beat(ctx, name, r.Host); err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		every := time.NewTicker(store.Lease / 3)
		defer every.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
			}
			if err := r.Store.Beat(ctx, name, r.Host); err != nil && ctx.Err() == nil {
				r.log().Warn("could not say that the run goes on", "error", err)
			}
		}
	}()
	return name, func() {
		cancel()
		<-ended
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteTime)
		defer cancel()
		if err := r.Store.Leave(ctx, name); err != nil {
			r.log().Warn("could not say that the run has ended", "error", err)
		}
	}, nil
}

// noteTime bounds what is noted of a run that was broken off: its database may be
// what is gone.
const noteTime = 5 * time.Second

// noteBroken notes why a run did not come to its end. Where that cannot be noted,
// the run counts as broken off all the same, once its process is no longer alive.
func (r *Runner) noteBroken(ctx context.Context, run int64, reason error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteTime)
	defer cancel()
	err := r.Store.Within(ctx, func(tx pgx.Tx) error { return store.FailRun(ctx, tx, run, reason.Error()) })
	if err != nil {
		r.log().Warn("could not note why the run was broken off", "run", run, "error", err)
	}
}
