package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	gosync "sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/store"
)

var later = night.Add(7 * time.Hour)

// all finds one conflict in all that is stored.
func all(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c)} }

// dispute stores documents, a number each, and the conflict between them.
func dispute(t *testing.T, numbers ...int64) (*store.Store, *pgx.Conn, string) {
	t.Helper()
	s, conn := open(t)
	for i, n := range numbers {
		save(t, s, "/news/"+string(rune('a'+i))+".txt", killed(n), night)
	}
	return s, conn, sync(t, s, night, all).New[0]
}

func on(id string, revision int) []desk.Target {
	return []desk.Target{{Conflict: id, Revision: revision}}
}

// state is where a conflict stands by the last act on it.
func state(t *testing.T, conn *pgx.Conn, id string) (s desk.State) {
	t.Helper()
	err := conn.QueryRow(t.Context(), `SELECT after FROM act_conflict WHERE conflict = $1::text::bigint ORDER BY act DESC LIMIT 1`, id).Scan(&s)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		t.Fatal(err)
	}
	return s
}

func statusOf(t *testing.T, conn *pgx.Conn, id string) (status conflict.Status, box desk.Box) {
	t.Helper()
	err := conn.QueryRow(t.Context(), `SELECT c.status, q.box FROM conflict c JOIN queue q ON q.conflict = c.id WHERE c.id = $1::text::bigint`, id).Scan(&status, &box)
	if err != nil {
		t.Fatal(err)
	}
	return status, box
}

