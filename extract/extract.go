// Package extract turns blocks of text into claims.
//
// In comes a [document.Document]; out comes a [Reading]: its sentences, the
// names, quantities and dates they mention, and the claims they make, each by
// a named rule and at its place in the text. It needs no network, no database
// and no clock.
package extract

import (
	"context"

	"crosscheck/claim"
	"crosscheck/document"
)

// Sentence is a span of the text that makes one statement, and its block's role.
type Sentence struct {
	document.Span
	Role document.Role
}

// Reading is everything that was read out of one document, in order of position.
type Reading struct {
	Sentences []Sentence
	Mentions  []claim.Mention
	// Claims are the claims where they appear. Document and Version are left
	// to the caller, who knows them.
	Claims []claim.Appearance
}

// Context is what is known of a document from outside its text.
type Context struct {
	// Published is the day of publication, from which "last month" counts; the
	// zero Day where it is not known.
	Published claim.Day
}

// Read reads one document. It returns an error only when ctx is done.
func Read(ctx context.Context, d *document.Document, c Context) (*Reading, error) {
	return &Reading{}, ctx.Err()
}
