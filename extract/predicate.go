package extract

import (
	"cmp"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/wording"
	"crosscheck/words"
)

// A predicate claim says that something did or did not happen, so that "has
// signed" meets "has not signed". Its quote is the verb group, its attribute
// what was done, its value to what. What is denied is always worth a claim;
// what is affirmed only where somebody could deny it: a deed that changes
// something, done by or to what the reader knows.

// mostPredicates is how many predicates one line claims.
const mostPredicates = 2

// vague are verbs, by participle, that a denial makes nothing of: states of
// mind, looks and measures, and verbs that mean what their object means.
var vague = words.NewSet(`been had done got gotten seemed become known thought believed wanted liked felt seen heard looked meant shown come gone
	gone put let used remained stood cost weighed measured totalled totaled averaged amounted numbered represented exceeded needed
	hoped feared worried wondered expected planned tried appeared lain sat lived worked played talked spoken asked called named described
	considered regarded watched read gone knew happened continued made taken given found compared based located known followed sworn`)

// happenings are verbs, by participle, that need no object to be news.
var happenings = words.NewSet(`resigned landed crashed collapsed survived escaped failed succeeded withdrawn left returned arrived surrendered fled sunk exploded
	pleaded testified voted abstained stayed defaulted shrunk split broken stepped opened closed reopened happened occurred ended begun erupted`)

// asides are verbs, by participle, that leave something out of account: "not
// counting the cost" denies nothing.
var asides = words.NewSet("counted included mentioned known excluded")

// judged are verbs, by participle, that say nothing without what it was for.
var judged = words.NewSet("convicted acquitted accused cleared suspected absolved")

// predicate makes a claim of what the verb group of d says did or did not
// happen. made tells that another rule has read it already.
func (r *reader) predicate(l *line, d *deed, made bool) bool {
	v := l.phrases[d.v].verb
	foretold := v.possible && l.foretold(d.v)
	if v.possible && !foretold && !l.wouldNot(d.v) || d.done == "" || saidVerbs.Has(d.done) && d.negated && !v.negated && !d.passive {
		return false // "Nobody was told, says the mayor"
	}
	if refusal.Has(d.done) && (!d.negated || l.modal(d.v) != "") && r.refuses(l, d) {
		return true
	}
	if d.done == "done" && d.negated && r.elided(l, d) {
		return true
	}
	if made || d.done == "done" && d.what.empty() {
		return false // "Nobody was told, says the mayor", "It does."
	}
	known := l.deedWords(d)
	if known.Done != "" && !judgedOf(l, d) {
		if r.knownDeed(l, d, known, foretold) {
			return true
		}
	}
	if v.done == "been" {
		return r.state(l, d)
	}
	if foretold {
		return false
	}
	return r.unknownDeed(l, d)
}

// judgedOf reports whether a verdict says of what: "cleared of fraud".
func judgedOf(l *line, d *deed) bool { return judged.Has(d.done) && !l.behind(d.v, "of").empty() }

