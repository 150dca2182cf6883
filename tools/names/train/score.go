package main

import (
	"fmt"

	"crosscheck/document"
	"crosscheck/extract/name/label"
)

// tally counts names of people, organizations and places found, labelled, and right.
type tally struct{ found, labelled, right int }

func (t *tally) add(model *label.Model, held []sentence) {
	var reader label.Reader
	var labels []label.Label
	for _, s := range held {
		want := map[named]bool{}
		for _, n := range s.names {
			if n.kind <= label.Place {
				want[n] = true
			}
		}
		t.labelled += len(want)
		reader.Read(s.words)
		labels = model.Label(&reader, labels[:0])
		for i := 0; i < len(labels); i++ {
			if labels[i] == label.Outside {
				continue
			}
			n := named{document.Span{Start: s.words[i].Start, End: s.words[i].End}, labels[i].Kind()}
			for i+1 < len(labels) && labels[i+1].IsInside() {
				i++
				n.End = s.words[i].End
			}
			if n.kind <= label.Place {
				t.found++
				if want[n] {
					t.right++
				}
			}
		}
	}
}

func (t tally) String() string {
	precision, recall := float64(t.right)/float64(max(t.found, 1)), float64(t.right)/float64(max(t.labelled, 1))
	return fmt.Sprintf("precision %.3f, recall %.3f, F1 %.3f (%d of %d right, %d labelled)",
		precision, recall, 2*precision*recall/max(precision+recall, 1e-9), t.right, t.found, t.labelled)
}