// review is all that people have come to, to be compared as a whole, but for how
// often they did.
func review(t *testing.T, conn *pgx.Conn) (text string) {
	t.Helper()
	err := conn.QueryRow(t.Context(), `
SELECT concat_ws(E'\n',
    (SELECT string_agg((to_jsonb(v) - 'revision')::text, E'\n' ORDER BY conflict) FROM review v WHERE to_jsonb(v) - 'revision' - 'conflict'
        <> '{"due": null, "note": "", "basis": null, "judge": "", "links": [], "muted": false, "detail": "", "judged": null, "stands": null, "verdict": null,
             "assignee": "", "reopened": null, "merged_into": null, "reopened_because": []}'),
    (SELECT string_agg(concat(id, status), ' ' ORDER BY id) FROM conflict),
    (SELECT string_agg(concat(conflict, box), ' ' ORDER BY conflict) FROM queue),
    (SELECT string_agg(encode(claim_a, 'hex') || encode(claim_b, 'hex'), ' ' ORDER BY 1) FROM parted),
    (SELECT string_agg(concat(a, '/', b, same), ' ' ORDER BY a, b) FROM name_ruling),
    (SELECT string_agg(source::text, ' ' ORDER BY source) FROM muted_source))`).Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// answer is the key of a number of people.
func answer(n int64) string { return desk.ValueKey(claim.Value{Quantity: exactly(n)}) }

func must(t *testing.T) func(desk.Act, error) desk.Act {
	return func(a desk.Act, err error) desk.Act {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
}

func refusedWith(t *testing.T, err error, want string) {
	t.Helper()
	var refused *desk.Refused
	if !errors.As(err, &refused) || !strings.Contains(refused.Why, want) {
		t.Errorf("error %v, want to be refused with %q", err, want)
	}
}

func TestVerdictsAndTheirStatus(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	if _, err := conn.Exec(t.Context(), `UPDATE appearance SET rule = 'count/killed@2 claim/verb@7'`); err != nil {
		t.Fatal(err)
	}
	for i, test := range []struct {
		decision desk.Decision
		want     conflict.Status
	}{
		{desk.Decision{Verdict: desk.Real}, conflict.Confirmed},
		{desk.Decision{Verdict: desk.Real, Stands: desk.NoneStands}, conflict.Confirmed},
		{desk.Decision{Verdict: desk.Real, Stands: answer(41), Note: "by the report", Links: []string{"https://example.org/report"}}, conflict.Resolved},
		{desk.Decision{Verdict: desk.Same}, conflict.Dismissed},
		{desk.Decision{Verdict: desk.Different, Detail: desk.ByPart}, conflict.Dismissed},
		{desk.Decision{Verdict: desk.Misread, Detail: "claim/verb"}, conflict.Dismissed},
		{desk.Decision{Verdict: desk.OutOfScope}, conflict.Dismissed},
		{desk.Decision{Verdict: desk.Superseded}, conflict.Superseded},
	} {
		act := must(t)(s.Judge(t.Context(), "ida", later, on(id, i), test.decision))
		if status, box := statusOf(t, conn, id); status != test.want || box != desk.Judged {
			t.Errorf("%+v: %s in box %s, want %s", test.decision, status, box, test.want)
		}
		got := state(t, conn, id)
		want := desk.State{Revision: i + 1, Verdict: test.decision.Verdict, Detail: test.decision.Detail, Stands: test.decision.Stands,
			Links: test.decision.Links, Judged: later, Judge: "ida", Note: test.decision.Note}
		if !reflect.DeepEqual(got, want) || len(act.Changes) != 1 || !reflect.DeepEqual(act.Changes[0].After, want) || act.Changes[0].Question == "" {
			t.Errorf("state %+v\nwant  %+v\nact %+v", got, want, act)
		}
	}
	_, err := s.Judge(t.Context(), "ida", later, on(id, 8), desk.Decision{Verdict: desk.Real, Stands: answer(57)})
	refusedWith(t, err, "has no such answer")
	_, err = s.Judge(t.Context(), "ida", later, on(id, 8), desk.Decision{Verdict: desk.Misread, Detail: "money/rate"})
	refusedWith(t, err, `was made by the rule "money/rate"`)
	_, err = s.Judge(t.Context(), desk.Night, later, on(id, 8), desk.Decision{Verdict: desk.Same})
	refusedWith(t, err, "the nights have it")
	var missing *desk.Missing
	for _, none := range []string{"99", "x", "-1"} {
		if _, err := s.Judge(t.Context(), "ida", later, on(none, 0), desk.Decision{Verdict: desk.Same}); !errors.As(err, &missing) || missing.Name != none {
			t.Errorf("conflict %s: error %v", none, err)
		}
	}
}

// Yes and no are one value: the key tells which of them stands.
func TestWhichOfYesAndNoStands(t *testing.T) {
	s, conn := open(t)
	yes, no := killed(34), killed(34)
	no.Claims[0].Claim.Polarity = claim.Negated
	no.Key[0]++
	no.Text, yes.Text = no.Text+"No.\n", yes.Text+"Yes.\n"
	save(t, s, "/news/a.txt", yes, night)
	save(t, s, "/news/b.txt", no, night)
	id := sync(t, s, night, func(c *store.Corpus) []conflict.Conflict {
		one := toll(c)
		p := one.Positions[0]
		one.Kind, one.Positions = conflict.Negation, []conflict.Position{p, p}
		one.Positions[0].Appearances, one.Positions[1].Appearances = p.Appearances[:1], p.Appearances[1:]
		return []conflict.Conflict{one}
	}).New[0]
	key := desk.AnswerKey(conflict.Negation, claim.Value{Quantity: exactly(34)}, claim.Negated)
	must(t)(s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Real, Stands: key}))
	act := must(t)(s.Note(t.Context(), "ida", later, on(id, 1), "as it came back"))
	if got := act.Changes[0].Before.Stands; got != key || key == answer(34) {
		t.Errorf("what stands is %q, want %q", got, key)
	}
	_, err := s.Split(t.Context(), "ida", later, on(id, 2)[0], []string{key}, "")
	refusedWith(t, err, "something is so or it is not")
	if status, _ := statusOf(t, conn, id); status != conflict.Resolved {
		t.Error(status)
	}
}

func TestWhoComesSecondSeesWhatTheFirstDid(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	must(t)(s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Same, Note: "rounded"}))
	must(t)(s.Assign(t.Context(), "ida", later, on(id, 1), desk.Task{Assignee: "bo", Due: claim.DayOf(2024, 5, 3)}))
	before := review(t, conn)
	for name, do := range map[string]func(on []desk.Target) (desk.Act, error){
		"judge": func(on []desk.Target) (desk.Act, error) {
			return s.Judge(t.Context(), "bo", later, on, desk.Decision{Verdict: desk.Real})
		},
		"assign": func(on []desk.Target) (desk.Act, error) { return s.Assign(t.Context(), "bo", later, on, desk.Task{}) },
		"note":   func(on []desk.Target) (desk.Act, error) { return s.Note(t.Context(), "bo", later, on, "x") },
		"mute":   func(on []desk.Target) (desk.Act, error) { return s.Mute(t.Context(), "bo", later, on, true, "") },
		"split": func(on []desk.Target) (desk.Act, error) {
			return s.Split(t.Context(), "bo", later, on[0], []string{answer(34)}, "")
		},
	} {
		_, err := do(on(id, 0))
		var stale *desk.Stale
		if !errors.As(err, &stale) || !slices.Equal(stale.Conflicts, []string{id}) || len(stale.Acts) != 2 || stale.Acts[0].What != desk.Assign ||
			stale.Acts[1].Who != "ida" || stale.Acts[1].Note != "rounded" || stale.Acts[1].Changes[0].After.Verdict != desk.Same {
			t.Errorf("%s: %v, %+v", name, err, stale)
		}
		if _, err := do(on(id, 1)); !errors.As(err, &stale) || len(stale.Acts) != 1 {
			t.Errorf("%s, having seen the first: %v, %+v", name, err, stale)
		}
	}
	if after := review(t, conn); after != before {
		t.Errorf("something was done:\n%s\nbefore\n%s", after, before)
	}
}

