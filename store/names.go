package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/desk"
)

const (
	// Acts that hold: those that were not undone, or were and then done again.
	holding = `
WITH RECURSIVE line AS (
    SELECT id AS base, id AS tip, true AS holds FROM act WHERE what = ANY(@what)
    UNION ALL
    SELECT line.base, a.id, NOT line.holds FROM line JOIN act a ON a.undoes = line.tip
), latest AS (
    SELECT DISTINCT ON (base) base, holds FROM line ORDER BY base, tip DESC
)
SELECT a.id, a.what, a.detail
FROM latest
JOIN act a ON a.id = latest.base
WHERE latest.holds AND (@source = '' OR a.detail->>'source' = @source)
ORDER BY a.id DESC`

	selectNames = `SELECT a, b, same, act FROM name_ruling`

	deleteNames = `DELETE FROM name_ruling WHERE a = @a AND b = @b`

	insertNames = `INSERT INTO name_ruling (a, b, same, act) VALUES (@a, @b, @same, @act)`
)

// holdingAct is an act that holds.
type holdingAct struct {
	ID     int64
	What   string
	Detail desk.Detail
}

// RuleNames declares two names to be of one bearer, or of two. Of several rulings
// on the same two names the last holds. Comparing goes by it the next time.
func (s *Store) RuleNames(ctx context.Context, who string, at time.Time, a, b string, same bool, note string) (desk.Act, error) {
	act := desk.Act{At: at, Who: who, What: desk.RuleNames, Note: note}
	var err error
	for i, n := range []string{a, b} {
		if act.Detail.Names[i], err = desk.CheckedName("name", n); err != nil {
			return desk.Act{}, err
		}
	}
	act.Detail.Same = same
	if act.Detail.Names[0] > act.Detail.Names[1] {
		act.Detail.Names[0], act.Detail.Names[1] = act.Detail.Names[1], act.Detail.Names[0]
	}
	pair := pairOf(act.Detail.Names)
	if pair[0] == pair[1] || pair[0] == "" {
		return desk.Act{}, refused("take two names: these are one to comparing")
	}
	return s.enact(ctx, act, func(d *deed) error {
		// One ruling after the other, and none that a comparison half sees.
		if err := lockComparing(ctx, d.tx); err != nil {
			return err
		}
		standing, err := standingNames(ctx, d.tx, act.Detail.Names)
		if err != nil {
			return err
		}
		for _, n := range standing {
			if n.Same == same {
				return refused("nothing to do: it has been declared already")
			}
		}
		d.then = func() error { return d.settleNames(act.Detail.Names) }
		return nil
	})
}

// pairOf is equal for two names however each is written and whichever comes first.
func pairOf(names [2]string) [2]string {
	a, b := conflict.NameKey(names[0]), conflict.NameKey(names[1])
	return [2]string{min(a, b), max(a, b)}
}

// nameRow is a row of name_ruling.
type nameRow struct {
	A, B string
	Same bool
	Act  int64
}

// standingNames is the rulings in force on two names.
func standingNames(ctx context.Context, tx pgx.Tx, names [2]string) (on []nameRow, err error) {
	all, err := collect[nameRow](ctx, tx, "rulings on names", selectNames, nil)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if pairOf([2]string{r.A, r.B}) == pairOf(names) {
			on = append(on, r)
		}
	}
	return on, nil
}

// settleNames puts in force the last of the rulings on two names that holds, or
// none, and has those who name them compared anew.
func (d *deed) settleNames(names [2]string) error {
	old, err := standingNames(d.ctx, d.tx, names)
	if err != nil {
		return err
	}
	args := pgx.NamedArgs{"what": []string{string(desk.RuleNames)}, "source": ""}
	acts, err := collect[holdingAct](d.ctx, d.tx, "rulings on names", holding, args)
	if err != nil {
		return err
	}
	for _, r := range old {
		if err := CompareRuled(d.ctx, d.tx, r.Act); err != nil {
			return err
		}
		if _, err := d.tx.Exec(d.ctx, deleteNames, pgx.NamedArgs{"a": r.A, "b": r.B}); err != nil {
			return fmt.Errorf("take a ruling on names out of force: %w", err)
		}
	}
	for _, a := range acts {
		n := a.Detail.Names
		if pairOf(n) != pairOf(names) {
			continue
		}
		if _, err := d.tx.Exec(d.ctx, insertNames, pgx.NamedArgs{"a": n[0], "b": n[1], "same": a.Detail.Same, "act": a.ID}); err != nil {
			return fmt.Errorf("put a ruling on names in force: %w", err)
		}
		return CompareRuled(d.ctx, d.tx, a.ID)
	}
	return nil
}

const (
	lockSource = `SELECT name FROM source WHERE id = @id FOR NO KEY UPDATE`

	isMuted = `SELECT EXISTS (SELECT FROM muted_source WHERE source = @id)`

	unmuteSource = `DELETE FROM muted_source USING source s WHERE s.id = source AND s.name = @name`

	conflictsOfSource = `
SELECT DISTINCT m.conflict
FROM source s
JOIN document d ON d.source = s.id
JOIN version v ON v.document = d.id
JOIN member m ON m.version = v.id
WHERE s.name = @name`

	muteSource = `INSERT INTO muted_source (source, act) SELECT id, @act FROM source WHERE name = @name`
)

// MuteSource lets a source not count at the desk, or count again: a conflict with
// fewer than two positions that others take is kept out of queue and digests.
func (s *Store) MuteSource(ctx context.Context, who string, at time.Time, source int64, mute bool, note string) (desk.Act, error) {
	act := desk.Act{At: at, Who: who, What: desk.Mute, Note: note}
	if !mute {
		act.What = desk.Unmute
	}
	return s.enact(ctx, act, func(d *deed) error {
		// Conflicts that a comparison is about to give the source are to be seen.
		if err := lockComparing(ctx, d.tx); err != nil {
			return err
		}
		args := pgx.NamedArgs{"id": source}
		type sourceRow struct{ Name string }
		found, err := collect[sourceRow](ctx, d.tx, "source", lockSource, args)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return &desk.Missing{What: "source", Name: name(source)}
		}
		var muted bool
		if err := d.tx.QueryRow(ctx, isMuted, args).Scan(&muted); err != nil {
			return fmt.Errorf("look whether the source is muted: %w", err)
		}
		if muted == mute {
			return refused("nothing to do: it is so already")
		}
		d.act.Detail.Source = found[0].Name
		d.then = func() error { return d.settleSource(found[0].Name) }
		return nil
	})
}

// settleSource mutes a source or lets it be heard, as the last act says that holds.
// A source that is gone stays gone.
func (d *deed) settleSource(source string) error {
	args := pgx.NamedArgs{"what": []string{string(desk.Mute), string(desk.Unmute)}, "source": source}
	acts, err := collect[holdingAct](d.ctx, d.tx, "acts on the source", holding, args)
	if err != nil {
		return err
	}
	if _, err := d.tx.Exec(d.ctx, unmuteSource, pgx.NamedArgs{"name": source}); err != nil {
		return fmt.Errorf("let the source be heard: %w", err)
	}
	if len(acts) > 0 && acts[0].What == string(desk.Mute) {
		if _, err := d.tx.Exec(d.ctx, muteSource, pgx.NamedArgs{"name": source, "act": acts[0].ID}); err != nil {
			return fmt.Errorf("mute the source: %w", err)
		}
	}
	ids, err := numbers(d.ctx, d.tx, "conflicts of the source", conflictsOfSource, pgx.NamedArgs{"name": source})
	if err != nil {
		return err
	}
	return refreshQueue(d.ctx, d.tx, ids)
}
