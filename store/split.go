package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// mostParted is how many pairs of claims a split may set apart.
const mostParted = 250_000

const (
	// What comparing says of it, it says the next time.
	insertSplit = `
INSERT INTO conflict (kind, status, found, severity, question, reason, rungs, origins, digest, first_seen, last_seen)
SELECT kind, found, found, severity, question, 'split off from conflict ' || id, '{}', 0, sha256(''), @at, @at
FROM conflict
WHERE id = @id
RETURNING id`

	countPairs = `
SELECT count(DISTINCT a.claim) FILTER (WHERE m.position = ANY(@leaving)) * count(DISTINCT a.claim) FILTER (WHERE m.position <> ALL(@leaving))
FROM member m
JOIN appearance a ON a.id = m.appearance
WHERE m.conflict = @id`

	insertParted = `
INSERT INTO parted (claim_a, claim_b, act)
SELECT DISTINCT least(x.claim, y.claim), greatest(x.claim, y.claim), @act::bigint
FROM (SELECT DISTINCT c.hash AS claim FROM member m JOIN appearance a ON a.id = m.appearance JOIN claim c ON c.id = a.claim WHERE conflict = @from AND position IS NOT NULL) AS x
CROSS JOIN (SELECT DISTINCT c.hash AS claim FROM member m JOIN appearance a ON a.id = m.appearance JOIN claim c ON c.id = a.claim WHERE conflict = @to AND position IS NOT NULL) AS y
WHERE x.claim <> y.claim
ON CONFLICT DO NOTHING`

	deleteParted = `DELETE FROM parted WHERE act = @act`
)

// Split moves some positions of a conflict, by their keys, to a new one. Claims on
// either side never answer one question again. What is left with one answer is no
// conflict, and is closed.
func (s *Store) Split(ctx context.Context, who string, at time.Time, on desk.Target, positions []string, note string) (desk.Act, error) {
	act := desk.Act{At: at, Who: who, What: desk.Split, Note: note}
	act.Detail.Moved = slices.Compact(slices.Sorted(slices.Values(positions)))
	_, ids, err := targets([]desk.Target{on})
	if err != nil {
		return desk.Act{}, err
	}
	return s.enact(ctx, act, func(d *deed) error {
		// Comparing goes by it: it is to see all of this or nothing.
		if err := lockComparing(ctx, d.tx); err != nil {
			return err
		}
		if err := d.lock(ids); err != nil {
			return err
		}
		if err := d.seen([]target{{ids[0], on.Revision}}); err != nil {
			return err
		}
		return d.split(ids[0])
	})
}

// split moves the positions that the act names to a new conflict.
func (d *deed) split(from int64) error {
	if err := d.notMerged([]int64{from}); err != nil {
		return err
	}
	ground, err := grounds(d.ctx, d.tx, []int64{from})
	if err != nil {
		return err
	}
	var leaving []int
	moved := make(map[string]bool)
	staying := 0
	for _, a := range ground[from].answers {
		switch {
		case a.conflict != from:
		case slices.Contains(d.act.Detail.Moved, a.key):
			leaving = append(leaving, a.n)
			moved[a.key] = true
		default:
			staying++
		}
	}
	switch {
	case ground[from].kind == conflict.Negation:
		return refused("something is so or it is not: say instead that these are different things")
	case len(leaving) == 0:
		return refused("choose the answers that are to leave")
	case len(moved) < len(d.act.Detail.Moved):
		return refused("conflict %d has no such answer as one that is to leave", from)
	case staying == 0:
		return refused("one answer at least must stay")
	case staying == 1 && len(leaving) == 1:
		return refused("of two answers each would be left alone: say instead that they are different things")
	case moved[d.at[from].Stands]:
		return refused("by the verdict one of the answers that are to leave stands: change that first")
	}
	pairs, err := numbers(d.ctx, d.tx, "claims to part", countPairs, pgx.NamedArgs{"id": from, "leaving": leaving})
	if err != nil {
		return err
	}
	if pairs[0] > mostParted { // an aggregate has one row
		return refused("too many claims stand on either side to set each pair apart")
	}
	made, err := numbers(d.ctx, d.tx, "make a conflict", insertSplit, pgx.NamedArgs{"id": from, "at": d.act.At})
	if err != nil {
		return err
	}
	to := made[0] // the conflict is locked, so it is there
	d.at[to], d.ask[to] = &standing{}, d.ask[from]
	d.act.Detail.New = name(to)
	d.change(from)
	d.change(to)
	return d.part(from, to, 0)
}