// Of any number who act at once on what they all saw, one does, and an act on many
// conflicts is done on all or none.
func TestOfSeveralAtOnceOneActs(t *testing.T) {
	s, conn := open(t)
	var ids []string
	for i := range 12 {
		save(t, s, fmt.Sprintf("/news/%d.txt", i), killed(int64(i)), night)
	}
	ids = sync(t, s, night, func(c *store.Corpus) (out []conflict.Conflict) {
		for i := 0; i < 12; i += 2 {
			part := *c
			part.Claims = c.Claims[i : i+2]
			out = append(out, toll(&part))
		}
		return out
	}).New
	var targets []desk.Target
	for _, id := range ids {
		targets = append(targets, desk.Target{Conflict: id})
	}
	var group gosync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		mine := slices.Clone(targets)
		if i%2 == 1 {
			slices.Reverse(mine)
		}
		group.Go(func() {
			_, errs[i] = s.Judge(t.Context(), fmt.Sprint("reviewer", i), later, mine, desk.Decision{Verdict: desk.Same})
		})
	}
	group.Wait()
	done := 0
	for _, err := range errs {
		var stale *desk.Stale
		switch {
		case err == nil:
			done++
		case !errors.As(err, &stale) || len(stale.Conflicts) != len(ids) || len(stale.Acts) != 1:
			t.Error(err)
		}
	}
	var judges, rows int
	if err := conn.QueryRow(t.Context(), `SELECT count(DISTINCT judge), count(*) FROM review WHERE revision = 1`).Scan(&judges, &rows); err != nil {
		t.Fatal(err)
	}
	if done != 1 || judges != 1 || rows != len(ids) {
		t.Errorf("%d acts done, by %d judges on %d conflicts", done, judges, rows)
	}
	stale := append(slices.Clone(targets[1:]), desk.Target{Conflict: ids[0], Revision: 7})
	for i := range stale[:len(stale)-1] {
		stale[i].Revision = 1
	}
	if _, err := s.Judge(t.Context(), "ida", later, stale, desk.Decision{Verdict: desk.Real}); err == nil || !strings.Contains(err.Error(), "somebody else changed it") {
		t.Errorf("one of many is stale: %v", err)
	}
	if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM review WHERE verdict = 'same'`).Scan(&rows); err != nil || rows != len(ids) {
		t.Errorf("%d still judged as they were, %v", rows, err)
	}
	_, err := s.Note(t.Context(), "ida", later, nil, "x")
	refusedWith(t, err, "choose a conflict first")
	_, err = s.Note(t.Context(), "ida", later, make([]desk.Target, desk.MostTargets+1), "x")
	refusedWith(t, err, "at most 1000 conflicts at once")
}

// Whatever is done, undoing it leaves things as they were, undoing that does it
// again, and so on.
func TestEveryActCanBeUndone(t *testing.T) {
	s, conn := open(t)
	for i, n := range []int64{34, 41, 57, 90} {
		save(t, s, "/news/"+string(rune('a'+i))+".txt", killed(n), night)
	}
	part := func(c *store.Corpus, from, to int) conflict.Conflict {
		some := *c
		some.Claims = c.Claims[from:to]
		return toll(&some)
	}
	ids := sync(t, s, night, func(c *store.Corpus) []conflict.Conflict {
		return []conflict.Conflict{part(c, 0, 3), part(c, 2, 4)}
	}).New
	a, b := ids[0], ids[1]
	rev := func(id string) desk.Target { return desk.Target{Conflict: id, Revision: state(t, conn, id).Revision} }
	var source int64
	if err := conn.QueryRow(t.Context(), `SELECT min(id) FROM source`).Scan(&source); err != nil {
		t.Fatal(err)
	}
	// Each works on what those before it have left.
	for _, step := range []struct {
		name string
		do   func() (desk.Act, error)
	}{
		{"judge", func() (desk.Act, error) {
			return s.Judge(t.Context(), "ida", later, []desk.Target{rev(a), rev(b)}, desk.Decision{Verdict: desk.Real, Stands: answer(57), Links: []string{"https://example.org"}})
		}},
		{"judge otherwise", func() (desk.Act, error) {
			return s.Judge(t.Context(), "bo", later.Add(time.Hour), []desk.Target{rev(b)}, desk.Decision{Verdict: desk.Different, Detail: desk.ByPlace, Note: "no"})
		}},
		{"assign", func() (desk.Act, error) {
			return s.Assign(t.Context(), "ida", later, []desk.Target{rev(a)}, desk.Task{Assignee: "bo", Due: claim.DayOf(2024, 6, 1)})
		}},
		{"note", func() (desk.Act, error) { return s.Note(t.Context(), "ida", later, []desk.Target{rev(a)}, "hm") }},
		{"mute", func() (desk.Act, error) {
			return s.Mute(t.Context(), "ida", later, []desk.Target{rev(a), rev(b)}, true, "")
		}},
		{"unmute", func() (desk.Act, error) { return s.Mute(t.Context(), "ida", later, []desk.Target{rev(a)}, false, "") }},
		{"mute a source", func() (desk.Act, error) { return s.MuteSource(t.Context(), "ida", later, source, true, "satire") }},
		{"hear it", func() (desk.Act, error) { return s.MuteSource(t.Context(), "ida", later, source, false, "") }},
		{"names", func() (desk.Act, error) {
			return s.RuleNames(t.Context(), "ida", later, "Port Ellis", "Ellis Harbour", true, "")
		}},
		{"other names", func() (desk.Act, error) {
			return s.RuleNames(t.Context(), "bo", later, "ELLIS HARBOUR", "Port Ellis", false, "")
		}},
		{"merge", func() (desk.Act, error) {
			return s.Merge(t.Context(), "ida", later, rev(a), []desk.Target{rev(b)}, "")
		}},
	} {
		before := review(t, conn)
		act := must(t)(step.do())
		after := review(t, conn)
		if before == after && step.name != "note" {
			t.Errorf("%s did nothing", step.name)
		}
		last := act.ID
		for i := range 3 {
			last = must(t)(s.Undo(t.Context(), "bo", later, last)).ID
			if got := review(t, conn); got != before {
				t.Errorf("%s undone, time %d:\n%s\nwant\n%s", step.name, i, got, before)
			}
			_, err := s.Undo(t.Context(), "bo", later, act.ID)
			refusedWith(t, err, "it has been taken back already, by bo")
			last = must(t)(s.Undo(t.Context(), "bo", later, last)).ID
			if got := review(t, conn); got != after {
				t.Errorf("%s done again, time %d:\n%s\nwant\n%s", step.name, i, got, after)
			}
		}
		queueIsKept(t, s)
	}
	acts, err := s.Acts(t.Context(), 0, 3)
	if err != nil || len(acts) != 3 || acts[0].What != desk.Undo || acts[1].UndoneBy != acts[0].ID || acts[0].Undoes != acts[1].ID || len(acts[2].Changes) != 2 {
		t.Errorf("the last acts %+v, %v", acts, err)
	}
	if next, err := s.Acts(t.Context(), acts[2].ID, 1); err != nil || len(next) != 1 || next[0].ID >= acts[2].ID {
		t.Errorf("those before %+v, %v", next, err)
	}
	states, err := s.States(t.Context(), ids)
	if err != nil || len(states) != 2 || states[a].Assignee != "bo" || states[b].MergedInto != a {
		t.Errorf("states %+v, %v", states, err)
	}
	var missing *desk.Missing
	if _, err := s.Undo(t.Context(), "ida", later, 9999); !errors.As(err, &missing) {
		t.Errorf("an act that there is not: %v", err)
	}
}

func TestWhatOthersHaveActedOnIsNotUndone(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	verdict := must(t)(s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Same}))
	assigned := must(t)(s.Assign(t.Context(), "bo", later, on(id, 1), desk.Task{Assignee: "ida"}))
	_, err := s.Undo(t.Context(), "ida", later, verdict.ID)
	refusedWith(t, err, "bo has acted on it since (an assignment, 1 May 2024, 09:00 UTC): that would have to be taken back first")
	undone := must(t)(s.Undo(t.Context(), "bo", later, assigned.ID))
	must(t)(s.Undo(t.Context(), "ida", later, verdict.ID))
	if status, box := statusOf(t, conn, id); status != conflict.Open || box != desk.Waiting {
		t.Errorf("%s in box %s", status, box)
	}
	_, err = s.Undo(t.Context(), "bo", later, undone.ID)
	refusedWith(t, err, "ida has acted on it since")
	if got := state(t, conn, id); got.Revision != 4 || got.Verdict != "" || got.Judge != "" {
		t.Errorf("state %+v", got)
	}
}

func TestTheLastRulingOnNamesHolds(t *testing.T) {
	s, conn, _ := dispute(t, 34, 41)
	names := func() (text string) {
		t.Helper()
		if err := conn.QueryRow(t.Context(), `SELECT coalesce(string_agg(concat(a, '/', b, ' ', same), ','), '') FROM name_ruling`).Scan(&text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	first := must(t)(s.RuleNames(t.Context(), "ida", later, "Port Ellis", "Harbour fire", true, ""))
	var uncompared int
	if err := conn.QueryRow(t.Context(), `SELECT count(*) FROM version WHERE NOT compared`).Scan(&uncompared); err != nil || uncompared != 2 {
		t.Errorf("%d documents are to be compared anew, want both that use the names, %v", uncompared, err)
	}
	second := must(t)(s.RuleNames(t.Context(), "bo", later, "the harbour fire", "port  ellis", false, "two things"))
	if got := names(); got != "port ellis/the harbour fire f" {
		t.Errorf("rulings %q", got)
	}
	_, err := s.RuleNames(t.Context(), "ida", later, "Harbour Fire", "Port Ellis", false, "")
	refusedWith(t, err, "it has been declared already")
	_, err = s.RuleNames(t.Context(), "ida", later, "Port Ellis", "the port ellis", false, "")
	refusedWith(t, err, "these are one to comparing")
	_, err = s.RuleNames(t.Context(), "ida", later, "Port Ellis", " ", false, "")
	refusedWith(t, err, "the name is missing")
	undone := must(t)(s.Undo(t.Context(), "ida", later, first.ID)) // the second holds all the same
	if got := names(); got != "port ellis/the harbour fire f" {
		t.Errorf("the first taken back: rulings %q", got)
	}
	must(t)(s.Undo(t.Context(), "ida", later, undone.ID))
	must(t)(s.Undo(t.Context(), "ida", later, second.ID))
	if got := names(); got != "Harbour fire/Port Ellis t" {
		t.Errorf("the second taken back: rulings %q", got)
	}
}

func TestSavedViews(t *testing.T) {
	s, conn := open(t)
	for _, v := range []desk.View{{Name: " Fires  today ", Query: "text=fire"}, {Name: "Fires today", Query: "text=fires"}} {
		if err := s.SaveView(t.Context(), "ida", v); err != nil {
			t.Fatal(err)
		}
	}
	var query string
	if err := conn.QueryRow(t.Context(), `SELECT query FROM saved_view WHERE owner = 'ida' AND name = 'Fires today'`).Scan(&query); err != nil || query != "text=fires" {
		t.Errorf("query %q, %v", query, err)
	}
	refusedWith(t, s.SaveView(t.Context(), "ida", desk.View{}), "the name of the view is missing")
	refusedWith(t, s.SaveView(t.Context(), "ida", desk.View{Name: "x", Query: strings.Repeat("x", 4001)}), "too long")
	for i := range 100 {
		if err := s.SaveView(t.Context(), "bo", desk.View{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	refusedWith(t, s.SaveView(t.Context(), "bo", desk.View{Name: "one more"}), "there are 100 views already")
	var missing *desk.Missing
	if err := s.DropView(t.Context(), "bo", "Fires today"); !errors.As(err, &missing) {
		t.Errorf("somebody else's view: %v", err)
	}
	if err := s.DropView(t.Context(), "ida", "Fires today"); err != nil {
		t.Error(err)
	}
}
