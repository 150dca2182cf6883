package desk

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
)

// Bounds of what people write.
const (
	MostTargets = 1000   // conflicts to one act
	MostNote    = 10_000 // bytes
	MostLinks   = 20
	MostLink    = 2000 // bytes
	MostName    = 500  // bytes, of whatever is named
)

// Checked is the decision as it is kept: line ends are made one, and space
// around words is taken away. The error is a [*Refused]. Whether a position or a
// rule is one of the conflict's is not asked here.
func (d Decision) Checked() (Decision, error) {
	var err error
	if d.Note, err = CheckedNote(d.Note); err != nil {
		return d, err
	}
	if d.Links, err = checkedLinks(d.Links); err != nil {
		return d, err
	}
	if d.Stands != "" && d.Verdict != Real {
		return d, refuse("only of a real conflict can one of the answers stand")
	}
	switch d.Verdict {
	case Different:
		if !slices.Contains(Ways, d.Detail) {
			return d, refuse("say in what the things are different: %s", strings.Join(Ways, ", "))
		}
	case Misread:
		// With or without its version: it is the rule that is wrong.
		name, _, _ := strings.Cut(strings.TrimSpace(d.Detail), "@")
		if d.Detail, err = CheckedName("rule", name); err != nil {
			return d, err
		}
	case Real, Same, Superseded, OutOfScope:
		if d.Detail != "" {
			return d, refuse("the verdict %q takes no detail", d.Verdict)
		}
	default:
		return d, refuse("there is no verdict %q", d.Verdict)
	}
	return d, nil
}

// Checked is the task as it is kept. A day may have passed only where it was
// set before: was is the day that is set now. The error is a [*Refused].
func (t Task) Checked(was claim.Day, at time.Time) (Task, error) {
	var err error
	if t.Note, err = CheckedNote(t.Note); err != nil {
		return t, err
	}
	if t.Assignee, err = checkedWords("name", t.Assignee); err != nil {
		return t, err
	}
	if t.Due < 0 || t.Due > claim.DayOf(9999, time.December, 31) {
		return t, refuse("there is no such day")
	}
	// The day before: somewhere it is still that day.
	if t.Due != 0 && t.Due != was && t.Due < claim.DayOf(at.UTC().Date())-1 {
		return t, refuse("%s has passed: take a later day, or none", t.Due)
	}
	return t, nil
}

// CheckedNote is a note as it is kept. The error is a [*Refused].
func CheckedNote(note string) (string, error) {
	note = strings.TrimSpace(strings.ReplaceAll(note, "\r\n", "\n"))
	if len(note) > MostNote {
		return "", refuse("a note may have %d bytes, and this has %d", MostNote, len(note))
	}
	if !utf8.ValidString(note) || strings.ContainsFunc(note, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return "", refuse("a note may not hold control characters")
	}
	return note, nil
}

// CheckedName is the name of something, in which space counts once and there
// must be something else. What says what is named ("rule"). The error is a [*Refused].
func CheckedName(what, name string) (string, error) {
	name, err := checkedWords(what, name)
	if err == nil && name == "" {
		err = refuse("the %s is missing", what)
	}
	return name, err
}

func checkedWords(what, name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case len(name) > MostName:
		return "", refuse("the %s may have %d bytes, and this has %d", what, MostName, len(name))
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return "", refuse("the %s may not hold control characters", what)
	}
	return name, nil
}

// checkedLinks is web addresses, each once, in the order in which they were given.
func checkedLinks(links []string) ([]string, error) {
	var out []string
	for _, link := range links {
		link = strings.TrimSpace(link)
		if link == "" || slices.Contains(out, link) {
			continue
		}
		u, err := url.Parse(link) // refuses control characters
		switch {
		case len(link) > MostLink:
			return nil, refuse("a link may have %d bytes, and one has %d", MostLink, len(link))
		case !utf8.ValidString(link) || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
			return nil, refuse("%q is no web address: it must begin with https:// or http://", link)
		}
		out = append(out, link)
	}
	if len(out) > MostLinks {
		return nil, refuse("there may be %d links, and these are %d", MostLinks, len(out))
	}
	return out, nil
}

func refuse(format string, args ...any) error { return &Refused{Why: fmt.Sprintf(format, args...)} }
