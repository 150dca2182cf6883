package conflict

import (
	"context"
	"math"
	"slices"
)

// event is the documents about one thing, with what they answer.
type event struct {
	corpus  *corpus
	model   *Model
	answers []*answer
	pairs   []pair
	odds    [2]*firstOdds   // of pairs, and of brief ones
	said    []saying        // answer → what value it gives, in so many words
	of      [][]link        // answer → its pairs, by the place of the other text
	linked  []int32         // answer → how many of them there are
	held    map[[2]int]bool // texts, by place, that were held against each other
	// partners are each answer's best, one a text, by the place of the text; see rivals.go.
	partners [][]partner
	backing  [][]int32 // answer → those that agree with it, see verdict.go
}

// link is a pair as one of its answers sees it.
type link struct {
	pair int32
	to   int32 // the other answer
}

// pair is two answers of different texts that may answer one question, a before b.
type pair struct {
	a, b    int32
	alike   float64 // the documents
	brief   bool    // both documents are
	choices float64 // logarithm of how many answers of this kind each has, on average
	words   float64 // log odds of one question, by the words
	values  float64 // and the values
	rival   float64 // and the values at their nearest: as a rival of other pairs
	same    float64 // log odds, knowing the rivals; below unlikely, at most
	best    bool    // each is the other's best match
	// Where in the list of either end the pairs with the other's text begin.
	rivals [2]int32
}

const (
	// impossible is the log odds below which a pair is forgotten.
	impossible = -5.0
)

// other is the far end of a pair.
func (p *pair) other(i int32) int32 { return p.a + p.b - i }

// slate is what the pairs of an event are written on: one event after another uses it,
// because a large one has hundreds of thousands.
type slate struct {
	pairs    []pair
	links    []link
	partners []partner
	judged   []edge
	block    block
}

// findPairs holds the answers of each two documents that are near against each
// other, class by class, and keeps what may answer one question.
func (e *event) findPairs(ctx context.Context) error {
	byText := make([][]int32, 0)
	for i, n := range e.answers {
		for len(byText) <= n.text.place {
			byText = append(byText, nil)
		}
		byText[n.text.place] = append(byText[n.text.place], int32(i))
	}
	var texts []*text
	for _, list := range byText {
		if len(list) > 0 {
			texts = append(texts, e.answers[list[0]].text)
		}
	}
	e.held = map[[2]int]bool{}
	near, err := e.corpus.neighbours(ctx, texts, 0)
	if err != nil {
		return err
	}
	type meeting struct {
		places [2]int
		by     float64
	}
	var meetings []meeting
	for i, list := range near {
		for _, l := range list {
			// The nearest of one need not have it among its own nearest.
			if at := places(texts[i], l.to); !e.held[at] {
				e.held[at] = true
				meetings = append(meetings, meeting{at, l.by})
			}
		}
	}
	// In this order each answer's pairs come to stand by the place of the other text.
	slices.SortFunc(meetings, func(x, y meeting) int { return slices.Compare(x.places[:], y.places[:]) })
	e.pairs, e.linked = e.corpus.slate.pairs[:0], make([]int32, len(e.answers))
	e.said, e.odds = sayings(e.answers), [2]*firstOdds{e.firstOdds(false), e.firstOdds(true)}
	met := make([]int, len(byText))
	for _, m := range meetings {
		met[m.places[0]]++
		met[m.places[1]]++
	}
	e.roomForPartners(met)
	sides := make([]side, len(byText))
	for i, list := range byText {
		sides[i] = e.sideOf(list)
	}
	for _, m := range meetings {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		e.hold(&sides[m.places[0]], &sides[m.places[1]], m.by)
	}
	e.corpus.slate.pairs = e.pairs
	e.link()
	return nil
}

// link lists for each answer its pairs, in their order.
func (e *event) link() {
	if n := 2 * len(e.pairs); cap(e.corpus.slate.links) < n {
		e.corpus.slate.links = make([]link, n+n/4)
	}
	left := e.corpus.slate.links
	e.of = make([][]link, len(e.answers))
	for i, n := range e.linked {
		e.of[i], left = left[:0:n], left[n:]
	}
	for k := range e.pairs {
		p := &e.pairs[k]
		e.of[p.a], e.of[p.b] = append(e.of[p.a], link{int32(k), p.b}), append(e.of[p.b], link{int32(k), p.a})
	}
}

