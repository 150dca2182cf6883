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
	"crosscheck/store/storetest"
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
	conn := storetest.Connect(t, empty(t))
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

// Claims that went by their digests go by numbers, and whoever asks the views is told
// the same as before.
func TestClaimsOfOldAreNumbered(t *testing.T) {
	conn := storetest.Connect(t, empty(t))
	before(t, conn, "0024_claim_numbers")
	if _, err := conn.Exec(t.Context(), `
INSERT INTO source (name) VALUES ('Gazette');
INSERT INTO document (address, given, source) VALUES ('/a.md', 'a.md', 1);
INSERT INTO content (sha256, bytes, size) VALUES (sha256('old'), 'old', 3), (sha256('new'), 'new', 3);
INSERT INTO reading (key, sha256, text) VALUES (sha256('1'), sha256('old'), 'old'), (sha256('2'), sha256('new'), 'new');
INSERT INTO version (document, sha256, reading, current, first_seen, last_seen)
VALUES (1, sha256('old'), 1, false, '2024-05-01', '2024-05-01'), (1, sha256('new'), 2, true, '2024-05-02', '2024-05-02');
INSERT INTO edit (document, old, new, noticed) VALUES (1, 1, 2, '2024-05-02');
INSERT INTO sentence (reading, n, start_byte, end_byte, role, text) VALUES (1, 0, 0, 3, 'paragraph', 'old'), (2, 0, 0, 3, 'paragraph', 'new');
INSERT INTO claim (id, kind, subject, attribute, number, low, high, unit, scope, polarity, first_seen)
SELECT sha256(n::text::bytea), 'number', 'Mill', 'looms', n, n, n, 'loom', '{}', 'affirmed', '2024-05-01' FROM generate_series(1, 4) AS n;
INSERT INTO appearance (reading, sentence, claim, start_byte, end_byte, quote, entities, attribution, modality, rule)
SELECT reading, 0, sha256(n::text::bytea), n, n + 1, n::text, '{Mill}', '', 'asserted', 'count@1' FROM (VALUES (1, 1), (1, 3), (2, 3), (2, 2)) AS said (reading, n);
INSERT INTO conflict (kind, status, found, severity, question, reason, rungs, origins, digest, first_seen, last_seen) VALUES ('number', 'open', 'open', 0.8, 'how many', 'they differ', '{}', 2, sha256(''), '2024-05-02', '2024-05-02');
INSERT INTO member (conflict, n, version, appearance) SELECT 1, id, reading, id FROM appearance`); err != nil {
		t.Fatal(err)
	}
	const told = `
SELECT string_agg(row, E'\n' ORDER BY row) FROM (
    SELECT c::text FROM report.claims c UNION ALL SELECT a::text FROM report.appearances a UNION ALL SELECT p::text FROM report.places p
    UNION ALL SELECT q::text FROM report.quiet_edits q UNION ALL SELECT d::text FROM report.documents d UNION ALL SELECT s::text FROM report.sources s) AS t (row)`
	tell := func() (rows string) {
		t.Helper()
		if err := conn.QueryRow(t.Context(), told).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	was := tell()
	if _, err := schema.Migrate(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	var astray int
	if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM appearance a JOIN sentence s ON s.reading = a.reading AND s.n = a.sentence
WHERE (a.sentence_start, a.sentence_end) <> (s.start_byte, s.end_byte)`).Scan(&astray); err != nil || astray != 0 {
		t.Errorf("%d appearances do not know where their sentence stands, %v", astray, err)
	}
	if is := tell(); is != was || strings.Count(was, "\n") != 4+4+4+2+1+1-1 {
		t.Errorf("views told\n%s\nand now\n%s", was, is)
	}
}
