package main

import (
	"context"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
	"crosscheck/extract"
)

// passage is one sentence of a document, read as if it were the whole document.
type passage struct {
	text   string
	span   document.Span // in the document
	claims []claim.Appearance
	gold   []labelled // those that stand in it, their spans from its start
	words  map[string]bool
}

// briefs are an event's sentences two by two, each pair an event of two brief
// documents: what a reader might put side by side. Those are each sentence
// and the one most like it of every other document, and all that answer one
// question.
func (e *event) briefs(ctx context.Context) ([]*event, error) {
	passages := make([][]*passage, len(e.docs))
	for i, d := range e.docs {
		var err error
		if passages[i], err = e.passages(ctx, d); err != nil {
			return nil, err
		}
	}
	var out []*event
	for j := range passages {
		for i := range j {
			for k, chosen := range choose(passages[i], passages[j]) {
				for l := range chosen {
					out = append(out, e.brief(passages[i][k], passages[j][l]))
				}
			}
		}
	}
	return out, nil
}

// passages reads the sentences of a document in which anything was read.
func (e *event) passages(ctx context.Context, d conflict.Document) ([]*passage, error) {
	var out []*passage
	seen := map[document.Span]bool{}
	for _, a := range e.claims {
		s := a.SentenceSpan
		if a.Document != d.Path || seen[s] || s.Len() == 0 {
			continue
		}
		seen[s] = true
		p := &passage{text: d.Text[s.Start:s.End], span: s, words: map[string]bool{}}
		read, err := document.Read(ctx, "document.txt", []byte(p.text), document.Options{Limit: document.DefaultLimit})
		if err != nil {
			return nil, err
		}
		reading, err := extract.Read(ctx, read, extract.Context{})
		if err != nil {
			return nil, err
		}
		p.text, p.claims = read.Text, reading.Claims
		for _, g := range e.at[d.Path] {
			if g.span.Start >= s.Start && g.span.End <= s.End {
				g.span = document.Span{Start: g.span.Start - s.Start, End: g.span.End - s.Start}
				p.gold = append(p.gold, g)
			}
		}
		for _, w := range strings.FieldsFunc(strings.ToLower(p.text), func(r rune) bool { return strings.ContainsRune(" \n\t,.;:|()\"", r) }) {
			if len(w) > 3 {
				p.words[w] = true
			}
		}
		out = append(out, p)
	}
	return out, nil
}

// choose lists for each of some passages those of another document that are
// held against it.
func choose(these, those []*passage) []map[int]bool {
	out := make([]map[int]bool, len(these))
	best := make([]int, len(those)) // of these, for each of those
	most := make([]float64, len(those))
	for k, p := range these {
		out[k] = map[int]bool{}
		at, top := -1, 0.0
		for l, q := range those {
			alike := p.alike(q)
			if alike > top {
				at, top = l, alike
			}
			if alike > most[l] {
				best[l], most[l] = k, alike
			}
			if p.answers(q) {
				out[k][l] = true
			}
		}
		if at >= 0 {
			out[k][at] = true
		}
	}
	for l, k := range best {
		if most[l] > 0 {
			out[k][l] = true
		}
	}
	return out
}

// alike is the share of the longer words of two passages that stand in both.
func (p *passage) alike(q *passage) float64 {
	both := 0
	for w := range p.words {
		if q.words[w] {
			both++
		}
	}
	return float64(both) / float64(max(1, len(p.words)+len(q.words)-both))
}

// answers reports whether two passages have labelled answers to one question.
func (p *passage) answers(q *passage) bool {
	for _, g := range p.gold {
		for _, h := range q.gold {
			if g.About == h.About {
				return true
			}
		}
	}
	return false
}

// brief is an event of two passages.
func (e *event) brief(p, q *passage) *event {
	out := &event{name: e.name, labels: e.labels, gold: map[string]labelled{}, at: map[string][]labelled{}, places: map[place][]string{}}
	for path, side := range map[string]*passage{"a": p, "b": q} {
		out.docs = append(out.docs, conflict.Document{Path: path, Version: path, Source: path, Text: side.text})
		for _, a := range side.claims {
			a.Document, a.Version = path, path
			out.claims = append(out.claims, a)
		}
		for _, g := range side.gold {
			g.Doc = path
			out.gold[g.ID] = g
			out.at[path] = append(out.at[path], g)
		}
	}
	return out
}
