package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"

	"crosscheck/desk"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// TestMain lets the scripts run this program by its name, and keeps a server
// for their databases between them.
func TestMain(m *testing.M) {
	testscript.Main(served{m}, map[string]func(){"crosscheck": main})
}

// served runs tests with a database server.
type served struct{ tests *testing.M }

// Run runs the tests.
func (s served) Run() int { return storetest.Main(s.tests) }

// TestScript runs every script in testdata/script. Beside testscript's own
// commands they know "database", which gives the script an empty database
// instead of a private server, and those below.
func TestScript(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txtar"), func(t *testing.T) {
			t.Parallel()
			testscript.Run(t, testscript.Params{
				Files:               []string{script},
				RequireExplicitExec: true,
				RequireUniqueNames:  true,
				Cmds: map[string]func(*testscript.TestScript, bool, []string){
					"database": func(ts *testscript.TestScript, _ bool, _ []string) {
						ts.Setenv("DATABASE_URL", storetest.New(t))
					},
					"sql":      sql,
					"judge":    judge,
					"site":     site,
					"status":   status,
					"write":    write,
					"ordinary": ordinary,
					"lines":    lines,
					"fits":     fits,
				},
			})
		})
	}
}

// sql changes the script's database behind the program's back: "sql 'UPDATE ...'".
func sql(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sql STATEMENT")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, args[0])
	ts.Check(err)
}

// judge gives a verdict on a conflict that nobody has touched, as ida at noon on 2
// May 2024: "judge 1 misread money/rate 'a note'".
func judge(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: judge CONFLICT VERDICT DETAIL NOTE")
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	s, err := store.Open(ctx, ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	defer s.Close()
	_, err = s.Judge(ctx, "ida", time.Date(2024, 5, 2, 12, 0, 0, 0, time.UTC), []desk.Target{{Conflict: args[0]}},
		desk.Decision{Verdict: desk.Verdict(args[1]), Detail: args[2], Note: args[3]})
	ts.Check(err)
}

// site serves a folder's files on this machine until the script ends, and writes
// its address over SITE in them and in other files: "site pages crosscheck.yaml".
// It stands in $SITE too.
func site(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: site FOLDER [FILE...]")
	}
	folder := ts.MkAbs(args[0])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(path.Clean("/"+r.URL.Path))))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(raw)))
		http.ServeContent(w, r, r.URL.Path, time.Time{}, bytes.NewReader(raw))
	}))
	ts.Defer(server.Close)
	ts.Setenv("SITE", server.URL)
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	ts.Check(err)
	for _, name := range args[1:] {
		files = append(files, ts.MkAbs(name))
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		ts.Check(err)
		ts.Check(os.WriteFile(name, bytes.ReplaceAll(raw, []byte("SITE"), []byte(server.URL)), 0o666))
	}
}

// status runs a command and holds its exit status to the number before it:
// "status 3 crosscheck run docs".
func status(ts *testscript.TestScript, neg bool, args []string) {
	want, command := expected(ts, neg, args)
	hold(ts, want, ts.Exec(command[0], command[1:]...))
}

// expected parts the arguments of status.
func expected(ts *testscript.TestScript, neg bool, args []string) (want int, command []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status NUMBER COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	return want, args[1:]
}

// hold fails the script unless a command ended with a status.
func hold(ts *testscript.TestScript, want int, err error) {
	got := 0
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// write makes a file of a text, name and text with Go's escapes, so many times over:
// "write quotes.txt '\"' 100000".
func write(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: write FILE TEXT [TIMES]")
	}
	unquoted := func(s string) string {
		s, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
		ts.Check(err)
		return s
	}
	times := 1
	if len(args) == 3 {
		var err error
		times, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(unquoted(args[0])), []byte(strings.Repeat(unquoted(args[1]), times)), 0o666))
}

// ordinary is status for a user whose rights on files count, as root's do not:
// "ordinary 3 crosscheck extract secret.txt".
func ordinary(ts *testscript.TestScript, neg bool, args []string) {
	want, command := expected(ts, neg, args)
	ended := make(chan error)
	go func() {
		// Rights are a thread's. This one's are not given back, so it ends with
		// its goroutine, and nobody else runs without them.
		runtime.LockOSThread()
		var err error
		if os.Geteuid() == 0 {
			for _, right := range []uintptr{unix.CAP_DAC_OVERRIDE, unix.CAP_DAC_READ_SEARCH} {
				err = errors.Join(err, unix.Prctl(unix.PR_CAPBSET_DROP, right, 0, 0, 0))
			}
		}
		if err == nil {
			err = ts.Exec(command[0], command[1:]...)
		}
		ended <- err
	}()
	hold(ts, want, <-ended)
}

// lines holds the number of lines in a file, or in stdout or stderr: "lines 2 stdout".
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines NUMBER FILE")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := strings.Count(ts.ReadFile(args[1]), "\n"); got != want {
		ts.Fatalf("%d lines in %s, want %d", got, args[1], want)
	}
}

// fits holds every line of a file to a number of letters: "fits 80 stdout".
func fits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fits COLUMNS FILE")
	}
	width, err := strconv.Atoi(args[0])
	ts.Check(err)
	for _, line := range strings.Split(ts.ReadFile(args[1]), "\n") {
		if n := len([]rune(line)); n > width {
			ts.Fatalf("a line of %d letters in %s, at most %d: %s", n, args[1], width, line)
		}
	}
}
