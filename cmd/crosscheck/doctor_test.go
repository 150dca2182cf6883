package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/localpg"
	"crosscheck/schema"
	"crosscheck/store/storetest"
)

// found are the findings of a check, a line each, that are not well.
func found(e *examination, check string) string {
	var lines []string
	for _, f := range e.findings {
		if f.Check == check && f.State != stateOK {
			lines = append(lines, f.State+" "+f.Finding+": "+f.Do)
		}
	}
	return strings.Join(lines, "\n")
}

func examined(db *database) *examination {
	return &examination{db: db, log: slog.New(slog.DiscardHandler), now: time.Now, room: roomOn}
}

func TestDoctorWhereAllIsWell(t *testing.T) {
	url := storetest.New(t)
	command(t, "migrate", "--database-url", url) // for the rights on a database, which a copy has not
	_, file := reports(t, 3)
	serve := launch(t, "serve", "--config", file, "--database-url", url, "--listen", "127.0.0.1:0")
	at := serve.says(`msg=serving address=(\S+)`)[1]
	if said := command(t, "ready", "--listen", at); said != "ready\n" {
		t.Errorf("ready says %q", said)
	}
	said := command(t, "doctor", "--config", file, "--database-url", url)
	serve.end()
	var out, complaint bytes.Buffer
	if err := run(t.Context(), []string{"ready", "--listen", at}, noEnvironment, nil, &out, &complaint); exitStatus(err) != statusFailed {
		t.Errorf("after its end: %v %s", err, &complaint)
	}
	for _, line := range strings.Split(strings.TrimSpace(said), "\n") {
		if !strings.HasPrefix(line, stateOK+" ") && !strings.HasPrefix(line, " ") {
			t.Errorf("not well: %s", line)
		}
	}
	for _, check := range []string{"config", "sources", "database", "clock", "schema", "readers", "rights", "schedule", "runs", "workers", "jobs", "digests"} {
		if !strings.Contains(said, "\nok    "+check) && !strings.HasPrefix(said, "ok    "+check) {
			t.Errorf("nothing about %s in:\n%s", check, said)
		}
	}
}

// A clock is measured by the database's, whichever of the two is wrong.
func TestDoctorOnClocks(t *testing.T) {
	url := storetest.New(t)
	for _, c := range []struct {
		off  time.Duration
		want string
	}{{0, ""}, {-30 * time.Second, stateWarn}, {2 * time.Minute, stateFail}} {
		e := examined(&database{url: url})
		e.now = func() time.Time { return time.Now().Add(c.off) }
		e.all(t.Context())
		if got := found(e, "clock"); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s apart: %q, want %q", c.off, got, c.want)
		}
	}
}

// A full disk is told of before it is one.
func TestDoctorOnThePrivateServer(t *testing.T) {
	dir := t.TempDir()
	db := &database{dataDir: dir}
	server, err := localpg.Start(t.Context(), localpg.Options{Dir: db.folder()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(context.Background()) })
	for _, c := range []struct {
		free int64
		want string
	}{{1 << 40, ""}, {leastRoom + 1, ""}, {100 << 20, stateFail + " 100MiB are free"}} {
		e := examined(db)
		e.room = func(string) (int64, error) { return c.free, nil }
		e.all(t.Context())
		if got := found(e, "disk"); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%d bytes free: %q, want %q", c.free, got, c.want)
		}
		if got := found(e, "database"); got != "" {
			t.Errorf("a server that runs: %q", got)
		}
		if got := found(e, "schema"); !strings.HasPrefix(got, "warn") || !strings.Contains(got, "crosscheck migrate") {
			t.Errorf("a database without tables: %q", got)
		}
	}
}

// A user of another's tables is told what it may not do.
func TestDoctorOnRights(t *testing.T) {
	address := storetest.New(t)
	name := fmt.Sprintf("guest_%d", time.Now().UnixNano())
	execute(t, address, "CREATE ROLE "+name+" LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO "+name)
	t.Cleanup(func() { execute(t, address, "DROP OWNED BY "+name+"; DROP ROLE "+name) })
	guest, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	guest.User = url.User(name)
	e := examined(&database{url: guest.String()})
	e.all(t.Context())
	if got := found(e, "rights"); !strings.HasPrefix(got, "fail this user may not read and write") || !strings.Contains(got, "GRANT") {
		t.Errorf("%q; all: %v", got, e.findings)
	}
}

