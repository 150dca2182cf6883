//go:build unix

// Package storetest gives each test a PostgreSQL database of its own.
//
// In comes a test; out comes the address of an empty, migrated database that
// is dropped when the test ends. The databases are clones of a template on a
// private server whose data lie in memory; the server is shared by all test
// programs that run at the time, and the last one to end stops it.
package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/localpg"
	"crosscheck/schema"
)

// A test program has one server, whichever of its tests asks for it first.
// These three are that server; nothing else in them changes.
var (
	server  *localpg.Server
	holders int
	mutex   sync.Mutex
)

// count numbers the databases of this program.
var count atomic.Int64

// Main runs a package's tests with the server kept between them:
//
//	func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
//
// Without it the server may stop and start again between two tests.
func Main(m *testing.M) int {
	if _, err := hold(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		return 1
	}
	code := m.Run()
	if err := release(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
		return 1
	}
	return code
}

// Connect opens a connection to a database, which is closed when the test ends.
func Connect(t testing.TB, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// New makes a database for one test and returns its address. Without a server
// the test fails: it is never skipped.
func New(t testing.TB) (url string) {
	t.Helper()
	return cloned(t, "")
}

// Filled is New with what a script of SQL puts into the database. The script is run
// once: what comes of it is kept with the server's data, until another script is
// given or the schema changes.
func Filled(t testing.TB, script string) (url string) {
	t.Helper()
	return cloned(t, script)
}

func cloned(t testing.TB, script string) (url string) {
	t.Helper()
	s, err := hold()
	if err != nil {
		t.Fatal("storetest:", err)
	}
	t.Cleanup(func() {
		if err := release(); err != nil {
			t.Error("storetest:", err)
		}
	})
	limit := time.Minute
	if script != "" {
		limit = 10 * time.Minute
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), count.Add(1))
	if err := clone(ctx, s, name, script); err != nil {
		t.Fatal("storetest:", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := exec(ctx, s.DatabaseURL("postgres"), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Error("storetest:", err)
		}
	})
	return s.DatabaseURL(name)
}

// hold counts its caller in, and starts the server for the first.
func hold() (*localpg.Server, error) {
	mutex.Lock()
	defer mutex.Unlock()
	if holders == 0 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		s, err := localpg.Start(ctx, localpg.Options{Dir: folder(), Volatile: true})
		if err != nil {
			return nil, err
		}
		server = s
	}
	holders++
	return server, nil
}

// release counts its caller out, and leaves the server after the last.
func release() error {
	mutex.Lock()
	defer mutex.Unlock()
	if holders--; holders > 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return server.Close(ctx)
}

// folder is where the server's data lie: in memory where the system has a
// folder for that.
func folder() string {
	base := "/dev/shm"
	if syscall.Access(base, 2 /* W_OK */) != nil {
		base = os.TempDir()
	}
	return filepath.Join(base, fmt.Sprintf("crosscheck-test-%d", os.Geteuid()))
}

// templateLock keeps test programs that start together from making the
// template twice.
const templateLock = 0x74657374

// clone makes a database by copying the template's files, which takes a tenth
// of the time that writing them through the log takes. With a script, it copies
// what the script has made of the template.
func clone(ctx context.Context, s *localpg.Server, name, script string) error {
	shape, err := schema.Fingerprint()
	if err != nil {
		return err
	}
	template := "template_" + shape[:16]
	conn, err := pgx.Connect(ctx, s.DatabaseURL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, templateLock); err != nil {
		return err
	}
	err = ensure(ctx, conn, template, func(draft string) error {
		if err := sweep(ctx, conn); err != nil {
			return err
		}
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+draft); err != nil {
			return err
		}
		return migrate(ctx, s.DatabaseURL(draft))
	})
	if err != nil {
		return err
	}
	if script != "" {
		empty := template
		sum := sha256.Sum256([]byte(script))
		template += "_" + hex.EncodeToString(sum[:8])
		err := ensure(ctx, conn, template, func(draft string) error {
			if err := sweep(ctx, conn); err != nil {
				return err
			}
			if err := copyFiles(ctx, conn, draft, empty); err != nil {
				return err
			}
			return exec(ctx, s.DatabaseURL(draft), script, "VACUUM ANALYZE")
		})
		if err != nil {
			return err
		}
		// A filled template may be cleared away when the lock is free.
		return copyFiles(ctx, conn, name, template)
	}
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_unlock($1)`, templateLock); err != nil {
		return err
	}
	return copyFiles(ctx, conn, name, template)
}

func copyFiles(ctx context.Context, conn *pgx.Conn, name, template string) error {
	_, err := conn.Exec(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template+" STRATEGY file_copy")
	return err
}

// ensure has a template made where there is none, under another name, so that one
// with the template's name is always whole.
func ensure(ctx context.Context, conn *pgx.Conn, template string, create func(draft string) error) error {
	var made bool
	if err := conn.QueryRow(ctx, `SELECT count(*) > 0 FROM pg_database WHERE datname = $1`, template).Scan(&made); err != nil || made {
		return err
	}
	draft := template + "_draft"
	if err := create(draft); err != nil {
		return fmt.Errorf("template: %w", err)
	}
	_, err := conn.Exec(ctx, "ALTER DATABASE "+draft+" RENAME TO "+template)
	return err
}

// sweep drops what test programs have left that were killed, drafts, and filled
// templates.
func sweep(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, `SELECT datname FROM pg_database WHERE datname ~ '^(test|template)_'`)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if inUse(name) {
			continue
		}
		if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			return err
		}
	}
	return nil
}

// inUse reports whether a database's test program runs. A template is kept
// while other checkouts may clone it; only one half made or filled goes.
func inUse(name string) bool {
	parts := strings.Split(name, "_")
	if parts[0] == "template" {
		return len(parts) == 2
	}
	pid, err := strconv.Atoi(parts[1])
	return err != nil || !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

func migrate(ctx context.Context, url string) (err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = schema.Migrate(ctx, conn)
	return err
}

func exec(ctx context.Context, url string, scripts ...string) (err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	for _, sql := range scripts {
		if _, err := conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
	}
	return nil
}
