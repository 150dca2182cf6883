package extract

import (
	"cmp"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/name"
	"crosscheck/words"
)

// doneAt are verbs, by participle, of which one place is asked, with the
// prepositions that bring it.
var doneAt = words.NewMap(map[string]string{
	"moved": "to", "relocated": "to", "transferred": "to", "located": "in", "based": "in", "headquartered": "in", "born": "in", "died": "in",
	"buried": "in", "held": "in", "returned": "to", "situated": "in", "struck": "in", "placed": "in", "centred": "in", "centered": "in",
	"happened": "in", "occurred": "in", "signed": "in", "landed": "in", "crashed": "in", "arrested": "in", "convicted": "in", "built": "in",
	"raised": "in", "discovered": "in", "docked": "in", "sunk": "in", "lain": "in", "found": "in", "recovered": "in", "retrieved": "in",
	"unearthed": "in", "killed": "in", "murdered": "in", "shot": "in", "captured": "in", "married": "in", "launched": "from", "founded": "in", "opened": "in",
	"stolen": "in", "hidden": "in", "tried": "in", "jailed": "in", "imprisoned": "in", "unveiled": "in", "derailed": "in", "exploded": "in", "capsized": "in",
	"pitched": "in", "camped": "in", "interred": "in", "cremated": "in", "anchored": "in", "moored": "in", "staged": "in", "premiered": "in", "filmed": "in",
	"screened": "in", "detained": "in", "seized": "in", "ambushed": "in", "assassinated": "in", "executed": "in", "beheaded": "in", "trapped": "in",
	"flown": "to", "airlifted": "to", "evacuated": "to", "rushed": "to", "exiled": "to", "deported": "to", "extradited": "to", "fled": "to",
	"emigrated": "to", "towed": "to", "shipped": "to", "drowned": "in", "educated": "in", "fallen": "in", "defeated": "in", "manufactured": "in",
	"assembled": "in", "printed": "in", "grown": "in", "raced": "in", "ended": "in", "begun": "in", "surrendered": "in", "treated": "in",
	"lifted": "from", "blasted": "from", "risen": "from", "departed": "from", "sailed": "from", "fired": "from",
})

// alsoSaid are deeds, by participle, whose place is asked for by another's name.
var alsoSaid = map[string]string{"lain": "located", "situated": "located", "found": "discovered", "recovered": "discovered", "retrieved": "discovered",
	"unearthed": "discovered", "murdered": "killed", "assassinated": "killed", "interred": "buried", "airlifted": "flown", "manufactured": "made", "assembled": "built", "imprisoned": "jailed", "lifted": "launched", "blasted": "launched", "risen": "launched", "fired": "launched"}

// strikes are those that events do: a quake strikes, a fair is held.
var strikes = words.NewSet("struck happened occurred")

// inPlace are the prepositions that say where, and by which one they go.
var inPlace = words.NewMap(map[string]string{"in": "in", "at": "in", "near": "near", "off": "near", "outside": "near", "on": "in"})

// atPlace reads "Guatemala moved its embassy to Jerusalem". A place that is
// said to be in another one is followed there: "in Pazarcik, in Kahramanmaras".
func (r *reader) atPlace(l *line, d *deed, by string) bool {
	p := l.phrases[d.v]
	done := cmp.Or(alsoSaid[d.done], d.done)
	where, at := l.behind(d.v, by), by
	if by == "in" {
		where, at = l.placeBehind(d.v)
	}
	if where.empty() {
		return false
	}
	who, attribute := d.who, done+" "+at
	if d.passive || d.done == "placed" { // "the survey placed it in Peru"
		who = d.what
	} else if !d.what.empty() {
		attribute = joinWords(l.words(l.phrases[d.what.first].first, l.phrases[d.what.last-1].last, l.isProper), attribute)
	}
	if l.counted(who) {
		return false // of "34 people" others may have been elsewhere
	}
	subjectName, names := r.meant(l, who)
	if strikes.Has(d.done) && !who.empty() && l.isPronoun(who) {
		subjectName, names = "", nil // what strikes is no body that was spoken of
	} else if subjectName == "" {
		if subjectName = r.topic.subject(l.sentence.Block); subjectName == "" || !who.empty() || !r.stands(l) {
			return false
		}
	}
	made := false
	for _, place := range l.placesFrom(where.first) {
		called := place.Value.Entity.Name
		if called == subjectName {
			continue
		}
		c := claim.Claim{Kind: claim.KindEntity, Subject: subjectName, Attribute: attribute, Value: place.Value, Scope: l.placeKind(&place),
			Entities: appendNew(slices.Clone(names), called), Time: l.timeOf(d.v), Polarity: polarity(d.negated)}
		span := place.Span
		if d.negated {
			span = l.tokenSpan(p.first, p.last)
		}
		r.add(l, span, c, place.Rule+" "+inRelation.ID(), d.v, p.first)
		made = true
	}
	return made
}

// counted reports whether noun phrases give a number of their things.
func (l *line) counted(p run) bool {
	if p.empty() {
		return false
	}
	for t := l.phrases[p.first].first; t < l.phrases[p.last-1].last; t++ {
		if m := l.within[t]; m >= 0 && l.mentions[m].Kind == claim.Count {
			return true
		}
	}
	return false
}

