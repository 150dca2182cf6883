package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/store"
)

// edited is a reading of "N people were killed." in a text of other bytes.
func edited(n int64, more string) *store.Reading {
	r := killed(n)
	r.Text += more + "\n"
	r.Key[0] ^= byte(len(more))
	return r
}

// reopened lists why conflicts were opened again, by the acts of nights.
func reopened(t *testing.T, conn *pgx.Conn) []string {
	t.Helper()
	rows, err := conn.Query(t.Context(), `SELECT note FROM act WHERE what = 'reopen' AND who = 'crosscheck' ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	notes, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return notes
}

// A verdict holds over whatever comes, but for what was not there when it was given.
func TestWhatOpensAJudgedConflictAgain(t *testing.T) {
	origins := func(n int) func(*store.Corpus) []conflict.Conflict {
		return func(c *store.Corpus) []conflict.Conflict {
			one := toll(c)
			one.Origins = n
			return []conflict.Conflict{one}
		}
	}
	for name, test := range map[string]struct {
		arrive func(t *testing.T, s *store.Store)
		find   func(*store.Corpus) []conflict.Conflict
		want   string // "" where the verdict holds
	}{
		"nothing new": {func(*testing.T, *store.Store) {}, origins(2), ""},
		"other words and severity": {func(*testing.T, *store.Store) {}, func(c *store.Corpus) []conflict.Conflict {
			one := toll(c)
			one.Question, one.Severity, one.Reason, one.Status = "how many died", 0.99, "they differ much", conflict.Superseded
			return []conflict.Conflict{one}
		}, ""},
		"a third answer":      {func(t *testing.T, s *store.Store) { save(t, s, "/news/c.txt", killed(57), night) }, origins(3), "a third answer: 57 people"},
		"a copy":              {func(t *testing.T, s *store.Store) { save(t, s, "/news/copy.txt", killed(41), night) }, origins(2), ""},
		"another who says so": {func(t *testing.T, s *store.Store) { save(t, s, "/news/c.txt", edited(41, "Others wrote it."), night) }, origins(3), "a new independent origin: Source of /news/c.txt"},
		"counted otherwise":   {func(*testing.T, *store.Store) {}, origins(3), ""},
		"edited":              {func(t *testing.T, s *store.Store) { save(t, s, "/news/b.txt", edited(41, "Corrected."), night) }, origins(2), "Source of /news/b.txt changed its text"},
		"edited, another answer": {func(t *testing.T, s *store.Store) { save(t, s, "/news/b.txt", killed(43), night) }, origins(2),
			"a new answer: 43 people; Source of /news/b.txt changed its text"},
		"no longer found": {func(*testing.T, *store.Store) {}, func(*store.Corpus) []conflict.Conflict { return nil }, ""},
		"found to agree": {func(t *testing.T, s *store.Store) { save(t, s, "/news/c.txt", killed(57), night) }, func(c *store.Corpus) []conflict.Conflict {
			one := toll(c)
			one.Status = conflict.Explained
			return []conflict.Conflict{one}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s, conn, id := dispute(t, 34, 41)
			must(t)(s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Real, Stands: answer(41), Note: "sure"}))
			must(t)(s.Assign(t.Context(), "ida", later, on(id, 1), desk.Task{Assignee: "bo"}))
			test.arrive(t, s)
			next := night.AddDate(0, 0, 1)
			done := sync(t, s, next, test.find)
			for range 2 { // and once more, which changes nothing
				status, _ := statusOf(t, conn, id)
				now := state(t, conn, id)
				notes := strings.Join(reopened(t, conn), "|")
				if notes != test.want {
					t.Errorf("opened again because of %q, want %q", notes, test.want)
				}
				switch {
				case test.want == "" && (status != conflict.Resolved || now.Verdict != desk.Real || now.Revision != 2):
					t.Errorf("the verdict is gone: %s, %+v", status, now)
				case test.want != "" && (status != conflict.Open || now.Verdict != "" || now.Judge != "" || now.Assignee != "bo" || now.Revision != 3 ||
					!now.Reopened.Equal(next) || strings.Join(now.Because, "; ") != test.want):
					t.Errorf("not open again: %s, %+v", status, now)
				}
				if told := slices.Contains(done.Reopened, id); told != (test.want != "") {
					t.Errorf("done %+v", done)
				}
				queueIsKept(t, s)
				if again := sync(t, s, next.Add(time.Hour), test.find); len(again.Reopened)+len(again.New)+len(again.Changed) > 0 {
					t.Errorf("the second time: %+v", again)
				}
			}
			sync(t, s, next.AddDate(0, 0, 1), origins(2)) // found again as it was, if ever it was gone
			if status, _ := statusOf(t, conn, id); name == "no longer found" && status != conflict.Resolved {
				t.Errorf("gone and back: %s", status)
			}
		})
	}
}

// Nights one by one end where one night of everything ends.
func TestNightsInAnyOrderOpenTheSame(t *testing.T) {
	arrivals := []func(t *testing.T, s *store.Store){
		func(t *testing.T, s *store.Store) { save(t, s, "/news/copy.txt", killed(34), night) },
		func(t *testing.T, s *store.Store) { save(t, s, "/news/c.txt", killed(57), night) },
	}
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		for _, together := range []bool{false, true} {
			s, conn, id := dispute(t, 34, 41)
			must(t)(s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Superseded}))
			for _, i := range order {
				arrivals[i](t, s)
				if !together {
					sync(t, s, night.AddDate(0, 0, 1), all)
				}
			}
			sync(t, s, night.AddDate(0, 0, 1), all)
			if got := reopened(t, conn); !slices.Equal(got, []string{"a third answer: 57 people"}) {
				t.Errorf("order %v, together %v: opened again because of %q", order, together, got)
			}
		}
	}
}

// Who takes a re-opening back says that the verdict holds over the news as well.
func TestAReopeningTakenBackStays(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	must(t)(s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Same, Note: "sure"}))
	save(t, s, "/news/c.txt", killed(57), night)
	sync(t, s, night.AddDate(0, 0, 1), all)
	var act int64
	if err := conn.QueryRow(t.Context(), `SELECT max(id) FROM act`).Scan(&act); err != nil {
		t.Fatal(err)
	}
	_, err := s.Undo(t.Context(), "ida", later, act-1)
	refusedWith(t, err, "crosscheck has acted on it since (re-opening")
	must(t)(s.Undo(t.Context(), "ida", later, act))
	save(t, s, "/news/copy.txt", killed(57), night)
	if done := sync(t, s, night.AddDate(0, 0, 2), all); len(done.Reopened) > 0 || len(done.Changed) != 1 {
		t.Errorf("done %+v", done)
	}
	if got := state(t, conn, id); got.Verdict != desk.Same || got.Note != "sure" {
		t.Errorf("state %+v", got)
	}
	save(t, s, "/news/d.txt", killed(90), night)
	sync(t, s, night.AddDate(0, 0, 3), all)
	if got := reopened(t, conn); len(got) != 2 || got[1] != "a fourth answer: 90 people" {
		t.Errorf("opened again because of %q", got)
	}
}

// A merged conflict stands as the one that it was merged into, and its news are
// that one's.
func TestNewsOfAMergedConflict(t *testing.T) {
	s, conn := open(t)
	for i, n := range []int64{34, 41, 57, 90} {
		save(t, s, "/news/"+string(rune('a'+i))+".txt", killed(n), night)
	}
	two := func(c *store.Corpus) []conflict.Conflict {
		x, y := *c, *c
		x.Claims, y.Claims = c.Claims[:2], c.Claims[2:]
		return []conflict.Conflict{toll(&x), toll(&y)}
	}
	ids := sync(t, s, night, two).New
	a, b := ids[0], ids[1]
	must(t)(s.Judge(t.Context(), "ida", later, on(a, 0), desk.Decision{Verdict: desk.Same}))
	must(t)(s.Merge(t.Context(), "ida", later, on(a, 1)[0], on(b, 0), "one fire"))
	_, err := s.Judge(t.Context(), "ida", later, on(b, 1), desk.Decision{Verdict: desk.Same})
	refusedWith(t, err, "conflict "+b+" was merged into conflict "+a+": decide there")
	if status, box := statusOf(t, conn, b); status != conflict.Dismissed || box != desk.Muted {
		t.Errorf("merged: %s in box %s", status, box)
	}
	must(t)(s.Judge(t.Context(), "ida", later, on(a, 2), desk.Decision{Verdict: desk.Real, Stands: answer(90)})) // an answer that came with it
	if done := sync(t, s, night.Add(time.Hour), two); len(done.Reopened) > 0 {
		t.Errorf("nothing new: %+v", done)
	}
	save(t, s, "/news/e.txt", killed(99), night)
	if done := sync(t, s, night.AddDate(0, 0, 1), two); !slices.Equal(done.Reopened, []string{a}) || !slices.Equal(done.Changed, []string{b}) {
		t.Errorf("a new answer: %+v", done)
	}
	if got := reopened(t, conn); !slices.Equal(got, []string{"a fifth answer: 99 people"}) {
		t.Errorf("opened again because of %q", got)
	}
	if status, _ := statusOf(t, conn, b); status != conflict.Open {
		t.Errorf("merged into one that is open: %s", status)
	}
	queueIsKept(t, s)
}

// A question into which another was merged is there to be decided as long as either
// is found.
func TestAQuestionStandsWithWhatWasMergedIntoIt(t *testing.T) {
	s, conn := open(t)
	for i, n := range []int64{34, 41, 57, 90} {
		save(t, s, "/news/"+string(rune('a'+i))+".txt", killed(n), night)
	}
	find := func(parts ...int) func(c *store.Corpus) []conflict.Conflict {
		return func(c *store.Corpus) (all []conflict.Conflict) {
			for _, i := range parts {
				part := *c
				part.Claims = c.Claims[i : i+2]
				all = append(all, toll(&part))
			}
			return all
		}
	}
	ids := sync(t, s, night, find(0, 2)).New
	a, b := ids[0], ids[1]
	must(t)(s.Merge(t.Context(), "ida", later, on(a, 0)[0], on(b, 0), "one fire"))
	for i, step := range []struct {
		found []int
		want  desk.Box
	}{{[]int{0, 2}, desk.Waiting}, {[]int{2}, desk.Waiting}, {nil, desk.Gone}, {[]int{2}, desk.Waiting}, {[]int{0}, desk.Waiting}} {
		sync(t, s, night.AddDate(0, 0, i+1), find(step.found...))
		if _, box := statusOf(t, conn, a); box != step.want {
			t.Errorf("night %d, parts %v found: in box %s, want %s", i+1, step.found, box, step.want)
		}
	}
	sync(t, s, night.AddDate(0, 0, 6), find(2))
	must(t)(s.Judge(t.Context(), "ida", later, on(a, 1), desk.Decision{Verdict: desk.Same}))
	if _, box := statusOf(t, conn, a); box != desk.Judged {
		t.Errorf("decided while only the other stands: in box %s", box)
	}
	queueIsKept(t, s)
}

// A source that is muted while a comparison runs is muted in what that finds.
func TestMutingWaitsForAComparison(t *testing.T) {
	s, conn := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	var source int64
	if err := conn.QueryRow(t.Context(), `SELECT min(id) FROM source`).Scan(&source); err != nil {
		t.Fatal(err)
	}
	muted := make(chan error, 1)
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		c, err := store.LoadCorpus(t.Context(), tx)
		if err != nil {
			return err
		}
		if _, err := store.SyncConflicts(t.Context(), tx, c, all(c), 0, night); err != nil {
			return err
		}
		go func() {
			_, err := s.MuteSource(t.Context(), "ida", later, source, true, "satire")
			muted <- err
		}()
		select {
		case err := <-muted:
			t.Errorf("muted beside a comparison (%v)", err)
		case <-time.After(200 * time.Millisecond):
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-muted; err != nil {
		t.Fatal(err)
	}
	queueIsKept(t, s)
	if page, err := s.Queue(t.Context(), desk.Filter{Box: desk.Muted}, night); err != nil || page.Total != 1 {
		t.Errorf("%d muted (%v), want the conflict that was found meanwhile", page.Total, err)
	}
}

// positions is the numbers that each standing conflict's answers give.
func positions(t *testing.T, s *store.Store) (out []string) {
	t.Helper()
	for _, c := range conflicts(t, s, store.ConflictFilter{}) {
		text := c.ID + ":"
		for _, p := range c.Positions {
			text += " " + p.Value.String()
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

func TestSplit(t *testing.T) {
	s, conn, id := dispute(t, 34, 41, 57, 90)
	for want, keys := range map[string][]string{
		"choose the answers that are to leave":                       nil,
		"has no such answer as one that is to leave":                 {answer(34), answer(35)},
		"one answer at least must stay":                              {answer(34), answer(41), answer(57), answer(90)},
		"by the verdict one of the answers that are to leave stands": {answer(34)},
	} {
		if strings.HasPrefix(want, "by the verdict") {
			must(t)(s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Real, Stands: answer(34)}))
		}
		_, err := s.Split(t.Context(), "ida", later, desk.Target{Conflict: id, Revision: state(t, conn, id).Revision}, keys, "")
		refusedWith(t, err, want)
	}
	whole := positions(t, s)
	before := review(t, conn)
	act := must(t)(s.Split(t.Context(), "ida", later, on(id, 1)[0], []string{answer(90), answer(57)}, "the crew of another boat"))
	made := act.Detail.New
	parts := []string{id + ": 34 people 41 people", made + ": 57 people 90 people"}
	check := func(when string, want []string, apart, uncompared int) {
		t.Helper()
		if got := positions(t, s); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
		var pairs, versions int
		if err := conn.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM parted), (SELECT count(*) FROM version WHERE NOT compared)`).Scan(&pairs, &versions); err != nil {
			t.Fatal(err)
		}
		if pairs != apart || versions != uncompared {
			t.Errorf("%s: %d pairs of claims apart, want %d; %d versions to compare, want %d", when, pairs, apart, versions, uncompared)
		}
		queueIsKept(t, s)
	}
	check("split", parts, 4, 4)
	last := act.ID
	for range 2 {
		last = must(t)(s.Undo(t.Context(), "bo", later, last)).ID
		check("taken back", whole, 0, 4)
		last = must(t)(s.Undo(t.Context(), "bo", later, last)).ID
		check("split once more", parts, 4, 4)
	}
	// The next night finds the two, and they keep their numbers.
	two := func(c *store.Corpus) []conflict.Conflict {
		x, y := *c, *c
		x.Claims, y.Claims = c.Claims[:2], c.Claims[2:]
		return []conflict.Conflict{toll(&x), toll(&y)}
	}
	if done := sync(t, s, night.AddDate(0, 0, 1), two); len(done.New)+len(done.Closed)+len(done.Reopened) > 0 {
		t.Errorf("the next night: %+v", done)
	}
	check("after a night", parts, 4, 0)
	must(t)(s.Undo(t.Context(), "bo", later, last))
	check("taken back after a night", whole, 0, 4)
	sync(t, s, night.AddDate(0, 0, 2), all)
	if got := review(t, conn); !strings.HasPrefix(got, before[:strings.Index(before, "\n")]) {
		t.Errorf("in the end\n%s\nbefore\n%s", got, before)
	}
	check("found whole", whole, 0, 0)
}

