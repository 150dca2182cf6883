package conflict

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// stories writes a few documents about each of some places, in common words and
// a few that belong to the place.
func stories(places []string, each int) []statement {
	r := rand.New(rand.NewPCG(4, 4))
	var list []statement
	for _, place := range places {
		for range each {
			var text strings.Builder
			fmt.Fprintf(&text, "It burned again in %s. ", place)
			for range 15 {
				fmt.Fprintf(&text, "Then %s%d told of plain%d and plain%d and plain%d. ", place, r.IntN(6), r.IntN(900), r.IntN(900), r.IntN(900))
			}
			n := fmt.Sprint(20 + r.IntN(60))
			s := killed("The fire killed "+n+" people.", n, exact(n, "person"))
			s.doc = fmt.Sprintf("%d.txt", len(list))
			s.text = text.String() + s.sentence
			list = append(list, s)
		}
	}
	return list
}

func TestEventsAreToldApart(t *testing.T) {
	places := []string{"Orvale", "Tinmouth", "Castlebrae", "Nethercombe", "Hallow", "Quern"}
	const each = 5
	docs, claims := material(t, stories(places, each))
	c, err := newCorpus(context.Background(), docs, claims, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.events) != len(places) {
		t.Fatalf("%d events, want %d", len(c.events), len(places))
	}
	for _, event := range c.events {
		var at []string
		for _, place := range places {
			if slices.ContainsFunc(event, func(t *text) bool { return strings.Contains(t.body, place) }) {
				at = append(at, place)
			}
		}
		if len(event) != each || len(at) != 1 {
			t.Errorf("an event of %d documents is about %v", len(event), at)
		}
	}
	for _, found := range result(t, docs, claims) {
		for _, p := range found.Positions {
			for _, a := range p.Appearances {
				if first := found.Positions[0].Appearances[0]; placeOf(docs, a.Document) != placeOf(docs, first.Document) {
					t.Errorf("%s and %s are held against each other", a.Document, first.Document)
				}
			}
		}
	}
}

func placeOf(docs []Document, path string) string {
	i := slices.IndexFunc(docs, func(d Document) bool { return d.Path == path })
	return strings.Fields(docs[i].Text)[4] // "It burned again in Orvale."
}

func TestConflictSaysWhatSpoke(t *testing.T) {
	c := only(t, compareAll(t,
		killed("A military official said 34 people were killed.", "34", exact("34", "person")),
		killed("The blast killed 12 people.", "12", exact("12", "person"))))
	if len(c.For) == 0 || len(c.Against) == 0 {
		t.Errorf("for %q, against %q", c.For, c.Against)
	}
}
