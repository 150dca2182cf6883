package extract

import (
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/words"
)

// Who made a work or leads a body, where no verb says so.

// workedBy are what one who made a work has done, by the noun for it.
var workedBy = func() map[string]string {
	m := map[string]string{}
	for by, nouns := range map[string]string{
		"written by":      "book novel play poem memoir biography autobiography novella story essay screenplay script libretto account history article report diary lyrics trilogy column letter",
		"directed by":     "film movie documentary thriller drama comedy feature short",
		"composed by":     "song symphony opera music score concerto tune anthem melody musical sonata requiem soundtrack",
		"painted by":      "painting picture portrait canvas fresco mural watercolour watercolor altarpiece",
		"sculpted by":     "statue sculpture bust monument",
		"designed by":     "building tower bridge stadium garden logo poster costume costumes hall",
		"photographed by": "photograph photo snapshot photographs",
		"performed by":    "recording performance",
	} {
		for _, n := range strings.Fields(nouns) {
			m[n] = by
		}
	}
	return m
}()

// works reads who made a work that "by" alone brings its maker of, and who leads
// a body that is "under" somebody: "a portrait by Ana Ruiz", "the score is by Ana
// Ruiz", "an expedition under Jon Berg".
func (r *reader) works(l *line) {
	for p := 1; p+1 < len(l.phrases); p++ {
		if l.phrases[p].kind != preposition || l.phrases[p+1].kind != nounPhrase {
			continue
		}
		by := l.tokens[l.phrases[p].first].Lower
		if by != "by" && by != "under" {
			continue
		}
		b, ok := l.bearerAt(p + 1)
		if !ok || b.kind != claim.Person {
			continue
		}
		i := p - 1
		switch f := &l.phrases[i]; {
		case f.kind == comma:
			i--
		case by == "by" && f.kind == verbGroup && f.verb.done == "been" && !f.verb.negated && !f.verb.possible:
			if s := l.subjectOf(i); !s.empty() && s.last <= i {
				i = s.first
			}
		}
		if i < 0 || l.phrases[i].kind != nounPhrase {
			continue
		}
		f := &l.phrases[i]
		if l.within[f.last-1] >= 0 {
			continue
		}
		head, did := l.tokens[f.last-1].Lower, ""
		switch {
		case by == "by":
			did = workedBy[head]
		case parties.Has(head):
			if did = "led by"; head == "inquiry" || head == "commission" || head == "panel" {
				did = "chaired by"
			}
		}
		if did == "" {
			continue
		}
		thing, names := r.meant(l, run{i, i + 1})
		who := b.value.Entity.Name
		if thing == "" || thing == who {
			continue
		}
		r.add(l, b.span, claim.Claim{Kind: claim.KindEntity, Subject: thing, Attribute: did, Value: b.value,
			Entities: appendNew(slices.Clone(names), who), Polarity: claim.Affirmed}, ruleOf(b), -1, f.first)
	}
}

// parties are nouns for a body of people that is under whoever leads it.
var parties = words.NewSet("expedition team party squad inquiry commission panel committee crew fleet army troops force forces regiment division battalion government cabinet administration delegation mission squadron unit brigade")
