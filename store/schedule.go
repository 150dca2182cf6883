package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Timetable is a schedule of the configuration.
type Timetable struct {
	Name, Cron, Zone string
}

// Slot is a time at which a run of a schedule is due.
type Slot struct {
	Schedule string
	Due      time.Time
	Skipped  []time.Time // earlier ones at which nothing ran, and now nothing will
}

// Timing is what is known of a schedule: its timetable, and its last run.
type Timing struct {
	Timetable
	// Since is when its times became what they are; zero for a schedule that
	// is no longer in the configuration.
	Since   time.Time
	Skipped int    // times skipped since the run before the last one, or ever where there is none
	Why     string // why the newest of those was skipped
	Last    *TimedRun
}

// TimedRun is a run of a schedule.
type TimedRun struct {
	Due                         time.Time
	Asked                       bool  // somebody asked for it by hand
	Run                         int64 // its line in the ledger
	Started                     time.Time
	Finished                    time.Time // zero while it runs, and for good where it was broken off
	Stage                       string    // reading, comparing, finished, failed, or BrokenOff
	Failure                     string    // why it failed
	Found, Failed, NewConflicts int
}

const (
	// A schedule whose times are others than before begins anew: the times
	// that it would have had were not missed.
	keepSchedules = `
INSERT INTO schedule (name, cron, zone, since)
SELECT name, cron, zone, @now FROM unnest(@names::text[], @crons::text[], @zones::text[]) AS told (name, cron, zone)
ORDER BY name
ON CONFLICT (name) DO UPDATE
SET cron = excluded.cron, zone = excluded.zone,
    since = CASE WHEN (schedule.cron, schedule.zone) = (excluded.cron, excluded.zone)
                 THEN coalesce(schedule.since, excluded.since) ELSE excluded.since END
WHERE (schedule.cron, schedule.zone) <> (excluded.cron, excluded.zone) OR schedule.since IS NULL`

	dropSchedules = `UPDATE schedule SET since = NULL WHERE since IS NOT NULL AND name <> ALL (@names)`

	decidedUntil = `
SELECT greatest(since, (SELECT max(due) FROM due_run WHERE schedule = @name AND state <> 'asked'))
FROM schedule WHERE name = @name AND since IS NOT NULL`

	// Those who come together wait here for one another, and see below what
	// the one before them did.
	lockSchedule = `SELECT FROM schedule WHERE name = @name FOR UPDATE`

	takeSlot = `
INSERT INTO due_run (schedule, due, state, decided)
SELECT @name, @due, 'taken', @now
WHERE NOT EXISTS (SELECT FROM due_run WHERE schedule = @name AND due >= @due AND state <> 'asked')
ON CONFLICT DO NOTHING`

	skipSlots = `
INSERT INTO due_run (schedule, due, state, decided, reason)
SELECT @name, due, 'skipped', @now, 'no server was there at the time' FROM unnest(@skipped::timestamptz[]) AS missed (due)
WHERE due < @due
ON CONFLICT DO NOTHING`

	goingRun = `
SELECT run.id
FROM due_run JOIN run ON run.id = due_run.run
WHERE due_run.schedule = @name AND run.finished IS NULL AND (` + stageNow + `) IN ('reading', 'comparing')
ORDER BY run.id DESC
LIMIT 1`

	skipGoing = `UPDATE due_run SET state = 'skipped', reason = @reason WHERE schedule = @name AND due = @due`

	setSlotRun = `UPDATE due_run SET run = @run WHERE schedule = @name AND due = @due`

	askRun = `
INSERT INTO due_run (schedule, due, state, run, decided) VALUES (@name, @now, 'asked', @run, @now)
ON CONFLICT DO NOTHING`

	// An expression of the configuration may be there before any server has read it.
	knowSchedule = `INSERT INTO schedule (name, cron, zone) VALUES (@name, @cron, @zone) ON CONFLICT DO NOTHING`

	selectTimings = `
SELECT s.name, s.cron, s.zone, s.since, last.due, last.state, last.run,
       run.started, run.finished, ` + stageNow + ` AS stage, run.failure, run.found, run.failed, run.new_conflicts,
       missed.skipped, missed.why
FROM schedule s
LEFT JOIN LATERAL (SELECT due, state, run FROM due_run d
                   WHERE d.schedule = s.name AND d.run IS NOT NULL ORDER BY due DESC LIMIT 1) last ON true
LEFT JOIN run ON run.id = last.run
CROSS JOIN LATERAL (
    SELECT count(*) AS skipped, coalesce((array_agg(k.reason ORDER BY k.due DESC))[1], '') AS why
    FROM due_run k
    WHERE k.schedule = s.name AND k.state = 'skipped'
      AND k.due > coalesce((SELECT p.due FROM due_run p WHERE p.schedule = s.name AND p.run IS NOT NULL
                            ORDER BY p.due DESC OFFSET 1 LIMIT 1), '-infinity')) missed
ORDER BY s.name`
)

