//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// database is the database made on the first start, and superuser the role
// that owns it. Only the socket's folder guards them: who may enter it is trusted.
const (
	database  = "crosscheck"
	superuser = "crosscheck"
)

// port names the socket file and nothing else, as the server does not listen
// on the network. It is always said, lest PGPORT change it.
const port = 5432

// home is the folder of one server, absolute and without symbolic links.
//
//	lock         held by whoever starts, stops or counts
//	users/       a locked file for each user of the server
//	server.lock  held by the server's processes, all of them
//	server.log   what the server said
//	kept         names the server that was started to stay
//	cluster/     PostgreSQL's data
//	socket/      the Unix socket, unless its path would be too long
type home struct{ dir string }

func (h home) cluster() string    { return filepath.Join(h.dir, "cluster") }
func (h home) serverLog() string  { return filepath.Join(h.dir, "server.log") }
func (h home) serverLock() string { return filepath.Join(h.dir, "server.lock") }
func (h home) usersDir() string   { return filepath.Join(h.dir, "users") }
func (h home) keptFile() string   { return filepath.Join(h.dir, "kept") }
func (h home) pidFile() string    { return filepath.Join(h.cluster(), "postmaster.pid") }

// makeHome returns the home in dir and makes the folder when it is missing.
func makeHome(dir string) (home, error) {
	if dir == "" {
		return home{}, errors.New("no folder given for the PostgreSQL server's data")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return home{}, fmt.Errorf("folder of the PostgreSQL server: %w%s", err, advice(err.Error()))
	}
	h, err := openHome(dir)
	if err != nil {
		return home{}, err
	}
	if err := os.Mkdir(h.usersDir(), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return home{}, fmt.Errorf("folder of the PostgreSQL server: %w%s", err, advice(err.Error()))
	}
	return h, h.inherit(h.usersDir())
}

// openHome returns the home in dir, which exists.
func openHome(dir string) (home, error) {
	abs, err := filepath.Abs(dir)
	if err == nil {
		// Two ways to one folder must give one socket.
		abs, err = filepath.EvalSymlinks(abs)
	}
	if err != nil {
		return home{}, fmt.Errorf("folder of the PostgreSQL server: %w", err)
	}
	return home{abs}, nil
}

// inherit gives what root has made in the folder to the folder's owner, so
// that a user's folder stays usable to the user after one run as root.
func (h home) inherit(path string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	uid, gid, err := owner(h.dir)
	if err != nil {
		return err
	}
	return os.Lchown(path, uid, gid)
}

// owner returns the user and the group that path belongs to.
func owner(path string) (uid, gid int, err error) {
	info, err := os.Lstat(path)
	if err != nil {
		return 0, 0, err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, fmt.Errorf("owner of %s: not known on this system", path)
	}
	return int(st.Uid), int(st.Gid), nil
}

// maxSocketPath is what the kernel's struct sockaddr_un holds, less its closing
// NUL: 107 bytes on Linux. The BSDs and macOS have four fewer.
const maxSocketPath = 103

// socketDir is the folder of the server's socket: in the home where the path is
// short enough and holds no comma, which in an address parts two hosts; else in
// /tmp under a name that follows from the home's path. It is /tmp and not
// $TMPDIR so that processes with other settings agree.
func (h home) socketDir() string {
	dir := filepath.Join(h.dir, "socket")
	if len(filepath.Join(dir, socketName)) <= maxSocketPath && !strings.Contains(dir, ",") {
		return dir
	}
	sum := fnv.New64a()
	sum.Write([]byte(h.dir))
	return fmt.Sprintf("/tmp/crosscheck-%016x", sum.Sum64())
}

var socketName = ".s.PGSQL." + strconv.Itoa(port)

// makeSocketDir makes the socket's folder for the server's user and lets nobody
// else in. A folder that somebody else has put in its place is refused.
func (h home) makeSocketDir(uid, gid int) error {
	dir := h.socketDir()
	err := os.Mkdir(dir, 0o700)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	has, _, err := owner(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || has != uid && has != os.Geteuid() {
		return fmt.Errorf("%s is in the way: it should be a folder of user %d; remove it", dir, uid)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return err
	}
	if has == uid {
		return nil
	}
	return os.Lchown(dir, uid, gid)
}

// url is the address of a database on the home's server.
func (h home) url(name string) string {
	q := url.Values{
		"host":    {h.socketDir()},
		"port":    {strconv.Itoa(port)},
		"sslmode": {"disable"},
	}
	// libpq takes a plus sign for itself and not for a space.
	query := strings.ReplaceAll(q.Encode(), "+", "%20")
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + name, RawQuery: query}
	return u.String()
}

// postmasterFile is what the running server has written into postmaster.pid.
type postmasterFile struct {
	pid     int
	started string // seconds since 1970, as written
}

func (h home) postmasterFile() (postmasterFile, bool) {
	b, err := os.ReadFile(h.pidFile())
	if err != nil {
		return postmasterFile{}, false
	}
	lines := strings.Split(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil || pid <= 0 {
		return postmasterFile{}, false
	}
	f := postmasterFile{pid: pid}
	if len(lines) > 2 {
		f.started = strings.TrimSpace(lines[2])
	}
	return f, true
}

// postmaster is the number of the server's first process, 0 when none runs. A
// postmaster.pid that a killed server or a crashed machine has left counts as none.
func (h home) postmaster() int {
	if f, ok := h.postmasterFile(); ok && h.serves(f.pid) {
		return f.pid
	}
	return 0
}

// keep notes that the server which runs now is to stay. The note names that
// server, so it means nothing once the server has ended for whatever reason.
func (h home) keep() error {
	f, ok := h.postmasterFile()
	if !ok {
		return fmt.Errorf("%s is gone: the server has just ended", h.pidFile())
	}
	if err := os.WriteFile(h.keptFile(), []byte(f.mark()), 0o600); err != nil {
		return err
	}
	return h.inherit(h.keptFile())
}

func (h home) kept() bool {
	f, ok := h.postmasterFile()
	if !ok {
		return false
	}
	b, err := os.ReadFile(h.keptFile())
	return err == nil && string(b) == f.mark()
}

func (f postmasterFile) mark() string { return fmt.Sprintf("%d %s\n", f.pid, f.started) }

// lock waits until nobody else starts, stops or counts in this home.
func (h home) lock(ctx context.Context) (*fileLock, error) {
	l, err := lockFile(ctx, filepath.Join(h.dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("lock the PostgreSQL server's folder: %w%s", err, advice(err.Error()))
	}
	return l, h.inherit(l.path())
}
