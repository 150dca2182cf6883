package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/schema"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// A database of the version before schedules, with a document in two versions, is
// brought up to date, and nothing in it is lost: quotes still stand, what changed
// is told, and what older rules read is read again.
func TestUpgrade(t *testing.T) {
	url := storetest.New(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA river CASCADE; DROP SCHEMA report CASCADE;
CREATE TABLE migration (name text PRIMARY KEY, checksum text NOT NULL, applied timestamptz NOT NULL DEFAULT now())`)
	files, err := filepath.Glob("../schema/migrations/000[1-6]_*.sql")
	if err != nil || len(files) != 6 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		exec(string(text))
		exec(`INSERT INTO migration (name, checksum) VALUES ($1, $2)`, strings.TrimSuffix(filepath.Base(f), ".sql"), hex.EncodeToString(sum[:]))
	}

	page := write(t, filepath.Join(t.TempDir(), "page.md"), strings.Replace(aidBefore, "34 people", "43 people", 1))
	at, err := resolve(page)
	if err != nil {
		t.Fatal(err)
	}
	exec(`INSERT INTO source (name) VALUES ('Gazette')`)
	exec(`INSERT INTO document (address, given, source, title) VALUES ($1, $1, 1, 'Aid to Northland')`, at)
	for i, text := range []string{aidBefore, strings.Replace(aidBefore, "34 people", "43 people", 1)} {
		sum := sha256.Sum256([]byte(text))
		key := sha256.Sum256(sum[:])
		day := time.Date(2024, 5, 1+i, 2, 30, 0, 0, time.UTC)
		exec(`INSERT INTO content VALUES ($1, $2, $3)`, sum[:], []byte(text), len(text))
		exec(`INSERT INTO reading (key, sha256, hint, format, reader, rules, title, text) VALUES ($1, $2, '.md', 'markdown', 'markdown/1', $4, 'Aid to Northland', $3)`, key[:], sum[:], text, []string{"oldest", "older"}[i])
		exec(`INSERT INTO sentence VALUES ($1, 0, 0, $2, 'heading', $3)`, i+1, len("# Aid to Northland"), "# Aid to Northland")
		exec(`INSERT INTO version (document, sha256, reading, current, first_seen, last_seen) VALUES (1, $1, $2, $3, $4, $4)`, sum[:], i+1, i == 1, day)
	}
	exec(`INSERT INTO run (started, finished, paths, found) VALUES ('2024-05-02', '2024-05-02', '{docs}', 1)`)

	applied, err := schema.Migrate(t.Context(), conn)
	if err != nil || len(applied) < 5 || applied[0] != "0007_schedules" {
		t.Fatalf("applied %q, %v", applied, err)
	}
	r := Runner{Store: openStore(t, url)}
	v, err := r.Store.Verify(t.Context(), func(b store.Broken) { t.Error(b) })
	if err != nil || v.Contents != 2 || v.Sentences != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	if line, _, _, ok, err := r.Store.FindRun(t.Context(), 1); err != nil || !ok || line.Stage != "finished" || line.Found != 1 {
		t.Errorf("the run that it knew: %+v, %v", line, err)
	}
	all := changesSince(t, &r, time.Time{})
	if len(all) != 1 || words(all[0].Claims) != "value: 34 became 43\n" || all[0].Noticed.UTC().Day() != 2 {
		t.Errorf("what changed before: %v", all)
	}
	sum, err := r.Reread(t.Context(), "")
	if err != nil || sum.Changed != 1 || sum.Claims == 0 {
		t.Errorf("read again: %s, %v", brief(sum), err)
	}
	if _, err := r.Store.Verify(t.Context(), func(b store.Broken) { t.Error(b) }); err != nil {
		t.Error(err)
	}
	if again := run(t, r, page); again.Found != 1 || len(again.Failed) != 0 {
		t.Errorf("a run after it: %s", brief(again))
	}
}
