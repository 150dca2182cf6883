package extract

import (
	"slices"

	"crosscheck/claim"
	"crosscheck/words"
)

// Who did what, by a verb that no list has: "the bird was described by Ana Ruiz",
// "Ana Ruiz unlocked the gate". The relation is the verb itself.

// unasked are verbs, by participle, of which nobody asks who did it: what people
// say, see, want and go through.
var unasked = words.NewSet(`met called asked told thanked visited joined attended followed faced used needed watched read praised criticised criticized
	attacked hit helped supported welcomed hailed urged warned expected hoped liked loved hated wanted felt held kept reached entered left
	spent cost earned lost gained raised cut increased reduced received got given taken put set brought sent shown become seemed included contained
	represented owed covered caused remained stayed passed crossed beaten suffered survived joined served worked lived played quoted cited
	described surrounded accompanied`)

// byName reads who did a deed that has no relation of its own.
func (r *reader) byName(l *line, d *deed) {
	v := l.phrases[d.v].verb
	if d.negated || v.possible || v.planned || v.infinitive || d.with != "" || d.who.empty() || d.what.empty() || saidVerbs.Has(d.done) || vague.Has(d.done) && (d.done != "named" || !d.passive) || l.supposed(d.v) {
		return
	}
	if !d.passive && (v.participle || unasked.Has(d.done) || !l.definite(d.what) || l.isPronoun(d.what)) || l.counts(d.what) {
		return
	}
	thing, names := r.meant(l, d.what)
	if thing == "" {
		return
	}
	for _, b := range l.bearers(d) {
		name := b.value.Entity.Name
		if b.kind != claim.Person && b.kind != claim.Organization || b.rule == "" || name == thing {
			continue
		}
		r.add(l, b.span, claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: joinWords(d.done, v.particle) + " by", Value: b.value,
			Entities: appendNew(slices.Clone(names), name), Time: l.timeOf(d.v), Polarity: claim.Affirmed}, ruleOf(b), d.v, l.phrases[d.v].first)
	}
}
