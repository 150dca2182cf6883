package review

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"crosscheck/desk"
)

//go:embed templates
var templateFiles embed.FS

// A sheet is a page before it is written.
type sheet struct {
	name   string // of its template
	Title  string
	Here   string // the part of the desk that it belongs to, as its address begins
	Body   any
	status int // 0 for 200
	now    time.Time

	// What the layout shows on every page.
	Person desk.Person
	Look   string // "light", "dark" or "" as the system has it
	Path   string // of the page itself, with its query
	Did    *done  // what has just been done; nil for nothing
}

// pages are the templates, each with the layout and the parts that it shares with
// others.
var pages = sync.OnceValues(func() (map[string]*template.Template, error) {
	base, err := template.New("").Funcs(functions).ParseFS(templateFiles, "templates/parts/*.html")
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	all := make(map[string]*template.Template)
	for _, f := range files {
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(templateFiles, f)
		}
		if err != nil {
			return nil, err
		}
		all[strings.TrimSuffix(path.Base(f), ".html")] = t
	}
	return all, nil
})

// render writes a page, or nothing where it fails.
func (s *Server) render(w http.ResponseWriter, r *http.Request, who desk.Person, p sheet) error {
	p.Person, p.Look, p.Path, p.now = who, lookOf(r), r.URL.RequestURI(), s.Now()
	if p.Did == nil && who.Role.May(desk.Viewer) {
		p.Did = s.justDone(r)
	}
	all, err := pages()
	if err != nil {
		return fmt.Errorf("templates: %w", err)
	}
	var b bytes.Buffer
	if err := all[p.name].ExecuteTemplate(&b, "layout", &p); err != nil {
		return fmt.Errorf("page %s: %w", p.name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if p.status != 0 {
		w.WriteHeader(p.status)
	}
	_, _ = w.Write(b.Bytes()) // who asked may have gone
	return nil
}
