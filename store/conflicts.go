package store

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// ConflictFilter chooses conflicts. An empty field lets all through.
type ConflictFilter struct {
	Kind     conflict.Kind
	Statuses []conflict.Status
	Severity float64  // this and more
	Text     string   // words in the question, the reason or a quoted sentence, in any case
	Closed   bool     // those too that comparing no longer finds
	IDs      []string // only these; nil for all
	Limit    int      // at most so many; 0 for all
	Places   int      // of each answer at most so many appearances; 0 for all
}

const filterConflicts = `
FROM conflict c
WHERE (@kind = '' OR kind = @kind)
  AND (@ids::bigint[] IS NULL OR id = ANY(@ids))
  AND (cardinality(@statuses::text[]) = 0 OR status = ANY(@statuses))
  AND severity >= @severity
  AND (@closed OR closed IS NULL)
  AND (@text = '' OR strpos(lower(question), lower(@text)) > 0 OR strpos(lower(reason), lower(@text)) > 0
       OR EXISTS (SELECT
                  FROM member m
                  JOIN appearance a ON a.id = m.appearance
                  JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
                  WHERE m.conflict = c.id AND strpos(lower(st.text), lower(@text)) > 0))`

// args is the filter as the database takes it.
func (f ConflictFilter) args() (pgx.NamedArgs, error) {
	args := pgx.NamedArgs{"kind": string(f.Kind), "statuses": texts(f.Statuses), "severity": f.Severity,
		"text": f.Text, "closed": f.Closed, "limit": nil, "ids": nil}
	if f.Limit > 0 {
		args["limit"] = f.Limit
	}
	if f.IDs != nil {
		ids := make([]int64, len(f.IDs))
		for i, id := range f.IDs {
			var err error
			if ids[i], err = strconv.ParseInt(id, 10, 64); err != nil {
				return nil, fmt.Errorf("conflict %q: its number is no number", id)
			}
		}
		args["ids"] = ids
	}
	return args, nil
}

// CountConflicts counts the conflicts that a filter lets through, whatever its limits.
func (s *Store) CountConflicts(ctx context.Context, f ConflictFilter) (int, error) {
	args, err := f.args()
	if err != nil {
		return 0, err
	}
	var n []int64
	err = again(ctx, func() (err error) {
		n, err = numbers(ctx, s.pool, "conflicts", "SELECT count(*)"+filterConflicts, args)
		return err
	})
	if err != nil {
		return 0, err
	}
	return int(n[0]), nil // an aggregate has one row
}

const (
	selectConflicts = `
SELECT id, kind, status, severity, question, reason, rungs, origins, origin_reasons, speaks_for, speaks_against` + filterConflicts + `
ORDER BY severity DESC, id
LIMIT @limit`

	selectPositions = `
SELECT conflict, n, number, low, high, low_open, high_open, unit, per, approximate, bound, change,
       date_from, date_to, name, name_type, origins
FROM position
WHERE conflict = ANY(@conflicts)
ORDER BY conflict, n`

	selectMembers = `
WITH ranked AS (
    SELECT *, row_number() OVER answer AS place, count(*) OVER (PARTITION BY conflict, position) AS places
    FROM member
    WHERE conflict = ANY(@conflicts)
    WINDOW answer AS (PARTITION BY conflict, position ORDER BY n)
)
SELECT m.conflict, coalesce(m.position, -1) AS position, m.places, d.given AS document, v.sha256,` +
		selectPlaceColumns + `, ` + selectClaimColumns + `
FROM ranked m
JOIN version v ON v.id = m.version
JOIN document d ON d.id = v.document
JOIN appearance a ON a.id = m.appearance
JOIN sentence st ON st.reading = a.reading AND st.n = a.sentence
JOIN claim c ON c.id = a.claim
WHERE @most = 0 OR m.place <= @most
ORDER BY m.conflict, m.n`
)

// Conflicts finds conflicts, most severe first, with their positions and all
// who take them. Documents go by the path or URL as last given.
func (s *Store) Conflicts(ctx context.Context, f ConflictFilter) ([]conflict.Conflict, error) {
	return conflictsIn(ctx, f, func(do func(pgx.Tx) error) error { return s.snapshot(ctx, do) })
}

// ConflictsIn is [Store.Conflicts] as a transaction sees them.
func ConflictsIn(ctx context.Context, tx pgx.Tx, f ConflictFilter) ([]conflict.Conflict, error) {
	return conflictsIn(ctx, f, func(do func(pgx.Tx) error) error { return do(tx) })
}

