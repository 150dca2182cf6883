package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
)

const (
	selectParted = `SELECT claim_a, claim_b FROM parted`

	selectNameRulings = `SELECT a, b, same FROM name_ruling ORDER BY act, a, b`

	// A name is looked for as it was ruled on, which is how a claim has it. Who goes by
	// a short form is compared with those who do not.
	forgetRuled = `
WITH ruled_claim AS (
    SELECT claim_a AS hash FROM parted WHERE act = @act
    UNION
    SELECT claim_b FROM parted WHERE act = @act
), ruled_name AS (
    SELECT a AS name FROM name_ruling WHERE act = @act
    UNION
    SELECT b FROM name_ruling WHERE act = @act
)
UPDATE version
SET compared = false
WHERE current AND compared AND reading IN (
    SELECT a.reading FROM ruled_claim JOIN claim c USING (hash) JOIN appearance a ON a.claim = c.id
    UNION
    SELECT reading FROM appearance WHERE entities && (SELECT array_agg(name) FROM ruled_name)
    UNION
    SELECT a.reading
    FROM claim c
    JOIN appearance a ON a.claim = c.id
    WHERE c.name IN (SELECT name FROM ruled_name) OR c.subject IN (SELECT name FROM ruled_name))`

	selectHeld = `
SELECT DISTINCT c.hash AS id
FROM member m
JOIN appearance a ON a.id = m.appearance
JOIN claim c ON c.id = a.claim
WHERE m.conflict = @conflict AND c.hash = ANY(@claims)`
)

// LoadRulings loads what people have ruled about claims and names, nil where they
// have ruled nothing. Of rulings on the same two names, which may be written in two
// ways, the last holds.
func LoadRulings(ctx context.Context, tx pgx.Tx) (*conflict.Rulings, error) {
	type partedRow struct{ ClaimA, ClaimB []byte }
	type nameRow struct {
		A, B string
		Same bool
	}
	parted, err := collect[partedRow](ctx, tx, "claims set apart", selectParted, nil)
	if err != nil {
		return nil, err
	}
	names, err := collect[nameRow](ctx, tx, "names declared the same or different", selectNameRulings, nil)
	if err != nil || len(parted)+len(names) == 0 {
		return nil, err
	}
	apart := make([][2][32]byte, len(parted))
	for i, p := range parted {
		apart[i] = [2][32]byte{[32]byte(p.ClaimA), [32]byte(p.ClaimB)}
	}
	last := make(map[[2]string]nameRow, len(names))
	for _, n := range names {
		a, b := conflict.NameKey(n.A), conflict.NameKey(n.B)
		last[[2]string{min(a, b), max(a, b)}] = n
	}
	var same, different [][2]string
	for _, n := range last {
		if n.Same {
			same = append(same, [2]string{n.A, n.B})
		} else {
			different = append(different, [2]string{n.A, n.B})
		}
	}
	return conflict.NewRulings(apart, same, different), nil
}

// CompareRuled notes that the documents which an act's rulings are about are to be
// compared anew, so that the next comparison obeys them. It is called when the
// rulings are made, and before they are taken back.
func CompareRuled(ctx context.Context, tx pgx.Tx, act int64) error {
	if _, err := tx.Exec(ctx, forgetRuled, pgx.NamedArgs{"act": act}); err != nil {
		return fmt.Errorf("note what act %d is about: %w", act, err)
	}
	return nil
}

// parted finds which appearances, of what was found, a stored conflict must not
// have: people have set their claims apart from claims that it has. Comparing has
// seen to that among what is at hand; of a large question not all is.
func (c *Corpus) parted(ctx context.Context, tx pgx.Tx, id int64, f *found) (map[int64]bool, error) {
	type claimRow struct{ ID []byte }
	of := make(map[[32]byte][]int64) // claim → appearances that must not stand beside it
	var claims [][]byte
	note := func(list []claim.Appearance) error {
		for _, a := range list {
			for _, other := range c.Rulings.Apart(a.Claim.ID()) {
				m, err := c.member(a)
				if err != nil {
					return err
				}
				if of[other] == nil {
					claims = append(claims, other[:])
				}
				of[other] = append(of[other], m.appearance)
			}
		}
		return nil
	}
	for _, p := range f.Positions {
		if err := note(p.Appearances); err != nil {
			return nil, err
		}
	}
	if err := note(f.Compatible); err != nil || len(claims) == 0 {
		return nil, err
	}
	held, err := collect[claimRow](ctx, tx, "claims set apart", selectHeld, pgx.NamedArgs{"conflict": id, "claims": claims})
	if err != nil {
		return nil, err
	}
	out := make(map[int64]bool)
	for _, h := range held {
		for _, appearance := range of[[32]byte(h.ID)] {
			out[appearance] = true
		}
	}
	return out, nil
}
