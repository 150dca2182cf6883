package extract

import (
	"cmp"
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/wording"
	"crosscheck/words"
)

// A name can answer a label: "Owner: Ana Ruiz", "Who ran the site: Jon Berg",
// "| Judge | Tarek Aziz |", or a question in the line before.

// asked is a question: of whom, and what.
type asked struct{ subject, attribute string }

// labels makes a claim of the name that a label or a question is answered by.
func (r *reader) labels(l *line) {
	before := r.prompt.who
	r.prompt = r.prompts(l, r.prompt)
	if l.asks() {
		return
	}
	if l.sentence.Cell >= 0 {
		r.cellLabel(l)
		return
	}
	if before.attribute != "" {
		if m := l.answering(); m != nil {
			r.answer(l, m, before)
		}
	}
	if l.sentence.Role == document.Heading {
		return
	}
	for i := 1; i < len(l.tokens) && i <= 7; i++ {
		if l.tokens[i].Text != ":" {
			continue
		}
		m := l.nameWithin(i+1, i+2)
		if m == nil && i < 5 && l.asksName(i) {
			m = l.unlisted(i + 1)
		}
		if m == nil {
			r.doneUnder(l, i)
			return
		}
		q := r.askedIn(l, 0, i)
		if q.attribute == "" && l.closesAt(m.last) {
			q = r.label(l, i)
		}
		if q.attribute != "" {
			r.answer(l, m, q)
		}
		return
	}
}

// answering is the name that answers "who": it begins the line, or is the first
// person in a line without a verb, "For the buyers, their counsel, Ana Ruiz".
func (l *line) answering() *mention {
	m := l.nameWithin(0, 3)
	if m != nil && m.Kind == claim.Person || l.hasVerb() {
		return m
	}
	for i := range l.mentions {
		if n := &l.mentions[i]; n.Kind == claim.Person {
			return n
		}
	}
	return m
}

// doneUnder reads who did the deed of a label where something else is its
// answer: "Founded: 1884, by Ana Ruiz".
func (r *reader) doneUnder(l *line, colon int) {
	const near = 6 // tokens
	if colon > 2 {
		return
	}
	head := &l.tokens[colon-1]
	by := wording.DoneBy(participle(head.Lower, "VBD")).By
	if by == "" {
		by = wording.Nominal(head.Lower)
	}
	if r.placeUnder(l, colon) {
		return
	}
	for i := colon + 1; by != "" && i+1 < len(l.tokens) && i < colon+near; i++ {
		if l.tokens[i].Lower == "by" && l.phrases[l.of[i+1]].kind == nounPhrase {
			if m := l.doerAt(l.of[i+1]); m != nil {
				r.answer(l, m, asked{r.topic.subject(l.sentence.Block), by})
			}
			return
		}
	}
}

// placeUnder reads where it was done, behind the day: "Born: 3 May 1901, Lima".
func (r *reader) placeUnder(l *line, colon int) bool {
	if colon+1 >= len(l.tokens) || l.within[colon+1] < 0 || l.mentions[l.within[colon+1]].Kind != claim.Date {
		return false
	}
	done := l.tokens[colon-1].Lower
	done = cmp.Or(stageOf[done], done)
	at := doneAt.Get(done)
	m := l.nameWithin(l.mentions[l.within[colon+1]].last, l.mentions[l.within[colon+1]].last+2)
	if at == "" || m == nil || m.Kind != claim.Place {
		return false
	}
	r.answer(l, m, asked{r.topic.subject(l.sentence.Block), joinWords(cmp.Or(alsoSaid[done], done), at)})
	return true
}

// nameWithin is the name that begins at one of the tokens [first, last), or nil.
func (l *line) nameWithin(first, last int) *mention {
	for i := first; i < last && i < len(l.tokens); i++ {
		if l.isName(i) {
			m := &l.mentions[l.within[i]]
			if m.Kind == claim.Group {
				return nil
			}
			return m
		}
	}
	return nil
}

// closesAt reports whether a name that ends before token i is the whole answer.
func (l *line) closesAt(i int) bool {
	if i >= len(l.tokens) {
		return true
	}
	switch l.tokens[i].Text {
	case ".", ",", "(", ";", "|":
		return true
	}
	return false
}

