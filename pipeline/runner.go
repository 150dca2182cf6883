package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/store"
)

// Runner does the main job: it reads documents, stores what they claim, and
// compares what is new with everything stored.
type Runner struct {
	Store  *store.Store
	Loader Loader
	// Comparison says how to compare. Without its Arithmetic a run stores nothing
	// new of that kind, and keeps what was stored before for as long as it stands.
	Comparison Comparison
	Portion    store.Portion // how much is compared at once
	Recompare  bool          // compare all that is stored, not only what is new
	Recheck    bool          // read the bytes also of files whose size and time are as they were
	Workers    int           // documents in work at once; 0 means one a processor
	// Keep is for how long archived bytes are kept after newer ones have replaced
	// them, counted from when they were last seen; 0 is for ever.
	Keep time.Duration
	Host string // the machine, for people
	// Begun is called in the transaction that opens the run's line in the ledger,
	// with its number and its time; may be nil.
	Begun func(tx pgx.Tx, run int64, started time.Time) error
	// Tell has a server that tells people tell them of the run by itself; without it
	// what the run found is told with the next one of which they are told.
	Tell     bool
	Progress func(Event)      // told after each document, one call at a time; may be nil
	Log      *slog.Logger     // nil discards
	Now      func() time.Time // the clock; nil means time.Now
}

// What memory a process that runs the pipeline should take.
const (
	// Growth is for debug.SetGCPercent. Twice what Go takes saves a fifteenth of its
	// processor time; four times saves no more.
	Growth = 200
	// Memory is for debug.SetMemoryLimit: near so many bytes garbage is collected as
	// often as it takes to stay below.
	Memory = 768 << 20
)

// listed is how many conflicts a summary lists of each sort, and of how many
// places of each answer: more than anybody reads after a run.
const listed = 100

// Event is a step of a run.
type Event struct {
	Stage Stage
	Path  string // the document; "" while comparing
	Done  int    // documents done
	Total int    // documents in this run
	Bytes int64  // bytes of the documents done
}

// Stage is what a run is at.
type Stage string

// The stages of a run.
const (
	Reading   Stage = "reading"
	Comparing Stage = "comparing"
)

// Summary is what a run found and did. Found = Added + Changed + Unchanged +
// the number of Failed.
type Summary struct {
	Found     int
	Added     int // met for the first time
	Changed   int // new bytes, another source or title, or read anew by newer readers or rules
	Unchanged int // as they were, and so not read again
	Copies    int // read well, with bytes that another document of the run has too
	Failed    []Failure
	Warnings  []Failure // read, but worth telling: "3 invalid bytes replaced"

	// Sentences, Claims and Appearances count what stands in the documents
	// found, copies once; NewClaims what no document had claimed before.
	Sentences, Claims, NewClaims, Appearances int

	OpenConflicts     int                 // open ones of severity ShownFrom and more
	Conflicts         []conflict.Conflict // of those, the gravest, and behind them what else is new
	NewConflicts      int                 // of those, found for the first time
	ReopenedConflicts int                 // of those, found before but not open at the last comparison
	ClosedConflicts   int                 // shown before, and now no longer found or explained

	// Sources are the lines of the ledger, one for each path that was given.
	Sources []store.SourceLine

	Bytes   int64 // of the documents found
	Elapsed time.Duration

	run int64 // its number in the ledger; 0 is none
}

