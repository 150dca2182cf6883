package quantity

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// mayPrefix reports cheaply whether a word of letters can begin an amount of
// money: digits or a symbol follow it.
func (r *reader) mayPrefix(i int) bool {
	if i+1 >= len(r.Words) {
		return false
	}
	switch next := &r.Words[i+1]; next.Kind {
	case numeral.Digits:
		return len(r.Words[i].Lower) <= 6
	case numeral.Mark:
		return len(r.Words[i].Lower) <= 6 && (symbols[next.Rune] != "" || next.Rune == '.' && !next.Space)
	case numeral.Letters:
		return r.At(i+2).Kind == numeral.Digits && nations[r.Words[i].Lower] != nil
	}
	return false
}

func (r *reader) currencyStarts(i int) bool {
	code, _ := r.prefix(i)
	return code != ""
}

// prefix reads the currency before a number: "$", "US$", "C $", "USD ", "Rs.",
// "malaysian ringgit".
func (r *reader) prefix(i int) (code string, next int) {
	w := r.At(i)
	if code, ok := symbols[w.Rune]; ok {
		if national := nationalDollars[r.At(i+1).Lower]; w.Rune == '$' && len(national) > 0 && len(r.At(i+1).Lower) > 1 && !r.At(i+1).Space { // "$US 500"
			return national, i + 2
		}
		return code, i + 1
	}
	if w.Kind != numeral.Letters {
		return "", i
	}
	at := i + 1
	if r.IsMark(at, '.') && !r.At(at).Space {
		at++
	}
	if r.IsMark(at, '$') {
		if r.At(at).Space && w.Lower == "us" && !w.Upper { // "told us $200 million"
			return "", i
		}
		if code := nationalDollars[w.Lower]; code != "" && (len(w.Lower) > 1 || !r.At(at).Space || r.At(at+1).Space) {
			return code, at + 1
		}
		if isoCodes.Has(upper(w.Lower)) {
			return upper(w.Lower), at + 1
		}
		return "", i
	}
	if r.At(at).Kind != numeral.Digits && !(r.IsMark(at, '.') && r.At(at+1).Kind == numeral.Digits) {
		if family, ok := coinOf(r.At(at).Lower); ok && r.At(at+1).Kind == numeral.Digits && family.family == "ringgit" {
			if code := ofNation(w.Lower, family.family); code != "" {
				return code, at + 1
			}
		}
		return "", i
	}
	raw := r.Text[w.Start:w.End]
	if isoCodes.Has(raw) && raw != "ALL" && raw != "TOP" && raw != "TRY" {
		return raw, at
	}
	if isoCodes.Has(upper(raw)) && (w.Lower == "usd" || w.Lower == "eur" || w.Lower == "gbp") {
		return upper(raw), at
	}
	if code := abbreviations[w.Lower]; code != "" && w.Upper {
		return code, at
	}
	return "", i
}

