package extract

import (
	"crosscheck/claim"
)

// doneBy are verbs, by participle, of which one doer is asked: who signed it,
// who won it. The claim is about the thing: "treaty", "signed by", the signer.
var doneBy = wordSet(`signed won led founded bought acquired owned built designed written directed produced discovered invented killed hosted
	appointed elected defeated beaten succeeded replaced ratified vetoed convicted acquitted pardoned sentenced inked commissioned launched chaired composed painted`)

// jointly are those that several states do to one thing, each for itself: that
// one signed a treaty says nothing against another's having signed it.
var jointly = wordSet("signed ratified inked owned")

// doneAt are verbs, by participle, of which one place is asked, with the
// prepositions that bring it.
var doneAt = map[string]string{
	"moved": "to", "relocated": "to", "transferred": "to", "located": "in", "based": "in", "headquartered": "in", "born": "in", "died": "in",
	"buried": "in", "held": "in", "returned": "to",
}

// relations makes claims of who did what to which thing, and of what did not happen.
func (r *reader) relations(l *line) {
	for v, p := range l.phrases {
		if p.kind != verbGroup {
			continue
		}
		made := false
		if doneBy[p.verb.done] && p.verb.particle == "" {
			made = r.byWhom(l, v)
		}
		if by, ok := doneAt[p.verb.done]; ok {
			made = r.atPlace(l, v, by) || made
		}
		if !made && p.verb.negated && !p.verb.possible {
			r.didNot(l, v)
		}
	}
}

// byWhom reads "Bayer bought Monsanto" and "Monsanto was bought by Bayer".
func (r *reader) byWhom(l *line, v int) bool {
	p := l.phrases[v]
	who, what := l.subjectOf(v), l.objectOf(v)
	if p.verb.passive {
		what = who
		who = l.behind(v, "by")
	}
	if who.empty() || what.empty() {
		return false
	}
	doers := l.names(l.phrases[who.first].first, l.phrases[who.first].last)
	if len(doers) == 0 {
		return false
	}
	thing, names := l.called(what)
	if thing == "" {
		return false
	}
	doer := doers[len(doers)-1]
	if doer.Kind == claim.Group || doer.Kind == claim.Other || thing == doer.Value.Entity.Name {
		return false
	}
	if doer.Kind == claim.Place && jointly[p.verb.done] && !p.verb.negated {
		return false
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: p.verb.done + " by", Value: doer.Value,
		Entities: appendNew(names, doer.Value.Entity.Name), Polarity: polarity(p.verb)}
	span := doer.Span
	if p.verb.negated {
		span = l.tokenSpan(p.first, p.last)
	}
	r.add(l, span, c, doer.Rule+" "+inRelation.ID(), v, p.first)
	return true
}

// atPlace reads "Guatemala moved its embassy to Jerusalem".
func (r *reader) atPlace(l *line, v int, by string) bool {
	p := l.phrases[v]
	where := l.behind(v, by)
	if where.empty() {
		return false
	}
	var place *mention
	for _, n := range l.names(l.phrases[where.first].first, l.phrases[where.last-1].last) {
		if n.Kind == claim.Place {
			place = &n
			break
		}
	}
	if place == nil {
		return false
	}
	who := l.subjectOf(v)
	if who.empty() {
		return false
	}
	subjectName, names := l.called(who)
	attribute := p.verb.done + " " + by
	if what := l.objectOf(v); !what.empty() && !p.verb.passive {
		attribute = joinWords(l.words(l.phrases[what.first].first, l.phrases[what.last-1].last, l.isProper), attribute)
	}
	if subjectName == "" || subjectName == place.Value.Entity.Name {
		return false
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: subjectName, Attribute: attribute, Value: place.Value,
		Entities: appendNew(names, place.Value.Entity.Name), Polarity: polarity(p.verb)}
	span := place.Span
	if p.verb.negated {
		span = l.tokenSpan(p.first, p.last)
	}
	r.add(l, span, c, place.Rule+" "+inRelation.ID(), v, p.first)
	return true
}

// didNot makes a claim of what a named subject did not do; its quote is the verb group.
func (r *reader) didNot(l *line, v int) {
	p := l.phrases[v]
	who := l.subjectOf(v)
	if who.empty() || p.verb.done == "been" || p.verb.done == "had" || p.verb.done == "" {
		return
	}
	subjectName, names := l.called(who)
	if subjectName == "" {
		return
	}
	value := claim.Entity{Name: subjectName, Type: claim.Other}
	attribute := joinWords(p.verb.done, p.verb.particle)
	if what := l.objectOf(v); !what.empty() && !p.verb.passive {
		thing, more := l.called(what)
		if thing == "" {
			return
		}
		value.Name = thing
		for _, n := range more {
			names = appendNew(names, n)
		}
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: subjectName, Attribute: attribute, Value: claim.Value{Entity: &value},
		Entities: names, Polarity: claim.Negated}
	r.add(l, l.tokenSpan(p.first, p.last), c, inRelation.ID(), v, p.first)
}

func polarity(v verb) claim.Polarity {
	if v.negated {
		return claim.Negated
	}
	return claim.Affirmed
}

// called is what a noun phrase is known by, its first name or its words, with
// all its names.
func (l *line) called(r run) (string, []string) {
	first, last := l.phrases[r.first].first, l.phrases[r.last-1].last
	names := entityNames(l.names(first, last))
	if len(names) > 0 {
		return names[0], names
	}
	return l.words(first, last, nil), nil
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
		}
	}
	return run{}
}
