package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/tools/txtar"

	"crosscheck/claim"
	"crosscheck/desk"
	"crosscheck/store"
)

func newReview(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "review",
		Short: "See what people decided, and take out what was misread",
		Long: `review is about what people decided on the review pages: "review log" tells who
did what and when; "review export-misread" writes what they say was read wrongly
as cases for tests.`,
		Example: `  crosscheck review log
  crosscheck review export-misread --since 2024-05-01 -o misread.txt`,
		Args: knownCommand,

		SuggestionsMinimumDistance: suggestWithin,
		RunE:                       func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newReviewLog(c), newExportMisread(c))
	return cmd
}

func newReviewLog(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	cmd := &cobra.Command{
		Use:   "log",
		Short: "List who did what and when, the last first",
		Long: `log lists everything that somebody did on the review pages: verdicts, notes,
assignments, mergers, splits, rulings on names, what was muted and what was
taken back. "crosscheck" is who opens a judged conflict again at night, because
of an answer, an origin or a text that was not there. JSON lines have each
conflict before and after, up to twenty to an act.`,
		Example: `  crosscheck review log
  crosscheck review log --format jsonl | jq 'select(.what == "verdict")'`,
		Args: noArguments,
	}
	format.bind(cmd, "format", "how to print it")
	limit := limitRowsFlag(cmd)
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		rows := limit.rows(cmd, format)
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			acts, err := someActs(ctx, s, rows.query())
			if err != nil {
				return err
			}
			acts = cut(c, acts, rows)
			switch {
			case format.value == "jsonl":
				return c.jsonLines(len(acts), func(i int) any { return acts[i] })
			case len(acts) == 0:
				c.printf("nobody has decided anything yet\n")
				return nil
			}
			c.actTable(acts)
			return nil
		})
	}
	return cmd
}

// someActs is the last acts, 0 for all, a page after the other.
func someActs(ctx context.Context, s *store.Store, most int) ([]desk.Act, error) {
	const page = 500
	var all []desk.Act
	var before int64
	for most == 0 || len(all) < most {
		size := page
		if most > 0 {
			size = min(page, most-len(all))
		}
		acts, err := s.Acts(ctx, before, size)
		if err != nil {
			return nil, err
		}
		all = append(all, acts...)
		if len(acts) < size {
			break
		}
		before = acts[len(acts)-1].ID
	}
	return all, nil
}

// actTable prints acts, a line each.
func (c *console) actTable(acts []desk.Act) {
	rows := make([][]string, len(acts))
	for i, a := range acts {
		rows[i] = []string{strconv.FormatInt(a.ID, 10), a.At.UTC().Format("2006-01-02 15:04"), a.Who, deedText(a), onText(a), a.Note}
	}
	c.table([]column{{"act", 3}, {"at (UTC)", 16}, {"who", 8}, {"what", 14}, {"on", 8}, {"note", 8}}, rows)
}

// deedText is what was done, in short.
func deedText(a desk.Act) string {
	text := string(a.What)
	switch {
	case a.What == desk.GiveVerdict && len(a.Changes) > 0:
		after := a.Changes[0].After
		text = "verdict: " + string(after.Verdict) + either(after.Detail != "", ", "+after.Detail, "")
	case a.What == desk.RuleNames:
		text = "names " + either(a.Detail.Same, "same", "different")
	case a.What == desk.Undo:
		text += " act " + strconv.FormatInt(a.Undoes, 10)
	}
	return text + either(a.UndoneBy > 0, " (undone)", "")
}

// onText is what it was done to.
func onText(a desk.Act) string {
	switch n := len(a.Changes) + a.More; {
	case n > 1:
		return counted(n, "conflict")
	case n == 1:
		return "conflict " + a.Changes[0].Conflict
	case a.What == desk.RuleNames:
		return a.Detail.Names[0] + " / " + a.Detail.Names[1]
	}
	return a.Detail.Source
}

