package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// Verbs that say little take their meaning from what stands behind them: a law
// "came into force", a deal "went through", somebody left "after nine years at
// the top".

// bare are verbs, by participle, that mean this or that by one word behind them.
var bare = words.NewSet("gone come got put brought taken set carried waved called handed broken fallen thrown turned kicked been made pulled pushed signed voted pressed nodded held")

// idiom is what a bare verb is completed by: a preposition with a noun that has
// no article, "under way", "into force", "on sale", a particle that brings
// nothing, "through", "waved it through", or an adjective, "went public".
func (l *line) idiom(v int) string {
	if !bare.Has(l.phrases[v].verb.done) {
		return ""
	}
	i := l.phrases[v].last
	if i < len(l.tokens) && l.tokens[i].Tag == "PRP" {
		i++
	}
	if i >= len(l.tokens) || l.within[i] >= 0 {
		return ""
	}
	t := &l.tokens[i]
	last := i+1 >= len(l.tokens)
	switch t.Tag {
	case "IN", "TO", "RP", "RB":
		if !last && l.isBare(i+1) && t.Tag != "RB" {
			return joinWords(t.Lower, l.tokens[i+1].Lower)
		}
		if completes.Has(t.Lower) && (last || l.tokens[i+1].Tag == "IN" || l.tokens[i+1].Tag == "TO" || l.within[i+1] >= 0 && l.mentions[l.within[i+1]].Kind == claim.Date) {
			return t.Lower
		}
	case "JJ":
		if last || !strings.HasPrefix(l.tokens[i+1].Tag, "NN") {
			return t.Lower
		}
	}
	return ""
}

// completes are the particles that can stand by themselves behind a verb.
var completes = words.NewSet("through off up down out away apart back ahead over forward")

// isBare reports whether the token is a common noun that is a phrase by itself.
func (l *line) isBare(i int) bool {
	p := l.phrases[l.of[i]]
	return l.within[i] < 0 && (l.tokens[i].Tag == "NN" || l.tokens[i].Tag == "NNS") && p.first == i && p.last == i+1
}

// spent are verbs, by participle, that only say that a time went by.
var spent = words.NewSet("been spent stayed remained gone left served lasted passed")

// spentIn is what a length of time was spent in or as: "after nine years in
// charge", "spent four minutes in the building", "were inside for six minutes".
func (l *line) spentIn(m *mention, at place) string {
	v := l.phrases[at.verb].verb
	after := at.by >= 0 && l.tokens[l.phrases[at.by].first].Lower == "after"
	if !after && !spent.Has(v.done) || m.last != l.phrases[at.phrase].last {
		return ""
	}
	if p := at.phrase; p+2 < len(l.phrases) && l.phrases[p+1].kind == preposition && l.phrases[p+2].kind == nounPhrase {
		switch by := l.tokens[l.phrases[p+1].first].Lower; by {
		case "in", "at", "as", "on", "inside", "with":
			if w := l.words(l.phrases[p+2].first, l.phrases[p+2].last, l.isProper); w != "" {
				return by + " " + w
			}
		}
	}
	if i := l.phrases[at.verb].last; v.done == "been" && i < len(l.tokens) && l.within[i] < 0 && (l.tokens[i].Tag == "RB" || l.tokens[i].Tag == "IN") && (i+1 >= len(l.tokens) || l.phrases[l.of[i]].kind != preposition || l.phrases[l.of[i]+1].kind != nounPhrase) {
		return l.tokens[i].Lower
	}
	return ""
}

// granted are verbs, by participle, whose object is a length of time where a
// court or a body gives it: "was given 30 months".
var granted = words.NewSet("given handed got received drawn")

// sentencedTo reports whether a length of time is what somebody was given, and
// nothing says what for.
func (l *line) sentencedTo(m *mention, at place) bool {
	unit := m.Value.Quantity.Unit
	return granted.Has(l.phrases[at.verb].verb.done) && at.by < 0 && at.role == object && (unit == "a" || unit == "mo")
}

// recipient is who an object behind the verb group v is for: "gave him nine
// years", "gave Ana Ruiz nine years"; empty where nobody stands between.
func (l *line) recipient(v int, before int) run {
	p := v + 1
	if p >= len(l.phrases) || p >= before || l.phrases[p].kind != nounPhrase {
		return run{}
	}
	if t := l.phrases[p].first; l.tokens[t].Tag == "PRP" || l.isName(l.phrases[p].last-1) {
		return run{p, p + 1}
	}
	return run{}
}
