package extract

import (
	"strings"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/words"
)

// values makes a claim of each quantity and date in a line.
func (r *reader) values(l *line) {
	defer r.coin(l)
	var asked claim.Claim // that of the value before; without a kind, none
	for i := range l.mentions {
		m := &l.mentions[i]
		if kindOf(*m) == claim.KindEntity || m.Unresolved && *m.Value.Period == (claim.Period{}) {
			continue
		}
		if m.life {
			r.lived(l, i)
			asked = claim.Claim{}
			continue
		}
		at := l.placeOf(l.of[m.first])
		if m.Kind == claim.Date {
			at = l.settled(m, at)
		}
		if i > 0 && asked.Kind != "" && l.restates(i) { // "126.9 billion yuan (US$18.8 billion)"
			c := asked
			c.Value = m.Value
			r.add(l, m.Span, c, m.Rule+" "+inClause.ID(), at.verb, m.first)
			continue
		}
		asked = claim.Claim{}
		if m.Kind == claim.Ordinal {
			r.numbered(l, i, at)
			continue
		}
		if l.pointsOnly(i, at) {
			continue
		}
		if at.verb >= 0 && r.prompt.answers(l.sentence.Block) && l.answersAtOnce(m, at) {
			at.verb, at.role = -1, fragment
		}
		c := claim.Claim{Kind: kindOf(*m), Value: m.Value, Polarity: claim.Affirmed}
		rule := inClause
		if at.verb < 0 {
			rule = inFragment
			if c.Attribute = r.fragmentAttribute(l, m, at); m.Kind == claim.Date {
				c.Attribute = staged(c.Attribute)
			}
			c.Subject = r.fragmentSubject(l, m)
			c.Entities = r.fragmentEntities(l, c.Subject)
		} else {
			if m.Kind == claim.Date {
				c.Subject, c.Attribute = r.stageQuestion(l, m, at)
			} else {
				c.Subject, c.Attribute = r.clauseQuestion(l, m, at)
				if age, ok := l.age(m, at); ok {
					c.Attribute, c.Value = "age", age
				} else if span, ok := l.livedTo(m, at); ok {
					c.Attribute, c.Value = joinWords("life span", c.Attribute), span
				} else {
					c.Value = l.recurring(m, at, c.Value)
				}
			}
			if l.phrases[at.verb].verb.done == "been" && !r.prompt.rest && r.prompt.answers(l.sentence.Block) { // "Eighteen is the official number"
				c.Attribute = joinWords(r.prompt.words, c.Attribute)
			}
			c.Entities = l.partners(i, at, c.Subject)
			if r.stands(l) {
				for _, a := range r.topic.listed {
					c.Entities = appendNew(c.Entities, a)
				}
			}
			if l.phrases[at.verb].verb.negated {
				c.Polarity = claim.Negated
			}
		}
		if c.Attribute == "" && c.Subject == "" {
			continue // nothing says what it is a value of
		}
		c.Attribute = joinWords(c.Attribute, l.lateBy(m))
		if q := c.Value.Quantity; q != nil && q.Change != 0 && at.verb >= 0 && strings.HasSuffix(c.Attribute, " high") { // "the spire rose 295 feet"
			level := *q
			level.Change = 0
			c.Value.Quantity = &level
		}
		if l.contrasted(m.first) {
			c.Polarity = claim.Negated
		}
		c.Scope = l.scope(i, at)
		if c.Kind == claim.KindNumber {
			if c.Time = l.time(i, at); c.Time == nil && at.verb >= 0 && l.phrases[at.verb].verb.perfect {
				c.Time = r.untilSaid(l)
			}
		}
		if l.sentence.Cell >= 0 {
			rule = inTable
			r.completeCell(l, m, &c)
		} else if colon := l.colonBefore(m); colon >= 0 {
			c.Value, _ = r.completed(m, l, l, colon, false)
		}
		if c.Kind == claim.KindNumber && at.verb < 0 && r.stands(l) {
			c.Value = r.underHeading(m, l, c.Value)
		}
		c.Value = r.spared(l, i, at, c.Value, c.Attribute)
		if m.Kind == claim.Money && m.Value.Quantity.Unit == claim.NoCurrency {
			c.Value = withUnit(c.Value, r.coinOf(m.Of(l.doc.Text)))
		}
		asked = c
		r.carry(l, m, at, &c)
		verb := at.verb
		if l.inherent(m, at) {
			verb = -1
		}
		r.add(l, m.Span, c, m.Rule+" "+rule.ID(), verb, m.first)
		if a := &r.claims[len(r.claims)-1]; rule == inFragment && r.prompt.planned && r.prompt.answers(l.sentence.Block) && a.Modality == claim.Asserted {
			a.Modality = claim.Planned // "How long will it last? One year."
		}
	}
}

