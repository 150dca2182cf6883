package conflict

import (
	"fmt"
	"strings"

	"crosscheck/claim"
)

var precisionRung = &rung{
	name:   "precision of the date",
	intent: "the one day or period lies within the other, or shares days with it",
	try: func(a, b *answer) outcome {
		if p, q := *a.Value.Period, *b.Value.Period; !p.Meets(q) || a.spans() && b.spans() && !p.Contains(q) && !q.Contains(p) || beginsApart(a, b) {
			return clash
		}
		return agree
	},
	say: func(a, b *answer) string {
		p, q := *a.Value.Period, *b.Value.Period
		if q.Contains(p) {
			p, q = q, p
		}
		return fmt.Sprintf("%s leaves room for %s", showPeriod(p), showPeriod(q))
	},
}

// spans reports whether a period is said by its two ends, "from 1820 to 1830":
// another such that only shares days with it has another end.
func (n *answer) spans() bool {
	if n.Value.Period == nil || leavesOpen(n) {
		return false
	}
	for _, between := range [...]string{" to ", " through ", " until ", "–", "—", "-"} {
		if first, last, ok := strings.Cut(n.quote, between); ok && strings.ContainsAny(first, "0123456789") && strings.ContainsAny(last, "0123456789") {
			return n.Value.Period.To-n.Value.Period.From > 1
		}
	}
	return false
}

// begin are the words that date the beginning of what goes on.
var begin = []string{"began", "begun", "begins", "started", "starts", "commenced"}

// beginsApart reports whether one of two brief texts says from when to when
// something went on, and the other that it began on a day after that.
func beginsApart(a, b *answer) bool {
	if b.spans() {
		a, b = b, a
	}
	if !a.spans() || b.spans() || !a.text.brief() || !b.text.brief() || saysAny(a.sentence, begin) || !saysAny(b.sentence, begin) {
		return false
	}
	return !startOf(*a.Value.Period).Meets(*b.Value.Period)
}

// startOf is the year, month or day with which a period said by its two ends
// begins, as finely as both ends are said.
func startOf(p claim.Period) claim.Period {
	from, next := p.From.Time(), (p.To + 1).Time()
	switch {
	case from.YearDay() == 1 && next.YearDay() == 1:
		return claim.Year(from.Year())
	case from.Day() == 1 && next.Day() == 1:
		return claim.Month(from.Year(), from.Month())
	}
	return claim.Period{From: p.From, To: p.From}
}

// showPeriod gives a period in words, "14 September 2016", "September 2016", "2016".
func showPeriod(p claim.Period) string {
	if p.From == 0 || p.To == 0 || !p.Clock.IsZero() {
		return p.Words()
	}
	from, to := p.From.Time(), p.To.Time()
	switch {
	case p.From == p.To:
		return from.Format("2 January 2006")
	case p == claim.Month(from.Year(), from.Month()):
		return from.Format("January 2006")
	case p == claim.Year(from.Year()):
		return from.Format("2006")
	case from.Day() == 1 && p.To+1 == claim.DayOf(to.Year(), to.Month()+1, 1):
		return from.Format("January 2006") + " to " + to.Format("January 2006")
	}
	return from.Format("2 January 2006") + " to " + to.Format("2 January 2006")
}