// What is left with one answer is no conflict.
func TestSplitOffOneAnswer(t *testing.T) {
	s, conn, id := dispute(t, 34, 41, 57)
	act := must(t)(s.Split(t.Context(), "ida", later, on(id, 0)[0], []string{answer(57)}, ""))
	if got := positions(t, s); !slices.Equal(got, []string{id + ": 34 people 41 people"}) {
		t.Errorf("standing %q", got)
	}
	if _, box := statusOf(t, conn, act.Detail.New); box != desk.Gone {
		t.Errorf("the one answer is in box %s", box)
	}
	must(t)(s.Undo(t.Context(), "ida", later, act.ID))
	if got := positions(t, s); !slices.Equal(got, []string{id + ": 34 people 41 people 57 people"}) {
		t.Errorf("standing %q", got)
	}
	s, _, id = dispute(t, 34, 41)
	_, err := s.Split(t.Context(), "ida", later, on(id, 0)[0], []string{answer(34)}, "")
	refusedWith(t, err, "of two answers each would be left alone")
}

func TestDigestsLeaveOutWhatIsMuted(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	var source int64
	if err := conn.QueryRow(t.Context(), `SELECT min(id) FROM source`).Scan(&source); err != nil {
		t.Fatal(err)
	}
	told := func() (n int) {
		t.Helper()
		err := s.Within(t.Context(), func(tx pgx.Tx) error {
			run, err := store.StartRun(t.Context(), tx, nil, night)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(t.Context(), `INSERT INTO run_conflict (run, conflict, change) VALUES ($1, $2::text::bigint, 'opened')`, run, id); err != nil {
				return err
			}
			news, err := store.TakeNews(t.Context(), tx, run, conflict.ShownFrom, true)
			n = len(news)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if told() != 1 {
		t.Error("nothing is muted, and nothing told")
	}
	muted := must(t)(s.Mute(t.Context(), "ida", later, on(id, 0), true, "every year again"))
	if told() != 0 {
		t.Error("a muted question was told")
	}
	must(t)(s.Undo(t.Context(), "ida", later, muted.ID))
	must(t)(s.MuteSource(t.Context(), "ida", later, source, true, "satire"))
	if told() != 0 {
		t.Error("what one source says alone, and a muted one, was told")
	}
	must(t)(s.MuteSource(t.Context(), "ida", later, source, false, ""))
	if told() == 0 {
		t.Error("what is no longer muted is not told")
	}
}
