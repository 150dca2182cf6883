package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Where much is new, a portion of it can be loaded and compared while those before
// it are. What these change, who is in conflict with whom, is looked at again when
// it is the portion's turn.

const countStanding = `
SELECT count(*)
FROM unnest(@versions::bigint[], @readings::bigint[]) AS loaded (id, reading)
JOIN version v ON v.id = loaded.id AND v.reading = loaded.reading
WHERE v.current`

const countWaiting = `SELECT count(*) FROM version WHERE id = ANY(@fresh) AND NOT compared`

// Fresh are the versions in the corpus that are new.
func (c *Corpus) Fresh() []int64 { return c.fresh }

// Last reports whether nothing else that is new waited when the corpus was loaded.
func (c *Corpus) Last() bool { return c.Background == nil || c.last }

// LoadAhead loads the portion behind others that have taken versions in hand (see
// [Corpus.Fresh]), as [LoadUncompared] will load it if these change nothing of it. It is
// nil where nothing is left, or where the store is so small that all of it may be compared
// at once. It does not wait for those who compare, and keeps none of them waiting.
func LoadAhead(ctx context.Context, tx pgx.Tx, p Portion, taken []int64) (*Corpus, error) {
	if err := findByIndex(ctx, tx); err != nil {
		return nil, err
	}
	var texts, drift int
	if err := tx.QueryRow(ctx, selectTextsAndDrift).Scan(&texts, &drift); err != nil {
		return nil, fmt.Errorf("the last comparison: %w", err)
	}
	if p.whole(texts) {
		return nil, nil
	}
	return loadNew(ctx, tx, p, taken, texts)
}

// Holds reports whether a corpus that was loaded ahead is what [LoadUncompared] would
// load. Where it is, the transaction takes it as that: until it ends no other one can
// compare.
func (c *Corpus) Holds(ctx context.Context, tx pgx.Tx) (bool, error) {
	if err := lockComparing(ctx, tx); err != nil {
		return false, err
	}
	if err := findByIndex(ctx, tx); err != nil {
		return false, err
	}
	var texts, drift int
	if err := tx.QueryRow(ctx, selectTextsAndDrift).Scan(&texts, &drift); err != nil {
		return false, fmt.Errorf("the last comparison: %w", err)
	}
	if texts != c.Background.Texts {
		return false, nil
	}
	for _, as := range []struct {
		sql  string
		many int
	}{{countWaiting, len(c.fresh)}, {countStanding, len(c.versions)}} {
		n, err := numbers(ctx, tx, "what was loaded ahead", as.sql, pgx.NamedArgs{"fresh": c.fresh, "versions": c.versions, "readings": c.readings})
		if err != nil || n[0] != int64(as.many) { // an aggregate has one row
			return false, err
		}
	}
	loaded, err := c.company(ctx, tx)
	if err != nil || !slices.Equal(loaded, c.loaded) {
		return false, err
	}
	return true, drifted(ctx, tx, drift+len(c.fresh))
}
