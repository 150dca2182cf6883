package config

import (
	"bytes"
	"cmp"
	_ "embed" // the example
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"crosscheck/schedule"
)

// The bounds on a file: bytes, sources, places of one kind in a source, schedules.
const (
	maxFile      = 16 << 20
	maxSources   = 10_000
	maxPlaces    = 100_000
	maxSchedules = 1_000
)

// Example is a file to begin with: all fields, each with a word on what it is
// for, most of them commented out.
//
//go:embed example.yaml
var Example string

// Load reads a file. With mistakes in it the error is [Mistakes]; with any
// other the file could not be read at all. getenv gives the variables that
// stand in secrets as ${NAME}.
//
// With fields named, no others are read but for their names, and mistakes in
// them are not told: who only looks at what is stored must not need the
// password of the mail server.
func Load(path string, getenv func(string) string, fields ...string) (*Config, error) {
	raw, err := read(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, raw, getenv, fields...)
}

// read reads a regular file up to the bound.
func read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("configuration: %w", err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("configuration: %s is not a regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("configuration: %w", err)
	case len(raw) > maxFile:
		return nil, fmt.Errorf("configuration: %s has more than %d bytes", path, maxFile)
	}
	return raw, nil
}

// Parse does what Load does with the bytes of a file that was read already.
func Parse(path string, raw []byte, getenv func(string) string, fields ...string) (*Config, error) {
	r := &reader{path: path, folder: filepath.Dir(path), getenv: getenv, fields: fields}
	c := Default()
	c.Path = path
	if body := r.parsed(raw); body.node != nil {
		r.config(body, c)
	}
	if len(r.mistakes) > 0 {
		slices.SortStableFunc(r.mistakes, func(a, b Mistake) int { return cmp.Compare(a.Line, b.Line) })
		return nil, r.mistakes[:min(len(r.mistakes), maxMistakes)]
	}
	return c, nil
}

// parsed is the body of the file, none where it holds nothing but comments or
// is no YAML.
func (r *reader) parsed(raw []byte) place {
	file, err := parser.ParseBytes(bytes.TrimPrefix(raw, []byte("\ufeff")), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		at := place{line: 1}
		message := err.Error()
		var where yaml.Error
		if errors.As(err, &where) {
			message = where.GetMessage()
			if token := where.GetToken(); token != nil {
				at.line = token.Position.Line
			}
		}
		r.wrong(at, "%s; %s", message, advice(raw, at.line))
		return place{}
	}
	var bodies []ast.Node
	for _, document := range file.Docs {
		if document.Body != nil && document.Body.Type() != ast.CommentType && document.Body.Type() != ast.NullType {
			bodies = append(bodies, document.Body)
		}
	}
	if len(bodies) == 0 {
		return place{}
	}
	if len(bodies) > 1 {
		r.wrong(place{line: bodies[1].GetToken().Position.Line}, "a second document; want one, without --- in between")
	}
	return place{node: bodies[0], line: bodies[0].GetToken().Position.Line}
}

// advice says what is commonly wrong with a line that is no YAML.
func advice(raw []byte, line int) string {
	lines := bytes.SplitN(raw, []byte("\n"), line+1)
	text := string(lines[max(1, min(line, len(lines)))-1])
	indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
	_, value, _ := strings.Cut(text, ": ")
	switch {
	case strings.Contains(indent, "\t"):
		return "indent with blanks, not with tabs"
	case strings.ContainsAny(firstLetter(value), "*&!%@`"):
		return "a value that begins with " + firstLetter(value) + " needs quotes around it"
	}
	return "look how this line and the one above it are indented, and whether quotes and brackets are closed"
}

// firstLetter is the first letter of a text that is not blank, "" for none.
func firstLetter(s string) string {
	s = strings.TrimLeft(s, " \t")
	return s[:min(1, len(s))]
}

