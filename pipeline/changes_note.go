package pipeline

import (
	"regexp"

	"crosscheck/store"
)

// Note is what a text says of its own change.
type Note struct {
	// Kind is correction, where it says that something was wrong or put right, or
	// update, where it says no more than that it is newer.
	Kind string
	Text string // the sentence that says so
}

// The kinds of a note.
const (
	Correction = "correction"
	Update     = "update"
)

// A note begins with its own name, or speaks of the text as a thing: "this
// article", "an earlier version of this story". "Corrected" alone is a word
// like any other: so are prices and courses.
var (
	corrects = regexp.MustCompile(`(?i)^\W*(corrections?|corrigend(um|a)|errat(um|a)|clarifications?|editor.?s.? note|corrected)\b\s*([:.(—–-]|$)` +
		`|\b(earlier|previous|prior|original|first|initial) versions? of (this|the|our)\b` +
		`|\b(this|our|the) ` + thing + ` (was|has been|had been|is) (since )?(corrected|amended|revised|clarified)\b` +
		`|\b(this|our|the) ` + thing + ` (originally|previously|initially|incorrectly|wrongly|mistakenly|earlier)\b` +
		`|\bwe (have |had )?(since )?(corrected|amended|regret the error|misstated|misreported)\b` +
		`|\b(has|have|was|were) been? ?(corrected|amended) (to|in) (show|reflect|say|state|make|clarify|this|the)\b` +
		`|^\W*(corrected|amended)( on)? \d`)
	updates = regexp.MustCompile(`(?i)^\W*(last |latest )?(updated?|revised|modified)\b\s*([:.(—–-]|on\b|at\b|\d|$)` +
		`|\b(this|our|the) ` + thing + ` (was|has been|is being|will be) (last )?updated\b`)
)

// thing is what a text calls itself.
const thing = `(article|story|report|piece|page|post|text|item|entry|headline|copy|column|dispatch|release|statement|table|document|version)`

// longNote bounds a note, in bytes: a sentence longer than this is looked at no further.
const longNote = 600

// noteOf finds what a new version says of its change that the old one did not: a
// note that was there before is about something else.
func noteOf(old, fresh *store.Told) *Note {
	before := make(map[string]bool, len(old.Sentences))
	for _, s := range side(old) {
		before[s.Text] = true
	}
	var found *Note
	for _, s := range side(fresh) {
		if before[s.Text] {
			continue
		}
		text := s.Text[:min(len(s.Text), longNote)]
		switch {
		case corrects.MatchString(text):
			return &Note{Correction, s.Text}
		case found == nil && updates.MatchString(text):
			found = &Note{Update, s.Text}
		}
	}
	return found
}
