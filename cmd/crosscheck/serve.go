package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/config"
	"crosscheck/fetch"
	"crosscheck/pipeline"
	"crosscheck/schedule"
	"crosscheck/store"
)

func newServe(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run every schedule of crosscheck.yaml, for as long as it is left running",
		Long: `serve reads crosscheck.yaml and runs each schedule when it is due: it lists what
each source should give, reads what is new, and compares. Started late, it runs
the newest time that was missed, once, and notes the others as skipped. Any
number of them may run on one database: each time is run once, and all work on
it. A process that is killed costs nothing: others take over what it had.

A file of the same size and time as at the last run is not read again. Where
times were set back by hand, 'crosscheck run --recheck' reads the bytes.

Its pages are where people review conflicts. On an address of this machine
alone, and without accounts, they open by a link that is logged at the start,
once; else by an account ('crosscheck user add'). /healthz and /readyz answer
anybody; /feed.atom and /metrics hold questions and names of sources, so they
answer programs of this machine, and any other by a token ('crosscheck user
token'). Where other machines reach the pages, give --tls-cert and --tls-key, or
put a proxy with https in front of it and its address into crosscheck.yaml.

Who is told what a run found is said in crosscheck.yaml, under notify. Each new
or re-opened conflict is told once; what cannot be delivered is tried again, for
three days, and holds up no run.

SIGHUP reads crosscheck.yaml and the certificate again; with a mistake in the
file the old one stays. SIGTERM ends it within 10 seconds: what is in hand is
finished or handed back.`,
		Example: `  crosscheck config init && crosscheck serve
  crosscheck serve --config /etc/crosscheck/crosscheck.yaml --log-format json
  crosscheck serve --listen 0.0.0.0:443 --tls-cert desk.pem --tls-key desk.key
  curl http://127.0.0.1:8420/healthz   # 200 while it runs
  curl http://127.0.0.1:8420/readyz    # 200 while its database answers
  curl http://127.0.0.1:8420/metrics   # figures for Prometheus
  curl http://127.0.0.1:8420/feed.atom # what runs found, for feed readers`,
		Args: noArguments,
	}
	o := crewFlags(cmd)
	front := frontFlags(cmd, "127.0.0.1:8420")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		file, err := needConfig(cmd, c.getenv)
		if err != nil {
			return err
		}
		return o.run(cmd, c, func(ctx context.Context, crew *pipeline.Crew, log *slog.Logger) error {
			crew.SilentAfter = file.SilentAfter
			crew.Tell = tellerOf(file)
			open, err := front.open(ctx, file.Review, crew.Store, log)
			if err != nil {
				return err
			}
			p := newPages(crew.Store, open.door, log)
			if err := open.mount(ctx, p, crew.Runner, log); err != nil {
				return errors.Join(err, open.Close())
			}
			defer p.serve(open)()
			if err := crew.Start(ctx); err != nil {
				return err
			}
			if err := rereadBehind(ctx, crew, log); err != nil {
				return errors.Join(err, crew.Stop(ctx))
			}
			log.Info("serving", "address", open.Addr().String(), "schedules", len(file.Schedules), "sources", len(file.Sources))
			return errors.Join(wake(ctx, crew, file, log), ended(ctx, crew, log))
		})
	}
	return cmd
}

// ended ends the work when the process is told to end.
func ended(ctx context.Context, crew *pipeline.Crew, log *slog.Logger) error {
	log.Info("ending: what is in hand is finished or handed back")
	if err := crew.Stop(ctx); err != nil {
		return err
	}
	log.Info("ended")
	return nil
}

func newWorker(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Help with the work of 'crosscheck serve', on this machine or another",
		Long: `worker reads and compares what 'crosscheck serve' has to do, and schedules
nothing itself. Start as many as there are processors to use, on machines that
reach the same database, and see the same files under the same paths. All need
the same --rates, --arithmetic and --lease. Limits, and how pages are fetched,
are taken from crosscheck.yaml, as serve takes them.

SIGTERM ends it within 10 seconds: what is in hand is finished or handed back.`,
		Example: `  crosscheck worker --database-url postgres://editor@db.example.org/news
  crosscheck worker --workers 8
  crosscheck worker --listen 127.0.0.1:8421   # answers /readyz and /metrics`,
		Args: noArguments,
	}
	o := crewFlags(cmd)
	front := frontFlags(cmd, "")
	cmd.Flags().Lookup("listen").Usage += "; none without it"
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		file, err := loadConfig(cmd, c.getenv, "review")
		if err != nil {
			return err
		}
		if file == nil {
			file = config.Default()
		}
		return o.run(cmd, c, func(ctx context.Context, crew *pipeline.Crew, log *slog.Logger) error {
			at := ""
			if front.listen != "" {
				open, err := front.open(ctx, file.Review, crew.Store, log)
				if err != nil {
					return err
				}
				defer newPages(crew.Store, open.door, log).serve(open)()
				at = open.Addr().String()
			}
			if err := crew.Start(ctx); err != nil {
				return err
			}
			log.Info("working", "address", at)
			<-ctx.Done()
			return ended(ctx, crew, log)
		})
	}
	return cmd
}

// crewSettings are the flags of a process that works until it is told to end.
type crewSettings struct {
	db      *database
	how     *comparisonSettings
	limit   *byteSize
	workers uint
	lease   time.Duration
	format  *choice
}

