package conflict

import (
	"cmp"
	"fmt"
	"slices"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// Rates is a table of dated exchange rates that the user supplies. Nothing is
// taken from anywhere else, but what a text itself converts.
type Rates struct {
	of     map[currencies][]dated
	sorted bool
	known  map[string]bool // the currencies in it
}

// currencies is what a rate turns into what, by ISO 4217 code.
type currencies struct{ from, to string }

// dated is a rate on a day.
type dated struct {
	day  claim.Day
	rate decimal.Decimal
}

// NewRates returns an empty table.
func NewRates() *Rates {
	return &Rates{of: map[currencies][]dated{}, known: map[string]bool{}}
}

// maxRateDigits bounds a rate, so that what is reckoned with it stays small.
const maxRateDigits = 24

// Add notes that on a day one unit of a currency was worth so many of another.
// It is an error where the currencies are not two, the rate is not above zero
// or has more digits than any rate, or the same is noted with another rate.
func (r *Rates) Add(day claim.Day, from, to string, rate decimal.Decimal) error {
	switch {
	case day == 0:
		return fmt.Errorf("date: want a day such as 2019-04-03")
	case !claim.IsCurrency(from):
		return fmt.Errorf("from: %q is no ISO 4217 code such as USD", from)
	case !claim.IsCurrency(to):
		return fmt.Errorf("to: %q is no ISO 4217 code such as USD", to)
	case from == to:
		return fmt.Errorf("to: %s is what it is exchanged from", to)
	case rate.Sign() <= 0:
		return fmt.Errorf("rate: %s is not above zero", rate)
	case rate.NumDigits() > maxRateDigits || abs(rate.Exponent()) > maxRateDigits:
		return fmt.Errorf("rate: a number of more than %d digits", maxRateDigits)
	}
	pair := currencies{from, to}
	r.of[pair] = append(r.of[pair], dated{day, rate})
	r.known[from], r.known[to] = true, true
	r.sorted = false
	return nil
}

// Sort makes the table ready for use. It is an error where one day has two rates
// from one currency to another.
func (r *Rates) Sort() error {
	for pair, list := range r.of {
		slices.SortFunc(list, func(a, b dated) int { return cmp.Or(cmp.Compare(a.day, b.day), a.rate.Cmp(b.rate)) })
		for i := 1; i < len(list); i++ {
			if list[i].day == list[i-1].day && !list[i].rate.Equal(list[i-1].rate) {
				return fmt.Errorf("%s to %s on %s: both %s and %s", pair.from, pair.to, list[i].day, list[i-1].rate, list[i].rate)
			}
		}
	}
	r.sorted = true
	return nil
}

// nearDays is how far from a day a rate may stand and still be that of its time:
// a table has no rates for weekends and holidays.
const nearDays = 7

// exchange is what one unit of a currency was worth in another, at some time.
type exchange struct {
	currencies
	low, high decimal.Decimal
	day       claim.Day // of the rate nearest to that time
	said      bool      // by a text, and not by the table
}

// in finds the rates between two currencies over a period: from the one to the
// other or the other way, as the table has them, else through a third currency.
func (r *Rates) in(pair currencies, when claim.Period) (x exchange, ok bool) {
	if r == nil || !r.sorted || !r.known[pair.from] || !r.known[pair.to] {
		return x, false
	}
	if x, ok = r.directly(pair, when); ok {
		return x, true
	}
	if x, ok = r.directly(currencies{pair.to, pair.from}, when); ok {
		return x, true
	}
	var thirds []string
	for c := range r.known {
		thirds = append(thirds, c)
	}
	slices.Sort(thirds)
	for _, third := range thirds {
		first, ok := r.either(currencies{pair.from, third}, when)
		if !ok {
			continue
		}
		if second, ok := r.either(currencies{third, pair.to}, when); ok {
			return exchange{pair, first.low.Mul(second.low), first.high.Mul(second.high), first.day, false}, true
		}
	}
	return x, false
}

// either finds rates in the direction asked for or the other one.
func (r *Rates) either(pair currencies, when claim.Period) (x exchange, ok bool) {
	if x, ok = r.directly(pair, when); ok {
		return x, true
	}
	if x, ok = r.directly(currencies{pair.to, pair.from}, when); ok {
		return x.inverse(), true
	}
	return x, false
}

// directly is the least and the greatest rate over a period and the few days
// around it.
func (r *Rates) directly(pair currencies, when claim.Period) (x exchange, ok bool) {
	list := r.of[pair]
	i, _ := slices.BinarySearchFunc(list, when.From-nearDays, func(d dated, day claim.Day) int { return cmp.Compare(d.day, day) })
	for ; i < len(list) && list[i].day <= when.To+nearDays; i++ {
		d := list[i]
		if !ok {
			x, ok = exchange{pair, d.rate, d.rate, d.day, false}, true
			continue
		}
		x.low, x.high = decimal.Min(x.low, d.rate), decimal.Max(x.high, d.rate)
		if abs(int32(d.day-when.From)) < abs(int32(x.day-when.From)) {
			x.day = d.day
		}
	}
	return x, ok
}

// rateDigits is how many digits behind the point a quotient of sums keeps.
const rateDigits = 16

var unity = decimal.New(1, 0)

// inverse turns a rate round, its ends rounded outwards.
func (x exchange) inverse() exchange {
	x.from, x.to = x.to, x.from
	unit := decimal.New(1, -rateDigits)
	x.low, x.high = unity.DivRound(x.high, rateDigits).Sub(unit), unity.DivRound(x.low, rateDigits).Add(unit)
	return x
}
