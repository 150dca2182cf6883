package extract

import (
	"cmp"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// What something is said not to be, or to be without degrees: "was off duty",
// "is no guilty plea", "ruled out a fault", "without any warning".

// states are what something can be said to be or not to be, without degrees.
var states = words.NewSet(`guilty innocent legal illegal lawful unlawful valid void invalid alive safe free responsible liable bankrupt insolvent binding
	mandatory compulsory unconstitutional constitutional extinct inhabited uninhabited vacant conscious unconscious armed unarmed drunk sober
	married pregnant operational responsible complete unfinished genuine fake authentic forged`)

// posts are what somebody can be said to be on, at or under: "on duty".
var posts = words.NewSet(`duty controls wheel helm command charge custody arrest leave trial parole bail force fault blame sale board strike
	power office contract`)

// state reads what a form of "be" says of its subject: "was not in the plans",
// "is no guilty plea", "was off duty", "was at the controls".
func (r *reader) state(l *line, d *deed) bool {
	at := l.phrases[d.v].last
	if at >= len(l.tokens) || d.passive || l.supposed(d.v) {
		return false
	}
	p := l.of[at]
	by := l.phrases[d.v].verb.particle // "was off"
	for l.phrases[p].kind == other && p+1 < len(l.phrases) && p < l.of[at]+3 {
		if w := l.tokens[l.phrases[p].first].Lower; w == "off" || w == "out" {
			by = w
		}
		p++
	}
	if l.phrases[p].kind == preposition && p+1 < len(l.phrases) {
		by = l.tokens[l.phrases[p].first].Lower
		p++
	}
	if l.phrases[p].kind != nounPhrase {
		return false
	}
	f, end := l.phrases[p], l.chain(p)
	if end == p+1 && end+1 < len(l.phrases) && l.phrases[end].kind == preposition && l.phrases[end+1].kind == nounPhrase {
		end += 2 // "a landing at the south pole"
	}
	negated := d.negated || l.tokens[f.first].Lower == "no"
	words := l.words(f.first, l.phrases[end-1].last, l.isProper)
	head := l.tokens[f.last-1].Lower
	if f.last-f.first == 1 && l.tokens[f.first].Tag == "PRP" && (by == "for" || by == "against") { // "was against it"
		negated, words, by = negated != (by == "against"), "supported", ""
	}
	switch {
	case words == "supported" && by == "":
	case words == "" || l.counts(run{p, p + 1}) || l.superlative(p) != "":
		return false
	case negated:
		words = strings.TrimPrefix(words, "no ")
	case by != "" && posts.Has(head), by == "" && states.Has(head) && f.last-f.first == 1:
	default:
		return false
	}
	who, names := r.meant(l, d.who)
	if !d.who.empty() && l.nobody(d.who) {
		who = ""
	}
	if there := l.tokens[max(d.first, l.phrases[d.v].first)-min(1, d.first)].Lower; there == "there" || who == "" {
		if who = words; !negated {
			return false
		}
	}
	if by == "in" || by == "at" || by == "on" || by == "off" || by == "out" || by == "under" || by == "to" || by == "after" {
		words = by + " " + words
	}
	if !d.who.empty() && d.negated && l.denies(d.who) && !l.nobody(d.who) {
		words = joinWords(l.words(l.phrases[d.who.first].first, l.phrases[d.who.last-1].last, l.isProper), words) // "no pilot was at"
	}
	for _, n := range entityNames(l.names(f.first, l.phrases[end-1].last)) {
		names = appendNew(slices.Clone(names), n)
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: who, Attribute: words, Value: claim.Value{Entity: &claim.Entity{Name: who, Type: claim.Other}},
		Entities: names, Time: l.timeOf(d.v), Polarity: polarity(negated)}
	r.assert(l, l.tokenSpan(d.first, l.phrases[end-1].last), c, d.v, false)
	return true
}

// missing reads what a line says was not there: "without any warning", "not a
// member of the guild".
func (r *reader) missing(l *line) {
	const most = 2
	made := 0
	for p := 0; p+1 < len(l.phrases) && made < most; p++ {
		f, n := l.phrases[p], l.phrases[p+1]
		word := l.tokens[f.first].Lower
		if word != "without" && (word != "not" || f.kind != other) || n.kind != nounPhrase || n.last-n.first > 4 {
			continue
		}
		article := l.tokens[n.first].Lower
		if word == "not" && article != "a" && article != "an" && article != "the" || p > 0 && word == "not" && l.phrases[p-1].kind == verbGroup {
			continue
		}
		if word == "without" && (article == "much" || article == "doubt" || len(l.names(n.first, n.last)) > 0) || l.counts(run{p + 1, p + 2}) {
			continue
		}
		words := l.words(n.first, l.phrases[l.chain(p+1)-1].last, l.isProper)
		who, names := r.meant(l, l.firstSubject())
		if who == "" {
			who = words
		}
		if words == "" {
			continue
		}
		c := claim.Claim{Kind: claim.KindEntity, Subject: who, Attribute: words, Value: claim.Value{Entity: &claim.Entity{Name: who, Type: claim.Other}},
			Entities: names, Polarity: claim.Negated}
		r.assert(l, l.tokenSpan(f.first, n.last), c, -1, false)
		made++
	}
}

var (
	// refusal are verbs, by participle, that deny what their object says.
	refusal = words.NewSet("denied ruled rejected dismissed disputed refuted excluded")
	// hearsay are nouns of what is only said: "rejected talk of a blackout".
	hearsay = words.NewSet("talk claim claims report reports allegation allegations suggestion suggestions rumour rumours rumor rumors accusation accusations notion idea")
)

// refuses reads "rejected talk of a blackout", "ruled out an engine fault",
// "denied wrongdoing": what the object says is not so.
func (r *reader) refuses(l *line, d *deed) bool {
	v := l.phrases[d.v].verb
	if d.what.empty() || d.passive || v.infinitive || d.done == "ruled" && v.particle != "out" {
		return false
	}
	said := d.what.first
	head := l.tokens[l.phrases[said].last-1].Lower
	if hearsay.Has(head) {
		if said+2 >= len(l.phrases) || l.phrases[said+1].kind != preposition || l.phrases[said+2].kind != nounPhrase {
			return false
		}
		said += 2
	} else if d.done == "rejected" || d.done == "dismissed" || d.done == "excluded" && !d.negated {
		return false // an offer, a man
	}
	what := l.words(l.phrases[said].first, l.phrases[l.chain(said)-1].last, l.isProper)
	who, names := r.meant(l, d.who)
	if what == "" || l.counts(run{said, said + 1}) {
		return false
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: cmp.Or(who, r.topic.subject(l.sentence.Block), what), Attribute: what,
		Value: claim.Value{Entity: &claim.Entity{Name: what, Type: claim.Other}}, Entities: names, Polarity: polarity(!d.negated)}
	r.assert(l, l.tokenSpan(d.first, l.phrases[said].last), c, d.v, false)
	return true
}
