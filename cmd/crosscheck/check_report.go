package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/store"
)

// reportCheck prints for people how a draft stands: what differs, what agrees, what
// stands alone.
func (c *console) reportCheck(ctx context.Context, s *store.Store, one *desk.Check, least float64, all bool) error {
	docs, err := quotedShelf(ctx, s, one)
	if err != nil {
		return err
	}
	differ := differing(one, least)
	weaker := one.Count(conflict.Differs) - len(differ)
	agree, alone := one.Count(conflict.Agrees), one.Count(conflict.Alone)
	c.paragraph("", "  ", c.style(bold, printable(one.Name))+": "+counted(len(one.Claims), "claim")+": "+
		strconv.Itoa(len(differ))+either(len(differ) == 1, " differs", " differ")+", "+
		strconv.Itoa(agree)+either(agree == 1, " agrees", " agree")+", "+
		strconv.Itoa(alone)+either(alone == 1, " stands", " stand")+" alone")
	for _, copied := range one.Copies {
		c.paragraph("", "  ", printable(copied.Path)+byWhom(copied)+" has this text or much of it: a copy, no witness")
	}
	c.printf("\n")

	questions := together(differ, func(one conflict.Checked) string { return one.Conflict.ID })
	c.section(questions, "What differs")
	for i, same := range questions {
		c.reportDifference(i+1, one.Name, same, docs)
	}
	if len(one.Inside) > 0 {
		c.printf("%s\n\n", c.style(bold, "What does not add up in it"))
		c.reportConflicts(one.Inside, docs)
	}
	agreeing := together(standing(one, conflict.Agrees), func(one conflict.Checked) string {
		return one.Question + "\x00" + claimValueText(one.Claim.Claim)
	})
	c.section(agreeing, "What agrees")
	for i, same := range agreeing {
		c.reportAgreement(len(questions)+i+1, same, docs)
	}
	if weaker > 0 {
		c.paragraph("", "  ", counted(weaker, "weaker difference")+either(weaker == 1, " is", " are")+" left out: --severity 0 shows "+either(weaker == 1, "it", "them"))
	}
	if alone > 0 && !all {
		c.paragraph("", "  ", counted(alone, "claim")+either(alone == 1, " stands", " stand")+" alone, with nothing to hold "+either(alone == 1, "it", "them")+" against: --all lists "+either(alone == 1, "it", "them"))
	}
	if alone > 0 && all {
		c.printf("%s\n\n", c.style(bold, "What stands alone"))
		var rows [][]string
		for _, found := range standing(one, conflict.Alone) {
			rows = append(rows, []string{found.Claim.Claim.Subject, found.Claim.Claim.Attribute, claimValueText(found.Claim.Claim),
				found.Claim.Quote, docs[one.Name].places.text(found.Claim.Span)})
		}
		c.table([]column{{"subject", 10}, {"attribute", 10}, {"value", 12}, {"quote", 12}, {"where", 9}}, rows)
	}
	return nil
}

// section is a heading over some entries, where there are any.
func (c *console) section(entries [][]conflict.Checked, title string) {
	if len(entries) > 0 {
		c.printf("%s\n\n", c.style(bold, title))
	}
}

// reportDifference prints a question that claims of the draft answer otherwise than
// documents that are stored.
func (c *console) reportDifference(n int, draft string, same []conflict.Checked, docs shelf) {
	asked := same[0].Conflict
	indent := c.reportQuestion(n, *asked)
	c.paragraph(indent, indent, c.style(dim, string(asked.Kind)+", "+severityText(asked.Severity)+
		either(asked.Status == conflict.Superseded, ", superseded", "")))
	for _, one := range asked.OriginReasons {
		c.paragraph(indent, indent+"  ", c.style(dim, "one origin: "+printable(one)))
	}
	others := slices.Clone(asked.Positions)
	others = slices.DeleteFunc(others, func(p conflict.Position) bool {
		own := inDraft(p, draft)
		if own {
			c.reportPosition(indent, "the draft: ", p, docs)
		}
		return own
	})
	for _, p := range others {
		c.reportPosition(indent, "", p, docs)
	}
	c.printf("\n")
}

