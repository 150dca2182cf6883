//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNotRunning says that the folder has no running server.
var ErrNotRunning = errors.New("PostgreSQL is not running")

// Info describes a folder's server.
type Info struct {
	Dir     string // absolute, without symbolic links
	URL     string // of the database "crosscheck", whether or not the server runs
	Log     string // the server's log, a file
	Running bool
	Kept    bool   // it was started to stay
	PID     int    // 0 when it does not run
	Version string // "15.18" of a running server, "15" of its data; "" where there are none
	Users   []User // who uses it now
	Bytes   int64  // the size of the data on disk
}

// Keep makes the folder's server run, as [Start] does, and stay until [Stop]
// or the machine ends it.
func Keep(ctx context.Context, o Options) (Info, error) {
	s, err := Start(ctx, o)
	if err != nil {
		return Info{}, err
	}
	err = s.home.keep()
	err = errors.Join(err, s.Close(ctx))
	if err != nil {
		return Info{}, fmt.Errorf("keep the PostgreSQL server of %s: %w", s.home.dir, err)
	}
	return Status(ctx, o.Dir)
}

// Stop ends the folder's server: one that was started to stay, or one that its
// users have left behind when they were killed. It refuses while others use the
// server, and names them. The error is [ErrNotRunning] where there is none.
func Stop(ctx context.Context, dir string) error {
	h, lock, err := openLocked(ctx, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w in %s", ErrNotRunning, dir)
	}
	if err != nil {
		return err
	}
	defer lock.release()
	users, err := h.users()
	if err != nil {
		return err
	}
	running := h.postmaster() != 0 || held(h.serverLock())
	switch {
	case !running:
		return fmt.Errorf("%w in %s", ErrNotRunning, h.dir)
	case len(users) > 0:
		return fmt.Errorf("PostgreSQL in %s is in use: end these first: %s", h.dir, listed(users))
	}
	if err := h.halt(ctx); err != nil {
		return fmt.Errorf("stop the PostgreSQL server of %s: %w", h.dir, err)
	}
	return nil
}

func listed(users []User) string {
	var names []string
	for _, u := range users {
		names = append(names, fmt.Sprintf("process %d (%s)", u.PID, u.Command))
	}
	return strings.Join(names, ", ")
}

// Status describes the folder's server and changes nothing. A folder that is
// not there has no server, which is no error.
func Status(ctx context.Context, dir string) (Info, error) {
	h, lock, err := openLocked(ctx, dir)
	if errors.Is(err, fs.ErrNotExist) {
		abs, err := filepath.Abs(dir)
		h = home{abs}
		return Info{Dir: abs, URL: h.url(database), Log: h.serverLog()}, err
	}
	if err != nil {
		return Info{}, err
	}
	defer lock.release()
	i := Info{Dir: h.dir, URL: h.url(database), Log: h.serverLog(), PID: h.postmaster()}
	i.Running = i.PID != 0
	i.Kept = i.Running && h.kept()
	if i.Users, err = h.users(); err != nil {
		return Info{}, err
	}
	if i.Version, err = h.versionInUse(ctx, i.Running); err != nil {
		return Info{}, err
	}
	i.Bytes, err = size(h.cluster())
	return i, err
}

// openLocked opens a home that exists and takes its lock.
func openLocked(ctx context.Context, dir string) (home, *fileLock, error) {
	h, err := openHome(dir)
	if err != nil {
		return home{}, nil, err
	}
	if _, err := os.Stat(h.usersDir()); err != nil {
		return home{}, nil, err
	}
	lock, err := h.lock(ctx)
	return h, lock, err
}

// versionInUse asks the running server, else its data.
func (h home) versionInUse(ctx context.Context, running bool) (string, error) {
	if !running {
		major, err := h.dataVersion()
		if err != nil || major == 0 {
			return "", err
		}
		return fmt.Sprint(major), nil
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, h.url("postgres"))
	if err != nil {
		return "", fmt.Errorf("PostgreSQL server of %s: %w", h.dir, err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var said string
	if err := conn.QueryRow(ctx, "SHOW server_version").Scan(&said); err != nil {
		return "", fmt.Errorf("PostgreSQL server of %s: %w", h.dir, err)
	}
	number, _, _ := strings.Cut(said, " ") // "15.18 (Debian 15.18-0+deb12u1)"
	return number, nil
}

// size adds up the files below dir. A running server removes files while they
// are counted, and a missing folder has none: neither is an error.
func size(dir string) (int64, error) {
	var sum int64
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() {
			sum += info.Size()
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("size of the PostgreSQL data: %w", err)
	}
	return sum, nil
}
