package conflict

import (
	"context"
	"math"
	"slices"
)

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
	f[thirdSupports], f[thirdContradicts] = e.third(p, math.Inf(1))
	return f
}

// betweenTwo fills in what the other answers of the two documents say of a pair.
func (e *event) betweenTwo(p *pair) rivalVector {
	f := e.ownOf(p)
	var m margin
	many := 0
	for side, end := range [2]int32{p.a, p.b} {
		words, best := noRival, noRival
		e.rivals(p, end, func(o *pair) {
			words, best = max(words, o.words), max(best, o.rival)
			if o.rival >= p.values-asGood {
				many++
			}
		})
		m[side] = p.above(words, best)
	}
	f.byMargin(m)
	f[rivalsMany] = logOfMore(many)
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

// block is the pairs of two texts' answers while they are looked at together.
type block struct {
	cells []cell
	lanes [2][]lane // of either text, answer → its pairs with the other text
}

// cell is a pair, each of whose ends is an answer of one text. The two texts come in
// one order in all that has two of something.
type cell struct {
	at           [2]int32 // which answer of its text
	answer       [2]int32 // of the event
	next         [2]int32 // the next cell of the same lane, -1 for none
	words, rival float64
}

// lane is the cells of one answer, -1 for none: the first, the last, and the first of
// those that fit best by the words, and as a rival.
type lane struct{ first, last, words, rival int32 }

// begin empties the block for two texts with so many answers.
func (b *block) begin(here, there int) {
	b.cells = b.cells[:0]
	for side, n := range [2]int{here, there} {
		b.lanes[side] = slices.Grow(b.lanes[side][:0], n)[:n]
		for i := range b.lanes[side] {
			b.lanes[side][i] = lane{-1, -1, -1, -1}
		}
	}
}

// add adds the pair of the k-th answer of one text and the l-th of the other.
func (b *block) add(k, l int, here, there int32, p *pair) {
	c := cell{[2]int32{int32(k), int32(l)}, [2]int32{here, there}, [2]int32{-1, -1}, p.words, p.rival}
	n := int32(len(b.cells))
	for side := range c.at {
		lane := &b.lanes[side][c.at[side]]
		if lane.first < 0 {
			lane.first, lane.words, lane.rival = n, n, n
		} else {
			b.cells[lane.last].next[side] = n
			if c.words > b.cells[lane.words].words {
				lane.words = n
			}
			if c.rival > b.cells[lane.rival].rival {
				lane.rival = n
			}
		}
		lane.last = n
	}
	b.cells = append(b.cells, c)
}

// weighBlock gives the pairs of two texts, the first of which is told, at most the
// odds of the second stage, and notes which fit best.
func (e *event) weighBlock(b *block, from int) {
	most := logOfMore(2 * len(e.answers)) // of rivals
	for n := range b.cells {
		c, p := &b.cells[n], &e.pairs[from+n]
		f, odds := e.ownOf(p), e.linearOf(Rivals, p)
		var m margin
		for side := range c.at {
			m[side] = p.above(e.bestRivals(b, c, side))
		}
		f.byMargin(m)
		p.same = odds.odds(f[:]) + max(0, most*odds.weights[rivalsMany]) + max(0, odds.weights[thirdSupports]) + max(0, odds.weights[thirdContradicts])
	}
	for side := range b.lanes {
		for _, l := range b.lanes[side] {
			if l.first >= 0 {
				c := &b.cells[l.words]
				own, other := c.answer[side], c.answer[1-side]
				e.partners[own] = append(e.partners[own], partner{other, int32(e.answers[other].text.place), c.words})
			}
		}
	}
}

// bestRivals are the odds of the best rivals of a pair at one end, by the words and as
// rivals. All of a lane have the same, but for the best themselves and what says the
// same as these.
func (e *event) bestRivals(b *block, c *cell, side int) (words, rival float64) {
	replaced, lane := c.answer[1-side], &b.lanes[side][c.at[side]]
	w, r := &b.cells[lane.words], &b.cells[lane.rival]
	if e.rival(replaced, w.answer[1-side]) && (w == r || e.rival(replaced, r.answer[1-side])) {
		return max(noRival, w.words), max(noRival, r.rival)
	}
	words, rival = noRival, noRival
	for k := lane.first; k >= 0; k = b.cells[k].next[side] {
		if o := &b.cells[k]; e.rival(o.answer[1-side], replaced) {
			words, rival = max(words, o.words), max(rival, o.rival)
		}
	}
	return words, rival
}

// weighRivals fills in the second stage's odds of the pairs that may answer one
// question. Most of the others are told by the first text that sets their ends apart.
func (e *event) weighRivals(ctx context.Context) error {
	for k := range e.pairs {
		if k%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p := &e.pairs[k]
		if p.same < unlikely {
			continue
		}
		odds := e.linearOf(Rivals, p)
		joined, apart := e.third(p, atLeast((p.same-unlikely+leeway)/-odds.weights[thirdContradicts]))
		if least := p.same + min(0, odds.weights[thirdContradicts])*apart; least < unlikely {
			p.same = least
			continue
		}
		f := e.betweenTwo(p)
		f[thirdSupports], f[thirdContradicts] = joined, apart
		p.best, p.same = f[bestByValues] == 1, odds.odds(f[:])
	}
	return nil
}

// leeway is more than odds can be off by being rounded.
const leeway = 1e-5

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

// partner is the answer of another text that fits best by the words.
type partner struct {
	answer int32
	place  int32 // of its text
	words  float64
}

// roomForPartners makes room for each answer's partners, given with how many others
// each text is held against.
func (e *event) roomForPartners(met []int) {
	all := 0
	for _, n := range e.answers {
		all += met[n.text.place]
	}
	room := slices.Grow(e.corpus.slate.partners[:0], all)[:all]
	e.corpus.slate.partners, e.partners = room, make([][]partner, len(e.answers))
	for i, n := range e.answers {
		most := met[n.text.place]
		e.partners[i], room = room[:0:most], room[most:]
	}
}

// third looks at what third documents answer best to either end: one answer to
// both joins them, different ones set them apart. By the words alone, so that a
// value that leaves more room joins nothing. It looks no further when the log odds
// that they are set apart are as large as asked for.
func (e *event) third(p *pair, enough float64) (joined, apart float64) {
	x, y := e.partners[p.a], e.partners[p.b]
	join, part := math.Inf(-1), math.Inf(-1) // log odds
	for i, j := 0, 0; i < len(x) && j < len(y) && part < enough; {
		switch {
		case x[i].place < y[j].place:
			i++
		case x[i].place > y[j].place:
			j++
		default: // neither text of the pair: no answer has a partner in its own
			if both := min(x[i].words, y[j].words); e.rival(x[i].answer, y[j].answer) {
				part = max(part, both)
			} else {
				join = max(join, both)
			}
			i++
			j++
		}
	}
	return probability(join), probability(part)
}
