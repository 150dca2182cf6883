package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/config"
	"crosscheck/pipeline"
	"crosscheck/store"
)

// maxWorkers bounds the documents in work at once, whatever is asked for.
const maxWorkers = 1024

func newRun(c *console) *cobra.Command {
	var workers uint
	var recompare, recheck bool
	var timetable string
	var origin pipeline.Origin
	cmd := &cobra.Command{
		Use:   "run [flags] PATH or URL... | --schedule NAME",
		Short: "Read documents, store what they claim, and report conflicts",
		Long: `run does the main job once: it reads the files and folders, stores what is new
with every claim and where it stands, compares what is new with all that is
stored, and prints a summary and the conflicts. A file of the same size and time
as at the last run is not read again, unless --recheck says so. What has not
changed is not compared again: a question that nothing new touches keeps the
verdict that it has. --recompare compares all that is stored, as a new version
of crosscheck does by itself on its first run.

With --arithmetic it looks besides for what does not add up inside one document,
in all that is stored. A later run without it looks for nothing new of that
kind; what was found before stays until the document is put right.

` + aboutRates + ` Give the table to every
run, or set CROSSCHECK_RATES: the first run with one, or without, compares all
that is stored.

A sources.yaml in a folder tells who published its files, and when.

Pages are fetched one at a time from each host, as its robots.txt allows, and
only where they have changed since the last run. One that has vanished is named,
and what it said last stays. --feed and --sitemap read the pages that an RSS or
Atom feed or a sitemap names; an entry that a feed has from another publisher is
that publisher's.

With --schedule it reads what a schedule of crosscheck.yaml reads, now, and
takes none of the schedule's own times away. 'crosscheck serve', where it runs,
tells people of it as of any other; what any other run by hand found, it tells
with its next one.`,
		Example: `  crosscheck run docs/
  crosscheck run morning.txt evening.html
  crosscheck run --arithmetic docs/   # also what does not add up in one of them
  crosscheck run --contact desk@example.org https://example.org/report.html
  crosscheck run --contact desk@example.org --feed https://example.org/rss.xml
  crosscheck run --recompare          # read nothing, compare all that is stored
  crosscheck run --schedule nightly   # what crosscheck.yaml reads at night, now
  crosscheck run --data-dir /var/lib/crosscheck docs/
  crosscheck run --database-url postgres://editor@db.example.org/news docs/`,
		Args: func(_ *cobra.Command, args []string) error {
			if timetable != "" {
				if len(args)+len(origin.Feeds)+len(origin.Sitemaps) > 0 {
					return usagef("run --schedule reads the sources of the schedule, and was given %q besides; give one of the two", slices.Concat(args, origin.Feeds, origin.Sitemaps)[0])
				}
				return nil
			}
			if len(args) == 0 && !recompare && len(origin.Feeds)+len(origin.Sitemaps) == 0 {
				return usagef("run needs files, folders or pages to read; for example: crosscheck run docs/")
			}
			return nil
		},
	}
	how := comparisonFlags(cmd)
	limit := limitFlag(cmd)
	db := databaseFlags(cmd)
	fetching := fetchFlags(cmd)
	cmd.Flags().StringArrayVar(&origin.Feeds, "feed", nil, "read the pages that this RSS or Atom feed names; may be repeated")
	cmd.Flags().StringArrayVar(&origin.Sitemaps, "sitemap", nil, "read the pages that this sitemap names; may be repeated")
	cmd.Flags().UintVar(&workers, "workers", 0, "documents to read at once; 0 is one a processor")
	fromEnvironment(cmd.Flags(), "workers", "CROSSCHECK_WORKERS")
	fromFile(cmd.Flags(), "workers", "limits.workers")
	cmd.Flags().BoolVar(&recompare, "recompare", false, "compare all that is stored, not only what is new")
	cmd.Flags().StringVar(&timetable, "schedule", "", "read the sources of this schedule of crosscheck.yaml")
	cmd.Flags().BoolVar(&recheck, "recheck", false, "read the bytes also of files whose size and time are as they were")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		comparison, err := how.comparison()
		if err != nil {
			return err
		}
		client, err := fetching.client(c, cmd, *limit)
		if err != nil {
			return err
		}
		defer client.Close()
		c.letGrow(pipeline.Growth)
		var planned *planned
		if timetable != "" {
			if planned, err = plan(cmd, c.getenv, timetable, fetching); err != nil {
				return err
			}
		}
		defaults := config.Default()
		if file, err := loadConfig(cmd, c.getenv, "limits", "silent_after", "retention"); err != nil {
			return err
		} else if file != nil {
			defaults = file
		}
		log := c.logger(cmd)
		err = db.use(cmd.Context(), log, func(ctx context.Context, s *store.Store) error {
			client.Share(s)
			progress := c.newProgress(cmd)
			runner := &pipeline.Runner{
				Store:      s,
				Loader:     pipeline.Loader{MaxBytes: int64(*limit), Timeout: defaults.Limits.DocumentTime, Client: client},
				Comparison: comparison,
				Recompare:  recompare,
				Recheck:    recheck,
				Keep:       defaults.Retention.Archive,
				Workers:    int(min(workers, maxWorkers)),
				Progress:   progress.tell,
				Log:        log,
			}
			summary, err := planned.run(ctx, runner, args, origin)
			progress.done()
			if summary != nil {
				c.tellFailures(summary)
			}
			if err != nil {
				return err
			}
			docs, err := storedShelf(ctx, s, summary.Conflicts)
			if err != nil {
				return err
			}
			c.reportRun(summary)
			c.reportFindings(summary.Sources, defaults.SilentAfter)
			c.reportConflicts(summary.Conflicts, docs)
			if left := summary.OpenConflicts - len(summary.Conflicts); left > 0 {
				c.printf("and %s; crosscheck conflicts lists all\n", counted(left, "more conflict"))
			}
			return unreadOf(len(summary.Failed), summary.Found)
		})
		if cmd.Context().Err() != nil {
			return errors.New("interrupted; what was stored stays, and the same command again completes it")
		}
		return err
	}
	return cmd
}

