// Package schedule says when runs are due, and wakes when they are.
//
// In come cron expressions with their time zones; out come the times at which
// a run is due, whatever the clocks of the zone do meanwhile ([Calendar]), and
// a call for each of them ([Waker]). It remembers nothing itself: which of
// several programs takes a time, and what became of it, is kept by whoever is
// called.
package schedule

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
	_ "time/tzdata" // zones must not depend on what the machine has installed

	"github.com/robfig/cron/v3"
)

// Calendar tells the due times of one schedule. The zero value has none; make
// one with [Parse]. It may be copied, and used by many goroutines.
//
// A calendar whose hours are restricted, such as "30 2 * * *" or "0 8-18/2 * * *",
// names times of a civil day, and each comes exactly once a day: one that the
// clocks leap over is due where they land, and one that they pass twice is due
// the first time. A calendar for every hour, such as "*/15 * * * *", means an
// interval, and is due whenever a clock on the wall would show its minute: in
// the hour that comes twice again, and in one that does not come not at all.
type Calendar struct {
	spec      *cron.SpecSchedule // in UTC, which stands for the time on the wall
	zone      *time.Location
	everyHour bool
}

// fields is what an expression consists of; macros such as @daily stand for one.
var fields = cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow | cron.Descriptor)

// allHours has a bit for each hour of the day.
const allHours = 1<<24 - 1

// Parse reads a cron expression of five fields (minute, hour, day of the month,
// month, day of the week) or one of @hourly, @daily, @weekly, @monthly, @yearly,
// and the IANA name of a time zone; "" is UTC. The error says what is wrong and
// what would be right.
func Parse(expression, zone string) (Calendar, error) {
	spec, err := parseExpression(expression)
	location, zoneErr := LoadZone(zone)
	if err := errors.Join(err, zoneErr); err != nil {
		return Calendar{}, err
	}
	return Calendar{spec: spec, zone: location, everyHour: spec.Hour&allHours == allHours}, nil
}

// LoadZone finds a time zone by its IANA name; "" is UTC.
func LoadZone(name string) (*time.Location, error) {
	// "Local" is another zone on every machine.
	if location, err := time.LoadLocation(name); err == nil && name != "Local" {
		return location, nil
	}
	return nil, fmt.Errorf("there is no time zone %q; want an IANA name such as Europe/Berlin or UTC", name)
}

// maxExpression bounds an expression, in bytes.
const maxExpression = 1000

func parseExpression(text string) (*cron.SpecSchedule, error) {
	const want = `want five fields: minute, hour, day of month, month, day of week, such as "30 2 * * *"`
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return nil, errors.New("there is no cron expression; " + want)
	case len(text) > maxExpression:
		return nil, fmt.Errorf("the cron expression has %d bytes; %s", len(text), want)
	case strings.Contains(text, "TZ="):
		return nil, fmt.Errorf("%q names a time zone; that stands beside it, as the zone", text)
	case strings.HasPrefix(text, "@every"):
		// Every program would count from when it was started.
		return nil, fmt.Errorf(`%q has no fixed times; write an interval as "*/15 * * * *" or "0 */6 * * *"`, text)
	}
	if n := len(strings.Fields(text)); n != 5 && !strings.HasPrefix(text, "@") {
		return nil, fmt.Errorf("%q has not five fields but %d; %s", text, n, want)
	}
	parsed, err := fields.Parse(text)
	if err != nil {
		message := err.Error()
		if _, after, ok := strings.Cut(message, "failed to parse int from "); ok {
			value, _, _ := strings.Cut(after, ": ")
			message = fmt.Sprintf("%s is neither a number nor a name that may stand there", value)
		}
		return nil, fmt.Errorf("%q: %s; %s", text, message, want)
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, fmt.Errorf("%q has no fixed times; %s", text, want)
	}
	spec.Location = time.UTC
	// Four leap years together: whatever day there is comes in them.
	if spec.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("%q: that day never comes", text)
	}
	return spec, nil
}

// Zone is the time zone of the calendar's times.
func (c Calendar) Zone() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}

// Next is the first due time after a time; zero where there is none within
// some years. It is given in the calendar's zone.
func (c Calendar) Next(after time.Time) time.Time {
	if c.spec == nil {
		return time.Time{}
	}
	if c.everyHour {
		return c.nextShown(after.In(c.zone))
	}
	// The times on the wall follow one another as what they stand for does, but
	// two of them may stand for one: where the clock leaps over both.
	for wall := onWall(after.In(c.zone)); ; {
		wall = c.spec.Next(wall)
		if wall.IsZero() {
			return time.Time{}
		}
		if due := c.stands(wall); due.After(after) {
			return due
		}
	}
}

// Slots are the due times after one time, up to and including another.
func (c Calendar) Slots(after, until time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		for due := c.Next(after); !due.IsZero() && !due.After(until); due = c.Next(due) {
			if !yield(due) {
				return
			}
		}
	}
}

// nextShown is the first time after another at which a clock on the wall shows
// a time of the expression.
func (c Calendar) nextShown(after time.Time) time.Time {
	for {
		wall := c.spec.Next(onWall(after))
		if wall.IsZero() {
			return time.Time{}
		}
		_, offset := after.Zone()
		due := wall.Add(-time.Duration(offset) * time.Second).In(c.zone)
		_, end := after.ZoneBounds()
		if end.IsZero() || due.Before(end) {
			return due
		}
		// The clocks change before that. They may show a time of the expression in the very
		// moment in which they do.
		if now := end.In(c.zone); c.spec.Next(onWall(now).Add(-time.Second)).Equal(onWall(now)) {
			return now
		}
		after = end.In(c.zone)
	}
}

// onWall is what a clock on the wall shows, as if it were UTC.
func onWall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// stands is the moment for which a time on the wall stands: the first at which
// it is shown, or where it never is, that in which the clocks leap over it.
func (c Calendar) stands(wall time.Time) time.Time {
	t := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, c.zone)
	start, end := t.ZoneBounds()
	switch shown := onWall(t); {
	case shown.After(wall): // Date took the offset from before the leap
		return start.In(c.zone)
	case shown.Before(wall): // Date took the offset from behind it
		return end.In(c.zone)
	case start.IsZero():
		return t
	}
	_, before := start.Add(-time.Second).Zone()
	earlier := wall.Add(-time.Duration(before) * time.Second).In(c.zone)
	if earlier.Before(start) {
		return earlier
	}
	return t
}
