package extract

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/words"
)

// Who has told a unit spares it the next time: "four minutes instead of 35",
// "it was to cost 7.1 billion crowns and cost 12.4", "the oldest was 98".

// spared gives the bare number of mention i the unit, or the currency and the
// scale, that its text leaves out.
func (r *reader) spared(l *line, i int, at place, v claim.Value, attribute string) claim.Value {
	m := &l.mentions[i]
	if m.Kind != claim.Count || v.Quantity.Unit != "" {
		return v
	}
	number := m.Of(l.doc.Text)
	if scaled(number) {
		if currency := r.currencyOf(l, i); currency != "" && (l.sums(i, attribute) || r.inMoney() && l.mayBeSum(m, at)) {
			return withUnit(v, currency)
		}
		return v
	}
	if !l.endsPhrase(m) {
		return v
	}
	if unit := cmp.Or(l.likened(i), r.unitBefore(l, m, at)); unit != "" {
		return withUnit(v, unit)
	}
	if r.scale > 0 && r.scaleAt == l.sentence.Block && v.Quantity.Number.Valid && isSum(attribute) && l.follows(m) {
		if n := v.Quantity.Number.Decimal.Shift(r.scale); within(n, r.sum) {
			q := *v.Quantity
			q.Number.Decimal = n
			q.Low.Decimal, q.High.Decimal = q.Low.Decimal.Shift(r.scale), q.High.Decimal.Shift(r.scale)
			if q.Unit = r.currencyOf(l, i); q.Unit == "" {
				q.Unit = claim.NoCurrency
			}
			return claim.Value{Quantity: &q}
		}
	}
	for w := range strings.SplitSeq(attribute, " ") {
		if w == "oldest" || w == "youngest" || w == "aged" || w == "age" {
			return withUnit(v, "a")
		}
	}
	return v
}

// endsPhrase reports whether nothing is counted by a number: its phrase ends with
// it, and no "of" follows.
func (l *line) endsPhrase(m *mention) bool {
	return m.last == l.phrases[l.of[m.first]].last && (m.last >= len(l.tokens) || l.tokens[m.last].Lower != "of")
}

// follows reports whether a clause ends behind a number.
func (l *line) follows(m *mention) bool {
	if m.last >= len(l.tokens) {
		return true
	}
	switch l.phrases[l.of[m.last]].kind {
	case comma, stop, joint, closes:
		return true
	}
	return l.tokens[m.last].Tag == "."
}

// likeners set a number beside another of its kind.
var likeners = words.NewSet("of than against with to from versus")

// likened is the unit of the value that the bare number of mention i is set
// beside: "four minutes instead of 35", "80 percent, up from 43".
func (l *line) likened(i int) string {
	const near = 8 // tokens between the two
	m := &l.mentions[i]
	if i == 0 || m.first < 2 || !likeners.Has(l.tokens[m.first-1].Lower) || !l.follows(m) {
		return ""
	}
	switch l.tokens[m.first-1].Lower {
	case "of":
		if l.tokens[m.first-2].Lower != "instead" {
			return ""
		}
	case "than":
		if l.tokens[m.first-2].Lower != "rather" {
			return ""
		}
	case "with":
		if w := l.tokens[m.first-2].Lower; w != "compared" && w != "contrasted" {
			return ""
		}
	}
	before := &l.mentions[i-1]
	if m.first-before.last > near || before.Value.Quantity == nil {
		return ""
	}
	switch before.Kind {
	case claim.Percent, claim.Measure, claim.Duration:
		return before.Value.Quantity.Unit
	}
	return ""
}

// within reports whether two sums are of one order, so that one may have been
// told with the scale of the other.
func within(a, b decimal.Decimal) bool {
	ten := decimal.NewFromInt(10)
	return a.IsPositive() && b.IsPositive() && a.LessThan(b.Mul(ten)) && b.LessThan(a.Mul(ten))
}

// scaleOf is the power of ten that a sum is told in, 0 where none is.
func scaleOf(sum string) int32 {
	number := strings.ToLower(sum)
	if digits := strings.LastIndexAny(number, "0123456789"); digits >= 0 { // up to the word behind them
		digits++
		if word := strings.IndexByte(strings.TrimLeft(number[digits:], " "), ' '); word >= 0 {
			number = strings.TrimRight(number[:len(number)-len(strings.TrimLeft(number[digits:], " "))+word], " ")
		}
	}
	for _, s := range [...]struct {
		suffix string
		power  int32
	}{{"trillion", 12}, {"billion", 9}, {"million", 6}, {"bn", 9}, {"mn", 6}, {"tn", 12}, {"crore", 7}, {"lakh", 5}} {
		if strings.HasSuffix(number, s.suffix) {
			return s.power
		}
	}
	return 0
}
