package desk

import (
	"encoding/json"
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
)

// Case is a conflict with all that its page shows.
type Case struct {
	conflict.Conflict
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	Closed    time.Time `json:"closed,omitzero"` // when comparing last did not find it
	State     State     `json:"state"`
	Sides     []Side    `json:"sides"`               // one a position, in their order
	Undecided []Place   `json:"undecided,omitempty"` // of claims that fit several positions
	History   []Act     `json:"history,omitempty"`   // the last first
	Merged    []Row     `json:"merged,omitempty"`    // conflicts declared to be this question
	Since     []string  `json:"since,omitempty"`     // what is new since the last verdict, in words
}

// Side is a position with its places.
type Side struct {
	Value   claim.Value `json:"value"`
	Key     string      `json:"key"` // see AnswerKey
	Origins int         `json:"origins"`
	Places  []Place     `json:"places"`
	More    int         `json:"more,omitempty"` // places left out
	New     bool        `json:"new,omitempty"`  // not there when the last verdict was given
}

// Place is an appearance with its surroundings.
type Place struct {
	claim.Appearance
	Appears    int64     `json:"appearance"` // its number
	ClaimID    string    `json:"claim"`      // hex
	DocumentID int64     `json:"document_id"`
	VersionID  int64     `json:"version_id"`
	Source     string    `json:"source"`
	SourceID   int64     `json:"source_id"`
	Title      string    `json:"title,omitempty"`
	Published  claim.Day `json:"published,omitzero"`
	Seen       time.Time `json:"seen"`             // when its version was first met
	Current    bool      `json:"current"`          // the document still says so
	Before     string    `json:"before,omitempty"` // the sentences before, as they stand in the text
	After      string    `json:"after,omitempty"`
}

// MarshalJSON writes the appearance as in the output of conflicts, and beside its
// fields those of the place.
func (p Place) MarshalJSON() ([]byte, error) {
	appearance, err := json.Marshal(p.Appearance)
	if err != nil {
		return nil, err
	}
	around, err := json.Marshal(struct {
		Appears    int64     `json:"appearance"`
		ClaimID    string    `json:"claim"`
		DocumentID int64     `json:"document_id"`
		VersionID  int64     `json:"version_id"`
		Source     string    `json:"source"`
		SourceID   int64     `json:"source_id"`
		Title      string    `json:"title,omitempty"`
		Published  claim.Day `json:"published,omitzero"`
		Seen       time.Time `json:"seen"`
		Current    bool      `json:"current"`
		Before     string    `json:"before,omitempty"`
		After      string    `json:"after,omitempty"`
	}{p.Appears, p.ClaimID, p.DocumentID, p.VersionID, p.Source, p.SourceID, p.Title, p.Published, p.Seen, p.Current, p.Before, p.After})
	if err != nil {
		return nil, err
	}
	return append(append(appearance[:len(appearance)-1], ','), around[1:]...), nil // two objects made one
}

// Paper is a document with one of its versions opened.
type Paper struct {
	ID        int64        `json:"id"`
	Address   string       `json:"address"`
	Given     string       `json:"given"`
	Source    string       `json:"source"`
	SourceID  int64        `json:"source_id"`
	Title     string       `json:"title,omitempty"`
	Published claim.Day    `json:"published,omitzero"`
	Versions  []Version    `json:"versions"` // the newest first
	Open      Version      `json:"open"`
	Text      string       `json:"text"`          // "" where the bytes could not be read: Failure says why
	Cut       int          `json:"cut,omitempty"` // bytes of text left out at the end
	Failure   string       `json:"failure,omitempty"`
	Marks     []Mark       `json:"marks"`             // in the order of the text
	Against   *Version     `json:"against,omitempty"` // the version that Changes compare with
	Changes   []TextChange `json:"changes,omitempty"` // sentences that differ
}

// Version is the bytes that a document had.
type Version struct {
	ID        int64     `json:"id"`
	Hash      string    `json:"hash"` // "sha256:" and hex
	FirstSeen time.Time `json:"first_seen"`
	LastSeen  time.Time `json:"last_seen"`
	Current   bool      `json:"current"`
	Kept      bool      `json:"kept"` // the archive still has the bytes
}

// Mark is a claim in a document's text.
type Mark struct {
	document.Span
	Appearance int64      `json:"appearance"`
	ClaimID    string     `json:"claim"`
	Kind       claim.Kind `json:"kind"`
	Says       string     `json:"says"` // the claim in words
	Rule       string     `json:"rule"`
	Conflict   string     `json:"conflict,omitempty"` // an open one that it takes part in
}

// TextChange is a sentence that a newer version has otherwise: Old "" where it
// is new, New "" where it is gone.
type TextChange struct {
	Old string `json:"old,omitempty"`
	New string `json:"new,omitempty"`
}

// Publisher is a source with its record.
type Publisher struct {
	ID           int64       `json:"id"`
	Name         string      `json:"name"`
	Muted        bool        `json:"muted,omitempty"`
	Documents    int         `json:"documents"`
	Claims       int         `json:"claims"`       // made by its current documents, one of two documents twice
	Contradicted int         `json:"contradicted"` // conflicts in which it gives an answer, those that stand and are severe enough to be shown
	Alone        int         `json:"alone"`        // of these those in which no other origin gives the same
	For          int         `json:"for"`          // of these those in which the verdict says that its answer stands
	Not          int         `json:"against"`      // and that it does not
	Papers       []PaperLine `json:"papers"`       // the newest first, bounded
	Conflicts    []Row       `json:"conflicts"`    // the most severe first, bounded
	Said         []Statement `json:"said"`         // some of what it claims, bounded
}

// PaperLine is a document in a list.
type PaperLine struct {
	ID        int64     `json:"id"`
	Given     string    `json:"given"`
	Title     string    `json:"title,omitempty"`
	Published claim.Day `json:"published,omitzero"`
	Claims    int       `json:"claims"`
	Conflicts int       `json:"conflicts"` // open
}

// Statement is a claim with the places where it is or was made.
type Statement struct {
	ID        string      `json:"id"` // hex
	Claim     claim.Claim `json:"-"`
	Says      string      `json:"says"` // in words
	FirstSeen time.Time   `json:"first_seen"`
	LastSeen  time.Time   `json:"last_seen"`
	Places    []Place     `json:"places,omitempty"` // by date; bounded
	More      int         `json:"more,omitempty"`
	Conflicts []Row       `json:"conflicts,omitempty"`
}

// MarshalJSON writes the claim's own fields beside those of the statement.
func (s Statement) MarshalJSON() ([]byte, error) {
	type plain Statement // without this method
	return json.Marshal(struct {
		claim.Line
		plain
	}{s.Claim.Line(), plain(s)})
}

// RuleRecord is a rule with how often reviewers called it wrong.
type RuleRecord struct {
	Name      string `json:"name"`
	Version   int    `json:"version"`
	Intent    string `json:"intent"`
	Example   string `json:"example"`
	Places    int    `json:"places"`    // appearances in current versions that it made
	Conflicts int    `json:"conflicts"` // open ones that it takes part in
	Wrong     int    `json:"wrong"`     // verdicts in force that name it as misreading
	Reviewed  int    `json:"reviewed"`  // verdicts in force on conflicts that it takes part in
}
