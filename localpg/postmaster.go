//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ensure makes the home's server run and answer, and returns its process
// number. The caller holds the home's lock.
func (h home) ensure(ctx context.Context, o Options) (int, error) {
	for pid := h.postmaster(); pid != 0; pid = h.postmaster() {
		err := h.await(ctx, o, func() bool { return h.serves(pid) })
		if err == nil {
			o.Log.Debug("PostgreSQL runs already", "dir", h.dir, "pid", pid)
			return pid, nil
		}
		if !errors.Is(err, errGone) { // it was about to end, and has: look again
			return 0, fmt.Errorf("PostgreSQL server %d of %s: %w", pid, h.dir, err)
		}
	}
	if err := h.clear(ctx); err != nil {
		return 0, err
	}
	major, err := h.dataVersion()
	if err != nil {
		return 0, err
	}
	p, err := findPrograms(ctx, o.Bin, major)
	if err != nil {
		return 0, err
	}
	a, err := h.chooseAccount(ctx, p)
	if err != nil {
		return 0, err
	}
	if major == 0 {
		if err := h.initialise(ctx, o, p, a); err != nil {
			return 0, fmt.Errorf("create PostgreSQL data in %s: %w", h.dir, err)
		}
	}
	pid, err := h.launch(ctx, o, p, a)
	if err != nil {
		return 0, fmt.Errorf("start PostgreSQL in %s: %w", h.dir, err)
	}
	return pid, nil
}

// settings are the server's, over those in the data's postgresql.conf.
func (h home) settings(o Options) []string {
	s := []string{
		"listen_addresses=",
		"unix_socket_directories=" + h.socketDir(),
		"unix_socket_permissions=0700",
		fmt.Sprintf("port=%d", port),
		"cluster_name=crosscheck",
		"max_connections=200", // several processes share it, each with a pool
		"logging_collector=off",
		"log_line_prefix=%m [%p] ",
	}
	if o.Volatile {
		return append(s, "fsync=off", "full_page_writes=off",
			"wal_level=minimal", "max_wal_senders=0")
	}
	// Of a large archive each document touches a hundred pages of indexes, anywhere in
	// them, and after each checkpoint each page is logged whole once more. With a log of
	// 1 GB, storing into an archive of 100,000 documents logged four times what it does
	// with 4 GB, and took a tenth longer. A small archive never has a log of that size.
	return append(s, fmt.Sprintf("shared_buffers=%dMB", buffers(memory())>>20), "max_wal_size=4GB")
}

// launch starts the server and waits until it answers.
func (h home) launch(ctx context.Context, o Options, p programs, a account) (int, error) {
	if err := h.makeSocketDir(a.uid, a.gid); err != nil {
		return 0, withAdvice(err)
	}
	log, err := h.openLog()
	if err != nil {
		return 0, withAdvice(err)
	}
	defer log.Close()
	from, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	// The server and all its processes hold this lock from birth to death.
	lock, err := lockFile(ctx, h.serverLock())
	if err != nil {
		return 0, err
	}
	defer lock.f.Close() // only closed: unlocking would undo it for the server too
	if err := h.inherit(lock.path()); err != nil {
		return 0, err
	}

	args := []string{"-D", h.cluster()}
	for _, s := range h.settings(o) {
		args = append(args, "-c", s)
	}
	c := a.command(p.path("postgres"), args...)
	c.Stdout, c.Stderr = log, log
	c.ExtraFiles = []*os.File{lock.f}
	if err := c.Start(); err != nil {
		return 0, err
	}
	exited := make(chan struct{})
	go func() {
		_ = c.Wait() // how it ended stands in the log
		close(exited)
	}()
	err = h.await(ctx, o, func() bool {
		select {
		case <-exited:
			return false
		default:
			return true
		}
	})
	if err == nil {
		o.Log.Debug("PostgreSQL started", "dir", h.dir, "pid", c.Process.Pid, "version", p.major, "as", a.name)
		return c.Process.Pid, nil
	}
	_ = c.Process.Signal(syscall.SIGQUIT) // nobody uses it yet
	<-exited
	said := h.logFrom(from)
	if errors.Is(err, errGone) {
		err = errors.New("it ended at once")
	}
	return 0, fmt.Errorf("%w; %s says:\n%s%s", err, h.serverLog(), lastLines(said), advice(said))
}

