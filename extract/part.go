package extract

import (
	"slices"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/words"
)

// A name of which no other rule has made anything has its part in the line all
// the same: what it is called beside a comma, "the television star, Ana Ruiz",
// what its bearer is said to do or to be, "Ana Ruiz broke the news", "was in
// command", or whom a thing is by or from. The attribute is the line's own words.

// part is what somebody is or does.
type part struct {
	attribute string
	scope     []string // "former"
	of        run      // with or to what, where that is told
	verb      int      // the verb group that tells it, or -1
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
		for _, read := range [...]func(*line, *mention) part{(*line).epithet, (*line).doing, (*line).tied, (*line).kind} {
			if p := read(l, m); p.attribute != "" {
				r.plays(l, m, p)
				made++
				break
			}
		}
		if made == mostParts {
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

// plays records the part that m has.
func (r *reader) plays(l *line, m *mention, p part) {
	who := m.Value.Entity.Name
	thing, names := r.meant(l, p.of)
	if thing == "" || thing == who {
		thing = r.topic.subject(l.sentence.Block)
	}
	if thing == who {
		thing = ""
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: p.attribute, Value: m.Value, Scope: p.scope,
		Entities: appendNew(slices.Clone(names), who), Polarity: claim.Affirmed}
	at := m.first
	if p.verb >= 0 {
		c.Time, at = l.timeOf(p.verb), l.phrases[p.verb].first
	}
	r.add(l, m.Span, c, m.Rule+" "+hasPart.ID(), p.verb, at)
}

// doing is what the first verb of which m is the subject says of it.
func (l *line) doing(m *mention) part {
	const far = 16 // phrases
	at := l.of[m.first]
	if l.phrases[at].last != m.last {
		return part{}
	}
	if v := l.verbBefore(at); v > 1 && v == l.listStart(at)-1 && l.phrases[v].verb.done == "been" && l.phrases[0].kind == preposition && l.subjects[v].empty() {
		return part{attribute: l.mannerAt(0), verb: v} // "at the controls were Ana Ruiz and Jon Berg"
	}
	for v := at + 1; v < len(l.phrases) && v < at+far; v++ {
		f := &l.phrases[v]
		if f.kind != verbGroup || f.verb.done == "" || f.verb.infinitive || f.verb.participle || f.verb.negated || f.verb.possible {
			continue
		}
		s := l.subjects[v]
		if s.empty() || at < s.first || at >= s.last || at > s.first && l.phrases[at-1].kind == preposition {
			continue
		}
		if saidVerbs.Has(f.verb.done) && f.verb.done != "told" && !f.verb.passive || l.supposed(v) {
			continue
		}
		if did, of := l.does(v); did != "" {
			return part{attribute: did, of: of, verb: v}
		}
	}
	return part{}
}

// listStart is the first of the noun phrases that that at p is listed with, past
// brackets.
func (l *line) listStart(p int) int {
	for p >= 2 && l.phrases[p-1].kind == joint {
		q := p - 2
		if l.phrases[q].kind == closes {
			q = l.opening(q) - 1
		}
		if q < 0 || l.phrases[q].kind != nounPhrase {
			break
		}
		p = q
	}
	return p
}

// idle are verbs, by participle, that tell nobody's part without more words.
var idle = words.NewSet("been had done got become seemed appeared known thought believed wanted liked felt heard hoped remained")

// does is what the verb group v says of its subject in words, and with what.
func (l *line) does(v int) (string, run) {
	f := &l.phrases[v].verb
	switch f.done {
	case "been":
		return l.being(v), run{}
	case "had": // "has its seat in Lima"
		return "", run{}
	}
	what, did, w := l.objectOf(v), joinWords(f.done, f.particle), ""
	switch {
	case what.empty():
		w = l.manner(v)
	case l.isPronoun(what): // "buzzed them in"
		if i := l.phrases[what.first].last; i < len(l.tokens) && (l.tokens[i].Tag == "IN" || l.tokens[i].Tag == "RP" || l.tokens[i].Tag == "RB") && l.objectOf(l.of[i]).empty() {
			w = l.tokens[i].Lower
		}
	default:
		first, last := l.phrases[what.first].first, l.phrases[what.first].last
		w = l.words(first, last, l.isProper)
		if w == "" && (idle.Has(f.done) || l.name(first, last) == nil) || !l.hasNoun(what) {
			return "", run{} // "counted 34", "lay quiet"
		}
		if did = joinWords(w, did); f.passive || !l.definite(what) { // others can have done the like
			return did, run{}
		}
		return did + " by", what
	}
	switch did = joinWords(did, w); {
	case w == "" && (f.particle == "" || idle.Has(f.done)): // "left", "was seen"
		return "", run{}
	case what.empty() || f.passive:
		return did, run{}
	}
	return did + " by", what
}

// being is what a form of "be" says of its subject in words: "in command", "on
// stage", "the boss".
func (l *line) being(v int) string {
	i := l.phrases[v].last
	if i >= len(l.tokens) {
		return ""
	}
	p := l.of[i]
	switch f := l.phrases[p]; {
	case f.kind == preposition:
		return l.mannerAt(i)
	case f.kind == nounPhrase && l.isEpithet(p):
		return l.words(f.first, l.phrases[l.chain(p)-1].last, l.isProper)
	}
	return ""
}

// ties are the prepositions that bring who did or gave something, or got it.
var ties = words.NewSet("by from to under")

// tied is what a preposition ties m to: "described in May by Ana Ruiz", "an offer
// from Ana Ruiz", "the contract went to Ana Ruiz".
func (l *line) tied(m *mention) part {
	const far = 5 // phrases from the verb to "by"
	at := l.of[m.first]
	if f := l.phrases[at]; f.first != l.begins(m) || f.last != m.last || at < 2 || l.phrases[at-1].kind != preposition {
		return part{}
	}
	by := l.tokens[l.phrases[at-1].first].Lower
	if !ties.Has(by) {
		return part{}
	}
	g := at - 2
	if v := l.verbBefore(at - 1); by == "by" && v >= max(0, at-far) && (l.phrases[v].verb.passive || l.phrases[v].verb.participle) {
		g = v
	}
	switch f := &l.phrases[g]; {
	case f.kind == nounPhrase && by != "to" && l.within[f.last-1] < 0 && !l.isUnreal(*f):
		first := g
		for first >= 2 && l.phrases[first-1].kind == preposition && l.phrases[first-2].kind == nounPhrase && l.tokens[l.phrases[first-1].first].Lower == "of" {
			first -= 2
		}
		if w := l.words(l.phrases[first].first, f.last, l.isProper); w != "" {
			return part{attribute: joinWords(w, by), verb: -1}
		}
	case f.kind == verbGroup && f.verb.done != "" && f.verb.done != "been" && !f.verb.negated && !f.verb.possible && !f.verb.infinitive && !saidVerbs.Has(f.verb.done):
		s := l.subjects[g]
		if f.verb.participle {
			s = l.modified(g)
		}
		if s.empty() {
			break
		}
		did := joinWords(joinWords(f.verb.done, f.verb.particle), by)
		if by != "by" && !l.isPronoun(s) {
			did = joinWords(l.words(l.phrases[s.first].first, l.phrases[s.last-1].last, l.isProper), did)
		}
		return part{attribute: did, of: s, verb: g}
	}
	return part{}
}
