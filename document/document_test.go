package document

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// read reads a document that must be readable.
func read(t testing.TB, name, text string) *Document {
	t.Helper()
	d, err := Read(context.Background(), name, []byte(text), Options{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return d
}

// dump writes a document as the golden files show it: what it says of itself,
// then a block a line with its role, what it stands under, and its words, in
// which line breaks are shown as ⏎ and the bars between cells as ¦.
func dump(d *Document) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s", d.Reader, d.Encoding)
	for _, field := range []struct{ name, value string }{
		{"language", d.Language}, {"invalid", fmt.Sprint(d.Invalid)}, {"title", d.Title()}, {"source", d.Meta.Source}, {"author", d.Meta.Author},
		{"published", d.Meta.Published}, {"actors", strings.Join(d.Meta.Actors, "; ")}, {"declared", d.Meta.Language}, {"url", d.Meta.URL},
	} {
		if field.value != "" && field.value != "0" {
			fmt.Fprintf(&out, "\n  %s: %s", field.name, field.value)
		}
	}
	out.WriteByte('\n')
	for i, b := range d.Blocks {
		fmt.Fprintf(&out, "%d %s", i, b.Role)
		if b.Level > 0 {
			fmt.Fprintf(&out, " %d", b.Level)
		}
		if b.Parent >= 0 {
			fmt.Fprintf(&out, " under %d", b.Parent)
		}
		if b.IsHeader {
			out.WriteString(" header")
		}
		if b.Header >= 0 {
			fmt.Fprintf(&out, " columns %d", b.Header)
		}
		words := d.Words(b)
		if b.Cells != nil {
			var cells []string
			for _, c := range b.Cells {
				cells = append(cells, d.Plain(b, c))
			}
			words = strings.Join(cells, " ¦ ")
		}
		fmt.Fprintf(&out, ": %s\n", strings.NewReplacer("\r\n", "⏎", "\n", "⏎").Replace(words))
	}
	return out.String()
}

// TestGolden reads each document in testdata/*.txtar and compares it with the
// dump that stands behind it.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var out []txtar.File
		for i, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".want") {
				continue
			}
			d := read(t, f.Name, string(f.Data))
			check(t, d)
			got := dump(d)
			out = append(out, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
			if *update {
				continue
			}
			if i+1 >= len(archive.Files) || archive.Files[i+1].Name != f.Name+".want" {
				t.Errorf("%s: %s has no dump behind it: run with -update and read it", path, f.Name)
			} else if want := string(archive.Files[i+1].Data); got != want {
				t.Errorf("%s: %s\ngot:\n%s\nwant:\n%s", path, f.Name, got, want)
			}
		}
		if *update {
			archive.Files = out
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// check holds every document to what the types promise.
func check(t testing.TB, d *Document) {
	t.Helper()
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s\ntext: %.2000q", fmt.Sprintf(format, args...), d.Text)
	}
	if !utf8.ValidString(d.Text) || strings.ContainsRune(d.Text, 0) {
		fail("the text is not clean UTF-8")
	}
	at := 0
	for i, b := range d.Blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(d.Text) {
			fail("block %d is %v behind %d of %d", i, b.Span, at, len(d.Text))
		}
		if between := d.Text[at:b.Start]; strings.TrimSpace(between) != "" {
			fail("%q stands before block %d", between, i)
		}
		at = b.End
		if b.Parent >= i || b.Parent < -1 || b.Header >= i || b.Header < -1 {
			fail("block %d: parent %d, header %d", i, b.Parent, b.Header)
		}
		if b.Header >= 0 && (b.Role != TableRow || !d.Blocks[b.Header].IsHeader) {
			fail("block %d: header %d is none", i, b.Header)
		}
		if b.Parent >= 0 && d.Blocks[b.Parent].Role != Heading && d.Blocks[b.Parent].Role != ListItem {
			fail("block %d stands under a %s", i, d.Blocks[b.Parent].Role)
		}
		if (b.Level > 0) != (b.Role == Heading || b.Role == ListItem) {
			fail("block %d: a %s of level %d", i, b.Role, b.Level)
		}
		inside(t, d, "markup", i, b, b.Markup)
		inside(t, d, "cells", i, b, b.Cells)
	}
	if rest := strings.TrimSpace(d.Text[at:]); rest != "" {
		fail("%q stands behind the last block", rest)
	}
	d.Title()
}

// inside checks that spans are in order and inside a block, and cut no letter.
func inside(t testing.TB, d *Document, what string, i int, b Block, spans []Span) {
	t.Helper()
	at := b.Start
	for _, s := range spans {
		if s.Start < at || s.End < s.Start || s.End > b.End {
			t.Fatalf("%s of block %d %v: %v\ntext: %.2000q", what, i, b.Span, spans, d.Text)
		}
		if !utf8.ValidString(s.Of(d.Text)) {
			t.Fatalf("%s of block %d cuts a letter: %q", what, i, s.Of(d.Text))
		}
		at = s.End
	}
}
