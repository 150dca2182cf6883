package store

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// The bounds of what the pages of sources show.
const (
	publishersShown = 1000
	papersShown     = 100
	contestedShown  = 50
	saidShown       = 50
)

const (
	selectPublishers = `
SELECT s.id, s.name, muted.source IS NOT NULL AS muted, coalesce(d.documents, 0) AS documents, coalesce(d.claims, 0) AS claims,
       coalesce(t.contradicted, 0) AS contradicted, coalesce(t.alone, 0) AS alone, coalesce(t.stood, 0) AS stood, coalesce(t.fell, 0) AS fell
FROM source s
LEFT JOIN muted_source muted ON muted.source = s.id
LEFT JOIN (SELECT d.source, count(*) AS documents, sum(r.claims) AS claims
           FROM document d JOIN version v ON v.document = d.id AND v.current JOIN reading r ON r.id = v.reading
           WHERE @id::bigint IS NULL OR d.source = @id
           GROUP BY d.source) AS d ON d.source = s.id
LEFT JOIN (SELECT source, count(*) AS contradicted, count(*) FILTER (WHERE alone) AS alone,
                  count(*) FILTER (WHERE stood) AS stood, count(*) FILTER (WHERE NOT stood) AS fell
           FROM stance
           WHERE @id::bigint IS NULL OR source = @id
           GROUP BY source) AS t ON t.source = s.id
WHERE @id::bigint IS NULL OR s.id = @id
ORDER BY contradicted DESC, s.name
LIMIT @most`

	newest = `SELECT * FROM document WHERE source = @id ORDER BY published DESC NULLS LAST, id DESC LIMIT @papers`

	selectPapers = `
SELECT d.id, d.given, coalesce(nullif(d.title, ''), r.title) AS title, coalesce(d.published, r.published) AS published, r.claims,
       (SELECT count(DISTINCT m.conflict) FROM member m JOIN queue q USING (conflict)
        WHERE m.version = v.id AND q.box = 'waiting' AND q.severity >= @shown) AS conflicts
FROM (` + newest + `) AS d
JOIN version v ON v.document = d.id AND v.current
JOIN reading r ON r.id = v.reading
ORDER BY d.published DESC NULLS LAST, d.id DESC`

	selectContested = `
SELECT q.conflict FROM stance s JOIN queue q USING (conflict) WHERE s.source = @id ORDER BY q.severity DESC, q.conflict DESC LIMIT @conflicts`

	// Of its newest documents.
	selectSaid = `
SELECT` + selectClaimColumns + `, seen.first_seen, seen.last_seen
FROM (SELECT * FROM (SELECT DISTINCT ON (a.claim) a.claim, newest.n, a.start_byte
                     FROM (SELECT v.reading, row_number() OVER (ORDER BY d.published DESC NULLS LAST, d.id DESC) AS n
                           FROM (` + newest + `) AS d JOIN version v ON v.document = d.id AND v.current) AS newest
                     JOIN appearance a ON a.reading = newest.reading
                     ORDER BY a.claim, newest.n, a.start_byte) AS each
      ORDER BY n, start_byte LIMIT @said) AS said
JOIN claim c ON c.id = said.claim
CROSS JOIN LATERAL (SELECT min(v.first_seen) AS first_seen, max(v.last_seen) AS last_seen
                    FROM appearance a JOIN version v ON v.reading = a.reading WHERE a.claim = c.id) AS seen
ORDER BY said.n, said.start_byte`
)

// Publishers is the sources with their records, those first that are contradicted
// most: a thousand of them, where there are more.
func (s *Store) Publishers(ctx context.Context) (lines []desk.PublisherLine, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		lines, err = publishers(ctx, tx, nil)
		return err
	})
	return lines, err
}

// publishers is the records of all sources, or of one.
func publishers(ctx context.Context, tx pgx.Tx, one *int64) ([]desk.PublisherLine, error) {
	type publisherRow struct {
		ID                                                  int64
		Name                                                string
		Muted                                               bool
		Documents, Claims, Contradicted, Alone, Stood, Fell int
	}
	rows, err := collectAnew[publisherRow](ctx, tx, "sources", selectPublishers, pgx.NamedArgs{"id": one, "most": publishersShown})
	if err != nil {
		return nil, err
	}
	lines := make([]desk.PublisherLine, len(rows))
	for i, r := range rows {
		lines[i] = desk.PublisherLine{ID: r.ID, Name: r.Name, Muted: r.Muted, Documents: r.Documents, Claims: r.Claims,
			Alone: r.Alone, Contradicted: r.Contradicted, For: r.Stood, Not: r.Fell}
	}
	return lines, nil
}

// Publisher is a source with its record, its newest documents, some of what they
// claim, and the conflicts that it takes part in. Where there is none it is a
// [desk.Missing].
func (s *Store) Publisher(ctx context.Context, id int64) (p *desk.Publisher, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		p, err = loadPublisher(ctx, tx, id)
		return err
	})
	return p, err
}

func loadPublisher(ctx context.Context, tx pgx.Tx, id int64) (*desk.Publisher, error) {
	type paperRow struct {
		ID                int64
		Given             string
		Title             string
		Published         pgtype.Date
		Claims, Conflicts int
	}
	type saidRow struct {
		claimColumns
		FirstSeen, LastSeen time.Time
	}
	found, err := publishers(ctx, tx, &id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &desk.Missing{What: "source", Name: strconv.FormatInt(id, 10)}
	}
	l := found[0]
	p := &desk.Publisher{ID: id, Name: l.Name, Muted: l.Muted, Documents: l.Documents, Claims: l.Claims, Alone: l.Alone,
		Contradicted: l.Contradicted, For: l.For, Not: l.Not, Papers: []desk.PaperLine{}, Said: []desk.Statement{}}
	args := pgx.NamedArgs{"id": id, "shown": conflict.ShownFrom, "papers": papersShown, "conflicts": contestedShown, "said": saidShown}
	papers, err := collect[paperRow](ctx, tx, "documents of the source", selectPapers, args)
	if err != nil {
		return nil, err
	}
	for _, d := range papers {
		p.Papers = append(p.Papers, desk.PaperLine{ID: d.ID, Given: d.Given, Title: d.Title, Published: dayOf(d.Published), Claims: d.Claims, Conflicts: d.Conflicts})
	}
	ids, err := numbers(ctx, tx, "conflicts of the source", selectContested, args)
	if err != nil {
		return nil, err
	}
	if p.Conflicts, err = rowsOf(ctx, tx, ids); err != nil {
		return nil, err
	}
	said, err := collect[saidRow](ctx, tx, "claims of the source", selectSaid, args)
	if err != nil {
		return nil, err
	}
	for _, c := range said {
		one := c.toClaim(nil)
		p.Said = append(p.Said, desk.Statement{ID: hex.EncodeToString(c.Claim), Claim: one, Says: one.Words(), FirstSeen: c.FirstSeen.UTC(), LastSeen: c.LastSeen.UTC()})
	}
	return p, nil
}
