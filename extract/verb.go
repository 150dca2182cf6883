package extract

// verb is what a verb group says about its clause.
type verb struct {
	done       string // the last verb's participle: "relocated" in "plans to relocate"
	particle   string // "up", "out"
	passive    bool   // "was signed"
	negated    bool
	infinitive bool // begins with "to"
	participle bool // "killing 34 people", "signed in 2016" without an auxiliary
	planned    bool // "will", "plans to"
	possible   bool // "may", "could"
	perfect    bool // "have died", up to the day on which it is said
}

func auxiliary(w string) bool { return beForms.Has(w) || haveDo.Has(w) }

// verbGroupAt reads auxiliaries, negation, adverbs between verbs, the last
// verb, and an infinitive that follows it.
func (l *line) verbGroupAt(i int) phrase {
	p := phrase{kind: verbGroup, first: i}
	v := &p.verb
	be, finite := false, false
	for i < len(l.tokens) && (l.within[i] < 0 || i > p.first && l.isFirst(i)) {
		t := &l.tokens[i]
		switch {
		case l.within[i] >= 0: // "was first climbed"
		case t.Tag == "MD":
			finite = true
			if t.Lower == "will" || t.Lower == "'ll" || t.Lower == "shall" || t.Lower == "wo" {
				v.planned = true
			}
			if possibles.Has(t.Lower) {
				v.possible = true
			} else if t.Lower == "cannot" {
				v.negated = true
			}
		case t.Tag == "TO":
			if i+1 >= len(l.tokens) || l.tokens[i+1].Tag != "VB" {
				p.last = i
				return p
			}
			if i == p.first {
				v.infinitive = true
			} else if refusers.Has(v.done) {
				v.negated = !v.negated
			} else if planners.Has(v.done) || be && (v.done == "been" || l.tokens[i-1].Lower == "going") { // "is to cost", "is going to cost"
				v.planned = true
			}
			be, v.passive = false, false
		case negators.Has(t.Lower):
			// "not only" and "not just" deny nothing.
			if i+1 >= len(l.tokens) || !focus.Has(l.tokens[i+1].Lower) {
				v.negated = true
			}
		case t.Lower == "no" && i+1 < len(l.tokens) && l.tokens[i+1].Lower == "longer":
			v.negated = true
			i++
		case t.Lower == "yet" && i > p.first && i+2 < len(l.tokens) && l.tokens[i+1].Tag == "TO" && l.tokens[i+2].Tag == "VB": // "has yet to sign"
			v.negated = true
		case t.Tag == "RB" || t.Tag == "RBR":
			if !l.verbAhead(i + 1) {
				if p.last = i; particles.Has(t.Lower) {
					v.particle, p.last = t.Lower, i+1
				}
				return p
			}
		case i > p.first && (l.modifiesNoun(i) || l.secondVerb(i)):
			p.last = i
			return p
		case t.Tag == "NN" && v.negated && v.done == "done" && i > p.first && negators.Has(l.tokens[i-1].Lower): // "did not sign"
			v.done = participle(t.Lower, "VB")
		case len(t.Tag) >= 2 && t.Tag[:2] == "VB":
			if t.Tag == "VBN" || t.Tag == "VBD" && be {
				v.passive = be
				v.participle = !be && !finite && i == p.first && t.Tag == "VBN" && (i == 0 || !l.secondVerb(i))
			} else {
				v.passive = false
				v.participle = t.Tag == "VBG" && i == p.first
			}
			if i > p.first && p.first+2 >= i && (l.tokens[p.first].Lower == "have" || l.tokens[p.first].Lower == "has") && t.Tag == "VBN" {
				v.perfect = true
			}
			if beForms.Has(t.Lower) {
				be = true
			} else if !haveDo.Has(t.Lower) {
				be = false
			}
			finite = finite || t.Tag == "VBD" || t.Tag == "VBZ" || t.Tag == "VBP"
			if t.Tag == "VBG" && (deniers.Has(v.done) || halts.Has(v.done) && (l.tokens[p.first].Tag == "MD" || l.tokens[p.first].Tag == "TO")) {
				v.negated = !v.negated
			}
			if _, without := l.lacks(i); without && i == p.first && t.Tag == "VBG" {
				v.negated = !v.negated
			}
			if v.done = participle(t.Lower, t.Tag); t.Tag == "VBG" && conditions.Has(t.Lower) {
				v.done = t.Lower // "were missing"
			}
		case (t.Tag == "JJ" || t.Tag == "IN") && be && planners.Has(t.Lower) && i+1 < len(l.tokens) && l.tokens[i+1].Tag == "TO": // "is likely to", "is due to"
			v.done = t.Lower
		default:
			if i > p.first && (t.Tag == "RP" || particles.Has(t.Lower) || t.Tag == "IN" && l.isParticle(i)) {
				v.particle = t.Lower
				i++
			}
			p.last = max(i, p.first+1)
			return p
		}
		i++
	}
	p.last = max(i, p.first+1)
	return p
}

// isParticle reports whether the preposition at token i brings nothing and so
// goes with the verb before it: "were called in on Monday".
func (l *line) isParticle(i int) bool {
	if w := l.tokens[i].Lower; w != "in" && w != "on" && w != "through" && w != "by" || i+1 >= len(l.tokens) || l.within[i+1] >= 0 {
		return false
	}
	switch next := &l.tokens[i+1]; next.Tag {
	case "IN", ",", ".", "CC", "TO":
		return next.Lower != "between" && next.Lower != "about"
	}
	return false
}

// isFirst reports whether token i says of the participle behind it that it was
// done first: "was first climbed by".
func (l *line) isFirst(i int) bool {
	return (l.tokens[i].Lower == "first" || l.tokens[i].Lower == "last") && auxiliary(l.tokens[i-1].Lower) && i+1 < len(l.tokens) && l.within[i+1] < 0 &&
		(l.tokens[i+1].Tag == "VBN" || l.tokens[i+1].Tag == "VBD")
}

// secondVerb tells "the levy it approved brought in money", where the verb at
// token i begins another group, from "had brought" and "plans to bring".
func (l *line) secondVerb(i int) bool {
	before := &l.tokens[i-1]
	switch l.tokens[i].Tag {
	case "VBD", "VBZ", "VBP":
		if before.Tag == "VBN" && beForms.Has(l.tokens[i].Lower) { // "the one who was saved was"
			return true
		}
		fallthrough
	case "VBN":
		return (before.Tag == "VBD" || before.Tag == "VBZ") && !auxiliary(before.Lower)
	}
	return false
}

// verbAhead reports whether a verb or an infinitive follows, past adverbs.
func (l *line) verbAhead(i int) bool {
	i = l.pastAdverbs(i)
	return l.verbFollows(i) || i+1 < len(l.tokens) && l.tokens[i].Tag == "TO" && l.tokens[i+1].Tag == "VB"
}

// pastAdverbs is the first token from i that is no adverb.
func (l *line) pastAdverbs(i int) int {
	for i < len(l.tokens) && l.within[i] < 0 && l.tokens[i].Tag == "RB" {
		i++
	}
	return i
}

// lacks returns the "without" before the form in "-ing" at token i, be it with
// an adverb: "without ever winning".
func (l *line) lacks(i int) (without int, ok bool) {
	if without = i - 1; without > 0 && l.within[without] < 0 && l.tokens[without].Tag == "RB" {
		without--
	}
	return without, without >= 0 && l.tokens[without].Lower == "without"
}