// placeBehind is the first place that a preposition brings behind the verb
// group v, with the relation it stands in.
func (l *line) placeBehind(v int) (where run, by string) {
	for i := v + 1; i+1 < len(l.phrases); i++ {
		p := l.phrases[i]
		if p.kind == verbGroup || p.kind == stop || p.kind == binder || p.kind == opens {
			break
		}
		if p.kind != preposition || l.phrases[i+1].kind != nounPhrase || inPlace.Get(l.tokens[p.first].Lower) == "" {
			continue
		}
		if n := l.sitesAt(i + 1); len(n) > 0 && n[0].Kind == claim.Place {
			return run{i + 1, i + 2}, inPlace.Get(l.tokens[p.first].Lower)
		}
	}
	return run{}, ""
}

// placesFrom lists the places that the noun phrase p names and those around
// them that follow it: "Pazarcik, a district of Kahramanmaras province".
func (l *line) placesFrom(p int) []mention {
	const most = 3
	var out []mention
	for ; p < len(l.phrases) && len(out) < most; p++ {
		switch f := l.phrases[p]; f.kind {
		case nounPhrase:
			names := l.sitesAt(p)
			if len(names) == 0 && len(out) == 0 || len(names) > 0 && names[0].Kind != claim.Place {
				return out
			}
			if len(names) > 0 && !slices.ContainsFunc(out, func(m mention) bool { return m.Value.Entity.Name == names[0].Value.Entity.Name }) {
				out = append(out, names[0])
			}
		case comma:
		case preposition:
			if w := l.tokens[f.first].Lower; w != "of" && w != "in" {
				return out
			}
		default:
			return out
		}
	}
	return out
}

// sitesAt are the places that the noun phrase p names: those that are known for
// such, or else a proper noun that nothing tells for a person or a body.
func (l *line) sitesAt(p int) []mention {
	f := l.phrases[p]
	if names := l.names(f.first, f.last); len(names) > 0 {
		return names
	}
	if m := l.unlistedAt(p); m != nil {
		m.Kind, m.Value.Entity.Type = claim.Place, claim.Place
		return []mention{*m}
	}
	return nil
}

// placeKinds are nouns that say what kind of place a name is. Places of
// different kinds lie in one another and do not contradict.
var placeKinds = words.NewSet("province state county district region city town village governorate prefecture oblast municipality parish island country")

// placeKind is the scope of a place: the noun beside its name, in small letters.
func (l *line) placeKind(m *mention) []string {
	if m.last < len(l.tokens) && placeKinds.Has(l.tokens[m.last].Lower) {
		return []string{l.tokens[m.last].Lower}
	}
	return nil
}

// based reads "Lima-based Acme", where the place is part of a word.
func (r *reader) based(l *line) {
	for i := range l.tokens {
		t := &l.tokens[i]
		where, ok := strings.CutSuffix(t.Text, "-based")
		p := l.of[i]
		if !ok || where == "" || l.phrases[p].kind != nounPhrase {
			continue
		}
		b, named := l.bearerAt(p)
		if !named || where == strings.ToLower(where) {
			continue
		}
		canonical, kind, known := name.Canonical(where)
		if !known {
			canonical = where
		}
		if known && kind != claim.Place || canonical == b.value.Entity.Name {
			continue
		}
		who := strings.TrimPrefix(b.value.Entity.Name, t.Text+" ")
		r.add(l, document.Span{Start: t.Start, End: t.Start + len(where)}, claim.Claim{Kind: claim.KindEntity, Subject: who, Attribute: "based in",
			Value: claim.Value{Entity: &claim.Entity{Name: canonical, Type: claim.Place}}, Entities: []string{who, canonical}, Polarity: claim.Affirmed}, inRelation.ID(), -1, i)
	}
}

// sites are nouns for the place of a thing: "its epicentre in Peru".
var sites = words.NewSet("epicentre epicenter headquarters hypocentre hypocenter birthplace")

// sited makes a claim of the place that is said to be a thing's epicentre or
// headquarters, with a verb between them or none.
func (r *reader) sited(l *line) {
	for p, f := range l.phrases {
		if f.kind != nounPhrase || !sites.Has(l.tokens[f.last-1].Lower) {
			continue
		}
		by, end := p+1, l.chain(p)
		of := ""
		if end > by {
			of, _ = l.called(run{p + 2, end})
			by = end
		} else if names := l.names(f.first, f.last); len(names) > 0 {
			of = names[0].Value.Entity.Name
		} else if l.tokens[f.first].Tag == "PRP$" {
			of = r.antecedent(l, f.first)
		}
		negated := false
		if by < len(l.phrases) && l.phrases[by].kind == verbGroup {
			if v := l.phrases[by].verb; v.possible || v.done != "been" && v.done != "located" && v.done != "placed" {
				continue
			}
			negated = l.phrases[by].verb.negated
			by++
		}
		if by+1 >= len(l.phrases) || l.phrases[by].kind != preposition || inPlace.Get(l.tokens[l.phrases[by].first].Lower) == "" {
			continue
		}
		for _, place := range l.placesFrom(by + 1) {
			called := place.Value.Entity.Name
			c := claim.Claim{Kind: claim.KindEntity, Subject: of, Attribute: l.tokens[f.last-1].Lower + " " + inPlace.Get(l.tokens[l.phrases[by].first].Lower),
				Value: place.Value, Scope: l.placeKind(&place), Entities: []string{called}, Polarity: polarity(negated)}
			if of != "" {
				c.Entities = []string{of, called}
			}
			span := place.Span
			if negated {
				span = l.tokenSpan(l.phrases[by-1].first, place.last)
			}
			r.add(l, span, c, place.Rule+" "+inRelation.ID(), -1, f.first)
		}
	}
}
