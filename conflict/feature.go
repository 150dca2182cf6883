package conflict

import (
	"math"
	"slices"
)

// Two answers are held against each other by named features, each a number
// that says one thing about the pair, mostly 0 or 1. What they are worth is
// learned (model.go); what they are is written here.

// feature is one of them.
type feature struct {
	name string // as in weights.txt
	says string // in words, for those who read a conflict
	// sign is the only sign that its weight may have, 0 for either. Where a
	// value that leaves more room could otherwise make a conflict, the sign is held.
	sign int
}

// The features of the first stage: the words, then the values.
const (
	ofMoney = iota
	ofShares
	ofTimes
	ofDates
	ofNames
	ofCounts
	ofNothing
	ofSizes
	nearShared
	sentenceWords
	sentenceShared
	attributeWords
	attributeNear
	subjectWords
	nameWordsShared
	namesApart
	wordsBefore
	sameMeasured
	sameAbout
	otherAbout
	sameFate
	otherFate
	sameYear
	otherYear
	timesMeet
	timesApart
	oneBygone
	onePlanned
	onePart
	oneBound
	sameDirection
	oneChange
	sameRate
	otherRate
	sameNoun
	otherNoun
	sameScope
	oneScope
	documentsAlike
	covered
	choices
	wordFeatures // how many there are
)

const (
	valuesFar = wordFeatures + iota
	valuesWithin2
	valuesWithin8
	valuesWithin35
	valuesMeet
	digitsMeet
	datesMeet
	timesEqual
	sharesEqual
	moneyEqual
	smallNumbersBoth
	smallNumbersEqual
	datesEqual
	datesSaidAlike
	saidAlike
	monthsMeet
	yearsMeet
	daysFar
	oneBearer
	firstFeatures // how many there are
)

var firstStage = [firstFeatures]feature{
	ofMoney: {"money", "sums of money", 0}, ofShares: {"shares", "shares", 0}, ofTimes: {"times", "lengths of time", 0}, ofDates: {"dates", "dates", 0},
	ofNames: {"names", "names", 0}, ofCounts: {"counts", "counts", 0}, ofNothing: {"deeds", "what was done or not", 0},
	ofSizes: {"sizes", "sizes", 0},

	nearShared:      {"near-shared", "the same words stand beside both values", 1},
	sentenceWords:   {"sentence-words", "the sentences are in like words", 1},
	sentenceShared:  {"sentence-shared", "the sentences have words in common", 1},
	attributeWords:  {"attribute-words", "what is measured is said in like words", 1},
	attributeNear:   {"attribute-near", "what the one measures stands beside the value of the other", 1},
	subjectWords:    {"subject-words", "the subjects are alike", 1},
	nameWordsShared: {"names-shared", "the same names take part", 1},
	namesApart:      {"names-apart", "they have no name in common", -1},
	wordsBefore:     {"before-words", "what stands in front of the sentences is alike", 1},
	sameMeasured:    {"measured-same", "what is measured means the same", 1},
	sameAbout:       {"about-same", "the words beside the values mean the same", 1},
	otherAbout:      {"about-other", "the words beside the values mean different things", -1},
	sameFate:        {"fate-same", "the same was done to people", 1},
	otherFate:       {"fate-other", "something else was done to people", -1},
	sameYear:        {"year-same", "they are about the same year", 1},
	otherYear:       {"year-other", "they are about different years", -1},
	timesMeet:       {"times-meet", "their times fit", 1},
	timesApart:      {"times-apart", "their times do not fit", -1},
	oneBygone:       {"one-bygone", "only one of them is said to have been so before", -1},
	onePlanned:      {"one-planned", "one is planned, possible or denied, the other stated", -1},
	onePart:         {"one-part", "only one of them is said to be a part", -1},
	oneBound:        {"one-bound", "only one of them is a bound", 0},
	sameDirection:   {"direction-same", "both are changes in one direction", 1},
	oneChange:       {"one-change", "one is a level, the other a change", -1},
	sameRate:        {"rate-same", "they go by the same rate", 1},
	otherRate:       {"rate-other", "they go by different rates", -1},
	sameNoun:        {"noun-same", "the same things are counted", 1},
	otherNoun:       {"noun-other", "different things are counted", -1},
	sameScope:       {"scope-same", "the same narrows them", 1},
	oneScope:        {"one-scope", "only one of them is narrowed to a part", -1},
	choices:         {"choices", "the documents give many answers of this kind", -1},
	covered:         {"covered", "the one sentence says much of what the other says", 1},
	documentsAlike:  {"documents-alike", "the documents are alike", 1},

	valuesFar:         {"values-far", "the values are far apart", -1},
	valuesWithin2:     {"values-within-2%", "the values are within 2% of each other", 1},
	valuesWithin8:     {"values-within-8%", "the values are within 8% of each other", 1},
	valuesWithin35:    {"values-within-35%", "the values are within 35% of each other", 1},
	valuesMeet:        {"values-meet", "the values can be the same", 1},
	digitsMeet:        {"digits-meet", "the values can be the same, to many digits", 1},
	datesMeet:         {"dates-meet", "the dates can be the same", 1},
	timesEqual:        {"durations-meet", "the lengths of time can be the same", 1},
	sharesEqual:       {"shares-meet", "the shares can be the same", 1},
	moneyEqual:        {"sums-meet", "the sums can be the same", 1},
	smallNumbersEqual: {"small-numbers-equal", "the same small number, which is no coincidence to speak of", -1},
	smallNumbersBoth:  {"small-numbers", "both are small numbers", 0},
	datesEqual:        {"dates-equal", "the dates are the same", 1},
	datesSaidAlike:    {"dates-said", "the dates are said in like words", 1},
	saidAlike:         {"said", "the values are said in like words", 1},
	monthsMeet:        {"months-meet", "the dates are in the same month", 1},
	yearsMeet:         {"years-meet", "the dates are in the same year", 1},
	daysFar:           {"days-far", "the dates are far apart", -1},
	oneBearer:         {"one-bearer", "the names can be of one bearer", 1},
}