// answersAtOnce reports whether a value begins its line and the only verb there
// is one that tells more of it: "Six weeks from packing", "240 tonnes, which is
// a lot".
func (l *line) answersAtOnce(m *mention, at place) bool {
	for p := range l.of[m.first] {
		if k := l.phrases[p].kind; k != stop && k != other && k != preposition {
			return false
		}
	}
	return l.isRelative(at.verb) || l.phrases[at.verb].verb.participle
}

// restates reports whether the mention at i, in brackets right behind another
// of its kind, gives the same value in another unit or currency.
func (l *line) restates(i int) bool {
	m, before := &l.mentions[i], &l.mentions[i-1]
	if m.Kind != before.Kind || m.Kind != claim.Money && m.Kind != claim.Measure || m.Value.Quantity.Unit == before.Value.Quantity.Unit {
		return false
	}
	bracket := before.last
	return bracket < m.first && m.first <= bracket+3 && l.phrases[l.of[bracket]].kind == opens && m.last < len(l.tokens) && l.phrases[l.of[m.last]].kind == closes
}

// contrasted reports whether the value at a token is what something is said not
// to be: "1.6 billion, not the 1.8 billion", "six rather than nine".
func (l *line) contrasted(at int) bool {
	first := l.phrases[l.of[at]].first
	for first > 0 && first >= at-4 && l.within[first-1] < 0 && (l.tokens[first-1].Tag == "DT" || l.tokens[first-1].Tag == "PRP$") {
		first--
	}
	if first == 0 || l.within[first-1] >= 0 {
		return false
	}
	before := func(n int) string { return l.tokens[max(first-n, 0)].Lower }
	switch before(1) {
	case "not":
		return l.phrases[l.of[first-1]].kind != verbGroup
	case "than":
		return before(2) == "rather"
	case "of":
		return before(2) == "instead"
	}
	return false
}

// pointsOnly tells values that say which or when, and state nothing: "the
// first", "the two countries", "two days after", a year in a heading.
func (l *line) pointsOnly(i int, at place) bool {
	m := &l.mentions[i]
	switch m.Kind {
	case claim.Date:
		return m.saying && l.meanwhile(m) < 0 || at.verb < 0 && l.sentence.Role == document.Heading && l.colonBefore(m) < 0 || l.identifies(i, at) || l.holdsAt(i, at)
	case claim.Duration:
		if m.last < len(l.tokens) {
			switch l.tokens[m.last].Lower {
			case "after", "before", "later", "earlier", "ago":
				if l.lateBy(m) != "" {
					return false
				}
				return m.first == 0 || !takes.Has(l.tokens[m.first-1].Lower) // "shut for nine months before the truce", "built in two months after it"
			}
		}
	case claim.Count:
		n := m.Value.Quantity.Number
		if !n.Valid || n.Decimal.GreaterThan(decimal.NewFromInt(3)) {
			return false
		}
		if at.verb < 0 && n.Decimal.Equal(decimal.NewFromInt(1)) {
			return m.first > 0 && l.tokens[m.first-1].Text != ":" // "one visit at a time"
		}
		if m.first > 0 {
			switch l.tokens[m.first-1].Lower {
			case "the", "these", "those", "both", "its", "their":
				return true
			}
		}
	}
	return false
}

// takes are the words behind which a length of time is how long something took,
// even where "after" follows and makes a point in time of others.
var takes = words.NewSet("for in within took taken lasted last lasts")

// stands reports whether a line stands by itself under headings: a list item or
// a table cell, which leaves its subject to what is above it.
func (r *reader) stands(l *line) bool {
	return l.sentence.Role == document.ListItem || l.sentence.Cell >= 0
}
