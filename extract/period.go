package extract

import (
	"crosscheck/claim"
	"crosscheck/words"
)

// When what is claimed was so: the date that its own clause gives it, or the
// term that begins or ends with it.

// time is the date of the value at mention i, the nearest one that is said of
// its verb; for a fragment the nearest one in the line. A term gives what its
// date leaves open: "10-year ... through 2028", "six years from 2012 on".
func (l *line) time(i int, at place) *claim.Period {
	m := &l.mentions[i]
	return l.dated(i, m.first, m.last, at.verb)
}

// timeOf is the date of what the verb group v says, when it happened.
func (l *line) timeOf(v int) *claim.Period {
	if v < 0 {
		return nil
	}
	return l.dated(-1, l.phrases[v].first, l.phrases[v].last, v)
}

// dated is the date of what stands at the tokens [from, to), which is mention i
// or none, under the verb group v or -1.
func (l *line) dated(i, from, to, v int) *claim.Period {
	if !l.hasDate {
		return nil
	}
	first, last := 0, len(l.tokens)
	if v >= 0 {
		c := l.clause(v)
		first, last = l.phrases[c.first].first, l.phrases[c.last-1].last
	}
	best, gap := -1, len(l.tokens)
	var term int32
	for j := range l.mentions {
		o := &l.mentions[j]
		if o.first < first || o.last > last {
			continue
		}
		if o.Kind == claim.Duration && o.Value.Quantity.Unit == "a" && o.Value.Quantity.Number.Valid {
			term = int32(o.Value.Quantity.Number.Decimal.IntPart())
		}
		if j == i || !o.dates() || from < o.against || l.prices(o) || l.ofAnotherVerb(o, v, from) || i >= 0 && l.ofAnotherValue(i, j) {
			continue
		}
		if d := max(o.first-to, from-o.last, 0); d < gap {
			best, gap = j, d
		}
	}
	if best < 0 {
		if best = l.lead(from); best < 0 || best == i || i >= 0 && l.compared(i) {
			return nil
		}
	}
	p := *l.mentions[best].Value.Period
	p.Clock = claim.Clock{} // a fact holds by the day
	if term > 0 && term < 200 {
		l.fill(&p, best, int(term))
	}
	return &p
}

// dates reports whether a mention is a known date of what happened.
func (m *mention) dates() bool {
	return m.Kind == claim.Date && !m.saying && !m.life && !m.Unresolved && m.Value.Period != nil && (m.Value.Period.From != 0 || m.Value.Period.To != 0)
}

// prices reports whether a date only names the money in which a value is told:
// "in 2009 prices".
func (l *line) prices(o *mention) bool {
	if o.last >= len(l.tokens) {
		return false
	}
	switch l.tokens[o.last].Lower {
	case "prices", "dollars", "pounds", "euros", "money", "terms", "values":
		return true
	}
	return false
}

// ofAnotherVerb reports whether a date stands behind a verb other than v, which
// it then belongs to: "left on 14 July and covered 400 km". A participle that
// follows shares the date of its verb, and one that begins the line gives its own.
// What has no verb, v being -1, takes none from a clause unless it stands at its
// side; at is where that is.
func (l *line) ofAnotherVerb(o *mention, v, at int) bool {
	owner := o.verb
	if v < 0 { // but "Brazil in 2014 (3,429)"
		return owner >= 0 && !l.phrases[owner].verb.participle && o.first >= l.phrases[owner].last && o.last != at-1
	}
	if owner < 0 || owner == v || o.first < l.phrases[owner].last {
		return false
	}
	if w := l.phrases[owner].verb; w.participle && (owner == 0 || w.done == "begun" || w.done == "started" || w.done == "ended") {
		return false // "for six years starting in 2012"
	}
	return owner > v || !l.phrases[v].verb.participle
}

// ofAnotherValue reports whether the date at mention j belongs to a value that
// mention i is compared with ("70, against 72 in 2015"), or mention i is one
// that is compared and the date is not its own.
func (l *line) ofAnotherValue(i, j int) bool {
	o := &l.mentions[j]
	if l.compared(i) {
		return o.first < l.mentions[i].last || o.first > l.mentions[i].last+3
	}
	k := j - 1
	return k >= 0 && k != i && l.mentions[k].Kind.IsQuantity() && o.first <= l.mentions[k].last+2 && l.compared(k)
}

var comparisons = words.NewSet("against from than versus")

// against returns the token behind a "than" that stands shortly before the token
// at, in its clause, and is no bound of a number ("more than 40"); 0 without one.
func (l *line) against(at int) int {
	const near = 6
	for t := at - 1; t >= max(at-near, 0); t-- {
		switch l.phrases[l.of[t]].kind {
		case verbGroup, stop, binder, comma:
			return 0
		}
		switch l.tokens[t].Lower {
		case "than", "against", "versus", "vs.", "vs":
			if l.within[t] < 0 {
				return t + 1
			}
		}
	}
	return 0
}

// compared reports whether a value is what another is held against.
func (l *line) compared(i int) bool {
	first := l.mentions[i].first
	return first > 0 && comparisons.Has(l.tokens[first-1].Lower)
}

// lead is the date that a line begins with and says of the token at: "7 July:
// the contract was signed", "In 2011 they fell, and 500 left"; -1 where there is
// none. Without a colon it reaches to the end of its clause.
func (l *line) lead(at int) int {
	m := &l.mentions[0]
	if !m.dates() || m.last >= len(l.tokens) || m.last > at {
		return -1
	}
	for t := range m.first {
		switch l.tokens[t].Tag {
		case "IN", "DT", ":", ".", "LS", "CD", "SYM", "-":
		default:
			return -1
		}
	}
	if t := l.tokens[m.last].Text; t == ":" || t == "-" || t == "–" || t == "—" {
		return 0
	}
	if l.phrases[l.of[m.first]].last > m.last { // "the 2019 plan"
		return -1
	}
	for p := l.of[m.first]; p < l.of[at]; p++ {
		if k := l.phrases[p].kind; k == stop || k == binder {
			return -1
		}
	}
	return 0
}

// fill gives a date that is the end or the beginning of a term of so many years
// its other end.
func (l *line) fill(p *claim.Period, m, years int) {
	switch {
	case p.To != 0 && l.endsAt(m):
		end := p.To.Time()
		p.From = claim.DayOf(end.Year()-years, end.Month(), end.Day()+1)
	case p.From != 0 && l.beginsAt(m):
		start := p.From.Time()
		p.To = claim.DayOf(start.Year()+years, start.Month(), start.Day()-1)
	}
}

// endsAt reports whether a date is the end of something: "through 2028".
func (l *line) endsAt(m int) bool {
	if l.mentions[m].Value.Period.From == 0 {
		return true
	}
	switch l.tokens[max(l.mentions[m].first-1, 0)].Lower {
	case "through", "until", "till", "to":
		return true
	}
	return false
}

// beginsAt reports whether a date is the beginning of something: "from 2016",
// "starting in October 2018".
func (l *line) beginsAt(m int) bool {
	for i := l.mentions[m].first - 1; i >= max(l.mentions[m].first-3, 0); i-- {
		switch l.tokens[i].Lower {
		case "from", "starting", "beginning":
			return true
		case "in", "on", "the":
		default:
			return false
		}
	}
	return false
}
