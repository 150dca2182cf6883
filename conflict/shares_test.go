package conflict

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// Texts that several processors read give what one that reads them all does.
func TestSharesAreReadAsOne(t *testing.T) {
	var list []statement
	for seed := range uint64(100) {
		for _, s := range sample(rand.New(rand.NewPCG(seed, 9))) {
			s.doc = fmt.Sprintf("%d/%s", seed, s.doc)
			s.sentence = fmt.Sprintf("%s It was fire number %d.", s.sentence, seed%7)
			list = append(list, s)
		}
	}
	docs, claims := material(t, list)
	if len(docs) < 3*leastShare {
		t.Fatalf("%d documents are too few for shares", len(docs))
	}
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	want := essence(result(t, docs, claims), "")
	runtime.GOMAXPROCS(3)
	if got := essence(result(t, docs, claims), ""); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("read in shares:\n%q\nby one:\n%q", got, want)
	}
}
