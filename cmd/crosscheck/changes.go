package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/claim"
	"crosscheck/pipeline"
	"crosscheck/store"
)

func newChanges(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	var since, source string
	var all, quiet bool
	cmd := &cobra.Command{
		Use:   "changes",
		Short: "List what documents say otherwise than before, and do not say so",
		Long: `changes lists the documents that a run found changed, the newest first, by what
they claim: a value that took another's place, a claim that was added, one that
is gone. It tells whether the new text says that it was corrected, and which other
documents still carry the old value. Edits that change no claim (layout,
spelling, words that claim nothing) are counted; --all lists them.

--since takes a day (2026-11-21), a time (2026-11-21T02:30:00Z), how long ago
(36h, 7d), or the number of a run: what that run and later ones found.`,
		Example: `  crosscheck changes                    # of the last 24 hours
  crosscheck changes --since 7d --quiet # values changed without a correction note
  crosscheck changes --since 17         # what run 17 found, and those behind it
  crosscheck changes --since 2026-11-01 --source 'Harbour Gazette'
  crosscheck changes --format jsonl | jq 'select(.change == "replaced")'`,
		Args: noArguments,
	}
	cmd.Flags().StringVar(&since, "since", "24h", "a day, a time, how long ago, or the number of a run")
	cmd.Flags().StringVar(&source, "source", "", "only documents of this source")
	cmd.Flags().BoolVar(&quiet, "quiet", false, "only claims that changed without a correction note")
	cmd.Flags().BoolVar(&all, "all", false, "list also edits that change no claim")
	format.bind(cmd, "format", "how to print it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if all && quiet {
			return usagef("--all and --quiet ask for opposite things; give one of the two")
		}
		from, run, err := moment(since, time.Now())
		if err != nil {
			return err
		}
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			if run != 0 {
				line, _, _, ok, err := s.FindRun(ctx, run)
				if err != nil {
					return err
				}
				if !ok {
					return usagef("--since %d: there is no run of that number; 'crosscheck runs' lists them", run)
				}
				from = line.Started
			}
			r := &pipeline.Runner{Store: s, Log: c.logger(cmd)}
			listed := changeList{console: c, all: all, quiet: quiet}
			tell := listed.report
			if format.value == "jsonl" {
				tell = listed.lines
			}
			if err := r.Changes(ctx, from, source, tell); err != nil {
				return err
			}
			if format.value == "table" {
				listed.sum()
			}
			return nil
		})
	}
	return cmd
}

// moment reads what --since takes: a time, or the number of a run.
func moment(s string, now time.Time) (from time.Time, run int64, err error) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 0 {
		return from, n, nil
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day, 0, nil
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, 0, nil
	}
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n < 1e6 {
			return now.AddDate(0, 0, -n), 0, nil
		}
	}
	if ago, err := time.ParseDuration(s); err == nil && ago > 0 {
		return now.Add(-ago), 0, nil
	}
	return from, 0, usagef("--since %q: want a day (2026-11-21), a time (2026-11-21T02:30:00Z), how long ago (36h, 7d) or the number of a run", s)
}

// changeList prints changes as they come.
type changeList struct {
	*console
	all, quiet bool

	claims, documents int // told
	silent, unread    int // edits that change no claim, and those that cannot be told
	kept              int // documents whose changes say that they are corrections
}

// counts reports whether an edit's claims are to be told.
func (l *changeList) counts(c *pipeline.Change) bool {
	switch {
	case c.Unread != "":
		l.unread++
		return l.all
	case len(c.Claims) == 0:
		l.silent++
		return l.all
	case l.quiet && !c.Quiet():
		l.kept++
		return false
	}
	l.documents++
	l.claims += len(c.Claims)
	return true
}

// changesShown is how many claims of one edit a table shows, and carriersShown
// how many other documents that still say what one no longer says.
const (
	changesShown  = 12
	carriersShown = 3
)

