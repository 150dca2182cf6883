package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// Synced is what SyncConflicts did, by the conflicts' IDs.
type Synced struct {
	New      []string // found for the first time
	Changed  []string // other members, other positions, another severity, status or reason
	Reopened []string // open, and at the last comparison not found or not open
	Closed   []string // found at the last comparison, and not this time
	Settled  []string // was open and severe enough to be shown, and now is closed or explained
}

// found is a conflict that comparing gave, in the database's terms.
type found struct {
	conflict.Conflict
	members []memberRow
	claims  map[[32]byte]bool
	digest  [32]byte
}

// memberRow is a row of the table of members; position -1 is none.
type memberRow struct {
	Position   int
	Version    int64
	Appearance int64
}

// stored is a conflict in the database.
type stored struct {
	ID       int64
	Kind     string
	Status   string
	Severity float64
	Digest   []byte
	Closed   bool
	Claims   [][]byte
}

// open reports whether the conflict stood open at the last comparison.
func (s stored) open() bool { return !s.Closed && s.Status == string(conflict.Open) }

// judged reports whether people have decided about the conflict.
func (s stored) judged() bool {
	switch conflict.Status(s.Status) {
	case conflict.Confirmed, conflict.Dismissed, conflict.Resolved:
		return true
	}
	return false
}

const (
	selectStored = `
SELECT c.id, c.kind, c.status, c.severity, c.digest, c.closed IS NOT NULL AS closed,
       coalesce(array_agg(DISTINCT a.claim) FILTER (WHERE a.claim IS NOT NULL), '{}') AS claims
FROM conflict c
LEFT JOIN member m ON m.conflict = c.id
LEFT JOIN appearance a ON a.id = m.appearance
GROUP BY c.id
ORDER BY c.id`

	anyConflict = `SELECT EXISTS (SELECT FROM conflict WHERE kind = @kind)`

	insertConflict = `
INSERT INTO conflict (kind, status, severity, question, reason, rungs, origins, origin_reasons, speaks_for, speaks_against,
                      digest, first_seen, last_seen)
VALUES (@kind, @status, @severity, @question, @reason, @rungs, @origins, @origin_reasons, @speaks_for, @speaks_against,
        @digest, @now, @now)
RETURNING id`

	// What people have decided stays decided.
	updateConflict = `
UPDATE conflict
SET status = CASE WHEN status IN ('confirmed', 'dismissed', 'resolved') THEN status ELSE @status END,
    severity = @severity, question = @question, reason = @reason, rungs = @rungs, origins = @origins,
    origin_reasons = @origin_reasons, speaks_for = @speaks_for, speaks_against = @speaks_against, digest = @digest
WHERE id = @id`

	deletePositions = `DELETE FROM position WHERE conflict = @id`
	deleteMembers   = `DELETE FROM member WHERE conflict = @id`

	seeConflicts   = `UPDATE conflict SET last_seen = greatest(last_seen, @now), closed = NULL WHERE id = ANY(@ids)`
	closeConflicts = `UPDATE conflict SET closed = @now WHERE id = ANY(@ids)`
)

