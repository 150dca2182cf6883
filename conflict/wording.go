package conflict

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// wording is the words that an answer is said in, as terms weighted by rarity,
// in the places where they tell what it answers.
type wording struct {
	near      bag // beside the value, the nearer the heavier
	sentence  bag
	beside    bag // the sentence without the value; of brief documents only
	before    bag // what stands before the sentence: the one before, a heading
	attribute bag
	subject   bag
	names     bag // that take part, or stand in the sentence

	measured, about conceptSet // in the attribute; there or beside the value
	human           conceptSet // of the latter, what is done to people
	said            []string   // the words and figures of the value itself
	years           []int      // calendar years of the sentence
	row             bool       // it stands in a table
	sentenceKey     uint64     // of the sentence's words in order
	offset          int        // of the value, in words of the sentence
	place           float64    // in the text, from 0 to 1
}

// bag is terms with weights, by term, as long as 1.
type bag struct {
	terms []weighted
	mask  uint64  // a bit for each term: where two masks have none in common, neither have the bags
	sum   float64 // of the weights before they were scaled
}

type weighted struct {
	id     int32
	weight float32
}

// cosine of two bags: 1 for the same words, 0 for none in common.
func (b *bag) cosine(o *bag) float64 {
	cosine, _ := b.meet(o)
	return cosine
}

// meet is the cosine of two bags and how many terms stand in both. Summed with
// twice the digits of the weights it does not depend on the order of the terms,
// whose numbers follow from the order in which events are read.
func (b *bag) meet(o *bag) (cosine float64, inCommon int) {
	if b.mask&o.mask == 0 {
		return 0, 0
	}
	sum := 0.0
	for i, j := 0, 0; i < len(b.terms) && j < len(o.terms); {
		x, y := &b.terms[i], &o.terms[j]
		if x.id == y.id {
			sum += float64(x.weight) * float64(y.weight)
			inCommon++
			i++
			j++
			continue
		}
		step := comesFirst(x.id, y.id)
		i, j = i+step, j+1-step
	}
	return sum, inCommon
}

// comesFirst is 1 where one of two different terms comes before the other in a list, and
// 0 where it comes after it. It does not branch: no processor could guess which it is.
func comesFirst(one, other int32) int { return int(uint32(one-other) >> 31) }

// within is the share of b's weight, squared, whose terms stand in o too.
func (b *bag) within(o *bag) float64 {
	if b.mask&o.mask == 0 {
		return 0
	}
	sum := 0.0
	for i, j := 0, 0; i < len(b.terms) && j < len(o.terms); {
		x, y := &b.terms[i], &o.terms[j]
		if x.id == y.id {
			sum += float64(x.weight) * float64(x.weight)
			i++
			j++
			continue
		}
		step := comesFirst(x.id, y.id)
		i, j = i+step, j+1-step
	}
	return sum
}

func (b *bag) empty() bool { return len(b.terms) == 0 }

// pack makes a bag of terms, keeping of repeats the heaviest.
func pack(terms []weighted) bag {
	slices.SortFunc(terms, func(a, b weighted) int {
		if a.id != b.id {
			return int(a.id) - int(b.id)
		}
		if a.weight > b.weight {
			return -1
		}
		return 1
	})
	terms = slices.CompactFunc(terms, func(a, b weighted) bool { return a.id == b.id })
	sum := 0.0
	for _, t := range terms {
		sum += float64(t.weight) * float64(t.weight)
	}
	length := float32(math.Sqrt(sum))
	if length == 0 {
		return bag{}
	}
	b := bag{terms: slices.Clip(terms), sum: sum}
	for i := range terms {
		terms[i].weight /= length
		b.mask |= 1 << (terms[i].id % 64)
	}
	return b
}

const (
	halfway     = 4.0 // words from the value at which a word counts half
	acrossMark  = 2.0 // what a comma or bar between counts like, as a factor
	beforeBytes = 240 // of text in front of the sentence that are looked at
)

// readWordings reads the wordings of one event's answers.
func (r *reading) readWordings(answers []*answer) {
	r.countNames(answers)
	for _, n := range answers {
		n.words = r.wordingOf(n)
	}
}

// countNames finds the names that take part in answers, and counts in how many voices
// each does.
func (r *reading) countNames(answers []*answer) {
	type heardIn struct {
		id    int32
		voice int
	}
	var all []heardIn
	for _, n := range answers {
		n.named = r.namesOf(n)
		for _, id := range n.named {
			all = append(all, heardIn{id, n.text.voice})
		}
	}
	slices.SortFunc(all, func(a, b heardIn) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.voice, b.voice)) })
	all = slices.Compact(all)
	for _, in := range all {
		r.corpus.heard[in.id] = 0
	}
	for _, in := range all {
		r.corpus.heard[in.id]++
	}
}

