package pipeline

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"crosscheck/claim"
)

// expand runs Expand and returns paths relative to dir, and the failures as
// "path: reason".
func expand(t *testing.T, dir string, paths ...string) (files, failed []string) {
	t.Helper()
	type answer struct {
		files  []File
		failed []Failure
	}
	done := make(chan answer)
	go func() {
		files, failed := Expand(paths)
		done <- answer{files, failed}
	}()
	select {
	case a := <-done:
		for _, f := range a.files {
			files = append(files, strings.TrimPrefix(f.Path, dir+"/"))
		}
		for _, f := range a.failed {
			failed = append(failed, strings.TrimPrefix(f.Path, dir+"/")+": "+f.Reason)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Expand does not come to an end")
	}
	return files, failed
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\ngot  %q\nwant %q", what, got, want)
	}
}

func TestExpandAFolder(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"b.md", "a.txt", "sub/c.html", ".hidden", ".git/config", "sub/.d.txt"} {
		write(t, filepath.Join(dir, path), "text")
	}
	files, failed := expand(t, dir, dir)
	equal(t, "files", files, []string{"a.txt", "b.md", "sub/c.html"})
	equal(t, "failed", failed, nil)

	files, _ = expand(t, dir, filepath.Join(dir, "b.md"), dir, filepath.Join(dir, ".hidden"))
	equal(t, "as given, each once", files, []string{"b.md", "a.txt", "sub/c.html", ".hidden"})
}

func TestExpandLinks(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "one/a.txt"), "text")
	for link, to := range map[string]string{
		"one/up": "..", "one/self": ".", "round": "about", "about": "round", "nowhere": "gone", "z-copy.txt": "one/a.txt",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	files, failed := expand(t, dir, dir)
	equal(t, "files", files, []string{"one/a.txt"})
	equal(t, "failed", failed, []string{
		"about: a link that leads to itself",
		"nowhere: there is no such file",
		"one/self: a link that leads back to a folder above it",
		"one/up: a link that leads back to a folder above it",
		"round: a link that leads to itself",
	})
}

func TestExpandWhatIsNoDocument(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), "text")
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	files, failed := expand(t, dir, dir, filepath.Join(dir, "gone.txt"), "https://user@example.org/page")
	equal(t, "files", files, []string{"a.txt"})
	equal(t, "failed", failed, []string{
		"pipe: not a regular file",
		"gone.txt: there is no such file",
		"https://user@example.org/page: it has a name or a password in it, which would be stored and shown",
	})
}

func TestExpandReadsSourcesFiles(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"a.txt", "sub/b.txt", "sub/c.txt"} {
		write(t, filepath.Join(dir, path), "text")
	}
	write(t, filepath.Join(dir, sourcesName), `
sources:
  - {file: a.txt, source: Gazette, published: 2024-03-01}
  - {file: sub/b.txt, source: far}
  - {file: sub/c.txt, source: Courier}
  - {file: gone.txt, source: Gazette}
`)
	write(t, filepath.Join(dir, "sub", sourcesName), "sources:\n  - {file: b.txt, source: near}\n")

	sourcesOf := func(paths ...string) (names []string) {
		files, _ := Expand(paths)
		for _, f := range files {
			names = append(names, f.Source.Source)
		}
		return names
	}
	equal(t, "folder", sourcesOf(dir), []string{"Gazette", "near", "Courier"})
	equal(t, "a file alone", sourcesOf(filepath.Join(dir, "a.txt")), []string{"Gazette"})
	files, failed := Expand([]string{filepath.Join(dir, sourcesName)})
	if len(files) != 3 || files[0].Source.Published != claim.DayOf(2024, 3, 1) {
		t.Errorf("the sources file itself: %+v", files)
	}
	if len(failed) != 1 || failed[0].Reason != "there is no such file; sources.yaml lists it" {
		t.Errorf("failed: %+v", failed)
	}
}

func TestExpandNamesABrokenSourcesFile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), "text")
	write(t, filepath.Join(dir, sourcesName), "sources:\n  - {file: a.txt, published: soon}\n")
	files, failed := expand(t, dir, dir)
	equal(t, "files", files, []string{"a.txt"})
	equal(t, "failed", failed, []string{`sources.yaml: entry 1: line 2: published: day "soon": want YYYY-MM-DD`})
}
