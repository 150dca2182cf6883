package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/document"
)

// The words stand in the documents' texts.
const selectSpotsOf = `
SELECT a.reading, ` + selectSpotColumns + `, ` + selectClaimColumns + `
FROM appearance a
JOIN claim c ON c.id = a.claim
WHERE a.reading = ANY(@readings)`

// told is an appearance as it is loaded, with how the database knows it.
type told struct {
	claim.Appearance
	id         [32]byte // of the claim
	appearance int64
}

// loadClaims loads what some documents of the corpus claim, each asked for once.
func (c *Corpus) loadClaims(ctx context.Context, tx pgx.Tx, addresses []string) ([]claim.Appearance, error) {
	wanted := slices.Clone(addresses)
	if len(c.Claims) == 0 {
		wanted = append(wanted, c.likely...)
	}
	if err := c.fetchClaims(ctx, tx, wanted); err != nil {
		return nil, err
	}
	begin := len(c.Claims)
	for _, address := range addresses {
		version := c.known[address].version
		for _, t := range c.told[address] {
			c.Claims = append(c.Claims, t.Appearance)
			c.members[place{address, t.Span, t.id, t.Rule}] = member{version, t.appearance}
		}
		c.told[address] = nil
	}
	return slices.Clip(c.Claims[begin:]), nil
}

// fetchClaims fetches what those of some documents claim that were not asked about yet.
func (c *Corpus) fetchClaims(ctx context.Context, tx pgx.Tx, addresses []string) error {
	wanted := make(map[string]bool, len(addresses))
	for _, a := range addresses {
		if _, has := c.told[a]; !has {
			wanted[a], c.told[a] = true, nil
		}
	}
	tellers := make(map[int64][]int) // reading → documents
	var readings []int64
	for i, d := range c.Documents {
		if !wanted[d.Path] {
			continue
		}
		if tellers[c.readings[i]] == nil {
			readings = append(readings, c.readings[i])
		}
		tellers[c.readings[i]] = append(tellers[c.readings[i]], i)
	}
	rows, err := tx.Query(ctx, selectSpotsOf, pgx.NamedArgs{"readings": readings})
	if err != nil {
		return fmt.Errorf("claims: %w", err)
	}
	var r struct {
		reading int64
		spotColumns
		claimColumns
	}
	columns := slices.Concat([]any{&r.reading}, r.spotColumns.targets(), r.claimColumns.targets())
	_, err = pgx.ForEachRow(rows, columns, func() error {
		for _, i := range tellers[r.reading] {
			d := &c.Documents[i]
			if !holdsSpan(d.Text, spanOf(r.StartByte, r.EndByte)) || !holdsSpan(d.Text, spanOf(r.SentenceStart, r.SentenceEnd)) {
				return fmt.Errorf("%s has no byte %d, where one of its claims stands", d.Path, max(r.EndByte, r.SentenceEnd))
			}
			a := r.inWords(d.Path, d.Version, r.toClaim(r.Entities), d.Text[r.StartByte:r.EndByte], d.Text[r.SentenceStart:r.SentenceEnd])
			c.told[d.Path] = append(c.told[d.Path], told{a, [32]byte(r.Claim), r.Appearance})
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("claims: %w", err)
	}
	for address := range wanted { // the database would sort them on its disk
		slices.SortFunc(c.told[address], func(a, b told) int {
			return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End),
				bytes.Compare(a.id[:], b.id[:]), cmp.Compare(a.Rule, b.Rule))
		})
	}
	return nil
}

// holdsSpan reports whether a text is as long as a span asks for.
func holdsSpan(text string, s document.Span) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text)
}
