package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

const (
	upsertView = `
INSERT INTO saved_view (owner, name, query) VALUES (@owner, @name, @query)
ON CONFLICT (owner, name) DO UPDATE SET query = excluded.query`

	deleteView = `DELETE FROM saved_view WHERE owner = @owner AND name = @name`

	// Each page offers all of them.
	countViews = `SELECT count(*) FROM saved_view WHERE owner = @owner AND name <> @name`
)

// Bounds of saved views.
const (
	mostViews     = 100  // to a person
	mostViewName  = 200  // bytes
	mostViewQuery = 4000 // bytes
)

// SaveView keeps a filter under a name, in place of one of that name.
func (s *Store) SaveView(ctx context.Context, owner string, v desk.View) error {
	called, err := desk.CheckedName("name of the view", v.Name)
	if err != nil {
		return err
	}
	if len(called) > mostViewName {
		return refused("the name of a view may have %d bytes", mostViewName)
	}
	if len(v.Query) > mostViewQuery {
		return refused("the filter is too long to be kept")
	}
	args := pgx.NamedArgs{"owner": owner, "name": called, "query": clean(v.Query)}
	return s.Within(ctx, func(tx pgx.Tx) error {
		others, err := numbers(ctx, tx, "views", countViews, args)
		if err != nil {
			return err
		}
		if others[0] >= mostViews { // an aggregate has one row
			return refused("there are %d views already: drop one first", mostViews)
		}
		if _, err := tx.Exec(ctx, upsertView, args); err != nil {
			return fmt.Errorf("keep view %s: %w", called, err)
		}
		return nil
	})
}

// DropView forgets a view.
func (s *Store) DropView(ctx context.Context, owner, view string) error {
	tag, err := s.pool.Exec(ctx, deleteView, pgx.NamedArgs{"owner": owner, "name": view})
	if err != nil {
		return fmt.Errorf("forget view %s: %w", view, err)
	}
	if tag.RowsAffected() == 0 {
		return &desk.Missing{What: "view", Name: view}
	}
	return nil
}
