package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

func plainEvent() *event {
	return &event{lists: &lists{}, times: decimal.New(2, 0), years: 28, names: map[string]string{"Telford": "Wexley", "TELFORD": "WEXLEY"}}
}

func TestChange(t *testing.T) {
	for before, after := range map[string]string{
		"In Telford's harbour 34 people died on 16 April 2013.":    "In Wexley's harbour 68 people died on 16 April 2041.",
		"TELFORD, April 16, 2013 - 12 died":                        "WEXLEY, April 16, 2041 - 12 died",
		"$3.8 billion a year for 10 years, or $38 billion":         "$7.6 billion a year for 10 years, or $76 billion",
		"2,750 tonnes, 4.5% more than in 2012":                     "5,500 tonnes, 4.5% more than in 2040",
		"thirty-four men and Forty-two women, thirteen of them 14": "sixty-eight men and Eighty-four women, thirteen of them 28",
		"published: 2013-04-16, at 14:30, page 3":                  "published: 2041-04-16, at 14:30, page 3",
		"the 1990s, 21st, A380, 93-metre, 20-year, 15 minutes":     "the 1990s, 21st, A380, 186-metre, 20-year, 15 minutes",
		"5 million of them, £56.6bn, &#8217; 1,900 people":         "10 million of them, £113.2bn, &#8217; 3,800 people",
	} {
		if got := plainEvent().change(before); got != after {
			t.Errorf("%q becomes\n%q, want\n%q", before, got, after)
		}
	}
}

// What was rounded to another figure still is.
func TestRoundedFiguresFollowTheFinerOnes(t *testing.T) {
	e := plainEvent()
	text := "18,300 boxes. Some 18,000 of them. More than 18,000 of them. Nearly 19,000 of them: 18,700 at last."
	e.note(text)
	want := "36,600 boxes. Some 37,000 of them. More than 36,000 of them. Nearly 38,000 of them: 37,400 at last."
	if got := e.change(text); got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestRename(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	folder := filepath.Join(in, "fire", "docs")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"docs/a.txt": "Mayor Anna Lindqvist of Telford said (34) people died, 34 in all, on 16 April 2013.",
		"docs/b.html": "<html><head><meta property=\"og:title\" content=\"Fire kills 36\"><style>p{margin:20em}</style></head>" +
			"<body><p>Anna Lindqvist said <b>36</b> people died in Telford.</p></body></html>",
		"gold.json": `{"event":"fire","claims":[{"id":"c1","doc":"a.txt","quote":"34","occurrence":2,"kind":"number","about":"toll"},
			{"id":"c2","doc":"b.html","quote":"36 people","kind":"number","about":"toll"}],"pairs":[{"a":"c1","b":"c2","label":"conflict"}]}`,
	} {
		if err := os.WriteFile(filepath.Join(in, "fire", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir("..") // the folder from which the program is run
	if err := run(context.Background(), []string{in, out}); err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(out, "fire", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	a := regexp.MustCompile(`^Mayor (\w+ \w+) of (\w+) said \(68\) people died, 68 in all, on 16 April 2041\.$`).FindStringSubmatch(read("docs/a.txt"))
	if a == nil || strings.Contains(a[1], "Anna") || strings.Contains(a[1], "Lindqvist") {
		t.Fatalf("a.txt: %s", read("docs/a.txt"))
	}
	b := read("docs/b.html")
	for _, want := range []string{`content="Fire kills 72"`, "margin:20em", "<b>72</b> people", a[1], a[2]} {
		if !strings.Contains(b, want) {
			t.Errorf("b.html lacks %q: %s", want, b)
		}
	}
	var gold struct {
		Claims []struct {
			Quote      string
			Occurrence int
		}
		Pairs []struct{ Label string }
	}
	if err := json.Unmarshal([]byte(read("gold.json")), &gold); err != nil {
		t.Fatal(err)
	}
	if c := gold.Claims; c[0].Quote != "68" || c[0].Occurrence != 2 || c[1].Quote != "72 people" || gold.Pairs[0].Label != "conflict" {
		t.Errorf("labels %+v", gold)
	}
	if err := run(context.Background(), []string{"-factor", "0.5", in, out}); err == nil {
		t.Error("a factor below one makes different figures one")
	}
}
