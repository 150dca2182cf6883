package pipeline

import (
	"context"
	"fmt"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// Compare finds the conflicts among documents, without a database.
func Compare(ctx context.Context, loaded []*Loaded) ([]conflict.Conflict, error) {
	docs := make([]conflict.Document, 0, len(loaded))
	var claims []claim.Appearance
	for _, l := range loaded {
		docs = append(docs, conflict.Document{
			Path: l.Path, Version: l.Version, Source: l.Source, Title: l.Title,
			Published: l.Published, Text: l.Document.Text,
		})
		claims = append(claims, l.Reading.Claims...)
	}
	found, err := conflict.Compare(ctx, docs, claims)
	if err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	return found, nil
}
