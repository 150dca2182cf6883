package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"crosscheck/schedule"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

var nightly = store.Timetable{Name: "nightly", Cron: "0 2 * * *", Zone: "UTC"}

// keep makes schedules known.
func keep(t *testing.T, s *store.Store, now time.Time, tables ...store.Timetable) {
	t.Helper()
	err := s.Within(t.Context(), func(tx pgx.Tx) error { return store.KeepSchedules(t.Context(), tx, tables, now) })
	if err != nil {
		t.Fatal(err)
	}
}

// takeSlot takes a slot with a run that ends at once, and reports whether it got it.
func takeSlot(ctx context.Context, s *store.Store, slot store.Slot) (taken bool, err error) {
	err = s.Within(ctx, func(tx pgx.Tx) (err error) {
		taken, err = store.TakeSlot(ctx, tx, slot, slot.Due, func() (int64, error) {
			run, err := store.StartRun(ctx, tx, []string{"docs"}, slot.Due)
			if err == nil {
				_, err = store.FinishRun(ctx, tx, run, store.Run{}, slot.Due)
			}
			return run, err
		})
		return err
	})
	return taken, err
}

func decided(t *testing.T, s *store.Store) time.Time {
	t.Helper()
	until, err := s.Decided(t.Context(), nightly.Name)
	if err != nil {
		t.Fatal(err)
	}
	return until
}

func countRows(t *testing.T, conn *pgx.Conn, query string) (n int) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestSlotIsTakenOnce has five programs, each with connections of its own, take
// the same thirty slots at once.
func TestSlotIsTakenOnce(t *testing.T) {
	url := storetest.New(t)
	const programs, slots = 5, 30
	stores := make([]*store.Store, programs)
	for i := range stores {
		s, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		stores[i] = s
	}
	keep(t, stores[0], night.Add(-time.Hour), nightly)
	for n := range slots {
		slot := store.Slot{Schedule: "nightly", Due: night.AddDate(0, 0, 2*n), Skipped: []time.Time{night.AddDate(0, 0, 2*n-1)}}
		var got [programs]bool
		var together errgroup.Group
		gate := make(chan struct{})
		for i, s := range stores {
			together.Go(func() (err error) {
				<-gate
				got[i], err = takeSlot(t.Context(), s, slot)
				return err
			})
		}
		close(gate)
		if err := together.Wait(); err != nil {
			t.Fatal(err)
		}
		winners := 0
		for _, taken := range got {
			if taken {
				winners++
			}
		}
		if winners != 1 {
			t.Fatalf("slot %d: %d programs got it", n, winners)
		}
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for query, want := range map[string]int{
		`SELECT count(*) FROM run`:                                                        slots,
		`SELECT count(DISTINCT run) FROM due_run WHERE state = 'taken'`:                   slots,
		`SELECT count(*) FROM due_run WHERE state = 'skipped' AND run IS NULL`:            slots,
		`SELECT count(*) FROM due_run WHERE decided < (SELECT since FROM schedule)`:       0,
		`SELECT count(*) FROM due_run JOIN run ON run.id = due_run.run WHERE started=due`: slots,
	} {
		if n := countRows(t, conn, query); n != want {
			t.Errorf("%s: %d, want %d", query, n, want)
		}
	}
}

// TestSlotIsGivenBack holds that a run which could not be started leaves its
// slot to the next who comes.
func TestSlotIsGivenBack(t *testing.T) {
	s, conn := open(t)
	keep(t, s, night.Add(-time.Hour), nightly)
	broken := errors.New("no queue")
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		_, err := store.TakeSlot(t.Context(), tx, store.Slot{Schedule: "nightly", Due: night}, night, func() (int64, error) { return 0, broken })
		return err
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got error %v", err)
	}
	if n := countRows(t, conn, `SELECT count(*) FROM due_run`); n != 0 {
		t.Errorf("%d slots decided", n)
	}
	if taken, err := takeSlot(t.Context(), s, store.Slot{Schedule: "nightly", Due: night}); err != nil || !taken {
		t.Errorf("the next took it: %v, %v", taken, err)
	}
}

