package extract

import (
	"cmp"
	"slices"

	"crosscheck/claim"
	"crosscheck/extract/wording"
	"crosscheck/words"
)

// The turns of phrase in which the verb alone does not say who did what.

// turn reads the turns of phrase in which the verb does not say what was done:
// "put her name to the pact", "did so for Peru", "belonged to Ana Ruiz".
func (r *reader) turn(l *line, d *deed) {
	l.brings(d)
	l.cleft(d)
	if l.awards(d) {
		return
	}
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
	case "come":
		if from := l.behind(d.v, "from"); !from.empty() && d.what.empty() && l.isFirm(from) && !d.who.empty() && !l.isFirm(d.who) {
			d.done, d.who, d.what = "supplied", from, d.who
		}
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

// brings reads a verb that a preposition makes another of: "the climb was paid
// for by Acme", "Ana Ruiz came across the wreck".
func (l *line) brings(d *deed) {
	p := d.v + 1
	if p+1 >= len(l.phrases) || l.phrases[p].kind != preposition || l.phrases[d.v].verb.particle != "" {
		return
	}
	by := l.tokens[l.phrases[p].first].Lower
	if by == "by" || wording.DoneBy(d.done+"-"+by).By == "" {
		return
	}
	if d.passive {
		d.with = by
	} else if d.what.empty() && l.phrases[p+1].kind == nounPhrase {
		d.with, d.what = by, run{p + 1, p + 2}
	}
}

// anybody are nouns for a person or a body of which nothing is said but what
// "who" says.
var anybody = words.NewSet("man woman person one boy girl team company firm party group those people ones men women it")

// cleft reads who did it, or to whom it was done, where a clause of its own
// tells that: "the man who built it was Ana Ruiz", "the one who was saved was not
// Jon Berg but Ana Ruiz", "it was Ana Ruiz who built it".
func (l *line) cleft(d *deed) {
	const far = 12 // phrases
	s := l.subjectOf(d.v)
	if s.empty() || s.first > d.v || !l.isRelative(d.v) {
		return
	}
	if head := l.tokens[l.phrases[s.first].last-1].Lower; !anybody.Has(head) {
		return
	}
	for v := d.v + 1; v < len(l.phrases) && v < d.v+far; v++ {
		switch l.phrases[v].kind {
		case nounPhrase, preposition, when, other:
			continue
		}
		if f := &l.phrases[v]; f.kind != verbGroup || f.verb.done != "been" || f.verb.possible || f.verb.participle {
			return
		}
		who := l.objectOf(v)
		if who.empty() {
			return
		}
		if l.phrases[v].verb.negated {
			i := who.last
			for i < len(l.phrases) && i < who.last+2 && l.tokens[l.phrases[i].first].Lower != "but" {
				i++
			}
			if i+1 >= len(l.phrases) || l.tokens[l.phrases[i].first].Lower != "but" || l.phrases[i+1].kind != nounPhrase {
				return
			}
			who = run{i + 1, i + 2}
		}
		if d.passive {
			d.what = who
		} else {
			d.who = who
		}
		return
	}
}

// isFirm reports whether a noun phrase is an organization.
func (l *line) isFirm(p run) bool {
	b, ok := l.bearerAt(p.first)
	return ok && b.kind == claim.Organization
}

// indefinite is a doer who is told by words alone, as one that the reader does
// not know: "a Norwegian team", "two divers".
func (l *line) indefinite(p run) (bearer, bool) {
	f := l.phrases[p.first]
	t, head := &l.tokens[f.first], &l.tokens[f.last-1]
	if f.kind != nounPhrase || l.within[f.last-1] >= 0 || head.Tag != "NN" && head.Tag != "NNS" || !doers.Has(head.Lower) {
		return bearer{}, false
	}
	if t.Lower != "a" && t.Lower != "an" && t.Tag != "CD" && head.Tag != "NNS" && !l.isName(f.first) || t.Lower == "the" || t.Tag == "PRP$" || t.Lower == "no" {
		return bearer{}, false
	}
	b := l.wordedAt(p)
	b.rule = ""
	return b, b.value.Entity != nil
}

// doers are nouns for those who do things.
var doers = words.NewSet(`team teams party group pair couple company firm man men woman women boy boys girl girls child children person people student students
	worker workers farmer farmers shepherd shepherds fisherman fishermen diver divers hiker hikers climber climbers walker tourist tourists
	scientist scientists researcher researchers archaeologist archaeologists engineer engineers builder builders architect architects
	soldier soldiers sailor sailors crew officer officers policeman policemen police neighbour neighbours neighbor neighbors passer-by
	driver drivers pilot pilots collector collectors dealer dealers monk monks priest nun nurse nurses doctor doctors surgeon surgeons
	journalist journalists reporter reporters photographer consortium syndicate gang robbers thieves thief burglars rebels militants gunman gunmen
	miner miners hunter hunters trader traders merchant merchants family brothers sisters villagers volunteers amateur amateurs expedition
	gardener plumber carpenter electrician teacher teachers lawyer clerk guard guards watchman janitor cleaner caretaker postman`)
