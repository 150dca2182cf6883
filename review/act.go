package review

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"crosscheck/desk"
)

// act does something to the conflict that the path names, as it was when whoever
// asks looked at it, and leads on: to where do says, or back to the conflict.
// Where somebody else was quicker, the conflict is shown as it is now, with what
// he did and the form as it was filled in.
func (s *Server) act(w http.ResponseWriter, r *http.Request, who desk.Person, do func(context.Context, desk.Target, url.Values) (desk.Act, string, error)) error {
	f, err := formOf(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	on, err := targetOf(id + " " + f.Get("revision"))
	if err != nil {
		return err
	}
	act, next, err := do(r.Context(), on, f)
	var stale *desk.Stale
	switch {
	case errors.As(err, &stale):
		return s.overtaken(w, r, who, f, stale)
	case err != nil:
		return err
	case next == "":
		next = conflictPath(id, f.Get("in"))
	}
	return onward(w, r, next, act)
}

func (s *Server) overtaken(w http.ResponseWriter, r *http.Request, who desk.Person, f url.Values, stale *desk.Stale) error {
	c, err := s.Read.Case(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	v := s.viewCase(c, f.Get("in"))
	v.Stale = viewActs(stale.Acts)
	v.Form = form{Verdict: f.Get("verdict"), Note: f.Get("note"), Links: f.Get("links"), Assignee: f.Get("assignee"), Due: f.Get("due")}
	return s.render(w, r, who, sheet{name: "conflict", Title: c.Question, Here: "/", Body: v, status: http.StatusConflict})
}
