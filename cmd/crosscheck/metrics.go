package main

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"crosscheck/conflict"
	"crosscheck/store"
)

// figures gives Prometheus what the database has to tell. All processes on one
// database tell the same, but for go_* and process_*, which are their own.
type figures struct {
	store *store.Store
	log   *slog.Logger

	mu    sync.Mutex
	last  store.Figures
	ok    bool
	asked time.Time
}

// figuresFor is how long what was read is told again: however many ask, the
// database is asked at most so often.
const figuresFor = 5 * time.Second

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("crosscheck_"+name, help, labels, nil)
}

// What is told. Names end in their unit, or in total where they only grow.
var (
	upDesc        = describe("database_up", "Whether the database answers: 1 or 0.")
	documentsDesc = describe("documents", "Documents stored; an estimate above 100,000.")
	claimsDesc    = describe("claims", "Claims stored; an estimate above 100,000.")
	conflictsDesc = describe("conflicts", "Conflicts that stand, of severity 0.5 and more.", "status")
	jobsDesc      = describe("jobs", "Jobs that are not done.", "queue", "state")
	jobAgeDesc    = describe("job_age_seconds", "How long the oldest job that is due has been due.", "queue", "state")
	runsDesc      = describe("runs", "Runs, by how they ended or how far they are.", "stage")
	lastEndDesc   = describe("last_run_end_timestamp_seconds", "When the last run of a schedule ended; no schedule is by hand.", "schedule")
	lastTookDesc  = describe("last_run_duration_seconds", "How long the last run of a schedule took.", "schedule")
	lastOKDesc    = describe("last_run_success", "Whether the last run of a schedule came to its end: 1 or 0.", "schedule")
	failedDesc    = describe("source_unread_documents_total", "Documents of a source that runs could not fetch or read.", "source")
	silentDesc    = describe("source_silent_runs", "Runs in a row in which a source gave nothing.", "source")
	workersDesc   = describe("workers", "Processes that said within half a minute that they are alive.")
	deliveryDesc  = describe("deliveries", "Digests to be taken to people, by state.", "state")
)

// Describe lists nothing: the labels depend on what is stored.
func (f *figures) Describe(chan<- *prometheus.Desc) {}

// Collect tells the figures.
func (f *figures) Collect(to chan<- prometheus.Metric) {
	all, ok := f.now()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(upDesc, either(ok, 1.0, 0))
	if !ok {
		return
	}
	gauge(documentsDesc, float64(all.Documents))
	gauge(claimsDesc, float64(all.Claims))
	for _, c := range all.Conflicts {
		gauge(conflictsDesc, float64(c.N), c.Status)
	}
	for _, j := range all.Jobs {
		gauge(jobsDesc, float64(j.N), j.Queue, j.State)
		gauge(jobAgeDesc, j.Age, j.Queue, j.State)
	}
	for _, r := range all.Runs {
		gauge(runsDesc, float64(r.N), r.Stage)
	}
	for _, r := range all.Last {
		gauge(lastEndDesc, float64(r.Ended.Unix()), r.Schedule)
		gauge(lastTookDesc, r.Seconds, r.Schedule)
		gauge(lastOKDesc, either(r.OK, 1.0, 0), r.Schedule)
	}
	for _, s := range all.Sources {
		to <- prometheus.MustNewConstMetric(failedDesc, prometheus.CounterValue, float64(s.Failed), s.Name)
		gauge(silentDesc, float64(s.Silent), s.Name)
	}
	alive := 0
	for _, w := range all.Workers {
		if w.Quiet < store.Lease.Seconds() {
			alive++
		}
	}
	gauge(workersDesc, float64(alive))
	for _, d := range all.Deliveries {
		gauge(deliveryDesc, float64(d.N), d.State)
	}
}

// now is the figures, at most figuresFor old.
func (f *figures) now() (store.Figures, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.asked) < figuresFor {
		return f.last, f.ok
	}
	ctx, cancel := context.WithTimeout(context.Background(), requestTime)
	defer cancel()
	all, err := f.store.Figures(ctx, conflict.ShownFrom)
	if err != nil {
		f.log.Warn("no figures", "error", err)
	}
	f.last, f.ok, f.asked = all, err == nil, time.Now()
	return f.last, f.ok
}

// metrics is the page that Prometheus reads.
func metrics(s *store.Store, log *slog.Logger) http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(&figures{store: s, log: log}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)})
}
