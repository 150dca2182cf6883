// Package desk has the words of reviewing: what people decide about conflicts,
// what they ask for, and what they are shown.
//
// Nothing comes in or goes out here. The store keeps it, the pages show it, and
// both speak in these types.
package desk

import (
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// Verdict is what a reviewer decides about a conflict.
type Verdict string

// The verdicts; "" is none.
const (
	Real       Verdict = "real"       // the sources disagree
	Same       Verdict = "same"       // one thing, said differently
	Different  Verdict = "different"  // different things: Detail says in what
	Superseded Verdict = "superseded" // the later figure replaces the earlier
	Misread    Verdict = "misread"    // the program read it wrongly: Detail says by which rule
	OutOfScope Verdict = "scope"      // not what this desk looks at
)

// Verdicts are all of them, in the order in which pages offer them.
var Verdicts = []Verdict{Real, Same, Different, Superseded, Misread, OutOfScope}

// Ways in which things are different, the details of the verdict Different.
const (
	ByPeriod     = "period"
	ByPlace      = "place"
	ByPart       = "part"
	ByDefinition = "definition"
)

// Ways are all of them, in the order in which pages offer them.
var Ways = []string{ByPeriod, ByPlace, ByPart, ByDefinition}

// Status is what a verdict makes of a conflict. stands says whether one of the
// positions does.
func (v Verdict) Status(stands bool) conflict.Status {
	switch v {
	case Real:
		if stands {
			return conflict.Resolved
		}
		return conflict.Confirmed
	case Superseded:
		return conflict.Superseded
	case Same, Different, Misread, OutOfScope:
		return conflict.Dismissed
	}
	return conflict.Open
}

// NoneStands is the State.Stands of a real conflict of whose positions none does.
const NoneStands = "none"

// State is what people's acts have come to for one conflict; the zero State is
// of one that nobody has touched.
type State struct {
	// Revision counts the acts on it. Who decides tells the one that he saw.
	Revision int     `json:"revision"`
	Verdict  Verdict `json:"verdict,omitempty"`
	// Detail is one of Ways for Different, the rule's name for Misread.
	Detail string `json:"detail,omitempty"`
	// Stands is, for Real, the key of the answer that stands ([AnswerKey]),
	// NoneStands where none does, "" where that is not known yet.
	Stands   string    `json:"stands,omitempty"`
	Links    []string  `json:"links,omitempty"` // http and https alone
	Judged   time.Time `json:"judged,omitzero"`
	Judge    string    `json:"judge,omitempty"` // who gave the verdict
	Note     string    `json:"note,omitempty"`  // what was said with it
	Assignee string    `json:"assignee,omitempty"`
	Due      claim.Day `json:"due,omitzero"`
	Muted    bool      `json:"muted,omitempty"`
	// MergedInto is the conflict whose question this one was declared to be.
	MergedInto string `json:"merged_into,omitempty"`
	// Reopened is when a night re-opened it since its last verdict, Because why,
	// in words.
	Reopened time.Time `json:"reopened,omitzero"`
	Because  []string  `json:"reopened_because,omitempty"`
}

// Deed is a kind of act.
type Deed string

// The deeds. Reopen is done by nights alone.
const (
	GiveVerdict Deed = "verdict"
	AddNote     Deed = "note"
	Assign      Deed = "assign" // or set a due day
	Merge       Deed = "merge"
	Split       Deed = "split"
	Mute        Deed = "mute"
	Unmute      Deed = "unmute"
	RuleNames   Deed = "names"
	Reopen      Deed = "reopen"
	Undo        Deed = "undo"
)

// Night is who re-opens conflicts, in the place of a name.
const Night = "crosscheck"

// Act is something that somebody did at the desk, once, to any number of conflicts.
type Act struct {
	ID       int64     `json:"id"`
	At       time.Time `json:"at"`
	Who      string    `json:"who"`
	What     Deed      `json:"what"`
	Note     string    `json:"note,omitempty"`
	Detail   Detail    `json:"detail,omitzero"`
	Undoes   int64     `json:"undoes,omitempty"`    // the act that it takes back
	UndoneBy int64     `json:"undone_by,omitempty"` // the act that took it back
	Changes  []Change  `json:"changes,omitempty"`
	More     int       `json:"more,omitempty"` // changes left out
}

// Detail is what an act was about besides conflicts.
type Detail struct {
	Names  [2]string `json:"names,omitzero"`   // declared the same or different
	Same   bool      `json:"same,omitempty"`   // which of the two
	Source string    `json:"source,omitempty"` // muted or heard again
	New    string    `json:"new,omitempty"`    // the conflict that a split made
	Moved  []string  `json:"moved,omitempty"`  // keys of the answers that it got
}

// Change is what an act changed about one conflict.
type Change struct {
	Conflict string `json:"conflict"`
	Question string `json:"question,omitempty"`
	Before   State  `json:"before"`
	After    State  `json:"after"`
}

// Target is a conflict to act on, as whoever acts saw it.
type Target struct {
	Conflict string `json:"conflict"`
	Revision int    `json:"revision"`
}

// Decision is a verdict with all that goes with it.
type Decision struct {
	Verdict Verdict  `json:"verdict"`
	Detail  string   `json:"detail,omitempty"`
	Stands  string   `json:"stands,omitempty"` // as State.Stands
	Note    string   `json:"note,omitempty"`
	Links   []string `json:"links,omitempty"`
}

// Task is who is to look at a conflict, and by when.
type Task struct {
	Assignee string    `json:"assignee,omitempty"`
	Due      claim.Day `json:"due,omitzero"`
	Note     string    `json:"note,omitempty"`
}

// Stale is the error of whoever acts on a conflict that others have changed since
// he looked at it. Nothing was done.
type Stale struct {
	Conflicts []string // those that have changed
	Acts      []Act    // what was done to them in between, the last first
}

func (e *Stale) Error() string {
	return "somebody else changed it in the meantime: look at what they did, then decide again"
}

// Refused is the error of an act that cannot be done as asked. Its text is for
// whoever asked.
type Refused struct{ Why string }

func (e *Refused) Error() string { return e.Why }

// Missing is the error of asking for something that is not there. What is a word
// for it ("conflict", "document").
type Missing struct{ What, Name string }

func (e *Missing) Error() string { return "there is no " + e.What + " " + e.Name }
