package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
)

const (
	// A landmark that many texts share leads to the neighbours in time alone, so
	// that no word makes everything a neighbour of everything. Two landmarks, or a
	// name, make an acquaintance; of those that share a twentieth of what a text's
	// landmarks tell, or a tenth where no name is among them, the nearest are kept:
	// two rare words stand together in many texts that have nothing else in common.
	// Asked is only by the most telling ones that others have as well, as many as
	// comparing goes by.
	selectNear = `
WITH fresh AS (
    SELECT DISTINCT v.reading
    FROM unnest(@fresh::bigint[]) AS new (id)
    JOIN version v USING (id)
    WHERE v.current
), marks AS (
    SELECT l.reading, l.published, l.term, l.name, t.texts
    FROM fresh
    JOIN landmark l USING (reading)
    JOIN term t ON t.key = l.term
), ` + selectNearest

	// A text that is not stored brings its landmarks along, and counts as one text
	// more. Where no day is known it is about today, behind all others.
	selectNearDraft = `
WITH fresh AS (
    SELECT NULL::bigint AS reading WHERE false
), marks AS (
    SELECT 9223372036854775807 AS reading, coalesce(@published::date, 'infinity') AS published, l.term, l.name, t.texts + 1 AS texts
    FROM unnest(@terms::bigint[], @names::boolean[]) AS l (term, name)
    JOIN term t ON t.key = l.term
), ` + selectNearest

	selectNearest = `told AS (
    SELECT *, power(ln(1 + (@texts + 9) / texts::float8), 2) * CASE WHEN name THEN 1 ELSE 0.16 END AS tells
    FROM marks
), asked AS MATERIALIZED (
    SELECT *
    FROM (SELECT *, row_number() OVER (PARTITION BY reading ORDER BY tells DESC, term) AS place FROM told WHERE texts > 1) AS shared
    WHERE place <= @landmarks
), met AS (
    SELECT asked.reading AS asked, near.reading AS near, sum(asked.tells) AS likeness, bool_or(asked.name AND near.name) AS named
    FROM asked
    CROSS JOIN LATERAL (
        (SELECT l.reading, l.name
         FROM landmark l
         WHERE l.term = asked.term AND (l.published, l.reading) < (asked.published, asked.reading)
         ORDER BY l.published DESC, l.reading DESC
         LIMIT @crowded)
        UNION ALL
        (SELECT l.reading, l.name
         FROM landmark l
         WHERE l.term = asked.term AND (l.published, l.reading) > (asked.published, asked.reading)
         ORDER BY l.published, l.reading
         LIMIT @crowded)
    ) AS near
    GROUP BY asked.reading, near.reading
    HAVING count(*) > 1 OR bool_or(asked.name AND near.name)
), ranked AS (
    SELECT near, likeness, named, row_number() OVER (PARTITION BY asked ORDER BY likeness DESC, near) AS place,
           all_told
    FROM met
    JOIN (SELECT reading AS asked, sum(tells) AS all_told FROM told GROUP BY reading) AS told USING (asked)
)
SELECT v.id
FROM (
    SELECT reading FROM fresh
    UNION
    SELECT near FROM ranked WHERE place <= @nearest AND likeness >= all_told * CASE WHEN named THEN 0.05 ELSE 0.1 END
) AS found
JOIN version v USING (reading)
WHERE v.current
ORDER BY v.id`

	// The conflicts that have a part in what is at hand are seen whole, but for
	// questions so large that they are only added to.
	selectCompany = `
SELECT DISTINCT v.id
FROM member m
JOIN version v ON v.id = m.version
WHERE v.current
  AND m.conflict IN (
    SELECT o.conflict
    FROM member o
    WHERE o.conflict IN (SELECT conflict FROM member WHERE version = ANY(@versions))
    GROUP BY o.conflict
    HAVING count(*) <= @large)
ORDER BY v.id`
)

// around finds versions that are new, as far as they stand, and those most like them.
func around(ctx context.Context, tx pgx.Tx, fresh []int64, texts int) ([]int64, error) {
	return nearest(ctx, tx, "the documents most like the new ones", selectNear, pgx.NamedArgs{
		"fresh": fresh, "texts": float64(texts), "crowded": conflict.Crowded,
	})
}

// nearest runs one of the queries for the versions that are most like some text.
func nearest(ctx context.Context, tx pgx.Tx, what, sql string, args pgx.NamedArgs) ([]int64, error) {
	// Left to itself the database reads all that share a landmark to sort out the
	// few that stand next to a text; the index has them in order.
	if _, err := tx.Exec(ctx, `SET LOCAL enable_bitmapscan = off`); err != nil {
		return nil, fmt.Errorf("prepare to look around: %w", err)
	}
	args["nearest"], args["landmarks"] = conflict.Nearest, conflict.MostLandmarks/2
	near, err := numbers(ctx, tx, what, sql, args)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `SET LOCAL enable_bitmapscan = on`); err != nil {
		return nil, fmt.Errorf("look around: %w", err)
	}
	return near, nil
}

// withCompany adds to versions that are near who is in conflict with them, or with others.
func withCompany(ctx context.Context, tx pgx.Tx, near, others []int64, large int) ([]int64, error) {
	company, err := numbers(ctx, tx, "who is in conflict with them", selectCompany, pgx.NamedArgs{"versions": slices.Concat(near, others), "large": large})
	if err != nil {
		return nil, err
	}
	all := slices.Concat(near, company)
	slices.Sort(all)
	return slices.Compact(all), nil
}
