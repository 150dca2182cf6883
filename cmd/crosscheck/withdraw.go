package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"crosscheck/pipeline"
	"crosscheck/store"
)

func newWithdraw(c *console) *cobra.Command {
	var reason, source string
	var lift, list bool
	cmd := &cobra.Command{
		Use:   "withdraw [PATH or URL | --source NAME] --reason TEXT",
		Short: "Take a document or a source out of the database for good",
		Long: `withdraw takes a document, or a source with all its documents, out of the
database: archived bytes, texts, quotes, and claims that nobody else makes.
Conflicts in which they took part are compared anew. What stays is a tombstone
with the reason, the time and the numbers of what went; while it stands, runs do
not read the document again, and count it as unchanged.

Another document with the same bytes keeps them, and is named. --lift takes the
tombstone away: the next run reads the document. --list prints the tombstones.
Backups of the database, and files and pages outside it, are not touched.`,
		Example: `  crosscheck withdraw docs/leak.txt --reason 'asked for by the person named'
  crosscheck withdraw --source 'Harbour Gazette' --reason 'licence ended'
  crosscheck withdraw --list
  crosscheck withdraw --lift docs/leak.txt`,
		Args: func(cmd *cobra.Command, args []string) error {
			named := len(args)
			if source != "" {
				named++
			}
			switch {
			case list && (named > 0 || lift || reason != ""):
				return usagef("withdraw --list takes nothing else")
			case !list && named != 1:
				return usagef("withdraw takes one document or --source NAME; see '%s --help'", cmd.CommandPath())
			case !list && !lift && strings.TrimSpace(reason) == "":
				return usagef("withdraw needs the reason, which is kept: --reason TEXT")
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why, in words; it is kept")
	cmd.Flags().StringVar(&source, "source", "", "withdraw all documents of this source")
	cmd.Flags().BoolVar(&lift, "lift", false, "take the tombstone away, so that the next run reads it again")
	cmd.Flags().BoolVar(&list, "list", false, "print what was withdrawn, the newest first")
	how := comparisonFlags(cmd)
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		comparison, err := how.comparison()
		if err != nil {
			return err
		}
		what, name := store.WithdrawnSource, source
		if len(args) == 1 {
			what, name = store.WithdrawnDocument, args[0]
		}
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			runner := &pipeline.Runner{Store: s, Comparison: comparison, Log: c.logger(cmd)}
			switch {
			case list:
				return c.listWithdrawals(ctx, s)
			case lift:
				lifted, err := runner.Lift(ctx, what, name)
				if err == nil && !lifted {
					return usagef("%s was not withdrawn; 'crosscheck withdraw --list' prints what was", printable(name))
				}
				if err == nil {
					c.printf("the next run reads it again\n")
				}
				return err
			}
			w, err := runner.Withdraw(ctx, what, name, reason)
			if err != nil {
				return err
			}
			if w.Documents == 0 {
				c.printf("nothing of it was stored; runs will not read it\n")
				return nil
			}
			c.paragraph("", "", fmt.Sprintf("gone: %s in %s, with %s and %s that nobody else makes; %s settled", counted(w.Documents, "document"),
				counted(w.Versions, "version"), counted(w.Quotes, "quote"), counted(w.Claims, "claim"), counted(w.Closed, "conflict")))
			for _, other := range w.Sharing {
				c.paragraph("note: ", "  ", printable(other)+" has the same bytes, and keeps them")
			}
			return nil
		})
	}
	return cmd
}

// listWithdrawals prints the tombstones.
func (c *console) listWithdrawals(ctx context.Context, s *store.Store) error {
	all, err := s.Withdrawals(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		c.printf("nothing was withdrawn\n")
		return nil
	}
	rows := make([][]string, len(all))
	for i, w := range all {
		rows[i] = []string{w.Withdrawn.UTC().Format("2006-01-02"), w.What, w.Name, w.Reason, grouped(w.Documents), grouped(w.Quotes)}
	}
	c.table([]column{{"on", 10}, {"what", 8}, {"name", 16}, {"reason", 12}, {"documents", 9}, {"quotes", 6}}, rows)
	return nil
}
