// Package store keeps what was read: archived bytes, versions, sentences,
// claims and where they appear, conflicts, and the ledger of runs.
//
// In go documents with their readings, and conflicts; out come claims and
// conflicts with their quotes. It is the only package with queries. Whoever
// writes opens the transaction with [Store.Within] and passes it on, so that
// what belongs together is stored together.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// minServer is the oldest PostgreSQL whose SQL is used here.
const minServer = 15

// leastConns is how many connections may be open at once, unless the address
// says otherwise (pool_max_conns).
const leastConns = 12

// Store is a database with crosscheck's tables. It is safe for use by many
// goroutines.
type Store struct{ pool *pgxpool.Pool }

// Open connects to the database at url ("postgres://user@host/name") and makes
// sure that it answers and is new enough. It does not look at the tables:
// bring those up to date first.
func Open(ctx context.Context, url string) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	if !strings.Contains(url, "pool_max_conns") {
		// Opened only when needed: by the workers, and by the queue beside them.
		config.MaxConns = max(config.MaxConns, leastConns)
	}
	config.AfterConnect = planSimply
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	var version int
	err = pool.QueryRow(ctx, `SELECT current_setting('server_version_num')::int / 10000`).Scan(&version)
	if err != nil {
		pool.Close()
		return nil, unreached(err, config.ConnConfig)
	}
	if version < minServer {
		pool.Close()
		return nil, fmt.Errorf("the database server is PostgreSQL %d: crosscheck needs %d or newer", version, minServer)
	}
	return &Store{pool}, nil
}

// planSimply keeps the server from compiling queries before it runs them. It does so
// where it expects much work, as it does of tables that it has not looked at yet, and
// then takes a tenth of a second over a query that is done in one of a millisecond.
func planSimply(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, `SET jit = off`); err != nil {
		return fmt.Errorf("keep the server from compiling: %w", err)
	}
	return nil
}

// A plan that is made while a table holds little is kept when it holds much. Whoever
// asks for rows by their keys, again and again while tables grow, first has them found
// by their indexes, whatever else looks cheaper.
const (
	// Of some documents: what is joined to them is looked up for each.
	byKey = `SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`
	// Of a portion of what is stored, which indexes in memory answer.
	byIndex = `SELECT set_config('enable_seqscan', 'off', true), set_config('random_page_cost', '1', true)`
)

// findByIndex has the rest of a transaction find what it asks for by indexes.
func findByIndex(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, byIndex); err != nil {
		return fmt.Errorf("say how to find rows: %w", err)
	}
	return nil
}

// Pool is the connections, for the queue of jobs, which has queries of its own.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Ping makes sure that the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.pool.Ping(ctx) }

// Close ends all connections.
func (s *Store) Close() { s.pool.Close() }

// unreached says why a database could not be opened, and what to do.
func unreached(err error, c *pgx.ConnConfig) error {
	where := fmt.Sprintf("database %q at %s:%d", c.Database, c.Host, c.Port)
	if strings.HasPrefix(c.Host, "/") {
		where = fmt.Sprintf("database %q at socket %s", c.Database, c.Host)
	}
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		switch answer.Code {
		case "28P01", "28000": // invalid_password, invalid_authorization_specification
			return fmt.Errorf("%s lets nobody in as user %q: check user and password in the database address: %w", where, c.User, answer)
		case "3D000": // invalid_catalog_name
			return fmt.Errorf("%s does not exist: create it first (createdb %s): %w", where, c.Database, answer)
		case "57P03": // cannot_connect_now
			return fmt.Errorf("%s is starting or stopping: try again in a moment: %w", where, answer)
		case "53300": // too_many_connections
			return fmt.Errorf("%s has no connection left: close some, or raise max_connections: %w", where, answer)
		}
	}
	var dial *net.OpError
	if errors.As(err, &dial) {
		return fmt.Errorf("%s cannot be reached: is the server running, and the address right? %w", where, dial)
	}
	return fmt.Errorf("%s: %w", where, err)
}

// tries is how often work is done before its failure is believed, and
// pause how long is waited after the first; each later pause is four times as long.
const (
	tries = 4
	pause = 50 * time.Millisecond
)

// Within runs do in a transaction, which is committed unless do returns an
// error. Where the connection broke, or other transactions stood in the way,
// do is run again from its start on a fresh connection; so it must hold
// nothing that would then be counted twice.
func (s *Store) Within(ctx context.Context, do func(tx pgx.Tx) error) error {
	return s.within(ctx, pgx.TxOptions{}, do)
}

// snapshot runs do in a transaction that sees one state of the database and
// changes nothing.
func (s *Store) snapshot(ctx context.Context, do func(tx pgx.Tx) error) error {
	return s.within(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, do)
}

func (s *Store) within(ctx context.Context, o pgx.TxOptions, do func(tx pgx.Tx) error) error {
	return again(ctx, func() error { return pgx.BeginTxFunc(ctx, s.pool, o, do) })
}

// again runs do until it succeeds, fails for good, or has been tried enough.
func again(ctx context.Context, do func() error) error {
	wait := pause
	for try := 1; ; try++ {
		err := do()
		if err == nil || try == tries || ctx.Err() != nil || !passing(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
			wait *= 4
		}
	}
}

// passing reports whether the same work may well succeed at once: the
// connection is gone, or two transactions waited for each other.
func passing(err error) bool {
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		switch answer.Code {
		case "40001", "40P01": // serialization_failure, deadlock_detected
			return true
		case "23503": // foreign_key_violation: what was found a moment ago was withdrawn
			return true
		case "23505": // unique_violation: an older program, which does not know that claims are copied, stored the same
			return answer.ConstraintName == "claim_hash_key"
		}
		// Class 57P: somebody ended the connection or the server. Class 08: it broke.
		return strings.HasPrefix(answer.Code, "57P") || strings.HasPrefix(answer.Code, "08")
	}
	return disconnected(err)
}

func disconnected(err error) bool {
	var dial *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &dial) || errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "conn closed")
}

// Advice says what to do about an error that no other document will escape: a
// database that is gone, full, read-only or without tables. It returns "" for
// an error that is about the document in hand alone.
func Advice(err error) string {
	var answer *pgconn.PgError
	if !errors.As(err, &answer) {
		if disconnected(err) {
			return "the database is gone: start it"
		}
		return ""
	}
	switch {
	case answer.Code == "53100": // disk_full
		return "the database's disk is full: make room"
	case answer.Code == "42P01", answer.Code == "42703": // undefined_table, undefined_column
		return "the database lacks tables that this program needs: run crosscheck migrate"
	case answer.Code == "42501": // insufficient_privilege
		return "this database user may not do that: give it the right, or use another"
	case answer.Code == "25006": // read_only_sql_transaction
		return "the database is read-only: use one that can be written"
	}
	switch answer.Code[:min(2, len(answer.Code))] {
	case "08", "57":
		return "the database is gone: start it"
	case "53":
		return "the database server lacks memory or connections: give it more"
	case "58", "F0", "XX":
		return "the database server has trouble with its files: see its log"
	}
	return ""
}