// TestOlderSlotComesTooLate holds that a program whose clock is behind cannot
// run an old slot after a newer one.
func TestOlderSlotComesTooLate(t *testing.T) {
	s, _ := open(t)
	keep(t, s, night.AddDate(0, 0, -9), nightly)
	if taken, err := takeSlot(t.Context(), s, store.Slot{Schedule: "nightly", Due: night}); err != nil || !taken {
		t.Fatalf("%v, %v", taken, err)
	}
	if taken, err := takeSlot(t.Context(), s, store.Slot{Schedule: "nightly", Due: night.AddDate(0, 0, -1)}); err != nil || taken {
		t.Errorf("an older one: %v, %v", taken, err)
	}
}

func TestDecided(t *testing.T) {
	s, _ := open(t)
	if until := decided(t, s); !until.IsZero() {
		t.Errorf("of an unknown schedule until %s", until)
	}
	keep(t, s, night, nightly)
	if until := decided(t, s); !until.Equal(night) {
		t.Errorf("of a new one until %s, want %s", until, night)
	}
	due := night.AddDate(0, 0, 1)
	if taken, err := takeSlot(t.Context(), s, store.Slot{Schedule: "nightly", Due: due}); err != nil || !taken {
		t.Fatalf("%v, %v", taken, err)
	}
	later := night.AddDate(0, 0, 5)
	keep(t, s, later, nightly)
	if until := decided(t, s); !until.Equal(due) {
		t.Errorf("after a restart until %s, want %s", until, due)
	}
	moved := nightly
	moved.Zone = "Europe/Berlin"
	keep(t, s, later, moved)
	if until := decided(t, s); !until.Equal(later) {
		t.Errorf("with other times until %s, want %s", until, later)
	}
	keep(t, s, later)
	if until := decided(t, s); !until.IsZero() {
		t.Errorf("out of the configuration until %s", until)
	}
	back := later.AddDate(0, 0, 3)
	keep(t, s, back, moved)
	if until := decided(t, s); !until.Equal(back) {
		t.Errorf("back in it until %s, want %s", until, back)
	}
}

func TestTimings(t *testing.T) {
	s, _ := open(t)
	keep(t, s, night.AddDate(0, 0, -5), nightly, store.Timetable{Name: "idle", Cron: "@yearly", Zone: "UTC"})
	slot := store.Slot{Schedule: "nightly", Due: night, Skipped: []time.Time{night.AddDate(0, 0, -2), night.AddDate(0, 0, -1)}}
	if taken, err := takeSlot(t.Context(), s, slot); err != nil || !taken {
		t.Fatalf("%v, %v", taken, err)
	}
	timings, err := s.Timings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(timings) != 2 || timings[0].Name != "idle" || timings[0].Last != nil || timings[0].Skipped != 0 {
		t.Fatalf("%+v", timings)
	}
	got := timings[1]
	if got.Last == nil || !got.Last.Due.Equal(night) || got.Last.Asked || got.Last.Finished.IsZero() || got.Skipped != 2 {
		t.Fatalf("%+v, last %+v", got, got.Last)
	}

	// Later somebody asks for one by hand, which takes no slot away.
	asked := night.Add(5 * time.Hour)
	err = s.Within(t.Context(), func(tx pgx.Tx) error {
		run, err := store.StartRun(t.Context(), tx, []string{"docs"}, asked)
		if err != nil {
			return err
		}
		return store.AskedRun(t.Context(), tx, nightly, run, asked)
	})
	if err != nil {
		t.Fatal(err)
	}
	if timings, err = s.Timings(t.Context()); err != nil {
		t.Fatal(err)
	}
	if last := timings[1].Last; !last.Asked || last.Stage != "reading" || !last.Due.Equal(asked) || timings[1].Skipped != 0 {
		t.Errorf("%+v, last %+v", timings[1], last)
	}
	if until := decided(t, s); !until.Equal(night) {
		t.Errorf("decided until %s, want %s", until, night)
	}
}

