package name

import (
	"crosscheck/claim"
	"crosscheck/extract/name/label"
	"crosscheck/words"
)

// headKind is the kind that a name's head word tells, "" where it tells none.
// The head is the last word, or the last one before "of": "Treaty of Ghent".
func headKind(words []label.Word) claim.MentionKind {
	if len(words) < 2 {
		return ""
	}
	head := words[len(words)-1].Lower
	for i := 1; i < len(words); i++ {
		if words[i].Lower == "of" || words[i].Lower == "for" || words[i].Lower == "on" {
			head = words[i-1].Lower
			break
		}
	}
	switch {
	case agreementHeads.Has(head) || thingHeads.Has(head):
		return claim.Other
	case bodyHeads.Has(head):
		return claim.Organization
	}
	return ""
}

// agreementHeads are heads of the names of agreements and laws: things that
// happen once, so that a year before one is no part of its name.
var agreementHeads = words.NewSet(`
agreement agreements accord accords treaty memorandum act law convention protocol pact charter constitution declaration amendment resolution directive doctrine
`)

// thingHeads are heads of the names of events and awards.
var thingHeads = words.NewSet(`
war wars battle siege revolution uprising rebellion coup crisis massacre genocide holocaust intifada offensive operation campaign referendum
prize award awards medal cup championship championships tournament olympics games festival marathon
strategy initiative framework dialogue summit conference tide
`)

// bodyHeads are heads of the names of organizations.
var bodyHeads = words.NewSet(`
institute institution university college school academy ministry department agency bureau commission committee council board authority office
party alliance coalition union federation confederation association society foundation league club organization organisation
corps army navy force forces guard brigade brigades regiment police bank company corporation corp corp. inc inc. ltd ltd. group holdings airlines
parliament senate congress knesset court tribunal church newspaper times post tribune
`)
