package review

import (
	"net/http"
	"net/url"
	"time"

	"crosscheck/conflict"
	"crosscheck/desk"
)

// queueView is what the page of the queue shows.
type queueView struct {
	Filter   desk.Filter
	Query    string // the filter's, with the page
	Base     string // the filter's, without the page
	Narrowed bool
	Rows     []rowView
	Total    int
	More     bool
	Next     string // address of the next page; "" on the last
	First    string // address of the first page; "" on it
	Boxes    []boxView
	Choices  desk.Choices
	Views    []viewView
	Kinds    []conflict.Kind
	Statuses []conflict.Status
	Verdicts []desk.Verdict
	Ways     []string
}

// boxView is a part of the queue in the menu above it.
type boxView struct {
	Name  string
	Path  string
	Count string
	Here  bool
}

// boxNames are the parts of the queue as people call them.
var boxNames = map[desk.Box]string{
	desk.Waiting: "Waiting", desk.Judged: "Judged", desk.Replaced: "Superseded", desk.Explained: "Explained",
	desk.Muted: "Muted", desk.Gone: "Gone", desk.Everything: "All",
}

var kinds = []conflict.Kind{conflict.Number, conflict.Date, conflict.Entity, conflict.Negation, conflict.Arithmetic}

// rowView is a conflict in a list.
type rowView struct {
	desk.Row
	Path   string // of its page, within the list that it stands in
	Why    string // the reason in short
	New    bool   // since yesterday
	Again  bool   // re-opened by a night, and not judged since
	Late   bool   // its due day has passed
	Pick   bool   // can be selected
	Choice string // what selecting it says: its number and the revision shown
}

// queue shows the conflicts that a filter lets through.
func (s *Server) queue(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	q := r.URL.Query()
	f, err := filterOf(q)
	if err != nil {
		return err
	}
	now := s.Now()
	page, err := s.Read.Queue(r.Context(), f, now)
	if err != nil {
		return err
	}
	choices, err := s.Read.Choices(r.Context())
	if err != nil {
		return err
	}
	views, err := s.Read.Views(r.Context(), who.Name)
	if err != nil {
		return err
	}
	v := queueView{Filter: f, Query: queryOf(f), Narrowed: narrowed(f), Total: page.Total, More: page.More, Choices: choices, Views: viewViews(views), Kinds: kinds, Statuses: statuses, Verdicts: desk.Verdicts, Ways: desk.Ways}
	v.Rows = viewRows(page.Rows, v.Query, now, who.Role.May(desk.Reviewer))
	first := f
	first.After = ""
	v.Base = queryOf(first)
	if f.After != "" {
		v.First = queuePath(v.Base)
	}
	if page.Next != "" {
		next := f
		next.After = page.Next
		v.Next = queuePath(queryOf(next))
	}
	v.Boxes = viewBoxes(first, choices)
	return s.render(w, r, who, sheet{name: "queue", Title: "Queue", Here: "/", Body: v})
}

func viewBoxes(f desk.Filter, choices desk.Choices) []boxView {
	here := f.Box
	if here == "" {
		here = desk.Waiting
	}
	out := make([]boxView, len(desk.Boxes))
	for i, b := range desk.Boxes {
		f.Box = b
		out[i] = boxView{Name: boxNames[b], Path: queuePath(queryOf(f)), Here: b == here}
		if n, ok := choices.Boxes[b]; ok {
			out[i].Count = grouped(n)
			if n >= desk.CountMost {
				out[i].Count += "+"
			}
		}
	}
	return out
}

// viewRows are conflicts as a list shows them. in is the query of the filter of
// the list, "" where it is not the queue.
func viewRows(rows []desk.Row, in string, now time.Time, pick bool) []rowView {
	out := make([]rowView, len(rows))
	for i, row := range rows {
		out[i] = rowView{
			Row: row, Path: conflictPath(row.ID, in), Why: whyOf(row.Reason), New: row.Status == conflict.Open && row.State.Verdict == "" && daysBetween(row.News.In(now.Location()), now) <= 1,
			Again: row.State.Verdict == "" && !row.State.Reopened.IsZero(),
			Late:  row.State.Due != 0 && row.State.Due < dayOf(now), Pick: pick, Choice: targetText(desk.Target{Conflict: row.ID, Revision: row.State.Revision}),
		}
	}
	return out
}

// conflictPath is the address of a conflict's page, with the queue that it was
// opened from.
func conflictPath(id, in string) string {
	path := "/conflicts/" + url.PathEscape(id)
	if in != "" {
		path += "?" + url.Values{"in": {in}}.Encode()
	}
	return path
}

// walk leads from a conflict to the one after or before it in the queue that the
// address carries.
func (s *Server) walk(w http.ResponseWriter, r *http.Request, _ desk.Person) error {
	q := r.URL.Query()
	var to string
	var err error
	if r.PathValue("way") == "previous" {
		to, err = s.before(r, q.Get("in"), q.Get("from"))
	} else {
		to, err = s.after(r, q.Get("in"), q.Get("from"))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// after is the address of what comes after a conflict in a queue: the next
// conflict, the top of the queue where that one is no longer in it, and the queue
// itself at its end.
func (s *Server) after(r *http.Request, in, id string) (string, error) {
	f, page, err := s.queueIn(r, in)
	if err != nil {
		return "", err
	}
	i := placeIn(page.Rows, id) + 1
	if i == len(page.Rows) && page.Next != "" {
		f.After = page.Next
		if page, err = s.Read.Queue(r.Context(), f, s.Now()); err != nil {
			return "", err
		}
		i = 0
	}
	if i >= len(page.Rows) {
		f.After = ""
		return queuePath(queryOf(f)), nil
	}
	return conflictPath(page.Rows[i].ID, queryOf(f)), nil
}

// before is the address of what comes before a conflict on its page of a queue.
func (s *Server) before(r *http.Request, in, id string) (string, error) {
	f, page, err := s.queueIn(r, in)
	if err != nil {
		return "", err
	}
	if i := placeIn(page.Rows, id); i > 0 {
		return conflictPath(page.Rows[i-1].ID, queryOf(f)), nil
	}
	return queuePath(queryOf(f)), nil
}

func (s *Server) queueIn(r *http.Request, in string) (f desk.Filter, page desk.Page, err error) {
	q, err := url.ParseQuery(in)
	if err != nil {
		return f, page, &desk.Refused{Why: "The address of the queue is damaged."}
	}
	if f, err = filterOf(q); err != nil {
		return f, page, err
	}
	page, err = s.Read.Queue(r.Context(), f, s.Now())
	return f, page, err
}

// placeIn is the index of a conflict among rows; -1 where it is not there.
func placeIn(rows []desk.Row, id string) int {
	for i, row := range rows {
		if row.ID == id {
			return i
		}
	}
	return -1
}
