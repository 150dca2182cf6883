package extract

import (
	"cmp"

	"crosscheck/claim"
)

// Whom a deed befell, where one asks for that and not for who did it.

// suffered are verbs, by participle, of which one asks whom it befell, with the
// attribute of the answer.
var suffered = map[string]string{"convicted": "the one convicted", "sentenced": "the one convicted", "jailed": "the one convicted", "imprisoned": "the one convicted",
	"acquitted": "the one acquitted", "cleared": "the one acquitted", "exonerated": "the one acquitted", "rescued": "the one rescued", "saved": "the one rescued",
	"arrested": "the one arrested", "detained": "the one arrested", "charged": "the one charged", "indicted": "the one charged", "expelled": "the one expelled",
	"disqualified": "the one disqualified", "sacked": "the one dismissed", "dismissed": "the one dismissed", "kidnapped": "the one kidnapped"}

// undergone are verbs without an object of which one asks who it was.
var undergone = map[string]string{"withdrawn": "the one withdrawn", "pulled out": "the one withdrawn", "dropped out": "the one withdrawn",
	"confessed": "the one confessed", "survived": "the one survived", "escaped": "the one escaped", "defected": "the one defected"}

// suffers reads to whom it was done: "the court convicted Ana Ruiz of fraud", "Ana
// Ruiz was found guilty".
func (r *reader) suffers(l *line, d *deed) bool {
	as, whom := suffered[d.done], d.what
	if as == "" && !d.passive {
		if as = undergone[joinWords(d.done, l.phrases[d.v].verb.particle)]; as != "" {
			if !d.what.empty() && d.done == "withdrawn" {
				return false
			}
			whom = d.who
		}
	}
	if d.done == "found" && !whom.empty() {
		i := l.phrases[whom.first].last - 1
		if d.passive {
			i = l.phrases[d.v].last
		}
		if i >= len(l.tokens) {
			return false
		}
		switch not := l.tokens[i-1].Lower == "not"; l.tokens[i].Lower {
		case "guilty":
			if as = "the one convicted"; not {
				as = "the one acquitted"
			}
		case "innocent":
			as = "the one acquitted"
		}
	}
	if as == "" || whom.empty() || d.negated || l.phrases[d.v].verb.possible || l.phrases[d.v].verb.planned {
		return false
	}
	names := l.names(l.phrases[whom.first].first, l.phrases[whom.last-1].last)
	if len(names) != 1 || names[0].Kind != claim.Person || l.listEnd(whom.first) > whom.last {
		return false
	}
	m := &names[0]
	of := ""
	for _, by := range [...]string{"of", "for", "with", "from", "over"} {
		if p := l.behind(d.v, by); !p.empty() {
			of, _ = l.called(p)
			break
		}
	}
	who := m.Value.Entity.Name
	of = cmp.Or(of, r.topic.subject(l.sentence.Block))
	if of == who {
		return false
	}
	r.add(l, m.Span, claim.Claim{Kind: claim.KindEntity, Subject: of, Attribute: as, Value: m.Value, Entities: []string{who},
		Time: l.timeOf(d.v), Polarity: claim.Affirmed}, m.Rule+" "+inRelation.ID(), d.v, l.phrases[d.v].first)
	return true
}
