package extract

import (
	"cmp"
	"slices"

	"crosscheck/claim"
	"crosscheck/extract/wording"
	"crosscheck/words"
)

// deed is a verb group with who did it and to what.
type deed struct {
	v    int // the verb group
	done string
	who  run // the doer: a subject, or what "by" brings
	what run // what it is done to: an object, or a passive's subject
	from run // who sold what d.who has bought
	// thing is what it is done to where that is not said here but before.
	thing   string
	passive bool
	negated bool
	// first and last bound the tokens of the verb group and of what denies it.
	first, last int
}

// relations makes claims of who did what to which thing, and of what did and
// did not happen.
func (r *reader) relations(l *line) {
	asks := l.asks()
	left := mostPredicates
	for v, p := range l.phrases {
		if p.kind != verbGroup || p.verb.done == "" {
			continue
		}
		d := r.deedAt(l, v)
		made := !asks && r.causes(l, &d)
		rel := l.relationOf(&d)
		if rel.By != "" && !asks {
			made = r.byWhom(l, &d, rel) || made
			if !d.from.empty() { // who sold it is told with who bought it
				d.who, d.from = d.from, d.who
				r.byWhom(l, &d, wording.DoneBy("sold"))
				d.who, d.from = d.from, d.who
			}
		}
		if by := doneAt.Get(d.done); by != "" && !asks {
			made = r.atPlace(l, &d, by) || made
		}
		made = !asks && r.announces(l, &d) || made
		if left > 0 && !asks && r.predicate(l, &d, made) {
			left--
		}
		if thing, _ := r.meant(l, d.what); rel.By != "" && thing != "" {
			r.deeds[d.done], r.deed = thing, d.done
		}
	}
}

// relationOf is what the verb of d says of who did it: "taken over" is another
// verb than "taken".
func (l *line) relationOf(d *deed) wording.Relation {
	if v := l.phrases[d.v].verb; v.particle != "" && d.done == v.done {
		return wording.DoneBy(d.done + "-" + v.particle)
	}
	return wording.DoneBy(d.done)
}

// asks reports whether a line is a question, which claims nothing.
func (l *line) asks() bool {
	for i := len(l.tokens) - 1; i >= 0 && i >= len(l.tokens)-3; i-- {
		if l.tokens[i].Text == "?" {
			return true
		}
	}
	return false
}

// deedAt reads the verb group v with its doer and its object, in whatever turn
// of phrase.
func (r *reader) deedAt(l *line, v int) deed {
	p := l.phrases[v]
	d := deed{v: v, done: p.verb.done, negated: p.verb.negated, first: p.first, last: p.last, who: l.subjectOf(v), what: l.objectOf(v)}
	if p.first > 0 && l.tokens[p.first-1].Lower == "without" {
		d.first--
	}
	by := v+1 < len(l.phrases) && l.tokens[l.phrases[v+1].first].Lower == "by"
	d.passive = p.verb.passive || d.what.empty() && (by || p.verb.participle && l.tokens[p.last-1].Tag != "VBG")
	if p.verb.participle {
		if d.passive {
			d.who = l.modified(v)
		} else if w := l.accompanied(v); !w.empty() {
			d.who = w
		}
	}
	if d.what.empty() && !d.passive {
		d.what = l.relative(v)
	}
	if d.passive {
		d.what, d.who = d.who, l.behind(v, "by")
		if d.who.empty() {
			d.who = l.under(v)
		}
	} else if d.who.last <= v {
		d.who = l.whose(d.who, v)
	}
	for _, part := range []run{d.who, d.what} {
		if !part.empty() && l.denies(part) {
			d.negated = !d.negated
			d.first = min(d.first, l.phrases[part.first].first)
			if d.first > 0 && (l.tokens[d.first-1].Lower == "not" || l.tokens[d.first-1].Lower == "neither") {
				d.first--
			}
			d.last = max(d.last, l.phrases[part.last-1].last)
		}
	}
	r.turn(l, &d)
	return d
}

// denies reports whether a noun phrase denies what is said of it: "no pilot",
// "nobody", "not everybody".
func (l *line) denies(p run) bool {
	t := l.phrases[p.first].first
	switch l.tokens[t].Lower {
	case "no", "nobody", "none", "neither", "nothing":
		return t+1 >= len(l.tokens) || l.tokens[t+1].Lower != "fewer" && l.tokens[t+1].Lower != "less" && l.tokens[t+1].Lower != "more"
	case "everybody", "everyone", "all", "every":
		return t > 0 && l.tokens[t-1].Lower == "not"
	}
	return t > 0 && l.tokens[t-1].Lower == "neither"
}