// report prints one edit for people.
func (l *changeList) report(c *pipeline.Change) error {
	if !l.counts(c) {
		return nil
	}
	who := ""
	if c.Source != "" && c.Source != c.Address {
		who = " (" + printable(c.Source) + ")"
	}
	l.paragraph("", "  ", l.style(bold, printable(c.Document))+who)
	l.paragraph("  ", "  ", l.style(dim, fmt.Sprintf("found changed on %s, as it was last seen on %s",
		c.Noticed.UTC().Format("2 January 2006 15:04 UTC"), c.LastSeen.UTC().Format("2 January 15:04"))))
	switch {
	case c.Unread != "":
		l.paragraph("  ", "    ", printable(c.Unread))
	case len(c.Claims) == 0:
		l.paragraph("  ", "    ", "no claim changed: "+editText(c))
	case c.Apart:
		l.paragraph("  ", "    ", "read by different rules; the bytes of one are no longer kept, so only changed sentences were looked at")
	}
	for i, one := range c.Claims {
		if i == changesShown {
			l.printf("  and %s; --format jsonl lists all\n", counted(len(c.Claims)-i, "more change"))
			break
		}
		l.reportClaim(one)
	}
	if len(c.Claims) > 0 {
		l.paragraph("  ", "    ", noteText(c.Note))
	}
	l.printf("\n")
	return nil
}

// noteText is what a new text says of its change.
func noteText(n *pipeline.Note) string {
	switch {
	case n == nil:
		return "no correction note"
	case n.Kind == pipeline.Update:
		return "no correction note, but: “" + printable(firstRunes(n.Text, 200)) + "”"
	}
	return "it says so: “" + printable(firstRunes(n.Text, 200)) + "”"
}

// editText is "2 sentences edited, 1 added", or that only the layout changed.
func editText(c *pipeline.Change) string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{c.Edited, "edited"}, {c.Inserted, "added"}, {c.Removed, "taken out"}} {
		if p.n > 0 {
			parts = append(parts, counted(p.n, "sentence")+" "+p.what)
		}
	}
	if len(parts) == 0 {
		return "only its layout is new"
	}
	return strings.Join(parts, ", ")
}

// reportClaim prints one claim that changed.
func (l *changeList) reportClaim(one pipeline.ClaimChange) {
	switch {
	case one.Old == nil:
		l.paragraph("  + ", "    ", printable(questionText(one.New.Claim))+": "+claimValueText(one.New.Claim)+" was added")
		l.paragraph("    now  ", "         ", l.quoted(*one.New))
		return
	case one.New == nil:
		l.paragraph("  - ", "    ", printable(questionText(one.Old.Claim))+": "+claimValueText(one.Old.Claim)+" is gone")
		l.paragraph("    was  ", "         ", l.quoted(*one.Old))
	default:
		l.paragraph("  * ", "    ", printable(questionText(one.New.Claim))+": "+becameText(one))
		l.paragraph("    was  ", "         ", l.quoted(*one.Old))
		l.paragraph("    now  ", "         ", l.quoted(*one.New))
	}
	if len(one.Still) == 0 {
		return
	}
	var still []string
	for _, s := range one.Still[:min(carriersShown, len(one.Still))] {
		still = append(still, printable(s.Document))
	}
	text := "the old figure still stands in " + strings.Join(still, ", ")
	if one.Old.Claim.Kind != claim.KindNumber {
		text = strings.Replace(text, "figure", "word", 1)
	}
	if more := len(one.Still) - carriersShown; more > 0 {
		text += " and " + counted(more, "other document")
	}
	l.paragraph("    ", "    ", text)
}

// becameText is "$3.8bn became $3.5bn", or what else changed about a value that stayed.
func becameText(one pipeline.ClaimChange) string {
	was, is := claimValueText(one.Old.Claim), claimValueText(one.New.Claim)
	if was == is {
		was, is = was+" of "+printable(questionText(one.Old.Claim)), "one of "+printable(questionText(one.New.Claim))
	}
	return was + " became " + is
}

// questionText is what a claim answers: "military aid, United States".
func questionText(c claim.Claim) string {
	parts := []string{}
	for _, p := range []string{c.Attribute, c.Subject} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if c.Subject == "" && len(c.Entities) > 0 {
		parts = append(parts, strings.Join(c.Entities[:min(2, len(c.Entities))], ", "))
	}
	if len(parts) == 0 {
		return string(c.Kind)
	}
	return strings.Join(parts, ", ")
}