// SyncConflicts makes the stored conflicts those that comparing the corpus gave.
// A stored conflict and a found one of the same kind with a claim in common are
// the same question: it keeps its ID, and what people have decided about it.
// What is no longer found is closed, not deleted. The same conflicts twice
// change nothing but when they were last seen. Of the kinds in kept, questions
// that are not stored yet are left out.
func SyncConflicts(ctx context.Context, tx pgx.Tx, c *Corpus, conflicts []conflict.Conflict, now time.Time, kept ...conflict.Kind) (Synced, error) {
	var done Synced
	present, err := c.inRows(conflicts)
	if err != nil {
		return done, err
	}
	old, err := collect[stored](ctx, tx, "stored conflicts", selectStored, nil)
	if err != nil {
		return done, err
	}
	match := pair(present, old)

	var seen, gone []int64
	isOpen := make(map[int64]bool, len(present))
	for i, f := range present {
		if match[i] < 0 && slices.Contains(kept, f.Kind) {
			continue
		}
		if match[i] < 0 {
			id, err := f.insert(ctx, tx, now)
			if err != nil {
				return done, err
			}
			done.New = append(done.New, name(id))
			seen = append(seen, id)
			continue
		}
		was := old[match[i]]
		if [32]byte(was.Digest) != f.digest {
			if err := f.update(ctx, tx, was.ID); err != nil {
				return done, err
			}
			done.Changed = append(done.Changed, name(was.ID))
		}
		isOpen[was.ID] = f.Status == conflict.Open
		if isOpen[was.ID] && !was.open() && !was.judged() {
			done.Reopened = append(done.Reopened, name(was.ID))
		}
		seen = append(seen, was.ID)
	}
	for _, was := range old {
		_, found := isOpen[was.ID]
		if !found && !was.Closed {
			gone = append(gone, was.ID)
			done.Closed = append(done.Closed, name(was.ID))
		}
		if was.open() && !isOpen[was.ID] && was.Severity >= conflict.ShownFrom {
			done.Settled = append(done.Settled, name(was.ID))
		}
	}
	if _, err := tx.Exec(ctx, seeConflicts, pgx.NamedArgs{"ids": seen, "now": now}); err != nil {
		return done, fmt.Errorf("note the conflicts seen: %w", err)
	}
	if _, err := tx.Exec(ctx, closeConflicts, pgx.NamedArgs{"ids": gone, "now": now}); err != nil {
		return done, fmt.Errorf("close conflicts: %w", err)
	}
	return done, nil
}

// HasConflicts reports whether conflicts of a kind are stored, closed ones too.
func HasConflicts(ctx context.Context, tx pgx.Tx, kind conflict.Kind) (has bool, err error) {
	if err := tx.QueryRow(ctx, anyConflict, pgx.NamedArgs{"kind": string(kind)}).Scan(&has); err != nil {
		return false, fmt.Errorf("look for conflicts of kind %s: %w", kind, err)
	}
	return has, nil
}

func name(id int64) string { return strconv.FormatInt(id, 10) }

// inRows puts conflicts into the database's terms.
func (c *Corpus) inRows(conflicts []conflict.Conflict) ([]found, error) {
	rows := make([]found, 0, len(conflicts))
	for _, one := range conflicts {
		f := found{Conflict: one, claims: make(map[[32]byte]bool)}
		add := func(position int, appearances []claim.Appearance) error {
			for _, a := range appearances {
				m, err := c.member(a)
				if err != nil {
					return err
				}
				f.members = append(f.members, memberRow{position, m.version, m.appearance})
				f.claims[a.Claim.ID()] = true
			}
			return nil
		}
		for n, p := range one.Positions {
			if err := add(n, p.Appearances); err != nil {
				return nil, err
			}
		}
		if err := add(-1, one.Compatible); err != nil {
			return nil, err
		}
		if err := f.sum(); err != nil {
			return nil, err
		}
		rows = append(rows, f)
	}
	return rows, nil
}

// sum sets the digest over all that comparing found.
func (f *found) sum() error {
	type answer struct {
		Value   claim.Value
		Origins int
	}
	var answers []answer
	for _, p := range f.Positions {
		answers = append(answers, answer{p.Value, p.Origins})
	}
	b, err := json.Marshal([]any{f.Kind, f.Status, f.Severity, f.Question, f.Reason, f.Rungs, f.Origins, f.OriginReasons,
		f.For, f.Against, answers, f.members})
	if err != nil {
		return fmt.Errorf("conflict %q: %w", f.Question, err)
	}
	f.digest = sha256.Sum256(b)
	return nil
}

