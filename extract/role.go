package extract

import (
	"cmp"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/wording"
	"crosscheck/words"
)

// offices are nouns that name an office one person holds at a time, or a role
// that a text tells people apart by.
var offices = words.NewSet(`president minister premier chancellor governor mayor senator ambassador secretary undersecretary chairman chairwoman chair
	chairperson director chief head leader spokesman spokeswoman spokesperson commissioner commander general admiral colonel captain marshal judge justice
	prosecutor adviser advisor envoy king queen prince emperor pope bishop archbishop coach manager founder owner ceo executive officer treasurer
	speaker inspector superintendent principal dean rector editor curator architect conductor pilot author winner champion
	producer bidder goalkeeper navigator librettist`)

// ofBody are the relations of offices that a body or a place has: who is named
// with one holds it, while an owner or a builder did something to a thing.
var ofBody = map[string]bool{"led by": true, "chaired by": true, "commanded by": true, "piloted by": true, "trained by": true, "judged by": true,
	"prosecuted by": true, "refereed by": true, "succeeded by": true, "preceded by": true, "examined by": true, "investigated by": true,
	"represented by": true, "treated by": true, "deputised by": true, "guided by": true, "navigated by": true, "supervised by": true, "spoken for by": true}

// deedOf is what the doer that a noun names has done to a thing: the owner is
// whom it is owned by. Organizations can be doers too.
func deedOf(noun string) string {
	if by := wording.Doer(noun); !ofBody[by] {
		return by
	}
	return ""
}

func isOffice(noun string) bool { return offices.Has(noun) || wording.Doer(noun) != "" }

// ofBodies are offices that companies and bodies have; ofEvents are those of
// which a report has one, whose name alone says whose it is.
var (
	ofBodies = words.NewSet("executive ceo chairman chairwoman chair chairperson director")
	ofEvents = words.NewSet("judge magistrate coroner referee umpire director skipper doctor medic physician deputy guide navigator leader")
)

// pastOrTemporary are words before an office that say it is not, or not fully, held.
var pastOrTemporary = words.NewSet("former ex ex- once onetime sometime retired acting interim then late deputy incoming outgoing designate vice assistant co")

// office is what somebody holds, of whom, and within what limits.
type office struct {
	name, of string
	scope    []string
	held     string // the noun that names it: "minister"
}

// roles makes a claim of each person who is named with an office, and of each
// organization that is named as the doer of a deed.
func (r *reader) roles(l *line) {
	for i := range l.mentions {
		m := &l.mentions[i]
		readers := [...]func(*line, *mention) office{r.officeApposed, r.officeStated, r.officeBefore, r.officeAfter}
		ways := readers[:]
		switch m.Kind {
		case claim.Person, claim.Organization:
		case claim.Place: // a state owns, and a firm can be taken for a place
			ways = readers[:2]
		default:
			continue
		}
		for _, read := range ways {
			if o := read(l, m); r.holds(l, m, o) {
				break
			}
		}
	}
	if l.sentence.Role == document.Heading || !l.hasDoer() {
		return
	}
	for p := range l.phrases {
		if l.phrases[p].kind != nounPhrase {
			continue
		}
		m := l.unlistedAt(p)
		if m == nil {
			continue
		}
		for _, read := range [...]func(*line, *mention) office{r.officeAfter, r.officeApposed, r.officeStated} {
			if o := read(l, m); deedOf(o.held) != "" && r.holds(l, m, o) {
				break
			}
		}
	}
}

// hasDoer reports whether a word of the line names the doer of a deed.
func (l *line) hasDoer() bool {
	for i := range l.tokens {
		if t := &l.tokens[i]; t.Tag == "NN" && l.within[i] < 0 && deedOf(t.Lower) != "" {
			return true
		}
	}
	return false
}

// holds makes the claim that m holds the office, where it is known whose it is.
func (r *reader) holds(l *line, m *mention, o office) bool {
	r.incumbents.seat(o, m)
	deed := deedOf(o.held)
	if o.name == "" || m.Kind != claim.Person && deed == "" || o.of == m.Value.Entity.Name {
		return false
	}
	if o.of == "" {
		if o.of = r.bodyOf(l, m, o, deed); o.of == "" && !o.ofEvent() && !o.aloneTold(m) {
			return false
		}
	}
	name := cmp.Or(wording.Doer(o.name), o.name)
	c := claim.Claim{Kind: claim.KindEntity, Subject: o.of, Attribute: name, Value: m.Value, Scope: o.scope,
		Entities: []string{m.Value.Entity.Name}, Polarity: claim.Affirmed}
	if o.of != "" {
		c.Entities = []string{o.of, m.Value.Entity.Name}
	}
	r.add(l, m.Span, c, m.Rule+" "+holdsRole.ID(), -1, m.first)
	return true
}

// ofEvent reports whether an office is one of which a report has one, by its
// bare name or another with that meaning: "the judge", "the presiding judge".
func (o office) ofEvent() bool {
	return ofEvents.Has(o.held) && (o.name == o.held || wording.Doer(o.name) != "" && wording.Doer(o.name) == wording.Doer(o.held))
}

