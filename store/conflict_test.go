package store_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/store"
)

// toll is a conflict with a position for each number that a claim of the
// corpus gives, but for the compatible ones.
func toll(c *store.Corpus, compatible ...int64) conflict.Conflict {
	out := conflict.Conflict{Kind: conflict.Number, Status: conflict.Open, Severity: 0.8,
		Question: "people killed, harbour fire", Reason: "the numbers differ", Rungs: []string{"rounding"}, Origins: 2,
		OriginReasons: []string{"a.txt and b.txt credit AP"}, For: []string{"different values"}, Against: []string{"few words in common", "far apart"}}
	at := make(map[string]int)
	for _, a := range c.Claims {
		n := a.Claim.Value.Quantity.Number.Decimal
		if slices.Contains(compatible, n.IntPart()) {
			out.Compatible = append(out.Compatible, a)
			continue
		}
		i, ok := at[n.String()]
		if !ok {
			i = len(out.Positions)
			at[n.String()] = i
			out.Positions = append(out.Positions, conflict.Position{Value: a.Claim.Value})
		}
		p := &out.Positions[i]
		p.Origins++
		p.Appearances = append(p.Appearances, a)
	}
	return out
}

// index makes what is stored ready to be compared.
func index(t *testing.T, s *store.Store) {
	t.Helper()
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		if err := store.Prepare(t.Context(), tx, "", false); err != nil {
			return err
		}
		_, err := store.Index(t.Context(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sync stores what find makes of the corpus.
func sync(t *testing.T, s *store.Store, at time.Time, find func(*store.Corpus) []conflict.Conflict) (done store.Synced) {
	t.Helper()
	index(t, s)
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		c, err := store.LoadCorpus(t.Context(), tx)
		if err != nil {
			return err
		}
		done, err = store.SyncConflicts(t.Context(), tx, c, find(c), 0, at)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	queueIsKept(t, s)
	return done
}

func conflicts(t *testing.T, s *store.Store, f store.ConflictFilter) []conflict.Conflict {
	t.Helper()
	found, err := s.Conflicts(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestConflictsComeBack(t *testing.T) {
	s, _ := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	save(t, s, "/news/copy.txt", killed(41), night)
	save(t, s, "/news/c.txt", killed(30), night)
	var want conflict.Conflict
	done := sync(t, s, night, func(c *store.Corpus) []conflict.Conflict {
		if len(c.Documents) != 4 || c.Documents[0].Path != "/news/a.txt" || c.Documents[0].Text == "" {
			t.Errorf("corpus of %+v", c.Documents)
		}
		want = toll(c, 30)
		return []conflict.Conflict{want}
	})
	if len(done.New) != 1 || len(done.Changed)+len(done.Closed)+len(done.Reopened) != 0 {
		t.Errorf("done %+v", done)
	}
	got := conflicts(t, s, store.ConflictFilter{})
	if len(got) != 1 {
		t.Fatalf("got %d conflicts", len(got))
	}
	want.ID = done.New[0]
	given := func(a []claim.Appearance) { // stored by address, shown as given
		for i := range a {
			a[i].Document = a[i].Document[len("/news/"):]
		}
	}
	for _, p := range want.Positions {
		given(p.Appearances)
	}
	given(want.Compatible)
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("got  %+v\nwant %+v", got[0], want)
	}
	if n := len(want.Positions[1].Appearances); n != 2 {
		t.Errorf("%d documents say 41, want the original and its copy", n)
	}
}

func TestSyncTwiceChangesNothing(t *testing.T) {
	s, conn := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	both := func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c)} }
	sync(t, s, night, both)
	before, stored := rows(t, conn), conflicts(t, s, store.ConflictFilter{})
	if done := sync(t, s, night.Add(time.Hour), both); !reflect.DeepEqual(done, store.Synced{}) {
		t.Errorf("the second time: %+v", done)
	}
	if after := rows(t, conn); !reflect.DeepEqual(before, after) {
		t.Errorf("rows before %v, after %v", before, after)
	}
	if again := conflicts(t, s, store.ConflictFilter{}); !reflect.DeepEqual(stored, again) {
		t.Errorf("got %+v, then %+v", stored, again)
	}
}

func TestAConflictKeepsItsIDWhileItsQuestionLives(t *testing.T) {
	s, conn := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	all := func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c)} }
	none := func(*store.Corpus) []conflict.Conflict { return nil }
	id := sync(t, s, night, all).New[0]

	save(t, s, "/news/c.txt", killed(57), night)
	if done := sync(t, s, night, all); !reflect.DeepEqual(done, store.Synced{Changed: []string{id}}) {
		t.Errorf("with a third position: %+v", done)
	}
	if got := conflicts(t, s, store.ConflictFilter{}); len(got) != 1 || got[0].ID != id || len(got[0].Positions) != 3 {
		t.Errorf("with a third position: %+v", got)
	}

	if done := sync(t, s, night, none); !reflect.DeepEqual(done, store.Synced{Closed: []string{id}, Settled: []string{id}}) {
		t.Errorf("no longer found: %+v", done)
	}
	if done := sync(t, s, night, none); !reflect.DeepEqual(done, store.Synced{}) {
		t.Errorf("closed twice: %+v", done)
	}
	if got := conflicts(t, s, store.ConflictFilter{}); len(got) != 0 {
		t.Errorf("still standing: %+v", got)
	}
	if got := conflicts(t, s, store.ConflictFilter{Closed: true}); len(got) != 1 {
		t.Errorf("deleted instead of closed: %+v", got)
	}
	if done := sync(t, s, night, all); !reflect.DeepEqual(done, store.Synced{Reopened: []string{id}}) {
		t.Errorf("found again: %+v", done)
	}

	for _, sql := range []string{
		`UPDATE conflict SET status = 'dismissed'`,
		`INSERT INTO review (conflict, revision, verdict, judged) SELECT id, 1, 'same', now() FROM conflict`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	worse := func(c *store.Corpus) []conflict.Conflict {
		one := toll(c)
		one.Severity = 0.9
		return []conflict.Conflict{one}
	}
	sync(t, s, night, worse)
	if got := conflicts(t, s, store.ConflictFilter{}); got[0].Status != conflict.Dismissed || got[0].Severity != 0.9 {
		t.Errorf("a verdict was lost: %+v", got[0])
	}
}