// Run reads what paths and origins name, stores it, and compares it with
// everything stored. Each path and each origin has a line in the ledger; a
// document that two of them name is the first one's. Documents that cannot be
// read are in the summary and are no error. An error means that the run was
// broken off: what it stored stays, the summary tells how far it came, and the
// next run does the rest.
func (r *Runner) Run(ctx context.Context, paths []string, origins ...Origin) (*Summary, error) {
	started := r.now()
	w := newWalk()
	found := w.listings(paths)
	for _, o := range origins {
		found = append(found, w.gather(ctx, r.Loader.Client, o))
	}
	names := make([]string, len(found))
	for i, l := range found {
		names[i] = l.path
	}
	var files []File
	var of []int // the places of their sources
	sum := &Summary{}
	var failed []store.Expected
	for n, l := range found {
		files = append(files, l.files...)
		for range l.files {
			of = append(of, n)
		}
		failed = append(failed, expectedFailures(n, l.failed)...)
		sum.Failed = append(sum.Failed, l.failed...)
	}
	sum.Found = len(files) + len(sum.Failed)
	err := r.run(ctx, names, files, of, failed, started, sum)
	sum.Elapsed = r.now().Sub(started)
	if err != nil {
		return sum, brokenOff(ctx, err)
	}
	return sum, nil
}

func (r *Runner) run(ctx context.Context, paths []string, files []File, sources []int, failed []store.Expected, started time.Time, sum *Summary) error {
	alive, leave, err := r.lives(ctx)
	if err != nil {
		return err
	}
	defer leave()
	err = r.Store.Within(ctx, func(tx pgx.Tx) (err error) {
		if sum.run, err = store.StartRun(ctx, tx, paths, started); err != nil {
			return err
		}
		if err := store.KeptBy(ctx, tx, sum.run, alive); err != nil {
			return err
		}
		if err := store.StartSources(ctx, tx, sum.run, paths); err != nil || r.Begun == nil {
			return err
		}
		return r.Begun(tx, sum.run, started)
	})
	if err != nil {
		return err
	}
	err = r.work(ctx, files, sources, failed, sum)
	if err != nil {
		r.noteBroken(ctx, sum.run, brokenOff(ctx, err))
	}
	return err
}

// work reads, compares and tells what a run that has its line in the ledger is for.
func (r *Runner) work(ctx context.Context, files []File, sources []int, failed []store.Expected, sum *Summary) error {
	results, err := r.readAll(ctx, files)
	versions := sum.add(files, results)
	if err != nil {
		return err
	}
	expected := failed
	for i, res := range results {
		expected = append(expected, res.expected(files[i], sources[i]))
	}
	err = r.Store.Within(ctx, func(tx pgx.Tx) error {
		_, err := store.Expect(ctx, tx, sum.run, expected)
		return err
	})
	if err != nil {
		return err
	}
	synced, err := r.compare(ctx, versions, sum)
	if err != nil {
		return err
	}
	if err := r.list(ctx, synced, sum); err != nil {
		return err
	}
	if !r.Tell {
		return r.finish(ctx, sum, func(tx pgx.Tx) error { return store.LeaveUntold(ctx, tx, sum.run) })
	}
	return r.finishTold(ctx, sum)
}

// finishTold closes a run's line and has a server tell of it.
func (r *Runner) finishTold(ctx context.Context, sum *Summary) error {
	queue, err := r.inserter()
	if err != nil {
		return err
	}
	return r.finish(ctx, sum, func(tx pgx.Tx) error { return tellRun(ctx, tx, queue, sum.run) })
}

