package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

// deed is an act in the making: in one transaction, under locks on every conflict
// that it can touch.
type deed struct {
	ctx context.Context
	tx  pgx.Tx
	act desk.Act
	at  map[int64]*standing // conflicts locked, as they are to stand
	was map[int64]standing  // as they stood, of those that the act touches
	ask map[int64]string    // their questions

	then func() error // what comes once the act has its number; nil for nothing
}

const (
	// With those that are merged into them and those that they are merged into,
	// whose status is theirs.
	selectFamily = `
SELECT id FROM unnest(@ids::bigint[]) AS given (id)
UNION
SELECT conflict FROM review WHERE merged_into = ANY(@ids)
UNION
SELECT merged_into FROM review WHERE conflict = ANY(@ids) AND merged_into IS NOT NULL`

	// In one order, so that nobody waits for anybody in a ring. What refers to a
	// conflict may be added meanwhile.
	lockConflicts = `SELECT id, question FROM conflict WHERE id = ANY(@ids) ORDER BY id FOR NO KEY UPDATE`

	selectReviews = `SELECT v.conflict, v.basis,` + selectReviewColumns + ` FROM review v WHERE v.conflict = ANY(@ids)`
)

// begin opens a deed.
func begin(ctx context.Context, tx pgx.Tx, act desk.Act) *deed {
	return &deed{ctx: ctx, tx: tx, act: act, at: make(map[int64]*standing), was: make(map[int64]standing), ask: make(map[int64]string)}
}

// lock takes conflicts in hand, with those of their families.
func (d *deed) lock(ids []int64) error {
	family, err := numbers(d.ctx, d.tx, "merged conflicts", selectFamily, pgx.NamedArgs{"ids": ids})
	if err != nil {
		return err
	}
	type conflictRow struct {
		ID       int64
		Question string
	}
	locked, err := collect[conflictRow](d.ctx, d.tx, "lock conflicts", lockConflicts, pgx.NamedArgs{"ids": family})
	if err != nil {
		return err
	}
	for _, c := range locked {
		d.at[c.ID], d.ask[c.ID] = &standing{}, c.Question
	}
	for _, id := range ids {
		if d.at[id] == nil {
			return &desk.Missing{What: "conflict", Name: name(id)}
		}
	}
	// A statement of its own, so that it sees what the locks waited for.
	reviews, err := collect[reviewRow](d.ctx, d.tx, "reviews", selectReviews, pgx.NamedArgs{"ids": family})
	if err != nil {
		return err
	}
	for _, r := range reviews {
		d.at[r.Conflict] = &standing{r.state(), r.Basis}
	}
	return nil
}

// change is the state of a conflict, to be changed.
func (d *deed) change(id int64) *standing {
	if _, touched := d.was[id]; !touched {
		d.was[id] = *d.at[id]
		d.at[id].Revision++
	}
	return d.at[id]
}

