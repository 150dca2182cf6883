package review

import (
	"net/http"

	"crosscheck/desk"
)

type accountList struct {
	Accounts []desk.Account `json:"accounts"`
}

func (s *Server) tellAccounts(r *http.Request, _ desk.Person) (accountList, error) {
	all, err := s.Door.Accounts.Accounts(r.Context())
	return accountList{all}, err
}

// newAccount is an account that is to be made.
type newAccount struct {
	Name     string    `json:"name"`
	Role     desk.Role `json:"role"`
	Password string    `json:"password"`
}

func (s *Server) sendAccount(r *http.Request, who desk.Person, a newAccount) (desk.Account, error) {
	if err := s.addAccount(r, who, a.Name, a.Role, a.Password); err != nil {
		return desk.Account{}, err
	}
	return s.accountOf(r, a.Name)
}

func (s *Server) sendKeeping(r *http.Request, who desk.Person, k keeping) (desk.Account, error) {
	if k == (keeping{}) {
		return desk.Account{}, wrongField("", "Say what is to change: role, password or disabled.")
	}
	if err := s.keep(r, who, r.PathValue("name"), k); err != nil {
		return desk.Account{}, err
	}
	return s.accountOf(r, r.PathValue("name"))
}

// accountOf is the account of a name, as admins see it.
func (s *Server) accountOf(r *http.Request, name string) (desk.Account, error) {
	all, err := s.Door.Accounts.Accounts(r.Context())
	if err != nil {
		return desk.Account{}, err
	}
	for _, a := range all {
		if desk.FoldName(a.Name) == desk.FoldName(name) {
			return a, nil
		}
	}
	return desk.Account{}, &desk.Missing{What: "account", Name: name}
}

type tokenList struct {
	Tokens []desk.Token `json:"tokens"`
}

func (s *Server) tellTokens(r *http.Request, who desk.Person) (tokenList, error) {
	all, err := s.Door.Accounts.Tokens(r.Context(), who.Name)
	return tokenList{all}, err
}

// sendToken makes a token. Nobody does so by a token, so that one which got lost does
// not make others.
func (s *Server) sendToken(r *http.Request, who desk.Person, made struct {
	Label string `json:"label"`
}) (newToken, error) {
	if byToken(r) {
		return newToken{}, errNotAllowed
	}
	return s.makeToken(r.Context(), who, made.Label)
}

// dropToken revokes a token, also the one that asks for it.
func (s *Server) dropToken(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	if err := onlyQuery(r.URL, nil); err != nil {
		return err
	}
	id, err := pathNumber(r, "token")
	if err != nil {
		return err
	}
	if err := s.revokeToken(r.Context(), who, id); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
