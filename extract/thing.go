package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// What a value counts or measures, in words: the noun with its modifiers, the
// noun that it hangs on ("a toll of 34"), the adjective behind it ("34 dead").

// thing says in words what a value counts, measures or dates inside its own
// noun phrase or through a preposition: "34 people", "$38 billion in military
// aid", "a toll of 34".
func (l *line) thing(m *mention, at place) string {
	p := l.phrases[at.phrase]
	if l.labelled(m, p) { // "a magnitude 3.3 event"
		return l.tokens[m.first-1].Lower
	}
	drop := l.isProper
	if k := l.within[p.last-1]; k >= 0 && l.mentions[k].Kind == claim.Group && m.Kind == claim.Count {
		drop = nil // "100 ethnic Armenians" are what is counted
	}
	if isShare(m) && m.Kind == claim.Count { // "one household in eight"
		for i := m.first; i < m.last; i++ {
			if t := &l.tokens[i]; (t.Tag == "NN" || t.Tag == "NNS") && i > m.first && i+1 < m.last && l.tokens[i+1].Lower == "in" {
				return "share of " + t.Lower
			}
		}
	}
	whole := l.whole(m, at)
	if w := l.words(m.last, p.last, drop); w != "" {
		return joinWords(whole, joinWords(w, l.complement(at.phrase)))
	}
	if whole != "" {
		return whole
	}
	if m.Kind != claim.Date && at.phrase+2 < len(l.phrases) && l.phrases[at.phrase+1].kind == preposition && l.phrases[at.phrase+2].kind == nounPhrase {
		next := l.phrases[at.phrase+2]
		by := l.tokens[l.phrases[at.phrase+1].first].Lower
		if by == "of" || by == "for" || by == "worth" || (by == "in" || by == "on") && !l.isDefinite(next) {
			end := l.chain(at.phrase + 2)
			if w := l.words(next.first, l.phrases[end-1].last, l.isProper); w != "" {
				if by == "of" && isShare(m) {
					return "share of " + w
				}
				return w
			}
		}
	}
	if w := l.words(p.first, m.first, l.isProper); w != "" {
		return w
	}
	if at.governor >= 0 && (m.Kind != claim.Date || at.role == fragment) {
		g := l.phrases[l.headOf(at)]
		return l.words(g.first, g.last, l.isProper)
	}
	if m.Kind == claim.Date {
		return ""
	}
	w := l.condition(at.phrase)
	if w != "" && at.by < 0 && at.phrase > 0 && l.phrases[at.phrase-1].kind == nounPhrase { // "two towers each 212 metres tall"
		before := l.phrases[at.phrase-1]
		return joinWords(l.words(before.first, before.last, l.isProper), w)
	}
	return w
}

// headOf is the noun phrase that a sum hangs on past those who have to do with
// it: "a claim by the builder for $3m" is a claim.
func (l *line) headOf(at place) int {
	g := at.governor
	for by := l.tokens[l.phrases[at.by].first].Lower; by == "for" && at.role == subject && g >= 2 && l.phrases[g-1].kind == preposition && l.phrases[g-2].kind == nounPhrase; g -= 2 {
		switch l.tokens[l.phrases[g-1].first].Lower {
		case "by", "from", "against", "with", "between", "to":
			continue
		}
		break
	}
	return g
}

// whole is the noun that a value fills: "a loan of $3m", "a fleet of 30 ships".
// Those that only say that something is counted tell nothing: "a total of 34".
func (l *line) whole(m *mention, at place) string {
	if m.Kind == claim.Date || at.governor < 0 || l.tokens[l.phrases[at.by].first].Lower != "of" || l.phrases[at.phrase].first != m.first {
		return ""
	}
	g := l.phrases[at.governor]
	if w := l.words(g.first, g.last, l.isProper); !counters.Has(w) {
		return w
	}
	return ""
}

// counters are nouns that only say that something is counted.
var counters = words.NewSet("total number sum figure group maximum minimum average couple handful record estimate")

