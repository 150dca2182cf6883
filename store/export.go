package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/desk"
)

const selectTables = `
SELECT c.relname AS name, coalesce(obj_description(c.oid), '') AS means,
       array_agg(a.attname::text ORDER BY a.attnum) AS columns,
       array_agg(coalesce(col_description(c.oid, a.attnum), '') ORDER BY a.attnum) AS meanings,
       array_agg(format_type(a.atttypid, NULL) ORDER BY a.attnum) AS types
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'report'::regnamespace AND c.relkind = 'v'
GROUP BY c.oid, c.relname
ORDER BY c.relname`

// Tables are the tables that can be exported, by name.
func (s *Store) Tables(ctx context.Context) (tables []desk.Table, err error) {
	err = s.snapshot(ctx, func(tx pgx.Tx) error {
		tables, err = tablesIn(ctx, tx)
		return err
	})
	return tables, err
}

func tablesIn(ctx context.Context, tx pgx.Tx) ([]desk.Table, error) {
	type view struct {
		Name, Means              string
		Columns, Meanings, Types []string
	}
	views, err := collect[view](ctx, tx, "tables to export", selectTables, nil)
	if err != nil {
		return nil, err
	}
	tables := make([]desk.Table, len(views))
	for i, v := range views {
		tables[i] = desk.Table{Name: v.Name, Means: v.Means}
		for k, name := range v.Columns {
			tables[i].Columns = append(tables[i].Columns, desk.Column{Name: name, Means: v.Meanings[k], Type: exported(v.Types[k])})
		}
	}
	return tables, nil
}

// exported is what a type of the database is exported as.
func exported(as string) desk.Type {
	switch as {
	case "smallint", "integer", "bigint":
		return desk.Whole
	case "numeric", "real", "double precision":
		return desk.Exact
	case "boolean":
		return desk.Yes
	case "date":
		return desk.OnDay
	case "timestamp with time zone":
		return desk.AtTime
	}
	return desk.Words
}

// Export hands tables with all their rows to whoever takes them, in the order of the
// names given. Everything is of one moment, rows come in
// the order of their first columns, which are their keys, and are held one at a time
// however many they are. A name that is no table's is a [desk.Missing]. What broke in
// the middle is not begun again: part of it has been taken.
func (s *Store) Export(ctx context.Context, names []string, to desk.Taker) error {
	return pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		all, err := tablesIn(ctx, tx)
		if err != nil {
			return err
		}
		chosen, err := choose(all, names)
		if err != nil {
			return err
		}
		for _, t := range chosen {
			if err := exportTable(ctx, tx, t, to); err != nil {
				return fmt.Errorf("export %s: %w", t.Name, err)
			}
		}
		return nil
	})
}

func choose(all []desk.Table, names []string) ([]desk.Table, error) {
	byName := make(map[string]desk.Table, len(all))
	for _, t := range all {
		byName[t.Name] = t
	}
	var chosen []desk.Table
	for _, name := range names {
		t, ok := byName[name]
		if !ok {
			return nil, &desk.Missing{What: "table", Name: name}
		}
		chosen = append(chosen, t)
	}
	return chosen, nil
}

func exportTable(ctx context.Context, tx pgx.Tx, t desk.Table, to desk.Taker) error {
	if err := to.Table(t); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, selectTable(t))
	if err != nil {
		return err
	}
	defer rows.Close()
	// What the rows are read into, and what is handed on.
	cells, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i, c := range t.Columns {
		into[i] = intake(c.Type)
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i := range cells {
			cells[i] = taken(into[i])
		}
		if err := to.Row(cells); err != nil {
			return err
		}
	}
	return rows.Err()
}

// selectTable is the query for a table. Its names come from the database's own catalogue.
func selectTable(t desk.Table) string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = pgx.Identifier{c.Name}.Sanitize()
		switch c.Type {
		case desk.Whole:
			columns[i] += "::bigint"
		case desk.Exact, desk.Words:
			columns[i] += "::text"
		}
	}
	order := "1"
	if len(columns) > 1 {
		order = "1, 2"
	}
	return "SELECT " + strings.Join(columns, ", ") + " FROM " + pgx.Identifier{"report", t.Name}.Sanitize() + " ORDER BY " + order
}

// intake is a place to read a cell of some type into, and taken is what it then holds.
func intake(t desk.Type) any {
	switch t {
	case desk.Whole:
		return new(pgtype.Int8)
	case desk.Yes:
		return new(pgtype.Bool)
	case desk.OnDay:
		return new(pgtype.Date)
	case desk.AtTime:
		return new(pgtype.Timestamptz)
	}
	return new(pgtype.Text)
}

func taken(from any) any {
	switch c := from.(type) {
	case *pgtype.Int8:
		return cell(c.Valid, any(c.Int64))
	case *pgtype.Bool:
		return cell(c.Valid, any(c.Bool))
	case *pgtype.Date:
		return cell(c.Valid && c.InfinityModifier == pgtype.Finite, any(dayOf(*c)))
	case *pgtype.Timestamptz:
		return cell(c.Valid && c.InfinityModifier == pgtype.Finite, any(c.Time.UTC()))
	case *pgtype.Text:
		return cell(c.Valid, any(c.String))
	}
	return nil
}

// cell is what a cell holds, nil where it holds nothing.
func cell(valid bool, holds any) any {
	if !valid {
		return nil
	}
	return holds
}
