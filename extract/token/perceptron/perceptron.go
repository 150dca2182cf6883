// Package perceptron is the averaged perceptron that gives words their part of
// speech, over a table of weights that needs no loading.
//
// In come features of a word in its sentence, as 64-bit hashes; out comes the
// tag with the highest sum of weights. The table is a string, read in place:
// an open-addressed hash table of features. One that speaks for few tags has a
// run of pairs, each a tag and a weight; one that speaks for many, as the common
// ones do, has a row with the weights of all tags, packed three to a word so that
// fifteen additions add them up. Weights are whole thousandths, as the training
// rounded them, so that sums are exact and a tag never depends on the order of
// addition.
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
//	rows uint32: number of rows
//	pairs uint32: number of (tag, weight) pairs
//	names uint32: length of the tags' names, which are joined by spaces
//	names, then zeros up to a multiple of 8
//	slots, 8 bytes each: fingerprint uint32 (the hash's upper half), run uint32 (first pair << countBits | count,
//	or number of a row << countBits | inRow; 0 is an empty slot)
//	rows, 8 bytes for each word of [scores]
//	pairs, 4 bytes each: word of scores 4 bits, its lane's first bit 6 bits, zero 6 bits, weight int16 in thousandths
const (
	magic      = "xctags02"
	headerSize = 24
	slotSize   = 8
	pairSize   = 4
	countBits  = 7
	countMask  = 1<<countBits - 1
	inRow      = countMask // in place of a count
)

// scores are sums of weights, in thousandths, for every tag: tag t in lane t%3
// of word t/3. A sum below zero borrows from the lane above it, as long as it is
// one; zero, to which all of a word's features are added, stands in the middle of
// what a lane holds, so that in the end none is.
type scores [16]uint64

const (
	lanes    = 3
	laneBits = 21
	laneMask = 1<<laneBits - 1
	maxTags  = lanes * len(scores{})
	zero     = 1<<(laneBits-1) | 1<<(2*laneBits-1) | 1<<(3*laneBits-1)
)

// sums is how many weights are added up for one tag: the bias, those of the two
// tags before, and the features. None may be above heaviest.
const (
	sums     = Features + 4
	heaviest = 1 << (laneBits - 1) / sums
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
	rows  []scores
	mask  uint64
	given scores // ones in the lanes of the tags that the bias knows; no other is ever given
	// begin holds, for each two tags before a word, what its scores begin with:
	// the bias and the features of those tags. It is worked out when first asked for.
	begin [maxTags * maxTags]atomic.Pointer[scores]
}

// Features is how many features speak for a word's tag besides the bias and
// those of the two tags before alone.
const Features = 10

// Open reads the header of a table made by [Compile] and checks that its parts
// add up. The table stays where it is.
func Open(table string) (*Model, error) {
	if len(table) < headerSize || table[:len(magic)] != magic {
		return nil, errors.New("tagger table: not one, or of another version; make it again with tools/taggermodel")
	}
	bits, rows, pairs, names := word32(table, 8), word32(table, 12), word32(table, 16), word32(table, 20)
	body := (headerSize + int(names) + 7) &^ 7
	if bits > 30 || len(table) != body+slotSize<<bits+8*len(scores{})*int(rows)+pairSize*int(pairs) {
		return nil, errors.New("tagger table: its parts do not add up; make it again with tools/taggermodel")
	}
	m := &Model{
		names: strings.Split(table[headerSize:headerSize+int(names)], " "),
		slots: table[body : body+slotSize<<bits],
		pairs: table[len(table)-pairSize*int(pairs):],
		rows:  make([]scores, rows),
		mask:  1<<bits - 1,
	}
	at := body + slotSize<<bits
	for i := range m.rows { // they are many times faster to add from here
		for j := range m.rows[i] {
			m.rows[i][j] = word64(table, at)
			at += 8
		}
	}
	if len(m.names)+2 > maxTags {
		return nil, errors.New("tagger table: too many tags; make it again with tools/taggermodel")
	}
	for i, name := range m.names {
		m.hash[i] = Hash(name)
	}
	m.hash[m.Start()], m.hash[m.Start2()] = Hash("-START-"), Hash("-START2-")
	for tag := range m.weights(Bias.Of(0)) {
		m.given[tag/lanes] |= laneMask << (tag % lanes * laneBits)
	}
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
	run := m.Find(Known.Of(word))
	if run == 0 {
		return 0, false
	}
	return tagOf(word32(m.pairs, int(run>>countBits)*pairSize)), true
}

