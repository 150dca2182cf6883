package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// The bounds of a page of the queue, in rows, and of what is searched for, in bytes.
const (
	usualPage = 50
	mostPage  = 500
	mostWords = 1000
)

const (
	filterQueue = `
FROM queue q
WHERE (@box::text = '' OR q.box = @box)
  AND (@kind::text = '' OR q.kind = @kind)
  AND (@status::text = '' OR q.status = @status)
  AND (@verdict::text = '' OR q.verdict = @verdict)
  AND (@source::bigint IS NULL OR @source = ANY(q.sources))
  AND (@schedule::text = '' OR @schedule = ANY(q.schedules))
  AND (@assignee::text IS NULL OR q.assignee = @assignee)
  AND (@due::date IS NULL OR q.due < @due)
  AND q.severity >= @severity::float8
  AND q.news >= @since::timestamptz AND q.news < @until::timestamptz`

	// Apart from the others, so that the planner may begin with it or end with it:
	// one word is in half of all conflicts, another in one.
	filterQueueWords = `
  AND EXISTS (SELECT FROM queue_words w WHERE w.conflict = q.conflict AND w.words @@ websearch_to_tsquery('english', @text::text))`

	// One look at the table finds how many match and, where they are no more than
	// are counted, the page among them.
	sparse = `
WITH matching AS MATERIALIZED (
    SELECT q.conflict, q.severity, q.news >= @fresh::timestamptz AS fresh` + filterQueue

	sparsePage = `
    LIMIT @most::int + 1
), page AS (
    SELECT conflict, severity, fresh
    FROM matching
    WHERE (fresh, severity, conflict) < (NOT @after_old::bool, @after_severity::float8, @after_conflict::bigint)
    ORDER BY fresh DESC, severity DESC, conflict DESC
    LIMIT @limit::int
)
SELECT t.total, coalesce(p.conflict, 0) AS conflict, coalesce(p.severity, 0) AS severity, coalesce(p.fresh, false) AS fresh
FROM (SELECT count(*)::int AS total FROM matching) AS t
LEFT JOIN page p ON true
ORDER BY fresh DESC, severity DESC, conflict DESC`

	// Of more, a page is a short walk along an index, among what is new or what is not.
	dense = `
SELECT 0 AS total, q.conflict, q.severity, @fresh_only::bool AS fresh` + filterQueue

	densePage = `
  AND (NOT @fresh_only OR q.news >= @fresh) AND (@fresh_only OR q.news < @fresh)
  AND (q.severity, q.conflict) < (@after_severity::float8, @after_conflict::bigint)
ORDER BY q.severity DESC, q.conflict DESC
LIMIT @limit::int`

	selectSourceID = `SELECT id FROM source WHERE name = @name`
)

// Queue is a page of the conflicts that a filter lets through: those that are new or
// were opened again within [desk.Fresh] of now, then the others, each the most severe
// first. What the filter holds that there cannot be is a [desk.Refused].
func (s *Store) Queue(ctx context.Context, f desk.Filter, now time.Time) (desk.Page, error) {
	args, err := queueArgs(f, now)
	if err != nil {
		return desk.Page{}, err
	}
	from := severest
	from.fresh = now.Add(-desk.Fresh).Truncate(time.Microsecond)
	if f.After != "" {
		if from, err = readBookmark(f.After); err != nil {
			return desk.Page{}, err
		}
	}
	size := f.Size
	if size <= 0 {
		size = usualPage
	}
	size = min(size, mostPage)

	var page desk.Page
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		page = desk.Page{Rows: []desk.Row{}}
		if f.Source != "" {
			ids, err := numbers(ctx, tx, "source", selectSourceID, pgx.NamedArgs{"name": f.Source})
			if err != nil || len(ids) == 0 {
				return err
			}
			args["source"] = ids[0]
		}
		found, total, err := matching(ctx, tx, f, args, from, size+1)
		if err != nil {
			return err
		}
		page.Total, page.More = min(total, desk.CountMost), total > desk.CountMost
		if len(found) > size {
			last := found[size-1]
			found = found[:size]
			page.Next = bookmark{from.fresh, !last.Fresh, last.Severity, last.Conflict}.String()
		}
		ids := make([]int64, len(found))
		for i, r := range found {
			ids[i] = r.Conflict
		}
		if page.Rows, err = rowsOf(ctx, tx, ids); err != nil {
			return err
		}
		for i := range page.Rows {
			page.Rows[i].New = !page.Rows[i].News.Before(from.fresh)
		}
		return nil
	})
	return page, err
}

