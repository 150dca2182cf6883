package review

import (
	"net/http"

	"crosscheck/desk"
)

// nightsShown is how many runs the list of them has.
const nightsShown = 60

// nights lists the runs, the last first.
func (s *Server) nights(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	all, err := s.Read.Nights(r.Context(), nightsShown)
	if err != nil {
		return err
	}
	return s.render(w, r, who, sheet{name: "runs", Title: "Runs", Here: "/runs", Body: all})
}

// night shows the ledger of a run.
func (s *Server) night(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	id, err := pathNumber(r, "run")
	if err != nil {
		return err
	}
	n, err := s.Read.NightOf(r.Context(), id)
	if err != nil {
		return err
	}
	return s.render(w, r, who, sheet{name: "run", Title: "A run", Here: "/runs", Body: n})
}
