package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Withdrawal is a tombstone: what was taken out of the database with all its
// words, and why. While it stands, that is not read again.
type Withdrawal struct {
	What      string // WithdrawnDocument or WithdrawnSource
	Name      string // the document's address, or the source's name
	Reason    string
	Withdrawn time.Time
	// How much went: Claims that nobody else makes.
	Documents, Versions, Quotes, Claims int
}

// What can be withdrawn.
const (
	WithdrawnDocument = "document"
	WithdrawnSource   = "source"
)

// ErrWithdrawn says that what was to be stored has been withdrawn meanwhile.
var ErrWithdrawn = errors.New("it was withdrawn")

const (
	// Whoever stores a document meanwhile, or what was read of one, is waited for, and
	// whoever comes later finds the tombstone. So no claim goes that is just being made.
	lockDocuments = `LOCK TABLE document IN SHARE ROW EXCLUSIVE MODE`

	selectWithdrawn = `
SELECT d.id
FROM document d
JOIN source s ON s.id = d.source
WHERE CASE @what WHEN 'document' THEN d.address = @name ELSE s.name = @name END`

	insertWithdrawal = `
INSERT INTO withdrawal (what, name, reason, withdrawn, documents, versions, quotes, claims)
VALUES (@what, @name, @reason, @now, @documents, @versions, @quotes, @claims)
ON CONFLICT (what, name) DO UPDATE
SET reason = excluded.reason, withdrawn = excluded.withdrawn, documents = withdrawal.documents + excluded.documents,
    versions = withdrawal.versions + excluded.versions, quotes = withdrawal.quotes + excluded.quotes, claims = withdrawal.claims + excluded.claims`

	selectGoing = `SELECT id FROM version WHERE document = ANY(@documents) ORDER BY id`

	// What was read of bytes that another document has as well is that one's.
	selectUnread = `
SELECT r.id
FROM reading r
WHERE r.sha256 IN (SELECT sha256 FROM version WHERE id = ANY(@versions))
  AND NOT EXISTS (SELECT FROM version v WHERE v.sha256 = r.sha256 AND v.id <> ALL(@versions))`

	selectTouched = `SELECT DISTINCT conflict FROM member WHERE version = ANY(@versions)`

	countQuotes = `
SELECT count(*) FROM appearance a JOIN version v ON v.reading = a.reading WHERE v.id = ANY(@versions)`
)

// withdrawing is what takes documents out, in this order. What comparing said in
// words of a conflict may quote them: it says it anew, without them.
var withdrawing = []struct{ what, sql string }{
	{"take them out of conflicts", `DELETE FROM member WHERE version = ANY(@versions)`},
	{"take them out of conflicts", `
DELETE FROM position p
WHERE conflict = ANY(@conflicts) AND NOT EXISTS (SELECT FROM member m WHERE m.conflict = p.conflict AND m.position = p.n)`},
	{"compare the others anew", `
UPDATE version SET compared = false WHERE id IN (SELECT version FROM member WHERE conflict = ANY(@conflicts))`},
	{"forget what conflicts said of them", `
UPDATE conflict c
SET reason = 'a document that took part was withdrawn', rungs = '{}', origin_reasons = '{}', speaks_for = '{}', speaks_against = '{}',
    digest = sha256(''), question = CASE WHEN sides < 2 THEN 'withdrawn' ELSE question END,
    closed = CASE WHEN sides < 2 THEN coalesce(closed, @now) ELSE closed END
FROM (SELECT id, (SELECT count(*) FROM position WHERE conflict = id) AS sides FROM unnest(@conflicts::bigint[]) AS t (id)) AS left_over
WHERE c.id = left_over.id`},
	{"forget them in runs", `UPDATE run_document SET version = NULL WHERE version = ANY(@versions)`},
	{"delete the versions", `DELETE FROM version WHERE id = ANY(@versions)`},
	{"forget their words", `DELETE FROM landmark WHERE reading = ANY(@readings)`},
	{"note whose claims may be gone", `
CREATE TEMPORARY TABLE withdrawn_claim ON COMMIT DROP AS SELECT DISTINCT claim AS id FROM appearance WHERE reading = ANY(@readings)`},
	{"note whose bytes go", `
CREATE TEMPORARY TABLE withdrawn_content ON COMMIT DROP AS SELECT DISTINCT sha256 FROM reading WHERE id = ANY(@readings)`},
	{"delete what they claimed", `DELETE FROM appearance WHERE reading = ANY(@readings)`},
	{"delete their sentences", `DELETE FROM sentence WHERE reading = ANY(@readings)`},
	{"delete what was read", `DELETE FROM reading WHERE id = ANY(@readings)`},
	{"delete the bytes", `DELETE FROM content WHERE sha256 IN (SELECT sha256 FROM withdrawn_content)`},
	{"forget how they were fetched", `DELETE FROM page WHERE address IN (SELECT address FROM document WHERE id = ANY(@documents))`},
	{"delete the documents", `DELETE FROM document WHERE id = ANY(@documents)`},
	{"delete the sources", `DELETE FROM source s WHERE NOT EXISTS (SELECT FROM document d WHERE d.source = s.id)`},
}

