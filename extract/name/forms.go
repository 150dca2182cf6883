package name

import (
	"slices"
	"strings"
	"unicode/utf8"

	"crosscheck/claim"
	"crosscheck/extract/name/lexicon"
	"crosscheck/extract/token"
	"crosscheck/words"
)

// forms are the forms that names take in one document: full names of people by
// their last and first words, abbreviations that the document explains, and how
// often each text was read as each kind.
type forms struct {
	people map[string][]person // by surname, in small letters, in order of place
	first  map[string][]person // by the first word of the full name
	long   map[string]named    // abbreviation → what it stands for
	votes  map[string]*votes   // by text, in small letters
	full   map[string]*bearer  // people named in full, by their name without accents and initials
	bodies map[string]bool     // the first words of organizations named by several, folded
	states bool                // a country or its people is named
	slab   []votes             // where the next votes are kept
}

// clear makes f what it is for a document of which nothing is read yet.
func (f *forms) clear() {
	*f = forms{
		people: emptied(f.people), first: emptied(f.first), long: emptied(f.long), votes: emptied(f.votes),
		full: emptied(f.full), bodies: emptied(f.bodies), slab: f.slab[:0],
	}
}

// emptied is a map without its entries, or a new one where it has grown so large
// that to clear it would cost more than a document of the usual size.
func emptied[V any](m map[string]V) map[string]V {
	const most = 1000
	if m == nil || len(m) > most {
		return map[string]V{}
	}
	clear(m)
	return m
}

type person struct {
	at   int
	full *bearer
}

// votes count how often a text was read as each kind.
type votes struct {
	of   [len(labelKinds)]int
	kind claim.MentionKind // settled: the commonest
	text string
}

// note remembers a name that was found.
func (f *forms) note(n *named) {
	f.states = f.states || n.rule == ruleCountry || n.rule == rulePeople
	if n.rule == ruleAbbreviation {
		return
	}
	v := f.votesFor(n.text)
	if v == nil {
		v = f.newVotes(n.text)
		f.votes[strings.ToLower(n.text)] = v
	}
	n.votes = v
	v.of[slices.Index(labelKinds[:], n.kind)]++
	if n.kind == claim.Organization && len(n.words) > 1 {
		f.bodies[folded(n.words[0])] = true
	}
	if n.kind != claim.Person || len(n.words) < 2 {
		return
	}
	last := len(n.words) - 1
	for last > 1 && generation.Has(strings.ToLower(n.words[last])) {
		last--
	}
	p := person{n.Start, f.bearer(n)}
	surname, given := folded(n.words[last]), folded(n.words[0])
	f.people[surname] = append(f.people[surname], p)
	f.first[given] = append(f.first[given], p)
}

// newVotes are no votes of a text yet.
func (f *forms) newVotes(text string) *votes {
	if len(f.slab) == cap(f.slab) {
		const many = 64
		f.slab = make([]votes, 0, many)
	}
	f.slab = append(f.slab, votes{text: text})
	return &f.slab[len(f.slab)-1]
}

// votesFor are the votes of a text in any case, nil for none.
func (f *forms) votesFor(text string) *votes {
	var room keyRoom
	if key, ok := room.small(text); ok {
		return f.votes[string(key)]
	}
	return f.votes[strings.ToLower(text)]
}

// keyRoom is memory for a text by which something is looked up, so that to look it
// up takes no other.
type keyRoom [48]byte

// small is a text in small letters; ok is false where it is too long or not plain.
func (r *keyRoom) small(text string) (key []byte, ok bool) {
	if len(text) > len(r) {
		return nil, false
	}
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= utf8.RuneSelf:
			return nil, false
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		r[i] = c
	}
	return r[:len(text)], true
}

// folded is what the function of that name returns.
func (r *keyRoom) folded(text string) []byte {
	if key, ok := r.small(text); ok {
		return key
	}
	return []byte(folded(text))
}

var generation = words.NewSet("jr jr. sr sr. ii iii iv junior senior")

// explain remembers what an abbreviation stands for; the first explanation holds.
func (f *forms) explain(short string, n named) {
	if _, known := f.long[short]; !known {
		f.long[short] = n
	}
}

// settle decides each text's kind, when all names have been noted.
func (f *forms) settle() {
	for _, v := range f.votes {
		most := 0
		for k, count := range v.of {
			if count > most {
				v.kind, most = labelKinds[k], count
			}
		}
	}
}

