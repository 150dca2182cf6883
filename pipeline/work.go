package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"crosscheck/store"
)

// Origin is where documents of one source are found.
type Origin struct {
	Name     string   `json:"name"`           // who publishes, where a document does not say so itself
	Home     string   `json:"home,omitempty"` // the site's address
	Paths    []string `json:"paths,omitempty"`
	URLs     []string `json:"urls,omitempty"`
	Feeds    []string `json:"feeds,omitempty"`
	Sitemaps []string `json:"sitemaps,omitempty"`
}

// places is every place of an origin, for the line of a run.
func (o Origin) places() (all []string) {
	for _, of := range [][]string{o.Paths, o.URLs, o.Feeds, o.Sitemaps} {
		all = append(all, of...)
	}
	return all
}

// The jobs. A run is a list job for each source, then document jobs for the
// documents that may have changed, then one compare job. A page has a job of its
// own, files share one: what a job costs the queue and the database, some 15 round
// trips, would else be several times what reading the file costs. Each is inserted in the
// transaction that makes it necessary, and marks itself done in the one that
// keeps its result; done twice it changes nothing the second time.
type (
	listArgs struct {
		Run    int64  `json:"run"`
		N      int    `json:"n"` // the place of the source among the run's
		Origin Origin `json:"origin"`
	}
	documentArgs struct {
		Run    int64  `json:"run"`
		Source int    `json:"source"`
		Files  []File `json:"files"`
		Tried  int    `json:"tried,omitempty"` // times that it was tried together with others
		Lost   int    `json:"lost,omitempty"`  // processes that ended while they had it in hand
	}
	compareArgs struct {
		Run int64 `json:"run"`
	}
)

// tries is how often a job is tried. What breaks a reader breaks it each time,
// and what passes, such as a machine out of breath, has passed by the third.
const tries = 3

// Documents wait in queues of their own, so that the listing of one run need not
// wait for the documents of another, nor a file for a server that takes its time.
const (
	runQueue      = "run"
	documentQueue = "document"
	pageQueue     = "page"
	// suspectQueue is for those whose worker died: one at a time in each process, so
	// that one that ends its process each time takes none of them with it.
	suspectQueue = "suspect"
)

// Kind names the job.
func (listArgs) Kind() string { return "list" }

// Kind names the job.
func (documentArgs) Kind() string { return "document" }

// Kind names the job.
func (compareArgs) Kind() string { return "compare" }

// InsertOpts says how the job is kept.
func (listArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: runQueue, MaxAttempts: tries}
}

// InsertOpts says how the job is kept.
func (a documentArgs) InsertOpts() river.InsertOpts {
	queue := documentQueue
	switch {
	case a.Lost > 0:
		queue = suspectQueue
	case IsURL(a.Files[0].Path):
		queue = pageQueue
	}
	return river.InsertOpts{Queue: queue, MaxAttempts: tries}
}

// InsertOpts says how the job is kept.
func (compareArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: runQueue, MaxAttempts: tries}
}

// DefaultLease is for how long a worker counts as alive after it last said so.
// It says so three times as often: two lost words do not kill it, and a dead
// one's documents are taken over within 40 s.
const DefaultLease = 30 * time.Second

const (
	// fetchCooldown is the least time between two fetches of jobs. Throughput is
	// workers / cooldown: River's own 100 ms would hold two workers to 20
	// documents a second.
	fetchCooldown = 5 * time.Millisecond
	// fetchPoll is how soon a job is found whose notification was lost.
	fetchPoll = time.Second
	// softStop is how long a job may go on after the process was told to end.
	// Reading notices within its grace of a second when it is over, and all is
	// done within 10 s, which is when service managers lose patience.
	softStop = 5 * time.Second
	hardStop = 9 * time.Second
	// storing is what a document's job may take besides reading it: a page's host
	// is waited for a minute at most before it is asked, and between two tries.
	storing = 5 * time.Minute
	// rescueAfter is when River itself takes a job for stuck. Its rescuer looks
	// every 30 s and on one elected process alone, knows no dead worker from a slow
	// one, and so could not be quicker than the slowest document. We look after
	// dead workers ourselves (keeper.go); this is for what escapes us.
	rescueAfter = time.Hour
)

// Crew is the workers of one process: with those of other processes on the same
// database it works on the jobs of runs.
type Crew struct {
	*Runner
	// Lease is for how long a worker that says nothing counts as alive; 0 means
	// DefaultLease. All processes on a database must agree.
	Lease time.Duration
	// Tell says who is told what runs found; nil leaves that to other crews.
	Tell *Teller
	// SilentAfter is after how many runs without anything new a source is a
	// finding; 0 means SilentAfter.
	SilentAfter int

	client   *river.Client[pgx.Tx]
	intake   *intake
	inHand   sync.Map // IDs of the jobs in work
	stopping atomic.Bool
	ending   context.CancelFunc // ends the keeper
	keeper   sync.WaitGroup
}

