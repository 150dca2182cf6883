package extract

import (
	"slices"

	"crosscheck/claim"
	"crosscheck/document"
)

// A fragment has no clause: a list item, a headline, a table cell. What it is
// about stands around it.

// fragmentAttribute is, in this order, what stands before a colon ("Killed:
// 218"), the column and row of a table, what the line before asks or announces,
// what the value itself counts ("60-day deadline"), the heading above.
func (r *reader) fragmentAttribute(l *line, m *mention, at place) string {
	what := l.thing(m, at)
	if label := r.labelWords(l, m); label != "" {
		return joinWords(label, what)
	}
	if l.sentence.Cell >= 0 {
		return r.cellAttribute(l, m, what)
	}
	if r.prompt.answers(l.sentence.Block) && (what == "" || !r.prompt.rest) {
		return joinWords(r.prompt.words, what)
	}
	if what != "" {
		return joinWords(l.apposed(at), what)
	}
	if m.Kind == claim.Date && len(l.tokens) <= short && !l.hasVerb() { // "2016: memorandum signed", "Memorandum signed (2016)"
		if w := l.words(0, len(l.tokens), l.isProper); w != "" {
			return w
		}
	}
	return r.topic.attribute(l.sentence.Block)
}

// short is the number of tokens up to which a fragment as a whole names what
// it dates.
const short = 16

func (l *line) hasVerb() bool {
	return slices.ContainsFunc(l.phrases, func(p phrase) bool { return p.kind == verbGroup && !p.verb.participle })
}

// apposed is what a value behind a comma is said of: "the big dam, 75 metres
// tall".
func (l *line) apposed(at place) string {
	if p := at.phrase; p >= 2 && l.phrases[p-1].kind == comma && l.phrases[p-2].kind == nounPhrase && l.sentence.Role == document.Paragraph {
		return l.words(l.phrases[l.hangsOn(p-2)].first, l.phrases[p-2].last, l.isProper) // "the hole below the deck, 70 metres long"
	}
	return ""
}

// labelWords is what stands before the colon in front of a mention, without a unit.
func (r *reader) labelWords(l *line, m *mention) string {
	i := l.colonBefore(m)
	if i < 0 {
		return ""
	}
	if _, unit := r.completed(m, l, l, i, false); unit < i {
		i = unit
	}
	return l.words(0, i, l.isProper)
}

// colonBefore is the token of the colon that ends the label of a mention, or -1.
func (l *line) colonBefore(m *mention) int {
	const farthest = 16
	for i := m.first - 1; i >= 0; i-- {
		if l.tokens[i].Text == ":" {
			if i > farthest {
				return -1
			}
			return i
		}
	}
	return -1
}

// fragmentSubject is the name that labels a table's row, the name in front of
// the value, or whom the headings are about.
func (r *reader) fragmentSubject(l *line, m *mention) string {
	if l.sentence.Cell > 0 {
		if row := r.rows[l.sentence.Block]; row[0].words(0, len(row[0].tokens), row[0].isName) == "" {
			if names := row[0].names(0, len(row[0].tokens)); len(names) > 0 {
				return names[0].Value.Entity.Name
			}
		}
	} else if names := l.names(0, l.phrases[l.of[m.first]].first); len(names) > 0 && l.sentence.Role != document.ListItem {
		return names[0].Value.Entity.Name
	}
	if r.prompt.of != "" && r.prompt.answers(l.sentence.Block) {
		return r.prompt.of
	}
	return r.topic.subject(l.sentence.Block)
}

// fragmentEntities are the subject, those that the document is about, and the
// names of the line, or of the whole row.
func (r *reader) fragmentEntities(l *line, subjectName string) []string {
	var out []string
	if slices.Contains(r.topic.actors, subjectName) {
		out = append(out, subjectName)
	}
	for _, n := range r.topic.actors {
		out = appendNew(out, n)
	}
	lines := []*line{l}
	if l.sentence.Cell >= 0 {
		lines = r.rows[l.sentence.Block]
	}
	for _, o := range lines {
		for _, n := range entityNames(o.names(0, len(o.tokens))) {
			out = appendNew(out, n)
		}
	}
	return out
}

