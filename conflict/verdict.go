package conflict

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// The features of the last stage: whether a contradiction that no rung
// explains is a true conflict.
const (
	likelySame = iota
	isMoney
	isShares
	isTimes
	isDates
	isNames
	isCounts
	isNothing
	isSizes
	gapFar
	gapWide
	aSlip
	grows
	daysBetween
	oneIsApproximate
	oneIsReported
	oneIsPart
	unitsDiffer
	backedOne
	backedBoth
	thirdGivesBoth
	otherMeaning
	nearAlike
	attributesAlike
	fewChoices
	bestEither
	oneWasBefore
	oneIsPlanned
	yearsDiffer
	mostlySaid
	anotherPart
	anotherPlan
	anotherTime
	anotherScope
	laterGrew
	anOffice
	verdictFeatures
)

var verdictStage = [verdictFeatures]feature{
	likelySame: {"same-question", "how likely they answer one question", 1},
	isMoney:    {"money", "sums of money", 0}, isShares: {"shares", "shares", 0}, isTimes: {"times", "lengths of time", 0},
	isDates: {"dates", "dates", 0}, isNames: {"names", "names", 0}, isCounts: {"counts", "counts", 0}, isNothing: {"deeds", "what was done or not", 0},
	isSizes:          {"sizes", "sizes", 0},
	gapFar:           {"values-far", "the values are far apart", -1},
	gapWide:          {"values-gap", "there is a clear gap between the values", 1},
	aSlip:            {"slip", "the one looks like a slip of the other", 1},
	grows:            {"grows", "it is a count that grows", -1},
	daysBetween:      {"days-between", "they were said at different times", -1},
	oneIsApproximate: {"one-approximate", "only one of them is approximate", -1},
	oneIsReported:    {"one-reported", "only one of them is in somebody's words", -1},
	oneIsPart:        {"one-bound", "only one of them is a bound or a range", 0},
	unitsDiffer:      {"units-other", "they come in different units", -1},
	backedOne:        {"backed-one", "another document gives the same as one of them", -1},
	backedBoth:       {"backed-both", "other documents give the same as both", -1},
	thirdGivesBoth:   {"third-both", "a document gives both values", -1},
	otherMeaning:     {"about-other", "the words beside the values mean different things", -1},
	nearAlike:        {"near-words", "the values stand beside like words", 1},
	fewChoices:       {"choices", "the documents give many answers of this kind", -1},
	bestEither:       {"best", "each is the other's best match", 1},
	oneWasBefore:     {"one-bygone", "only one of them is said to have been so before", -1},
	oneIsPlanned:     {"one-planned", "one is planned, possible or denied, the other stated", -1},
	yearsDiffer:      {"year-other", "they are about different years", -1},
	mostlySaid:       {"covered", "the one sentence says much of what the other says", 1},
	anotherPart:      {"another-part", "the words make one of them a part", -1},
	anotherPlan:      {"another-plan", "one may be a plan, a possibility or a denial", -1},
	anotherTime:      {"another-time", "they may be about different times", -1},
	anotherScope:     {"another-scope", "they may be about different parts, places or groups", -1},
	laterGrew:        {"later-grew", "the later text has more of what grows", -1},
	anOffice:         {"office", "people hold such an office one after another", -1},
	attributesAlike:  {"attribute-words", "what is measured is said in like words", 1},
}

type verdictVector [verdictFeatures]float64

const (
	askFrom   = 0.04 // chance of one question from which a contradiction is looked at
	unlikely  = -3.5 // log odds of one question from which on down nothing looks at how unlikely it is; below askFrom
	agreeFrom = 0.5  // chance of one question from which an agreement is one
	backFrom  = -0.5 // log odds, at best, from which an agreement counts against a contradiction
	rateFrom  = -4.0 // log odds by the words from which a rate may be a total, if it comes to just that
	openFrom  = 0.2  // chance of a true conflict from which it is reported at all
)

// edge joins two answers that probably answer the same question.
type edge struct {
	pair    *pair
	a, b    int32
	outcome outcome
	rung    *rung   // that explains it, or nil
	chance  float64 // of a true conflict where they clash, else of one question
}

