package name

import (
	"crosscheck/claim"
	"crosscheck/extract/name/lexicon"
)

// In a headline every word may have a capital, and the model takes verbs and
// plain nouns for parts of names ("Divides Montevideo"). A document that also
// has usual writing shows there which words are names: in its headlines only
// those are believed, what the lists know, and words that no dictionary has.

// headline reports whether the sentence's capitals need such a witness, and the
// document can give it.
func (f *finder) headline() bool {
	return (f.style == titled || f.style == brief) && f.evidence.prose
}

// believed reports whether the words of a headline from i to end are a name by
// more than their capitals.
func (f *finder) believed(i, end int) bool {
	if _, size := f.reader.Known(i); size == end-i {
		return true
	}
	if headKind(f.words[i:end]) != "" || f.set(i)&lexicon.Given != 0 && f.set(end-1)&lexicon.Family != 0 {
		return true
	}
	return f.witnessed(i, end) == end
}

// witnessed is where the words end, from i on, that the document's text writes
// with a capital or that no dictionary has.
func (f *finder) witnessed(i, end int) int {
	for i < end {
		if w := &f.words[i]; startsUpper(w.Text) && commonWord(w.Lower) && f.evidence.words[w.Lower]&capital == 0 {
			break
		}
		i++
	}
	return i
}

// parts appends the names among words that are no name as a whole: what the
// lists know, and words that the text writes with capitals side by side.
func (f *finder) parts(names []named, i, end int, kind claim.MentionKind) []named {
	for j := i; j < end; {
		known, size := f.reader.Known(j)
		if stop := f.witnessed(j, end); stop-j > max(size, 1) {
			names = append(names, f.name(j, stop, kind, ruleLabel(kind)))
			j = stop
			continue
		}
		if size == 0 || j+size > end {
			j++
			continue
		}
		n := f.name(j, j+size, claim.Place, rulePlace)
		if _, list, ok := lexicon.Canonical(n.text); ok {
			n.kind, n.rule = kindOf(list), ruleOfList(list)
			names = append(names, n)
		} else if known == lexicon.Place && !f.calendar(j, j+size) && (size > 1 || !commonWord(f.words[j].Lower)) {
			names = append(names, n)
		}
		j += size
	}
	return names
}
