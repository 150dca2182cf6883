package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is what a database server says of itself, whatever tables there are.
type Server struct {
	Version  string    // "17.2"
	Encoding string    // of the database: "UTF8" is the one that holds every text
	Schema   string    // where tables are made; "" where nothing may be
	Clock    time.Time // what it takes the time to be
	Bytes    int64     // what the database takes on its disk

	ReadOnly bool // a standby, or told to refuse writes
	Shapes   bool // this user may make tables, and schemas beside them
}

// LateDelivery counts the digests that do not arrive by one way.
type LateDelivery struct {
	Way, State string // state is waiting or failed
	N          int
	Since      time.Time // when the oldest was made
	Reason     string    // why the last try failed; "" where there was none
}

const (
	selectServer = `
SELECT split_part(current_setting('server_version'), ' ', 1) AS version, current_setting('server_encoding') AS encoding,
       coalesce(current_schema(), '') AS schema, clock_timestamp() AS clock,
       pg_database_size(current_database()) AS bytes,
       pg_is_in_recovery() OR current_setting('transaction_read_only')::bool AS read_only,
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
         AND (to_regnamespace('river') IS NOT NULL OR has_database_privilege(current_database(), 'CREATE')) AS shapes`

	// Both schemas that a run writes to.
	selectClosedTables = `
SELECT c.oid::regclass::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname IN (current_schema(), 'river')
  AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
           AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE'))
ORDER BY 1`

	// One that failed for good is told of for a week; then it is history.
	selectLateDeliveries = `
SELECT d.way, d.state, count(*)::int AS n, min(g.made) AS since, coalesce((array_agg(d.reason ORDER BY d.tried DESC NULLS LAST))[1], '') AS reason
FROM delivery d JOIN digest g USING (run)
WHERE d.state = 'waiting' AND g.made < now() - @patience::interval
   OR d.state = 'failed' AND g.made > now() - interval '7 days'
GROUP BY d.way, d.state
ORDER BY d.way, d.state`
)

// Server asks the database server about itself.
func (s *Store) Server(ctx context.Context) (Server, error) {
	found, err := collect[Server](ctx, s.pool, "server", selectServer, nil)
	if err != nil {
		return Server{}, err
	}
	return found[0], nil
}

// ClosedTables names the tables that this user may not both read and write.
func (s *Store) ClosedTables(ctx context.Context) ([]string, error) {
	rows, err := s.pool.Query(ctx, selectClosedTables)
	if err != nil {
		return nil, fmt.Errorf("rights: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("rights: %w", err)
	}
	return names, nil
}

// LateDeliveries counts, way by way, the digests that have waited for longer than
// patience, and those that have been given up.
func (s *Store) LateDeliveries(ctx context.Context, patience time.Duration) ([]LateDelivery, error) {
	return collect[LateDelivery](ctx, s.pool, "late deliveries", selectLateDeliveries, pgx.NamedArgs{"patience": patience})
}
