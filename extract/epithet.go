package extract

import (
	"strings"

	"crosscheck/extract/name"
)

// What a name is called beside it: any noun does, because "the" says that there
// is one. Who bears a listed office or did a listed deed other rules read.

// begins is the token at which a name begins with the titles before it: that of
// "Professor" in "Professor Ruiz".
func (l *line) begins(m *mention) int {
	i := m.first
	for i > l.phrases[l.of[m.first]].first && l.within[i-1] < 0 && name.IsTitle(l.tokens[i-1].Lower) && strings.HasPrefix(l.tokens[i-1].Tag, "NNP") {
		i--
	}
	return i
}

// epithet is what m is called, as one that the reader knows or is told of: "the
// television star, Ana Ruiz,", "Ana Ruiz, his partner,", "the engineer Ana Ruiz".
func (l *line) epithet(m *mention) part {
	at, first := l.of[m.first], l.begins(m)
	f := l.phrases[at]
	if f.first < first { // in its own phrase
		if t := &l.tokens[first-1]; f.last == m.last && l.within[first-1] < 0 && (t.Tag == "NN" || t.Tag == "NNS") {
			return l.calls(f.first, first)
		}
		return part{}
	}
	if at >= 2 && l.phrases[at-1].kind == comma && l.phrases[at-2].kind == nounPhrase && l.endsAside(at+1) {
		p := at - 2
		for p >= 2 && l.phrases[p-1].kind == preposition && l.phrases[p-2].kind == nounPhrase {
			p -= 2
		}
		if l.isEpithet(p) && (p < 2 || l.phrases[p-1].kind != comma || l.phrases[p-2].kind != nounPhrase) { // behind another name it is that one's
			return l.calls(l.phrases[p].first, l.phrases[at-2].last)
		}
	}
	if p := l.besides(m); p >= 0 && l.isEpithet(p) {
		return l.calls(l.phrases[p].first, l.phrases[l.chain(p)-1].last)
	}
	return part{}
}

// kind is what sort of thing m is said to be: "Ana Ruiz, a waiter,", "a sister
// firm, Acme Motors".
func (l *line) kind(m *mention) part {
	at := l.of[m.first]
	if l.phrases[at].first != l.begins(m) {
		return part{}
	}
	p := l.besides(m)
	if p < 0 && at >= 2 && l.phrases[at-1].kind == comma && l.phrases[at-2].kind == nounPhrase && l.endsAside(at+1) {
		p = at - 2
	}
	if p < 0 {
		return part{}
	}
	f := l.phrases[p]
	if t := l.tokens[f.first].Lower; l.within[f.last-1] >= 0 || l.tokens[f.last-1].Tag != "NN" || t != "a" && t != "an" {
		return part{}
	}
	return l.calls(f.first, f.last)
}

// besides is the noun phrase that tells between commas who m is, or -1: "Ana Ruiz,
// 52, the waiter,".
func (l *line) besides(m *mention) int {
	const far = 3 // phrases, past an age
	at := l.of[m.first]
	if l.phrases[at].last != m.last {
		return -1
	}
	for p := at + 1; p+1 < len(l.phrases) && p <= at+far && l.phrases[p].kind == comma && l.phrases[p+1].kind == nounPhrase; p += 2 {
		if k := l.within[l.phrases[p+1].first]; k >= 0 && !l.mentions[k].Kind.IsName() {
			continue
		}
		if l.endsAside(p + 2) {
			return p + 1
		}
		break
	}
	return -1
}

// isEpithet reports whether the noun phrase p calls by a noun one that is known:
// "the", "his" or a possessor stands before it.
func (l *line) isEpithet(p int) bool {
	f := l.phrases[p]
	t := &l.tokens[f.first]
	return l.within[f.last-1] < 0 && l.tokens[f.last-1].Tag == "NN" && (t.Lower == "the" || t.Tag == "PRP$" || l.isName(f.first))
}

// calls is the part told by the tokens [first, last), with what limits it.
func (l *line) calls(first, last int) part {
	p := part{attribute: l.words(first, last, func(i int) bool { return l.isProper(i) || pastOrTemporary.Has(l.tokens[i].Lower) })}
	for i := first; i < last; i++ {
		if w := l.tokens[i].Lower; pastOrTemporary.Has(w) {
			p.scope = append(p.scope, w)
		}
	}
	return p
}
