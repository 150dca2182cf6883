package review

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"

	"crosscheck/desk"
	"crosscheck/review/password"
)

// Accounts is where a [Door] looks up who may come in. Secrets are known to it by
// their hashes alone. Its errors for people are [*desk.Refused] and [*desk.Missing].
type Accounts interface {
	Openings
	Accounts(ctx context.Context) ([]desk.Account, error)
	HasAccounts(ctx context.Context) (bool, error)
	// Credentials are the zero value where there is no such account.
	Credentials(ctx context.Context, name string) (desk.Credentials, error)
	AddAccount(ctx context.Context, at time.Time, name string, role desk.Role, password string) error
	// SetPassword and Disable end all sessions of the account.
	SetPassword(ctx context.Context, name, password string) error
	Rehash(ctx context.Context, name, before, password string) error
	SetRole(ctx context.Context, name string, role desk.Role) error
	Disable(ctx context.Context, at time.Time, name string) error
	Enable(ctx context.Context, name string) error

	// StartSession starts none where the account is disabled or of another epoch.
	StartSession(ctx context.Context, at time.Time, token [32]byte, session desk.Session) error
	Session(ctx context.Context, at time.Time, token [32]byte) (session desk.Session, found bool, err error)
	// ProlongSession brings back no session that has ended.
	ProlongSession(ctx context.Context, at time.Time, token [32]byte, expires time.Time) error
	EndSession(ctx context.Context, token [32]byte) error

	AddToken(ctx context.Context, at time.Time, name string, hash [32]byte, label string) (id int64, err error)
	Tokens(ctx context.Context, name string) ([]desk.Token, error)
	RevokeToken(ctx context.Context, name string, id int64) error
	ByToken(ctx context.Context, at time.Time, hash [32]byte) (who desk.Person, found bool, err error)

	// Attempt counts somebody who is about to try a password; again is when, where
	// there were too many, and else the zero time.
	Attempt(ctx context.Context, at time.Time, name, address string, b desk.Bounds) (again time.Time, err error)
	ForgetAttempts(ctx context.Context, name, address string) error
	TakeOpening(ctx context.Context, at time.Time, hash [32]byte) (opens bool, err error)
}

// The times of a session: a working day without a click ends it, and a week does
// in any case.
const (
	idleTime = 12 * time.Hour
	longTime = 7 * 24 * time.Hour
)

// usualAttempts bounds passwords that are tried. Who forgot his tries ten; a desk
// behind one address has thirty people's slips of the morning; and nobody guesses
// anything in a thousand a day.
var usualAttempts = desk.Bounds{Window: 15 * time.Minute, ByName: 10, ByAddress: 30}

// Door lets people in: by the password of an account, by an API token, or, where
// there are no accounts, by a one-time link. It is a [Gate].
type Door struct {
	Accounts Accounts
	Hasher   *password.Hasher
	// Local says that only this machine reaches the pages: a one-time link opens
	// them while there are no accounts.
	Local bool
	// Secure says that browsers reach the pages by https alone.
	Secure bool
	// Proxies are the addresses whose word on where a request came from is taken.
	Proxies []netip.Prefix
	// Attempts bounds how often passwords are tried.
	Attempts desk.Bounds
	Now      func() time.Time
	Log      *slog.Logger

	sessions *scs.SessionManager
}

// NewDoor hangs a door. Times are those of now.
func NewDoor(accounts Accounts, hasher *password.Hasher, now func() time.Time, log *slog.Logger) *Door {
	d := &Door{Accounts: accounts, Hasher: hasher, Attempts: usualAttempts, Now: now, Log: log, sessions: scs.New()}
	d.sessions.Store = sessionStore{accounts, now}
	d.sessions.Codec = sessionCodec{}
	d.sessions.HashTokenInStore = true
	return d
}

// errBadToken is that of a request with a token that opens nothing.
var errBadToken = errors.New("the token opens nothing: it is unknown, revoked, or of a disabled account")

// Who is whoever the request's token or session says; a request with a token
// that opens nothing is refused, whatever else it carries.
func (d *Door) Who(r *http.Request) (desk.Person, error) {
	if byToken(r) {
		scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return desk.Person{}, errBadToken
		}
		who, found, err := d.Accounts.ByToken(r.Context(), d.Now(), sha256.Sum256([]byte(strings.TrimSpace(token))))
		if err == nil && !found {
			err = errBadToken
		}
		return who, err
	}
	cookie, err := r.Cookie(d.cookie())
	if err != nil {
		return desk.Person{}, nil // without a session
	}
	ctx, err := d.sessions.Load(r.Context(), cookie.Value)
	if err != nil {
		return desk.Person{}, err
	}
	who := sessionPerson(ctx, d.sessions)
	if who.Role == desk.Nobody {
		return who, nil
	}
	if _, _, err := d.sessions.Commit(ctx); err != nil {
		return desk.Person{}, err
	}
	return who, nil
}

// byToken reports whether a request says by a token who makes it.
func byToken(r *http.Request) bool { return r.Header.Get("Authorization") != "" }

