package extract

import (
	"cmp"
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// A value in a clause answers a question: of whom, and what. The verb and the
// value's part under it decide where the words for it stand.

// measures are verbs, by participle, that join a subject to its own measure:
// in "exports reached $3 billion" it is the exports that are measured.
var measures = words.NewSet(`been totaled totalled reached represented amounted stood cost weighed numbered become accounted comprised equaled equalled
	averaged measured exceeded hit remained come made topped valued estimated put`)

// moves are those of them that are deeds where a date goes with them: "the storm
// reached us on Monday".
var moves = words.NewSet("reached come hit made put become")

// light are verbs, by participle, that say nothing of a thing but that it is
// there: "the list has 202 names".
var light = words.NewSet("had got said put included contained featured listed shown seen read written heard printed quoted")

// clauseQuestion says of whom and of what a value in a clause is.
func (r *reader) clauseQuestion(l *line, m *mention, at place) (subjectName, attribute string) {
	v := l.phrases[at.verb].verb
	who := l.subjectOf(at.verb)
	if at.role == subject {
		who = run{}
	}
	var whoWords string
	if !who.empty() {
		first, last := l.phrases[who.first].first, l.phrases[who.last-1].last
		whoWords = l.words(first, last, l.isProper)
		if names := l.names(first, last); len(names) > 0 && !l.isWhere(who, &names[0]) {
			subjectName = names[0].Value.Entity.Name
		} else if l.tokens[first].Tag == "PRP" {
			subjectName, whoWords = r.standsFor(l, first)
		}
	}
	if m.Kind != claim.Date {
		if who, what, ok := r.recalled(l, m, at); ok {
			return who, what
		}
	}
	what, done := l.thing(m, at), joinWords(v.done, v.particle)
	if what == "" {
		what = r.ofThose(l, m, at)
	}
	switch {
	case m.Kind == claim.Date || v.done != "been" || at.by >= 0:
	case l.exists(at.verb):
		return "", cmp.Or(r.standing(l, m, at, what), "there")
	case what == "" && who.empty() && at.role == object:
		if w := l.front(at.verb); w != "" { // "In the cabin were 152"
			return "", w
		}
	}
	if what != "" && light.Has(v.done) && v.particle == "" {
		done = ""
	}
	done = joinWords(done, l.becoming(at.verb))
	if m.Kind == claim.Duration {
		if held := l.spentIn(m, at); held != "" {
			return subjectName, joinWords(whoWords, held)
		}
		if what == "" && l.sentencedTo(m, at) {
			if to := l.recipient(at.verb, l.of[m.first]); !to.empty() {
				subjectName, _ = r.meant(l, to)
			}
			return cmp.Or(subjectName, whoWords), "sentenced"
		}
	}
	result := ""
	if at.role == object && at.by < 0 && m.Kind == claim.Count {
		result = l.result(at)
	}
	switch {
	case result != "": // "cost 19 people their lives", "put 31 in hospital"
		attribute = joinWords(l.words(m.last, l.phrases[at.phrase].last, l.isProper), joinWords(joinWords(v.done, v.particle), result))
	case what != "" && l.measured(m, at):
		attribute = what
	case l.assessed(at):
		o := l.objectOf(at.verb)
		first, last := l.phrases[o.first].first, l.phrases[o.last-1].last
		attribute = joinWords(l.words(first, last, l.isProper), what)
		if names := l.names(first, l.phrases[at.by].first); len(names) > 0 {
			subjectName = names[0].Value.Entity.Name
		}
		whoWords = ""
	case at.by >= 0 && what != "" && l.tokens[l.phrases[at.by].first].Lower == "with": // "grounded with 300 boxes"
		attribute = joinWords(what, l.condition(at.phrase))
	case at.role == subject && v.done == "been":
		attribute = joinWords(what, l.predicate(at.verb))
	case at.role == subject && what == "": // "218 ran the race"
		if w := l.completion(at.verb); w != "" { // "218 lost their lives"
			done = joinWords(done, w)
		} else if o := l.objectOf(at.verb); !o.empty() && !v.passive && l.name(l.phrases[o.first].first, l.phrases[o.first].last) == nil {
			what = l.words(l.phrases[o.first].first, l.phrases[o.first].last, nil)
		}
		attribute = joinWords(what, done)
	case at.role == subject:
		attribute = joinWords(what, joinWords(done, l.completion(at.verb)))
	case m.Kind == claim.Measure && at.by < 0 && rises.Has(v.done) && l.isStructure(whoWords, subjectName): // "the spire rose 295 feet"
		attribute, whoWords = joinWords(whoWords, "high"), ""
	case measures.Has(v.done) && m.Kind != claim.Date:
		if attribute = joinWords(whoWords, what); v.done == "cost" || v.done == "weighed" {
			attribute = joinWords(attribute, v.done)
		}
		whoWords = ""
	case m.Kind == claim.Date:
		var acted string
		o := l.objectOf(at.verb)
		if o.empty() {
			o = l.relative(at.verb)
		}
		if !o.empty() && !v.passive && o.first != at.phrase {
			acted = l.words(l.phrases[o.first].first, l.phrases[o.last-1].last, l.isProper)
		}
		switch {
		case acted != "":
			attribute = joinWords(acted, done)
		case measures.Has(v.done) && !moves.Has(v.done):
			attribute, whoWords = whoWords, ""
		default:
			attribute, whoWords = joinWords(whoWords, joinWords(done, l.idiom(at.verb))), ""
		}
		if l.phrases[at.phrase].kind == nounPhrase && what != "" { // "the October 7, 2023, attacks"
			attribute = what
		}
	case at.role == oblique && at.governor < 0 && what == "":
		attribute, whoWords = joinWords(whoWords, done), ""
	default:
		attribute = joinWords(what, done)
	}
	if attribute == "" {
		attribute = joinWords(v.done, v.particle)
	}
	if subjectName == "" {
		subjectName = whoWords
	}
	if subjectName == "" && r.stands(l) {
		subjectName = r.topic.subject(l.sentence.Block)
	}
	return subjectName, attribute
}

// becomes are verbs, by participle, that an adjective completes: "fell ill",
// "went missing", "stood idle", "ran aground".
var becomes = words.NewSet("fallen gone turned stood lain proved run grown fared worked kept stayed remained")

// becoming is the adjective that completes a verb group.
func (l *line) becoming(v int) string {
	p := v + 1
	if !becomes.Has(l.phrases[v].verb.done) || p >= len(l.phrases) || l.phrases[p].last-l.phrases[p].first != 1 {
		return ""
	}
	i := l.phrases[p].first
	t := &l.tokens[i]
	switch {
	case l.within[i] >= 0, strings.HasSuffix(t.Lower, "ly"), adverbs.Has(t.Lower):
	case t.Tag == "JJ", t.Tag == "RB", t.Tag == "VBG" && conditions.Has(t.Lower):
		return t.Lower
	}
	return ""
}

// adverbs look like adjectives behind a verb and complete none.
var adverbs = words.NewSet(`again too also together away there here still ahead up down out back off on over so very not now then once twice just even
	only further late early far long well straight right about almost nearly below above abroad home today tomorrow yesterday tonight first last short`)

// resulting are verbs, by participle, whose object is brought into a state.
var resulting = words.NewSet("cost put left sent brought forced driven thrown plunged taken landed made rendered rushed")

// result is the state that the value counts were brought into by the verb: "their
// lives", "in hospital", "without power", "from their homes".
func (l *line) result(at place) string {
	if !resulting.Has(l.phrases[at.verb].verb.done) || at.phrase <= at.verb {
		return ""
	}
	p, by := at.phrase+1, ""
	for p < len(l.phrases) && l.phrases[p].kind == other {
		p++
	}
	if p < len(l.phrases) && l.phrases[p].kind == preposition {
		switch by = l.tokens[l.phrases[p].first].Lower; by {
		case "in", "to", "into", "without", "from", "behind", "under":
		default:
			return ""
		}
		p++
	}
	if p >= len(l.phrases) || l.phrases[p].kind != nounPhrase {
		return ""
	}
	f := l.phrases[p]
	t := &l.tokens[f.first]
	if l.within[f.first] >= 0 || l.within[f.last-1] >= 0 || t.Tag == "DT" && by != "without" && t.Lower != "a" || by == "" && t.Tag != "PRP$" {
		return ""
	}
	return joinWords(by, l.words(f.first, f.last, l.isProper))
}

// thin are verbs, by participle, that say little until what stands behind them
// is known: "lost their lives", "taken into custody", "went to the polls".
var thin = words.NewSet("lost taken left gone come put brought held cast given made found got kept ended wound landed")

// completion is what a thin verb says together with what stands behind it, its
// object or the noun that a preposition brings, where that is no name and no value.
func (l *line) completion(v int) string {
	if !thin.Has(l.phrases[v].verb.done) {
		return ""
	}
	by, p := "", v+1
	if p < len(l.phrases) && l.phrases[p].kind == preposition {
		by = l.tokens[l.phrases[p].first].Lower
		if by == "in" && l.phrases[v].verb.particle != "up" || by == "at" || by == "on" || by == "by" && l.phrases[v].verb.passive {
			return "" // where, when and by whom
		}
		p++
	}
	if p >= len(l.phrases) || l.phrases[p].kind != nounPhrase {
		return ""
	}
	for t := l.phrases[p].first; t < l.phrases[p].last; t++ {
		if l.within[t] >= 0 {
			return ""
		}
	}
	if w := l.words(l.phrases[p].first, l.phrases[p].last, nil); w != "" {
		return joinWords(by, w)
	}
	return ""
}

var assessments = words.NewSet("put estimated valued set placed priced reckoned calculated assessed capped fixed")

// assessed reports whether a value is what somebody puts its verb's object at:
// "the bank put the damage at $3 billion".
func (l *line) assessed(at place) bool {
	if at.by < 0 || l.tokens[l.phrases[at.by].first].Lower != "at" || !assessments.Has(l.phrases[at.verb].verb.done) {
		return false
	}
	o := l.objectOf(at.verb)
	return !o.empty() && o.first < at.by
}

var (
	// rises are verbs, by participle, that tell how high a structure is, and of
	// all else how much higher it got.
	rises = words.NewSet("risen soared towered climbed reached")
	// structures are nouns of what is built or stands up.
	structures = words.NewSet(`tower spire dome steeple minaret lighthouse skyscraper building cathedral church castle wall dam bridge pylon chimney mast
		statue monument obelisk arch column pillar pyramid temple mosque cliff crag rock`)
)

// isStructure reports whether the words or the name of a subject end with a structure.
func (l *line) isStructure(words, name string) bool {
	head := strings.ToLower(cmp.Or(words, name))
	return structures.Has(head[strings.LastIndexByte(head, ' ')+1:])
}

// predicate reads what a form of "be" says of its subject: "were missing".
func (l *line) predicate(v int) string {
	if v+1 < len(l.phrases) && l.phrases[v+1].kind != comma {
		p := l.phrases[v+1]
		if w := l.whereabouts(p.first); w != "" { // "were at work"
			return w
		}
		if p.kind == binder {
			return ""
		}
		if l.tokens[p.first].Tag == "RB" || l.tokens[p.first].Tag == "IN" {
			return l.tokens[p.first].Lower // "were aboard"
		}
		return l.words(p.first, p.last, l.isProper)
	}
	return ""
}
