package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/rivertype"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

// lease is short enough to see workers die.
const lease = 1500 * time.Millisecond

// crew starts a crew in this process, which stops when the test ends.
func crew(t *testing.T, url string, r Runner) *Crew {
	t.Helper()
	return crewOf(t, url, &Crew{Runner: &r})
}

func crewOf(t *testing.T, url string, c *Crew) *Crew {
	t.Helper()
	r := c.Runner
	if r.Store == nil {
		r.Store = openStore(t, url)
	}
	r.Host = "test"
	r.Log = slog.New(slog.NewTextHandler(testWriter{t}, nil))
	c.Lease = lease
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return c
}

// testWriter logs to a test.
type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Logf("%s", strings.TrimSuffix(string(b), "\n"))
	return len(b), nil
}

// begin starts a run of some folders, each a source named by its path.
func begin(t *testing.T, c *Crew, dirs ...string) (run int64) {
	t.Helper()
	var sources []Origin
	for _, d := range dirs {
		sources = append(sources, Origin{Name: d, Paths: []string{d}})
	}
	err := c.Store.Within(t.Context(), func(tx pgx.Tx) (err error) {
		run, err = c.StartRun(t.Context(), tx, sources)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// ended waits for a run to end, and holds its ledger to add up.
func ended(t *testing.T, s *store.Store, run int64, within time.Duration) (store.RunLine, []store.SourceLine, []store.FailureLine) {
	t.Helper()
	for deadline := time.Now().Add(within); ; time.Sleep(20 * time.Millisecond) {
		line, sources, failed, ok, err := s.FindRun(t.Context(), run)
		if err == nil && ok && line.Stage == "failed" {
			t.Fatal("the run failed: ", line.Failure)
		}
		if err == nil && ok && !line.Finished.IsZero() {
			addsUp(t, line, sources, failed)
			return line, sources, failed
		}
		if time.Now().After(deadline) {
			t.Fatalf("run %d has not ended after %s: stage %s, found %t, error %v", run, within, line.Stage, ok, err)
		}
	}
}

// addsUp holds the lines of a run to one another.
func addsUp(t *testing.T, line store.RunLine, sources []store.SourceLine, failed []store.FailureLine) {
	t.Helper()
	var expected, fetched, unchanged, unread int
	for _, s := range sources {
		if s.Expected != s.Fetched+s.Unchanged+s.Failed || s.Extracted > s.Fetched {
			t.Errorf("it does not add up: %+v", s)
		}
		expected, fetched, unchanged, unread = expected+s.Expected, fetched+s.Fetched, unchanged+s.Unchanged, unread+s.Failed
	}
	if line.Found != expected || line.Added+line.Changed != fetched || line.Unchanged != unchanged ||
		line.Failed != unread || len(failed) != unread {
		t.Errorf("sources %+v, failures %d, and the run says %+v", sources, len(failed), line.Run)
	}
}

// asOne holds a database equal to one into which a single run, that nothing
// disturbed, read some folders.
func asOne(t *testing.T, url string, dirs ...string) {
	t.Helper()
	whole := storetest.New(t)
	run(t, Runner{Store: openStore(t, whole)}, dirs...)
	got, want := contents(t, url), contents(t, whole)
	// Who published is the source's name here, and the path there.
	delete(got, "documents")
	delete(want, "documents")
	sameContents(t, got, want)
}

// old sets back the time of all files of a folder, as of those that lay there
// yesterday.
func old(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		yesterday := time.Now().Add(-24 * time.Hour)
		return os.Chtimes(path, yesterday, yesterday)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// inJobs counts the documents of all jobs in a database.
func inJobs(t *testing.T, url string) (n int) {
	t.Helper()
	return askNumber(t, url, `SELECT coalesce(sum(jsonb_array_length(args->'files')), 0) FROM river.river_job WHERE kind = 'document'`)
}

// askNumber runs a query for one number.
func askNumber(t *testing.T, url, sql string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(sql, err)
	}
	return n
}

func TestCrewNights(t *testing.T) {
	one, two := many(t, 60), t.TempDir()
	write(t, filepath.Join(two, "a.txt"), "A night report.\n\n77 people were killed in the flood at Lake Varn in 2019.\n")
	old(t, one)
	old(t, two)
	url := storetest.New(t)
	c := crew(t, url, Runner{})

	// The first night.
	line, sources, _ := ended(t, c.Store, begin(t, c, one, two), 30*time.Second)
	if line.Added != 61 || sources[0].Fetched != 60 || sources[0].Extracted != 60 || sources[1].Fetched != 1 ||
		sources[0].Claims == 0 || sources[0].Opened == 0 || line.NewConflicts != sources[0].Opened {
		t.Errorf("first night: %+v, %+v", line.Run, sources)
	}
	asOne(t, url, one, two)
	if n := inJobs(t, url); n != 61 {
		t.Errorf("jobs for %d documents, want 61", n)
	}

	// A night without news needs no job, one with a change needs one for that.
	line, sources, _ = ended(t, c.Store, begin(t, c, one, two), 10*time.Second)
	if line.Unchanged != 61 || inJobs(t, url) != 61 || sources[0].Quiet != 1 || sources[0].Silent != 0 || line.NewConflicts != 0 {
		t.Errorf("second night: %+v, %+v, jobs for %d documents", line.Run, sources, inJobs(t, url))
	}
	write(t, filepath.Join(two, "a.txt"), "A night report.\n\n78 people were killed in the flood at Lake Varn in 2019.\n")
	line, sources, _ = ended(t, c.Store, begin(t, c, one, two), 10*time.Second)
	if line.Unchanged != 60 || line.Changed != 1 || inJobs(t, url) != 62 || sources[0].Quiet != 2 || sources[1].Quiet != 0 {
		t.Errorf("third night: %+v, %+v, jobs for %d documents", line.Run, sources, inJobs(t, url))
	}

	// A source that is gone is a finding.
	if err := os.RemoveAll(two); err != nil {
		t.Fatal(err)
	}
	_, sources, failed := ended(t, c.Store, begin(t, c, one, two), 10*time.Second)
	if len(failed) != 1 || failed[0].Reason != "there is no such file" || failed[0].Document != two {
		t.Errorf("failures %+v", failed)
	}
	want := []string{two + " gave nothing"}
	if got := Findings(sources, 4); len(got) != 1 || got[0] != want[0] {
		t.Errorf("findings %q, want %q", got, want)
	}
	if got := Findings(sources, 3); len(got) != 2 || got[0] != one+" gave nothing new for 3 runs in a row" {
		t.Errorf("findings %q", got)
	}
}

// A document on which the reader breaks, or does not come back, fails alone, after
// its tries, although others were in one job with it, and is not tried again until
// its bytes change.
func TestCrewFailsAlone(t *testing.T) {
	const n = 3 * shares
	dir := many(t, n)
	url := storetest.New(t)
	r := Runner{Loader: Loader{Timeout: time.Second, broken: func(ctx context.Context, f File) error {
		switch filepath.Base(f.Path) {
		case "003.txt":
			panic("a broken reader")
		case "005.txt":
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}}}
	c := crew(t, url, r)
	for night := range 2 {
		line, _, failed := ended(t, c.Store, begin(t, c, dir), 30*time.Second)
		if len(failed) != 2 {
			t.Fatalf("failures %+v", failed)
		}
		wantTries := 3
		if night == 1 {
			wantTries = 1 // it is known, and not read
		}
		for i, want := range []string{"a reader broke on it (a broken reader)", "reading it took longer than 1s"} {
			if f := failed[i]; !strings.HasPrefix(f.Reason, want) || f.Tries != wantTries {
				t.Errorf("night %d: %+v, want %q after %d tries", night, f, want, wantTries)
			}
		}
		if night == 0 && line.Added != n-2 || night == 1 && line.Unchanged != n-2 {
			t.Errorf("night %d: %+v", night, line.Run)
		}
	}
	write(t, filepath.Join(dir, "003.txt"), "New bytes. 31 people were killed in the flood at Lake Varn in 2019.")
	c.Loader.broken = nil
	if line, _, failed := ended(t, c.Store, begin(t, c, dir), 10*time.Second); len(failed) != 1 || line.Changed != 1 {
		t.Errorf("%+v, failures %+v", line.Run, failed)
	}
}

// What is in hand when a crew is told to stop is handed back within 10 s, and
// another crew does it.
func TestCrewStops(t *testing.T) {
	dir := many(t, 8)
	url := storetest.New(t)
	inHand := make(chan string, 8)
	slow := &Crew{Runner: &Runner{Store: openStore(t, url), Workers: 2, Loader: Loader{broken: func(ctx context.Context, f File) error {
		inHand <- f.Path
		<-ctx.Done()
		return errors.New("it was not let finish")
	}}}, Lease: lease}
	if err := slow.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	run := begin(t, slow, dir)
	<-inHand
	<-inHand
	began := time.Now()
	if err := slow.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
	c := crew(t, url, Runner{})
	if line, _, failed := ended(t, c.Store, run, 20*time.Second); line.Added != 8 || len(failed) != 0 {
		t.Errorf("%+v, %+v", line.Run, failed)
	}
	asOne(t, url, dir)
}

func TestListingIsQuick(t *testing.T) {
	const n = 2000
	dir := t.TempDir()
	for i := range n {
		write(t, filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), "The hall opens.")
	}
	old(t, dir)
	url := storetest.New(t)
	run(t, Runner{Store: openStore(t, url)}, dir)
	c := crew(t, url, Runner{})
	args := listArgs{Origin: Origin{Paths: []string{dir}}}
	err := c.Store.Within(t.Context(), func(tx pgx.Tx) (err error) {
		if args.Run, err = store.StartRun(t.Context(), tx, nil, time.Now()); err != nil {
			return err
		}
		return store.StartSources(t.Context(), tx, args.Run, []string{dir})
	})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if err := c.list(t.Context(), args); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	t.Logf("%d documents in %s, %.0f a second", n, took, n/took.Seconds())
	if took > 4*n*time.Second/4000 { // a loaded machine is allowed four times what is promised
		t.Errorf("%s for %d documents", took, n)
	}
	if n := inJobs(t, url); n != 0 {
		t.Errorf("jobs for %d documents that are as they were", n)
	}
}

// Whose worker died with several documents in hand, the next has each alone, and
// gives up the one that ends it each time.
func TestDeadWorkersDocumentsAreTriedAlone(t *testing.T) {
	job := func(a documentArgs) *rivertype.JobRow {
		encoded, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		return &rivertype.JobRow{Kind: a.Kind(), EncodedArgs: encoded}
	}
	files := []File{{Path: "/a.txt", Size: 3}, {Path: "/b.txt"}, {Path: "/c.txt"}}
	jobs, err := again(job(documentArgs{Run: 1, Files: files}), true)
	if err != nil || len(jobs) != 3 {
		t.Fatalf("%+v, error %v", jobs, err)
	}
	for i, j := range jobs {
		a := j.Args.(documentArgs)
		if a.Run != 1 || len(a.Files) != 1 || a.Files[0] != files[i] || a.Lost != 1 {
			t.Errorf("%+v", a)
		}
	}
	if jobs, err = again(job(documentArgs{Run: 1, Files: files}), false); err != nil || len(jobs) != 1 || len(jobs[0].Args.(documentArgs).Files) != 3 {
		t.Errorf("whose worker lives: %+v, error %v", jobs, err)
	}

	// One that has ended its worker as often as it may be tried is not read.
	dir := many(t, 1)
	url := storetest.New(t)
	c := crew(t, url, Runner{Loader: Loader{broken: func(context.Context, File) error {
		t.Error("it was read once more")
		return nil
	}}})
	var run int64
	err = c.Store.Within(t.Context(), func(tx pgx.Tx) (err error) {
		if run, err = store.StartRun(t.Context(), tx, nil, time.Now()); err != nil {
			return err
		}
		if err = store.StartSources(t.Context(), tx, run, []string{dir}); err != nil {
			return err
		}
		found, _ := Expand([]string{dir})
		if _, err = store.Expect(t.Context(), tx, run, []store.Expected{{Address: ledgerAddress(found[0].Path), Given: found[0].Path}}); err != nil {
			return err
		}
		if err = store.Listed(t.Context(), tx, run, 0); err != nil {
			return err
		}
		_, err = c.client.InsertTx(t.Context(), tx, documentArgs{Run: run, Files: found, Lost: tries}, nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _, failed := ended(t, c.Store, run, 20*time.Second)
	if len(failed) != 1 || !strings.Contains(failed[0].Reason, "ended without a word") {
		t.Errorf("failures %+v", failed)
	}
}

func TestBatches(t *testing.T) {
	files := make([]File, 100)
	for i := range files {
		files[i] = File{Path: fmt.Sprintf("%d.txt", i), Size: 4000}
	}
	sizes := func(files []File) (n []int) {
		for _, b := range batches(files) {
			n = append(n, len(b))
		}
		return n
	}
	if got := sizes(files[:2*fewFiles+1]); len(got) != 3 || got[0] != fewFiles {
		t.Errorf("a few documents make batches of %v", got)
	}
	if got := sizes(files); len(got) != 17 || got[0] != 6 || got[16] != 4 {
		t.Errorf("100 documents make batches of %v", got)
	}
	files[1].Size = batchBytes
	files[3].Path = "https://news.example/a"
	if got := sizes(files); got[0] != 1 || got[1] != 1 || got[2] != 1 || got[3] != 1 || got[4] != 6 {
		t.Errorf("with a large one and a page, batches of %v", got)
	}
}
