package main

import "math"

// sample is what a stage of the model learns from: features and outcomes.
type sample struct {
	x [][]float64
	y []bool
}

func (s *sample) add(x []float64, y bool) {
	s.x = append(s.x, x)
	s.y = append(s.y, y)
}

const (
	rounds = 40    // of weighing the examples anew
	passes = 8     // over the features in each
	enough = 1e-4  // change of a weight that no longer counts
	least  = 0.002 // weight of the surest example
)

// fit learns a bias and weights by logistic regression. penalty is the weight of
// the squares of the weights, each times its feature's variance, against all
// examples together; signs are the only signs that weights may have. It is
// Newton's method with the quadratic solved one weight at a time, where a bound
// is a matter of cutting off.
func fit(s *sample, signs []int, penalty float64) (bias float64, weights []float64) {
	n, m := len(s.x), len(signs)
	weights = make([]float64, m)
	if n == 0 {
		return 0, weights
	}
	columns := make([][]float64, m)
	variance := make([]float64, m)
	for j := range columns {
		columns[j] = make([]float64, n)
		sum, squares := 0.0, 0.0
		for i, x := range s.x {
			columns[j][i] = x[j]
			sum += x[j]
			squares += x[j] * x[j]
		}
		variance[j] = squares/float64(n) - sum*sum/float64(n)/float64(n)
	}
	odds, weight, rest := make([]float64, n), make([]float64, n), make([]float64, n)
	for range rounds {
		all := 0.0
		for i := range n {
			p := 1 / (1 + math.Exp(-odds[i]))
			weight[i] = max(least, p*(1-p))
			y := 0.0
			if s.y[i] {
				y = 1
			}
			rest[i] = (y - p) / weight[i]
			all += weight[i]
		}
		moved := 0.0
		for range passes {
			step := 0.0
			for i := range n {
				step += weight[i] * rest[i]
			}
			step /= all
			bias += step
			moved = max(moved, math.Abs(step))
			for i := range n {
				rest[i] -= step
			}
			for j, column := range columns {
				if variance[j] < 1e-9 {
					continue
				}
				slope, curve := -penalty*variance[j]*weights[j], penalty*variance[j]
				for i, x := range column {
					slope += weight[i] * rest[i] * x
					curve += weight[i] * x * x
				}
				w := weights[j] + slope/curve
				if float64(signs[j])*w < 0 {
					w = 0
				}
				step := w - weights[j]
				if step == 0 {
					continue
				}
				weights[j] = w
				moved = max(moved, math.Abs(step))
				for i, x := range column {
					rest[i] -= step * x
				}
			}
		}
		for i, x := range s.x {
			odds[i] = bias
			for j, w := range weights {
				odds[i] += w * x[j]
			}
		}
		if moved < enough {
			break
		}
	}
	return bias, weights
}
