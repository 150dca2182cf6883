package review

import (
	"math"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

// axis brings values to places on a line from 0 to 1. Drawing is the one thing
// here that may be inexact.
type axis struct {
	low, high float64
	log       bool
}

// Where the greatest value is so many times the least, the axis is logarithmic;
// where it is not twice the least, it need not begin at zero.
const (
	wide   = 40
	narrow = 2
	room   = 0.06 // of the axis left free at each end
)

// numberAxis takes in all values.
func numberAxis(values []float64) axis {
	low, high := bounds(values)
	switch {
	case low > 0 && high/low >= wide:
		spread := math.Log(high / low)
		return axis{low * math.Exp(-room*spread), high * math.Exp(room*spread), true}
	case low > 0 && high/low >= narrow:
		return axis{0, high * (1 + room), false}
	}
	return plainAxis(low, high)
}

func plainAxis(low, high float64) axis {
	spread := high - low
	if spread == 0 {
		spread = math.Max(math.Abs(high)*0.1, 1)
	}
	return axis{low - 2*room*spread, high + 2*room*spread, false}
}

func bounds(values []float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range values {
		low, high = math.Min(low, v), math.Max(high, v)
	}
	return low, high
}

// at is where a value stands, from 0 to 1; what lies outside stands at the end.
func (a axis) at(v float64) float64 {
	var f float64
	if a.log {
		f = math.Log(math.Max(v, a.low)/a.low) / math.Log(a.high/a.low)
	} else {
		f = (v - a.low) / (a.high - a.low)
	}
	return math.Min(math.Max(f, 0), 1)
}

// maxTicks is how many places of an axis are labelled at most.
const maxTicks = 7

// ticks are round values on the axis.
func (a axis) ticks() (out []float64) {
	if a.log {
		return a.decades()
	}
	step := roundUp((a.high - a.low) / (maxTicks - 1))
	for v := math.Ceil(a.low/step) * step; v <= a.high && len(out) < maxTicks; v += step {
		out = append(out, v)
	}
	return out
}

func (a axis) decades() (out []float64) {
	from, to := math.Ceil(math.Log10(a.low)), math.Floor(math.Log10(a.high))
	step := math.Max(1, math.Ceil((to-from)/(maxTicks-1)))
	for e := from; e <= to; e += step {
		out = append(out, math.Pow(10, e))
	}
	return out
}

// roundUp is the next of 1, 2, 5, 10 and so on.
func roundUp(v float64) float64 {
	tens := math.Pow(10, math.Floor(math.Log10(v)))
	for _, n := range []float64{1, 2, 5} {
		if v <= n*tens {
			return n * tens
		}
	}
	return 10 * tens
}

// tickWords is a value at the axis: with the sign of a currency or of percent, as
// these are read with the number, and without other units.
func tickWords(v float64, unit string) string {
	q := claim.Quantity{Number: claim.Number(decimal.NewFromFloat(v).Round(6))}
	if unit == "%" || claim.IsCurrency(unit) {
		q.Unit = unit
	}
	return q.String()
}

// monthStep is how many months lie between two ticks: part of a year.
func monthStep(months float64) int {
	for _, step := range []int{1, 2, 3, 6} {
		if months/float64(step) < maxTicks {
			return step
		}
	}
	return 12
}

// dayTicks are days on an axis of days: beginnings of years, months or weeks,
// whichever are few.
func dayTicks(a axis) (days []claim.Day, words func(claim.Day) string) {
	from, to := claim.Day(math.Ceil(a.low)), claim.Day(math.Floor(a.high))
	start := from.Time()
	switch span := a.high - a.low; {
	case span > 3*366:
		step := int(math.Max(1, roundUp(span/366/(maxTicks-1))))
		for y := start.Year()/step*step + step; y <= to.Time().Year() && len(days) < maxTicks; y += step {
			days = append(days, claim.DayOf(y, 1, 1))
		}
		return days, func(d claim.Day) string { return strconv.Itoa(d.Time().Year()) }
	case span > 92:
		step := monthStep(span / 30.5)
		for m := time.Date(start.Year(), time.Month((int(start.Month())-1)/step*step+step+1), 1, 0, 0, 0, 0, time.UTC); claim.DayOf(m.Date()) <= to && len(days) < maxTicks; m = m.AddDate(0, step, 0) {
			days = append(days, claim.DayOf(m.Date()))
		}
		return days, func(d claim.Day) string { return d.Time().Format("Jan 2006") }
	default:
		step := claim.Day(math.Max(1, math.Ceil(span/(maxTicks-1))))
		for d := from; d <= to && len(days) < maxTicks; d += step {
			days = append(days, d)
		}
		return days, func(d claim.Day) string { return d.Time().Format("2 Jan") }
	}
}
