package desk

import (
	"crosscheck/claim"
	"crosscheck/conflict"
)

// Check is a draft held against the archive. Nothing of it is stored.
type Check struct {
	Name    string `json:"name"`    // as given
	Version string `json:"version"` // "sha256:" and the hex digest of its bytes
	Title   string `json:"title,omitempty"`
	// Text is the draft as it was read; the spans of claims are bytes into it.
	Text   string             `json:"text"`
	Claims []conflict.Checked `json:"claims"` // in the order of the text
	// Copies are documents of the archive that hold the draft's text, or share half
	// its passages. They do not count as others who say the same.
	Copies []Archived `json:"copies,omitempty"`
	// Documents are those that findings quote, by their names as given.
	Documents map[string]Archived `json:"documents,omitempty"`
	// Inside is what does not add up in the draft itself, where that was asked for.
	Inside []conflict.Conflict `json:"inside,omitempty"`

	Empty bool `json:"empty,omitempty"` // nothing is stored to hold it against
	// Waiting counts stored documents that no comparison has looked at yet: the draft
	// may not have met them.
	Waiting int `json:"waiting,omitempty"`
}

// Archived is a document of the archive, as a check tells of it.
type Archived struct {
	ID        int64     `json:"id"`
	Path      string    `json:"path"` // as given
	Source    string    `json:"source"`
	Title     string    `json:"title,omitempty"`
	Published claim.Day `json:"published,omitzero"`
}

// Count is how many claims of the draft stand so.
func (c *Check) Count(f conflict.Finding) (n int) {
	for _, one := range c.Claims {
		if one.Finding == f {
			n++
		}
	}
	return n
}
