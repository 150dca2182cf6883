package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/document"

	"github.com/shopspring/decimal"
)

// measures are verbs, by participle, that join a subject to its own measure:
// in "exports reached $3 billion" it is the exports that are measured.
var measures = map[string]bool{
	"been": true, "totaled": true, "totalled": true, "reached": true, "represented": true, "amounted": true, "stood": true, "cost": true, "weighed": true,
	"numbered": true, "become": true, "accounted": true, "comprised": true, "equaled": true, "equalled": true, "averaged": true, "measured": true,
	"exceeded": true, "hit": true, "remained": true, "come": true, "made": true, "topped": true, "valued": true, "estimated": true, "put": true,
}

// values makes a claim of each quantity and date in a line.
func (r *reader) values(l *line) {
	var asked *claim.Claim // that of the value before
	for i := range l.mentions {
		m := &l.mentions[i]
		if kindOf(*m) == claim.KindEntity || m.Unresolved && *m.Value.Period == (claim.Period{}) {
			continue
		}
		at := l.placeOf(l.of[m.first])
		if i > 0 && asked != nil && l.restates(i) { // "126.9 billion yuan (US$18.8 billion)"
			c := *asked
			c.Value = m.Value
			r.add(l, m.Span, c, m.Rule+" "+inClause.ID(), at.verb, m.first)
			continue
		}
		asked = nil
		if l.pointsOnly(m, at) {
			continue
		}
		c := claim.Claim{Kind: kindOf(*m), Value: m.Value, Polarity: claim.Affirmed}
		rule := inClause
		if at.verb < 0 {
			rule = inFragment
			c.Attribute = r.fragmentAttribute(l, m, at)
			c.Subject = r.fragmentSubject(l, m)
			c.Entities = r.fragmentEntities(l, c.Subject)
		} else {
			c.Subject, c.Attribute = r.clauseQuestion(l, m, at)
			c.Entities = l.partners(i, at, c.Subject)
			if r.stands(l) {
				for _, a := range r.topic.listed {
					c.Entities = appendNew(c.Entities, a)
				}
			}
			if l.phrases[at.verb].verb.negated {
				c.Polarity = claim.Negated
			}
		}
		if c.Attribute == "" && c.Subject == "" {
			continue // nothing says what it is a value of
		}
		c.Scope = l.scope(i, at)
		if c.Kind == claim.KindNumber {
			c.Time = l.time(i, at)
		}
		if l.sentence.Cell >= 0 {
			rule = inTable
			r.completeCell(l, &c)
		}
		asked = &c
		r.add(l, m.Span, c, m.Rule+" "+rule.ID(), at.verb, m.first)
	}
}

// restates reports whether the mention at i, in brackets right behind another
// of its kind, gives the same value in another unit or currency.
func (l *line) restates(i int) bool {
	m, before := &l.mentions[i], &l.mentions[i-1]
	if m.Kind != before.Kind || m.Kind != claim.Money && m.Kind != claim.Measure || m.Value.Quantity.Unit == before.Value.Quantity.Unit {
		return false
	}
	bracket := before.last
	return bracket < m.first && m.first <= bracket+3 && l.phrases[l.of[bracket]].kind == opens && m.last < len(l.tokens) && l.phrases[l.of[m.last]].kind == closes
}

// pointsOnly tells values that say which or when, and state nothing: "the
// first", "the two countries", "two days after", a year in a heading.
func (l *line) pointsOnly(m *mention, at place) bool {
	switch m.Kind {
	case claim.Ordinal:
		return true
	case claim.Date:
		return at.verb < 0 && l.sentence.Role == document.Heading
	case claim.Duration:
		if m.last < len(l.tokens) {
			switch l.tokens[m.last].Lower {
			case "after", "before", "later", "earlier", "ago":
				return true
			}
		}
	case claim.Count:
		n := m.Value.Quantity.Number
		if !n.Valid || n.Decimal.GreaterThan(decimal.NewFromInt(3)) {
			return false
		}
		if at.verb < 0 && n.Decimal.Equal(decimal.NewFromInt(1)) {
			return true // "one visit at a time"
		}
		if m.first > 0 {
			switch l.tokens[m.first-1].Lower {
			case "the", "these", "those", "both", "its", "their":
				return true
			}
		}
	}
	return false
}

// stands reports whether a line stands by itself under headings: a list item or
// a table cell, which leaves its subject to what is above it.
func (r *reader) stands(l *line) bool {
	return l.sentence.Role == document.ListItem || l.sentence.Cell >= 0
}

