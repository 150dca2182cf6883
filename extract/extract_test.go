package extract_test

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract"
	"crosscheck/extract/golden"
)

// TestClaims reads the documents in testdata and compares their claims, one a
// line, with the file "claims" beside them.
func TestClaims(t *testing.T) {
	golden.Check(t, func(t *testing.T, files []txtar.File) []txtar.File {
		var out []txtar.File
		var claims strings.Builder
		for _, f := range files {
			if f.Name == "claims" {
				continue
			}
			out = append(out, f)
			for _, a := range read(t, f.Name, f.Data).Claims {
				claims.WriteString(a.Listed())
			}
		}
		return append(out, txtar.File{Name: "claims", Data: []byte(claims.String())})
	})
}

// TestExamples holds each rule that makes claims to its own example.
func TestExamples(t *testing.T) {
	for _, rule := range extract.Rules() {
		if !strings.HasPrefix(rule.Name, "claim/") {
			continue
		}
		text := rule.Example
		if strings.HasPrefix(text, "|") {
			text = "| A | B |\n|---|---|\n" + text
		}
		found := false
		for _, a := range read(t, "a.md", []byte(text)).Claims {
			found = found || strings.HasSuffix(string(a.Rule), string(rule.ID()))
		}
		if !found {
			t.Errorf("%s does not read its example %q", rule.Name, rule.Example)
		}
	}
}

func read(t testing.TB, name string, raw []byte) *extract.Reading {
	t.Helper()
	d, err := document.Read(context.Background(), name, raw, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	published, _ := claim.ParseDay(d.Meta.Published)
	r, err := extract.Read(context.Background(), d, extract.Context{Published: published})
	if err != nil {
		t.Fatal(err)
	}
	inside(t, d, r)
	return r
}

// inside checks that every span lies in the text and yields its quote.
func inside(t testing.TB, d *document.Document, r *extract.Reading) {
	t.Helper()
	check := func(what string, s document.Span) {
		if s.Start < 0 || s.End > len(d.Text) || s.Start >= s.End || !utf8.ValidString(s.Of(d.Text)) {
			t.Fatalf("%s [%d,%d) is no part of a text of %d bytes", what, s.Start, s.End, len(d.Text))
		}
	}
	for _, s := range r.Sentences {
		check("sentence", s.Span)
	}
	for _, m := range r.Mentions {
		check("mention", m.Span)
	}
	for _, a := range r.Claims {
		check("claim", a.Span)
		check("sentence of claim", a.SentenceSpan)
		if a.Quote != a.Span.Of(d.Text) || !a.SentenceSpan.Contains(a.Span) {
			t.Fatalf("quote %q of sentence %q is not at its place", a.Quote, a.Sentence)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("The pact gives Israel $3.8 billion a year through 2028, officials said.")
	f.Add("- **Killed:** 34 (as of 3 May)\n\n| Year | Event |\n|--|--|\n| 2016 | $38B signed |\n")
	f.Add("Peru's Prime Minister Ana Ruiz, who has not signed (yet) the 2019 accord, moved to Lima in 2020, Cusco in 2021.")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := document.Read(context.Background(), "fuzz.md", []byte(text), document.Options{})
		if err != nil {
			return
		}
		r, err := extract.Read(context.Background(), d, extract.Context{})
		if err != nil {
			t.Fatal(err)
		}
		inside(t, d, r)
	})
}
