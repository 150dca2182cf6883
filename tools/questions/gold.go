package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
	"crosscheck/extract"
)

// event is documents about one thing, the claims read from them, and their labels.
type event struct {
	name   string
	folder string // that it was read from
	docs   []conflict.Document
	claims []claim.Appearance
	gold   map[string]labelled // id → claim
	labels map[[2]string]string
	at     map[string][]labelled // document → its labelled claims
	places map[place][]string    // ids at a place, once looked up
}

// labelled is a claim of gold.json with where it stands.
type labelled struct {
	ID, Doc, Quote, Kind, About string
	Occurrence                  int
	span                        document.Span
}

type place struct {
	doc  string
	span document.Span
	kind claim.Kind
}

func readEvents(ctx context.Context, dir string) ([]*event, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "gold.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: no */gold.json", dir)
	}
	var events []*event
	for _, file := range files {
		e, err := readEvent(ctx, file)
		if err != nil {
			return nil, fmt.Errorf("event %s: %w", file, err)
		}
		events = append(events, e)
	}
	return events, nil
}

func readEvent(ctx context.Context, file string) (*event, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var gold struct {
		Claims []labelled
		Pairs  []struct{ A, B, Label string }
	}
	if err := json.Unmarshal(raw, &gold); err != nil {
		return nil, err
	}
	folder := filepath.Dir(file)
	e := &event{name: filepath.Base(folder), folder: filepath.Dir(folder), gold: map[string]labelled{}, labels: map[[2]string]string{}, at: map[string][]labelled{}, places: map[place][]string{}}
	paths, err := filepath.Glob(filepath.Join(folder, "docs", "*"))
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, path := range paths {
		d, err := e.load(ctx, path)
		if err != nil {
			return nil, fmt.Errorf("document %s: %w", path, err)
		}
		texts[filepath.Base(path)] = d.Text
	}
	for _, g := range gold.Claims {
		span, ok := find(texts[g.Doc], g.Quote, g.Occurrence)
		if !ok {
			continue // its words are not in the text as read
		}
		g.span, g.Doc = span, filepath.Join(folder, "docs", g.Doc)
		e.gold[g.ID] = g
		e.at[g.Doc] = append(e.at[g.Doc], g)
	}
	for _, p := range gold.Pairs {
		e.labels[[2]string{p.A, p.B}], e.labels[[2]string{p.B, p.A}] = p.Label, p.Label
	}
	return e, nil
}

// load reads a document and its claims.
func (e *event) load(ctx context.Context, path string) (*document.Document, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d, err := document.Read(ctx, "document"+filepath.Ext(path), raw, document.Options{Limit: document.DefaultLimit})
	if err != nil {
		return nil, err
	}
	published, _ := claim.ParseDay(d.Meta.Published) // 0 where it says none
	reading, err := extract.Read(ctx, d, extract.Context{Published: published})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(raw)
	version := "sha256:" + hex.EncodeToString(sum[:])
	source := d.Meta.Source
	if source == "" {
		source = path
	}
	e.docs = append(e.docs, conflict.Document{Path: path, Version: version, Source: source, Title: d.Title(), Published: published, Text: d.Text})
	for _, a := range reading.Claims {
		a.Document, a.Version = path, version
		if a.Said == 0 {
			a.Said = published
		}
		e.claims = append(e.claims, a)
	}
	return d, nil
}

// find locates a quote's n-th occurrence, the last where there are fewer.
// White space in it stands for any.
func find(text, quote string, n int) (document.Span, bool) {
	words := strings.Fields(quote)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	all := regexp.MustCompile(strings.Join(words, `\s+`)).FindAllStringIndex(text, -1)
	if len(words) == 0 || len(all) == 0 {
		return document.Span{}, false
	}
	at := all[min(max(n, 1), len(all))-1]
	return document.Span{Start: at[0], End: at[1]}, true
}

// longer is by how many bytes a claim's words may exceed the labelled quote.
const longer = 60

// ids are the labelled claims that some appearances point at: those of a
// fitting kind whose quotes they overlap best.
func (e *event) ids(list []claim.Appearance) []string {
	var out []string
	for _, a := range list {
		key := place{a.Document, a.Span, a.Claim.Kind}
		found, known := e.places[key]
		if !known {
			best := 0.0
			for _, g := range e.at[a.Document] {
				if !a.Span.Overlaps(g.span) || a.Span.Len() > g.span.Len()+longer || !fits(a.Claim, g.Kind) {
					continue
				}
				both := min(a.Span.End, g.span.End) - max(a.Span.Start, g.span.Start)
				all := max(a.Span.End, g.span.End) - min(a.Span.Start, g.span.Start)
				switch part := float64(both) / float64(all); {
				case part > best:
					best, found = part, []string{g.ID}
				case part == best:
					found = append(found, g.ID)
				}
			}
			e.places[key] = found
		}
		out = append(out, found...)
	}
	return out
}

// fits reports whether a claim gives a value of the labelled kind.
func fits(c claim.Claim, kind string) bool {
	switch kind {
	case "date":
		return c.Value.Period != nil
	case "entity":
		return c.Value.Entity != nil
	case "negation":
		return true
	}
	return c.Value.Quantity != nil
}

// verdict is what the labels say of a pair: whether the two answer one
// question, and the label where there is one. Of two claims that nobody
// labelled and that give one value it is not known.
func (e *event) verdict(a, b []claim.Appearance) (same bool, label string, known bool) {
	x, y := e.ids(a), e.ids(b)
	for _, i := range x {
		for _, j := range y {
			if e.gold[i].Doc == e.gold[j].Doc {
				continue
			}
			if e.gold[i].About == e.gold[j].About {
				same = true
			}
			if l := e.labels[[2]string{i, j}]; l == "conflict" || label == "" {
				label = l
			}
		}
	}
	return same, label, len(x)+len(y) > 0 || a[0].Claim.Value.String() != b[0].Claim.Value.String()
}
