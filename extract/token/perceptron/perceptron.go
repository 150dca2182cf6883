// Package perceptron is the averaged perceptron that gives words their part of
// speech, over a table of weights that needs no loading.
//
// In come features of a word in its sentence, as 64-bit hashes; out comes the
// tag with the highest sum of weights. The table is a string, read in place:
// an open-addressed hash table of features, each with a run of (tag, weight)
// pairs. Weights are whole thousandths, as the training rounded them, so that
// sums are exact and a tag never depends on the order of addition.
package perceptron

import (
	"errors"
	"slices"
	"strings"
	"sync/atomic"
)

// Table layout, little endian:
//
//	magic, 8 bytes
//	bits uint32: the table has 1<<bits slots
//	pairs uint32: number of (tag, weight) pairs
//	names uint32: length of the tags' names, which are joined by spaces
//	names, then zeros up to a multiple of 8
//	slots, 8 bytes each: fingerprint uint32 (the hash's upper half), run uint32 (first pair << countBits | count; 0 is an empty slot)
//	pairs, 4 bytes each: tag uint8, zero uint8, weight int16 in thousandths
const (
	magic      = "xctags01"
	headerSize = 20
	slotSize   = 8
	pairSize   = 4
	countBits  = 7
	countMask  = 1<<countBits - 1
	maxTags    = 64
)

// Tag is the number of a tag in its model. The empty tag is none.
type Tag uint8

// Model gives tags by the weights in its table. Any number of goroutines may
// share one.
type Model struct {
	names []string
	hash  [maxTags]uint64
	slots string
	pairs string
	mask  uint64
	// begin holds, for each two tags before a word, what its scores begin with:
	// the bias and the features of those tags. It is worked out when first asked for.
	begin [maxTags * maxTags]atomic.Pointer[scores]
}

// scores is a sum of weights, in thousandths, for every tag.
type scores [maxTags]int32

// Features is how many features speak for a word's tag besides the bias and
// those of the two tags before alone.
const Features = 10

// Open reads the header of a table made by [Compile] and checks that its parts
// add up. The table stays where it is.
func Open(table string) (*Model, error) {
	if len(table) < headerSize || table[:len(magic)] != magic {
		return nil, errors.New("tagger table: not one, or of another version; make it again with tools/taggermodel")
	}
	bits, pairs, names := word32(table, 8), word32(table, 12), word32(table, 16)
	body := (headerSize + int(names) + 7) &^ 7
	if bits > 30 || len(table) != body+slotSize<<bits+pairSize*int(pairs) {
		return nil, errors.New("tagger table: its parts do not add up; make it again with tools/taggermodel")
	}
	m := &Model{
		names: strings.Split(table[headerSize:headerSize+int(names)], " "),
		slots: table[body : body+slotSize<<bits],
		pairs: table[body+slotSize<<bits:],
		mask:  1<<bits - 1,
	}
	if len(m.names)+2 > maxTags {
		return nil, errors.New("tagger table: too many tags; make it again with tools/taggermodel")
	}
	for i, name := range m.names {
		m.hash[i] = Hash(name)
	}
	m.hash[m.Start()], m.hash[m.Start2()] = Hash("-START-"), Hash("-START2-")
	return m, nil
}

// Start and Start2 stand for the two tags before a sentence's first word, the
// nearer one first.
func (m *Model) Start() Tag { return Tag(len(m.names)) }

// Start2 stands before Start.
func (m *Model) Start2() Tag { return Tag(len(m.names) + 1) }

// Tag is the number of a tag by its name.
func (m *Model) Tag(name string) (Tag, bool) {
	i := slices.Index(m.names, name)
	return Tag(max(i, 0)), i >= 0
}

// Name is the Penn Treebank name of a tag.
func (m *Model) Name(t Tag) string { return m.names[t] }

// NameHash is the hash of a tag's name, from which features are made.
func (m *Model) NameHash(t Tag) uint64 { return m.hash[t] }

// Known is the tag of a word that has but one, given the hash of its text.
func (m *Model) Known(word uint64) (Tag, bool) {
	run := m.run(Known.Of(word))
	if run == 0 {
		return 0, false
	}
	tag, _ := pairAt(m.pairs[int(run>>countBits)*pairSize:])
	return tag, true
}

