package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"crosscheck/desk"
)

const (
	insertToken = `
INSERT INTO token (account, hash, label, made)
SELECT id, @hash, @label, @at FROM account WHERE folded = @folded AND disabled IS NULL
RETURNING id`

	selectTokens = `
SELECT token.id, token.label, token.made, token.used
FROM token JOIN account ON account.id = token.account
WHERE account.folded = @folded
ORDER BY token.id`

	deleteToken = `
WITH gone AS (
    DELETE FROM token USING account
    WHERE token.id = @id AND account.id = token.account AND account.folded = @folded
    RETURNING token.id
)
SELECT count(*) FROM gone`

	// A use is noted once a minute.
	usedToken = `
WITH found AS (
    SELECT token.id, token.account, token.used, account.name, account.role
    FROM token JOIN account ON account.id = token.account
    WHERE token.hash = @hash AND account.disabled IS NULL
), due AS (
    SELECT id, account FROM found WHERE used IS NULL OR used < @at::timestamptz - interval '1 minute'
), noted AS (
    UPDATE token SET used = @at FROM due WHERE token.id = due.id
), seen AS (
    UPDATE account SET seen = @at FROM due WHERE account.id = due.account
)
SELECT name, role FROM found`
)

// AddToken keeps a token by its hash. The error is a *desk.Missing where the account
// is not there, or disabled.
func (s *Store) AddToken(ctx context.Context, at time.Time, name string, hash [32]byte, label string) (id int64, err error) {
	err = s.pool.QueryRow(ctx, insertToken, pgx.NamedArgs{"at": at, "folded": folded(name), "hash": hash[:], "label": clean(label)}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, &desk.Missing{What: "account in use named", Name: name}
	}
	if err != nil {
		return 0, fmt.Errorf("keep a token: %w", err)
	}
	return id, nil
}

// Tokens are those of an account, the oldest first.
func (s *Store) Tokens(ctx context.Context, name string) ([]desk.Token, error) {
	type row struct {
		ID    int64
		Label string
		Made  time.Time
		Used  pgtype.Timestamptz
	}
	rows, err := collect[row](ctx, s.pool, "tokens", selectTokens, pgx.NamedArgs{"folded": folded(name)})
	if err != nil {
		return nil, err
	}
	tokens := make([]desk.Token, len(rows))
	for i, r := range rows {
		tokens[i] = desk.Token{ID: r.ID, Label: r.Label, Made: r.Made, Used: r.Used.Time}
	}
	return tokens, nil
}

// RevokeToken ends a token of an account. The error is a *desk.Missing where the
// account has none of that number.
func (s *Store) RevokeToken(ctx context.Context, name string, id int64) error {
	var gone int
	if err := s.pool.QueryRow(ctx, deleteToken, pgx.NamedArgs{"folded": folded(name), "id": id}).Scan(&gone); err != nil {
		return fmt.Errorf("revoke a token: %w", err)
	}
	if gone == 0 {
		return &desk.Missing{What: "token of " + name + " with number", Name: strconv.FormatInt(id, 10)}
	}
	return nil
}

// ByToken finds who has a token, by its hash, and notes that it was used. Nobody
// has one that was revoked, or whose account is disabled.
func (s *Store) ByToken(ctx context.Context, at time.Time, hash [32]byte) (who desk.Person, found bool, err error) {
	people, err := collect[desk.Person](ctx, s.pool, "token", usedToken, pgx.NamedArgs{"at": at, "hash": hash[:]})
	if err != nil || len(people) == 0 {
		return desk.Person{}, false, err
	}
	return people[0], true, nil
}
