package review

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

func TestFiltersSurviveTheirAddress(t *testing.T) {
	for _, f := range []desk.Filter{
		{},
		{Box: desk.Judged, Kind: conflict.Number, Status: conflict.Resolved, Verdict: desk.Real, Source: "A & B = C?", Schedule: "nightly", Assignee: "-", Severity: 0.25,
			Since: claim.DayOf(2026, 1, 2), Until: claim.DayOf(2026, 2, 3), Overdue: true, Text: `"exact words" -not`, After: "opaque/=", Size: 20},
		{Severity: -1}, {Severity: high},
	} {
		q, err := url.ParseQuery(queryOf(f))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := filterOf(q); err != nil || got != f {
			t.Errorf("%+v came back as %+v, %v", f, got, err)
		}
	}
}

// Whoever asks for a verdict does not look among what waits for one.
func TestAVerdictIsLookedForEverywhere(t *testing.T) {
	for q, want := range map[string]desk.Box{
		"": "", "status=open": "", "kind=number": "",
		"status=confirmed": desk.Everything, "verdict=same": desk.Everything,
		"verdict=same&box=muted": desk.Muted,
	} {
		values, _ := url.ParseQuery(q)
		if f, err := filterOf(values); err != nil || f.Box != want {
			t.Errorf("%q: box %q, want %q, %v", q, f.Box, want, err)
		}
	}
}

func TestFiltersThatAreNone(t *testing.T) {
	for _, q := range []string{"box=nowhere", "severity=very", "severity=NaN", "severity=2", "since=yesterday", "size=-1"} {
		values, _ := url.ParseQuery(q)
		var refused *desk.Refused
		if _, err := filterOf(values); !errors.As(err, &refused) {
			t.Errorf("%s: %v", q, err)
		}
	}
}

func TestTimesInWords(t *testing.T) {
	now := time.Date(2026, 3, 10, 9, 30, 0, 0, time.UTC)
	for at, want := range map[time.Time]string{
		now.Add(-20 * time.Second):                   "just now",
		now.Add(-20 * time.Minute):                   "20 minutes ago",
		time.Date(2026, 3, 10, 3, 0, 0, 0, time.UTC): "this night",
		time.Date(2026, 3, 10, 7, 0, 0, 0, time.UTC): "this morning",
		time.Date(2026, 3, 9, 22, 0, 0, 0, time.UTC): "last night",
		time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC): "yesterday",
		time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC): "3 days ago",
		time.Date(2026, 1, 7, 12, 0, 0, 0, time.UTC): "7 January 2026",
	} {
		if got := (Moment{at, now}).Words(); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

func TestDecisionsOfForms(t *testing.T) {
	for in, want := range map[string]desk.Decision{
		"real":              {Verdict: desk.Real},
		`real {"number":1}`: {Verdict: desk.Real, Stands: `{"number":1}`},
		"real none":         {Verdict: desk.Real, Stands: desk.NoneStands},
		"different period":  {Verdict: desk.Different, Detail: desk.ByPeriod},
		"misread date/year": {Verdict: desk.Misread, Detail: "date/year"},
	} {
		got := decisionOf(url.Values{"verdict": {in}})
		if got.Verdict != want.Verdict || got.Detail != want.Detail || got.Stands != want.Stands {
			t.Errorf("%s: %+v", in, got)
		}
	}
}

// Every rung that there is has words for why it failed.
func TestEveryRungIsTold(t *testing.T) {
	for _, name := range conflict.Rungs() {
		if failed[name] == "" {
			t.Errorf("nothing is said of %q", name)
		}
	}
	if len(failed) > len(conflict.Rungs()) {
		t.Errorf("%d rungs are told of %d", len(failed), len(conflict.Rungs()))
	}
}
