package claim

import (
	"fmt"
	"strconv"
	"strings"
)

// Clock is a time of day, as finely as the words tell it: the first and the last
// minute that they can mean, both included. The zero Clock is none.
type Clock struct {
	From, To Minute
	// Zone is the zone that is told; the zero Zone stands for the time of the
	// place, whose zone the words leave open.
	Zone Zone
	// Half says that the words leave open which half of the day is meant: "half
	// past nine" by itself is 09:30 or 21:30, and stands here as the earlier.
	Half bool
}

// Minute is a minute of the day, counted from 1, which is 00:00. The end of what
// runs past midnight is more than a day's. The zero Minute is none.
type Minute int16

// Zone is the distance of a time zone from UTC in minutes to the east, with
// [UTC] as its zero point. The zero Zone is none.
type Zone int16

// UTC is the zone at no distance from itself.
const UTC Zone = 1440

const (
	day  = 1440
	half = day / 2
)

// ClockAt is the time of day h:m to the minute.
func ClockAt(h, m int) Clock {
	at := Minute(h*60 + m + 1)
	return Clock{From: at, To: at}
}

// Around is the clock with so many minutes more before it and behind it. A
// beginning before midnight is one of the evening before.
func (c Clock) Around(before, after int) Clock {
	c.From -= Minute(before)
	c.To += Minute(after)
	switch {
	case c.From < 1:
		c.From, c.To = c.From+day, c.To+day
	case c.From > day:
		c.From, c.To = c.From-day, c.To-day
	}
	return c
}

// IsZero reports whether no time of day was told.
func (c Clock) IsZero() bool { return c == Clock{} }

// Meets reports whether two times of day can be one. Where only one of them has
// its zone told they always can.
func (c Clock) Meets(o Clock) bool { return c.Apart(o) == 0 }

// Apart is how many minutes lie between two times of day at the least, the
// shorter way around the dial; 0 where they can be one.
func (c Clock) Apart(o Clock) int {
	if c.IsZero() || o.IsZero() || (c.Zone == 0) != (o.Zone == 0) {
		return 0
	}
	round := day
	if c.Half || o.Half {
		round = half
	}
	// Turned so that c begins at 0, o lies behind it on the dial.
	from := (int(o.From-c.From) + int(c.Zone-o.Zone) + 4*day) % round
	to := from + int(o.To-o.From)
	end := int(c.To - c.From)
	if from <= end || to >= round {
		return 0
	}
	return min(from-end, round-to)
}

// String is ISO 8601: "06:33", "06:00/06:30" for all that the words can mean, with
// the zone where it is told ("00:19Z", "08:19+08:00"), and a question mark behind
// a time that either half of the day can have.
func (c Clock) String() string {
	if c.IsZero() {
		return ""
	}
	s := c.From.String()
	if c.To != c.From {
		s += "/" + c.To.String()
	}
	s += c.Zone.String()
	if c.Half {
		s += "?"
	}
	return s
}

// Words is the time of day as people read it: "06:33", "06:00 to 06:30", "00:19 UTC".
func (c Clock) Words() string {
	return strings.NewReplacer("/", " to ", "Z", " UTC", "+", " UTC+", "-", " UTC-", "?", " (morning or evening)").Replace(c.String())
}

// String is "06:33".
func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", int(m-1)/60%24, int(m-1)%60) }

// String is "Z" for UTC, "+08:00" for another, and nothing for none.
func (z Zone) String() string {
	switch off := int(z - UTC); {
	case z == 0:
		return ""
	case off == 0:
		return "Z"
	case off < 0:
		return fmt.Sprintf("-%02d:%02d", -off/60, -off%60)
	default:
		return fmt.Sprintf("+%02d:%02d", off/60, off%60)
	}
}

// ParseClock reads what String writes; the zero Clock from nothing.
func ParseClock(s string) (Clock, error) {
	var c Clock
	if s == "" {
		return c, nil
	}
	bad := fmt.Errorf("time of day %q: want HH:MM", s)
	rest, isHalf := strings.CutSuffix(s, "?")
	c.Half = isHalf
	if at := strings.IndexAny(rest, "Z+-"); at >= 0 {
		off, ok := 0, rest[at:] == "Z"
		if !ok {
			off, ok = minutes(rest[at+1:])
		}
		if !ok {
			return Clock{}, bad
		}
		if rest[at] == '-' {
			off = -off
		}
		c.Zone, rest = UTC+Zone(off), rest[:at]
	}
	first, last, isRange := strings.Cut(rest, "/")
	from, ok := minutes(first)
	to := from
	if isRange && ok {
		to, ok = minutes(last)
	}
	if !ok {
		return Clock{}, bad
	}
	if to < from {
		to += day
	}
	c.From, c.To = Minute(from+1), Minute(to+1)
	return c, nil
}

// minutes reads "06:33" as minutes since midnight.
func minutes(s string) (int, bool) {
	if len(s) != len("06:33") || s[2] != ':' {
		return 0, false
	}
	h, err := strconv.ParseUint(s[:2], 10, 8)
	m, err2 := strconv.ParseUint(s[3:], 10, 8)
	return int(h)*60 + int(m), err == nil && err2 == nil && h < 24 && m < 60
}
