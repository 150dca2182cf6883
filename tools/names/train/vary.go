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

// other is a name to stand for this one; "" for none.
func (v *varier) other(kind int, name string) string {
	pick := func(list []string) string { return list[v.chance.IntN(len(list))] }
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
