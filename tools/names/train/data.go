package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"crosscheck/document"
	"crosscheck/extract/name/label"
	"crosscheck/extract/name/lexicon"
	"crosscheck/extract/token"
)

// sentence is a labelled sentence.
type sentence struct {
	text   string
	tokens []token.Token
	words  []label.Word
	gold   []label.Label
	names  []named
}

// named is a name as the data labels it.
type named struct {
	document.Span
	kind int
}

func load(path string) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []sentence
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var row struct {
			Text     string `json:"text"`
			Entities []struct {
				Start, End int
				Label      string
			} `json:"entities"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		var names []named
		for _, e := range row.Entities {
			if e.Start < 0 || e.End > len(row.Text) || e.Start >= e.End {
				return nil, fmt.Errorf("%s:%d: the span %d to %d does not lie inside the text", path, n, e.Start, e.End)
			}
			names = append(names, named{document.Span{Start: e.Start, End: e.End}, kindOf(e.Label, row.Text[e.Start:e.End])})
		}
		all = append(all, newSentence(row.Text, names))
	}
	return all, lines.Err()
}

func newSentence(text string, names []named) sentence {
	s := sentence{text: text, names: names, tokens: token.Tokenize(text, document.Span{End: len(text)}, nil, nil)}
	token.Tag(s.tokens)
	s.words = label.Words(s.tokens, nil)
	s.gold = make([]label.Label, len(s.words))
	for _, n := range names {
		s.mark(n)
	}
	return s
}

// kindOf maps a label of the data to a kind of name. Peoples and faiths, which
// the data counts among the rest, are told by the word lists.
func kindOf(dataLabel, text string) int {
	switch dataLabel {
	case "PERSON", "PER":
		return label.Person
	case "ORG":
		return label.Organization
	case "LOC", "GPE":
		return label.Place
	}
	if _, list, ok := lexicon.Canonical(text); ok && list == lexicon.People {
		return label.Group
	}
	return label.Other
}

// mark sets the labels of a name's words.
func (s *sentence) mark(n named) {
	next := label.Begin(n.kind)
	for i := range s.words {
		if n.Contains(s.words[i].Span) {
			s.gold[i], next = next, label.Inside(n.kind)
		}
	}
}
