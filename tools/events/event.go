package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// event is a labelled event as gold.json has it, with its documents.
type event struct {
	Event  string     `json:"event"`
	Claims []answer   `json:"claims"`
	Pairs  []pair     `json:"pairs"`
	Copies [][]string `json:"copies"` // none are labelled
	docs   []text
}

// answer is a marked value, with the question that it answers.
type answer struct {
	ID         string `json:"id"`
	Doc        string `json:"doc"`
	Quote      string `json:"quote"`
	Occurrence int    `json:"occurrence"` // in the text that a reader sees, from 1
	Kind       string `json:"kind"`
	About      string `json:"about"`
	Value      string `json:"value"` // the answers that it agrees with

	order string // of what replaces what; "" for what nothing replaces
}

// pair is what two answers to one question, in two documents, are to each other.
type pair struct {
	A     string `json:"a"`
	B     string `json:"b"`
	Label string `json:"label"`
	Why   string `json:"why"`
}

const (
	conflict   = "conflict"
	superseded = "superseded"
	agree      = "agree"
)

// text is a document without its marks.
type text struct{ name, text string }

var (
	question = regexp.MustCompile(`^([a-z0-9-]+): (number|money|percent|measure|duration|date|entity|negation)$`)
	mark     = regexp.MustCompile(`\{\{([^{}|]+)\|([a-z0-9-]+) ([0-9,]+)(?:@([0-9]))?\}\}`)
)

// read reads an event, and checks that it holds together.
func read(archive *txtar.Archive) (*event, error) {
	kinds, err := questions(string(archive.Comment))
	if err != nil {
		return nil, err
	}
	e := &event{Copies: [][]string{}, Pairs: []pair{}}
	for _, f := range archive.Files {
		if err := e.readDocument(f.Name, string(f.Data), kinds); err != nil {
			return nil, fmt.Errorf("document %s: %w", f.Name, err)
		}
	}
	if len(e.docs) < 2 {
		return nil, errors.New("an event has two documents or more")
	}
	met := map[string]bool{}
	for i, a := range e.Claims {
		for _, b := range e.Claims[i+1:] {
			if a.About == b.About && a.Doc != b.Doc {
				label, why := relation(a, b)
				e.Pairs = append(e.Pairs, pair{a.ID, b.ID, label, why})
				met[a.About] = true
			}
		}
	}
	for about := range kinds {
		if !met[about] {
			return nil, fmt.Errorf("question %q is not answered in two documents", about)
		}
	}
	return e, nil
}

// questions reads the comment: which questions there are, and of what kind.
func questions(comment string) (map[string]string, error) {
	kinds := map[string]string{}
	title, rest, _ := strings.Cut(strings.TrimSpace(comment), "\n")
	if title == "" {
		return nil, errors.New("the first line is to tell the event in words")
	}
	for line := range strings.Lines(rest) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		m := question.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("%q is no question and kind, such as \"killed: number\"", line)
		}
		if kinds[m[1]] != "" {
			return nil, fmt.Errorf("question %q stands twice", m[1])
		}
		kinds[m[1]] = m[2]
	}
	return kinds, nil
}

func (e *event) readDocument(name, marked string, kinds map[string]string) error {
	var plain strings.Builder
	end := 0
	for _, m := range mark.FindAllStringSubmatchIndex(marked, -1) {
		plain.WriteString(marked[end:m[0]])
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return marked[m[2*i]:m[2*i+1]]
		}
		a := answer{ID: fmt.Sprintf("c%d", len(e.Claims)+1), Doc: name, Quote: part(1), Kind: kinds[part(2)],
			About: part(2), Value: part(3), order: part(4)}
		if a.Kind == "" {
			return fmt.Errorf("%q answers %q, which is not among the questions", a.Quote, a.About)
		}
		before := seen(name, plain.String())
		a.Occurrence = count(before, a.Quote) + 1
		plain.WriteString(a.Quote)
		end = m[1]
		e.Claims = append(e.Claims, a)
	}
	plain.WriteString(marked[end:])
	if at := strings.Index(plain.String(), "{{"); at >= 0 {
		return fmt.Errorf("no mark: %.40q; marks look like {{34 people|killed 1}}", plain.String()[at:])
	}
	e.docs = append(e.docs, text{name, plain.String()})
	return nil
}

var (
	unseen = regexp.MustCompile(`(?is)<!--.*?-->|<(script|style|head)\b.*?</(script|style|head)>|<[^>]+>`)
	space  = regexp.MustCompile(`\s+`)
)

// seen is what a reader sees of a document.
func seen(name, source string) string {
	if filepath.Ext(name) != ".html" {
		return source
	}
	return space.ReplaceAllString(unseen.ReplaceAllString(source, " "), " ")
}

// count counts where a quote stands in a text, also where two overlap.
func count(text, quote string) (n int) {
	for {
		at := strings.Index(text, quote)
		if at < 0 {
			return n
		}
		n++
		text = text[at+1:]
	}
}

// relation is what two answers to one question are to each other.
func relation(a, b answer) (label, why string) {
	ours := strings.Split(a.Value, ",")
	if slices.ContainsFunc(strings.Split(b.Value, ","), func(v string) bool { return slices.Contains(ours, v) }) {
		return agree, "the values fit"
	}
	if a.order != b.order && a.order != "" && b.order != "" {
		return superseded, "the text dates both"
	}
	return conflict, "the values cannot both hold"
}