// knownDeed makes a claim of a deed by the name that all its wordings have: of
// the thing it is done to, or of who does it where that is all there is.
func (r *reader) knownDeed(l *line, d *deed, known worded, planned bool) bool {
	v := l.phrases[d.v].verb
	negated := d.negated != known.Not
	if l.supposed(d.v) || (v.infinitive || v.participle) && !(d.negated && v.negated) {
		return false
	}
	theme, actor := d.what, d.who
	switch {
	case known.inside:
		if theme = l.beneficiary(known.last); theme.empty() && known.Itself { // "the border remains open"
			theme, actor = d.who, run{}
		}
	case known.Itself && !d.passive && theme.empty():
		theme, actor = d.who, run{}
	}
	if !d.negated && (!l.isKnownThing(theme) && !l.isKnownThing(actor) || !theme.empty() && l.counts(theme)) {
		return false // the number says it better
	}
	what, names := r.themed(l, theme)
	who, more := r.meant(l, actor)
	if !actor.empty() && l.nobody(actor) {
		who = ""
	}
	names = slices.Clip(names)
	for _, n := range more {
		names = appendNew(names, n)
	}
	attribute := known.Done
	itsOwn := known.Itself && actor.empty() && !theme.empty() && (known.Own || l.isBearer(theme))
	if !theme.empty() && !itsOwn && !l.nobody(theme) {
		attribute = joinWords(r.themeWords(l, theme), known.Done)
	} else if known.Itself {
		attribute = joinWords(known.Done, l.mannerAt(known.last))
	}
	subjectName := cmp.Or(who, what)
	if what = cmp.Or(what, who, attribute); subjectName == "" && !negated && theme.empty() {
		return false
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: subjectName, Attribute: attribute,
		Value: claim.Value{Entity: &claim.Entity{Name: what, Type: claim.Other}}, Entities: names, Time: l.timeOf(d.v), Polarity: polarity(negated)}
	if d.negated && l.beforehand(d.v) {
		c.Scope = []string{"before"}
	}
	r.assert(l, l.tokenSpan(d.first, max(d.last, known.last)), c, d.v, planned)
	return true
}

// isBearer reports whether a noun phrase is a name, and not what a name is of.
func (l *line) isBearer(p run) bool {
	_, named := l.bearerAt(p.first)
	return named && p.last-p.first == 1
}

// isKnownThing reports whether a noun phrase is one that the reader is taken to know.
func (l *line) isKnownThing(p run) bool { return !p.empty() && l.definite(p) }

// themed is what a deed is done to, by name; of what is only counted, the noun.
func (r *reader) themed(l *line, p run) (string, []string) {
	if p.empty() || l.nobody(p) {
		return "", nil
	}
	what, names := r.meant(l, p)
	return cmp.Or(joinWords(what, l.aside(p)), l.sum(p)), names
}

// themeWords are the words for what a deed is done to: those of the thing that
// a pronoun stands for, where it is one.
func (r *reader) themeWords(l *line, p run) string {
	if l.isPronoun(p) {
		if what, _ := r.meant(l, p); what == strings.ToLower(what) {
			return what
		}
		return ""
	}
	return cmp.Or(l.words(l.phrases[p.first].first, l.phrases[p.last-1].last, l.isProper), l.sum(p))
}

// sum is "money" for a noun phrase that is a sum of money and says no more.
func (l *line) sum(p run) string {
	if m := l.within[l.phrases[p.first].last-1]; m >= 0 && l.mentions[m].Kind == claim.Money {
		return "money"
	}
	return ""
}

// elided reads "it did not" behind the verb that it denies: "it might switch off
// the lines; it did not".
func (r *reader) elided(l *line, d *deed) bool {
	if !d.what.empty() || !l.ends(l.phrases[d.v].last) {
		return false
	}
	for v := d.v - 1; v >= 0; v-- {
		f := &l.phrases[v]
		if f.kind != verbGroup || f.verb.negated || vague.Has(f.verb.done) || saidVerbs.Has(f.verb.done) {
			continue
		}
		done := joinWords(f.verb.done, f.verb.particle)
		if what := l.objectOf(v); !what.empty() {
			done = joinWords(l.words(l.phrases[what.first].first, l.phrases[what.first].last, l.isProper), done)
		}
		who, names := r.meant(l, d.who)
		r.assert(l, l.tokenSpan(l.phrases[d.v].first, d.last), claim.Claim{Kind: claim.KindEntity, Subject: who, Attribute: done,
			Value: claim.Value{Entity: &claim.Entity{Name: cmp.Or(who, done), Type: claim.Other}}, Entities: names, Time: l.timeOf(d.v), Polarity: claim.Negated}, d.v, false)
		return true
	}
	return false
}

