package arithmetic

import (
	"fmt"
	"regexp"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

var (
	overTerm  = regexp.MustCompile(`^(?: [a-z'-]+){0,4} (?:over|for|across|during|spread over)(?: the next| a period of| a| the)? $`)
	thatIsPer = regexp.MustCompile(`^\s?(?:\(|,? or |, that is |, i\.e\. |, which is )$`)
	inTotal   = regexp.MustCompile(`^,? (?:or |for |making |which makes )?(?:a total of |in total |altogether |totall?ing )$`)
)

// termYears is how many years one unit of a term is, and perYear how often a
// year holds what a rate goes by.
var (
	termYears = map[string]decimal.Decimal{"a": one, "mo": one.DivRound(decimal.NewFromInt(12), 12)}
	perYear   = map[string]decimal.Decimal{"year": one, "quarter": decimal.NewFromInt(4), "month": decimal.NewFromInt(12)}
)

// rates holds a rate and its term against the total that stands beside them:
// "$48 billion over ten years, or $3.8 billion a year".
func rates(l line) (found []finding) {
	for i := 0; i+2 < len(l.values); i++ {
		term := l.values[i+1]
		years, isTerm := termYears[term.Unit]
		if !isTerm || !term.single() || !overTerm.MatchString(l.gaps[i+1]) {
			continue
		}
		total, rate := l.values[i], l.values[i+2]
		between := thatIsPer
		if total.Per != "" {
			total, rate, between = rate, total, inTotal
		}
		times, isRate := perYear[rate.Per]
		if !isRate || total.Per != "" || total.Unit != rate.Unit || total.Unit == "%" || !total.single() || !rate.single() ||
			rate.room.low.Decimal.IsNegative() || !between.MatchString(l.gaps[i+2]) {
			continue
		}
		n := term.Number.Decimal.Mul(years).Mul(times)
		room := rate.room.times(exactly(n))
		if room.meets(total.room) {
			continue
		}
		gives := computed(rate.Number.Decimal.Mul(n), room, total.Quantity)
		found = append(found, finding{said: total, parts: []value{rate, term}, gives: gives, severity: plain,
			question: "rate and total: " + about(total),
			reason: fmt.Sprintf("%s × %s = %s, not %s%s", written(rate.Quantity), written(claim.Quantity{Number: term.Number, Unit: term.Unit}),
				written(gives), written(total.Quantity), roundingLeaves(gives))})
	}
	return found
}
