package extract

import (
	"crosscheck/claim"
	"crosscheck/words"
)

// What brought something about, and whom or what somebody has it from. The
// value is a name or a thing in words: a bacterium, a short circuit, a fruit bat.

// causedBy are verbs, by participle, behind which a preposition brings the
// cause, with the relation that it makes.
var causedBy = map[string]struct{ by, as string }{
	"blamed": {"on", "caused by"}, "caused": {"by", "caused by"}, "triggered": {"by", "caused by"}, "attributed": {"to", "caused by"},
	"died": {"of", "died of"}, "traced": {"to", "caused by"}, "sparked": {"by", "caused by"}, "resulted": {"from", "caused by"},
	"infected": {"by", "infected by"}, "caught": {"from", "infected by"}, "contracted": {"from", "infected by"}, "spread": {"by", "infected by"},
	"brought": {"by", "caused by"}, "stemmed": {"from", "caused by"}, "ignited": {"by", "caused by"}, "poisoned": {"by", "caused by"},
}

// causes are verbs, by participle, whose subject is the cause.
var causes = words.NewSet("caused triggered sparked ignited")

// causes reads "the fire was blamed on a cigarette", "a fault caused the
// blackout", "blamed a cigarette for the fire".
func (r *reader) causes(l *line, d *deed) bool {
	c, known := causedBy[d.done]
	v := l.phrases[d.v].verb
	if !known || v.possible || d.done == "brought" && l.tokens[l.phrases[d.v].last-1].Lower != "about" && !l.isNext(d.v, "about") {
		return false
	}
	of, from := d.who, l.behind(d.v, c.by)
	if d.passive {
		of = d.what
	}
	switch {
	case !from.empty():
		if d.done == "blamed" && !d.passive || d.done == "attributed" && !d.passive || d.done == "traced" && !d.passive {
			of = d.what // "she blamed the fire on a cigarette"
		}
	case d.done == "blamed" && !d.passive:
		from, of = d.what, l.behind(d.v, "for")
	case causes.Has(d.done) && !d.passive:
		from, of = d.who, d.what
	}
	if from.empty() || of.empty() {
		return false
	}
	thing, names := r.meant(l, of)
	b := l.wordedAt(from)
	if thing == "" || b.value.Entity == nil || l.counts(from) || l.denies(from) {
		return false
	}
	rule := isCause.ID()
	if b.rule != "" {
		rule = b.rule + " " + rule
		names = appendNew(append([]string(nil), names...), b.value.Entity.Name)
	}
	span := b.span
	if d.negated {
		span = l.tokenSpan(d.first, d.last)
	}
	r.add(l, span, claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: c.as, Value: b.value, Entities: names,
		Time: l.timeOf(d.v), Polarity: polarity(d.negated)}, rule, d.v, l.phrases[d.v].first)
	return true
}

// isNext reports whether a word stands right behind the verb group v.
func (l *line) isNext(v int, word string) bool {
	i := l.phrases[v].last
	return i < len(l.tokens) && l.tokens[i].Lower == word
}

// wordedAt is what a noun phrase is, by its name or by its words.
func (l *line) wordedAt(p run) bearer {
	if b, ok := l.bearerAt(p.first); ok && b.kind != claim.Group {
		return b
	}
	f := l.phrases[p.first]
	first := f.first
	for first < f.last-1 && (l.tokens[first].Tag == "DT" || l.tokens[first].Tag == "PRP$") {
		first++
	}
	words := l.words(f.first, f.last, nil)
	if words == "" || l.tokens[f.first].Tag == "PRP" {
		return bearer{}
	}
	return bearer{value: claim.Value{Entity: &claim.Entity{Name: words, Type: claim.Other}}, kind: claim.Other, span: l.tokenSpan(first, f.last)}
}
