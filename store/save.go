package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Arrival is a document as it now stands, to be stored.
type Arrival struct {
	Document Document
	Raw      []byte // its bytes; needed only with a Reading
	SHA256   [32]byte
	Reading  *Reading // what was read out of the bytes; nil where Known names one that is stored
	Known    int64
}

// Saved is what SaveDocuments did with a document.
type Saved struct {
	Version   int64 // the number of the document's version
	NewClaims int   // claims that no document had made before
}

// The statements take many documents each, because asking costs more than what is
// asked for. Rows that other transactions may be about to store as well are taken
// in the order of their keys, table after table, so that nobody waits for anybody
// in a ring.
const (
	insertSources = `
INSERT INTO source (name)
SELECT n.name FROM unnest(@sources::text[]) AS n (name)
WHERE NOT EXISTS (SELECT FROM source s WHERE s.name = n.name)
GROUP BY n.name
ORDER BY n.name
ON CONFLICT (name) DO NOTHING`

	arriving = `unnest(@addresses::text[], @given::text[], @sources::text[], @titles::text[], @published::date[], @retrieved::timestamptz[],
            @sizes::bigint[], @stamps::bigint[]) AS d (address, given, source, title, published, retrieved, size, stamp)
JOIN source s ON s.name = d.source`

	insertDocuments = `
INSERT INTO document (address, given, source, title, published, retrieved, size, stamp)
SELECT d.address, d.given, s.id, d.title, d.published, d.retrieved, nullif(d.size, 0), nullif(d.stamp, 0)
FROM ` + arriving + `
WHERE NOT EXISTS (SELECT FROM withdrawal w WHERE w.what = 'document' AND w.name = d.address OR w.what = 'source' AND w.name = d.source)
ORDER BY d.address
ON CONFLICT (address) DO NOTHING
RETURNING id, address, false AS altered`

	// Those that were there are locked first, in their order, so that it is seen what
	// they were like whoever stored them meanwhile.
	updateDocuments = `
WITH was AS MATERIALIZED (
    SELECT id, address, source, title, published FROM document WHERE address = ANY(@addresses) AND address <> ALL(@inserted)
    ORDER BY address FOR NO KEY UPDATE
)
UPDATE document
SET given = d.given, source = s.id, title = d.title, published = d.published, retrieved = d.retrieved, size = nullif(d.size, 0), stamp = nullif(d.stamp, 0)
FROM ` + arriving + `
JOIN was USING (address)
WHERE document.id = was.id
  AND NOT EXISTS (SELECT FROM withdrawal w WHERE w.what = 'document' AND w.name = d.address OR w.what = 'source' AND w.name = d.source)
RETURNING document.id, document.address,
    (was.source, was.title, was.published) IS DISTINCT FROM (document.source, document.title, document.published) AS altered`

	// A document that now has another source, title or day is compared anew.
	compareAnew = `UPDATE version SET compared = false WHERE document = ANY(@altered) AND current`

	insertContents = `
INSERT INTO content (sha256, bytes, size)
SELECT c.sha256, c.bytes, octet_length(c.bytes) FROM unnest(@hashes::bytea[], @contents::bytea[]) AS c (sha256, bytes)
ON CONFLICT (sha256) DO UPDATE SET bytes = excluded.bytes, dropped = NULL WHERE content.bytes IS NULL`

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

// saving is documents on their way into the database.
type saving struct {
	all      []Arrival
	now      time.Time
	readings []*read // what was read of them, each once, in the order of their keys
	claims   claims  // of all the readings

	documents []documentRow // those that are stored
	stored    []readingRow  // the readings that are
	anew      []*read       // those of the readings that were not there
	saved     []Saved
}

type documentRow struct {
	ID      int64
	Address string
	Altered bool
}

type readingRow struct {
	ID  int64
	Key []byte
}

// SaveDocuments stores documents, each at another address: their bytes, unless a
// document with the same bytes was stored; what was read out of them; and their
// versions. What it did is in the order of the documents. Where one of them has been
// withdrawn it is ErrWithdrawn.
func SaveDocuments(ctx context.Context, tx pgx.Tx, all []Arrival, now time.Time) ([]Saved, error) {
	if len(all) == 0 {
		return nil, nil
	}
	s := newSaving(all, now)
	if err := s.insert(ctx, tx); err != nil {
		return nil, err
	}
	documents, err := s.numbers(ctx, tx)
	if err != nil {
		return nil, err
	}
	readings, err := s.readingNumbers(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := s.versions(ctx, tx, documents, readings); err != nil {
		return nil, err
	}
	return s.saved, s.fill(ctx, tx)
}

func newSaving(all []Arrival, now time.Time) *saving {
	readings := readingsOf(all)
	return &saving{all: all, now: now, readings: readings, claims: claimsOf(readings), saved: make([]Saved, len(all))}
}

// insert stores what the database does not have, in one round trip.
func (s *saving) insert(ctx context.Context, tx pgx.Tx) error {
	var batch pgx.Batch
	columns := documentColumns(s.all)
	batch.Queue(byKey)
	batch.Queue(insertSources, columns)
	gather(batch.Queue(insertDocuments, columns), &s.documents)
	if len(s.readings) > 0 {
		batch.Queue(insertContents, contentColumns(s.all, s.readings))
		if err := s.queueReadings(ctx, tx, &batch); err != nil {
			return err
		}
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("store documents: %w", err)
	}
	return nil
}

// queueReadings has the rows of readings stored, whose bytes are, and their claims.
func (s *saving) queueReadings(ctx context.Context, tx pgx.Tx, batch *pgx.Batch) error {
	gather(batch.Queue(insertReadings, readingColumns(s.all, s.readings)), &s.stored)
	if len(s.claims.all) == 0 {
		return nil
	}
	encoded, err := s.claims.encoded(ctx, tx, s.now)
	if err != nil {
		return err
	}
	batch.Queue(insertClaims, pgx.NamedArgs{"claims": encoded}).Query(func(rows pgx.Rows) error {
		_, err := s.claims.note(rows, func(row *claimRow) { s.saved[row.first].NewClaims++ })
		return err
	})
	return nil
}

// gather has a query's rows put into a list.
func gather[T any](q *pgx.QueuedQuery, into *[]T) {
	q.Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.CollectRows(rows, pgx.RowToStructByName[T])
		return err
	})
}