// openLog opens the server's log for adding to it. One that has grown large is
// put aside first, in the place of the one before.
func (h home) openLog() (*os.File, error) {
	const large = 10 << 20
	path := h.serverLog()
	if info, err := os.Stat(path); err == nil && info.Size() > large {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return f, h.inherit(path)
}

// logFrom is what the server has said since its log had the given length.
func (h home) logFrom(at int64) string {
	f, err := os.Open(h.serverLog())
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	b, err := io.ReadAll(io.NewSectionReader(f, at, 1<<20))
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// errGone says that the server ended while it was waited for.
var errGone = errors.New("the server has ended")

// silence is how long a server may live without a word before it is given up.
// One that says it is still recovering gets all the time that ctx allows.
const silence = 2 * time.Minute

// await waits until the server answers and is ready to be used.
func (h home) await(ctx context.Context, o Options, lives func() bool) error {
	begun, heard, told := time.Now(), time.Now(), false
	for {
		err := h.greet(ctx, o)
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if !lives() {
			return errGone
		}
		if errors.Is(err, errVolatile) {
			return err
		}
		var answer *pgconn.PgError
		if errors.As(err, &answer) {
			if !slices.Contains(notNow, answer.Code) {
				return err
			}
			heard = time.Now()
		}
		if time.Since(heard) > silence {
			return fmt.Errorf("it runs, but has not answered for %v: %w", silence, err)
		}
		if !told && time.Since(begun) > 3*time.Second {
			o.Log.Info("waiting for PostgreSQL to be ready", "dir", h.dir)
			told = true
		}
		if err := pause(ctx, min(max(5*time.Millisecond, time.Since(begun)/20), 250*time.Millisecond)); err != nil {
			return err
		}
	}
}

// notNow is what a server answers that is starting, recovering, ending or full.
var notNow = []string{
	"57P01", // admin_shutdown
	"57P02", // crash_shutdown
	"57P03", // cannot_connect_now
	"53300", // too_many_connections
}

// errVolatile says that the running server may lose what it is given.
var errVolatile = errors.New("it runs without waiting for the disk, as tests do: stop it first, or choose another --data-dir")

// greet connects once, and makes the database where it is missing.
func (h home) greet(ctx context.Context, o Options) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, h.url("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var made, durable bool
	err = conn.QueryRow(ctx, `SELECT
		EXISTS (SELECT FROM pg_database WHERE datname = $1),
		current_setting('fsync')::boolean`, database).Scan(&made, &durable)
	if err != nil {
		return err
	}
	if !durable && !o.Volatile {
		return errVolatile
	}
	if !made {
		_, err = conn.Exec(ctx, "CREATE DATABASE "+database)
	}
	return err
}

// halt ends the home's server, if one runs, and waits until all its processes
// are gone. The caller holds the home's lock.
func (h home) halt(ctx context.Context) error {
	if pid := h.postmaster(); pid != 0 {
		// SIGINT breaks off what still runs and writes a last checkpoint.
		if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
			return fmt.Errorf("stop server %d: %w", pid, err)
		}
		for h.serves(pid) {
			if err := pause(ctx, 5*time.Millisecond); err != nil {
				return fmt.Errorf("server %d is still stopping: %w", pid, err)
			}
		}
	}
	return h.clear(ctx)
}

// clear removes what a server that died has left: first its processes, which
// would keep a new one from starting, then the files that name it. No server
// runs, and the caller holds the home's lock.
func (h home) clear(ctx context.Context) error {
	const patience, force = 20 * time.Second, 2 * time.Second
	for begun := time.Now(); held(h.serverLock()); {
		signal := syscall.SIGQUIT
		if time.Since(begun) > force {
			signal = syscall.SIGKILL
		}
		for _, pid := range h.leftovers() {
			_ = syscall.Kill(pid, signal) // it may be gone already
		}
		if time.Since(begun) > patience {
			return fmt.Errorf("processes of an earlier PostgreSQL server still hold %s and do not end: end them, or choose another --data-dir", h.dir)
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return fmt.Errorf("wait for the end of an earlier PostgreSQL server of %s: %w", h.dir, err)
		}
	}
	socket := filepath.Join(h.socketDir(), socketName)
	for _, path := range []string{h.pidFile(), socket, socket + ".lock", h.keptFile()} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove what an earlier PostgreSQL server has left: %w", err)
		}
	}
	if dir := h.socketDir(); filepath.Dir(dir) != h.dir {
		_ = os.Remove(dir) // an empty folder in /tmp: tidier without, harmless with
	}
	return nil
}
