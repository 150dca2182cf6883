package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"crosscheck/pipeline"
)

func newExtract(c *console) *cobra.Command {
	show := &choices{values: []string{"claims"}, allowed: []string{"sentences", "mentions", "claims"}}
	format := newChoice("table", "jsonl")
	cmd := &cobra.Command{
		Use:   "extract [flags] FILE... | -",
		Short: "Show what would be extracted from files",
		Long: `extract reads files, or standard input for "-", and prints what it finds: the
claims, or with --show the sentences and the mentions of names, quantities and
dates that claims are made of. It needs no database and stores nothing.`,
		Example: `  crosscheck extract report.txt
  crosscheck extract --show sentences,mentions report.txt
  crosscheck extract --explain report.txt
  crosscheck extract --format jsonl docs/*.md > claims.jsonl
  echo 'The bridge cost about $3 million.' | crosscheck extract -`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("extract needs files, or - for standard input; for example: crosscheck extract report.txt")
			}
			return nil
		},
	}
	show.bind(cmd, "show", "what to print, by commas")
	format.bind(cmd, "format", "how to print it")
	explain := cmd.Flags().Bool("explain", false, "print which rule made each mention and claim, from which words")
	limit := limitFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c.letGrow(400) // nothing lasts
		if *explain {
			return readEach(cmd.Context(), reader{c, pipeline.Loader{MaxBytes: int64(*limit)}}, args,
				func(l *pipeline.Loaded) (*pipeline.Loaded, error) { return l, nil },
				func(l *pipeline.Loaded) error {
					c.explain(l, show)
					return nil
				})
		}
		return readEach(cmd.Context(), reader{c, pipeline.Loader{MaxBytes: int64(*limit)}}, args,
			func(l *pipeline.Loaded) ([]byte, error) {
				if format.value == "jsonl" {
					return extractLines(l, show)
				}
				return c.extractTable(l, show), nil
			},
			func(printed []byte) error {
				_, err := c.out.Write(printed)
				return err
			})
	}
	return cmd
}

// extractLines is what was read as JSON lines, by type and in each in order of
// position.
func extractLines(l *pipeline.Loaded, show *choices) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if show.has("sentences") {
		for _, s := range l.Reading.Sentences {
			if err := enc.Encode(sentenceLine{placeIn(l, "sentence", s.Span), string(s.Role)}); err != nil {
				return nil, err
			}
		}
	}
	if show.has("mentions") {
		for _, m := range l.Reading.Mentions {
			if err := enc.Encode(newMentionLine(placeIn(l, "mention", m.Span), m)); err != nil {
				return nil, err
			}
		}
	}
	if show.has("claims") {
		for _, a := range l.Reading.Claims {
			if err := enc.Encode(newAppearanceLine(placeIn(l, "claim", a.Span), a)); err != nil {
				return nil, err
			}
		}
	}
	return b.Bytes(), nil
}

// extractTable is what was read as tables under the document's name.
func (c *console) extractTable(l *pipeline.Loaded, show *choices) []byte {
	var b bytes.Buffer
	r, text := l.Reading, l.Document.Text
	fmt.Fprintf(&b, "%s: %s, %s, %s\n", c.style(bold, printable(l.Path)),
		counted(len(r.Sentences), "sentence"), counted(len(r.Mentions), "mention"), counted(len(r.Claims), "claim"))
	at := newPlaces(l.Path, text)
	write := func(columns []column, rows [][]string) {
		if len(rows) > 0 {
			c.writeTable(&b, columns, rows)
		}
		b.WriteByte('\n')
	}
	if show.has("sentences") {
		rows := make([][]string, len(r.Sentences))
		for i, s := range r.Sentences {
			rows[i] = []string{string(s.Role), s.Of(text), at.text(s.Span)}
		}
		write([]column{{"block", 9}, {"sentence", 20}, {"where", 9}}, rows)
	}
	if show.has("mentions") {
		rows := make([][]string, len(r.Mentions))
		for i, m := range r.Mentions {
			rows[i] = []string{string(m.Kind), m.Of(text), m.Value.Words(), at.text(m.Span)}
		}
		write([]column{{"kind", 12}, {"quote", 16}, {"value", 16}, {"where", 9}}, rows)
	}
	if show.has("claims") {
		rows := make([][]string, len(r.Claims))
		for i, a := range r.Claims {
			rows[i] = []string{string(a.Claim.Kind), a.Quote, a.Claim.Subject, a.Claim.Attribute, claimValueText(a.Claim), at.text(a.Span)}
		}
		write([]column{{"kind", 6}, {"quote", 12}, {"subject", 10}, {"attribute", 10}, {"value", 12}, {"where", 9}}, rows)
	}
	return b.Bytes()
}
