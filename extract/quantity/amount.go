package quantity

import (
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

var (
	whole     = decimal.New(1, 0)
	hundredth = decimal.New(1, -2)
	five      = decimal.New(5, 0)
)

// amount reads a number at word i with the currency before or after it, the
// percent sign, the unit; a bare number is a count.
func (r *reader) amount(i int) (amount, bool) {
	if a, ok := r.oneUnit(i); ok {
		return a, true
	}
	code, at, minus := "", i, false
	if r.IsMark(i, '-') && !r.At(i+1).Space && r.currencyStarts(i+1) && (r.At(i).Space || i == 0) {
		at, minus = i+1, true
	}
	code, at = r.prefix(at)
	if code == "" {
		at, minus = i, false
	}
	n, ok := r.Read(at)
	if !ok || r.inDate(i, n.Next) {
		return amount{}, false
	}
	if minus {
		n.Value = n.Value.Neg()
	}
	a := amount{Number: n, first: i, next: n.Next, kind: claim.Count, factor: whole, tail: n.Next}
	switch {
	case n.Ordinal:
		if code != "" {
			return amount{}, false
		}
		a.kind = claim.Ordinal
		return a, r.ranks(&a)
	case code != "":
		a.kind, a.unit = claim.Money, code
		if isCode, next := r.codeAt(a.next); isCode != "" && sameMoney(code, isCode) { // "$5 million USD"
			a.next = next
			a.rescale(&r.Reader)
		}
		r.smallCoin(&a)
	default:
		if minus {
			return amount{}, false
		}
		r.suffix(&a)
	}
	a.tail = max(a.tail, a.next)
	return a, true
}

// rescale takes a scale word that stands after the currency: "75 USD million".
func (a *amount) rescale(r *numeral.Reader) {
	power, ok := numeral.ScaleWord(r.At(a.next))
	if ok && a.Scale == 0 && !a.Vague {
		a.Value, a.Place, a.Scale, a.Plain = a.Value.Shift(power), a.Place+power, power, false
		a.next++
	}
}

// suffix reads what follows a number: a plus or an "-odd", then percent,
// currency, time or unit.
func (r *reader) suffix(a *amount) {
	at := r.trailingHedge(a, a.next)
	if r.restated(a, at) {
		at = a.next
	}
	if r.plusMinus(a, at) {
		at = a.next
	}
	joint := at // a hyphen joins "10-year", an "a" half an hour
	switch {
	case r.IsMark(at, '-') && r.At(at).Space && r.At(at+1).Space && singularUnit(r.At(at+1).Lower):
		joint = at + 1
	case (a.Ratio || a.Spelled && a.Point) && r.Is(at, "of") && singularUnit(r.At(at+1).Lower):
		joint = at + 1
	case r.Is(at, "below") && r.Is(at+1, "zero") && a.Value.IsPositive():
		a.Value, a.kind, a.unit, a.next = a.Value.Neg(), claim.Measure, "deg", at+2
		return
	case r.IsMark(at, '-') && !r.At(at).Space && !r.At(at+1).Space && r.At(at+1).Kind == numeral.Letters:
		joint = at + 1
	case a.Ratio && (r.Is(at, "a") || r.Is(at, "an")):
		joint = at + 1
	case a.Ratio && r.Is(at, "of") && (r.Is(at+1, "a") || r.Is(at+1, "an")):
		joint = at + 2
	case a.Vague && r.Is(at, "of"):
		joint = at + 1
	case r.Is(at, "more") || r.Is(at, "extra") || r.Is(at, "additional") || r.Is(at, "further") || r.Is(at, "full") || r.Is(at, "consecutive") || r.Is(at, "straight"):
		joint = at + 1
	}
	if r.inDecade(a) || r.feetAndInches(a, at) || r.multiplied(a, at) || r.percent(a, joint) || r.coin(a, joint) || r.time(a, joint) || r.measure(a, joint) {
		return
	}
	if a.LooseScale && !r.countsThings(a.next) {
		a.unscale()
		if r.measure(a, a.next) {
			return
		}
	}
}

// singularUnit reports whether a word is a unit of time in the singular, as it
// stands after a hyphen.
func singularUnit(lower string) bool {
	_, ok := times[lower]
	return ok && len(lower) > 2
}

// plusMinus reads the error of a measurement: "9.8 ± 0.2", "5 +/- 1". The
// bounds are then as stated.
func (r *reader) plusMinus(a *amount, at int) bool {
	var next int
	switch {
	case r.IsMark(at, '±'):
		next = at + 1
	case r.IsMark(at, '+') && r.IsMark(at+1, '/') && r.IsMark(at+2, '-'):
		next = at + 3
	default:
		return false
	}
	e, ok := r.Read(next)
	if !ok || e.Vague || e.Ordinal || e.Value.IsNegative() {
		return false
	}
	a.off, a.next, a.Plain = e.Value, e.Next, false
	return true
}

// unscale takes the m of "5m" for a unit and not for a million.
func (a *amount) unscale() {
	a.Value, a.Place, a.Scale = a.Value.Shift(-a.Scale), a.Place-a.Scale, 0
	a.LooseScale, a.Next = false, a.Next-1
	a.next = a.Next
	a.tail = a.next
}

// percent reads "%", "per cent", "percentage points", "basis points".
func (r *reader) percent(a *amount, at int) bool {
	w, next := r.At(at), r.At(at+1)
	unit, n := "", 0
	switch {
	case w.Rune == '%' || w.Rune == '％':
		unit, n = "%", 1
		if next.Lower == "point" || next.Lower == "points" || next.Rune == '-' && (r.Is(at+2, "point") || r.Is(at+2, "points")) {
			unit, n = "pp", 2
			if next.Rune == '-' {
				n = 3
			}
		}
	case w.Rune == '‰':
		unit, n = "[ppth]", 1
	case w.Lower == "percent" || w.Lower == "percents" || w.Lower == "pct" || w.Lower == "pc" && !w.Upper:
		unit, n = "%", 1
		if next.Lower == "point" || next.Lower == "points" {
			unit, n = "pp", 2
		}
	case w.Lower == "per" && (next.Lower == "cent" || next.Lower == "cents"):
		unit, n = "%", 2
		if r.Is(at+2, "points") || r.Is(at+2, "point") {
			unit, n = "pp", 3
		}
	case w.Lower == "percentage" && (next.Lower == "point" || next.Lower == "points"):
		unit, n = "pp", 2
	case w.Rune == 0 && (w.Lower == "pp" || w.Lower == "ppt" || w.Lower == "ppts"):
		unit, n = "pp", 1
	case w.Lower == "basis" && (next.Lower == "point" || next.Lower == "points"):
		unit, n = "bp", 2
	case w.Lower == "bps" || w.Lower == "bp":
		unit, n = "bp", 1
	default:
		return false
	}
	if r.Is(at+n, "-") && !r.At(at+n).Space && (r.Is(at+n+1, "point") || r.Is(at+n+1, "points")) {
		unit, n = "pp", n+2
	}
	a.kind, a.unit, a.next = claim.Percent, unit, at+n
	return true
}

// time reads a unit of time and the smaller ones that follow it: "two years
// and three months" is 27 months.
func (r *reader) time(a *amount, at int) bool {
	w := r.At(at)
	if w.Kind != numeral.Letters {
		return false
	}
	code, count, ok := timeOf(w.Lower)
	if !ok && w.Lower == "h" && !w.Upper && (!w.Space || r.At(at+1).Kind != numeral.Letters) {
		code, count, ok = "h", 1, true
	}
	if !ok || code == "mo" && w.Lower == "mo" && w.Upper {
		return false
	}
	a.kind, a.unit, a.next = claim.Duration, code, at+1
	a.factor = decimal.New(count, 0)
	if a.Ratio { // a fraction of a span is said exactly: half a year
		a.Ratio, a.Point, a.Place = false, false, 0
		a.Plain = true
	}
	if r.IsMark(a.next, '-') && !r.At(a.next).Space && r.Is(a.next+1, "old") { // 34-year-old
		a.next += 2
	} else if r.Is(a.next, "old") {
		a.next++
	}
	r.andHalf(a)
	if count == 1 {
		r.smaller(a)
	}
	return true
}

// andHalf reads "an hour and a half".
func (r *reader) andHalf(a *amount) {
	if r.Is(a.next, "and") && r.Is(a.next+1, "a") && (r.Is(a.next+2, "half") || r.Is(a.next+2, "quarter")) && !r.Is(a.next+3, "of") {
		part := decimal.New(5, -1)
		if r.Is(a.next+2, "quarter") {
			part = decimal.New(25, -2)
		}
		a.Value, a.Plain, a.next = a.Value.Add(part), true, a.next+3
	}
}

// smaller reads the parts of a span or length that is said in several units,
// each exactly so many of the next: 2 h 10 min, 5 ft 2 in.
func (r *reader) smaller(a *amount) {
	for range 4 {
		at := a.next
		if r.IsMark(at, ',') {
			at++
		}
		if r.Is(at, "and") {
			at++
		}
		n, ok := r.Read(at)
		if !ok || n.Ordinal || n.Vague || r.inDate(at, n.Next) || n.Scale > 0 {
			return
		}
		unit, next := "", n.Next
		if r.IsMark(next, '-') {
			return
		}
		if a.kind == claim.Duration {
			u, count, isTime := timeOf(r.At(next).Lower)
			switch {
			case isTime && count == 1:
				unit, next = u, next+1
			case a.unit == "h" && at == a.next && (r.Is(at-1, "h") || r.Is(at-1, "hr") || r.Is(at-1, "hrs")) && n.Plain && next == at+1 && len(r.At(at).Lower) == 2 && n.Value.LessThan(decimal.New(60, 0)) && r.At(next).Kind != numeral.Digits && !r.countsThings(next):
				unit = "min" // "2 h 40", "2h40"
			default:
				return
			}
		} else if unit, next, ok = r.simpleUnit(next); !ok {
			return
		}
		times, ok := finer[a.unit+" "+unit]
		if !ok || a.Vague {
			return
		}
		a.Value = a.Value.Mul(decimal.New(times, 0)).Add(n.Value)
		a.Place, a.Point, a.Plain, a.exact = n.Place, n.Point, n.Plain, !n.Point // said to the last of them
		a.unit, a.next = unit, next
	}
}

// finer says how many of the second unit the first one holds, for the units
// that are said together.
var finer = map[string]int64{
	"a mo": 12, "wk d": 7, "d h": 24, "h min": 60, "min s": 60, "h s": 3600, "d min": 1440, "wk h": 168,
	"[ft_i] [in_i]": 12, "[yd_i] [ft_i]": 3, "[mi_i] [ft_i]": 5280, "[mi_i] [yd_i]": 1760, "[lb_av] [oz_av]": 16, "[stone_av] [lb_av]": 14,
	"km m": 1000, "m cm": 100, "kg g": 1000, "yd in": 36,
}

// measure reads a physical unit.
func (r *reader) measure(a *amount, at int) bool {
	if r.At(at).Kind == numeral.Mark && r.At(at).Space && r.At(at).Rune != '°' {
		return false
	}
	code, next, ok := r.unitAt(at)
	if !ok || a.Spelled && !r.At(at).Space && at == a.next || !r.seconds(a, at) || r.isOneIn(at) {
		return false
	}
	if a.Ratio && code != "" {
		a.Ratio, a.Plain = false, true
	}
	a.kind, a.unit, a.next = claim.Measure, code, next
	if code == "deg" && (r.Is(next, "below") && r.Is(next+1, "zero")) {
		a.Value, a.next = a.Value.Neg(), next+2
	}
	if a.unit == "[bbl_us]/d" {
		a.unit, a.per = "[bbl_us]", "day"
	}
	if a.unit == "[ft_i]" && !a.Point && !a.Ratio && a.Scale == 0 {
		if r.bareInches(a); a.unit == "[in_i]" {
			return true
		}
	}
	if r.Is(a.next, "-") && !r.At(a.next).Space {
		return true
	}
	r.smaller(a)
	return true
}

// seconds tells seconds from plurals and decades where an s is glued to the
// number: "45s", not "two 737s" and "in the 40s".
func (r *reader) seconds(a *amount, at int) bool {
	w, before := r.At(at), r.At(a.first-1)
	if w.Lower != "s" || w.Space || a.Point || a.Spelled {
		return true
	}
	tens := a.Value.Mod(decimal.New(10, 0)).IsZero()
	decade := before.Lower == "the" || before.Lower == "early" || before.Lower == "mid" || before.Lower == "late" || before.Lower == "low" || before.Lower == "high" || before.Lower == "upper" || before.Rune == '-'
	return !(tens && decade) && (tens || a.Value.LessThan(whole.Shift(2)))
}

// isOneIn reports whether the "in" at i parts a share: "one-in-five".
func (r *reader) isOneIn(i int) bool {
	return r.Is(i, "in") && r.IsMark(i-1, '-') && r.IsMark(i+1, '-') && r.numberAt(i+2)
}

// oneUnit reads "a dollar", "an ounce", "a kilometre" and "an hour and a half"
// as one of them. A unit that idioms are made of, or a span of time that only
// says when, needs a word before it that measures.
func (r *reader) oneUnit(i int) (amount, bool) {
	w := r.At(i)
	if w.Lower != "a" && w.Lower != "an" || i == r.floor && i > 0 && len(r.out) > 0 {
		return amount{}, false
	}
	next := r.At(i + 1)
	if next.Kind != numeral.Letters || next.IsNumber() {
		return amount{}, false
	}
	one := numeral.Number{First: i, Next: i + 1, Value: whole, Spelled: true}
	a := amount{Number: one, first: i, next: i + 1, kind: claim.Count, factor: whole, tail: i + 2}
	if _, ok := coinOf(next.Lower); ok && r.coin(&a, i+1) {
		return a, true
	}
	if _, _, isTime := timeOf(next.Lower); isTime {
		half := r.Is(i+2, "and") && r.Is(i+3, "a") && r.Is(i+4, "half")
		_, more := r.Read(i + 3)
		more = more && r.Is(i+2, "and")
		return a, (half || more || r.measures(i)) && r.time(&a, i+1)
	}
	switch next.Lower {
	case "foot", "ton", "mile", "yard", "cup", "stone", "bit", "amp", "degree", "turn", "barrel", "gray", "bar", "kilo", "knot", "light", "short", "long", "us", "british", "gross", "metric", "in", "m", "s":
		return amount{}, false
	}
	if len(next.Lower) < 2 || !next.Space {
		return amount{}, false
	}
	return a, r.measure(&a, i+1)
}

// measures reports whether the words about "a year" at i make it a length of
// time: "for a year", "more than a month", "a week later".
func (r *reader) measures(i int) bool {
	switch r.At(i - 1).Lower {
	case "for", "within", "over", "than", "nearly", "almost", "about", "least", "under", "around", "last", "lasted", "takes", "took", "roughly", "approximately", "up":
		return true
	}
	switch r.At(i + 2).Lower {
	case "long", "old":
		return true
	}
	return false
}
