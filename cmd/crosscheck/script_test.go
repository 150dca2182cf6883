package main

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// TestMain lets the scripts run this program by its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"crosscheck": main})
}

// TestScript runs every script in testdata/script. Beside testscript's own
// commands they know those below.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":   status,
			"write":    write,
			"ordinary": ordinary,
			"lines":    lines,
			"fits":     fits,
		},
	})
}

// status runs a command and holds its exit status to the number before it:
// "status 3 crosscheck run docs".
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status NUMBER COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
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
	done := make(chan struct{})
	go func() {
		defer close(done)
		if os.Geteuid() == 0 {
			// Rights are a thread's. This one is not given back, so it ends
			// with its goroutine, and nobody else runs without them.
			runtime.LockOSThread()
			for _, right := range []uintptr{unix.CAP_DAC_OVERRIDE, unix.CAP_DAC_READ_SEARCH} {
				ts.Check(unix.Prctl(unix.PR_CAPBSET_DROP, right, 0, 0, 0))
			}
		}
		status(ts, neg, args)
	}()
	<-done
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
