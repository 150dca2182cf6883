package extract

import (
	"strings"

	"crosscheck/claim"
)

// offices are nouns that name an office one person holds at a time, or a role
// that a text tells people apart by.
var offices = wordSet(`president minister premier chancellor governor mayor senator ambassador secretary undersecretary chairman chairwoman chair
	chairperson director chief head leader spokesman spokeswoman spokesperson commissioner commander general admiral colonel captain marshal judge justice
	prosecutor adviser advisor envoy king queen prince emperor pope bishop archbishop coach manager founder owner ceo executive officer treasurer
	speaker inspector superintendent principal dean rector editor curator architect conductor pilot author winner champion`)

// pastOrTemporary are words before an office that say it is not, or not fully, held.
var pastOrTemporary = wordSet("former ex ex- acting interim then late deputy incoming outgoing designate vice assistant co")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// roles makes a claim of each person who is named with an office.
func (r *reader) roles(l *line) {
	for i := range l.mentions {
		m := &l.mentions[i]
		if m.Kind != claim.Person {
			continue
		}
		office, whose, scope := l.officeBefore(m)
		if office == "" {
			office, whose, scope = l.officeAfter(m)
		}
		if office == "" || whose == "" {
			continue
		}
		c := claim.Claim{Kind: claim.KindEntity, Subject: whose, Attribute: office, Value: m.Value, Scope: scope,
			Entities: []string{whose, m.Value.Entity.Name}, Polarity: claim.Affirmed}
		r.add(l, m.Span, c, m.Rule+" "+holdsRole.ID(), -1, m.first)
	}
}

// officeBefore reads "Israeli Prime Minister" in front of a person.
func (l *line) officeBefore(m *mention) (office, whose string, scope []string) {
	return l.office(l.officeStart(m.first), m.first)
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
		if t.Tag == "POS" || strings.HasPrefix(t.Tag, "NN") || t.Tag == "JJ" || t.Tag == "RB" && pastOrTemporary[t.Lower] {
			i--
			continue
		}
		return i
	}
	return i
}

// officeAfter reads ", the acting national security adviser of Israel," behind a person.
func (l *line) officeAfter(m *mention) (office, whose string, scope []string) {
	i := m.last
	if i >= len(l.tokens) || l.tokens[i].Text != "," {
		return "", "", nil
	}
	first := i + 1
	for i = first; i < len(l.tokens) && i < first+12; i++ {
		switch t := &l.tokens[i]; {
		case t.Text == "," || t.Text == "." || t.Tag == "CC":
			return l.office(first, i)
		case l.phrases[l.of[i]].kind == verbGroup:
			return "", "", nil
		}
	}
	return "", "", nil
}

// office reads the tokens [first, last): the words of an office, whose it is,
// and what limits it.
func (l *line) office(first, last int) (office, whose string, scope []string) {
	var words []string
	holds, over := false, false
	for i := first; i < last; i++ {
		t := &l.tokens[i]
		if k := l.within[i]; k >= 0 {
			if o := &l.mentions[k]; o.Kind.IsName() && whose == "" {
				whose = o.Value.Entity.Name
			}
			i = l.mentions[k].last - 1
			continue
		}
		switch {
		case pastOrTemporary[t.Lower]:
			scope = append(scope, t.Lower)
		case over, t.Tag == "DT", t.Tag == "POS", t.Tag == "PRP$":
		case t.Tag == "IN": // "of Israel", "for political affairs"
			over = t.Lower == "of"
			if !over && holds {
				words = append(words, t.Lower)
			}
		case strings.HasPrefix(t.Tag, "NN"), t.Tag == "JJ":
			words = append(words, t.Lower)
			holds = holds || offices[t.Lower]
		}
	}
	if !holds || len(words) > 6 {
		return "", "", nil
	}
	return strings.Join(words, " "), whose, scope
}
