//go:build unix

// Package localpg keeps a private PostgreSQL server, so that crosscheck works
// on a machine where nobody has set up a database.
//
// In comes a folder; out comes the address of a running server whose data lie
// in that folder. The server listens on a Unix socket and on nothing else. All
// processes that use the folder share one server: each counts itself in with
// [Start] and out with [Server.Close], and the last one out stops it.
//
// Nothing here needs tidying by hand. A process that was killed is no longer
// counted, because a count is a file lock and the kernel drops it; a server
// that outlived its users is adopted by the next Start; a server that was
// killed is noticed ([Server.Lost]) and the next Start recovers its data.
//
// PostgreSQL refuses to run as root. There the server runs as the user
// postgres or nobody, or failing that in a user namespace of its own.
package localpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Options say where the server's data lie and how it runs.
type Options struct {
	// Dir is the folder of the data, the locks and the server's log. It is made
	// when missing and belongs to this package: nothing else should be kept in it.
	Dir string

	// Bin is the folder of the server programs postgres and initdb. When empty
	// they are looked for: in $CROSSCHECK_PGBIN, along $PATH, and where the
	// packages of Debian, Red Hat and Homebrew put them, newest first.
	Bin string

	// Volatile is for tests: the server never waits for the disk, and its data
	// may be lost when the machine stops.
	Volatile bool

	// Log receives what happens to the server; nil discards it.
	Log *slog.Logger
}

// Server is one user's hold on the running server of a folder.
type Server struct {
	home home
	seat *seat
	pid  int

	lost      chan struct{} // closed when the server died under us
	unwatch   context.CancelFunc
	watched   sync.WaitGroup
	closeOnce sync.Once
	closeErr  error
}

// Start makes the folder's server run, unless it does already, and counts the
// caller in. It returns when the server answers. The first start of a folder
// creates the data and takes about a second; a later one takes a tenth of it.
//
// The server does not end with ctx, which bounds only the start itself: call
// [Server.Close]. The error for missing server programs is [ErrNoPrograms].
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	h, err := makeHome(o.Dir)
	if err != nil {
		return nil, err
	}
	lock, err := h.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer lock.release()

	pid, err := h.ensure(ctx, o)
	if err != nil {
		return nil, err
	}
	seat, err := h.enter()
	if err != nil {
		return nil, errors.Join(err, h.leave(context.WithoutCancel(ctx)))
	}
	s := &Server{home: h, seat: seat, pid: pid, lost: make(chan struct{})}
	s.watch()
	return s, nil
}

// URL is the address of the database "crosscheck", for pgx, psql and every
// other program that uses libpq's form.
func (s *Server) URL() string { return s.DatabaseURL(database) }

// DatabaseURL is the address of the database with the given name on this
// server. The database need not exist.
func (s *Server) DatabaseURL(name string) string { return s.home.url(name) }

// Lost is closed when the server has died although this user had not left it.
// Connections are then broken for good; Close this Server and Start again.
func (s *Server) Lost() <-chan struct{} { return s.lost }

// Close counts the caller out. The last one out stops the server and waits for
// its end, unless it was started to stay by [Keep]. A second Close returns what
// the first one did.
//
// The caller is counted out even when ctx is done, but then nobody waits for
// the server: give Close a ctx of its own, not one that a signal has ended.
func (s *Server) Close(ctx context.Context) error {
	s.closeOnce.Do(func() {
		s.unwatch()
		s.watched.Wait()
		lock, err := s.home.lock(ctx)
		s.seat.release()
		if err != nil {
			s.closeErr = err
			return
		}
		defer lock.release()
		s.closeErr = s.home.leave(ctx)
	})
	return s.closeErr
}

// watchEvery is how soon a server's death is noticed.
const watchEvery = 200 * time.Millisecond

// watch closes lost when the server's process is gone. It asks by number and
// not by waiting for a child, because the server may be another process's child.
func (s *Server) watch() {
	ctx, cancel := context.WithCancel(context.Background())
	s.unwatch = cancel
	s.watched.Go(func() {
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				if !s.home.serves(s.pid) {
					close(s.lost)
					return
				}
			}
		}
	})
}

// leave stops the server when nobody uses it any more and nobody asked it to
// stay. The caller holds the folder's lock and has given up its own seat.
func (h home) leave(ctx context.Context) error {
	users, err := h.users()
	if err != nil || len(users) > 0 || h.kept() {
		return err
	}
	if err := h.halt(ctx); err != nil {
		return fmt.Errorf("stop the PostgreSQL server of %s: %w", h.dir, err)
	}
	return nil
}
