package conflict

import (
	"math"
	"slices"
	"strings"
)

// Two answers are held against each other only as far as they answer the same
// question. How far is a sum of named features, each with a weight that can be
// read here, through the logistic function: .5 is as likely as not.
//
// Weights are positive where a feature speaks for the same question. They were
// set by reading, not fitted: what the attribute says decides, the event must
// fit, and a value far off is rather another question's.
var weights = struct {
	bias, concept, oneConcept, stems, noStems, subject, otherSubject, names, noNames,
	event, sentence, sameTime, oneScope, sameScope, sameTopic, sameUnit, bygone, near, crossed, vouched, far, rivals float64
}{
	bias:         -0.9,
	concept:      1.6,  // the attributes share a concept
	oneConcept:   -0.7, // only one of them has a known concept
	stems:        2.2,  // how many of the attributes' other words are shared, 0 to 1
	noStems:      -1.0, // the attributes' other words differ
	subject:      0.9,
	otherSubject: -0.5,
	names:        0.8, // shared names, by rarity, 0 to 1
	noNames:      -1.0,
	event:        1.0, // how alike the documents are, -1 to 1
	sentence:     1.2, // how alike the sentences are, 0 to 1
	sameTime:     0.5, // both say when, and it fits
	oneScope:     -0.8,
	sameScope:    0.5,
	sameTopic:    0.8,  // the attributes say the same and nothing else
	sameUnit:     0.4,  // a unit or counted noun that few quantities have
	bygone:       -1.2, // only one is said to have been so before
	near:         0.7,  // a concept stands beside the one's value and in the other's attribute
	crossed:      1.2,  // how much of the one's attribute stands beside the other's value, 0 to 1
	vouched:      1.5,  // a rate comes to just the other's total over a term that is stated
	far:          -0.5, // a factor of e between the values
	rivals:       -0.6, // the other document has another answer that fits as well
}

// sameQuestion says how likely two answers answer one question, in log odds,
// by what the words say and not by the values. ok is false where that is out
// of the question.
func (c *corpus) sameQuestion(a, b *answer) (score float64, ok bool) {
	if !canClash(a, b) || a.topic.excludes(b.topic) {
		return 0, false
	}
	overlap, any := c.overlap(a.about, b.about)
	concept := a.topic.shares(b.topic)
	near := !concept && a.negated() == b.negated() && nearby(a, b)
	crossed := 0.0
	if !concept && !near && overlap == 0 {
		if crossed = max(c.covered(a.about, b.beside), c.covered(b.about, a.beside)); crossed == 0 || a.negated() != b.negated() {
			return 0, false
		}
	}
	w := weights
	score = w.bias + w.crossed*crossed
	switch {
	case concept:
		score += w.concept
	case near:
		score += w.near
	case len(a.topic.concepts)+len(b.topic.concepts) > 0:
		score += w.oneConcept
	}
	if any {
		score += w.noStems + (w.stems-w.noStems)*overlap
	}
	if a.topic.equal(b.topic) {
		score += w.sameTopic
	}
	event, ok := c.sameEvent(a, b)
	if !ok {
		return 0, false
	}
	return score + event + c.sameSubject(a, b) + c.sameCircumstances(a, b), true
}

// canClash reports whether two answers' values can contradict one another at all.
func canClash(a, b *answer) bool {
	if a.negated() != b.negated() {
		return samePredicate(a, b)
	}
	return a.family == b.family || sharesAndPoints(a, b) || countsUnnamed(a, b) || countsUnnamed(b, a)
}

// samePredicate reports whether one answer can deny what the other says. A
// denial without a value denies a deed, however that is told: "signed", "signed
// on 5 May", "signed by Quill", but no number.
func samePredicate(a, b *answer) bool {
	if b.negated() {
		a, b = b, a
	}
	return a.family == b.family || a.family == "predicate" && b.Value.Quantity == nil
}

// countsUnnamed reports whether a is a bare number of what b counts: "containers: 300".
func countsUnnamed(a, b *answer) bool {
	noun, ok := strings.CutPrefix(b.family, "count of ")
	return ok && a.family == "number" && slices.Contains(a.topic.stems, noun)
}

// nearby reports whether a concept beside the one's value is in the other's
// attribute, or beside its value too.
func nearby(a, b *answer) bool {
	return slices.ContainsFunc(a.near, b.topic.has) || slices.ContainsFunc(b.near, a.topic.has) ||
		slices.ContainsFunc(a.near, func(c int) bool { return slices.Contains(b.near, c) })
}

// sharesAndPoints reports whether one is a percentage and the other counts
// percentage points.
func sharesAndPoints(a, b *answer) bool {
	return a.family == "share" && b.family == "points" || a.family == "points" && b.family == "share"
}

