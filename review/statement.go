package review

import (
	"net/http"

	"crosscheck/desk"
)

// statementView is what the page of a claim shows.
type statementView struct {
	*desk.Statement
	Places []placeView
	Rows   []rowView
}

// statement shows a claim, with where and when it was made.
func (s *Server) statement(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	st, err := s.Read.Statement(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	v := statementView{st, viewPlaces(st.Places), viewRows(st.Conflicts, "", s.Now(), false)}
	return s.render(w, r, who, sheet{name: "claim", Title: st.Says, Here: "/sources", Body: v})
}