const deleteUnsaid = `
DELETE FROM claim c USING withdrawn_claim w
WHERE c.id = w.id AND NOT EXISTS (SELECT FROM appearance a WHERE a.claim = c.id)`

// Withdraw takes a document, or a source with all its documents, out of the
// database: bytes, texts, quotes, and claims that nobody else makes. What stays is
// a tombstone with the reason. Others in conflict with them are to be compared
// anew. Of bytes that another document has as well, nothing goes but this one's
// part in them. It reports what there was; a second time adds to that.
func Withdraw(ctx context.Context, tx pgx.Tx, what, name, reason string, now time.Time) (Withdrawal, error) {
	w := Withdrawal{What: what, Name: clean(name), Reason: clean(reason), Withdrawn: now}
	args := pgx.NamedArgs{"what": what, "name": w.Name, "reason": w.Reason, "now": now}
	// As comparing locks what it changes in another order, one waits for the other here.
	if err := lockComparing(ctx, tx); err != nil {
		return w, err
	}
	if _, err := tx.Exec(ctx, lockDocuments); err != nil {
		return w, fmt.Errorf("withdraw: %w", err)
	}
	for _, list := range []struct{ name, sql string }{
		{"documents", selectWithdrawn}, {"versions", selectGoing}, {"readings", selectUnread}, {"conflicts", selectTouched},
	} {
		found, err := numbers(ctx, tx, "withdraw", list.sql, args)
		if err != nil {
			return w, err
		}
		args[list.name] = append([]int64{}, found...)
	}
	w.Documents, w.Versions = len(args["documents"].([]int64)), len(args["versions"].([]int64))
	quotes, err := numbers(ctx, tx, "withdraw", countQuotes, args)
	if err != nil {
		return w, err
	}
	w.Quotes = int(quotes[0]) // an aggregate has one row
	for _, step := range withdrawing {
		if _, err := tx.Exec(ctx, step.sql, args, pgx.QueryExecModeExec); err != nil {
			return w, fmt.Errorf("withdraw: %s: %w", step.what, err)
		}
	}
	tag, err := tx.Exec(ctx, deleteUnsaid)
	if err != nil {
		return w, fmt.Errorf("withdraw: delete the claims: %w", err)
	}
	w.Claims = int(tag.RowsAffected())
	touched := args["conflicts"].([]int64)
	if err := forgetWithdrawn(ctx, tx, touched); err != nil {
		return w, err
	}
	if err := refreshQueue(ctx, tx, touched); err != nil {
		return w, err
	}
	if err := refreshWords(ctx, tx, touched); err != nil {
		return w, err
	}
	args["documents"], args["versions"], args["quotes"], args["claims"] = w.Documents, w.Versions, w.Quotes, w.Claims
	if _, err := tx.Exec(ctx, insertWithdrawal, args); err != nil {
		return w, fmt.Errorf("withdraw: keep the reason: %w", err)
	}
	return w, nil
}

