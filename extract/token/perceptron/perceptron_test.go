package perceptron

import "testing"

func TestCompileAndOpen(t *testing.T) {
	word := Word.Of(Hash("hall"))
	table, err := Compile(Weights{
		Features: map[uint64]map[string]float64{
			Bias.Of(0):                   {"NN": .1, "VB": .2},
			word:                         {"NN": 40.5, "VB": -40.5}, // past 16 bits of thousandths
			TagBefore.Of(Hash("DT")):     {"NN": 1},
			Suffix.Of(Hash("all")):       {"VB": 70},
			WordAfter.Of(Hash("opened")): {"NN": .001},
		},
		Known: map[string]string{"the": "DT"},
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(string(table))
	if err != nil {
		t.Fatal(err)
	}
	dt, known := m.Known(Hash("the"))
	if !known || m.Name(dt) != "DT" {
		t.Errorf("the: %v %v", m.Name(dt), known)
	}
	if _, known := m.Known(Hash("hall")); known {
		t.Error("hall is taken for a word with one tag")
	}
	for _, c := range []struct {
		before   Tag
		features [Features]uint64
		want     string
	}{
		{m.Start(), [Features]uint64{}, "VB"},
		{dt, [Features]uint64{}, "NN"},
		{m.Start(), [Features]uint64{word}, "NN"},
		{m.Start(), [Features]uint64{word, Suffix.Of(Hash("all"))}, "NN"}, // 40.6 against 29.7
		{m.Start(), [Features]uint64{word, Suffix.Of(Hash("all")), Suffix.Of(Hash("all"))}, "VB"},
	} {
		var runs [Features]Run
		for i, feature := range c.features {
			runs[i] = m.Find(feature)
		}
		if got := m.Name(m.Predict(c.before, m.Start2(), &runs)); got != c.want {
			t.Errorf("%v: %s, want %s", c.features, got, c.want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	table, err := Compile(Weights{Known: map[string]string{"the": "DT"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "xctags02", string(table[:len(table)-1]), "xctags01" + string(table[8:])} {
		if _, err := Open(bad); err == nil {
			t.Errorf("a table of %d bytes was opened", len(bad))
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	if _, err := Compile(Weights{Features: map[uint64]map[string]float64{1: {"NN": .00025}}}); err == nil {
		t.Error("a weight that is no whole number of thousandths was taken")
	}
}