// tellFailures names on standard error what was not read, and what was read
// with a loss.
func (c *console) tellFailures(s *pipeline.Summary) {
	for _, w := range s.Warnings {
		c.tellf("crosscheck: %s: warning: %s", printable(w.Path), printable(w.Reason))
	}
	for _, f := range s.Failed {
		c.tellUnread(f)
	}
}

// reportRun prints what a run found and did, then the conflicts.
func (c *console) reportRun(s *pipeline.Summary) {
	if s.Found == 0 {
		c.printf("documents  none read; all that is stored was compared\n")
	} else if s.Added == 0 && s.Changed == 0 && s.NewConflicts == 0 && s.ClosedConflicts == 0 {
		c.printf("nothing new: %s unchanged%s\n", counted(s.Unchanged, "document"),
			either(len(s.Failed) > 0, fmt.Sprintf(", %d failed", len(s.Failed)), ""))
	} else {
		c.printf("documents  %s\n", documentsText(s))
		c.printf("claims     %s in %s\n", withNew(s.Claims, s.NewClaims), counted(s.Sentences, "sentence"))
	}
	closed := ""
	if s.ClosedConflicts > 0 {
		closed = fmt.Sprintf(", %d settled", s.ClosedConflicts)
	}
	c.printf("conflicts  %s%s\n", withNew(s.OpenConflicts, s.NewConflicts), closed)
	speed := ""
	if s.Found > 0 {
		speed = fmt.Sprintf(", %s documents and %s a second", rate(s.Found, s.Elapsed), sizeText(int64(float64(s.Bytes)/max(s.Elapsed.Seconds(), 0.001))))
	}
	c.printf("time       %s%s\n\n", s.Elapsed.Round(10*time.Millisecond), speed)
}

// documentsText is "7: 5 new, 1 unchanged, 1 failed", what is none left out.
func documentsText(s *pipeline.Summary) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{
		{s.Added, "new"}, {s.Changed, "changed"}, {s.Unchanged, "unchanged"}, {len(s.Failed), "failed"},
	} {
		if p.n > 0 {
			parts = append(parts, grouped(p.n)+" "+p.what)
		}
	}
	text := grouped(s.Found) + " found"
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	if s.Copies > 0 {
		text += fmt.Sprintf("; %s", either(s.Copies == 1, "1 a copy", grouped(s.Copies)+" copies"))
	}
	return text
}

// withNew is "12 (3 new)".
func withNew(n, fresh int) string {
	return fmt.Sprintf("%s (%s new)", grouped(n), either(fresh == 0, "none", grouped(fresh)))
}
