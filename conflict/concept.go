package conflict

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon.txt
var lexiconText string

//go:embed synonyms.txt
var synonymsText string

// synonyms are words that stand for another, by stem. It is read from
// synonyms.txt when first needed.
var synonyms = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(synonymsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		list := strings.Fields(line)
		for _, w := range list {
			if s := stem(w); out[s] == "" {
				out[s] = stem(list[0])
			}
		}
	}
	return out
})

// concept is one thing that can be said of a subject, whatever the words.
type concept struct {
	name, group string
	grows       bool // counts rise while the news comes in
	human       bool // it is done to people
	groupIndex  int
	opposites   []int    // concepts that undo this one, or are its other side
	undone      []string // stems of no concept that do so too
	loose       bool     // few words leave it open which stage is meant
}

// lexicon finds concepts in words. It is read from lexicon.txt, which tells its format.
type lexicon struct {
	concepts    []concept
	phrases     branch           // by their stems in order
	human       [setWords]uint64 // what is done to people
	humanGroups [setWords]uint64
	grows       [setWords]uint64 // what is counted up
}

// branch is the phrases that begin with the same stems.
type branch struct {
	means []int              // the concepts that these stems alone can mean, the usual one first
	on    map[string]*branch // the next stem → the phrases that go on with it
}

// grow is the branch of some more stems, which it makes where there is none.
func (b *branch) grow(stems []string) *branch {
	for _, s := range stems {
		if b.on == nil {
			b.on = map[string]*branch{}
		}
		if b.on[s] == nil {
			b.on[s] = &branch{}
		}
		b = b.on[s]
	}
	return b
}

// single is the concepts that a stem can mean by itself.
func (l *lexicon) single(stem string) []int {
	if b := l.phrases.on[stem]; b != nil {
		return b.means
	}
	return nil
}

// words is the lexicon, parsed when it is first needed.
var words = sync.OnceValue(func() *lexicon { return parseLexicon(lexiconText) })

func parseLexicon(text string) *lexicon {
	l := &lexicon{}
	groups := map[string]int{}
	for line := range strings.Lines(text) {
		head, phrases, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(head, "#") {
			continue
		}
		switch head {
		case "opposites":
			l.oppose(phrases)
			continue
		case "loose":
			for _, name := range strings.Fields(phrases) {
				if i := l.named(name); i >= 0 {
					l.concepts[i].loose = true
				}
			}
			continue
		}
		group, name, _ := strings.Cut(head, "/")
		c := concept{
			name: strings.TrimSuffix(name, "!"), human: strings.HasSuffix(name, "!"),
			group: strings.TrimSuffix(group, "+"), grows: strings.HasSuffix(group, "+"),
		}
		if _, known := groups[c.group]; !known {
			groups[c.group] = len(groups)
		}
		c.groupIndex = groups[c.group]
		n := len(l.concepts)
		if c.human {
			l.human[n/64] |= 1 << (n % 64)
			l.humanGroups[c.groupIndex/64] |= 1 << (c.groupIndex % 64)
		}
		if c.grows {
			l.grows[n/64] |= 1 << (n % 64)
		}
		for phrase := range strings.SplitSeq(phrases, ",") {
			b := l.phrases.grow(phraseStems(phrase))
			if !slices.Contains(b.means, len(l.concepts)) {
				b.means = append(b.means, len(l.concepts))
			}
		}
		l.concepts = append(l.concepts, c)
	}
	return l
}

// oppose reads a line of opposites, "stage/began | stage/ended stage/cancelled":
// each concept before the bar is the opposite of all after it.
func (l *lexicon) oppose(line string) {
	these, those, _ := strings.Cut(line, "|")
	for _, x := range strings.Fields(these) {
		i := l.named(x)
		for _, y := range strings.Fields(those) {
			switch j := l.named(y); {
			case i < 0:
			case j < 0:
				l.concepts[i].undone = append(l.concepts[i].undone, stem(y))
			default:
				l.concepts[i].opposites = append(l.concepts[i].opposites, j)
				l.concepts[j].opposites = append(l.concepts[j].opposites, i)
			}
		}
	}
}

// named is the concept with a name, or -1.
func (l *lexicon) named(name string) int {
	return slices.IndexFunc(l.concepts, func(c concept) bool { return c.group+"/"+c.name == name })
}

// topic is what a claim measures, dates or relates: concepts where the words
// are known ones, and the stems of the other content words.
type topic struct {
	concepts []int    // sorted, without repeats
	stems    []string // sorted, without repeats
}

// topicOf reads an attribute, given by its stems without small words.
func topicOf(stems []string) topic {
	var t topic
	l := words()
	for i := 0; i < len(stems); {
		n, c := l.at(stems[i:])
		if n > 0 {
			t.concepts = append(t.concepts, c...)
			i += n
			continue
		}
		if !common[stems[i]] {
			t.stems = append(t.stems, stems[i])
		}
		i++
	}
	t.concepts, t.stems = sorted(t.concepts), sorted(t.stems)
	return t
}

// conceptsIn lists the concepts in a run of stems.
func conceptsIn(stems []string) []int {
	var out []int
	for i := 0; i < len(stems); {
		n, c := words().at(stems[i:])
		if n > 0 {
			out = append(out, c...)
		}
		i += max(1, n)
	}
	return out
}

