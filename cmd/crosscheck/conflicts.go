package main

import (
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/export"
	"crosscheck/store"
)

func newConflicts(c *console) *cobra.Command {
	format := newChoice("table", "jsonl", "csv")
	status := &choices{values: []string{string(conflict.Open)}, allowed: []string{
		string(conflict.Open), string(conflict.Confirmed), string(conflict.Dismissed), string(conflict.Superseded),
		string(conflict.Resolved), string(conflict.Explained)}}
	kind := newChoice("", string(conflict.Number), string(conflict.Date), string(conflict.Entity),
		string(conflict.Negation), string(conflict.Arithmetic))
	least := severity(conflict.ShownFrom)
	var filter store.ConflictFilter
	cmd := &cobra.Command{
		Use:   "conflicts",
		Short: "List the conflicts that are stored, most severe first",
		Long: `conflicts lists the questions that stored documents answer differently, each
with its positions, the words they stand on, and the reason why they cannot all
hold. CSV has a row a place; JSON lines have under "review" what people decided.`,
		Example: `  crosscheck conflicts
  crosscheck conflicts --severity 0 --kind date
  crosscheck conflicts --status explained --severity 0
  crosscheck conflicts --format jsonl | jq -r .question
  crosscheck conflicts --format csv > conflicts.csv`,
		Args: noArguments,
	}
	status.bind(cmd, "status", "only conflicts that stand so, by commas")
	kind.bind(cmd, "kind", "only conflicts of this kind")
	cmd.Flags().Var(&least, "severity", "leave out conflicts less severe than this")
	cmd.Flags().StringVar(&filter.Text, "text", "", "only conflicts with this in the question, the reason or a sentence")
	limit := limitRowsFlag(cmd)
	format.bind(cmd, "format", "how to print it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		rows := limit.rows(cmd, format)
		filter.Kind, filter.Severity, filter.Limit = conflict.Kind(kind.value), float64(least), rows.query()
		for _, word := range status.values {
			filter.Statuses = append(filter.Statuses, conflict.Status(word))
		}
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			conflicts, err := s.Conflicts(ctx, filter)
			if err != nil {
				return err
			}
			conflicts = cut(c, conflicts, rows)
			switch format.value {
			case "jsonl":
				return c.reviewedLines(ctx, s, conflicts)
			case "csv":
				return c.conflictSheet(conflicts)
			}
			docs, err := storedShelf(ctx, s, conflicts)
			if err != nil {
				return err
			}
			c.reportConflicts(conflicts, docs)
			c.printf("%s\n", conflictCount(conflicts))
			return nil
		})
	}
	return cmd
}

// reviewedLines is conflicts as JSON, each with what people decided about it.
func (c *console) reviewedLines(ctx context.Context, s *store.Store, conflicts []conflict.Conflict) error {
	ids := make([]string, len(conflicts))
	for i, one := range conflicts {
		ids[i] = one.ID
	}
	states, err := s.States(ctx, ids)
	if err != nil {
		return err
	}
	return c.jsonLines(len(conflicts), func(i int) any {
		line := struct {
			conflict.Conflict
			Review *desk.State `json:"review,omitempty"`
		}{Conflict: conflicts[i]}
		if state, reviewed := states[conflicts[i].ID]; reviewed {
			line.Review = &state
		}
		return line
	})
}

// storedShelf looks up the documents that stored conflicts quote.
func storedShelf(ctx context.Context, s *store.Store, conflicts []conflict.Conflict) (shelf, error) {
	var at []claim.Appearance
	for _, one := range conflicts {
		for _, p := range one.Positions {
			at = append(at, p.Appearances[:min(appearancesShown, len(p.Appearances))]...)
		}
	}
	docs, err := s.DocumentsOf(ctx, at)
	return shelveStored(docs), err
}

// shelveStored keeps of stored documents what a report says of them.
func shelveStored(docs map[string]conflict.Document) shelf {
	s := make(shelf, len(docs))
	for path, d := range docs {
		s[path] = shelved{d.Source, newPlaces(path, d.Text)}
	}
	return s
}

// conflictSheet is a row a place, for spreadsheets.
func (c *console) conflictSheet(conflicts []conflict.Conflict) error {
	s, err := export.NewSheet(c.out, slices.Concat([]string{"conflict", "kind", "status", "severity", "question", "reason", "origins", "position"},
		valueTitles(), placeTitles())...)
	if err != nil {
		return err
	}
	for _, one := range conflicts {
		left := []string{one.ID, string(one.Kind), string(one.Status), strconv.FormatFloat(one.Severity, 'f', 2, 64),
			one.Question, one.Reason, strconv.Itoa(one.Origins)}
		for i, p := range one.Positions {
			for _, a := range p.Appearances {
				if err := s.Row(slices.Concat(left, []string{strconv.Itoa(i + 1)}, valueCells(p.Value), placeCells(a))...); err != nil {
					return err
				}
			}
		}
		for _, a := range one.Compatible {
			if err := s.Row(slices.Concat(left, []string{"compatible"}, valueCells(a.Claim.Value), placeCells(a))...); err != nil {
				return err
			}
		}
	}
	return s.End()
}
