package conflict

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
)

// question puts in words what answers have in common to answer: what is measured or
// was done, of whom or what, and when. Of the ways in which they put it, it takes
// those whose words stand in the sentences of most texts: a title that names the
// paper's own author, and a verb that could be any, are in few.
func question(answers []*answer) string {
	said := readAsked(answers)
	what := said.what(answers)
	parts := []string{what, said.whom(answers, what), commonest(answers, func(a *answer) string {
		if a.Time == nil || a.family == "date" {
			return ""
		}
		return showPeriod(*a.Time)
	})}
	kept := parts[:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ", ")
}

// asked is the stems that stand in the sentences and attributes of each text's
// answers to one question.
type asked map[*text]map[string]bool

func readAsked(answers []*answer) asked {
	said := asked{}
	for _, a := range answers {
		in := said[a.text]
		if in == nil {
			in = map[string]bool{}
			said[a.text] = in
		}
		for _, words := range []string{a.sentence, a.Attribute} {
			for _, w := range eachWord(words) {
				in[stem(strings.ToLower(w))] = true
			}
		}
	}
	return said
}

// tellingStems are the stems of a phrase that tell one question from another, or where
// there are none, those that say at least something: "owned by".
func tellingStems(phrase string) (stems []string, weak bool) {
	var some []string
	for _, w := range eachWord(phrase) {
		if first, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(first) || utf8.RuneCountInString(w) < 2 {
			continue
		}
		switch s := stem(strings.ToLower(w)); {
		case !common[s]:
			stems = append(stems, s)
		case !saysNothing[s]:
			some = append(some, s)
		}
	}
	if stems == nil {
		return some, true
	}
	return stems, false
}

// saysNothing holds the stems of words that alone are no question.
var saysNothing = set(`a about after all also an and any are as at be been before being by can could did do does for from had has have
	he her his how in into is it its may might more most no not of off on or out over said she should so than that the their
	them there these they this those to under until up was were what when where which who will with would you
	number total amount figure count level value become come get give given gave go gone got put see seen set take taken took`)

// share is in how many texts a phrase stands; a text that has some of its words
// counts in part.
func (said asked) share(stems []string) (sum float64) {
	for _, in := range said {
		have := 0
		for _, s := range stems {
			if in[s] {
				have++
			}
		}
		sum += float64(have) / float64(max(len(stems), 1))
	}
	return sum
}

// what is the attribute that most texts tell of. Where none tells anything, it is
// what is counted, and failing that the words that the sentences have in common.
func (said asked) what(answers []*answer) string {
	best := said.best(answers, func(a *answer) []string { return []string{a.Attribute} }, nil)
	if best != "" {
		return best
	}
	if unit := commonest(answers, counted); unit != "" {
		return unit
	}
	if shared := said.shared(answers); shared != "" {
		return shared
	}
	return commonest(answers, func(a *answer) string { return a.Attribute })
}

// counted is the noun that a number counts, "" for a code of a unit and for none.
func counted(a *answer) string {
	if q := a.Value.Quantity; q != nil && claim.Dimension(q.Unit) == "count" {
		return q.Unit
	}
	return ""
}

// sharedMost is how many words are taken from a sentence to name a question.
const sharedMost = 3

// shared is the first words of a sentence that another text's answers have as well,
// but for the answers themselves.
func (said asked) shared(answers []*answer) string {
	answered := map[string]bool{}
	for _, a := range answers {
		for _, w := range eachWord(a.quote) {
			answered[stem(strings.ToLower(w))] = true
		}
	}
	var out []string
	for _, w := range eachWord(answers[0].sentence) {
		stems, weak := tellingStems(w)
		if len(stems) == 1 && !weak && !answered[stems[0]] && said.share(stems) >= 2 && len(out) < sharedMost {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// whom is the subject, or a name that takes part, that most texts tell of, spelled as
// in a sentence. What stands in no sentence must be the subject in most texts; what
// the attribute says already is left out, and so are the answers themselves.
func (said asked) whom(answers []*answer, what string) string {
	in := map[string]bool{}
	stems, _ := tellingStems(what)
	for _, s := range stems {
		in[s] = true
	}
	answered := map[string]bool{}
	for _, a := range answers {
		if e := a.Value.Entity; e != nil {
			answered[e.Name] = true
		}
	}
	name := said.best(answers, func(a *answer) []string { return append([]string{a.Subject}, a.Entities...) }, func(name string, stems []string) bool {
		for _, s := range stems {
			if !in[s] {
				return !answered[name]
			}
		}
		return false
	})
	if name == "" {
		return ""
	}
	for _, a := range answers {
		if at := strings.Index(strings.ToLower(a.sentence), strings.ToLower(name)); at >= 0 && at+len(name) <= len(a.sentence) && strings.EqualFold(a.sentence[at:at+len(name)], name) {
			if spelled := a.sentence[at : at+len(name)]; spelled < name { // capitals come before small letters
				name = spelled
			}
		}
	}
	return name
}

// best is the phrase whose words stand in most texts, of several the one that most
// texts put first among theirs, then the first in the alphabet; "" where none tells
// anything.
func (said asked) best(answers []*answer, phrases func(*answer) []string, fits func(phrase string, stems []string) bool) string {
	type use struct {
		text  *text
		first bool
	}
	used := map[string]map[use]bool{}
	for _, a := range answers {
		for i, p := range phrases(a) {
			if used[p] == nil {
				used[p] = map[use]bool{}
			}
			used[p][use{a.text, i == 0}] = true
		}
	}
	best, score := "", 0.0
	for p, uses := range used {
		stems, weak := tellingStems(p)
		if len(stems) == 0 || fits != nil && !fits(p, stems) {
			continue
		}
		s := said.share(stems)
		for u := range uses {
			if u.first {
				s += .5
			}
		}
		if weak {
			s /= 2
		}
		if cmp.Or(cmp.Compare(s, score), cmp.Compare(best, p)) > 0 {
			best, score = p, s
		}
	}
	return best
}
