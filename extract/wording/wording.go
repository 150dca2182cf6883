// Package wording knows the many words for one relation or one deed.
//
// In come the words of a text: a verb as its participle, the noun for who did
// something, the noun for its being done. Out comes what it is called whatever
// the words: "constructed", "the contractor" and "the construction of" are all
// "built by"; "shut", "remains open" and "reopened" all say of a thing whether
// it was "closed". The words stand in relations.txt and deeds.txt, whose heads
// tell how they are written.
package wording

import (
	_ "embed"
	"strings"
	"sync"

	"crosscheck/words"
)

//go:embed relations.txt
var relationsText string

//go:embed deeds.txt
var deedsText string

// Relation is what a verb says of who did it.
type Relation struct {
	By string // the attribute: "built by"
	// Joint is set where several may each do it for themselves, Loose where
	// people do it to things without number.
	Joint, Loose bool
	// Body is the attribute where a body did it and not a person, if another.
	Body string
}

// Deed is what words affirm or deny.
type Deed struct {
	Done string // the deed: "closed"
	Not  bool   // the words deny it: "reopened"
	// Itself is set where the words say it of their subject.
	Itself bool
	// Own is set where nothing else can be in for it: who resigns.
	Own bool
}

type tables struct {
	verbs        *words.Map[Relation]
	doers        *words.Map[string]
	deeds        *words.Map[string]
	done, itself *words.Map[Deed] // by all their words
	heads        *words.Map[int]  // the most words of a phrase with this first word
	doublets     []string         // words of two relations, which none should be
}

// table is both files, read when first needed.
var table = sync.OnceValue(func() *tables {
	t := &lists{verbs: map[string]Relation{}, doers: map[string]string{}, deeds: map[string]string{}, done: map[string]Deed{}, itself: map[string]Deed{}, heads: map[string]int{}}
	for fields := range rows(relationsText) {
		t.relation(fields)
	}
	for fields := range rows(deedsText) {
		for i, list := range fields[1:] {
			for phrase := range strings.SplitSeq(list, ",") {
				if phrase = strings.TrimSpace(phrase); phrase != "" {
					t.deed(phrase, Deed{Done: fields[0], Not: i%2 == 1, Itself: i >= 2, Own: fields[1] == "" && fields[2] == ""})
				}
			}
		}
	}
	return &tables{words.NewMap(t.verbs), words.NewMap(t.doers), words.NewMap(t.deeds), words.NewMap(t.done), words.NewMap(t.itself), words.NewMap(t.heads), t.doublets}
})

// lists are tables in the making.
type lists struct {
	verbs        map[string]Relation
	doers, deeds map[string]string
	done, itself map[string]Deed
	heads        map[string]int
	doublets     []string
}

// rows gives the columns of each line of a file, without blanks around them.
func rows(text string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			fields := strings.Split(line, "|")
			for i := range fields {
				fields[i] = strings.TrimSpace(fields[i])
			}
			if !yield(fields) {
				return
			}
		}
	}
}

func (t *lists) relation(fields []string) {
	by := fields[0]
	for _, v := range strings.Fields(fields[1]) {
		v, kind, _ := strings.Cut(v, "/")
		word := strings.TrimRight(v, "*~")
		rel := t.verbs[word]
		if rel.By != "" && kind != "body" {
			t.doublets = append(t.doublets, word)
		}
		if kind == "body" {
			rel.Body = by
		} else {
			rel.By, rel.Joint, rel.Loose = by, strings.Contains(v, "*"), strings.Contains(v, "~")
		}
		t.verbs[word] = rel
	}
	for column, in := range []map[string]string{t.doers, t.deeds} {
		for _, noun := range strings.Fields(fields[2+column]) {
			noun = strings.ReplaceAll(noun, "-", " ")
			if in[noun] != "" {
				t.doublets = append(t.doublets, noun)
			}
			in[noun] = by
		}
	}
}

func (t *lists) deed(phrase string, d Deed) {
	in := t.done
	if d.Itself {
		in = t.itself
	}
	if have, taken := in[phrase]; taken && have.Done != d.Done && phrase != d.Done {
		if phrase == have.Done {
			return
		}
		d = Deed{} // it has several meanings
	}
	in[phrase] = d
	head, _, _ := strings.Cut(phrase, " ")
	t.heads[head] = max(t.heads[head], strings.Count(phrase, " ")+1)
}

// DoneBy is what a verb, as its participle, says of who did it; By is empty
// where it is no verb of which one doer is asked.
func DoneBy(participle string) Relation { return table().verbs.Get(participle) }

// Doer is the relation that a noun for a doer names: "owned by" for "owner";
// empty for other nouns.
func Doer(noun string) string { return table().doers.Get(noun) }

// Nominal is the relation that a noun for a deed names: "bought by" for
// "purchase"; empty for other nouns.
func Nominal(noun string) string { return table().deeds.Get(noun) }

// Longest is the most words of a phrase in deeds.txt that begins with the
// participle, 0 where none does.
func Longest(participle string) int { return table().heads.Get(participle) }

// DeedOf finds the longest phrase that the words said begin with, the first being a
// participle; n is how many words it has, 0 where there is none. Of two
// meanings alike in length, theme says which: whether the words have an object.
func DeedOf(said []string, theme bool) (d Deed, n int) {
	t := table()
	for n = min(len(said), t.heads.Get(said[0])); n > 0; n-- {
		phrase := strings.Join(said[:n], " ")
		done, itself := t.done.Get(phrase), t.itself.Get(phrase)
		switch {
		case done.Done != "" && (theme || !t.itself.Has(phrase) && n > 1):
			return done, n
		case itself.Done != "":
			return itself, n
		}
	}
	return Deed{}, 0
}
