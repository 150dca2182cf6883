package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Figures is what there is to watch: what is stored, what waits, and how runs end.
type Figures struct {
	Documents, Claims int64 // counted while few, else as the planner estimates them
	Conflicts         []ConflictCount
	Jobs              []JobCount
	Runs              []RunCount
	Last              []LastRun
	Sources           []SourceFigures
	Workers           []WorkerLine
	Deliveries        []DeliveryCount
}

// ConflictCount counts conflicts that stand and are shown, in a state.
type ConflictCount struct {
	Status string
	N      int64
}

// JobCount counts the jobs of a queue in a state, of those not yet done.
type JobCount struct {
	Queue, State string
	N            int64
	Age          float64 // of the one that has been due the longest, in seconds; 0 where none is due
}

// RunCount counts runs by how they ended, or how far they are.
type RunCount struct {
	Stage string
	N     int64
}

// LastRun is the last run that ended of a schedule; "" stands for those by hand.
type LastRun struct {
	Schedule string
	Ended    time.Time
	Seconds  float64 // that it took
	OK       bool    // it did not fail
}

// SourceFigures is what a source has come to over all runs.
type SourceFigures struct {
	Name   string
	Failed int64 // documents not read
	Silent int   // runs in a row without anything, as of its last
}

// WorkerLine is a process that works on jobs, or has said so within a day.
type WorkerLine struct {
	ID, Host string
	Quiet    float64 // since it last said that it is alive, in seconds
}

// DeliveryCount counts deliveries in a state.
type DeliveryCount struct {
	State string
	N     int64
}

const (
	// An exact count of millions of rows, four times a minute, costs more than
	// it tells.
	selectSizes = `
SELECT CASE WHEN d.reltuples BETWEEN 0 AND 100000 OR d.reltuples < 0 THEN (SELECT count(*) FROM document) ELSE d.reltuples::bigint END AS documents,
       CASE WHEN c.reltuples BETWEEN 0 AND 100000 OR c.reltuples < 0 THEN (SELECT count(*) FROM claim) ELSE c.reltuples::bigint END AS claims
FROM pg_class d, pg_class c
WHERE d.oid = 'document'::regclass AND c.oid = 'claim'::regclass`

	countStatuses = `
SELECT status, count(*) AS n FROM conflict
WHERE closed IS NULL AND severity >= @shown
GROUP BY status ORDER BY status`

	countJobs = `
SELECT queue, state::text, count(*) AS n,
       coalesce(extract(epoch FROM now() - min(scheduled_at) FILTER (WHERE scheduled_at < now())), 0)::float8 AS age
FROM river.river_job
WHERE state IN ('available', 'running', 'retryable', 'scheduled', 'pending')
GROUP BY queue, state ORDER BY queue, state`

	countStages = `
SELECT stage, count(*) AS n FROM (SELECT ` + stageNow + ` AS stage FROM run) AS runs GROUP BY stage ORDER BY stage`

	selectLastRuns = `
SELECT DISTINCT ON (schedule) coalesce(d.schedule, '') AS schedule, coalesce(r.finished, r.started) AS ended,
       coalesce(extract(epoch FROM r.finished - r.started), 0)::float8 AS seconds, r.finished IS NOT NULL AS ok
FROM run r LEFT JOIN due_run d ON d.run = r.id
WHERE r.stage IN ('finished', 'failed')
ORDER BY schedule, r.id DESC`

	selectSourceFigures = `
SELECT name, sum(failed)::bigint AS failed, (array_agg(silent ORDER BY run DESC))[1] AS silent
FROM run_source GROUP BY name ORDER BY name`

	selectWorkers = `SELECT id, host, extract(epoch FROM now() - seen)::float8 AS quiet FROM worker ORDER BY host, id`

	countDeliveries = `SELECT state, count(*) AS n FROM delivery GROUP BY state ORDER BY state`
)

// Figures reads all that there is to watch.
func (s *Store) Figures(ctx context.Context, shown float64) (f Figures, err error) {
	args := pgx.NamedArgs{"shown": shown, "lease": Lease}
	sizes, err := collect[struct{ Documents, Claims int64 }](ctx, s.pool, "sizes", selectSizes, args)
	if err != nil {
		return f, err
	}
	for _, n := range sizes {
		f.Documents, f.Claims = n.Documents, n.Claims
	}
	if f.Conflicts, err = collect[ConflictCount](ctx, s.pool, "conflicts", countStatuses, args); err != nil {
		return f, err
	}
	if f.Jobs, err = collect[JobCount](ctx, s.pool, "jobs", countJobs, args); err != nil {
		return f, err
	}
	if f.Runs, err = collect[RunCount](ctx, s.pool, "runs", countStages, args); err != nil {
		return f, err
	}
	if f.Last, err = collect[LastRun](ctx, s.pool, "last runs", selectLastRuns, args); err != nil {
		return f, err
	}
	if f.Sources, err = collect[SourceFigures](ctx, s.pool, "sources", selectSourceFigures, args); err != nil {
		return f, err
	}
	if f.Workers, err = collect[WorkerLine](ctx, s.pool, "workers", selectWorkers, args); err != nil {
		return f, err
	}
	f.Deliveries, err = collect[DeliveryCount](ctx, s.pool, "deliveries", countDeliveries, args)
	return f, err
}