// config reads the whole.
func (r *reader) config(body place, c *Config) {
	sources := make(map[string]int) // lines by name
	r.object(body, r.asked(map[string]take{
		"database_url": r.secret(&c.DatabaseURL, r.databaseURL),
		"data_dir":     r.pathOf(&c.DataDir),
		"rates":        r.pathOf(&c.Rates),
		"sources": func(at place) {
			r.objects(at, maxSources, func(at place) {
				s := r.source(at)
				if first, twice := sources[s.Name]; twice && s.Name != "" {
					r.wrong(at, "the name %q is taken already, on line %d; give the places of one source together", s.Name, first)
				}
				sources[s.Name] = s.Line
				c.Sources = append(c.Sources, s)
			})
		},
		"schedules": func(at place) {
			names := make(map[string]int)
			r.objects(at, maxSchedules, func(at place) {
				s := r.schedule(at)
				if first, twice := names[s.Name]; twice && s.Name != "" {
					r.wrong(at, "the name %q is taken already, on line %d", s.Name, first)
				}
				names[s.Name] = s.Line
				c.Schedules = append(c.Schedules, s)
			})
		},
		"limits": func(at place) {
			r.object(at, map[string]take{
				"document_size": r.size(&c.Limits.DocumentBytes, 1<<10, 1<<30),
				"document_time": r.span(&c.Limits.DocumentTime, time.Second, time.Hour),
				"workers":       r.number(&c.Limits.Workers, 0, 1024),
			})
		},
		"fetch": func(at place) {
			r.object(at, map[string]take{
				"contact": r.contact(&c.Fetch.Contact),
				"allow":   r.prefixes(&c.Fetch.Allow, maxSchedules),
				"pause":   r.span(&c.Fetch.Pause, 0, time.Hour),
				"hosts":   r.hosts(&c.Fetch.Hosts, time.Hour),
				"timeout": r.span(&c.Fetch.Timeout, time.Second, 10*time.Minute),
			})
		},
		"retention": func(at place) {
			r.object(at, map[string]take{
				"archive": r.span(&c.Retention.Archive, day, 36500*day),
			})
		},
		"review": func(at place) {
			r.object(at, map[string]take{
				"name":    r.name(&c.Review.Name),
				"url":     r.site(&c.Review.URL),
				"proxies": r.prefixes(&c.Review.Proxies, maxSchedules),
			})
		},
		"silent_after": r.number(&c.SilentAfter, 1, 1000),
		"notify":       func(at place) { r.notify(at, &c.Notify) },
	}))
	r.related(c, sources)
}

// reads reports whether a field of the file is asked for.
func (r *reader) reads(field string) bool {
	return len(r.fields) == 0 || slices.Contains(r.fields, field)
}

// asked leaves of a table the fields that are asked for; of the others it
// keeps the names.
func (r *reader) asked(table map[string]take) map[string]take {
	for field := range table {
		if !r.reads(field) {
			table[field] = func(place) {}
		}
	}
	return table
}

// related checks what one part of the file says of another.
func (r *reader) related(c *Config, sources map[string]int) {
	for i, s := range c.Schedules {
		if !r.reads("sources") {
			break
		}
		for _, name := range s.Sources {
			if _, known := sources[name]; !known {
				r.wrong(place{line: s.Line, field: fmt.Sprintf("schedules[%d].sources", i+1)}, "there is no source %q; the sources of this file are %s", name, listed(c.Sources))
			}
		}
	}
	remote := slices.IndexFunc(c.Sources, Source.Remote)
	if remote >= 0 && c.Fetch.Contact == "" && r.reads("fetch") && !slices.ContainsFunc(r.mistakes, func(m Mistake) bool { return m.Field == "fetch.contact" }) {
		s := c.Sources[remote]
		r.wrong(place{line: s.Line, field: "fetch.contact"}, "it is missing, and the source %q is fetched from the network; give a mail address or page where owners of sites reach you", s.Name)
	}
}

