package pipeline

import (
	"context"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"crosscheck/conflict"
	"crosscheck/store"
)

// compare finds the conflicts that what is new has part in, a portion of it at a
// time: each is stored in one transaction, so that no other run comes between, and a
// run that is broken off goes on where it stood. What stands in the run's documents
// is counted meanwhile, as comparing leaves it alone.
func (r *Runner) compare(ctx context.Context, versions []int64, sum *Summary) (synced store.Synced, err error) {
	r.tell(Event{Stage: Comparing, Done: sum.Found, Total: sum.Found, Bytes: sum.Bytes})
	both, within := errgroup.WithContext(ctx)
	both.Go(func() error {
		counts, err := r.Store.Count(within, versions)
		sum.Sentences, sum.Claims, sum.Appearances = counts.Sentences, counts.Claims, counts.Appearances
		return err
	})
	both.Go(func() (err error) {
		synced, err = r.compareBy(within, r.Store.Within, versions, sum.run, inFlight)
		return err
	})
	if err := both.Wait(); err != nil {
		return synced, err
	}
	sum.OpenConflicts, err = r.Store.CountConflicts(ctx, shown())
	return synced, err
}

// shown are the conflicts that a summary is about.
func shown() store.ConflictFilter {
	return store.ConflictFilter{Statuses: []conflict.Status{conflict.Open}, Severity: conflict.ShownFrom, Limit: listed, Places: listed}
}

// compareBy is compare with transactions that within opens, for a run in the
// ledger, or for none. So many portions may be judged ahead of their turn; none
// where others do not see what the transactions store.
func (r *Runner) compareBy(ctx context.Context, within func(context.Context, func(pgx.Tx) error) error, versions []int64, run int64, ahead int) (store.Synced, error) {
	c := comparing{Runner: r, within: within, run: run}
	if err := c.ready(ctx, versions); err != nil {
		return c.synced, err
	}
	ctx, stop := context.WithCancel(ctx)
	flights := c.newFlights(ctx, ahead)
	defer flights.wait()
	defer stop()
	var err error
	for more := true; more && err == nil; {
		more, err = c.portion(ctx, flights)
	}
	return c.synced, err
}

// comparing is the comparing of a run's portions.
type comparing struct {
	*Runner
	comparison Comparison
	kept       []conflict.Kind
	within     func(context.Context, func(pgx.Tx) error) error
	run        int64
	synced     store.Synced // what has become of conflicts so far
}

// ready notes that versions still stand, and indexes what is new.
func (c *comparing) ready(ctx context.Context, versions []int64) error {
	err := c.within(ctx, func(tx pgx.Tx) error {
		if err := store.Seen(ctx, tx, versions, c.now()); err != nil {
			return err
		}
		if err := c.choose(ctx, tx); err != nil {
			return err
		}
		return store.Prepare(ctx, tx, c.comparison.setting(), c.Recompare)
	})
	for more := true; more && err == nil; {
		err = c.within(ctx, func(tx pgx.Tx) (err error) {
			more, err = store.Index(ctx, tx)
			return err
		})
	}
	return err
}

// choose chooses how to compare: what is kept of a kind that is no longer asked for is
// looked at again like the rest.
func (c *comparing) choose(ctx context.Context, tx pgx.Tx) error {
	has, err := store.HasConflicts(ctx, tx, conflict.Arithmetic)
	if err != nil {
		return err
	}
	if c.comparison, c.kept = c.Comparison, nil; has && !c.comparison.Arithmetic {
		c.comparison.Arithmetic, c.kept = true, []conflict.Kind{conflict.Arithmetic}
	}
	return nil
}

// indexAhead indexes what has been stored so far. The database has most of the work with
// that, and the program with reading. What goes wrong will be met when all is indexed.
func (r *Runner) indexAhead(ctx context.Context) {
	c := comparing{Runner: r}
	err := r.Store.Within(ctx, func(tx pgx.Tx) error {
		if err := c.choose(ctx, tx); err != nil {
			return err
		}
		return store.IndexAhead(ctx, tx, c.comparison.setting())
	})
	if err != nil {
		r.log().Debug("nothing was indexed ahead", "error", err)
	}
}

// portion compares the next portion of what is new, and reports false where nothing was.
func (c *comparing) portion(ctx context.Context, flights *flights) (more bool, err error) {
	var done store.Synced
	next, holds := flights.next(), false
	err = c.within(ctx, func(tx pgx.Tx) (err error) {
		more, done = true, store.Synced{}
		if next != nil {
			if holds, err = next.corpus.Holds(ctx, tx); err != nil {
				return err
			}
		}
		if holds {
			done, err = c.store(ctx, tx, next.corpus, next.found)
			return err
		}
		corpus, err := store.LoadUncompared(ctx, tx, c.Portion)
		if err != nil || corpus == nil {
			more = false
			return err
		}
		flights.begin(corpus)
		found, err := c.comparison.find(ctx, corpus)
		if err != nil {
			return err
		}
		done, err = c.store(ctx, tx, corpus, found)
		return err
	})
	if next != nil {
		flights.note(holds)
	}
	c.synced.Add(done)
	return more, err
}

// store stores what comparing a portion found.
func (c *comparing) store(ctx context.Context, tx pgx.Tx, corpus *store.Corpus, found []conflict.Conflict) (store.Synced, error) {
	return store.SyncConflicts(ctx, tx, corpus, found, c.run, c.now(), c.kept...)
}
