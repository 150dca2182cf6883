package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"golang.org/x/text/unicode/norm"

	"crosscheck/desk"
)

const (
	selectAccounts = `SELECT name, role, made AS created, seen, disabled FROM account ORDER BY folded`

	anyAccount = `SELECT EXISTS (SELECT FROM account)`

	selectCredentials = `
SELECT name, password, epoch, disabled IS NOT NULL AS disabled
FROM account
WHERE folded = @folded`

	insertAccount = `
INSERT INTO account (name, folded, role, password, made)
VALUES (@name, @folded, @role, @password, @at)`

	// Whoever gives a new password, or takes an account out of use, ends its
	// sessions. Those that are being made or prolonged meanwhile are of an old epoch.
	updatePassword = `
WITH changed AS (
    UPDATE account SET password = @password, epoch = epoch + 1 WHERE folded = @folded RETURNING id
), ended AS (
    DELETE FROM session WHERE account IN (SELECT id FROM changed)
)
SELECT count(*) FROM changed`

	disableAccount = `
WITH changed AS (
    UPDATE account SET disabled = coalesce(disabled, @at), epoch = epoch + 1 WHERE folded = @folded RETURNING id
), ended AS (
    DELETE FROM session WHERE account IN (SELECT id FROM changed)
)
SELECT count(*) FROM changed`

	enableAccount = `
WITH changed AS (UPDATE account SET disabled = NULL WHERE folded = @folded RETURNING id)
SELECT count(*) FROM changed`

	updateRole = `
WITH changed AS (UPDATE account SET role = @role WHERE folded = @folded RETURNING id)
SELECT count(*) FROM changed`

	// The same password by dearer parameters: no session ends of it.
	rehashPassword = `UPDATE account SET password = @password WHERE folded = @folded AND password = @before`
)

// folded is the name of an account as it is looked up.
func folded(name string) string { return clean(desk.FoldName(name)) }

// Accounts are all of them, by name.
func (s *Store) Accounts(ctx context.Context) ([]desk.Account, error) {
	type row struct {
		Name     string
		Role     desk.Role
		Created  time.Time
		Seen     pgtype.Timestamptz
		Disabled pgtype.Timestamptz
	}
	rows, err := collect[row](ctx, s.pool, "accounts", selectAccounts, nil)
	if err != nil {
		return nil, err
	}
	accounts := make([]desk.Account, len(rows))
	for i, r := range rows {
		accounts[i] = desk.Account{Name: r.Name, Role: r.Role, Created: r.Created, LastSeen: r.Seen.Time, Disabled: r.Disabled.Time}
	}
	return accounts, nil
}

// HasAccounts reports whether anybody has an account, be it disabled.
func (s *Store) HasAccounts(ctx context.Context) (has bool, err error) {
	if err := s.pool.QueryRow(ctx, anyAccount).Scan(&has); err != nil {
		return false, fmt.Errorf("look for accounts: %w", err)
	}
	return has, nil
}

// Credentials are what a login to an account is held against; the zero value
// where there is none of that name.
func (s *Store) Credentials(ctx context.Context, name string) (desk.Credentials, error) {
	found, err := collect[desk.Credentials](ctx, s.pool, "account", selectCredentials, pgx.NamedArgs{"folded": folded(name)})
	if err != nil || len(found) == 0 {
		return desk.Credentials{}, err
	}
	return found[0], nil
}

// AddAccount makes an account with the hash of a password. The error is a
// *desk.Refused where the name is taken.
func (s *Store) AddAccount(ctx context.Context, at time.Time, name string, role desk.Role, password string) error {
	_, err := s.pool.Exec(ctx, insertAccount, pgx.NamedArgs{
		"name": clean(norm.NFC.String(strings.TrimSpace(name))), "folded": folded(name), "role": role, "password": password, "at": at,
	})
	var answer *pgconn.PgError
	if errors.As(err, &answer) && answer.Code == "23505" { // unique_violation
		return &desk.Refused{Why: fmt.Sprintf("there is an account named %s already", name)}
	}
	if err != nil {
		return fmt.Errorf("make an account: %w", err)
	}
	return nil
}

// SetPassword gives an account the hash of another password, and ends its sessions.
func (s *Store) SetPassword(ctx context.Context, name, password string) error {
	return s.changeAccount(ctx, name, updatePassword, pgx.NamedArgs{"password": password})
}

// Disable takes an account out of use and ends its sessions; its tokens open nothing
// for as long.
func (s *Store) Disable(ctx context.Context, at time.Time, name string) error {
	return s.changeAccount(ctx, name, disableAccount, pgx.NamedArgs{"at": at})
}

// Enable puts an account into use again.
func (s *Store) Enable(ctx context.Context, name string) error {
	return s.changeAccount(ctx, name, enableAccount, pgx.NamedArgs{})
}

// SetRole gives an account another role, from its next request on.
func (s *Store) SetRole(ctx context.Context, name string, role desk.Role) error {
	return s.changeAccount(ctx, name, updateRole, pgx.NamedArgs{"role": role})
}

// changeAccount runs a query that changes one account and counts it. The error is a
// *desk.Missing where there is none of that name.
func (s *Store) changeAccount(ctx context.Context, name, sql string, args pgx.NamedArgs) error {
	args["folded"] = folded(name)
	var changed int
	if err := s.pool.QueryRow(ctx, sql, args).Scan(&changed); err != nil {
		return fmt.Errorf("change account %s: %w", name, err)
	}
	if changed == 0 {
		return &desk.Missing{What: "account", Name: name}
	}
	return nil
}

// Rehash replaces one hash of an account's password by another of the same,
// unless the password has changed meanwhile.
func (s *Store) Rehash(ctx context.Context, name, before, password string) error {
	_, err := s.pool.Exec(ctx, rehashPassword, pgx.NamedArgs{"folded": folded(name), "before": before, "password": password})
	if err != nil {
		return fmt.Errorf("hash a password anew: %w", err)
	}
	return nil
}
