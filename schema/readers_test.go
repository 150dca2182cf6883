package schema_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"crosscheck/localpg"
	"crosscheck/schema"
	"crosscheck/store/storetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// as is an address with another user, and another database unless that is "".
func as(t *testing.T, address, user, database string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(user)
	if database != "" {
		u.Path = "/" + database
	}
	return u.String()
}

// execute runs statements.
func execute(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.PgConn().Exec(context.Background(), sql).ReadAll(); err != nil { // also of a test that has ended
		t.Fatal(sql, err)
	}
}

func texts(t *testing.T, conn *pgx.Conn, sql string) []string {
	t.Helper()
	rows, err := conn.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(sql, err)
	}
	return all
}

// editor makes a member of the reading role and connects by its name.
func editor(t *testing.T, address string) (reader, owner *pgx.Conn) {
	t.Helper()
	owner = storetest.Connect(t, address)
	// A copy of a database has not the rights on the database that it is a copy of.
	if err := schema.AdmitReaders(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("editor_%d", time.Now().UnixNano())
	execute(t, owner, "CREATE ROLE "+name+" LOGIN IN ROLE "+schema.Reader)
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), address)
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close(context.Background())
		execute(t, conn, "DROP OWNED BY "+name+"; DROP ROLE "+name)
	})
	return storetest.Connect(t, as(t, address, name, "")), owner
}

// denied reports whether an error is the server's refusal for want of rights.
func denied(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) && refusal.Code == "42501"
}

// unfit reports whether what was asked cannot be done to a thing of this kind, by anybody.
func unfit(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) && (refusal.Code == "55000" || refusal.Code == "42809")
}

func TestReadersReadTheViewsAndNothingElse(t *testing.T) {
	reader, owner := editor(t, storetest.New(t))
	views := texts(t, owner, `SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'report'::regnamespace AND relkind = 'v'`)
	for _, view := range views {
		if _, err := reader.Exec(t.Context(), "SELECT * FROM "+view); err != nil {
			t.Errorf("%s: %v", view, err)
		}
		for _, sql := range []string{"DELETE FROM " + view, "INSERT INTO " + view + " DEFAULT VALUES", "TRUNCATE " + view, "DROP VIEW " + view, "COMMENT ON VIEW " + view + " IS ''"} {
			if _, err := reader.Exec(t.Context(), sql); err == nil {
				t.Errorf("%s: it did", sql)
			}
		}
	}
	if len(views) < 12 {
		t.Errorf("only %q", views)
	}

	others := texts(t, owner, `
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('report', 'pg_catalog', 'information_schema', 'pg_toast')`)
	for _, table := range others {
		for _, sql := range []string{"SELECT count(*) FROM " + table, "INSERT INTO " + table + " DEFAULT VALUES", "DELETE FROM " + table, "TRUNCATE " + table} {
			if _, err := reader.Exec(t.Context(), sql); !denied(err) && !unfit(err) {
				t.Errorf("%s: error %v", sql, err)
			}
		}
	}
	if len(others) < 30 {
		t.Errorf("only %q", others)
	}

	for _, sequence := range texts(t, owner, `SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind = 'S'`) {
		if _, err := reader.Exec(t.Context(), "SELECT nextval('"+sequence+"')"); !denied(err) {
			t.Errorf("sequence %s: error %v", sequence, err)
		}
	}
	for _, sql := range []string{
		"CREATE TEMPORARY TABLE t (n int)", "CREATE TABLE public.t (n int)", "CREATE TABLE report.t (n int)", "CREATE SCHEMA mine", "CREATE VIEW report.v AS SELECT 1",
		"CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE ROLE another", "SET ROLE postgres", "COPY (SELECT 1) TO PROGRAM 'true'", "SELECT pg_read_file('PG_VERSION')",
		"ALTER ROLE " + schema.Reader + " SUPERUSER", "GRANT SELECT ON report.claims TO PUBLIC", "SELECT lo_import('/etc/passwd')", "CREATE EXTENSION dblink", "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
	} {
		if tag, err := reader.Exec(t.Context(), sql); err == nil && tag.String() != "GRANT" { // which grants nothing, and warns
			t.Errorf("%s: it did", sql)
		}
	}

	right, err := schema.ReadersOf(t.Context(), owner)
	if err != nil || !right.Right() {
		t.Errorf("%+v, error %v", right, err)
	}
}

// Views go by their owner's rights, functions by their caller's: one that goes by
// its owner's would be a door.
func TestNoFunctionHasItsOwnersRights(t *testing.T) {
	doors := texts(t, storetest.Connect(t, storetest.New(t)), `
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')`)
	if len(doors) > 0 {
		t.Errorf("%q", doors)
	}
}

