package claim

import (
	"fmt"
	"strings"
)

// Listed writes a claim where it appears as "quote | subject: attribute = value",
// and on a line below whatever else it says: the form of the cases that rules are
// held to.
func (a Appearance) Listed() string {
	c := a.Claim
	var more []string
	add := func(name, value string) {
		if value != "" {
			more = append(more, name+" "+value)
		}
	}
	add("with", strings.Join(c.Entities, ", "))
	if c.Time != nil {
		add("time", c.Time.String())
	}
	add("scope", strings.Join(c.Scope, "; "))
	if c.Polarity != Affirmed {
		add("polarity", string(c.Polarity))
	}
	if a.Modality != Asserted {
		add("modality", string(a.Modality))
	}
	add("by", a.Attribution)
	add("said", a.Said.String())
	s := fmt.Sprintf("%s | %s: %s = %s\n", strings.Join(strings.Fields(a.Quote), " "), c.Subject, c.Attribute, c.Value)
	if len(more) > 0 {
		s += "    " + strings.Join(more, " | ") + "\n"
	}
	return s
}
