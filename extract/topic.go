package extract

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/name"
)

// topic is what a document says of itself before its prose begins: whom it is
// about, and under which headings each block stands. List items and table rows,
// which have no clause of their own, take their subject and attribute from it.
type topic struct {
	doc *document.Document
	// listed are the names that the front matter lists; actors are these, or
	// else the names of the title.
	listed, actors []string
	// bodies are the organizations among the names of the title and the actors.
	bodies []string
	// names are the names in each heading, words what else it says, by block.
	// units are what a heading gives the figures below it in brackets: "Costs (£m)".
	names map[int][]string
	words map[int]string
	units map[int]string
}

// maxActors bounds the names that every fragment's claims take over.
const maxActors = 50

func topicOf(d *document.Document, lines []*line) topic {
	t := topic{doc: d, names: map[int][]string{}, words: map[int]string{}, units: map[int]string{}}
	for _, l := range lines {
		if l == nil || l.sentence.Role != document.Heading || len(l.tokens) == 0 {
			continue
		}
		if first, last := l.unitAt(len(l.tokens)); first < last {
			t.units[l.sentence.Block], _, _ = strings.Cut(l.plain(first, last), ",")
		}
		for _, m := range l.names(0, len(l.tokens)) {
			if l.isBracketed(m.first) {
				continue
			}
			if m.Kind == claim.Organization && (len(t.names) == 0 || len(t.names[l.sentence.Block]) > 0 && len(t.names) == 1) {
				t.bodies = appendNew(t.bodies, m.Value.Entity.Name)
			}
			t.names[l.sentence.Block] = append(t.names[l.sentence.Block], m.Value.Entity.Name)
		}
		words := l.words(0, len(l.tokens), l.isProper)
		if words == "" {
			words = oneLine(strings.ToLower(d.Words(d.Blocks[l.sentence.Block])))
		}
		t.words[l.sentence.Block] = words
	}
	for _, actor := range d.Meta.Actors {
		canonical, kind, ok := name.Canonical(actor)
		if ok {
			actor = canonical
		}
		if len(t.listed) == maxActors {
			break
		}
		if kind == claim.Organization {
			t.bodies = appendNew(t.bodies, actor)
		}
		t.listed = appendNew(t.listed, actor)
	}
	t.actors = t.listed
	if len(t.actors) == 0 {
		for i, b := range d.Blocks { // the title is the first heading
			if b.Role == document.Heading {
				t.actors = t.names[i][:min(len(t.names[i]), maxActors)]
				break
			}
		}
	}
	return t
}

// subject is whom a fragment in the given block is about: the nearest heading's
// first name, else the first actor. A title without a name is none: "Situation
// brief no. 31".
func (t topic) subject(block int) string {
	for _, h := range t.doc.Headings(block) {
		if n := t.names[h]; len(n) > 0 && len(t.listed) == 0 {
			return n[0]
		}
	}
	if len(t.actors) > 0 {
		return t.actors[0]
	}
	return ""
}

// body is the one organization that the document is about, beside that named
// other; "" where there are none or several.
func (t topic) body(other string) string {
	body := ""
	for _, n := range t.bodies {
		if n == other {
			continue
		}
		if body != "" {
			return ""
		}
		body = n
	}
	return body
}

// attribute is what a fragment in the given block is about, where it does not
// say so itself: the nearest heading in words, past those that only say what
// part of a text this is.
func (t topic) attribute(block int) string {
	words := ""
	for _, h := range t.doc.Headings(block) {
		if words = t.words[h]; !parts[words] {
			break
		}
	}
	return words
}

// parts are headings and heads of columns that name a part of any text and no
// subject.
var parts = func() map[string]bool {
	set := map[string]bool{}
	for _, s := range strings.Split(`overview,brief,in brief,at a glance,glance,summary,key figures,key facts,key points,facts and figures,background,introduction,notes,details,
the numbers,in numbers,by the numbers,timeline,history,highlights,know,what we know,conclusion,figures,facts,data,figure,value,values,amount,number,total,count,item,what`, ",") {
		set[strings.TrimSpace(s)] = true
	}
	return set
}()

func appendNew(to []string, s string) []string {
	for _, have := range to {
		if have == s {
			return to
		}
	}
	if to == nil {
		to = make([]string, 0, 2) // there are two names in most that have one
	}
	return append(to, s)
}

// oneLine trims s and makes every run of white space one blank.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// entityNames are the canonical names of mentions, without repeats.
func entityNames(ms []mention) []string {
	var out []string
	for _, m := range ms {
		out = appendNew(out, m.Value.Entity.Name)
	}
	return out
}

func kindOf(m mention) claim.Kind {
	switch {
	case m.Value.Period != nil:
		return claim.KindDate
	case m.Value.Entity != nil:
		return claim.KindEntity
	}
	return claim.KindNumber
}
