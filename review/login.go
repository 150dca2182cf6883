package review

import (
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"crosscheck/desk"
	"crosscheck/review/password"
)

// entrance is what the page of signing in shows.
type entrance struct {
	Next   string // where to go then
	Wrong  string // why it did not work; "" before it was tried
	Name   string // as it was given before
	Link   string // the secret of a one-time link; "" where there is none
	Locked bool   // there are no accounts
	Local  bool   // and a link would open it
}

// login shows what lets people in.
func (s *Server) login(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	q := r.URL.Query()
	if who.Role.May(desk.Viewer) {
		http.Redirect(w, r, within(q.Get("next")), http.StatusSeeOther)
		return nil
	}
	return s.entrance(w, r, http.StatusOK, entrance{Next: q.Get("next"), Link: q.Get("link")})
}

func (s *Server) entrance(w http.ResponseWriter, r *http.Request, status int, e entrance) error {
	has, err := s.Door.Accounts.HasAccounts(r.Context())
	if err != nil {
		return err
	}
	e.Next, e.Locked, e.Local = within(e.Next), !has, s.Door.Local
	if !e.Locked || !e.Local {
		e.Link = ""
	}
	return s.render(w, r, desk.Person{}, sheet{name: "login", Title: "Sign in", Body: e, status: status})
}

// signIn lets somebody in by password or by link.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request, _ desk.Person) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	e := entrance{Next: r.PostFormValue("next"), Name: r.PostFormValue("name")}
	var err error
	if link := r.PostFormValue("link"); link != "" {
		err = s.Door.Open(w, r, link)
	} else {
		err = s.Door.LogIn(w, r, e.Name, r.PostFormValue("password"))
	}
	if err == nil {
		http.Redirect(w, r, within(e.Next), http.StatusSeeOther)
		return nil
	}
	words, status := s.whyNot(w, err)
	if words == "" {
		return err
	}
	e.Wrong = words
	return s.entrance(w, r, status, e)
}

// whyNot says why a password or a link did not let somebody in, and what to do;
// "" where something else failed.
func (s *Server) whyNot(w http.ResponseWriter, err error) (words string, status int) {
	var wait *waitError
	switch {
	case errors.Is(err, errWrong):
		return "That name and password do not belong together. Look at both, and at the caps lock key.", http.StatusUnauthorized
	case errors.Is(err, errUsed):
		return "This link opens nothing: it was used, is older than 15 minutes, or there are accounts now.", http.StatusForbidden
	case errors.Is(err, password.ErrBusy):
		w.Header().Set("Retry-After", "5")
		return "Too many people are signing in at this moment. Try again in a few seconds.", http.StatusServiceUnavailable
	case errors.As(err, &wait):
		left := wait.until.Sub(s.Now())
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(left.Seconds()))))
		return "There were too many attempts. Try again in " + counted(int(math.Ceil(left.Minutes())), "minute") + ", at " + wait.until.In(s.Now().Location()).Add(time.Minute-1).Format("15:04") + ".", http.StatusTooManyRequests
	}
	return "", 0
}

// signOut ends the session of whoever asks.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request, _ desk.Person) error {
	if err := s.Door.LogOut(w, r); err != nil {
		return err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}

// badForm is the error of a form that cannot be read.
func badForm(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return &desk.Refused{Why: "The form did not arrive whole. Go back and send it again."}
}