const (
	liftWithdrawal = `DELETE FROM withdrawal WHERE what = @what AND name = @name`

	selectWithdrawals = `
SELECT what, name, reason, withdrawn, documents, versions, quotes, claims
FROM withdrawal
ORDER BY withdrawn DESC, what, name`

	selectTombstones = `
SELECT what, name, reason, withdrawn, documents, versions, quotes, claims
FROM withdrawal
WHERE what = 'source' OR name = ANY(@addresses)`

	selectSharing = `
SELECT DISTINCT o.given
FROM document d
JOIN source s ON s.id = d.source
JOIN version v ON v.document = d.id
JOIN version c ON c.sha256 = v.sha256 AND c.document <> d.id
JOIN document o ON o.id = c.document
JOIN source os ON os.id = o.source
WHERE CASE @what WHEN 'document' THEN d.address = @name ELSE s.name = @name AND os.name <> @name END
ORDER BY o.given`
)

// Lift takes a tombstone away, so that the next run reads what it stood for. It
// reports false where there was none.
func Lift(ctx context.Context, tx pgx.Tx, what, name string) (bool, error) {
	tag, err := tx.Exec(ctx, liftWithdrawal, pgx.NamedArgs{"what": what, "name": clean(name)})
	if err != nil {
		return false, fmt.Errorf("lift a withdrawal: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// Withdrawals lists the tombstones, the newest first.
func (s *Store) Withdrawals(ctx context.Context) (all []Withdrawal, err error) {
	err = again(ctx, func() (err error) {
		all, err = collect[Withdrawal](ctx, s.pool, "withdrawals", selectWithdrawals, nil)
		return err
	})
	return all, err
}

// Tombstones are those that stand for documents at some addresses, by address,
// and for sources, by name.
type Tombstones struct{ Documents, Sources map[string]Withdrawal }

// Tombstones finds those of sources, and of the documents at some addresses.
func (s *Store) Tombstones(ctx context.Context, addresses []string) (Tombstones, error) {
	t := Tombstones{make(map[string]Withdrawal), make(map[string]Withdrawal)}
	var found []Withdrawal
	err := again(ctx, func() (err error) {
		found, err = collect[Withdrawal](ctx, s.pool, "withdrawals", selectTombstones, pgx.NamedArgs{"addresses": addresses})
		return err
	})
	for _, w := range found {
		if w.What == WithdrawnSource {
			t.Sources[w.Name] = w
		} else {
			t.Documents[w.Name] = w
		}
	}
	return t, err
}

// Sharing names other documents that have, or had, the same bytes as what is to
// be withdrawn: they keep them.
func Sharing(ctx context.Context, tx pgx.Tx, what, name string) ([]string, error) {
	rows, err := tx.Query(ctx, selectSharing, pgx.NamedArgs{"what": what, "name": clean(name)})
	if err != nil {
		return nil, fmt.Errorf("copies of what is withdrawn: %w", err)
	}
	given, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("copies of what is withdrawn: %w", err)
	}
	return given, nil
}

// Of bytes that a page has now, or a copy of it, nothing is dropped.
const dropBytes = `
UPDATE content c
SET bytes = NULL, dropped = @now
WHERE bytes IS NOT NULL
  AND NOT EXISTS (SELECT FROM version v WHERE v.sha256 = c.sha256 AND (v.current OR v.last_seen >= @before))
  AND EXISTS (SELECT FROM version v WHERE v.sha256 = c.sha256)`

// DropBytes gives up the archived bytes of versions that newer ones have replaced,
// and that were last seen before some time. Their texts and quotes stay. It
// returns how many went.
func DropBytes(ctx context.Context, tx pgx.Tx, before, now time.Time) (int, error) {
	tag, err := tx.Exec(ctx, dropBytes, pgx.NamedArgs{"before": before, "now": now})
	if err != nil {
		return 0, fmt.Errorf("give up archived bytes: %w", err)
	}
	return int(tag.RowsAffected()), nil
}