// isDefinite reports whether a noun phrase means a thing that is known, so that
// what stands in it or on it is there and not made of it: "in its own release".
func (l *line) isDefinite(p phrase) bool {
	t, m := &l.tokens[p.first], l.within[p.first]
	return t.Tag == "PRP$" || t.Tag == "DT" && m < 0 || m >= 0 && l.mentions[m].Kind == claim.Date // "in today's money"
}

// isShare reports whether a value is a part of what "of" brings: "40 percent of
// the grants", "a third of the ballots".
func isShare(m *mention) bool {
	return m.Kind == claim.Percent || m.Value.Quantity != nil && m.Value.Quantity.Unit == "1"
}

// measured reports whether a value is said to be that of the noun before it,
// whatever the verb does with it: "a depth of 59 feet", "an accord worth $3m".
func (l *line) measured(m *mention, at place) bool {
	p := l.phrases[at.phrase]
	switch {
	case m.Kind == claim.Date:
		return false
	case l.labelled(m, p), m.Kind != claim.Count && m.last < p.last && strings.Contains(l.tokens[m.last-1].Text, "-"): // "the 93-metre spire"
		return true
	case m.last < p.last:
		return false
	case m.first > p.first && l.tokens[m.first-1].Lower == "worth":
		return true
	case m.Kind != claim.Count && at.by < 0 && at.role == object && l.condition(at.phrase) != "" && !measures.Has(l.phrases[at.verb].verb.done): // "opened, two years late"
		return true
	}
	return at.governor >= 0 && l.tokens[l.phrases[at.by].first].Lower == "of" && p.first == m.first
}

// labelled reports whether the noun in front of a bare number names what it
// measures: "magnitude 7.8".
func (l *line) labelled(m *mention, p phrase) bool {
	return m.Kind == claim.Count && m.first > p.first && l.tokens[m.first-1].Tag == "NN" && l.within[m.first-1] < 0
}

// complement reads what completes a noun: "a memorandum on military aid", "34
// members of parliament", "34 people dead".
func (l *line) complement(p int) string {
	if p+2 < len(l.phrases) && l.phrases[p+1].kind == preposition && l.phrases[p+2].kind == nounPhrase {
		by := l.tokens[l.phrases[p+1].first].Lower
		if by == "of" || by == "for" || by == "on" && !l.isDefinite(l.phrases[p+2]) {
			if w := l.words(l.phrases[p+2].first, l.phrases[p+2].last, l.isProper); w != "" {
				return by + " " + w
			}
		}
	}
	return l.condition(p)
}

// condition reads the adjective behind a noun phrase: "34 people dead".
func (l *line) condition(p int) string {
	i := l.phrases[p].last
	if i >= len(l.tokens) || l.within[i] >= 0 {
		return ""
	}
	w := l.tokens[i].Lower
	if conditions.Has(w) {
		return w
	}
	if i+1 < len(l.tokens) && standing.Has(w) && standings.Has(l.tokens[i+1].Lower) {
		return w + " " + l.tokens[i+1].Lower
	}
	return ""
}

// Conditions of two words: "behind schedule", "in length".
var (
	standing  = words.NewSet("behind over under above below off per in")
	standings = words.NewSet("schedule time budget ground course head length height width depth diameter circumference weight area size volume duration age")
)

var conditions = words.NewSet(`dead injured wounded missing unaccounted unhurt homeless hurt alive trapped displaced aboard strong long high wide tall deep
	old away late early overdue apart thick broad afloat ashore sick ill unemployed pregnant underground underwater`)

// isProper drops the names of persons, places and groups from what is counted;
// an organization or a work may itself be what is meant ("the MOU").
func (l *line) isProper(i int) bool {
	m := l.within[i]
	if m < 0 {
		return false
	}
	switch l.mentions[m].Kind {
	case claim.Person, claim.Place, claim.Group:
		return true
	}
	return false
}
