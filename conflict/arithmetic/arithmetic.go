// Package arithmetic finds what does not add up inside one document: parts that
// miss their total, shares that pass 100%, "rose 4.5% from X to Y", a headline
// that the body contradicts.
//
// In come documents and their claims, as package conflict takes them; out come
// conflicts of kind arithmetic, open, with two positions: what is said, and what
// the rest of the document makes of it. It compares no two documents, needs no
// database and no clock, and reads each document once.
//
// Numbers are the intervals that their words leave open, so parts that were
// rounded and miss a rounded total by less than rounding allows are no finding.
// It is meant to be quiet: where the words between the numbers do not say
// plainly what is to be added up, nothing is.
package arithmetic

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/document"
)

// How sure each kind of finding is, which is all that its severity says: a sum
// that the text calls a total asks less of the reader than a list in brackets.
const (
	plain    = 0.8 // a total, a table, a rate over a term, a change from one to another
	likely   = 0.65
	possible = 0.55 // a list whose things are called otherwise than their total
)

// finding is something that does not add up.
type finding struct {
	said     value
	parts    []value
	gives    claim.Quantity // what the parts come to
	question string
	reason   string
	severity float64
}

// Check finds what does not add up in each of the documents, most severe first.
// Copies of one text make one conflict, with an appearance for each. An error is
// ctx's.
func Check(ctx context.Context, docs []conflict.Document, claims []claim.Appearance) ([]conflict.Conflict, error) {
	of := make(map[string][]claim.Appearance)
	for _, a := range claims {
		of[a.Document] = append(of[a.Document], a)
	}
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b conflict.Document) int { return cmp.Compare(a.Path, b.Path) })
	copies := make(map[string][]string) // text and title → paths
	var first []conflict.Document
	for _, d := range docs {
		key := d.Title + "\x00" + d.Text
		if copies[key] == nil {
			first = append(first, d)
		}
		copies[key] = append(copies[key], d.Path)
	}
	var out []conflict.Conflict
	for _, d := range first {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		found := check(d, of[d.Path])
		if len(found) == 0 {
			continue
		}
		in := newPlaces(copies[d.Title+"\x00"+d.Text], of)
		for _, f := range found {
			out = append(out, f.conflict(in))
		}
	}
	slices.SortStableFunc(out, func(a, b conflict.Conflict) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// check finds what does not add up in one document. A value that was found to
// miss its parts once is not held against others.
func check(d conflict.Document, claims []claim.Appearance) []finding {
	var found []finding
	lines := linesOf(claims)
	for _, l := range lines {
		for _, read := range []func(line) []finding{totals, remainders, contained, changes, shares, rates} {
			found = append(found, read(l)...)
		}
	}
	found = append(found, tables(d.Text, lines)...)
	found = append(found, headline(d, lines)...)
	slices.SortStableFunc(found, func(a, b finding) int { return cmp.Compare(b.severity, a.severity) })
	taken := make(map[int]bool)
	return slices.DeleteFunc(found, func(f finding) bool {
		again := taken[f.said.at.Span.Start]
		taken[f.said.at.Span.Start] = true
		return again
	})
}

// conflict turns a finding of one text into a conflict of all its copies.
func (f finding) conflict(in places) conflict.Conflict {
	out := conflict.Conflict{
		Kind: conflict.Arithmetic, Status: conflict.Open, Severity: f.severity, Origins: 1,
		Question: f.question, Reason: f.reason,
		Positions: []conflict.Position{
			{Value: f.said.at.Claim.Value, Origins: 1, Appearances: in.of(f.said)},
			{Value: claim.Value{Quantity: &f.gives}, Origins: 1, Appearances: in.of(f.parts...)},
		},
	}
	h := sha256.New()
	for _, p := range out.Positions {
		for _, a := range p.Appearances {
			fmt.Fprintf(h, "%q %q %d %d\n", a.Document, a.Version, a.Span.Start, a.Span.End)
		}
	}
	out.ID = hex.EncodeToString(h.Sum(nil)[:8])
	return out
}

// places is where the claims of a text and its copies stand.
type places []map[document.Span][]claim.Appearance

func newPlaces(paths []string, of map[string][]claim.Appearance) places {
	var in places
	for _, path := range paths {
		at := make(map[document.Span][]claim.Appearance, len(of[path]))
		for _, a := range of[path] {
			at[a.Span] = append(at[a.Span], a)
		}
		in = append(in, at)
	}
	return in
}

// of finds the appearances of some values in all copies of their text.
func (in places) of(values ...value) []claim.Appearance {
	var out []claim.Appearance
	for _, at := range in {
		for _, v := range values {
			same := func(a claim.Appearance) bool { return a.Rule == v.at.Rule && a.Claim.ID() == v.at.Claim.ID() }
			if i := slices.IndexFunc(at[v.at.Span], same); i >= 0 {
				out = append(out, at[v.at.Span][i])
			}
		}
	}
	return out
}

// about is what a value is said of, in words.
func about(v value) string {
	c := v.at.Claim
	switch {
	case c.Subject == "" || strings.EqualFold(c.Subject, c.Attribute):
		return c.Attribute
	case c.Attribute == "":
		return c.Subject
	}
	return c.Attribute + ", " + c.Subject
}