// edges weighs the pairs and keeps what stands.
func (e *event) edges(ctx context.Context) ([]edge, error) {
	var kept []edge
	if err := e.weighRivals(ctx); err != nil {
		return nil, err
	}
	all := e.judged()
	e.findBacking(all)
	for _, x := range all {
		least := agreeFrom
		switch {
		case x.outcome == clash:
			if x.chance < askFrom || e.answered(x) {
				continue
			}
			x.chance, least = e.chanceOf(x), openFrom
		case x.rung == declaredRung && x.chance < agreeFrom && x.chance >= askFrom && e.chanceOf(x) >= openFrom:
			x.chance = agreeFrom // but for the ruling it would be a conflict: it is to be seen that it is none
		}
		if x.chance >= least {
			kept = append(kept, x)
		}
	}
	return kept, nil
}

// chanceOf is the chance of a true conflict.
func (e *event) chanceOf(x edge) float64 {
	f := e.asConflict(x)
	return probability(e.linearOf(Verdict, x.pair).odds(f[:]))
}

// judged holds every likely pair against the ladder.
func (e *event) judged() []edge {
	all := e.corpus.slate.judged[:0]
	for k := range e.pairs {
		p := &e.pairs[k]
		if p.same >= unlikely || p.rival >= backFrom || p.words >= rateFrom && ratesDiffer(e.answers[p.a], e.answers[p.b]) {
			chance := probability(p.same)
			if chance < askFrom && p.rival < backFrom && !(p.words >= rateFrom && ratesDiffer(e.answers[p.a], e.answers[p.b])) {
				continue
			}
			o, r := judge(e.answers[p.a], e.answers[p.b])
			if (r == rateRung || r == currencyRung) && o == agree {
				chance = max(chance, agreeFrom)
			}
			if o != apart {
				all = append(all, edge{pair: p, a: p.a, b: p.b, outcome: o, rung: r, chance: chance})
			}
		}
	}
	e.corpus.slate.judged = all
	return all
}

// ratesDiffer reports whether one of two quantities is a rate and the other is none like it.
func ratesDiffer(a, b *answer) bool {
	p, q := a.Value.Quantity, b.Value.Quantity
	return p != nil && q != nil && !oneRate(a, b)
}

// findBacking lists for each answer those of other texts that agree with it.
func (e *event) findBacking(all []edge) {
	e.backing = make([][]int32, len(e.answers))
	for _, x := range all {
		if x.outcome == agree && x.pair.rival >= backFrom {
			e.backing[x.a] = append(e.backing[x.a], x.b)
			e.backing[x.b] = append(e.backing[x.b], x.a)
		}
	}
}

// asConflict fills in what speaks for and against a contradiction being a true conflict.
func (e *event) asConflict(x edge) (f verdictVector) {
	a, b := e.answers[x.a], e.answers[x.b]
	f[likelySame] = clamp(x.pair.same, secondScale)
	if k := kindFeature[a.class]; a.negated() != b.negated() {
		f[isNothing] = 1
	} else if k >= 0 {
		f[isMoney+k] = 1
	}
	f[gapFar], f[gapWide] = distances(a, b)
	f[aSlip] = flag(slip(a, b) != "")
	f[grows] = flag(a.words.about.grows() && b.words.about.grows())
	if s, t := a.text.published, b.text.published; s != 0 && t != 0 {
		f[daysBetween] = min(1, math.Log1p(math.Abs(float64(s-t)))/6)
	}
	for _, r := range doubted(a, b) {
		f[r.doubt] = 1
	}
	f[laterGrew] = flag(a.words.about.grows() && b.words.about.grows() && grewSince(a, b))
	f[oneIsReported] = flag(f[isNothing] == 0 && a.modality != b.modality)
	if p, q := a.Value.Quantity, b.Value.Quantity; p != nil && q != nil {
		f[oneIsApproximate] = one(p.Approximate, q.Approximate)
		f[oneIsPart] = one(open(*p), open(*q))
		f[unitsDiffer] = flag(p.Unit != q.Unit)
	}
	f[backedOne] = flag(len(e.backing[x.a]) > 0 || len(e.backing[x.b]) > 0)
	f[backedBoth] = flag(len(e.backing[x.a]) > 0 && len(e.backing[x.b]) > 0)
	f[thirdGivesBoth] = flag(e.givesBoth(x))
	f[otherMeaning] = flag(a.words.about.excludes(&b.words.about))
	f[nearAlike] = a.words.near.cosine(&b.words.near)
	f[fewChoices] = x.pair.choices
	var first vector
	first.byWords(a, b, x.pair)
	f[oneWasBefore], f[oneIsPlanned], f[yearsDiffer], f[mostlySaid] = first[oneBygone], first[onePlanned], first[otherYear], first[covered]
	f[bestEither] = flag(x.pair.best)
	f[anOffice] = flag(a.class == names && a.isOffice() && b.isOffice())
	f[attributesAlike] = a.words.attribute.cosine(&b.words.attribute)
	return f
}

