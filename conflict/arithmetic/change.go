package arithmetic

import (
	"fmt"
	"regexp"
	"strings"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

var (
	hundred = decimal.NewFromInt(100)
	one     = decimal.NewFromInt(1)
)

const inYear = `(?: (?:in|for) (?:the )?(?:(?:january|february|march|april|may|june|july|august|september|october|november|december),? )?(?:\d{4}|(?:same|previous|last|prior) (?:year|quarter|month)))?`

var (
	fromGap  = regexp.MustCompile(`^,? from $`)
	toGap    = regexp.MustCompile(`^` + inYear + `,? to $`)
	toFirst  = regexp.MustCompile(`^,? to $`)
	fromLast = regexp.MustCompile(`^` + inYear + `,? from $`)
	endsFrom = regexp.MustCompile(`\bfrom $`)
	thatIs   = regexp.MustCompile(`^` + inYear + `(?:,? (?:or|an?|which is an?|that is an?) (?:rise|increase|gain|jump|growth|surge|drop|fall|decline|decrease|reduction|cut)(?: of)? |,? (?:up|down)(?: by)? | \((?:up|down|an? (?:rise|increase|gain|jump|drop|fall|decline|decrease|reduction) of) )$`)
)

// changes holds a change against the two levels that it is said to lie between:
// "rose 4.5% from $200 million to $230 million", "up 12 percent to 560 tonnes
// from 500 tonnes", "fell from 500 to 300, a drop of 20%".
func changes(l line) (found []finding) {
	for i := range l.values {
		if by, ends, ok := l.changed(i); ok {
			if f, wrong := misstated(by, ends); wrong {
				found = append(found, f)
			}
		}
	}
	return found
}

// ends are the two levels of a change, with the values they stand in: two, or a
// range that holds both.
type ends struct {
	from, to decimal.Decimal
	values   []value
	unit     string
	per      string
}

// levels reads "X to Y" at i, as one range or as two values, and returns the
// index behind them.
func (l line) levels(i int) (e ends, next int, ok bool) {
	if i >= len(l.values) {
		return e, i, false
	}
	v := l.values[i]
	if !v.Number.Valid && v.room.closed() && strings.Contains(v.at.Quote, "to") {
		return ends{v.Low.Decimal, v.High.Decimal, l.values[i : i+1], v.Unit, v.Per}, i + 1, true
	}
	if i+1 < len(l.values) && v.single() && l.values[i+1].single() && toGap.MatchString(l.gaps[i+1]) {
		return l.between(i, i+1)
	}
	return e, i, false
}

func (l line) between(from, to int) (e ends, next int, ok bool) {
	x, y := l.values[from], l.values[to]
	if !x.single() || !y.single() || x.Per != y.Per || x.Unit != y.Unit && x.Unit != "" && y.Unit != "" {
		return e, from, false
	}
	unit := x.Unit
	if unit == "" {
		unit = y.Unit
	}
	low, high := min(from, to), max(from, to)
	return ends{x.Number.Decimal, y.Number.Decimal, l.values[low : high+1], unit, x.Per}, high + 1, true
}

// changed finds the two levels that the change at i is said to lie between.
func (l line) changed(i int) (by value, e ends, ok bool) {
	by = l.values[i]
	if !by.Number.Valid || by.Bound && by.Unit != "fold" {
		return by, e, false
	}
	if i+1 < len(l.values) && fromGap.MatchString(l.gaps[i+1]) {
		e, _, ok = l.levels(i + 1)
		return by, e, ok && by.Change != 0
	}
	if i+2 < len(l.values) && toFirst.MatchString(l.gaps[i+1]) && fromLast.MatchString(l.gaps[i+2]) {
		e, _, ok = l.between(i+2, i+1)
		return by, e, ok && by.Change != 0
	}
	for back := 1; back <= 2 && i-back >= 0; back++ {
		first := i - back
		if !endsFrom.MatchString(l.gaps[first]) || !thatIs.MatchString(l.gaps[i]) {
			continue
		}
		if e, next, ok := l.levels(first); ok && next == i {
			return by, e, true
		}
	}
	return by, e, false
}

// misstated reports a change that is not that between its two levels.
func misstated(by value, e ends) (f finding, wrong bool) {
	from, to := around(e.from), around(e.to)
	if e.from.Sign() <= 0 || e.to.Sign() < 0 || !by.room.closed() && by.Unit != "fold" {
		return f, false
	}
	step := to.minus(from).abs()
	gap := e.to.Sub(e.from).Abs()
	said := interval{by.room.low, by.room.high}
	shown := func(d decimal.Decimal, unit string) string {
		return written(claim.Quantity{Number: claim.Number(d), Unit: unit, Per: e.per})
	}
	f = finding{said: by, parts: e.values, severity: plain, question: "change and levels: " + about(by)}
	switch {
	case by.Unit == "fold":
		words, ok := factorRoom(by.Quantity)
		least := to.low.Decimal.DivRound(from.high.Decimal, 8).RoundFloor(2)
		most := to.high.Decimal.DivRound(from.low.Decimal, 8).RoundCeil(2)
		room := interval{claim.Number(least), claim.Number(most)}
		if !ok || room.meets(words) {
			return f, false
		}
		f.gives = computed(e.to.DivRound(e.from, 2), room, by.Quantity)
		f.reason = fmt.Sprintf("from %s to %s is %s, not %s%s", shown(e.from, e.unit), shown(e.to, e.unit),
			written(f.gives), strings.ToLower(by.at.Quote), roundingLeaves(f.gives))
	case by.Unit == "%":
		share := gap.Mul(hundred).DivRound(e.from, 2)
		most := ratio(step.high.Decimal, from.low.Decimal, true)
		least := ratio(decimal.Max(step.low.Decimal, decimal.Zero), from.high.Decimal, false)
		room := interval{claim.Number(least), claim.Number(most)}
		if said.meets(room) || e.unit == "%" && said.meets(step) {
			return f, false
		}
		f.gives = computed(share, room, by.Quantity)
		f.reason = fmt.Sprintf("from %s to %s is %s ÷ %s = %s, not %s%s", shown(e.from, e.unit), shown(e.to, e.unit),
			shown(gap, e.unit), shown(e.from, e.unit), written(f.gives), written(by.Quantity), roundingLeaves(f.gives))
	case by.Unit == e.unit && by.Per == e.per || by.Unit == "pp" && e.unit == "%":
		if said.meets(step) {
			return f, false
		}
		f.gives = computed(gap, step, by.Quantity)
		f.reason = fmt.Sprintf("from %s to %s is %s, not %s%s", shown(e.from, e.unit), shown(e.to, e.unit),
			written(f.gives), written(by.Quantity), roundingLeaves(f.gives))
	default:
		return f, false
	}
	return f, true
}

// ratio is a share in percent, rounded outwards.
func ratio(part, whole decimal.Decimal, up bool) decimal.Decimal {
	if whole.Sign() <= 0 {
		return decimal.Zero
	}
	r := part.Mul(hundred).DivRound(whole, 8)
	if up {
		return r.RoundCeil(2)
	}
	return r.RoundFloor(2)
}

// factorRoom is what a factor's words leave open: "doubled" is said of anything
// that is nearer to twice than to once or three times.
func factorRoom(q claim.Quantity) (room interval, ok bool) {
	if q.Bound {
		return interval{low: q.Low}, q.Low.Valid && !q.High.Valid && q.Change > 0
	}
	if !q.Low.Valid || !q.High.Valid {
		return room, false
	}
	quarter := decimal.New(25, -2)
	return interval{claim.Number(q.Low.Decimal.Mul(one.Sub(quarter))), claim.Number(q.High.Decimal.Mul(one.Add(quarter)))}, true
}
