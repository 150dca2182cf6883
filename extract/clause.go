package extract

import (
	"slices"

	"crosscheck/words"
)

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

// span of phrases, [first, last); empty when first == last.
type run struct{ first, last int }

func (r run) empty() bool { return r.first >= r.last }

// subjectOf returns the noun phrases, with their prepositions, that are the
// subject of the verb group v: "Israel's defense exports to the Americas".
// A verb without its own ("moved its embassy and opened an office", "plans to
// relocate") takes that of the verb before it.
func (l *line) subjectOf(v int) run { return l.subjects[v] }

// link finds the subject of every verb group, once and from left to right.
func (l *line) link() {
	n := len(l.phrases)
	l.subjects = slices.Grow(l.subjects[:0], n)[:n]
	for v := range l.phrases {
		l.subjects[v] = run{}
		if l.phrases[v].kind != verbGroup {
			continue
		}
		if own := l.ownSubject(v); !own.empty() {
			l.subjects[v] = own
		} else if before := l.verbBefore(v); before >= 0 {
			l.subjects[v] = l.subjects[before]
			if of := l.referred(l.subjects[before]); !of.empty() && !l.phrases[v].verb.infinitive && !l.phrases[v].verb.participle && l.phrases[v-1].kind != joint {
				l.subjects[v] = of // "the firm that Ruiz led lost": not Ruiz
			}
		}
	}
}

// ownSubject returns the noun phrases in front of the verb group v, past what
// is put between them: adverbs, a bracket, an aside between commas.
func (l *line) ownSubject(v int) run {
	if l.phrases[v].verb.infinitive {
		return run{}
	}
	i := v - 1
	for i >= 0 && l.phrases[i].kind == other {
		i--
	}
	relative := i >= 0 && l.phrases[i].kind == binder
	if relative { // "which moved": what it refers to
		i--
		if i >= 0 && l.phrases[i].kind == comma {
			i--
		}
	}
	if i >= 0 && l.phrases[i].kind == closes {
		i = l.opening(i) - 1
	}
	if i >= 1 && l.phrases[i].kind == comma { // "Guatemala, in May, moved"
		if c := l.commaBefore(i); c > 0 {
			i = c - 1
		}
	}
	end := i + 1
	if i >= 2 && l.phrases[i].kind == when && l.phrases[i-1].kind == preposition && l.tokens[l.phrases[i-1].first].Lower == "of" { // "the strike of 2019"
		i -= 2
	}
	if i < 0 || l.phrases[i].kind != nounPhrase {
		return run{}
	}
	i = l.hangsOn(l.coordinated(l.hangsOn(i)))                                                                               // "a suit by Ruiz and three colleagues"
	if i == 1 && end == 2 && v == 2 && l.phrases[0].kind == preposition && l.phrases[v].verb.done != "been" && l.runsOn(i) { // "By completion spending had reached"
		return run{i, end}
	}
	if i >= 1 && !relative && (l.phrases[i-1].kind == preposition && !l.opensClause(i-1) || l.objectOfInfinitive(i)) {
		return run{}
	}
	return run{i, end}
}

// runsOn reports whether a noun phrase behind the preposition that a sentence
// begins with holds two, so that the last is a subject without an article: "By
// completion spending", but not "In the park".
func (l *line) runsOn(p int) bool {
	f := l.phrases[p]
	if f.last-f.first < 2 {
		return false
	}
	switch l.tokens[f.last-1].Tag {
	case "NN", "NNS":
	default:
		return false
	}
	before := l.tokens[f.last-2].Tag
	return before == "NN" || before == "NNS" || before == "CD" || before == "JJ" && f.last-f.first > 2
}

// hangsOn goes back from the noun phrase at i over those that it hangs on by
// prepositions.
func (l *line) hangsOn(i int) int {
	for i >= 2 && l.phrases[i-1].kind == preposition && !l.opensClause(i-1) {
		switch {
		case l.phrases[i-2].kind == nounPhrase:
			i -= 2
		case i >= 4 && l.phrases[i-2].kind == when && l.phrases[i-3].kind == preposition && l.phrases[i-4].kind == nounPhrase: // "the strike of 2019 over pay"
			i -= 4
		default:
			return i
		}
	}
	return i
}

