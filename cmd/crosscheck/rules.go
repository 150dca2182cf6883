package main

import (
	"encoding/json"
	"strconv"

	"github.com/spf13/cobra"

	"crosscheck/extract"
)

func newRules(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules that make mentions and claims",
		Long: `rules lists every rule by name and version, with what it is for. The rule of a
claim stands beside it in the output of extract and claims.`,
		Example: `  crosscheck rules
  crosscheck rules --format jsonl | jq -r .name`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			rules := extract.Rules()
			if format.value == "table" {
				rows := make([][]string, len(rules))
				for i, r := range rules {
					rows[i] = []string{r.Name, strconv.Itoa(r.Version), r.Intent, r.Example}
				}
				c.table([]column{{"rule", 14}, {"version", 7}, {"what it is for", 20}, {"example", 20}}, rows)
				return nil
			}
			lines := c.lines()
			for _, r := range rules {
				if err := lines.Encode(struct {
					Name    string `json:"name"`
					Version int    `json:"version"`
					Intent  string `json:"intent"`
					Example string `json:"example"`
				}(r)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	format.bind(cmd, "format", "what to print")
	return cmd
}

// lines encodes JSON lines to standard output, with quotes as they stand: what
// only a web page must escape is left alone.
func (c *console) lines() *json.Encoder {
	enc := json.NewEncoder(c.out)
	enc.SetEscapeHTML(false)
	return enc
}
