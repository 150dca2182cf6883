package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

func TestMain(m *testing.M) {
	if runAsChild() || workAsChild() {
		return
	}
	os.Exit(storetest.Main(m))
}

func openStore(t *testing.T, url string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func run(t *testing.T, r Runner, paths ...string) *Summary {
	t.Helper()
	sum, err := r.Run(t.Context(), paths)
	if err != nil {
		t.Fatal(err)
	}
	if n := sum.Added + sum.Changed + sum.Unchanged + len(sum.Failed); n != sum.Found {
		t.Errorf("%d accounted for: %s", n, brief(sum))
	}
	return sum
}

// brief is a summary in a line.
func brief(s *Summary) string {
	return fmt.Sprintf("%d found, %d added, %d changed, %d unchanged, %d copies, failed %q, warnings %q, %d sentences, %d claims (%d new), %d appearances, %d conflicts (%d new, %d closed)",
		s.Found, s.Added, s.Changed, s.Unchanged, s.Copies, s.Failed, s.Warnings, s.Sentences, s.Claims, s.NewClaims, s.Appearances,
		len(s.Conflicts), s.NewConflicts, s.ClosedConflicts)
}

// contents is all that a database holds, in words that do not depend on the
// order in which it came there or on when that was.
func contents(t *testing.T, url string) map[string][]string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	all := make(map[string][]string)
	for what, sql := range map[string]string{
		"documents": `SELECT d.address || s.name || d.title || coalesce(d.published::text, '') FROM document d JOIN source s ON s.id = d.source`,
		"content":   `SELECT encode(sha256, 'hex') FROM content`,
		"versions":  `SELECT d.address || encode(v.sha256, 'hex') || v.current || encode(r.key, 'hex') FROM version v JOIN document d ON d.id = v.document JOIN reading r ON r.id = v.reading`,
		"readings":  `SELECT encode(key, 'hex') || coalesce(text, '') || coalesce(failure, '') FROM reading`,
		"sentences": `SELECT encode(r.key, 'hex') || s.n || s.start_byte || s.text FROM sentence s JOIN reading r ON r.id = s.reading`,
		"claims":    `SELECT encode(hash, 'hex') FROM claim`,
		"places":    `SELECT encode(r.key, 'hex') || a.start_byte || a.end_byte || a.quote || encode(c.hash, 'hex') || a.entities::text FROM appearance a JOIN reading r ON r.id = a.reading JOIN claim c ON c.id = a.claim`,
		"conflicts": `SELECT kind || status || severity || question || reason || origins || (closed IS NULL) FROM conflict`,
		"members":   `SELECT c.question || coalesce(m.position, -1) || d.address || a.start_byte || a.quote FROM member m JOIN conflict c ON c.id = m.conflict JOIN version v ON v.id = m.version JOIN document d ON d.id = v.document JOIN appearance a ON a.id = m.appearance`,
	} {
		rows, err := conn.Query(t.Context(), `SELECT w FROM (`+sql+`) AS x (w) ORDER BY w`)
		if err != nil {
			t.Fatal(err)
		}
		if all[what], err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
			t.Fatal(what, err)
		}
	}
	return all
}

func sameContents(t *testing.T, got, want map[string][]string) {
	t.Helper()
	for what := range want {
		if !reflect.DeepEqual(got[what], want[what]) {
			t.Errorf("%s: %d and %d, which differ", what, len(got[what]), len(want[what]))
		}
	}
}

