package perceptron

import (
	"encoding/binary"
	"fmt"
	"maps"
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
// the same bytes. It refuses weights that are not whole thousandths or so large
// that sums of them would not fit, and features whose hashes the table could not
// tell apart.
func Compile(w Weights) ([]byte, error) {
	tags := tagNames(w)
	if len(tags) > maxTags {
		return nil, fmt.Errorf("compile tagger: %d tags, the table holds %d", len(tags), maxTags)
	}
	number := make(map[string]Tag, len(tags))
	for i, name := range tags {
		number[name] = Tag(i)
	}
	t := table{at: make(map[uint64]uint32, len(w.Features)+len(w.Known)), pairs: []uint32{0}} // pair 0 is never used: no run is 0, an empty slot
	for _, feature := range slices.Sorted(maps.Keys(w.Features)) {
		if err := t.put(feature, w.Features[feature], number); err != nil {
			return nil, err
		}
	}
	for _, word := range slices.Sorted(maps.Keys(w.Known)) {
		t.at[Known.Of(Hash(word))] = uint32(len(t.pairs)<<countBits | 1)
		t.pairs = append(t.pairs, place(number[w.Known[word]]))
	}
	return t.layOut(tags)
}

// manyTags is how many tags a feature speaks for at least that has a row.
const manyTags = 10

// table is one in the making.
type table struct {
	at    map[uint64]uint32 // by feature, as [Model.Find] gives it
	rows  []scores
	pairs []uint32
}

// put gives a feature its weights, as a row or as pairs in the order of their
// tags. A weight past 16 bits becomes several pairs, which add up to it.
func (t *table) put(feature uint64, weights map[string]float64, number map[string]Tag) error {
	var row scores
	var run []uint32
	tags := 0
	for _, tag := range slices.Sorted(maps.Keys(weights)) {
		weight := weights[tag]
		thousandths := math.Round(weight * 1000)
		if math.Abs(thousandths-weight*1000) > 1e-6 {
			return fmt.Errorf("compile tagger: weight %v of %s is no whole number of thousandths", weight, tag)
		}
		if math.Abs(thousandths) > heaviest {
			return fmt.Errorf("compile tagger: weight %v of %s is above %v", weight, tag, heaviest/1000.)
		}
		if thousandths != 0 {
			tags++
		}
		at := place(number[tag])
		row[at&15] += uint64(int64(thousandths)) << (at >> 4)
		for rest := int(thousandths); rest != 0; {
			part := min(max(rest, math.MinInt16), math.MaxInt16)
			run = append(run, at|uint32(uint16(int16(part)))<<16)
			rest -= part
		}
	}
	switch {
	case tags >= manyTags:
		t.at[feature] = uint32(len(t.rows)<<countBits | inRow)
		t.rows = append(t.rows, row)
	case tags > 0:
		t.at[feature] = uint32(len(t.pairs)<<countBits | len(run))
		t.pairs = append(t.pairs, run...)
	}
	return nil
}

// place is where scores have a tag, as a pair says it.
func place(t Tag) uint32 { return uint32(t)/lanes | uint32(t)%lanes*laneBits<<4 }

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

func (t *table) layOut(tags []string) ([]byte, error) {
	size := bits.Len(uint(len(t.at) * 3 / 2)) // at most two thirds full
	slots := make([]uint64, 1<<size)
	for _, feature := range slices.Sorted(maps.Keys(t.at)) {
		at := feature & (1<<size - 1)
		for slots[at] != 0 {
			if uint32(slots[at]) == uint32(feature>>32) {
				return nil, fmt.Errorf("compile tagger: two features share the hash %#x", feature)
			}
			at = (at + 1) & (1<<size - 1)
		}
		slots[at] = feature>>32 | uint64(t.at[feature])<<32
	}

	names := strings.Join(tags, " ")
	out := append([]byte(nil), magic...)
	for _, n := range []int{size, len(t.rows), len(t.pairs), len(names)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	out = append(out, names...)
	for len(out)%8 != 0 {
		out = append(out, 0)
	}
	for _, slot := range slots {
		out = binary.LittleEndian.AppendUint64(out, slot)
	}
	for _, row := range t.rows {
		for _, word := range row {
			out = binary.LittleEndian.AppendUint64(out, word)
		}
	}
	for _, pair := range t.pairs {
		out = binary.LittleEndian.AppendUint32(out, pair)
	}
	return out, nil
}
