package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/config"
	"crosscheck/store"
)

func newSchedule(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "List the schedules, and how the last run of each ended",
		Long: `schedule lists the schedules of crosscheck.yaml: when each ran last, when it is
due next, in its own time zone, and how the last run ended. 'crosscheck serve'
runs them. A time at which no server was there is made up for by the next start:
the newest once, those before it are counted as skipped.`,
		Example: `  crosscheck schedule
  crosscheck run --schedule nightly    # one of them now`,
		Args: noArguments,
	}
	db := databaseFlags(cmd)
	format.bind(cmd, "format", "what to print")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		file, err := needConfig(cmd, c.getenv, "sources", "schedules")
		if err != nil {
			return err
		}
		if len(file.Schedules) == 0 {
			return usagef("%s has no schedules; 'crosscheck config init' writes a file with one, to copy from", file.Path)
		}
		var timings []store.Timing
		err = db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) (err error) {
			timings, err = s.Timings(ctx)
			return err
		})
		if err != nil {
			return err
		}
		known := make(map[string]store.Timing, len(timings))
		for _, t := range timings {
			known[t.Name] = t
		}
		if format.value == "jsonl" {
			return c.scheduleLines(file, known, time.Now())
		}
		c.scheduleTable(file, known, time.Now())
		return nil
	}
	return cmd
}

// scheduleTable prints the schedules for people.
func (c *console) scheduleTable(file *config.Config, known map[string]store.Timing, now time.Time) {
	rows := make([][]string, len(file.Schedules))
	kept := false
	for i, s := range file.Schedules {
		t := known[s.Name]
		kept = kept || !t.Since.IsZero()
		last := "never"
		if t.Last != nil {
			last = slotText(t.Last.Due.In(s.Calendar.Zone())) + either(t.Last.Asked, ", by hand", "")
		}
		rows[i] = []string{s.Name, s.Cron + " " + s.Zone, last, slotText(s.Calendar.Next(now)), outcomeText(t)}
	}
	c.table([]column{{"schedule", 8}, {"when", 16}, {"last", 10}, {"next", 10}, {"how the last ended", 18}}, rows)
	if !kept {
		c.tellf("crosscheck: no server has kept these schedules yet; 'crosscheck serve' does")
	}
}

// outcomeText says how the last run of a schedule ended.
func outcomeText(t store.Timing) string {
	var parts []string
	switch last := t.Last; {
	case last == nil:
		parts = append(parts, "no run yet")
	case last.Stage == "failed":
		parts = append(parts, "failed: "+last.Failure)
	case last.Stage == store.BrokenOff:
		parts = append(parts, last.Stage)
	case last.Finished.IsZero():
		parts = append(parts, "not yet: "+last.Stage)
	default:
		parts = append(parts, counted(last.Found, "document"))
		if last.Failed > 0 {
			parts = append(parts, grouped(last.Failed)+" failed")
		}
		parts = append(parts, counted(last.NewConflicts, "new conflict"))
	}
	if t.Skipped > 0 {
		parts = append(parts, grouped(t.Skipped)+" skipped"+either(t.Why == "", "", ": "+t.Why))
	}
	return strings.Join(parts, ", ")
}

// scheduleLine is a schedule for other programs.
type scheduleLine struct {
	Schedule string       `json:"schedule"`
	Cron     string       `json:"cron"`
	Zone     string       `json:"zone"`
	Sources  []string     `json:"sources"` // all of them where the file names none
	Next     *time.Time   `json:"next"`
	Skipped  int          `json:"skipped"` // slots, since the run before the last
	Why      string       `json:"skipped_because,omitempty"`
	Last     *lastRunLine `json:"last"`
}

// lastRunLine is the last run of a schedule.
type lastRunLine struct {
	Due          time.Time  `json:"due"`
	Asked        bool       `json:"asked"` // by hand
	Run          int64      `json:"run"`
	Started      time.Time  `json:"started"`
	Finished     *time.Time `json:"finished"`
	Stage        string     `json:"stage"`
	Failure      string     `json:"failure,omitempty"`
	Documents    int        `json:"documents"`
	Failed       int        `json:"failed"`
	NewConflicts int        `json:"new_conflicts"`
}

// scheduleLines prints the schedules for other programs.
func (c *console) scheduleLines(file *config.Config, known map[string]store.Timing, now time.Time) error {
	lines := c.lines()
	for _, s := range file.Schedules {
		t := known[s.Name]
		line := scheduleLine{Schedule: s.Name, Cron: s.Cron, Zone: s.Zone, Sources: []string{}, Next: inUTC(s.Calendar.Next(now)), Skipped: t.Skipped, Why: t.Why}
		for _, source := range file.SourcesOf(s) {
			line.Sources = append(line.Sources, source.Name)
		}
		if last := t.Last; last != nil {
			line.Last = &lastRunLine{
				Due: last.Due.UTC(), Asked: last.Asked, Run: last.Run, Started: last.Started.UTC(), Finished: inUTC(last.Finished),
				Stage: last.Stage, Failure: last.Failure, Documents: last.Found, Failed: last.Failed, NewConflicts: last.NewConflicts,
			}
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// inUTC is a time in UTC, nil for none.
func inUTC(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