// numbers brings documents up to date that the database had, and returns the numbers
// of all.
func (s *saving) numbers(ctx context.Context, tx pgx.Tx) ([]int64, error) {
	if len(s.documents) < len(s.all) {
		columns := documentColumns(s.all)
		inserted := make([]string, len(s.documents))
		for i, d := range s.documents {
			inserted[i] = d.Address
		}
		columns["inserted"] = inserted
		known, err := collect[documentRow](ctx, tx, "store documents", updateDocuments, columns)
		if err != nil {
			return nil, err
		}
		s.documents = append(s.documents, known...)
	}
	if len(s.documents) < len(s.all) {
		return nil, ErrWithdrawn
	}
	of := make(map[string]int64, len(s.all))
	var altered []int64
	for _, d := range s.documents {
		of[d.Address] = d.ID
		if d.Altered {
			altered = append(altered, d.ID)
		}
	}
	if len(altered) > 0 {
		if _, err := tx.Exec(ctx, compareAnew, pgx.NamedArgs{"altered": altered}); err != nil {
			return nil, fmt.Errorf("have documents compared anew: %w", err)
		}
	}
	ids := make([]int64, len(s.all))
	for i := range s.all {
		ids[i] = of[clean(s.all[i].Document.Address)]
	}
	return ids, nil
}

// readingNumbers returns the number of each document's reading, and notes which of the
// readings were not there. One that another transaction has stored meanwhile is left
// as it is.
func (s *saving) readingNumbers(ctx context.Context, tx pgx.Tx) ([]int64, error) {
	ids := make([]int64, len(s.all))
	for i := range s.all {
		ids[i] = s.all[i].Known
	}
	if len(s.readings) == 0 {
		return ids, nil
	}
	stored := make(map[[32]byte]int64, len(s.readings))
	note := func(rows []readingRow) {
		for _, r := range rows {
			stored[[32]byte(r.Key)] = r.ID
		}
	}
	note(s.stored)
	for _, r := range s.readings {
		if r.id = stored[r.Key]; r.id != 0 {
			s.anew = append(s.anew, r)
		}
	}
	if len(s.anew) < len(s.readings) {
		keys := make([][]byte, len(s.readings))
		for i, r := range s.readings {
			keys[i] = r.Key[:]
		}
		rows, err := collect[readingRow](ctx, tx, "readings", selectKeys, pgx.NamedArgs{"keys": keys})
		if err != nil {
			return nil, err
		}
		if note(rows); len(stored) < len(s.readings) {
			return nil, errors.New("readings: some vanished while they were stored")
		}
	}
	for i := range s.all {
		if r := s.all[i].Reading; r != nil {
			ids[i] = stored[r.Key]
		}
	}
	return ids, nil
}

