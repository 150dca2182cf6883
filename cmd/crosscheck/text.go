package main

import (
	"github.com/spf13/cobra"

	"crosscheck/pipeline"
)

func newText(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "text [flags] FILE",
		Short: "Print the text that offsets point into",
		Long: `text prints a document's text as crosscheck reads it, byte for byte and nothing
else: every start and end in any output is an offset in bytes into it.

For plain text and Markdown it is the file itself in UTF-8; for HTML it is the
text of the body, a block a line. "-" reads standard input.`,
		Example: `  crosscheck text report.html
  crosscheck text report.html | tail -c +99 | head -c 5    # bytes 98 to 103`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("text takes one file, or - for standard input; for example: crosscheck text report.html")
			}
			return nil
		},
	}
	limit := limitFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return readEach(cmd.Context(), reader{c, pipeline.Loader{MaxBytes: int64(*limit), TextOnly: true}}, args,
			func(l *pipeline.Loaded) (string, error) { return l.Document.Text, nil },
			func(text string) error {
				_, err := c.out.WriteString(text)
				return err
			})
	}
	return cmd
}
