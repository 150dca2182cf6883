package date

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// year reads a bare year where the words about it show that it is one.
func (r *reader) year(i int) (item, bool) {
	if it, ok := r.decade(i); ok {
		return it, true
	}
	y, next, ok := r.yearAt(i)
	if !ok {
		return r.early(i)
	}
	if !r.free(i) {
		return item{}, false
	}
	if it, ok := r.yearFirst(i, next, y); ok {
		return it, true
	}
	if r.heads(i, next, y) {
		r.row = row{block: r.sentence.Block, year: y, set: true}
	} else if !r.yearShows(i, next, y) {
		return item{}, false
	}
	return item{first: i, next: next, Period: claim.Year(y), rule: &ruleYear}, true
}

// early reads a year of three digits, which is one only where nothing follows
// that it could count: "in 814 he died", "until at least 523, when".
func (r *reader) early(i int) (item, bool) {
	y, digits := r.number(i)
	if digits != 3 || y < 100 || !r.free(i) || r.trailing(i+1) {
		return item{}, false
	}
	before := i - 1
	if w := r.At(before).Lower; (w == "least" || w == "around" || w == "about") && before > 0 {
		before--
		if w == "least" {
			before--
		}
	}
	switch r.At(before).Lower {
	case "in", "since", "until", "till", "circa":
	default:
		return item{}, false
	}
	switch n := r.At(i + 1); {
	case i+1 >= len(r.Words), n.Rune == '.', n.Rune == ',', n.Rune == ';', n.Rune == ')':
	case n.Kind == numeral.Letters && n.Token < len(r.sentence.Tokens):
		switch r.sentence.Tokens[n.Token].Tag {
		case "IN", "WRB", "PRP", "CC", "VBD":
			if n.Lower == "of" {
				return item{}, false
			}
		default:
			return item{}, false
		}
	default:
		return item{}, false
	}
	return item{first: i, next: i + 1, Period: claim.Year(y), rule: &ruleYear}, true
}

// yearFirst reads "2015 November 18" and "2015, Nov. 18".
func (r *reader) yearFirst(i, next, y int) (item, bool) {
	at := r.skip(next, "", ',')
	m := starters.Get(r.At(at).Lower)
	if m.kind != monthWord || !r.At(at).Upper {
		return item{}, false
	}
	at++
	if r.IsMark(at, '.') {
		at++
	}
	d, after, ok := r.dayOfMonth(at)
	if !ok || !validDay(y, m.value, d) {
		return item{}, false
	}
	return item{first: i, next: after, Period: oneDay(y, m.value, d), rule: &ruleDay}, true
}

// row is a line of a chronology or a row of a table that a year heads: the dates
// in it are of that year.
type row struct {
	block, year int
	set         bool
}

// heads reports whether a year begins a line and is set apart from what the line
// tells: "2014  Second accord signed", "2014: second accord", or fills the first
// cell of a row.
func (r *reader) heads(i, next, y int) bool {
	if i != 0 || y < 1500 || y >= 2100 || r.sentence.Cell > 0 {
		return false
	}
	if r.sentence.Cell == 0 {
		return r.alone(i, next)
	}
	if next >= len(r.Words) {
		return false
	}
	from, to := r.Words[next-1].End, r.Words[next].Start
	switch gap := r.Text[from:min(to, from+8)]; {
	case strings.HasPrefix(gap, "\t"), strings.HasPrefix(gap, "  "):
		return r.beginsLine(r.Words[i].Start)
	}
	switch m := r.Words[next]; m.Rune {
	case ':', '–', '—':
		return true
	case '-':
		return m.Space && next+1 < len(r.Words) && r.Words[next+1].Space
	}
	return false
}

// beginsLine reports whether nothing stands before an offset in its line.
func (r *reader) beginsLine(at int) bool {
	for at > 0 && (r.Text[at-1] == ' ' || r.Text[at-1] == '\t') {
		at--
	}
	return at == 0 || r.Text[at-1] == '\n'
}

