package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// News is a conflict that is to be told, and what became of it: opened or reopened.
type News struct {
	Conflict string
	Change   string
}

// Delivery is a digest on its way to one place.
type Delivery struct {
	ID     int64
	Run    int64
	Way    string // webhook, slack, mail or atom
	Target string // the mail address; "" for the other ways
	Tries  int
	Digest []byte // JSON
}

// The states of a delivery.
const (
	Delivered = "delivered"
	GivenUp   = "failed"  // tried as often as it is
	Dropped   = "dropped" // the configuration no longer has the way
)

const (
	// A run that is going, or was broken off, may have found what it will never
	// tell, and a run by hand tells nobody: whoever comes after them tells that.
	takeNews = `
WITH news AS (
    UPDATE run_conflict rc
    SET told = @run
    FROM run r, conflict c, queue q
    WHERE rc.told IS NULL AND rc.change IN ('opened', 'reopened')
      AND r.id = rc.run AND (r.id = @run OR @others AND r.id < @run AND (r.finished IS NULL OR r.untold))
      AND c.id = rc.conflict AND c.status = 'open' AND c.closed IS NULL AND c.severity >= @severity
      AND q.conflict = c.id AND q.box <> 'muted'
    RETURNING rc.conflict, rc.change, c.severity
)
SELECT conflict::text, min(change) AS change
FROM news
GROUP BY conflict
ORDER BY max(severity) DESC, news.conflict`

	leaveUntold  = `UPDATE run SET untold = true WHERE id = @run`
	noLongerLeft = `UPDATE run SET untold = false WHERE untold AND id < @run`

	digestOf = `SELECT EXISTS (SELECT FROM digest WHERE run = @run)`

	insertDigest = `
INSERT INTO digest (run, id, made, body)
SELECT @run, id, @made, @body::jsonb || jsonb_build_object('id', id) FROM (SELECT gen_random_uuid() AS id) AS named`

	insertDeliveries = `
INSERT INTO delivery (run, way, target)
SELECT @run, way, target FROM unnest(@ways::text[], @targets::text[]) AS d (way, target)
RETURNING id`

	// Whoever else has it in hand is left to it.
	takeDelivery = `
SELECT d.id, d.run, d.way, d.target, d.tries, g.body AS digest
FROM delivery d JOIN digest g USING (run)
WHERE d.id = @id AND d.state = 'waiting'
FOR UPDATE OF d SKIP LOCKED`

	endDelivery = `UPDATE delivery SET state = @state, tries = tries + @tried::int, reason = @reason, tried = @now WHERE id = @id AND state = 'waiting'`

	selectDigests = `SELECT body FROM digest ORDER BY made DESC, run DESC LIMIT @limit`

	selectFeed = `SELECT id::text, made FROM feed`

	selectSources = `
SELECT DISTINCT ON (d.given) d.given, s.name AS source
FROM document d JOIN source s ON s.id = d.source
WHERE d.given = ANY(@given)
ORDER BY d.given, d.id`
)

// TakeNews takes what a run has to tell: conflicts that it found new or open
// again, open, severe enough still and not muted, most severe first. Each is taken once,
// whatever run comes after. With others, it takes besides what earlier runs left to
// be told by this one.
func TakeNews(ctx context.Context, tx pgx.Tx, run int64, severity float64, others bool) ([]News, error) {
	news, err := collect[News](ctx, tx, "news of the run", takeNews, pgx.NamedArgs{"run": run, "severity": severity, "others": others})
	if err != nil || !others {
		return news, err
	}
	if _, err := tx.Exec(ctx, noLongerLeft, pgx.NamedArgs{"run": run}); err != nil {
		return nil, fmt.Errorf("note what is told: %w", err)
	}
	return news, nil
}

// LeaveUntold notes that a run tells nobody what it found: the next one that tells
// does so.
func LeaveUntold(ctx context.Context, tx pgx.Tx, run int64) error {
	if _, err := tx.Exec(ctx, leaveUntold, pgx.NamedArgs{"run": run}); err != nil {
		return fmt.Errorf("leave what run %d found to be told: %w", run, err)
	}
	return nil
}

