package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crosscheck/conflict"
)

func TestFitFindsWeights(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	want := []float64{1.5, -2, 0}
	var s sample
	for range 20_000 {
		x := []float64{r.NormFloat64(), r.Float64(), r.NormFloat64()}
		odds := -0.5
		for j, w := range want {
			odds += w * x[j]
		}
		s.add(x, r.Float64() < 1/(1+math.Exp(-odds)))
	}
	bias, weights := fit(&s, []int{0, 0, 0}, 0.1)
	if math.Abs(bias+0.5) > 0.1 {
		t.Errorf("bias %.2f, want -0.5", bias)
	}
	for j, w := range want {
		if math.Abs(weights[j]-w) > 0.1 {
			t.Errorf("weight %d is %.2f, want %.2f", j, weights[j], w)
		}
	}
	if _, held := fit(&s, []int{0, 1, 0}, 0.1); held[1] != 0 {
		t.Errorf("a weight that may not be negative is %.2f", held[1])
	}
	if _, small := fit(&s, []int{0, 0, 0}, 1e6); math.Abs(small[0]) > 0.05 {
		t.Errorf("held down, the weight is still %.2f", small[0])
	}
}

func TestFind(t *testing.T) {
	text := "40 came, 40 went and\n40 stayed"
	for _, c := range []struct {
		quote string
		n, at int
	}{{"40", 1, 0}, {"40", 2, 9}, {"40", 9, 21}, {"went and 40", 1, 12}, {"50", 1, -1}} {
		span, ok := find(text, c.quote, c.n)
		if ok != (c.at >= 0) || ok && span.Start != c.at {
			t.Errorf("%q %d: %v %v, want %d", c.quote, c.n, span, ok, c.at)
		}
	}
}

// TestRun teaches from a few small fires and asks for weights that read back
// and that have learned something.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	for i, place := range []string{"Orvale", "Tinmouth", "Castle Brae", "Nether Combe"} {
		docs := filepath.Join(dir, place, "docs")
		if err := os.MkdirAll(docs, 0o755); err != nil {
			t.Fatal(err)
		}
		write := func(name, text string) {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write(filepath.Join(docs, "a.txt"), fmt.Sprintf("The fire in %s killed %d people. It destroyed %d houses.", place, 31+i, 400+i))
		write(filepath.Join(docs, "b.txt"), fmt.Sprintf("In %s %d people were killed by the fire. Some %d houses burned.", place, 38+i, 400+i))
		write(filepath.Join(dir, place, "gold.json"), fmt.Sprintf(`{"claims": [
			{"id": "c1", "doc": "a.txt", "quote": "%d", "kind": "number", "about": "dead"}, {"id": "c2", "doc": "a.txt", "quote": "%d", "kind": "number", "about": "houses"},
			{"id": "c3", "doc": "b.txt", "quote": "%d", "kind": "number", "about": "dead"}, {"id": "c4", "doc": "b.txt", "quote": "%d", "kind": "number", "about": "houses"}],
			"pairs": [{"a": "c1", "b": "c3", "label": "conflict"}, {"a": "c2", "b": "c4", "label": "agree"}]}`, 31+i, 400+i, 38+i, 400+i))
	}
	var out, report bytes.Buffer
	if err := run(context.Background(), []string{"-folds", "2", "-errors", dir}, &out, &report); err != nil {
		t.Fatal(err)
	}
	m, err := conflict.ReadModel(out.String())
	if err != nil {
		t.Fatal(err)
	}
	if m.String() == conflict.NewModel().String() {
		t.Error("nothing was learned")
	}
	if !strings.Contains(report.String(), "4 wanted") {
		t.Errorf("report %s", &report)
	}
	for _, args := range [][]string{{}, {t.TempDir()}, {"-folds", "9", dir}, {"-folds", "1", dir}} {
		if err := run(context.Background(), args, &out, &report); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}