// yearShows decides whether a number of four digits is a year.
func (r *reader) yearShows(i, next, y int) bool {
	p, n := r.At(i-1), r.At(next)
	modern := y >= 1900 && y < 2100
	counted := r.countsThings(next) && n.Lower != "onwards"
	if r.quoted(i, next) {
		return false // a title
	}
	if n.Kind == numeral.Letters && (measureWords.Has(n.Lower) || scaleWord(n)) || n.Rune == '°' || n.Rune == '%' {
		return false
	}
	switch p.Lower {
	case "in", "since", "during", "until", "till", "circa", "year", "years", "early", "late", "mid":
		return !counted || modern
	case "c.", "ca.":
		return !counted && y < 2100
	case "born", "died", "b.", "d.", "est.":
		return !counted && (y >= 1500 && y < 2100)
	case ".":
		q := r.At(i - 2).Lower
		return !p.Space && (q == "b" || q == "c" || q == "ca" || q == "d" || q == "est") && !counted
	case "by", "from", "of", "to", "before", "after", "through", "between", "around", "for", "and", "or", "back", "pre", "post":
		if p.Lower == "and" || p.Lower == "or" || p.Lower == "to" || p.Lower == "for" {
			return modern && !counted && (p.Lower == "to" || p.Lower == "for" || r.afterYear(i-1))
		}
		return (y >= 1500 || r.Is(next, "until") || r.Is(next, "till")) && y < 2100 && !counted
	case "than", "about", "some", "nearly", "over", "only", "least", "approximately", "roughly", "almost":
		return false
	case ":": // "Founded: 1898", "Last year covered: 2030"
		return y < 2100 && !counted && (beginnings.Has(r.At(i-2).Lower) || beginnings.Has(r.At(i-3).Lower))
	case "(", "[":
		return n.Rune == ')' || n.Rune == ',' || n.Rune == ';' || n.Rune == '-' || n.Rune == ']' || n.Rune == ':' || modern && r.singular(next)
	}
	if y >= 1500 && y < 2100 && !counted && (strings.HasSuffix(p.Lower, "ed") || p.Lower == "built") && beginnings.Has(p.Lower) {
		return true // "tower erected 1919"
	}
	if y >= 1500 && p.Rune == ',' && i > 2 && r.endsCell(next) && r.calls(i-2) { // "the pact of Ghent, 1814"
		return true
	}
	if !modern {
		if y >= 1500 && (r.determiner(i-1) && r.At(i-1).Lower != "'s" || i == 0) && r.singular(next) {
			return true // "the 1851 census"
		}
		return r.alone(i, next) && r.sentence.Cell >= 0 && y >= 1500
	}
	switch {
	case r.alone(i, next), r.toYear(next, y):
		return true
	case n.Rune == '-' && !n.Space && r.At(next+1).Kind == numeral.Letters && !r.At(next+1).Space: // "a 1930-vintage car"
		return !measureWords.Has(r.At(next+1).Lower) && !counted
	case p.Rune == ',' || p.Rune == '/':
		return r.afterYear(i-1) || p.Rune == ',' && r.At(i-2).Upper && (n.Kind == numeral.Mark || next >= len(r.Words)) && !counted
	case i == 0:
		return !counted && (n.Kind == numeral.Mark && n.Rune != '.' && n.Rune != ')' || yearVerbs.Has(n.Lower))
	case r.determiner(i - 1):
		return n.Kind == numeral.Letters && !n.IsNumber() && !(counted && y%100 == 0)
	case p.Lower == "both" || p.Lower == "either":
		return !counted
	case p.Kind == numeral.Letters && y%100 != 0 && r.singular(next): // "the US-led 2003 invasion"
		return true
	case p.Kind == numeral.Letters && p.Upper && (i > 1 || r.sentence.Tokens[p.Token].Tag == "NNP"): // "Tokyo 2020"
		return !counted && !labelWords.Has(p.Lower)
	case p.Kind == numeral.Mark && p.Rune == '-' && p.Space:
		return !counted
	}
	return false
}

// endsCell reports whether nothing but a mark follows at i.
func (r *reader) endsCell(i int) bool {
	return i >= len(r.Words) || r.At(i).Kind == numeral.Mark && (i+1 >= len(r.Words) || r.At(i).Rune == ')')
}

// calls reports whether the word at i ends a name, markup behind it or not.
func (r *reader) calls(i int) bool {
	for i > 0 && (r.At(i).Rune == '*' || r.At(i).Rune == '_' || r.At(i).Rune == '"' || r.At(i).Rune == '”') {
		i--
	}
	return r.At(i).Upper && r.At(i).Kind == numeral.Letters
}

// quoted reports whether quotation marks hold the words [i, next) and no others.
func (r *reader) quoted(i, next int) bool {
	if m := r.At(next).Rune; m == ',' || m == '.' {
		next++
	}
	switch r.At(i - 1).Rune {
	case '"', '“', '‘', '\'', '«':
	default:
		return false
	}
	switch r.At(next).Rune {
	case '"', '”', '’', '\'', '»':
		return true
	}
	return false
}

