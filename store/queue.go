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

	countQueue = `SELECT count(*) FROM (SELECT` + filterQueue

	countQueueMost = `
  LIMIT @most::int + 1) AS matching`

	pageQueue = `SELECT q.conflict, q.severity` + filterQueue

	pageQueueFrom = `
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
	from := bookmark{fresh: now.Add(-desk.Fresh).Truncate(time.Microsecond), severity: 2} // before all: no severity is more than 1
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
		page = desk.Page{}
		if f.Source != "" {
			ids, err := numbers(ctx, tx, "source", selectSourceID, pgx.NamedArgs{"name": f.Source})
			if err != nil {
				return err
			}
			args["source"] = append(ids, 0)[0] // no source has this number
		}
		if page.Total, err = countUpTo(ctx, tx, f, args); err != nil {
			return err
		}
		page.More = page.Total > desk.CountMost
		page.Total = min(page.Total, desk.CountMost)
		ids, next, err := stretch(ctx, tx, f, args, from, size)
		if err != nil {
			return err
		}
		if page.Rows, err = rowsOf(ctx, tx, ids); err != nil {
			return err
		}
		for i := range page.Rows {
			page.Rows[i].New = !page.Rows[i].News.Before(from.fresh)
		}
		page.Next = next
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

// countUpTo counts what a filter lets through, up to one more than desk.CountMost.
func countUpTo(ctx context.Context, tx pgx.Tx, f desk.Filter, args pgx.NamedArgs) (n int, err error) {
	sql := searched(f, countQueue, countQueueMost)
	// Planned anew each time: what is best depends on what is asked for.
	if err := tx.QueryRow(ctx, sql, pgx.QueryExecModeExec, args).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the queue: %w", err)
	}
	return n, nil
}

// stretch is the conflicts of a page that begins behind a bookmark, in order, and where
// the next page begins.
func stretch(ctx context.Context, tx pgx.Tx, f desk.Filter, args pgx.NamedArgs, from bookmark, size int) (ids []int64, next string, err error) {
	type row struct {
		Conflict int64
		Severity float64
	}
	sql := searched(f, pageQueue, pageQueueFrom)
	since, until := args["since"], args["until"]
	defer func() { args["since"], args["until"] = since, until }()
	for ; len(ids) <= size && from.old <= 1; from = (bookmark{from.fresh, from.old + 1, 2, 0}) {
		args["since"], args["until"] = since, until
		bound, limit := "since", later
		if from.old == 1 {
			bound, limit = "until", earlier
		}
		args[bound] = limit(args[bound].(pgtype.Timestamptz), moment(from.fresh))
		args["after_severity"], args["after_conflict"], args["limit"] = from.severity, from.conflict, size+1-len(ids)
		rows, err := tx.Query(ctx, sql, pgx.QueryExecModeExec, args)
		if err != nil {
			return nil, "", fmt.Errorf("queue: %w", err)
		}
		found, err := pgx.CollectRows(rows, pgx.RowToStructByName[row])
		if err != nil {
			return nil, "", fmt.Errorf("queue: %w", err)
		}
		for _, r := range found {
			if len(ids) == size-1 {
				next = bookmark{from.fresh, from.old, r.Severity, r.Conflict}.String()
			}
			ids = append(ids, r.Conflict)
		}
	}
	if len(ids) <= size {
		return ids, "", nil
	}
	return ids[:size], next, nil
}

func later(a, b pgtype.Timestamptz) pgtype.Timestamptz {
	if a.InfinityModifier == pgtype.NegativeInfinity || a.Time.Before(b.Time) {
		return b
	}
	return a
}

func earlier(a, b pgtype.Timestamptz) pgtype.Timestamptz {
	if a.InfinityModifier == pgtype.Infinity || b.Time.Before(a.Time) {
		return b
	}
	return a
}
