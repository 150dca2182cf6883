package schema

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// River is the schema in which the queue of jobs has its tables. They are
// River's own, and shaped by its own migrations.
const River = "river"

const createRiver = `
CREATE SCHEMA IF NOT EXISTS river;
COMMENT ON SCHEMA river IS 'The queue of jobs: tables of github.com/riverqueue/river.';`

// riverSteps is River's migrations as steps of ours, so that one table tells
// the shape of the whole database, and a database that has them all costs no
// question more.
func riverSteps() ([]migration, error) {
	m, err := rivermigrate.New(riverpgxv5.New(nil), riverConfig())
	if err != nil {
		return nil, fmt.Errorf("migrations of the queue: %w", err)
	}
	var steps []migration
	for _, v := range m.AllVersions() {
		sum := sha256.Sum256([]byte(v.SQLUp))
		steps = append(steps, migration{
			name: fmt.Sprintf("river_%04d", v.Version), checksum: hex.EncodeToString(sum[:]), river: v.Version,
		})
	}
	return steps, nil
}

// applyRiver applies one of River's migrations. It has connections of its own,
// because some of River's steps cannot share a transaction; others that
// migrate wait at the lock that conn holds.
func applyRiver(ctx context.Context, conn *pgx.Conn, version int) error {
	if _, err := conn.Exec(ctx, createRiver); err != nil {
		return err
	}
	config, err := pgxpool.ParseConfig(conn.Config().ConnString())
	if err != nil {
		return err
	}
	config.MaxConns = 1
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	m, err := rivermigrate.New(riverpgxv5.New(pool), riverConfig())
	if err != nil {
		return err
	}
	_, err = m.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: version})
	return err
}

// riverConfig says where the tables go. What is applied we tell ourselves.
func riverConfig() *rivermigrate.Config {
	return &rivermigrate.Config{Schema: River, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))}
}
