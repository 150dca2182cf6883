package name

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"crosscheck/extract/name/lexicon"
)

// peoplish reports whether a word that no list of names has ends as the names
// of peoples do: "the Lomarians" always, "Lomarian" before a noun ("a Lomarian
// fisherman").
func (f *finder) peoplish(i int) bool {
	w := f.words[i].Lower
	one, many := strings.CutSuffix(w, "s")
	if len(w) < 6 || !strings.HasSuffix(one, "ian") && !strings.HasSuffix(one, "ean") && !(!many && strings.HasSuffix(w, "ese")) {
		return false
	}
	const personal = lexicon.Given | lexicon.Family
	if f.set(i)&(lexicon.Place|lexicon.Organization|personal) != 0 || lexicon.Find(lexicon.HashOf(one)).Set&personal != 0 {
		return false
	}
	if many || i+1 >= len(f.words) {
		return many
	}
	next := &f.words[i+1]
	r, _ := utf8.DecodeRuneInString(next.Text)
	return unicode.IsLower(r) && (strings.HasPrefix(next.Tag, "NN") || next.Tag == "JJ")
}
