package review

import (
	"net/http"
	"net/url"
	"strings"

	"crosscheck/desk"
)

// viewView is a filter with a name, in the list of them.
type viewView struct{ Name, Path string }

func viewViews(views []desk.View) []viewView {
	out := make([]viewView, len(views))
	for i, v := range views {
		out[i] = viewView{v.Name, queuePath(v.Query)}
	}
	return out
}

// saveView gives a filter of the queue a name, or drops the one that has it.
func (s *Server) saveView(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	form, err := formOf(r)
	if err != nil {
		return err
	}
	name, query := strings.TrimSpace(form.Get("name")), form.Get("query")
	if form.Get("do") == "drop" {
		if err := s.Judge.DropView(r.Context(), who.Name, name); err != nil {
			return err
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	if name == "" {
		return &desk.Refused{Why: "A view needs a name."}
	}
	q, err := url.ParseQuery(query)
	if err != nil {
		return &desk.Refused{Why: "The address of the queue is damaged."}
	}
	f, err := filterOf(q)
	if err != nil {
		return err
	}
	f.After = ""
	if err := s.Judge.SaveView(r.Context(), who.Name, desk.View{Name: name, Query: queryOf(f)}); err != nil {
		return err
	}
	http.Redirect(w, r, queuePath(queryOf(f)), http.StatusSeeOther)
	return nil
}