// turn reads the turns of phrase in which the verb does not say what was done:
// "put her name to the pact", "did so for Peru", "belonged to Ana Ruiz".
func (r *reader) turn(l *line, d *deed) {
	object := ""
	if !d.what.empty() {
		object = l.tokens[l.phrases[d.what.last-1].last-1].Lower
	}
	switch d.done {
	case "put", "set", "affixed":
		if to := l.behindObject(d, "to"); (object == "name" || object == "names" || object == "signature") && !to.empty() {
			d.done, d.what = "signed", to
		}
	case "done":
		next := l.phrases[d.v].last
		if r.deed != "" && next < len(l.tokens) && (l.tokens[next].Lower == "so" || object == "same") {
			d.done, d.thing, d.what = r.deed, r.deeds[r.deed], run{}
		}
	case "belonged":
		if to := l.behind(d.v, "to"); !to.empty() {
			d.done, d.who, d.what = "owned", to, d.who
		}
	case "sold", "gone":
		to := l.behind(d.v, "to")
		if to.empty() || !l.namesBearer(to) || d.done == "gone" && !l.tellsPrice(d.v) {
			return
		}
		if d.done == "gone" {
			d.what = d.who
		}
		if d.done == "sold" {
			d.from = d.who
		}
		d.done, d.who, d.passive = "bought", to, false
	case "replaced":
		if with := l.behind(d.v, "with"); !d.passive && !with.empty() && l.namesBearer(with) {
			d.who = with
		}
	case "signed", "inked":
		if d.what.empty() {
			d.thing = cmp.Or(r.deeds[d.done], r.paper)
		}
	}
}

// behindObject is what a preposition brings right behind the object: "to the pact".
func (l *line) behindObject(d *deed, by string) run {
	i := d.what.last
	if !d.what.empty() && i+1 < len(l.phrases) && l.phrases[i].kind == preposition && l.tokens[l.phrases[i].first].Lower == by && l.phrases[i+1].kind == nounPhrase {
		return run{i + 1, i + 2}
	}
	return run{}
}

// namesBearer reports whether a noun phrase is a person or an organization.
func (l *line) namesBearer(p run) bool {
	names := l.names(l.phrases[p.first].first, l.phrases[p.first].last)
	return len(names) > 0 && (names[len(names)-1].Kind == claim.Person || names[len(names)-1].Kind == claim.Organization)
}

// tellsPrice reports whether money changes hands in the clause of v: a thing
// that "went to" somebody for a sum was bought.
func (l *line) tellsPrice(v int) bool {
	c := l.clause(v)
	first, last := l.phrases[c.first].first, l.phrases[c.last-1].last
	return slices.ContainsFunc(l.mentions, func(m mention) bool { return m.Kind == claim.Money && m.first >= first && m.last <= last })
}

// share is what a part that is only counted is a part of: who sells "its 38
// percent" sells a stake.
func (l *line) share(p run) string {
	if p.empty() {
		return ""
	}
	if m := l.within[l.phrases[p.first].last-1]; m >= 0 && l.mentions[m].Kind == claim.Percent {
		return "stake"
	}
	return ""
}

// byWhom reads "Bayer bought Monsanto", "Monsanto was bought by Bayer", and all
// the doers that are named side by side.
func (r *reader) byWhom(l *line, d *deed, rel wording.Relation) bool {
	thing, names := r.meant(l, d.what)
	if thing == "" {
		thing = cmp.Or(d.thing, l.share(d.what))
	}
	if thing == "" || d.who.empty() || rel.Loose && !d.what.empty() && !l.definite(d.what) {
		return false
	}
	made := false
	for _, b := range l.bearers(d) {
		name := b.value.Entity.Name
		if b.kind == claim.Group || b.kind == claim.Other || thing == name || b.kind == claim.Place && rel.Joint && !d.negated {
			continue
		}
		by := rel.By
		switch {
		case rel.Body != "" && b.kind == claim.Organization:
			by = rel.Body
		case by == "chaired by" && !d.what.empty() && benches.Has(l.tokens[l.phrases[d.what.last-1].last-1].Lower):
			by = "judged by"
		}
		c := claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: by, Value: b.value, Scope: b.side,
			Entities: appendNew(slices.Clone(names), name), Time: l.timeOf(d.v), Polarity: polarity(d.negated)}
		for _, n := range b.sideNames {
			c.Entities = appendNew(c.Entities, n)
		}
		span := b.span
		if d.negated {
			span = l.tokenSpan(d.first, d.last)
		}
		r.add(l, span, c, b.rule+" "+inRelation.ID(), d.v, l.phrases[d.v].first)
		made = true
	}
	return made
}

// benches are nouns for those who judge, whom a judge chairs.
var benches = words.NewSet("bench court tribunal chamber trial hearing hearings proceedings")

func polarity(negated bool) claim.Polarity {
	if negated {
		return claim.Negated
	}
	return claim.Affirmed
}
