package extract

import "crosscheck/words"

// What is affirmed is worth a claim only where somebody could deny it.

// deniable reports whether an affirmed verb says something that somebody could
// deny: not a question of degree, in a clause that is not supposed but said.
func (l *line) deniable(d *deed) bool {
	v := l.phrases[d.v].verb
	if _, _, reached := l.goal(d); reached && !d.who.empty() && l.definite(d.who) {
		return !l.supposed(d.v)
	}
	if l.supposed(d.v) {
		return false
	}
	if l.insists(d.v) {
		return true
	}
	if l.witnessed(d) {
		return true
	}
	if vague.Has(d.done) && !happenings.Has(d.done) && v.particle == "" || saidVerbs.Has(v.done) && !v.passive && d.done != "rejected" {
		return false
	}
	if d.what.empty() {
		return !d.who.empty() && (happenings.Has(d.done) && l.definite(d.who) || l.befell(d))
	}
	if l.isPronoun(d.what) && l.tokens[l.phrases[d.what.first].first].Tag == "PRP" || l.counts(d.what) || l.counts(d.who) || d.what.last < len(l.phrases) && l.phrases[d.what.last].kind == nounPhrase && l.counts(run{d.what.last, d.what.last + 1}) {
		return false // the number says it better
	}
	if d.passive {
		return true
	}
	return !d.who.empty() && (l.definite(d.who) || l.definite(d.what))
}

// perceives are verbs, by participle, of being there when something happens.
var perceives = words.NewSet("seen watched heard noticed felt witnessed")

// witnessed reports whether somebody saw the deed done: "watched a flag go up".
func (l *line) witnessed(d *deed) bool {
	v := d.v
	return v >= 2 && l.tokens[l.phrases[v].first].Tag == "VB" && !l.phrases[v].verb.negated && l.phrases[v-1].kind == nounPhrase &&
		l.phrases[v-2].kind == verbGroup && perceives.Has(l.phrases[v-2].verb.done)
}

// befell reports whether a verb without an object tells what became of a thing,
// or came of it: "both wings had unfolded", "a flag went up".
func (l *line) befell(d *deed) bool {
	v := &l.phrases[d.v].verb
	if l.isPronoun(d.who) || l.counts(d.who) || !l.hasNoun(d.who) || l.namesPerson(d.who) || !l.ends(l.phrases[d.v].last) {
		return false
	}
	return !rises.Has(v.done) && !shrinks.Has(v.done) && !measures.Has(v.done) && (v.particle != "" || l.definite(d.who))
}

// ends reports whether a clause goes no further than token i, but for how, when and where.
func (l *line) ends(i int) bool {
	if i >= len(l.tokens) {
		return true
	}
	switch p := &l.phrases[l.of[i]]; p.kind {
	case nounPhrase, verbGroup:
		return false
	}
	return true
}

// insists reports whether the verb group v affirms what it says against those who
// deny it: "the mine did have a shelter".
func (l *line) insists(v int) bool {
	f := l.phrases[v]
	if f.verb.negated || f.last-f.first < 2 || l.tokens[f.last-1].Tag != "VB" {
		return false
	}
	switch l.tokens[f.first].Lower {
	case "did", "does", "do":
		return true
	}
	return false
}

// supposed reports whether the clause of v is a condition or a question:
// "if", "whether", "unless" stand before its subject.
func (l *line) supposed(v int) bool {
	i := v - 1
	if s := l.subjectOf(v); !s.empty() && s.first < v {
		i = s.first - 1
	}
	if i < 0 {
		return false
	}
	switch l.tokens[l.phrases[i].first].Lower {
	case "if", "whether", "unless", "until", "how", "however", "whatever", "wherever", "why", "what", "before":
		return true
	}
	return false
}
