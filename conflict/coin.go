package conflict

import (
	"strings"

	"crosscheck/claim"
)

// isEverywhere tells the currencies that any text may tell a sum in besides that
// of its country, and that are seldom left open.
func isEverywhere(unit string) bool { return unit == "USD" || unit == "EUR" || unit == "GBP" }

// giveCoins gives the sums in a coin of no country, and those in one of many
// countries, the currency that the other texts of the event have, where that is one.
func giveCoins(answers []*answer) {
	nameCoins(answers)
	home, several, open := "", false, false
	for _, n := range answers {
		q := n.Value.Quantity
		switch {
		case q == nil || !claim.IsCurrency(q.Unit) || isEverywhere(q.Unit):
		case q.Unit == claim.NoCurrency:
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
		if q := n.Value.Quantity; q != nil && q.Unit == claim.NoCurrency {
			sum := *q
			sum.Unit = home
			n.Value.Quantity = &sum
		}
	}
}

// ofManyCountries are coins that several countries have, and that a text which
// names none with them leaves to be guessed.
var ofManyCountries = set("peso crown krona krone kroner franc dinar shilling mark")

// nameCoins gives all sums of an event that only say "pesos" one currency, that of
// most of them: each text was read by the countries that it names, and one that
// also names another is no reason to take its pesos for that country's.
func nameCoins(answers []*answer) {
	counts := map[string]map[string]int{}
	each := func(f func(coin string, q *claim.Quantity) *claim.Quantity) {
		for _, n := range answers {
			q := n.Value.Quantity
			if q == nil || !claim.IsCurrency(q.Unit) || q.Unit == claim.NoCurrency {
				continue
			}
			words := nameWords(n.appearances[0].Quote)
			if len(words) < 2 || len(words) > 2 && isCapital(words[len(words)-2]) {
				continue // "Danish kroner"
			}
			if coin := stem(strings.ToLower(words[len(words)-1])); ofManyCountries[coin] {
				n.Value.Quantity = f(coin, q)
			}
		}
	}
	each(func(coin string, q *claim.Quantity) *claim.Quantity {
		if counts[coin] == nil {
			counts[coin] = map[string]int{}
		}
		counts[coin][q.Unit]++
		return q
	})
	most := map[string]string{}
	for coin, units := range counts {
		for unit, n := range units {
			if m := most[coin]; m == "" || n > units[m] || n == units[m] && unit < m {
				most[coin] = unit
			}
		}
	}
	each(func(coin string, q *claim.Quantity) *claim.Quantity {
		if q.Unit == most[coin] {
			return q
		}
		sum := *q
		sum.Unit = most[coin]
		return &sum
	})
}
