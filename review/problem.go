package review

import (
	"errors"
	"net/http"

	"crosscheck/desk"
)

// problem is an error as programs read it (RFC 9457).
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"` // the status in words
	Status int    `json:"status"`
	Detail string `json:"detail"`          // what is wrong, and what to do
	Field  string `json:"field,omitempty"` // of the body, or of the address, that is wrong
	// Of whom somebody else came before: what has changed, and what was done.
	Conflicts []string   `json:"conflicts,omitempty"`
	Acts      []desk.Act `json:"acts,omitempty"`
}

// fieldError is that of something in a request that cannot be what it is to be.
type fieldError struct {
	field string
	*desk.Refused
}

func (e *fieldError) Unwrap() error { return e.Refused }

// wrongField refuses a field of a body or an address; field is "" where the whole is wrong.
func wrongField(field, why string) error { return &fieldError{field, &desk.Refused{Why: why}} }

// tellProblem says what went wrong, in words for those who write programs.
func (s *Server) tellProblem(w http.ResponseWriter, r *http.Request, err error) {
	status, f := s.explain(r, err)
	p := problem{Type: "about:blank", Status: status, Detail: f.Text}
	var (
		field   *fieldError
		stale   *desk.Stale
		missing *desk.Missing
	)
	switch {
	case errors.As(err, &field):
		p.Status, p.Field = http.StatusBadRequest, field.field
	case errors.As(err, &stale):
		p.Conflicts, p.Acts = stale.Conflicts, stale.Acts
	case status == http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", "Bearer")
		p.Detail = "Send the token of an account: Authorization: Bearer TOKEN. 'crosscheck user token NAME' makes one, and so does the page of your account."
		if errors.Is(err, errBadToken) {
			p.Detail = upperFirst(err.Error()) + ". Make another with 'crosscheck user token NAME'."
		}
	case errors.As(err, &missing) && missing.What == "page":
		p.Detail = "There is nothing at this address; " + apiPath + "openapi.yaml tells what there is."
	case errors.As(err, &missing):
		p.Detail += " The lists have those that there are."
	case status == http.StatusTooManyRequests:
		w.Header().Set("Retry-After", "5")
	}
	p.Title = http.StatusText(p.Status)
	if err := writeJSON(w, p.Status, "application/problem+json", p); err != nil {
		s.Log.Error("no problem of the error", "path", r.URL.Path, "error", err)
	}
}
