package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/desk"
)

const (
	// A session of nobody's account is the owner's. It ends with the first account.
	startSession = `
INSERT INTO session (token, account, epoch, deadline, expires)
SELECT @token, account.id, @epoch, @deadline, @expires
FROM (VALUES (@folded::text)) AS whose (folded)
LEFT JOIN account USING (folded)
WHERE whose.folded = '' OR account.epoch = @epoch AND account.disabled IS NULL`

	dropExpired = `DELETE FROM session WHERE expires < @at`

	selectSession = `
SELECT coalesce(account.name, '') AS name, coalesce(account.role, '') AS role, session.epoch, session.deadline, session.expires
FROM session
LEFT JOIN account ON account.id = session.account
WHERE session.token = @token AND session.expires > @at
  AND CASE WHEN session.account IS NULL THEN NOT EXISTS (SELECT FROM account)
           ELSE account.epoch = session.epoch AND account.disabled IS NULL END`

	// It only changes what is there: a session that was ended meanwhile stays ended.
	// Most requests change nothing, because the last one was less than a minute ago.
	prolongSession = `
WITH prolonged AS (
    UPDATE session SET expires = least(@expires, deadline)
    WHERE token = @token AND expires < least(@expires, deadline) - interval '1 minute'
    RETURNING account
)
UPDATE account SET seen = @at WHERE id IN (SELECT account FROM prolonged)`

	// A login is a use.
	sawAccount = `UPDATE account SET seen = @at WHERE folded = @folded`

	endSession = `DELETE FROM session WHERE token = @token`
)

// StartSession keeps a session under the hash of its token, and drops those that
// have expired. It keeps nothing where the account was disabled, or given another
// password, since the session's epoch was read.
func (s *Store) StartSession(ctx context.Context, at time.Time, token [32]byte, session desk.Session) error {
	whose := folded(session.Name)
	if session.Epoch == 0 {
		whose = ""
	}
	return s.Within(ctx, func(tx pgx.Tx) error {
		args := pgx.NamedArgs{
			"at": at, "token": token[:], "folded": whose, "epoch": session.Epoch, "deadline": session.Deadline, "expires": session.Expires,
		}
		for _, sql := range []string{dropExpired, startSession, sawAccount} {
			if _, err := tx.Exec(ctx, sql, args); err != nil {
				return fmt.Errorf("start a session: %w", err)
			}
		}
		return nil
	})
}

// Session finds a session that is valid by the hash of its token.
func (s *Store) Session(ctx context.Context, at time.Time, token [32]byte) (session desk.Session, found bool, err error) {
	type row struct {
		Name     string
		Role     desk.Role
		Epoch    int
		Deadline time.Time
		Expires  time.Time
	}
	rows, err := collect[row](ctx, s.pool, "session", selectSession, pgx.NamedArgs{"token": token[:], "at": at})
	if err != nil || len(rows) == 0 {
		return desk.Session{}, false, err
	}
	r := rows[0]
	who := desk.Person{Name: r.Name, Role: r.Role}
	if r.Epoch == 0 {
		who = desk.Person{Name: desk.Owner, Role: desk.Admin}
	}
	return desk.Session{Person: who, Epoch: r.Epoch, Deadline: r.Deadline, Expires: r.Expires}, true, nil
}

// ProlongSession moves the time when a session ends unless it is used, and notes
// that its account was used. One that is not there stays away.
func (s *Store) ProlongSession(ctx context.Context, at time.Time, token [32]byte, expires time.Time) error {
	if _, err := s.pool.Exec(ctx, prolongSession, pgx.NamedArgs{"token": token[:], "at": at, "expires": expires}); err != nil {
		return fmt.Errorf("prolong a session: %w", err)
	}
	return nil
}

// EndSession ends a session, if it is there.
func (s *Store) EndSession(ctx context.Context, token [32]byte) error {
	if _, err := s.pool.Exec(ctx, endSession, pgx.NamedArgs{"token": token[:]}); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}