// readAll reads and stores documents, several at once. The results are in the
// order of the files, whatever the order in which they were done.
func (r *Runner) readAll(ctx context.Context, files []File) ([]result, error) {
	results := make([]result, len(files))
	intake, err := r.newIntake(ctx)
	if err != nil {
		return results, err
	}
	if intake, err = intake.about(ctx, files); err != nil {
		return results, err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	type part struct {
		begin int // the place of its first document
		files []File
	}
	next := make(chan part)
	var done progress
	var workers sync.WaitGroup
	parts := batches(files)
	for range min(r.workers()+hosts(files), len(parts)) {
		workers.Go(func() {
			for p := range next {
				all, err := intake.takeApart(ctx, p.files)
				if err != nil {
					stop(err)
					return
				}
				for i, t := range all {
					results[p.begin+i] = t.res
					if r.Progress != nil {
						done.tell(r.Progress, t.file.Path, t.res.bytes, len(files))
					}
				}
			}
		})
	}
	begin := 0
feed:
	for _, files := range parts {
		select {
		case next <- part{begin, files}:
			begin += len(files)
		case <-ctx.Done():
			break feed
		}
	}
	close(next)
	workers.Wait()
	return results, context.Cause(ctx)
}

// takeApart takes documents in together, or, where that fails, one by one.
func (in *intake) takeApart(ctx context.Context, files []File) ([]taken, error) {
	all, err := in.take(ctx, files, nil)
	var apart *apartError
	if !errors.As(err, &apart) {
		return all, err
	}
	all = all[:0]
	for i := range files {
		one, err := in.take(ctx, files[i:i+1], nil)
		if err != nil {
			return all, err
		}
		all = append(all, one...)
	}
	return all, nil
}

// progress counts what is done and tells it, one call at a time.
type progress struct {
	sync.Mutex
	done  int
	bytes int64
}

func (p *progress) tell(to func(Event), path string, bytes int64, total int) {
	p.Lock()
	defer p.Unlock()
	p.done++
	p.bytes += bytes
	to(Event{Reading, path, p.done, total, p.bytes})
}

// list adds to a run's summary the conflicts to be shown of those that stand open,
// and of what comparing came to.
func (r *Runner) list(ctx context.Context, synced store.Synced, sum *Summary) (err error) {
	open := shown()
	if sum.Conflicts, err = r.Store.Conflicts(ctx, open); err != nil {
		return err
	}
	for _, news := range []struct {
		ids   []string
		count *int
	}{{synced.New, &sum.NewConflicts}, {synced.Reopened, &sum.ReopenedConflicts}} {
		if len(news.ids) == 0 {
			continue
		}
		open.IDs = news.ids
		if *news.count, err = r.Store.CountConflicts(ctx, open); err != nil {
			return err
		}
		more, err := r.Store.Conflicts(ctx, open)
		if err != nil {
			return err
		}
		for _, c := range more {
			if !slices.ContainsFunc(sum.Conflicts, func(o conflict.Conflict) bool { return o.ID == c.ID }) {
				sum.Conflicts = append(sum.Conflicts, c)
			}
		}
	}
	sum.ClosedConflicts = len(synced.Settled)
	return nil
}

func (r *Runner) tell(e Event) {
	if r.Progress != nil {
		r.Progress(e)
	}
}

// brokenOff says that a run did not come to its end, and what to do.
func brokenOff(ctx context.Context, err error) error {
	const again = "run the same command again: what was stored stays, and is not read twice"
	if ctx.Err() != nil {
		return fmt.Errorf("stopped before the end; %s: %w", again, ctx.Err())
	}
	if advice := store.Advice(err); advice != "" {
		return fmt.Errorf("the run was broken off: %s, then %s: %w", advice, again, err)
	}
	return err
}

func (r *Runner) now() time.Time {
	if r.Now == nil {
		return time.Now()
	}
	return r.Now()
}

func (r *Runner) workers() int {
	if r.Workers > 0 {
		return r.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (r *Runner) log() *slog.Logger {
	if r.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return r.Log
}

// add counts the results of a run's documents, and returns their versions.
func (s *Summary) add(files []File, results []result) (versions []int64) {
	readers := make(map[[32]byte]int)
	for i, res := range results {
		s.Bytes += res.bytes
		s.NewClaims += res.newClaims
		for _, w := range res.warnings {
			s.Warnings = append(s.Warnings, Failure{files[i].Path, w})
		}
		if res.version != 0 {
			versions = append(versions, res.version)
		}
		switch res.outcome {
		case added:
			s.Added++
		case changed:
			s.Changed++
		case unchanged:
			s.Unchanged++
		case unread:
			s.Failed = append(s.Failed, Failure{files[i].Path, res.reason})
		}
		if res.outcome != untouched && res.outcome != unread {
			if readers[res.sha]++; readers[res.sha] > 1 {
				s.Copies++
			}
		}
	}
	return versions
}
