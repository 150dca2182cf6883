package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"crosscheck/localpg"
	"crosscheck/pipeline"
	"crosscheck/schema"
	"crosscheck/store"
)

// What is too much, or too little.
const (
	// Writing ahead alone may take 1 GiB (max_wal_size).
	leastRoom = 1 << 30
	// Below this a schedule that is due in the same second on two machines would
	// not be told late; above it runs start visibly late.
	clockWarn = 5 * time.Second
	// From here on the times in the ledger contradict those of the files.
	clockFail = time.Minute
	// A server looks every minute at the latest; it may be about to begin.
	slotPatience = 10 * time.Minute
	jobPatience  = 10 * time.Minute
	// By then a delivery has been tried several times.
	deliveryPatience = time.Hour
)

// configuration reads the file, and takes from it what the flags leave open.
func (e *examination) configuration(cmd *cobra.Command, getenv func(string) string) {
	const check = "config"
	path, err := configPath(cmd)
	if err == nil && path == "" {
		e.ok(check, "there is no crosscheck.yaml here: flags and environment alone say what to do")
		return
	}
	if err == nil {
		e.file, err = loadConfig(cmd, getenv)
	}
	if err != nil {
		for _, mistake := range mistakesIn(err) {
			e.fail(check, "correct it; until then 'crosscheck serve' does not start with it, or keeps the old one", "%s", mistake)
		}
		// Where it can be told which database the file means, the rest is looked at.
		if err := applyFile(cmd, getenv); err != nil && e.db.url == "" {
			e.warn(check, "give --database-url to have it looked at all the same", "it cannot be told which database is meant")
		}
		return
	}
	if err := applyFile(cmd, getenv); err != nil {
		e.fail(check, "correct it", "%v", err)
		return
	}
	e.ok(check, "%s is right: %s, %s", path, counted(len(e.file.Sources), "source"), counted(len(e.file.Schedules), "schedule"))
	if e.file.Notify.Atom != "" {
		if _, err := os.Stat(filepath.Dir(e.file.Notify.Atom)); err != nil {
			e.fail(check, "make the folder", "the Atom feed cannot be written: %v", err)
		}
	}
}

// sources looks whether what the sources name on this machine can be read.
func (e *examination) sources() {
	if e.file == nil || len(e.file.Sources) == 0 {
		return
	}
	const check, do = "sources", "mount it, give this user the right to read it, or correct crosscheck.yaml; workers elsewhere need it under the same path"
	since, paths := len(e.findings), 0
	for _, s := range e.file.Sources {
		for _, path := range s.Paths {
			paths++
			found, err := filepath.Glob(path)
			switch {
			case err != nil:
				e.fail(check, do, "%s: %s: %v", s.Name, path, err)
			case len(found) == 0 && !exists(path):
				e.fail(check, do, "%s: there is no %s", s.Name, path)
			default:
				for _, one := range append(found, path)[:1] {
					if err := readable(one); err != nil {
						e.fail(check, do, "%s: %v", s.Name, err)
					}
				}
			}
		}
	}
	e.okUnless(since, check, "%s on this machine can be read", counted(paths, "path"))
}

// readable tries to open a file, or to list a folder.
func readable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		_, err := os.ReadDir(path)
		return err
	}
	return nil
}

// private looks at the private server, and at the disk that its data lie on. It
// reports whether there is a database to look into.
func (e *examination) private(ctx context.Context) bool {
	info, err := localpg.Status(ctx, e.db.folder())
	if err != nil {
		e.fail("database", "'crosscheck db stop' clears away what a killed process left; see "+e.db.folder()+"/server.log", "the private PostgreSQL: %v", err)
		return false
	}
	if info.Version == "" {
		e.ok("database", "there is no private PostgreSQL in %s yet: the first run makes it", info.Dir)
		return false
	}
	// The folder is there: what it holds has a version.
	free, err := e.room(info.Dir)
	const do = "make room on that disk, or move the folder and name it with --data-dir"
	switch {
	case err != nil:
		e.warn("disk", "look at its rights", "%v", err)
	case free < leastRoom:
		e.fail("disk", do, "%s are free where the data lie (%s), and PostgreSQL alone may need %s between two checkpoints", sizeText(free), info.Dir, sizeText(leastRoom))
	case free < info.Bytes:
		e.warn("disk", do, "%s are free where the data lie (%s), which is less than they take: %s", sizeText(free), info.Dir, sizeText(info.Bytes))
	default:
		e.ok("disk", "%s are free where the data lie; they take %s", sizeText(free), sizeText(info.Bytes))
	}
	return true
}

