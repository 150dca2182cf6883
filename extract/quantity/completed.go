package quantity

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/token"
)

// longestUnit bounds the words that can be a unit: "million US dollars per year".
const longestUnit = 40

// Completed reads a bare number again with a unit that stands elsewhere, in a
// table's label or head: "310" under "Damage, million USD" is $310 million. It
// reports false where the words are no unit, so that nothing counted is one.
func Completed(number, unit string, habit numeral.Habit) (claim.Value, bool) {
	unit = strings.TrimPrefix(strings.TrimSpace(unit), "in ")
	if unit == "" || len(unit) > longestUnit || len(number) > longestUnit || strings.ContainsAny(unit, "0123456789\n") {
		return claim.Value{}, false
	}
	unit = pluralScales.Replace(unit)
	text := number + " " + unit
	if sign := strings.IndexFunc(unit, func(r rune) bool { return symbols[r] == "" }); sign > 0 { // "$m"
		text = unit[:sign] + number + unit[sign:]
	}
	s := token.Sentence{Span: document.Span{End: len(text)}}
	s.Tokens = token.Tokenize(text, s.Span, nil, nil)
	token.Tag(s.Tokens)
	found := Find(text, &s, nil, habit)
	if len(found) != 1 || found[0].Len() != len(text) {
		return claim.Value{}, false
	}
	return found[0].Value, true
}

// pluralScales are scales as heads of columns have them: "millions of dollars".
var pluralScales = strings.NewReplacer("thousands of ", "thousand ", "millions of ", "million ", "billions of ", "billion ",
	"thousands", "thousand", "millions", "million", "billions", "billion", "Thousand", "thousand", "Million", "million", "Billion", "billion")
