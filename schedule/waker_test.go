package schedule_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"crosscheck/schedule"
)

// clock is a clock that goes only while somebody waits for it.
type clock struct {
	now    time.Time
	end    time.Time // at which the waker is stopped
	stop   func()
	waited []time.Duration
}

func (c *clock) wait(_ context.Context, d time.Duration) {
	c.waited = append(c.waited, d)
	c.now = c.now.Add(d)
	if !c.now.Before(c.end) {
		c.stop()
	}
}

// ledger is what one program knows of slots.
type ledger struct {
	decided map[string]time.Time
	started []schedule.Due
	late    []time.Duration
}

// between has a waker run from one time to another by a clock that nobody
// waits for.
func between(t *testing.T, l *ledger, from, to time.Time, entries ...schedule.Entry) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	c := &clock{now: from, end: to, stop: stop}
	w := &schedule.Waker{
		Entries: entries,
		Decided: func(_ context.Context, name string) (time.Time, error) { return l.decided[name], nil },
		Start: func(_ context.Context, due schedule.Due) error {
			l.started = append(l.started, due)
			l.late = append(l.late, c.now.Sub(due.Time))
			l.decided[due.Name] = due.Time
			return nil
		},
		Now:  func() time.Time { return c.now },
		Wait: c.wait,
	}
	w.Run(ctx)
}

// TestWakerWhenClocksChange runs the weeks in which Berlin's clocks change: each
// night once, on time, with nothing missed.
func TestWakerWhenClocksChange(t *testing.T) {
	for _, from := range []time.Time{at(t, "2026-03-26T00:00:00+01:00"), at(t, "2026-10-22T00:00:00+02:00")} {
		l := &ledger{decided: map[string]time.Time{"nightly": from, "weekly": from}}
		between(t, l, from, from.AddDate(0, 0, 7),
			schedule.Entry{Name: "nightly", Calendar: parse(t, "30 2 * * *", "Europe/Berlin")},
			schedule.Entry{Name: "weekly", Calendar: parse(t, "0 5 * * MON", "Europe/Berlin")},
			schedule.Entry{Name: "nobody's", Calendar: parse(t, "* * * * *", "UTC")})
		count := map[string]int{}
		for i, due := range l.started {
			count[due.Name]++
			if len(due.Missed) != 0 || l.late[i] != 0 {
				t.Errorf("%s at %s: late by %s, missed %s", due.Name, due.Time, l.late[i], due.Missed)
			}
		}
		if count["nightly"] != 7 || count["weekly"] != 1 || count["nobody's"] != 0 {
			t.Errorf("runs: %v", count)
		}
	}
}

// TestWakerAfterMissedNights holds that the newest missed slot is run once, and
// that those before are told as missed.
func TestWakerAfterMissedNights(t *testing.T) {
	nightly := schedule.Entry{Name: "nightly", Calendar: parse(t, "0 2 * * *", "Europe/Berlin")}
	monday := at(t, "2026-03-23T02:00:00+01:00")
	l := &ledger{decided: map[string]time.Time{"nightly": monday}}
	friday := at(t, "2026-03-27T09:00:00+01:00")
	between(t, l, friday, friday.Add(30*time.Hour), nightly)
	if len(l.started) != 2 {
		t.Fatalf("started %v", l.started)
	}
	first, second := l.started[0], l.started[1]
	missed := []time.Time{monday.AddDate(0, 0, 1), monday.AddDate(0, 0, 2), monday.AddDate(0, 0, 3)}
	if !first.Time.Equal(monday.AddDate(0, 0, 4)) || !slices.EqualFunc(first.Missed, missed, time.Time.Equal) || l.late[0] != 7*time.Hour {
		t.Errorf("first %v", first)
	}
	if !second.Time.Equal(monday.AddDate(0, 0, 5)) || len(second.Missed) != 0 {
		t.Errorf("second %v", second)
	}
}

// TestWakerAfterAYear bounds what is told of a long absence.
func TestWakerAfterAYear(t *testing.T) {
	often := schedule.Entry{Name: "often", Calendar: parse(t, "*/10 * * * *", "UTC")}
	from := at(t, "2020-01-01T00:00:00Z")
	l := &ledger{decided: map[string]time.Time{"often": from}}
	now := at(t, "2026-01-01T00:05:00Z")
	between(t, l, now, now.Add(time.Second), often)
	if len(l.started) != 1 || len(l.started[0].Missed) != schedule.MaxMissed {
		t.Fatalf("%d runs", len(l.started))
	}
	due := l.started[0]
	if !due.Time.Equal(at(t, "2026-01-01T00:00:00Z")) || due.Time.Sub(due.Missed[schedule.MaxMissed-1]) != 10*time.Minute {
		t.Errorf("due %s, last missed %s", due.Time, due.Missed[schedule.MaxMissed-1])
	}
}

// TestWakerTriesAgain holds that a failure neither ends the waker nor keeps
// another schedule, and that no clock is asked more than once a minute.
func TestWakerTriesAgain(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	start := at(t, "2026-01-01T00:00:00Z")
	c := &clock{now: start, end: start.Add(3 * time.Minute), stop: stop}
	failures := 2
	var runs []string
	decided := map[string]time.Time{"a": start.Add(-time.Hour), "b": start.Add(-time.Hour)}
	w := &schedule.Waker{
		Entries: []schedule.Entry{{Name: "a", Calendar: parse(t, "@hourly", "")}, {Name: "b", Calendar: parse(t, "@hourly", "")}},
		Decided: func(_ context.Context, name string) (time.Time, error) { return decided[name], nil },
		Start: func(_ context.Context, due schedule.Due) error {
			if due.Name == "a" && failures > 0 {
				failures--
				return errors.New("the database is away")
			}
			decided[due.Name] = due.Time
			runs = append(runs, due.Name+c.now.Format(" 04:05"))
			return nil
		},
		Now:  func() time.Time { return c.now },
		Wait: c.wait,
	}
	w.Run(ctx)
	if want := []string{"b 00:00", "a 00:20"}; !slices.Equal(runs, want) {
		t.Errorf("runs %q, want %q", runs, want)
	}
	if slices.Max(c.waited) != time.Minute {
		t.Errorf("waited %s", c.waited)
	}
}

// TestWakerStops holds that the machine's clock can be left at any time.
func TestWakerStops(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	w := &schedule.Waker{Now: time.Now}
	go func() { w.Run(ctx); close(ended) }()
	stop()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("it still waits")
	}
}
