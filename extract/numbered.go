package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// Where in a row something stands is a number as any other: "was the 19th
// president", "ranked sixth in exports", "is the second-largest city". An
// ordinal elsewhere only says which is meant, "the second bridge was closed".

// numbering are verbs, by participle, behind which an ordinal says what its
// subject is; placing are those behind which it may stand alone.
var (
	numbering = words.NewSet("been become made named elected declared remained formed")
	placing   = words.NewSet("ranked placed finished come listed rated stood")
)

// numbered makes a claim of an ordinal that says where in a row its subject stands.
func (r *reader) numbered(l *line, i int, at place) {
	m := &l.mentions[i]
	if at.verb < 0 || at.phrase <= at.verb || at.phrase > at.verb+2 || at.phrase == at.verb+2 && l.phrases[at.verb+1].kind != other {
		return
	}
	v := l.phrases[at.verb].verb
	f := l.phrases[at.phrase]
	if v.possible || !numbering.Has(v.done) && !placing.Has(v.done) || l.supposed(at.verb) {
		return
	}
	for t := f.first; t < m.first; t++ {
		if tag := l.tokens[t].Tag; tag != "DT" && tag != "PRP$" && tag != "RB" {
			return // "Oru's second city"
		}
	}
	what := ""
	switch head := &l.tokens[f.last-1]; {
	case m.last < f.last && strings.HasPrefix(head.Tag, "NN") && !vagueHeads.Has(head.Lower):
		what = l.words(m.last, l.phrases[l.chain(at.phrase)-1].last, nil)
	case m.last == f.last && placing.Has(v.done) && at.phrase+2 < len(l.phrases) && l.phrases[at.phrase+1].kind == preposition && l.phrases[at.phrase+2].kind == nounPhrase:
		what = l.words(l.phrases[at.phrase+2].first, l.phrases[l.chain(at.phrase+2)-1].last, nil)
	}
	if what == "" {
		return
	}
	if rest := strings.TrimLeft(l.doc.Text[m.End:l.tokens[m.last-1].End], "-–"); rest != "" { // "second-largest"
		what = joinWords(strings.ToLower(rest), what)
	}
	q := *m.Value.Quantity
	q.Unit = "place"
	c := claim.Claim{Kind: claim.KindNumber, Attribute: what, Value: claim.Value{Quantity: &q}, Polarity: claim.Affirmed, Time: l.time(i, at)}
	c.Subject, _ = r.clauseQuestion(l, m, at)
	c.Entities = l.partners(i, at, c.Subject)
	if v.negated && !strings.HasPrefix(l.tokens[f.first].Lower, "only") && !strings.HasPrefix(l.tokens[f.first-1].Lower, "only") {
		c.Polarity = claim.Negated
	}
	r.add(l, m.Span, c, m.Rule+" "+inClause.ID(), at.verb, m.first)
}
