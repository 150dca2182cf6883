//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// dataVersion is the major version that wrote the data, 0 where there are none.
func (h home) dataVersion() (int, error) {
	path := filepath.Join(h.cluster(), "PG_VERSION")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(h.cluster()); err == nil {
			return 0, fmt.Errorf("%s holds no PostgreSQL data, as it lacks PG_VERSION: move it away and run again", h.cluster())
		}
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	v, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return 0, fmt.Errorf("%s: not a version of PostgreSQL 10 or later: %q", path, b)
	}
	return v, nil
}

// sidePrefix begins the names of folders in which data are being created.
const sidePrefix = "initdb-"

// initialise creates the data. It works in a side folder and gives that its
// name when all is done, so that data are there whole or not at all.
func (h home) initialise(ctx context.Context, o Options, p programs, a account) error {
	if err := h.sweepSideFolders(); err != nil {
		return err
	}
	side, err := os.MkdirTemp(h.dir, sidePrefix)
	if err != nil {
		return withAdvice(err)
	}
	err = h.initdb(ctx, o, p, a, side)
	if err == nil {
		err = os.Rename(side, h.cluster())
	}
	if err != nil {
		return withAdvice(errors.Join(err, os.RemoveAll(side)))
	}
	o.Log.Info("PostgreSQL data created", "dir", h.dir, "version", p.major, "as", a.name)
	return nil
}

// sweepSideFolders removes what starts that were killed have left half made.
func (h home) sweepSideFolders() error {
	entries, err := os.ReadDir(h.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), sidePrefix) {
			if err := os.RemoveAll(filepath.Join(h.dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (h home) initdb(ctx context.Context, o Options, p programs, a account, side string) error {
	if os.Geteuid() == 0 {
		if err := os.Lchown(side, a.uid, a.gid); err != nil {
			return err
		}
	}
	// Text is UTF-8 and sorts by its bytes, which is the same on every machine
	// and stays so when the system's locales change.
	ctype := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		ctype = "UTF-8"
	}
	args := []string{
		"--pgdata=" + side, "--username=" + superuser, "--auth=trust", "--encoding=UTF8",
		"--locale=C", "--lc-ctype=" + ctype, "--text-search-config=english",
	}
	if o.Volatile {
		args = append(args, "--no-sync")
	}
	out, err := combinedOutput(ctx, a.command(p.path("initdb"), args...))
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, lastLines(out))
	}
	return nil
}

// combinedOutput runs a command that leads a session of its own, and ends the
// whole session when ctx does: initdb has children.
func combinedOutput(ctx context.Context, c *exec.Cmd) (string, error) {
	var out strings.Builder
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, func() {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // it may have ended just now
	})
	err := c.Wait()
	if !stop() && err != nil {
		err = context.Cause(ctx)
	}
	return out.String(), err
}

// lastLines is the end of a program's output, where it says why it failed.
func lastLines(out string) string {
	const most = 12
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return "  " + strings.Join(lines[max(0, len(lines)-most):], "\n  ")
}

// advice is what to do about a failure, from what a program or the system said
// about it; "" where that is for the reader to find out.
func advice(said string) string {
	switch {
	case strings.Contains(strings.ToLower(said), "no space left on device"),
		strings.Contains(strings.ToLower(said), "disk quota exceeded"):
		return "\nThe disk is full: free some space, or choose another --data-dir, and run again"
	case strings.Contains(strings.ToLower(said), "read-only file system"):
		return "\nNothing can be written there: choose another --data-dir"
	case strings.Contains(said, "permission denied"):
		return "\nThe folder is not this user's: choose another --data-dir, or run as the folder's owner"
	}
	return ""
}

func withAdvice(err error) error {
	if a := advice(err.Error()); a != "" {
		return fmt.Errorf("%w%s", err, a)
	}
	return err
}