// Admits reports whether a request may see what only some of the pages tell: the
// feed, and figures for Prometheus. Programs of this machine see them without a
// token where the pages are only for this machine.
func (d *Door) Admits(r *http.Request) (bool, error) {
	if d.Local && fromHere(r) {
		return true, nil
	}
	who, err := d.Who(r)
	if errors.Is(err, errBadToken) {
		return false, nil
	}
	return who.Role.May(desk.Viewer), err
}

// cookie is the name of the session's cookie. Where there is nothing but https the
// browser itself sees to it that no other site of the domain sets it.
func (d *Door) cookie() string {
	if d.Secure {
		return "__Host-crosscheck"
	}
	return "crosscheck"
}

// errWrong is that of a login that fails, whatever about it was wrong.
var errWrong = errors.New("name or password is wrong")

// waitError is that of a login that was not looked at, after too many that failed.
type waitError struct{ until time.Time }

// Error says until when.
func (e *waitError) Error() string {
	return "too many attempts: wait until " + e.until.Format(time.TimeOnly)
}

// LogIn starts a session for whoever knows the password of an account. It takes the
// same time and gives the same error, errWrong, whether there is such an account or
// not; others are *waitError and password.ErrBusy.
func (d *Door) LogIn(w http.ResponseWriter, r *http.Request, name, given string) error {
	account, err := d.prove(r, name, given)
	if err != nil {
		return err
	}
	d.Log.Info("signed in", "account", account.Name, "address", d.address(r))
	return d.start(w, r, desk.Session{Person: desk.Person{Name: account.Name}, Epoch: account.Epoch})
}

// prove holds a password against an account, and counts the attempt unless it is right.
func (d *Door) prove(r *http.Request, name, given string) (desk.Credentials, error) {
	ctx, address := r.Context(), d.address(r)
	again, err := d.Accounts.Attempt(ctx, d.Now(), name, address, d.Attempts)
	if err != nil {
		return desk.Credentials{}, err
	}
	if !again.IsZero() {
		d.Log.Warn("too many attempts to sign in", "address", address, "again", again)
		return desk.Credentials{}, &waitError{again}
	}
	account, err := d.Accounts.Credentials(ctx, name)
	if err != nil {
		return desk.Credentials{}, err
	}
	matches, outdated, err := d.Hasher.Match(ctx, account.Password, given)
	if err != nil {
		return desk.Credentials{}, err
	}
	if !matches || account.Disabled {
		d.Log.Warn("signing in failed", "address", address) // the name may be a password
		return desk.Credentials{}, errWrong
	}
	if err := d.Accounts.ForgetAttempts(ctx, name, address); err != nil {
		return desk.Credentials{}, err
	}
	if outdated {
		hash, err := d.Hasher.Hash(ctx, given)
		if err == nil {
			err = d.Accounts.Rehash(ctx, account.Name, account.Password, hash)
		}
		if err != nil {
			d.Log.Warn("a password keeps its old hash", "account", account.Name, "error", err)
		}
	}
	return account, nil
}

// errUsed is that of a link that opens nothing.
var errUsed = errors.New("the link was used, is older than 15 minutes, or there are accounts now")

// Open starts the owner's session for a one-time link, and uses the link up.
func (d *Door) Open(w http.ResponseWriter, r *http.Request, secret string) error {
	if !d.Local {
		return errUsed
	}
	opens, err := d.Accounts.TakeOpening(r.Context(), d.Now(), sha256.Sum256([]byte(secret)))
	if err != nil {
		return err
	}
	if !opens {
		d.Log.Warn("a link opened nothing", "address", d.address(r))
		return errUsed
	}
	d.Log.Info("opened by link", "address", d.address(r))
	return d.start(w, r, desk.Session{Person: desk.Person{Name: desk.Owner}})
}

// start ends the session that the browser has, and begins one under another token.
func (d *Door) start(w http.ResponseWriter, r *http.Request, session desk.Session) error {
	if err := d.end(r); err != nil {
		return err
	}
	ctx, err := d.sessions.Load(r.Context(), "")
	if err != nil {
		return err
	}
	putSession(ctx, d.sessions, session)
	token, _, err := d.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	d.setCookie(w, token, d.Now().Add(longTime))
	return nil
}

// LogOut ends the browser's session.
func (d *Door) LogOut(w http.ResponseWriter, r *http.Request) error {
	if err := d.end(r); err != nil {
		return err
	}
	d.setCookie(w, "", time.Time{})
	return nil
}

func (d *Door) end(r *http.Request) error {
	cookie, err := r.Cookie(d.cookie())
	if err != nil {
		return nil // there is none
	}
	ctx, err := d.sessions.Load(r.Context(), cookie.Value)
	if err != nil {
		return err
	}
	if err := d.sessions.Destroy(ctx); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}

// setCookie gives the browser the token of its session; "" takes it away. When
// it is used for too long, or too little, is decided here, not there.
func (d *Door) setCookie(w http.ResponseWriter, token string, until time.Time) {
	c := &http.Cookie{Name: d.cookie(), Value: token, Path: "/", HttpOnly: true, Secure: d.Secure, SameSite: http.SameSiteLaxMode, Expires: until}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}
