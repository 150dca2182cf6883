package pipeline

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"crosscheck/claim"
)

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadSources(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), sourcesName), `# Who wrote what.
sources:
  - file: ./a.md
    source: Harbour Gazette
    title: 2024
    published: 2024-03-01
    retrieved: 2024-03-02T06:30:00+01:00
  - url: https://example.org/b
    title: >
      A long
      title
`)
	got, err := LoadSources(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []SourceEntry{
		{File: "a.md", Source: "Harbour Gazette", Title: "2024", Published: claim.DayOf(2024, 3, 1),
			Retrieved: time.Date(2024, 3, 2, 5, 30, 0, 0, time.UTC)},
		{URL: "https://example.org/b", Title: "A long title"},
	}
	if !reflect.DeepEqual(got.Entries, want) {
		t.Errorf("got  %+v\nwant %+v", got.Entries, want)
	}
}

func TestLoadSourcesNamesTheMistake(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"field":   {"sources:\n  - file: a\n    publishd: 2024-03-01\n", `line 3: unknown field "publishd"`},
		"day":     {"sources:\n  - file: a\n    published: 1 March 2024\n", `line 3: published: day "1 March 2024": want YYYY-MM-DD`},
		"time":    {"sources:\n  - file: a\n    retrieved: noon\n", `line 3: retrieved: "noon": want YYYY-MM-DD`},
		"list":    {"sources:\n  - file: [a, b]\n", "line 2: want one value, found sequence"},
		"twice":   {"sources:\n  - file: a\n  - file: ./a\n", `line 3: file "a" is listed already, on line 2`},
		"key":     {"sources:\n  - file: a\n    file: b\n", `line 3: mapping key "file" already defined`},
		"nothing": {"sources:\n  - title: a\n", "entry 1: it has neither a file nor a url"},
		"path":    {"sources:\n  - file: /etc/passwd\n", `line 2: file "/etc/passwd": want a path relative to the sources file`},
		"shape":   {"- file: a\n", "line 1: "},
		"syntax":  {"sources:\n  - file: 'a\n", "line 2: "},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, filepath.Join(t.TempDir(), sourcesName), test.text)
			_, err := LoadSources(path)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), path+": ") {
				t.Errorf("got  %v\nwant %s: ... %s", err, path, test.want)
			}
		})
	}
	empty := write(t, filepath.Join(t.TempDir(), sourcesName), "# nothing yet\n")
	if s, err := LoadSources(empty); err != nil || len(s.Entries) != 0 {
		t.Errorf("a file of comments: %v, %v", s, err)
	}
}