// at finds the longest phrase that stems begin with: its number of stems and what
// it can mean.
func (l *lexicon) at(stems []string) (n int, concepts []int) {
	b := &l.phrases
	for i, s := range stems {
		if b = b.on[s]; b == nil {
			break
		}
		if b.means != nil {
			n, concepts = i+1, b.means
		}
	}
	return n, concepts
}

// human reports whether the topic is something done to people.
func (t topic) human() bool {
	return slices.ContainsFunc(t.concepts, func(c int) bool { return words().concepts[c].human })
}

// opposes reports whether one topic has the opposite of what the other has, and
// they have nothing in common.
func (t topic) opposes(o topic) bool {
	if slices.ContainsFunc(t.concepts, func(c int) bool { return slices.Contains(o.concepts, c) }) {
		return false
	}
	return t.undoes(o) || o.undoes(t)
}

func (t topic) undoes(o topic) bool {
	return slices.ContainsFunc(t.concepts, func(c int) bool {
		known := &words().concepts[c]
		return slices.ContainsFunc(known.opposites, func(d int) bool { return slices.Contains(o.concepts, d) }) ||
			slices.ContainsFunc(known.undone, func(w string) bool { return slices.Contains(o.stems, w) })
	})
}

// loose reports whether few words leave it open which stage the topic means.
func (t topic) loose() bool {
	return !slices.ContainsFunc(t.concepts, func(c int) bool {
		known := words().concepts[c]
		return known.group == "stage" && !known.loose
	})
}

// has reports whether the topic holds the concept of a name.
func (t topic) has(name string) bool {
	return slices.ContainsFunc(t.concepts, func(c int) bool { return words().concepts[c].name == name })
}

// grows reports whether the topic is counted up while the news comes in.
func (t topic) grows() bool {
	return slices.ContainsFunc(t.concepts, func(c int) bool { return words().concepts[c].grows })
}

// equal reports whether two topics say the same and nothing else.
func (t topic) equal(o topic) bool {
	return slices.Equal(t.concepts, o.concepts) && slices.Equal(t.stems, o.stems)
}

// stemAll cuts a phrase into the stems of its words, in order.
func stemAll(phrase string) []string {
	var out []string
	for _, w := range eachWord(phrase) {
		out = append(out, stem(strings.ToLower(w)))
	}
	return out
}

// small words stand inside phrases without changing them.
var smallWords = map[string]bool{"a": true, "an": true, "the": true, "his": true, "her": true, "its": true, "their": true, "our": true, "my": true, "your": true}

// phraseStems is stemAll without small words, as phrases are kept and looked up.
func phraseStems(phrase string) []string {
	var out []string
	for _, w := range eachWord(phrase) {
		if w = strings.ToLower(w); !smallWords[w] {
			out = append(out, stem(w))
		}
	}
	return out
}

// sorted sorts a list in place and drops repeats.
func sorted[T ~int | ~int32 | ~string](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// common holds the stems of words that tell no question from another.
var common = set(`a about after again against all also among an and another any are as at be been before being between
	but by can could did do does during each every few for from had has have he her here him his how i if in into is it its
	itself just last later least less like made make many may more most much must near never new next no nor not now of off
	on once one only or other our out over own part per said same say says she should since so some still such than that the
	their them then there these they this those though three through time to today too two under until up upon us
	very was we well were what when where which while who whom whose why will with within without would year yesterday yet you
	people person man men woman number total amount figure count sum level rate share quantity value monday tuesday wednesday
	thursday friday saturday sunday january february march april may june july august september october november december
	according report reported
	become call come get give given gave go gone got know known keep kept let mean put see seen set show shown stand stood take taken took use used want`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[stem(w)] = true
	}
	return m
}

// conceptSet is a set of concepts, and of their groups, as bits.
type conceptSet struct{ concepts, groups [setWords]uint64 }

// setWords bounds the lexicon at 384 concepts; a test holds that it fits.
const setWords = 6

func setOf(list []int) (s conceptSet) {
	for _, i := range list {
		s.concepts[i/64] |= 1 << (i % 64)
		g := words().concepts[i].groupIndex
		s.groups[g/64] |= 1 << (g % 64)
	}
	return s
}

func (s conceptSet) union(o conceptSet) conceptSet {
	for i := range s.concepts {
		s.concepts[i] |= o.concepts[i]
		s.groups[i] |= o.groups[i]
	}
	return s
}

func (s *conceptSet) empty() bool { return s.concepts == [setWords]uint64{} }

// shares reports whether the sets hold a concept in common.
func (s *conceptSet) shares(o *conceptSet) bool {
	both := uint64(0)
	for i := range s.concepts {
		both |= s.concepts[i] & o.concepts[i]
	}
	return both != 0
}

// rules out: different concepts of one group and none in common.
func (s *conceptSet) excludes(o *conceptSet) bool {
	both := uint64(0)
	for i := range s.groups {
		both |= s.groups[i] & o.groups[i]
	}
	return both != 0 && !s.shares(o)
}

// human keeps what is done to people.
func (s conceptSet) human() conceptSet {
	for i := range s.concepts {
		s.concepts[i] &= words().human[i]
	}
	if s.empty() {
		return conceptSet{}
	}
	for i := range s.groups {
		s.groups[i] &= words().humanGroups[i]
	}
	return s
}

// grows reports whether anything in the set is counted up while the news comes in.
func (s conceptSet) grows() bool {
	for i := range s.concepts {
		if s.concepts[i]&words().grows[i] != 0 {
			return true
		}
	}
	return false
}