// small is up to where numbers are so common that two of them are easily the same.
const small = 12

// vector holds the first stage's features of a pair.
type vector [firstFeatures]float64

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// one reports whether exactly one of two holds.
func one(a, b bool) float64 { return flag(a != b) }

// byWords fills in what the words say, whatever the values.
func (f *vector) byWords(a, b *answer, p *pair) {
	*f = vector{}
	if k := kindFeature[a.class]; k >= 0 {
		f[k] = 1
	}
	if a.negated() != b.negated() {
		*f = vector{ofNothing: 1}
	}
	x, y := &a.words, &b.words
	o := overlapOf(x, y)
	f[nearShared] = logOfMore(o.near)
	f[sentenceWords], f[sentenceShared] = o.sentence, logOfMore(o.inSentence)
	f[attributeWords], f[attributeNear] = o.attribute, max(o.attributeNear, o.otherAttributeNear)
	f[subjectWords], f[nameWordsShared] = o.subject, o.names
	f[namesApart] = flag(!x.names.empty() && !y.names.empty() && f[nameWordsShared] == 0)
	f[wordsBefore] = o.before
	f[sameMeasured] = flag(x.measured.shares(&y.measured))
	f[sameAbout] = flag(x.about.shares(&y.about))
	f[otherAbout] = flag(x.about.excludes(&y.about))
	f[sameFate] = flag(x.human.shares(&y.human))
	f[otherFate] = flag(x.human.excludes(&y.human))
	f.circumstances(a, b)
	f[documentsAlike] = p.alike
	if p.brief {
		f[covered] = max(x.beside.within(&y.sentence), y.beside.within(&x.sentence))
	}
	f[choices] = p.choices
}

// logOfMore is the logarithm of one more than a number of words.
func logOfMore(n int) float64 {
	if n < len(logsOfMore) {
		return logsOfMore[n]
	}
	return math.Log1p(float64(n))
}

var logsOfMore = func() (table [64]float64) {
	for n := range table {
		table[n] = math.Log1p(float64(n))
	}
	return table
}()

// kindFeature is the feature that tells a class.
var kindFeature = [...]int{nothing: ofNothing, counts: ofCounts, money: ofMoney, shares: ofShares, times: ofTimes, sizes: ofSizes, dates: ofDates, names: ofNames}

