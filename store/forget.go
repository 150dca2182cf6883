package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

// wasWithdrawn stands for words that went with a document.
const wasWithdrawn = "a document that took part was withdrawn"

const (
	forgetStands = `
WITH cleared AS (
    UPDATE review SET stands = NULL WHERE conflict = @conflict AND stands IS NOT NULL
)
UPDATE conflict SET status = 'confirmed'
WHERE status = 'resolved'
  AND (id = @conflict OR id IN (SELECT conflict FROM review WHERE merged_into = @conflict))`

	forgetBecause = `UPDATE review SET reopened_because = ARRAY[@instead::text] WHERE conflict = ANY(@ids) AND reopened_because <> '{}'`

	forgetNotes = `
UPDATE act SET note = @instead
WHERE what = 'reopen' AND id IN (SELECT act FROM act_conflict WHERE conflict = ANY(@ids))`

	selectKept = `
SELECT act, conflict, before, after
FROM act_conflict
WHERE conflict = ANY(@ids) AND (before ?| ARRAY['stands', 'reopened_because'] OR after ?| ARRAY['stands', 'reopened_because'])`

	updateKept = `
UPDATE act_conflict SET before = @before::text::jsonb, after = @after::text::jsonb WHERE act = @act AND conflict = @conflict`

	selectMoved = `
SELECT id, detail FROM act
WHERE detail ? 'moved' AND id IN (SELECT act FROM act_conflict WHERE conflict = ANY(@ids))`

	updateMoved = `UPDATE act SET detail = @detail::text::jsonb WHERE id = @act`
)

// forgetWithdrawn takes out of people's acts on conflicts what only withdrawn
// documents said: which answer stood, which were split off, why a night opened it
// again. What people wrote themselves stays.
func forgetWithdrawn(ctx context.Context, tx pgx.Tx, conflicts []int64) error {
	ids, err := numbers(ctx, tx, "merged conflicts", selectFamily, pgx.NamedArgs{"ids": conflicts})
	if err != nil {
		return err
	}
	left, err := grounds(ctx, tx, ids)
	if err != nil {
		return err
	}
	gone := func(key string) bool {
		for _, g := range left {
			if g.has(key) {
				return false
			}
		}
		return key != "" && key != desk.NoneStands
	}
	var batch pgx.Batch
	args := pgx.NamedArgs{"ids": ids, "instead": wasWithdrawn}
	batch.Queue(forgetBecause, args)
	batch.Queue(forgetNotes, args)
	for _, forget := range []func(context.Context, pgx.Tx, *pgx.Batch, []int64, func(string) bool) error{forgetStanding, forgetKept, forgetMoved} {
		if err := forget(ctx, tx, &batch, ids, gone); err != nil {
			return err
		}
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("forget what withdrawn documents said: %w", err)
	}
	return nil
}

// forgetStanding forgets which answers stand that are gone.
func forgetStanding(ctx context.Context, tx pgx.Tx, batch *pgx.Batch, ids []int64, gone func(string) bool) error {
	reviews, err := collect[reviewRow](ctx, tx, "reviews", selectReviews, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	for _, r := range reviews {
		if gone(r.state().Stands) {
			batch.Queue(forgetStands, pgx.NamedArgs{"conflict": r.Conflict})
		}
	}
	return nil
}

// forgetKept forgets the same where acts keep how conflicts stood.
func forgetKept(ctx context.Context, tx pgx.Tx, batch *pgx.Batch, ids []int64, gone func(string) bool) error {
	type keptRow struct {
		Act, Conflict int64
		Before, After standing
	}
	kept, err := collect[keptRow](ctx, tx, "what acts changed", selectKept, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	for _, k := range kept {
		args := pgx.NamedArgs{"act": k.Act, "conflict": k.Conflict}
		for name, s := range map[string]standing{"before": k.Before, "after": k.After} {
			if gone(s.Stands) {
				s.Stands = ""
			}
			if len(s.Because) > 0 {
				s.Because = []string{wasWithdrawn}
			}
			text, err := json.Marshal(s)
			if err != nil {
				return fmt.Errorf("act %d: %w", k.Act, err)
			}
			args[name] = string(text)
		}
		batch.Queue(updateKept, args)
	}
	return nil
}

// forgetMoved forgets which answers were split off that are gone.
func forgetMoved(ctx context.Context, tx pgx.Tx, batch *pgx.Batch, ids []int64, gone func(string) bool) error {
	type splitRow struct {
		ID     int64
		Detail desk.Detail
	}
	splits, err := collect[splitRow](ctx, tx, "splits", selectMoved, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	for _, s := range splits {
		s.Detail.Moved = slices.DeleteFunc(s.Detail.Moved, gone)
		detail, err := json.Marshal(s.Detail)
		if err != nil {
			return fmt.Errorf("act %d: %w", s.ID, err)
		}
		batch.Queue(updateMoved, pgx.NamedArgs{"act": s.ID, "detail": string(detail)})
	}
	return nil
}
