package extract

import (
	"crosscheck/words"
	"slices"
)

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
