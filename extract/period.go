package extract

import "crosscheck/claim"

// When what is claimed was so: the date in the value's own clause, or the term
// that ends with it.

// time is the date in the value's own clause, the nearest one; for a fragment
// the nearest one in the line. A term with an end ("10-year ... through 2028")
// gives the start too.
func (l *line) time(i int, at place) *claim.Period {
	first, last := 0, len(l.tokens)
	if at.verb >= 0 {
		c := l.clause(at.verb)
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
		if j == i || o.Kind != claim.Date || o.Value.Period == nil || o.Unresolved {
			continue
		}
		if d := max(o.first-l.mentions[i].last, l.mentions[i].first-o.last, 0); d < gap {
			best, gap = j, d
		}
	}
	if best < 0 {
		return nil
	}
	p := *l.mentions[best].Value.Period
	if term > 0 && term < 200 && p.To != 0 && l.endsAt(best) {
		end := p.To.Time()
		p.From = claim.DayOf(end.Year()-int(term), end.Month(), end.Day()+1)
	}
	return &p
}

// endsAt reports whether a date is the end of something: "through 2028".
func (l *line) endsAt(m int) bool {
	if l.mentions[m].Value.Period.From == 0 {
		return true
	}
	i := l.mentions[m].first
	if i > 0 {
		i--
	}
	switch l.tokens[i].Lower {
	case "through", "until", "till", "to":
		return true
	}
	return false
}