// Others under whose names crosscheck stores go on with temporary tables, which
// storing needs.
func TestWhoStoresKeepsTemporaryTables(t *testing.T) {
	address := storetest.New(t)
	owner := storetest.Connect(t, address)
	keeper, guest := fmt.Sprintf("keeper_%d", time.Now().UnixNano()), fmt.Sprintf("guest_%d", time.Now().UnixNano())
	execute(t, owner, "CREATE ROLE "+keeper+" LOGIN; CREATE ROLE "+guest+" LOGIN; GRANT INSERT ON claim TO "+keeper+"; GRANT SELECT ON claim TO "+guest)
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), address)
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close(context.Background())
		execute(t, conn, "DROP OWNED BY "+keeper+", "+guest+"; DROP ROLE "+keeper+", "+guest)
	})
	if err := schema.AdmitReaders(t.Context(), owner); err != nil {
		t.Fatal(err)
	}
	if _, err := storetest.Connect(t, as(t, address, keeper, "")).Exec(t.Context(), "CREATE TEMPORARY TABLE t (n int)"); err != nil {
		t.Error(err)
	}
	if _, err := storetest.Connect(t, as(t, address, guest, "")).Exec(t.Context(), "CREATE TEMPORARY TABLE t (n int)"); !denied(err) {
		t.Errorf("whoever reads: error %v", err)
	}
}

// What is told of rights is what they are.
func TestReadersOf(t *testing.T) {
	conn := storetest.Connect(t, storetest.New(t))
	if err := schema.AdmitReaders(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		sql  string
		want schema.Readers
	}{
		{"", schema.Readers{Role: true}},
		{"GRANT SELECT ON run TO PUBLIC; GRANT DELETE ON report.runs TO " + schema.Reader, schema.Readers{Role: true, Beyond: []string{"report.runs", "run"}}},
		{"REVOKE SELECT ON run FROM PUBLIC; REVOKE ALL ON report.runs FROM " + schema.Reader, schema.Readers{Role: true, Closed: 1}},
		{"DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$", schema.Readers{Role: true, Closed: 1, Temporary: true}},
	} {
		execute(t, conn, step.sql)
		got, err := schema.ReadersOf(t.Context(), conn)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(step.want) {
			t.Errorf("after %q: %+v, want %+v (%v)", step.sql, got, step.want, err)
		}
	}
	if err := schema.AdmitReaders(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	if got, err := schema.ReadersOf(t.Context(), conn); err != nil || !got.Right() {
		t.Errorf("%+v, error %v", got, err)
	}
}

// The role belongs to the server and not to a database: several databases make it
// together, and one whose user may not make it goes on without.
func TestReadersOfSeveralDatabases(t *testing.T) {
	server, err := localpg.Start(t.Context(), localpg.Options{Dir: filepath.Join(t.TempDir(), "pg"), Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	admin := storetest.Connect(t, server.DatabaseURL("postgres"))
	execute(t, admin, "CREATE ROLE plain LOGIN")
	var group sync.WaitGroup
	for _, name := range []string{"one", "two", "three"} {
		execute(t, admin, "CREATE DATABASE "+name)
		conn := storetest.Connect(t, server.DatabaseURL(name))
		group.Go(func() {
			if _, err := schema.Migrate(t.Context(), conn); err != nil {
				t.Error(name, err)
			}
			if got, err := schema.ReadersOf(t.Context(), conn); err != nil || !got.Right() {
				t.Errorf("%s: %+v, error %v", name, got, err)
			}
		})
	}
	group.Wait()
	for _, name := range []string{"one", "two", "three"} {
		execute(t, storetest.Connect(t, server.DatabaseURL(name)), "DROP OWNED BY "+schema.Reader)
	}
	execute(t, admin, "DROP ROLE "+schema.Reader)

	execute(t, admin, "CREATE DATABASE four OWNER plain")
	plain := storetest.Connect(t, as(t, server.URL(), "plain", "four"))
	if applied, err := schema.Migrate(t.Context(), plain); err != nil || len(applied) == 0 {
		t.Fatalf("applied %q, error %v", applied, err)
	}
	if got, err := schema.ReadersOf(t.Context(), plain); err != nil || got.Role || got.Temporary {
		t.Errorf("without the role: %+v, error %v", got, err)
	}
	execute(t, admin, "CREATE ROLE "+schema.Reader+" NOLOGIN")
	if err := schema.AdmitReaders(t.Context(), plain); err != nil {
		t.Fatal(err)
	}
	if got, err := schema.ReadersOf(t.Context(), plain); err != nil || !got.Right() {
		t.Errorf("with the role: %+v, error %v", got, err)
	}
}

// What editors have written goes by these columns.
func TestColumnsOfTheViewsStay(t *testing.T) {
	lines := texts(t, storetest.Connect(t, storetest.New(t)), `
SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'report'::regnamespace AND c.relkind = 'v'
ORDER BY c.relname, a.attnum`)
	golden := filepath.Join("testdata", "report.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	is := make(map[string]bool)
	for _, line := range lines {
		is[line] = true
		switch _, kind, _ := strings.Cut(line, " "); kind {
		case "text", "bigint", "integer", "numeric", "boolean", "date", "timestamp with time zone":
		default:
			t.Errorf("%s: a type that spreadsheets do not take", line)
		}
	}
	was := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range was {
		if !is[line] {
			t.Errorf("%s is gone: that breaks editors' queries. Views get new columns; they lose none", line)
		}
	}
	if len(was) != len(lines) && !t.Failed() {
		t.Errorf("%d columns are new; -update notes that they stay", len(lines)-len(was))
	}
}
