package browser

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"crosscheck/desk"
	"crosscheck/extract"
	"crosscheck/pipeline"
	"crosscheck/review"
	"crosscheck/review/password"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// word is the password of all accounts.
const word = "harbour lamp oatmeal vine"

// office is a desk at which some people work, with documents read into it.
type office struct {
	store   *store.Store
	folder  string // of the documents
	address string // of the pages
	now     time.Time
}

// events are documents that the sample is joined by, of those that were written to
// learn from, with many answers to many questions; and who published which.
var events = []struct{ name, file, source, published string }{
	{"sarrow-census", "a.txt", "Meridian News", "2024-11-14"},
	{"sarrow-census", "b.md", "Gazetteer of Small States", "2025-01-20"},
	{"sarrow-census", "c.html", "The Quay Post", "2024-11-15"},
	{"sarrow-census", "d.txt", "Statistical Office of Sarrow", "2024-11-14"},
	{"sarrow-census", "e.txt", "The Long View", "2024-12-02"},
	{"sarrow-census", "f.txt", "Island Herald", "2024-11-21"},
	{"halden-tunnel", "a.txt", "Northern Courier", "2023-05-12"},
	{"halden-tunnel", "b.md", "Rail Monitor", "2023-05-11"},
	{"halden-tunnel", "c.html", "The Mosevik Post", "2023-05-15"},
	{"halden-tunnel", "d.txt", "Office of Rail Works", "2023-06-05"},
	{"halden-tunnel", "e.txt", "Weekly Review", "2023-05-20"},
}

// newOffice opens a desk on a morning after a night in which the sample was read, and
// whatever else is given.
func newOffice(t *testing.T, more ...txtar.File) *office {
	t.Helper()
	s, err := store.Open(t.Context(), storetest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	project()
	t.Chdir(t.TempDir())
	o := &office{store: s, folder: "press", now: time.Now().UTC().Truncate(time.Second)} // by which the browser lets cookies end
	o.gather(t, more)
	o.night(t, o.now.Add(-6*time.Hour))

	log := slog.New(slog.DiscardHandler)
	now := func() time.Time { return o.now }
	hasher := password.NewHasher(runtime.NumCPU(), time.Minute)
	hash, err := hasher.Hash(t.Context(), word)
	if err != nil {
		t.Fatal(err)
	}
	for name, role := range map[string]desk.Role{"ruth": desk.Reviewer, "ben": desk.Reviewer, "ada": desk.Admin, "vera": desk.Viewer} {
		if err := s.AddAccount(t.Context(), o.now, name, role, hash); err != nil {
			t.Fatal(err)
		}
	}
	door := review.NewDoor(s, hasher, now, log)
	door.Local = true
	server := httptest.NewServer((&review.Server{Read: s, Judge: s, Gate: door, Door: door, Check: pipeline.Checker{Store: s}, Rules: extract.Rules(), Now: now, Log: log}).Handler())
	t.Cleanup(server.Close)
	o.address = server.URL
	return o
}

// project is the folder of the whole, whatever folder a test works in.
var project = sync.OnceValue(func() string {
	path, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	return path
})

var marked = regexp.MustCompile(`\{\{([^|{}]*)\|[^{}]*\}\}`)

// gather lays the documents into the folder.
func (o *office) gather(t *testing.T, more []txtar.File) {
	t.Helper()
	if err := os.CopyFS(o.folder, os.DirFS(filepath.Join(project(), "seeds"))); err != nil {
		t.Fatal(err)
	}
	sources, err := os.ReadFile(filepath.Join(project(), "seeds", "sources.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		archive, err := txtar.ParseFile(filepath.Join(project(), "tools", "events", "labelled", e.name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == e.file })
		if i < 0 {
			t.Fatalf("%s has no %s", e.name, e.file)
		}
		file := e.name + "-" + e.file
		more = append(more, txtar.File{Name: file, Data: marked.ReplaceAll(archive.Files[i].Data, []byte("$1"))})
		sources = fmt.Appendf(sources, "  - file: %s\n    source: %s\n    published: %s\n", file, e.source, e.published)
	}
	more = append(more, txtar.File{Name: "sources.yaml", Data: sources})
	for _, f := range more {
		o.write(t, f.Name, string(f.Data))
	}
}

func (o *office) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(o.folder, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// change edits a document.
func (o *office) change(t *testing.T, name string, pairs ...string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(o.folder, name))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(text), pairs[i]) {
			t.Fatalf("%s does not say %q", name, pairs[i])
		}
	}
	o.write(t, name, strings.NewReplacer(pairs...).Replace(string(text)))
}

// night reads the folder.
func (o *office) night(t *testing.T, at time.Time) {
	t.Helper()
	runner := pipeline.Runner{Store: o.store, Now: func() time.Time { return at }}
	if _, err := runner.Run(t.Context(), []string{o.folder}); err != nil {
		t.Fatal(err)
	}
}

// ferry is the conflict about how many died on the ferry, found by what one answer
// says: how its question is put is no matter of these tests.
func (o *office) ferry(t *testing.T) desk.Row {
	t.Helper()
	var all []string
	for _, row := range o.rows(t) {
		for _, a := range row.Answers {
			if a.Quote == "Between 10 and 12" {
				return row
			}
			all = append(all, a.Quote)
		}
	}
	t.Fatalf("the ferry is not among %q", all)
	return desk.Row{}
}

// state is where the review of a conflict stands.
func (o *office) state(t *testing.T, id string) desk.State {
	t.Helper()
	c, err := o.store.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c.State
}
