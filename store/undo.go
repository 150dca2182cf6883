package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

const (
	// An act is undone at most once, so those that undo one another are a line.
	selectLine = `
WITH RECURSIVE down AS (
    SELECT id, undoes FROM act WHERE id = @act
    UNION ALL
    SELECT a.id, a.undoes FROM down JOIN act a ON a.id = down.undoes
), line AS (
    SELECT id FROM down WHERE undoes IS NULL
    UNION ALL
    SELECT a.id FROM line JOIN act a ON a.undoes = line.id
)
SELECT id FROM line ORDER BY id`

	lockAct = `SELECT id FROM act WHERE id = @act FOR NO KEY UPDATE`

	selectLater = `
SELECT DISTINCT a.id, coalesce(a.undoes, 0) AS undoes, a.who, a.what, a.at
FROM act_conflict ac
JOIN act a ON a.id = ac.act
WHERE ac.conflict = ANY(@ids) AND ac.act > @act
ORDER BY a.id DESC`

	selectBefore = `SELECT conflict, before FROM act_conflict WHERE act = @act ORDER BY conflict`
)

// Undo takes an act back as a whole: each conflict stands again as it did before,
// unless somebody has acted on it since. An act that was taken back can be had
// again by undoing the act that did so.
func (s *Store) Undo(ctx context.Context, who string, at time.Time, act int64) (desk.Act, error) {
	return s.enact(ctx, desk.Act{At: at, Who: who, What: desk.Undo}, func(d *deed) error { return d.undo(act) })
}

func (d *deed) undo(id int64) error {
	line, err := numbers(d.ctx, d.tx, "act", selectLine, pgx.NamedArgs{"act": id})
	if err != nil {
		return err
	}
	if len(line) == 0 {
		return &desk.Missing{What: "act", Name: name(id)}
	}
	first, last := line[0], line[len(line)-1]
	acts, err := actsOf(d.ctx, d.tx, []int64{first, last})
	if err != nil {
		return err
	}
	base, tip := acts[len(acts)-1], acts[0]
	if base.What == desk.Split || base.What == desk.RuleNames || base.Detail.Source != "" {
		// Comparing goes by it: it is to see all of this or nothing.
		if err := lockComparing(d.ctx, d.tx); err != nil {
			return err
		}
	}
	if _, err := d.tx.Exec(d.ctx, lockAct, pgx.NamedArgs{"act": last}); err != nil {
		return fmt.Errorf("undo: %w", err)
	}
	now, err := numbers(d.ctx, d.tx, "act", selectLine, pgx.NamedArgs{"act": id})
	if err != nil {
		return err
	}
	// What has been undone and is in force again is undone by taking the last of
	// the line back.
	place := 0
	for i, one := range line {
		if one == id {
			place = i
		}
	}
	if len(now) != len(line) || (len(line)-1-place)%2 == 1 {
		return refused("it has been taken back already, by %s", tip.Who)
	}
	d.act.Undoes = last
	forward := len(line)%2 == 0 // the first of the line is done again
	if err := d.restore(last, base.What == desk.Reopen && !forward); err != nil {
		return err
	}
	switch {
	case base.What == desk.Split:
		return d.redoSplit(base, forward)
	case base.What == desk.RuleNames:
		d.then = func() error { return d.settleNames(base.Detail.Names) }
	case base.Detail.Source != "":
		d.then = func() error { return d.settleSource(base.Detail.Source) }
	}
	return nil
}

// restore gives conflicts back the state that they had before an act. anew says
// that their verdicts are then given on what is there now.
func (d *deed) restore(act int64, anew bool) error {
	type beforeRow struct {
		Conflict int64
		Before   []byte
	}
	rows, err := collect[beforeRow](d.ctx, d.tx, "what the act changed", selectBefore, pgx.NamedArgs{"act": act})
	if err != nil {
		return err
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.Conflict
	}
	if err := d.lock(ids); err != nil {
		return err
	}
	if err := d.alone(ids, act); err != nil {
		return err
	}
	var ground map[int64]*ground
	if anew {
		if ground, err = grounds(d.ctx, d.tx, ids); err != nil {
			return err
		}
	}
	for i, r := range rows {
		var before standing
		if err := json.Unmarshal(r.Before, &before); err != nil {
			return fmt.Errorf("act %d: what it changed about conflict %d: %w", act, ids[i], err)
		}
		c := d.change(r.Conflict)
		before.Revision = c.Revision
		if anew {
			before.Basis = ground[r.Conflict].basis()
		}
		*c = before
	}
	return nil
}

// alone refuses to undo an act on conflicts on which others have acted since, unless
// those acts were undone.
func (d *deed) alone(ids []int64, act int64) error {
	type laterRow struct {
		ID, Undoes int64
		Who, What  string
		At         time.Time
	}
	later, err := collect[laterRow](d.ctx, d.tx, "acts since", selectLater, pgx.NamedArgs{"ids": ids, "act": act})
	if err != nil {
		return err
	}
	undone := make(map[int64]bool)
	for _, l := range later {
		if undone[l.ID] {
			continue
		}
		if l.Undoes > 0 {
			undone[l.Undoes] = true
		}
		if l.Undoes <= act {
			return refused("%s has acted on it since (%s, %s): that would have to be taken back first", l.Who, deedWords[desk.Deed(l.What)], l.At.UTC().Format("2 January 2006, 15:04 UTC"))
		}
	}
	return nil
}

// deedWords names what was done.
var deedWords = map[desk.Deed]string{
	desk.GiveVerdict: "a verdict", desk.AddNote: "a note", desk.Assign: "an assignment", desk.Merge: "a merger", desk.Split: "a split",
	desk.Mute: "muting", desk.Unmute: "unmuting", desk.RuleNames: "a ruling on names", desk.Reopen: "re-opening", desk.Undo: "taking an act back",
}