// unknownDeed makes a claim of a deed that has no name but its verb.
func (r *reader) unknownDeed(l *line, d *deed) bool {
	v := l.phrases[d.v].verb
	if d.negated {
		if v.infinitive || v.participle && !v.negated || asides.Has(d.done) && l.tokens[l.phrases[d.v].first].Lower == "not" || l.supposed(d.v) {
			return false
		}
	} else if v.infinitive || v.participle || !l.deniable(d) {
		return false
	}
	done, last, planned := l.goal(d)
	if planned {
		f := strings.Fields(done)
		if known, n := wording.DeedOf(f, true); n == len(f) && !known.Not && !known.Itself {
			done = known.Done
		}
	}
	who, names := r.meant(l, d.who)
	if !d.who.empty() && l.nobody(d.who) {
		who = ""
	}
	what, more := "", []string(nil)
	if !d.what.empty() {
		what, more = r.meant(l, d.what)
		what = joinWords(what, l.aside(d.what))
	}
	if what == "" {
		what = d.thing
	}
	attribute := done
	if !d.what.empty() && done == joinWords(d.done, v.particle) {
		attribute = joinWords(l.words(l.phrases[d.what.first].first, l.phrases[d.what.last-1].last, l.isProper), done)
	} else if d.what.empty() {
		attribute = joinWords(done, l.manner(d.v))
	}
	if judged.Has(d.done) {
		if of := l.behind(d.v, "of"); !of.empty() { // "convicted of fraud"
			if w := l.words(l.phrases[of.first].first, l.phrases[of.first].last, l.isProper); w != "" {
				attribute = done + " of " + w
			}
		}
	}
	if !d.passive && !d.who.empty() && d.negated && !v.negated && l.tokens[l.phrases[d.who.first].first].Lower == "no" && who != "" {
		attribute = joinWords(who, attribute) // "no treaty says"
	}
	if what == "" && !d.what.empty() && !d.negated && !planned {
		return false // "promised $5 million": the sum says it
	}
	subjectName := cmp.Or(who, what)
	if subjectName == "" && l.of[0] == d.v-1 { // "That had never happened"
		subjectName = r.thing
	}
	if what == "" {
		what = cmp.Or(who, attribute)
	}
	if subjectName == "" && !d.negated {
		return false
	}
	names = slices.Clip(names)
	for _, n := range more {
		names = appendNew(names, n)
	}
	c := claim.Claim{Kind: claim.KindEntity, Subject: subjectName, Attribute: attribute,
		Value: claim.Value{Entity: &claim.Entity{Name: what, Type: claim.Other}}, Entities: names, Time: l.timeOf(d.v), Polarity: polarity(d.negated)}
	if d.negated && l.beforehand(d.v) {
		c.Scope = []string{"before"}
	}
	r.assert(l, l.tokenSpan(d.first, max(d.last, last)), c, d.v, planned)
	return true
}

// beforehand reports whether a denial ends with "before": "no one had ever
// crossed it before" says that now somebody has.
func (l *line) beforehand(v int) bool {
	c := l.clause(v)
	for i := l.phrases[v].last; i < l.phrases[c.last-1].last; i++ {
		if w := l.tokens[i].Lower; w == "before" || w == "previously" || w == "hitherto" {
			return i+1 >= len(l.tokens) || strings.ContainsAny(l.tokens[i+1].Text, ".,;:!?")
		}
	}
	return false
}

// nobody reports whether a noun phrase means that there was none to do it.
func (l *line) nobody(p run) bool {
	t := l.phrases[p.first].first
	switch l.tokens[t].Lower {
	case "nobody", "none", "nothing":
		return true
	}
	return l.tokens[t].Lower == "no" && t+1 < len(l.tokens) && l.tokens[t+1].Lower == "one"
}

// assert records a predicate claim.
func (r *reader) assert(l *line, span document.Span, c claim.Claim, v int, planned bool) {
	first := 0
	if v >= 0 {
		first = l.phrases[v].first
	}
	r.add(l, span, c, isSo.ID(), v, first)
	a := &r.claims[len(r.claims)-1]
	if v >= 0 && a.Modality == claim.Possible && l.wouldNot(v) {
		a.Modality = claim.Asserted
	}
	if planned && (a.Modality == claim.Asserted || a.Modality == claim.Reported) {
		a.Modality = claim.Planned
	}
}