// Of a kind that is only kept nothing new is stored, and what is stored stays
// while it is found.
func TestAKindThatIsOnlyKept(t *testing.T) {
	s, _ := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	keep := func(find func(*store.Corpus) []conflict.Conflict) (done store.Synced, has bool) {
		t.Helper()
		err := s.Within(t.Context(), func(tx pgx.Tx) error {
			c, err := store.LoadCorpus(t.Context(), tx)
			if err != nil {
				return err
			}
			if has, err = store.HasConflicts(t.Context(), tx, conflict.Number); err != nil {
				return err
			}
			done, err = store.SyncConflicts(t.Context(), tx, c, find(c), 0, night, conflict.Number)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return done, has
	}
	both := func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c)} }
	if done, has := keep(both); has || !reflect.DeepEqual(done, store.Synced{}) {
		t.Errorf("new, and only to be kept: %+v, stored before %v", done, has)
	}
	id := sync(t, s, night, both).New[0]
	if done, has := keep(both); !has || !reflect.DeepEqual(done, store.Synced{}) {
		t.Errorf("still found: %+v, stored before %v", done, has)
	}
	none := func(*store.Corpus) []conflict.Conflict { return nil }
	if done, _ := keep(none); !reflect.DeepEqual(done, store.Synced{Closed: []string{id}, Settled: []string{id}}) {
		t.Errorf("no longer found: %+v", done)
	}
}

// Of two stored conflicts with claims in common each finds its own again.
func TestConflictsWithACommonClaimAreToldApart(t *testing.T) {
	s, _ := open(t)
	for i, n := range []int64{34, 41, 57, 90} {
		save(t, s, "/news/"+string(rune('a'+i))+".txt", killed(n), night)
	}
	among := func(severity float64, status conflict.Status, numbers ...int) func(*store.Corpus) conflict.Conflict {
		return func(c *store.Corpus) conflict.Conflict {
			part := *c
			part.Claims = nil
			for _, i := range numbers {
				part.Claims = append(part.Claims, c.Claims[i])
			}
			one := toll(&part)
			one.Severity, one.Status = severity, status
			return one
		}
	}
	two := func(a, b func(*store.Corpus) conflict.Conflict) func(*store.Corpus) []conflict.Conflict {
		return func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{a(c), b(c)} }
	}
	first := sync(t, s, night, two(among(.9, conflict.Open, 0, 1, 2), among(.2, conflict.Explained, 0, 3)))
	sync(t, s, night, two(among(.8, conflict.Explained, 0, 3), among(.7, conflict.Open, 0, 1)))
	got := conflicts(t, s, store.ConflictFilter{})
	if len(got) != 2 || got[0].ID != first.New[1] || got[0].Status != conflict.Explained || got[1].ID != first.New[0] {
		t.Errorf("got %+v", got)
	}
}

func TestConflictFilters(t *testing.T) {
	s, _ := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	sync(t, s, night, func(c *store.Corpus) []conflict.Conflict {
		weak := toll(c)
		weak.Severity, weak.Status, weak.Kind = 0.1, conflict.Explained, conflict.Negation
		return []conflict.Conflict{toll(c), weak}
	})
	for name, test := range map[string]struct {
		filter store.ConflictFilter
		want   int
	}{
		"all":         {store.ConflictFilter{}, 2},
		"limit":       {store.ConflictFilter{Limit: 1}, 1},
		"severe":      {store.ConflictFilter{Severity: 0.8}, 1},
		"kind":        {store.ConflictFilter{Kind: conflict.Negation}, 1},
		"status":      {store.ConflictFilter{Statuses: []conflict.Status{conflict.Open, conflict.Confirmed}}, 1},
		"in words":    {store.ConflictFilter{Text: "HARBOUR"}, 2},
		"in a quote":  {store.ConflictFilter{Text: "41 people"}, 2},
		"not in them": {store.ConflictFilter{Text: "Lemuria"}, 0},
	} {
		if got := conflicts(t, s, test.filter); len(got) != test.want {
			t.Errorf("%s: %d conflicts, want %d", name, len(got), test.want)
		}
	}
	got := conflicts(t, s, store.ConflictFilter{Limit: 1})
	docs, err := s.DocumentsOf(t.Context(), got[0].Positions[0].Appearances)
	if err != nil || len(docs) != 1 || docs["a.txt"].Source != "Source of /news/a.txt" || docs["a.txt"].Text != killed(34).Text {
		t.Errorf("documents %+v, %v", docs, err)
	}
}
