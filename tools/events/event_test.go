package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

const ferry = `Fire on a ferry

killed: number
owner: entity

-- a.txt --
The fire killed {{34|killed 1@2}} of the 340 aboard; {{Jon Berg|owner 1}} owns the ship.
-- b.html --
<html><head><title>34</title></head><body><p>On the <b>34</b>th night {{12|killed 2@1}} were dead. <p>Now {{more than 30|killed 1,3@2}}.</p>
<p>It belongs to {{Ada Lind|owner 2}}.</p></body></html>
-- c.txt --
The ship of Jon Berg: {{36|killed 3@2}} died, 36 were saved.
`

func TestRead(t *testing.T) {
	e, err := read(txtar.Parse([]byte(ferry)))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"34 12": superseded, "34 more than 30": agree, "34 36": conflict, "12 36": superseded,
		"more than 30 36": agree, "Jon Berg Ada Lind": conflict,
	}
	quote := map[string]string{}
	for _, c := range e.Claims {
		quote[c.ID] = c.Quote
		if c.Quote == "36" && c.Occurrence != 1 {
			t.Errorf("36 is occurrence %d", c.Occurrence)
		}
	}
	for _, p := range e.Pairs {
		key := quote[p.A] + " " + quote[p.B]
		if p.Label != want[key] {
			t.Errorf("%s: %s, want %s", key, p.Label, want[key])
		}
		delete(want, key)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	if strings.Contains(e.docs[1].text, "{{") || !strings.Contains(e.docs[1].text, "Now more than 30.") {
		t.Errorf("marks remain: %s", e.docs[1].text)
	}
}

func TestReadRefuses(t *testing.T) {
	for change, message := range map[string]string{
		"killed: number→killed: pounds":                "is no question and kind",
		"killed: number→killed: number\nowner: entity": "stands twice",
		"{{34|killed 1@2}}→{{34|dead 1}}":              "not among the questions",
		"{{34|killed 1@2}}→{{34|killed}}":              "no mark",
		"{{Ada Lind|owner 2}}→nobody":                  "not answered in two documents",
	} {
		from, to, _ := strings.Cut(change, "→")
		_, err := read(txtar.Parse([]byte(strings.Replace(ferry, from, to, 1))))
		if err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: %v, want %q", change, err, message)
		}
	}
}

// TestLabelled unfolds all events of the project.
func TestLabelled(t *testing.T) {
	files, err := filepath.Glob("labelled/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no labelled events: %v", err)
	}
	out := t.TempDir()
	var report bytes.Buffer
	if err := run(append([]string{out}, files...), &report); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(out, strings.TrimSuffix(filepath.Base(f), ".txt"), "gold.json"))
		if err != nil {
			t.Fatal(err)
		}
		var e event
		if err := json.Unmarshal(raw, &e); err != nil || len(e.Claims) == 0 {
			t.Errorf("%s: %v, %d claims", f, err, len(e.Claims))
		}
	}
}
