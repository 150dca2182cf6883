package review

import (
	"net/http"

	"crosscheck/desk"
)

// publisherView is what the page of a source shows.
type publisherView struct {
	*desk.Publisher
	Rows []rowView
}

// source shows a source with its record.
func (s *Server) source(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	id, err := pathNumber(r, "source")
	if err != nil {
		return err
	}
	p, err := s.Read.Publisher(r.Context(), id)
	if err != nil {
		return err
	}
	return s.render(w, r, who, sheet{name: "source", Title: p.Name, Here: "/sources", Body: publisherView{p, viewRows(p.Conflicts, "", s.Now(), false)}})
}

// muteSource keeps the conflicts in which a side has only this source out of the
// queue, or lets them in again.
func (s *Server) muteSource(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	id, err := pathNumber(r, "source")
	if err != nil {
		return err
	}
	f, err := formOf(r)
	if err != nil {
		return err
	}
	act, err := s.Judge.MuteSource(r.Context(), who.Name, s.Now(), id, f.Get("do") != "unmute", noteIn(f))
	if err != nil {
		return err
	}
	return onward(w, r, "/sources/"+r.PathValue("id"), act)
}

// sources lists who published what there is, with their records.
func (s *Server) sources(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	lines, err := s.Read.Publishers(r.Context())
	if err != nil {
		return err
	}
	return s.render(w, r, who, sheet{name: "sources", Title: "Sources", Here: "/sources", Body: lines})
}
