package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/export"
	"crosscheck/pipeline"
	"crosscheck/store"
)

func newRuns(c *console) *cobra.Command {
	format := newChoice("table", "jsonl", "csv")
	cmd := &cobra.Command{
		Use:   "runs",
		Short: "List the runs, newest first, with what each read and found",
		Long: `runs lists what every run did. "runs show" tells of one what each source gave,
what could not be read and why, and which sources have fallen silent: "no
conflict" must never mean that a feed was down.`,
		Example: `  crosscheck runs
  crosscheck runs show            # the newest
  crosscheck runs show 17
  crosscheck runs --format jsonl | jq 'select(.failed > 0)'`,
		Args: knownCommand,

		SuggestionsMinimumDistance: suggestWithin,
	}
	limit := limitRowsFlag(cmd)
	format.bind(cmd, "format", "how to print it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		rows := limit.rows(cmd, format)
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			runs, err := s.Runs(ctx, rows.query())
			if err != nil {
				return err
			}
			runs = cut(c, runs, rows)
			switch format.value {
			case "jsonl":
				return c.jsonLines(len(runs), func(i int) any { return newRunLine(runs[i]) })
			case "csv":
				return c.runSheet(runs)
			}
			if len(runs) == 0 {
				c.printf("no runs\n")
				return nil
			}
			c.runTable(runs)
			return nil
		})
	}
	cmd.AddCommand(newRunsShow(c))
	return cmd
}

func newRunsShow(c *console) *cobra.Command {
	format := newChoice("table", "jsonl", "csv")
	cmd := &cobra.Command{
		Use:   "show [RUN]",
		Short: "Show a run, the newest or the one of a number, source by source",
		Long: `show tells of a run what each source gave. It adds up: expected = fetched +
unchanged + failed; "read" are those fetched that were not copies of what had
been read before. A conflict between two sources counts for both. JSON lines are
the run, its sources and its failures, by their type; CSV has a row a source.`,
		Example: `  crosscheck runs show
  crosscheck runs show 17 --format jsonl | jq 'select(.type == "failure")'`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("show takes one number of a run, and was given %d; see '%s --help'", len(args), cmd.CommandPath())
			}
			return nil
		},
	}
	format.bind(cmd, "format", "how to print it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var id int64
		if len(args) == 1 {
			var err error
			if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id < 1 {
				return usagef("%q is not the number of a run; 'crosscheck runs' lists them", args[0])
			}
		}
		silentAfter := pipeline.SilentAfter
		if file, err := loadConfig(cmd, c.getenv, "silent_after"); err != nil {
			return err
		} else if file != nil {
			silentAfter = file.SilentAfter
		}
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			if id == 0 {
				newest, err := s.Runs(ctx, 1)
				if err != nil {
					return err
				}
				if len(newest) == 0 {
					c.printf("no runs\n")
					return nil
				}
				id = newest[0].ID
			}
			run, sources, failed, ok, err := s.FindRun(ctx, id)
			if err != nil {
				return err
			}
			if !ok {
				return usagef("there is no run %d; 'crosscheck runs' lists them", id)
			}
			switch format.value {
			case "jsonl":
				return c.runLines(run, sources, failed)
			case "csv":
				return c.sourceSheet(sources)
			}
			c.reportLedger(run, sources, failed, silentAfter)
			return nil
		})
	}
	return cmd
}

// runTable prints runs, a line each.
func (c *console) runTable(runs []store.RunLine) {
	rows := make([][]string, len(runs))
	for i, r := range runs {
		rows[i] = []string{strconv.FormatInt(r.ID, 10), r.Started.UTC().Format("2006-01-02 15:04"), stateText(r), grouped(r.Found),
			grouped(r.Added + r.Changed), grouped(r.Failed), withNew(r.Conflicts, r.NewConflicts)}
	}
	c.table([]column{{"run", 3}, {"started (UTC)", 16}, {"state", 9}, {"found", 5}, {"read", 4}, {"failed", 6}, {"conflicts", 12}}, rows)
}

// stateText is how a run ended, or how far it is.
func stateText(r store.RunLine) string {
	if r.Finished.IsZero() {
		return r.Stage
	}
	return "took " + r.Finished.Sub(r.Started).Round(100*time.Millisecond).String()
}