// sole are offices that one at a time holds, of what everybody knows.
var sole = words.NewSet(`president premier chancellor governor mayor king queen prince emperor pope chairman chairwoman chair chairperson chief director
	speaker coach head prosecutor minister`)

// aloneTold reports whether an office of which nobody says whose it is is one
// that the reader is taken to know: "Governor Ruiz", or one with words that tell
// which it is, "energy minister Jon Berg".
func (o office) aloneTold(m *mention) bool {
	return m.Kind == claim.Person && len(o.scope) == 0 && (o.name != o.held || sole.Has(o.held)) && deedOf(o.held) == ""
}

// bodyOf is whose an office is when the line does not say it: the thing that
// was last spoken of for a doer, else the one organization that the document
// is about.
func (r *reader) bodyOf(l *line, m *mention, o office, deed string) string {
	if deed != "" {
		return cmp.Or(r.thing, r.topic.subject(l.sentence.Block))
	}
	body := ""
	if ofBodies.Has(o.held) {
		body = r.topic.body(m.Value.Entity.Name)
	}
	if body == "" && o.ofEvent() {
		body = r.topic.subject(l.sentence.Block)
	}
	return body
}

// officeBefore reads "Israeli Prime Minister" in front of a name.
func (r *reader) officeBefore(l *line, m *mention) office {
	o := r.office(l, l.officeStart(m.first), m.first)
	if i := m.last; o.of == "" && i+1 < len(l.tokens) && l.tokens[i].Lower == "of" && l.isName(i+1) { // "chief executive Jon Berg of Acme"
		o.of = l.mentions[l.within[i+1]].Value.Entity.Name
	}
	return o
}

// officeStart goes back over the words of an office and the name it belongs to.
func (l *line) officeStart(i int) int {
	for i > 0 {
		t := &l.tokens[i-1]
		if k := l.within[i-1]; k >= 0 {
			switch l.mentions[k].Kind {
			case claim.Group, claim.Place, claim.Organization:
				i = l.mentions[k].first
				continue
			}
			return i
		}
		if t.Tag == "POS" || t.Tag == "PRP$" || strings.HasPrefix(t.Tag, "NN") || t.Tag == "JJ" || t.Tag == "RB" && pastOrTemporary.Has(t.Lower) {
			i--
			continue
		}
		return i
	}
	return i
}

// officeAfter reads ", the acting national security adviser of Israel," behind a name.
func (r *reader) officeAfter(l *line, m *mention) office {
	i := m.last
	if i >= len(l.tokens) || l.tokens[i].Text != "," {
		return office{}
	}
	first := i + 1
	for i = first; i < len(l.tokens) && i < first+12; i++ {
		switch t := &l.tokens[i]; {
		case t.Text == "," || t.Text == "." || t.Tag == "CC" && i > first:
			return r.office(l, first, i)
		case l.phrases[l.of[i]].kind == verbGroup:
			return office{}
		}
	}
	return office{}
}

// officeApposed reads "the Japanese owner, Shoei Kisen," with the name behind a comma.
func (r *reader) officeApposed(l *line, m *mention) office {
	if m.first < 2 {
		return office{}
	}
	first := l.begins(m)
	if first < 2 {
		return office{}
	}
	mark, next := l.tokens[first-1].Text, "."
	if m.last < len(l.tokens) {
		next = l.tokens[m.last].Text
	}
	if mark != "," || next != "," && next != "." && next != ":" && next != ")" {
		return office{}
	}
	end := l.of[first-1]
	if end == 0 || l.phrases[end-1].kind != nounPhrase {
		return office{}
	}
	p := end - 1
	for p >= 2 && l.phrases[p-1].kind == preposition && l.phrases[p-2].kind == nounPhrase {
		p -= 2
	}
	f := l.phrases[p]
	if p > 0 && l.phrases[p-1].kind == comma && p > 1 && l.phrases[p-2].kind == nounPhrase && l.tokens[f.first].Tag != "PRP$" {
		return office{} // behind another name, which has it
	}
	if t := l.tokens[f.first]; t.Tag != "DT" && t.Tag != "PRP$" && !l.isName(f.first) {
		return office{}
	}
	return r.office(l, f.first, l.phrases[end-1].last)
}

// takesOffice are verbs, by participle, behind which an office stands for the
// one who now holds it.
var takesOffice = words.NewSet("been become remained appointed named elected chosen sworn promoted picked hired selected made served acted installed succeeded replaced crowned taken nominated confirmed")

