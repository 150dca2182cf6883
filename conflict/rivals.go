package conflict

import "math"

// The features of the second stage: a pair among its rivals.
const (
	firstWords = iota
	firstValues
	rivalMoney
	rivalShares
	rivalTimes
	rivalDates
	rivalNames
	rivalCounts
	rivalNothing
	rivalSizes
	wordsMarginLeast
	wordsMarginMost
	valuesMarginLeast
	valuesMarginMost
	bestByWords
	bestByValues
	rivalsMany
	thirdSupports
	thirdContradicts
	rivalFeatures
)

var rivalStage = [rivalFeatures]feature{
	firstWords:  {"words", "what the words say", 1},
	firstValues: {"values", "what words and values say", 1},
	rivalMoney:  {"money", "sums of money", 0}, rivalShares: {"shares", "shares", 0}, rivalTimes: {"times", "lengths of time", 0},
	rivalDates: {"dates", "dates", 0}, rivalNames: {"names", "names", 0}, rivalCounts: {"counts", "counts", 0}, rivalNothing: {"deeds", "what was done or not", 0},
	rivalSizes:        {"sizes", "sizes", 0},
	wordsMarginLeast:  {"words-margin-least", "by their words, nothing else fits either of them as well", 1},
	wordsMarginMost:   {"words-margin-most", "by its words, nothing else fits one of them as well", 1},
	valuesMarginLeast: {"values-margin-least", "nothing else fits either of them as well", 1},
	valuesMarginMost:  {"values-margin-most", "nothing else fits one of them as well", 1},
	bestByWords:       {"best-by-words", "by their words each is the other's best match", 1},
	bestByValues:      {"best-by-values", "each is the other's best match", 1},
	rivalsMany:        {"rivals", "there are other answers that would fit", -1},
	thirdSupports:     {"third-supports", "a third document joins them", 0},
	thirdContradicts:  {"third-contradicts", "a third document sets them apart", 0},
}

const (
	marginMost  = 4.0  // log odds beyond which a margin does not count
	noRival     = -5.0 // log odds of the rival that is not there
	asGood      = 1.5  // log odds by which a rival may be worse and is still one
	secondScale = 6.0  // log odds of the first stage that still count
)

type rivalVector [rivalFeatures]float64

// amongRivals fills in what the documents' other answers say of a pair.
func (e *event) amongRivals(p *pair) rivalVector {
	f := e.betweenTwo(p)
	f[thirdSupports], f[thirdContradicts] = e.third(p)
	return f
}

// betweenTwo fills in what the other answers of the two documents say of a pair.
func (e *event) betweenTwo(p *pair) rivalVector {
	f := e.ownOf(p)
	var m margin
	for side, end := range [2]int32{p.a, p.b} {
		words, best := noRival, noRival
		e.rivals(p, end, func(o *pair) { words, best = max(words, o.words), max(best, o.rival) })
		m[side] = p.above(words, best)
	}
	f.byMargin(m)
	f[rivalsMany] = math.Log1p(float64(e.countRivals(p)))
	return f
}

// margin is by how much a pair fits better than the best of its rivals, for
// either end: by the words, and by words and values.
type margin [2]struct{ words, values float64 }

// above is the margin over the best rivals of one end.
func (p *pair) above(words, values float64) struct{ words, values float64 } {
	return struct{ words, values float64 }{clamp(p.words-words, marginMost), clamp(p.values-values, marginMost)}
}

func (f *rivalVector) byMargin(m margin) {
	f[wordsMarginLeast], f[wordsMarginMost] = min(m[0].words, m[1].words), max(m[0].words, m[1].words)
	f[valuesMarginLeast], f[valuesMarginMost] = min(m[0].values, m[1].values), max(m[0].values, m[1].values)
	f[bestByWords], f[bestByValues] = flag(f[wordsMarginLeast] > 0), flag(f[valuesMarginLeast] > 0)
}

