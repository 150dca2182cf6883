package extract

import (
	"cmp"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/words"
)

// When something was said or published is not when it happened: such a date
// makes no claim, and dates the appearances instead.

// sayings marks the dates of a line that say when its words were said: in a
// dateline, and with the verb of saying ("officials said on Monday").
func (l *line) sayings() {
	if !l.hasDate {
		return
	}
	end := l.dateline()
	for i := range l.mentions {
		m := &l.mentions[i]
		if m.Kind != claim.Date {
			continue
		}
		m.verb = l.placeOf(l.of[m.first]).verb
		m.against = l.against(m.first)
		if !m.Unresolved && m.Value.Period != nil {
			_, days := l.life(i)
			m.life = len(days) > 0
		}
		m.saying = m.first < end || l.saysWhen(m) || l.stamps(m)
		if p := m.Value.Period; m.saying && p.From == p.To && p.From != 0 {
			l.voice.said = p.From
		}
	}
}

// stamps are the labels behind which a mail or a page tells when it was written.
var stamps = words.NewSet("date sent posted published updated modified edited written")

// stamps reports whether a time of day is when the words were written: "Sent: Mon,
// 24 Apr 2023 08:15", "updated at 12:30".
func (l *line) stamps(m *mention) bool {
	if m.Value.Period == nil || m.Value.Period.Clock.IsZero() {
		return false
	}
	const near = 3
	for t := m.first - 1; t >= max(m.first-near, 0); t-- {
		if stamps.Has(l.tokens[t].Lower) {
			return t == 0 || l.tokens[t+1].Text == ":" || l.tokens[t].Lower != "date" && l.tokens[t].Lower != "sent"
		}
	}
	return false
}

// saysWhen reports whether a date belongs to the verb of saying, or to the
// document that "according to" names.
func (l *line) saysWhen(m *mention) bool {
	v := l.voice.verb
	by := m.verb
	if by < 0 || v < 0 && m.first >= l.voice.from && m.first < l.voice.to {
		return by >= 0
	}
	switch w := l.phrases[by].verb; {
	case w.passive && told.Has(w.done): // "members were told on Monday"
		return true
	case w.done == "dated" && l.phrases[by].last == m.first: // "a note dated 7 October"
		return true
	case v < 0 && l.phrases[by].last >= m.first-2: // "by a census printed in May"
		return published.Has(w.done) && l.voice.attribution != "" && l.phrases[by].first == l.voice.to
	}
	return v >= 0 && by == v && l.utters(v)
}

var (
	told      = words.NewSet("told reported informed")
	published = words.NewSet("published released issued posted updated written")
)

// utterances are verbs, by participle, of which one says when only to tell
// whose words they are; to announce or to admit a thing is a deed as well.
var utterances = words.NewSet("said told reported stated added noted wrote written explained insisted argued warned claimed")

// utters reports whether the verb group v gives words: by what it means, or by
// the "that" behind it.
func (l *line) utters(v int) bool {
	if utterances.Has(l.phrases[v].verb.done) {
		return true
	}
	for i := v + 1; i < len(l.phrases); i++ {
		switch p := l.phrases[i]; p.kind {
		case binder:
			return l.tokens[p.first].Lower == "that"
		case when, preposition:
		case nounPhrase:
			if l.phrases[i-1].kind != preposition {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// longestDateline is how many tokens a dateline may have.
const longestDateline = 20

// dateline returns the token at which a line's text begins behind its dateline,
// "PARIS, May 5 2020 (Agency) -", or 0. One that has no dash is all of its line.
func (l *line) dateline() int {
	if l.sentence.Role != document.Paragraph || len(l.mentions) == 0 || l.tokens[0].Tag == "IN" {
		return 0
	}
	dated, depth := false, 0
	for i := range l.tokens {
		t := &l.tokens[i]
		switch m := l.within[i]; {
		case i >= longestDateline:
			return 0
		case m >= 0 && l.mentions[m].Kind == claim.Date:
			dated = dated || i > 0
		case t.Text == "(":
			depth++
		case t.Text == ")":
			depth--
		case dated && depth == 0 && (t.Text == "-" || t.Text == "–" || t.Text == "—" || t.Text == "--"):
			return i + 1
		case depth > 0, m >= 0 && l.mentions[m].Kind.IsName(), t.Tag == "NNP", t.Text == ",", t.Text == ".":
		default:
			return 0
		}
	}
	if dated {
		return len(l.tokens)
	}
	return 0
}

// identifies reports whether a date is part of what a thing is called and says
// nothing of it, "the 2019 plan", "the census of 2015", or tells only which
// value another is held against, "than in 2019". A day dates the event.
func (l *line) identifies(i int, at place) bool {
	m := &l.mentions[i]
	if m.against > 0 || l.prices(m) || i > 0 && l.mentions[i-1].Kind.IsQuantity() && m.first <= l.mentions[i-1].last+2 && l.compared(i-1) {
		return true
	}
	if p := m.Value.Period; p.From == p.To || at.verb < 0 || l.tokens[m.last-1].Lower == "ago" {
		return false
	}
	p := l.phrases[at.phrase]
	if p.kind == nounPhrase && l.phrases[at.verb].verb.done == "been" && at.phrase > at.verb && m.first > p.first && l.tokens[m.first-1].Tag == "DT" && l.tokens[m.first-1].Lower[0] == 'a' {
		return false // "is a 1930 comedy" tells of when it is
	}
	return p.kind == nounPhrase && m.last < p.last || at.governor >= 0 && l.tokens[l.phrases[at.by].first].Lower == "of"
}

// holdsAt reports whether a date only tells for when a value of its clause holds,
// and asks no question itself: "as of 3 May, 34 had died", "the toll stood at 34
// on 4 May", "by Friday it was 41".
func (l *line) holdsAt(i int, at place) bool {
	m := &l.mentions[i]
	if m.first >= 2 && l.tokens[m.first-1].Lower == "of" && l.tokens[m.first-2].Lower == "as" {
		return true
	}
	if at.verb < 0 {
		return false
	}
	if v := l.phrases[at.verb].verb; !measures.Has(v.done) || moves.Has(v.done) && !v.passive {
		return false
	}
	c := l.clause(at.verb)
	for j := range l.mentions {
		o := &l.mentions[j]
		if j != i && o.Kind.IsQuantity() && o.Kind != claim.Duration && o.Kind != claim.Ordinal &&
			o.first >= l.phrases[at.verb].last && o.first < l.phrases[c.last-1].last && l.givenBy(l.placeOf(l.of[o.first])) {
			return true // but "it was the loss of two boats on Friday"
		}
	}
	return false
}

// givenBy reports whether a value's place is that of what a verb of measure
// gives: its object, or behind "at" or "to".
func (l *line) givenBy(at place) bool {
	if at.governor >= 0 {
		return false
	}
	p := l.before(at.phrase)
	if p < 0 || l.phrases[p].kind != preposition {
		return true
	}
	switch l.tokens[l.phrases[p].first].Lower {
	case "before", "after", "with", "by", "for", "near", "outside":
		return false
	}
	return true
}

// untilSaid is the time that what has happened is counted over, up to the day on
// which it is said: "120 people have died"; nil where that day is not known.
func (r *reader) untilSaid(l *line) *claim.Period {
	day := cmp.Or(l.voice.said, r.said)
	if day == 0 {
		return nil
	}
	return &claim.Period{To: day}
}