// server looks at the database server, and at the clocks.
func (e *examination) server(ctx context.Context, s *store.Store) (store.Server, error) {
	before := e.now()
	server, err := s.Server(ctx)
	if err != nil {
		return server, err
	}
	after := e.now()
	what := either(e.db.url == "", "the private PostgreSQL ", "PostgreSQL ") + server.Version
	switch {
	case server.ReadOnly:
		e.fail("database", "name the server that can be written to, or end what made it read-only", "%s answers, but it only reads", what)
	case server.Encoding != "UTF8":
		e.fail("database", "make another with 'createdb --encoding=UTF8 --template=template0 NAME', and run again",
			"%s answers, but the database is encoded in %s, which does not hold every text", what, server.Encoding)
	default:
		e.ok("database", "%s answers; the database is in UTF-8 and takes %s", what, sizeText(server.Bytes))
	}

	// The question took a while: the server's clock was read at some time of it.
	off := time.Duration(0)
	switch {
	case server.Clock.Before(before):
		off = before.Sub(server.Clock)
	case server.Clock.After(after):
		off = server.Clock.Sub(after)
	}
	const do = "set both by NTP ('timedatectl set-ntp true')"
	says := fmt.Sprintf("this machine's clock and the database's are %s apart", spanText(off.Round(100*time.Millisecond)))
	switch {
	case off >= clockFail:
		e.fail("clock", do, "%s", says)
	case off >= clockWarn:
		e.warn("clock", do, "%s", says)
	default:
		e.ok("clock", "this machine's clock and the database's agree")
	}
	return server, nil
}

// shape looks whether the tables are those that this program needs. It reports
// whether they can be looked into.
func (e *examination) shape(ctx context.Context, url string, server store.Server) (usable bool, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	lacking, err := schema.Lacking(ctx, conn)
	const left = "; the checks that need the tables were left out"
	switch {
	case err != nil:
		e.fail("schema", "then ask again"+left, "%v", err)
	case len(lacking) > 0 && !server.Shapes:
		e.fail("schema", "let its owner run 'crosscheck migrate', or GRANT CREATE on the database and its schema to this user"+left,
			"%s lacking (%s to %s), and this user may not make tables", either(len(lacking) == 1, "1 step is", fmt.Sprintf("%d steps are", len(lacking))), lacking[0], lacking[len(lacking)-1])
	case len(lacking) > 0:
		e.warn("schema", "run 'crosscheck migrate'; other commands do it before they begin"+left,
			"%s lacking (%s to %s)", either(len(lacking) == 1, "1 step is", fmt.Sprintf("%d steps are", len(lacking))), lacking[0], lacking[len(lacking)-1])
	default:
		e.ok("schema", "the tables are those that this program needs")
		return true, nil
	}
	return false, nil
}

// rights looks whether this user may read and write every table.
func (e *examination) rights(ctx context.Context, s *store.Store) error {
	closed, err := s.ClosedTables(ctx)
	if err != nil {
		return err
	}
	if len(closed) > 0 {
		e.fail("rights", "let their owner GRANT SELECT, INSERT, UPDATE, DELETE on them, or use the owner's name in --database-url",
			"this user may not read and write %s (%s)", counted(len(closed), "table"), strings.Join(closed[:min(3, len(closed))], ", ")+either(len(closed) > 3, ", ...", ""))
		return nil
	}
	e.ok("rights", "this user may read and write every table")
	return nil
}

// readers looks whether people can be let read the views for editors, and those alone.
func (e *examination) readers(ctx context.Context, url string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	r, err := schema.ReadersOf(ctx, conn)
	if err != nil {
		return err
	}
	if lack := readersLack(r); lack.finding != "" {
		e.warn("readers", lack.do, "%s", lack.finding)
		return nil
	}
	e.ok("readers", "members of %s may read the views of schema report, and nothing else", schema.Reader)
	return nil
}

// schedules looks at each schedule's last time and its next.
func (e *examination) schedules(ctx context.Context, s *store.Store) error {
	if e.file == nil || len(e.file.Schedules) == 0 {
		return nil
	}
	timings, err := s.Timings(ctx)
	if err != nil {
		return err
	}
	known := make(map[string]store.Timing, len(timings))
	for _, t := range timings {
		known[t.Name] = t
	}
	for _, plan := range e.file.Schedules {
		t, now := known[plan.Name], e.now()
		decided, err := s.Decided(ctx, plan.Name)
		if err != nil {
			return err
		}
		due := plan.Calendar.Next(decided)
		next := "next at " + slotText(plan.Calendar.Next(now))
		switch {
		case t.Since.IsZero():
			e.warn("schedule", "start 'crosscheck serve', as a service", "%s: no server has kept it yet, %s", plan.Name, next)
		case !due.IsZero() && due.Before(now.Add(-slotPatience)):
			e.fail("schedule", "start 'crosscheck serve'; it makes up for the newest time that was missed",
				"%s was due at %s, and nothing took it", plan.Name, slotText(due))
		case t.Last != nil && t.Last.Stage == "failed":
			e.fail("schedule", fmt.Sprintf("see 'crosscheck runs show %d', then 'crosscheck run --schedule %s'", t.Last.Run, plan.Name),
				"%s: the last run failed: %s; %s", plan.Name, t.Last.Failure, next)
		case t.Last == nil:
			e.ok("schedule", "%s: no run yet, %s", plan.Name, next)
		default:
			e.ok("schedule", "%s: last at %s (%s), %s", plan.Name, slotText(t.Last.Due.In(plan.Calendar.Zone())), outcomeText(t), next)
		}
	}
	return nil
}

