package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
)

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

const (
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
)

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

// copyPositions stores the positions and members of a conflict that has none.
func (f *found) copyPositions(ctx context.Context, tx pgx.Tx, id int64) error {
	if err := copyPositions(ctx, tx, id, 0, f.Positions); err != nil {
		return err
	}
	return copyMembers(ctx, tx, id, 0, f.members)
}

// copyPositions stores positions of a conflict, numbered from first.
func copyPositions(ctx context.Context, tx pgx.Tx, id int64, first int, positions []conflict.Position) error {
	columns := append([]string{"conflict", "n"}, valueNames()...)
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"position"}, append(columns, "origins"),
		pgx.CopyFromSlice(len(positions), func(i int) ([]any, error) {
			p := positions[i]
			return append(append([]any{id, first + i}, columnsOf(p.Value).row()...), p.Origins), nil
		}))
	if err != nil {
		return fmt.Errorf("store positions of conflict %d: %w", id, err)
	}
	return nil
}

// copyMembers stores members of a conflict, numbered from first.
func copyMembers(ctx context.Context, tx pgx.Tx, id int64, first int, members []memberRow) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"member"}, []string{"conflict", "n", "position", "version", "appearance"},
		pgx.CopyFromSlice(len(members), func(i int) ([]any, error) {
			m := members[i]
			var position any
			if m.Position >= 0 {
				position = m.Position
			}
			return []any{id, first + i, position, m.Version, m.Appearance}, nil
		}))
	if err != nil {
		return fmt.Errorf("store members of conflict %d: %w", id, err)
	}
	return nil
}
