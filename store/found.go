package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// found is a conflict that comparing gave, in the database's terms.
type found struct {
	conflict.Conflict
	members []memberRow
	claims  map[[32]byte]bool
	digest  [32]byte
	id      int64 // in the database, once it stands there
}

// memberRow is a row of the table of members; position -1 is none.
type memberRow struct {
	Position   int
	Version    int64
	Appearance int64
}

// setFound keeps what comparing found. What people have decided stays decided.
const setFound = `found = @status, status = CASE WHEN ` + underVerdict + ` THEN status ELSE @status END`

const (
	insertConflict = `
INSERT INTO conflict (kind, status, found, severity, question, reason, rungs, origins, origin_reasons, speaks_for, speaks_against,
                      digest, first_seen, last_seen)
VALUES (@kind, @status, @status, @severity, @question, @reason, @rungs, @origins, @origin_reasons, @speaks_for, @speaks_against,
        @digest, @now, @now)
RETURNING id`

	updateConflict = `
UPDATE conflict
SET ` + setFound + `,
    severity = @severity, question = @question, reason = @reason, rungs = @rungs, origins = @origins,
    origin_reasons = @origin_reasons, speaks_for = @speaks_for, speaks_against = @speaks_against, digest = @digest
WHERE id = @id`

	insertMembers = `COPY member (conflict, n, position, version, appearance) FROM STDIN (FORMAT binary)`

	deletePositions = `DELETE FROM position WHERE conflict = ANY(@ids)`
	deleteMembers   = `DELETE FROM member WHERE conflict = ANY(@ids)`
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

// write stores conflicts that are new, which get their IDs, and those that have
// changed, with a few statements for all of them.
func write(ctx context.Context, tx pgx.Tx, fresh, changed []*found, now time.Time) error {
	var batch pgx.Batch
	for _, f := range fresh {
		args := f.args()
		args["now"] = now
		batch.Queue(insertConflict, args).QueryRow(func(row pgx.Row) error { return row.Scan(&f.id) })
	}
	ids := make([]int64, len(changed))
	for i, f := range changed {
		ids[i] = f.id
		args := f.args()
		args["id"] = f.id
		batch.Queue(updateConflict, args)
	}
	batch.Queue(deleteMembers, pgx.NamedArgs{"ids": ids})
	batch.Queue(deletePositions, pgx.NamedArgs{"ids": ids})
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("store %d new conflicts and %d changed ones: %w", len(fresh), len(changed), err)
	}
	var positions []positionRow
	var members []memberOf
	for _, f := range slices.Concat(fresh, changed) {
		positions = append(positions, number(f.id, 0, f.Positions)...)
		members = append(members, enlist(f.id, 0, f.members)...)
	}
	if err := copyPositions(ctx, tx, positions); err != nil {
		return err
	}
	return copyMembers(ctx, tx, members)
}

// positionRow is a position with its conflict and its number there.
type positionRow struct {
	conflict int64
	n        int
	conflict.Position
}

// number numbers the positions of a conflict, from first.
func number(id int64, first int, positions []conflict.Position) []positionRow {
	rows := make([]positionRow, len(positions))
	for i, p := range positions {
		rows[i] = positionRow{id, first + i, p}
	}
	return rows
}

func copyPositions(ctx context.Context, tx pgx.Tx, rows []positionRow) error {
	columns := append([]string{"conflict", "n"}, valueNames()...)
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"position"}, append(columns, "origins"),
		pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
			p := rows[i]
			return append(append([]any{p.conflict, p.n}, columnsOf(p.Value).row()...), p.Origins), nil
		}))
	if err != nil {
		return fmt.Errorf("store positions: %w", err)
	}
	return nil
}

// memberOf is a member with its conflict and its number there.
type memberOf struct {
	conflict int64
	n        int
	memberRow
}

// enlist numbers the members of a conflict, from first.
func enlist(id int64, first int, members []memberRow) []memberOf {
	rows := make([]memberOf, len(members))
	for i, m := range members {
		rows[i] = memberOf{id, first + i, m}
	}
	return rows
}

func copyMembers(ctx context.Context, tx pgx.Tx, rows []memberOf) error {
	return copyRows(ctx, tx, "store members", insertMembers, len(rows), func(i int, out *binaryRows) error {
		m := rows[i]
		out.row(5)
		out.bigint(m.conflict)
		out.integer(m.n)
		if m.Position >= 0 {
			out.integer(m.Position)
		} else {
			out.nulls(pgtype.Int4OID)
		}
		out.bigint(m.Version)
		out.bigint(m.Appearance)
		return nil
	})
}
