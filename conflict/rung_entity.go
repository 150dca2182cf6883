package conflict

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"crosscheck/claim"
)

var aliasRung = &rung{
	name:   "short name or alias",
	intent: "two names of one bearer: a part of the full name, initials, a short form of the first name",
	try: func(a, b *answer) outcome {
		if !bearersMeet(a, b, eitherPerson(a, b)) {
			return clash
		}
		return agree
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s can be %s", show(a), show(b)) },
}

// eitherPerson reports whether one of two names is a person's.
func eitherPerson(a, b *answer) bool {
	return a.Value.Entity.Type == claim.Person || b.Value.Entity.Type == claim.Person
}

// sameBearer reports whether two names can be one bearer's. People of one family
// name are told apart by first names that are no forms of one another: "Ana
// Ruiz" is not "Eva Ruiz", but may be "A. Ruiz", and "Tom Berg" is "Thomas Berg".
func sameBearer(a, b string, person bool) bool {
	return bearerOf(nameWords(a), nameWords(b), person)
}

// bearerOf does so by the words of the names.
func bearerOf(x, y []string, person bool) bool {
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	within := func(x, y []string) bool {
		return !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
	}
	return within(x, y) || within(y, x) || initialsOf(x) == strings.Join(y, "") || initialsOf(y) == strings.Join(x, "") ||
		person && x[len(x)-1] == y[len(y)-1] && firstNamesMeet(x[:len(x)-1], y[:len(y)-1]) || spelledAlike(strings.Join(x, ""), strings.Join(y, ""))
}

// firstNamesMeet reports whether one of these first names can be one of those.
func firstNamesMeet(these, those []string) bool {
	return slices.ContainsFunc(these, func(x string) bool {
		return slices.ContainsFunc(those, func(y string) bool { return oneFirstName(x, y) })
	})
}

// oneFirstName reports whether two first names can be one: an initial, a short
// or foreign form, another spelling.
func oneFirstName(x, y string) bool {
	short, long := x, y
	if len(long) < len(short) {
		short, long = long, short
	}
	if strings.HasPrefix(long, short) || spelledAlike(x, y) { // "A", "Alex"
		return true
	}
	if utf8.RuneCountInString(short) <= 3 && short == initials(strings.Split(long, "-")) { // "JP" and "Jean-Paul"
		return true
	}
	these, those := firstNames()[x], firstNames()[y]
	return slices.ContainsFunc(these, func(n int) bool { return slices.Contains(those, n) })
}

//go:embed firstnames.txt
var firstNamesText string

// firstNames gives a first name the lines of firstnames.txt that it stands in.
var firstNames = sync.OnceValue(func() map[string][]int {
	out := map[string][]int{}
	n := 0
	for line := range strings.Lines(firstNamesText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n++
		for _, name := range strings.Fields(line) {
			out[name] = append(out[name], n)
		}
	}
	return out
})

func nameWords(name string) []string {
	var out []string
	for _, w := range eachWord(name) {
		w = strings.ReplaceAll(w, ".", "")
		switch w {
		case "the", "of", "and", "de", "al", "el", "inc", "ltd", "plc", "corp", "co", "company", "corporation", "group", "mr", "mrs", "ms", "dr", "sir", "jr":
		default:
			out = append(out, w)
		}
	}
	return out
}

func initialsOf(words []string) string {
	if len(words) < 2 {
		return "\x00"
	}
	return initials(words)
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		for _, r := range w {
			b.WriteRune(r)
			break
		}
	}
	return b.String()
}

// alikeFrom is how many bytes a name has at least that may be misspelled.
const alikeFrom = 6

