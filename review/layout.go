package review

import (
	"time"

	"crosscheck/desk"
)

// A part is an entry of the menu.
type part struct{ Path, Name string }

var parts = []part{
	{"/", "Queue"}, {"/sources", "Sources"}, {"/runs", "Runs"}, {"/rules", "Rules"}, {"/history", "History"}, {"/check", "Check a draft"},
}

// Name is the page's kind.
func (p *sheet) Name() string { return p.name }

// Signed reports whether who reads the page has said who he is.
func (p *sheet) Signed() bool { return p.Person.Role.May(desk.Viewer) }

// May reports whether who reads the page may decide.
func (p *sheet) May() bool { return p.Person.Role.May(desk.Reviewer) }

// Parts are the entries of the menu that there are for who reads the page.
func (p *sheet) Parts() []part {
	if p.Person.Role.May(desk.Admin) {
		return append(parts[:len(parts):len(parts)], part{"/users", "People"})
	}
	return parts
}

// At is a time as the page tells it.
func (p *sheet) At(t time.Time) Moment { return Moment{t, p.now} }

// with is what a part of a page is given: the page, and what the part shows.
type with struct {
	P *sheet
	V any
}

// With hands a part of the page what it shows.
func (p *sheet) With(v any) with { return with{p, v} }