// part moves the positions that the act names. As soon as the act has its number
// it sets their claims apart from the others', in the name of a split.
func (d *deed) part(from, to, split int64) error {
	d.then = func() error {
		if split == 0 {
			split = d.act.ID
		}
		if _, err := d.tx.Exec(d.ctx, insertParted, pgx.NamedArgs{"from": from, "to": to, "act": split}); err != nil {
			return fmt.Errorf("set claims apart: %w", err)
		}
		if err := CompareRuled(d.ctx, d.tx, split); err != nil {
			return err
		}
		return refreshWords(d.ctx, d.tx, []int64{from, to})
	}
	return d.move(from, to, d.act.Detail.Moved)
}

// redoSplit takes a split back, or does it once more (forward).
func (d *deed) redoSplit(base desk.Act, forward bool) error {
	to, err := strconv.ParseInt(base.Detail.New, 10, 64)
	if err != nil {
		return fmt.Errorf("act %d: the conflict that it made: %w", base.ID, err)
	}
	var from int64
	for id := range d.was {
		if id != to {
			from = id
		}
	}
	if forward {
		d.act.Detail = base.Detail
		return d.part(from, to, base.ID)
	}
	if err := CompareRuled(d.ctx, d.tx, base.ID); err != nil {
		return err
	}
	if _, err := d.tx.Exec(d.ctx, deleteParted, pgx.NamedArgs{"act": base.ID}); err != nil {
		return fmt.Errorf("bring claims together again: %w", err)
	}
	d.then = func() error { return refreshWords(d.ctx, d.tx, []int64{from, to}) }
	return d.move(to, from, nil)
}

const (
	copyPosition = `
INSERT INTO position (conflict, n, number, low, high, low_open, high_open, unit, per, approximate, bound, change, date_from, date_to,
                      name, name_type, origins)
SELECT @to::bigint, @as::int, number, low, high, low_open, high_open, unit, per, approximate, bound, change, date_from, date_to, name, name_type, origins
FROM position
WHERE conflict = @from AND n = @n`

	moveMembers = `
UPDATE member SET conflict = @to, position = @as::int, n = n + @after
WHERE conflict = @from AND position IS NOT DISTINCT FROM @n::int`

	dropPosition = `DELETE FROM position WHERE conflict = @from AND n = @n`

	// What is left with one answer is none.
	settleMoved = `
UPDATE conflict c
SET origins = s.origins, digest = sha256(''), closed = CASE WHEN s.sides < 2 THEN coalesce(c.closed, @at) END
FROM (SELECT id, (SELECT count(*) FROM position WHERE conflict = id) AS sides,
             (SELECT coalesce(sum(origins), 0) FROM position WHERE conflict = id) AS origins
      FROM unnest(@ids::bigint[]) AS t (id)) AS s
WHERE c.id = s.id`
)

// move moves positions from a conflict to another, by their keys; nil is all, with
// what decides nothing.
func (d *deed) move(from, to int64, keys []string) error {
	type answerRow struct {
		N int
		valueColumns
		Origins int
	}
	read := func(id int64) (answers []answerRow, err error) {
		return collect[answerRow](d.ctx, d.tx, "positions", selectAnswers, pgx.NamedArgs{"id": id})
	}
	there, err := read(to)
	if err != nil {
		return err
	}
	at := make(map[string]int, len(there))
	next := 0
	for _, a := range there {
		at[desk.ValueKey(a.value())], next = a.N, a.N+1
	}
	answers, err := read(from)
	if err != nil {
		return err
	}
	last, err := numbers(d.ctx, d.tx, "members", selectLast, pgx.NamedArgs{"id": to})
	if err != nil {
		return err
	}
	args := pgx.NamedArgs{"from": from, "to": to, "after": last[0] + 1} // an aggregate has one row
	do := func(sql string) error {
		if _, err := d.tx.Exec(d.ctx, sql, args); err != nil {
			return fmt.Errorf("move answers: %w", err)
		}
		return nil
	}
	for _, a := range answers {
		key := desk.ValueKey(a.value())
		if keys != nil && !slices.Contains(keys, key) {
			continue
		}
		args["n"] = a.N
		n, known := at[key]
		if args["as"] = n; !known {
			args["as"], next = next, next+1
			if err := do(copyPosition); err != nil {
				return err
			}
		}
		for _, sql := range []string{moveMembers, dropPosition} {
			if err := do(sql); err != nil {
				return err
			}
		}
	}
	if keys == nil {
		args["n"], args["as"] = nil, nil
		if err := do(moveMembers); err != nil {
			return err
		}
	}
	if _, err := d.tx.Exec(d.ctx, settleMoved, pgx.NamedArgs{"ids": []int64{from, to}, "at": d.act.At}); err != nil {
		return fmt.Errorf("move answers: %w", err)
	}
	return nil
}
