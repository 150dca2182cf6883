// Package notify tells people what a run found.
//
// In comes a [Digest]: the conflicts that are new or were opened again, and what
// should not be passed over. It goes out by webhook ([Webhook]), to Slack and what
// understands its messages ([Slack]), by mail ([Mail]), and as an Atom feed
// ([Feed]).
//
// Words out of documents are data everywhere: a digest holds them on one line,
// without control characters and of bounded length, and each way of telling
// writes them so that nothing in them is markup, a mention or a header.
// It decides nothing about retries and remembers nothing: that is for its caller,
// who sends a digest with the same ID for as long as it takes.
package notify

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// Digest is what one run has to tell. Its JSON is what a webhook receives.
type Digest struct {
	Type      string    `json:"type"` // "digest"
	ID        string    `json:"id"`   // a UUID, the same each time that it is sent
	Run       int64     `json:"run"`
	Started   time.Time `json:"started"` // of the run
	Ended     time.Time `json:"ended"`
	Documents int       `json:"documents"`         // found by the run
	Failed    int       `json:"failed"`            // of them, not read
	Failure   string    `json:"failure,omitempty"` // why the run failed; "" where it did not

	// NewerRules says that the documents are as they were, and were read again because
	// rules are newer. Closed is what these no longer find, or explain.
	NewerRules bool `json:"newer_rules,omitempty"`
	Closed     int  `json:"closed,omitempty"`

	// Conflicts is the news, most severe first, at most as many as are wanted;
	// More counts the others.
	Conflicts []News `json:"conflicts"`
	More      int    `json:"more"`
	Opened    int    `json:"opened"`   // of all of them, found for the first time
	Reopened  int    `json:"reopened"` // of all of them, found before and open again

	// Findings is what else should not be passed over, a line each.
	Findings []string `json:"findings"`
}

// News is a conflict that is new or open again.
type News struct {
	ID        string        `json:"id"`
	Link      string        `json:"link,omitempty"` // its page; "" where it is not known how people reach it
	Change    Change        `json:"change"`
	Kind      conflict.Kind `json:"kind"`
	Severity  float64       `json:"severity"`
	Reason    string        `json:"reason"`
	Question  string        `json:"question"`
	Origins   int           `json:"origins"`
	Positions []Position    `json:"positions"`
}

// Change is what became of a conflict in a run.
type Change string

// The changes that are told.
const (
	Opened   Change = "opened"
	Reopened Change = "reopened"
)

// Position is one answer to a conflict's question, and who gives it.
type Position struct {
	Value   string   `json:"value"`
	Origins int      `json:"origins"`
	Sources []string `json:"sources"` // at most maxSources
	More    int      `json:"more"`    // sources beyond those
}

// Bounds of what a digest holds of a document's words.
const (
	maxText      = 300 // characters of a question, a reason, a finding
	maxValue     = 120 // characters of an answer or a source's name
	maxSources   = 4   // of one answer
	maxPositions = 6   // of one conflict
	maxFindings  = 20  // of one digest
)

// NewsOf is a conflict as a digest tells it. sourceOf names who published a
// document; an empty answer leaves the document's own name.
func NewsOf(c conflict.Conflict, change Change, sourceOf func(document string) string) News {
	why, _, _ := strings.Cut(c.Reason, "; tried: ")
	n := News{
		ID: c.ID, Change: change, Kind: c.Kind, Severity: c.Severity, Origins: c.Origins,
		Reason: line(why, maxText), Question: line(c.Question, maxText), Positions: []Position{},
	}
	for i, p := range c.Positions {
		if i == maxPositions {
			break
		}
		n.Positions = append(n.Positions, position(p, sourceOf))
	}
	return n
}