// inDraft reports whether the draft takes a position. Its places stand first.
func inDraft(p conflict.Position, draft string) bool {
	return len(p.Appearances) > 0 && p.Appearances[0].Document == draft
}

// reportAgreement prints a claim of the draft with who says the same.
func (c *console) reportAgreement(n int, same []conflict.Checked, docs shelf) {
	one := same[0]
	number := strconv.Itoa(n) + ". "
	indent := strings.Repeat(" ", len(number))
	title := printable(one.Question)
	if value := printable(claimValueText(one.Claim.Claim)); value != "" {
		title += either(title == "", "", ": ") + value
	}
	c.paragraph(number, indent, c.style(bold, title))
	for i, other := range same {
		if i == appearancesShown {
			c.paragraph(indent, indent, c.style(dim, "and "+counted(len(same)-i, "more place")))
			break
		}
		c.reportPlace(indent, other.Claim, docs)
	}
	who := counted(one.Origins, "independent origin") + either(one.Origins == 1, " agrees", " agree")
	if one.Origins == 0 {
		who = "said elsewhere, but by no independent origin"
	}
	if one.Reason != "" {
		who += "; " + printable(one.Reason)
	}
	c.paragraph(indent, indent, who)
	for _, why := range one.OriginReasons {
		c.paragraph(indent, indent+"  ", c.style(dim, "one origin: "+printable(why)))
	}
	if one.Conflict != nil {
		c.paragraph(indent, indent, "others differ among themselves: "+printable(one.Conflict.Reason))
	}
	shown := make(map[string]bool) // documents: one that says it twice is quoted once
	for _, a := range one.Support {
		if len(shown) == appearancesShown {
			break
		}
		if !shown[a.Document] {
			shown[a.Document] = true
			c.paragraph(indent+"- ", indent+"    ", c.quoted(a))
			c.paragraph(indent+"    ", indent+"    ", c.style(dim, printable(whence(a, docs))))
		}
	}
	if more := one.Places - len(shown); more > 0 {
		c.paragraph(indent, indent, c.style(dim, "and "+counted(more, "more place")))
	}
	c.printf("\n")
}

// reportPlace prints a sentence and where it stands.
func (c *console) reportPlace(indent string, a claim.Appearance, docs shelf) {
	c.paragraph(indent, indent+"  ", c.quoted(a))
	c.paragraph(indent+"  ", indent+"  ", c.style(dim, printable(whence(a, docs))))
}

// together gathers claims with one key, in the order in which the keys come first.
func together(list []conflict.Checked, key func(conflict.Checked) string) (out [][]conflict.Checked) {
	at := make(map[string]int)
	for _, one := range list {
		i, known := at[key(one)]
		if !known {
			i = len(out)
			at[key(one)] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], one)
	}
	return out
}

// standing are the claims with one finding.
func standing(one *desk.Check, f conflict.Finding) (out []conflict.Checked) {
	for _, found := range one.Claims {
		if found.Finding == f {
			out = append(out, found)
		}
	}
	return out
}

func byWhom(d desk.Archived) string {
	if d.Source == "" || strings.HasSuffix(d.Source, d.Path) {
		return ""
	}
	return " (" + printable(d.Source) + ")"
}

// quotedShelf is what a report says of the draft and of the documents that it quotes.
func quotedShelf(ctx context.Context, s *store.Store, one *desk.Check) (shelf, error) {
	var at []claim.Appearance
	for path := range one.Documents {
		at = append(at, claim.Appearance{Document: path})
	}
	docs, err := s.DocumentsOf(ctx, at)
	if err != nil {
		return nil, err
	}
	out := shelveStored(docs)
	out[one.Name] = shelved{"", newPlaces(one.Name, one.Text)}
	return out, nil
}