// mixed is a folder with every sort of document, good and bad.
func mixed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for path, text := range map[string]string{
		"a.txt":      fireA,
		"b.md":       "# Port Ellis\n\n" + fireB,
		"copy/a.txt": fireA,
		"page.html":  "<!doctype html><html><head><title>Fair</title></head><body><article><p>In all, 5,120 people attended the Port Ellis fair in 2023.</p></article></body></html>",
		"bytes.txt":  "The caf\xe9 was \xff closed. 7 people were killed in the flood of 2019 at Lake Varn.\n",
		"empty.txt":  "",
		"a.pdf":      "%PDF-1.4\n\x00\x01\x02",
		"noise.bin":  strings.Repeat("\x00\x01\x02\x03\x04", 100),
		"quotes.txt": strings.Repeat(`"`, 100_000),
		"dots.txt":   strings.Repeat(".", 100_000),
		"nul.txt":    "Twelve\x00 people were killed in the flood at Lake Varn.\n",
		"es.txt":     strings.Repeat("El puerto fue cerrado ayer por la tarde porque la tormenta era muy fuerte y los barcos no podían salir. ", 5),
	} {
		write(t, filepath.Join(dir, path), text)
	}
	large := write(t, filepath.Join(dir, "large.txt"), "")
	if err := os.Truncate(large, 200<<20); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("..", filepath.Join(dir, "copy/loop")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestRunTwiceAddsNothing(t *testing.T) {
	url := storetest.New(t)
	r := Runner{Store: openStore(t, url)}
	dir := mixed(t)

	first := run(t, r, dir)
	failed := make(map[string]string)
	for _, f := range first.Failed {
		rel, _ := filepath.Rel(dir, f.Path)
		failed[rel] = f.Reason
	}
	for path, reason := range map[string]string{
		"empty.txt": "empty", "a.pdf": "PDF", "noise.bin": "no text", "es.txt": "Spanish text: only English is read",
		"large.txt": "over the limit of 16 MiB", "copy/loop": "leads back",
	} {
		if !strings.Contains(failed[path], reason) {
			t.Errorf("%s failed with %q, want %q", path, failed[path], reason)
		}
	}
	if len(failed) != 6 || first.Added != 8 || first.Copies != 1 || first.Claims == 0 || first.NewClaims != first.Claims {
		t.Errorf("first run: %s", brief(first))
	}
	if len(first.Conflicts) != 1 || first.NewConflicts != 1 || len(first.Conflicts[0].Positions) != 2 {
		t.Errorf("first run: conflicts %+v", first.Conflicts)
	}
	if len(first.Warnings) == 0 || !strings.Contains(first.Warnings[len(first.Warnings)-1].Path, "nul.txt") {
		t.Errorf("first run: warnings %+v", first.Warnings)
	}

	before := contents(t, url)
	second := run(t, r, dir)
	if second.Added != 0 || second.Changed != 0 || second.Unchanged != 8 || second.NewClaims != 0 || second.NewConflicts != 0 || second.ClosedConflicts != 0 {
		t.Errorf("second run: %s", brief(second))
	}
	if !reflect.DeepEqual(second.Failed, first.Failed) || !reflect.DeepEqual(second.Conflicts, first.Conflicts) ||
		second.Claims != first.Claims || second.Copies != first.Copies || second.Bytes != first.Bytes {
		t.Errorf("the runs tell different things:\n%s\n%s", brief(first), brief(second))
	}
	sameContents(t, contents(t, url), before)
	if second.Elapsed > 5*time.Second {
		t.Errorf("the second run took %s", second.Elapsed)
	}
}

func TestRunReadsNothingTwice(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), fireA)
	reads := 0
	r := Runner{Store: openStore(t, storetest.New(t)), Workers: 1}
	r.Loader.broken = func(context.Context, File) error { reads++; return nil }
	run(t, r, dir)
	run(t, r, dir)
	write(t, filepath.Join(dir, "b.txt"), fireA) // a copy
	if sum := run(t, r, dir); sum.Added != 1 || sum.Copies != 1 || sum.NewClaims != 0 {
		t.Errorf("with a copy: %s", brief(sum))
	}
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
	write(t, filepath.Join(dir, "b.md"), fireA) // the ending is a hint: another format may come out
	run(t, r, dir)
	if reads != 2 {
		t.Errorf("with another ending read %d times in all", reads)
	}
}

