package desk

import "time"

// NightLine is a run of the program: what it read, and what became of the conflicts.
type NightLine struct {
	ID        int64     `json:"id"`
	Schedule  string    `json:"schedule,omitempty"` // its name; "" for a run that somebody started
	Started   time.Time `json:"started"`
	Finished  time.Time `json:"finished,omitzero"` // zero while it goes on, and where it broke off
	Stage     string    `json:"stage"`             // reading, comparing, finished, failed, broken off
	Failure   string    `json:"failure,omitempty"` // why it failed
	Found     int       `json:"found"`             // documents
	Added     int       `json:"added"`             // of them, met for the first time
	Changed   int       `json:"changed"`           // with other bytes than before
	Failed    int       `json:"failed"`            // not read
	NewClaims int       `json:"new_claims"`
	Opened    int       `json:"opened"` // conflicts found for the first time
	Reopened  int       `json:"reopened"`
	Closed    int       `json:"closed"` // no longer found
}

// NightReport is a run with its ledger.
type NightReport struct {
	NightLine
	Paths    []string       `json:"paths"` // what it was told to read
	Sources  []NightSource  `json:"sources"`
	Failures []NightFailure `json:"failures,omitempty"`
}

// NightSource is what one source gave in a run: Expected is the sum of the three
// after it. All are nought until the run ends.
type NightSource struct {
	Name      string `json:"name"`
	Expected  int    `json:"expected"` // documents
	Fetched   int    `json:"fetched"`
	Unchanged int    `json:"unchanged"`
	Failed    int    `json:"failed"`
	Extracted int    `json:"extracted"` // of those fetched, read by the rules in this run
	Claims    int    `json:"claims"`
	Opened    int    `json:"opened"` // conflicts shown in which its documents take part
	Reopened  int    `json:"reopened"`
	Closed    int    `json:"closed"`
	Quiet     int    `json:"quiet"`  // runs in a row without anything new
	Silent    int    `json:"silent"` // runs in a row without anything at all
}

// NightFailure is a document that a run could not read.
type NightFailure struct {
	Source   string `json:"source"` // its name
	Document string `json:"document"`
	Reason   string `json:"reason"`
	Tries    int    `json:"tries"`
}

// PublisherLine is a source in the list of them, with its record as in [Publisher].
type PublisherLine struct {
	ID           int64  `json:"id"`
	Name         string `json:"name"`
	Muted        bool   `json:"muted,omitempty"`
	Documents    int    `json:"documents"`
	Claims       int    `json:"claims"`
	Alone        int    `json:"alone"`
	Contradicted int    `json:"contradicted"`
	For          int    `json:"for"`
	Not          int    `json:"against"`
}
