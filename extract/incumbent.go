package extract

import (
	"strings"

	"crosscheck/claim"
)

// A role stands for the person who has it: "the prime minister" is whom the
// document has so far called one, where it has called nobody else so.

// incumbents are the people of a document by what they are called: "foreign
// minister", and "minister" for short; "" where several have one role.
type incumbents map[string]string

// seat remembers who holds an office now.
func (in incumbents) seat(o office, m *mention) {
	if m.Kind != claim.Person || o.held == "" || len(o.scope) > 0 {
		return
	}
	for _, called := range [...]string{o.name, o.held} {
		if who, known := in[called]; !known {
			in[called] = m.Value.Entity.Name
		} else if who != m.Value.Entity.Name {
			in[called] = ""
		}
	}
}

// incumbent is the person whom a noun phrase means by a role, "" for none:
// "the", the role's words and nothing else.
func (r *reader) incumbent(l *line, p phrase) string {
	if len(r.incumbents) == 0 || p.last-p.first < 2 || p.last-p.first > 5 || l.tokens[p.first].Lower != "the" || !isOffice(l.tokens[p.last-1].Lower) {
		return ""
	}
	var words []string
	for i := p.first + 1; i < p.last; i++ {
		if l.within[i] >= 0 {
			return ""
		}
		words = append(words, l.tokens[i].Lower)
	}
	return r.incumbents[strings.Join(words, " ")]
}
