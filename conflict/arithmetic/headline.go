package arithmetic

import (
	"fmt"
	"slices"
	"strings"

	"crosscheck/conflict"
)

// leads is how many lines below the headline must repeat its number.
const leads = 4

// headline holds the number in a document's title against its body: it is
// amiss where the first lines give another number for what the title's words
// call the same, and nothing in the body gives, or comes to, that of the title.
func headline(d conflict.Document, lines []line) []finding {
	if len(lines) < 2 || !isTitle(d.Title, lines[0]) || len(lines[0].values) != 1 {
		return nil
	}
	said := lines[0].values[0]
	words := attributeWords(said)
	if !said.single() || said.Approximate || len(words) == 0 {
		return nil
	}
	var same []value
	for i, l := range lines[1:] {
		for _, v := range l.values {
			switch {
			case v.room.meets(said.room), v.Number.Valid && v.Number.Decimal.Equal(said.Number.Decimal):
				return nil
			case !v.like(said) || v.Change != said.Change || !slices.Equal(attributeWords(v), words):
			case i < leads && v.single():
				same = append(same, v)
			}
		}
		if comesTo(l.values, said) {
			return nil
		}
	}
	if len(same) != 1 {
		return nil
	}
	v := same[0]
	if slices.ContainsFunc(partWords, func(w string) bool { return strings.Contains(strings.ToLower(v.at.Sentence), w) }) {
		return nil
	}
	return []finding{{said: said, parts: same, gives: v.Quantity, severity: likely,
		question: "headline and body: " + about(said),
		reason:   fmt.Sprintf("the headline says %s, the body %s", written(said.Quantity), written(v.Quantity))}}
}

// partWords make a number of the body a part of the headline's, or one of
// another time.
var partWords = []string{"include", "including", "of them", "of whom", "another", "at least", "more", "earlier", "previous", "first", "other", "so far", "yesterday", "initially", "later"}

// isTitle reports whether a line is a document's title, of which a page's own
// name may be left over behind it.
func isTitle(title string, l line) bool {
	s := strings.TrimSpace(strings.TrimLeft(l.values[0].at.Sentence, "# \t"))
	return len(s) > 0 && len(strings.Fields(s)) >= 3 && strings.HasPrefix(strings.TrimSpace(title), s)
}

// attributeWords are the words of what is said of a value's subject, but for
// what is counted, sorted.
func attributeWords(v value) []string {
	words := strings.Fields(strings.ToLower(v.at.Claim.Attribute))
	words = slices.DeleteFunc(words, func(w string) bool {
		return w == v.Unit || w == "people" || w == "person" || strings.TrimSuffix(w, "s") == v.Unit || w == "been"
	})
	slices.Sort(words)
	return slices.Compact(words)
}

// comesTo reports whether two or all of some values add up to another.
func comesTo(values []value, said value) bool {
	var all []value
	for _, v := range values {
		if v.single() && v.Per == said.Per {
			all = append(all, v)
		}
	}
	if len(all) < 2 {
		return false
	}
	sum := all[0].room
	for i, v := range all {
		if i > 0 {
			sum = sum.plus(v.room)
		}
		for _, o := range all[:i] {
			if o.room.plus(v.room).meets(said.room) {
				return true
			}
		}
	}
	return sum.meets(said.room)
}
