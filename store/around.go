package store

import (
	"context"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
)

const (
	// Documents with one text are found together.
	selectReaders = `
SELECT v.id
FROM version v
WHERE v.current
  AND v.reading IN (SELECT unnest(@readings::bigint[])
                    UNION
                    SELECT n.reading FROM version n WHERE n.current AND n.id = ANY(@versions))
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

// alike finds the versions most like some, and those themselves, as far as they are
// current, in order.
func alike(ctx context.Context, tx pgx.Tx, versions []int64, n nearby) ([]int64, error) {
	marks, err := marksOf(ctx, tx, versions)
	if err != nil {
		return nil, err
	}
	readings, err := n.to(ctx, tx, marks)
	if err != nil {
		return nil, err
	}
	return readersOf(ctx, tx, slices.Sorted(maps.Keys(readings)), versions)
}

// readersOf are the current versions that have some readings, or those of some versions,
// in order.
func readersOf(ctx context.Context, tx pgx.Tx, readings, versions []int64) ([]int64, error) {
	return numbers(ctx, tx, "who has these texts", selectReaders, pgx.NamedArgs{"readings": readings, "versions": versions})
}
