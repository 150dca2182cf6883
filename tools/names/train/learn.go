package main

import (
	"encoding/binary"
	"math"
	"math/rand/v2"

	"crosscheck/extract/name/label"
)

type options struct {
	rounds       int
	starts       int
	drop, bias   float64
	hide         float64
	rate, shrink float64
	vary         float64
	varier       *varier
}

// learner is a conditional random field: the probability of a sequence of
// labels is the softmax of its summed weights. It climbs the likelihood of the
// labelled sentences step by step, each weight with its own rate (AdaGrad), and
// shrinks weights towards nothing as it goes.
type learner struct {
	weights, squares []float32 // a row a feature, a column a label
	after            table
	afterSquares     table
	// sums of the weights at the ends of the later rounds, and their number.
	sums      []float32
	afterSums table
	summed    float64
	options
}

type table [label.Labels][label.Labels]float32

func learn(sentences []sentence, o options) *learner {
	const n = label.Rows * label.Labels
	l := &learner{weights: make([]float32, n), squares: make([]float32, n), sums: make([]float32, n), options: o}
	for start := range o.starts {
		l.forget()
		l.learn(sentences, rand.New(rand.NewPCG(uint64(start)+1, 2)))
	}
	return l
}

// forget begins anew, and keeps the sums.
func (l *learner) forget() {
	clear(l.weights)
	clear(l.squares)
	l.after, l.afterSquares = table{}, table{}
}

// learn reads the sentences round after round, in another order each time.
func (l *learner) learn(sentences []sentence, chance *rand.Rand) {
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	var reader label.Reader
	for round := range l.rounds {
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			s := sentences[i]
			if chance.Float64() < l.vary {
				s = l.varier.vary(s)
			}
			reader.Read(s.words)
			l.sentence(&reader, s.gold, chance)
		}
		if round >= l.rounds/2 {
			l.sum()
		}
	}
}

// sum adds the weights as they are to those that will be averaged: what one
// order of the sentences taught by accident, another does not.
func (l *learner) sum() {
	l.summed++
	for i, w := range l.weights {
		l.sums[i] += w
	}
	for a := range l.after {
		for b, w := range l.after[a] {
			l.afterSums[a][b] += w
		}
	}
}

// sentence learns from each stretch of words that may be names.
func (l *learner) sentence(r *label.Reader, gold []label.Label, chance *rand.Rand) {
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
			if chance.Float64() < l.drop {
				all = all[lexical:]
			}
			kept := make([]uint32, 0, len(all))
			for _, row := range all {
				if chance.Float64() >= l.hide {
					kept = append(kept, row)
				}
			}
			rows = append(rows, kept)
			scores = append(scores, l.score(kept))
		}
		l.stretch(rows, scores, closed(gold[start:i]))
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

// stretch moves the weights towards the gold labels of one stretch of words and
// away from what they now expect.
func (l *learner) stretch(rows [][]uint32, scores [][label.Labels]float32, gold []label.Label) {
	words, steps := l.expect(scores)
	for i := range gold {
		var slope [label.Labels]float32
		for k := range slope {
			slope[k] = -words[i][k]
		}
		slope[gold[i]]++
		for _, row := range rows[i] {
			at := int(row) * label.Labels
			for k, g := range slope {
				l.move(&l.weights[at+k], &l.squares[at+k], g)
			}
		}
	}
	before := label.Outside
	for _, g := range append(gold, label.Outside) {
		steps[before][g]--
		before = g
	}
	for a := range steps {
		for b := range steps[a] {
			l.move(&l.after[a][b], &l.afterSquares[a][b], -steps[a][b])
		}
	}
}

func (l *learner) move(weight, square *float32, slope float32) {
	if slope < 1e-4 && slope > -1e-4 {
		return
	}
	slope -= float32(l.shrink) * *weight
	*square += slope * slope
	*weight += float32(l.rate) * slope / (float32(math.Sqrt(float64(*square))) + 1e-3)
}

// expect gives the probability of each label at each word, and how often one
// label is expected after another (forward and backward sums, in logarithms).
func (l *learner) expect(scores [][label.Labels]float32) (words [][label.Labels]float32, steps table) {
	n := len(scores)
	forward := make([][label.Labels]float64, n)
	backward := make([][label.Labels]float64, n)
	for i := range n {
		for b := range label.Label(label.Labels) {
			var sum []float64
			for a := range label.Label(label.Labels) {
				if !label.Follows(a, b) || i == 0 && a != label.Outside {
					continue
				}
				before := 0.0
				if i > 0 {
					before = forward[i-1][a]
				}
				sum = append(sum, before+float64(l.after[a][b]))
			}
			forward[i][b] = logSum(sum) + float64(scores[i][b])
		}
	}
	for i := n - 1; i >= 0; i-- {
		for a := range label.Label(label.Labels) {
			if i == n-1 {
				backward[i][a] = float64(l.after[a][label.Outside])
				continue
			}
			var sum []float64
			for b := range label.Label(label.Labels) {
				if label.Follows(a, b) {
					sum = append(sum, float64(l.after[a][b])+float64(scores[i+1][b])+backward[i+1][b])
				}
			}
			backward[i][a] = logSum(sum)
		}
	}
	var ends []float64
	for k := range forward[n-1] {
		ends = append(ends, forward[n-1][k]+backward[n-1][k])
	}
	whole := logSum(ends)
	words = make([][label.Labels]float32, n)
	for i := range n {
		for b := range label.Label(label.Labels) {
			words[i][b] = float32(math.Exp(forward[i][b] + backward[i][b] - whole))
			if i == 0 {
				steps[label.Outside][b] += words[i][b]
				continue
			}
			for a := range label.Label(label.Labels) {
				if label.Follows(a, b) {
					steps[a][b] += float32(math.Exp(forward[i-1][a] + float64(l.after[a][b]) + float64(scores[i][b]) + backward[i][b] - whole))
				}
			}
		}
	}
	for k := range words[n-1] {
		steps[k][label.Outside] += words[n-1][k]
	}
	return words, steps
}

func logSum(terms []float64) float64 {
	largest := math.Inf(-1)
	for _, t := range terms {
		largest = max(largest, t)
	}
	if math.IsInf(largest, -1) {
		return largest
	}
	sum := 0.0
	for _, t := range terms {
		sum += math.Exp(t - largest)
	}
	return largest + math.Log(sum)
}

// encode gives the averaged weights in the form that label.Open reads. They are scaled
// so that nearly all fit a signed byte; the few that do not are cut.
func (l *learner) encode() string {
	const largest = 2.0
	scale := 127 / largest / l.summed
	out := make([]byte, 0, label.Size)
	for _, w := range l.sums {
		out = append(out, byte(int8(math.Round(max(-127, min(127, float64(w)*scale))))))
	}
	for a := range l.afterSums {
		for b, w := range l.afterSums[a] {
			if b == 0 {
				w += float32(l.bias * l.summed)
			}
			out = binary.BigEndian.AppendUint16(out, uint16(int16(math.Round(float64(w)*scale))))
		}
	}
	return string(out)
}
