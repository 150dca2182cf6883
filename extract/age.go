package extract

import (
	"strings"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// oldest is up to where a bare number behind "he was" can be an age.
var oldest = decimal.New(120, 0)

// age is the length of time that a value means where it tells how old somebody
// is, "he was 65 when he died", "she is 20 years old"; ok is false where it does
// not. A bare number counts years.
func (l *line) age(m *mention, at place) (v claim.Value, ok bool) {
	if at.verb < 0 || at.phrase != at.verb+1 || l.phrases[at.verb].verb.done != "been" || l.phrases[at.verb].verb.passive {
		return v, false
	}
	who := l.subjectOf(at.verb)
	if who.empty() || !l.namesPerson(who) && !l.isPerson(who) {
		return v, false
	}
	f := l.phrases[at.phrase]
	if m.first != f.first || m.last != f.last {
		return v, false
	}
	switch q := m.Value.Quantity; {
	case m.Kind == claim.Duration:
		said := strings.ToLower(m.Of(l.doc.Text))
		return m.Value, strings.HasSuffix(said, "old") || strings.HasSuffix(said, "of age") || m.last < len(l.tokens) && l.tokens[m.last].Lower == "old"
	case m.Kind == claim.Count && q.Unit == "" && q.Per == "" && q.Number.Valid && q.Number.Decimal.IsInteger() && q.Number.Decimal.IsPositive() && q.Number.Decimal.LessThan(oldest):
		years := *q
		years.Unit = "a"
		return claim.Value{Quantity: &years}, true
	}
	return v, false
}

// livedTo is the length of life that a bare number means behind "to": "they live
// to 90 on average".
func (l *line) livedTo(m *mention, at place) (v claim.Value, ok bool) {
	q := m.Value.Quantity
	if at.verb < 0 || at.by < 0 || m.Kind != claim.Count || q.Unit != "" || q.Per != "" || !q.Number.Valid || !q.Number.Decimal.LessThan(oldest) {
		return v, false
	}
	if w := l.phrases[at.verb].verb; w.done != "lived" || w.passive || l.tokens[l.phrases[at.by].first].Lower != "to" {
		return v, false
	}
	years := *q
	years.Unit = "a"
	return claim.Value{Quantity: &years}, true
}

// isPerson reports whether a noun phrase is "he", "she" or "who".
func (l *line) isPerson(p run) bool {
	if p.last-p.first != 1 {
		return false
	}
	switch l.tokens[l.phrases[p.first].first].Lower {
	case "he", "she":
		return l.phrases[p.first].last-l.phrases[p.first].first == 1
	}
	return false
}
