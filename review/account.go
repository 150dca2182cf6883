package review

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"crosscheck/desk"
	"crosscheck/review/password"
)

// MaxLabel is how many bytes the label of a token may have.
const MaxLabel = 200

// ownAccount is what people see of their own account.
type ownAccount struct {
	Name   string
	Role   desk.Role
	Owner  bool // came by a link: there is no account
	Tokens []desk.Token
	New    string // a token that was made just now, and is shown this once
	Wrong  string
	Done   string
}

// account shows somebody his own account.
func (s *Server) account(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.showAccount(w, r, who, http.StatusOK, ownAccount{})
}

func (s *Server) showAccount(w http.ResponseWriter, r *http.Request, who desk.Person, status int, o ownAccount) error {
	has, err := s.Door.Accounts.HasAccounts(r.Context())
	if err != nil {
		return err
	}
	o.Name, o.Role, o.Owner = who.Name, who.Role, !has
	if !o.Owner {
		if o.Tokens, err = s.Door.Accounts.Tokens(r.Context(), who.Name); err != nil {
			return err
		}
	}
	return s.render(w, r, who, sheet{name: "account", Title: "Your account", Here: "/account", Body: o, status: status})
}

// changeOwn changes somebody's own password or tokens. Nobody does so by a token, so
// that one which got lost does not make others.
func (s *Server) changeOwn(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	if byToken(r) {
		return errNotAllowed
	}
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	switch ctx := r.Context(); r.PostFormValue("do") {
	case "password":
		return s.changePassword(w, r, who)
	case "token":
		token, err := s.makeToken(ctx, who, r.PostFormValue("label"))
		var refused *desk.Refused
		if errors.As(err, &refused) {
			return s.showAccount(w, r, who, http.StatusUnprocessableEntity, ownAccount{Wrong: refused.Why})
		}
		if err != nil {
			return err
		}
		return s.showAccount(w, r, who, http.StatusOK, ownAccount{New: token.Token})
	case "revoke":
		id, err := strconv.ParseInt(r.PostFormValue("token"), 10, 64)
		if err != nil {
			return &desk.Missing{What: "token", Name: short(r.PostFormValue("token"), 40)}
		}
		if err := s.revokeToken(ctx, who, id); err != nil {
			return err
		}
		return s.showAccount(w, r, who, http.StatusOK, ownAccount{Done: "Token " + strconv.FormatInt(id, 10) + " is revoked."})
	}
	return &desk.Refused{Why: "The form does not say what to change."}
}

// newToken is a token that was made just now, and is told this once.
type newToken struct {
	ID    int64  `json:"id"`
	Token string `json:"token"`
}

// makeToken makes somebody a token.
func (s *Server) makeToken(ctx context.Context, who desk.Person, label string) (newToken, error) {
	if len(label) > MaxLabel {
		return newToken{}, &desk.Refused{Why: "Say in fewer words what the token is for."}
	}
	token, hash := NewToken()
	id, err := s.Door.Accounts.AddToken(ctx, s.Now(), who.Name, hash, label)
	if err != nil {
		return newToken{}, err
	}
	s.Log.Info("a token was made", "account", who.Name, "token", id)
	return newToken{id, token}, nil
}

// revokeToken ends one of somebody's tokens.
func (s *Server) revokeToken(ctx context.Context, who desk.Person, id int64) error {
	if err := s.Door.Accounts.RevokeToken(ctx, who.Name, id); err != nil {
		return err
	}
	s.Log.Info("a token was revoked", "account", who.Name, "token", id)
	return nil
}

// changePassword gives somebody's account another password. All its sessions end but
// for the one of this browser.
func (s *Server) changePassword(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	wrong := func(status int, words string) error {
		return s.showAccount(w, r, who, status, ownAccount{Wrong: words})
	}
	given := r.PostFormValue("password")
	if given != r.PostFormValue("again") {
		return wrong(http.StatusUnprocessableEntity, "You have typed two different new passwords.")
	}
	if why := password.Check(who.Name, given); why != "" {
		return wrong(http.StatusUnprocessableEntity, upperFirst(why)+".")
	}
	if _, err := s.Door.prove(r, who.Name, r.PostFormValue("current")); err != nil {
		if words, status := s.whyNot(w, err); words != "" {
			return wrong(status, words)
		}
		return err
	}
	if err := s.setPassword(r, who.Name, given); err != nil {
		return err
	}
	account, err := s.Door.Accounts.Credentials(r.Context(), who.Name)
	if err != nil {
		return err
	}
	if err := s.Door.start(w, r, desk.Session{Person: who, Epoch: account.Epoch}); err != nil {
		return err
	}
	return s.showAccount(w, r, who, http.StatusOK, ownAccount{Done: "Your password is changed. Other browsers in which you were signed in no longer are."})
}

// setPassword gives an account a password that was checked.
func (s *Server) setPassword(r *http.Request, name, given string) error {
	hash, err := s.Door.Hasher.Hash(r.Context(), given)
	if err != nil {
		return err
	}
	if err := s.Door.Accounts.SetPassword(r.Context(), name, hash); err != nil {
		return err
	}
	s.Log.Info("a password was changed", "account", name)
	return nil
}
