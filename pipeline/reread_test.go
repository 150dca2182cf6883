package pipeline

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/store/storetest"
)

// sql changes a database behind the program's back.
func sql(t *testing.T, url, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// older makes the readings those of older rules, which saw no dead and took a
// thousand for a hundred.
const older = `
UPDATE reading SET rules = 'older', key = sha256(key);
DELETE FROM member; DELETE FROM conflict;
DELETE FROM appearance WHERE quote IN ('34', '12');
UPDATE version SET compared = true`

// twoStories is a folder with two documents that disagree, and a copy of one.
func twoStories(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "sources.yaml"), "sources:\n- file: a.txt\n  source: Gazette\n  title: The flood\n  published: 2019-05-04\n")
	write(t, filepath.Join(dir, "a.txt"), "In the flood at Lake Varn on 3 May 2019, 34 people were killed.\n")
	write(t, filepath.Join(dir, "b.txt"), "Lake Varn: 12 people were killed in the flood on 3 May 2019.\n")
	write(t, filepath.Join(dir, "copy", "b.txt"), "Lake Varn: 12 people were killed in the flood on 3 May 2019.\n")
	return dir
}

func TestReread(t *testing.T) {
	url := storetest.New(t)
	r := Runner{Store: openStore(t, url)}
	dir := twoStories(t)
	first := run(t, r, dir)
	if first.NewConflicts != 1 {
		t.Fatalf("the two do not disagree: %s", brief(first))
	}
	want := contents(t, url)
	if p, err := r.PreviewReread(t.Context(), ""); err != nil || p.Documents != 0 {
		t.Fatalf("nothing is stale: %+v, %v", p, err)
	}
	if s, err := r.Reread(t.Context(), ""); err != nil || s.Found != 0 {
		t.Fatalf("nothing is stale: %+v, %v", s, err)
	}
	sql(t, url, older)
	before := contents(t, url)

	p, err := r.PreviewReread(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	gained := ""
	for _, c := range p.Changed {
		gained += filepath.Base(c.Document) + " " + words(c.Claims)
	}
	if p.Documents != 3 || gained != "a.txt added 34\nb.txt added 12\nb.txt added 12\n" || len(p.Opened) != 1 || len(p.Closed) != 0 {
		t.Errorf("%d documents, %d opened, %d closed:\n%s", p.Documents, len(p.Opened), len(p.Closed), gained)
	}
	sameContents(t, contents(t, url), before)

	if p, err = r.PreviewReread(t.Context(), "Gazette"); err != nil || p.Documents != 1 {
		t.Errorf("of one source: %+v, %v", p, err)
	}
	sum, err := r.Reread(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if sum.Changed != 3 || sum.NewConflicts != 1 || len(sum.Sources) != 1 || sum.Sources[0].Name != Archive || sum.Sources[0].Fetched != 3 || sum.Sources[0].Extracted < 2 {
		t.Errorf("%s, %+v", brief(sum), sum.Sources)
	}
	after := contents(t, url)
	for _, what := range []string{"documents", "versions", "conflicts", "members"} {
		sameContents(t, map[string][]string{what: after[what]}, map[string][]string{what: want[what]})
	}
	if again := run(t, r, dir); again.Unchanged != 3 {
		t.Errorf("a run after it reads them once more: %s", brief(again))
	}
}

// What a preview would close is what reading again closes.
func TestPreviewClosed(t *testing.T) {
	url := storetest.New(t)
	r := Runner{Store: openStore(t, url)}
	dir := twoStories(t)
	run(t, r, dir)
	// Older rules took another number out of the words.
	sql(t, url, `UPDATE reading SET rules = 'older', key = sha256(key)`)
	write(t, filepath.Join(dir, "b.txt"), "Nothing.\n")
	sql(t, url, `UPDATE content SET bytes = 'Nothing.', size = 8 WHERE convert_from(bytes, 'UTF8') LIKE '%12 people%'`)
	p, err := r.PreviewReread(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Opened) != 0 || len(p.Closed) != 1 || !strings.Contains(p.Closed[0].Reason, "12") {
		t.Errorf("%d opened, %d closed", len(p.Opened), len(p.Closed))
	}
}

// A crew reads again behind its other work, once, and the ledger adds up.
func TestRereadBehind(t *testing.T) {
	url := storetest.New(t)
	r := Runner{Store: openStore(t, url)}
	dir := twoStories(t)
	run(t, r, dir)
	want := contents(t, url)
	sql(t, url, older)
	c := crew(t, url, Runner{})
	other := crew(t, url, Runner{})
	id, n, err := c.StartReread(t.Context())
	if err != nil || n != 3 {
		t.Fatalf("%d documents, %v", n, err)
	}
	if second, n, err := other.StartReread(t.Context()); err != nil || second != 0 && n == 3 {
		t.Errorf("begun twice: run %d, %d documents, %v", second, n, err)
	}
	line, sources, failed := ended(t, c.Store, id, 30*time.Second)
	if line.Changed != 3 || len(failed) != 0 || sources[0].Name != Archive {
		t.Errorf("%+v, %+v", line, sources)
	}
	after := contents(t, url)
	for _, what := range []string{"versions", "conflicts", "members"} {
		sameContents(t, map[string][]string{what: after[what]}, map[string][]string{what: want[what]})
	}
	if again, _, err := c.StartReread(t.Context()); err != nil || again != 0 {
		t.Errorf("begun again: run %d, %v", again, err)
	}
}
