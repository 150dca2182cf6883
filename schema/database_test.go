package schema_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/schema"
	"crosscheck/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// empty returns a database without tables.
func empty(t *testing.T) string {
	t.Helper()
	url := storetest.New(t)
	if _, err := storetest.Connect(t, url).Exec(t.Context(), `DROP SCHEMA public, report CASCADE; CREATE SCHEMA public`); err != nil {
		t.Fatal(err)
	}
	return url
}

func TestMigrateTwice(t *testing.T) {
	conn := storetest.Connect(t, empty(t))
	first, err := schema.Migrate(t.Context(), conn)
	if err != nil {
		t.Fatal(err)
	}
	if len(first) < 4 || first[0] != "0001_documents" {
		t.Errorf("applied %q", first)
	}
	second, err := schema.Migrate(t.Context(), conn)
	if err != nil || len(second) != 0 {
		t.Errorf("the second time applied %q, error %v", second, err)
	}
}

func TestMigrateTogether(t *testing.T) {
	url := empty(t)
	var group sync.WaitGroup
	applied := make([]int, 6)
	for i := range applied {
		conn := storetest.Connect(t, url)
		group.Go(func() {
			steps, err := schema.Migrate(t.Context(), conn)
			if err != nil {
				t.Error(err)
			}
			applied[i] = len(steps)
		})
	}
	group.Wait()
	all := 0
	for _, n := range applied {
		all += n
	}
	var stored int
	if err := storetest.Connect(t, url).QueryRow(t.Context(), `SELECT count(*) FROM migration`).Scan(&stored); err != nil {
		t.Fatal(err)
	}
	if all != stored || all == 0 {
		t.Errorf("%d migrations applied by six programs, %d recorded", all, stored)
	}
}

func TestMigrateRefusesAnotherShape(t *testing.T) {
	for name, test := range map[string]struct{ sql, want string }{
		"changed": {`UPDATE migration SET checksum = 'x' WHERE name = '0002_claims'`, "migration 0002_claims was applied to this database in another wording"},
		"newer":   {`INSERT INTO migration (name, checksum) VALUES ('9999_later', 'x')`, "the database is newer than this program: it holds migration 9999_later"},
	} {
		t.Run(name, func(t *testing.T) {
			conn := storetest.Connect(t, storetest.New(t))
			if _, err := conn.Exec(t.Context(), test.sql); err != nil {
				t.Fatal(err)
			}
			if _, err := schema.Migrate(t.Context(), conn); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q", err, test.want)
			}
		})
	}
}

// A migration that fails leaves nothing behind, and those before it stay.
func TestMigrateStopsAtAFailure(t *testing.T) {
	conn := storetest.Connect(t, empty(t))
	if _, err := conn.Exec(t.Context(), `CREATE TABLE appearance (in_the_way int)`); err != nil {
		t.Fatal(err)
	}
	applied, err := schema.Migrate(t.Context(), conn)
	if err == nil || !strings.Contains(err.Error(), "migration 0002_claims") {
		t.Fatalf("error %v, want one that names the migration", err)
	}
	if len(applied) != 1 {
		t.Errorf("applied %q before it", applied)
	}
	if _, err := conn.Exec(t.Context(), `DROP TABLE appearance`); err != nil {
		t.Fatal(err)
	}
	if applied, err = schema.Migrate(t.Context(), conn); err != nil || applied[0] != "0002_claims" {
		t.Errorf("then applied %q, error %v", applied, err)
	}
}

// Editors read the database itself: everything in it says what it is.
func TestEverythingHasAComment(t *testing.T) {
	conn := storetest.Connect(t, storetest.New(t))
	rows, err := conn.Query(t.Context(), `
SELECT c.oid::regclass || coalesce('.' || a.attname, '')
FROM pg_class c
CROSS JOIN LATERAL (SELECT 0 AS attnum, NULL AS attname UNION ALL
                    SELECT attnum, attname FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a
WHERE c.relkind IN ('r', 'v') AND c.relnamespace IN ('public'::regnamespace, 'report'::regnamespace)
  AND coalesce(CASE WHEN a.attnum = 0 THEN obj_description(c.oid, 'pg_class') ELSE col_description(c.oid, a.attnum) END, '') = ''`)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if len(bare) > 0 {
		t.Errorf("no comment on %s", strings.Join(bare, ", "))
	}
}