func newExportMisread(c *console) *cobra.Command {
	format := newChoice("txtar", "jsonl")
	var since, file string
	cmd := &cobra.Command{
		Use:   "export-misread",
		Short: "Write what reviewers say was misread, as cases for tests",
		Long: `export-misread writes every place of which a verdict in force says that a rule
read it wrongly. As txtar it has the form of the cases in extract/testdata: each
sentence is a document, and "claims" is what was read out of it. Put it there,
write the claims as they should be, and 'go test ./extract' holds the rules to
them. A sentence may read otherwise without those around it. JSON lines have the
rule, the note, the place and the claim, one a line.`,
		Example: `  crosscheck review export-misread -o extract/testdata/misread.txt
  crosscheck review export-misread --since 2024-05-01 --format jsonl`,
		Args: noArguments,
	}
	cmd.Flags().StringVar(&since, "since", "", "only verdicts given on this day (UTC) or later, as 2024-05-01")
	cmd.Flags().StringVarP(&file, "output", "o", "", "write to this file instead of standard output")
	format.bind(cmd, "format", "how to write it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		var from time.Time
		if since != "" {
			day, err := claim.ParseDay(since)
			if err != nil {
				return usagef("--since: %v", err)
			}
			from = day.Time()
		}
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			found, err := s.Misreadings(ctx, from)
			if err != nil {
				return err
			}
			var text []byte
			if format.value == "jsonl" {
				text, err = misreadLines(found)
			} else {
				text = misreadCases(found)
			}
			if err != nil {
				return err
			}
			if file == "" {
				_, err = c.out.Write(text)
				return err
			}
			if err := os.WriteFile(file, text, 0o600); err != nil {
				return fmt.Errorf("write what was misread: %w", err)
			}
			c.tellf("%s written to %s\n", counted(len(found), "place"), printable(file))
			return nil
		})
	}
	return cmd
}

// misreadCases is one archive: why, then each sentence, then all that was read.
func misreadCases(found []store.Misread) []byte {
	var archive txtar.Archive
	var why, claims strings.Builder
	why.WriteString("What reviewers say was misread. The claims are as they were read: write them as they should be.\n")
	seen := make(map[string]bool)
	for _, m := range found {
		at := fmt.Sprintf("%s:%d", m.Version, m.SentenceSpan.Start)
		if seen[at] {
			continue
		}
		seen[at] = true
		called := fmt.Sprintf("%d.txt", len(archive.Files)+1)
		fmt.Fprintf(&why, "%s: conflict %s, %s: “%s”, by %s%s\n", called, m.Conflict, oneLine(m.Question), oneLine(m.Quote), m.By,
			either(m.Note != "", ": "+oneLine(m.Note), ""))
		// A sentence that looks like the marker of a file would be one.
		archive.Files = append(archive.Files, txtar.File{Name: called, Data: []byte(oneLine(m.Sentence) + "\n")})
		for _, a := range m.Beside {
			claims.WriteString(a.Listed())
		}
	}
	archive.Comment = []byte(why.String())
	archive.Files = append(archive.Files, txtar.File{Name: "claims", Data: []byte(claims.String())})
	return txtar.Format(&archive)
}

// oneLine is words of a document or a person on one line that begins no file of an
// archive.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(printable(s)), " ")
	if strings.HasPrefix(s, "-- ") {
		s = strings.TrimLeft(s, "- ")
	}
	return cmp.Or(s, "-")
}

// misreadLine is a place that was misread, as JSON: the claim as it was read there.
type misreadLine struct {
	Conflict string    `json:"conflict"`
	Question string    `json:"question"`
	Misread  string    `json:"misread"` // the rule, as the verdict names it
	Note     string    `json:"note"`
	Judge    string    `json:"judge"`
	Judged   time.Time `json:"judged"`
	appearanceLine
}

func misreadLines(found []store.Misread) ([]byte, error) {
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	lines.SetEscapeHTML(false)
	for _, m := range found {
		at := placeLine{"misread", m.Document, m.Span.Start, m.Span.End, m.Quote}
		line := misreadLine{m.Conflict, m.Question, m.By, m.Note, m.Judge, m.Judged, newAppearanceLine(at, m.Appearance)}
		if err := lines.Encode(line); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
