package config_test

import (
	"reflect"
	"strings"
	"testing"

	"crosscheck/config"
)

// TestExample holds that the example is right as it is, and with everything
// that is commented out.
func TestExample(t *testing.T) {
	c, err := config.Parse("crosscheck.yaml", []byte(config.Example), environment)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) != 1 || len(c.Schedules) != 1 || !reflect.DeepEqual(c.Notify, config.Default().Notify) {
		t.Errorf("got %+v", c)
	}
	var all []string
	for line := range strings.Lines(config.Example) {
		// One blank begins a sentence, two a setting of a setting.
		if bare, ok := strings.CutPrefix(line, "#"); ok && (bare[0] != ' ' || strings.HasPrefix(bare, "  ")) {
			line = bare
		}
		all = append(all, line)
	}
	c, err = config.Parse("crosscheck.yaml", []byte(strings.Join(all, "")), func(name string) string {
		return map[string]string{"SLACK_WEBHOOK": "https://hooks.example.org/T0", "MAIL_PASSWORD": "a", "DATABASE_PASSWORD": "b"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sources) != 3 || len(c.Schedules) != 2 || c.Notify.Mail == nil || len(c.Fetch.Hosts) != 1 {
		t.Errorf("got %+v", c)
	}
	// What it gives as a default is one.
	want := config.Default()
	if c.Limits != want.Limits || c.SilentAfter != want.SilentAfter || c.Fetch.Pause != want.Fetch.Pause || c.Fetch.Timeout != want.Fetch.Timeout ||
		c.Notify.AtMost != want.Notify.AtMost || c.Notify.Severity != want.Notify.Severity {
		t.Errorf("the example's defaults: %+v, want %+v", c, want)
	}
}

// TestSomeFields holds that only what is asked for is read, and needs secrets.
func TestSomeFields(t *testing.T) {
	text := "database_url: ${NOWHERE}\nsources: nonsense\nschedules: [{name: s, cron: '@daily', sources: [A]}]\ndata_dir: d\nnotify: {slack: '${NOWHERE}'}\n"
	c, err := config.Parse("c.yaml", []byte(text), environment, "data_dir", "schedules")
	if err != nil {
		t.Fatal(err)
	}
	if c.DataDir != "d" || len(c.Schedules) != 1 {
		t.Errorf("got %+v", c)
	}
	if _, err := config.Parse("c.yaml", []byte(text+"dta_dir: e\n"), environment, "data_dir"); err == nil || !strings.Contains(err.Error(), "did you mean data_dir?") {
		t.Errorf("got %v", err)
	}
}

func TestChanges(t *testing.T) {
	parse := func(text string) *config.Config {
		c, err := config.Parse("c.yaml", []byte(text), environment)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	before := parse(`sources: [{name: A, paths: a}, {name: B, paths: b}, {name: C, paths: c}]
schedules: [{name: nightly, cron: '0 2 * * *'}]
data_dir: d
`)
	moved := parse(`# A line more changes nothing.
data_dir: d
sources: [{name: C, paths: c}, {name: A, paths: a}, {name: B, paths: b}]
schedules: [{name: nightly, cron: '0 2 * * *'}]
`)
	if got := config.Changes(before, moved); len(got) != 0 {
		t.Errorf("moved: %v", got)
	}
	after := parse(`sources: [{name: A, paths: a}, {name: B, paths: [b, bb]}, {name: D, paths: d}]
schedules: [{name: nightly, cron: '0 3 * * *'}]
data_dir: e
limits: {document_time: 1m}
notify: {slack: '${HOOK}'}
`)
	want := []config.Change{
		{What: "data_dir: changed", Restart: true},
		{What: "source B: changed"}, {What: "source D: new"}, {What: "source C: gone"},
		{What: "schedule nightly: changed"}, {What: "limits: changed"}, {What: "notify: changed"},
	}
	if got := config.Changes(before, after); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