// listed names some sources.
func listed(sources []Source) string {
	const enough = 8
	text := ""
	for i, s := range sources {
		switch {
		case i == enough:
			return text + " and more"
		case i > 0:
			text += ", "
		}
		text += fmt.Sprintf("%q", s.Name)
	}
	if text == "" {
		return "none"
	}
	return text
}

func (r *reader) source(at place) Source {
	s := Source{Line: at.line}
	before := len(r.mistakes)
	r.object(at, map[string]take{
		"name":     r.name(&s.Name),
		"home":     r.address(&s.Home),
		"owner":    r.name(&s.Owner),
		"paths":    r.many(&s.Paths, maxPlaces, r.pattern),
		"urls":     r.many(&s.URLs, maxPlaces, r.address),
		"feeds":    r.many(&s.Feeds, maxPlaces, r.address),
		"sitemaps": r.many(&s.Sitemaps, maxPlaces, r.address),
	})
	if len(r.mistakes) > before {
		return s // what is missing may be what is wrong
	}
	if s.Name == "" {
		r.wrong(at, "it has no name; say who publishes")
	}
	if len(s.Paths) == 0 && !s.Remote() {
		r.wrong(at, "it has no documents; give paths, urls, feeds or sitemaps")
	}
	return s
}

func (r *reader) schedule(at place) Schedule {
	s := Schedule{Zone: "UTC", Line: at.line}
	before := len(r.mistakes)
	cron := at
	r.object(at, map[string]take{
		"name": r.name(&s.Name),
		"cron": func(at place) {
			cron = at
			r.name(&s.Cron)(at)
		},
		"zone": func(at place) {
			r.name(&s.Zone)(at)
			if _, err := schedule.LoadZone(s.Zone); err != nil {
				r.wrong(at, "%v", err)
			}
		},
		"sources": r.many(&s.Sources, maxSources, r.name),
	})
	if s.Name == "" && len(r.mistakes) == before {
		r.wrong(at, "it has no name; want one such as nightly")
	}
	if s.Cron == "" && len(r.mistakes) > before {
		return s // its name is misspelt
	}
	// The zone, where it is wrong, is told above.
	zone := s.Zone
	if _, err := schedule.LoadZone(zone); err != nil {
		zone = "UTC"
	}
	calendar, err := schedule.Parse(s.Cron, zone)
	if err != nil {
		cron.field = at.field + ".cron"
		r.wrong(cron, "%v", err)
	}
	s.Calendar = calendar
	return s
}

func (r *reader) notify(at place, n *Notify) {
	r.object(at, map[string]take{
		"at_most":  r.number(&n.AtMost, 1, 1000),
		"severity": r.fraction(&n.Severity),
		"always":   r.yes(&n.Always),
		"webhook":  r.secret(&n.Webhook, r.hook),
		"slack":    r.secret(&n.Slack, r.hook),
		"atom":     r.pathOf(&n.Atom),
		"mail": func(at place) {
			n.Mail = &Mail{}
			before := len(r.mistakes)
			r.object(at, map[string]take{
				"server":   r.server(&n.Mail.Server),
				"user":     r.secret(&n.Mail.User, r.plain),
				"password": r.secret(&n.Mail.Password, r.plain),
				"from":     r.mailbox(&n.Mail.From),
				"to":       r.many(&n.Mail.To, 100, r.mailbox),
			})
			if len(r.mistakes) > before {
				return
			}
			switch m := n.Mail; {
			case m.Server == "":
				r.wrong(at, "it has no server; want one such as mail.example.org:587")
			case m.From == "":
				r.wrong(at, "it has no from; want the mail address that a digest comes from")
			case len(m.To) == 0:
				r.wrong(at, "it has no to; want the mail addresses that a digest goes to")
			case (m.User == "") != (m.Password == ""):
				r.wrong(at, "user and password belong together; give both or none")
			}
		},
	})
}
