package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/localpg"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// process is a crosscheck that runs until it is told to end.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	ended chan error
	said  struct {
		sync.Mutex
		bytes.Buffer
	}
}

// launch starts a crosscheck, a process of its own.
func launch(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command("crosscheck", args...), ended: make(chan error, 1)}
	p.cmd.Dir = t.TempDir()
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		lines := bufio.NewScanner(stderr)
		for lines.Scan() {
			p.said.Lock()
			fmt.Fprintln(&p.said, lines.Text())
			p.said.Unlock()
		}
		p.ended <- p.cmd.Wait()
	}()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // it may have ended
		if t.Failed() {
			t.Logf("%q said:\n%s", args, p.words())
		}
	})
	return p
}

func (p *process) words() string {
	p.said.Lock()
	defer p.said.Unlock()
	return p.said.String()
}

// says waits for words on standard error, and returns what a pattern finds in them.
func (p *process) says(pattern string) []string {
	p.t.Helper()
	find := regexp.MustCompile(pattern)
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if found := find.FindStringSubmatch(p.words()); found != nil {
			return found
		}
	}
	p.t.Fatalf("it does not say %q", pattern)
	return nil
}

// end tells the process to end, and holds it to do so in time and in order.
func (p *process) end() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case err := <-p.ended:
		if err != nil {
			p.t.Errorf("it ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		p.t.Error("it has not ended after 10 s")
	}
}

// kill ends the process as a power cut does.
func (p *process) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	if err := <-p.ended; err == nil {
		p.t.Error("it had ended before it was killed")
	}
}

