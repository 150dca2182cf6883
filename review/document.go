package review

import (
	"net/http"
	"slices"
	"strconv"

	"crosscheck/claim"
	"crosscheck/desk"
)

// paperView is what the page of a document shows.
type paperView struct {
	*desk.Paper
	Pieces    []piece
	Versions  []versionView
	Claims    int         // marked
	Conflicts []desk.Mark // marks that take part in a conflict
}

// versionView is a version in the list of them.
type versionView struct {
	desk.Version
	Here    bool
	Path    string
	Compare string // the address that lays it beside the open one; "" for that one itself
}

// piece is a run of a document's text that lies in the same claims.
type piece struct {
	Text  string
	Marks []int64    // appearances that begin with it
	Says  string     // the innermost claim in words; "" for text without one
	Claim string     // its number
	Kind  claim.Kind // and kind
	In    string     // the conflict that it takes part in
}

// document shows a version of a document with its claims marked.
func (s *Server) document(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	p, err := s.paper(r)
	if err != nil {
		return err
	}
	v := paperView{Paper: p, Pieces: pieces(p.Text, p.Marks), Claims: len(p.Marks)}
	base := "/documents/" + strconv.FormatInt(p.ID, 10)
	open := strconv.FormatInt(p.Open.ID, 10)
	for _, ver := range p.Versions {
		n := strconv.FormatInt(ver.ID, 10)
		line := versionView{Version: ver, Here: ver.ID == p.Open.ID, Path: base + "?version=" + n}
		if !line.Here {
			line.Compare = base + "?version=" + open + "&against=" + n + "#changes"
		}
		v.Versions = append(v.Versions, line)
	}
	for _, m := range p.Marks {
		if m.Conflict != "" && !slices.ContainsFunc(v.Conflicts, func(o desk.Mark) bool { return o.Conflict == m.Conflict }) {
			v.Conflicts = append(v.Conflicts, m)
		}
	}
	return s.render(w, r, who, sheet{name: "document", Title: titleOf(p.Title, p.Given), Here: "/sources", Body: v})
}

// paper is the document that the path names, in the version that the address asks for.
func (s *Server) paper(r *http.Request) (*desk.Paper, error) {
	id, err := pathNumber(r, "document")
	if err != nil {
		return nil, err
	}
	version, err := numberIn(r.URL.Query(), "version")
	if err != nil {
		return nil, err
	}
	against, err := numberIn(r.URL.Query(), "against")
	if err != nil {
		return nil, err
	}
	return s.Read.Paper(r.Context(), id, version, against)
}

// titleOf is a document's title, or its address where it has none.
func titleOf(title, given string) string {
	if title != "" {
		return title
	}
	return given
}

// pieces cuts a text where claims begin and end. Where several claims lie over one
// another a piece is that of the one that began last. Marks come in the order of the
// text; those that do not lie in it are passed over.
func pieces(text string, marks []desk.Mark) (out []piece) {
	at := 0
	var open []desk.Mark // that end behind at, the last begun at the end
	upTo := func(end int) {
		for at < end {
			open = slices.DeleteFunc(open, func(m desk.Mark) bool { return m.End <= at })
			p, stop := piece{}, end
			if n := len(open); n > 0 {
				m := open[n-1]
				p.Says, p.Claim, p.Kind, p.In = m.Says, m.ClaimID, m.Kind, m.Conflict
				for _, o := range open {
					stop = min(stop, o.End)
				}
			}
			p.Text = visible(text[at:stop])
			at = stop
			out = append(out, p)
		}
	}
	for i := 0; i < len(marks); {
		start := marks[i].Start
		if start < at || start > len(text) {
			i++
			continue
		}
		upTo(start)
		open = slices.DeleteFunc(open, func(m desk.Mark) bool { return m.End <= start })
		var begin []int64
		for ; i < len(marks) && marks[i].Start == start; i++ {
			if m := marks[i]; m.End > start && m.End <= len(text) {
				begin = append(begin, m.Appearance)
				if len(open) < maxOverlap {
					open = append(open, m)
				}
			}
		}
		if len(begin) > 0 {
			from := len(out)
			next := len(text)
			if i < len(marks) && marks[i].Start > start {
				next = min(next, marks[i].Start)
			}
			upTo(min(next, endOf(open)))
			if from < len(out) {
				out[from].Marks = begin
			}
		}
	}
	upTo(len(text))
	return out
}

// maxOverlap is how many claims that lie over one another are told apart.
const maxOverlap = 16

func endOf(open []desk.Mark) int {
	end := open[0].End
	for _, m := range open {
		end = min(end, m.End)
	}
	return end
}
