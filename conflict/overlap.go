package conflict

import (
	"math"
	"slices"
)

// overlap is what the words of two answers have in common.
type overlap struct {
	near, inSentence                  int // words beside both values, and in both sentences
	sentence, attribute, subject      float64
	names, before                     float64
	attributeNear, otherAttributeNear float64 // of each attribute, what stands beside the other's value
}

// overlapOf holds the words of two answers against each other.
func overlapOf(x, y *wording) (o overlap) {
	_, o.near = x.near.meet(&y.near)
	o.sentence, o.inSentence = x.sentence.meet(&y.sentence)
	o.attribute, o.subject = x.attribute.cosine(&y.attribute), x.subject.cosine(&y.subject)
	o.names, o.before = x.names.cosine(&y.names), x.before.cosine(&y.before)
	o.attributeNear, o.otherAttributeNear = x.attribute.within(&y.near), y.attribute.within(&x.near)
	return o
}

// berth is what a term weighs in an answer's bags, 0 where it does not stand.
type berth struct {
	id                                                int32
	near, sentence, attribute, subject, names, before float32
}

// byTerm lists an answer's terms, by their numbers, with what each weighs in its bags.
func (w *wording) byTerm() []berth {
	bags := [...]*bag{&w.near, &w.sentence, &w.attribute, &w.subject, &w.names, &w.before}
	most := 0
	for _, b := range bags {
		most += len(b.terms)
	}
	out := make([]berth, 0, most)
	var next [len(bags)]int
	for {
		id := int32(math.MaxInt32)
		for k, b := range bags {
			if next[k] < len(b.terms) {
				id = min(id, b.terms[next[k]].id)
			}
		}
		if id == math.MaxInt32 {
			return out
		}
		var weights [len(bags)]float32
		for k, b := range bags {
			if next[k] < len(b.terms) && b.terms[next[k]].id == id {
				weights[k] = b.terms[next[k]].weight
				next[k]++
			}
		}
		out = append(out, berth{id, weights[0], weights[1], weights[2], weights[3], weights[4], weights[5]})
	}
}

// shelf is the words of one text's answers laid out by term. The words of another
// answer are looked up there once for all of these: that is many times as fast as
// going through two lists for each two answers, and gives the same to the last digit.
type shelf struct {
	at    []run     // term → where its holders stand
	held  []holder  // by term
	found []overlap // answer on the shelf → what it has in common with the one at hand
}

// run is a run of holders.
type run struct{ begin, end int32 }

// holder is a term in the words of an answer, which goes by its place among those on
// the shelf.
type holder struct {
	answer int32
	berth
}

// lay puts a text's answers on the shelf, in place of those that lie there. Terms
// are numbered below a limit.
func (s *shelf) lay(answers []*answer, limit int) {
	for _, h := range s.held {
		s.at[h.id] = run{}
	}
	if len(s.at) < limit {
		s.at = make([]run, limit+limit/4)
	}
	n := 0
	for _, a := range answers {
		n += len(a.words.berths)
		for i := range a.words.berths {
			s.at[a.words.berths[i].id].end++
		}
	}
	s.held = slices.Grow(s.held[:0], n)[:n]
	taken := int32(0)
	for i, a := range answers {
		for _, b := range a.words.berths {
			r := &s.at[b.id]
			if r.begin == 0 { // the first that holds it: from here on end is where the next one comes
				r.begin, taken, r.end = taken+1, taken+r.end, taken+1
			}
			s.held[r.end-1] = holder{int32(i), b}
			r.end++
		}
	}
	s.found = slices.Grow(s.found[:0], len(answers))[:len(answers)]
}

// overlaps holds the words of each answer on the shelf against another's. What it
// returns is good until it is asked again.
func (s *shelf) overlaps(y *wording) []overlap {
	clear(s.found)
	for i := range y.berths {
		b := &y.berths[i]
		r := s.at[b.id]
		if r.begin == 0 {
			continue
		}
		for k := r.begin - 1; k < r.end-1; k++ {
			h := &s.held[k]
			o := &s.found[h.answer]
			if h.sentence != 0 && b.sentence != 0 {
				o.inSentence++
				o.sentence += float64(h.sentence) * float64(b.sentence)
			}
			o.attribute += float64(h.attribute) * float64(b.attribute)
			o.subject += float64(h.subject) * float64(b.subject)
			o.names += float64(h.names) * float64(b.names)
			o.before += float64(h.before) * float64(b.before)
			if b.near != 0 {
				o.attributeNear += float64(h.attribute) * float64(h.attribute)
				if h.near != 0 {
					o.near++
				}
			}
			if h.near != 0 {
				o.otherAttributeNear += float64(b.attribute) * float64(b.attribute)
			}
		}
	}
	return s.found
}
