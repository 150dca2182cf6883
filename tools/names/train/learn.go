package main

import (
	"encoding/binary"
	"math"
	"math/rand/v2"

	"crosscheck/extract/name/label"
)

type options struct {
	rounds       int
	drop, margin float64
}

// learner is a structured perceptron with a margin, its weights averaged over
// all the states that it went through: for each sentence it looks for the best
// labels, gives every wrong one a head start, and where these win it moves the
// weights towards the right ones.
type learner struct {
	weights, sums []float32 // a row a feature, a column a label
	since         []int32   // when a weight was last added into sums
	after         [label.Labels][label.Labels]float32
	afterSums     [label.Labels][label.Labels]float64
	now           int32
}

func learn(sentences []sentence, o options) *learner {
	const n = label.Rows * label.Labels
	l := &learner{weights: make([]float32, n), sums: make([]float32, n), since: make([]int32, n)}
	chance := rand.New(rand.NewPCG(1, 2))
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	var reader label.Reader
	for range o.rounds {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			reader.Read(sentences[i].words)
			l.sentence(&reader, sentences[i].gold, o, chance)
		}
	}
	for i := range l.weights {
		l.settle(i)
	}
	return l
}

// sentence learns from each stretch of words that may be names.
func (l *learner) sentence(r *label.Reader, gold []label.Label, o options, chance *rand.Rand) {
	for i := 0; i < len(gold); {
		if !r.Open(i) {
			i++
			continue
		}
		start := i
		var rows [][]uint32
		var scores [][label.Labels]float32
		for ; i < len(gold) && r.Open(i); i++ {
			all, lexical := r.Rows(i)
			if chance.Float64() < o.drop {
				all = all[lexical:]
			}
			rows = append(rows, append([]uint32(nil), all...))
			scores = append(scores, l.score(all))
		}
		l.stretch(rows, scores, closed(gold[start:i]), float32(o.margin))
	}
}

// closed makes labels begin with the beginning of a name, where words that are
// never open cut its front off.
func closed(gold []label.Label) []label.Label {
	out := append([]label.Label(nil), gold...)
	if out[0].IsInside() {
		out[0] = label.Begin(out[0].Kind())
	}
	return out
}

func (l *learner) score(rows []uint32) (sum [label.Labels]float32) {
	for _, row := range rows {
		for k, w := range l.weights[int(row)*label.Labels:][:label.Labels] {
			sum[k] += w
		}
	}
	return sum
}

func (l *learner) stretch(rows [][]uint32, scores [][label.Labels]float32, gold []label.Label, margin float32) {
	l.now++
	for i := range scores {
		for k := range scores[i] {
			if label.Label(k) != gold[i] {
				scores[i][k] += margin
			}
		}
	}
	guess := make([]label.Label, len(gold))
	label.Best(scores, &l.after, guess)
	before, guessBefore := label.Outside, label.Outside
	for i := range gold {
		if gold[i] != guess[i] {
			for _, row := range rows[i] {
				l.move(int(row)*label.Labels+int(gold[i]), 1)
				l.move(int(row)*label.Labels+int(guess[i]), -1)
			}
		}
		l.step(before, gold[i], guessBefore, guess[i])
		before, guessBefore = gold[i], guess[i]
	}
	l.step(before, label.Outside, guessBefore, label.Outside)
}

func (l *learner) step(a, b, guessA, guessB label.Label) {
	if a == guessA && b == guessB {
		return
	}
	l.after[a][b]++
	l.afterSums[a][b] -= float64(l.now)
	l.after[guessA][guessB]--
	l.afterSums[guessA][guessB] += float64(l.now)
}

func (l *learner) move(i int, by float32) {
	l.settle(i)
	l.weights[i] += by
}

// settle adds a weight into its sum for the time that it has stood.
func (l *learner) settle(i int) {
	l.sums[i] += l.weights[i] * float32(l.now-l.since[i])
	l.since[i] = l.now
}

// encode gives the averaged weights in the form that label.Open reads, scaled
// so that all but the one in ten thousand that are largest fit a signed byte.
func (l *learner) encode() string {
	average := func(i int) float64 { return float64(l.sums[i]) / float64(l.now) }
	largest := 0.0
	for i := range l.sums {
		largest = max(largest, math.Abs(average(i)))
	}
	scale := 127 / min(largest, 8)
	out := make([]byte, 0, label.Size)
	for i := range l.sums {
		out = append(out, byte(int8(math.Round(max(-127, min(127, average(i)*scale))))))
	}
	for a := range l.after {
		for b := range l.after[a] {
			// The sum over time of a weight that moved by d at t is d*(now-t).
			w := float64(l.after[a][b]) + l.afterSums[a][b]/float64(l.now)
			out = binary.BigEndian.AppendUint16(out, uint16(int16(math.Round(w*scale))))
		}
	}
	return string(out)
}