// HasDigest reports whether a run's digest has been made.
func HasDigest(ctx context.Context, tx pgx.Tx, run int64) (has bool, err error) {
	if err := tx.QueryRow(ctx, digestOf, pgx.NamedArgs{"run": run}).Scan(&has); err != nil {
		return false, fmt.Errorf("look for the digest of run %d: %w", run, err)
	}
	return has, nil
}

// KeepDigest keeps what a run has to tell, as JSON, to which it adds the ID,
// and to whom it is to be taken: ways and their targets. It returns the numbers
// of the deliveries.
func KeepDigest(ctx context.Context, tx pgx.Tx, run int64, body []byte, ways, targets []string, now time.Time) ([]int64, error) {
	if _, err := tx.Exec(ctx, insertDigest, pgx.NamedArgs{"run": run, "body": string(body), "made": now}); err != nil {
		return nil, fmt.Errorf("keep the digest of run %d: %w", run, err)
	}
	return numbers(ctx, tx, "deliveries", insertDeliveries, pgx.NamedArgs{"run": run, "ways": ways, "targets": cleanAll(targets)})
}

// TakeDelivery takes a delivery in hand for as long as the transaction lasts. It
// reports false where there is nothing to do: it has come to its end, or another
// has it in hand.
func TakeDelivery(ctx context.Context, tx pgx.Tx, id int64) (Delivery, bool, error) {
	found, err := collect[Delivery](ctx, tx, "delivery", takeDelivery, pgx.NamedArgs{"id": id})
	if err != nil || len(found) == 0 {
		return Delivery{}, false, err
	}
	return found[0], true, nil
}

// NoteTry notes a try that failed; the delivery waits for another.
func NoteTry(ctx context.Context, tx pgx.Tx, id int64, reason string, now time.Time) error {
	return noteDelivery(ctx, tx, id, "waiting", 1, reason, now)
}

// EndDelivery notes how a delivery ended: Delivered, GivenUp or Dropped. tried
// is 1 where it was tried once more.
func EndDelivery(ctx context.Context, tx pgx.Tx, id int64, state string, tried int, reason string, now time.Time) error {
	return noteDelivery(ctx, tx, id, state, tried, reason, now)
}

func noteDelivery(ctx context.Context, tx pgx.Tx, id int64, state string, tried int, reason string, now time.Time) error {
	_, err := tx.Exec(ctx, endDelivery, pgx.NamedArgs{"id": id, "state": state, "tried": tried, "reason": clean(reason), "now": now})
	if err != nil {
		return fmt.Errorf("note what became of delivery %d: %w", id, err)
	}
	return nil
}

// Digests is the newest digests as JSON, the newest first, and the feed that
// they belong to: its ID, and when it was made.
func (s *Store) Digests(ctx context.Context, limit int) (feed string, made time.Time, bodies [][]byte, err error) {
	err = again(ctx, func() error {
		if err := s.pool.QueryRow(ctx, selectFeed).Scan(&feed, &made); err != nil {
			return err
		}
		rows, err := s.pool.Query(ctx, selectDigests, pgx.NamedArgs{"limit": limit})
		if err != nil {
			return err
		}
		bodies, err = pgx.CollectRows(rows, pgx.RowTo[[]byte])
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", made, nil, errors.New("digests: table feed has lost its row")
	}
	if err != nil {
		return "", made, nil, fmt.Errorf("digests: %w", err)
	}
	return feed, made, bodies, nil
}

// SourcesOf names who published documents, by the documents' names.
func (s *Store) SourcesOf(ctx context.Context, documents []string) (map[string]string, error) {
	type row struct{ Given, Source string }
	found, err := collect[row](ctx, s.pool, "sources", selectSources, pgx.NamedArgs{"given": sorted(documents)})
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(found))
	for _, r := range found {
		names[r.Given] = r.Source
	}
	return names, nil
}
