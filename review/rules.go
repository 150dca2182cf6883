package review

import (
	"net/http"

	"crosscheck/desk"
)

// rules lists what reads claims, with how often reviewers called it wrong.
func (s *Server) rules(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	records, err := s.Read.RuleRecords(r.Context(), s.Rules)
	if err != nil {
		return err
	}
	return s.render(w, r, who, sheet{name: "rules", Title: "Rules", Here: "/rules", Body: records})
}
