package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/localpg"
	"crosscheck/pipeline"
	"crosscheck/schema"
	"crosscheck/store"
)

// nights measures three nights over a corpus of each size.
func nights(ctx context.Context, o options) error {
	if os.Getenv("GOGC") == "" { // as the program has it
		debug.SetGCPercent(pipeline.Growth)
		debug.SetMemoryLimit(pipeline.Memory)
	}
	fmt.Printf("%9s  %-12s %8s %8s %9s  %-17s %7s  %s\n", "documents", "night", "read, s", "all, s", "docs/s", "processor, ms/doc", "memory", "found")
	for _, n := range o.sizes {
		err := o.prepared(ctx, func(dir, url string) error {
			return threeNights(ctx, o, n, filepath.Join(dir, "corpus"), url)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// prepared does work with a folder and an empty database, and takes away what of
// these it made.
func (o options) prepared(ctx context.Context, work func(dir, url string) error) (err error) {
	dir, url := o.dir, o.url
	if dir == "" {
		if dir, err = os.MkdirTemp("", "crosscheck-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL may run as another user
			return err
		}
	}
	if url == "" {
		pg, err := localpg.Start(ctx, localpg.Options{Dir: filepath.Join(dir, "postgres")})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, pg.Close(context.WithoutCancel(ctx))) }()
		url = pg.URL()
	}
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	_, err = schema.Migrate(ctx, conn)
	if closed := conn.Close(ctx); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return work(dir, url)
}

func threeNights(ctx context.Context, o options, documents int, dir, url string) (err error) {
	c, err := o.write(ctx, dir, documents)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer s.Close()
	meter, err := newMeter(ctx, s)
	if err != nil {
		return err
	}
	var read time.Time // when all was read, and comparing began
	runner := &pipeline.Runner{Store: s, Workers: o.workers, Progress: func(e pipeline.Event) {
		if e.Stage == pipeline.Comparing {
			read = time.Now()
		}
	}}
	all := func() error {
		_, err := runner.Run(ctx, []string{dir})
		return err
	}
	if o.serve {
		runner.Host = "bench"
		crew := &pipeline.Crew{Runner: runner}
		runner.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
		if err := crew.Start(ctx); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, crew.Stop(ctx)) }()
		all = func() error { return byJobs(ctx, crew, dir) }
	}
	measure := func(night string) error {
		begin, err := meter.begin()
		if err != nil {
			return err
		}
		if err := all(); err != nil {
			return err
		}
		spent, err := meter.since(begin)
		if err != nil {
			return err
		}
		runs, err := s.Runs(ctx, 1)
		if err != nil {
			return err
		}
		found, err := c.judge(ctx, s)
		if err != nil {
			return err
		}
		fmt.Printf("%9d  %-12s %8.2f %8.2f %9.0f  %6.2f + %6.2f  %5d MB  %s\n", documents, night, read.Sub(begin.at).Seconds(), spent.elapsed.Seconds(),
			float64(documents)/spent.elapsed.Seconds(), 1000*spent.here.Seconds()/float64(documents), 1000*spent.there.Seconds()/float64(documents),
			spent.memory>>20, found)
		if line := runs[0]; line.Found != documents || line.Failed != 0 {
			return fmt.Errorf("the ledger has %d documents, %d of them failed", line.Found, line.Failed)
		}
		return nil
	}
	if err := measure("first"); err != nil {
		return err
	}
	if err := measure("unchanged"); err != nil {
		return err
	}
	changed, err := c.edit(dir)
	if err != nil {
		return err
	}
	return measure(fmt.Sprintf("%d changed", changed))
}

// byJobs starts a run as a schedule does, and waits for its end.
func byJobs(ctx context.Context, crew *pipeline.Crew, dir string) error {
	var run int64
	err := crew.Store.Within(ctx, func(tx pgx.Tx) (err error) {
		run, err = crew.StartRun(ctx, tx, []pipeline.Origin{{Name: "corpus", Paths: []string{dir}}})
		return err
	})
	if err != nil {
		return err
	}
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		runs, err := crew.Store.Runs(ctx, 1)
		switch {
		case err != nil:
			return err
		case len(runs) == 1 && runs[0].ID == run && runs[0].Stage == "failed":
			return fmt.Errorf("the run failed: %s", runs[0].Failure)
		case len(runs) == 1 && runs[0].ID == run && !runs[0].Finished.IsZero():
			return nil
		}
	}
}

// judge holds the conflicts stored to those that the corpus was given.
func (c *corpus) judge(ctx context.Context, s *store.Store) (string, error) {
	const count = `
WITH place AS (
    SELECT m.conflict, m.position, substring(d.address FROM '(\d+)\.md$')::int AS n
    FROM conflict c
    JOIN member m ON m.conflict = c.id
    JOIN version v ON v.id = m.version
    JOIN document d ON d.id = v.document
    WHERE c.status = 'open' AND c.closed IS NULL AND c.severity >= 0.5 AND m.position IS NOT NULL
), told AS (
    SELECT DISTINCT a.conflict, a.n / @reports AS event
    FROM place a JOIN place b ON b.conflict = a.conflict AND b.position <> a.position AND b.n / @reports = a.n / @reports
    WHERE a.n % @reports = @dissenter
)
SELECT count(DISTINCT event), (SELECT count(DISTINCT conflict) FROM place WHERE conflict NOT IN (SELECT conflict FROM told)) FROM told`
	var found, others int
	err := s.Pool().QueryRow(ctx, count, pgx.NamedArgs{"reports": reports, "dissenter": dissenter}).Scan(&found, &others)
	return fmt.Sprintf("%d of %d, and %d others", found, c.events(), others), err
}