// reportLedger prints one run for people.
func (c *console) reportLedger(run store.RunLine, sources []store.SourceLine, failed []store.FailureLine, silentAfter int) {
	c.printf("run %d, started %s, %s\n", run.ID, run.Started.UTC().Format("2006-01-02 15:04:05 UTC"), stateText(run))
	if run.Failure != "" {
		c.paragraph("it failed: ", "  ", printable(run.Failure))
	}
	if run.Finished.IsZero() {
		c.printf("its counts are known when it ends\n")
		return
	}
	c.printf("documents  %s found: %s new, %s changed, %s unchanged, %s failed\n",
		grouped(run.Found), grouped(run.Added), grouped(run.Changed), grouped(run.Unchanged), grouped(run.Failed))
	c.printf("conflicts  %s, %s re-opened, %s superseded, %s closed\n\n", withNew(run.Conflicts, run.NewConflicts),
		grouped(run.Reopened), grouped(run.Superseded), grouped(run.Closed))
	if len(sources) > 0 {
		rows := make([][]string, len(sources))
		for i, s := range sources {
			rows[i] = []string{s.Name, grouped(s.Expected), grouped(s.Fetched), grouped(s.Unchanged), grouped(s.Failed),
				grouped(s.Extracted), grouped(s.Claims), conflictsText(s)}
		}
		c.table([]column{{"source", 16}, {"expected", 8}, {"fetched", 7}, {"unchanged", 9}, {"failed", 6}, {"read", 4}, {"claims", 6}, {"conflicts", 9}}, rows)
		c.printf("\n")
	}
	for _, f := range failed {
		c.paragraph(f.Document+": ", "  ", printable(f.Reason)+either(f.Tries > 1, fmt.Sprintf(" (%d tries)", f.Tries), ""))
	}
	c.reportFindings(sources, silentAfter)
}

// conflictsText is what a source has part in: "2 new, 1 closed".
func conflictsText(s store.SourceLine) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{s.Opened, "new"}, {s.Reopened, "re-opened"}, {s.Superseded, "superseded"}, {s.Closed, "closed"}} {
		if p.n > 0 {
			parts = append(parts, grouped(p.n)+" "+p.what)
		}
	}
	return strings.Join(parts, ", ")
}

// reportFindings prints what the sources of a run say that should not be passed over.
func (c *console) reportFindings(sources []store.SourceLine, silentAfter int) {
	for _, finding := range pipeline.Findings(sources, silentAfter) {
		c.paragraph("note: ", "  ", printable(finding))
	}
}

// runLine is a run as JSON.
type runLine struct {
	Type         string     `json:"type"`
	Run          int64      `json:"run"`
	Started      time.Time  `json:"started"`
	Finished     *time.Time `json:"finished"`
	Stage        string     `json:"stage"`
	Failure      string     `json:"failure,omitempty"`
	Paths        []string   `json:"paths"`
	Found        int        `json:"found"`
	Added        int        `json:"added"`
	Changed      int        `json:"changed"`
	Unchanged    int        `json:"unchanged"`
	Failed       int        `json:"failed"`
	Claims       int        `json:"claims"`
	NewClaims    int        `json:"new_claims"`
	Conflicts    int        `json:"conflicts"`
	NewConflicts int        `json:"new_conflicts"`
	Reopened     int        `json:"reopened"`
	Superseded   int        `json:"superseded"`
	Closed       int        `json:"closed"`
}

func newRunLine(r store.RunLine) runLine {
	line := runLine{
		Type: "run", Run: r.ID, Started: r.Started.UTC(), Stage: r.Stage, Failure: r.Failure, Paths: r.Paths, Found: r.Found,
		Added: r.Added, Changed: r.Changed, Unchanged: r.Unchanged, Failed: r.Failed, Claims: r.Claims, NewClaims: r.NewClaims,
		Conflicts: r.Conflicts, NewConflicts: r.NewConflicts, Reopened: r.Reopened, Superseded: r.Superseded, Closed: r.Closed,
	}
	if !r.Finished.IsZero() {
		ended := r.Finished.UTC()
		line.Finished = &ended
	}
	return line
}

