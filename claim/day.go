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

// Period is an interval of days, both ends included. A zero end is open. Where a
// time of day is told as well, Clock has it; with both ends open that is all that
// was told.
type Period struct {
	From, To Day
	Clock    Clock
}

// Year is the period of a calendar year.
func Year(y int) Period { return Period{From: DayOf(y, 1, 1), To: DayOf(y, 12, 31)} }

// Month is the period of a calendar month.
func Month(y int, m time.Month) Period { return Period{From: DayOf(y, m, 1), To: DayOf(y, m+1, 0)} }

// Meets reports whether two periods share a day and, where both tell it, a time
// of day.
func (p Period) Meets(o Period) bool {
	if x, y := p.Clock, o.Clock; x.Zone != 0 && y.Zone != 0 && !x.Half && !y.Half && p.From != 0 && p.From == p.To && o.From != 0 && o.From == o.To {
		ahead := int(o.From-p.From)*day + int(y.From-x.From) - int(y.Zone-x.Zone) // of o before p, in minutes
		return ahead <= int(x.To-x.From) && -ahead <= int(y.To-y.From)
	}
	return p.sharesDay(o) && p.Clock.Meets(o.Clock)
}

func (p Period) sharesDay(o Period) bool {
	return (p.To == 0 || o.From == 0 || o.From <= p.To) && (o.To == 0 || p.From == 0 || p.From <= o.To)
}

// Contains reports whether o lies wholly inside p.
func (p Period) Contains(o Period) bool {
	if !p.Clock.IsZero() && (o.Clock.IsZero() || !p.Clock.Meets(o.Clock) || o.Clock.To-o.Clock.From > p.Clock.To-p.Clock.From) {
		return false
	}
	return (p.From == 0 || o.From != 0 && p.From <= o.From) && (p.To == 0 || o.To != 0 && o.To <= p.To)
}

// String is "2020-07-01/2020-07-31" with ".." for an open end (ISO 8601-2), or
// the one day where both ends are the same; a time of day stands behind a T,
// "2020-07-01T06:33".
func (p Period) String() string {
	if !p.Clock.IsZero() {
		at := "T" + p.Clock.String()
		p.Clock = Clock{}
		return p.String() + at
	}
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
