package schema

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Reader is the role that reads the views of schema report, and nothing else.
// It cannot log in: people get names of their own that are members of it.
const Reader = "crosscheck_reader"

// Readers is whether those who are members of [Reader] can read the views.
type Readers struct {
	Role      bool     // the role is there
	Closed    int      // views that it may not read
	Beyond    []string // tables of crosscheck that it may read, or anything of it that it may write
	Temporary bool     // everybody may make temporary tables in this database
}

// Right reports whether the role reads the views, and nothing else.
func (r Readers) Right() bool { return r.Role && r.Closed == 0 && len(r.Beyond) == 0 && !r.Temporary }

const (
	// A role is of the whole server: another database may have made it, or be making
	// it right now, and who owns a database may not be allowed to. Rights on a
	// database are not in its dump, and neither they nor a role are in a copy of its
	// tables, so all of this is no migration but is done whenever one was. Who stores
	// needs temporary tables, and keeps them.
	admitReaders = `
DO $$
DECLARE
    keeper text;
BEGIN
    IF to_regrole('` + Reader + `') IS NULL THEN
        BEGIN
            CREATE ROLE ` + Reader + ` NOLOGIN;
            COMMENT ON ROLE ` + Reader + ` IS 'Reads the views of schema report in databases of crosscheck. Not to log in with: for membership.';
        EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF to_regrole('` + Reader + `') IS NOT NULL
       AND pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = 'report'), 'USAGE') THEN
        GRANT USAGE ON SCHEMA report TO ` + Reader + `;
        GRANT SELECT ON ALL TABLES IN SCHEMA report TO ` + Reader + `;
    END IF;
    IF EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE'))
       AND has_database_privilege('public', current_database(), 'TEMPORARY') THEN
        FOR keeper IN
            SELECT DISTINCT grantee::regrole::text
            FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = to_regclass('claim') AND privilege_type = 'INSERT' AND grantee <> 0
        LOOP
            EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO %s', current_database(), keeper);
        END LOOP;
        EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    END IF;
END $$`

	selectReaders = `
SELECT to_regrole('` + Reader + `') IS NOT NULL AS role, has_database_privilege('public', current_database(), 'TEMPORARY') AS temporary`

	// What extensions bring, and what others keep in the same database, is not ours to judge.
	selectRights = `
SELECT count(*) FILTER (WHERE n.nspname = 'report' AND NOT (has_schema_privilege('` + Reader + `', n.oid, 'USAGE') AND has_table_privilege('` + Reader + `', c.oid, 'SELECT')))::int AS closed,
       coalesce(array_agg(c.oid::regclass::text ORDER BY c.oid::regclass::text) FILTER (
           WHERE has_table_privilege('` + Reader + `', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
              OR n.nspname <> 'report' AND has_any_column_privilege('` + Reader + `', c.oid, 'SELECT')), '{}') AS beyond
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relowner = (SELECT nspowner FROM pg_namespace WHERE nspname = 'report')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`
)

// AdmitReaders makes the role [Reader] where it is missing, gives it the views,
// and takes from everybody the right to make temporary tables, as far as this user
// may do each. What it may not do, it leaves: [ReadersOf] tells.
func AdmitReaders(ctx context.Context, conn *pgx.Conn) error {
	if _, err := conn.Exec(ctx, admitReaders); err != nil {
		return fmt.Errorf("give the views to %s: %w", Reader, err)
	}
	return nil
}

// ReadersOf looks what the role [Reader] may read, and changes nothing.
func ReadersOf(ctx context.Context, conn *pgx.Conn) (r Readers, err error) {
	if err := conn.QueryRow(ctx, selectReaders).Scan(&r.Role, &r.Temporary); err != nil {
		return r, fmt.Errorf("look for %s: %w", Reader, err)
	}
	if !r.Role {
		return r, nil
	}
	if err := conn.QueryRow(ctx, selectRights).Scan(&r.Closed, &r.Beyond); err != nil {
		return r, fmt.Errorf("rights of %s: %w", Reader, err)
	}
	return r, nil
}