// singular reports whether a noun in the singular follows at i, alone or behind
// adjectives: no number of four digits counts it.
func (r *reader) singular(i int) bool {
	for k := i; k < i+3; k++ {
		w := r.At(k)
		if w.Kind != numeral.Letters || w.Token >= len(r.sentence.Tokens) || w.IsNumber() {
			return false
		}
		switch r.sentence.Tokens[w.Token].Tag {
		case "NN":
			n := r.At(k + 1)
			return !measureWords.Has(w.Lower) && !collective.Has(w.Lower) && (n.Kind != numeral.Letters || n.Token >= len(r.sentence.Tokens) || r.sentence.Tokens[n.Token].Tag != "NNS")
		case "JJ":
		default:
			return false
		}
	}
	return false
}

// collective are nouns that numbers count without a plural.
var collective = words.NewSet(`staff cattle aircraft sheep fish personnel crew police series species head horsepower sq square cubic metric ton tonne gram foot mile meter metre hectare acre pound kilo kilometer kilometre watt volt strong`)

func scaleWord(w *numeral.Word) bool {
	_, ok := numeral.ScaleWord(w)
	return ok
}

// toYear reports whether "to" and a later year follow at i.
func (r *reader) toYear(i, y int) bool {
	if !r.Is(i, "to") && !r.Is(i, "through") {
		return false
	}
	later, next, ok := r.yearAt(i + 1)
	return ok && later > y && later < 2200 && !r.countsThings(next) && !measureWords.Has(r.At(next).Lower)
}

// beginnings are words of a label that asks for a year.
var beginnings = words.NewSet(`born died founded established opened built completed launched created since year birth death opening founding construction inaugurated est
	incorporated formed formation painted written composed published released recorded made finished restored discovered invented signed date dated commissioned
	erected raised installed rebuilt renovated launched expanded demolished closed abolished dissolved abandoned elected premiere debut completion launch publication release foundation establishment`)

var measureWords = words.NewSet(`people persons percent per dollars euros pounds miles km kilometers kilometres metres meters feet tons tonnes kg hours days weeks months years minutes barrels acres hectares degrees`)

var yearVerbs = words.NewSet(`was is saw marks marked had has began brought will would could may proved became ended started promises`)

var labelWords = words.NewSet(`flight boeing airbus unit resolution route highway model no number article section room channel page windows act`)

// afterYear reports whether the date before ended right before word i: years
// are listed.
func (r *reader) afterYear(i int) bool {
	return len(r.out) > 0 && r.last.next > 0 && i-r.last.next <= 1
}

// alone reports whether a year is all that the sentence or cell says.
func (r *reader) alone(i, next int) bool {
	if len(r.Words) > 6 {
		return false
	}
	for k := range r.Words {
		if (k < i || k >= next) && r.Words[k].Kind != numeral.Mark {
			return false
		}
	}
	return true
}

func (r *reader) determiner(i int) bool {
	w := r.At(i).Lower
	switch w {
	case "the", "a", "its", "their", "his", "her", "our", "this", "that", "'s":
		return true
	}
	return len(w) > 2 && (w[len(w)-2:] == "'s" || w[len(w)-2:] == "s'")
}

// countsThings reports whether a plural noun follows at i, so that a number
// before it counts.
func (r *reader) countsThings(i int) bool {
	for k := i; k < i+3; k++ {
		w := r.At(k)
		if w.Kind != numeral.Letters || w.Token >= len(r.sentence.Tokens) {
			return false
		}
		if w.Lower == "people" || w.Lower == "men" || w.Lower == "women" || w.Lower == "children" {
			return true
		}
		switch tag := r.sentence.Tokens[w.Token].Tag; tag {
		case "NNS", "NNPS":
			return true
		case "JJ", "NN", "VBN", "NNP":
		case "":
			return k == i && len(w.Lower) > 4 && w.Lower[len(w.Lower)-1] == 's' && w.Lower[len(w.Lower)-2] != 's' && !w.Upper
		default:
			return false
		}
	}
	return false
}

// yearAfter reads "the year 1000", where the noun names the year before it,
// "the year to March 2021" and "the year before".
func (r *reader) yearAfter(i int) (item, bool) {
	switch w := r.At(i + 1).Lower; w {
	case "to", "ended", "ending":
		return r.upToDate(i, i+2, "year", 1)
	case "before", "after", "earlier", "later":
		return r.eve(i)
	}
	n, digits := r.number(i + 1)
	if digits < 3 || n < 100 || n > 2999 || r.trailing(i+2) || r.countsThings(i+2) {
		return item{}, false
	}
	it := item{first: i + 1, next: i + 2, Period: claim.Year(n), rule: &ruleYear}
	if rng, ok := r.years(i + 1); ok {
		return rng, true
	}
	return it, true
}
