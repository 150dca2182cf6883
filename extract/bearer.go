package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/words"
)

// bearer is what may be the value of an entity claim, at its place.
type bearer struct {
	value claim.Value
	kind  claim.MentionKind
	rule  claim.RuleID
	span  document.Span
	// side is for whom it was done, sideNames the names in it.
	side, sideNames []string
}

// bearers are those who did a deed, named side by side ("signed by Ana Ruiz and
// Jon Berg") or each for a side ("Ruiz signed for Peru and Berg for Norway").
func (l *line) bearers(d *deed) []bearer {
	const most = 4
	var out []bearer
	end := d.who.last
	if d.who.first > d.v { // behind the verb a list runs on
		end = l.listEnd(d.who.first)
	}
	for p := d.who.first; p < end && len(out) < most; p++ {
		if l.phrases[p].kind != nounPhrase || p > d.who.first && l.phrases[p-1].kind == preposition {
			continue
		}
		if b, ok := l.bearerAt(p); ok {
			out = append(out, b)
		} else if b, ok = l.apposedAt(p); ok {
			out = append(out, b)
		}
	}
	if len(out) == 0 || d.who.first > d.v {
		return out
	}
	return l.sides(d, out)
}

// apposedAt is who is named behind the noun phrase p and a comma: "a shepherd,
// Jon Berg, found it".
func (l *line) apposedAt(p int) (bearer, bool) {
	if p+2 >= len(l.phrases) || l.phrases[p+1].kind != comma || l.phrases[p+2].kind != nounPhrase || strings.HasSuffix(l.tokens[l.phrases[p].last-1].Tag, "S") {
		return bearer{}, false
	}
	if p+3 < len(l.phrases) {
		if k := l.phrases[p+3].kind; k != comma && k != stop && k != closes && l.phrases[p+3].last < len(l.tokens) {
			return bearer{}, false
		}
	}
	return l.bearerAt(p + 2)
}

// bearerAt is who the noun phrase p is: a name at its end ("then-President Ana
// Ruiz", but not "the Ruiz team").
func (l *line) bearerAt(p int) (bearer, bool) {
	f := l.phrases[p]
	m := l.within[f.last-1]
	if m < 0 && f.last-f.first > 1 && kin.Has(l.tokens[f.last-1].Lower) { // "the Ruiz family"
		m = l.within[f.last-2]
	}
	if m < 0 || !l.mentions[m].Kind.IsName() {
		return bearer{}, false
	}
	n := &l.mentions[m]
	return bearer{value: n.Value, kind: n.Kind, rule: n.Rule, span: n.Span}, true
}

// kin are nouns that make several of one name.
var kin = words.NewSet("family brothers sisters siblings heirs couple clan dynasty")

// leading are nouns for what stands between a deed and who did it: "built under
// the lead of Acme".
var leading = words.NewSet("lead leadership direction command supervision management guidance chairmanship")

// under is who a thing was done under, in place of by.
func (l *line) under(v int) run {
	p := l.behind(v, "under")
	if p.empty() || p.last+1 >= len(l.phrases) || !leading.Has(l.tokens[l.phrases[p.first].last-1].Lower) {
		return run{}
	}
	if l.tokens[l.phrases[p.last].first].Lower != "of" || l.phrases[p.last+1].kind != nounPhrase {
		return run{}
	}
	return run{p.last + 1, p.last + 2}
}

// whose is the part of a subject that "who" and "which" behind a comma are said
// of: the name right before it, where it is of that kind, "three managers of
// Acme, which owns the port".
func (l *line) whose(s run, v int) run {
	if s.empty() || s.last-s.first < 2 || s.last+1 >= v || l.phrases[s.last].kind != comma || l.phrases[s.last+1].kind != binder {
		return s
	}
	b, ok := l.bearerAt(s.last - 1)
	if !ok {
		return s
	}
	switch l.tokens[l.phrases[s.last+1].first].Lower {
	case "who":
		ok = b.kind == claim.Person
	case "which":
		ok = b.kind == claim.Organization || b.kind == claim.Place
	default:
		ok = false
	}
	if ok {
		return run{s.last - 1, s.last}
	}
	return s
}

// listEnd is the end of the list of noun phrases that begins at p. The subject
// of a verb behind it is no part of the list.
func (l *line) listEnd(p int) int {
	end := p + 1
	for i := end; i+1 < len(l.phrases); {
		if l.phrases[i].kind == comma && l.phrases[i+1].kind == joint {
			i++
		}
		if k := l.phrases[i].kind; k != joint && k != comma || i+1 >= len(l.phrases) || l.phrases[i+1].kind != nounPhrase {
			return end
		}
		if v := l.verbAfter(i + 1); v >= 0 && !l.phrases[v].verb.participle {
			return end
		}
		i += 2
		end = i
	}
	return end
}

// sideOf are the prepositions that say for whom somebody acts.
var sideOf = words.NewSet("for on")

