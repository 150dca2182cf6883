package config

import (
	"fmt"
	"reflect"
)

// Change is one way in which two configurations differ.
type Change struct {
	What    string // "schedule nightly: changed"
	Restart bool   // it takes effect only when the program starts again
}

// Changes says how a configuration differs from one before it: what came, what
// went and what is another. It holds no secret.
func Changes(before, after *Config) []Change {
	var changes []Change
	note := func(same bool, restart bool, format string, args ...any) {
		if !same {
			changes = append(changes, Change{fmt.Sprintf(format, args...), restart})
		}
	}
	note(before.DatabaseURL == after.DatabaseURL, true, "database_url: changed")
	note(before.DataDir == after.DataDir, true, "data_dir: changed")
	note(before.Rates == after.Rates, false, "rates: changed")
	compareNamed(before.Sources, after.Sources, func(s Source) (string, any) {
		s.Line = 0
		return "source " + s.Name, s
	}, note)
	compareNamed(before.Schedules, after.Schedules, func(s Schedule) (string, any) {
		return "schedule " + s.Name, []any{s.Cron, s.Zone, s.Sources}
	}, note)
	note(before.Limits == after.Limits, before.Limits.Workers != after.Limits.Workers, "limits: changed")
	note(reflect.DeepEqual(before.Fetch, after.Fetch), false, "fetch: changed")
	note(before.Retention == after.Retention, false, "retention: changed")
	note(before.SilentAfter == after.SilentAfter, false, "silent_after: changed")
	note(reflect.DeepEqual(before.Notify, after.Notify), false, "notify: changed")
	note(reflect.DeepEqual(before.Review, after.Review), false, "review: changed")
	return changes
}

// compareNamed notes of a list what came, went and changed. told gives a
// member's name and what matters of it.
func compareNamed[T any](before, after []T, told func(T) (string, any), note func(same, restart bool, format string, args ...any)) {
	known := make(map[string]any, len(before))
	for _, member := range before {
		name, content := told(member)
		known[name] = content
	}
	for _, member := range after {
		name, content := told(member)
		old, was := known[name]
		delete(known, name)
		note(was, false, "%s: new", name)
		note(!was || reflect.DeepEqual(old, content), false, "%s: changed", name)
	}
	for _, member := range before {
		name, _ := told(member)
		_, gone := known[name]
		note(!gone, false, "%s: gone", name)
	}
}
