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
	switch {
	case r.Context().Err() != nil:
		return // whoever asked has gone
	case byProgram(r):
		s.tellProblem(w, r, err)
		return
	case errors.Is(err, errStranger) && r.Method == http.MethodGet:
		http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	case errors.Is(err, errBadToken):
		// A program asks, and cannot read pages.
		w.Header().Set("WWW-Authenticate", "Bearer")
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	status, f := s.explain(r, err)
	f.Back = "/"
	if err := s.render(w, r, who, sheet{name: "error", Title: f.Heading, Body: f, status: status}); err != nil {
		s.Log.Error("no page of the error", "path", r.URL.Path, "error", err)
		http.Error(w, f.Heading, status)
	}
}

// explain is an error in words, with its status; one that whoever asks can do nothing
// about is logged.
func (s *Server) explain(r *http.Request, err error) (int, failure) {
	var (
		stale   *desk.Stale
		refused *desk.Refused
		missing *desk.Missing
		large   *http.MaxBytesError
	)
	switch {
	case errors.Is(err, errStranger), errors.Is(err, errBadToken):
		return http.StatusUnauthorized, failure{Heading: "Please sign in", Text: "You are not signed in, or no longer. Nothing was changed."}
	case errors.Is(err, errNotAllowed):
		return http.StatusForbidden, failure{Heading: "Not with this account", Text: "Your account may read, but not do that. An admin can change what it may."}
	case errors.Is(err, errElsewhere):
		return http.StatusForbidden, failure{Heading: "Not from there", Text: "A page of another site asked for this. Nothing was changed; do it on the pages of the desk itself."}
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed, failure{Heading: "Not like this", Text: "This address takes other methods: those that the header Allow names."}
	case errors.Is(err, errNotJSON):
		return http.StatusUnsupportedMediaType, failure{Heading: "Not like this", Text: "Send the body as JSON, with Content-Type: application/json."}
	case errors.Is(err, errBusy):
		return http.StatusTooManyRequests, failure{Heading: "Too much at once", Text: "Several drafts are being checked at this moment. Try again in a few seconds."}
	case errors.As(err, &stale):
		return http.StatusConflict, failure{Heading: "Somebody was here before you", Text: "Nothing of yours was changed or lost: this is what was done in the meantime. Look at it, then decide again.", Acts: viewActs(stale.Acts)}
	case errors.As(err, &refused):
		return http.StatusUnprocessableEntity, failure{Heading: "That cannot be done", Text: upperFirst(refused.Why)}
	case errors.As(err, &missing):
		return http.StatusNotFound, failure{Heading: "Not here", Text: "There is no " + missing.What + " “" + visible(missing.Name) + "”."}
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge, failure{Heading: "Too much at once", Text: "At most " + strconv.Itoa(maxBody>>10) + " KiB are taken at a time."}
	}
	s.Log.Error("a request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	return http.StatusInternalServerError, failure{Heading: "That did not work", Text: "Something is wrong on our side. It has been written to the log of the server; trying again may help."}
}