// sides gives each doer the side that it acts for, and reads those who follow
// with a side of their own and the same verb.
func (l *line) sides(d *deed, who []bearer) []bearer {
	const most = 4
	start := l.phrases[d.v].last
	if !d.what.empty() && d.what.first > d.v {
		start = l.phrases[d.what.last-1].last
	}
	if start >= len(l.tokens) {
		return who
	}
	at := len(who) - 1
	for p := l.of[start]; p+1 < len(l.phrases); p++ {
		f := l.phrases[p]
		switch f.kind {
		case verbGroup, stop, binder, opens:
			return who
		case preposition:
			if !sideOf.Has(l.tokens[f.first].Lower) || l.phrases[p+1].kind != nounPhrase || who[at].side != nil {
				continue
			}
			names := entityNames(l.names(l.phrases[p+1].first, l.phrases[p+1].last))
			if len(names) == 0 {
				continue
			}
			who[at].side, who[at].sideNames = []string{"for " + names[0]}, names
		case joint:
			if p+2 < len(l.phrases) && l.phrases[p+1].kind == nounPhrase && l.phrases[p+2].kind == preposition && sideOf.Has(l.tokens[l.phrases[p+2].first].Lower) && len(who) < most {
				if b, ok := l.bearerAt(p + 1); ok && b.kind == who[at].kind {
					who = append(who, b)
					at++
				}
			}
		}
	}
	return who
}

// modified is what a participle behind a noun, or in front of a clause, says
// something of: "the pact, signed by", "Signed in 2016, the pact".
func (l *line) modified(v int) run {
	i := v - 1
	for back := 0; i >= 0 && back < 7 && l.phrases[i].kind != comma && l.phrases[i].kind != nounPhrase; back++ {
		if l.phrases[i].kind == verbGroup && !l.phrases[i].verb.participle || l.phrases[i].kind == stop {
			return run{}
		}
		i--
	}
	switch {
	case i < 0: // in front of the clause
		for j := v + 1; j < len(l.phrases); j++ {
			if l.phrases[j].kind == comma {
				if j+1 < len(l.phrases) && l.phrases[j+1].kind == nounPhrase {
					return run{j + 1, j + 2}
				}
				return run{}
			}
		}
		return run{}
	case l.phrases[i].kind == comma:
		i--
	case v-i > 1: // "60 feet wide and owned by": back to what the comma is behind
		if c := l.commaBefore(i); c > 0 {
			i = c - 1
		}
	}
	if i < 0 || l.phrases[i].kind != nounPhrase {
		return run{}
	}
	end := i + 1
	for i >= 2 && l.phrases[i-1].kind == preposition && l.phrases[i-2].kind == nounPhrase && l.tokens[l.phrases[i-1].first].Lower == "of" {
		i -= 2
	}
	return run{i, end}
}

// accompanied is the doer in "with Ana Ruiz signing".
func (l *line) accompanied(v int) run {
	if v >= 2 && l.phrases[v-1].kind == nounPhrase && l.tokens[l.phrases[v-2].first].Lower == "with" {
		return run{v - 1, v}
	}
	return run{}
}

// relative is the object that stands in front of its clause: "the tariff, which
// Ana Ruiz announced".
func (l *line) relative(v int) run {
	s := l.subjectOf(v)
	if s.empty() || s.last > v || l.headed(s.last, v) {
		return run{}
	}
	return l.referred(s)
}

// headed reports whether a finite verb group stands among the phrases [first, last).
func (l *line) headed(first, last int) bool {
	for i := first; i < last; i++ {
		if p := l.phrases[i]; p.kind == verbGroup && !p.verb.participle && !p.verb.infinitive {
			return true
		}
	}
	return false
}

// referred is what a relative clause that s is the subject of refers to: "the
// tariff that Ruiz announced", "the tariff she announced".
func (l *line) referred(s run) run {
	if s.first < 1 || s.empty() {
		return run{}
	}
	i := s.first - 1
	switch l.phrases[i].kind {
	case nounPhrase: // "the tariff she announced", but "in the morning she announced"
		if l.tokens[l.phrases[s.first].first].Tag != "PRP" || i > 0 && l.phrases[i-1].kind == preposition {
			return run{}
		}
	case binder:
		switch l.tokens[l.phrases[i].first].Lower {
		case "which", "that", "whom":
		default:
			return run{}
		}
		if i--; i >= 0 && l.phrases[i].kind == comma {
			i--
		}
		if i < 0 || l.phrases[i].kind != nounPhrase {
			return run{}
		}
	default:
		return run{}
	}
	end := i + 1
	for i >= 2 && l.phrases[i-1].kind == preposition && l.phrases[i-2].kind == nounPhrase {
		i -= 2
	}
	return run{i, end}
}

// definite reports whether a noun phrase is of something that the reader is
// taken to know: a name, a pronoun, "the", "this", "its", "every".
func (l *line) definite(p run) bool {
	first := l.phrases[p.first].first
	switch l.tokens[first].Tag {
	case "DT":
		w := l.tokens[first].Lower
		return w != "a" && w != "an" && w != "some" && w != "any" && w != "another"
	case "PRP", "PRP$", "PDT":
		return true
	}
	return l.name(first, l.phrases[p.last-1].last) != nil
}

// behind returns the noun phrase that a preposition brings after the verb
// group v, in its clause.
func (l *line) behind(v int, by string) run {
	for i := v + 1; i+1 < len(l.phrases); i++ {
		switch p := l.phrases[i]; p.kind {
		case verbGroup, stop, binder, opens:
			return run{}
		case preposition:
			if l.tokens[p.first].Lower == by && l.phrases[i+1].kind == nounPhrase {
				return run{i + 1, i + 2}
			}
		case comma: // "caught it, scientists say, from bats"
			if i+3 < len(l.phrases) && l.phrases[i+1].kind == nounPhrase && l.phrases[i+2].kind == verbGroup && saidVerbs.Has(l.phrases[i+2].verb.done) && l.phrases[i+3].kind == comma {
				i += 3
			}
		}
	}
	return run{}
}
