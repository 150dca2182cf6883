package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/conflict/arithmetic"
	"crosscheck/store"
)

// Comparison says how documents are compared.
type Comparison struct {
	// Arithmetic looks also for what does not add up inside one document.
	Arithmetic bool
	// Rates are exchange rates for sums in two currencies; nil is none.
	Rates *conflict.Rates
}

// Compare finds the conflicts among documents, without a database.
func (c Comparison) Compare(ctx context.Context, loaded []*Loaded) ([]conflict.Conflict, error) {
	docs := make([]conflict.Document, 0, len(loaded))
	var claims []claim.Appearance
	for _, l := range loaded {
		docs = append(docs, conflict.Document{
			Path: l.Path, Version: l.Version, Source: l.Source, Title: l.Title,
			Published: l.Published, Text: l.Document.Text,
		})
		claims = append(claims, l.Reading.Claims...)
	}
	return c.find(ctx, &store.Corpus{Documents: docs, Claims: claims})
}

// setting tells comparisons apart that give different results for documents that
// stayed as they were. That a table of rates grew by a day's does not count.
func (c Comparison) setting() string {
	return fmt.Sprintf("arithmetic=%t rates=%t", c.Arithmetic, c.Rates != nil)
}

// find compares documents with one another, and where that is asked for each with
// itself. A background has the claims loaded that comparing looks at.
func (c Comparison) find(ctx context.Context, all *store.Corpus) ([]conflict.Conflict, error) {
	found, err := conflict.Setting{Rates: c.Rates, Background: all.Background, Rulings: all.Rulings}.Compare(ctx, all.Documents, all.Claims)
	if err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	if c.Arithmetic {
		inside, err := arithmetic.Check(ctx, all.Documents, all.Claims)
		if err != nil {
			return nil, fmt.Errorf("add up: %w", err)
		}
		found = append(found, inside...)
		slices.SortStableFunc(found, func(a, b conflict.Conflict) int { return cmp.Compare(b.Severity, a.Severity) })
	}
	return found, nil
}