func conflictsIn(ctx context.Context, f ConflictFilter, read func(func(pgx.Tx) error) error) ([]conflict.Conflict, error) {
	type conflictRow struct {
		ID       int64
		Kind     string
		Status   string
		Severity float64
		Question string
		Reason   string
		Rungs    []string
		Origins  int

		OriginReasons, SpeaksFor, SpeaksAgainst []string
	}
	type positionRow struct {
		Conflict int64
		N        int
		valueColumns
		Origins int
	}
	type placeRow struct {
		Conflict int64
		Position int
		Places   int
		Document string
		SHA256   []byte
		placeColumns
		claimColumns
	}
	args, err := f.args()
	if err != nil {
		return nil, err
	}
	var conflicts []conflict.Conflict
	load := func(tx pgx.Tx) error {
		conflicts = nil
		rows, err := collect[conflictRow](ctx, tx, "conflicts", selectConflicts, args)
		if err != nil {
			return err
		}
		ids := make([]int64, 0, len(rows))
		at := make(map[int64]int, len(rows))
		for i, r := range rows {
			ids = append(ids, r.ID)
			at[r.ID] = i
			conflicts = append(conflicts, conflict.Conflict{
				ID: strconv.FormatInt(r.ID, 10), Kind: conflict.Kind(r.Kind), Status: conflict.Status(r.Status),
				Severity: r.Severity, Question: r.Question, Reason: r.Reason, Rungs: r.Rungs, Origins: r.Origins,
				OriginReasons: orNil(r.OriginReasons), For: orNil(r.SpeaksFor), Against: orNil(r.SpeaksAgainst),
			})
		}
		positions, err := collect[positionRow](ctx, tx, "positions", selectPositions, pgx.NamedArgs{"conflicts": ids})
		if err != nil {
			return err
		}
		type answer struct {
			conflict int64
			n        int
		}
		nth := make(map[answer]int, len(positions))
		for _, p := range positions {
			c := &conflicts[at[p.Conflict]]
			nth[answer{p.Conflict, p.N}] = len(c.Positions)
			c.Positions = append(c.Positions, conflict.Position{Value: p.value(), Origins: p.Origins})
		}
		members, err := collect[placeRow](ctx, tx, "members", selectMembers, pgx.NamedArgs{"conflicts": ids, "most": f.Places})
		if err != nil {
			return err
		}
		for _, m := range members {
			c := &conflicts[at[m.Conflict]]
			a := m.toAppearance(m.Document, m.SHA256, m.toClaim(m.Entities))
			if m.Position < 0 {
				c.Compatible = append(c.Compatible, a)
				continue
			}
			p := &c.Positions[nth[answer{m.Conflict, m.Position}]]
			p.Appearances = append(p.Appearances, a)
			p.More = m.Places - len(p.Appearances)
		}
		return nil
	}
	if err := read(load); err != nil {
		return nil, err
	}
	return conflicts, nil
}

// orNil gives back a list as comparing gave it: none is nil.
func orNil(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}

// texts is statuses as the database takes them, never nil.
func texts(statuses []conflict.Status) []string {
	out := make([]string, 0, len(statuses))
	for _, s := range statuses {
		out = append(out, string(s))
	}
	return out
}

const selectDocuments = `
SELECT DISTINCT ON (d.given) d.given AS path, s.name AS source, d.title, r.text
FROM document d
JOIN source s ON s.id = d.source
JOIN version v ON v.document = d.id AND v.current
JOIN reading r ON r.id = v.reading
WHERE d.given = ANY(@given) AND r.text IS NOT NULL
ORDER BY d.given, d.id`

// DocumentsOf finds the current texts of the documents that claims stand in, by
// the documents' names, so that a report can say who published each and on
// which line a quote stands.
func (s *Store) DocumentsOf(ctx context.Context, appearances []claim.Appearance) (map[string]conflict.Document, error) {
	type row struct{ Path, Source, Title, Text string }
	var given []string
	for _, a := range appearances {
		given = append(given, a.Document)
	}
	rows, err := collect[row](ctx, s.pool, "documents", selectDocuments, pgx.NamedArgs{"given": sorted(given)})
	if err != nil {
		return nil, err
	}
	docs := make(map[string]conflict.Document, len(rows))
	for _, r := range rows {
		docs[r.Path] = conflict.Document{Path: r.Path, Source: r.Source, Title: r.Title, Text: r.Text}
	}
	return docs, nil
}