// opensClause reports whether the preposition at phrase p brings a clause:
// "Egypt held her until its owner paid", but "Pledges made after the fire rose",
// where the sentence has no other verb.
func (l *line) opensClause(p int) bool {
	if !clauseOpeners.Has(l.tokens[l.phrases[p].first].Lower) {
		return false
	}
	v := l.verbBefore(p)
	return v >= 0 && !l.phrases[v].verb.participle && !l.phrases[v].verb.infinitive
}

var clauseOpeners = words.NewSet("until till after before since as once than")

// coordinated goes back from the noun phrase at i over those that it is listed
// with: "the United States and Israel signed".
func (l *line) coordinated(i int) int {
	for i >= 2 && l.phrases[i-2].kind == nounPhrase && (l.phrases[i-1].kind == joint || l.phrases[i-1].kind == comma && l.listed(i)) {
		if i >= 3 && l.phrases[i-3].kind == verbGroup {
			break // the object of what stands before
		}
		i -= 2
	}
	return i
}

// listed reports whether the noun phrase at i, behind a comma, goes on to an
// "and": a list, and not an apposition.
func (l *line) listed(i int) bool {
	for i++; i+1 < len(l.phrases); i += 2 {
		switch l.phrases[i].kind {
		case joint:
			return true
		case comma:
			if l.phrases[i+1].kind == joint {
				return true
			}
			if l.phrases[i+1].kind == nounPhrase {
				continue
			}
		}
		return false
	}
	return false
}

// objectOfInfinitive tells the object of a verb from the subject of the next:
// a noun phrase right behind a verb group is an object.
func (l *line) objectOfInfinitive(p int) bool {
	return l.phrases[p-1].kind == verbGroup && l.phrases[p-1].verb.participle
}

// commaBefore returns the comma that opens the aside which the one at i closes,
// or -1. An aside has no verb of its own but in a relative clause ("Ruiz, who
// leads the party, said") or where it says who says so ("the toll, he said, rose").
func (l *line) commaBefore(i int) int {
	bare := -1 // a finite verb whose relative pronoun has not been met
	for end := i; i > 0; {
		i--
		switch p := l.phrases[i]; p.kind {
		case comma:
			if bare < 0 || saidVerbs.Has(l.phrases[bare].verb.done) && bare == end-1 && i+2 == bare {
				return i
			}
			return -1
		case closes:
			if i = l.opening(i); i < 0 {
				return -1
			}
		case binder:
			bare = -1
		case verbGroup:
			if !p.verb.participle && !p.verb.infinitive {
				if bare >= 0 {
					return -1
				}
				bare = i
			}
		case stop, opens:
			return -1
		}
	}
	return -1
}

// objectOf returns the noun phrase behind the verb group v, or an empty run.
func (l *line) objectOf(v int) run {
	for i := v + 1; i < len(l.phrases); i++ {
		switch l.phrases[i].kind {
		case other:
			continue
		case nounPhrase:
			return run{i, i + 1}
		}
		break
	}
	return run{}
}

// clause returns the phrases of the clause that v heads: out to the next
// verb's subject, a binder, a stop or the line's ends.
func (l *line) clause(v int) run {
	r := run{v, v + 1}
	if s := l.subjectOf(v); !s.empty() && s.first < v {
		if l.phrases[v-1].kind == comma && l.headed(s.last, v) {
			goto right // what an aside says is not of this clause
		}
		r.first = s.first
	}
	for r.first > 0 {
		switch k := l.phrases[r.first-1].kind; k {
		case verbGroup, stop, binder, opens:
			goto right
		case joint:
			if r.first > 1 && l.phrases[r.first-2].kind == comma {
				goto right
			}
		}
		r.first--
	}
right:
	for r.last < len(l.phrases) {
		switch l.phrases[r.last].kind {
		case verbGroup:
			if !l.phrases[r.last].verb.participle && !l.phrases[r.last].verb.infinitive {
				// The next verb's subject is its own.
				if s := l.subjectOf(r.last); !s.empty() && s.first > v {
					r.last = s.first
				}
				return r
			}
		case stop, binder:
			return r
		}
		r.last++
	}
	return r
}
