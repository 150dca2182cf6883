package store

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/claim"
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

// contested is true of a row of queue whose sources contradict one another, whatever
// became of it, unless somebody said that they do not.
const contested = `status IN ('open', 'confirmed', 'resolved') AND box <> 'gone' AND severity >= @shown`

const (
	selectPublishers = `
WITH contested AS MATERIALIZED (
    SELECT conflict, sources FROM queue WHERE ` + contested + ` AND (@id::bigint IS NULL OR @id = ANY(sources))
)
SELECT s.id, s.name, muted.source IS NOT NULL AS muted, coalesce(d.n, 0) AS documents, coalesce(c.n, 0) AS claims,
       coalesce(a.n, 0) AS alone, coalesce(p.n, 0) AS contradicted
FROM source s
LEFT JOIN muted_source muted ON muted.source = s.id
LEFT JOIN (SELECT source, count(*) AS n FROM document WHERE @id::bigint IS NULL OR source = @id GROUP BY source) AS d ON d.source = s.id
LEFT JOIN (SELECT d.source, count(DISTINCT a.claim) AS n
           FROM document d JOIN version v ON v.document = d.id AND v.current JOIN appearance a ON a.reading = v.reading
           WHERE @id::bigint IS NULL OR d.source = @id GROUP BY d.source) AS c ON c.source = s.id
LEFT JOIN (SELECT source, count(*) AS n FROM contested, unnest(sources) AS of (source) GROUP BY source) AS p ON p.source = s.id
LEFT JOIN (SELECT d.source, count(DISTINCT m.conflict) AS n
           FROM contested k
           JOIN position o ON o.conflict = k.conflict AND o.origins = 1
           JOIN member m ON m.conflict = o.conflict AND m.position = o.n
           JOIN version v ON v.id = m.version
           JOIN document d ON d.id = v.document
           GROUP BY d.source) AS a ON a.source = s.id
WHERE @id::bigint IS NULL OR s.id = @id
ORDER BY contradicted DESC, s.name
LIMIT @most`

	selectRulings = `
SELECT v.conflict, k.kind, v.stands::text AS stands, p.number, p.low, p.high, p.low_open, p.high_open, p.unit, p.per, p.approximate, p.bound, p.change,
       p.date_from, p.date_to, p.name, p.name_type, part.sources, coalesce(part.polarities[1], '') AS polarity
FROM review v
JOIN conflict k ON k.id = v.conflict
JOIN queue q ON q.conflict = v.conflict
JOIN position p ON p.conflict = v.conflict
CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT d.source) AS sources, array_agg(c.polarity ORDER BY m.n) AS polarities
    FROM member m
    JOIN version ve ON ve.id = m.version
    JOIN document d ON d.id = ve.document
    JOIN appearance a ON a.id = m.appearance
    JOIN claim c ON c.id = a.claim
    WHERE m.conflict = p.conflict AND m.position = p.n) AS part
WHERE v.verdict = 'real' AND v.stands IS NOT NULL AND (@id::bigint IS NULL OR @id = ANY(q.sources))
ORDER BY v.conflict, p.n`

	selectPapers = `
SELECT d.id, d.given, coalesce(nullif(d.title, ''), r.title) AS title, coalesce(d.published, r.published) AS published,
       (SELECT count(DISTINCT a.claim) FROM appearance a WHERE a.reading = v.reading) AS claims,
       (SELECT count(DISTINCT m.conflict) FROM member m JOIN queue q USING (conflict)
        WHERE m.version = v.id AND q.box = 'waiting' AND q.severity >= @shown) AS conflicts
FROM document d
JOIN version v ON v.document = d.id AND v.current
JOIN reading r ON r.id = v.reading
WHERE d.source = @id
ORDER BY d.published DESC NULLS LAST, d.id DESC
LIMIT @papers`

	selectContested = `
SELECT conflict FROM queue WHERE @id::bigint = ANY(sources) AND ` + contested + ` ORDER BY severity DESC, conflict DESC LIMIT @conflicts`

	// Of its newest documents.
	selectSaid = `
SELECT` + selectClaimColumns + `, seen.first_seen, seen.last_seen
FROM (SELECT DISTINCT ON (a.claim) a.claim, newest.n, a.start_byte
      FROM (SELECT v.reading, row_number() OVER (ORDER BY d.published DESC NULLS LAST, d.id DESC) AS n
            FROM document d JOIN version v ON v.document = d.id AND v.current
            WHERE d.source = @id ORDER BY n LIMIT @papers) AS newest
      JOIN appearance a ON a.reading = newest.reading
      ORDER BY a.claim, newest.n, a.start_byte) AS said
JOIN claim c ON c.id = said.claim
JOIN LATERAL (SELECT first_seen, last_seen FROM claim_seen WHERE claim_seen.claim = c.id) AS seen ON true
ORDER BY said.n, said.start_byte
LIMIT @said`
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
		ID                                     int64
		Name                                   string
		Muted                                  bool
		Documents, Claims, Alone, Contradicted int
	}
	rows, err := collectAnew[publisherRow](ctx, tx, "sources", selectPublishers, pgx.NamedArgs{"id": one, "shown": conflict.ShownFrom, "most": publishersShown})
	if err != nil {
		return nil, err
	}
	stood, fell, err := rulings(ctx, tx, one)
	if err != nil {
		return nil, err
	}
	lines := make([]desk.PublisherLine, len(rows))
	for i, r := range rows {
		lines[i] = desk.PublisherLine{ID: r.ID, Name: r.Name, Muted: r.Muted, Documents: r.Documents, Claims: r.Claims,
			Alone: r.Alone, Contradicted: r.Contradicted, For: stood[r.ID], Not: fell[r.ID]}
	}
	return lines, nil
}

// rulings counts, by source, the verdicts by which its position stands, and those by
// which another's does or none. Who takes several positions stands with one that does.
func rulings(ctx context.Context, tx pgx.Tx, one *int64) (stood, fell map[int64]int, err error) {
	type row struct {
		Conflict int64
		Kind     string
		Stands   string
		valueColumns
		Sources  []int64
		Polarity string
	}
	rows, err := collectAnew[row](ctx, tx, "verdicts on sources", selectRulings, pgx.NamedArgs{"id": one})
	if err != nil {
		return nil, nil, err
	}
	type part struct{ conflict, source int64 }
	stands := make(map[part]bool)
	for _, r := range rows {
		key := desk.AnswerKey(conflict.Kind(r.Kind), r.value(), claim.Polarity(r.Polarity))
		for _, source := range r.Sources {
			p := part{r.Conflict, source}
			stands[p] = stands[p] || key == standsKey(r.Stands)
		}
	}
	stood, fell = make(map[int64]int), make(map[int64]int)
	for p, yes := range stands {
		if yes {
			stood[p.source]++
		} else {
			fell[p.source]++
		}
	}
	return stood, fell, nil
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
