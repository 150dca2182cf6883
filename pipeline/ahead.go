package pipeline

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/store"
)

// Of a portion the database is busy while it is loaded and stored, and the program
// while it is judged. So where there are several the next ones are loaded and judged
// ahead of their turn, as they will be if storing those before them changes nothing
// of who is in conflict with whom. If it does, a portion is done again in its turn:
// what is stored is always what doing one after the other would have.

// inFlight is how many portions are in work ahead of their turn: one for the database
// and one for the program.
const inFlight = 2

// flights are the portions in work ahead of their turn.
type flights struct {
	*comparing
	ctx     context.Context
	most    int
	begun   bool
	all     []*flight  // in their order
	last    chan int64 // where the last of them ends, once that is known
	use     int        // how many more were of use than were not
	landing sync.WaitGroup
}

// flight is a portion in work ahead of its turn.
type flight struct {
	corpus *store.Corpus // nil where nothing is left
	found  []conflict.Conflict
	err    error
	begins chan int64    // tells where the one before it ends
	ends   chan int64    // is told where it ends
	landed chan struct{} // closed when it is loaded and judged
}

// newFlights are none yet, and will be so many at a time.
func (c *comparing) newFlights(ctx context.Context, most int) *flights {
	return &flights{comparing: c, ctx: ctx, most: most, last: make(chan int64, 1)}
}

// begin starts with the portions behind one that is about to be judged in its turn.
func (f *flights) begin(corpus *store.Corpus) {
	if f.begun || corpus.Background == nil {
		return
	}
	f.begun = true
	f.last <- corpus.Last()
	for range f.most {
		f.launch()
	}
}

// launch starts with one portion more.
func (f *flights) launch() {
	one := &flight{begins: f.last, ends: make(chan int64, 1), landed: make(chan struct{})}
	f.all, f.last = append(f.all, one), one.ends
	f.landing.Go(func() {
		defer close(one.landed)
		defer close(one.ends)
		one.err = recovered(func() error { return f.fly(one) })
	})
}

// fly loads and judges a portion. While it waits for the one before to be loaded it
// keeps no connection.
func (f *flights) fly(one *flight) error {
	after, ok := int64(0), false
	select {
	case after, ok = <-one.begins:
	case <-f.ctx.Done():
	}
	if !ok { // nothing is left, or it is not known where this one begins
		return nil
	}
	told := false
	return f.Store.Within(f.ctx, func(tx pgx.Tx) (err error) {
		if one.corpus, err = store.LoadAhead(f.ctx, tx, f.Portion, after); err != nil || one.corpus == nil {
			return err
		}
		if !told {
			one.ends <- one.corpus.Last()
			told = true
		}
		one.found, err = f.comparison.find(f.ctx, one.corpus)
		return err
	})
}

// next waits for the next portion, and is nil where none is ahead, or it failed: what
// is wrong will be met in its turn.
func (f *flights) next() *flight {
	if len(f.all) == 0 {
		return nil
	}
	one := f.all[0]
	f.all = f.all[1:]
	<-one.landed
	if one.err != nil || one.corpus == nil {
		return nil
	}
	if f.use >= 0 {
		f.launch()
	}
	return one
}

// note takes to heart whether a portion was of use. Where most are not, as on a night
// all of whose documents tell of one thing, there are to be no more.
func (f *flights) note(used bool) {
	if used {
		f.use++
	} else {
		f.use--
	}
}

// wait returns when none is left in work.
func (f *flights) wait() { f.landing.Wait() }