// TestServersShareTheNights has five servers, each with connections and a clock of
// its own, start late after three missed nights, and then go through two more.
func TestServersShareTheNights(t *testing.T) {
	url := storetest.New(t)
	calendar, err := schedule.Parse(nightly.Cron, nightly.Zone)
	if err != nil {
		t.Fatal(err)
	}
	start := night.AddDate(0, 0, 4).Add(7 * time.Hour) // nights 1 to 4 are over
	var servers errgroup.Group
	for i := range 5 {
		s, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		if i == 0 {
			keep(t, s, night, nightly)
		}
		ctx, stop := context.WithCancel(t.Context())
		now := start
		w := &schedule.Waker{
			Entries: []schedule.Entry{{Name: nightly.Name, Calendar: calendar}},
			Decided: s.Decided,
			Start: func(ctx context.Context, due schedule.Due) error {
				_, err := takeSlot(ctx, s, store.Slot{Schedule: due.Name, Due: due.Time, Skipped: due.Missed})
				return err
			},
			Now: func() time.Time { return now },
			Wait: func(context.Context, time.Duration) { // by the half hour
				if now = now.Add(30 * time.Minute); now.After(start.AddDate(0, 0, 2)) {
					stop()
				}
			},
		}
		servers.Go(func() error { w.Run(ctx); return nil })
	}
	if err := servers.Wait(); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), `SELECT due_run.state || ' ' || (due AT TIME ZONE 'UTC')::date FROM due_run ORDER BY due`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"skipped 2024-05-02", "skipped 2024-05-03", "skipped 2024-05-04", "taken 2024-05-05", "taken 2024-05-06", "taken 2024-05-07"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if n := countRows(t, conn, `SELECT count(*) FROM run`); n != 3 {
		t.Errorf("%d runs, want 3", n)
	}
}

// TestSlotWhileARunGoesOn skips a time at which the run before it still goes on,
// and says why; not one whose run was broken off.
func TestSlotWhileARunGoesOn(t *testing.T) {
	s, _ := open(t)
	two := time.Date(2024, 5, 6, 2, 0, 0, 0, time.UTC)
	keep(t, s, two.Add(-time.Hour), nightly)
	within := func(do func(tx pgx.Tx) error) {
		t.Helper()
		if err := s.Within(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	var run int64
	take := func(day int, worker string) (taken bool) {
		t.Helper()
		due := two.AddDate(0, 0, day)
		within(func(tx pgx.Tx) (err error) {
			taken, err = store.TakeSlot(t.Context(), tx, store.Slot{Schedule: "nightly", Due: due}, due, func() (int64, error) {
				if run, err = store.StartRun(t.Context(), tx, nil, due); err == nil && worker != "" {
					err = store.KeptBy(t.Context(), tx, run, worker)
				}
				return run, err
			})
			return err
		})
		return taken
	}
	if !take(0, "") || take(1, "") {
		t.Fatal("the first time was not taken, or the second was, while the first run went on")
	}
	timings, err := s.Timings(t.Context())
	if err != nil || len(timings) != 1 || timings[0].Skipped != 1 || timings[0].Why != fmt.Sprintf("run %d was still going", run) {
		t.Fatalf("error %v, timings %+v", err, timings)
	}
	if decided, err := s.Decided(t.Context(), "nightly"); err != nil || !decided.Equal(two.AddDate(0, 0, 1)) {
		t.Errorf("decided until %s, error %v", decided, err)
	}
	within(func(tx pgx.Tx) error { return store.FailRun(t.Context(), tx, run, "out of breath") })
	if !take(2, "dead") {
		t.Error("not taken after the run failed")
	}
	if line, _, _, _, err := s.FindRun(t.Context(), run); err != nil || line.Stage != store.BrokenOff {
		t.Errorf("a run of a process that is gone is %q, error %v", line.Stage, err)
	}
	if !take(3, "alive") {
		t.Error("not taken after the run was broken off")
	}
	if err := s.Beat(t.Context(), "alive", "test"); err != nil {
		t.Fatal(err)
	}
	if line, _, _, _, err := s.FindRun(t.Context(), run); err != nil || line.Stage != "reading" {
		t.Errorf("a run of a process that lives is %q, error %v", line.Stage, err)
	}
	if take(4, "") {
		t.Error("taken while the run went on")
	}
}
