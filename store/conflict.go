package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
)

// Synced is what SyncConflicts did, by the conflicts' IDs.
type Synced struct {
	New      []string // found for the first time
	Changed  []string // other members, other positions, another severity, status or reason
	Reopened []string // open, and at the last comparison not found or not open; or judged, and there is news
	Closed   []string // found at the last comparison, and not this time
	Settled  []string // was open and severe enough to be shown, and now is closed or explained
}

// Add adds what was done in another transaction.
func (s *Synced) Add(o Synced) {
	s.New, s.Changed = append(s.New, o.New...), append(s.Changed, o.Changed...)
	s.Reopened, s.Closed = append(s.Reopened, o.Reopened...), append(s.Closed, o.Closed...)
	s.Settled = append(s.Settled, o.Settled...)
}

// stored is a conflict in the database.
type stored struct {
	ID       int64
	Kind     string
	Status   string
	Severity float64
	Digest   []byte
	Closed   bool
	Judged   bool     // a verdict of people is in force
	Claims   [][]byte // of the members at hand
	Members  []int64  // their appearances
	Fresh    bool     // some of them came, went or were read anew
	Beyond   bool     // there are others, not at hand
}

// open reports whether the conflict stood open at the last comparison.
func (s stored) open() bool { return !s.Closed && s.Status == string(conflict.Open) }

// underVerdict is true of a conflict while a verdict of people is in force, on
// itself or on the one that it is merged into.
const underVerdict = `EXISTS (
    SELECT FROM review judged
    WHERE judged.conflict = coalesce((SELECT own.merged_into FROM review own WHERE own.conflict = conflict.id), conflict.id)
      AND judged.verdict IS NOT NULL)`

const (
	// In the order in which people's acts take them, so that nobody waits for
	// anybody in a ring; whoever acts on one then sees what comparing made of it.
	lockTouched = `
SELECT id
FROM conflict
WHERE id IN (SELECT conflict FROM member WHERE version = ANY(@within)
             UNION SELECT merged_into FROM review WHERE merged_into IS NOT NULL
                   AND conflict IN (SELECT conflict FROM member WHERE version = ANY(@within)))
ORDER BY id
FOR NO KEY UPDATE`

	// Of a corpus that is a part of what is stored, only conflicts that have a
	// member in it can change; those closed without members are of no use to it.
	selectStored = `
WITH at_hand AS (
    SELECT m.conflict, m.appearance, c.hash AS claim, m.version = ANY(@fresh) AS fresh
    FROM unnest(@within::bigint[]) AS within (version)
    JOIN member m USING (version)
    JOIN appearance a ON a.id = m.appearance
    JOIN claim c ON c.id = a.claim
), summed AS (
    SELECT conflict, array_agg(DISTINCT claim) AS claims, array_agg(appearance) AS members,
           bool_or(fresh) AS fresh, count(*) AS members_at_hand
    FROM at_hand
    GROUP BY conflict
)
SELECT conflict.id, kind, status, severity, digest, closed IS NOT NULL AS closed, ` + underVerdict + ` AS judged,
       coalesce(claims, '{}') AS claims, coalesce(members, '{}') AS members,
       coalesce(fresh, true) AS fresh, members_at_hand < (SELECT count(*) FROM member m WHERE m.conflict = conflict.id) AS beyond
FROM conflict
JOIN summed ON summed.conflict = conflict.id
ORDER BY conflict.id`

	anyConflict = `SELECT EXISTS (SELECT FROM conflict WHERE kind = @kind)`

	seeConflicts   = `UPDATE conflict SET last_seen = greatest(last_seen, @now), closed = NULL WHERE id = ANY(@ids)`
	closeConflicts = `UPDATE conflict SET closed = @now WHERE id = ANY(@ids)`
	noteCompared   = `UPDATE version SET compared = true WHERE id = ANY(@versions)`
)

