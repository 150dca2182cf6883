package extract

import (
	"slices"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/wording"
	"crosscheck/words"
)

// A noun can say what a verb says of who did what: "Acme's purchase of the
// mill", "the purchase of the mill by Acme", "a bequest of Ana Ruiz".

// gifts are nouns of deeds that "of" and "from" bring the doer of, not the thing.
var gifts = words.NewSet("donation bequest gift legacy")

// unreal are words that say of a deed that it was not or may not be done.
var unreal = words.NewSet("proposed planned possible potential attempted failed alleged rumoured rumored abortive aborted suggested future hoped-for would-be")

// nominals makes claims of who did what, of the nouns of deeds.
func (r *reader) nominals(l *line) {
	if l.sentence.Role == document.Heading || !slices.ContainsFunc(l.mentions, func(m mention) bool { return m.Kind == claim.Person || m.Kind == claim.Organization }) {
		return
	}
	for p, f := range l.phrases {
		if f.kind != nounPhrase || l.within[f.last-1] >= 0 {
			continue
		}
		who := l.possessor(f)
		linked := p+2 < len(l.phrases) && l.phrases[p+1].kind == preposition && l.phrases[p+2].kind == nounPhrase
		if who == nil && !linked {
			continue
		}
		head := l.tokens[f.last-1].Lower
		by := wording.Nominal(head)
		if by == "" || l.isUnreal(f) {
			continue
		}
		what := run{}
		for i := p + 1; i+1 < len(l.phrases) && i < p+6 && l.phrases[i].kind == preposition && l.phrases[i+1].kind == nounPhrase; i += 2 {
			next := run{i + 1, i + 2}
			switch w := l.tokens[l.phrases[i].first].Lower; {
			case w == "by", gifts.Has(head) && (w == "of" || w == "from"):
				if m := l.doerAt(i + 1); m != nil && who == nil {
					who = m
				}
			case w == "of" && what.empty():
				what = next
			}
		}
		if who == nil {
			continue
		}
		thing, names := r.meant(l, what)
		if thing == "" { // "it came as a gift of": what the clause is about
			if v := l.verbBefore(p); v >= 0 {
				thing, names = r.meant(l, l.subjectOf(v))
			} else {
				thing = r.thing
			}
		}
		called := who.Value.Entity.Name
		if thing == "" || thing == called {
			continue
		}
		r.add(l, who.Span, claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: by, Value: who.Value,
			Entities: appendNew(slices.Clone(names), called), Polarity: claim.Affirmed}, who.Rule+" "+inRelation.ID(), -1, f.first)
	}
}

// possessor is whose deed a noun phrase names: "Ana Ruiz's purchase".
func (l *line) possessor(f phrase) *mention {
	for i := f.first + 1; i < f.last-1; i++ {
		if l.tokens[i].Tag == "POS" && l.within[i-1] >= 0 {
			if m := &l.mentions[l.within[i-1]]; m.Kind == claim.Person || m.Kind == claim.Organization {
				return m
			}
		}
	}
	return nil
}

// doerAt is the person or organization that the noun phrase p ends with: "the
// brewer Ana Ruiz".
func (l *line) doerAt(p int) *mention {
	k := l.within[l.phrases[p].last-1]
	if k < 0 || l.mentions[k].Kind != claim.Person && l.mentions[k].Kind != claim.Organization {
		return nil
	}
	return &l.mentions[k]
}

func (l *line) isUnreal(f phrase) bool {
	for i := f.first; i < f.last; i++ {
		if unreal.Has(l.tokens[i].Lower) {
			return true
		}
	}
	return false
}
