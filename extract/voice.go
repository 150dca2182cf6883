package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// said are the verbs by which a text gives somebody else's words, by participle.
var saidVerbs = words.NewSet(`said told announced reported stated added claimed argued noted confirmed warned estimated insisted explained wrote written
	declared acknowledged admitted suggested predicted reckoned stressed denied disputed rejected alleged`)

var denials = words.NewSet("denied disputed rejected")

// voice is who stands behind what a line says.
type voice struct {
	attribution string
	denied      bool
	// from and to bound the tokens that are the reporting itself: values in
	// them are the author's own.
	from, to int
	// until is the token before which what is said is denied.
	until int
	// verb is the verb group by which it is said, or -1.
	verb int
	// said is the day of saying, where the line gives it.
	said claim.Day
}

// voiceOf reads "according to X", "X said that ...", "..., X said" and
// "officials denied that ...".
func (l *line) voiceOf() voice {
	for i, p := range l.phrases {
		if p.kind == preposition && l.tokens[p.first].Lower == "according" && i+1 < len(l.phrases) && l.phrases[i+1].kind == nounPhrase {
			end := l.chain(i + 1)
			return voice{attribution: l.plain(l.phrases[i+1].first, l.phrases[end-1].last), from: p.first, to: l.phrases[end-1].last, verb: -1}
		}
		if p.kind != verbGroup || !saidVerbs.Has(p.verb.done) || p.verb.passive || p.verb.participle || p.verb.infinitive {
			continue
		}
		who := l.subjectOf(i)
		if who.empty() && i+1 < len(l.phrases) && l.phrases[i+1].kind == nounPhrase && l.quoteBefore(p.first) { // "...", said X
			who = run{i + 1, l.chain(i + 1)}
		}
		if who.empty() || !l.reports(i, who) {
			continue
		}
		first, last := l.phrases[who.first].first, l.phrases[who.last-1].last
		return voice{attribution: l.plain(first, last), denied: denials.Has(p.verb.done), from: min(first, p.first), to: max(last, p.last), until: l.deniedUntil(i), verb: i}
	}
	return voice{verb: -1}
}

// reports tells "officials said (that) 34 people died" and "34 died, officials
// said" from "officials said goodbye".
func (l *line) reports(v int, who run) bool {
	if v+1 >= len(l.phrases) || who.first > 0 && v+2 >= len(l.phrases) {
		return true // closes the sentence
	}
	for i := v + 1; i < len(l.phrases); i++ {
		switch l.phrases[i].kind {
		case binder, verbGroup, comma, stop:
			return true
		}
	}
	return denials.Has(l.phrases[v].verb.done) || l.quoteBefore(l.phrases[v].first)
}

// deniedUntil is the token up to which what the verb group v denies reaches: to
// the sentence's end where that is a clause ("denied that 34 died"), else no
// further than the thing that is denied ("rejected talk of 34 dead: the ...").
func (l *line) deniedUntil(v int) int {
	for i := v + 1; i < len(l.phrases); i++ {
		switch p := l.phrases[i]; p.kind {
		case binder:
			return len(l.tokens)
		case verbGroup:
			if !p.verb.participle && !p.verb.infinitive {
				return len(l.tokens)
			}
		case comma, stop, joint:
			return p.first
		}
	}
	return len(l.tokens)
}

func (l *line) quoteBefore(token int) bool {
	for i := token - 1; i >= 0 && i >= token-3; i-- {
		if l.tokens[i].Tag == "''" || l.tokens[i].Lower == `"` {
			return true
		}
	}
	return false
}

// chain returns the end of the noun phrase at p with what hangs on it by prepositions.
func (l *line) chain(p int) int {
	end := p + 1
	for end+1 < len(l.phrases) && l.phrases[end].kind == preposition && l.phrases[end+1].kind == nounPhrase && l.tokens[l.phrases[end].first].Lower == "of" {
		end += 2
	}
	return end
}

// plain returns the text of the tokens [first, last) on one line, without the
// article in front.
func (l *line) plain(first, last int) string {
	if first < last && l.tokens[first].Tag == "DT" {
		first++
	}
	var b strings.Builder
	for i := first; i < last; i++ {
		if i > first && l.tokens[i].Space {
			b.WriteByte(' ')
		}
		b.WriteString(l.tokens[i].Text)
	}
	return b.String()
}

// modality of a claim at token t under the verb group v (or -1).
func (l *line) modality(vo voice, t, v int) claim.Modality {
	outside := t < vo.from || t >= vo.to
	switch {
	case vo.denied && outside && t < vo.until:
		return claim.Denied
	case v >= 0 && l.planned(v):
		return claim.Planned
	case v >= 0 && l.phrases[v].verb.possible:
		return claim.Possible
	case vo.attribution != "" && outside:
		return claim.Reported
	}
	return claim.Asserted
}

// planned reports whether the verb is said of the future: "will move", "plans
// to move", "announced plans to move".
func (l *line) planned(v int) bool {
	p := l.phrases[v].verb
	if p.planned {
		return true
	}
	if !p.infinitive || v == 0 {
		return false
	}
	prev := l.phrases[v-1]
	return prev.kind == nounPhrase && intentions.Has(l.tokens[prev.last-1].Lower) || prev.kind == verbGroup && planners.Has(prev.verb.done)
}

// intentions are nouns that take "to": what follows is not yet so.
var intentions = words.NewSet("plan plans proposal proposals promise pledge bid intention effort efforts deal agreement decision attempt")
