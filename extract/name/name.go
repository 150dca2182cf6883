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
	"strings"
	"sync"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/name/label"
	"crosscheck/extract/name/lexicon"
	"crosscheck/extract/token"
	"crosscheck/words"
)

// Find reads the names of a whole document. The sentences are in order of their
// place; result[i] are the names in sentences[i], in order and without overlap.
// A name's span leaves out titles, roles, "the" and a possessive 's.
//
// It takes time linear in the text.
func Find(d *document.Document, sentences []token.Sentence) [][]claim.Mention {
	return FindWith(label.Default(), d, sentences)
}

// FindWith is Find with other weights than the embedded ones, to score them.
func FindWith(m *label.Model, d *document.Document, sentences []token.Sentence) [][]claim.Mention {
	f := spare.Get().(*finder)
	defer spare.Put(f)
	f.begin(m, d, sentences)
	upTo := make([]int, len(sentences)+1) // how many names there are before each sentence
	for i := range sentences {
		f.all = append(f.all, f.sentence(sentences[i].Tokens)...)
		upTo[i+1] = len(f.all)
	}
	f.forms.settle()
	names, result := f.all, make([][]claim.Mention, len(sentences))
	mentions := make([]claim.Mention, 0, len(names)+len(names)/8)
	entities := make([]claim.Entity, 0, cap(mentions))
	for i := range sentences {
		all := f.forms.recall(sentences[i].Tokens, names[upTo[i]:upTo[i+1]], f.names[:0])
		f.names = all
		if len(mentions)+len(all) > cap(mentions) { // those of the sentences before stay where they are
			mentions = make([]claim.Mention, 0, len(all)+len(names)/8)
			entities = make([]claim.Entity, 0, cap(mentions))
		}
		from := len(mentions)
		for j := range all {
			m, e := f.forms.mention(&all[j])
			entities = append(entities, e)
			m.Value.Entity = &entities[len(entities)-1]
			mentions = append(mentions, m)
		}
		result[i] = mentions[from:len(mentions):len(mentions)]
	}
	return result
}

// spare are finders whose memory passes from one document to the next.
var spare = sync.Pool{New: func() any { return new(finder) }}

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
	// canonical is the name that it stands for, where that is known already.
	canonical string
	// country is the one that it may speak for, as its capital.
	country string
	// votes are those of its text, where it has been noted.
	votes *votes
}

// finder reads sentence after sentence and remembers the forms that names take.
type finder struct {
	doc      *document.Document
	model    *label.Model
	evidence evidence
	forms    forms

	reader label.Reader
	words  []label.Word
	style  style
	labels []label.Label
	names  []named  // of the sentence in hand
	all    []named  // of the sentences so far
	texts  []string // of the words of all names so far
	text   []byte   // of the name in hand
}

// begin turns to another document, and forgets all names.
func (f *finder) begin(m *label.Model, d *document.Document, sentences []token.Sentence) {
	f.model, f.doc, f.evidence = m, d, evidenceOf(sentences)
	f.forms.clear()
	f.all, f.texts = f.all[:0], f.texts[:0]
}

// sentence finds the names in a sentence, in order, and notes their forms. They
// are valid until the next call.
func (f *finder) sentence(tokens []token.Token) []named {
	f.words = label.Words(tokens, f.words[:0])
	f.style = f.evidence.fold(f.words)
	f.reader.Read(f.words)
	f.labels = f.model.Label(&f.reader, f.labels[:0])

	names := f.names[:0]
	for i := 0; i < len(f.words); {
		end := i + 1
		if n, size := f.combined(i); size > 0 {
			names = append(names, n)
			i += size
			continue
		}
		if !f.reader.Open(i) { // most words of any text
			i++
			continue
		}
		if n, size := f.listed(i); size > 0 {
			names = append(names, n)
			i += size
			continue
		}
		if f.labels[i] == label.Outside {
			i++
			continue
		}
		for end < len(f.labels) && f.labels[end].IsInside() && f.labels[end].Kind() == f.labels[i].Kind() {
			end++
		}
		names = f.labelled(names, i, end)
		for i = end; i < len(f.words) && len(names) > 0 && f.words[i].Start < names[len(names)-1].End; {
			i++ // "Anna Berg, Jr." took in more than was labelled
		}
	}
	f.names = names
	names = f.abbreviations(names)
	for i := range names {
		names[i].country = f.spokesman(&names[i])
		f.forms.note(&names[i])
	}
	return names
}

// labelled appends the names in the words from i to end, which the model
// labelled as one: "Israeli Prime Minister Benjamin Netanyahu" holds two.
func (f *finder) labelled(names []named, i, end int) []named {
	kind := labelKinds[f.labels[i].Kind()]
	i = f.front(i, end)
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
	if cut := f.seam(i, end, kind); cut > 0 {
		return f.labelled(f.labelled(names, i, cut), cut+1, end)
	}
	if f.headline() && !f.believed(i, end) {
		return f.parts(names, i, end, kind)
	}
	if kind == claim.Person && end+1 < len(f.words) && f.words[end].Text == "," && generation.Has(f.words[end+1].Lower) {
		end += 2
	}
	n := f.name(i, end, kind, "")
	f.weigh(&n, i, end)
	return append(names, n)
}

