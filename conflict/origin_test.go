package conflict

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// prose makes a text of n words that differs with its seed.
func prose(seed, n int) string {
	var b strings.Builder
	x := uint32(seed)*2654435761 + 1
	for i := range n {
		x = x*1664525 + 1013904223
		fmt.Fprintf(&b, "w%d ", x>>20)
		if i%12 == 11 {
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestOrigins(t *testing.T) {
	wire := prose(1, 120)
	docs := []Document{
		{Path: "wire", Text: wire},
		{Path: "copy", Text: wire},
		{Path: "framed", Text: prose(2, 40) + wire + prose(3, 40)},
		{Path: "own", Text: prose(4, 120), Source: "The Gazette"},
		{Path: "same house", Text: prose(5, 120), Source: "the gazette"},
		{Path: "agency", Text: "PORT CITY (AP) - " + prose(6, 120)},
		{Path: "agency too", Text: prose(7, 120) + "(AP)"},
		{Path: "alone", Text: prose(8, 120)},
	}
	c, err := newCorpus(context.Background(), docs, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range [][]string{{"wire", "copy", "framed"}, {"own", "same house"}, {"agency", "agency too"}} {
		for _, path := range group[1:] {
			if c.origin[path] != c.origin[group[0]] {
				t.Errorf("%s and %s are of one origin", group[0], path)
			}
		}
	}
	if seen := distinct(c.origin); seen != 4 {
		t.Errorf("%d origins, want 4: %v", seen, c.origin)
	}
	if c.voices != 6 {
		t.Errorf("%d voices, want 6: a house and an agency speak with several", c.voices)
	}
}

func distinct(origin map[string]int) int {
	seen := map[int]bool{}
	for _, o := range origin {
		seen[o] = true
	}
	return len(seen)
}

func TestTheSameIsNoOriginTwice(t *testing.T) {
	a := killed("The fire killed 45 people.", "45", exact("45", "person"))
	b := killed("The fire killed 47 people.", "47", exact("47", "person"))
	a.doc, b.doc = "a.txt", "b.txt"
	copied := a
	copied.doc = "0.txt"
	c := only(t, compareAll(t, a, b, copied))
	if c.Origins != 2 || c.Positions[0].Origins != 1 || c.Positions[1].Origins != 1 {
		t.Errorf("got %d origins, positions with %d and %d", c.Origins, c.Positions[0].Origins, c.Positions[1].Origins)
	}
	if n := len(c.Positions[0].Appearances) + len(c.Positions[1].Appearances); n != 3 {
		t.Errorf("%d appearances, want all 3", n)
	}
}