// circumstances are times, modes, units and scopes.
func (f *vector) circumstances(a, b *answer) {
	if len(a.words.years) > 0 && len(b.words.years) > 0 {
		meet := slices.ContainsFunc(a.words.years, func(y int) bool { return slices.Contains(b.words.years, y) })
		f[sameYear], f[otherYear] = flag(meet), flag(!meet)
	}
	if a.Time != nil && b.Time != nil {
		meet := a.Time.Meets(*b.Time)
		f[timesMeet], f[timesApart] = flag(meet), flag(!meet)
	}
	f[oneBygone] = one(a.in.bygone, b.in.bygone)
	f[onePlanned] = flag(standing(a.modality) != standing(b.modality))
	f[onePart] = one(a.part, b.part)
	if len(a.scope) > 0 && len(b.scope) > 0 {
		f[sameScope] = flag(scopesShare(a, b))
	}
	f[oneScope] = one(len(a.scope) > 0, len(b.scope) > 0)
	p, q := a.Value.Quantity, b.Value.Quantity
	if p == nil || q == nil {
		return
	}
	f[oneBound] = one(p.Bound, q.Bound)
	f[sameDirection] = flag(p.Change == q.Change && p.Change != 0)
	f[oneChange] = one(p.Change == 0, q.Change == 0)
	rate := oneRate(a, b)
	f[sameRate] = flag(rate && (p.Per != "" || q.Per != ""))
	f[otherRate] = flag(!rate)
	switch {
	case a.class != counts, p.Unit == "", q.Unit == "":
	case a.family == b.family && a.family != "people" || p.Unit == q.Unit:
		f[sameNoun] = 1
	case a.family != b.family:
		f[otherNoun] = 1
	}
}

// nearer reports whether two values may stand nearer, at what they can mean, than
// they do at the furthest: elsewhere a pair and its rivals see the same in them.
func nearer(a, b *answer) bool {
	switch {
	case a.negated() != b.negated(), a.class == names:
		return false
	case a.class == dates || !a.size.isPoint() || !b.size.isPoint():
		return true
	}
	return a.size.meets(b.size)
}

// byValues fills in what the values say. Of a pair itself the furthest that
// they can mean counts, so that a value which leaves more room speaks less for
// it; of a rival the nearest, so that it is a stronger one.
func (f *vector) byValues(a, b *answer, rival bool) {
	clear(f[wordFeatures:])
	if a.negated() != b.negated() {
		return
	}
	x, y := a.size, b.size
	f[saidAlike] = alikeSaid(a.words.said, b.words.said)
	switch {
	case a.class == dates:
		f.byDates(x, y, rival)
		f[datesSaidAlike] = f[saidAlike]
	case a.class == names:
		f[oneBearer] = flag(bearersMeet(a, b, eitherPerson(a, b)))
	case a.Value.Quantity != nil && b.Value.Quantity != nil:
		f.byNumbers(a, b, rival)
	}
}

func (f *vector) byNumbers(a, b *answer, rival bool) {
	x, y := a.size, b.size
	meet := x.meets(y) && oneRate(a, b)
	far, near := x.ratios(y)
	if rival {
		far = near
		if meet {
			far = 0
		}
	}
	f[valuesFar] = far / endless
	f[valuesWithin2] = flag(far <= 0.02)
	f[valuesWithin8] = flag(far <= 0.08)
	f[valuesWithin35] = flag(far <= 0.35)
	if meet {
		f[valuesMeet] = 1
		f[digitsMeet] = logOfMore(min(x.digits, y.digits))
		f[timesEqual] = flag(a.class == times)
		f[sharesEqual] = flag(a.class == shares)
		f[moneyEqual] = flag(a.class == money)
	}
	if a.class == counts && x.isPoint() && y.isPoint() && max(x.point, y.point) <= small {
		f[smallNumbersBoth], f[smallNumbersEqual] = 1, flag(x.point == y.point)
	}
}

func (f *vector) byDates(x, y measured, rival bool) {
	far, near := x.apart(y)
	if rival {
		far = near
	}
	f[datesMeet] = flag(x.meets(y))
	f[datesEqual] = flag(!rival && x.low == y.low && x.high == y.high && x.clock == y.clock)
	f[monthsMeet] = flag(far <= 31)
	f[yearsMeet] = flag(far <= 366)
	f[daysFar] = min(1, math.Log1p(far/7)/8)
}

// alikeSaid is the share of the words and figures of two values, each sorted,
// that stand in both.
func alikeSaid(a, b []string) float64 {
	both := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