// lastRun looks at the last run, whoever began it, and at what its sources gave.
func (e *examination) lastRun(ctx context.Context, s *store.Store) error {
	runs, err := s.Runs(ctx, 1)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		e.ok("runs", "there was none yet")
		return nil
	}
	run, sources, _, _, err := s.FindRun(ctx, runs[0].ID)
	if err != nil {
		return err
	}
	see := fmt.Sprintf("see 'crosscheck runs show %d'", run.ID)
	began := fmt.Sprintf("run %d, which began at %s,", run.ID, slotText(run.Started.UTC()))
	since := len(e.findings)
	switch run.Stage {
	case "failed":
		e.fail("runs", see+", remove the cause, and run again", "%s failed: %s", began, run.Failure)
	case store.BrokenOff:
		e.warn("runs", "run the same again: it completes what was broken off", "%s was broken off", began)
	}
	if run.Failed > 0 {
		e.warn("runs", see, "%s could not read %d of %s", began, run.Failed, counted(run.Found, "document"))
	}
	silentAfter := pipeline.SilentAfter
	if e.file != nil {
		silentAfter = e.file.SilentAfter
	}
	for _, says := range pipeline.Findings(sources, silentAfter) {
		e.warn("runs", "look whether its address still holds", "%s", says)
	}
	e.okUnless(since, "runs", "%s %s", began, either(run.Finished.IsZero(), "is "+run.Stage, stateText(run)+" and read what there was"))
	return nil
}

// crew looks at the processes that work, and at the jobs that wait for them.
func (e *examination) crew(ctx context.Context, s *store.Store) error {
	figures, err := s.Figures(ctx, 0)
	if err != nil {
		return err
	}
	alive, since := 0, len(e.findings)
	for _, w := range figures.Workers {
		quiet := time.Duration(w.Quiet * float64(time.Second)).Round(time.Second)
		if quiet < store.Lease {
			alive++
			continue
		}
		e.warn("workers", "its jobs are taken over; start it again there if it is still wanted", "a process on %s has said nothing for %s", w.Host, spanText(quiet))
	}
	if alive == 0 && e.file != nil && len(e.file.Schedules) > 0 {
		e.warn("workers", "start 'crosscheck serve', as a service", "none is at work, and schedules wait for one")
	}
	e.okUnless(since, "workers", "%s at work", either(alive == 1, "1 process is", grouped(alive)+" processes are"))

	since = len(e.findings)
	waiting := 0
	for _, j := range figures.Jobs {
		waiting += int(j.N)
		age := time.Duration(j.Age * float64(time.Second)).Round(time.Second)
		if j.State != "running" && age >= jobPatience {
			e.warn("jobs", "start more workers ('crosscheck worker'), or see why those there are slow",
				"%s of queue %s are %s, the oldest for %s", counted(int(j.N), "job"), j.Queue, j.State, spanText(age))
		}
	}
	e.okUnless(since, "jobs", "%s", either(waiting == 0, "none waits", counted(waiting, "job")+" in hand or waiting, none for long"))
	return nil
}

// deliveries looks at the digests that did not arrive.
func (e *examination) deliveries(ctx context.Context, s *store.Store) error {
	late, err := s.LateDeliveries(ctx, deliveryPatience)
	if err != nil {
		return err
	}
	for _, d := range late {
		why := either(d.Reason == "", "", ": "+d.Reason)
		switch {
		case d.State == "failed":
			e.warn("digests", "correct its address in crosscheck.yaml, under notify; what they told is in 'crosscheck runs show'",
				"%s by %s given up since %s%s", either(d.N == 1, "1 digest was", grouped(d.N)+" digests were"), d.Way, slotText(d.Since.UTC()), why)
		default:
			e.warn("digests", "it is tried again, for three days; see that its server answers, and that 'crosscheck serve' runs",
				"%s by %s since %s%s", either(d.N == 1, "1 digest waits", grouped(d.N)+" digests wait"), d.Way, slotText(d.Since.UTC()), why)
		}
	}
	if len(late) == 0 {
		e.ok("digests", "none is late")
	}
	return nil
}
