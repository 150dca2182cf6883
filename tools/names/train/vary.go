package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/document"
	"crosscheck/extract/name/label"
	"crosscheck/extract/name/lexicon"
)

// varier makes further sentences out of labelled ones by putting other names
// in the stead of those named: what is learned is then less who was in the news,
// and more how the news speaks of people, places and organizations.
type varier struct {
	given, family, places, bodies []string
	chance                        *rand.Rand
}

func newVarier(lists string) (*varier, error) {
	v := &varier{chance: rand.New(rand.NewPCG(3, 4))}
	common, err := lines(lists, "common.txt")
	if err != nil {
		return nil, err
	}
	for file, to := range map[string]*[]string{"given.txt": &v.given, "family.txt": &v.family, "places.txt": &v.places, "organizations.txt": &v.bodies} {
		all, err := lines(lists, file)
		if err != nil {
			return nil, err
		}
		for _, l := range all {
			if i := sort.SearchStrings(common, l); i == len(common) || common[i] != l {
				*to = append(*to, capitals(l))
			}
		}
	}
	return v, nil
}

func lines(folder, file string) ([]string, error) {
	b, err := os.ReadFile(filepath.Join(folder, file))
	return strings.Split(strings.TrimSpace(string(b)), "\n"), err
}

// capitals gives each word of a phrase a capital.
func capitals(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		r, n := utf8.DecodeRuneInString(w)
		words[i] = string(unicode.ToUpper(r)) + w[n:]
	}
	return strings.Join(words, " ")
}

// vary is the sentence with about half of its names exchanged.
func (v *varier) vary(s sentence) sentence {
	var text strings.Builder
	var names []named
	at := 0
	for _, n := range s.names {
		if n.Start < at {
			return s // names inside names are left alone
		}
		text.WriteString(s.text[at:n.Start])
		start := text.Len()
		word := n.Of(s.text)
		if other := v.other(n.kind, word); other != "" && v.chance.IntN(2) == 0 {
			word = other
		}
		text.WriteString(word)
		names = append(names, named{document.Span{Start: start, End: text.Len()}, n.kind})
		at = n.End
	}
	text.WriteString(s.text[at:])
	return newSentence(text.String(), names)
}

// madeUp is the share of the exchanged names that nobody bears: what stands
// around a name must do to tell its kind, as it must for one of no list.
const madeUp = 0.4

// other is a name to stand for this one; "" for none.
func (v *varier) other(kind int, name string) string {
	pick := func(list []string) string { return list[v.chance.IntN(len(list))] }
	if v.chance.Float64() < madeUp {
		return v.made(kind, name)
	}
	switch {
	case kind == label.Place && strings.Count(name, " ") < 2:
		return pick(v.places)
	case kind == label.Organization:
		return pick(v.bodies)
	case kind != label.Person:
		return ""
	}
	switch v.chance.IntN(3) {
	case 0: // the surname alone
		if cut := strings.LastIndexByte(name, ' '); cut > 0 {
			return name[cut+1:]
		}
		return pick(v.family)
	case 1:
		return pick(v.family)
	}
	return pick(v.given) + " " + pick(v.family)
}

// made is the name with words that no list holds in the stead of its own: each
// is the front of one listed word and the back of another. Words that say what
// the named is ("Bank", "Street") stay.
func (v *varier) made(kind int, name string) string {
	list := v.places
	if kind == label.Person {
		list = v.family
	}
	if kind > label.Place {
		return ""
	}
	words := strings.Split(name, " ")
	for i, w := range words {
		if !startsName(w) || (len(words) > 1 || kind == label.Organization) && lexicon.Find(lexicon.HashOf(strings.ToLower(w))).Set&lexicon.Common != 0 {
			continue
		}
		front, back := v.word(list), v.word(list)
		words[i] = strings.ToValidUTF8(front[:len(front)/2]+back[len(back)/2:], "")
	}
	return strings.Join(words, " ")
}

// startsName reports whether a word has a capital and small letters.
func startsName(w string) bool {
	r, n := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) && len(w) > n && strings.ToUpper(w) != w
}

// word is one of a list's words, without what follows a space or a hyphen.
func (v *varier) word(list []string) string {
	w := list[v.chance.IntN(len(list))]
	if cut := strings.IndexAny(w, " -'"); cut > 0 {
		w = w[:cut]
	}
	return w
}
