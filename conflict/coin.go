package conflict

import "crosscheck/claim"

// noCurrency is ISO 4217's code for a sum whose currency its text leaves open:
// "7 million crowns".
const noCurrency = "XXX"

// isEverywhere tells the currencies that any text may tell a sum in besides that
// of its country, and that are seldom left open.
func isEverywhere(unit string) bool { return unit == "USD" || unit == "EUR" || unit == "GBP" }

// giveCoins gives the sums in a coin of no country the currency that the other
// texts of the event have, where that is one.
func giveCoins(answers []*answer) {
	home, several, open := "", false, false
	for _, n := range answers {
		q := n.Value.Quantity
		switch {
		case q == nil || !claim.IsCurrency(q.Unit) || isEverywhere(q.Unit):
		case q.Unit == noCurrency:
			open = true
		default:
			several = several || home != "" && home != q.Unit
			home = q.Unit
		}
	}
	if !open || home == "" || several {
		return
	}
	for _, n := range answers {
		if q := n.Value.Quantity; q != nil && q.Unit == noCurrency {
			sum := *q
			sum.Unit = home
			n.Value.Quantity = &sum
		}
	}
}
