package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"crosscheck/conflict"
	"crosscheck/pipeline"
	"crosscheck/store"
)

func newReread(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	var source string
	var dry bool
	var workers uint
	cmd := &cobra.Command{
		Use:   "reread",
		Short: "Read archived documents again by the rules of this version",
		Long: `reread reads the archived bytes of every document that was last read by older
readers or rules, and compares what came of it. Nothing is fetched, and no file
is looked at. 'crosscheck serve' does so by itself when it starts, behind all
other work; 'crosscheck runs' shows it as a run of "` + pipeline.Archive + `".

--dry-run does the same and takes it back: it prints which claims would be
gained and lost, and which conflicts would open and close. A run that wants to
compare meanwhile waits for its end.`,
		Example: `  crosscheck reread --dry-run     # what the new version would change
  crosscheck reread
  crosscheck reread --dry-run --source 'Harbour Gazette'
  crosscheck reread --dry-run --format jsonl | jq 'select(.change == "gone")'`,
		Args: noArguments,
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "print what would change, and change nothing")
	cmd.Flags().StringVar(&source, "source", "", "only documents of this source")
	cmd.Flags().UintVar(&workers, "workers", 0, "documents to read at once; 0 is one a processor")
	fromEnvironment(cmd.Flags(), "workers", "CROSSCHECK_WORKERS")
	fromFile(cmd.Flags(), "workers", "limits.workers")
	format.bind(cmd, "format", "how to print what --dry-run found")
	how := comparisonFlags(cmd)
	limit := limitFlag(cmd)
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !dry && cmd.Flags().Changed("format") {
			return usagef("--format says how to print what --dry-run found; give --dry-run too")
		}
		comparison, err := how.comparison()
		if err != nil {
			return err
		}
		c.letGrow(pipeline.Growth)
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			progress := c.newProgress(cmd)
			runner := &pipeline.Runner{Store: s, Loader: pipeline.Loader{MaxBytes: int64(*limit)}, Comparison: comparison,
				Workers: int(min(workers, maxWorkers)), Progress: progress.tell, Log: c.logger(cmd)}
			if dry {
				p, err := runner.PreviewReread(ctx, source)
				if err != nil {
					return err
				}
				if format.value == "jsonl" {
					return c.previewLines(p)
				}
				return c.reportPreview(ctx, s, p)
			}
			summary, err := runner.Reread(ctx, source)
			progress.done()
			c.tellFailures(summary)
			if err != nil {
				return err
			}
			if summary.Found == 0 {
				c.printf("nothing to read again: all documents were read by these rules\n")
				return nil
			}
			c.reportRun(summary)
			return unreadOf(len(summary.Failed), summary.Found)
		})
	}
	return cmd
}

// reportPreview prints what reading again would change.
func (c *console) reportPreview(ctx context.Context, s *store.Store, p *pipeline.Preview) error {
	gained, lost, other := 0, 0, 0
	l := changeList{console: c}
	for _, d := range p.Changed {
		c.paragraph("", "  ", c.style(bold, printable(d.Document)))
		if d.Failure != "" {
			c.paragraph("  ", "    ", "it could no longer be read: "+printable(d.Failure))
		}
		for i, one := range d.Claims {
			switch {
			case one.Old == nil:
				gained++
			case one.New == nil:
				lost++
			default:
				other++
			}
			if i < changesShown {
				l.reportClaim(one)
			}
		}
		if more := len(d.Claims) - changesShown; more > 0 {
			c.printf("  and %s; --format jsonl lists all\n", counted(more, "more change"))
		}
		c.printf("\n")
	}
	for _, part := range []struct {
		title string
		list  []conflict.Conflict
	}{{"would open", p.Opened}, {"would close", p.Closed}} {
		if len(part.list) == 0 {
			continue
		}
		docs, err := storedShelf(ctx, s, part.list)
		if err != nil {
			return err
		}
		c.printf("%s that %s\n\n", counted(len(part.list), "conflict"), part.title)
		c.reportConflicts(part.list, docs)
	}
	c.paragraph("", "", fmt.Sprintf("%s would be read again: claims %s gained, %s lost, %s changed; conflicts %s opened, %s closed; nothing was changed",
		counted(p.Documents, "document"), grouped(gained), grouped(lost), grouped(other), grouped(len(p.Opened)), grouped(len(p.Closed))))
	if p.Unkept > 0 {
		c.paragraph("", "", counted(p.Unkept, "document")+" cannot be, because the bytes are no longer kept")
	}
	return nil
}

// retakenLine is a claim that would be read otherwise, as JSON.
type retakenLine struct {
	Type     string        `json:"type"`
	Change   string        `json:"change"` // replaced, added, gone; unread
	Document string        `json:"document"`
	Source   string        `json:"source"`
	What     []string      `json:"what,omitempty"`
	Old      *changedClaim `json:"old,omitempty"`
	New      *changedClaim `json:"new,omitempty"`
	Reason   string        `json:"reason,omitempty"`
}

// movedConflict is a conflict that would open or close, as JSON.
type movedConflict struct {
	Type     string            `json:"type"`
	Change   string            `json:"change"` // opened, closed
	Conflict conflict.Conflict `json:"conflict"`
}

// previewLines prints what reading again would change as JSON, a line a claim and
// a line a conflict.
func (c *console) previewLines(p *pipeline.Preview) error {
	var all []any
	for _, d := range p.Changed {
		if d.Failure != "" {
			all = append(all, retakenLine{Type: "change", Change: "unread", Document: d.Document, Source: d.Source, Reason: d.Failure})
		}
		for _, one := range d.Claims {
			all = append(all, retakenLine{
				Type: "change", Change: changeWord(one), Document: d.Document, Source: d.Source,
				What: one.What, Old: newChangedClaim(one.Old), New: newChangedClaim(one.New),
			})
		}
	}
	for _, one := range p.Opened {
		all = append(all, movedConflict{"conflict", "opened", one})
	}
	for _, one := range p.Closed {
		all = append(all, movedConflict{"conflict", "closed", one})
	}
	return c.jsonLines(len(all), func(i int) any { return all[i] })
}
