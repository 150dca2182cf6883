package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"crosscheck/schedule"
)

// parse reads a calendar that is right.
func parse(t testing.TB, expression, zone string) schedule.Calendar {
	t.Helper()
	c, err := schedule.Parse(expression, zone)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at reads a time with its offset: "2026-03-29T03:00:00+02:00".
func at(t testing.TB, text string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// shown are the due times between two moments as a clock on the wall shows
// them, with the offset that holds then.
func shown(t testing.TB, c schedule.Calendar, after, until string) []string {
	t.Helper()
	var all []string
	for due := range c.Slots(at(t, after), at(t, until)) {
		all = append(all, due.Format("02 15:04 -0700"))
	}
	return all
}

// TestClockChanges goes over the nights in which clocks change: in Berlin and
// New York by an hour, on Lord Howe Island by half of one.
func TestClockChanges(t *testing.T) {
	for name, test := range map[string]struct {
		cron, zone   string
		after, until string
		want         []string
	}{
		// Once on the day without a 02:30, once on the day with two.
		"Berlin, leapt over": {"30 2 * * *", "Europe/Berlin", "2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z",
			[]string{"28 02:30 +0100", "29 03:00 +0200", "30 02:30 +0200"}},
		"Berlin, twice": {"30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z",
			[]string{"25 02:30 +0200", "26 02:30 +0100"}},
		"New York, leapt over": {"30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z",
			[]string{"08 03:00 -0400", "09 02:30 -0400"}},
		"New York, twice": {"30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z",
			[]string{"01 01:30 -0400", "02 01:30 -0500"}},
		"New York, not touched": {"30 2 * * *", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z",
			[]string{"01 02:30 -0500", "02 02:30 -0500"}},
		"Lord Howe, leapt over": {"15 2 * * *", "Australia/Lord_Howe", "2026-10-03T02:00:00Z", "2026-10-05T02:00:00Z",
			[]string{"04 02:30 +1100", "05 02:15 +1100"}},
		"Lord Howe, where the leap ends": {"30 2 * * *", "Australia/Lord_Howe", "2026-10-03T02:00:00Z", "2026-10-05T02:00:00Z",
			[]string{"04 02:30 +1100", "05 02:30 +1100"}},
		"Lord Howe, twice": {"45 1 * * *", "Australia/Lord_Howe", "2026-04-04T02:00:00Z", "2026-04-06T02:00:00Z",
			[]string{"05 01:45 +1100", "06 01:45 +1030"}},

		// The very moments of the change.
		"Berlin, leap's beginning": {"0 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z",
			[]string{"29 03:00 +0200"}},
		"Berlin, two at the leap's end": {"30 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z",
			[]string{"29 03:00 +0200", "29 03:30 +0200"}},
		"Berlin, one there already": {"0 2,3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z",
			[]string{"29 03:00 +0200"}},
		"Berlin, the end of the hour that comes twice": {"0 2,3 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z",
			[]string{"25 02:00 +0200", "25 03:00 +0100"}},

		// An interval stays one.
		"quarters of an hour, leapt over": {"*/15 * * * *", "Europe/Berlin", "2026-03-29T00:29:00Z", "2026-03-29T01:15:00Z",
			[]string{"29 01:30 +0100", "29 01:45 +0100", "29 03:00 +0200", "29 03:15 +0200"}},
		"quarters of an hour, twice": {"*/15 * * * *", "Europe/Berlin", "2026-10-25T00:29:00Z", "2026-10-25T02:00:00Z",
			[]string{"25 02:30 +0200", "25 02:45 +0200", "25 02:00 +0100", "25 02:15 +0100", "25 02:30 +0100", "25 02:45 +0100", "25 03:00 +0100"}},
		"every hour, leapt over": {"30 * * * *", "America/New_York", "2026-03-08T06:00:00Z", "2026-03-08T08:00:00Z",
			[]string{"08 01:30 -0500", "08 03:30 -0400"}},
		"every half hour on Lord Howe, leapt over": {"*/30 * * * *", "Australia/Lord_Howe", "2026-10-03T14:59:00Z", "2026-10-03T16:00:00Z",
			[]string{"04 01:30 +1030", "04 02:30 +1100", "04 03:00 +1100"}},
		"every half hour on Lord Howe, twice": {"*/30 * * * *", "Australia/Lord_Howe", "2026-04-04T14:29:00Z", "2026-04-04T16:00:00Z",
			[]string{"05 01:30 +1100", "05 01:30 +1030", "05 02:00 +1030", "05 02:30 +1030"}},

		// Days that last no time at all, and midnights that are not.
		"Apia, a day left out": {"30 2 * * *", "Pacific/Apia", "2011-12-29T00:00:00Z", "2011-12-31T12:00:00Z",
			[]string{"29 02:30 -1000", "31 00:00 +1400", "31 02:30 +1400"}},
		"Cairo, no midnight": {"@daily", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-25T12:00:00Z",
			[]string{"24 01:00 +0300", "25 00:00 +0300"}},
		"no zone": {"30 2 * * *", "", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", []string{"29 02:30 +0000"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := shown(t, parse(t, test.cron, test.zone), test.after, test.until)
			if !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// TestOnceADay holds a nightly job to exactly one time on each civil day, and
// an interval to its length, through a year of clock changes.
func TestOnceADay(t *testing.T) {
	zones := []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana",
		"Asia/Kathmandu", "Pacific/Chatham", "America/St_Johns", "UTC"}
	for _, zone := range zones {
		for _, cron := range []string{"0 0 * * *", "0 1 * * *", "45 1 * * *", "0 2 * * *", "15 2 * * *", "30 2 * * *", "0 3 * * *", "59 23 * * *"} {
			days := make(map[string]int)
			for due := range parse(t, cron, zone).Slots(at(t, "2025-12-30T00:00:00Z"), at(t, "2027-01-02T12:00:00Z")) {
				days[due.Format(time.DateOnly)]++
			}
			for day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2027; day = day.AddDate(0, 0, 1) {
				if n := days[day.Format(time.DateOnly)]; n != 1 {
					t.Errorf("%s %s: %d times on %s", zone, cron, n, day.Format(time.DateOnly))
				}
			}
		}
		for _, season := range [][2]string{{"2026-02-15T00:00:00Z", "2026-04-30T00:00:00Z"}, {"2026-09-15T00:00:00Z", "2026-11-15T00:00:00Z"}} {
			last := at(t, season[0])
			for due := range parse(t, "*/15 * * * *", zone).Slots(last, at(t, season[1])) {
				if due.Sub(last) != 15*time.Minute {
					t.Errorf("%s: %s between %s and %s", zone, due.Sub(last), last.In(due.Location()), due)
				}
				last = due
			}
		}
	}
}

func TestParseNamesTheMistake(t *testing.T) {
	for expression, want := range map[string]string{
		"":                         "there is no cron expression; want five fields",
		"30 2 * *":                 "has not five fields but 4; want five fields",
		"0 30 2 * * *":             "has not five fields but 6; want five fields",
		"0 2 * * XYZ":              "XYZ is neither a number nor a name that may stand there; want five fields",
		"0 2 1- * *":               "want five fields",
		"30 25 * * *":              "(25) above maximum (23)",
		"60 2 * * *":               "(60) above maximum (59)",
		"*/0 * * * *":              "step of range should be a positive number",
		"0 0 31 2 *":               "that day never comes",
		"@every 15m":               `write an interval as "*/15 * * * *"`,
		"@nightly":                 "unrecognized descriptor: @nightly",
		"TZ=Europe/Berlin 0 2 * *": "names a time zone; that stands beside it",
		"CRON_TZ=":                 "names a time zone; that stands beside it",
		strings.Repeat("* ", 600):  "want five fields",
	} {
		if _, err := schedule.Parse(expression, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: got %v, want %q", expression, err, want)
		}
	}
	for _, zone := range []string{"Berlin", "Local", "../etc/passwd", "CET+1"} {
		if _, err := schedule.Parse("0 2 * * *", zone); err == nil || !strings.Contains(err.Error(), "want an IANA name") {
			t.Errorf("zone %q: got %v", zone, err)
		}
	}
	if due := (schedule.Calendar{}).Next(time.Unix(0, 0)); !due.IsZero() {
		t.Errorf("no calendar is due at %s", due)
	}
}

// FuzzParse holds that no expression breaks the parser, and that due times
// come one after another.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"30 2 * * *", "*/15 * * * *", "0 0 29 2 0", "@weekly", "TZ=", "1-5/2,7 * ? JAN MON-FRI"} {
		f.Add(seed, "Europe/Berlin", int64(1774746000))
	}
	f.Fuzz(func(t *testing.T, expression, zone string, second int64) {
		c, err := schedule.Parse(expression, zone)
		if err != nil {
			return
		}
		after := time.Unix(second%(1<<33), 0)
		for range 5 {
			next := c.Next(after)
			if next.IsZero() {
				return
			}
			if !next.After(after) {
				t.Fatalf("%q in %q: %s is not after %s", expression, zone, next, after)
			}
			after = next
		}
	})
}
