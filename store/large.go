package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// A question that a great many documents answer is not read whole for each new
// one: what is found is added to it, and what went is taken away.

const (
	dropFresh = `DELETE FROM member WHERE conflict = @id AND version = ANY(@fresh)`

	selectAtHand = `
SELECT coalesce(position, -1) AS position, version, appearance
FROM member
WHERE conflict = @id AND version = ANY(@loaded)`

	selectAnswers = `
SELECT n, number, low, high, low_open, high_open, unit, per, approximate, bound, change, date_from, date_to, name, name_type, origins
FROM position
WHERE conflict = @id
ORDER BY n`

	selectLast = `SELECT coalesce(max(n), -1) FROM member WHERE conflict = @id`

	weighPosition = `UPDATE position SET origins = greatest(origins, @origins) WHERE conflict = @id AND n = @n`

	// Origins are counted among those at hand: at least so many there are.
	extendConflict = `
UPDATE conflict
SET ` + setFound + `,
    severity = greatest(severity, @severity), origins = greatest(origins, @origins)
WHERE id = @id`

	dropEmpty = `
DELETE FROM position p
WHERE conflict = @id AND NOT EXISTS (SELECT FROM member m WHERE m.conflict = p.conflict AND m.position = p.n)`

	countSides = `SELECT count(*) FROM position WHERE conflict = @id`
)

// extend adds what was found to a stored conflict that has other members as well.
func (f *found) extend(ctx context.Context, tx pgx.Tx, id int64, c *Corpus) error {
	type answerRow struct {
		N int
		valueColumns
		Origins int
	}
	args := f.args()
	args["id"], args["fresh"], args["loaded"] = id, c.fresh, c.loaded
	for _, sql := range []string{dropFresh, extendConflict} {
		if _, err := tx.Exec(ctx, sql, args); err != nil {
			return fmt.Errorf("add to conflict %d: %w", id, err)
		}
	}
	answers, err := collect[answerRow](ctx, tx, "positions", selectAnswers, args)
	if err != nil {
		return err
	}
	at := make(map[string]int, len(answers)) // value → its position
	next := 0
	for _, a := range answers {
		at[desk.ValueKey(a.value())], next = a.N, a.N+1
	}
	numbered := make([]int, len(f.Positions)) // position found → position stored
	var more []conflict.Position
	for i, p := range f.Positions {
		n, known := at[desk.ValueKey(p.Value)]
		if !known {
			n = next + len(more)
			more = append(more, p)
		} else if _, err := tx.Exec(ctx, weighPosition, pgx.NamedArgs{"id": id, "n": n, "origins": p.Origins}); err != nil {
			return fmt.Errorf("add to conflict %d: %w", id, err)
		}
		numbered[i] = n
	}
	if err := copyPositions(ctx, tx, number(id, next, more)); err != nil {
		return err
	}

	have, err := collect[memberRow](ctx, tx, "members", selectAtHand, args)
	if err != nil {
		return err
	}
	for i := range have {
		have[i].Position = 0 // one that changed sides stays where it was
	}
	parted, err := c.parted(ctx, tx, id, f)
	if err != nil {
		return err
	}
	var members []memberRow
	for _, m := range f.members {
		if parted[m.Appearance] || slices.Contains(have, memberRow{0, m.Version, m.Appearance}) {
			continue
		}
		if m.Position >= 0 {
			m.Position = numbered[m.Position]
		}
		members = append(members, m)
	}
	last, err := numbers(ctx, tx, "members", selectLast, args)
	if err != nil {
		return err
	}
	if err := copyMembers(ctx, tx, enlist(id, int(last[0])+1, members)); err != nil || len(parted) == 0 { // an aggregate has one row
		return err
	}
	if _, err := tx.Exec(ctx, dropEmpty, args); err != nil {
		return fmt.Errorf("add to conflict %d: %w", id, err)
	}
	return nil
}

// shrink takes what came anew or went out of a stored conflict that has other
// members as well, and reports whether no two answers are left.
func (c *Corpus) shrink(ctx context.Context, tx pgx.Tx, id int64) (ended bool, err error) {
	args := pgx.NamedArgs{"id": id, "fresh": c.fresh}
	for _, sql := range []string{dropFresh, dropEmpty} {
		if _, err := tx.Exec(ctx, sql, args); err != nil {
			return false, fmt.Errorf("take from conflict %d: %w", id, err)
		}
	}
	sides, err := numbers(ctx, tx, "positions", countSides, args)
	if err != nil {
		return false, err
	}
	return sides[0] < 2, nil // an aggregate has one row
}