// counts reports whether a noun phrase is a number of things, but no sum of money.
func (l *line) counts(p run) bool {
	if p.empty() {
		return false
	}
	first := l.phrases[p.first].first
	if m := l.within[l.phrases[p.last-1].last-1]; m >= 0 && l.isName(first) && l.mentions[m].Kind == claim.Money {
		return true // "pay Ghana $5 million"
	}
	for t := first; t < l.phrases[p.last-1].last && t <= first+1; t++ {
		if l.within[t] < 0 && strings.HasPrefix(l.tokens[t].Tag, "NN") {
			return false // "alerts three days ahead" are not counted
		}
		if m := l.within[t]; m >= 0 && l.mentions[m].Kind.IsQuantity() && l.mentions[m].Kind != claim.Money && l.mentions[m].Kind != claim.Ordinal {
			return true
		}
	}
	return false
}

// urges are verbs, by participle, whose object is to do something: "pressed
// Peru to hand back the ship".
var urges = words.NewSet("pressed urged asked ordered told forced made called let helped required pushed wanted persuaded allowed sought")

// goal is what a verb group comes to where it makes somebody else act: the last
// infinitive of the chain. planned reports that nothing says it was reached.
func (l *line) goal(d *deed) (done string, last int, planned bool) {
	v := d.v
	for depth := 0; depth < 3 && urges.Has(l.phrases[v].verb.done); depth++ {
		next := v + 1
		for next < len(l.phrases) && l.phrases[next].kind == nounPhrase && next <= v+2 {
			next++
		}
		if next >= len(l.phrases) || next == v+1 || l.phrases[next].kind != verbGroup || !l.phrases[next].verb.infinitive && l.tokens[l.phrases[next].first].Tag != "VB" {
			break
		}
		v = next
	}
	g := l.phrases[v]
	done = joinWords(g.verb.done, g.verb.particle)
	if v == d.v {
		return joinWords(d.done, g.verb.particle), d.last, false
	}
	if o := l.objectOf(v); !o.empty() {
		f := l.phrases[o.first]
		if g.verb.done == "made" && f.last < len(l.tokens) && f.last-f.first > 1 && l.isName(f.last-2) && particles.Has(l.tokens[f.last].Lower) {
			return joinWords(participle(l.tokens[f.last-1].Lower, "VB"), l.tokens[f.last].Lower), f.last + 1, true // "made Peru hand back"
		}
		done = joinWords(l.words(l.phrases[o.first].first, l.phrases[o.last-1].last, l.isProper), done)
	}
	return done, g.last, true
}

// manner is what stands behind a verb without an object and completes it:
// "stayed outside", "voted in favour", "gone ashore at the inlet".
func (l *line) manner(v int) string { return l.mannerAt(l.phrases[v].last) }

// mannerAt is the same of what stands at token i.
func (l *line) mannerAt(i int) string {
	if i >= len(l.tokens) {
		return ""
	}
	p := l.of[i]
	switch f := l.phrases[p]; {
	case f.kind == other && l.tokens[f.first].Tag == "RB":
		return l.tokens[f.first].Lower
	case f.kind == preposition && p+1 < len(l.phrases) && l.phrases[p+1].kind == nounPhrase:
		if w := l.words(l.phrases[p+1].first, l.phrases[l.chain(p+1)-1].last, l.isDated); w != "" {
			return joinWords(l.tokens[f.first].Lower, w)
		}
	}
	return ""
}

func (l *line) isDated(i int) bool {
	m := l.within[i]
	return m >= 0 && l.mentions[m].Kind == claim.Date
}

// aside is what stands between commas behind a noun phrase and names the same:
// "the sponsorship system, kafala,".
func (l *line) aside(p run) string {
	if p.last+2 < len(l.phrases) && l.phrases[p.last].kind == comma && l.phrases[p.last+1].kind == nounPhrase && l.phrases[p.last+2].kind == comma {
		return l.words(l.phrases[p.last+1].first, l.phrases[p.last+1].last, nil)
	}
	return ""
}
