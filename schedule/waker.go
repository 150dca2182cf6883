package schedule

import (
	"context"
	"log/slog"
	"slices"
	"time"
)

// Entry is a schedule to wake for.
type Entry struct {
	Name     string
	Calendar Calendar
}

// Due is a run that is due.
type Due struct {
	Name string
	Time time.Time // the slot, by the schedule
	// Missed are the slots before it at which nothing ran and now nothing
	// will, oldest first: at most so many of the newest as [MaxMissed] says.
	Missed []time.Time
}

// MaxMissed bounds the missed slots that are told at once. It is a week of
// minutes; what was missed before that is not worth a line each.
const MaxMissed = 10_000

// maxAbsence bounds how far back missed slots are looked for.
const maxAbsence = 366 * 24 * time.Hour

// The longest that is waited at once, so that a clock that is set or a machine
// that slept is noticed; and the time until another try where one failed.
const (
	longest = time.Minute
	retry   = 10 * time.Second
)

// Waker calls for each run when it is due. Any number of programs may have one
// for the same schedules: Decided and Start see to it that each slot is run once.
type Waker struct {
	Entries []Entry
	// Decided is until when the slots of a schedule have been run or given up;
	// no slot up to then is told again. Zero is for a schedule that nobody keeps: it
	// is left alone.
	Decided func(ctx context.Context, name string) (time.Time, error)
	// Start takes a slot and starts its run, in one transaction, or finds that
	// another program was faster. It does not wait for the run. After an error it is
	// called again for the same slot.
	Start func(ctx context.Context, due Due) error
	Now   func() time.Time
	// Wait waits for a length of time, or until ctx is done; nil means by the
	// machine's clock.
	Wait func(ctx context.Context, d time.Duration)
	Log  *slog.Logger // nil discards
}

// Run wakes until ctx is done. What fails is logged and tried again: a
// database that is away for an hour costs the runs of that hour but the newest.
func (w *Waker) Run(ctx context.Context) {
	for ctx.Err() == nil {
		next, err := w.Round(ctx)
		wait := longest
		switch {
		case err != nil && ctx.Err() == nil:
			w.log().Error("a schedule's run could not be started; trying again", "in", retry, "error", err)
			wait = retry
		case !next.IsZero():
			wait = min(wait, max(next.Sub(w.Now()), 0))
		}
		w.wait(ctx, wait)
	}
}

// Round starts what is due now: of each schedule the newest slot that is not
// decided. It returns when the next one of any schedule is due, zero for
// never, and the first error; one schedule that fails keeps none of the others.
func (w *Waker) Round(ctx context.Context) (next time.Time, err error) {
	now := w.Now()
	for _, e := range w.Entries {
		if later := e.Calendar.Next(now); !later.IsZero() && (next.IsZero() || later.Before(next)) {
			next = later
		}
		if failed := w.start(ctx, e, now); err == nil {
			err = failed
		}
	}
	return next, err
}

// start starts the newest slot of a schedule that is due and not decided.
func (w *Waker) start(ctx context.Context, e Entry, now time.Time) error {
	decided, err := w.Decided(ctx, e.Name)
	if err != nil || decided.IsZero() {
		return err
	}
	slots := e.Calendar.newest(later(decided, now.Add(-maxAbsence)), now, MaxMissed+1)
	if len(slots) == 0 {
		return nil
	}
	last := len(slots) - 1
	return w.Start(ctx, Due{e.Name, slots[last], slots[:last]})
}

// newest are the last slots, so many at most, after one time and up to another.
func (c Calendar) newest(after, until time.Time, most int) []time.Time {
	var slots []time.Time
	for slot := range c.Slots(after, until) {
		if len(slots) == 2*most {
			slots = slices.Delete(slots, 0, most)
		}
		slots = append(slots, slot)
	}
	return slots[max(0, len(slots)-most):]
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (w *Waker) wait(ctx context.Context, d time.Duration) {
	if w.Wait != nil {
		w.Wait(ctx, d)
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func (w *Waker) log() *slog.Logger {
	if w.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return w.Log
}
