package store

import (
	"bytes"
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
// in a ring. What is to be sent next is made ready while the server is at work.
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
)

// saving is documents on their way into the database.
type saving struct {
	all      []Arrival
	now      time.Time
	readings []*read // what was read of them, each once, in the order of their keys
	anew     []*read // those of the readings that were not there
	claims   claims  // of these

	documents []documentRow // those that are stored
	stored    []readingRow  // the readings that are
	ids       []int64       // the number of each document
	reading   []int64       // the number of each document's reading
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
	for _, step := range []func(context.Context, pgx.Tx) error{s.insertDocuments, s.insertReadings, s.identify, s.insertVersions, s.fill} {
		if err := step(ctx, tx); err != nil {
			return nil, err
		}
	}
	return s.saved, nil
}

func newSaving(all []Arrival, now time.Time) *saving {
	return &saving{all: all, now: now, readings: readingsOf(all), saved: make([]Saved, len(all))}
}

// during sends statements, and does work while the server is at them.
func during(ctx context.Context, tx pgx.Tx, batch *pgx.Batch, what string, work func()) error {
	results := tx.SendBatch(ctx, batch)
	work()
	if err := results.Close(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// gather has a query's rows put into a list, behind those that it has.
func gather[T any](q *pgx.QueuedQuery, into *[]T) {
	q.Query(func(rows pgx.Rows) (err error) {
		*into, err = pgx.AppendRows(*into, rows, pgx.RowToStructByName[T])
		return err
	})
}

// insertDocuments stores the documents that the database does not have, and the bytes
// of all that were read.
func (s *saving) insertDocuments(ctx context.Context, tx pgx.Tx) error {
	var batch pgx.Batch
	columns := documentColumns(s.all)
	batch.Queue(byKey)
	batch.Queue(insertSources, columns)
	gather(batch.Queue(insertDocuments, columns), &s.documents)
	if len(s.readings) > 0 {
		batch.Queue(insertContents, contentColumns(s.all, s.readings))
	}
	return during(ctx, tx, &batch, "store documents", s.makeClaims)
}

// insertReadings stores the readings that the database does not have, and brings the
// documents up to date that it had.
func (s *saving) insertReadings(ctx context.Context, tx pgx.Tx) error {
	var batch pgx.Batch
	if len(s.readings) > 0 {
		s.queueReadings(&batch)
	}
	if len(s.documents) < len(s.all) {
		columns := documentColumns(s.all)
		inserted := make([]string, len(s.documents))
		for i, d := range s.documents {
			inserted[i] = d.Address
		}
		columns["inserted"] = inserted
		gather(batch.Queue(updateDocuments, columns), &s.documents)
	}
	if batch.Len() == 0 {
		return nil
	}
	return during(ctx, tx, &batch, "store readings", s.makeSentences)
}

// queueReadings has the readings stored, whose claims have been made.
func (s *saving) queueReadings(batch *pgx.Batch) {
	gather(batch.Queue(insertReadings, readingColumns(s.all, s.readings)), &s.stored)
}

func (s *saving) makeClaims() {
	for _, r := range s.readings {
		r.makeClaims()
	}
}

func (s *saving) makeSentences() {
	for _, r := range s.readings {
		r.sentences = allSentences(r.Reading)
	}
}

// gatherClaims gathers the claims of the readings that were not there.
func (s *saving) gatherClaims() { s.claims = claimsOf(s.anew) }

// identify finds the numbers of the documents and of their readings.
func (s *saving) identify(ctx context.Context, tx pgx.Tx) error {
	if err := s.numberDocuments(ctx, tx); err != nil {
		return err
	}
	return s.numberReadings(ctx, tx)
}

// numberDocuments notes the number of each document, and has those compared anew that
// are not what they were.
func (s *saving) numberDocuments(ctx context.Context, tx pgx.Tx) error {
	if len(s.documents) < len(s.all) {
		return ErrWithdrawn
	}
	of := make(map[string]int64, len(s.all))
	var altered []int64
	for _, d := range s.documents {
		of[d.Address] = d.ID
		if d.Altered {
			altered = append(altered, d.ID)
		}
	}
	s.ids = make([]int64, len(s.all))
	for i := range s.all {
		s.ids[i] = of[clean(s.all[i].Document.Address)]
	}
	if len(altered) == 0 {
		return nil
	}
	if _, err := tx.Exec(ctx, compareAnew, pgx.NamedArgs{"altered": altered}); err != nil {
		return fmt.Errorf("have documents compared anew: %w", err)
	}
	return nil
}

// numberReadings notes the number of each document's reading, and which of the
// readings were not there. One that another transaction has stored meanwhile is left
// as it is.
func (s *saving) numberReadings(ctx context.Context, tx pgx.Tx) error {
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
			return err
		}
		if note(rows); len(stored) < len(s.readings) {
			return errors.New("readings: some vanished while they were stored")
		}
	}
	s.reading = make([]int64, len(s.all))
	for i := range s.all {
		if s.reading[i] = s.all[i].Known; s.all[i].Reading != nil {
			s.reading[i] = stored[s.all[i].Reading.Key]
		}
	}
	return nil
}

// fill stores what stands in the readings that were not there. The claims come as late
// as can be: until the transaction ends, others may wait for them.
func (s *saving) fill(ctx context.Context, tx pgx.Tx) error {
	if len(s.anew) == 0 {
		return nil
	}
	if err := copySentences(ctx, tx, s.anew); err != nil {
		return err
	}
	err := s.claims.store(ctx, tx, s.now, func(row *claimRow) { s.saved[row.first].NewClaims++ })
	if err != nil {
		return err
	}
	return copyAppearances(ctx, tx, s.anew)
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