// spelledAlike reports whether two long names differ by one letter, as
// transliterations and misprints do.
func spelledAlike(a, b string) bool {
	if min(len(a), len(b)) < alikeFrom {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 2 && len(b) <= 2
}

var severalRung = &rung{
	name:   "several can hold it",
	intent: "the relation leaves room for more than one name",
	try: func(a, b *answer) outcome {
		p, q := a.Value.Entity, b.Value.Entity
		oneKind := (p.Type == claim.Person) == (q.Type == claim.Person) || p.Type == "" || q.Type == "" // firms are named like places
		if oneKind && a.singleValued() && b.singleValued() {
			return clash
		}
		return apart
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s and %s can both be right", show(a), show(b)) },
}

var namedRung = &rung{
	name:   "named there too",
	intent: "whoever names both bearers in one sentence does not take the one for the other: a successor, a seller, the district of a town",
	try: func(a, b *answer) outcome {
		if !a.names(b) && !b.names(a) {
			return clash
		}
		return apart
	},
	say: func(a, b *answer) string {
		if b.names(a) {
			a, b = b, a
		}
		return fmt.Sprintf("%s is named beside %s", show(b), show(a))
	},
}

// names reports whether an answer's sentence names, beside its own bearer, that of another.
func (n *answer) names(o *answer) bool {
	name := o.called
	if len(name) == 0 {
		return false
	}
	before, after := n.around()
	here := map[string]bool{}
	for _, w := range nameWords(strings.ToLower(before + " " + after)) {
		here[w] = true
	}
	if denied := lastDenied(before); denied != "" && slices.Contains(name, denied) {
		return false // "it was not Ana Ruiz but"
	}
	return !slices.ContainsFunc(name, func(w string) bool { return !here[w] }) &&
		!(len(name) == 1 && o.Value.Entity.Type == claim.Place && withinNames(before+" "+after, name[0]))
}

// withinNames reports whether a word, in small letters, stands in a text only as
// a part of longer names: "Canada" in "Air Canada".
func withinNames(text, word string) bool {
	last, end, open := "", -1, false // the word before, where it ends, and whether it was looked for and stood alone so far
	for at, w := range eachWord(text) {
		joined := end >= 0 && text[end:at] == " " && isCapital(last) && isCapital(w) && !common[stem(strings.ToLower(last))]
		if open && !joined {
			return false
		}
		open = strings.ToLower(w) == word && !joined
		last, end = w, at+len(w)
	}
	return !open
}

func isCapital(word string) bool { return word[0] >= 'A' && word[0] <= 'Z' }

// lastDenied is the last word of what a sentence denies in favour of what it
// says next, in small letters: "ruiz" in "it was not Ana Ruiz but".
func lastDenied(before string) string {
	words := nameWords(strings.ToLower(before))
	n := len(words)
	if n < 3 || words[n-1] != "but" {
		return ""
	}
	for i := n - 3; i >= max(0, n-6); i-- {
		if words[i] == "not" {
			return words[n-2]
		}
	}
	return ""
}

var officeRung = &rung{
	name:   "another office",
	intent: "who heads, owns or hosts one thing says nothing of another",
	try: func(a, b *answer) outcome {
		x, y := &a.words, &b.words
		if !a.holdsOffice() || !b.holdsOffice() || x.subject.empty() || y.subject.empty() ||
			x.subject.within(&y.subject) > 0 || x.subject.within(&y.sentence) > 0 || y.subject.within(&x.sentence) > 0 {
			return clash
		}
		return apart
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s is not %s", a.Subject, b.Subject) },
}

var deedRung = &rung{
	name:   "another deed or stage",
	intent: "who did one thing says nothing of who did another: the chairman is not the chief executive",
	try: func(a, b *answer) outcome {
		x, y := &a.words.measured, &b.words.measured
		if x.shares(y) || !x.excludes(y) && !(a.tellsDoer() && b.tellsDoer() && a.words.attribute.cosine(&b.words.attribute) == 0) {
			return clash
		}
		return apart
	},
	say: func(a, b *answer) string { return fmt.Sprintf("%s is not %s", a.Attribute, b.Attribute) },
}

// tellsDoer reports whether an answer says who did something.
func (n *answer) tellsDoer() bool { return strings.HasSuffix(n.Attribute, " by") }

// tenure is how long who holds an office is taken to hold it, in days.
const tenure = 366

var tenureRung = &rung{
	name:   "an office at another time",
	intent: "who once held an office does not contradict who holds it, nor who heads it when the one is said who does years later, where one does not say of what",
	try: func(a, b *answer) outcome {
		if a.isOffice() && b.isOffice() && a.left() != b.left() {
			return apart
		}
		if a.said == 0 || b.said == 0 || a.Subject != "" && b.Subject != "" || max(a.said-b.said, b.said-a.said) < tenure || !a.isOffice() || !b.isOffice() {
			return clash
		}
		return apart
	},
	say: func(a, b *answer) string {
		return fmt.Sprintf("%s and %s can have followed one another", show(a), show(b))
	},
}

// left reports whether who held an office is said to have left it.
func (n *answer) left() bool {
	return slices.ContainsFunc(n.Scope, func(s string) bool {
		return s == "former" || s == "ex" || s == "once" || s == "onetime" || s == "retired"
	})
}

// isOffice reports whether a rule for offices read an answer.
func (n *answer) isOffice() bool { return strings.Contains(string(n.first.Rule), "claim/role") }

// holdsOffice reports whether the relation is a standing one, of one thing to one bearer.
func (n *answer) holdsOffice() bool {
	l := words()
	return slices.ContainsFunc(n.topic.concepts, func(c int) bool {
		switch l.concepts[c].name {
		case "led", "chaired", "president", "premier", "owned", "located", "capital", "married":
			return true
		}
		return false
	})
}

// singleValued reports whether one bearer at a time fits: a role, a superlative,
// a deed done by one or in one place. Deeds that each of several does for himself
// are told apart by what else is said of them.
func (n *answer) singleValued() bool {
	if strings.HasPrefix(n.Attribute, "the one ") || isSuperlative(n.Attribute) {
		return true
	}
	for _, end := range [...]string{" by", " in", " near", " to", " from"} {
		if strings.HasSuffix(n.Attribute, end) {
			return true
		}
	}
	l := words()
	return slices.ContainsFunc(n.topic.concepts, func(c int) bool { return l.concepts[c].group == "role" })
}

// isSuperlative reports whether an attribute begins with what only one can be:
// "deepest lake", "first woman climb tower".
func isSuperlative(attribute string) bool {
	first, rest, _ := strings.Cut(attribute, " ")
	return rest != "" && (ranking[first] || strings.HasSuffix(first, "est") && !noRank[first])
}

// ranking are words beside the superlatives that leave room for one, noRank those
// that only end like superlatives.
var (
	ranking = map[string]bool{"first": true, "last": true, "only": true, "sole": true, "most": true, "least": true}
	noRank  = map[string]bool{"forest": true, "interest": true, "harvest": true, "request": true, "guest": true, "test": true, "arrest": true,
		"protest": true, "conquest": true, "contest": true, "quest": true, "rest": true, "west": true, "chest": true, "nest": true}
)

func (n *answer) negated() bool { return n.Polarity == claim.Negated }
