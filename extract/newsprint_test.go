package extract_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// newsprint writes text for benchmarks. Words are as many as in real text and
// as unevenly used: few of them often, most of them rarely, so that tables of
// words and weights are read all over, as real text reads them.
type newsprint struct {
	lists  map[string][]string
	random uint64
	out    strings.Builder
}

// shapes are the sentences of newsprint. What stands in braces is a list's name
// or a number's kind.
var shapes = strings.Split(`{given} {family} said on {weekday} that the {adjective} {noun} near {place} had been {verb} for ${small}.{digit} million, {small}% more than in {year}.
At least {number} {noun}s from {place} were {verb} when the {noun} of the {adjective} {noun} was {verb}, according to the ministry.
The {adjective} {noun}, which {given} {family} had {verb} without much {noun}, stands between two {adjective} {noun}s and a {noun} that nobody {verb}.
Nobody in {place} remembers why the {noun} was {adverb} {verb} before the {noun} came to look at its {adjective} {noun}.
{place} {verb} an agreement with {place} on {month} {day}, {year}, and parliament {verb} it {small} days later.
"We have {verb} every {noun} that we could," said {family}, a {role} at {body}, "but the {noun} is {adjective} and the {noun} {adverb} {verb}."
It is {adverb} {adjective} that the {noun} and the {noun} of {family}'s {noun} have never {verb} the {adjective} {noun}s there.
In {month} {year} the {role} {given} {family} {adverb} {verb} {body} after a {noun} over {number} {adjective} {noun}s in {place}.
About {small}.{digit} billion people, or {small} percent, depend on {noun} and {noun}, which {verb} between {year} and {year}.
Critics {verb} the {noun}; others, among them {given} {family} of {place}, called it {adjective}, {adjective} and {adverb} {verb}.`, "\n")

// newNewsprint takes its words from the lists that names are read with.
func newNewsprint(tb testing.TB) *newsprint {
	n := &newsprint{lists: map[string][]string{
		"weekday": {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"},
		"month":   {"January", "March", "April", "June", "July", "September", "October", "December"},
	}}
	for list, file := range map[string]string{"given": "given", "family": "family", "place": "places", "body": "organizations", "role": "roles"} {
		n.lists[list] = lexiconLines(tb, file)
		for i, name := range n.lists[list] {
			if list != "role" {
				n.lists[list][i] = capitals(name)
			}
		}
	}
	endings := []struct{ list, of string }{
		{"adverb", "ly"}, {"verb", "ed"}, {"adjective", "al ous ful ive ic ant less able ish"},
		{"noun", "tion ment er age ity ance ship ure ness or ist ery th ck nd rt"},
	}
	for _, word := range lexiconLines(tb, "common") {
	kinds:
		for _, e := range endings {
			for end := range strings.FieldsSeq(e.of) {
				if strings.HasSuffix(word, end) && len(word) > len(end)+2 {
					n.lists[e.list] = append(n.lists[e.list], word)
					break kinds
				}
			}
		}
	}
	return n
}

func lexiconLines(tb testing.TB, name string) []string {
	b, err := os.ReadFile("name/lexicon/" + name + ".txt")
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

func capitals(name string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(name) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// below is a number from 0 up to n, the same ones in each run.
func (n *newsprint) below(most int) int {
	n.random = n.random*6364136223846793005 + 1442695040888963407
	return int(n.random >> 33 % uint64(most))
}

// pick takes a word of a list, each the more seldom the higher its rank, by
// Zipf's law. A list is in order of letters: the common ones are spread over it.
func (n *newsprint) pick(list []string) string {
	rank := int(math.Pow(float64(len(list)), float64(n.below(1<<20))/(1<<20)))
	return list[rank*7919%len(list)]
}

// sentence writes one sentence.
func (n *newsprint) sentence() {
	rest := shapes[n.below(len(shapes))]
	for {
		before, from, found := strings.Cut(rest, "{")
		n.out.WriteString(before)
		if !found {
			return
		}
		slot, after, _ := strings.Cut(from, "}")
		rest = after
		switch slot {
		case "digit":
			fmt.Fprint(&n.out, n.below(10))
		case "day":
			fmt.Fprint(&n.out, 1+n.below(28))
		case "small":
			fmt.Fprint(&n.out, 2+n.below(95))
		case "number":
			fmt.Fprint(&n.out, 100+n.below(9000))
		case "year":
			fmt.Fprint(&n.out, 1900+n.below(120))
		default:
			n.out.WriteString(n.pick(n.lists[slot]))
		}
	}
}

// distinct writes about size bytes of news in which no two sentences are equal,
// so that nothing can be read once and remembered.
func distinct(tb testing.TB, size int) string {
	n := newNewsprint(tb)
	n.out.Grow(size + 512)
	for i := 0; n.out.Len() < size; i++ {
		n.sentence()
		if n.out.WriteByte(' '); i%5 == 4 {
			n.out.WriteString("\n\n")
		}
	}
	return n.out.String()
}

// TestDistinct holds the benchmark's text to what it promises.
func TestDistinct(t *testing.T) {
	text := distinct(t, 256<<10)
	seen, words := map[string]bool{}, map[string]bool{}
	for _, s := range strings.SplitAfter(text, ". ") {
		if s = strings.TrimSpace(s); len(s) > 30 && seen[s] {
			t.Fatalf("twice: %q", s)
		}
		seen[s] = true
	}
	for word := range strings.FieldsSeq(text) {
		words[word] = true
	}
	if len(words) < 8000 {
		t.Errorf("%d different words, as in text of a far smaller vocabulary than people have", len(words))
	}
}
