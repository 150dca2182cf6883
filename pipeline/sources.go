package pipeline

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"crosscheck/claim"
)

// sourcesName is the name of a file that tells about the documents beside and
// below it.
const sourcesName = "sources.yaml"

// maxSources bounds a sources file, in bytes.
const maxSources = 16 << 20

// Sources is a sources.yaml: a list with an entry a document.
//
//	sources:
//	  # Each entry has a file, relative to this one, or a url, or both.
//	  - file: reports/harbour.md
//	    source: Harbour Gazette
//	    title: New quay opens
//	    published: 2024-03-01
//	    retrieved: 2024-03-02
type Sources struct {
	Path    string
	Entries []SourceEntry
}

// entryYAML is an entry as written, each field with its line.
type entryYAML struct {
	File      scalar `yaml:"file"`
	URL       scalar `yaml:"url"`
	Source    scalar `yaml:"source"`
	Title     scalar `yaml:"title"`
	Published scalar `yaml:"published"`
	Retrieved scalar `yaml:"retrieved"`
}

// scalar is a single value and the line it stands on; line 0 means not there.
type scalar struct {
	text string
	line int
}

// UnmarshalYAML takes the text as written: a title may look like a number.
func (s *scalar) UnmarshalYAML(n ast.Node) error {
	s.line = n.GetToken().Position.Line
	switch n := n.(type) {
	case *ast.NullNode:
		return nil
	case *ast.StringNode:
		s.text = n.Value
	case *ast.LiteralNode:
		s.text = n.Value.Value
	case ast.ScalarNode:
		s.text = n.GetToken().Value
	default:
		return fmt.Errorf("line %d: want one value, found %s", s.line, strings.ToLower(n.Type().String()))
	}
	s.text = strings.TrimSpace(s.text)
	return nil
}

// LoadSources reads a sources file. An error names the file, the line and the
// field; nothing is guessed, and a field that is not known is an error, because
// a misspelt "published" would silently change what "last month" means.
func LoadSources(path string) (*Sources, error) {
	raw, err := readRegular(path, maxSources)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	entries, err := parseSources(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Sources{Path: path, Entries: entries}, nil
}

func parseSources(raw []byte) ([]SourceEntry, error) {
	var written struct {
		Sources []entryYAML `yaml:"sources"`
	}
	err := yaml.NewDecoder(strings.NewReader(string(raw)), yaml.Strict()).Decode(&written)
	if err != nil && !errors.Is(err, io.EOF) { // EOF: nothing but comments
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			return nil, fmt.Errorf("line %d: %s", at.GetToken().Position.Line, at.GetMessage())
		}
		return nil, err
	}
	entries := make([]SourceEntry, 0, len(written.Sources))
	seen := make(map[string]int, len(written.Sources))
	for i, w := range written.Sources {
		e, err := w.entry()
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
		if first, twice := seen[e.File]; twice && e.File != "" {
			return nil, fmt.Errorf("line %d: file %q is listed already, on line %d", w.File.line, e.File, first)
		}
		seen[e.File] = w.File.line
		entries = append(entries, e)
	}
	return entries, nil
}

func (w entryYAML) entry() (SourceEntry, error) {
	e := SourceEntry{URL: w.URL.text, Source: w.Source.text, Title: w.Title.text}
	if w.File.text == "" && w.URL.text == "" {
		return e, errors.New("it has neither a file nor a url")
	}
	if w.File.text != "" {
		if filepath.IsAbs(w.File.text) {
			return e, fmt.Errorf("line %d: file %q: want a path relative to the sources file", w.File.line, w.File.text)
		}
		e.File = filepath.Clean(filepath.FromSlash(w.File.text))
	}
	if w.Published.text != "" {
		day, err := claim.ParseDay(w.Published.text)
		if err != nil {
			return e, fmt.Errorf("line %d: published: %w", w.Published.line, err)
		}
		e.Published = day
	}
	if w.Retrieved.text != "" {
		at, err := parseTime(w.Retrieved.text)
		if err != nil {
			return e, fmt.Errorf("line %d: retrieved: %w", w.Retrieved.line, err)
		}
		e.Retrieved = at
	}
	return e, nil
}

// parseTime reads a day, or a time with its zone.
func parseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q: want YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ", s)
}
