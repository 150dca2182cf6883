package main

import (
	"crosscheck/claim"
	"crosscheck/extract"
	"crosscheck/pipeline"
)

// explain prints each mention and claim with the rules that made it, what each
// is for, and the words it was made from.
func (c *console) explain(l *pipeline.Loaded, show *choices) {
	intents := map[claim.RuleID]string{}
	for _, r := range extract.Rules() {
		intents[r.ID()] = r.Intent
	}
	rules := func(id claim.RuleID) {
		for _, one := range ruleList(id) {
			c.paragraph("      ", "        ", one+": "+intents[claim.RuleID(one)])
		}
	}
	text := l.Document.Text
	at := newPlaces(l.Path, text)
	c.printf("%s\n", c.style(bold, printable(l.Path)))
	if show.has("mentions") {
		for _, m := range l.Reading.Mentions {
			c.paragraph("  ", "    ", string(m.Kind)+" “"+c.style(mark, printable(m.Of(text)))+"” = "+printable(m.Value.Words())+", "+at.text(m.Span))
			rules(m.Rule)
		}
	}
	if show.has("claims") {
		for _, a := range l.Reading.Claims {
			c.paragraph("  ", "    ", printable(string(a.Claim.Kind)+", "+a.Claim.Subject+": "+a.Claim.Attribute+" = "+claimValueText(a.Claim))+", "+at.text(a.Span))
			c.paragraph("    ", "      ", "from "+c.quoted(a))
			rules(a.Rule)
		}
	}
	c.printf("\n")
}