// queueArgs is a filter as the database takes it, but for its source.
func queueArgs(f desk.Filter, now time.Time) (pgx.NamedArgs, error) {
	if f.Box == "" {
		f.Box = desk.Waiting
	}
	if !slices.Contains(desk.Boxes, f.Box) {
		return nil, &desk.Refused{Why: fmt.Sprintf("the queue has no part %q", f.Box)}
	}
	if len(f.Text) > mostWords {
		return nil, &desk.Refused{Why: "what is searched for is too long: give a few words"}
	}
	if f.Box == desk.Everything {
		f.Box = ""
	}
	if f.Severity == 0 {
		f.Severity = conflict.ShownFrom
	}
	args := pgx.NamedArgs{
		"box": string(f.Box), "kind": string(f.Kind), "status": string(f.Status), "verdict": string(f.Verdict), "source": nil,
		"schedule": clean(f.Schedule), "assignee": nil, "due": nil, "severity": f.Severity, "text": clean(f.Text), "most": desk.CountMost,
		"since": pgtype.Timestamptz{InfinityModifier: pgtype.NegativeInfinity, Valid: true},
		"until": pgtype.Timestamptz{InfinityModifier: pgtype.Infinity, Valid: true},
	}
	switch f.Assignee {
	case "":
	case "-":
		args["assignee"] = ""
	default:
		args["assignee"] = clean(f.Assignee)
	}
	if f.Overdue {
		args["due"] = now.UTC().Format(time.DateOnly)
	}
	if f.Since != 0 {
		args["since"] = moment(f.Since.Time())
	}
	if f.Until != 0 {
		args["until"] = moment(f.Until.Time().AddDate(0, 0, 1))
	}
	return args, nil
}

// searched is a query with the filter by words, where the filter has words.
func searched(f desk.Filter, query, rest string) string {
	if strings.TrimSpace(f.Text) == "" {
		return query + rest
	}
	return query + filterQueueWords + rest
}

// matchingRow is a conflict that a filter lets through, and what puts it in order;
// in every row how many there are, counted up to one more than desk.CountMost.
type matchingRow struct {
	Total    int
	Conflict int64 // 0 for none
	Severity float64
	Fresh    bool
}

// matching finds the conflicts of a page, which stand behind a bookmark, and how many
// conflicts there are on all pages.
func matching(ctx context.Context, tx pgx.Tx, f desk.Filter, args pgx.NamedArgs, from bookmark, limit int) (rows []matchingRow, total int, err error) {
	args["fresh"], args["limit"] = from.fresh, limit
	args["after_old"], args["after_severity"], args["after_conflict"] = from.old, from.severity, from.conflict
	rows, err = collectAnew[matchingRow](ctx, tx, "queue", searched(f, sparse, sparsePage), args)
	if err != nil {
		return nil, 0, err
	}
	total = rows[0].Total // there is one at least
	if rows[0].Conflict == 0 {
		rows = nil
	}
	if total <= desk.CountMost {
		return rows, total, nil
	}
	rows = nil
	for _, fresh := range []bool{true, false} {
		if fresh && from.old || len(rows) == limit {
			continue
		}
		if !fresh && !from.old {
			args["after_severity"], args["after_conflict"] = severest.severity, severest.conflict
		}
		args["fresh_only"], args["limit"] = fresh, limit-len(rows)
		part, err := collectAnew[matchingRow](ctx, tx, "queue", searched(f, dense, densePage), args)
		if err != nil {
			return nil, 0, err
		}
		rows = append(rows, part...)
	}
	return rows, total, nil
}