func crewFlags(cmd *cobra.Command) *crewSettings {
	o := &crewSettings{db: databaseFlags(cmd), how: comparisonFlags(cmd), limit: limitFlag(cmd), format: newChoice("text", "json")}
	o.db.revive = true
	cmd.Flags().UintVar(&o.workers, "workers", 0, "documents to read at once; 0 is one a processor")
	fromEnvironment(cmd.Flags(), "workers", "CROSSCHECK_WORKERS")
	fromFile(cmd.Flags(), "workers", "limits.workers")
	cmd.Flags().DurationVar(&o.lease, "lease", pipeline.DefaultLease, "when a process that says nothing counts as dead; alike for all")
	fromEnvironment(cmd.Flags(), "lease", "CROSSCHECK_LEASE")
	o.format.bind(cmd, "log-format", "how to write the log")
	fromEnvironment(cmd.Flags(), "log-format", "CROSSCHECK_LOG_FORMAT")
	return o
}

// rereadBehind has documents read again, behind all other work, that were last
// read by other rules than this program's.
func rereadBehind(ctx context.Context, crew *pipeline.Crew, log *slog.Logger) error {
	run, documents, err := crew.StartReread(ctx)
	if err == nil && run != 0 {
		log.Info("documents are read again by newer rules, behind other work", "run", run, "documents", documents)
	}
	return err
}

// errReload is the end of a command that is to begin again with its settings
// read anew.
var errReload = errors.New("read the settings anew")

// run does the work of a crew until the process is told to end, or SIGHUP comes
// and the configuration is right.
func (o *crewSettings) run(cmd *cobra.Command, c *console, work func(context.Context, *pipeline.Crew, *slog.Logger) error) error {
	if o.lease < time.Second || o.lease > 10*time.Minute {
		return usagef("--lease %s: want 1s to 10m", o.lease)
	}
	comparison, err := o.how.comparison()
	if err != nil {
		return err
	}
	c.letGrow(pipeline.Growth)
	file, err := loadConfig(cmd, c.getenv, "limits", "fetch", "retention")
	if err != nil {
		return err
	}
	if file == nil {
		file = config.Default()
	}
	var client *fetch.Client
	if file.Fetch.Contact != "" { // without one no source is on the network
		if client, err = configuredClient(file, *o.limit); err != nil {
			return err
		}
	}
	log := o.logger(c, c.verbose(cmd))
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	// Noticed from here on, so that none ends the process while it starts.
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	ctx, again := context.WithCancelCause(cmd.Context())
	defer again(nil)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hup:
				if _, err := loadConfig(cmd, c.getenv); err != nil {
					log.Error("the configuration was not taken over: the old one stays", "error", err)
					tellMistakes(c.err, err)
					continue
				}
				log.Info("the configuration is read anew")
				again(errReload)
			}
		}
	}()
	err = o.db.use(ctx, log, func(ctx context.Context, s *store.Store) error {
		if client != nil {
			client.Share(s) // whoever works on this database keeps one rate
		}
		return work(ctx, &pipeline.Crew{
			Runner: &pipeline.Runner{
				Store:      s,
				Loader:     pipeline.Loader{MaxBytes: int64(*o.limit), Timeout: file.Limits.DocumentTime, Client: client},
				Comparison: comparison,
				Workers:    int(min(o.workers, maxWorkers)),
				Keep:       file.Retention.Archive,
				Log:        log,
				Host:       host,
			},
			Lease: o.lease,
		}, log)
	})
	if err == nil && errors.Is(context.Cause(ctx), errReload) {
		return errReload
	}
	return err
}

// logger writes the log of a process that nobody watches: also what went well.
func (o *crewSettings) logger(c *console, verbose bool) *slog.Logger {
	options := &slog.HandlerOptions{Level: slog.LevelInfo}
	if verbose {
		options.Level = slog.LevelDebug
	}
	if o.format.value == "json" {
		return slog.New(slog.NewJSONHandler(c.err, options))
	}
	return slog.New(slog.NewTextHandler(c.err, options))
}

// wake starts the runs of a configuration's schedules until ctx is done.
func wake(ctx context.Context, crew *pipeline.Crew, file *config.Config, log *slog.Logger) error {
	tables := make([]store.Timetable, len(file.Schedules))
	waker := &schedule.Waker{Decided: crew.Store.Decided, Now: time.Now, Log: log}
	origins := make(map[string][]pipeline.Origin, len(file.Schedules))
	for i, s := range file.Schedules {
		tables[i] = store.Timetable{Name: s.Name, Cron: s.Cron, Zone: s.Zone}
		waker.Entries = append(waker.Entries, schedule.Entry{Name: s.Name, Calendar: s.Calendar})
		for _, source := range file.SourcesOf(s) {
			o, err := anywhere(source)
			if err != nil {
				return err
			}
			origins[s.Name] = append(origins[s.Name], o)
		}
	}
	if err := crew.KeepSchedules(ctx, tables); err != nil {
		return err
	}
	waker.Start = func(ctx context.Context, due schedule.Due) error {
		return crew.StartDue(ctx, store.Slot{Schedule: due.Name, Due: due.Time, Skipped: due.Missed}, origins[due.Name])
	}
	waker.Run(ctx)
	return nil
}

// anywhere is where a source's documents are found, whatever folder a worker was
// started in.
func anywhere(s config.Source) (pipeline.Origin, error) {
	o := originOf(s)
	o.Paths = make([]string, len(s.Paths))
	for i, path := range s.Paths {
		var err error
		if o.Paths[i], err = filepath.Abs(path); err != nil {
			return o, fmt.Errorf("source %s: %w", s.Name, err)
		}
	}
	return o, nil
}
