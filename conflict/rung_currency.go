package conflict

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// How far from a rate of its time a conversion may be. Whoever converts takes
// the rate of some day of that week and a bank's margin: large currencies seldom
// move by more than 2% within one. What is amiss by more than 10% no choice of the
// day makes good; between the two nothing is said.
var (
	nearRate = decimal.New(2, -2)
	farRate  = decimal.New(10, -2)
)

// longestTime is the longest period, in days, whose rates are the rates of one time.
const longestTime = 366

// saidWithin is how many days a text's own conversion may be from a value to
// tell that this value is no conversion.
const saidWithin = 31

var currencyRung = &rung{
	name:   "another currency",
	intent: "sums in two currencies can be told apart only by a rate of their time; the same digits in both are a slip and stay",
	try: func(a, b *answer) outcome {
		if !otherCurrency(a, b) {
			return clash
		}
		o, _ := convert(a, b)
		if o == apart && sameDigits(a, b) {
			return clash
		}
		return o
	},
	say: func(a, b *answer) string {
		o, x := convert(a, b)
		if o != agree {
			return fmt.Sprintf("%s and %s are in different currencies", show(a), show(b))
		}
		if a.Value.Quantity.Unit != x.from {
			a, b = b, a
		}
		return fmt.Sprintf("%s is %s %s", show(a), show(b), x.String())
	},
}

// String says where a rate is from: "at 0.77 GBP for 1 USD on 2019-04-03".
func (x exchange) String() string {
	rate := x.low.Add(x.high).Div(decimal.New(2, 0))
	whence := "as a text here converts"
	if !x.said {
		whence = "on " + x.day.String()
	}
	return fmt.Sprintf("at %s %s for 1 %s, %s", rounded(rate), x.to, x.from, whence)
}

// rounded is a rate to four digits that tell something.
func rounded(d decimal.Decimal) string {
	places := int32(4 - d.NumDigits() - int(d.Exponent()))
	return d.Round(max(places, 0)).String()
}

// convert holds two sums in different currencies against each other: agree where
// the one is what the other comes to at a rate of their time, clash where it is
// far from it at every such rate, apart where nothing tells.
func convert(a, b *answer) (outcome, exchange) {
	if a.key > b.key { // the same outcome in either order
		a, b = b, a
	}
	p, q := *a.Value.Quantity, *b.Value.Quantity
	if p.Per != q.Per || p.Change != q.Change || !p.Number.Valid || !q.Number.Valid {
		return apart, exchange{}
	}
	known, far := exchange{}, false
	for _, x := range ratesFor(a, b) {
		from, to := p, q
		if x.from != p.Unit {
			from, to = q, p
		}
		if x.takes(from, to, nearRate) {
			return agree, x
		}
		switch at := whenOf(a); {
		case x.takes(from, to, farRate):
			return apart, x
		case x.said && (at == claim.Period{} || abs(int32(x.day-at.From)) > saidWithin):
		default:
			known, far = x, true
		}
	}
	if far {
		return clash, known
	}
	return apart, known
}

// takes reports whether a sum, exchanged, can be another one, with so much room
// around the rate and what both sums' words leave open.
func (x exchange) takes(from, to claim.Quantity, room decimal.Decimal) bool {
	least, most := x.low.Mul(unity.Sub(room)), x.high.Mul(unity.Add(room))
	if from.Low.Valid {
		from.Low.Decimal = from.Low.Decimal.Mul(least)
	}
	if from.High.Valid {
		from.High.Decimal = from.High.Decimal.Mul(most)
	}
	return meets(from, to)
}

// ratesFor lists the rates that two sums can be held together with: the table's
// of the time of either, then those that texts of the event give.
func ratesFor(a, b *answer) (out []exchange) {
	pair := currencies{a.Value.Quantity.Unit, b.Value.Quantity.Unit}
	if a.exchanges == nil {
		return nil
	}
	for i, n := range []*answer{a, b} {
		when := whenOf(n)
		if i == 1 && when == whenOf(a) || when == (claim.Period{}) {
			continue
		}
		if x, ok := a.exchanges.table.in(pair, when); ok {
			out = append(out, x)
		}
	}
	for _, x := range a.exchanges.said {
		if x.currencies == pair || x.from == pair.to && x.to == pair.from {
			out = append(out, x)
		}
	}
	return out
}

// whenOf is the time whose rate a sum goes by: that of the fact where it is a
// year or less, else the day it was said; the zero Period where neither is known.
func whenOf(n *answer) claim.Period {
	if t := n.Time; t != nil && t.From != 0 && t.To != 0 && t.To-t.From <= longestTime {
		return *t
	}
	said := cmp.Or(n.said, n.text.published)
	return claim.Period{From: said, To: said}
}

// exchanges is where the rates for one event's sums come from.
type exchanges struct {
	table *Rates // nil for none
	said  []exchange
}

// conversion is what stands between a sum and the same in another currency.
var conversion = regexp.MustCompile(`^\s?(?:[(\[]|,? or |,? equivalent to |,? worth )(?:US|about |around |roughly |approximately |approx\. |some |or |equal to |equivalent to |worth |now |then |=\s?|~)*$`)

// giveExchanges hands the rates to the sums of an event: the table's, and those
// that its texts give by naming one sum in two currencies.
func giveExchanges(answers []*answer, table *Rates) {
	var sums []*answer
	for _, n := range answers {
		if n.class == money {
			sums = append(sums, n)
		}
	}
	slices.SortFunc(sums, func(a, b *answer) int {
		return cmp.Or(cmp.Compare(a.text.place, b.text.place), cmp.Compare(a.first.Span.Start, b.first.Span.Start), cmp.Compare(a.key, b.key))
	})
	all := &exchanges{table: table}
	for i, n := range sums {
		n.exchanges = all
		if i > 0 {
			if x, ok := converted(sums[i-1], n); ok {
				all.said = append(all.said, x)
			}
		}
	}
}

// mostSaid bounds what a text's own conversion may leave open: "$1 billion (€1
// billion)" tells nothing about the rate.
var mostSaid = decimal.New(115, -2)

// converted reads two sums that stand side by side as one, said twice.
func converted(a, b *answer) (x exchange, ok bool) {
	p, q := *a.Value.Quantity, *b.Value.Quantity
	if !otherCurrency(a, b) || a.text != b.text || a.first.SentenceSpan != b.first.SentenceSpan || p.Per != q.Per ||
		!p.Number.Valid || !q.Number.Valid || p.Bound || q.Bound || p.Number.Decimal.Sign() <= 0 || q.Number.Decimal.Sign() <= 0 {
		return x, false
	}
	from, to := a.first.Span.End-a.first.SentenceSpan.Start, b.first.Span.Start-a.first.SentenceSpan.Start
	if from < 0 || to < from || to > len(a.sentence) || !conversion.MatchString(a.sentence[from:to]) {
		return x, false
	}
	if !p.Low.Valid || !p.High.Valid || !q.Low.Valid || !q.High.Valid || p.Low.Decimal.Sign() <= 0 || q.Low.Decimal.Sign() <= 0 {
		return x, false
	}
	x = exchange{currencies{p.Unit, q.Unit}, q.Low.Decimal.DivRound(p.High.Decimal, rateDigits), q.High.Decimal.DivRound(p.Low.Decimal, rateDigits),
		cmp.Or(a.said, a.text.published), true}
	return x, x.low.Sign() > 0 && x.high.LessThanOrEqual(x.low.Mul(mostSaid))
}