// places tells two texts of an event apart from any other two.
func places(a, b *text) [2]int { return [2]int{min(a.place, b.place), max(a.place, b.place)} }

// side is the answers of a text, by kind.
type side struct {
	answers []int32
	kinds   map[string]int     // how many of each kind there are
	facing  map[string][]int32 // kind → the answers that one of the kind may meet, by their places here
}

// sideOf sorts the answers of a text by kind.
func (e *event) sideOf(list []int32) side {
	s := side{list, map[string]int{}, map[string][]int32{}}
	for k, i := range list {
		n := e.answers[i]
		s.kinds[n.kind()]++
		for _, kind := range n.faces() {
			s.facing[kind] = append(s.facing[kind], int32(k))
		}
	}
	return s
}

// hold pairs up the answers of two texts.
func (e *event) hold(here, there *side, alike float64) {
	var f vector
	these, those := here.answers, there.answers
	brief := e.corpus.voices <= two && e.answers[these[0]].text.brief() && e.answers[those[0]].text.brief()
	choicesHere, beginHere := e.facing(these, there)
	choicesThere, beginThere := e.facing(those, here)
	from, block := len(e.pairs), &e.corpus.slate.block
	block.begin(len(these), len(those))
	odds := e.odds[0]
	if brief {
		odds = e.odds[1]
	}
	for l, j := range those {
		b := e.answers[j]
		for _, k := range here.facing[b.kind()] {
			i := these[k]
			if !canMeet(e.answers[i], b) {
				continue
			}
			p := pair{a: i, b: j, rivals: [2]int32{beginHere[k], beginThere[l]}, alike: alike, brief: brief}
			p.choices = steady((choicesThere[l] + choicesHere[k]) / 2)
			e.weigh(&p, &f, odds)
			if j < i {
				p.a, p.b, p.rivals = j, i, [2]int32{beginThere[l], beginHere[k]}
			}
			if max(p.values, p.rival) >= impossible {
				e.pairs = append(e.pairs, p)
				block.add(int(k), l, i, j, &p)
				e.linked[i]++
				e.linked[j]++
			}
		}
	}
	e.weighBlock(block, from)
}

// facing tells for each of a text's answers how many of its kind the other text gives,
// as a logarithm, and where its pairs with that text begin.
func (e *event) facing(list []int32, other *side) (choices []float64, begin []int32) {
	choices, begin = make([]float64, len(list)), make([]int32, len(list))
	for k, i := range list {
		choices[k], begin[k] = math.Log(float64(max(1, other.kinds[e.answers[i].kind()]))), e.linked[i]
	}
	return choices, begin
}

// weigh gives a pair the odds of the first stage.
func (e *event) weigh(p *pair, f *vector, odds *firstOdds) {
	a, b := e.answers[p.a], e.answers[p.b]
	f.byWords(a, b, p)
	words, values := odds.bias[0], odds.bias[1]
	for k, x := range f[:wordFeatures] {
		if x != 0 { // few are not
			words += odds.byWords[k][0] * x
			values += odds.byWords[k][1] * x
		}
	}
	p.words = steady(words)
	f.byValues(a, b, false)
	p.values = steady(odds.addValues(values, f))
	p.rival = p.values
	if nearer(a, b) {
		f.byValues(a, b, true)
		p.rival = steady(odds.addValues(values, f))
	}
}

// firstOdds are the weights of the first stage's two sums, side by side: by the words,
// and by words and values.
type firstOdds struct {
	bias     [2]float64
	byWords  [wordFeatures][2]float64
	byValues [firstFeatures - wordFeatures]float64
}

// firstOdds are those of pairs of brief documents, or of others.
func (e *event) firstOdds(brief bool) *firstOdds {
	p := pair{brief: brief}
	words, values := e.linearOf(Words, &p), e.linearOf(Values, &p)
	o := &firstOdds{bias: [2]float64{words.bias, values.bias}}
	for k := range o.byWords {
		o.byWords[k] = [2]float64{words.weights[k], values.weights[k]}
	}
	copy(o.byValues[:], values.weights[wordFeatures:])
	return o
}

