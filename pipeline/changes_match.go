package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/collation"
	"crosscheck/document"
	"crosscheck/store"
)

// ClaimChange is one claim that a new version makes otherwise than the old one.
type ClaimChange struct {
	// Old is what was said, nil where a claim was added; New what is said now, nil
	// where one is gone.
	Old, New *claim.Appearance
	// What is different where neither is nil: value, polarity, time, attribute, subject.
	What []string
	// Still are places in other documents that carry the old value.
	Still []store.Carrier
}

// delta is what two versions say differently.
type delta struct {
	claims   []ClaimChange
	edited   int // sentences of which words were changed
	inserted int
	removed  int
}

// basis says why two readings may differ, and so which differences count.
type basis int

const (
	edited  basis = iota // other bytes, the same rules
	apart                // other bytes and other rules: sentences that stayed say nothing
	retaken              // the same bytes, other rules: every difference counts
)

// compareVersions finds what one reading of a document says otherwise than another.
func compareVersions(old, fresh *store.Told, why basis) delta {
	was, is := side(old), side(fresh)
	at := align(was, is)
	d := delta{inserted: len(is)}
	for i, j := range at {
		switch {
		case j < 0:
			d.removed++
			continue
		case was[i].Text != is[j].Text:
			d.edited++
		}
		d.inserted--
	}

	m := matching{why: why, old: bySentence(was, old.Claims), fresh: bySentence(is, fresh.Claims), leftNew: make(map[int]bool)}
	for j := range m.fresh {
		m.leftNew[j] = true
	}
	into := make(map[document.Span][]int)
	for j, p := range m.fresh {
		into[p.SentenceSpan] = append(into[p.SentenceSpan], j)
	}
	facing, backing := make(map[document.Span]*sided, len(at)), make(map[document.Span]*sided, len(at))
	for i, j := range at {
		if j >= 0 {
			facing[was[i].Span], backing[is[j].Span] = &is[j], &was[i]
		}
	}
	for first := 0; first < len(m.old); {
		last := first
		for last < len(m.old) && m.old[last].SentenceSpan == m.old[first].SentenceSpan {
			last++
		}
		here := m.old[first:last]
		if other, ok := facing[here[0].SentenceSpan]; ok {
			m.pair(first, last, into[other.Span], other)
		} else {
			for i := first; i < last; i++ {
				m.leftOld = append(m.leftOld, i)
			}
		}
		first = last
	}
	m.moved()
	for _, i := range m.leftOld {
		m.changes = append(m.changes, ClaimChange{Old: &m.old[i].Appearance})
	}
	for j := range m.fresh {
		if m.leftNew[j] && !m.inBoth(m.fresh[j], backing[m.fresh[j].SentenceSpan]) {
			m.changes = append(m.changes, ClaimChange{New: &m.fresh[j].Appearance})
		}
	}
	d.claims = inOrder(m.changes)
	return d
}

// inBoth reports whether the words of a claim stand as well in the sentence on the
// other side, if there is one. Where only that one makes no such claim, it is
// read otherwise, because other words were changed; nothing is gone or added.
func (m *matching) inBoth(p placed, other *sided) bool {
	return m.why != retaken && other != nil && strings.Contains(other.Text, strings.Join(strings.Fields(p.Quote), " "))
}

// placed is an appearance in its sentence.
type placed struct {
	claim.Appearance
	id       [32]byte
	sentence *sided
}

// bySentence places appearances in their sentences, in the order of the text.
func bySentence(sentences []sided, claims []claim.Appearance) []placed {
	of := make(map[document.Span]*sided, len(sentences))
	for i := range sentences {
		of[sentences[i].Span] = &sentences[i]
	}
	all := make([]placed, 0, len(claims))
	for _, a := range claims {
		s, ok := of[a.SentenceSpan]
		if !ok { // read without being stored: a claim may join sentences
			line := collation.NewLine(a.Sentence)
			s = &sided{store.Sentence{Span: a.SentenceSpan}, &line}
		}
		all = append(all, placed{a, a.Claim.ID(), s})
	}
	slices.SortStableFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.SentenceSpan.Start, b.SentenceSpan.Start), cmp.Compare(a.SentenceSpan.End, b.SentenceSpan.End),
			cmp.Compare(a.Span.Start, b.Span.Start))
	})
	return all
}

// matching brings the claims of two versions together.
type matching struct {
	why        basis
	old, fresh []placed
	leftOld    []int
	leftNew    map[int]bool
	changes    []ClaimChange
}

// mostClaims bounds the claims of one sentence that are weighed against one another.
const mostClaims = 64

