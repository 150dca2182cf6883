package main

import (
	"fmt"
	"io"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/name"
	"crosscheck/extract/name/label"
	"crosscheck/extract/token"
)

// tally counts names of people, organizations and places found, labelled, and right.
type tally struct {
	found, labelled, right int
	// errors, where set, gets a line for each name missed or made up.
	errors io.Writer
}

func (t *tally) add(model *label.Model, held []sentence) {
	for _, s := range held {
		want := map[named]bool{}
		for _, n := range s.names {
			if n.kind <= label.Place {
				want[n] = true
			}
		}
		t.labelled += len(want)
		d := &document.Document{Text: s.text}
		read := token.Sentence{Span: document.Span{End: len(s.text)}, Tokens: s.tokens, Cell: -1}
		for _, m := range name.FindWith(model, d, []token.Sentence{read})[0] {
			if kind, ok := scored[m.Kind]; ok {
				t.found++
				n := named{m.Span, kind}
				if want[n] {
					t.right++
					delete(want, n)
				} else {
					t.tell("found ", s, n)
				}
			}
		}
		for n := range want {
			t.tell("missed", s, n)
		}
	}
}

func (t *tally) tell(what string, s sentence, n named) {
	if t.errors != nil {
		fmt.Fprintf(t.errors, "%s %-12s [%s]\t%s\n", what, kindNames[n.kind], n.Of(s.text), s.text)
	}
}

var kindNames = [...]string{label.Person: "person", label.Organization: "organization", label.Place: "place", label.Group: "group", label.Other: "other"}

// scored are the kinds of mention that all labelled data tells apart.
var scored = map[claim.MentionKind]int{claim.Person: label.Person, claim.Organization: label.Organization, claim.Place: label.Place}

func (t tally) String() string {
	precision, recall := float64(t.right)/float64(max(t.found, 1)), float64(t.right)/float64(max(t.labelled, 1))
	return fmt.Sprintf("precision %.3f, recall %.3f, F1 %.3f (%d of %d right, %d labelled)",
		precision, recall, 2*precision*recall/max(precision+recall, 1e-9), t.right, t.found, t.labelled)
}
