package desk

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// maxAccountName is how many letters the name of an account may have.
const maxAccountName = 64

// takenNames stand for somebody else where names of accounts stand: who opens the
// desk without an account, the nights, nobody.
var takenNames = []string{Owner, Night, "nobody"}

// CheckName reports what is wrong with a name for an account, as a *Refused; nil
// for nothing. A name stands in commands, addresses and beside a verdict, so it is one
// word: letters, digits, and . _ - @ between them.
func CheckName(name string) error {
	switch {
	case name == "":
		return &Refused{Why: "give the account a name"}
	case !utf8.ValidString(name) || utf8.RuneCountInString(name) > maxAccountName:
		return &Refused{Why: fmt.Sprintf("a name has at most %d letters", maxAccountName)}
	case slices.Contains(takenNames, FoldName(name)):
		return &Refused{Why: fmt.Sprintf("%s is not to be had: it stands for somebody else", name)}
	}
	for i, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || i > 0 && (unicode.IsMark(r) || strings.ContainsRune("._-@", r)) {
			continue
		}
		return &Refused{Why: "a name is one word of letters and digits, with . _ - @ behind the first: such as m.keller"}
	}
	return nil
}

// FoldName is the name of an account without what does not tell two accounts apart:
// capital letters, and the ways of writing an accent.
func FoldName(name string) string {
	return cases.Fold().String(norm.NFC.String(strings.TrimSpace(name)))
}
