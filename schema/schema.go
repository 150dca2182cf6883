// Package schema brings a database to the shape that this program needs.
//
// In goes a connection; out come tables. The shape is a row of numbered SQL
// files, each applied once and in a transaction of its own, and behind them the
// steps of the queue of jobs, under a lock that makes several programs that start
// together wait for each other.
package schema

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed migrations/*.sql
var files embed.FS

// migration is one numbered file.
type migration struct {
	name     string // "0001_documents"
	checksum string // SHA-256 of its text, in hex
	sql      string
	river    int // the version of River's tables that this step brings, instead of sql
}

// lock is the key of the advisory lock, "crosscheck" read as a number.
const lock = 0x63726f7373636b

const (
	createLedger = `
CREATE TABLE IF NOT EXISTS migration (
    name     text PRIMARY KEY,
    checksum text NOT NULL,
    applied  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE migration IS 'The steps by which this database came to its shape.';
COMMENT ON COLUMN migration.name IS 'The step: its number and what it is about.';
COMMENT ON COLUMN migration.checksum IS 'SHA-256 of the SQL that was run.';
COMMENT ON COLUMN migration.applied IS 'When it was run.';`

	readLedger = `SELECT name, checksum FROM migration ORDER BY name`

	writeLedger = `INSERT INTO migration (name, checksum) VALUES (@name, @checksum)`
)

// Fingerprint names the shape that this program needs: a SHA-256 over all
// migrations, in hex.
func Fingerprint() (string, error) {
	steps, err := allSteps()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, m := range steps {
		fmt.Fprintln(sum, m.name, m.checksum)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Migrate applies the migrations that the database lacks, and names them. It
// refuses a database in which an applied migration reads otherwise than here,
// or which holds one that this program does not know: both mean that another
// version of the program has shaped it.
func Migrate(ctx context.Context, conn *pgx.Conn) (applied []string, err error) {
	steps, err := allSteps()
	if err != nil {
		return nil, err
	}
	return migrate(ctx, conn, steps)
}

func migrate(ctx context.Context, conn *pgx.Conn, steps []migration) (applied []string, err error) {
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, lock); err != nil {
		return nil, fmt.Errorf("migrate: waiting for the lock: %w", err)
	}
	defer func() {
		// A context that is done must not leave the lock with a pooled connection.
		_, unlockErr := conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, lock)
		if err == nil && unlockErr != nil {
			err = fmt.Errorf("migrate: giving back the lock: %w", unlockErr)
		}
	}()

	done, err := ledger(ctx, conn)
	if err != nil {
		return nil, err
	}
	if err := check(done, steps); err != nil {
		return nil, err
	}
	for _, m := range steps {
		if _, ok := done[m.name]; ok {
			continue
		}
		if err := apply(ctx, conn, m); err != nil {
			return applied, err
		}
		applied = append(applied, m.name)
	}
	if len(applied) > 0 {
		return applied, AdmitReaders(ctx, conn)
	}
	return applied, nil
}

// ledger returns the checksums of the applied migrations by name.
func ledger(ctx context.Context, conn *pgx.Conn) (map[string]string, error) {
	if _, err := conn.Exec(ctx, createLedger); err != nil {
		return nil, fmt.Errorf("migrate: creating the table of migrations: %w", err)
	}
	return recorded(ctx, conn)
}

// recorded reads the table of migrations, which is there.
func recorded(ctx context.Context, conn *pgx.Conn) (map[string]string, error) {
	rows, err := conn.Query(ctx, readLedger)
	if err != nil {
		return nil, fmt.Errorf("migrate: reading the table of migrations: %w", err)
	}
	done := make(map[string]string)
	var name, checksum string
	_, err = pgx.ForEachRow(rows, []any{&name, &checksum}, func() error {
		done[name] = checksum
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("migrate: reading the table of migrations: %w", err)
	}
	return done, nil
}

// check compares what was applied with what this program would have applied.
func check(done map[string]string, steps []migration) error {
	known := make(map[string]bool, len(steps))
	for _, m := range steps {
		known[m.name] = true
		if sum, ok := done[m.name]; ok && sum != m.checksum {
			return fmt.Errorf("migration %s was applied to this database in another wording: "+
				"use the version of crosscheck that made it, or a new database", m.name)
		}
	}
	for name := range done {
		if !known[name] {
			return fmt.Errorf("the database is newer than this program: it holds migration %s; "+
				"use a newer version of crosscheck", name)
		}
	}
	return nil
}

func apply(ctx context.Context, conn *pgx.Conn, m migration) error {
	if m.river > 0 {
		if err := applyRiver(ctx, conn, m.river); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, m.sql); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, writeLedger, pgx.NamedArgs{"name": m.name, "checksum": m.checksum})
		return err
	})
	if err != nil {
		return fmt.Errorf("migration %s: %w", m.name, err)
	}
	return nil
}

// allSteps is our own migrations, then those of the queue of jobs.
func allSteps() ([]migration, error) {
	own, err := migrations(files)
	if err != nil {
		return nil, err
	}
	queue, err := riverSteps()
	return append(own, queue...), err
}

// migrations reads the numbered files in order. The numbers run from 1 without
// a gap, so that two branches that both add "the next one" are noticed.
func migrations(from fs.FS) ([]migration, error) {
	names, err := fs.Glob(from, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var steps []migration
	for i, name := range names { // Glob sorts
		base := strings.TrimSuffix(path.Base(name), ".sql")
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(base, want) {
			return nil, fmt.Errorf("migration %s: want its name to start with %s", name, want)
		}
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(text)
		steps = append(steps, migration{name: base, checksum: hex.EncodeToString(sum[:]), sql: string(text)})
	}
	return steps, nil
}
