package review

import (
	"net/http"

	"crosscheck/desk"
)

func (s *Server) help(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.render(w, r, who, sheet{name: "help", Title: "Help", Here: "/help"})
}