// recall appends to out a sentence's names, with those that the model passed
// over and the document has elsewhere: a surname whose bearer is named in full,
// an abbreviation that is explained, a word that is no common one.
func (f *forms) recall(tokens []token.Token, names, out []named) []named {
	if len(f.votes) == 0 && len(f.long) == 0 {
		return append(out, names...)
	}
	if len(f.long) > 0 {
		names = slices.DeleteFunc(names, func(n named) bool { long, ok := f.long[n.text]; return ok && long.kind == "" })
	}
	next := 0
	for i := range tokens {
		t := &tokens[i]
		for next < len(names) && names[next].Start < t.End {
			out = append(out, names[next])
			next++
		}
		if !startsUpper(t.Text) || len(out) > 0 && out[len(out)-1].Overlaps(t.Span) {
			continue
		}
		if kind := f.known(t); kind != "" {
			out = append(out, named{Span: t.Span, kind: kind, words: []string{t.Text}, text: t.Text, rule: ruleRecall})
		}
	}
	return append(out, names[next:]...)
}

// known is the kind of a word that the document has elsewhere as a name, or "".
func (f *forms) known(t *token.Token) claim.MentionKind {
	if long, ok := f.long[t.Text]; ok {
		return long.kind
	}
	if v := f.votes[t.Lower]; v != nil && v.text == t.Text && len(t.Text) > 2 && !commonWord(t.Lower) {
		return v.kind
	}
	var room keyRoom
	if len(f.people[string(room.folded(t.Lower))]) > 0 && lexicon.Find(lexicon.HashOf(t.Lower)).Set&(lexicon.Common|lexicon.Place) == 0 {
		return claim.Person
	}
	return ""
}

// mention is what is said of a name in the end: its kind as the document mostly
// reads it, and its canonical name, which the mention will point to.
func (f *forms) mention(n *named) (claim.Mention, claim.Entity) {
	kind := n.kind
	listed := n.rule == ruleCountry || n.rule == rulePeople || n.rule == ruleBody
	if !listed {
		v := n.votes
		if v == nil {
			v = f.votesFor(n.text)
		}
		if v != nil && v.kind != "" {
			kind = v.kind
		}
	}
	name := n.canonical
	if name != "" {
		kind = n.kind
	} else if f.speaksFor(n) {
		kind, name, n.rule = claim.Place, n.country, ruleCapital
	} else if long, ok := f.long[n.text]; ok {
		kind, name = long.kind, canonicalText(long.text, long.kind)
	} else if full, ok := f.fullName(n, kind); ok {
		kind, name = claim.Person, full
	} else if kind == claim.Person {
		name = f.inFull(n)
	} else {
		name = canonicalText(n.text, kind)
	}
	rule := n.rule
	if kind != n.kind && rule != ruleCapital {
		rule = ruleRecall
	}
	return claim.Mention{Span: n.Span, Kind: kind, Rule: rule}, claim.Entity{Name: name, Type: kind}
}

// canonicalText is a name without what varies between documents: a country's
// other names, a company's legal form.
func canonicalText(text string, kind claim.MentionKind) string {
	if canonical, _, ok := lexicon.Canonical(text); ok {
		return canonical
	}
	if kind == claim.Organization {
		for {
			cut := strings.LastIndexByte(text, ' ')
			if cut <= 0 || !legal.Has(strings.ToLower(strings.Trim(text[cut+1:], ".,"))) {
				break
			}
			text = strings.TrimRight(text[:cut], " ,")
		}
	}
	return text
}

var legal = words.NewSet("inc incorporated corp corporation ltd limited llc plc ag gmbh spa co oyj asa")

// fullName is the full name of the person that a single word stands for: the
// bearer of that surname last named in full before it, else the first after it.
func (f *forms) fullName(n *named, kind claim.MentionKind) (string, bool) {
	if len(n.words) != 1 {
		return "", false
	}
	var room keyRoom
	key := room.folded(n.words[0])
	bearers := f.people[string(key)]
	switch {
	case kind == claim.Person && len(bearers) == 0:
		bearers = f.first[string(key)]
	case kind == claim.Organization && f.bodies[string(key)]: // a firm that bears its founder's name
		return "", false
	case kind != claim.Person && (kind == claim.Group || lexicon.Find(lexicon.HashOf(string(key))).Set&(lexicon.Place|lexicon.Organization|lexicon.People) != 0):
		return "", false
	}
	if len(bearers) == 0 {
		return "", false
	}
	return bearers[lastBefore(bearers, n.Start)].full.name, true
}

// lastBefore is the index of the last person named before the offset, else 0.
func lastBefore(people []person, at int) int {
	low, high := 0, len(people)
	for low < high {
		if mid := (low + high) / 2; people[mid].at < at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return max(low-1, 0)
}

func commonWord(lower string) bool {
	return lexicon.Find(lexicon.HashOf(lower)).Set&lexicon.Common != 0
}
