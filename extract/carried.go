package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// A value that says neither what it counts nor in which unit takes both from the
// one told before it: "We had said ten to twelve hours. It was 19", "Of the
// 19,000 houses eleven thousand were homes", "There were 51 in 1995".

// carried is what the last values of a block leave to those behind them.
type carried struct {
	block, sentence int
	// attribute and unit are those of the last value, of whose subject it was.
	attribute, subject, unit string
	kind                     claim.MentionKind
	// counted is the last noun that a number counted.
	counted string
}

// carriedFor is for how many sentences a value is remembered.
const carriedFor = 2

// near reports whether what is carried was told in the block, not long ago.
func (c *carried) near(l *line, now int) bool {
	return c.attribute != "" && c.block == l.sentence.Block && now-c.sentence <= carriedFor
}

// carry remembers the value of mention m for those that follow.
func (r *reader) carry(l *line, m *mention, at place, c *claim.Claim) {
	if c.Kind != claim.KindNumber || c.Value.Quantity == nil {
		return
	}
	if r.last.block != l.sentence.Block {
		r.last = carried{}
	}
	if p := l.phrases[at.phrase]; m.Kind == claim.Count && m.last < p.last {
		if w := l.words(m.last, p.last, l.isProper); w != "" && w != "others" {
			r.last.counted = w
		}
	}
	r.last.block, r.last.sentence = l.sentence.Block, r.sentences
	r.last.attribute, r.last.subject, r.last.unit, r.last.kind = c.Attribute, c.Subject, c.Value.Quantity.Unit, m.Kind
}

// pointing are pronouns that a value can be said of without telling of what.
var pointing = words.NewSet("it that this they these those")

// recalled gives a value that is said of a pronoun alone, "it was 19", the
// question of the value before it; ok is false where it is said of more.
func (r *reader) recalled(l *line, m *mention, at place) (subjectName, attribute string, ok bool) {
	if m.Kind != claim.Count && m.Kind != r.last.kind || !l.endsPhrase(m) || at.role != object || at.by >= 0 || l.before(at.phrase) != at.verb || !r.last.near(l, r.sentences) {
		return "", "", false
	}
	if v := l.phrases[at.verb].verb; v.done != "been" && v.done != "become" {
		return "", "", false
	}
	if who := l.subjectOf(at.verb); who.empty() || who.last-who.first > 1 || !pointing.Has(l.tokens[l.phrases[who.first].first].Lower) || l.phrases[who.first].last-l.phrases[who.first].first > 1 {
		return "", "", false
	}
	if m.Kind == claim.Count && r.last.kind != claim.Count && m.Value.Quantity.Unit != "" {
		return "", "", false
	}
	return r.last.subject, r.last.attribute, true
}

// exists reports whether the verb group v says that something is there.
func (l *line) exists(v int) bool {
	who := l.subjectOf(v)
	return l.phrases[v].verb.done == "been" && !who.empty() && l.tokens[l.phrases[who.last-1].last-1].Lower == "there"
}

// whereabouts says where or how those stand that a value counts: "were 787 men
// below", "were at work", "580 people in the mine"; i is the token behind them.
func (l *line) whereabouts(i int) string {
	if i >= len(l.tokens) || l.within[i] >= 0 {
		return ""
	}
	p := l.of[i]
	t := &l.tokens[i]
	if l.phrases[p].kind == preposition && p+1 < len(l.phrases) && l.phrases[p+1].kind == nounPhrase {
		f := l.phrases[p+1]
		if !standsAt.Has(t.Lower) || l.within[f.first] >= 0 || l.within[f.last-1] >= 0 {
			return ""
		}
		if w := l.words(f.first, f.last, nil); w != "" {
			return t.Lower + " " + w
		}
		return ""
	}
	if stands.Has(t.Lower) {
		return t.Lower
	}
	return ""
}

var (
	standsAt = words.NewSet("in at on aboard inside below under behind underneath within beneath beyond outside against without")
	stands   = words.NewSet("below inside aboard outside underground left underneath onboard underway missing dead alive present")
)

// standing is what a value that is said to be there, or of which it is said
// where it is, is of: with the noun of what was counted last where it has none.
func (r *reader) standing(l *line, m *mention, at place, what string) string {
	if what == "" && r.last.counted != "" && r.last.near(l, r.sentences) && m.Kind == claim.Count {
		what = r.last.counted
	}
	if what == "" && m.Kind == claim.Count {
		what = strings.ToLower(r.many)
	}
	end := l.phrases[at.phrase].last
	if where := l.whereabouts(end); where != "" && !strings.HasSuffix(what, where) {
		what = joinWords(what, where)
	}
	return what
}

// front is the noun phrase that a preposition puts in front of its clause:
// "In the cabin were 152".
func (l *line) front(v int) string {
	if v < 2 || l.phrases[v-1].kind != nounPhrase || l.phrases[v-2].kind != preposition || v > 2 && l.phrases[v-3].kind != comma {
		return ""
	}
	f := l.phrases[v-1]
	if l.within[f.first] >= 0 || l.within[f.last-1] >= 0 {
		return ""
	}
	if w := l.words(f.first, f.last, nil); w != "" {
		return l.tokens[l.phrases[v-2].first].Lower + " " + w
	}
	return ""
}

// ofThose is the noun that "these" and "them" stand for behind a number, "eleven
// thousand of these", the one that was counted last.
func (r *reader) ofThose(l *line, m *mention, at place) string {
	p := at.phrase
	if m.Kind == claim.Date || m.last != l.phrases[p].last || p+2 >= len(l.phrases) || l.phrases[p+1].kind != preposition || l.tokens[l.phrases[p+1].first].Lower != "of" {
		return ""
	}
	f := l.phrases[p+2]
	if f.kind != nounPhrase || f.last-f.first > 1 || !those.Has(l.tokens[f.first].Lower) || !r.last.near(l, r.sentences) {
		return ""
	}
	return r.last.counted
}

var those = words.NewSet("these them which whom")

// wishes are verbs, by participle, whose object is another value for what was
// told before: "They gave him 16 years. Prosecutors had wanted 26."
var wishes = words.NewSet("wanted sought demanded requested expected forecast predicted planned promised hoped feared asked")

// unitBefore is the unit of the value in the sentence before that a bare number
// takes over.
func (r *reader) unitBefore(l *line, m *mention, at place) string {
	if r.last.unit == "" || r.last.kind == claim.Count || !r.last.near(l, r.sentences) || !l.endsPhrase(m) || !l.follows(m) {
		return ""
	}
	if at.verb >= 0 {
		if _, _, ok := r.recalled(l, m, at); ok || at.role == object && wishes.Has(l.phrases[at.verb].verb.done) {
			return r.last.unit
		}
	}
	return ""
}
