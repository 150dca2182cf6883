package conflict

import (
	"fmt"
	"slices"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// perYear is how often a year holds the time that a rate goes by.
var perYear = map[string]int64{"year": 1, "quarter": 4, "month": 12, "week": 52, "day": 365}

var rateRung = &rung{
	name:   "rate against total",
	intent: "one is a rate, the other what it comes to over a term that the texts speak of",
	try: func(a, b *answer) outcome {
		if b.Value.Quantity.Per != "" && a.Value.Quantity.Per == "" {
			a, b = b, a
		}
		rate, total := *a.Value.Quantity, *b.Value.Quantity
		if oneRate(a, b) || rate.Change != total.Change {
			return clash
		}
		if _, byTime := perYear[rate.Per]; !byTime || total.Per != "" {
			if _, _, ok := bring(rate, total); ok {
				return clash // two rates by time: the unit rung and the values decide
			}
			return apart
		}
		if termOf(a, b) > 0 {
			return agree
		}
		return apart // a rate and a total, and no term that joins them
	},
	say: func(a, b *answer) string {
		if b.Value.Quantity.Per != "" {
			a, b = b, a
		}
		return fmt.Sprintf("%s for %s is %s", show(a), count(termOf(a, b), "year"), show(b))
	},
}

// oneRate reports whether two quantities count by the same, or the one by a thing
// of which the other is told: "$9 a dose", "a dose costs $9".
func oneRate(a, b *answer) bool {
	p, q := a.Value.Quantity.Per, b.Value.Quantity.Per
	return p == q || p != "" && b.isOf(p) || q != "" && a.isOf(q)
}

// isOf reports whether an answer tells of one of the things that a rate goes by.
func (n *answer) isOf(per string) bool {
	own := n.Value.Quantity.Per
	if _, byTime := perDay[per]; byTime || per == "person" || per == each || own != "" && own != each {
		return false
	}
	thing := stemAll(per)
	return len(thing) == 1 && slices.Contains(stemAll(n.Attribute), thing[0])
}

// each is what a rate goes by that is told without a noun, "nine dollars each".
const each = "unit"

// termOf is the term in years over which a's rate comes to b's total, or 0.
// Terms in the sentences come before those that only the documents speak of.
func termOf(a, b *answer) int {
	near, far := terms(a, b)
	for _, years := range append(near, far...) {
		if totals(*a.Value.Quantity, *b.Value.Quantity, years) {
			return years
		}
	}
	return 0
}

// totals reports whether a rate comes to a total over so many years.
func totals(rate, total claim.Quantity, years int) bool {
	if years == 1 && rate.Per == "year" {
		return false // that would make every rate its own total
	}
	sum := rate.Scale(decimal.NewFromInt(int64(years) * perYear[rate.Per]))
	sum.Per = total.Per
	sum, total, ok := bring(sum, total)
	return ok && meets(sum, total)
}

// count writes "1 year", "10 years".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
