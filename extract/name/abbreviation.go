package name

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
)

// abbreviations reads "Long Form (LF)": the long form becomes a name if it was
// not one yet, and the abbreviation another with the same meaning.
func (f *finder) abbreviations(names []named) []named {
	for i := 1; i+2 < len(f.words); i++ {
		short := f.words[i+1].Text
		if f.words[i].Text != "(" || f.words[i+2].Text != ")" || !isAbbreviation(short) {
			continue
		}
		from := f.spelledOut(i, short)
		if from < 0 {
			continue
		}
		long := f.name(from, i, claim.Organization, ruleOrganization)
		if things[f.words[from].Lower] || things[f.words[i-1].Lower] {
			long.kind, long.rule = claim.Other, ruleOther
		}
		at := slices.IndexFunc(names, func(n named) bool { return n.End > long.Start })
		if at < 0 {
			at = len(names)
		}
		end := at
		for end < len(names) && names[end].Start < f.words[i+2].End {
			// The model knows its kind where it found the same name.
			if names[end].End == long.End && names[end].rule != ruleAbbreviation {
				long.kind, long.rule = names[end].kind, names[end].rule
			}
			end++
		}
		abbreviation := f.name(i+1, i+2, long.kind, ruleAbbreviation)
		names = slices.Replace(names, at, end, long, abbreviation)
		f.forms.explain(short, long)
	}
	return names
}

// things are first or last words of agreements, laws and events.
var things = words("agreement accord accords treaty memorandum act law convention protocol pact strategy plan program programme project war summit prize award cup championship initiative framework")

func isAbbreviation(s string) bool {
	if len(s) < 2 || len(s) > 10 {
		return false
	}
	upper := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case !unicode.IsLetter(r) && r != '-' && r != '.' && r != '&':
			return false
		}
	}
	return upper*2 > len(s) && startsUpper(s)
}

// spelledOut is the index of the word that begins the long form of an
// abbreviation, which ends before word end; -1 when the words before do not
// spell it out. Small words count only when their letter is needed.
func (f *finder) spelledOut(end int, short string) int {
	letters := []rune(strings.ToLower(strings.ReplaceAll(short, ".", "")))
	k := len(letters) - 1
	from := -1
	for i := end - 1; i >= 0 && end-i <= 2*len(letters)+2 && k >= 0; i-- {
		w := &f.words[i]
		r, _ := utf8.DecodeRuneInString(w.Lower)
		small := !startsUpper(w.Text)
		switch {
		case small && !unicode.IsLetter(r) && w.Text != "-" && w.Text != "&":
			return -1
		case r == letters[k]:
			k--
		case !small && !f.innerLetter(w.Lower, letters, &k):
			return -1
		case small && !joining[w.Lower]:
			return -1
		}
		if !small {
			from = i
		}
	}
	if k >= 0 || from < 0 || !startsUpper(f.words[from].Text) || end-from < 2 {
		return -1
	}
	return from
}

// innerLetter takes letters that a word gives beyond its first: "TV" for "Television".
func (f *finder) innerLetter(word string, letters []rune, k *int) bool {
	for j := *k; j >= 0 && j > *k-3; j-- {
		if r, _ := utf8.DecodeRuneInString(word); r == letters[j] && strings.Contains(word, string(letters[*k])) {
			*k = j - 1
			return true
		}
	}
	return false
}

var joining = words("of the and for in on to at de la del des du & -")

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
