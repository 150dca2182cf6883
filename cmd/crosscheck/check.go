package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"crosscheck/claim"
	"crosscheck/config"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/pipeline"
	"crosscheck/store"
)

// differsError is --strict's: the work is done, and a draft differs.
type differsError struct{ n int }

// Error counts the claims.
func (e differsError) Error() string {
	return counted(e.n, "claim") + either(e.n == 1, " differs", " differ") + " from what is stored"
}

func newCheck(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	least := severity(conflict.ShownFrom)
	limit := byteSize(pipeline.DraftLimit)
	var all, strict, keep bool
	cmd := &cobra.Command{
		Use:   "check [flags] FILE... | -",
		Short: "Hold a draft against what is stored, before it is printed",
		Long: `check reads a draft, or standard input for "-", and holds each of its claims
against all that is stored: it differs (from which documents, with both quotes,
and what was tried to explain the difference away), it agrees (with how many
independent origins), or it stands alone, because nothing stored answers the
same question. What differs comes first, the worst before all.

Nothing of the draft is stored, unless --keep says so. A document that holds the
draft's own text, because it was published before, is named as a copy and is no
witness for it; nor is what the same source published.

JSON lines have every claim, whatever its finding and severity. With
--arithmetic the draft is held against itself as well.`,
		Example: `  crosscheck check draft.md
  crosscheck check --all draft.md             # what stands alone, too
  crosscheck check --severity 0 draft.md      # weaker suspicions, too
  crosscheck check --strict draft.md && publish draft.md
  pbpaste | crosscheck check -
  crosscheck check --format jsonl draft.md | jq 'select(.finding=="differs")'`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usagef("check needs a draft, or - for standard input; for example: crosscheck check draft.md")
			case keep && slices.Contains(args, standardInput):
				return usagef("--keep stores a file by its path, and standard input has none: save the draft first")
			}
			return nil
		},
	}
	format.bind(cmd, "format", "how to print it")
	cmd.Flags().Var(&least, "severity", "leave out differences less severe than this")
	cmd.Flags().BoolVar(&all, "all", false, "list also what stands alone")
	cmd.Flags().BoolVar(&strict, "strict", false, "end with status 1 where a claim differs")
	cmd.Flags().BoolVar(&keep, "keep", false, "store the draft afterwards, as run does")
	cmd.Flags().Var(&limit, "max-bytes", "refuse a draft larger than this")
	how := comparisonFlags(cmd)
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		comparison, err := how.comparison()
		if err != nil {
			return err
		}
		log := c.logger(cmd)
		return db.use(cmd.Context(), log, func(ctx context.Context, s *store.Store) error {
			loader := pipeline.Loader{MaxBytes: int64(limit)}
			checker := pipeline.Checker{Store: s, Loader: loader, Comparison: comparison}
			differ := 0
			unread := readEach(ctx, reader{c, loader}, args, func(l *pipeline.Loaded) (*desk.Check, error) {
				return checker.CheckLoaded(ctx, l)
			}, func(one *desk.Check) error {
				differ += len(differing(one, float64(least)))
				c.tellArchive(one)
				if format.value == "jsonl" {
					return c.checkLines(one)
				}
				return c.reportCheck(ctx, s, one, float64(least), all)
			})
			var some unreadError
			if unread != nil && !errors.As(unread, &some) {
				return unread
			}
			if keep {
				runner := &pipeline.Runner{Store: s, Loader: loader, Comparison: comparison, Keep: config.Default().Retention.Archive, Log: log}
				sum, err := runner.Run(ctx, args)
				if err != nil {
					return err
				}
				c.tellf("stored: %s", documentsText(sum))
			}
			if strict && differ > 0 && unread == nil {
				return differsError{differ}
			}
			return unread
		})
	}
	return cmd
}

// tellArchive says on standard error what keeps an archive from being asked in full.
func (c *console) tellArchive(one *desk.Check) {
	switch {
	case one.Empty:
		c.tellf("crosscheck: nothing is stored yet, so there is nothing to compare with; read documents first: crosscheck run docs/")
	case one.Waiting > 0:
		c.tellf("crosscheck: %s not been compared yet, and may be missing here; the next run compares them",
			counted(one.Waiting, "stored document")+either(one.Waiting == 1, " has", " have"))
	}
}

// differing are the claims that differ at least so severely, the worst first.
func differing(one *desk.Check, least float64) []conflict.Checked {
	var out []conflict.Checked
	for _, c := range one.Claims {
		if c.Finding == conflict.Differs && c.Conflict.Severity >= least {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b conflict.Checked) int {
		switch x, y := a.Conflict.Severity, b.Conflict.Severity; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return out
}

// checkedLine is a claim of a draft and how it stands, as a JSON line.
type checkedLine struct {
	appearanceLine
	Finding       conflict.Finding   `json:"finding"`
	Question      string             `json:"question"`
	Origins       int                `json:"origins"`
	OriginReasons []string           `json:"origin_reasons,omitempty"`
	Reason        string             `json:"reason,omitempty"`
	Support       []claim.Appearance `json:"support,omitempty"`
	Places        int                `json:"places,omitempty"`
	Conflict      *conflict.Conflict `json:"conflict,omitempty"`
}

func (c *console) checkLines(one *desk.Check) error {
	lines := c.lines()
	for _, found := range one.Claims {
		at := found.Claim
		line := checkedLine{
			appearanceLine: newAppearanceLine(placeLine{"claim", one.Name, at.Span.Start, at.Span.End, at.Span.Of(one.Text)}, at),
			Finding:        found.Finding, Question: found.Question, Origins: found.Origins, OriginReasons: found.OriginReasons,
			Reason: found.Reason, Support: found.Support, Places: found.Places, Conflict: found.Conflict,
		}
		if err := lines.Encode(line); err != nil {
			return fmt.Errorf("%s: %w", one.Name, err)
		}
	}
	return nil
}
