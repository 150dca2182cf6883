package document

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

func FuzzText(f *testing.F)     { fuzz(f, "a.txt", "text/plain") }
func FuzzMarkdown(f *testing.F) { fuzz(f, "a.md", "text/markdown") }
func FuzzHTML(f *testing.F)     { fuzz(f, "a.html", "text/html") }

// fuzz reads whatever comes, which must give a document that keeps the
// promises of the types, or say why not; and the same twice.
func fuzz(f *testing.F, name, contentType string) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			f.Add(file.Data)
		}
	}
	for _, piece := range hostile {
		f.Add([]byte(lead[name] + piece + piece + piece))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		o := Options{ContentType: contentType}
		d, err := Read(context.Background(), name, raw, o)
		var u *UnreadableError
		if errors.As(err, &u) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		check(t, d)
		again, err := Read(context.Background(), name, raw, o)
		if err != nil || dump(again) != dump(d) {
			t.Error("a second reading differs")
		}
	})
}
