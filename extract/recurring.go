package extract

import "crosscheck/claim"

// A rate can be told far from its value: "goods worth $10 billion stood still
// daily", "cargo worth $9 billion is held up each day".

// recurs has the words that say by what a value comes again, with what it comes by.
var recurs = map[string]string{"hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year"}

// turns has the times that "each" and "every" bring.
var turns = map[string]string{"hour": "hour", "day": "day", "night": "night", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}

// recurring is a value of a clause that ends by saying how often it comes again;
// another is as it was. What a clause holds several values of it tells of the last.
func (l *line) recurring(m *mention, at place, v claim.Value) claim.Value {
	q := v.Quantity
	if q == nil || q.Per != "" || q.Change != 0 || m.Kind != claim.Money && m.Kind != claim.Count && m.Kind != claim.Measure {
		return v
	}
	c := l.clause(at.verb)
	for t := l.phrases[c.last-1].last - 1; t >= max(m.last, l.phrases[at.verb].last); t-- {
		if l.within[t] >= 0 {
			return v
		}
		per := ""
		if i := t - 1; i >= m.last && (l.tokens[i].Lower == "each" || l.tokens[i].Lower == "every") {
			per = turns[l.tokens[t].Lower]
		} else if l.tokens[t].Tag == "RB" || t+1 == l.phrases[c.last-1].last {
			per = recurs[l.tokens[t].Lower]
		}
		if per != "" {
			for p := l.of[m.first] + 1; p < l.of[t]; p++ {
				if l.phrases[p].kind == verbGroup && p != at.verb {
					return v // "sold 30 tonnes on Monday and rested each year"
				}
			}
			rate := *q
			rate.Per = per
			return claim.Value{Quantity: &rate}
		}
		switch l.phrases[l.of[t]].kind {
		case stop, comma, other:
		default:
			return v
		}
	}
	return v
}
