package extract

import (
	"strings"

	"crosscheck/claim"
)

// A name that no list holds and nothing tells for one, "Brandvik", is still one
// where a word asks for who did something: "the contractor was Brandvik".

// unlisted is the proper noun that begins at token i and is no mention, as the
// name of an organization, or nil.
func (l *line) unlisted(i int) *mention {
	const most = 4
	if i >= len(l.tokens) {
		return nil
	}
	end := i
	for end < len(l.tokens) && end < i+most && l.within[end] < 0 && l.isCapitalised(end) {
		end++
	}
	if end == i || end < len(l.tokens) && l.within[end] >= 0 || end-i == 1 && len(l.tokens[i].Text) < 3 {
		return nil
	}
	span := l.tokenSpan(i, end)
	name := &claim.Entity{Name: oneLine(span.Of(l.doc.Text)), Type: claim.Organization}
	return &mention{Mention: claim.Mention{Span: span, Kind: claim.Organization, Value: claim.Value{Entity: name}}, first: i, last: end}
}

// isCapitalised reports whether token i is tagged a proper noun and looks like one.
func (l *line) isCapitalised(i int) bool {
	t := &l.tokens[i]
	return strings.HasPrefix(t.Tag, "NNP") && t.Text[0] >= 'A' && t.Text[0] <= 'Z'
}

// unlistedAt is the proper noun that the noun phrase p is, but for an article,
// inside a sentence of prose, or nil.
func (l *line) unlistedAt(p int) *mention {
	f := l.phrases[p]
	first := f.first
	if first < f.last && l.tokens[first].Lower == "the" {
		first++
	}
	if first == 0 || first >= f.last || !l.isCapitalised(first) {
		return nil
	}
	if m := l.unlisted(first); m != nil && m.last == f.last {
		return m
	}
	return nil
}
