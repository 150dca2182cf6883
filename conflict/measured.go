package conflict

import (
	"math"
	"strings"

	"crosscheck/claim"
)

// class is a family of values that can answer one question.
type class uint8

const (
	nothing class = iota // no value: it happened
	counts               // of people or things, and bare numbers
	money
	shares // percentages and points
	times  // lengths of time
	sizes  // anything else with a unit, together with its dimension
	dates
	names
)

// classOf folds families: who counts the dead may count soldiers, people or nothing at all.
func (n *answer) classOf() class {
	switch n.family {
	case "predicate":
		return nothing
	case "people", "number":
		return counts
	case "money":
		return money
	case "share", "points":
		return shares
	case "time":
		return times
	case "date":
		return dates
	case "entity":
		return names
	}
	if strings.HasPrefix(n.family, "count of ") {
		return counts
	}
	return sizes
}

// measured is a value as floats on its class's scale, for telling how near two
// values stand. Whether they can both hold is decided exactly, elsewhere.
type measured struct {
	point     float64 // the number said; NaN for a range and where there is none
	log       float64 // of the point, whatever its sign
	low, high float64 // what it can mean; days for a date
	digits    int     // significant digits said
	clock     claim.Clock
	dayless   bool // of a date, only the time of day is known
}

// bases are the units that sizes are brought to.
var bases = map[string]string{"length": "m", "area": "m2", "volume": "m3", "mass": "kg", "time": "d", "temperature": "Cel",
	"speed": "m/s", "energy": "J", "power": "W", "share": "%", "data": "By", "pressure": "Pa"}

func measure(n *answer) measured {
	m := measured{point: math.NaN(), low: math.NaN(), high: math.NaN()}
	switch p, q := n.Value.Period, n.Value.Quantity; {
	case p != nil:
		m.low, m.high, m.clock = float64(p.From), float64(p.To), p.Clock
		m.dayless = p.From == 0 && p.To == 0
		// "Until 2028" speaks of 2028, however much it leaves open.
		if p.From == 0 {
			m.low = m.high
		} else if p.To == 0 {
			m.high = m.low
		}
	case q != nil:
		if q.Number.Valid {
			m.digits = len(digitsOf(q.Number.Decimal).digits)
		}
		b := *q
		if base, ok := bases[n.family]; ok {
			b, _ = claim.Convert(b, base)
		}
		if b.Number.Valid {
			m.point = b.Number.Decimal.InexactFloat64()
			m.log = math.Log(math.Abs(m.point))
		}
		m.low, m.high = math.Inf(-1), math.Inf(1)
		if b.Low.Valid {
			m.low = b.Low.Decimal.InexactFloat64()
		}
		if b.High.Valid {
			m.high = b.High.Decimal.InexactFloat64()
		}
	}
	return m
}

// isPoint reports whether a single number was said.
func (m measured) isPoint() bool { return !math.IsNaN(m.point) }

// meets reports whether the two can be the same.
func (m measured) meets(o measured) bool {
	return (m.dayless || o.dayless || m.low <= o.high && o.low <= m.high) && m.clock.Meets(o.clock)
}

// ratios are the logarithms of how many times one value is the other: at the
// furthest and at the nearest that they can mean. Of single numbers what was
// said counts, so that a wider reading of one moves it neither way.
func (m measured) ratios(o measured) (far, near float64) {
	if m.isPoint() && o.isPoint() {
		if m.point*o.point > 0 && !math.IsInf(m.point, 0) && !math.IsInf(o.point, 0) {
			r := min(endless, math.Abs(m.log-o.log))
			return r, r
		}
		r := ratio(m.point, o.point)
		return r, r
	}
	a, b, c, d := m.low, m.high, o.low, o.high
	if m.isPoint() {
		a, b = m.point, m.point
	}
	if o.isPoint() {
		c, d = o.point, o.point
	}
	far = max(ratio(a, d), ratio(b, c), ratio(a, c), ratio(b, d))
	switch {
	case b < c:
		near = ratio(b, c)
	case d < a:
		near = ratio(d, a)
	}
	return far, near
}

// apart are the days between two dates, at the furthest and at the nearest. Where
// one tells only the time of day that is all there is to go by, and another that
// tells none stands as far away as can be.
func (m measured) apart(o measured) (far, near float64) {
	switch {
	case !m.dayless && !o.dayless:
	case m.clock.IsZero() || o.clock.IsZero():
		return math.Inf(1), 0
	default:
		days := float64(m.clock.Apart(o.clock)) / (24 * 60)
		return days, days
	}
	far = max(math.Abs(m.low-o.high), math.Abs(o.low-m.high), math.Abs(m.low-o.low), math.Abs(m.high-o.high))
	if math.IsNaN(far) {
		far = math.Inf(1)
	}
	return far, max(0, o.low-m.high, m.low-o.high)
}
