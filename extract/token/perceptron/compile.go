package perceptron

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Weights are a trained model: for every feature, by its hash, the weight of each tag that it speaks for or against.
type Weights struct {
	Features map[uint64]map[string]float64
	// Known gives the one tag of words that have but one.
	Known map[string]string
}

// Compile writes a trained model as a table for [Open]. The same weights give
// the same bytes. It refuses weights that are not whole thousandths, and
// features whose hashes the table could not tell apart.
func Compile(w Weights) ([]byte, error) {
	tags := tagNames(w)
	if len(tags) > maxTags {
		return nil, fmt.Errorf("compile tagger: %d tags, the table holds %d", len(tags), maxTags)
	}
	number := make(map[string]Tag, len(tags))
	for i, name := range tags {
		number[name] = Tag(i)
	}
	runs := make(map[uint64][]uint32, len(w.Features)+len(w.Known))
	for feature, weights := range w.Features {
		run, err := pairsOf(weights, number)
		if err != nil {
			return nil, err
		}
		if len(run) > 0 {
			runs[feature] = run
		}
	}
	for word, tag := range w.Known {
		runs[Known.Of(Hash(word))] = []uint32{uint32(number[tag])}
	}
	return layOut(runs, tags)
}

func tagNames(w Weights) []string {
	var names []string
	for _, weights := range w.Features {
		for tag := range weights {
			names = append(names, tag)
		}
	}
	for _, tag := range w.Known {
		names = append(names, tag)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// pairsOf packs the weights of one feature. A weight past 16 bits becomes
// several pairs of the same tag, which add up to it.
func pairsOf(weights map[string]float64, number map[string]Tag) ([]uint32, error) {
	var run []uint32
	for tag, weight := range weights {
		thousandths := math.Round(weight * 1000)
		if math.Abs(thousandths-weight*1000) > 1e-6 {
			return nil, fmt.Errorf("compile tagger: weight %v of %s is no whole number of thousandths", weight, tag)
		}
		for rest := int(thousandths); rest != 0; {
			part := min(max(rest, math.MinInt16), math.MaxInt16)
			run = append(run, uint32(number[tag])|uint32(uint16(int16(part)))<<16)
			rest -= part
		}
	}
	if len(run) >= 1<<countBits {
		return nil, fmt.Errorf("compile tagger: a feature has %d pairs, the table holds %d", len(run), countMask)
	}
	slices.SortFunc(run, func(a, b uint32) int { return cmp.Or(cmp.Compare(a&0xff, b&0xff), cmp.Compare(a, b)) })
	return run, nil
}

func layOut(runs map[uint64][]uint32, tags []string) ([]byte, error) {
	features := make([]uint64, 0, len(runs))
	for feature := range runs {
		features = append(features, feature)
	}
	slices.Sort(features)

	size := bits.Len(uint(len(features) * 3 / 2)) // at most two thirds full
	slots := make([]uint64, 1<<size)
	// Pair 0 is never used, so that no run is the number 0, an empty slot.
	pairs := []uint32{0}
	for _, feature := range features {
		run := runs[feature]
		at := feature & (1<<size - 1)
		for slots[at] != 0 {
			if uint32(slots[at]) == uint32(feature>>32) {
				return nil, fmt.Errorf("compile tagger: two features share the hash %#x", feature)
			}
			at = (at + 1) & (1<<size - 1)
		}
		slots[at] = feature>>32 | uint64(len(pairs)<<countBits|len(run))<<32
		pairs = append(pairs, run...)
	}

	names := strings.Join(tags, " ")
	table := append([]byte(nil), magic...)
	for _, n := range []int{size, len(pairs), len(names)} {
		table = binary.LittleEndian.AppendUint32(table, uint32(n))
	}
	table = append(table, names...)
	for len(table)%8 != 0 {
		table = append(table, 0)
	}
	for _, slot := range slots {
		table = binary.LittleEndian.AppendUint64(table, slot)
	}
	for _, pair := range pairs {
		table = binary.LittleEndian.AppendUint32(table, pair)
	}
	return table, nil
}
