// Package lexicon holds the word lists that names are read with: countries and
// peoples, places, organizations, events and works, given and family names,
// roles, common words, and clusters of words that are used alike.
//
// In comes a word or a phrase in lower case; out comes what the lists know of
// it. The lists are text, sorted and embedded; they are made from public word
// lists by tools/names, and NOTICE names where each comes from.
package lexicon

import (
	"embed"
	"strings"
	"sync"
)

//go:generate sh -c "cd ../../../tools/names && npm install --ignore-scripts && npm run lists && npm run clusters"
//go:embed *.txt
var files embed.FS

// Set is the set of lists that a word or phrase stands in.
type Set uint16

// The lists. Prefix marks the beginning of a longer phrase in one of them.
const (
	Place        Set = 1 << iota // cities, regions, countries, rivers, mountains
	Organization                 // companies, clubs, bodies
	Person                       // whole names of people known by everyone
	Thing                        // events, works, laws, monuments
	People                       // demonyms, faiths and their followers
	Given                        // given names
	Family                       // family names
	Role                         // what people are by office or trade
	Common                       // words that are no name in lower case
	Prefix
)

// Names are the lists whose entries are names by themselves.
const Names = Place | Organization | Person | Thing | People

// Entry is what the lists know of one word.
type Entry struct {
	Set Set
	// Fine and Coarse are the clusters of words used alike; 0 for a word in none.
	Fine   uint16
	Coarse uint8
}

// Hash of a word or phrase, to look it up by. Words of a phrase are joined by one space.
type Hash uint64

const (
	offset Hash = 14695981039346656037
	prime  Hash = 1099511628211
)

// HashOf is the hash of a word.
func HashOf(word string) Hash { return offset.Add(word) }

// Add is the hash of the phrase that h stands for with s directly after it.
func (h Hash) Add(s string) Hash {
	for i := 0; i < len(s); i++ {
		h = (h ^ Hash(s[i])) * prime
	}
	return h
}

// Then is the hash of the phrase that h stands for with one more word.
func (h Hash) Then(word string) Hash { return ((h ^ ' ') * prime).Add(word) }

// Find is what the lists know of the word or phrase with this hash; the zero
// Entry when they know nothing.
func Find(h Hash) Entry { return lists().find(h) }

// table is a hash table with open addressing: an entry stands at its hash or in
// the next free slot after it. It is read all over, so it is kept small: words
// are told apart by their place and half the bits of their hash.
type table struct {
	slots  [slots]slot
	coarse []uint8 // by fine cluster
}

type slot struct {
	key  uint32 // 0 for a free slot
	set  Set
	fine uint16
}

// slots is a power of two, more than the words, phrases and beginnings of phrases.
const slots = 1 << 18

var lists = sync.OnceValue(load)

func load() *table {
	t := new(table)
	for file, set := range map[string]Set{
		"places.txt": Place, "organizations.txt": Organization, "people.txt": Person, "things.txt": Thing,
		"given.txt": Given, "family.txt": Family, "roles.txt": Role, "common.txt": Common,
	} {
		t.addLines(read(file), set)
	}
	for form, n := range names() {
		t.addLines(strings.ToLower(form)+"\n", n.kind)
	}
	t.addClusters(read("clusters.txt"))
	return t
}

func read(file string) string {
	b, err := files.ReadFile(file)
	if err != nil {
		panic(err) // a broken build: the list is embedded above
	}
	return string(b)
}

func (h Hash) key() uint32 { return uint32(h>>32) | 1 }

func (t *table) find(h Hash) Entry {
	if s := t.slot(h); s.key != 0 {
		return Entry{s.set, s.fine, t.coarse[s.fine]}
	}
	return Entry{}
}

// slot of a hash, or the free one where it would stand.
func (t *table) slot(h Hash) *slot {
	i, key := h%slots, h.key()
	for t.slots[i].key != 0 && t.slots[i].key != key {
		i = (i + 1) % slots
	}
	return &t.slots[i]
}

// put gives the slot of a hash, which is its own from now on.
func (t *table) put(h Hash) *slot {
	s := t.slot(h)
	s.key = h.key()
	return s
}

// addLines adds a phrase a line.
func (t *table) addLines(text string, set Set) {
	h := offset
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			t.put(h).set |= set
			h = offset
			continue
		case ' ':
			t.put(h).set |= Prefix
		}
		h = (h ^ Hash(text[i])) * prime
	}
}

// addClusters reads a cluster a line; an empty line ends a coarse one.
func (t *table) addClusters(text string) {
	fine, coarse, h := uint16(1), uint8(1), offset
	t.coarse = append(t.coarse, 0) // of no cluster
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\n' && h == offset:
			coarse++
		case text[i] == '\n' || text[i] == ' ':
			t.put(h).fine, h = fine, offset
			if text[i] == '\n' {
				t.coarse = append(t.coarse, coarse)
				fine++
			}
		default:
			h = (h ^ Hash(text[i])) * prime
		}
	}
}
