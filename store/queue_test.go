package store_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/store"
)

// queueIsKept holds what the queue repeats of other tables against those tables.
func queueIsKept(t *testing.T, s *store.Store) {
	t.Helper()
	for kept, now := range map[string]string{"queue": "queue_now", "queue_words": "queue_words_now", "stance": "stance_now"} {
		for _, sides := range [][2]string{{kept, now}, {now, kept}} {
			rows, err := s.Pool().Query(t.Context(), "SELECT t::text FROM (SELECT * FROM "+sides[0]+" EXCEPT SELECT * FROM "+sides[1]+") AS t")
			if err != nil {
				t.Fatal(err)
			}
			only, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range only {
				t.Errorf("in %s and not in %s: %s", sides[0], sides[1], row)
			}
		}
	}
}

// nineOClock is when somebody looks at the queue of deskful.
var nineOClock = time.Date(2024, 6, 10, 9, 0, 0, 0, time.UTC)

// deskful stores two documents that contradict each other, and 150 conflicts between
// them of all sorts, which it returns by number.
func deskful(t *testing.T) (*store.Store, *pgx.Conn, map[string]desk.Row) {
	t.Helper()
	s, conn := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	sync(t, s, night, func(c *store.Corpus) []conflict.Conflict {
		var all []conflict.Conflict
		for i := range 150 {
			one := toll(c)
			one.Severity, one.Question = float64(i%20)/20+.04, fmt.Sprintf("question %d", i)
			if i%3 == 0 {
				one.Question += ", the lighthouses"
			}
			one.Kind = []conflict.Kind{conflict.Number, conflict.Entity, conflict.Date, conflict.Negation}[i%4]
			one.Status = []conflict.Status{conflict.Open, conflict.Open, conflict.Open, conflict.Explained, conflict.Superseded}[i%5]
			all = append(all, one)
		}
		return all
	})
	for _, sql := range []string{
		// A third is from tonight; some are closed.
		`UPDATE conflict SET first_seen = '2024-06-10 02:00Z', last_seen = '2024-06-10 02:00Z' WHERE id % 3 = 1`,
		`UPDATE conflict SET closed = '2024-06-10 02:00Z' WHERE id % 13 = 0`,
		`INSERT INTO review (conflict, revision, verdict, judged, assignee, due, muted, reopened)
		 SELECT id, 1, CASE WHEN id % 2 = 0 THEN 'misread' END, CASE WHEN id % 2 = 0 THEN timestamptz '2024-06-01Z' END,
		        CASE WHEN id % 7 = 0 THEN 'ida' ELSE '' END, CASE WHEN id % 11 < 5 THEN date '2024-06-05' + (id % 11)::int * 2 END, id % 17 = 0,
		        CASE WHEN id % 5 = 1 THEN timestamptz '2024-06-10 02:30Z' END
		 FROM conflict WHERE id % 4 < 2`,
		`UPDATE conflict c SET status = 'dismissed' FROM review r WHERE r.conflict = c.id AND r.verdict IS NOT NULL`,
		`INSERT INTO schedule (name, cron, zone) VALUES ('nightly', '0 2 * * *', 'UTC')`,
		`INSERT INTO run (started, paths) VALUES ('2024-06-10 01:00Z', '{}')`,
		`INSERT INTO due_run (schedule, due, state, run, decided) SELECT 'nightly', started, 'taken', id, started FROM run`,
		`INSERT INTO run_conflict (run, conflict, change) SELECT r.id, c.id, 'opened' FROM run r, conflict c WHERE c.id % 3 = 1`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Within(t.Context(), func(tx pgx.Tx) error { return store.RebuildQueue(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	queueIsKept(t, s)
	all := make(map[string]desk.Row)
	for _, row := range everything(t, s, desk.Filter{Box: desk.Everything, Severity: -1, Size: 500}) {
		all[row.ID] = row
	}
	if len(all) != 150 {
		t.Fatalf("%d conflicts in the queue, want 150", len(all))
	}
	return s, conn, all
}

// everything is all pages of a filter.
func everything(t *testing.T, s *store.Store, f desk.Filter) (rows []desk.Row) {
	t.Helper()
	for range 100 {
		page, err := s.Queue(t.Context(), f, nineOClock)
		if err != nil {
			t.Fatal(err)
		}
		if page.Next == "" {
			rows = append(rows, page.Rows...)
			if page.Total != len(rows) || page.More {
				t.Errorf("%+v: %d rows, and it counts %d", f, len(rows), page.Total)
			}
			return rows
		}
		if len(page.Rows) != f.Size {
			t.Errorf("%+v: a page of %d", f, len(page.Rows))
		}
		rows, f.After = append(rows, page.Rows...), page.Next
	}
	t.Fatal("pages without end")
	return nil
}

func TestQueueFilters(t *testing.T) {
	s, conn, all := deskful(t)
	number := func(r desk.Row) int {
		n, err := strconv.Atoi(r.ID)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	closed := func(r desk.Row) bool { return number(r)%13 == 0 }
	box := func(r desk.Row) desk.Box {
		switch {
		case closed(r):
			return desk.Gone
		case r.State.Muted:
			return desk.Muted
		case r.State.Verdict != "":
			return desk.Judged
		case r.Status == conflict.Superseded:
			return desk.Replaced
		case r.Status == conflict.Explained:
			return desk.Explained
		}
		return desk.Waiting
	}
	waiting := func(r desk.Row) bool { return box(r) == desk.Waiting && r.Severity >= conflict.ShownFrom }
	for name, test := range map[string]struct {
		filter desk.Filter
		want   func(desk.Row) bool
	}{
		"waiting":    {desk.Filter{}, waiting},
		"judged":     {desk.Filter{Box: desk.Judged, Severity: -1}, func(r desk.Row) bool { return box(r) == desk.Judged }},
		"replaced":   {desk.Filter{Box: desk.Replaced, Severity: -1}, func(r desk.Row) bool { return box(r) == desk.Replaced }},
		"explained":  {desk.Filter{Box: desk.Explained, Severity: -1}, func(r desk.Row) bool { return box(r) == desk.Explained }},
		"muted":      {desk.Filter{Box: desk.Muted, Severity: -1}, func(r desk.Row) bool { return box(r) == desk.Muted }},
		"gone":       {desk.Filter{Box: desk.Gone, Severity: -1}, closed},
		"severe":     {desk.Filter{Box: desk.Everything, Severity: .8}, func(r desk.Row) bool { return r.Severity >= .8 }},
		"kind":       {desk.Filter{Kind: conflict.Negation}, func(r desk.Row) bool { return waiting(r) && r.Kind == conflict.Negation }},
		"status":     {desk.Filter{Box: desk.Everything, Status: conflict.Dismissed}, func(r desk.Row) bool { return r.Status == conflict.Dismissed && r.Severity >= .5 }},
		"verdict":    {desk.Filter{Box: desk.Judged, Verdict: desk.Misread}, func(r desk.Row) bool { return box(r) == desk.Judged && r.Severity >= .5 }},
		"no verdict": {desk.Filter{Box: desk.Judged, Verdict: desk.Same}, func(desk.Row) bool { return false }},
		"source":     {desk.Filter{Source: "Source of /news/a.txt"}, waiting},
		"no source":  {desk.Filter{Source: "Lemuria Times"}, func(desk.Row) bool { return false }},
		"schedule":   {desk.Filter{Schedule: "nightly"}, func(r desk.Row) bool { return waiting(r) && number(r)%3 == 1 }},
		"assignee":   {desk.Filter{Assignee: "ida"}, func(r desk.Row) bool { return waiting(r) && r.State.Assignee == "ida" }},
		"nobody":     {desk.Filter{Assignee: "-"}, func(r desk.Row) bool { return waiting(r) && r.State.Assignee == "" }},
		"overdue": {desk.Filter{Box: desk.Everything, Overdue: true}, func(r desk.Row) bool {
			return r.Severity >= .5 && r.State.Due != 0 && r.State.Due < claim.DayOf(2024, 6, 10)
		}},
		"since":         {desk.Filter{Since: claim.DayOf(2024, 6, 10)}, func(r desk.Row) bool { return waiting(r) && r.New }},
		"until":         {desk.Filter{Until: claim.DayOf(2024, 6, 9)}, func(r desk.Row) bool { return waiting(r) && !r.New }},
		"never":         {desk.Filter{Since: claim.DayOf(2024, 6, 11)}, func(desk.Row) bool { return false }},
		"words":         {desk.Filter{Text: "lighthouse -41"}, func(desk.Row) bool { return false }},
		"stemmed":       {desk.Filter{Text: "Lighthouse"}, func(r desk.Row) bool { return waiting(r) && (number(r)-1)%3 == 0 }},
		"in a sentence": {desk.Filter{Text: `"41 people" killed`}, waiting},
		"hostile":       {desk.Filter{Text: `"(((' & | ! :* \ -- "`}, func(desk.Row) bool { return false }},
		"not in them":   {desk.Filter{Text: "Lemuria"}, func(desk.Row) bool { return false }},
		"blank":         {desk.Filter{Text: "  "}, waiting},
	} {
		for _, size := range []int{7, 500} {
			test.filter.Size = size
			got := everything(t, s, test.filter)
			if !slices.IsSortedFunc(got, func(a, b desk.Row) int {
				rank := func(r desk.Row) int { return map[bool]int{true: 0, false: 1}[r.New] }
				return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.Severity, a.Severity), cmp.Compare(number(b), number(a)))
			}) {
				t.Errorf("%s: out of order", name)
			}
			seen := make(map[string]bool)
			for _, row := range got {
				if seen[row.ID] || !test.want(row) {
					t.Errorf("%s: %+v (again %v)", name, row, seen[row.ID])
				}
				seen[row.ID] = true
			}
			for id, row := range all {
				if test.want(row) && !seen[id] {
					t.Errorf("%s: %s is missing", name, id)
				}
			}
		}
	}
	first := all["1"] // reopened by nobody, found tonight
	if !first.New || len(first.Answers) != 2 || first.Answers[1].Quote != "41" || !slices.Equal(first.Answers[1].Sources, []string{"Source of /news/b.txt"}) || first.More != 0 {
		t.Errorf("a row %+v", first)
	}

	choices, err := s.Choices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, row := range all {
		if waiting(row) {
			want++
		}
	}
	if choices.Boxes[desk.Waiting] != want || !slices.Equal(choices.Sources, []string{"Source of /news/a.txt", "Source of /news/b.txt"}) ||
		!slices.Equal(choices.Schedules, []string{"nightly"}) || !slices.Equal(choices.Assignees, []string{"ida"}) {
		t.Errorf("choices %+v, want %d waiting", choices, want)
	}

	// What all sources of a side are muted for is muted.
	if _, err := conn.Exec(t.Context(), `INSERT INTO act (at, who, what) VALUES (now(), 'ida', 'mute')`); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), `INSERT INTO muted_source (source, act) SELECT s.id, a.id FROM source s, act a WHERE s.name LIKE '%b.txt'`); err != nil {
		t.Fatal(err)
	}
	if err := s.Within(t.Context(), func(tx pgx.Tx) error { return store.RebuildQueue(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if got := everything(t, s, desk.Filter{}); len(got) != 0 {
		t.Errorf("%d waiting, though one of two sources is muted", len(got))
	}
}

func TestQueueRefusesWhatThereCannotBe(t *testing.T) {
	s, _ := open(t)
	for _, f := range []desk.Filter{
		{Box: "attic"}, {After: "x"}, {After: "1-2-3"}, {After: "1-2-3-4"}, {After: "1-0-fffffffffffffff0-4"},
		{After: "ffffffffffffffff-0-3fe0000000000000-4"}, {After: "1-0-3fe0000000000000-ffffffffffffffff"},
		{Text: string(make([]byte, 2000))},
	} {
		var refused *desk.Refused
		if _, err := s.Queue(t.Context(), f, nineOClock); !errors.As(err, &refused) {
			t.Errorf("%+v: %v", f, err)
		}
	}
	if page, err := s.Queue(t.Context(), desk.Filter{Size: -5}, nineOClock); err != nil || len(page.Rows) != 0 || page.Total != 0 {
		t.Errorf("an empty queue: %+v, %v", page, err)
	}
}