// weigh sets a name's kind where the lists or its own words know better than
// the model.
func (f *finder) weigh(n *named, i, end int) {
	lists, size := f.reader.Known(i)
	head := headKind(f.words[i:end])
	_, list, known := lexicon.Canonical(n.text)
	switch {
	case known && (n.kind != claim.Person || end-i > 1 || f.set(i)&lexicon.Given == 0):
		// "Guatemala" is nobody's name, "Jordan" may be somebody's.
		n.kind, n.rule = kindOf(list), ruleOfList(list)
		return
	case lists == lexicon.Place && size == end-i && size > 1:
		n.kind = claim.Place // "West Bank" is no bank
	case end-i == 1 && f.peoplish(i):
		n.kind = claim.Group
	case n.kind == claim.Person && (head != claim.Other || f.set(end-1)&lexicon.Family != 0):
	case head != "":
		if f.words[i].Tag == "CD" && agreementHeads.Has(f.words[end-1].Lower) && end-i > 2 {
			*n = f.name(i+1, end, head, "")
		}
		n.kind = head
	case f.fullName(i, end), end-i == 1 && n.kind != claim.Other && f.surname(i, n.kind):
		n.kind = claim.Person
	}
	n.rule = ruleLabel(n.kind)
}

// fullName reports whether words are a given name and family names, or whatever
// stands before "Jr." and the like.
func (f *finder) fullName(i, end int) bool {
	if end-i < 2 || end-i > 3 || f.set(i)&lexicon.Given == 0 {
		return false
	}
	if end-i == 3 && generation.Has(f.words[end-1].Lower) {
		return true
	}
	for j := i + 1; j < end; j++ {
		if set := f.set(j); set&(lexicon.Given|lexicon.Family) == 0 || set&(lexicon.Common|lexicon.Place) != 0 {
			return false
		}
	}
	return true
}

// front is the index of a name's first word, past what only a sentence's
// capital makes part of it: "As the Senate", "The Sea of Marmara".
func (f *finder) front(i, end int) int {
	for i+1 < end {
		w := &f.words[i]
		switch {
		case w.Lower == "the" || i == 0 && isFunction(w.Tag) && commonWord(w.Lower):
			i++
		case i > 0 && !startsUpper(w.Text) && joining.Has(w.Lower):
			i++
		default:
			return i
		}
	}
	return i
}

// isFunction reports whether a tag is that of a word that begins no name.
func isFunction(tag string) bool {
	switch tag {
	case "IN", "DT", "CC", "PRP", "PRP$", "WDT", "WP", "WP$", "WRB", "RB", "MD", "TO", "PDT", "EX", "UH", "VBD", "VBZ", "VBP", "VB":
		return true
	}
	return false
}

// surname reports whether a single word that the model took for something else
// is a person's name: the lists know it as nothing but a personal name, or it
// does what only people do.
func (f *finder) surname(i int, kind claim.MentionKind) bool {
	w := &f.words[i]
	set := f.set(i)
	if set&(lexicon.Given|lexicon.Family) == 0 || set&(lexicon.Place|lexicon.Organization|lexicon.People) != 0 || strings.ToUpper(w.Text) == w.Text {
		return false
	}
	if kind == claim.Organization && set&lexicon.Common == 0 {
		return true
	}
	return i+1 < len(f.words) && personal.Has(f.words[i+1].Lower) || i > 0 && personal.Has(f.words[i-1].Lower) || i > 1 && f.words[i-1].Text == "," && personal.Has(f.words[i-2].Lower)
}

// personal are words beside a person's name: what people do, and other people.
var personal = words.NewSet(`
said says say saying told tells added adds argued argues warned warns wrote writes thinks thought believes believed insisted insists recalled recalls
explained explains joked admitted admits acknowledged replied asked answered testified tweeted vowed pledged apologised apologized died married who whose himself herself
resigned retired appeared arrived smiled laughed scored
`)

// seam is the index of a word between two names that the model took for one: an
// "and" or a comma between places or people, a possessive between a body and what
// is its ("the Harbor Corps' Rescue Force"); 0 where there is none. A list that
// knows the whole knows better: "Trinidad and Tobago".
func (f *finder) seam(i, end int, kind claim.MentionKind) int {
	if _, size := f.reader.Known(i); size == end-i {
		return 0
	}
	for j := i + 1; j+1 < end; j++ {
		switch f.words[j].Lower {
		case "and", ",", "&":
			if (kind == claim.Place || kind == claim.Person) && !generation.Has(f.words[j+1].Lower) {
				return j
			}
		case "'s", "’s", "'", "’":
			if headKind(f.words[i:j]) == claim.Organization {
				return j
			}
		}
	}
	return 0
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
	from := len(f.texts)
	f.text = f.text[:0]
	for j := i; j < end; j++ {
		if f.words[j].Space && j > i {
			f.text = append(f.text, ' ')
		}
		f.text = append(f.text, f.words[j].Text...)
		f.texts = append(f.texts, f.words[j].Text)
	}
	n.words = f.texts[from:len(f.texts):len(f.texts)]
	// Most names stand in the text as they are.
	switch n.text = n.Of(f.doc.Text); {
	case n.text == string(f.text):
	case end-i == 1:
		n.text = f.words[i].Text
	default:
		n.text = string(f.text)
	}
	return n
}

// closing reports whether a mark at the end of a name is not part of it.
func closing(text string) bool {
	return slices.Contains([]string{"'s", "’s", "'", "’", "-", ",", ":", "/", "\"", "”", "''"}, text)
}
