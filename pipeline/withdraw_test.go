package pipeline

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// everything is every row of every table, as text.
func everything(t *testing.T, url string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, err := conn.Query(t.Context(), `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, table := range tables {
		rows, err := conn.Query(t.Context(), `SELECT x::text FROM `+pgx.Identifier{table}.Sanitize()+` AS x`)
		if err != nil {
			t.Fatal(err)
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(table + "\n" + strings.Join(lines, "\n") + "\n")
	}
	return all.String()
}

func TestWithdraw(t *testing.T) {
	url := storetest.New(t)
	r := Runner{Store: openStore(t, url)}
	dir := twoStories(t)
	write(t, filepath.Join(dir, "a.txt"), "In the flood at Lake Varn on 3 May 2019, 34567 people were killed, said Zebulon Quark.\n")
	run(t, r, dir)
	if all := everything(t, url); !strings.Contains(all, "34567") || !strings.Contains(all, "Quark") {
		t.Fatal("the words are not found where they must be")
	}
	w, err := r.Withdraw(t.Context(), store.WithdrawnSource, "Gazette", "the licence has ended")
	if err != nil {
		t.Fatal(err)
	}
	if w.Documents != 1 || w.Versions != 1 || w.Quotes == 0 || w.Claims == 0 || w.Closed != 1 || len(w.Sharing) != 0 {
		t.Errorf("%+v", w)
	}
	all := everything(t, url)
	for _, word := range []string{"34567", "Quark", "34,567"} {
		if i := strings.Index(all, word); i >= 0 {
			t.Errorf("%s still stands in %s", word, all[max(0, i-200):min(len(all), i+50)])
		}
	}
	if !strings.Contains(all, "the licence has ended") {
		t.Error("the reason is not kept")
	}
	if again := run(t, r, dir); again.Unchanged != 3 || len(again.Warnings) != 1 {
		t.Errorf("then %s", brief(again))
	}

	// A copy keeps the bytes that it shares.
	w, err = r.Withdraw(t.Context(), store.WithdrawnDocument, filepath.Join(dir, "b.txt"), "by mistake")
	if err != nil || w.Documents != 1 || len(w.Sharing) != 1 || w.Claims != 0 {
		t.Errorf("%+v, %v", w, err)
	}
	if _, err := r.Store.Verify(t.Context(), func(b store.Broken) { t.Error(b) }); err != nil {
		t.Error(err)
	}
	if ok, err := r.Lift(t.Context(), store.WithdrawnDocument, filepath.Join(dir, "b.txt")); err != nil || !ok {
		t.Errorf("lifted %t, %v", ok, err)
	}
	if back := run(t, r, dir); back.Added != 1 {
		t.Errorf("lifted, then %s", brief(back))
	}
}

// A withdrawn document leaves nothing in what people decided by it either, and
// their verdicts stay.
func TestWithdrawWhatWasJudged(t *testing.T) {
	url := storetest.New(t)
	r := Runner{Store: openStore(t, url)}
	dir := twoStories(t)
	run(t, r, dir)
	now := time.Date(2024, 5, 1, 9, 0, 0, 0, time.UTC)
	found, err := r.Store.Conflicts(t.Context(), store.ConflictFilter{})
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	on := []desk.Target{{Conflict: found[0].ID}}
	if _, err := r.Store.Judge(t.Context(), "ida", now, on, desk.Decision{Verdict: desk.Real}); err != nil {
		t.Fatal(err)
	}
	late := write(t, filepath.Join(dir, "c.txt"), "In the flood at Lake Varn on 3 May 2019, 34567 people were killed, said Zebulon Quark.\n")
	run(t, r, dir)
	var key string
	if found, err = r.Store.Conflicts(t.Context(), store.ConflictFilter{}); err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	for _, p := range found[0].Positions {
		if k := desk.AnswerKey(found[0].Kind, p.Value, claim.Affirmed); strings.Contains(k, "34567") {
			key = k
		}
	}
	on[0].Revision = 2 // a third answer has opened it again
	if _, err := r.Store.Judge(t.Context(), "ida", now, on, desk.Decision{Verdict: desk.Real, Stands: key, Note: "so it is"}); err != nil {
		t.Fatal(err)
	}
	if all := everything(t, url); !strings.Contains(all, "a third answer: 34,567 people") {
		t.Error("the night has not said why")
	}
	if _, err := r.Withdraw(t.Context(), store.WithdrawnDocument, late, "asked for"); err != nil {
		t.Fatal(err)
	}
	all := everything(t, url)
	for _, word := range []string{"34567", "Quark", "34,567"} {
		if i := strings.Index(all, word); i >= 0 {
			t.Errorf("%s still stands in %s", word, all[max(0, i-200):min(len(all), i+50)])
		}
	}
	if found, err = r.Store.Conflicts(t.Context(), store.ConflictFilter{}); err != nil || len(found) != 1 || found[0].Status != conflict.Confirmed {
		t.Errorf("what stands now: %+v, %v", found, err)
	}
	if !strings.Contains(all, "so it is") {
		t.Error("the reviewer's own words are gone")
	}
}

// Bytes that newer ones have replaced are given up when their time is over, and
// those that stand are not.
func TestDropBytes(t *testing.T) {
	url := storetest.New(t)
	at := &clock{time.Date(2024, 5, 1, 2, 30, 0, 0, time.UTC)}
	r := Runner{Store: openStore(t, url), Now: at.now, Recheck: true}
	page := write(t, filepath.Join(t.TempDir(), "page.md"), aidBefore)
	run(t, r, page)
	at.at = at.at.AddDate(0, 0, 1)
	write(t, page, strings.Replace(aidBefore, "34 people", "43 people", 1))
	run(t, r, page)
	for days, want := range map[int]int{0: 0, 30: 0} {
		if n, err := r.DropBytes(t.Context(), time.Duration(days)*24*time.Hour); err != nil || n != want {
			t.Errorf("after %d days: %d, %v", days, n, err)
		}
	}
	at.at = at.at.AddDate(0, 0, 60)
	if n, err := r.DropBytes(t.Context(), 30*24*time.Hour); err != nil || n != 1 {
		t.Errorf("%d, %v", n, err)
	}
	v, err := r.Store.Verify(t.Context(), func(b store.Broken) { t.Error(b) })
	if err != nil || v.Unkept != 1 || v.Contents != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	// What was said is still known, whatever the rules; and the page may have its
	// old bytes back.
	sql(t, url, `UPDATE reading SET rules = 'older' WHERE id = (SELECT min(id) FROM reading)`)
	if all := changesSince(t, &r, time.Time{}); len(all) != 1 || !all[0].Apart || words(all[0].Claims) != "value: 34 became 43\n" {
		t.Errorf("%v", all)
	}
	sql(t, url, `UPDATE reading SET key = sha256(key)`)
	write(t, page, aidBefore)
	run(t, r, page)
	if v, err = r.Store.Verify(t.Context(), func(b store.Broken) { t.Error(b) }); err != nil || v.Unkept != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}
