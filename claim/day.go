package claim

import (
	"fmt"
	"time"
)

// Day is a calendar day, counted from 1 January of the year 1, which is 1, in
// the proleptic Gregorian calendar. The zero Day is no day: unknown, or an
// open end.
type Day int32

const unixEpoch = 719163 // 1 January 1970

// DayOf returns the day of a date; month and day may run over, as in [time.Date].
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86400 + unixEpoch)
}

// ParseDay reads an ISO 8601 day, "2020-07-31".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	return DayOf(t.Date()), nil
}

// Time is midnight UTC at the start of the day.
func (d Day) Time() time.Time { return time.Unix((int64(d)-unixEpoch)*86400, 0).UTC() }

// String is the ISO 8601 day, or "" for the zero Day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Period is an interval of days, both ends included. A zero end is open.
type Period struct{ From, To Day }

// Year is the period of a calendar year.
func Year(y int) Period { return Period{DayOf(y, 1, 1), DayOf(y, 12, 31)} }

// Month is the period of a calendar month.
func Month(y int, m time.Month) Period { return Period{DayOf(y, m, 1), DayOf(y, m+1, 0)} }

// Meets reports whether two periods share a day.
func (p Period) Meets(o Period) bool {
	return (p.To == 0 || o.From == 0 || o.From <= p.To) && (o.To == 0 || p.From == 0 || p.From <= o.To)
}

// Contains reports whether o lies wholly inside p.
func (p Period) Contains(o Period) bool {
	return (p.From == 0 || o.From != 0 && p.From <= o.From) && (p.To == 0 || o.To != 0 && o.To <= p.To)
}

// String is "2020-07-01/2020-07-31" with ".." for an open end (ISO 8601-2), or
// the one day where both ends are the same.
func (p Period) String() string {
	if p.From == p.To {
		return p.From.String()
	}
	from, to := p.From.String(), p.To.String()
	if from == "" {
		from = ".."
	}
	if to == "" {
		to = ".."
	}
	return from + "/" + to
}
