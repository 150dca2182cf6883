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
	with string // the preposition that makes another verb of it: "paid for"
	who  run    // the doer: a subject, or what "by" brings
	what run    // what it is done to: an object, or a passive's subject
	from run    // who sold what d.who has bought
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
		if rel.By == "" && !made && !asks {
			r.byName(l, &d)
		}
		if by := doneAt.Get(d.done); by != "" && !asks {
			made = r.atPlace(l, &d, by) || made
		}
		made = !asks && r.announces(l, &d) || made
		if !asks {
			r.suffers(l, &d)
		}
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
	if d.with != "" {
		return wording.DoneBy(d.done + "-" + d.with)
	}
	if d.done == "made" && d.passive && !d.what.empty() && wording.Nominal(l.tokens[l.phrases[d.what.first].last-1].Lower) == "" {
		return wording.DoneBy("manufactured")
	}
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
	if without, ok := l.lacks(p.first); ok {
		d.first = without
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
	if l.caused(v) {
		d.what, d.who, d.passive = run{v - 1, v}, l.subjectOf(v-2), false
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

// caused reports whether somebody had the deed of v done: "had a man posted".
func (l *line) caused(v int) bool {
	if v < 2 || l.phrases[v-1].kind != nounPhrase || l.phrases[v-2].kind != verbGroup || l.phrases[v-2].verb.done != "had" {
		return false
	}
	t := l.tokens[l.phrases[v].first].Tag
	return (t == "VBN" || t == "VBD") && l.phrases[v].last-l.phrases[v].first == 1 && l.phrases[v-2].last == l.phrases[v-1].first
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
	bearers := l.bearers(d)
	if len(bearers) == 0 && rel.By != "lost by" && !rel.Joint { // eleven men lose their lives
		if b, ok := l.indefinite(d.who); ok {
			bearers = append(bearers, b)
		}
	}
	for _, b := range bearers {
		name := b.value.Entity.Name
		if b.kind == claim.Group || b.kind == claim.Other && b.rule != "" || thing == name || b.kind == claim.Place && rel.Joint && !d.negated {
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
		r.add(l, span, c, ruleOf(b), d.v, l.phrases[d.v].first)
		made = made || b.value.Entity.Type != claim.Other || b.rule != ""
	}
	return made
}

// ruleOf names the rules that made a relation's claim: none has read a bearer
// that is told by words.
func ruleOf(b bearer) claim.RuleID {
	if b.rule == "" {
		return inRelation.ID()
	}
	return b.rule + " " + inRelation.ID()
}

// benches are nouns for those who judge, whom a judge chairs.
var benches = words.NewSet("bench court tribunal chamber trial hearing hearings proceedings")

func polarity(negated bool) claim.Polarity {
	if negated {
		return claim.Negated
	}
	return claim.Affirmed
}
