package extract

import (
	"slices"

	"crosscheck/claim"
	"crosscheck/words"
)

// announcers are verbs, by participle, by which somebody makes known what is to come.
var announcers = words.NewSet("told announced revealed promised pledged confirmed unveiled")

// announces reads "Ana Ruiz told investors that a tariff is on its way": who
// first says what is to come announces it.
func (r *reader) announces(l *line, d *deed) bool {
	vo := l.voice
	f := l.phrases[d.v]
	if !announcers.Has(d.done) || vo.attribution == "" || vo.denied || d.passive || d.negated || f.first < vo.from || f.first >= vo.to {
		return false
	}
	who := d.who
	if who.empty() && d.v+1 < len(l.phrases) && l.phrases[d.v+1].kind == nounPhrase {
		who = run{d.v + 1, d.v + 2}
	}
	if who.empty() {
		return false
	}
	b, ok := l.bearerAt(who.first)
	if !ok || b.kind != claim.Person {
		return false
	}
	var about run // the subject of what is said, once it is said to be coming
	for v, p := range l.phrases {
		if p.kind != verbGroup || p.verb.participle || p.first >= vo.from && p.first < vo.to {
			continue
		}
		if s := l.subjectOf(v); about.empty() && !s.empty() && !l.isPronoun(s) && (l.phrases[s.first].first < vo.from || l.phrases[s.first].first >= vo.to) {
			about = s
		}
		if !about.empty() && (p.verb.planned || l.onItsWay(p.last)) && !p.verb.negated {
			thing, names := l.called(about)
			if thing == "" || thing == b.value.Entity.Name {
				return false
			}
			r.add(l, b.span, claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: "announced by", Value: b.value,
				Entities: appendNew(slices.Clone(names), b.value.Entity.Name), Polarity: claim.Affirmed}, b.rule+" "+inRelation.ID(), d.v, f.first)
			return true
		}
	}
	return false
}

// onItsWay reads "on its way" and "under way" at token i.
func (l *line) onItsWay(i int) bool {
	for j := i; j < i+3 && j < len(l.tokens); j++ {
		if l.tokens[j].Lower == "way" && j > i {
			return true
		}
	}
	return false
}
