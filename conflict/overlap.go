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