// answered reports whether either document gives the other's value as well, to
// as likely a question: then it does not contradict it. What leaves a side open
// meets many values, and is met in its own only by one that says the same.
func (e *event) answered(x edge) bool {
	found := false
	for _, end := range [2]int32{x.a, x.b} {
		e.rivals(x.pair, end, func(o *pair) {
			rival := e.answers[o.other(end)]
			if rival.spans() != e.answers[end].spans() {
				return // a day within ten years is no answer to when they began and ended
			}
			if o.words >= x.pair.words && slices.Contains(e.backing[end], o.other(end)) && (!leavesOpen(rival) && !leavesOpen(e.answers[end]) || sameNumber(rival, e.answers[end])) {
				found = true
			}
		})
	}
	return found
}

// distances are the furthest and the nearest that two values can stand apart, 0 to 1.
func distances(a, b *answer) (far, near float64) {
	switch {
	case a.negated() != b.negated(), a.class == names:
		return 0, 0
	case a.class == dates:
		far, near = a.size.apart(b.size)
		return min(1, math.Log1p(far/7)/8), min(1, math.Log1p(near/7)/8)
	}
	far, near = a.size.ratios(b.size)
	return far / endless, near / endless
}

// givesBoth reports whether some document, one of the two included, gives both values.
func (e *event) givesBoth(x edge) bool {
	in := func(list []int32, t *text) bool {
		return slices.ContainsFunc(list, func(i int32) bool { return e.answers[i].text == t && !leavesOpen(e.answers[i]) })
	}
	if in(e.backing[x.a], e.answers[x.b].text) || in(e.backing[x.b], e.answers[x.a].text) {
		return true
	}
	return slices.ContainsFunc(e.backing[x.a], func(i int32) bool {
		return !leavesOpen(e.answers[i]) && in(e.backing[x.b], e.answers[i].text)
	})
}

// sameNumber reports whether two quantities are said with one number, bound or not.
func sameNumber(a, b *answer) bool {
	return a.Value.Quantity != nil && b.Value.Quantity != nil && sameDigits(a, b)
}

// leavesOpen reports whether an answer fits many values and so decides nothing.
func leavesOpen(a *answer) bool {
	switch q, p := a.Value.Quantity, a.Value.Period; {
	case q != nil:
		return q.Bound
	case p != nil:
		return (p.From == 0 || p.To == 0) && p.Clock.IsZero()
	}
	return false
}

// kindNames are the features that say what kind of values there are, which
// speaks for or against nothing that a reader could look up.
var kindNames = []string{"money", "shares", "times", "dates", "names", "counts", "deeds", "sizes"}

// speak lists what spoke for and against an edge, the strongest first.
func (e *event) speak(x edge) (pro, con []string) {
	type said struct {
		words  string
		weight float64
	}
	var all []said
	add := func(l *linear, features []feature, f []float64) {
		for i, w := range l.weights {
			if s := w * f[i]; math.Abs(s) >= 0.2 && !slices.Contains(kindNames, features[i].name) {
				all = append(all, said{features[i].says, s})
			}
		}
	}
	var first vector
	a, b := e.answers[x.a], e.answers[x.b]
	first.byWords(a, b, x.pair)
	first.byValues(a, b, false)
	second, last := e.amongRivals(x.pair), e.asConflict(x)
	add(e.linearOf(Values, x.pair), firstStage[:], first[:])
	second[firstWords], second[firstValues] = 0, 0
	add(e.linearOf(Rivals, x.pair), rivalStage[:], second[:])
	last[likelySame] = 0
	add(e.linearOf(Verdict, x.pair), verdictStage[:], last[:])
	slices.SortStableFunc(all, func(s, t said) int { return cmp.Compare(math.Abs(t.weight), math.Abs(s.weight)) })
	const most = 4
	for _, s := range all {
		if list := &pro; s.weight > 0 && len(*list) < most && !slices.Contains(*list, s.words) {
			*list = append(*list, s.words)
		}
		if list := &con; s.weight < 0 && len(*list) < most && !slices.Contains(*list, s.words) {
			*list = append(*list, s.words)
		}
	}
	return pro, con
}
