package review

import (
	"net/http"
	"net/url"
	"strconv"

	"crosscheck/desk"
)

// done is what somebody has just done, told at the top of the next page with a
// way to take it back.
type done struct {
	Act desk.Act
}

// onward leads to a page that tells of an act.
func onward(w http.ResponseWriter, r *http.Request, path string, act desk.Act) error {
	u, err := url.Parse(within(path))
	if err != nil {
		u = &url.URL{Path: "/"}
	}
	q := u.Query()
	q.Set("did", strconv.FormatInt(act.ID, 10))
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusSeeOther)
	return nil
}

// justDone is the act that the address names. What is told about it comes from
// the store; an address can at most name another one.
func (s *Server) justDone(r *http.Request) *done {
	id, err := strconv.ParseInt(r.URL.Query().Get("did"), 10, 64)
	if err != nil || id <= 0 {
		return nil
	}
	acts, err := s.Read.Acts(r.Context(), id+1, 1)
	if err != nil || len(acts) == 0 || acts[0].ID != id {
		return nil // a page without its message is better than none
	}
	return &done{acts[0]}
}