// thing says in words what a value counts, measures or dates inside its own
// noun phrase or through a preposition: "34 people", "$38 billion in military
// aid", "a toll of 34".
func (l *line) thing(m *mention, at place) string {
	p := l.phrases[at.phrase]
	if l.labelled(m, p) { // "a magnitude 3.3 event"
		return l.tokens[m.first-1].Lower
	}
	if w := l.words(m.last, p.last, l.isProper); w != "" {
		return joinWords(w, l.complement(at.phrase))
	}
	if m.Kind != claim.Date && at.phrase+2 < len(l.phrases) && l.phrases[at.phrase+1].kind == preposition && l.phrases[at.phrase+2].kind == nounPhrase {
		by := l.tokens[l.phrases[at.phrase+1].first].Lower
		if by == "of" || by == "in" || by == "for" || by == "on" || by == "worth" {
			end := l.chain(at.phrase + 2)
			if w := l.words(l.phrases[at.phrase+2].first, l.phrases[end-1].last, l.isProper); w != "" {
				if m.Kind == claim.Percent && by == "of" {
					return "share of " + w
				}
				return w
			}
		}
	}
	if w := l.words(p.first, m.first, l.isProper); w != "" {
		return w
	}
	if at.governor >= 0 && (m.Kind != claim.Date || at.role == fragment) {
		g := l.phrases[at.governor]
		return l.words(g.first, g.last, l.isProper)
	}
	return l.condition(at.phrase)
}

// assessed reports whether a value is what somebody puts its verb's object at:
// "the bank put the damage at $3 billion".
func (l *line) assessed(at place) bool {
	if at.by < 0 || l.tokens[l.phrases[at.by].first].Lower != "at" || !assessments[l.phrases[at.verb].verb.done] {
		return false
	}
	o := l.objectOf(at.verb)
	return !o.empty() && o.first < at.by
}

var assessments = wordSet("put estimated valued set placed priced reckoned calculated assessed capped fixed")

// light are verbs, by participle, that say nothing of a thing but that it is
// there: "the list has 202 names".
var light = wordSet("had got said put included contained featured listed shown seen")

// measured reports whether a value is said to be that of the noun before it,
// whatever the verb does with it: "a depth of 59 feet", "an accord worth $3m".
func (l *line) measured(m *mention, at place) bool {
	p := l.phrases[at.phrase]
	switch {
	case m.Kind == claim.Date:
		return false
	case l.labelled(m, p), m.Kind != claim.Count && m.last < p.last && strings.Contains(l.tokens[m.last-1].Text, "-"): // "the 93-metre spire"
		return true
	case m.last < p.last:
		return false
	case m.first > p.first && l.tokens[m.first-1].Lower == "worth":
		return true
	}
	return at.governor >= 0 && l.tokens[l.phrases[at.by].first].Lower == "of" && p.first == m.first
}

// labelled reports whether the noun in front of a bare number names what it
// measures: "magnitude 7.8".
func (l *line) labelled(m *mention, p phrase) bool {
	return m.Kind == claim.Count && m.first > p.first && l.tokens[m.first-1].Tag == "NN" && l.within[m.first-1] < 0
}

// complement reads what completes a noun: "a memorandum on military aid", "34
// members of parliament", "34 people dead".
func (l *line) complement(p int) string {
	if p+2 < len(l.phrases) && l.phrases[p+1].kind == preposition && l.phrases[p+2].kind == nounPhrase {
		by := l.tokens[l.phrases[p+1].first].Lower
		if by == "of" || by == "on" || by == "for" {
			if w := l.words(l.phrases[p+2].first, l.phrases[p+2].last, l.isProper); w != "" {
				return by + " " + w
			}
		}
	}
	return l.condition(p)
}

// condition reads the adjective behind a noun phrase: "34 people dead".
func (l *line) condition(p int) string {
	i := l.phrases[p].last
	if i < len(l.tokens) && l.within[i] < 0 && conditions[l.tokens[i].Lower] {
		return l.tokens[i].Lower
	}
	return ""
}

var conditions = map[string]bool{"dead": true, "injured": true, "wounded": true, "missing": true, "homeless": true, "hurt": true, "alive": true, "trapped": true, "displaced": true, "aboard": true, "strong": true, "long": true, "high": true, "wide": true, "tall": true, "deep": true, "old": true, "away": true}

// isProper drops the names of persons, places and groups from what is counted;
// an organization or a work may itself be what is meant ("the MOU").
func (l *line) isProper(i int) bool {
	m := l.within[i]
	if m < 0 {
		return false
	}
	switch l.mentions[m].Kind {
	case claim.Person, claim.Place, claim.Group:
		return true
	}
	return false
}

