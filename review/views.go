package review

import (
	"context"
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
	if form.Get("do") == "drop" {
		if err := s.Judge.DropView(r.Context(), who.Name, strings.TrimSpace(form.Get("name"))); err != nil {
			return err
		}
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return nil
	}
	v, err := s.keepView(r.Context(), who, form.Get("name"), form.Get("query"))
	if err != nil {
		return err
	}
	http.Redirect(w, r, queuePath(v.Query), http.StatusSeeOther)
	return nil
}

// keepView gives a filter of the queue a name, in place of one that has it.
func (s *Server) keepView(ctx context.Context, who desk.Person, name, query string) (v desk.View, err error) {
	if v.Name, err = desk.CheckedName("name of the view", name); err != nil {
		return v, err
	}
	q, err := url.ParseQuery(query)
	if err != nil {
		return v, wrongField("query", "The address of the queue is damaged.")
	}
	f, err := filterOf(q)
	if err != nil {
		return v, err
	}
	f.After = ""
	v.Query = queryOf(f)
	return v, s.Judge.SaveView(ctx, who.Name, v)
}