// askedIn reads "Who ran the site": the deed, and what it was done to.
func (r *reader) askedIn(l *line, first, last int) asked {
	for i := first; i < last && i < first+4; i++ {
		if l.tokens[i].Lower != "who" || i+1 >= last {
			continue
		}
		v := l.of[i+1]
		if l.phrases[v].kind != verbGroup || l.phrases[v].first != i+1 {
			return asked{}
		}
		verb := l.phrases[v].verb
		by, what := wording.DoneBy(verb.done).By, l.objectOf(v)
		if what.empty() || by == "" && (vague.Has(verb.done) && verb.done != "named" || saidVerbs.Has(verb.done)) {
			return asked{}
		}
		by = cmp.Or(by, joinWords(verb.done, verb.particle)+" by")
		if l.isPronoun(what) {
			return asked{cmp.Or(r.thing, r.topic.subject(l.sentence.Block)), by}
		}
		thing, _ := l.called(what)
		return asked{thing, by}
	}
	return asked{}
}

// notLabels stand before a colon and say where something is from or where to
// go on, and no fact.
var notLabels = words.NewSet(`source sources author by photo photos picture image credit editor-note related read more tags tag note update updated
	published contact email from to via see also share location here caption video watch topics category filed example`)

// label is what stands before the colon at token i, in words.
func (r *reader) label(l *line, colon int) asked {
	if colon > 4 {
		return asked{}
	}
	for i := range colon {
		if t := &l.tokens[i]; notLabels.Has(t.Lower) || !strings.HasPrefix(t.Tag, "NN") && t.Tag != "JJ" && t.Tag != "IN" && t.Tag != "DT" || l.within[i] >= 0 {
			return asked{}
		}
	}
	words := l.words(0, colon, nil)
	words = cmp.Or(wording.Doer(words), words)
	if words == "" {
		return asked{}
	}
	return asked{r.topic.subject(l.sentence.Block), words}
}

// cellLabel reads a row of a table: its label, and the name that fills a cell.
func (r *reader) cellLabel(l *line) {
	row := r.rows[l.sentence.Block]
	if l.sentence.Cell == 0 || len(row) == 0 || row[0] == l || row[0].name(0, len(row[0].tokens)) != nil {
		return
	}
	words := row[0].words(0, len(row[0].tokens), nil)
	m := l.nameWithin(0, 1)
	if m == nil && row[0].asksName(len(row[0].tokens)) {
		m = l.unlisted(0)
	}
	if m == nil || !l.closesAt(m.last) {
		return
	}
	if words == "" || len(row[0].tokens) > 5 {
		return
	}
	words = cmp.Or(wording.Doer(words), words)
	q := asked{r.topic.subject(l.sentence.Block), words}
	var scope []string
	if h := r.head(l); h != nil && len(row) > 2 {
		scope = []string{h.plain(0, len(h.tokens))}
	}
	r.answer(l, m, q, scope...)
}

// whereabouts are nouns that a place answers.
var whereabouts = words.NewSet(`seat base camp venue location site headquarters birthplace port harbour harbor capital home origin destination place ground stadium
	town city village hospital prison airport station yard mine field`)

// asksName reports whether the label before token end can only be answered by a
// name: one for a doer, an office or a place, "Expedition leader", "Base camp",
// or who was first.
func (l *line) asksName(end int) bool {
	if end == 0 {
		return false
	}
	head := l.tokens[end-1].Lower
	return isOffice(head) || whereabouts.Has(head) || wording.Doer(l.words(0, end, nil)) != "" || l.tokens[0].Lower == "first" && end > 2
}

// answer makes the claim that m is the answer to q.
func (r *reader) answer(l *line, m *mention, q asked, scope ...string) {
	name := m.Value.Entity.Name
	if q.subject == name {
		return
	}
	entities := []string{name}
	if q.subject != "" {
		entities = []string{q.subject, name}
	}
	r.add(l, m.Span, claim.Claim{Kind: claim.KindEntity, Subject: q.subject, Attribute: q.attribute, Value: m.Value, Scope: scope,
		Entities: entities, Polarity: claim.Affirmed}, m.Rule+" "+underLabel.ID(), -1, m.first)
}
