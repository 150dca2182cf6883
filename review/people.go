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

// keeping is what an admin changes about an account; what is nil stays.
type keeping struct {
	Role     *desk.Role `json:"role"`
	Password *string    `json:"password"`
	Disabled *bool      `json:"disabled"`
}

// keep changes an account. Admins change nothing of their own so, that one of them
// always stays.
func (s *Server) keep(r *http.Request, who desk.Person, name string, k keeping) error {
	if desk.FoldName(name) == desk.FoldName(who.Name) {
		return &desk.Refused{Why: "Another admin has to change that about you; your own password is on the page of your account."}
	}
	if k.Role != nil && !slices.Contains(desk.Roles, *k.Role) {
		return &desk.Refused{Why: "There is no such role."}
	}
	if k.Password != nil {
		if why := password.Check(name, *k.Password); why != "" {
			return &desk.Refused{Why: upperFirst(why) + "."}
		}
	}
	ctx, accounts := r.Context(), s.Door.Accounts
	var steps []func() error
	if k.Role != nil {
		steps = append(steps, func() error { return accounts.SetRole(ctx, name, *k.Role) })
	}
	if k.Password != nil {
		steps = append(steps, func() error { return s.setPassword(r, name, *k.Password) })
	}
	switch {
	case k.Disabled == nil:
	case *k.Disabled:
		steps = append(steps, func() error { return accounts.Disable(ctx, s.Now(), name) })
	default:
		steps = append(steps, func() error { return accounts.Enable(ctx, name) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	s.Log.Info("an account was changed", "account", name, "by", who.Name,
		"role", k.Role != nil, "password", k.Password != nil, "disabled", k.Disabled != nil)
	return nil
}

// changeAccount makes an account, or changes one, as a form says.
func (s *Server) changeAccount(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	name, role, given := r.PostFormValue("name"), desk.Role(r.PostFormValue("role")), r.PostFormValue("password")
	p := people{Name: name}
	var err error
	yes, no := true, false
	switch r.PostFormValue("do") {
	case "add":
		p.Done, err = name+" has an account: "+string(role)+".", s.addAccount(r, who, name, role, given)
	case "role":
		p.Done, err = name+" is now: "+string(role)+".", s.keep(r, who, name, keeping{Role: &role})
	case "password":
		p.Done, err = name+" has a new password, and is signed out everywhere.", s.keep(r, who, name, keeping{Password: &given})
	case "disable":
		p.Done, err = name+" can no longer sign in, and is signed out everywhere.", s.keep(r, who, name, keeping{Disabled: &yes})
	case "enable":
		p.Done, err = name+" can sign in again.", s.keep(r, who, name, keeping{Disabled: &no})
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
	if who.Name == desk.Owner {
		// With the first account the owner's session has ended.
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return nil
	}
	p.Name = ""
	return s.showPeople(w, r, who, http.StatusOK, p)
}

// addAccount makes an account.
func (s *Server) addAccount(r *http.Request, who desk.Person, name string, role desk.Role, given string) error {
	if err := desk.CheckName(name); err != nil {
		return err
	}
	if !slices.Contains(desk.Roles, role) {
		return &desk.Refused{Why: "Choose a role."}
	}
	has, err := s.Door.Accounts.HasAccounts(r.Context())
	if err != nil {
		return err
	}
	if !has && role != desk.Admin {
		return &desk.Refused{Why: "The first account must be an admin's, so that somebody can keep the others."}
	}
	if why := password.Check(name, given); why != "" {
		return &desk.Refused{Why: upperFirst(why) + "."}
	}
	hash, err := s.Door.Hasher.Hash(r.Context(), given)
	if err != nil {
		return err
	}
	if err := s.Door.Accounts.AddAccount(r.Context(), s.Now(), name, role, hash); err != nil {
		return err
	}
	s.Log.Info("an account was made", "account", name, "role", role, "by", who.Name)
	return nil
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
