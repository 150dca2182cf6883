// Package token cuts a block's text into words and gives each its part of speech.
//
// In comes a span of a document's text; out come tokens with byte offsets into
// that same text and Penn Treebank tags.
package token

import "crosscheck/document"

// Token is a word, a number or a mark, at its place in the document's text.
type Token struct {
	document.Span
	// Text is the token as it stands; Lower is the same in lower case, with
	// typographic quotes made plain ("’s" is "'s"). Rules compare Lower.
	Text, Lower string
	// Tag is the Penn Treebank part of speech ("NNP", "CD", ",").
	Tag string
	// Space says that white space or markup stands between this token and the one before.
	Space bool
}

// Sentence is a run of tokens that makes one statement. It lies inside one
// block, except where a scraper broke a sentence in two: then it runs over
// consecutive blocks, and Block is the first.
type Sentence struct {
	document.Span
	Tokens []Token
	// Block is the index of the block it starts in, Role that block's role.
	Block int
	Role  document.Role
	// Cell is the column of a table row's cell, else -1: a cell is a sentence of its own.
	Cell int
}
