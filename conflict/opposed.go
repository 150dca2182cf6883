package conflict

// One value told of opposite deeds. In long documents a value comes up with many
// deeds and two that share it are no news; but of two sentences put side by side,
// one that gives a sum as the profit and one that gives it as the loss cannot
// both hold, nor can one that has somebody elected on the day of his birth.

// opposed reports whether two brief texts give one value for opposite deeds.
func opposed(a, b *answer) bool {
	if !a.text.brief() || !b.text.brief() || a.negated() != b.negated() || a.class != b.class {
		return false
	}
	switch p, q := a.Value.Quantity, b.Value.Quantity; {
	case a.class == dates:
		return a.Value.Period.Meets(*b.Value.Period) && !leavesOpen(a) && !leavesOpen(b) && (a.outlives(b) || b.outlives(a))
	case p != nil && q != nil && p.Unit == q.Unit && sameDigits(a, b) && p.Number.Decimal.NumDigits() > 1:
		return a.topic.opposes(b.topic)
	}
	return false
}

// outlives reports whether an answer dates a birth and another what only who is
// born long before can do, to the day or in words that are known.
func (n *answer) outlives(o *answer) bool {
	if !n.topic.has("born") || o.topic.has("born") || len(o.topic.stems)+len(o.topic.concepts) == 0 || n.words.subject.within(&o.words.subject) == 0 {
		return false // or of something else than who was born
	}
	p := o.Value.Period
	return p.From == p.To || len(o.topic.concepts) > 0 && p.To-p.From < 366
}
