package main

import (
	"github.com/spf13/cobra"

	"crosscheck/pipeline"
)

// comparisonSettings are the flags that say how documents are compared.
type comparisonSettings struct {
	arithmetic bool
	rates      string // a file
}

// aboutRates explains the table of exchange rates.
const aboutRates = `Sums in two currencies are not compared, but where a text converts one itself
("$150 million (£115 million)") or --rates names a table: a CSV file with the
header date,from,to,rate and lines such as 2019-04-03,USD,GBP,0.77, which says
what one unit of the first was worth in the second on that day. A sum within 2%
of what a rate of its time (the same week) gives is explained; one that is more
than 10% off is a conflict; between the two, and without such a rate, nothing is
said.`

// comparisonFlags adds the flags that say how documents are compared.
func comparisonFlags(cmd *cobra.Command) *comparisonSettings {
	s := &comparisonSettings{}
	cmd.Flags().BoolVar(&s.arithmetic, "arithmetic", false, "look also for what does not add up inside one document")
	fromEnvironment(cmd.Flags(), "arithmetic", "CROSSCHECK_ARITHMETIC")
	cmd.Flags().StringVar(&s.rates, "rates", "", "a CSV file of exchange rates: date,from,to,rate")
	fromEnvironment(cmd.Flags(), "rates", "CROSSCHECK_RATES")
	fromFile(cmd.Flags(), "rates", "rates")
	return s
}

// comparison reads what the flags name.
func (s *comparisonSettings) comparison() (c pipeline.Comparison, err error) {
	c.Arithmetic = s.arithmetic
	if s.rates != "" {
		if c.Rates, err = pipeline.LoadRates(s.rates); err != nil {
			return c, usagef("--rates: %v", err)
		}
	}
	return c, nil
}