// pair finds for each conflict the stored one that asks the same question, by
// its index, or -1. First come those that nothing has changed; among the rest
// those that share most claims, then those of the same status, then the oldest.
func pair(present []found, old []stored) []int {
	match := make([]int, len(present))
	taken := make([]bool, len(old))
	same := make(map[[32]byte]int, len(old))
	for j, o := range old {
		same[[32]byte(o.Digest)] = j
	}
	for i, f := range present {
		match[i] = -1
		if j, ok := same[f.digest]; ok && !taken[j] {
			match[i], taken[j] = j, true
		}
	}

	type question struct {
		kind  string
		claim [32]byte
	}
	asked := make(map[question][]int)
	for j, o := range old {
		if taken[j] {
			continue
		}
		for _, c := range o.Claims {
			q := question{o.Kind, [32]byte(c)}
			asked[q] = append(asked[q], j)
		}
	}
	type candidate struct{ shared, i, j int }
	var candidates []candidate
	for i, f := range present {
		if match[i] >= 0 {
			continue
		}
		shared := make(map[int]int)
		for c := range f.claims {
			for _, j := range asked[question{string(f.Kind), c}] {
				shared[j]++
			}
		}
		for j, n := range shared {
			candidates = append(candidates, candidate{n, i, j})
		}
	}
	differs := func(c candidate) int {
		if old[c.j].Status != string(present[c.i].Status) {
			return 1
		}
		return 0
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(-cmp.Compare(a.shared, b.shared), cmp.Compare(differs(a), differs(b)),
			cmp.Compare(a.j, b.j), cmp.Compare(a.i, b.i))
	})
	for _, c := range candidates {
		if match[c.i] < 0 && !taken[c.j] {
			match[c.i], taken[c.j] = c.j, true
		}
	}
	return match
}

func (f *found) args() pgx.NamedArgs {
	return pgx.NamedArgs{
		"kind": string(f.Kind), "status": string(f.Status), "severity": f.Severity, "question": clean(f.Question),
		"reason": clean(f.Reason), "rungs": cleanAll(f.Rungs), "origins": f.Origins, "origin_reasons": cleanAll(f.OriginReasons),
		"speaks_for": cleanAll(f.For), "speaks_against": cleanAll(f.Against), "digest": f.digest[:],
	}
}

func (f *found) insert(ctx context.Context, tx pgx.Tx, now time.Time) (id int64, err error) {
	args := f.args()
	args["now"] = now
	if err := tx.QueryRow(ctx, insertConflict, args).Scan(&id); err != nil {
		return 0, fmt.Errorf("store conflict %q: %w", f.Question, err)
	}
	return id, f.copyPositions(ctx, tx, id)
}

func (f *found) update(ctx context.Context, tx pgx.Tx, id int64) error {
	args := f.args()
	args["id"] = id
	for _, sql := range []string{updateConflict, deleteMembers, deletePositions} {
		if _, err := tx.Exec(ctx, sql, args); err != nil {
			return fmt.Errorf("store conflict %d: %w", id, err)
		}
	}
	return f.copyPositions(ctx, tx, id)
}

func (f *found) copyPositions(ctx context.Context, tx pgx.Tx, id int64) error {
	columns := append([]string{"conflict", "n"}, valueNames()...)
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"position"}, append(columns, "origins"),
		pgx.CopyFromSlice(len(f.Positions), func(n int) ([]any, error) {
			p := f.Positions[n]
			return append(append([]any{id, n}, columnsOf(p.Value).row()...), p.Origins), nil
		}))
	if err != nil {
		return fmt.Errorf("store positions of conflict %d: %w", id, err)
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"member"}, []string{"conflict", "n", "position", "version", "appearance"},
		pgx.CopyFromSlice(len(f.members), func(n int) ([]any, error) {
			m := f.members[n]
			var position any
			if m.Position >= 0 {
				position = m.Position
			}
			return []any{id, n, position, m.Version, m.Appearance}, nil
		}))
	if err != nil {
		return fmt.Errorf("store members of conflict %d: %w", id, err)
	}
	return nil
}