// cellAttribute reads a table: the words beside the value in its own cell, else
// the row's label with the column's head; a date that heads a row is the date
// of what the row tells.
func (r *reader) cellAttribute(l *line, m *mention, what string) string {
	row := r.rows[l.sentence.Block]
	label := ""
	if len(row) > 0 && row[0] != l {
		_, end := r.completed(m, l, row[0], len(row[0].tokens), false)
		label = row[0].words(0, end, row[0].isProper)
	}
	beside := l.words(0, len(l.tokens), l.isBracketed)
	if beside != "" && (label == "" || m.first > 0) {
		return beside
	}
	head := ""
	if h := r.head(l); h != nil {
		_, end := r.completed(m, l, h, len(h.tokens), true)
		head = h.words(0, end, nil)
	}
	if m.Kind == claim.Date && l.sentence.Cell == 0 {
		for _, o := range row[min(1, len(row)):] {
			if w := r.told(o); w != "" {
				return w
			}
			if w := o.words(0, len(o.tokens), o.isBracketed); w != "" {
				return w
			}
		}
		return head
	}
	if label == "" && l.sentence.Cell > 0 {
		label = r.rowTells(l, row)
	}
	if label != "" {
		return joinWords(label, what)
	}
	return joinWords(head, what)
}

// rowTells is what a row tells in words where its first cell only dates or
// numbers it: "27 June | arms handed in | 7,132".
func (r *reader) rowTells(l *line, row []*line) string {
	if len(row) < 3 || len(row[0].mentions) == 0 || row[0].name(0, len(row[0].tokens)) != nil {
		return ""
	}
	for _, o := range row[1:] {
		if o == l || slices.ContainsFunc(o.mentions, func(m mention) bool { return m.Kind.IsQuantity() }) {
			continue
		}
		if w := r.told(o); w != "" {
			return w
		}
		if w := o.words(0, len(o.tokens), o.isBracketed); w != "" {
			return w
		}
	}
	return ""
}

// told is the deed that a cell tells beside its date: "Ana Ruiz paints the
// gate" is "gate painted", "Handed back to the town by Jon Berg" is "handed back".
func (r *reader) told(l *line) string {
	for v, p := range l.phrases {
		if p.kind != verbGroup || p.verb.infinitive || p.verb.done == "" || p.verb.done == "been" || p.verb.done == "had" {
			continue
		}
		who, what := l.subjectOf(v), l.objectOf(v)
		if what.empty() || p.verb.passive {
			what = who
		}
		words := ""
		if !what.empty() {
			words = l.words(l.phrases[what.first].first, l.phrases[what.last-1].last, l.isProper)
		}
		done := joinWords(p.verb.done, p.verb.particle)
		if tail := l.completion(v); tail != "" {
			done = joinWords(done, tail)
		} else {
			done = joinWords(done, l.idiom(v))
		}
		return joinWords(words, done)
	}
	return ""
}

// isBracketed tells words to leave out what stands in brackets, a remark on a
// value and not the thing itself.
func (l *line) isBracketed(i int) bool {
	depth := 0
	for j := 0; j <= i; j++ {
		switch l.phrases[l.of[j]].kind {
		case opens:
			depth++
		case closes:
			depth--
		}
	}
	return depth > 0
}

// head is the header of the cell's column, or nil.
func (r *reader) head(l *line) *line {
	b := l.doc.Blocks[l.sentence.Block]
	if b.Header < 0 {
		return nil
	}
	for _, h := range r.rows[b.Header] {
		if h.sentence.Cell >= l.sentence.Cell {
			if h.sentence.Cell == l.sentence.Cell {
				return h
			}
			break
		}
	}
	return nil
}

// completeCell adds what a table says around a cell: a unit in the row's label
// or the column's head; a date in the row's first cell, or one that is the
// column's whole head, is the time of what the cell tells; any other head narrows
// a value that has no time.
func (r *reader) completeCell(l *line, m *mention, c *claim.Claim) {
	row, head := r.rows[l.sentence.Block], r.head(l)
	if l.sentence.Cell == 0 || c.Kind != claim.KindNumber {
		return
	}
	said := 0 // tokens of the head that say no unit
	if head != nil {
		said = len(head.tokens)
	}
	unit := len(row[0].tokens)
	if c.Value, unit = r.completed(m, l, row[0], unit, false); unit == len(row[0].tokens) {
		c.Value, said = r.completed(m, l, head, said, true)
	}
	if c.Time != nil {
		return
	}
	if c.Time = row[0].date(); c.Time != nil || head == nil {
		return
	}
	words := head.words(0, said, nil)
	if c.Time = head.date(); words != "" && words != c.Attribute && !parts[words] {
		c.Time = nil
		c.Scope = append(c.Scope, head.plain(0, said))
	}
}

// date is the first date in a line, or nil.
func (l *line) date() *claim.Period {
	for i := range l.mentions {
		if m := &l.mentions[i]; m.Value.Period != nil && !m.Unresolved && (m.Value.Period.From != 0 || m.Value.Period.To != 0) {
			return &claim.Period{From: m.Value.Period.From, To: m.Value.Period.To}
		}
	}
	return nil
}