func TestRunDoesNotDependOnOrder(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i := range 40 {
		paths = append(paths, write(t, filepath.Join(dir, fmt.Sprintf("%02d.txt", i)),
			fmt.Sprintf("Fire at Port Ellis\n\n%d people were killed in the fire at the Port Ellis mill on 3 March 2024. In all, %d people attended the fair at Varn.\n", 30+i%3, 7000+i)))
	}
	one, many := storetest.New(t), storetest.New(t)
	run(t, Runner{Store: openStore(t, one), Workers: 1}, dir)
	r := Runner{Store: openStore(t, many), Workers: 8}
	for i := len(paths); i > 0; i -= 10 { // night by night, from the end
		run(t, r, paths[i-10:i]...)
	}
	sameContents(t, contents(t, many), contents(t, one))
}

func TestRunKeepsVersions(t *testing.T) {
	dir := t.TempDir()
	path := write(t, filepath.Join(dir, "a.txt"), fireA)
	write(t, filepath.Join(dir, "b.txt"), fireB)
	s := openStore(t, storetest.New(t))
	r := Runner{Store: s}
	run(t, r, dir)
	write(t, path, strings.ReplaceAll(fireA, "34", "11")) // corrected
	sum := run(t, r, dir)
	if sum.Changed != 1 || sum.Unchanged != 1 || len(sum.Conflicts) != 0 || sum.ClosedConflicts != 1 {
		t.Errorf("after a correction: %s", brief(sum))
	}
	write(t, path, fireA)
	if sum := run(t, r, dir); sum.Changed != 1 || len(sum.Conflicts) != 1 || sum.ReopenedConflicts != 1 || sum.NewClaims != 0 {
		t.Errorf("back again: %s", brief(sum))
	}

	write(t, filepath.Join(dir, sourcesName), "sources:\n  - {file: a.txt, source: Harbour Gazette, published: 2024-03-04}\n")
	if sum := run(t, r, dir); sum.Changed != 1 {
		t.Errorf("with a sources file: %s", brief(sum))
	}
	claims, err := s.Claims(t.Context(), store.ClaimFilter{Text: "34 people"})
	if err != nil {
		t.Fatal(err)
	}
	if len(claims) == 0 || claims[0].Appearances[0].Said != claim.DayOf(2024, 3, 4) {
		t.Errorf("the day of publication did not reach the claims: %+v", claims)
	}
}

func TestABadDocumentStopsNothing(t *testing.T) {
	dir := t.TempDir()
	for i := range 6 {
		write(t, filepath.Join(dir, fmt.Sprintf("%d.txt", i)), fmt.Sprintf("%d people were killed in the flood at Lake Varn.\n", 10+i))
	}
	url := storetest.New(t)
	r := Runner{Store: openStore(t, url)}
	r.Loader.Timeout = 100 * time.Millisecond
	r.Loader.broken = func(_ context.Context, f File) error {
		switch filepath.Base(f.Path) {
		case "1.txt":
			panic("no such word")
		case "3.txt":
			select {}
		}
		return nil
	}
	sum := run(t, r, dir)
	if sum.Added != 4 || len(sum.Failed) != 2 ||
		!strings.Contains(sum.Failed[0].Reason, "no such word") || !strings.Contains(sum.Failed[1].Reason, "longer than 100ms") {
		t.Errorf("got %s", brief(sum))
	}
	// The panic is a property of the bytes and is remembered; the time a reader
	// takes is one of the machine, and is tried again.
	r.Loader = Loader{}
	if sum := run(t, r, dir); sum.Added != 1 || sum.Unchanged != 4 || len(sum.Failed) != 1 || !strings.Contains(sum.Failed[0].Reason, "no such word") {
		t.Errorf("the second time: %s", brief(sum))
	}
}

func TestStrangePaths(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "caf\xe9.txt"), fireA)
	write(t, filepath.Join(dir, "caf\xea.txt"), fireB)
	write(t, filepath.Join(dir, "new\nline 'quote' %s;--.txt"), fireB)
	r := Runner{Store: openStore(t, storetest.New(t))}
	if sum := run(t, r, dir); sum.Added != 3 {
		t.Errorf("got %s", brief(sum))
	}
	if sum := run(t, r, dir); sum.Unchanged != 3 {
		t.Errorf("the second time: %s", brief(sum))
	}
}