// sum prints how many edits there were of each sort.
func (l *changeList) sum() {
	if l.documents+l.silent+l.unread+l.kept == 0 {
		l.printf("no document changed\n")
		return
	}
	text := "no claim changed"
	if l.claims > 0 {
		text = counted(l.claims, "claim") + " changed in " + counted(l.documents, "edit")
	}
	for _, p := range []struct {
		n    int
		what string
	}{{l.silent, " changed no claim"}, {l.unread, " could not be read"}, {l.kept, " with a correction note"}} {
		if p.n > 0 {
			text += "; " + counted(p.n, "edit") + p.what
		}
	}
	l.paragraph("", "", text)
}

// changeLine is a claim that changed, or an edit that changed none, as JSON.
type changeLine struct {
	Type       string          `json:"type"`
	Change     string          `json:"change"` // replaced, added, gone; text, layout, unread
	Document   string          `json:"document"`
	Source     string          `json:"source"`
	Noticed    time.Time       `json:"noticed"`
	LastSeen   time.Time       `json:"last_seen"` // as it was before
	OldVersion string          `json:"old_version"`
	NewVersion string          `json:"new_version"`
	Quiet      bool            `json:"quiet"` // it changed, and does not say that it was corrected
	Note       *noteLine       `json:"note"`
	What       []string        `json:"what,omitempty"` // value, polarity, time, attribute, subject
	Old        *changedClaim   `json:"old,omitempty"`
	New        *changedClaim   `json:"new,omitempty"`
	Still      []carrierLine   `json:"still,omitempty"` // who else carries the old value
	Sentences  *changeSentence `json:"sentences,omitempty"`
	Reason     string          `json:"reason,omitempty"` // why it could not be read
}

type noteLine struct {
	Kind string `json:"kind"` // correction, update
	Text string `json:"text"`
}

type changeSentence struct {
	Edited  int `json:"edited"`
	Added   int `json:"added"`
	Removed int `json:"removed"`
}

type changedClaim struct {
	claim.Line
	Appearance claim.Appearance `json:"appearance"`
}

type carrierLine struct {
	Source     string           `json:"source"`
	Appearance claim.Appearance `json:"appearance"`
}

func newChangedClaim(a *claim.Appearance) *changedClaim {
	if a == nil {
		return nil
	}
	return &changedClaim{a.Claim.Line(), *a}
}

// changeWord is what became of a claim.
func changeWord(c pipeline.ClaimChange) string {
	return either(c.Old == nil, "added", either(c.New == nil, "gone", "replaced"))
}

// lines prints one edit as JSON, a line a claim.
func (l *changeList) lines(c *pipeline.Change) error {
	if !l.counts(c) {
		return nil
	}
	base := changeLine{
		Type: "change", Document: c.Document, Source: c.Source, Noticed: c.Noticed.UTC(), LastSeen: c.LastSeen.UTC(),
		OldVersion: fmt.Sprintf("sha256:%x", c.Old.SHA256), NewVersion: fmt.Sprintf("sha256:%x", c.New.SHA256), Quiet: c.Quiet(),
	}
	if c.Note != nil {
		base.Note = &noteLine{c.Note.Kind, c.Note.Text}
	}
	var all []changeLine
	for _, one := range c.Claims {
		line := base
		line.Change = changeWord(one)
		line.What, line.Old, line.New = one.What, newChangedClaim(one.Old), newChangedClaim(one.New)
		for _, s := range one.Still {
			line.Still = append(line.Still, carrierLine{s.Source, s.Appearance})
		}
		all = append(all, line)
	}
	if len(all) == 0 {
		base.Change = either(c.Unread != "", "unread", either(c.Edited+c.Inserted+c.Removed == 0, "layout", "text"))
		base.Reason = c.Unread
		base.Sentences = &changeSentence{c.Edited, c.Inserted, c.Removed}
		all = append(all, base)
	}
	return l.jsonLines(len(all), func(i int) any { return all[i] })
}
