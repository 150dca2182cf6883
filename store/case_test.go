package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/store"
)

func TestACaseShowsWhoSaysWhat(t *testing.T) {
	s, _ := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	save(t, s, "/news/c.txt", killed(30), night)
	id := sync(t, s, night, func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c, 30)} }).New[0]
	want := conflicts(t, s, store.ConflictFilter{})[0]

	read := func() *desk.Case {
		t.Helper()
		c, err := s.Case(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := read()
	if !reflect.DeepEqual(c.Conflict, want) {
		t.Errorf("got  %+v\nwant %+v", c.Conflict, want)
	}
	if !c.FirstSeen.Equal(night) || !c.LastSeen.Equal(night) || !c.Closed.IsZero() || !reflect.DeepEqual(c.State, desk.State{}) {
		t.Errorf("got %+v", c)
	}
	if len(c.Sides) != 2 || len(c.Sides[1].Places) != 1 || len(c.Undecided) != 1 || c.Undecided[0].Quote != "30" {
		t.Fatalf("sides %+v, undecided %+v", c.Sides, c.Undecided)
	}
	p := c.Sides[1].Places[0]
	if p.Source != "Source of /news/b.txt" || p.Title != "Fire" || p.Published != claim.DayOf(2024, 4, 30) || !p.Seen.Equal(night) || !p.Current ||
		p.Before != "" || p.After != " The rest is silence." || p.Appears == 0 || p.DocumentID == 0 || p.SourceID == 0 || p.VersionID == 0 || p.ClaimID != fmt.Sprintf("%x", p.Claim.ID()) {
		t.Errorf("place %+v", p)
	}

	// What a night brings after a verdict is new.
	at := night.Add(time.Hour)
	if _, err := s.Judge(t.Context(), "ida", at, []desk.Target{{Conflict: id}}, desk.Decision{Verdict: desk.Real, Stands: c.Sides[1].Key, Note: "asked the harbour"}); err != nil {
		t.Fatal(err)
	}
	if c = read(); c.State.Verdict != desk.Real || c.State.Stands != c.Sides[1].Key || c.Status != conflict.Resolved || len(c.History) != 1 || c.History[0].Who != "ida" || len(c.Since) != 0 {
		t.Errorf("judged: %+v", c)
	}
	save(t, s, "/news/d.txt", killed(57), at)
	sync(t, s, at.Add(time.Hour), func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c, 30)} })
	c = read()
	if len(c.Sides) != 3 || c.Sides[0].New || c.Sides[1].New || !c.Sides[2].New || len(c.Since) != 1 || len(c.History) != 2 || c.History[0].What != desk.Reopen {
		t.Errorf("after the night: %+v", c)
	}
	page, err := s.Queue(t.Context(), desk.Filter{}, at.Add(2*time.Hour))
	if err != nil || len(page.Rows) != 1 || !page.Rows[0].New || !page.Rows[0].News.Equal(at.Add(time.Hour)) {
		t.Errorf("the queue after the night: %+v, %v", page, err)
	}

	for _, wrong := range []string{"", "0", "-1", "99", "x", "1e3", "99999999999999999999"} {
		var missing *desk.Missing
		if _, err := s.Case(t.Context(), wrong); !errors.As(err, &missing) {
			t.Errorf("conflict %q: %v", wrong, err)
		}
	}
}

// Of what a great many documents say, places of different sources come first.
func TestPlacesAreBounded(t *testing.T) {
	s, conn := open(t)
	for i := range 90 {
		save(t, s, fmt.Sprintf("/news/%02d.txt", i), killed(34+int64(i%2)), night)
	}
	id := sync(t, s, night, func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c)} }).New[0]
	if _, err := conn.Exec(t.Context(), `UPDATE document SET source = (SELECT min(source) FROM document) WHERE given <> '89.txt'`); err != nil {
		t.Fatal(err)
	}
	c, err := s.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, side := range c.Sides {
		if len(side.Places)+side.More != 45 || len(side.Places) != 40 {
			t.Errorf("%d places, and %d more", len(side.Places), side.More)
		}
	}
	if !slices.ContainsFunc(c.Sides[1].Places, func(p desk.Place) bool { return p.Document == "89.txt" }) {
		t.Error("the only place of another source is left out")
	}
}
