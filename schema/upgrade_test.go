package schema_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/schema"
)

// before brings a database to the shape that it had before a migration, as a
// program of that time did.
func before(t *testing.T, conn *pgx.Conn, migration string) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), `CREATE TABLE migration (name text PRIMARY KEY, checksum text NOT NULL, applied timestamptz NOT NULL DEFAULT now())`); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".sql")
		if name >= migration {
			return
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		if _, err := conn.Exec(t.Context(), string(text)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := conn.Exec(t.Context(), `INSERT INTO migration (name, checksum) VALUES ($1, $2)`, name, hex.EncodeToString(sum[:])); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("there is no migration %s", migration)
}

// Conflicts that were found before there was a desk are at the desk as they were
// found, and nobody has touched them.
func TestConflictsOfOldComeToTheDesk(t *testing.T) {
	conn := connect(t, empty(t))
	before(t, conn, "0014_desk")
	if _, err := conn.Exec(t.Context(), `
INSERT INTO conflict (kind, status, severity, question, reason, rungs, origins, digest, first_seen, last_seen, closed)
SELECT 'number', status, 0.8, 'how many', 'they differ', '{}', 2, sha256(''), '2024-05-01', '2024-05-02', closed
FROM (VALUES (1, 'open', NULL), (2, 'superseded', NULL), (3, 'explained', NULL), (4, 'open', timestamptz '2024-05-02')) AS c (n, status, closed)
ORDER BY n`); err != nil {
		t.Fatal(err)
	}
	if _, err := schema.Migrate(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	rows, err := conn.Query(t.Context(), `
SELECT concat_ws(' ', c.status, c.found, q.box, (SELECT count(*) FROM review), (SELECT count(*) FROM act))
FROM conflict c JOIN queue q ON q.conflict = c.id ORDER BY c.id`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	want := "open open waiting 0 0, superseded superseded superseded 0 0, explained explained explained 0 0, open open gone 0 0"
	if err != nil || strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s, %v", strings.Join(got, ", "), want, err)
	}
}