// reports makes a folder of short documents and a configuration that reads it
// each night.
func reports(t *testing.T, n int) (docs, file string) {
	t.Helper()
	docs = t.TempDir()
	for i := range n {
		text := fmt.Sprintf("Quay %d of Lowharbour.\n\n%d people were killed in the flood at Lake Varn in 2019. The quay cost $%d million.\n", i, 30+i%2, 100+i%7)
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprintf("quay%03d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	file = filepath.Join(t.TempDir(), "crosscheck.yaml")
	text := fmt.Sprintf("sources:\n  - name: Harbour Office\n    paths: [%s]\nschedules:\n  - name: nightly\n    cron: \"0 2 * * *\"\n    zone: UTC\n", docs)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return docs, file
}

// asleep makes a database look as if its server had last run four nights ago.
func asleep(t *testing.T, url string) {
	t.Helper()
	ask(t, url, `INSERT INTO schedule (name, cron, zone, since) VALUES ('nightly', '0 2 * * *', 'UTC', now() - interval '4 days') RETURNING 1`)
}

// ask runs a query for one number.
func ask(t *testing.T, url, sql string) (n int) {
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

// reaches waits until a query gives a number or more.
func reaches(t *testing.T, url, sql string, least int) {
	t.Helper()
	n := 0
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if n = ask(t, url, sql); n >= least {
			return
		}
	}
	t.Fatalf("%s is %d after a minute, want %d", sql, n, least)
}

const (
	runsEnded = `SELECT count(*) FROM run WHERE finished IS NOT NULL`
	settled   = `SELECT count(*) FROM run_document WHERE outcome IS NOT NULL`
)

// oneRun holds a database to the work of one run over so many documents, each
// once, and equal to that of a run in one process that nothing disturbed.
func oneRun(t *testing.T, url, docs string, n int) {
	t.Helper()
	reaches(t, url, runsEnded, 1)
	s, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	runs, err := s.Runs(t.Context(), 0)
	if err != nil || len(runs) != 1 {
		t.Fatalf("%d runs, error %v", len(runs), err)
	}
	line, sources, failed, _, err := s.FindRun(t.Context(), runs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if line.Claims == 0 || line.Found != n || line.Added != n || line.Failed != 0 || len(failed) != 0 || len(sources) != 1 ||
		sources[0].Expected != n || sources[0].Fetched != n || sources[0].Unchanged != 0 || sources[0].Failed != 0 {
		t.Errorf("it does not add up: %+v, %+v, %+v", line.Run, sources, failed)
	}
	whole := storetest.New(t)
	if err := run(t.Context(), []string{"run", "--database-url", whole, docs}, noEnvironment, nil, &bytes.Buffer{}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"document", "version", "content", "reading", "sentence", "claim", "appearance", "conflict", "member"} {
		if got, want := ask(t, url, "SELECT count(*) FROM "+table), ask(t, whole, "SELECT count(*) FROM "+table); got != want {
			t.Errorf("%s: %d rows, and in one undisturbed run %d", table, got, want)
		}
	}
	if n := ask(t, url, `SELECT count(*) FROM run_document`); n != 0 {
		t.Errorf("%d documents of the run are still expected", n)
	}
}

// TestServeLateAndTwice starts two servers together after four nights: the
// newest missed night is run, once, and the others are skipped.
func TestServeLateAndTwice(t *testing.T) {
	const n = 40
	docs, file := reports(t, n)
	url := storetest.New(t)
	asleep(t, url)
	args := []string{"serve", "--config", file, "--database-url", url, "--listen", "127.0.0.1:0", "--lease", "2s"}
	one, two := launch(t, args...), launch(t, args...)
	address := one.says(`msg=serving address=(\S+)`)[1]
	two.says("msg=serving")
	for _, path := range []string{"/healthz", "/readyz"} {
		answer, err := http.Get("http://" + address + path)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Body.Close(); answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
	oneRun(t, url, docs, n)
	if taken := ask(t, url, `SELECT count(*) FROM due_run WHERE state = 'taken'`); taken != 1 {
		t.Errorf("%d times were taken", taken)
	}
	if skipped := ask(t, url, `SELECT count(*) FROM due_run WHERE state = 'skipped'`); skipped != 3 {
		t.Errorf("%d times were skipped, want 3", skipped)
	}

	// SIGHUP: a configuration with a mistake is not taken over, one without is.
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rewrite := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := one.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	rewrite(string(text) + "colour: red\n")
	one.says("the old one stays")
	rewrite(strings.Replace(string(text), "0 2 * * *", "0 3 * * *", 1))
	one.says("(?s)read anew.*msg=serving")
	reaches(t, url, `SELECT count(*) FROM schedule WHERE cron = '0 3 * * *'`, 1)
	one.end()
	two.end()
}

// TestWorkerKilled kills a worker in the middle of a run, with documents in
// hand, and starts another one late.
func TestWorkerKilled(t *testing.T) {
	const n = 500
	docs, file := reports(t, n)
	url := storetest.New(t)
	asleep(t, url)
	doomed := launch(t, "worker", "--database-url", url, "--lease", "2s", "--workers", "4")
	doomed.says("msg=working")
	server := launch(t, "serve", "--config", file, "--database-url", url, "--listen", "127.0.0.1:0", "--lease", "2s", "--workers", "1")
	reaches(t, url, settled, 100)
	doomed.kill()
	late := launch(t, "worker", "--database-url", url, "--lease", "2s", "--log-format", "json")
	oneRun(t, url, docs, n)
	if who := ask(t, url, `SELECT count(DISTINCT attempted_by[1]) FROM river.river_job WHERE kind = 'document' AND state = 'completed'`); who != 3 {
		t.Errorf("%d processes did documents, want 3", who)
	}
	late.end()
	server.end()
}

// TestDatabaseRestarted stops the database in the middle of a run, and starts it
// again, after longer than a single transaction is tried for.
func TestDatabaseRestarted(t *testing.T) {
	const n = 150
	docs, file := reports(t, n)
	dir := shortDir(t)
	o := localpg.Options{Dir: filepath.Join(dir, "pg"), Volatile: true}
	start := func() *localpg.Server {
		t.Helper()
		pg, err := localpg.Start(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		return pg
	}
	stop := func(pg *localpg.Server) {
		t.Helper()
		if err := pg.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
	pg := start()
	url := pg.URL()
	if err := run(t.Context(), []string{"migrate", "--database-url", url}, noEnvironment, nil, &bytes.Buffer{}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	asleep(t, url)
	server := launch(t, "serve", "--config", file, "--database-url", url, "--listen", "127.0.0.1:0", "--lease", "2s")
	reaches(t, url, settled, 60)
	stop(pg)
	time.Sleep(away)
	pg = start()
	defer func() { stop(pg) }()
	oneRun(t, url, docs, n)
	server.end()
}

// away is longer than the store tries a transaction whose database is gone: 7 s.
const away = 8 * time.Second

// shortDir is a folder whose path is short enough for a socket, and open to the
// server's user.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "cc")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestPrivateDatabaseDies kills the private database under a server: it is started
// again, and the run completes. Where it cannot be, the server ends, and says why.
func TestPrivateDatabaseDies(t *testing.T) {
	const n = 100
	docs, file := reports(t, n)
	dir := shortDir(t)
	pg, err := localpg.Start(t.Context(), localpg.Options{Dir: filepath.Join(dir, "postgres")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := pg.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	url := pg.URL()
	if err := run(t.Context(), []string{"migrate", "--database-url", url}, noEnvironment, nil, &bytes.Buffer{}, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	asleep(t, url)
	server := launch(t, "serve", "--config", file, "--data-dir", dir, "--listen", "127.0.0.1:0", "--lease", "2s", "--workers", "1")
	reaches(t, url, settled, 40)
	killDatabase(t, dir, nil)
	server.says("the private PostgreSQL runs again")
	oneRun(t, url, docs, n)

	if err := os.Truncate(filepath.Join(dir, "postgres", "cluster", "global", "pg_control"), 0); err != nil {
		t.Fatal(err)
	}
	killDatabase(t, dir, nil)
	select {
	case err := <-server.ended:
		if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) || ended.ExitCode() != statusFailed {
			t.Errorf("it ended with %v, want status %d", err, statusFailed)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it goes on without a database")
	}
	if !strings.Contains(server.words(), "died and does not start again") {
		t.Error("it does not say why it ended")
	}
}
