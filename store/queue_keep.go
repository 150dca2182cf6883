package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// The queue repeats what other tables say of conflicts, so that any list of them is
// found at once, and stance, so that the records of sources are. Whoever changes those tables brings the queue's rows up to date in
// the same transaction.

const (
	// With those that they are merged into, which stand as long as they do. Who
	// changes the same conflicts is waited for, and so is seen by what follows.
	lockQueued = `
SELECT id FROM conflict
WHERE id IN (SELECT unnest(@ids::bigint[]) UNION SELECT merged_into FROM review WHERE conflict = ANY(@ids))
ORDER BY id
FOR NO KEY UPDATE`

	refreshRows = `
INSERT INTO queue (conflict, box, kind, status, verdict, severity, news, sources, schedules, assignee, due)
SELECT conflict, box, kind, status, verdict, severity, news, sources, schedules, assignee, due
FROM queue_now
WHERE @ids::bigint[] IS NULL OR conflict = ANY(@ids)
ON CONFLICT (conflict) DO UPDATE
SET box = excluded.box, kind = excluded.kind, status = excluded.status, verdict = excluded.verdict, severity = excluded.severity,
    news = excluded.news, sources = excluded.sources, schedules = excluded.schedules, assignee = excluded.assignee, due = excluded.due
WHERE queue IS DISTINCT FROM excluded`

	refreshStances = `
WITH now AS MATERIALIZED (
    SELECT source, conflict, alone, stood FROM stance_now WHERE @ids::bigint[] IS NULL OR conflict = ANY(@ids)
), gone AS (
    DELETE FROM stance s
    WHERE (@ids::bigint[] IS NULL OR s.conflict = ANY(@ids))
      AND NOT EXISTS (SELECT FROM now WHERE now.conflict = s.conflict AND now.source = s.source)
)
INSERT INTO stance (source, conflict, alone, stood)
SELECT source, conflict, alone, stood FROM now
ON CONFLICT (source, conflict) DO UPDATE SET alone = excluded.alone, stood = excluded.stood
WHERE stance IS DISTINCT FROM excluded`

	refreshText = `
INSERT INTO queue_words (conflict, words)
SELECT conflict, words
FROM queue_words_now
WHERE @ids::bigint[] IS NULL OR conflict = ANY(@ids)
ON CONFLICT (conflict) DO UPDATE SET words = excluded.words
WHERE queue_words.words <> excluded.words`
)

// keeping is what brings the queue up to date but for its words.
var keeping = []string{refreshRows, refreshStances}

// refreshQueue brings the queue's rows of some conflicts up to date. It is called
// after a transaction has changed anything of them in conflict, member, review,
// run_conflict or muted_source (of a source, all conflicts that it takes part in).
func refreshQueue(ctx context.Context, tx pgx.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	ids, err := numbers(ctx, tx, "lock what is queued", lockQueued, pgx.NamedArgs{"ids": ids})
	if err != nil || len(ids) == 0 {
		return err
	}
	for _, sql := range keeping {
		if _, err := tx.Exec(ctx, sql, pgx.NamedArgs{"ids": ids}); err != nil {
			return fmt.Errorf("bring the queue up to date: %w", err)
		}
	}
	return nil
}

// refreshWords brings up to date what conflicts are searched by, after their
// question, reason or members have changed.
func refreshWords(ctx context.Context, tx pgx.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, refreshText, pgx.NamedArgs{"ids": ids}); err != nil {
		return fmt.Errorf("bring up to date what conflicts are searched by: %w", err)
	}
	return nil
}

// RebuildQueue makes the queue anew out of the tables that it repeats. It changes
// nothing where they agree.
func RebuildQueue(ctx context.Context, tx pgx.Tx) error {
	for _, sql := range append(keeping, refreshText) {
		if _, err := tx.Exec(ctx, sql, pgx.NamedArgs{"ids": nil}); err != nil {
			return fmt.Errorf("make the queue anew: %w", err)
		}
	}
	return nil
}
