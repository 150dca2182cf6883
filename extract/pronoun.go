package extract

import (
	"cmp"
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// A pronoun stands for what was named before: "he" for a person, "it" for a
// thing. The nearest fitting subject is taken, in this line and then in the
// one before; where none fits the claim is left without a subject rather than
// given a wrong one.

var (
	persons = words.NewSet("he she him her his hers who")
	things  = words.NewSet("it its they them their")
	plural  = words.NewSet("they them their")
)

// papers are nouns for what is signed.
var papers = words.NewSet("treaty agreement memorandum accord pact contract protocol declaration decree bill law order deal convention charter petition mou")

// called is what a noun phrase is known by, with all its names: the name that
// it ends with, else the first one in it, else its words.
func (l *line) called(r run) (string, []string) {
	first, last := l.phrases[r.first].first, l.phrases[r.last-1].last
	found := l.names(first, last)
	names := entityNames(found)
	if len(names) == 0 || found[0].Kind == claim.Group && len(names) == 1 && l.within[l.phrases[r.first].last-1] < 0 {
		return l.words(first, last, nil), names // "the Peruvian army" is not Peru
	}
	if b, ok := l.bearerAt(r.first); ok { // "Peru's Ana Ruiz" is not Peru
		return b.value.Entity.Name, names
	}
	if l.isWhere(r, &found[0]) {
		return l.words(first, last, l.isProper), names
	}
	return names[0], names
}

// isWhere reports whether m, the first name in a noun phrase, only says where it
// is or goes: "the market in Mumbai" is not Mumbai, "the city of Mumbai" is.
func (l *line) isWhere(p run, m *mention) bool {
	if p.last-p.first < 2 || m.Kind != claim.Place || m.first < l.phrases[p.first].last {
		return false
	}
	by := l.phrases[p.first+1]
	return by.kind == preposition && l.tokens[by.first].Lower != "of"
}

// meant is what a noun phrase is known by, where a pronoun is known by what it
// stands for.
func (r *reader) meant(l *line, p run) (string, []string) {
	if p.empty() {
		return "", nil
	}
	if p.last-p.first == 1 {
		if who := r.incumbent(l, l.phrases[p.first]); who != "" {
			return who, []string{who}
		}
	}
	t := l.phrases[p.first].first
	if p.last-p.first > 1 || l.phrases[p.first].last-t > 1 || l.within[t] >= 0 {
		return l.called(p)
	}
	who := r.antecedent(l, t)
	if things.Has(l.tokens[t].Lower) && p.first > 0 && l.phrases[p.first-1].kind == verbGroup {
		if s := l.subjectOf(p.first - 1); s.empty() || s == l.firstSubject() {
			who = cmp.Or(r.thing, r.many) // no object is its own subject
		}
	}
	if who == "" {
		return l.called(p)
	}
	return who, []string{who}
}

// antecedent is what the pronoun at token t stands for, or "".
func (r *reader) antecedent(l *line, t int) string {
	switch w := l.tokens[t].Lower; {
	case persons.Has(w):
		for i := t - 1; i >= 0; i-- {
			if m := l.within[i]; m >= 0 && l.mentions[m].Kind == claim.Person {
				return l.mentions[m].Value.Entity.Name
			}
		}
		return r.person
	case things.Has(w):
		if s := l.firstSubject(); !s.empty() && l.phrases[s.last-1].last <= t && !l.isPronoun(s) && !l.namesPerson(s) {
			name, _ := l.called(s)
			return name
		}
		if plural.Has(w) && (r.many != "" || r.thing == strings.ToLower(r.thing)) {
			return r.many // a body may be "they", a thing may not
		}
		return cmp.Or(r.thing, r.many)
	}
	return ""
}

// standsFor is what the pronoun at token t stands for: a name, or else words.
func (r *reader) standsFor(l *line, t int) (name, words string) {
	who := r.antecedent(l, t)
	if who == strings.ToLower(who) {
		return "", who
	}
	return who, ""
}

// firstSubject is the subject of the line's first verb that has one.
func (l *line) firstSubject() run {
	for v, p := range l.phrases {
		if p.kind == verbGroup && !p.verb.participle && !p.verb.infinitive {
			return l.subjectOf(v)
		}
	}
	return run{}
}

// hasNoun reports whether a noun phrase has a noun at its head: "how heavy" has none.
func (l *line) hasNoun(s run) bool {
	t := l.phrases[s.first].last - 1
	return l.within[t] >= 0 || strings.HasPrefix(l.tokens[t].Tag, "NN")
}

func (l *line) isPronoun(s run) bool {
	t := l.phrases[s.first].first
	return s.last-s.first == 1 && (l.tokens[t].Tag == "PRP" || persons.Has(l.tokens[t].Lower) || things.Has(l.tokens[t].Lower))
}

func (l *line) namesPerson(s run) bool {
	n := l.name(l.phrases[s.first].first, l.phrases[s.last-1].last)
	return n != nil && n.Kind == claim.Person
}

// referents keeps what the pronouns of the next line can stand for. Of several
// persons it is the one that this line is about, or who speaks in it.
func (r *reader) referents(l *line) {
	s := l.firstSubject()
	if s.empty() && l.asks() && !l.hasVerb() { // "The market?"
		for p, f := range l.phrases {
			if f.kind == nounPhrase {
				s = run{p, l.chain(p)}
				break
			}
		}
	}
	for i := len(l.mentions) - 1; i >= 0; i-- {
		m := &l.mentions[i]
		if m.Kind != claim.Person {
			continue
		}
		about := !s.empty() && m.first >= l.phrases[s.first].first && m.last <= l.phrases[s.last-1].last
		if r.person = m.Value.Entity.Name; about || m.first >= l.voice.from && m.last <= l.voice.to {
			break
		}
	}
	for _, p := range l.phrases {
		if p.kind == nounPhrase && papers.Has(l.tokens[p.last-1].Lower) && l.within[p.last-1] < 0 {
			r.paper = l.words(p.first, p.last, l.isProper)
		}
	}
	if !s.empty() && !l.isPronoun(s) && !l.namesPerson(s) {
		if name, _ := l.called(s); name == "" || !l.hasNoun(s) {
			return
		} else if head := l.tokens[l.phrases[s.first].last-1]; head.Tag == "NNS" || s.last-s.first > 1 && l.phrases[s.first+1].kind != preposition {
			r.many = name
		} else {
			r.thing, r.many = name, ""
		}
	}
}
