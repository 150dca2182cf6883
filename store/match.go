package store

import (
	"cmp"
	"slices"
)

// pair finds for each conflict the stored one that asks the same question, by
// its index, or -1. First come those that nothing has changed; among the rest
// those that share most claims, then those of the same status, then the oldest.
func pair(present []found, old []stored) []int {
	match := make([]int, len(present))
	taken := make([]bool, len(old))
	same := make(map[[32]byte]int, len(old))
	for j, o := range old {
		same[[32]byte(o.Digest)] = j
	}
	for i, f := range present {
		match[i] = -1
		if j, ok := same[f.digest]; ok && !taken[j] {
			match[i], taken[j] = j, true
		}
	}

	type question struct {
		kind  string
		claim [32]byte
	}
	asked := make(map[question][]int)
	for j, o := range old {
		if taken[j] {
			continue
		}
		for _, c := range o.Claims {
			q := question{o.Kind, [32]byte(c)}
			asked[q] = append(asked[q], j)
		}
	}
	type candidate struct{ shared, i, j int }
	var candidates []candidate
	for i, f := range present {
		if match[i] >= 0 {
			continue
		}
		shared := make(map[int]int)
		for c := range f.claims {
			for _, j := range asked[question{string(f.Kind), c}] {
				shared[j]++
			}
		}
		for j, n := range shared {
			candidates = append(candidates, candidate{n, i, j})
		}
	}
	differs := func(c candidate) int {
		if old[c.j].Status != string(present[c.i].Status) {
			return 1
		}
		return 0
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(-cmp.Compare(a.shared, b.shared), cmp.Compare(differs(a), differs(b)),
			cmp.Compare(a.j, b.j), cmp.Compare(a.i, b.i))
	})
	for _, c := range candidates {
		if match[c.i] < 0 && !taken[c.j] {
			match[c.i], taken[c.j] = c.j, true
		}
	}
	return match
}
