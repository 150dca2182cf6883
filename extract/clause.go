package extract

// place is how a mention stands in its clause: the path from its value to what
// the value is about.
type place struct {
	// phrase is the mention's own phrase.
	phrase int
	// verb is the verb group that governs it, or -1.
	verb int
	// role is the mention's part under that verb.
	role role
	// governor is the noun phrase that it hangs on by a preposition ("a toll
	// of 34"), or -1; by is that preposition.
	governor int
	by       int
}

type role uint8

const (
	fragment role = iota // no verb: a list item, a headline
	subject              // "34 people were killed"
	object               // "killed 34 people"
	oblique              // "signed in 2016", "rose to $12"
)

// placeOf finds the place of the mention in phrase p.
func (l *line) placeOf(p int) place {
	at := place{phrase: p, verb: -1, governor: -1, by: -1}
	prev := l.before(p)
	if prev >= 0 && l.phrases[prev].kind == when && l.verbBefore(prev) < 0 { // "Last November 112 workers burned"
		prev = -1
	}
	switch {
	case prev < 0, l.phrases[prev].kind == comma, l.phrases[prev].kind == joint, l.phrases[prev].kind == binder, l.phrases[prev].kind == stop:
		if v := l.verbAfter(p); v >= 0 && l.phrases[p].kind != when {
			at.verb, at.role = v, subject
			return at
		}
	case l.phrases[prev].kind == verbGroup:
		if v := l.verbAfter(p); v >= 0 && saidVerbs.Has(l.phrases[prev].verb.done) { // "he said 34 people died"
			at.verb, at.role = v, subject
			return at
		}
		at.verb, at.role = prev, object
		return at
	case l.phrases[prev].kind == nounPhrase && l.preposed(prev): // "In the end 1,900 bolts had to be replaced"
		if v := l.verbAfter(p); v >= 0 && l.subjects[v].first == p {
			at.verb, at.role = v, subject
			return at
		}
	case l.phrases[prev].kind == preposition:
		at.by = prev
		if g := l.before(prev); g >= 0 && l.phrases[g].kind == nounPhrase {
			at.governor = g
		}
	}
	// In front of the clause ("In 2024, exports rose") or behind its verb.
	if v := l.verbBefore(p); v >= 0 {
		at.verb, at.role = v, oblique
		if at.by < 0 && l.phrases[p].kind == nounPhrase {
			at.role = object
		}
		return at
	}
	if at.governor >= 0 && l.phrases[p].kind != when {
		if v := l.verbAfter(p); v >= 0 { // "a toll of 34 was reported"
			at.verb, at.role = v, subject
			return at
		}
	}
	if at.by >= 0 || l.phrases[p].kind == when {
		for i := p + 1; i < len(l.phrases); i++ {
			if l.phrases[i].kind == opens || l.phrases[i].kind == binder {
				break
			}
			if l.phrases[i].kind == verbGroup && !l.phrases[i].verb.participle {
				at.verb, at.role = i, oblique
				break
			}
		}
	}
	return at
}

// before returns the phrase before p, past adverbs; -1 where there is none, or
// where p opens a bracket.
func (l *line) before(p int) int {
	for i := p - 1; i >= 0; i-- {
		switch l.phrases[i].kind {
		case other:
			continue
		case opens:
			return -1
		}
		return i
	}
	return -1
}

// verbAfter returns the verb group that follows p and whose subject p is part
// of, or -1. Of two, "the block that stood there had", it is the later one,
// that of the whole; a relative clause is about the noun phrase before it alone.
func (l *line) verbAfter(p int) int {
	const far = 24 // phrases, the longest aside
	relative := -1
	for i := p + 1; i < len(l.phrases) && i < p+far; i++ {
		switch l.phrases[i].kind {
		case verbGroup:
			s := l.subjects[i]
			if i != l.next(p) && (s.first > p || p >= s.last) {
				continue
			}
			if !l.isRelative(i) {
				return i
			}
			if relative < 0 && s.last == p+1 {
				if relative = i; l.hangsInside(s.first, p) {
					return i
				}
			}
		case stop:
			return relative
		}
	}
	return relative
}

// hangsInside reports whether the noun phrase at p only tells more of another
// that heads the subject, so that what "who" says is of it alone: "the widow of
// one of the nine men who died", but not "a total of nine men who stayed".
func (l *line) hangsInside(head, p int) bool {
	for ; head+2 <= p; head += 2 {
		f := l.phrases[head]
		last := &l.tokens[f.last-1]
		if m := l.within[f.last-1]; m < 0 && last.Tag != "CD" && last.Tag != "DT" && !counters.Has(last.Lower) {
			return true
		}
	}
	return false
}

// isRelative reports whether the verb group v stands right behind "who" or "that".
func (l *line) isRelative(v int) bool {
	i := v - 1
	for i >= 0 && l.phrases[i].kind == other {
		i--
	}
	return i >= 0 && l.phrases[i].kind == binder
}

// next is the phrase behind p and what hangs on it by prepositions.
func (l *line) next(p int) int {
	for i := p + 1; i < len(l.phrases); i++ {
		switch l.phrases[i].kind {
		case nounPhrase:
			if l.phrases[i-1].kind != preposition {
				return i
			}
		case preposition, other, when:
		case opens:
			if i = l.closing(i); i < 0 {
				return len(l.phrases)
			}
		default:
			return i
		}
	}
	return len(l.phrases)
}

// verbBefore returns the nearest verb group before p in its clause, stepping
// over brackets; -1 where a clause, a list or a bracket begins first.
func (l *line) verbBefore(p int) int {
	for i := p - 1; i >= 0; i-- {
		switch l.phrases[i].kind {
		case verbGroup:
			return i
		case closes:
			if i = l.opening(i); i < 0 {
				return -1
			}
		case opens, stop, binder:
			return -1
		}
	}
	return -1
}

// opening returns the bracket that the one at i closes, or -1.
func (l *line) opening(i int) int {
	for i--; i >= 0; i-- {
		if l.phrases[i].kind == opens {
			return i
		}
	}
	return -1
}

// closing returns the bracket that closes the one at i, or -1.
func (l *line) closing(i int) int {
	for i++; i < len(l.phrases); i++ {
		if l.phrases[i].kind == closes {
			return i
		}
	}
	return -1
}
