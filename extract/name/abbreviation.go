package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
	"crosscheck/words"
)

// abbreviations reads "Long Form (LF)": the long form becomes a name if it was
// not one yet, and the abbreviation another with the same meaning. A long form
// in small letters is no name, and nor is its abbreviation anywhere.
func (f *finder) abbreviations(names []named) []named {
	var out []named
	next := 0
	for i := 1; i+2 < len(f.words); i++ {
		short := f.words[i+1].Text
		if f.words[i].Text != "(" || f.words[i+2].Text != ")" || !isAbbreviation(short) {
			continue
		}
		from := f.spelledOut(i, short)
		if from < 0 {
			continue
		}
		if !startsUpper(f.words[i-1].Text) {
			f.forms.explain(short, named{})
			continue
		}
		long := f.name(from, i, claim.Organization, ruleOrganization)
		told := headKind(f.words[from:i])
		if told != "" {
			long.kind, long.rule = told, ruleLabel(told)
		}
		for ; next < len(names) && names[next].End <= long.Start; next++ {
			out = append(out, names[next])
		}
		for ; next < len(names) && names[next].Start < f.words[i+2].End; next++ {
			// The model knows its kind where it found the same name.
			if told == "" && names[next].End == long.End {
				long.kind, long.rule = names[next].kind, names[next].rule
			}
		}
		out = append(out, long, f.name(i+1, i+2, long.kind, ruleAbbreviation))
		f.forms.explain(short, long)
	}
	if out == nil {
		return names
	}
	return append(out, names[next:]...)
}

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
// spell it out by their first letters. Joining words may be left out of it, and
// a word may give two letters ("TV").
func (f *finder) spelledOut(end int, short string) int {
	letters := []rune(strings.ToLower(strings.TrimSuffix(strings.ReplaceAll(short, ".", ""), "s")))
	k := len(letters) - 1
	for i := end - 1; i >= 0 && end-i <= 2*len(letters)+2; i-- {
		w := f.words[i].Lower
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case first == letters[k] && !(joining.Has(w) && i > 0 && k == 0):
			k--
		case k > 0 && first == letters[k-1] && strings.ContainsRune(w, letters[k]):
			k -= 2
		case !joining.Has(w):
			return -1
		}
		if k < 0 {
			if end-i < 2 {
				return -1
			}
			return i
		}
	}
	return -1
}

var joining = words.NewSet("of the and for in on to at with de la del des du & -")

func startsUpper(s string) bool {
	if s != "" && s[0] < utf8.RuneSelf {
		return 'A' <= s[0] && s[0] <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