// clauseQuestion says of whom and of what a value in a clause is.
func (r *reader) clauseQuestion(l *line, m *mention, at place) (subjectName, attribute string) {
	v := l.phrases[at.verb].verb
	who := l.subjectOf(at.verb)
	if at.role == subject {
		who = run{}
	}
	var whoWords string
	if !who.empty() {
		first, last := l.phrases[who.first].first, l.phrases[who.last-1].last
		whoWords = l.words(first, last, l.isProper)
		if names := l.names(first, last); len(names) > 0 {
			subjectName = names[0].Value.Entity.Name
		} else if l.tokens[first].Tag == "PRP" {
			subjectName, whoWords = r.last, ""
		}
	}
	what, done := l.thing(m, at), joinWords(v.done, v.particle)
	if what != "" && light[v.done] && v.particle == "" {
		done = ""
	}
	switch {
	case l.measured(m, at):
		attribute = what
	case l.assessed(at):
		o := l.objectOf(at.verb)
		first, last := l.phrases[o.first].first, l.phrases[o.last-1].last
		attribute = joinWords(l.words(first, last, l.isProper), what)
		if names := l.names(first, l.phrases[at.by].first); len(names) > 0 {
			subjectName = names[0].Value.Entity.Name
		}
		whoWords = ""
	case at.by >= 0 && what != "" && l.tokens[l.phrases[at.by].first].Lower == "with": // "grounded with 300 boxes"
		attribute = joinWords(what, l.condition(at.phrase))
	case at.role == subject && v.done == "been":
		attribute = joinWords(what, l.predicate(at.verb))
	case at.role == subject:
		attribute = joinWords(what, done)
	case measures[v.done] && m.Kind != claim.Date:
		if attribute = joinWords(whoWords, what); v.done == "cost" || v.done == "weighed" {
			attribute = joinWords(attribute, v.done)
		}
		whoWords = ""
	case m.Kind == claim.Date:
		var acted string
		if o := l.objectOf(at.verb); !o.empty() && !v.passive && o.first != at.phrase {
			acted = l.words(l.phrases[o.first].first, l.phrases[o.last-1].last, l.isProper)
		}
		switch {
		case acted != "":
			attribute = joinWords(acted, done)
		case measures[v.done]:
			attribute, whoWords = whoWords, ""
		default:
			attribute, whoWords = joinWords(whoWords, done), ""
		}
		if l.phrases[at.phrase].kind == nounPhrase && what != "" { // "the October 7, 2023, attacks"
			attribute = what
		}
	case at.role == oblique && at.governor < 0 && what == "":
		attribute, whoWords = joinWords(whoWords, done), ""
	default:
		attribute = joinWords(what, done)
	}
	if attribute == "" {
		attribute = joinWords(v.done, v.particle)
	}
	if subjectName == "" {
		subjectName = whoWords
	}
	if subjectName == "" && r.stands(l) {
		subjectName = r.topic.subject(l.sentence.Block)
	}
	return subjectName, attribute
}

// predicate reads what a form of "be" says of its subject: "were missing".
func (l *line) predicate(v int) string {
	if v+1 < len(l.phrases) && l.phrases[v+1].kind != comma {
		p := l.phrases[v+1]
		if l.tokens[p.first].Tag == "RB" || l.tokens[p.first].Tag == "IN" {
			return l.tokens[p.first].Lower // "were aboard"
		}
		return l.words(p.first, p.last, l.isProper)
	}
	return ""
}

// partners are the names that take part in a value's claim: those of the
// subject and object, and those nearer to this value than to another one of
// its kind ("with Mexico in 2000, and Panama in 2018").
func (l *line) partners(i int, at place, subjectName string) []string {
	var out []string
	if r := l.subjectOf(at.verb); !r.empty() {
		out = entityNames(l.names(l.phrases[r.first].first, l.phrases[r.last-1].last))
	}
	c := l.clause(at.verb)
	first, last := l.phrases[c.first].first, l.phrases[c.last-1].last
	siblings := 0
	for j := range l.mentions {
		o := &l.mentions[j]
		if j == i || kindOf(*o) != kindOf(l.mentions[i]) || o.first < l.phrases[at.verb].last || o.first < first || o.first >= last {
			continue
		}
		siblings++
		if j < i {
			first = o.last
		}
	}
	if siblings > 0 && l.mentions[i].first >= l.phrases[at.verb].last {
		last = l.mentions[i].last
		if o := l.objectOf(at.verb); !o.empty() && l.phrases[o.first].first < first {
			for _, n := range entityNames(l.names(l.phrases[o.first].first, min(l.phrases[o.last-1].last, first))) {
				out = appendNew(out, n)
			}
		}
	}
	depth := 0
	for t := first; t < last; t++ {
		switch l.phrases[l.of[t]].kind {
		case opens:
			depth++
		case closes:
			depth = max(depth-1, 0)
		}
		if depth == 0 && l.isName(t) {
			m := &l.mentions[l.within[t]]
			out = appendNew(out, m.Value.Entity.Name)
			t = m.last - 1
		}
	}
	if subjectName != "" && len(out) > 0 && out[0] != subjectName {
		for k, n := range out {
			if n == subjectName {
				copy(out[1:k+1], out[:k])
				out[0] = n
			}
		}
	}
	return out
}

