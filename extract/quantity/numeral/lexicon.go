package numeral

import (
	"strings"

	"crosscheck/words"
)

// class is the part a word plays in a number.
type class uint8

const (
	none     class = iota
	unit           // zero to nine
	teen           // ten to nineteen
	tens           // twenty to ninety
	hundred        // hundred
	scale          // thousand, million, lakh: value is the power of ten
	dozen          // dozen, score: value is what it stands for
	ordinal        // first to nineteenth, twentieth: value, or power of ten for hundredth
	fraction       // half, quarter: value is the denominator
	article        // a, an
	negative       // minus, negative
	vague          // several, few, couple: no one number
	joiner         // and, point, of, over, in, out: only inside a number
	multiple       // doubled, twice, threefold: how many times as much; no part of a number
)

type entry struct {
	class class
	value int32
	// plural marks "thirds", "millions", "dozens".
	plural bool
	// power marks an ordinal whose value is a power of ten, "hundredth", and a
	// multiple that divides by two.
	power bool
}

var units = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
var teens = [...]string{"ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
var decades = [...]string{2: "twenty", 3: "thirty", 4: "forty", 5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty", 9: "ninety"}

var ordinals = [...]string{1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth",
	10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth", 14: "fourteenth", 15: "fifteenth", 16: "sixteenth",
	17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth", 30: "thirtieth", 40: "fortieth", 50: "fiftieth",
	60: "sixtieth", 70: "seventieth", 80: "eightieth", 90: "ninetieth"}

// scales are the words for powers of ten, the short scale of today's English
// and the Indian one.
var scales = map[string]int32{
	"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15, "quintillion": 18,
	"lakh": 5, "lac": 5, "crore": 7, "milliard": 9,
	"mln": 6, "mio": 6, "bln": 9, "tln": 12, "trn": 12, "bn": 9, "mn": 6,
}

// lexicon is every word that has a part in a number, in lower case.
var lexicon = words.NewMap(buildLexicon())

func buildLexicon() map[string]entry {
	m := map[string]entry{
		"nought": {class: unit}, "naught": {class: unit}, "fourty": {class: tens, value: 40},
		"hundred": {class: hundred, value: 2}, "hundreds": {class: hundred, value: 2, plural: true},
		"dozen": {class: dozen, value: 12}, "dozens": {class: dozen, value: 12, plural: true},
		"doz": {class: dozen, value: 12}, "dozs": {class: dozen, value: 12}, "dz": {class: dozen, value: 12}, "dzs": {class: dozen, value: 12},
		"scores": {class: dozen, value: 20, plural: true},
		"half":   {class: fraction, value: 2}, "halves": {class: fraction, value: 2, plural: true},
		"quarter": {class: fraction, value: 4}, "quarters": {class: fraction, value: 4, plural: true},
		"a": {class: article, value: 1}, "an": {class: article, value: 1},
		"minus": {class: negative}, "negative": {class: negative},
		"several": {class: vague}, "few": {class: vague}, "couple": {class: vague, value: 2},
		"tens": {class: dozen, value: 10, plural: true},
		"and":  {class: joiner}, "point": {class: joiner},
	}
	for i, w := range units {
		m[w] = entry{class: unit, value: int32(i)}
	}
	for i, w := range teens {
		m[w] = entry{class: teen, value: int32(10 + i)}
	}
	for i, w := range decades {
		if w != "" {
			m[w] = entry{class: tens, value: int32(10 * i)}
		}
	}
	for i, w := range ordinals {
		if w != "" {
			m[w] = entry{class: ordinal, value: int32(i)}
			m[w+"s"] = entry{class: ordinal, value: int32(i), plural: true}
		}
	}
	delete(m, "seconds") // always the unit of time
	delete(m, "firsts")
	for i, w := range [...]string{2: "double", 3: "triple", 4: "quadruple", 5: "quintuple"} {
		if w != "" {
			e := entry{class: multiple, value: int32(i)}
			m[w], m[w+"d"], m[strings.TrimSuffix(w, "e")+"ing"] = e, e, e
		}
	}
	m["trebled"], m["trebling"] = m["tripled"], m["tripled"]
	m["halved"] = entry{class: multiple, power: true}
	m["halving"] = m["halved"]
	m["twice"], m["thrice"] = entry{class: multiple, value: 2}, entry{class: multiple, value: 3}
	for w, e := range map[string]entry{"hundred": {value: 100}, "thousand": {value: 1000}, "twenty": {value: 20}} {
		m[w+"fold"] = entry{class: multiple, value: e.value}
	}
	for i, w := range append(units[:], teens[:3]...) {
		if i > 1 {
			m[w+"fold"] = entry{class: multiple, value: int32(i)}
		}
	}
	m["hundredth"] = entry{class: ordinal, value: 2, power: true}
	m["hundredths"] = entry{class: ordinal, value: 2, power: true, plural: true}
	for w, e := range scales {
		m[w] = entry{class: scale, value: e}
		if len(w) > 2 {
			m[w+"s"] = entry{class: scale, value: e, plural: true}
			m[w+"th"] = entry{class: ordinal, value: e, power: true}
			m[w+"ths"] = entry{class: ordinal, value: e, power: true, plural: true}
		}
	}
	return m
}

// vulgar are the fractions with a character of their own: numerator and denominator.
var vulgar = map[rune][2]int64{
	'¼': {1, 4}, '½': {1, 2}, '¾': {3, 4}, '⅐': {1, 7}, '⅑': {1, 9}, '⅒': {1, 10}, '⅓': {1, 3}, '⅔': {2, 3},
	'⅕': {1, 5}, '⅖': {2, 5}, '⅗': {3, 5}, '⅘': {4, 5}, '⅙': {1, 6}, '⅚': {5, 6}, '⅛': {1, 8}, '⅜': {3, 8}, '⅝': {5, 8}, '⅞': {7, 8},
}

// letterScales are the letters that follow digits as a power of ten. Those in
// money mean a scale only beside a currency, for "5m" may be five metres.
var letterScales = map[string]struct {
	power     int32
	onlyMoney bool
}{
	"k": {3, false}, "mn": {6, false}, "bn": {9, false}, "tn": {12, false}, "trn": {12, false},
	"mln": {6, false}, "bln": {9, false}, "tln": {12, false}, "mm": {6, true}, "mil": {6, true},
	"m": {6, true}, "b": {9, true}, "t": {12, true}, "cr": {7, false}, "lac": {5, false},
}
