package pipeline

import (
	"crosscheck/collation"
	"crosscheck/store"
)

// sided is a sentence of a version as it is laid beside another.
type sided struct {
	store.Sentence
	*collation.Line
}

// side is a version of a text in sentences.
func side(t *store.Told) []sided {
	lines := make([]collation.Line, len(t.Sentences))
	all := make([]sided, len(t.Sentences))
	for i, s := range t.Sentences {
		lines[i] = collation.NewLine(s.Of(t.Text))
		all[i] = sided{s, &lines[i]}
	}
	return all
}

// align lays two versions side by side: for each old sentence the place of the new
// one that took its place, or -1.
func align(old, fresh []sided) []int {
	lines := func(all []sided) []collation.Line {
		out := make([]collation.Line, len(all))
		for i := range all {
			out[i] = *all[i].Line
		}
		return out
	}
	return collation.Align(lines(old), lines(fresh))
}
