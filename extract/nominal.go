package extract

import (
	"cmp"
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

// bids are nouns of deeds that "from" brings the doer of.
var bids = words.NewSet("bid offer approach invitation proposal purchase order donation bequest gift legacy")

// lightly are verbs, by participle, that say of a deed only that it was done.
var lightly = words.NewSet("made carried committed undertaken done performed conducted completed accomplished achieved led mounted launched staged lodged submitted tabled handled")

// madeBy is who did the deed that the noun at p names, by name or in words, where
// a light verb says so: "the second ascent was made by two sailors".
func (l *line) madeBy(p int) (bearer, bool) {
	v := l.verbAfter(p)
	if v < 0 {
		return bearer{}, false
	}
	f := &l.phrases[v].verb
	if s := l.subjectOf(v); !lightly.Has(f.done) || !f.passive || f.negated || f.possible || f.planned || s.empty() || s.first != p {
		return bearer{}, false
	}
	by := l.behind(v, "by")
	if by.empty() {
		return bearer{}, false
	}
	if m := l.doerAt(by.first); m != nil {
		return bearer{value: m.Value, rule: m.Rule, span: m.Span}, true
	}
	return l.indefinite(by)
}

// unreal are words that say of a deed that it was not or may not be done.
var unreal = words.NewSet("proposed planned possible potential attempted failed alleged rumoured rumored abortive aborted suggested future hoped-for would-be")

// nominals makes claims of who did what, of the nouns of deeds.
func (r *reader) nominals(l *line) {
	if l.sentence.Role == document.Heading || len(l.mentions) == 0 {
		return
	}
	for p, f := range l.phrases {
		if f.kind != nounPhrase || l.within[f.last-1] >= 0 {
			continue
		}
		who := l.possessor(f)
		linked := p+2 < len(l.phrases) && (l.phrases[p+1].kind == preposition && l.phrases[p+2].kind == nounPhrase || l.phrases[p+1].kind == verbGroup)
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
			case w == "by", bids.Has(head) && w == "from", gifts.Has(head) && (w == "of" || w == "from"):
				if m := l.doerAt(i + 1); m != nil && who == nil {
					who = m
				}
			case w == "of" && what.empty():
				what = next
			}
		}
		doer, made := bearer{}, false
		if who != nil {
			doer = bearer{value: who.Value, rule: who.Rule, span: who.Span}
		} else if doer, made = l.madeBy(p); !made {
			continue
		}
		thing, names := r.meant(l, what)
		var which []string
		if made {
			thing, which = cmp.Or(thing, l.words(f.first, f.last, nil)), l.ordinals(f)
		}
		if thing == "" { // "it came as a gift of": what the clause is about
			if v := l.verbBefore(p); v >= 0 {
				thing, names = r.meant(l, l.subjectOf(v))
			} else {
				thing = r.thing
			}
		}
		called := doer.value.Entity.Name
		if thing == "" || thing == called {
			continue
		}
		r.add(l, doer.span, claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: by, Value: doer.value, Scope: which,
			Entities: appendNew(slices.Clone(names), called), Polarity: claim.Affirmed}, ruleOf(doer), -1, f.first)
	}
}

// ordinals are the words of a noun phrase that say which one it is: "the second
// ascent" is not the first.
func (l *line) ordinals(f phrase) []string {
	var out []string
	for i := f.first; i < f.last; i++ {
		if k := l.within[i]; k >= 0 && l.mentions[k].Kind == claim.Ordinal {
			out = append(out, l.tokens[i].Lower)
		}
	}
	return out
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
