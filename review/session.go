package review

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"

	"crosscheck/desk"
)

// sessionStore keeps the sessions of package scs with the accounts. Of what scs
// would let a session hold there is only whose it is.
type sessionStore struct {
	accounts Accounts
	now      func() time.Time
}

// The keys of a session's values.
const (
	keyName  = "name"
	keyRole  = "role"
	keyEpoch = "epoch"
	keyNew   = "new" // it is not kept yet
)

// putSession says whose a session is that begins.
func putSession(ctx context.Context, m *scs.SessionManager, s desk.Session) {
	m.Put(ctx, keyName, s.Name)
	m.Put(ctx, keyEpoch, s.Epoch)
	m.Put(ctx, keyNew, true)
}

// sessionPerson is whose a session is; nobody's, where it is not known or ended.
func sessionPerson(ctx context.Context, m *scs.SessionManager) desk.Person {
	return desk.Person{Name: m.GetString(ctx, keyName), Role: desk.Role(m.GetString(ctx, keyRole))}
}

// kept is a session on its way between scs and the accounts.
type kept struct {
	desk.Session
	New bool
}

// sessionCodec writes a session for the way between scs and sessionStore.
type sessionCodec struct{}

// Encode writes a session.
func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	k := kept{Session: desk.Session{Deadline: deadline}}
	k.Name, _ = values[keyName].(string)
	k.Epoch, _ = values[keyEpoch].(int)
	k.New, _ = values[keyNew].(bool)
	return json.Marshal(k)
}

// Decode reads it.
func (sessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var k kept
	if err := json.Unmarshal(b, &k); err != nil {
		return time.Time{}, nil, fmt.Errorf("session: %w", err)
	}
	return k.Deadline, map[string]any{keyName: k.Name, keyRole: string(k.Role), keyEpoch: k.Epoch}, nil
}

// hashOf is the hash that scs writes as a text.
func hashOf(token string) (hash [32]byte, err error) {
	n, err := base64.RawURLEncoding.Decode(hash[:], []byte(token[:min(len(token), 43)]))
	if err == nil && n != len(hash) {
		err = errors.New("it has another length")
	}
	if err != nil {
		return hash, fmt.Errorf("hash of a session's token: %w", err)
	}
	return hash, nil
}

// FindCtx finds a session that is valid.
func (s sessionStore) FindCtx(ctx context.Context, token string) (b []byte, found bool, err error) {
	hash, err := hashOf(token)
	if err != nil {
		return nil, false, err
	}
	session, found, err := s.accounts.Session(ctx, s.now(), hash)
	if err != nil || !found {
		return nil, false, err
	}
	b, err = json.Marshal(kept{Session: session})
	return b, true, err
}

// CommitCtx keeps a new session, or prolongs one that is there.
//
// Its times are those of our clock, not of scs's.
func (s sessionStore) CommitCtx(ctx context.Context, token string, b []byte, _ time.Time) error {
	hash, err := hashOf(token)
	if err != nil {
		return err
	}
	var k kept
	if err := json.Unmarshal(b, &k); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	now := s.now()
	if !k.New {
		return s.accounts.ProlongSession(ctx, now, hash, now.Add(idleTime))
	}
	k.Deadline, k.Expires = now.Add(longTime), now.Add(idleTime)
	return s.accounts.StartSession(ctx, now, hash, k.Session)
}

// DeleteCtx ends a session.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	hash, err := hashOf(token)
	if err != nil {
		return err
	}
	return s.accounts.EndSession(ctx, hash)
}

// Find is FindCtx; scs wants it, and Commit and Delete, and calls those above.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx.
func (s sessionStore) Commit(token string, b []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expires)
}

// Delete is DeleteCtx.
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
