package main

import (
	"errors"

	"github.com/spf13/cobra"

	"crosscheck/conflict"
	"crosscheck/pipeline"
)

func newCompare(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	least := severity(conflict.ShownFrom)
	var explained bool
	cmd := &cobra.Command{
		Use:   "compare [flags] FILE FILE...",
		Short: "Report the conflicts among files",
		Long: `compare reads files, or all documents in folders, and prints the questions that
they answer differently, most severe first. It needs no database and stores
nothing.

With --arithmetic it prints besides what does not add up inside one document:
parts that miss their total, shares that pass 100%, "rose 4.5% from X to Y", a
headline that the body contradicts. Then one file is enough.

` + aboutRates,
		Example: `  crosscheck compare morning.txt evening.html
  crosscheck compare --severity 0 docs/       # weaker suspicions too
  crosscheck compare --explained a.md b.md    # and what only looks different
  crosscheck compare --arithmetic budget.md   # what does not add up in it
  crosscheck compare --rates ecb.csv docs/    # sums in two currencies too
  crosscheck compare --format jsonl docs/ | jq .question`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("compare needs files or a folder; for example: crosscheck compare a.txt b.html")
			}
			return nil
		},
	}
	format.bind(cmd, "format", "how to print it")
	cmd.Flags().Var(&least, "severity", "leave out conflicts less severe than this")
	cmd.Flags().BoolVar(&explained, "explained", false, "add what differs only in appearance, and why, and what was superseded")
	how := comparisonFlags(cmd)
	limit := limitFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		comparison, err := how.comparison()
		if err != nil {
			return err
		}
		var docs []*pipeline.Loaded
		err = readEach(cmd.Context(), reader{c, pipeline.Loader{MaxBytes: int64(*limit)}}, args,
			func(l *pipeline.Loaded) (*pipeline.Loaded, error) { return l, nil },
			func(l *pipeline.Loaded) error { docs = append(docs, l); return nil })
		var unread unreadError
		switch {
		case err != nil && !errors.As(err, &unread):
			return err
		case err == nil && len(docs) < 2 && !(comparison.Arithmetic && len(docs) == 1):
			return usagef("compare needs two documents or more, and found %d", len(docs))
		}
		conflicts, compareErr := comparison.Compare(cmd.Context(), docs)
		if compareErr != nil {
			return compareErr
		}
		conflicts = worthShowing(conflicts, float64(least), explained)
		if format.value == "jsonl" {
			return errors.Join(c.conflictLines(conflicts), err)
		}
		c.reportConflicts(conflicts, shelve(docs))
		c.printf("%s among %s\n", conflictCount(conflicts), counted(len(docs), "document"))
		return err
	}
	return cmd
}

// worthShowing keeps the conflicts that stand and are severe enough; explained
// adds those that do not stand.
func worthShowing(conflicts []conflict.Conflict, least float64, explained bool) []conflict.Conflict {
	var kept []conflict.Conflict
	for _, one := range conflicts {
		switch one.Status {
		case conflict.Explained, conflict.Superseded:
			if explained {
				kept = append(kept, one)
			}
		default:
			if one.Severity >= least {
				kept = append(kept, one)
			}
		}
	}
	return kept
}

// conflictCount counts what stands apart from what was explained away.
func conflictCount(conflicts []conflict.Conflict) string {
	standing, explained, superseded := 0, 0, 0
	for _, one := range conflicts {
		switch one.Status {
		case conflict.Explained:
			explained++
		case conflict.Superseded:
			superseded++
		default:
			standing++
		}
	}
	words := "no conflicts"
	if standing > 0 {
		words = counted(standing, "conflict")
	}
	if explained > 0 {
		words += ", " + counted(explained, "difference") + " explained"
	}
	if superseded > 0 {
		words += ", " + counted(superseded, "figure") + " superseded"
	}
	return words
}

func (c *console) conflictLines(conflicts []conflict.Conflict) error {
	lines := c.lines()
	for _, one := range conflicts {
		if err := lines.Encode(one); err != nil {
			return err
		}
	}
	return nil
}

// shelve keeps of loaded documents what a report says of them.
func shelve(docs []*pipeline.Loaded) shelf {
	s := make(shelf, len(docs))
	for _, d := range docs {
		s[d.Path] = shelved{d.Source, newPlaces(d.Path, d.Document.Text)}
	}
	return s
}
