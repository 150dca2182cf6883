package review

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// checkView is a draft held against the archive.
type checkView struct {
	Draft   string // as it was pasted
	Asked   bool
	Check   *desk.Check
	Differs []findingView // the worst first
	Agrees  []findingView
	Alone   []findingView
	Pieces  []markedPiece
}

// findingView is a claim of the draft with what the archive has about it.
type findingView struct {
	conflict.Checked
	Number  int // from 1, in the order of the text
	Words   string
	Quoted  quoted
	Why     string
	Others  []otherView
	Support []quotedPlace
	Tried   []tried
}

// otherView is an answer that cannot hold beside the draft's.
type otherView struct {
	Words   string
	Origins int
	Places  []quotedPlace
	More    int
}

// quotedPlace is where somebody else says something.
type quotedPlace struct {
	Quoted      quoted
	Attribution string
	Document    desk.Archived
	Name        string // as given, where the archive tells no more of it
}

// markedPiece is a run of the draft's text, of a claim or between two.
type markedPiece struct {
	Text    string
	Number  int // of the claim, from 1; 0 for none
	Finding conflict.Finding
}

// checkForm shows where a draft is pasted.
func (s *Server) checkForm(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.render(w, r, who, sheet{name: "check", Title: "Check a draft", Here: "/check", Body: checkView{}})
}

// checkDraft holds what was pasted against the archive. Nothing of it is kept.
func (s *Server) checkDraft(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	f, err := formOf(r)
	if err != nil {
		return err
	}
	draft := strings.ReplaceAll(f.Get("draft"), "\r\n", "\n")
	if strings.TrimSpace(draft) == "" {
		return &desk.Refused{Why: "Paste a text first."}
	}
	c, err := s.check(r.Context(), draftName, draft)
	if err != nil {
		return err
	}
	return s.render(w, r, who, sheet{name: "check", Title: "Check a draft", Here: "/check", Body: viewCheck(c, draft)})
}

// draftName is what a draft is called that has no name; its ending says that it is
// read as plain text and Markdown are.
const draftName = "draft.md"

// maxChecks is how many drafts are held against the archive at a time: each keeps a
// processor and a connection to the database busy for seconds.
const maxChecks = 4

// errBusy is that of a draft that others keep from being looked at.
var errBusy = errors.New("too many drafts are being checked")

// check holds a draft against the archive.
func (s *Server) check(ctx context.Context, name, draft string) (*desk.Check, error) {
	defer s.checking.Add(-1)
	if s.checking.Add(1) > maxChecks {
		return nil, errBusy
	}
	return s.Check.Check(ctx, name, []byte(draft))
}

func viewCheck(c *desk.Check, draft string) checkView {
	v := checkView{Draft: draft, Asked: true, Check: c}
	for i, one := range c.Claims {
		f := viewFinding(c, one, i+1)
		switch one.Finding {
		case conflict.Differs:
			v.Differs = append(v.Differs, f)
		case conflict.Agrees:
			v.Agrees = append(v.Agrees, f)
		default:
			v.Alone = append(v.Alone, f)
		}
	}
	slices.SortStableFunc(v.Differs, func(a, b findingView) int { return cmp.Compare(severityOf(b), severityOf(a)) })
	v.Pieces = markedPieces(c)
	return v
}

func severityOf(f findingView) float64 {
	if f.Conflict == nil {
		return 0
	}
	return f.Conflict.Severity
}

func viewFinding(c *desk.Check, one conflict.Checked, n int) findingView {
	own := one.Claim
	f := findingView{Checked: one, Number: n, Words: answerWords(own.Claim.Value, own.Claim.Polarity == claim.Negated), Quoted: quote(desk.Place{Appearance: own}), Why: whyOf(one.Reason)}
	for _, a := range one.Support {
		f.Support = append(f.Support, archivedPlace(c, a))
	}
	if one.Conflict == nil {
		return f
	}
	if f.Why == "" {
		f.Why = whyOf(one.Conflict.Reason)
	}
	for _, name := range one.Conflict.Rungs {
		f.Tried = append(f.Tried, triedOf(name))
	}
	for _, p := range one.Conflict.Positions {
		if o := viewOther(c, p); len(o.Places) > 0 {
			f.Others = append(f.Others, o)
		}
	}
	return f
}

// viewOther is a position without the draft's own places: empty for one that the
// draft takes alone.
func viewOther(c *desk.Check, p conflict.Position) otherView {
	o := otherView{Origins: p.Origins, More: p.More}
	for _, a := range p.Appearances {
		if a.Document == c.Name {
			return otherView{} // the draft's own answer
		}
		o.Words = answerWords(p.Value, a.Claim.Polarity == claim.Negated)
		o.Places = append(o.Places, archivedPlace(c, a))
	}
	return o
}

func archivedPlace(c *desk.Check, a claim.Appearance) quotedPlace {
	return quotedPlace{Quoted: quote(desk.Place{Appearance: a}), Attribution: a.Attribution, Document: c.Documents[a.Document], Name: a.Document}
}

// markedPieces cuts the draft where its claims begin and end. Of claims that lie
// over one another the first is marked.
func markedPieces(c *desk.Check) (out []markedPiece) {
	at := 0
	for i, one := range c.Claims {
		span := one.Claim.Span
		if span.Start < at || span.End <= span.Start || span.End > len(c.Text) {
			continue
		}
		out = append(out, markedPiece{Text: visible(c.Text[at:span.Start])}, markedPiece{visible(c.Text[span.Start:span.End]), i + 1, one.Finding})
		at = span.End
	}
	return append(out, markedPiece{Text: visible(c.Text[at:])})
}
