package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

const (
	// Several servers count together, and one after the other.
	lockAttempts = `LOCK TABLE attempt IN SHARE ROW EXCLUSIVE MODE`

	dropAttempts = `DELETE FROM attempt WHERE at < @since`

	// When the oldest of the last so many leaves the window, there is room again.
	roomAgain = `
SELECT max(at)
FROM (
    (SELECT at FROM attempt WHERE name = @name ORDER BY at DESC OFFSET @by_name - 1 LIMIT 1)
    UNION ALL
    (SELECT at FROM attempt WHERE address = @address ORDER BY at DESC OFFSET @by_address - 1 LIMIT 1)
) AS full_since`

	insertAttempt = `INSERT INTO attempt (at, name, address) VALUES (@at, @name, @address)`

	// Who got in has shown whose attempts these were.
	forgetAttempts = `DELETE FROM attempt WHERE name = @name AND address = @address`

	insertOpening = `INSERT INTO opening (hash, expires) VALUES (@hash, @expires)`

	dropOpenings = `DELETE FROM opening WHERE expires < @at`

	takeOpening = `
WITH taken AS (DELETE FROM opening WHERE hash = @hash RETURNING expires)
SELECT EXISTS (SELECT FROM taken WHERE expires > @at) AND NOT EXISTS (SELECT FROM account)`
)

// Attempt notes that somebody is about to give a password for a name. Where name
// or address have had too many such attempts, it notes nothing, and says from when
// on there is room again; else again is the zero time. What is refused here does
// not count, so that nobody keeps others out for longer by trying on.
func (s *Store) Attempt(ctx context.Context, at time.Time, name, address string, b desk.Bounds) (again time.Time, err error) {
	hash := sha256.Sum256([]byte(folded(name)))
	args := pgx.NamedArgs{
		"at": at, "since": at.Add(-b.Window), "name": hash[:], "address": clean(address), "by_name": b.ByName, "by_address": b.ByAddress,
	}
	err = s.Within(ctx, func(tx pgx.Tx) error {
		again = time.Time{}
		for _, sql := range []string{lockAttempts, dropAttempts} {
			if _, err := tx.Exec(ctx, sql, args); err != nil {
				return err
			}
		}
		var full *time.Time
		if err := tx.QueryRow(ctx, roomAgain, args).Scan(&full); err != nil {
			return err
		}
		if full != nil {
			again = full.Add(b.Window)
			return nil
		}
		_, err := tx.Exec(ctx, insertAttempt, args)
		return err
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("count attempts to log in: %w", err)
	}
	return again, nil
}

// ForgetAttempts lets the attempts on a name from an address no longer count.
func (s *Store) ForgetAttempts(ctx context.Context, name, address string) error {
	hash := sha256.Sum256([]byte(folded(name)))
	if _, err := s.pool.Exec(ctx, forgetAttempts, pgx.NamedArgs{"name": hash[:], "address": clean(address)}); err != nil {
		return fmt.Errorf("forget attempts to log in: %w", err)
	}
	return nil
}

// AddOpening keeps a one-time link by the hash of its secret.
func (s *Store) AddOpening(ctx context.Context, at time.Time, hash [32]byte, expires time.Time) error {
	return s.Within(ctx, func(tx pgx.Tx) error {
		args := pgx.NamedArgs{"at": at, "hash": hash[:], "expires": expires}
		for _, sql := range []string{dropOpenings, insertOpening} {
			if _, err := tx.Exec(ctx, sql, args); err != nil {
				return fmt.Errorf("keep a one-time link: %w", err)
			}
		}
		return nil
	})
}

// TakeOpening uses a one-time link up, and reports whether it opens the desk:
// it is known, not expired, and nobody has an account.
func (s *Store) TakeOpening(ctx context.Context, at time.Time, hash [32]byte) (opens bool, err error) {
	if err := s.pool.QueryRow(ctx, takeOpening, pgx.NamedArgs{"at": at, "hash": hash[:]}).Scan(&opens); err != nil {
		return false, fmt.Errorf("use a one-time link: %w", err)
	}
	return opens, nil
}
