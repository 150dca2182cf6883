package pipeline

import (
	"context"
	"slices"
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
	all     []*flight      // in their order
	last    chan [][]int64 // what the last few have taken in hand, once that is known
	use     int            // how many more were of use than were not
	landing sync.WaitGroup
}

// flight is a portion in work ahead of its turn.
type flight struct {
	corpus *store.Corpus // nil where nothing is left
	found  []conflict.Conflict
	err    error
	before chan [][]int64 // tells what those before it have taken in hand
	taken  chan [][]int64 // is told that, with what it takes itself
	landed chan struct{}  // closed when it is loaded and judged
}

// newFlights are none yet, and will be so many at a time.
func (c *comparing) newFlights(ctx context.Context, most int) *flights {
	return &flights{comparing: c, ctx: ctx, most: most, last: make(chan [][]int64, 1)}
}

// begin starts with the portions behind one that is about to be judged in its turn.
func (f *flights) begin(corpus *store.Corpus) {
	if f.begun || corpus.Last() {
		return
	}
	f.begun = true
	f.last <- [][]int64{corpus.Fresh()}
	for range f.most {
		f.launch()
	}
}

// launch starts with one portion more.
func (f *flights) launch() {
	one := &flight{before: f.last, taken: make(chan [][]int64, 1), landed: make(chan struct{})}
	f.all, f.last = append(f.all, one), one.taken
	f.landing.Go(func() {
		defer close(one.landed)
		defer close(one.taken)
		one.err = recovered(func() error { return f.fly(one) })
	})
}

// fly loads and judges a portion. While it waits for the one before to be loaded it
// keeps no connection.
func (f *flights) fly(one *flight) error {
	var taken [][]int64
	ok := false
	select {
	case taken, ok = <-one.before:
	case <-f.ctx.Done():
	}
	if !ok { // nothing is left, or it is not known what
		return nil
	}
	told := false
	return f.Store.Within(f.ctx, func(tx pgx.Tx) (err error) {
		if one.corpus, err = store.LoadAhead(f.ctx, tx, f.Portion, slices.Concat(taken...)); err != nil || one.corpus == nil {
			return err
		}
		if !told {
			// Those before them have been stored by then.
			one.taken <- append(taken[max(0, len(taken)-f.most):len(taken):len(taken)], one.corpus.Fresh())
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