func position(p conflict.Position, sourceOf func(string) string) Position {
	value := p.Value.String()
	if len(p.Appearances) > 0 && p.Appearances[0].Claim.Polarity == claim.Negated {
		value = "not " + value
	}
	told := Position{Value: line(value, maxValue), Origins: p.Origins, Sources: []string{}}
	seen := make(map[string]bool)
	for _, a := range p.Appearances {
		source := sourceOf(a.Document)
		if source == "" {
			source = a.Document
		}
		if seen[source] {
			continue
		}
		seen[source] = true
		if len(told.Sources) == maxSources {
			told.More++
			continue
		}
		told.Sources = append(told.Sources, line(source, maxValue))
	}
	return told
}

// Find adds what should not be passed over.
func (d *Digest) Find(findings ...string) {
	for _, f := range findings {
		switch {
		case len(d.Findings) < maxFindings:
			d.Findings = append(d.Findings, line(f, maxText))
		case len(d.Findings) == maxFindings:
			d.Findings = append(d.Findings, "and more; 'crosscheck runs show' has them all")
		}
	}
}

// line is text on one line, without what a terminal or a mail program would
// obey, cut where it is longer than so many characters.
func line(s string, most int) string {
	var b strings.Builder
	n, blank := 0, false
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			blank = n > 0
			continue
		}
		if n >= most {
			return b.String() + "…"
		}
		if blank {
			b.WriteByte(' ')
			blank = false
			n++
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// Subject is a digest in a few words: "3 new conflicts, 1 open again".
func (d *Digest) Subject() string {
	var parts []string
	if d.Failure != "" {
		parts = append(parts, fmt.Sprintf("run %d failed", d.Run))
	}
	if d.Opened > 0 {
		parts = append(parts, counted(d.Opened, "new conflict"))
	}
	if d.Reopened > 0 {
		parts = append(parts, fmt.Sprintf("%d open again", d.Reopened))
	}
	if d.Closed > 0 {
		parts = append(parts, fmt.Sprintf("%d closed", d.Closed))
	}
	if len(parts) == 0 && len(d.Findings) > 0 {
		parts = append(parts, counted(len(d.Findings), "finding"))
	}
	if len(parts) == 0 {
		parts = append(parts, "nothing new")
	}
	if d.NewerRules {
		return "by newer rules " + strings.Join(parts, ", ")
	}
	return strings.Join(parts, ", ")
}

// Text is a digest for people, as plain text: of each conflict the reason
// first, then the question and the answers.
func (d *Digest) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Run %d of %s read %s", d.Run, d.Started.UTC().Format("2 January 2006 15:04 UTC"), counted(d.Documents, "document"))
	if d.Failed > 0 {
		fmt.Fprintf(&b, ", %d of them not", d.Failed)
	}
	if d.NewerRules {
		b.WriteString(" again, by newer rules: the documents are as they were")
	}
	b.WriteString(".\n")
	if d.Closed > 0 {
		fmt.Fprintf(&b, "\nThe newer rules no longer find, or explain, %s.\n", counted(d.Closed, "conflict"))
	}
	if d.Failure != "" {
		fmt.Fprintf(&b, "\nIt failed: %s\n", line(d.Failure, maxText))
	}
	for i, n := range d.Conflicts {
		fmt.Fprintf(&b, "\n%d. %s\n   %s (%s, severity %.2f, conflict %s)\n", i+1, n.Reason, n.Question, n.Change.word(), n.Severity, n.ID)
		if n.Link != "" {
			fmt.Fprintf(&b, "   %s\n", n.Link)
		}
		for _, p := range n.Positions {
			fmt.Fprintf(&b, "   - %s: %s", p.Value, strings.Join(p.Sources, ", "))
			if p.More > 0 {
				fmt.Fprintf(&b, " and %d more", p.More)
			}
			b.WriteByte('\n')
		}
	}
	if d.More > 0 {
		fmt.Fprintf(&b, "\nand %d more; 'crosscheck conflicts' lists them\n", d.More)
	}
	if len(d.Findings) > 0 {
		b.WriteByte('\n')
	}
	for _, f := range d.Findings {
		fmt.Fprintf(&b, "Note: %s\n", f)
	}
	return b.String()
}

// word is the change for people.
func (c Change) word() string {
	if c == Reopened {
		return "open again"
	}
	return "new"
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