// time is the date in the value's own clause, the nearest one; for a fragment
// the nearest one in the line. A term with an end ("10-year ... through 2028")
// gives the start too.
func (l *line) time(i int, at place) *claim.Period {
	first, last := 0, len(l.tokens)
	if at.verb >= 0 {
		c := l.clause(at.verb)
		first, last = l.phrases[c.first].first, l.phrases[c.last-1].last
	}
	best, gap := -1, len(l.tokens)
	var term int32
	for j := range l.mentions {
		o := &l.mentions[j]
		if o.first < first || o.last > last {
			continue
		}
		if o.Kind == claim.Duration && o.Value.Quantity.Unit == "a" && o.Value.Quantity.Number.Valid {
			term = int32(o.Value.Quantity.Number.Decimal.IntPart())
		}
		if j == i || o.Kind != claim.Date || o.Value.Period == nil || o.Unresolved {
			continue
		}
		if d := max(o.first-l.mentions[i].last, l.mentions[i].first-o.last, 0); d < gap {
			best, gap = j, d
		}
	}
	if best < 0 {
		return nil
	}
	p := *l.mentions[best].Value.Period
	if term > 0 && term < 200 && p.To != 0 && l.endsAt(best) {
		end := p.To.Time()
		p.From = claim.DayOf(end.Year()-int(term), end.Month(), end.Day()+1)
	}
	return &p
}

// endsAt reports whether a date is the end of something: "through 2028".
func (l *line) endsAt(m int) bool {
	if l.mentions[m].Value.Period.From == 0 {
		return true
	}
	i := l.mentions[m].first
	if i > 0 {
		i--
	}
	switch l.tokens[i].Lower {
	case "through", "until", "till", "to":
		return true
	}
	return false
}

// scope lists what narrows a value: the bracket behind it, the term it runs
// over, the places of its clause.
func (l *line) scope(i int, at place) []string {
	var out []string
	m := &l.mentions[i]
	for p := at.phrase + 1; p < len(l.phrases) && p <= at.phrase+4; p++ {
		switch l.phrases[p].kind {
		case opens:
			if c := l.closing(p); c > p+1 && c-p < 12 && !l.onlyValue(p, c) {
				out = append(out, l.plain(l.phrases[p].last, l.phrases[c].first))
			}
		case verbGroup, stop, binder, comma:
			p = len(l.phrases)
		}
	}
	if m.last < len(l.tokens) && m.Kind != claim.Duration {
		for j := i + 1; j < len(l.mentions) && l.mentions[j].first <= m.last+2; j++ {
			if o := &l.mentions[j]; o.Kind == claim.Duration && o.first > 0 && l.tokens[o.first-1].Tag == "IN" {
				out = append(out, l.plain(o.first-1, o.last))
			}
		}
	}
	if m.Kind == claim.Date {
		return out
	}
	lo, hi := 0, len(l.phrases)
	if at.verb >= 0 {
		c := l.clause(at.verb)
		lo, hi = c.first, c.last
	}
	for p := lo; p+1 < hi; p++ {
		if l.phrases[p].kind != preposition || l.phrases[p+1].kind != nounPhrase || !places[l.tokens[l.phrases[p].first].Lower] {
			continue
		}
		for _, n := range l.names(l.phrases[p+1].first, l.phrases[p+1].last) {
			if n.Kind == claim.Place {
				out = appendNew(out, n.Value.Entity.Name)
			}
		}
	}
	return out
}

// onlyValue reports whether the bracket from phrase p to phrase c holds nothing
// but a quantity, the same value said again.
func (l *line) onlyValue(p, c int) bool {
	m := l.within[l.phrases[p].last]
	return m >= 0 && l.mentions[m].Kind.IsQuantity() && l.mentions[m].last == l.phrases[c].first
}

var places = map[string]bool{"in": true, "at": true, "near": true, "across": true, "throughout": true, "inside": true, "around": true}

func joinWords(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	case strings.HasSuffix(a, " "+b) || a == b:
		return a
	}
	return a + " " + b
}
