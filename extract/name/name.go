// Package name reads the names of a document: people, organizations, places,
// groups (peoples, faiths, parties' followers), and other things with names
// (events, agreements, laws, works).
//
// In come a document's sentences as tokens; out come mentions, each with the
// canonical name of what it names. A linear model says which words are names
// (package label), word lists help it and know the canonical names of countries
// (package lexicon), and the document itself tells which short forms stand for
// which long ones.
package name

import (
	"slices"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/name/label"
	"crosscheck/extract/name/lexicon"
	"crosscheck/extract/token"
)

// Find reads the names of a whole document. The sentences are in order of their
// place; result[i] are the names in sentences[i], in order and without overlap.
// A name's span leaves out titles, roles, "the" and a possessive 's.
//
// It takes time linear in the text.
func Find(_ *document.Document, sentences []token.Sentence) [][]claim.Mention {
	f := finder{model: label.Default(), evidence: evidenceOf(sentences)}
	names := make([][]named, len(sentences))
	for i := range sentences {
		names[i] = f.sentence(sentences[i].Tokens)
	}
	f.forms.settle()
	result := make([][]claim.Mention, len(sentences))
	for i := range sentences {
		names[i] = f.forms.recall(sentences[i].Tokens, names[i])
		for _, n := range names[i] {
			result[i] = append(result[i], f.forms.mention(n))
		}
	}
	return result
}

// Canonical is the name by which a country, a people or an international body
// goes across documents, and its kind: "U.S." and "America" are the place
// United States, "Israelis" the group Israel. ok is false for any other name.
func Canonical(name string) (canonical string, kind claim.MentionKind, ok bool) {
	canonical, list, ok := lexicon.Canonical(name)
	if !ok {
		return "", "", false
	}
	return canonical, kindOf(list), true
}

func kindOf(list lexicon.Set) claim.MentionKind {
	switch list {
	case lexicon.People:
		return claim.Group
	case lexicon.Organization:
		return claim.Organization
	}
	return claim.Place
}

// labelKinds are the kinds of mention that the model's kinds are.
var labelKinds = [...]claim.MentionKind{
	label.Person: claim.Person, label.Organization: claim.Organization, label.Place: claim.Place,
	label.Group: claim.Group, label.Other: claim.Other,
}

// named is a name as it was found in a sentence.
type named struct {
	document.Span
	kind claim.MentionKind
	// words are the name's words, as they are read: a line of capitals is read
	// as if it were written in the usual way.
	words []string
	text  string
	rule  claim.RuleID
}

// finder reads sentence after sentence and remembers the forms that names take.
type finder struct {
	model    *label.Model
	evidence evidence
	forms    forms

	reader label.Reader
	words  []label.Word
	labels []label.Label
}

// sentence finds the names in a sentence, in order, and notes their forms.
func (f *finder) sentence(tokens []token.Token) []named {
	f.words = label.Words(tokens, f.words[:0])
	f.evidence.fold(f.words)
	f.reader.Read(f.words)
	f.labels = f.model.Label(&f.reader, f.labels[:0])

	var names []named
	for i := 0; i < len(f.words); {
		end := i + 1
		if f.labels[i] == label.Outside {
			if n, size := f.listed(i); size > 0 {
				names, end = append(names, n), i+size
			}
			i = end
			continue
		}
		for end < len(f.labels) && f.labels[end].IsInside() && f.labels[end].Kind() == f.labels[i].Kind() {
			end++
		}
		names = f.labelled(names, i, end)
		i = end
	}
	names = f.abbreviations(names)
	for _, n := range names {
		f.forms.note(n)
	}
	return names
}

// labelled appends the names in the words from i to end, which the model
// labelled as one: "Israeli Prime Minister Benjamin Netanyahu" holds two.
func (f *finder) labelled(names []named, i, end int) []named {
	kind := labelKinds[f.labels[i].Kind()]
	if kind == claim.Person {
		for i < end {
			if _, list, ok := lexicon.Canonical(f.words[i].Text); ok && list == lexicon.People && i+1 < end && isTitle(f.words[i+1].Lower) {
				names = append(names, f.name(i, i+1, claim.Group, rulePeople))
			} else if !isTitle(f.words[i].Lower) || i+1 == end && !plainTitle(f.words[i].Lower) {
				break
			}
			i++
		}
	}
	for end > i && closing(f.words[end-1].Text) {
		end--
	}
	if i == end || f.calendar(i, end) {
		return names
	}
	n := f.name(i, end, kind, ruleLabel(kind))
	if canonical, list, ok := lexicon.Canonical(n.text); ok && canonical != "" && kind != claim.Person {
		n.kind, n.rule = kindOf(list), ruleOfList(list)
	}
	return append(names, n)
}

// listed is a name that the model passed over and the lists are sure of.
func (f *finder) listed(i int) (named, int) {
	known, size := f.reader.Known(i)
	if known == 0 || f.words[i].Folded || i+size > len(f.words) {
		return named{}, 0
	}
	for j := i; j < i+size; j++ {
		if f.labels[j] != label.Outside {
			return named{}, 0
		}
	}
	n := f.name(i, i+size, claim.Place, "")
	_, list, ok := lexicon.Canonical(n.text)
	if !ok {
		return named{}, 0
	}
	// "Polish the table": a common word with its sentence's capital is no people.
	if i == 0 && size == 1 && list != lexicon.Place && lexicon.Find(lexicon.HashOf(f.words[i].Lower)).Set&lexicon.Common != 0 {
		return named{}, 0
	}
	n.kind, n.rule = kindOf(list), ruleOfList(list)
	return n, size
}

// calendar reports whether words are only months, weekdays and numbers.
func (f *finder) calendar(i, end int) bool {
	for _, w := range f.words[i:end] {
		if !isCalendar(w.Lower) && w.Tag != "CD" {
			return false
		}
	}
	return true
}

func (f *finder) name(i, end int, kind claim.MentionKind, rule claim.RuleID) named {
	n := named{Span: document.Span{Start: f.words[i].Start, End: f.words[end-1].End}, kind: kind, rule: rule}
	var text []byte
	for j := i; j < end; j++ {
		if f.words[j].Space && j > i {
			text = append(text, ' ')
		}
		text = append(text, f.words[j].Text...)
		n.words = append(n.words, f.words[j].Text)
	}
	n.text = string(text)
	return n
}

// closing reports whether a mark at the end of a name is not part of it.
func closing(text string) bool {
	return slices.Contains([]string{"'s", "’s", "'", "’", "-", ",", ":", "/", "\"", "”", "''"}, text)
}
