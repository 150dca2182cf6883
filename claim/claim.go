// Package claim holds the words of the domain: what a claim is, where it
// appears, what value it gives, and the arithmetic on such values.
//
// Nothing comes in or goes out here. Every later package speaks in these types.
package claim

import (
	"strconv"

	"crosscheck/document"
)

// Kind is what a claim gives: a number, a date, or an entity.
type Kind string

// The kinds of claim.
const (
	KindNumber Kind = "number"
	KindDate   Kind = "date"
	KindEntity Kind = "entity"
)

// Polarity says whether a claim states that something is so, or that it is not.
type Polarity string

// The polarities of a claim.
const (
	Affirmed Polarity = "affirmed"
	Negated  Polarity = "negated"
)

// Modality says how firmly the text stands behind a claim.
type Modality string

// The modalities of a claim. Reported is said in somebody else's words.
const (
	Asserted Modality = "asserted"
	Reported Modality = "reported"
	Planned  Modality = "planned"
	Possible Modality = "possible"
	Denied   Modality = "denied"
)

// Claim is a normalised proposition: about a subject, an attribute has a value,
// at some time, within some scope. Two texts that say the same thing in other
// words make one claim.
type Claim struct {
	Kind Kind
	// Subject is what the claim is about, by its canonical name ("United
	// States", "Camp David Accords"); "" where the text does not tell.
	Subject string
	// Attribute is what is said of the subject: what is measured, dated or
	// held, in lemmas ("military aid", "people killed", "signed"); for an
	// entity claim it is the relation.
	Attribute string
	// Entities are all the names that take part, the subject among them, by
	// canonical name and without repeats: a treaty's partner stands here.
	Entities []string
	Value    Value
	// Time is when the fact holds or the event happened; nil where unknown.
	Time *Period
	// Scope lists what narrows the claim: a part, a place, a group, a period in words.
	Scope    []string
	Polarity Polarity
}

// Appearance is one place where a claim is made.
// (schema.org: Claim.appearance.)
type Appearance struct {
	Claim Claim

	// Document is the path or URL as given; Version is "sha256:" and the hex
	// digest of its bytes.
	Document string
	Version  string

	// Span and Quote are the words that carry the value, byte for byte;
	// Sentence is the span and text they stand in.
	Span         document.Span
	Quote        string
	SentenceSpan document.Span
	Sentence     string

	// Attribution is who the text says it from ("White House"); "" for the
	// author's own voice.
	Attribution string
	Modality    Modality
	// Said is the day it was said: a stated as-of date, else the publication;
	// the zero Day where unknown.
	Said Day
	// Rule names the rules that made the claim, in the order they were applied:
	// the one that read the value, then the one that placed it.
	Rule RuleID
}

// RuleID names a rule and its version, as "money/rate@3"; several in a row are
// separated by a space.
type RuleID string

// Rule is an entry in the contents page of rules.
type Rule struct {
	// Name is a path of two parts: what it reads, and how ("money/rate").
	Name string
	// Version rises when the rule's result changes; documents are then read again.
	Version int
	// Intent says in one sentence what the rule is for.
	Intent string
	// Example is a sentence that the rule reads.
	Example string
}

// ID names the rule and its version.
func (r Rule) ID() RuleID { return RuleID(r.Name + "@" + strconv.Itoa(r.Version)) }

// Mention is a span that names an entity, a quantity or a date.
type Mention struct {
	document.Span
	Kind MentionKind
	// Value is set for quantities and dates; a name has an Entity in it.
	Value Value
	// Unresolved marks a relative date ("last month") that had no publication
	// date to count from.
	Unresolved bool
	Rule       RuleID
}

// MentionKind is the kind of a mention.
type MentionKind string

// The kinds of mention. A count is a bare number or a number of things; a
// measure has a physical unit; a group is a nationality, a party, a religion;
// other is a named event, law or work.
const (
	Money        MentionKind = "money"
	Percent      MentionKind = "percent"
	Count        MentionKind = "count"
	Measure      MentionKind = "measure"
	Ordinal      MentionKind = "ordinal"
	Date         MentionKind = "date"
	Duration     MentionKind = "duration"
	Person       MentionKind = "person"
	Organization MentionKind = "organization"
	Place        MentionKind = "place"
	Group        MentionKind = "group"
	Other        MentionKind = "other"
)

// IsQuantity reports whether a mention of this kind carries a Quantity.
func (k MentionKind) IsQuantity() bool {
	switch k {
	case Money, Percent, Count, Measure, Ordinal, Duration:
		return true
	}
	return false
}

// IsName reports whether a mention of this kind carries an Entity.
func (k MentionKind) IsName() bool {
	switch k {
	case Person, Organization, Place, Group, Other:
		return true
	}
	return false
}
