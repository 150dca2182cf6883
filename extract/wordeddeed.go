package extract

import (
	"strings"

	"crosscheck/extract/wording"
	"crosscheck/words"
)

// The same deed is affirmed and denied in many words, "closed the border", "the
// border remains open": wording holds them, here they are found in a line.

// worded is a deed that the wording tables know, as a verb group says it.
type worded struct {
	wording.Deed
	last   int  // the token behind its words
	inside bool // the object is one of its words: "gave its consent"
}

// deedWords reads the words of a verb group, from its first full verb on, and
// what completes them. The deed's name is empty where the tables know none.
func (l *line) deedWords(d *deed) worded {
	p := l.phrases[d.v]
	for i := p.first; i < p.last; i++ {
		t := &l.tokens[i]
		if !strings.HasPrefix(t.Tag, "VB") || auxiliary(t.Lower) && (!beForms.Has(t.Lower) || p.verb.done != "been") {
			continue
		}
		head := participle(t.Lower, t.Tag)
		most := wording.Longest(head)
		if most == 0 || refusers.Has(head) && i+1 < p.last && l.tokens[i+1].Tag == "TO" { // "failed to open" did not
			continue
		}
		var words [6]string
		var ends [6]int
		words[0], ends[0] = head, i+1
		n := 1
		for j := i + 1; j < len(l.tokens) && n < min(most, len(words)) && l.within[j] < 0; j++ {
			switch w := &l.tokens[j]; w.Tag {
			case "DT", "PRP$":
				continue
			case "RB", "RBR":
				if !particles.Has(w.Lower) && wording.Longest(head) < 2 || w.Lower == "still" || w.Lower == "now" || w.Lower == "not" {
					continue
				}
			case ",", ".", ":", "CC":
				j = len(l.tokens)
				continue
			}
			words[n], ends[n] = l.tokens[j].Lower, j+1
			n++
		}
		object := -1
		if !d.what.empty() && d.what.first > d.v {
			object = l.phrases[d.what.first].first
		}
		if d.passive && !d.what.empty() { // "no warning was issued"
			f := l.phrases[d.what.first]
			if known, count := wording.DeedOf([]string{head, l.tokens[f.last-1].Lower}, true); count == 2 {
				return worded{known, i + 1, true}
			}
		}
		known, count := wording.DeedOf(words[:n], d.passive || object >= 0)
		if count > 1 && known.Itself && l.bringsNoun(ends[count-1]) { // "stayed on the board"
			known, count = wording.DeedOf(words[:count-1], d.passive || object >= 0)
		}
		if object >= 0 && object == p.last && count < 2 && most > 1 { // "took both of them to court"
			if apart, end := l.deedAround(head, d, most); end > 0 {
				return worded{apart, end, false}
			}
		}
		if count == 0 {
			continue
		}
		end := ends[count-1]
		if f := l.phrases[l.of[end-1]]; head == "been" && f.kind == nounPhrase && f.last > end { // "is an open question"
			continue
		}
		return worded{known, end, object >= 0 && object < end}
	}
	return worded{}
}

// deedAround is the deed of a verb whose other words stand behind its object,
// "put the fire out", with the token behind them; 0 where there is none.
func (l *line) deedAround(head string, d *deed, most int) (wording.Deed, int) {
	var words [6]string
	var ends [6]int
	words[0] = head
	n := 1
	for j := l.phrases[l.chain(d.what.first)-1].last; j < len(l.tokens) && n < min(most, len(words)) && l.within[j] < 0; j++ {
		switch w := &l.tokens[j]; w.Tag {
		case "DT", "PRP$", "RB", "RBR":
			if !particles.Has(w.Lower) {
				continue
			}
		case ",", ".", ":", "CC":
			j = len(l.tokens)
			continue
		}
		words[n], ends[n] = l.tokens[j].Lower, j+1
		n++
	}
	known, count := wording.DeedOf(words[:n], true)
	if count < 2 || known.Itself || l.bringsNoun(ends[count-1]) {
		return wording.Deed{}, 0
	}
	return known, ends[count-1]
}

// bringsNoun reports whether the word before token i is a preposition of what follows.
func (l *line) bringsNoun(i int) bool {
	if i >= len(l.tokens) || l.tokens[i-1].Tag != "IN" && l.tokens[i-1].Tag != "RP" && !particles.Has(l.tokens[i-1].Lower) {
		return false
	}
	return l.phrases[l.of[i]].kind == nounPhrase && l.phrases[l.of[i]].first == i
}

// beneficiary is what a deed is done to whose words hold the object already:
// "gave its consent to the merger", "put out a warning on the dam".
func (l *line) beneficiary(at int) run {
	if at >= len(l.tokens) {
		return run{}
	}
	p := l.of[at]
	if p+1 < len(l.phrases) && l.phrases[p].kind == preposition && l.phrases[p+1].kind == nounPhrase {
		switch l.tokens[l.phrases[p].first].Lower {
		case "to", "for", "of", "on", "from":
			return run{p + 1, p + 2}
		}
	}
	return run{}
}

// foretold reports whether "would" tells of what is to come and not of what
// might be: in words that somebody has said, "said that he would appeal".
func (l *line) foretold(v int) bool {
	if l.voice.verb < 0 && !l.isPromised(v) || v == l.voice.verb {
		return false
	}
	return l.modal(v) == "would"
}

// modal is the verb in the verb group v that says whether it may, can or will be, or "".
func (l *line) modal(v int) string {
	for i := l.phrases[v].first; i < l.phrases[v].last; i++ {
		if l.tokens[i].Tag == "MD" {
			return l.tokens[i].Lower
		}
	}
	return ""
}

// promises are verbs, by participle, of giving one's word for what is to come.
var promises = words.NewSet("promised pledged vowed agreed assured guaranteed undertaken sworn decided ruled ordered")

// isPromised reports whether the clause of v is what somebody gave his word for:
// "promised that the mill would stay open".
func (l *line) isPromised(v int) bool {
	for i, binding := v-1, false; i >= 0; i-- {
		switch p := &l.phrases[i]; p.kind {
		case binder:
			binding = l.tokens[p.first].Lower == "that"
		case verbGroup:
			if binding {
				return promises.Has(p.verb.done)
			}
		case stop:
			return false
		}
	}
	return false
}

// wouldNot reports whether "would not", "could not" and "cannot" say of what is or
// was that it is not so: "he wouldn't say", but not "would not have sunk".
func (l *line) wouldNot(v int) bool {
	p := &l.phrases[v]
	switch m := l.modal(v); m {
	case "would", "could":
		return p.verb.negated && l.voice.verb < 0 && !l.holds(v, "have") && !l.holds(v, "be")
	}
	return false
}

// holds reports whether a word stands in the verb group v.
func (l *line) holds(v int, word string) bool {
	for i := l.phrases[v].first; i < l.phrases[v].last; i++ {
		if l.tokens[i].Lower == word {
			return true
		}
	}
	return false
}