// fill stores what stands in the readings that were not there, when the numbers of
// their claims are known.
func (s *saving) fill(ctx context.Context, tx pgx.Tx) error {
	if len(s.anew) == 0 {
		return nil
	}
	for _, r := range s.anew {
		r.sentences = allSentences(r.Reading)
	}
	if err := copySentences(ctx, tx, s.anew); err != nil {
		return err
	}
	return copyAppearances(ctx, tx, s.anew)
}

// versions makes the bytes of documents their current versions, and notes which of
// them had others before. The same round trip finds the numbers of claims.
func (s *saving) versions(ctx context.Context, tx pgx.Tx, documents, readings []int64) error {
	type row struct{ ID, Document int64 }
	hashes := make([][]byte, len(s.all))
	for i := range s.all {
		hashes[i] = s.all[i].SHA256[:]
	}
	args := pgx.NamedArgs{"documents": documents, "hashes": hashes, "readings": readings, "now": s.now}
	var batch pgx.Batch
	var retired, current []row
	gather(batch.Queue(retireVersions, args), &retired)
	gather(batch.Queue(upsertVersions, args), &current)
	s.claims.queueNumbers(&batch)
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("store versions: %w", err)
	}
	versions := make(map[int64]int64, len(current))
	for _, v := range current {
		versions[v.Document] = v.ID
	}
	for i, d := range documents {
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

// documentColumns is the columns of documents.
func documentColumns(all []Arrival) pgx.NamedArgs {
	n := len(all)
	addresses, given, sources, titles := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	published, retrieved := make([]pgtype.Date, n), make([]pgtype.Timestamptz, n)
	sizes, stamps := make([]int64, n), make([]int64, n)
	for i := range all {
		d := &all[i].Document
		addresses[i], given[i], sources[i], titles[i] = clean(d.Address), clean(d.Given), clean(d.Source), clean(d.Title)
		published[i], retrieved[i], sizes[i], stamps[i] = date(d.Published), moment(d.Retrieved), d.Size, d.Stamp
	}
	return pgx.NamedArgs{"addresses": addresses, "given": given, "sources": sources, "titles": titles,
		"published": published, "retrieved": retrieved, "sizes": sizes, "stamps": stamps}
}

// contentColumns is the bytes of what was read, each once, in the order of their digests.
func contentColumns(all []Arrival, readings []*read) pgx.NamedArgs {
	of := make([]*Arrival, len(readings))
	for i, r := range readings {
		of[i] = &all[r.arrival]
	}
	slices.SortFunc(of, func(a, b *Arrival) int { return bytes.Compare(a.SHA256[:], b.SHA256[:]) })
	of = slices.CompactFunc(of, func(a, b *Arrival) bool { return a.SHA256 == b.SHA256 })
	hashes, contents := make([][]byte, len(of)), make([][]byte, len(of))
	for i, a := range of {
		hashes[i], contents[i] = a.SHA256[:], a.Raw
		if a.Raw == nil {
			contents[i] = []byte{} // nil would be null
		}
	}
	return pgx.NamedArgs{"hashes": hashes, "contents": contents}
}

// SaveDocument stores one document.
func SaveDocument(ctx context.Context, tx pgx.Tx, d Document, raw []byte, sha [32]byte, r *Reading, known int64, now time.Time) (Saved, error) {
	saved, err := SaveDocuments(ctx, tx, []Arrival{{d, raw, sha, r, known}}, now)
	if err != nil {
		return Saved{}, err
	}
	return saved[0], nil
}

// inOrder is the places of n things in an order.
func inOrder(n int, compare func(i, j int) int) []int {
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int { return cmp.Or(compare(i, j), cmp.Compare(i, j)) })
	return places
}