// Start begins to work on jobs. The crew works until Stop, whatever becomes of ctx.
func (c *Crew) Start(ctx context.Context) (err error) {
	if c.intake, err = c.newIntake(ctx); err != nil {
		return err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &lister{crew: c})
	river.AddWorker(workers, &reader{crew: c})
	river.AddWorker(workers, &comparer{crew: c})
	river.AddWorker(workers, &reviser{crew: c})
	queues := map[string]river.QueueConfig{
		runQueue: {MaxWorkers: 2}, documentQueue: {MaxWorkers: c.workers()}, pageQueue: {MaxWorkers: maxHosts},
		suspectQueue: {MaxWorkers: 1},
	}
	river.AddWorker(workers, &teller{crew: c})
	river.AddWorker(workers, &deliverer{crew: c})
	if c.Tell != nil {
		queues[tellQueue] = river.QueueConfig{MaxWorkers: 4} // one that hangs holds none of the others
	}
	c.client, err = river.NewClient(riverpgxv5.New(c.Store.Pool()), &river.Config{
		Schema:               riverSchema,
		Queues:               queues,
		Workers:              workers,
		FetchCooldown:        fetchCooldown,
		FetchPollInterval:    fetchPoll,
		JobTimeout:           c.Loader.timeout() + c.Loader.fetching() + storing,
		RescueStuckJobsAfter: max(rescueAfter, 2*(c.Loader.timeout()+c.Loader.fetching()+storing)),
		SoftStopTimeout:      softStop,
		Logger:               slog.New(quiet{c.log().Handler()}),
	})
	if err != nil {
		return fmt.Errorf("queue of jobs: %w", err)
	}
	if err := c.Store.Beat(ctx, c.client.ID(), c.Host); err != nil {
		return err
	}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	if err := c.client.Start(context.WithoutCancel(ctx)); err != nil {
		cancel()
		return fmt.Errorf("queue of jobs: %w", err)
	}
	c.ending = cancel
	c.keeper.Go(func() { c.keep(running) })
	return nil
}

// riverSchema is where package schema puts River's tables.
const riverSchema = "river"

// Stop takes on no more jobs, finishes those in hand, or hands them back where
// they take longer, and returns within 10 s.
func (c *Crew) Stop(ctx context.Context) error {
	c.stopping.Store(true)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), hardStop)
	defer cancel()
	err := c.client.Stop(ctx)
	c.ending()
	c.keeper.Wait()
	if err != nil {
		return fmt.Errorf("what was in hand could not be handed back, and will be taken over: %w", err)
	}
	return c.Store.Leave(ctx, c.client.ID())
}

// lease is how long a worker that says nothing counts as alive.
func (c *Crew) lease() time.Duration {
	if c.Lease <= 0 {
		return DefaultLease
	}
	return c.Lease
}

// StartRun makes a run of some sources, with the jobs that list them, in the
// caller's transaction, and returns its number in the ledger.
func (c *Crew) StartRun(ctx context.Context, tx pgx.Tx, origins []Origin) (run int64, err error) {
	var names, places []string
	for _, o := range origins {
		names, places = append(names, o.Name), append(places, o.places()...)
	}
	if run, err = store.StartRun(ctx, tx, places, c.now()); err != nil {
		return 0, err
	}
	if err := store.StartSources(ctx, tx, run, names); err != nil {
		return 0, err
	}
	var jobs []river.InsertManyParams
	for n, o := range origins {
		jobs = append(jobs, river.InsertManyParams{Args: listArgs{run, n, o}})
	}
	if len(jobs) == 0 {
		return run, c.compareIfRead(ctx, tx, run)
	}
	if _, err := c.client.InsertManyTx(ctx, tx, jobs); err != nil {
		return 0, fmt.Errorf("insert the jobs of run %d: %w", run, err)
	}
	return run, nil
}

// compareIfRead inserts a run's compare job where the transaction ends its reading.
func (c *Crew) compareIfRead(ctx context.Context, tx pgx.Tx, run int64) error {
	last, err := store.LastRead(ctx, tx, run, batchFiles)
	if err != nil || !last {
		return err
	}
	if _, err := c.client.InsertTx(ctx, tx, compareArgs{run}, nil); err != nil {
		return fmt.Errorf("insert the compare job of run %d: %w", run, err)
	}
	return nil
}

// work does a job. A failure of the database, or the end of the process, is not
// the job's: it is handed back untried. After the last try giveUp keeps the
// reason, so that the run comes to its end without the job.
func work[T river.JobArgs](ctx context.Context, c *Crew, job *river.Job[T], do func() error, giveUp func(tx pgx.Tx, reason error) error) error {
	c.inHand.Store(job.ID, true)
	defer c.inHand.Delete(job.ID)
	err := recovered(do)
	switch {
	case err == nil:
		return nil
	case c.stopping.Load():
		return river.JobSnooze(0)
	case store.Advice(err) != "":
		c.log().Warn("a job waits for the database", "job", job.ID, "kind", job.Kind, "error", err)
		return river.JobSnooze(time.Second)
	case job.Attempt < job.MaxAttempts:
		return err
	}
	c.log().Error("a job failed for good", "job", job.ID, "kind", job.Kind, "error", err)
	ctx = context.WithoutCancel(ctx) // its time may be what is over
	lost := c.Store.Within(ctx, func(tx pgx.Tx) error {
		if err := giveUp(tx, err); err != nil {
			return err
		}
		_, err := river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
	if lost != nil {
		c.log().Error("the reason could not be kept; it is tried again", "job", job.ID, "error", lost)
		return river.JobSnooze(time.Second)
	}
	return nil
}

// recovered turns a panic into an error.
func recovered(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v, debug.Stack()}
		}
	}()
	return do()
}

// soon is when a job that failed is tried again.
func soon(c *Crew, attempt int) time.Time { return c.now().Add(time.Duration(attempt) * time.Second) }

// quiet passes on what River complains of, and not what it merely tells.
type quiet struct{ slog.Handler }

// Enabled leaves out what is no warning.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}