func upper(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

// codeAt reads a currency after a number: a symbol, an ISO code or an
// abbreviation.
func (r *reader) codeAt(i int) (code string, next int) {
	w := r.At(i)
	if code := symbols[w.Rune]; code != "" {
		after := r.At(i + 1)
		if w.Space && after.Kind == numeral.Digits && !after.Space { // "50 $20 notes"
			return "", i
		}
		return code, i + 1
	}
	if w.Kind != numeral.Letters {
		return "", i
	}
	if code := nationalDollars[w.Lower]; code != "" && r.IsMark(i+1, '$') && !r.At(i+1).Space && !(r.At(i+2).Kind == numeral.Digits && !r.At(i+2).Space) {
		return code, i + 2
	}
	raw := r.Text[w.Start:w.End]
	if len(raw) == 3 && (isoCodes.Has(raw) || w.Lower == "usd" || w.Lower == "eur" || w.Lower == "gbp") {
		return upper(raw), i + 1
	}
	if raw == "LE" {
		return "EGP", i + 1
	}
	if code := abbreviations[w.Lower]; code != "" && (w.Upper || !w.Space || len(w.Lower) > 2) {
		return code, i + 1
	}
	return "", i
}

func sameMoney(a, b string) bool { return a == b || a == "USD" || b == "USD" }

// coin reads the currency after a number by code or by name, a nation before
// it, and a scale after it: "50 Australian dollars", "75 USD million", "99 cents".
func (r *reader) coin(a *amount, at int) bool {
	w := r.At(at)
	if code, next := r.codeAt(at); code != "" {
		if a.Ordinal || code == "ALL" && w.Space || code == "TRY" && w.Space && r.At(next).Kind == numeral.Letters {
			return false
		}
		a.kind, a.unit, a.next = claim.Money, code, next
		a.rescale(&r.Reader)
		r.smallCoin(a)
		return true
	}
	if w.Lower == "c" && w.Upper && a.Value.IsNegative() { // -10C
		a.kind, a.unit, a.next = claim.Measure, "Cel", at+1
		return true
	}
	if w.Rune == '¢' || w.Lower == "c" && !w.Upper && !w.Space || w.Lower == "p" && !w.Space && (r.speaksOf(at, "pound") || a.Plain && a.Value.LessThan(whole.Shift(2))) {
		a.kind, a.unit, a.next, a.factor = claim.Money, "USD", at+1, hundredth
		if w.Lower == "p" {
			a.unit = "GBP"
		}
		return true
	}
	if w.Kind != numeral.Letters {
		return false
	}
	if raw := r.Text[w.Start:w.End]; len(raw) == 4 && raw[0] == 'M' && isoCodes.Has(raw[1:]) && a.Scale == 0 && !a.Vague { // "20 MUSD"
		a.Value, a.Place, a.Scale = a.Value.Shift(6), a.Place+6, 6
		a.kind, a.unit, a.next = claim.Money, raw[1:], at+1
		return true
	}
	nation, name := "", at
	if _, ok := nations[w.Lower]; ok { // "Egyptian pounds", "New Zealand dollars"
		nation, name = w.Lower, at+1
	} else if twoWords.Has(w.Lower) {
		if both := w.Lower + " " + r.At(at+1).Lower; nations[both] != nil {
			nation, name = both, at+2
		}
	}
	c, ok := coinOf(r.At(name).Lower)
	if !ok {
		return false
	}
	code := r.currency(c, nation, a, name)
	if code == "" {
		return false
	}
	a.kind, a.unit, a.next = claim.Money, code, name+1
	if c.cents {
		a.factor = hundredth
	}
	if r.Is(a.next, "sterling") {
		a.unit, a.next = "GBP", a.next+1
	}
	if a.LooseScale {
		a.LooseScale = false
	}
	a.rescale(&r.Reader)
	if !c.cents {
		r.smallCoin(a)
	}
	return true
}

// currency decides what a coin's name means here, "" where it is no money.
func (r *reader) currency(c coin, nation string, a *amount, at int) string {
	if c.family == "pound" && !c.cents && nation == "" && r.At(at).Lower != "sterling" && r.At(at).Lower != "quid" && !r.poundsAreMoney(a, at) {
		return ""
	}
	if c.family == "real" && r.At(at).Lower != "reais" && r.At(at).Lower != "reals" || c.family == "won" && a.Value.LessThan(whole) {
		if nation == "" || r.At(at).Lower == "real" {
			return ""
		}
	}
	if (c.family == "crown" || c.family == "mark") && nation == "" && a.Value.LessThan(whole.Shift(2)) && r.nationNearby(at, c.family) == "" {
		return "" // what kings wear and teachers give
	}
	family := c.family
	if c.cents && family == "" {
		if nation == "" {
			return "USD"
		}
		family = "dollar"
	}
	if nation != "" {
		return ofNation(nation, family)
	}
	if c.code == "" || c.code == claim.NoCurrency {
		if code := r.nationNearby(at, family); code != "" {
			return code
		}
	}
	return c.code
}

// about is how many words before and after an amount tell of what country it is.
const about = 40

// nationNearby is the currency of a family in the one country that the words
// about i speak of; "" where they name none, or two with different ones.
func (r *reader) nationNearby(i int, family string) string {
	found := ""
	for k := max(0, i-about); k < min(len(r.Words), i+about); k++ {
		w := &r.Words[k]
		if !w.Upper || w.Kind != numeral.Letters {
			continue
		}
		code := ofNation(w.Lower, family)
		if code != "" && found != "" && code != found {
			return ""
		}
		if code != "" {
			found = code
		}
	}
	return found
}

// poundsAreMoney tells pounds sterling from pounds of weight: large round sums
// are money unless they are pounds of something.
func (r *reader) poundsAreMoney(a *amount, at int) bool {
	if r.Is(at+1, "of") || r.Is(at+1, "sterling") {
		return r.Is(at+1, "sterling")
	}
	if a.Scale >= 6 || a.Scale >= 3 && a.Vague {
		return true
	}
	return r.nationNearby(at, "pound") != "" && a.next == a.Next && !r.At(at).Upper && r.At(at-1).Rune != '-'
}

// speaksOf reports whether the words about i have a price in a currency's family, so
// that "50p" is pence.
func (r *reader) speaksOf(i int, family string) bool {
	for k := max(0, i-about); k < min(len(r.Words), i+about); k++ {
		if w := &r.Words[k]; w.Rune == '£' || w.Lower == family || w.Lower == family+"s" {
			return true
		}
	}
	return false
}

// smallCoin adds the cents after a sum: "$20 and 43c", "thirteen dollars and
// forty-five cents", "15 dollars and 50".
func (r *reader) smallCoin(a *amount) {
	at := a.next
	if a.Scale > 0 || a.Vague || a.Point {
		return
	}
	if r.Is(at, "and") {
		at++
	}
	n, ok := r.Read(at)
	if !ok || n.Ordinal || n.Vague || n.Scale > 0 || n.Value.IsNegative() || n.Value.GreaterThanOrEqual(whole.Shift(2)) {
		return
	}
	w := r.At(n.Next)
	c, isCoin := coinOf(w.Lower)
	if isCoin && c.cents || w.Rune == '¢' || (w.Lower == "c" || w.Lower == "p") && !w.Space {
		a.Value = a.Value.Add(n.Value.Mul(hundredth))
		a.Place, a.Point, a.Plain, a.next = -2, true, false, n.Next+1
		return
	}
	// "15 dollars and 50": the coin goes without saying where nothing follows
	// that the second number could count.
	named := r.At(a.next-1).Kind == numeral.Letters
	if over := n.Next >= len(r.Words) || w.Kind == numeral.Mark && !symbolic[w.Rune]; named && over && !n.Point {
		a.Value = a.Value.Add(n.Value.Mul(hundredth))
		a.Place, a.Point, a.Plain, a.next = -2, true, false, n.Next
	}
}

// symbolic are marks that begin or go on with a value.
var symbolic = map[rune]bool{'%': true, '$': true, '€': true, '£': true, '-': true, '–': true, '/': true, ':': true}

// twoWords begin the countries of two words in nations.
var twoWords = words.NewSet("new hong sri south north saudi costa united burkina ivory")
