package extract

import (
	"slices"

	"crosscheck/claim"
	"crosscheck/document"
)

// A name of which no other rule has made anything has its part in the line all
// the same where it is called something: "the television star, Ana Ruiz". The
// attribute is the line's own words. What its bearer is said to do makes no claim
// here: of two who did the like both can have done it, and most lines say nothing else.

// part is what somebody is called.
type part struct {
	attribute string
	scope     []string // "former"
}

// mostParts is how many names a line tells the part of.
const mostParts = 4

// parts makes a claim of each person and organization of which the line's other
// claims, those from number first on, say nothing.
func (r *reader) parts(l *line, first int) {
	if l.sentence.Role == document.Heading || l.asks() {
		return
	}
	made := 0
	for i := range l.mentions {
		m := &l.mentions[i]
		if m.Kind != claim.Person && m.Kind != claim.Organization || r.speaksOf(m, first) {
			continue
		}
		p := l.epithet(m)
		if p.attribute == "" {
			p = l.kind(m)
		}
		if p.attribute == "" {
			continue
		}
		r.plays(l, m, p)
		if made++; made == mostParts {
			return
		}
	}
}

// speaksOf reports whether a claim from number first on is about the bearer of m.
func (r *reader) speaksOf(m *mention, first int) bool {
	return slices.ContainsFunc(r.claims[first:], func(a claim.Appearance) bool {
		return a.Claim.Value.Entity != nil && a.Span.Start <= m.Start && m.End <= a.Span.End && a.Claim.Polarity == claim.Affirmed
	})
}

// plays records the part that m has in what its block is about.
func (r *reader) plays(l *line, m *mention, p part) {
	who := m.Value.Entity.Name
	thing := r.topic.subject(l.sentence.Block)
	if thing == who {
		thing = ""
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: p.attribute, Value: m.Value, Scope: p.scope,
		Entities: []string{who}, Polarity: claim.Affirmed}
	r.add(l, m.Span, c, m.Rule+" "+hasPart.ID(), -1, m.first)
}