// pair brings together the claims of a sentence, m.old[a:b], with those of the
// sentence that took its place.
func (m *matching) pair(a, b int, into []int, other *sided) {
	into = slices.DeleteFunc(slices.Clone(into), func(j int) bool { return !m.leftNew[j] })
	var left []int
	for i := a; i < b; i++ {
		n := slices.IndexFunc(into, func(j int) bool { return m.fresh[j].id == m.old[i].id })
		if n < 0 {
			left = append(left, i)
			continue
		}
		m.leftNew[into[n]] = false
		into = slices.Delete(into, n, n+1)
	}
	from := len(m.changes)
	defer func() { m.changes = append(m.changes[:from], once(m.changes[from:])...) }()
	if m.why == apart && other.Text == m.old[a].sentence.Text {
		for _, j := range into {
			m.leftNew[j] = false
		}
		return
	}
	if len(left) > mostClaims || len(into) > mostClaims {
		m.leftOld = append(m.leftOld, left...)
		return
	}
	type candidate struct {
		i, j  int
		score float64
	}
	var candidates []candidate
	for _, i := range left {
		for _, j := range into {
			if s := oneQuestion(m.old[i], m.fresh[j]); s >= leastScore {
				candidates = append(candidates, candidate{i, j, s})
			}
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	taken := make(map[int]bool)
	for _, c := range candidates {
		if taken[c.i] || !m.leftNew[c.j] {
			continue
		}
		taken[c.i], m.leftNew[c.j] = true, false
		m.became(c.i, c.j)
	}
	for _, i := range left {
		if !taken[i] && !m.inBoth(m.old[i], other) {
			m.leftOld = append(m.leftOld, i)
		}
	}
}

// once leaves out of the changes of one sentence the times of other claims, where
// the day that they are taken from is a change by itself.
func once(changes []ClaimChange) []ClaimChange {
	if !slices.ContainsFunc(changes, func(c ClaimChange) bool { return c.New.Claim.Kind == claim.KindDate }) {
		return changes
	}
	return slices.DeleteFunc(changes, func(c ClaimChange) bool {
		return len(c.What) == 1 && c.What[0] == "time" && c.New.Claim.Kind != claim.KindDate
	})
}

// became notes what a claim became, unless it is only told in other words.
func (m *matching) became(i, j int) {
	if what := different(m.old[i], m.fresh[j]); len(what) > 0 {
		m.changes = append(m.changes, ClaimChange{Old: &m.old[i].Appearance, New: &m.fresh[j].Appearance, What: what})
	}
}

// moved brings together claims that stand in another place of the document now:
// the same ones, those that differ in nothing but the value, and those with the
// same value in sentences much alike. Where the claim is still made elsewhere, it
// is not gone.
func (m *matching) moved() {
	type question struct {
		kind                     claim.Kind
		subject, attribute, unit string
	}
	ask := func(c claim.Claim) question {
		q := question{c.Kind, c.Subject, c.Attribute, ""}
		if c.Value.Quantity != nil {
			q.unit = claim.Dimension(c.Value.Quantity.Unit)
		}
		return q
	}
	said, asked := make(map[[32]byte]bool), make(map[question][]int)
	valued := make(map[string][]int)
	for j, p := range m.fresh {
		said[p.id] = true
		if m.leftNew[j] {
			asked[ask(p.Claim)] = append(asked[ask(p.Claim)], j)
			valued[valueText(p.Claim.Value)] = append(valued[valueText(p.Claim.Value)], j)
		}
	}
	before := make(map[[32]byte]bool)
	for _, p := range m.old {
		before[p.id] = true
	}
	nearest := func(i int, among []int, least float64) int {
		best, found := least, -1
		for _, j := range among[:min(len(among), mostClaims)] {
			if !m.leftNew[j] {
				continue
			}
			if l := collation.Likeness(m.old[i].sentence.Words(), m.fresh[j].sentence.Words()); l >= best {
				best, found = l, j
			}
		}
		return found
	}
	m.leftOld = slices.DeleteFunc(m.leftOld, func(i int) bool {
		if said[m.old[i].id] {
			return true
		}
		j := nearest(i, valued[valueText(m.old[i].Claim.Value)], collation.LeastAlike)
		if j < 0 {
			j = nearest(i, asked[ask(m.old[i].Claim)], collation.LeastAlike)
		}
		if j < 0 {
			return false
		}
		m.leftNew[j] = false
		m.became(i, j)
		return true
	})
	for j, p := range m.fresh {
		if before[p.id] {
			m.leftNew[j] = false
		}
	}
}

// leastScore is from which score two claims in one place answer one question:
// the same is said of the same subject, or nothing but the value is new.
const leastScore = 3.5

// oneQuestion weighs whether two claims, in the old and in the new wording of one
// sentence, answer one question; 0 where they cannot.
func oneQuestion(a, b placed) float64 {
	p, q := a.Claim, b.Claim
	if p.Kind != q.Kind || !commensurable(p.Value, q.Value) {
		return 0
	}
	score := 3 * collation.Likeness(said(p), said(q))
	if valueText(p.Value) == valueText(q.Value) {
		score += 2
	}
	switch {
	case p.Subject == q.Subject:
		score++
	case slices.ContainsFunc(p.Entities, func(e string) bool { return slices.Contains(q.Entities, e) }):
		score += 0.5
	}
	left, right := neighbours(a.Appearance)
	l, r := neighbours(b.Appearance)
	if left == l {
		score++
	}
	if right == r {
		score++
	}
	return score + 1 - abs(place(a.Appearance)-place(b.Appearance))
}

// said is the words of what is said of a subject, without what is counted, which
// tells no two counts apart.
func said(c claim.Claim) []string {
	words := collation.Words(c.Attribute)
	if c.Value.Quantity == nil || len(words) < 2 {
		return words
	}
	counted := c.Value.Quantity.Unit
	return slices.DeleteFunc(words, func(w string) bool {
		return w == counted || w == counted+"s" || w == "people" && counted == "person"
	})
}

func abs(x float64) float64 { return max(x, -x) }

// place is where in its sentence a quote stands, 0 to 1.
func place(a claim.Appearance) float64 {
	return float64(a.Span.Start-a.SentenceSpan.Start) / float64(max(len(a.Sentence), 1))
}

// neighbours are the words before and behind a quote in its sentence.
func neighbours(a claim.Appearance) (before, behind string) {
	start, end := a.Span.Start-a.SentenceSpan.Start, a.Span.End-a.SentenceSpan.Start
	if start < 0 || end > len(a.Sentence) || start > end {
		return "", ""
	}
	const near = 40 // bytes; a longer word is none
	if words := strings.Fields(a.Sentence[max(0, start-near):start]); len(words) > 0 {
		before = words[len(words)-1]
	}
	if words := strings.Fields(a.Sentence[end:min(end+near, len(a.Sentence))]); len(words) > 0 {
		behind = words[0]
	}
	return before, behind
}

// commensurable reports whether one value can have been put in the place of
// another: a sum for a sum, a count of the same thing, a name for a name. A count
// that stays while the thing counted changes is the same count of something else.
func commensurable(a, b claim.Value) bool {
	p, q := a.Quantity, b.Quantity
	if p == nil || q == nil {
		return true
	}
	if p.Unit == q.Unit {
		return true
	}
	dimension := claim.Dimension(p.Unit)
	if dimension != claim.Dimension(q.Unit) {
		return false
	}
	return dimension != "count" || sameNumber(p, q)
}

func sameNumber(p, q *claim.Quantity) bool {
	return p.Number.Valid && q.Number.Valid && p.Number.Decimal.Equal(q.Number.Decimal)
}

// different is what the new claim says otherwise; nothing where it is only told
// in other words. An attribute or a subject is another one only where the words
// for it went and others came: how much of a phrase the rules take for it
// depends on the rest of the sentence.
func different(a, b placed) []string {
	var what []string
	p, q := a.Claim, b.Claim
	if valueText(p.Value) != valueText(q.Value) {
		what = append(what, "value")
	}
	if p.Polarity != q.Polarity {
		what = append(what, "polarity")
	}
	if p.Time != nil && q.Time != nil && *p.Time != *q.Time {
		what = append(what, "time")
	}
	if swapped(p.Attribute, q.Attribute, a, b) {
		what = append(what, "attribute")
	}
	if swapped(p.Subject, q.Subject, a, b) {
		what = append(what, "subject")
	}
	return what
}

// swapped reports whether words were taken out of a sentence and others put in.
func swapped(old, fresh string, a, b placed) bool {
	return old != fresh && old != "" && fresh != "" &&
		stands(old, a) && !stands(old, b) && stands(fresh, b) && !stands(fresh, a)
}

// stands reports whether a word of a phrase stands in a sentence.
func stands(phrase string, in placed) bool {
	for _, w := range collation.Words(phrase) {
		if _, found := slices.BinarySearch(in.sentence.Words(), w); found {
			return true
		}
	}
	return false
}

// valueText is equal for values that mean the same number, day or name, however
// they are written.
func valueText(v claim.Value) string {
	switch {
	case v.Quantity != nil:
		q := *v.Quantity
		number := "?"
		if q.Number.Valid {
			number = q.Number.Decimal.String()
		} else if q.Low.Valid || q.High.Valid {
			number = q.Low.Decimal.String() + ".." + q.High.Decimal.String()
		}
		side := ""
		if q.Bound {
			side = either(q.Low.Valid, ">", "<")
		}
		return strings.Join([]string{side + number, q.Unit, q.Per, string(rune('1' + q.Change))}, "|")
	case v.Period != nil:
		return v.Period.String()
	case v.Entity != nil:
		return strings.ToLower(v.Entity.Name)
	}
	return ""
}

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// inOrder brings changes into the order of the text, the old one's where there
// is one, and leaves of several about the same words the one that tells most.
func inOrder(changes []ClaimChange) []ClaimChange {
	start := func(c ClaimChange) int {
		if c.New != nil {
			return c.New.Span.Start
		}
		return c.Old.Span.Start
	}
	slices.SortStableFunc(changes, func(a, b ClaimChange) int {
		return cmp.Or(cmp.Compare(start(a), start(b)), cmp.Compare(len(b.What), len(a.What)))
	})
	type words struct{ old, new document.Span }
	seen := make(map[words]bool)
	return slices.DeleteFunc(changes, func(c ClaimChange) bool {
		var w words
		if c.Old != nil {
			w.old = c.Old.Span
		}
		if c.New != nil {
			w.new = c.New.Span
		}
		told := seen[w]
		seen[w] = true
		return told
	})
}
