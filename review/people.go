package review

import (
	"errors"
	"net/http"
	"slices"

	"crosscheck/desk"
	"crosscheck/review/password"
)

// people is what an admin sees of all accounts.
type people struct {
	Accounts []desk.Account
	Roles    []desk.Role
	First    bool // there are none yet
	Wrong    string
	Done     string
	Name     string // of the account that was not made
}

// people shows all accounts to who keeps them.
func (s *Server) people(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.showPeople(w, r, who, http.StatusOK, people{})
}

func (s *Server) showPeople(w http.ResponseWriter, r *http.Request, who desk.Person, status int, p people) error {
	var err error
	if p.Accounts, err = s.Door.Accounts.Accounts(r.Context()); err != nil {
		return err
	}
	p.Roles, p.First = desk.Roles, len(p.Accounts) == 0
	return s.render(w, r, who, sheet{name: "people", Title: "People", Here: "/users", Body: p, status: status})
}

// changeAccount makes an account, or changes one. Admins change nothing of their
// own here, so that one of them always stays.
func (s *Server) changeAccount(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	ctx, name := r.Context(), r.PostFormValue("name")
	p := people{Name: name}
	var err error
	switch do := r.PostFormValue("do"); {
	case do == "add":
		p.Done, err = s.addAccount(r, name, desk.Role(r.PostFormValue("role")), r.PostFormValue("password"))
	case do != "" && desk.FoldName(name) == desk.FoldName(who.Name):
		err = &desk.Refused{Why: "Another admin has to change that about you; your own password is on the page of your account."}
	case do == "role":
		role := desk.Role(r.PostFormValue("role"))
		if !slices.Contains(desk.Roles, role) {
			return &desk.Refused{Why: "There is no such role."}
		}
		p.Done, err = name+" is now: "+string(role)+".", s.Door.Accounts.SetRole(ctx, name, role)
	case do == "password":
		given := r.PostFormValue("password")
		if why := password.Check(name, given); why != "" {
			err = &desk.Refused{Why: upperFirst(why) + "."}
			break
		}
		p.Done, err = name+" has a new password, and is signed out everywhere.", s.setPassword(r, name, given)
	case do == "disable":
		p.Done, err = name+" can no longer sign in, and is signed out everywhere.", s.Door.Accounts.Disable(ctx, s.Now(), name)
	case do == "enable":
		p.Done, err = name+" can sign in again.", s.Door.Accounts.Enable(ctx, name)
	default:
		err = &desk.Refused{Why: "The form does not say what to change."}
	}
	var refused *desk.Refused
	if errors.As(err, &refused) {
		p.Wrong, p.Done = upperFirst(refused.Why), ""
		return s.showPeople(w, r, who, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	s.Log.Info("an account was changed", "account", name, "change", r.PostFormValue("do"), "by", who.Name)
	if who.Name == desk.Owner {
		// With the first account the owner's session has ended.
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return nil
	}
	p.Name = ""
	return s.showPeople(w, r, who, http.StatusOK, p)
}

// addAccount makes an account, and says so.
func (s *Server) addAccount(r *http.Request, name string, role desk.Role, given string) (string, error) {
	if err := desk.CheckName(name); err != nil {
		return "", err
	}
	if !slices.Contains(desk.Roles, role) {
		return "", &desk.Refused{Why: "Choose a role."}
	}
	has, err := s.Door.Accounts.HasAccounts(r.Context())
	if err != nil {
		return "", err
	}
	if !has && role != desk.Admin {
		return "", &desk.Refused{Why: "The first account must be an admin's, so that somebody can keep the others."}
	}
	if why := password.Check(name, given); why != "" {
		return "", &desk.Refused{Why: upperFirst(why) + "."}
	}
	hash, err := s.Door.Hasher.Hash(r.Context(), given)
	if err != nil {
		return "", err
	}
	return name + " has an account: " + string(role) + ".", s.Door.Accounts.AddAccount(r.Context(), s.Now(), name, role, hash)
}

// roleChoice is the choice of a role, with the one that is set.
type roleChoice struct {
	Roles []desk.Role
	Now   desk.Role
}

// Choose offers the roles; without one that is set, the one that most people need.
func (p people) Choose(now desk.Role) roleChoice {
	switch {
	case now != "":
	case p.First:
		return roleChoice{[]desk.Role{desk.Admin}, desk.Admin}
	default:
		now = desk.Reviewer
	}
	return roleChoice{p.Roles, now}
}