// SyncConflicts makes the stored conflicts those that comparing the corpus gave,
// as far as they touch what is new in it, and notes that it has been compared.
// A stored conflict and a found one of the same kind with a claim in common are
// the same question: it keeps its ID, and what people have decided about it,
// unless there is a new answer, a new origin or an edited text (see reopen).
// What is no longer found is closed, not deleted. The same conflicts twice
// change nothing but when they were last seen. Of the kinds in kept, questions
// that are not stored yet are left out. What changed is noted of the run, if that
// is not 0.
func SyncConflicts(ctx context.Context, tx pgx.Tx, c *Corpus, conflicts []conflict.Conflict, run int64, now time.Time, kept ...conflict.Kind) (Synced, error) {
	var done Synced
	present, err := c.inRows(conflicts)
	if err != nil {
		return done, err
	}
	if _, err := tx.Exec(ctx, lockTouched, pgx.NamedArgs{"within": c.within()}); err != nil {
		return done, fmt.Errorf("lock the conflicts at hand: %w", err)
	}
	old, err := collect[stored](ctx, tx, "stored conflicts", selectStored, pgx.NamedArgs{"within": c.within(), "fresh": c.fresh})
	if err != nil {
		return done, err
	}
	present = slices.DeleteFunc(present, func(f found) bool { return !c.news(f) })
	match := pair(present, old)

	var seen, gone []int64
	var fresh, changed []*found // to be stored, and stored anew
	isOpen := make(map[int64]bool, len(present))
	retold := make(map[int64]bool) // appearances that a conflict found now has
	for i := range present {
		f := &present[i]
		for _, m := range f.members {
			retold[m.Appearance] = true
		}
		if match[i] < 0 && slices.Contains(kept, f.Kind) {
			continue
		}
		if match[i] < 0 {
			fresh = append(fresh, f)
			continue
		}
		was := old[match[i]]
		switch {
		case was.Beyond:
			done.Changed = append(done.Changed, name(was.ID))
			if err := f.extend(ctx, tx, was.ID, c); err != nil {
				return done, err
			}
		case [32]byte(was.Digest) != f.digest:
			done.Changed = append(done.Changed, name(was.ID))
			f.id = was.ID
			changed = append(changed, f)
		}
		isOpen[was.ID] = f.Status == conflict.Open
		if isOpen[was.ID] && !was.open() && !was.Judged {
			done.Reopened = append(done.Reopened, name(was.ID))
		}
		seen = append(seen, was.ID)
	}
	if err := write(ctx, tx, fresh, changed, now); err != nil {
		return done, err
	}
	for _, f := range fresh {
		done.New = append(done.New, name(f.id))
	}
	for _, was := range old {
		_, found := isOpen[was.ID]
		if !found {
			ended, err := c.ends(ctx, tx, was, retold)
			if err != nil {
				return done, err
			}
			if !ended {
				continue
			}
			if !was.Closed {
				gone = append(gone, was.ID)
				done.Closed = append(done.Closed, name(was.ID))
			}
		}
		if was.open() && !isOpen[was.ID] && was.Severity >= conflict.ShownFrom {
			done.Settled = append(done.Settled, name(was.ID))
		}
	}
	for _, step := range []struct {
		what, sql string
		args      pgx.NamedArgs
	}{
		{"note the conflicts seen", seeConflicts, pgx.NamedArgs{"ids": seen, "now": now}},
		{"close conflicts", closeConflicts, pgx.NamedArgs{"ids": gone, "now": now}},
		{"note what was compared", noteCompared, pgx.NamedArgs{"versions": c.fresh}},
	} {
		if _, err := tx.Exec(ctx, step.sql, step.args); err != nil {
			return done, fmt.Errorf("%s: %w", step.what, err)
		}
	}
	reopened, err := reopen(ctx, tx, done.Changed, now)
	if err != nil {
		return done, err
	}
	done.Reopened = append(done.Reopened, reopened...)
	if run != 0 {
		if err := noteChanges(ctx, tx, run, done); err != nil {
			return done, err
		}
	}
	return done, requeue(ctx, tx, old, done)
}

// requeue brings the queue up to date with what comparing did: to new conflicts and
// changed ones, to those that were closed or stand open again, and to those of which a
// document changed, though it may be no more than who published it.
func requeue(ctx context.Context, tx pgx.Tx, old []stored, done Synced) error {
	ids, err := idsOf(done.New, done.Changed, done.Closed)
	if err != nil {
		return err
	}
	if err := refreshWords(ctx, tx, ids); err != nil {
		return err
	}
	again, err := idsOf(done.Reopened)
	if err != nil {
		return err
	}
	ids = append(ids, again...)
	for _, was := range old {
		if was.Fresh || was.Closed {
			ids = append(ids, was.ID)
		}
	}
	return refreshQueue(ctx, tx, ids)
}

// idsOf is the numbers that conflicts have by their names.
func idsOf(lists ...[]string) (ids []int64, err error) {
	for _, list := range lists {
		for _, one := range list {
			id, err := strconv.ParseInt(one, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("conflict %q: its number is no number", one)
			}
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// within is the versions at hand: what takes part, and what went.
func (c *Corpus) within() []int64 {
	all := slices.Concat(c.loaded, c.fresh)
	slices.Sort(all)
	return slices.Compact(all)
}

// news reports whether comparing found something about what is new. Of a corpus
// that is all there is, everything counts as new.
func (c *Corpus) news(f found) bool {
	if c.Background == nil {
		return true
	}
	return slices.ContainsFunc(f.members, func(m memberRow) bool {
		_, fresh := slices.BinarySearch(c.fresh, m.Version)
		return fresh
	})
}

// ends reports whether a stored conflict, not found this time, no longer stands:
// something about it is new, or others have taken all its members over.
func (c *Corpus) ends(ctx context.Context, tx pgx.Tx, was stored, retold map[int64]bool) (bool, error) {
	switch {
	case c.Background == nil:
		return true, nil
	case was.Beyond && was.Fresh:
		return c.shrink(ctx, tx, was.ID)
	case was.Beyond:
		return false, nil
	}
	left := slices.ContainsFunc(was.Members, func(m int64) bool { return !retold[m] })
	return was.Fresh || !left, nil
}

// HasConflicts reports whether conflicts of a kind are stored, closed ones too.
func HasConflicts(ctx context.Context, tx pgx.Tx, kind conflict.Kind) (has bool, err error) {
	if err := tx.QueryRow(ctx, anyConflict, pgx.NamedArgs{"kind": string(kind)}).Scan(&has); err != nil {
		return false, fmt.Errorf("look for conflicts of kind %s: %w", kind, err)
	}
	return has, nil
}

func name(id int64) string { return strconv.FormatInt(id, 10) }
