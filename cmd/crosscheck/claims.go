package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"crosscheck/claim"
	"crosscheck/export"
	"crosscheck/store"
)

func newClaims(c *console) *cobra.Command {
	format := newChoice("table", "jsonl", "csv")
	kind := newChoice("", string(claim.KindNumber), string(claim.KindDate), string(claim.KindEntity))
	var filter store.ClaimFilter
	var document string
	cmd := &cobra.Command{
		Use:   "claims",
		Short: "List the claims that are stored, with where they appear",
		Long: `claims lists what the stored documents claim, by subject and attribute. A claim
that stands in several places is one claim; JSON lines and CSV give every
place, the table the first, and since when and until when runs have met it.
CSV has a row a place.`,
		Example: `  crosscheck claims
  crosscheck claims --subject Israel --kind number
  crosscheck claims --document docs/aid.md
  crosscheck claims --format jsonl | jq -r '.subject + ": " + .attribute'
  crosscheck claims --format csv > claims.csv`,
		Args: noArguments,
	}
	kind.bind(cmd, "kind", "only claims of this kind")
	cmd.Flags().StringVar(&filter.Subject, "subject", "", "only claims with this in the subject or a name that takes part")
	cmd.Flags().StringVar(&filter.Attribute, "attribute", "", "only claims with this in the attribute")
	cmd.Flags().StringVar(&filter.Text, "text", "", "only claims with this in a sentence that makes them")
	cmd.Flags().StringVar(&document, "document", "", "only claims that this document makes, by its path as given to run")
	limit := limitRowsFlag(cmd)
	format.bind(cmd, "format", "how to print it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		filter.Kind = claim.Kind(kind.value)
		rows := limit.rows(cmd, format)
		// What this program leaves out itself, the database cannot count.
		filter.Limit = either(document == "", rows.query(), 0)
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			claims, err := s.Claims(ctx, filter)
			if err != nil {
				return err
			}
			if document != "" {
				claims = slices.DeleteFunc(claims, func(one store.StoredClaim) bool {
					return !slices.ContainsFunc(one.Appearances, func(a claim.Appearance) bool { return a.Document == document })
				})
			}
			claims = cut(c, claims, rows)
			switch format.value {
			case "jsonl":
				return c.claimLines(claims)
			case "csv":
				return c.claimSheet(claims)
			}
			return c.claimTable(ctx, s, claims)
		})
	}
	return cmd
}

func (c *console) claimLines(claims []store.StoredClaim) error {
	lines := c.lines()
	for _, one := range claims {
		if err := lines.Encode(newStoredLine(one)); err != nil {
			return err
		}
	}
	return nil
}

func (c *console) claimTable(ctx context.Context, s *store.Store, claims []store.StoredClaim) error {
	if len(claims) == 0 {
		c.printf("no claims\n")
		return nil
	}
	var first []claim.Appearance
	for _, one := range claims {
		first = append(first, one.Appearances[:min(1, len(one.Appearances))]...)
	}
	docs, err := s.DocumentsOf(ctx, first)
	if err != nil {
		return err
	}
	shelf := shelveStored(docs)
	rows := make([][]string, len(claims))
	for i, one := range claims {
		rows[i] = []string{string(one.Claim.Kind), one.Claim.Subject, one.Claim.Attribute, claimValueText(one.Claim), seenText(one), placesText(one.Appearances, shelf)}
	}
	c.table([]column{{"kind", 6}, {"subject", 12}, {"attribute", 12}, {"value", 14}, {"seen", 10}, {"where", 16}}, rows)
	return nil
}

// seenText is the days on which a run first and last met a claim.
func seenText(one store.StoredClaim) string {
	first, last := one.FirstSeen.Format(time.DateOnly), one.LastSeen.Format(time.DateOnly)
	if first == last {
		return first
	}
	return first + " to " + last
}

// placesText is the first place, and how many more there are.
func placesText(at []claim.Appearance, docs shelf) string {
	if len(at) == 0 {
		return ""
	}
	text := docs[at[0].Document].places.in(at[0].Document, at[0].Span)
	if more := len(at) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// storedLine is a claim that is stored, as a JSON line.
type storedLine struct {
	Type string `json:"type"`
	ID   string `json:"id"`
	claim.Line
	FirstSeen   time.Time          `json:"first_seen"`
	LastSeen    time.Time          `json:"last_seen"`
	Appearances []claim.Appearance `json:"appearances"`
}

func newStoredLine(one store.StoredClaim) storedLine {
	at := one.Appearances
	if at == nil {
		at = []claim.Appearance{}
	}
	return storedLine{"claim", hex.EncodeToString(one.ID[:]), one.Claim.Line(), one.FirstSeen, one.LastSeen, at}
}

// claimSheet is a row a place, for spreadsheets.
func (c *console) claimSheet(claims []store.StoredClaim) error {
	s, err := export.NewSheet(c.out, slices.Concat([]string{"kind", "subject", "attribute", "polarity"}, valueTitles(),
		[]string{"time_from", "time_to", "scope"}, placeTitles())...)
	if err != nil {
		return err
	}
	for _, one := range claims {
		cl := one.Claim
		var during claim.Period
		if cl.Time != nil {
			during = *cl.Time
		}
		left := slices.Concat([]string{string(cl.Kind), cl.Subject, cl.Attribute, string(cl.Polarity)}, valueCells(cl.Value),
			[]string{during.From.String(), during.To.String(), strings.Join(cl.Scope, "; ")})
		for _, a := range one.Appearances {
			if err := s.Row(slices.Concat(left, placeCells(a))...); err != nil {
				return err
			}
		}
	}
	return s.End()
}

// valueTitles are the columns of a value, placeTitles those of a place.
func valueTitles() []string {
	return []string{"value", "number", "low", "high", "unit", "per", "from", "to", "name"}
}

func placeTitles() []string {
	return []string{"document", "start", "end", "quote", "sentence", "attribution", "modality", "said", "rule", "version"}
}

func valueCells(v claim.Value) []string {
	cells := make([]string, 9)
	cells[0] = v.Words()
	switch {
	case v.Quantity != nil:
		q := v.Quantity
		cells[1], cells[2], cells[3] = decimalCell(q.Number), decimalCell(q.Low), decimalCell(q.High)
		cells[4], cells[5] = q.Unit, q.Per
	case v.Period != nil:
		cells[6], cells[7] = v.Period.From.String(), v.Period.To.String()
	case v.Entity != nil:
		cells[8] = v.Entity.Name
	}
	return cells
}

func placeCells(a claim.Appearance) []string {
	return []string{a.Document, strconv.Itoa(a.Span.Start), strconv.Itoa(a.Span.End), a.Quote, a.Sentence,
		a.Attribution, string(a.Modality), a.Said.String(), string(a.Rule), a.Version}
}

// decimalCell is a decimal for other programs, "" where there is none.
func decimalCell(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}
