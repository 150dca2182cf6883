package extract

import (
	"strings"

	"crosscheck/claim"
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
	if w := l.words(m.last, p.last, drop); w != "" {
		return joinWords(w, l.complement(at.phrase))
	}
	if m.Kind != claim.Date && at.phrase+2 < len(l.phrases) && l.phrases[at.phrase+1].kind == preposition && l.phrases[at.phrase+2].kind == nounPhrase {
		by := l.tokens[l.phrases[at.phrase+1].first].Lower
		if by == "of" || by == "in" || by == "for" || by == "on" || by == "worth" {
			end := l.chain(at.phrase + 2)
			if w := l.words(l.phrases[at.phrase+2].first, l.phrases[end-1].last, l.isProper); w != "" {
				if m.Kind == claim.Percent && by == "of" {
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
		g := l.phrases[at.governor]
		return l.words(g.first, g.last, l.isProper)
	}
	return l.condition(at.phrase)
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
		if by == "of" || by == "on" || by == "for" {
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
	if i < len(l.tokens) && l.within[i] < 0 && conditions[l.tokens[i].Lower] {
		return l.tokens[i].Lower
	}
	return ""
}

var conditions = map[string]bool{"dead": true, "injured": true, "wounded": true, "missing": true, "unaccounted": true, "unhurt": true, "homeless": true, "hurt": true, "alive": true, "trapped": true, "displaced": true, "aboard": true, "strong": true, "long": true, "high": true, "wide": true, "tall": true, "deep": true, "old": true, "away": true}

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