// addValues adds to the odds by the words what the values say.
func (o *firstOdds) addValues(sum float64, f *vector) float64 {
	for k, x := range f[wordFeatures:] {
		if x != 0 {
			sum += o.byValues[k] * x
		}
	}
	return sum
}

// kind is what an answer is compared within: its class, and the dimension of a size.
func (n *answer) kind() string {
	if n.class == sizes {
		return n.family
	}
	return classNames[n.class]
}

var classNames = [...]string{nothing: "nothing", counts: "counts", money: "money", shares: "shares", times: "times", dates: "dates", names: "names"}

// faces lists the kinds of answers that an answer may meet: its own, and where the one
// may be a denial without a value and the other a date or a name, theirs too.
func (n *answer) faces() []string {
	switch {
	case n.class == dates || n.class == names:
		return []string{n.kind(), classNames[nothing]}
	case n.class == nothing && n.negated():
		return []string{n.kind(), classNames[dates], classNames[names]}
	}
	return []string{n.kind()}
}

// canMeet reports whether two answers can answer one question at all, by
// what kind of values they give.
func canMeet(a, b *answer) bool {
	if a.negated() != b.negated() {
		return samePredicate(a, b)
	}
	if a.words.sentenceKey == b.words.sentenceKey && a.words.offset != b.words.offset {
		return false // one sentence, copied, and two values in it
	}
	if a.class != b.class || a.class == nothing || a.class == sizes && a.family != b.family {
		return false
	}
	return !ranksOne(a, b)
}

// ranksOne reports whether one of two counts is a rank and the other counts things.
func ranksOne(a, b *answer) bool {
	const rank = "place"
	p, q := a.Value.Quantity, b.Value.Quantity
	return p != nil && q != nil && p.Unit != "" && q.Unit != "" && (p.Unit == rank) != (q.Unit == rank)
}

// rivals calls f with every other pair between one end of p and the text of
// the other end, whose far end says something else than that does.
func (e *event) rivals(p *pair, end int32, f func(*pair)) {
	replaced, first := p.other(end), p.rivals[0]
	if end == p.b {
		first = p.rivals[1]
	}
	text := e.answers[replaced].text
	for _, l := range e.of[end][first:] {
		if e.answers[l.to].text != text {
			return
		}
		if e.rival(l.to, replaced) {
			f(&e.pairs[l.pair])
		}
	}
}

// saying is what value an answer gives, in so many words.
type saying struct {
	point   float64 // NaN where no single number is said
	quote   int32   // the same for the same words
	negated bool
}

// sayings are those of some answers.
func sayings(answers []*answer) []saying {
	out := make([]saying, len(answers))
	quotes := make(map[string]int32, len(answers))
	for i, n := range answers {
		quote, known := quotes[n.quote]
		if !known {
			quote = int32(len(quotes))
			quotes[n.quote] = quote
		}
		out[i] = saying{n.size.point, quote, n.negated()}
	}
	return out
}

// same reports whether two answers give one value in so many words.
func (s *saying) same(o *saying) bool {
	if s.negated != o.negated {
		return false
	}
	if s.point == s.point && o.point == o.point { // numbers, both
		return math.Abs(s.point-o.point) <= 1e-9*math.Abs(s.point)
	}
	return s.quote == o.quote
}

// rival reports whether two answers of one text are rivals: they say something else.
func (e *event) rival(i, j int32) bool { return i != j && !e.said[i].same(&e.said[j]) }

// samePredicate reports whether one answer can deny what the other says. A
// denial without a value denies one deed, however that is told: "signed", "signed
// on 5 May", "signed by Quill", but no number. Where it lies in the verb ("was
// closed" for "is not open") the deed has one name in both; where the words say
// "not" or "never" the other may tell it in words that nobody has listed.
func samePredicate(a, b *answer) bool {
	if b.negated() {
		a, b = b, a
	}
	if a.family != "predicate" {
		return a.family == b.family
	}
	return b.Value.Quantity == nil && (a.deed == b.deed && a.deed != none || a.outright && a.words.sentence.cosine(&b.words.sentence) > 0)
}

// sharesAndPoints reports whether one is a percentage and the other counts
// percentage points.
func sharesAndPoints(a, b *answer) bool {
	return a.family == "share" && b.family == "points" || a.family == "points" && b.family == "share"
}
