package browser

import (
	"testing"

	"crosscheck/desk"
)

// TestTwoAtOnce has two people decide about one conflict.
func TestTwoAtOnce(t *testing.T) {
	o := newOffice(t)
	row := o.ferry(t)
	path := "/conflicts/" + row.ID
	ruth, ben := o.open(t), o.open(t)
	ruth.signIn("ruth")
	ben.signIn("ben")
	ruth.visit(path)
	ben.visit(path)

	ruth.fill("#note", "The harbour office has named all dead.")
	ruth.click("button[value=real]")

	ben.fill("#note", "One is a preliminary count.")
	ben.unfold("details[data-key=d] summary")
	ben.click("button[value='different period']")
	ben.says("Somebody was here before you", "The harbour office has named all dead.", "ruth", "You were about to decide")
	if got := ask[string](ben, `document.getElementById("note").value`); got != "One is a preliminary count." {
		t.Errorf("of what he wrote there is left: %q", got)
	}
	if s := o.state(t, row.ID); s.Verdict != desk.Real || s.Judge != "ruth" || s.Note != "The harbour office has named all dead." {
		t.Errorf("overwritten: %+v", s)
	}

	// He knows now, and decides all the same.
	ben.unfold("details[data-key=d] summary")
	ben.click("button[value='different period']")
	if s := o.state(t, row.ID); s.Verdict != desk.Different || s.Judge != "ben" || s.Note != "One is a preliminary count." {
		t.Errorf("the verdict is %+v", s)
	}
	ruth.visit(path)
	ruth.says("One is a preliminary count.", "The harbour office has named all dead.")

	// A bulk deed on what somebody else has changed meanwhile does nothing at all.
	ruth.visit("/")
	ben.visit("/")
	first := "[data-walk] li:nth-child(1) "
	ben.click(first + ".open")
	id := conflictOf(ben)
	ben.click("button[value=scope]")
	before := o.state(t, id)
	ruth.unfold(first + ".pick input")
	ruth.unfold("[data-walk] li:nth-child(2) .pick input")
	ruth.click("button[value=mute]")
	ruth.says("Somebody was here before you", "ben")
	if s := o.state(t, id); s.Revision != before.Revision {
		t.Errorf("overwritten: %+v", s)
	}
	ruth.click("#main .button")
	if at := ruth.where(); at != "/" {
		t.Errorf("from there one goes on to %s", at)
	}
}