// KeepSchedules makes the schedules known as they stand in the configuration
// of a server, all of them. Of one that is new, whose times have changed, or
// that comes back, no time before now counts as missed.
func KeepSchedules(ctx context.Context, tx pgx.Tx, tables []Timetable, now time.Time) error {
	names, crons, zones := make([]string, len(tables)), make([]string, len(tables)), make([]string, len(tables))
	for i, t := range tables {
		names[i], crons[i], zones[i] = t.Name, t.Cron, t.Zone
	}
	if _, err := tx.Exec(ctx, keepSchedules, pgx.NamedArgs{"names": names, "crons": crons, "zones": zones, "now": now}); err != nil {
		return fmt.Errorf("keep the schedules: %w", err)
	}
	if _, err := tx.Exec(ctx, dropSchedules, pgx.NamedArgs{"names": names}); err != nil {
		return fmt.Errorf("drop old schedules: %w", err)
	}
	return nil
}

// Decided is until when the times of a schedule have been taken or skipped, or
// are none of its times. Zero stands for a schedule that is not in any
// server's configuration: make it known first.
func (s *Store) Decided(ctx context.Context, name string) (until time.Time, err error) {
	err = again(ctx, func() error {
		return s.pool.QueryRow(ctx, decidedUntil, pgx.NamedArgs{"name": name}).Scan(&until)
	})
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, fmt.Errorf("schedule %q: what was decided: %w", name, err)
	}
	return until, nil
}

// TakeSlot takes a slot for the transaction, unless somebody has taken it or a
// later one: then it changes nothing and reports false. While the schedule's run
// before it goes on, the slot is noted as skipped, and it reports false too. Of any number of
// transactions that ask at once, one gets it, and the others wait to see it
// committed. start makes the run, in the same transaction, and returns its
// line in the ledger.
func TakeSlot(ctx context.Context, tx pgx.Tx, slot Slot, now time.Time, start func() (run int64, err error)) (taken bool, err error) {
	args := pgx.NamedArgs{"name": slot.Schedule, "due": slot.Due, "skipped": slot.Skipped, "now": now}
	if _, err := tx.Exec(ctx, lockSchedule, args); err != nil {
		return false, fmt.Errorf("schedule %q: wait for its turn: %w", slot.Schedule, err)
	}
	took, err := tx.Exec(ctx, takeSlot, args)
	if err != nil {
		return false, fmt.Errorf("schedule %q: take %s: %w", slot.Schedule, slot.Due.Format(time.RFC3339), err)
	}
	if took.RowsAffected() == 0 {
		return false, nil
	}
	if len(slot.Skipped) > 0 {
		if _, err := tx.Exec(ctx, skipSlots, args); err != nil {
			return false, fmt.Errorf("schedule %q: note what was skipped: %w", slot.Schedule, err)
		}
	}
	args["lease"] = Lease
	going, err := numbers(ctx, tx, "runs of the schedule that go on", goingRun, args)
	if err != nil {
		return false, fmt.Errorf("schedule %q: %w", slot.Schedule, err)
	}
	if len(going) > 0 {
		args["reason"] = fmt.Sprintf("run %d was still going", going[0])
		if _, err := tx.Exec(ctx, skipGoing, args); err != nil {
			return false, fmt.Errorf("schedule %q: note what was skipped: %w", slot.Schedule, err)
		}
		return false, nil
	}
	run, err := start()
	if err != nil {
		return false, err
	}
	args["run"] = run
	if _, err := tx.Exec(ctx, setSlotRun, args); err != nil {
		return false, fmt.Errorf("schedule %q: note run %d: %w", slot.Schedule, run, err)
	}
	return true, nil
}

// AskedRun notes a run of a schedule that somebody asked for by hand. It is
// none of the schedule's times, and takes none away.
func AskedRun(ctx context.Context, tx pgx.Tx, t Timetable, run int64, now time.Time) error {
	args := pgx.NamedArgs{"name": t.Name, "cron": t.Cron, "zone": t.Zone, "run": run, "now": now}
	for _, query := range []string{knowSchedule, askRun} {
		if _, err := tx.Exec(ctx, query, args); err != nil {
			return fmt.Errorf("schedule %q: note run %d: %w", t.Name, run, err)
		}
	}
	return nil
}

// Timings lists what is known of every schedule, by name.
func (s *Store) Timings(ctx context.Context) ([]Timing, error) {
	type row struct {
		Name, Cron, Zone            string
		Since, Due                  *time.Time
		State, Stage, Failure       *string
		Run                         *int64
		Started, Finished           *time.Time
		Found, Failed, NewConflicts *int
		Skipped                     int
		Why                         string
	}
	var timings []Timing
	err := again(ctx, func() error {
		rows, err := s.pool.Query(ctx, selectTimings, pgx.NamedArgs{"lease": Lease})
		if err != nil {
			return err
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
		if err != nil {
			return err
		}
		timings = make([]Timing, len(found))
		for i, r := range found {
			timings[i] = Timing{Timetable: Timetable{r.Name, r.Cron, r.Zone}, Since: timeOf(r.Since), Skipped: r.Skipped, Why: r.Why}
			if r.Run != nil {
				timings[i].Last = &TimedRun{
					Due: *r.Due, Asked: *r.State == "asked", Run: *r.Run, Started: timeOf(r.Started), Finished: timeOf(r.Finished),
					Stage: *r.Stage, Failure: *r.Failure,
					Found: *r.Found, Failed: *r.Failed, NewConflicts: *r.NewConflicts,
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the schedules: %w", err)
	}
	return timings, nil
}

// timeOf is a time that may be null, and then zero.
func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}
