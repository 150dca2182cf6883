package conflict

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

// shelf is one answer's words laid out by term, so that the words of many others
// are looked up among them: that is several times as fast as going through two
// lists, and gives the same to the last digit.
type shelf []berth

// berth is what a term weighs in an answer's bags, 0 where it does not stand.
type berth struct{ near, sentence, attribute, subject, names, before float32 }

// lay puts an answer's words on the shelf.
func (s shelf) lay(w *wording) {
	for _, t := range w.near.terms {
		s[t.id].near = t.weight
	}
	for _, t := range w.sentence.terms {
		s[t.id].sentence = t.weight
	}
	for _, t := range w.attribute.terms {
		s[t.id].attribute = t.weight
	}
	for _, t := range w.subject.terms {
		s[t.id].subject = t.weight
	}
	for _, t := range w.names.terms {
		s[t.id].names = t.weight
	}
	for _, t := range w.before.terms {
		s[t.id].before = t.weight
	}
}

// clear takes an answer's words away again.
func (s shelf) clear(w *wording) {
	for _, b := range []*bag{&w.near, &w.sentence, &w.attribute, &w.subject, &w.names, &w.before} {
		for _, t := range b.terms {
			s[t.id] = berth{}
		}
	}
}

// overlap holds the words of the answer that is laid out against another's.
func (s shelf) overlap(y *wording) (o overlap) {
	for _, t := range y.near.terms {
		at := &s[t.id]
		if at.near != 0 {
			o.near++
		}
		o.attributeNear += float64(at.attribute) * float64(at.attribute)
	}
	for _, t := range y.sentence.terms {
		at := s[t.id].sentence
		if at != 0 {
			o.inSentence++
		}
		o.sentence += float64(at) * float64(t.weight)
	}
	for _, t := range y.attribute.terms {
		at := &s[t.id]
		o.attribute += float64(at.attribute) * float64(t.weight)
		if at.near != 0 {
			o.otherAttributeNear += float64(t.weight) * float64(t.weight)
		}
	}
	for _, t := range y.subject.terms {
		o.subject += float64(s[t.id].subject) * float64(t.weight)
	}
	for _, t := range y.names.terms {
		o.names += float64(s[t.id].names) * float64(t.weight)
	}
	for _, t := range y.before.terms {
		o.before += float64(s[t.id].before) * float64(t.weight)
	}
	return o
}
