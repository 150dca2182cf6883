package conflict

import (
	"math"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// How far apart values stand, as a measure for severity and for likelihood.
// Whether they can both hold is decided elsewhere, exactly; floats are good
// enough to say how far.

const endless = 5.0 // the distance to an open side: a factor of 150

// ends are what a quantity can mean at least and at most, by magnitude.
func ends(q claim.Quantity) (low, high float64) {
	low, high = 0, math.Inf(1)
	if q.Low.Valid {
		low = q.Low.Decimal.InexactFloat64()
	}
	if q.High.Valid {
		high = q.High.Decimal.InexactFloat64()
	}
	return low, high
}

// nought is what a count of nothing stands for in a ratio: no sons are nearer to
// two than to twenty.
const nought = 0.5

// ratio is |ln x/y|, at most endless; where the signs differ no ratio tells, nor
// between nothing and a part of one.
func ratio(x, y float64) float64 {
	if x == y {
		return 0
	}
	if low, high := min(x, y), max(x, y); low == 0 && high >= 1 {
		x, y = nought, high
	}
	if x*y <= 0 || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return endless
	}
	return min(endless, math.Abs(math.Log(x/y)))
}

// slip names the way in which one value can have come from the other by a slip
// of the hand, or "".
func slip(a, b *answer) string {
	p, q := a.Value.Quantity, b.Value.Quantity
	if p == nil || q == nil || !p.Number.Valid || !q.Number.Valid || p.Per != q.Per {
		return ""
	}
	if otherCurrency(a, b) && sameDigits(a, b) {
		return "the same digits in another currency"
	}
	if p.Unit != q.Unit {
		return ""
	}
	x, y := digitsOf(p.Number.Decimal), digitsOf(q.Number.Decimal)
	switch {
	case x.digits == y.digits && x.exponent != y.exponent && (abs(x.exponent-y.exponent)%3 == 0 || abs(x.exponent-y.exponent) == 1 && len(x.digits) > 1):
		// of round numbers any may be ten times another
		return "a factor of " + decimal.New(1, abs(x.exponent-y.exponent)).String()
	case x.exponent == y.exponent && transposed(x.digits, y.digits):
		return "transposed digits"
	}
	return ""
}

// digitRun is a number as digits without trailing zeros and a power of ten.
type digitRun struct {
	digits   string
	exponent int32
}

func digitsOf(d decimal.Decimal) digitRun {
	digits := d.Coefficient().String()
	cut := len(digits)
	for cut > 1 && digits[cut-1] == '0' {
		cut--
	}
	return digitRun{digits[:cut], d.Exponent() + int32(len(digits)-cut)}
}

// transposed reports whether two digit runs differ by one swap of neighbours.
func transposed(a, b string) bool {
	if len(a) != len(b) || len(a) < 2 {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

func abs(n int32) int32 { return max(n, -n) }