// margins are those of all pairs. An answer's pairs with one text have the same
// best rival, but for the best itself and those that say the same.
func (e *event) margins() []margin {
	if cap(e.corpus.slate.margins) < len(e.pairs) {
		e.corpus.slate.margins = make([]margin, len(e.pairs)+len(e.pairs)/4)
	}
	out := e.corpus.slate.margins[:len(e.pairs)] // every side of each is filled in
	for i, links := range e.of {
		for from, to := 0, 0; from < len(links); from = to {
			words, values := from, from
			for to = from; to < len(links) && e.answers[links[to].to].text == e.answers[links[from].to].text; to++ {
				p := &e.pairs[links[to].pair]
				if p.words > e.pairs[links[words].pair].words {
					words = to
				}
				if p.rival > e.pairs[links[values].pair].rival {
					values = to
				}
			}
			for _, l := range links[from:to] {
				p := &e.pairs[l.pair]
				bestWords, best := noRival, noRival
				if e.rival(l.to, links[words].to) && e.rival(l.to, links[values].to) {
					bestWords, best = max(noRival, e.pairs[links[words].pair].words), max(noRival, e.pairs[links[values].pair].rival)
				} else {
					e.rivals(p, int32(i), func(o *pair) { bestWords, best = max(bestWords, o.words), max(best, o.rival) })
				}
				side := 0
				if p.b == int32(i) {
					side = 1
				}
				out[l.pair][side] = p.above(bestWords, best)
			}
		}
	}
	return out
}

// rival reports whether two answers of one text are rivals: they say something else.
func (e *event) rival(i, j int32) bool {
	return i != j && !saysTheSame(e.answers[i], e.answers[j])
}

// countRivals counts those of a pair that fit about as well as it does.
func (e *event) countRivals(p *pair) (many int) {
	for _, end := range [2]int32{p.a, p.b} {
		e.rivals(p, end, func(o *pair) {
			if o.rival >= p.values-asGood {
				many++
			}
		})
	}
	return many
}

// ownOf fills in what a pair has of itself.
func (e *event) ownOf(p *pair) (f rivalVector) {
	f[firstWords], f[firstValues] = clamp(p.words, secondScale), clamp(p.values, secondScale)
	a, b := e.answers[p.a], e.answers[p.b]
	if k := kindFeature[a.class]; a.negated() != b.negated() {
		f[rivalNothing] = 1
	} else if k >= 0 {
		f[rivalMoney+k] = 1
	}
	return f
}

func clamp(x, most float64) float64 { return max(-most, min(most, x)) }

// third looks at what third documents answer best to either end: one answer to
// both joins them, different ones set them apart. By the words alone, so that a
// value that leaves more room joins nothing.
func (e *event) third(p *pair) (joined, apart float64) {
	x, y := e.best(p.a), e.best(p.b)
	most := [2]float64{math.Inf(-1), math.Inf(-1)} // log odds that they are joined, and set apart
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i].place < y[j].place:
			i++
		case x[i].place > y[j].place:
			j++
		default:
			s, t := e.answers[x[i].answer], e.answers[y[j].answer]
			if s.text != e.answers[p.a].text && s.text != e.answers[p.b].text {
				how := 1
				if s == t || saysTheSame(s, t) {
					how = 0
				}
				most[how] = max(most[how], min(x[i].words, y[j].words))
			}
			i++
			j++
		}
	}
	return probability(most[0]), probability(most[1])
}

// partner is the answer of another text that fits best by the words.
type partner struct {
	answer int32
	place  int32 // of its text
	words  float64
}

// best lists an answer's partners, one a text, by the place of the text.
func (e *event) best(i int32) []partner {
	if e.partners == nil {
		e.partners = make([][]partner, len(e.answers))
	}
	if e.partners[i] != nil || len(e.of[i]) == 0 {
		return e.partners[i]
	}
	var out []partner
	for _, l := range e.of[i] {
		fits := partner{l.to, int32(e.answers[l.to].text.place), e.pairs[l.pair].words}
		if n := len(out); n > 0 && out[n-1].place == fits.place {
			if fits.words > out[n-1].words {
				out[n-1] = fits
			}
			continue
		}
		out = append(out, fits)
	}
	e.partners[i] = out
	return out
}