// officeStated reads "her owner was Ana Ruiz", "Ana Ruiz is the chairman of
// Acme", "was appointed as chair of Acme", "succeeded Jon Berg as governor".
func (r *reader) officeStated(l *line, m *mention) office {
	p := l.of[m.first]
	if f := l.phrases[p]; m.last < f.last { // "named Ana Ruiz chief executive of Acme"
		if p > 0 && l.phrases[p-1].kind == verbGroup && takesOffice.Has(l.phrases[p-1].verb.done) && !l.phrases[p-1].verb.negated {
			return r.office(l, m.last, l.phrases[l.chain(p)-1].last)
		}
		return office{}
	}
	if p > 0 && l.phrases[p-1].kind == verbGroup && l.phrases[p-1].verb.done == "been" && !l.phrases[p-1].verb.negated && !l.phrases[p-1].verb.possible {
		if s := l.subjectOf(p - 1); !s.empty() && s.first < p-1 {
			return r.definiteOffice(l, l.phrases[s.first].first, l.phrases[s.last-1].last)
		}
		return office{}
	}
	v := l.verbAfter(p)
	if v < 0 || !takesOffice.Has(l.phrases[v].verb.done) || l.phrases[v].verb.negated || l.phrases[v].verb.possible || l.phrases[v].verb.infinitive {
		return office{}
	}
	if s := l.subjectOf(v); s.empty() || s.first != p {
		return office{}
	}
	end := min(len(l.phrases), v+5)
	for q := v + 1; q < end; q++ {
		f := l.phrases[q]
		if f.kind == verbGroup || f.kind == stop || f.kind == comma || f.kind == binder {
			break
		}
		if f.kind != nounPhrase {
			continue
		}
		by := ""
		if l.phrases[q-1].kind == preposition {
			by = l.tokens[l.phrases[q-1].first].Lower
		}
		if by == "as" || by == "" && q == v+1 || by == "in" && l.phrases[v].verb.done == "sworn" {
			if o := r.office(l, f.first, l.phrases[l.chain(q)-1].last); o.name != "" {
				return o
			}
		}
	}
	return office{}
}

// definiteOffice is the office in the tokens [first, last) where they mean one
// that is known: "the", "her", "Acme's".
func (r *reader) definiteOffice(l *line, first, last int) office {
	if t := l.tokens[first]; t.Lower != "the" && t.Tag != "PRP$" && !l.isName(first) {
		return office{}
	}
	return r.office(l, first, last)
}

// office reads the tokens [first, last): the words of an office, whose it is,
// and what limits it.
func (r *reader) office(l *line, first, last int) office {
	var o office
	var words []string
	over, own := false, -1
	for i := first; i < last; i++ {
		t := &l.tokens[i]
		if k := l.within[i]; k >= 0 {
			if n := &l.mentions[k]; n.Kind.IsName() && o.of == "" {
				o.of = n.Value.Entity.Name
			}
			i = l.mentions[k].last - 1
			continue
		}
		switch {
		case t.Lower == "current" || t.Lower == "present" || t.Lower == "new": // is what any is
		case t.Lower == "deputy" && i+1 < last && wording.Doer("deputy "+l.tokens[i+1].Lower) != "":
			words = append(words, t.Lower)
		case pastOrTemporary.Has(t.Lower):
			o.scope = append(o.scope, t.Lower)
		case t.Tag == "PRP$":
			own = i
		case t.Tag == "POS" && o.of == "" && len(words) > 0: // "the rail authority's chief executive"
			o.of, o.held, words = strings.Join(words, " "), "", nil
		case over, t.Tag == "DT", t.Tag == "POS":
		case t.Tag == "IN": // "of Israel", "for political affairs"
			over = t.Lower == "of"
			if over && i+1 < last && l.within[i+1] < 0 && strings.HasPrefix(l.tokens[i+1].Tag, "NN") && deedOf(o.held) == "" {
				over = false // "secretary of state"
				words = append(words, "of")
			} else if !over && o.held != "" {
				words = append(words, t.Lower)
			}
		case t.Tag == "JJS" && !over: // "the youngest author" is one of several
			return office{}
		case strings.HasPrefix(t.Tag, "NN"), t.Tag == "JJ":
			words = append(words, t.Lower)
			if isOffice(t.Lower) {
				o.held = t.Lower
			}
		}
	}
	if o.held == "" || len(words) > 6 {
		return office{}
	}
	if o.of == "" && own >= 0 {
		if o.of = r.antecedent(l, own); deedOf(o.held) != "" {
			o.of = cmp.Or(r.thing, o.of) // a ship is "she"
		}
	} else if group := deedOf(o.held) != "" && own < 0 && !over && o.of != ""; group && l.isGroup(first, last) {
		o.of = "" // "the Japanese owner" owns something else
	}
	if over && o.of == "" { // "the owner of the ship"
		for i := first; i < last; i++ {
			if l.tokens[i].Lower == "of" {
				p := l.of[min(i+1, last-1)]
				o.of = l.words(i+1, min(last, l.phrases[l.chain(p)-1].last), nil)
				break
			}
		}
	}
	o.name = strings.Join(words, " ")
	return o
}

// isGroup reports whether the only name in the tokens [first, last) is that of
// a people or a country: where somebody is from.
func (l *line) isGroup(first, last int) bool {
	names := l.names(first, last)
	return len(names) > 0 && !slices.ContainsFunc(names, func(m mention) bool { return m.Kind != claim.Group && m.Kind != claim.Place })
}