// Views that their readers cannot read, and tables that they can, are told of;
// migrate gives the one back, and says what is left.
func TestDoctorOnReaders(t *testing.T) {
	address := storetest.New(t)
	command(t, "migrate", "--database-url", address)
	for _, c := range []struct{ make, want string }{
		{"", ""},
		{"REVOKE SELECT ON report.runs FROM crosscheck_reader", "warn crosscheck_reader may not read 1 view"},
		{"GRANT SELECT ON report.runs TO crosscheck_reader; GRANT SELECT ON account TO PUBLIC", "warn crosscheck_reader may read or write 1 table beside its views (account)"},
		{"REVOKE ALL ON account FROM PUBLIC; REVOKE SELECT ON report.runs FROM crosscheck_reader", "warn crosscheck_reader may not read 1 view"},
	} {
		if c.make != "" {
			execute(t, address, c.make)
		}
		e := examined(&database{url: address})
		e.all(t.Context())
		if got := found(e, "readers"); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("after %q: %q, want %q", c.make, got, c.want)
		}
	}
	command(t, "migrate", "--database-url", address)
	e := examined(&database{url: address})
	e.all(t.Context())
	if got := found(e, "readers"); got != "" {
		t.Errorf("after migrate: %q", got)
	}
	// Where the role is not there, an administrator is told what to say.
	if l := readersLack(schema.Readers{}); !strings.Contains(l.do, "CREATE ROLE crosscheck_reader NOLOGIN") || !strings.Contains(l.do, "crosscheck migrate") {
		t.Errorf("%+v", l)
	}
}

// A database that cannot hold every text, or that only reads, answers and will not do.
func TestDoctorOnDatabases(t *testing.T) {
	address := storetest.New(t)
	for i, c := range []struct{ make, then, want string }{
		{"ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'", "", "encoded in SQL_ASCII"},
		{"ENCODING 'UTF8'", "ALTER DATABASE %s SET default_transaction_read_only = on", "it only reads"},
		{"ENCODING 'UTF8'", "", ""},
	} {
		name := fmt.Sprintf("odd_%d_%d", i, time.Now().UnixNano())
		execute(t, address, "CREATE DATABASE "+name+" TEMPLATE template0 "+c.make)
		t.Cleanup(func() { execute(t, address, "DROP DATABASE "+name+" WITH (FORCE)") })
		if c.then != "" {
			execute(t, address, fmt.Sprintf(c.then, name))
		}
		at, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		at.Path = "/" + name
		e := examined(&database{url: at.String()})
		e.all(t.Context())
		if got := found(e, "database"); c.want == "" && got != "" || !strings.Contains(got, c.want) || c.want != "" && !strings.HasPrefix(got, stateFail) {
			t.Errorf("%s %s: %q, want %q", c.make, c.then, got, c.want)
		}
	}
}

// A run whose process died is told of, with what completes it.
func TestDoctorOnABrokenRun(t *testing.T) {
	address := storetest.New(t)
	execute(t, address, "INSERT INTO run (started, paths, worker) VALUES (now() - interval '1 hour', '{docs}', 'run-gone')")
	e := examined(&database{url: address})
	e.all(t.Context())
	if got := found(e, "runs"); !strings.HasPrefix(got, stateWarn) || !strings.Contains(got, "broken off") || !strings.Contains(got, "completes") {
		t.Errorf("%q", got)
	}
}

// execute runs statements.
func execute(t *testing.T, address, sql string) {
	t.Helper()
	ctx := context.Background() // also of a test that has ended
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
		t.Fatal(sql, err)
	}
}

// Nothing is made where nothing is.
func TestDoctorMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	e := examined(&database{dataDir: dir})
	e.all(t.Context())
	if len(e.findings) != 1 || e.findings[0].State != stateOK {
		t.Errorf("%v", e.findings)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("it made the folder")
	}
}
