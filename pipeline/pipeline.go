// Package pipeline drives the stages, from paths to conflicts.
//
// In come paths of files and folders and addresses of pages; out come a [Summary]
// and a database that holds what was read. [Expand] finds the documents of paths,
// an [Origin] names feeds and sitemaps as well, a [Loader] reads one,
// [Compare] finds the conflicts among several, and a [Runner] does all of it
// with many documents at once and keeps the result.
//
// Two things are promised. One bad document never stops the others: it becomes
// a [Failure] with its reason. And each document is stored whole or not at all,
// so that a run broken off at any point is completed by the next one.
package pipeline

import (
	"time"

	"crosscheck/claim"
)

// File is a document to read: a file, or a page on the network.
type File struct {
	Path   string // as given, or as found below a folder that was given; a page's address
	Source SourceEntry
	// ContentType is as a server declared it; "" for files, and for pages until
	// they are fetched.
	ContentType string
	// Publisher is who published it, where neither a sources file nor the
	// document itself says so.
	Publisher string
	// Size and Stamp are its bytes and when they last changed, in nanoseconds
	// since 1970, as its folder says; a Stamp of 0 says nothing.
	Size, Stamp int64

	at string // its address, where that is known
}

// Failure is a document that could not be read, or something else worth
// telling about one, and the reason in words.
type Failure struct {
	Path, Reason string
}

// SourceEntry is what a sources file says of a document. An empty field is not said.
type SourceEntry struct {
	File      string    // path, relative to the sources file
	URL       string    // where it was retrieved from
	Source    string    // who published it
	Title     string    //
	Published claim.Day // day of publication
	Retrieved time.Time // when its bytes were fetched
}
