package store

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

// mostNights is how many runs are listed at once.
const mostNights = 500

const selectSchedulesOf = `
SELECT run, min(schedule) AS schedule FROM due_run WHERE run = ANY(@runs) AND state <> 'asked' GROUP BY run`

// Nights is runs, the newest first, at most so many.
func (s *Store) Nights(ctx context.Context, limit int) (nights []desk.NightLine, err error) {
	if limit <= 0 || limit > mostNights {
		limit = mostNights
	}
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		runs, err := runsIn(ctx, tx, 0, limit)
		if err != nil {
			return err
		}
		nights, err = nightLines(ctx, tx, runs)
		return err
	})
	return nights, err
}

// NightOf is a run with its ledger. Where there is none it is a [desk.Missing].
func (s *Store) NightOf(ctx context.Context, id int64) (n *desk.NightReport, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		n, err = loadNight(ctx, tx, id)
		return err
	})
	return n, err
}

func loadNight(ctx context.Context, tx pgx.Tx, id int64) (*desk.NightReport, error) {
	missing := &desk.Missing{What: "run", Name: strconv.FormatInt(id, 10)}
	if id < 1 {
		return nil, missing
	}
	runs, err := runsIn(ctx, tx, id, 1)
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, missing
	}
	lines, err := nightLines(ctx, tx, runs)
	if err != nil {
		return nil, err
	}
	_, sources, failed, err := LoadRun(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	n := &desk.NightReport{NightLine: lines[0], Paths: runs[0].Paths, Sources: []desk.NightSource{}}
	called := make(map[int]string, len(sources))
	for _, l := range sources {
		called[l.N] = l.Name
		n.Sources = append(n.Sources, desk.NightSource{Name: l.Name, Expected: l.Expected, Fetched: l.Fetched, Unchanged: l.Unchanged, Failed: l.Failed,
			Extracted: l.Extracted, Claims: l.Claims, Opened: l.Opened, Reopened: l.Reopened, Closed: l.Closed, Quiet: l.Quiet, Silent: l.Silent})
	}
	for _, f := range failed {
		n.Failures = append(n.Failures, desk.NightFailure{Source: called[f.Source], Document: f.Document, Reason: f.Reason, Tries: f.Tries})
	}
	return n, nil
}

// nightLines is runs in the desk's words, with the schedules that they were due by.
func nightLines(ctx context.Context, tx pgx.Tx, runs []RunLine) ([]desk.NightLine, error) {
	type row struct {
		Run      int64
		Schedule string
	}
	ids := make([]int64, len(runs))
	for i, r := range runs {
		ids[i] = r.ID
	}
	rows, err := collect[row](ctx, tx, "schedules of runs", selectSchedulesOf, pgx.NamedArgs{"runs": ids})
	if err != nil {
		return nil, err
	}
	schedule := make(map[int64]string, len(rows))
	for _, r := range rows {
		schedule[r.Run] = r.Schedule
	}
	lines := make([]desk.NightLine, len(runs))
	for i, r := range runs {
		lines[i] = desk.NightLine{ID: r.ID, Schedule: schedule[r.ID], Started: r.Started.UTC(), Stage: r.Stage, Failure: r.Failure,
			Found: r.Found, Added: r.Added, Changed: r.Changed, Failed: r.Failed, NewClaims: r.NewClaims,
			Opened: r.NewConflicts, Reopened: r.Reopened, Closed: r.Closed}
		if !r.Finished.IsZero() {
			lines[i].Finished = r.Finished.UTC()
		}
	}
	return lines, nil
}
