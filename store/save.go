package store

import (
	"bytes"
	"cmp"
	"context"
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

// SaveDocuments stores documents, each at another address: their bytes, unless a
// document with the same bytes was stored; what was read out of them; and their
// versions. What it did is in the order of the documents. Where one of them has been
// withdrawn it is ErrWithdrawn.
func SaveDocuments(ctx context.Context, tx pgx.Tx, all []Arrival, now time.Time) ([]Saved, error) {
	if len(all) == 0 {
		return nil, nil
	}
	documents, err := saveRows(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	if err := archive(ctx, tx, all); err != nil {
		return nil, err
	}
	readings, newClaims, err := saveReadings(ctx, tx, all, now)
	if err != nil {
		return nil, err
	}
	versions, err := saveVersions(ctx, tx, all, documents, readings, now)
	if err != nil {
		return nil, err
	}
	saved := make([]Saved, len(all))
	for i := range all {
		saved[i] = Saved{versions[documents[i]], newClaims[i]}
	}
	return saved, nil
}

// saveVersions makes the bytes of documents their current versions, which it returns
// by document, and notes which of them had others before.
func saveVersions(ctx context.Context, tx pgx.Tx, all []Arrival, documents, readings []int64, now time.Time) (map[int64]int64, error) {
	type row struct{ ID, Document int64 }
	hashes := make([][]byte, len(all))
	for i := range all {
		hashes[i] = all[i].SHA256[:]
	}
	args := pgx.NamedArgs{"documents": documents, "hashes": hashes, "readings": readings, "now": now}
	retired, err := collect[row](ctx, tx, "retire versions", retireVersions, args)
	if err != nil {
		return nil, err
	}
	current, err := collect[row](ctx, tx, "store versions", upsertVersions, args)
	if err != nil {
		return nil, err
	}
	versions := make(map[int64]int64, len(current))
	for _, v := range current {
		versions[v.Document] = v.ID
	}
	if len(retired) == 0 {
		return versions, nil
	}
	var edited, before, after []int64
	for _, v := range retired {
		edited, before, after = append(edited, v.Document), append(before, v.ID), append(after, versions[v.Document])
	}
	args = pgx.NamedArgs{"edited": edited, "retired": before, "versions": after, "now": now}
	if _, err := tx.Exec(ctx, insertEdits, args); err != nil {
		return nil, fmt.Errorf("note edits: %w", err)
	}
	return versions, nil
}

// saveRows stores the documents' rows and those of their sources, and returns the
// numbers of the documents.
func saveRows(ctx context.Context, tx pgx.Tx, all []Arrival) ([]int64, error) {
	n := len(all)
	addresses, given, sources, titles := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	published, retrieved := make([]pgtype.Date, n), make([]pgtype.Timestamptz, n)
	sizes, stamps := make([]int64, n), make([]int64, n)
	for i := range all {
		d := &all[i].Document
		addresses[i], given[i], sources[i], titles[i] = clean(d.Address), clean(d.Given), clean(d.Source), clean(d.Title)
		published[i], retrieved[i], sizes[i], stamps[i] = date(d.Published), moment(d.Retrieved), d.Size, d.Stamp
	}
	args := pgx.NamedArgs{"addresses": addresses, "given": given, "sources": sources, "titles": titles,
		"published": published, "retrieved": retrieved, "sizes": sizes, "stamps": stamps}
	if _, err := tx.Exec(ctx, insertSources, args); err != nil {
		return nil, fmt.Errorf("store sources: %w", err)
	}
	type row struct {
		ID      int64
		Address string
		Altered bool
	}
	rows, err := collect[row](ctx, tx, "store documents", insertDocuments, args)
	if err != nil {
		return nil, err
	}
	if len(rows) < n {
		inserted := make([]string, len(rows))
		for i, r := range rows {
			inserted[i] = r.Address
		}
		args["inserted"] = inserted
		known, err := collect[row](ctx, tx, "store documents", updateDocuments, args)
		if err != nil {
			return nil, err
		}
		rows = append(rows, known...)
	}
	if len(rows) < n {
		return nil, ErrWithdrawn
	}
	of := make(map[string]int64, n)
	var altered []int64
	for _, r := range rows {
		of[r.Address] = r.ID
		if r.Altered {
			altered = append(altered, r.ID)
		}
	}
	if len(altered) > 0 {
		if _, err := tx.Exec(ctx, compareAnew, pgx.NamedArgs{"altered": altered}); err != nil {
			return nil, fmt.Errorf("have documents compared anew: %w", err)
		}
	}
	ids := make([]int64, n)
	for i, at := range addresses {
		ids[i] = of[at]
	}
	return ids, nil
}

// archive stores the bytes of what was read, each once.
func archive(ctx context.Context, tx pgx.Tx, all []Arrival) error {
	var read []*Arrival
	for i := range all {
		if all[i].Reading != nil {
			read = append(read, &all[i])
		}
	}
	slices.SortFunc(read, func(a, b *Arrival) int { return bytes.Compare(a.SHA256[:], b.SHA256[:]) })
	read = slices.CompactFunc(read, func(a, b *Arrival) bool { return a.SHA256 == b.SHA256 })
	if len(read) == 0 {
		return nil
	}
	hashes, contents := make([][]byte, len(read)), make([][]byte, len(read))
	for i, a := range read {
		hashes[i], contents[i] = a.SHA256[:], a.Raw
		if a.Raw == nil {
			contents[i] = []byte{} // nil would be null
		}
	}
	if _, err := tx.Exec(ctx, insertContents, pgx.NamedArgs{"hashes": hashes, "contents": contents}); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
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