// seen refuses the deed where somebody has acted on a conflict since who acts
// looked at it.
func (d *deed) seen(on []target) error {
	var stale desk.Stale
	var ids []int64
	var revisions []int
	for _, t := range on {
		if d.at[t.id].Revision != t.revision {
			stale.Conflicts = append(stale.Conflicts, name(t.id))
			ids, revisions = append(ids, t.id), append(revisions, t.revision)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	acts, err := numbers(d.ctx, d.tx, "acts since", selectActsSince, pgx.NamedArgs{"ids": ids, "revisions": revisions, "limit": mostShown})
	if err != nil {
		return err
	}
	if stale.Acts, err = actsOf(d.ctx, d.tx, acts); err != nil {
		return err
	}
	return &stale
}

// mostShown is how many acts are told to whom they came between.
const mostShown = 100

const (
	selectActsSince = `
SELECT DISTINCT act
FROM act_conflict a
JOIN unnest(@ids::bigint[], @revisions::int[]) AS seen (conflict, revision) USING (conflict)
WHERE (a.after->>'revision')::int > seen.revision
ORDER BY act DESC
LIMIT @limit`

	insertAct = `
INSERT INTO act (at, who, what, note, detail, undoes)
VALUES (@at, @who, @what, @note, @detail::text::jsonb, nullif(@undoes::bigint, 0))
RETURNING id`

	insertActConflict = `
INSERT INTO act_conflict (act, conflict, before, after) VALUES (@act, @conflict, @before::text::jsonb, @after::text::jsonb)`

	setStatus = `
UPDATE conflict c
SET status = coalesce(nullif(s.status, ''), c.found)
FROM unnest(@ids::bigint[], @statuses::text[]) AS s (id, status)
WHERE c.id = s.id AND c.status <> coalesce(nullif(s.status, ''), c.found)`
)

// keep stores the act, and how it leaves each conflict that it touches.
func (d *deed) keep() error {
	detail, err := json.Marshal(d.act.Detail)
	if err != nil {
		return fmt.Errorf("act: %w", err)
	}
	args := pgx.NamedArgs{"at": d.act.At, "who": d.act.Who, "what": string(d.act.What), "note": clean(d.act.Note), "detail": string(detail), "undoes": d.act.Undoes}
	if err := d.tx.QueryRow(d.ctx, insertAct, args).Scan(&d.act.ID); err != nil {
		return fmt.Errorf("keep the act: %w", err)
	}
	var batch pgx.Batch
	for _, id := range d.touched() {
		now, was := *d.at[id], d.was[id]
		before, err := json.Marshal(was)
		if err != nil {
			return fmt.Errorf("act on conflict %d: %w", id, err)
		}
		after, err := json.Marshal(now)
		if err != nil {
			return fmt.Errorf("act on conflict %d: %w", id, err)
		}
		args, err := now.args(id)
		if err != nil {
			return err
		}
		batch.Queue(upsertReview, args)
		batch.Queue(insertActConflict, pgx.NamedArgs{"act": d.act.ID, "conflict": id, "before": string(before), "after": string(after)})
		d.act.Changes = append(d.act.Changes, desk.Change{Conflict: name(id), Question: d.ask[id], Before: was.State, After: now.State})
	}
	ids, statuses := d.statuses()
	batch.Queue(setStatus, pgx.NamedArgs{"ids": ids, "statuses": statuses})
	if err := d.tx.SendBatch(d.ctx, &batch).Close(); err != nil {
		return fmt.Errorf("keep what the act changed: %w", err)
	}
	if d.then != nil {
		if err := d.then(); err != nil {
			return err
		}
	}
	return refreshQueue(d.ctx, d.tx, ids)
}

// touched is the conflicts that the act touches, in order.
func (d *deed) touched() []int64 {
	ids := make([]int64, 0, len(d.was))
	for id := range d.was {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// statuses is what the conflicts in hand are to stand as: one that is merged into
// another as that.
func (d *deed) statuses() (ids []int64, statuses []string) {
	for id, s := range d.at {
		state := s.State
		if into, err := strconv.ParseInt(s.MergedInto, 10, 64); err == nil && d.at[into] != nil {
			state = d.at[into].State
		}
		ids, statuses = append(ids, id), append(statuses, string(statusOf(state)))
	}
	return ids, statuses
}

// target is a conflict to act on, in the database's terms.
type target struct {
	id       int64
	revision int
}

// targets are those of an act, each once.
func targets(on []desk.Target) ([]target, []int64, error) {
	if len(on) == 0 {
		return nil, nil, refused("choose a conflict first")
	}
	if len(on) > desk.MostTargets {
		return nil, nil, refused("at most %d conflicts at once, and these are %d", desk.MostTargets, len(on))
	}
	var out []target
	var ids []int64
	for _, t := range on {
		id, err := strconv.ParseInt(t.Conflict, 10, 64)
		if err != nil || id < 1 {
			return nil, nil, &desk.Missing{What: "conflict", Name: t.Conflict}
		}
		if !slices.Contains(ids, id) {
			out, ids = append(out, target{id, t.Revision}), append(ids, id)
		}
	}
	return out, ids, nil
}

// enact does an act in a transaction of its own.
func (s *Store) enact(ctx context.Context, act desk.Act, do func(*deed) error) (done desk.Act, err error) {
	if act, err = signed(act); err != nil {
		return done, err
	}
	err = s.Within(ctx, func(tx pgx.Tx) error {
		d := begin(ctx, tx, act)
		if err := do(d); err != nil {
			return err
		}
		if err := d.keep(); err != nil {
			return err
		}
		done = d.act
		return nil
	})
	if err != nil {
		return desk.Act{}, err
	}
	return done, nil
}

// enactOn does an act on conflicts that nobody has changed since who acts looked
// at them.
func (s *Store) enactOn(ctx context.Context, act desk.Act, on []desk.Target, do func(d *deed, ids []int64) error) (desk.Act, error) {
	seen, ids, err := targets(on)
	if err != nil {
		return desk.Act{}, err
	}
	return s.enact(ctx, act, func(d *deed) error {
		if err := d.lock(ids); err != nil {
			return err
		}
		if err := d.seen(seen); err != nil {
			return err
		}
		return do(d, ids)
	})
}

// signed is an act with its name and note as they are kept.
func signed(act desk.Act) (desk.Act, error) {
	var err error
	if act.Who, err = desk.CheckedName("name of who acts", act.Who); err != nil {
		return act, err
	}
	if act.Who == desk.Night {
		return act, refused("%s is not a name to act by: the nights have it", act.Who)
	}
	act.Note, err = desk.CheckedNote(act.Note)
	act.At = act.At.UTC().Truncate(time.Microsecond) // as it comes back
	return act, err
}

func refused(format string, args ...any) error {
	return &desk.Refused{Why: fmt.Sprintf(format, args...)}
}

const (
	selectActs = `
SELECT a.id, a.at, a.who, a.what, a.note, a.detail, coalesce(a.undoes, 0) AS undoes, coalesce(u.id, 0) AS undone_by
FROM act a
LEFT JOIN act u ON u.undoes = a.id
WHERE a.id = ANY(@acts)
ORDER BY a.id DESC`

	selectChanges = `
SELECT ac.act, ac.conflict, c.question, ac.before, ac.after, greatest(ac.parts - @most::int, 0) AS more
FROM (SELECT *, row_number() OVER (PARTITION BY act ORDER BY conflict) AS part, count(*) OVER (PARTITION BY act)::int AS parts
      FROM act_conflict
      WHERE act = ANY(@acts) AND (@conflict::bigint = 0 OR conflict = @conflict)) AS ac
JOIN conflict c ON c.id = ac.conflict
WHERE ac.part <= @most
ORDER BY ac.act, ac.conflict`
)

const selectPage = `SELECT id FROM act WHERE @before = 0 OR id < @before ORDER BY id DESC LIMIT @limit`

// Acts lists what people and nights did at the desk, the last first: those with a
// lower number than before (0: all), at most limit.
func (s *Store) Acts(ctx context.Context, before int64, limit int) (acts []desk.Act, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		ids, err := numbers(ctx, tx, "acts", selectPage, pgx.NamedArgs{"before": before, "limit": limit})
		if err == nil {
			acts, err = actsOf(ctx, tx, ids)
		}
		return err
	})
	return acts, err
}

// changesShown is of how many conflicts it is told what an act changed about them.
const changesShown = 20

// actsOf loads acts by their numbers, the last first, with what each changed, up to
// so many conflicts.
func actsOf(ctx context.Context, q querier, ids []int64) ([]desk.Act, error) {
	return actsOn(ctx, q, ids, 0)
}

// actsOn is actsOf, with what each act changed about one conflict alone.
func actsOn(ctx context.Context, q querier, ids []int64, one int64) ([]desk.Act, error) {
	type actRow struct {
		ID       int64
		At       time.Time
		Who      string
		What     string
		Note     string
		Detail   desk.Detail
		Undoes   int64
		UndoneBy int64
	}
	type changeRow struct {
		Act           int64
		Conflict      int64
		Question      string
		Before, After desk.State
		More          int
	}
	rows, err := collect[actRow](ctx, q, "acts", selectActs, pgx.NamedArgs{"acts": ids})
	if err != nil {
		return nil, err
	}
	acts := make([]desk.Act, len(rows))
	at := make(map[int64]int, len(rows))
	for i, r := range rows {
		at[r.ID] = i
		acts[i] = desk.Act{ID: r.ID, At: r.At.UTC(), Who: r.Who, What: desk.Deed(r.What), Note: r.Note, Detail: r.Detail, Undoes: r.Undoes, UndoneBy: r.UndoneBy}
	}
	changes, err := collect[changeRow](ctx, q, "what acts changed", selectChanges, pgx.NamedArgs{"acts": ids, "conflict": one, "most": changesShown})
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		a := &acts[at[c.Act]]
		a.Changes = append(a.Changes, desk.Change{Conflict: name(c.Conflict), Question: c.Question, Before: c.Before, After: c.After})
		a.More = c.More
	}
	return acts, nil
}
