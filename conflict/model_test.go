package conflict

import "testing"

func TestWeightsAreRead(t *testing.T) {
	m, err := ReadModel(weightsText)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadModel(m.String())
	if err != nil || again.String() != m.String() {
		t.Errorf("weights change in writing and reading: %v", err)
	}
	for s := range stages {
		for i, f := range s.features() {
			if f.name == "" || f.says == "" {
				t.Errorf("stage %s: feature %d has no name or words", s, i)
			}
			if w := m.linear[s].weights[i]; w*float64(f.sign) < 0 {
				t.Errorf("stage %s: %s weighs %v", s, f.name, w)
			}
		}
	}
}

func TestReadModelRefuses(t *testing.T) {
	for _, text := range []string{"words near-words", "words nothing 1", "guesses bias 1", "words bias x", "words bias NaN"} {
		if _, err := ReadModel(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