func (r *reading) wordingOf(n *answer) wording {
	c := r.corpus
	w := wording{row: strings.Contains(n.sentence, "|")}
	if len(n.text.body) > 0 {
		w.place = float64(n.first.Span.Start) / float64(len(n.text.body))
	}
	c.readSentence(n.in, n.text)
	w.sentenceKey, w.sentence, w.before = n.in.key, n.in.bag, n.in.before
	left, right := n.halves()
	before := c.part(n.in.words, n.in.from, n.in.from+left)
	after := c.part(n.in.words, n.in.from+right, n.in.from+len(n.sentence))
	w.offset = len(before.words)
	near, stemsLeft := c.leftOf(make([]weighted, 0, 2*reach), before, n.in.from+left)
	near, stemsRight := c.rightOf(near, after, n.in.from+right)
	w.near = pack(near)
	if n.text.brief() {
		w.beside = c.bagOf(c.read(n.sentence[:left] + " " + n.sentence[right:]))
	}
	n.asked.weigh(c)
	w.attribute, w.subject = *n.asked.bag, r.subjectBag(n.Subject)
	names := make([]weighted, 0, 2*len(n.named))
	for _, id := range n.named {
		names = append(names, weighted{id, float32(c.rarity(id))})
	}
	w.names = pack(c.capitals(c.capitals(names, before), after))
	w.measured = n.asked.measured
	w.about = w.measured.union(setOf(conceptsIn(stemsLeft))).union(setOf(conceptsIn(stemsRight)))
	w.human = w.about.human()
	w.years = before.years(after.years(nil))
	w.years = sorted(w.years)
	for _, word := range eachWord(n.quote) {
		w.said = append(w.said, strings.ToLower(word))
	}
	w.said = sorted(w.said)
	return w
}

// years are a list and the calendar years among the words.
func (p passage) years(list []int) []int {
	for _, w := range p.words {
		if w.end-w.at != 4 || p.in[w.at] != '1' && p.in[w.at] != '2' {
			continue
		}
		if y, err := strconv.Atoi(p.word(w)); err == nil && y >= 1500 && y < 2200 {
			list = append(list, y)
		}
	}
	return list
}

// around is what stands in the sentence before and after the value.
func (n *answer) around() (before, after string) {
	left, right := n.halves()
	return n.sentence[:left], n.sentence[right:]
}

// halves are where in the sentence the value starts and ends; where it cannot be
// found all stands before it.
func (n *answer) halves() (left, right int) {
	at := n.first.Span.Start - n.first.SentenceSpan.Start
	if at < 0 || at > len(n.sentence) || !strings.HasPrefix(n.sentence[at:], n.quote) {
		return len(n.sentence), len(n.sentence)
	}
	return at, at + len(n.quote)
}

// reach is how many words to either side of a value are looked at, and how many
// of them for concepts.
const (
	reach       = 16
	conceptsFor = 6
)

// leftOf adds the words before a value, which starts at byte end; stems are those of
// its clause.
func (c *corpus) leftOf(terms []weighted, before passage, end int) (_ []weighted, stems []string) {
	words := c.spots(before, whole)
	factor := 1.0
	for k := range min(len(words), reach) {
		w := words[len(words)-1-k]
		if breaks(before.in[w.end:end]) {
			factor *= acrossMark
		}
		end = int(w.at)
		if factor == 1 && k < conceptsFor && w.stem != "" {
			stems = append(stems, w.stem)
		}
		terms = c.weigh(terms, w.term, k, factor)
	}
	slices.Reverse(stems)
	return terms, stems
}

// rightOf adds the words after a value, which ends at byte end.
func (c *corpus) rightOf(terms []weighted, after passage, end int) (_ []weighted, stems []string) {
	factor := 1.0
	for k, w := range c.spots(after, reach) {
		if breaks(after.in[end:w.at]) {
			factor *= acrossMark
		}
		end = int(w.end)
		if factor == 1 && k < conceptsFor && w.stem != "" {
			stems = append(stems, w.stem)
		}
		terms = c.weigh(terms, w.term, k, factor)
	}
	return terms, stems
}

func breaks(gap string) bool { return strings.ContainsAny(gap, ",;:|()—–\n") }

// weigh adds a word that stands k words from a value.
func (c *corpus) weigh(terms []weighted, id int32, k int, factor float64) []weighted {
	if id == none {
		return terms
	}
	return append(terms, weighted{id, float32(c.rarity(id) * halfway / (halfway + float64(k)*factor))})
}

// bagOf weighs the words of a passage by rarity alone.
func (c *corpus) bagOf(p passage) bag {
	terms := make([]weighted, 0, len(p.words))
	for _, w := range c.spots(p, whole) {
		if w.term != none {
			terms = append(terms, weighted{w.term, float32(c.rarity(w.term))})
		}
	}
	return pack(terms)
}

// capitals adds the words that begin with a capital.
func (c *corpus) capitals(terms []weighted, p passage) []weighted {
	for _, w := range p.words {
		if first := p.in[w.at]; first >= 'A' && first <= 'Z' {
			if id := c.spellings[w.as].term; id != none {
				terms = append(terms, weighted{id, float32(c.rarity(id))})
			}
		}
	}
	return terms
}
