package conflict

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
)

// Documents of different origins can still have one value from one mouth: both
// say "according to the ministry", or give it in a sentence that one copied from
// the other or both from a press release. For that value they are one origin.

// sharing counts the origins of one conflict and says why they are fewer than
// its documents.
type sharing struct {
	corpus  *corpus
	paths   []string // of the documents that take part, sorted
	joined  union    // of the paths
	reasons map[string][]string
}

// share joins the documents of a conflict's answers, position by position;
// those that decide nothing count as well.
func (c *corpus) share(positions []Position, compatible []claim.Appearance) *sharing {
	s := &sharing{corpus: c, reasons: map[string][]string{}}
	lists := [][]claim.Appearance{compatible}
	for _, p := range positions {
		lists = append(lists, p.Appearances)
	}
	for _, list := range lists {
		for _, a := range list {
			s.paths = append(s.paths, a.Document)
		}
	}
	slices.Sort(s.paths)
	s.paths = slices.Compact(s.paths)
	s.joined = newUnion(len(s.paths))
	s.byDocument()
	var groups [][]mouth
	for i := range positions {
		groups = append(groups, s.mouths(positions[i].Appearances))
		positions[i].Origins = s.count(positions[i].Appearances, groups[i])
	}
	// Joined only now, so that what two documents share about one value makes
	// them no single origin of another.
	for _, m := range slices.Concat(groups...) {
		fresh := false
		for _, i := range m.documents[1:] {
			fresh = fresh || s.joined.find(m.documents[0]) != s.joined.find(i)
			s.joined.join(m.documents[0], i)
		}
		if fresh {
			s.say(m.why, m.documents)
		}
	}
	return s
}

// origins is how many origins take part in the positions.
func (s *sharing) origins(positions []Position) int {
	var all []claim.Appearance
	for _, p := range positions {
		all = append(all, p.Appearances...)
	}
	return s.count(all, nil)
}

// byDocument joins documents that are of one origin whatever they say.
func (s *sharing) byDocument() {
	together := map[string][]int{}
	note := func(key string, i int) { together[key] = append(together[key], i) }
	for i, path := range s.paths {
		t := s.corpus.byPath[path]
		note("0 "+t.hash, i)
		note("1 voice "+strconv.Itoa(t.voice), i)
		if wire := s.corpus.credits[path]; wire != "" {
			note("2 "+wire, i)
		}
		if source := s.corpus.sources[path]; source != "" {
			note("3 "+strings.ToLower(source), i)
		}
		// Documents that take no part can join two that do.
		note("4 "+strconv.Itoa(s.corpus.origin[path]), i)
	}
	for key, members := range together {
		for _, i := range members[1:] {
			s.joined.join(members[0], i)
		}
		if len(members) < 2 {
			continue
		}
		switch kind, what, _ := strings.Cut(key, " "); {
		case kind == "0":
			s.say("have the same text", members)
		case kind == "1" && len(together["0 "+s.corpus.byPath[s.paths[members[0]]].hash]) < len(members):
			s.say("share passages", members)
		case kind == "2":
			s.say("credit "+what, members)
		case kind == "3":
			s.say("come from "+s.corpus.sources[s.paths[members[0]]], members)
		}
	}
}

// mouth is what documents have one value from.
type mouth struct {
	why       string
	documents []int // two and more, sorted
}

// mouths finds what several documents have one position's value from.
func (s *sharing) mouths(list []claim.Appearance) (out []mouth) {
	from := map[string][]int{}
	inWords := map[string][]int{}
	for _, a := range list {
		i, _ := slices.BinarySearch(s.paths, a.Document)
		if who := s.corpus.rulings.one(mouthOf(a.Attribution)); who != "" {
			from[who] = append(from[who], i)
		}
		inWords[a.Sentence] = append(inWords[a.Sentence], i)
	}
	add := func(why string, documents []int) {
		slices.Sort(documents)
		if documents = slices.Compact(documents); len(documents) > 1 {
			out = append(out, mouth{why, documents})
		}
	}
	for _, who := range slices.Sorted(maps.Keys(from)) {
		add("have it from "+who, from[who])
	}
	// A sentence too short for a mark is one that two people hit on.
	sentences := slices.Sorted(maps.Keys(inWords))
	marks := make([][]uint64, len(sentences))
	for i, words := range sentences {
		marks[i] = s.corpus.fingerprints(s.corpus.read(words))
	}
	for _, group := range copiesAmong(marks).members() {
		var documents []int
		for _, i := range group {
			if len(marks[i]) > 0 {
				documents = append(documents, inWords[sentences[i]]...)
			}
		}
		add("give it in the same words", documents)
	}
	return out
}

func (s *sharing) say(why string, members []int) {
	for _, i := range members {
		name := cmp.Or(s.corpus.sources[s.paths[i]], s.paths[i])
		if !slices.Contains(s.reasons[why], name) {
			s.reasons[why] = append(s.reasons[why], name)
		}
	}
}

// count is how many origins give some appearances, those joined that have it
// from one mouth.
func (s *sharing) count(list []claim.Appearance, mouths []mouth) int {
	at := map[int]int{} // root → its number here
	for _, a := range list {
		i, _ := slices.BinarySearch(s.paths, a.Document)
		if root := s.joined.find(i); at[root] == 0 {
			at[root] = len(at) + 1
		}
	}
	joined := newUnion(len(at) + 1)
	for _, m := range mouths {
		for _, i := range m.documents[1:] {
			joined.join(at[s.joined.find(m.documents[0])], at[s.joined.find(i)])
		}
	}
	return len(slices.Compact(slices.Sorted(slices.Values(joined.groups())))) - 1
}

// said puts into words why documents are counted as one origin, sorted.
func (s *sharing) said() []string {
	const most = 4 // names
	var out []string
	for why, names := range s.reasons {
		slices.Sort(names)
		more := ""
		if len(names) > most {
			more = fmt.Sprintf(" and %d more", len(names)-most)
			names = names[:most]
		}
		switch {
		case strings.HasPrefix(why, "come from "):
			out = append(out, "several documents "+why)
		case len(names) == 1:
			out = append(out, fmt.Sprintf("several documents of %s %s", names[0], why))
		case more == "":
			last := len(names) - 1
			out = append(out, fmt.Sprintf("%s and %s %s", strings.Join(names[:last], ", "), names[last], why))
		default:
			out = append(out, strings.Join(names, ", ")+more+" "+why)
		}
	}
	slices.Sort(out)
	return out
}

// nobody are words that point at somebody without saying who it is.
var nobody = set(`a an he she it they we i you him me us them his her its their our your this that these those who which anyone someone somebody everyone several some
	many one others people media press source report`)

// mouthOf is who an attribution names, in one form; "" where that can be somebody
// else in every text: a pronoun, or unnamed people in the plural.
func mouthOf(attribution string) string {
	words := strings.Fields(strings.TrimPrefix(canonical(attribution), "the "))
	if len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return nobody[w] }) {
		return ""
	}
	last := attribution[strings.LastIndexByte(attribution, ' ')+1:]
	if first, _ := utf8.DecodeRuneInString(last); unicode.IsLower(first) && strings.HasSuffix(last, "s") {
		return ""
	}
	return strings.Join(words, " ")
}
