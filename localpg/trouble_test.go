//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// wantError holds an error to what a person needs to read in it.
func wantError(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("no %q in the error:\n%v", w, err)
		}
	}
}

func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can do this to a folder or to itself; the other tests run as the user that runs them")
	}
}

const nobody = 65534

func TestNoPrograms(t *testing.T) {
	_, err := Start(t.Context(), Options{Dir: folder(t), Bin: "/nowhere/bin"})
	if !errors.Is(err, ErrNoPrograms) {
		t.Errorf("not ErrNoPrograms: %v", err)
	}
	wantError(t, err, "/nowhere/bin", "apt-get install postgresql", "--database-url")
}

func TestProgramsAreSearchedEverywhere(t *testing.T) {
	t.Setenv("CROSSCHECK_PGBIN", "")
	looked, folders := searched()
	said := strings.Join(looked, "\n")
	for _, place := range []string{"$CROSSCHECK_PGBIN", "$PATH", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "homebrew"} {
		if !strings.Contains(said, place) {
			t.Errorf("not said to be looked at: %s", place)
		}
	}
	if len(folders) == 0 {
		t.Error("no server programs on a machine whose tests need them")
	}
}

// fakePrograms makes programs that only tell a version.
func fakePrograms(t *testing.T, version string) string {
	t.Helper()
	bin := t.TempDir()
	for _, name := range []string{"postgres", "initdb"} {
		script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %s'\n", name, version)
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}

func TestProgramsTooOld(t *testing.T) {
	_, err := Start(t.Context(), Options{Dir: folder(t), Bin: fakePrograms(t, "14.11")})
	wantError(t, err, "version 14 in", "needs 15 or later")
}

func TestEnvironmentNamesTheFolder(t *testing.T) {
	bin := fakePrograms(t, "13.2 (Debian 13.2-1)")
	t.Setenv("CROSSCHECK_PGBIN", bin)
	_, err := Start(t.Context(), Options{Dir: folder(t)})
	wantError(t, err, "$CROSSCHECK_PGBIN", "version 13 in "+bin)
}

func TestDataOfAnotherVersion(t *testing.T) {
	dir := withData(t)
	s := start(t, dir)
	closeServer(t, s)
	path := filepath.Join(s.home.cluster(), "PG_VERSION")
	if err := os.WriteFile(path, []byte("99\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Dir: dir, Volatile: true})
	wantError(t, err, "the data are of version 99", "apt-get install postgresql-99")
}

func TestLongPath(t *testing.T) {
	dir := filepath.Join(folder(t), strings.Repeat("long/", 30)+"end")
	s := start(t, dir)
	t.Cleanup(func() { _ = Stop(context.Background(), dir) })
	socket := s.home.socketDir()
	if len(filepath.Join(socket, socketName)) > maxSocketPath {
		t.Errorf("too long: %s", socket)
	}
	run(t, s, "SELECT 'reached'")
	closeServer(t, s)
	if _, err := os.Lstat(socket); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is left: %v", socket, err)
	}
}

func TestPathsThatNeedQuoting(t *testing.T) {
	for _, name := range []string{"a b'c%20&d=é\\+[", "one,two"} {
		dir := filepath.Join(folder(t), name)
		s := start(t, dir)
		t.Cleanup(func() { _ = Stop(context.Background(), dir) })
		run(t, s, "SELECT 'reached'")
		if psql, err := exec.LookPath("psql"); err == nil {
			if out, err := exec.Command(psql, s.URL(), "-c", "SELECT 1").CombinedOutput(); err != nil {
				t.Errorf("psql %s: %v\n%s", s.URL(), err, out)
			}
		}
		closeServer(t, s)
	}
}

func TestLinkedFolderIsTheSameServer(t *testing.T) {
	dir := withData(t)
	s := start(t, dir)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	other := start(t, link)
	if other.pid != s.pid || other.URL() != s.URL() {
		t.Errorf("%d %s, want %d %s", other.pid, other.URL(), s.pid, s.URL())
	}
	closeServer(t, s)
	closeServer(t, other)
}

func TestStalePidFile(t *testing.T) {
	dir := withData(t)
	s := start(t, dir)
	closeServer(t, s)
	// A crash of the machine leaves the file, and the number goes to a stranger:
	// here to this test, which lives and is no server.
	stale := fmt.Sprintf("%d\n%s\n1700000000\n5432\n", os.Getpid(), s.home.cluster())
	if err := os.WriteFile(s.home.pidFile(), []byte(stale), 0o600); err != nil {
		t.Fatal(err)
	}
	s = start(t, dir)
	run(t, s, "SELECT 'started'")
	closeServer(t, s)
}

func TestBrokenOffInitialisation(t *testing.T) {
	dir := folder(t)
	if err := os.MkdirAll(filepath.Join(dir, "initdb-halfway", "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer cancel()
	_, err := Start(ctx, Options{Dir: dir, Volatile: true})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("started within %v, or failed otherwise: %v", 150*time.Millisecond, err)
	}
	s := start(t, dir)
	closeServer(t, s)
	if left, _ := filepath.Glob(filepath.Join(dir, "initdb-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestForeignFolderInThePlaceOfData(t *testing.T) {
	dir := folder(t)
	if err := os.MkdirAll(filepath.Join(dir, "cluster"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Options{Dir: dir, Volatile: true})
	wantError(t, err, "PG_VERSION", "move it away")
}

func TestServerThatCannotStartSaysWhy(t *testing.T) {
	dir := withData(t)
	s := start(t, dir)
	closeServer(t, s)
	conf, err := os.OpenFile(filepath.Join(s.home.cluster(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conf.WriteString("\nno_such_setting = on\n"); err != nil {
		t.Fatal(err)
	}
	conf.Close()
	_, err = Start(t.Context(), Options{Dir: dir, Volatile: true})
	wantError(t, err, "no_such_setting", "server.log")
}

func TestVolatileServerIsNotUsedForRealData(t *testing.T) {
	dir := withData(t)
	s := start(t, dir)
	_, err := Start(t.Context(), Options{Dir: dir})
	wantError(t, err, "without waiting for the disk")
	closeServer(t, s)
}

func TestStatusOfNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there")
	i := status(t, dir)
	if i.Running || i.Version != "" || i.Bytes != 0 || i.URL == "" {
		t.Errorf("%+v", i)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("asking made the folder: %v", err)
	}
	if err := Stop(t.Context(), dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("stop: %v", err)
	}
}

func TestCommandHidesArguments(t *testing.T) {
	for want, args := range map[string][]string{
		"":                 nil,
		"crosscheck":       {"/usr/bin/crosscheck"},
		"crosscheck serve": {"crosscheck", "serve", "--database-url", "postgres://u:secret@h/d"},
		"tool":             {"tool", "postgres://u:secret@h/d"},
	} {
		if got := command(args); got != want {
			t.Errorf("%q: %q, want %q", args, got, want)
		}
	}
}

func TestNormalUser(t *testing.T) {
	needRoot(t)
	dir := folder(t)
	open(t, dir)
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	c := newChild(t, dir, nobody)
	if got := c.says(t); !strings.HasPrefix(got, "up ") {
		t.Fatal(got)
	}
	c.leaves(t)

	// Root uses the user's folder and leaves it usable.
	s := start(t, dir)
	if uid, _, err := owner(filepath.Join("/proc", fmt.Sprint(s.pid))); err == nil && uid != nobody {
		t.Errorf("the server of the data of user %d runs as user %d", nobody, uid)
	}
	closeServer(t, s)
	c = newChild(t, dir, nobody)
	if got := c.says(t); !strings.HasPrefix(got, "up ") {
		t.Fatal(got)
	}
	c.leaves(t)
}

// open lets every user pass through the folders above dir.
func open(t *testing.T, dir string) {
	t.Helper()
	for p := filepath.Dir(dir); p != os.TempDir() && p != "/"; p = filepath.Dir(p) {
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFolderOfSomebodyElse(t *testing.T) {
	needRoot(t)
	dir := withData(t)
	closeServer(t, start(t, dir))
	open(t, dir)
	c := newChild(t, dir, nobody)
	if got := c.says(t); !strings.Contains(got, "failed:") || !strings.Contains(got, "choose another --data-dir") {
		t.Errorf("as a stranger: %s", got)
	}
}
