package name

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/extract/name/lexicon"
	"crosscheck/words"
)

// A capital stands for its country's government where it does what only
// governments do: "Beijing rejected the offer", but not "in Beijing".

// spokesman is the country that the name of a capital from word i to end speaks
// for: it is the subject, alone or with others, of a government's verb. "" for none.
func (f *finder) spokesman(n *named) string {
	i, end := f.at(n.Start), f.at(n.End)
	if n.kind == claim.Group || i > 0 && (f.words[i-1].Tag == "IN" || f.words[i-1].Tag == "TO" || startsUpper(f.words[i-1].Text) && i > 1) {
		return ""
	}
	if !f.governs(end) {
		return ""
	}
	country, _ := lexicon.CapitalOf(n.text)
	return country
}

// speaksFor reports whether the capital's country is meant: the document speaks
// of states, and names nobody who is called like the capital. For one that is a
// given name too ("Sofia wants") the document must name that very country.
func (f *forms) speaksFor(n *named) bool {
	if n.country == "" || !f.states || len(f.people[folded(n.text)]) > 0 {
		return false
	}
	given := lexicon.Find(lexicon.HashOf(strings.ToLower(n.text))).Set&lexicon.Given != 0
	return !given || n.kind != claim.Person && f.votesFor(n.country) != nil
}

// at is the index of the first word that does not end before an offset.
func (f *finder) at(offset int) int {
	low, high := 0, len(f.words)
	for low < high {
		if mid := (low + high) / 2; f.words[mid].End <= offset {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// governs reports whether a government's verb begins at word i, behind
// auxiliaries and adverbs, or behind "and" and another name.
func (f *finder) governs(i int) bool {
	if i+1 < len(f.words) && f.words[i].Lower == "and" && startsUpper(f.words[i+1].Text) {
		for i++; i < len(f.words) && startsUpper(f.words[i].Text); i++ {
		}
	}
	for steps := 0; i < len(f.words) && steps < 4; i, steps = i+1, steps+1 {
		w := &f.words[i]
		if governing.Has(w.Lower) {
			return true
		}
		if w.Tag != "RB" && w.Tag != "MD" && !auxiliary.Has(w.Lower) {
			return false
		}
	}
	return false
}

var auxiliary = words.NewSet("has have had is was will would can could may might must should did does do not also to be been being n't")

// governing are the forms of the verbs of governments.
var governing = func() *words.Set {
	forms := []string{"said says saying withdrew withdraws sought seeks wrote hit withdrawn denied denies denying threatened vetoed vetoes swore"}
	for stem := range strings.FieldsSeq(`announce agree sign want impose accuse deny reject warn insist urge pledge vow refuse approve recognise recognize condemn
		demand propose ratify withdraw threaten expel recall seek hope believe consider support oppose order sanction retaliate respond summon negotiate
		offer block suspend claim declare maintain argue acknowledge admit confirm call back favour favor promise plan intend fear`) {
		base := strings.TrimSuffix(stem, "e")
		if y, ok := strings.CutSuffix(stem, "y"); ok {
			forms = append(forms, stem, y+"ies", y+"ied", stem+"ing")
			continue
		}
		forms = append(forms, stem, stem+"s", base+"ed", base+"ing")
	}
	return words.NewSet(strings.Join(append(forms, "expelled expelling planned planning"), " "))
}()