// Run is where a model has the weights of a feature: the number of the first
// pair, and how many, or a row's; 0 for a feature without any.
type Run uint32

// Find looks up a feature, by its hash.
func (m *Model) Find(feature uint64) Run {
	fingerprint := uint32(feature >> 32)
	for slot := feature & m.mask; ; slot = (slot + 1) & m.mask {
		at := word64(m.slots, int(slot)*slotSize)
		run := Run(at >> 32)
		if run == 0 || uint32(at) == fingerprint {
			return run
		}
	}
}

// Predict gives the tag that the features speak for most, after the tags before
// and, before that, before2: the first in order of names among equals.
func (m *Model) Predict(before, before2 Tag, features *[Features]Run) Tag {
	sum := *m.beginning(before, before2)
	for _, run := range features {
		m.add(&sum, run)
	}
	// A score, and behind it a number that is the higher the earlier the tag: the
	// greatest of these is found without a branch, in each lane by itself.
	const tagBits, last = 6, 1<<6 - 1
	var low, middle, high uint64
	for i, word := range &sum {
		word &= m.given[i]
		first := uint64(last - lanes*i)
		low = max(low, word&laneMask<<tagBits|first)
		middle = max(middle, word>>laneBits&laneMask<<tagBits|(first-1))
		high = max(high, word>>(2*laneBits)<<tagBits|(first-2))
	}
	return Tag(last - max(low, middle, high)&last)
}

// add adds the weights of a feature.
func (m *Model) add(sum *scores, run Run) {
	first, count := int(run>>countBits), int(run&countMask)
	if count == inRow {
		row := &m.rows[first]
		for i := range sum {
			sum[i] += row[i]
		}
		return
	}
	pairs := m.pairs[first*pairSize : (first+count)*pairSize]
	for ; len(pairs) >= 2*pairSize; pairs = pairs[2*pairSize:] {
		two := word64(pairs, 0)
		sum.addPair(uint32(two))
		sum.addPair(uint32(two >> 32))
	}
	if len(pairs) >= pairSize {
		sum.addPair(word32(pairs, 0))
	}
}

func (s *scores) addPair(p uint32) {
	s[p&15] += uint64(int64(int32(p)>>16)) << (p >> 4 & 63)
}

// beginning is what the scores of a word begin with after two tags.
func (m *Model) beginning(before, before2 Tag) *scores {
	at := &m.begin[int(before)%maxTags*maxTags+int(before2)%maxTags]
	if known := at.Load(); known != nil {
		return known
	}
	sum := new(scores)
	for i := range sum {
		sum[i] = zero
	}
	m.add(sum, m.Find(Bias.Of(0)))
	m.add(sum, m.Find(TagBefore.Of(m.hash[before])))
	m.add(sum, m.Find(TagBefore2.Of(m.hash[before2])))
	m.add(sum, m.Find(TagsBefore.OfPair(m.hash[before], m.hash[before2])))
	at.Store(sum)
	return sum
}

// weights are the tags that a feature speaks for or against, with their weights.
func (m *Model) weights(feature uint64) map[Tag]int32 {
	of := map[Tag]int32{}
	sum := scores{}
	for i := range sum {
		sum[i] = zero
	}
	m.add(&sum, m.Find(feature))
	for tag := range Tag(maxTags) {
		if w := int32(sum[tag/lanes]>>(tag%lanes*laneBits)&laneMask) - 1<<(laneBits-1); w != 0 {
			of[tag] = w
		}
	}
	return of
}

// tagOf is the tag of a pair.
func tagOf(pair uint32) Tag { return Tag(pair&15*lanes + pair>>4&63/laneBits) }

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
