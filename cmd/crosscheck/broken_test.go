package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"crosscheck/localpg"
	"crosscheck/store/storetest"
)

// A run that is broken off in the middle, by its user or because its database
// dies, says so, and the same command again completes it without duplicates.
func TestBrokenRunIsCompletedByTheNext(t *testing.T) {
	const documents = 60
	docs := t.TempDir()
	for i := range documents {
		text := fmt.Sprintf("The quay number %d of Lowharbour cost $%d million in 2019.\n", i, 100+i)
		if err := os.WriteFile(filepath.Join(docs, fmt.Sprintf("quay%03d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	whole := stored(t, docs, "--database-url", storetest.New(t))

	for _, c := range []struct {
		name  string
		upset func(t *testing.T, dataDir string, cancel context.CancelFunc)
		says  string
	}{
		{"interrupted", func(_ *testing.T, _ string, cancel context.CancelFunc) { cancel() },
			"crosscheck: interrupted; what was stored stays"},
		{"database lost", killDatabase, "crosscheck: the private PostgreSQL stopped in the middle of the work"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dataDir := t.TempDir()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			stderr := &trigger{at: "10/", do: func() { c.upset(t, dataDir, cancel) }}
			err := run(ctx, []string{"run", "--verbose", "--workers", "1", "--data-dir", dataDir, docs}, noEnvironment, nil, &bytes.Buffer{}, stderr)
			if exitStatus(err) != statusFailed || !strings.Contains(stderr.String(), c.says) {
				t.Fatalf("status %d, want %d, and on standard error %q:\n%s", exitStatus(err), statusFailed, c.says, stderr.String())
			}
			if again := stored(t, docs, "--data-dir", dataDir); again != whole {
				t.Errorf("completed, the run has stored %q, unbroken %q", again, whole)
			}
		})
	}
}

// stored runs to the end and returns how many rows then stand in the database
// that a flag names.
func stored(t *testing.T, docs, where, name string) string {
	t.Helper()
	said := command(t, "run", where, name, docs)
	if !regexp.MustCompile(`documents +60 found`).MatchString(said) {
		t.Fatalf("run says\n%s", said)
	}
	return command(t, "db", "psql", where, name, "--", "-At", "-c",
		"SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM version), (SELECT count(*) FROM sentence), (SELECT count(*) FROM claim), (SELECT count(*) FROM appearance), (SELECT count(*) FROM conflict)")
}

// command runs a command line that must succeed and returns its results.
func command(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), args, noEnvironment, nil, &stdout, &stderr); err != nil {
		t.Fatalf("crosscheck %s: %v\n%s", strings.Join(args, " "), err, stderr.String())
	}
	return stdout.String()
}

func noEnvironment(string) string { return "" }

// killDatabase ends the private server as a crash would.
func killDatabase(t *testing.T, dataDir string, _ context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	info, err := localpg.Status(ctx, (&database{dataDir: dataDir}).folder())
	if err != nil || info.PID == 0 {
		t.Errorf("the private server is not found: %v", err)
		return
	}
	if err := syscall.Kill(info.PID, syscall.SIGKILL); err != nil {
		t.Error(err)
	}
}

// trigger is a writer that does something once, when it is first written a text.
type trigger struct {
	mu   sync.Mutex
	text bytes.Buffer
	at   string
	do   func()
	done bool
}

func (w *trigger) Write(p []byte) (int, error) {
	w.mu.Lock()
	w.text.Write(p)
	due := !w.done && strings.Contains(w.text.String(), w.at)
	w.done = w.done || due
	w.mu.Unlock()
	if due {
		w.do()
	}
	return len(p), nil
}

func (w *trigger) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}
