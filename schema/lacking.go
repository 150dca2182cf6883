package schema

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Lacking names the migrations that the database lacks, and changes nothing. The
// error is that of [Migrate] where another version of the program has shaped
// the database.
func Lacking(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	steps, err := allSteps()
	if err != nil {
		return nil, err
	}
	var begun bool
	if err := conn.QueryRow(ctx, `SELECT to_regclass('migration') IS NOT NULL`).Scan(&begun); err != nil {
		return nil, fmt.Errorf("look for the table of migrations: %w", err)
	}
	done := map[string]string{}
	if begun {
		if done, err = recorded(ctx, conn); err != nil {
			return nil, err
		}
	}
	if err := check(done, steps); err != nil {
		return nil, err
	}
	var lacking []string
	for _, m := range steps {
		if _, ok := done[m.name]; !ok {
			lacking = append(lacking, m.name)
		}
	}
	return lacking, nil
}