// Predict gives the tag that the features speak for most, after the tags before
// and, before that, before2: the first in order of names among equals.
func (m *Model) Predict(before, before2 Tag, features *[Features]uint64) Tag {
	// All are looked up before any is added, so that the processor waits for
	// memory once and not for each.
	var runs [Features]uint32
	for i, feature := range features {
		runs[i] = m.run(feature)
	}
	sum := *m.beginning(before, before2)
	for _, run := range runs {
		m.add(&sum, run)
	}
	best, most := 0, sum[0]
	for i, score := range sum[:len(m.names)] {
		if score > most {
			best, most = i, score
		}
	}
	return Tag(best)
}

// add adds the weights of a run, two pairs to a load.
func (m *Model) add(sum *scores, run uint32) {
	first := int(run>>countBits) * pairSize
	pairs := m.pairs[first : first+int(run&countMask)*pairSize]
	for ; len(pairs) >= 2*pairSize; pairs = pairs[2*pairSize:] {
		two := word64(pairs, 0)
		sum[two&(maxTags-1)] += int32(two) >> 16
		sum[two>>32&(maxTags-1)] += int32(two>>32) >> 16
	}
	if len(pairs) >= pairSize {
		tag, weight := pairAt(pairs)
		sum[tag&(maxTags-1)] += weight
	}
}

// beginning is what the scores of a word begin with after two tags.
func (m *Model) beginning(before, before2 Tag) *scores {
	at := &m.begin[int(before&(maxTags-1))*maxTags+int(before2&(maxTags-1))]
	if known := at.Load(); known != nil {
		return known
	}
	sum := new(scores)
	for i := range sum {
		sum[i] = -1 << 30 // a tag that the bias does not know is never given
	}
	bias := m.run(Bias.Of(0))
	for i := range int(bias & countMask) {
		tag, _ := pairAt(m.pairs[(int(bias>>countBits)+i)*pairSize:])
		sum[tag&(maxTags-1)] = 0
	}
	m.add(sum, bias)
	m.add(sum, m.run(TagBefore.Of(m.hash[before])))
	m.add(sum, m.run(TagBefore2.Of(m.hash[before2])))
	m.add(sum, m.run(TagsBefore.OfPair(m.hash[before], m.hash[before2])))
	at.Store(sum)
	return sum
}

// run finds the pairs of a feature, as the table has it: the number of the
// first, and how many; 0 for a feature without any.
func (m *Model) run(feature uint64) uint32 {
	fingerprint := uint32(feature >> 32)
	for slot := feature & m.mask; ; slot = (slot + 1) & m.mask {
		at := word64(m.slots, int(slot)*slotSize)
		run := uint32(at >> 32)
		if run == 0 || uint32(at) == fingerprint {
			return run
		}
	}
}

// pairAt reads the pair that s starts with.
func pairAt(s string) (Tag, int32) {
	p := word32(s, 0)
	return Tag(p), int32(p) >> 16
}

// word32 and word64 read the table where it lies; the compiler makes each one load.
func word32(s string, at int) uint32 {
	s = s[at : at+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func word64(s string, at int) uint64 {
	s = s[at : at+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Kind is what a feature looks at.
type Kind uint64

// The kinds of feature. Words are in lower case but for Known, Suffix and
// Prefix, which look at the word as it stands.
const (
	Bias       Kind = iota + 1
	Known           // the word itself, where it has but one tag
	Suffix          // its last three bytes
	Prefix          // its first byte
	TagBefore       // the tag of the word before
	TagBefore2      // the tag of the word before that
	TagsBefore      // both
	Word            // the word
	TagAndWord      // the tag before, and the word
	WordBefore
	SuffixBefore
	WordBefore2
	WordAfter
	SuffixAfter
	WordAfter2
)

// Of is the feature of this kind with one part, given by its hash.
func (k Kind) Of(part uint64) uint64 { return mix(part + uint64(k)*0x9e3779b97f4a7c15) }

// OfPair is the feature of this kind with two parts, given by their hashes.
func (k Kind) OfPair(a, b uint64) uint64 {
	return mix(mix(a+uint64(k)*0x9e3779b97f4a7c15) ^ b)
}

// mix spreads every bit of h over the whole word (the finalizer of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Hash is FNV-1a over the bytes of a word or a part of it.
func Hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