func TestLedger(t *testing.T) {
	dir := mixed(t)
	url := storetest.New(t)
	at := time.Date(2024, 5, 1, 2, 0, 0, 0, time.UTC)
	r := Runner{Store: openStore(t, url), Now: func() time.Time { at = at.Add(time.Second); return at }, Workers: 1}
	sum := run(t, r, dir)
	runs, err := r.Store.Runs(t.Context(), 0)
	if err != nil || len(runs) != 1 {
		t.Fatal(len(runs), err)
	}
	line, sources, failures, _, err := r.Store.FindRun(t.Context(), runs[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	want := store.Run{
		Found: 14, Added: sum.Added, Changed: sum.Changed, Unchanged: sum.Unchanged, Copies: sum.Copies, Failed: 6,
		Sentences: sum.Sentences, Claims: sum.Claims, NewClaims: sum.NewClaims, Appearances: sum.Appearances,
		Conflicts: sum.OpenConflicts, NewConflicts: sum.NewConflicts, Bytes: sum.Bytes,
	}
	if line.Run != want || !line.Finished.After(line.Started) || line.Stage != "finished" {
		t.Errorf("got %+v, want %+v", line, want)
	}
	if len(sources) != 1 || sources[0].Name != dir || sources[0].Expected != 14 || sources[0].Failed != 6 || sources[0].Fetched != 8 ||
		sources[0].Claims == 0 || sources[0].Opened != sum.NewConflicts || sources[0].Quiet != 0 {
		t.Errorf("got %+v", sources)
	}
	if len(failures) != 6 {
		t.Errorf("got %+v", failures)
	}
}

func TestRunTellsItsProgress(t *testing.T) {
	dir := mixed(t)
	var events []Event
	r := Runner{Store: openStore(t, storetest.New(t)), Progress: func(e Event) { events = append(events, e) }}
	sum := run(t, r, dir)
	files := sum.Found - 1 // the link loop is no file
	if len(events) != files+1 {
		t.Fatalf("%d events for %d files", len(events), files)
	}
	for i, e := range events[:files] {
		if e.Stage != Reading || e.Done != i+1 || e.Total != files || e.Path == "" {
			t.Errorf("event %d: %+v", i, e)
		}
	}
	if last := events[files]; last.Stage != Comparing || last.Bytes != sum.Bytes {
		t.Errorf("at the end: %+v", last)
	}
}

func TestRunStopped(t *testing.T) {
	dir := many(t, 60)
	url := storetest.New(t)
	s := openStore(t, url)
	ctx, cancel := context.WithCancel(t.Context())
	r := Runner{Store: s, Progress: func(e Event) {
		if e.Done == 20 {
			cancel()
		}
	}}
	sum, err := r.Run(ctx, []string{dir})
	if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "stopped before the end; run the same command again") {
		t.Fatalf("got %v", err)
	}
	if sum.Added < 20 || sum.Added == 60 {
		t.Errorf("%d documents added before the end", sum.Added)
	}
	completed(t, url, dir, sum.Added)
}

// many is a folder of n documents that make claims.
func many(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		write(t, filepath.Join(dir, fmt.Sprintf("%03d.txt", i)),
			fmt.Sprintf("Report %d\n\n%d people were killed in the flood at Lake Varn in 2019. %d people attended the fair there.\n", i, 30+i%2, 5000+i))
	}
	return dir
}

// completed runs once more over a folder of which a part was stored, and holds
// the result equal to that of one run that nothing disturbed.
func completed(t *testing.T, url, dir string, stored int) {
	t.Helper()
	sum := run(t, Runner{Store: openStore(t, url)}, dir)
	if sum.Unchanged < stored || sum.Unchanged+sum.Added != sum.Found {
		t.Errorf("%d were stored; the next run says %s", stored, brief(sum))
	}
	whole := storetest.New(t)
	run(t, Runner{Store: openStore(t, whole)}, dir)
	sameContents(t, contents(t, url), contents(t, whole))
}