// sourceLine is what a source gave in a run, as JSON.
type sourceLine struct {
	Type       string `json:"type"`
	Source     string `json:"source"`
	Expected   int    `json:"expected"`
	Fetched    int    `json:"fetched"`
	Unchanged  int    `json:"unchanged"`
	Failed     int    `json:"failed"`
	Extracted  int    `json:"extracted"`
	Claims     int    `json:"claims"`
	Opened     int    `json:"opened"`
	Reopened   int    `json:"reopened"`
	Superseded int    `json:"superseded"`
	Closed     int    `json:"closed"`
	Quiet      int    `json:"quiet"`
	Silent     int    `json:"silent"`
}

// failureLine is a document that a run could not read, as JSON.
type failureLine struct {
	Type     string `json:"type"`
	Source   string `json:"source"`
	Document string `json:"document"`
	Reason   string `json:"reason"`
	Tries    int    `json:"tries"`
}

func newSourceLine(s store.SourceLine) sourceLine {
	return sourceLine{"source", s.Name, s.Expected, s.Fetched, s.Unchanged, s.Failed, s.Extracted, s.Claims,
		s.Opened, s.Reopened, s.Superseded, s.Closed, s.Quiet, s.Silent}
}

// runLines prints a run, then its sources, then its failures.
func (c *console) runLines(run store.RunLine, sources []store.SourceLine, failed []store.FailureLine) error {
	lines := []any{newRunLine(run)}
	names := make(map[int]string, len(sources))
	for _, s := range sources {
		names[s.N] = s.Name
		lines = append(lines, newSourceLine(s))
	}
	for _, f := range failed {
		lines = append(lines, failureLine{"failure", names[f.Source], f.Document, f.Reason, f.Tries})
	}
	return c.jsonLines(len(lines), func(i int) any { return lines[i] })
}

// jsonLines prints objects, one a line.
func (c *console) jsonLines(n int, line func(int) any) error {
	out := json.NewEncoder(c.out)
	out.SetEscapeHTML(false)
	for i := range n {
		if err := out.Encode(line(i)); err != nil {
			return err
		}
	}
	return nil
}

// runSheet is a row a run, for spreadsheets.
func (c *console) runSheet(runs []store.RunLine) error {
	s, err := export.NewSheet(c.out, "run", "started", "finished", "stage", "found", "added", "changed", "unchanged", "failed",
		"claims", "new_claims", "conflicts", "new_conflicts", "reopened", "superseded", "closed")
	if err != nil {
		return err
	}
	for _, r := range runs {
		finished := ""
		if !r.Finished.IsZero() {
			finished = r.Finished.UTC().Format(time.RFC3339)
		}
		row := []string{strconv.FormatInt(r.ID, 10), r.Started.UTC().Format(time.RFC3339), finished, r.Stage}
		if err := s.Row(append(row, integers(r.Found, r.Added, r.Changed, r.Unchanged, r.Failed, r.Claims, r.NewClaims,
			r.Conflicts, r.NewConflicts, r.Reopened, r.Superseded, r.Closed)...)...); err != nil {
			return err
		}
	}
	return s.End()
}

// sourceSheet is a row a source of a run, for spreadsheets.
func (c *console) sourceSheet(sources []store.SourceLine) error {
	s, err := export.NewSheet(c.out, "source", "expected", "fetched", "unchanged", "failed", "extracted", "claims",
		"opened", "reopened", "superseded", "closed", "quiet", "silent")
	if err != nil {
		return err
	}
	for _, l := range sources {
		if err := s.Row(append([]string{l.Name}, integers(l.Expected, l.Fetched, l.Unchanged, l.Failed, l.Extracted, l.Claims,
			l.Opened, l.Reopened, l.Superseded, l.Closed, l.Quiet, l.Silent)...)...); err != nil {
			return err
		}
	}
	return s.End()
}

func integers(numbers ...int) []string {
	cells := make([]string, len(numbers))
	for i, n := range numbers {
		cells[i] = strconv.Itoa(n)
	}
	return cells
}
