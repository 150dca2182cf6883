package conflict

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed weights.txt
var weightsText string

// Stage is one of the model's steps, each a sum of weighted features through
// the logistic function: .5 is as likely as not.
type Stage int

// The stages. Words and Values say whether two answers answer one question,
// the first by the words alone. Rivals says so again, knowing what else the
// documents answer. Verdict says whether answers that nothing explains are a
// true conflict. The brief ones do the same for two documents of a sentence or
// two, which share less and mean more by it, see [Stage.Brief].
const (
	Words Stage = iota
	Values
	Rivals
	Verdict
	briefly
	stages = 2 * briefly
)

// Stages is how many stages there are, in the order in which they are learned.
const Stages = stages

var stageNames = [stages]string{"words", "values", "rivals", "verdict", "brief-words", "brief-values", "brief-rivals", "brief-verdict"}

// Brief reports whether the stage weighs pairs of brief documents, and no others.
func (s Stage) Brief() bool { return s >= briefly }

// Kind is the stage without regard to how long documents are.
func (s Stage) Kind() Stage { return s % briefly }

// String is the stage's name, as in weights.txt.
func (s Stage) String() string { return stageNames[s] }

// features are what a stage looks at.
func (s Stage) features() []feature {
	switch s.Kind() {
	case Words:
		return firstStage[:wordFeatures]
	case Values:
		return firstStage[:]
	case Rivals:
		return rivalStage[:]
	}
	return verdictStage[:]
}

// Features names what a stage looks at, and for each the only sign that its
// weight may have, 0 for either.
func (s Stage) Features() (names []string, signs []int) {
	for _, f := range s.features() {
		names, signs = append(names, f.name), append(signs, f.sign)
	}
	return names, signs
}

// Model is the learned part of comparing: the weights of every stage's features.
type Model struct {
	linear [stages]linear
	Setting
}

// linearOf is a stage's weights for a pair.
func (e *event) linearOf(s Stage, p *pair) *linear {
	if p.brief {
		s += briefly
	}
	return &e.model.linear[s]
}

// linear is one stage's weights.
type linear struct {
	bias    float64
	weights []float64
}

// odds are the log odds that the weights give to features.
func (l *linear) odds(x []float64) float64 {
	sum := l.bias
	for i, w := range l.weights {
		sum += w * x[i]
	}
	return steady(sum)
}

// learned is the model that comes with the program, read when first needed.
var learned = sync.OnceValue(func() *Model {
	m, err := ReadModel(weightsText)
	if err != nil {
		panic("conflict: weights.txt: " + err.Error()) // a test reads the file
	}
	return m
})

// NewModel returns a model that knows nothing: every weight is 0.
func NewModel() *Model {
	m := &Model{}
	for s := range stages {
		m.linear[s].weights = make([]float64, len(s.features()))
	}
	return m
}

// ReadModel reads weights as [Model.String] writes them. A feature that is not
// named weighs nothing; an unknown stage or feature is an error.
func ReadModel(text string) (*Model, error) {
	m := NewModel()
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 3 {
			return nil, fmt.Errorf("weights: %q: want a stage, a feature and a weight", line)
		}
		s := Stage(slices.Index(stageNames[:], fields[0]))
		w, err := strconv.ParseFloat(fields[2], 64)
		if s < 0 || err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("weights: %q: want a stage, a feature and a weight", line)
		}
		if fields[1] == "bias" {
			m.linear[s].bias = w
			continue
		}
		i := slices.IndexFunc(s.features(), func(f feature) bool { return f.name == fields[1] })
		if i < 0 {
			return nil, fmt.Errorf("weights: stage %s has no feature %q", s, fields[1])
		}
		m.linear[s].weights[i] = w
	}
	return m, nil
}

// With returns a copy of the model with a stage's weights replaced.
func (m *Model) With(s Stage, bias float64, weights []float64) *Model {
	out := *m
	out.linear[s] = linear{bias, slices.Clone(weights)}
	return &out
}

// String writes the weights, a stage, a feature and a weight a line.
func (m *Model) String() string {
	var b strings.Builder
	for s := range stages {
		fmt.Fprintf(&b, "%s bias %.3f\n", s, m.linear[s].bias)
		for i, f := range s.features() {
			if w := m.linear[s].weights[i]; math.Abs(w) >= 0.0005 {
				fmt.Fprintf(&b, "%s %s %.3f\n", s, f.name, w)
			}
		}
	}
	return b.String()
}

// probability turns log odds into a share of 1.
func probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }

// atLeast are log odds whose chance is no less than one given, and hardly more; endless
// where there are none.
func atLeast(chance float64) float64 {
	if !(chance > 0 && chance < 1) {
		return math.Inf(1)
	}
	return oddsOf[int(chance*float64(len(oddsOf)))]
}

// oddsOf are the log odds at the upper ends of equal parts of all chances: millions are
// asked for.
var oddsOf = func() (table [512]float64) {
	for i := range table {
		chance := float64(i+1) / float64(len(table))
		table[i] = math.Log(chance / (1 - chance))
	}
	return table
}()
