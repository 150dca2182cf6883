package conflict

import (
	"cmp"
	"fmt"
	"strings"
)

// commonest is the word that most texts use, of several the first in the alphabet.
func commonest(answers []*answer, word func(*answer) string) string {
	texts := map[string]map[*text]bool{}
	for _, a := range answers {
		if w := word(a); w != "" {
			if texts[w] == nil {
				texts[w] = map[*text]bool{}
			}
			texts[w][a.text] = true
		}
	}
	best := ""
	for w, in := range texts {
		if best == "" || cmp.Or(cmp.Compare(len(in), len(texts[best])), cmp.Compare(best, w)) > 0 {
			best = w
		}
	}
	return best
}

// reasonOpen says why two answers cannot both hold, and what was tried.
func reasonOpen(a, b *answer, rungs []string) string {
	why := fmt.Sprintf("%s is not %s", show(a), show(b))
	switch p, q := a.Value, b.Value; {
	case opposed(a, b):
		why = fmt.Sprintf("%s is told of opposite deeds: %s and %s", show(a), a.Attribute, b.Attribute)
	case a.negated() != b.negated():
		if a.negated() {
			a, b = b, a
		}
		why = fmt.Sprintf("%q says that it is so, %q that it is not", a.quote, b.quote)
	case p.Quantity != nil && q.Quantity != nil:
		if open(*p.Quantity) && !open(*q.Quantity) {
			a, b = b, a
		}
		if open(*b.Value.Quantity) {
			why = fmt.Sprintf("%s lies outside %s", show(a), show(b))
		}
	case p.Period != nil && q.Period != nil:
		why = fmt.Sprintf("%s is not %s", showPeriod(*p.Period), showPeriod(*q.Period))
	}
	if s := slip(a, b); s != "" {
		why += "; it may be a slip: " + s
	}
	if declaredTwo(a, b) {
		why += "; declared to be two"
	}
	why += "; tried: " + strings.Join(rungs, ", ")
	for i, r := range doubted(a, b) {
		if i == 0 {
			why += "; in doubt: "
		} else {
			why += ", "
		}
		why += r.name
	}
	return why
}

// kindOf is what a conflict between two answers is about.
func kindOf(a, b *answer) Kind {
	switch {
	case a.negated() != b.negated():
		return Negation
	case a.Value.Period != nil:
		return Date
	case a.Value.Entity != nil:
		return Entity
	}
	return Number
}
