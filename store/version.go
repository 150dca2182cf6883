package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

const (
	retireVersions = `
UPDATE version v SET current = false, compared = false
FROM unnest(@documents::bigint[], @hashes::bytea[]) AS d (document, sha256)
WHERE v.document = d.document AND v.current AND v.sha256 <> d.sha256
RETURNING v.id, v.document`

	insertEdits = `
INSERT INTO edit (document, old, new, noticed)
SELECT e.document, e.old, e.new, @now FROM unnest(@edited::bigint[], @retired::bigint[], @versions::bigint[]) AS e (document, old, new)`

	// Two runs that read the same documents at the same time store them twice: what
	// has been compared meanwhile is nothing new.
	upsertVersions = `
INSERT INTO version (document, sha256, reading, current, first_seen, last_seen)
SELECT d.document, d.sha256, d.reading, true, @now, @now
FROM unnest(@documents::bigint[], @hashes::bytea[], @readings::bigint[]) AS d (document, sha256, reading)
ON CONFLICT (document, sha256) DO UPDATE
SET reading = excluded.reading, current = true, last_seen = greatest(version.last_seen, excluded.last_seen),
    compared = version.compared AND version.current AND version.reading = excluded.reading
RETURNING id, document`
)

// insertVersions makes the bytes of documents their current versions, and notes which
// of them had others before.
func (s *saving) insertVersions(ctx context.Context, tx pgx.Tx) error {
	type row struct{ ID, Document int64 }
	hashes := make([][]byte, len(s.all))
	for i := range s.all {
		hashes[i] = s.all[i].SHA256[:]
	}
	args := pgx.NamedArgs{"documents": s.ids, "hashes": hashes, "readings": s.reading, "now": s.now}
	var batch pgx.Batch
	var retired, current []row
	gather(batch.Queue(retireVersions, args), &retired)
	gather(batch.Queue(upsertVersions, args), &current)
	if err := during(ctx, tx, &batch, "store versions", s.gatherClaims); err != nil {
		return err
	}
	versions := make(map[int64]int64, len(current))
	for _, v := range current {
		versions[v.Document] = v.ID
	}
	for i, d := range s.ids {
		s.saved[i].Version = versions[d]
	}
	if len(retired) == 0 {
		return nil
	}
	var edited, before, after []int64
	for _, v := range retired {
		edited, before, after = append(edited, v.Document), append(before, v.ID), append(after, versions[v.Document])
	}
	args = pgx.NamedArgs{"edited": edited, "retired": before, "versions": after, "now": s.now}
	if _, err := tx.Exec(ctx, insertEdits, args); err != nil {
		return fmt.Errorf("note edits: %w", err)
	}
	return nil
}
