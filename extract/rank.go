package extract

import (
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// What only one can be: the largest, the first, the only one. The question is
// "deepest lake in Asia", the answer the name.

// onlyOne are words that leave room for one, beside the superlatives, which the
// tagger knows.
var onlyOne = words.NewSet("first last only sole most least youngest eldest")

// ranks makes a claim of each name that is said to be the most or the first.
func (r *reader) ranks(l *line) {
	const most = 3
	made := 0
	for p := range l.phrases {
		if made == most {
			return
		}
		if l.phrases[p].kind != nounPhrase {
			continue
		}
		attribute := l.superlative(p)
		if attribute == "" {
			continue
		}
		if r.ranked(l, p, attribute) {
			made++
		}
	}
}

// superlative is what the noun phrase p says only one can be, in words with
// what follows it ("first woman to land"), or "".
func (l *line) superlative(p int) string {
	f := l.phrases[p]
	first := f.first
	definite := false
	for first < f.last && (l.tokens[first].Tag == "DT" || l.tokens[first].Tag == "PRP$" || l.tokens[first].Tag == "POS" || l.isName(first)) {
		definite = definite || l.tokens[first].Lower == "the" || l.tokens[first].Tag != "DT"
		first++
	}
	if !definite || first >= f.last || first == f.first || first+1 == f.last && l.tokens[first].Tag != "JJS" {
		return ""
	}
	if t := &l.tokens[first]; t.Tag != "JJS" && t.Tag != "RBS" && !onlyOne.Has(t.Lower) {
		return ""
	}
	var words []string
	for i := first; i < f.last; i++ {
		if m := l.within[i]; m >= 0 && l.mentions[m].Kind.IsName() {
			return ""
		}
		words = append(words, l.tokens[i].Lower)
	}
	if head := l.tokens[f.last-1]; head.Tag == "JJS" && first+1 == f.last && l.amongOf(p) {
		return head.Lower + " one"
	} else if !strings.HasPrefix(head.Tag, "NN") || vagueHeads.Has(head.Lower) {
		return ""
	}
	if p+1 < len(l.phrases) {
		switch next := l.phrases[p+1]; {
		case next.kind == verbGroup && next.verb.infinitive:
			words = append(words, l.tokens[next.last-1].Lower)
			if o := l.objectOf(p + 1); !o.empty() {
				words = append(words, l.words(l.phrases[o.first].first, l.phrases[o.first].last, nil))
			}
		case next.kind == preposition && l.tokens[next.first].Lower == "by" && p+2 < len(l.phrases) && l.phrases[p+2].kind == nounPhrase:
			words = append(words, "by", l.words(l.phrases[p+2].first, l.phrases[p+2].last, l.isProper))
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// amongOf reports whether "of" brings those behind the noun phrase p whom it stands
// out from: "the youngest of the six".
func (l *line) amongOf(p int) bool {
	return p+2 < len(l.phrases) && l.tokens[l.phrases[p+1].first].Lower == "of" && l.phrases[p+2].kind == nounPhrase
}

// vagueHeads are nouns of which the first or the last one is nothing to ask for.
var vagueHeads = words.NewSet(`time times day days week weeks month months year years decade half quarter hour hours minute moment place thing things way step
	part round stage phase part people steps lines least night season`)

// ranked reads who or what stands to the superlative p as its bearer.
func (r *reader) ranked(l *line, p int, attribute string) bool {
	v, negated := -1, false
	var who run
	switch {
	case p > 0 && l.phrases[p-1].kind == verbGroup && l.phrases[p-1].verb.done == "been" && !l.phrases[p-1].verb.possible,
		p > 0 && l.phrases[p-1].kind == verbGroup && l.phrases[p-1].verb.done == "become" && !l.phrases[p-1].verb.possible:
		v = p - 1
		who, negated = l.subjectOf(v), l.phrases[v].verb.negated
	case p > 1 && l.phrases[p-1].kind == comma && l.phrases[p-2].kind == nounPhrase && l.endsAside(p): // "Baikal, the deepest lake in Asia,"
		who = run{p - 2, p - 1}
	default:
		if v = l.verbAfter(p); v < 0 || l.phrases[v].verb.done != "been" || l.phrases[v].verb.possible {
			return false
		}
		if s := l.subjectOf(v); s.empty() || s.first != p { // "the deepest lake in Asia is Baikal"
			return false
		}
		who, negated = l.objectOf(v), l.phrases[v].verb.negated
	}
	if who.empty() || l.asks() {
		return false
	}
	f := l.phrases[p]
	b, named := l.bearerAt(who.last - 1)
	if who.last-who.first > 1 {
		b, named = l.bearerAt(who.first)
	}
	if !named {
		if !l.isPronoun(who) {
			return false
		}
		name, _ := r.meant(l, who)
		if name == "" || name == strings.ToLower(name) {
			return false
		}
		b = bearer{value: claim.Value{Entity: &claim.Entity{Name: name, Type: claim.Other}}, kind: claim.Other, span: l.tokenSpan(f.first, f.last)}
	}
	name := b.value.Entity.Name
	scope, names := l.rankedAmong(p)
	subjectName := l.tokens[f.last-1].Lower
	if len(names) > 0 {
		subjectName = names[0]
	}
	if subjectName == name {
		return false
	}
	rule := isRanked.ID()
	if b.rule != "" {
		rule = b.rule + " " + rule
	}
	span := b.span
	if negated {
		span = l.tokenSpan(l.phrases[v].first, f.last)
	}
	r.add(l, span, claim.Claim{Kind: claim.KindEntity, Subject: subjectName, Attribute: attribute, Value: b.value, Scope: scope,
		Entities: appendNew(slices.Clone(names), name), Polarity: polarity(negated)}, rule, v, f.first)
	return true
}

// endsAside reports whether what begins behind a comma at p runs to the next
// comma or to the line's end without a verb of its own.
func (l *line) endsAside(p int) bool {
	for ; p < len(l.phrases); p++ {
		switch f := l.phrases[p]; f.kind {
		case comma, stop, closes:
			return true
		case verbGroup:
			if !f.verb.participle && !f.verb.infinitive {
				return false
			}
		case binder:
			return true
		}
	}
	return true
}

// rankedAmong is the place or group that a superlative holds in.
func (l *line) rankedAmong(p int) (scope, names []string) {
	f := l.phrases[p]
	names = entityNames(l.names(f.first, f.last)) // "Asia's deepest lake"
	for i := p + 1; i+1 < len(l.phrases) && i < p+7 && l.phrases[i+1].kind == nounPhrase; i += 2 {
		if l.phrases[i].kind != preposition {
			break
		}
		w := l.tokens[l.phrases[i].first].Lower
		if w != "in" && w != "of" && w != "on" && w != "among" && w != "by" {
			break
		}
		found := entityNames(l.names(l.phrases[i+1].first, l.phrases[i+1].last))
		for _, n := range found {
			names = appendNew(names, n)
		}
		if len(found) == 0 && w != "by" && w != "of" {
			scope = append(scope, w+" "+l.words(l.phrases[i+1].first, l.phrases[i+1].last, nil))
		}
	}
	for _, n := range names {
		scope = append(scope, "in "+n)
	}
	return scope, names
}
