package name

import (
	"strings"

	"crosscheck/extract/name/lexicon"
)

// bearer is a person who is named in full.
type bearer struct {
	name     string // the best spelling, without a middle initial
	initial  string // the middle initial, where one was given
	initials bool   // several were given: these are several people
}

// bearer takes up a full name. "Ana M. Ríos" and "Ana Rios" are one bearer, and
// the spelling with accents is the better one.
func (f *forms) bearer(n *named) *bearer {
	name, initial := withoutInitial(n)
	var room keyRoom
	key := room.folded(name)
	b := f.full[string(key)]
	if b == nil {
		b = &bearer{name: name, initial: initial}
		f.full[string(key)] = b
	}
	if len(name) > len(b.name) {
		b.name = name
	}
	switch {
	case b.initial == "":
		b.initial = initial
	case initial != "" && initial != b.initial:
		b.initials = true
	}
	return b
}

// withoutInitial is a full name of a given name, an initial and a surname
// without the initial, and the initial's letter; any other name stays as it is.
func withoutInitial(n *named) (name, initial string) {
	if len(n.words) != 3 || !isInitial(n.words[1]) || isInitial(n.words[0]) || isInitial(n.words[2]) || strings.Count(n.text, " ") != 2 {
		return n.text, ""
	}
	return n.words[0] + " " + n.words[2], n.words[1][:1]
}

func isInitial(w string) bool {
	return len(w) <= 2 && w != "" && 'A' <= w[0] && w[0] <= 'Z' && (len(w) == 1 || w[1] == '.')
}

// folded is a name as it is looked up: without case and accents.
func folded(s string) string { return lexicon.Plain(strings.ToLower(s)) }

// inFull is the canonical name of a person named by several words.
func (f *forms) inFull(n *named) string {
	name, initial := withoutInitial(n)
	var room keyRoom
	if b := f.full[string(room.folded(name))]; b != nil && !(b.initials && initial != "") {
		return b.name
	}
	return n.text
}
