//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// fileLock is an exclusive flock. The kernel drops it when the process ends,
// however it ends. It belongs to the open file and not to the process, so two
// locks in one process exclude each other as two processes do.
type fileLock struct{ f *os.File }

var errLocked = errors.New("locked by another process")

// tryLock takes the lock on path, which is made when missing, or returns errLocked.
func tryLock(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	switch {
	case err == nil:
		return &fileLock{f}, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		err = errLocked
	default:
		err = &os.PathError{Op: "flock", Path: path, Err: err}
	}
	return nil, errors.Join(err, f.Close())
}

// lockFile waits for the lock on path until ctx ends.
func lockFile(ctx context.Context, path string) (*fileLock, error) {
	for {
		l, err := tryLock(path)
		if !errors.Is(err, errLocked) {
			return l, err
		}
		if err := pause(ctx, 10*time.Millisecond); err != nil {
			return nil, fmt.Errorf("%s is held by another process: %w", path, err)
		}
	}
}

func (l *fileLock) path() string { return l.f.Name() }

// release gives the lock up. It unlocks before it closes, as a child that is
// just being forked may for a moment hold the same open file.
func (l *fileLock) release() {
	// Neither can fail on a lock that is held, and closing drops it anyway.
	_ = syscall.Flock(int(l.f.Fd()), syscall.LOCK_UN)
	_ = l.f.Close()
}

// held reports whether some process has the lock on path.
func held(path string) bool {
	if _, err := os.Lstat(path); err != nil {
		return false
	}
	l, err := tryLock(path)
	if err != nil {
		return errors.Is(err, errLocked)
	}
	l.release()
	return false
}

// pause waits for d or until ctx ends, and returns why ctx ended.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}

// seat is a user's place among those who use a home's server.
type seat struct{ lock *fileLock }

// User is a process that uses a server.
type User struct {
	PID     int
	Command string // how it was started: the program's name and its first argument
	Since   time.Time
}

// enter counts this process in. The caller holds the home's lock.
func (h home) enter() (*seat, error) {
	f, err := os.CreateTemp(h.usersDir(), strconv.Itoa(os.Getpid())+"-*")
	if err == nil {
		_, err = f.WriteString(command(os.Args))
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("count in as a user of the PostgreSQL server: %w%s", err, advice(err.Error()))
	}
	l, err := tryLock(f.Name())
	if err == nil {
		err = h.inherit(f.Name())
	}
	if err != nil {
		return nil, fmt.Errorf("count in as a user of the PostgreSQL server: %w", err)
	}
	return &seat{l}, nil
}

// command is a program's name with its subcommand. Further arguments might
// hold a password and say no more.
func command(args []string) string {
	if len(args) == 0 {
		return ""
	}
	name := filepath.Base(args[0])
	if len(args) > 1 && !strings.ContainsAny(args[1], "-=/:@") {
		name += " " + args[1]
	}
	return name
}

func (s *seat) release() {
	// A file that stays behind unlocked counts nobody and is swept later.
	_ = os.Remove(s.lock.path())
	s.lock.release()
}

// users lists those who are counted in, and sweeps the files of those who died
// without counting themselves out. The caller holds the home's lock.
func (h home) users() ([]User, error) {
	files, err := os.ReadDir(h.usersDir())
	if err != nil {
		return nil, fmt.Errorf("users of the PostgreSQL server: %w", err)
	}
	var users []User
	for _, f := range files {
		path := filepath.Join(h.usersDir(), f.Name())
		if !held(path) {
			if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
				return nil, fmt.Errorf("users of the PostgreSQL server: %w", err)
			}
			continue
		}
		u := User{}
		number, _, _ := strings.Cut(f.Name(), "-")
		u.PID, _ = strconv.Atoi(number)
		if info, err := f.Info(); err == nil {
			u.Since = info.ModTime()
		}
		if b, err := os.ReadFile(path); err == nil {
			u.Command = string(b)
		}
		users = append(users, u)
	}
	return users, nil
}
