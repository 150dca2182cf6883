package desk

import (
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// Box is a part of the queue.
type Box string

// The boxes. Each conflict that stands is in one, but for Everything and Mine.
const (
	Waiting    Box = "waiting"    // open and without a verdict, re-opened ones too
	Judged     Box = "judged"     // with a verdict
	Replaced   Box = "superseded" // found to be replaced by a later figure
	Explained  Box = "explained"  // looks different and agrees
	Muted      Box = "muted"      // the question, or all sources of a side, or merged into another
	Gone       Box = "gone"       // comparing no longer finds it
	Everything Box = "all"
)

// Boxes are all of them, in the order in which pages offer them.
var Boxes = []Box{Waiting, Judged, Replaced, Explained, Muted, Gone, Everything}

// Filter chooses what the queue shows. An empty field lets all through, but for
// Box (Waiting) and Severity (conflict.ShownFrom; a negative one lets all through).
type Filter struct {
	Box      Box
	Kind     conflict.Kind
	Status   conflict.Status
	Verdict  Verdict
	Source   string // its name
	Schedule string // its name
	Assignee string // a name; "-" for nobody
	Severity float64
	Since    claim.Day // found or re-opened on this day or later
	Until    claim.Day // or earlier; days are those of UTC
	Overdue  bool      // its due day has passed
	Text     string    // words in question, reason or quoted sentences, as a web search takes them
	After    string    // the Next of the page before; "" for the first
	Size     int       // rows to a page, 0 for 50, at most 500
}

// Page is a page of the queue: new and re-opened conflicts first, the most severe of
// them before the others.
type Page struct {
	Rows  []Row  `json:"rows"`
	Next  string `json:"next,omitempty"` // After of the next page; "" on the last
	Total int    `json:"total"`          // of all pages, counted up to CountMost
	More  bool   `json:"more,omitempty"` // there are more than Total
}

// Fresh is how long after it was found or opened again a conflict counts as new.
const Fresh = 24 * time.Hour

// CountMost is up to how many conflicts a page counts.
const CountMost = 10_000

// Row is a conflict in the queue.
type Row struct {
	ID        string          `json:"id"`
	Kind      conflict.Kind   `json:"kind"`
	Status    conflict.Status `json:"status"`
	Severity  float64         `json:"severity"`
	Question  string          `json:"question"`
	Reason    string          `json:"reason"`
	Origins   int             `json:"origins"`
	FirstSeen time.Time       `json:"first_seen"`
	News      time.Time       `json:"news"`          // when it was found, or last re-opened
	New       bool            `json:"new,omitempty"` // News is within Fresh
	State     State           `json:"state"`
	Answers   []Answer        `json:"answers"` // the first few positions
	More      int             `json:"more,omitempty"`
}

// Answer is a position in short: its value, and who takes it.
type Answer struct {
	Value   claim.Value `json:"value"`
	Denied  bool        `json:"denied,omitempty"` // it says that it is not so
	Origins int         `json:"origins"`
	Sources []string    `json:"sources"` // the first few
	Quote   string      `json:"quote"`
	// Sentence is what the quote stands in, its first 2,000 characters.
	Sentence string `json:"sentence,omitempty"`
}

// Choices is what the filters of the queue can be set to, with how many
// conflicts each box has.
type Choices struct {
	Boxes     map[Box]int `json:"boxes"` // counted up to CountMost
	Sources   []string    `json:"sources"`
	Schedules []string    `json:"schedules"`
	Assignees []string    `json:"assignees"`
}

// View is a filter that somebody gave a name.
type View struct {
	Name  string `json:"name"`
	Query string `json:"query"` // as the queue's address carries it, without "?"
}
