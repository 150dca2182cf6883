package name

import (
	"crosscheck/claim"
	"crosscheck/extract/name/label"
	"crosscheck/extract/name/lexicon"
	"crosscheck/words"
	"strings"
)

// listed is a name that the lists are sure of: one that the model passed over,
// or one of several words that it saw as several. size is 0 for none.
func (f *finder) listed(i int) (n named, size int) {
	if n, size := f.body(i); size > 0 {
		return n, size
	}
	known, size := f.reader.Known(i)
	end := i + size
	if size == 0 && i > 0 && f.style == usual && f.labels[i] == label.Outside && startsUpper(f.words[i].Text) && f.peoplish(i) {
		return f.name(i, i+1, claim.Group, rulePeople), 1
	}
	if size == 0 || f.words[i].Folded || f.labels[i].IsInside() || end < len(f.words) && f.labels[end].IsInside() {
		return named{}, 0
	}
	if size == 1 && f.labels[i] != label.Outside {
		return named{}, 0
	}
	n = f.name(i, end, claim.Place, rulePlace)
	if _, list, ok := lexicon.Canonical(n.text); ok {
		n.kind, n.rule = kindOf(list), ruleOfList(list)
		return n, size
	}
	if size == 1 && f.set(i)&lexicon.Given == 0 {
		if _, ok := lexicon.CapitalOf(n.text); ok {
			return n, size
		}
	}
	// Places are what the lists know best: one that is nothing else is one here too.
	if known == lexicon.Place && f.labels[i] == label.Outside && (size > 1 || f.set(i) == lexicon.Place || i > 0 && locative.Has(f.words[i-1].Lower)) && !f.calendar(i, end) {
		return n, size
	}
	return named{}, 0
}

// locative are the words that mostly stand before a place.
var locative = words.NewSet("in at near from to around outside across throughout toward towards")

// set is the lists that a word stands in by itself.
func (f *finder) set(i int) lexicon.Set {
	if f.reader.Open(i) {
		return f.reader.Set(i)
	}
	return lexicon.Find(lexicon.HashOf(f.words[i].Lower)).Set &^ lexicon.Prefix
}

// body is a run of capitals that the model passed over and that ends with a legal
// form ("Harbor Lines Inc.") or, inside a sentence, as the names of bodies do
// ("its Lantern Force"). Three capitals there are a name whatever they end with,
// of a body sooner than of anything else. Only the run's first word begins one.
func (f *finder) body(i int) (n named, size int) {
	first, end := f.reader.Run(i)
	if first != i || end-i < 2 || f.words[end-1].Folded {
		return named{}, 0
	}
	last := f.words[end-1].Lower
	if !legal.Has(strings.Trim(last, ".")) && (i == 0 || f.style != usual || end-i < 3 && !bodyHeads.Has(last)) {
		return named{}, 0
	}
	for j := i; j < end; j++ {
		if f.labels[j] != label.Outside {
			return named{}, 0
		}
	}
	return f.name(i, end, claim.Organization, ruleOrganization), end - i
}

// combined is the first part of a pair of peoples: "Franco" before "-German".
func (f *finder) combined(i int) (n named, size int) {
	if i+2 >= len(f.words) || f.words[i+1].Text != "-" || f.words[i+1].Space || f.words[i+2].Space {
		return named{}, 0
	}
	country := combining[f.words[i].Lower]
	if country == "" {
		return named{}, 0
	}
	if _, list, ok := lexicon.Canonical(f.words[i+2].Text); !ok || list != lexicon.People {
		return named{}, 0
	}
	n = f.name(i, i+1, claim.Group, rulePeople)
	n.canonical = country
	return n, 1
}

// combining are the forms of peoples' names before another's.
var combining = map[string]string{
	"afro": "Africa", "anglo": "United Kingdom", "austro": "Austria", "euro": "Europe", "finno": "Finland", "franco": "France", "germano": "Germany",
	"graeco": "Greece", "greco": "Greece", "hispano": "Spain", "indo": "India", "italo": "Italy", "luso": "Portugal", "russo": "Russia", "sino": "China", "turco": "Turkey",
}