// covered is the share of some terms that stand among others, weighted by rarity.
func (c *corpus) covered(terms, among []int32) float64 {
	in, all := 0.0, 0.0
	for _, id := range terms {
		r := c.rarity(id)
		all += r
		if _, found := slices.BinarySearch(among, id); found {
			in += r
		}
	}
	if all == 0 {
		return 0
	}
	return in / all
}

// overlap is the share of two lists' terms that stand in both, weighted by
// rarity; any is false where neither has terms.
func (c *corpus) overlap(a, b []int32) (share float64, any bool) {
	both, all := 0.0, 0.0
	for _, id := range a {
		r := c.rarity(id)
		all += r
		if _, found := slices.BinarySearch(b, id); found {
			both += r
		}
	}
	for _, id := range b {
		if _, found := slices.BinarySearch(a, id); !found {
			all += c.rarity(id)
		}
	}
	if all == 0 {
		return 0, false
	}
	return both / all, true
}

// The likeness of two documents has its median at .1 within an event and at
// .01 between events; documents below unlike are about different events. A
// document with fewer than tiny terms cannot show by its words what it is
// about, and as few voices as few were put side by side on purpose.
const (
	unlike = 0.02
	usual  = 0.07
	tiny   = 30
	few    = 8
)

// sameEvent holds the two documents against each other.
func (c *corpus) sameEvent(a, b *answer) (score float64, ok bool) {
	like := c.likeness(a.text, b.text)
	if like < unlike && c.voices > few && !shareName(a, b) {
		return 0, false
	}
	score = weights.event * min(1, (like-usual)/usual)
	if min(len(a.text.terms), len(b.text.terms)) < tiny {
		score = max(0, score)
	}
	return score, true
}

// sameSubject holds what the claims are about against each other.
func (c *corpus) sameSubject(a, b *answer) float64 {
	score := 0.0
	switch {
	case a.subject == none || b.subject == none:
	case a.subject == b.subject:
		score += weights.subject
	case !a.takesPart(b.subject) && !b.takesPart(a.subject):
		score += weights.otherSubject
	}
	if len(a.names) == 0 || len(b.names) == 0 {
		return score
	}
	rare := 0.0
	for _, id := range a.names {
		if b.takesPart(id) {
			rare += 0.5 * c.rarity(id)
		}
	}
	if rare == 0 {
		return score + weights.noNames
	}
	return score + weights.names*min(1, rare)
}

// takesPart reports whether a name is among those of an answer.
func (n *answer) takesPart(name int32) bool {
	_, found := slices.BinarySearch(n.names, name)
	return found
}

// sameCircumstances holds sentences, times, scopes and units against each other.
func (c *corpus) sameCircumstances(a, b *answer) float64 {
	score := weights.sentence * c.sentenceLikeness(a.context, b.context)
	if a.bygone != b.bygone {
		score += weights.bygone
	}
	if a.Time != nil && b.Time != nil && a.Time.Meets(*b.Time) {
		score += weights.sameTime
	}
	switch {
	case (len(a.scope) == 0) != (len(b.scope) == 0):
		score += weights.oneScope
	case len(a.scope) > 0 && scopesShare(a, b):
		score += weights.sameScope
	}
	if a.family == b.family && a.family != "number" && a.family != "entity" && a.family != "date" && a.family != "people" && a.family != "money" {
		score += weights.sameUnit
	}
	return score
}

// sentenceLikeness is the cosine of two sentences' terms weighted by rarity.
func (c *corpus) sentenceLikeness(a, b []int32) float64 {
	both, x, y := 0.0, 0.0, 0.0
	for _, id := range a {
		r := c.rarity(id)
		x += r * r
		if _, found := slices.BinarySearch(b, id); found {
			both += r * r
		}
	}
	for _, id := range b {
		r := c.rarity(id)
		y += r * r
	}
	if x == 0 || y == 0 {
		return 0
	}
	return both / math.Sqrt(x*y)
}

func shareName(a, b *answer) bool {
	return slices.ContainsFunc(a.names, b.takesPart)
}

// byValues is what the values themselves say against the same question, in log
// odds: nothing where they are near, more with each factor between the furthest
// that they can mean. It never rises when a value gets wider.
func byValues(a, b *answer) float64 {
	if a.family == "date" && b.family == "date" && a.Value.Period != nil && b.Value.Period != nil {
		years := daysApart(*a.Value.Period, *b.Value.Period) / 365.25
		return weights.far * min(4, 2*years)
	}
	p, q := a.Value.Quantity, b.Value.Quantity
	if p == nil || q == nil {
		return 0
	}
	x, y, ok := bring(*p, *q)
	if !ok {
		x, y = *p, *q
	}
	return weights.far * min(5, max(0, furthest(x, y)-math.Ln2))
}

// probability turns log odds into a share of 1.
func probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }
