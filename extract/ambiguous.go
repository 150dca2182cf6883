package extract

import "crosscheck/words"

// Many verbs that tell a figure are nouns by their form, and the tags take them
// for these in front of it: "the final account stands at 14 billion", "the deck
// spans 300 metres". What follows tells them apart.

// figureVerbs are such forms, as they stand in front of a figure.
var (
	figureVerbs = words.NewSet(`stands numbers totals costs measures averages weighs tops spans seats houses covers leaps claims reaches hits
		exceeds rises towers stretches runs falls drops jumps climbs holds takes lasts draws employs carries stocks nears tips
		bears features comprises soars sinks plunges slumps surges slides slips ranks trails leads extends plans aims`)
	figurePasts = words.NewSet("cost hit put set spread")
)

// unmask makes verbs of the nouns that stand behind a noun and in front of a
// value, or of the preposition or pronoun that brings it, in a sentence that
// goes on to its end: a label has no stop.
func (l *line) unmask() {
	if n := len(l.tokens); n == 0 || l.sentence.Cell >= 0 || l.tokens[n-1].Tag != "." {
		return
	}
	for i := range l.mentions {
		m := &l.mentions[i]
		if m.Kind.IsName() {
			continue
		}
		for v, back := m.first-1, 0; v > 0 && back < 3 && l.within[v] < 0; v, back = v-1, back+1 {
			switch t := &l.tokens[v]; t.Tag {
			case "NN", "NNS":
				before := l.tokens[v-1].Tag
				if before == "PRP$" && v > 2 && figurePasts.Has(l.tokens[v-2].Lower) { // "a seat that cost his mother $35"
					v -= 1
					continue
				}
				if before != "NN" && before != "NNS" && before != "NNP" && before != "NNPS" && before != "WDT" && l.tokens[v-1].Lower != "that" {
					break
				}
				if figureVerbs.Has(t.Lower) {
					t.Tag = "VBZ"
				} else if figurePasts.Has(t.Lower) {
					t.Tag = "VBD"
				}
			case "IN", "TO":
				if t.Lower == "at" || t.Lower == "to" {
					continue
				}
			case "PRP", "DT", "RB":
				continue
			}
			break
		}
	}
}

// mend makes verbs of the nouns that stand where only a verb can: "cannot fly",
// "could not land", "it rules out", "did sound, but".
func (l *line) mend() {
	for i := range l.tokens {
		t := &l.tokens[i]
		if t.Tag != "NN" && t.Tag != "NNS" || l.within[i] >= 0 {
			continue
		}
		if t.Lower == "cannot" {
			t.Tag = "MD"
			continue
		}
		if i == 0 || l.within[i-1] >= 0 {
			continue
		}
		switch before := &l.tokens[i-1]; before.Lower {
		case "cannot":
			t.Tag = "VB"
		case "not", "n't":
			if i > 1 && l.tokens[i-2].Tag == "MD" {
				t.Tag = "VB"
			}
		case "it", "he", "she":
			if t.Tag == "NNS" && (i == 1 || l.opensAnew(i-2)) {
				t.Tag = "VBZ"
			}
		case "did", "does":
			if t.Tag == "NN" && i+1 < len(l.tokens) && l.opensAnew(i+1) {
				t.Tag = "VB"
			}
		}
	}
}

// opensAnew reports whether the token at i ends what stands before it.
func (l *line) opensAnew(i int) bool {
	switch l.tokens[i].Lower {
	case ",", ";", ":", "and", "but", "that":
		return true
	}
	return false
}
