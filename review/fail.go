package review

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"crosscheck/desk"
)

// failure is what the page of an error says.
type failure struct {
	Heading string
	Text    string
	Acts    []actView // what others did in between
	Back    string    // where to go from here
}

// fail says what went wrong, in words for people; what they can do nothing
// about is logged, and they are told no more than that it is.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, who desk.Person, err error) {
	var (
		stale   *desk.Stale
		refused *desk.Refused
		missing *desk.Missing
		large   *http.MaxBytesError
	)
	status, f := http.StatusInternalServerError, failure{Heading: "That did not work", Text: "Something is wrong on our side. It has been written to the log of the server; trying again may help."}
	switch {
	case errors.Is(err, errStranger):
		if r.Method == http.MethodGet {
			http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
			return
		}
		status, f = http.StatusUnauthorized, failure{Heading: "Please sign in", Text: "You are not signed in, or no longer. Nothing was changed."}
	case errors.Is(err, errBadToken):
		// A program asks, and cannot read pages.
		w.Header().Set("WWW-Authenticate", "Bearer")
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	case errors.Is(err, errNotAllowed):
		status, f = http.StatusForbidden, failure{Heading: "Not with this account", Text: "Your account may read, but not do that. An admin can change what it may."}
	case errors.As(err, &stale):
		status, f = http.StatusConflict, failure{Heading: "Somebody was here before you", Text: "Nothing of yours was changed or lost: this is what was done in the meantime. Look at it, then decide again.", Acts: viewActs(stale.Acts)}
	case errors.As(err, &refused):
		status, f = http.StatusUnprocessableEntity, failure{Heading: "That cannot be done", Text: refused.Why}
	case errors.As(err, &missing):
		status, f = http.StatusNotFound, failure{Heading: "Not here", Text: "There is no " + missing.What + " “" + visible(missing.Name) + "”."}
	case errors.As(err, &large):
		status, f = http.StatusRequestEntityTooLarge, failure{Heading: "Too much at once", Text: "At most " + strconv.Itoa(maxBody>>10) + " KiB are taken at a time."}
	case r.Context().Err() != nil:
		return // whoever asked has gone
	default:
		s.Log.Error("a page failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	f.Back = "/"
	if err := s.render(w, r, who, sheet{name: "error", Title: f.Heading, Body: f, status: status}); err != nil {
		s.Log.Error("no page of the error", "path", r.URL.Path, "error", err)
		http.Error(w, f.Heading, status)
	}
}
