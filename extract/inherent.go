package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// Not all that stands beside a verb in the future is a plan, and not all plans
// stand beside one.

// inherent reports whether a value is one that its noun has already, whatever is
// planned for that: "a rover of 26 kg will roll out", "the wait is to fall from 74
// minutes to 52".
func (l *line) inherent(m *mention, at place) bool {
	if at.verb < 0 || m.Kind == claim.Date || m.Kind == claim.Count && at.role == subject {
		return false
	}
	if at.by >= 0 && l.tokens[l.phrases[at.by].first].Lower == "from" && at.role == oblique && rises.Has(l.phrases[at.verb].verb.done) != shrinks.Has(l.phrases[at.verb].verb.done) {
		return true
	}
	return at.role == subject && m.Kind == claim.Measure && l.measured(m, at)
}

// shrinks are verbs, by participle, that take a value down.
var shrinks = words.NewSet("shrunk fallen dropped reduced cut shortened lowered sunk declined decreased halved slashed trimmed")

// lateBy is what a length of time before "after" or "later" measures: how late
// a thing was, where it counts from what was planned: "opened four years after
// the date on the posters".
func (l *line) lateBy(m *mention) string {
	const far = 7 // tokens to the word for the plan
	if m.Kind != claim.Duration || m.last >= len(l.tokens) {
		return ""
	}
	late := ""
	switch l.tokens[m.last].Lower {
	case "after", "later":
		late = "late"
	case "before", "earlier":
		late = "early"
	default:
		return ""
	}
	for i := m.last + 1; i < len(l.tokens) && i <= m.last+far; i++ {
		if w := l.tokens[i].Lower; plans.Has(w) || strings.HasPrefix(l.tokens[i].Tag, "VB") && strings.HasPrefix(w, "expect") {
			return late
		} else if l.tokens[i].Text == "," || l.tokens[i].Text == ";" {
			break
		}
	}
	return ""
}

// plans are the words for what was planned, by which a thing is early or late.
var plans = words.NewSet(`planned scheduled schedule target deadline due promised intended foreseen timetable plan plans date announced forecast advertised
	hoped programme program budgeted`)
