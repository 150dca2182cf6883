package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// The filters of the queue offer so many sources, those that take part most often in
// so many of the most severe conflicts that wait.
const (
	sourcesOffered = 300
	severeWaiting  = 2000
)

const (
	countBoxes = `
SELECT box, n
FROM unnest(@boxes::text[]) AS of (box)
CROSS JOIN LATERAL (SELECT count(*)::int AS n FROM (SELECT FROM queue q WHERE q.box = of.box AND severity >= @shown LIMIT @most) AS counted) AS in_box`

	selectOfferedSources = `
SELECT s.name
FROM (SELECT unnest(sources) AS id, count(*) AS n
      FROM (SELECT sources FROM queue WHERE box = 'waiting' AND severity >= @shown
            ORDER BY severity DESC, conflict DESC LIMIT @severe) AS severe
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT @offered) AS busy
JOIN source s USING (id)
ORDER BY s.name`

	selectOfferedSchedules = `SELECT name FROM schedule ORDER BY name`

	selectAssignees = `
SELECT name FROM account WHERE disabled IS NULL AND role <> 'viewer'
UNION
SELECT assignee FROM review WHERE assignee <> ''
ORDER BY name`

	selectViews = `SELECT name, query FROM saved_view WHERE owner = @owner ORDER BY name`
)

// Choices is what the filters of the queue can be set to, and how many conflicts each
// of its boxes has, those severe enough to be shown.
func (s *Store) Choices(ctx context.Context) (desk.Choices, error) {
	type boxRow struct {
		Box string
		N   int
	}
	args := pgx.NamedArgs{"shown": conflict.ShownFrom, "boxes": desk.Boxes, "most": desk.CountMost, "severe": severeWaiting, "offered": sourcesOffered}
	var c desk.Choices
	err := s.snapshot(ctx, func(tx pgx.Tx) error {
		boxes, err := collect[boxRow](ctx, tx, "boxes of the queue", countBoxes, args)
		if err != nil {
			return err
		}
		all := 0
		c.Boxes = make(map[desk.Box]int, len(desk.Boxes))
		for _, b := range boxes {
			c.Boxes[desk.Box(b.Box)] = b.N
			all += b.N
		}
		c.Boxes[desk.Everything] = min(all, desk.CountMost)
		for _, list := range []struct {
			what, sql string
			into      *[]string
		}{
			{"sources", selectOfferedSources, &c.Sources},
			{"schedules", selectOfferedSchedules, &c.Schedules},
			{"assignees", selectAssignees, &c.Assignees},
		} {
			if *list.into, err = names(ctx, tx, list.what, list.sql, args); err != nil {
				return err
			}
		}
		return nil
	})
	return c, err
}

// Views is the filters that somebody gave a name, by their names.
func (s *Store) Views(ctx context.Context, owner string) (views []desk.View, err error) {
	err = again(ctx, func() error {
		views, err = collect[desk.View](ctx, s.pool, "views", selectViews, pgx.NamedArgs{"owner": owner})
		return err
	})
	return views, err
}
