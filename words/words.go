// Package words finds words in small fixed lists, which the readers of text do
// several times for each word they meet.
//
// In comes a list, once; then words, and out comes what the list says of each.
// Most words asked for stand in no list. A Go map hashes all of a word before it
// can say so, and compares what it finds with a word that lies elsewhere; here a
// few bytes of the word choose a place in a sparse index, which is mostly empty.
package words

import (
	"iter"
	"strings"
)

// Map is a fixed map from words to values. It may be read by several goroutines.
// The zero Map is empty.
type Map[V any] struct {
	// lengths has, by the first letter of a word, a bit for the length of each word
	// that begins so: most words that are asked for are told from all by that.
	lengths [32]uint32
	index   []uint16 // by mark: the number of an entry, from 1; 0 for none
	entries []entry[V]
}

type entry[V any] struct {
	word  string
	value V
}

// sparse is how many places the index has at least for each word.
const sparse = 4

// NewMap makes a Map of at most 65,535 words; it panics on more. The empty word
// cannot be one of them.
func NewMap[V any](values map[string]V) *Map[V] {
	if len(values) > 1<<16-1 {
		panic("words: too many for one map")
	}
	size := 8
	for size < sparse*len(values) {
		size *= 2
	}
	m := &Map[V]{index: make([]uint16, size), entries: make([]entry[V], 1, len(values)+1)}
	for word, value := range values {
		m.entries = append(m.entries, entry[V]{word, value})
		m.lengths[word[0]%32] |= 1 << (len(word) % 32)
		at := mark(word) & uint64(size-1)
		for m.index[at] != 0 {
			at = (at + 1) & uint64(size-1)
		}
		m.index[at] = uint16(len(m.entries) - 1)
	}
	return m
}

// Get is the value of a word; the zero value where the map has none.
func (m *Map[V]) Get(word string) V {
	if m.may(word) {
		if n := m.find(word); n > 0 {
			return m.entries[n].value
		}
	}
	var none V
	return none
}

// Has reports whether the map has a word.
func (m *Map[V]) Has(word string) bool { return m.may(word) && m.find(word) > 0 }

// may reports whether a word begins like one of the map and is as long as that.
func (m *Map[V]) may(word string) bool {
	return word != "" && m.lengths[word[0]%32]>>(len(word)%32)&1 != 0
}

// find is the number of the entry of a word of which [Map.may] is true, 0 where there is none.
func (m *Map[V]) find(word string) uint16 {
	mask := uint64(len(m.index) - 1)
	for at := mark(word) & mask; ; at = (at + 1) & mask {
		n := m.index[at]
		if n == 0 || m.entries[n].word == word {
			return n
		}
	}
}

// Len is the number of words.
func (m *Map[V]) Len() int { return max(len(m.entries)-1, 0) }

// All are the words and their values, in no order.
func (m *Map[V]) All() iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, e := range m.entries[min(1, len(m.entries)):] {
			if !yield(e.word, e.value) {
				return
			}
		}
	}
}

// Set is a fixed set of words, of which one asks [Map.Has].
type Set struct{ Map[struct{}] }

// NewSet makes a set of the words in a list, which are parted by white space.
func NewSet(list string) *Set {
	values := map[string]struct{}{}
	for word := range strings.FieldsSeq(list) {
		values[word] = struct{}{}
	}
	return &Set{*NewMap(values)}
}

// mark mixes a word's length with three of its letters: enough to tell apart
// nearly all words of any list, and the same work for long words as for short.
func mark(s string) uint64 {
	n := len(s)
	h := uint64(s[0]) | uint64(s[n>>1])<<8 | uint64(s[n-1])<<16 | uint64(n)<<24
	h *= 0x9e3779b97f4a7c15
	return h >> 32
}
