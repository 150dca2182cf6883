package review

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"crosscheck/claim"
	"crosscheck/desk"
)

// caseView is what the page of a conflict shows.
type caseView struct {
	*desk.Case
	Why       string // the reason in words
	Sides     []sideView
	Undecided []placeView
	Picture   *picture
	Rules     []string // those that read the answers, for the verdict that one misread
	Ways      []string
	Names     [2]string // two names that are the answers; "" where they are none
	History   []actView
	Last      *actView // the verdict that a night re-opened; nil for none
	Merged    []rowView
	In        string // the query of the queue that it was opened from
	Queue     string // the address of that queue
	Next      string // of what comes after it there
	Previous  string
	Late      bool
	Again     bool
	Form      form
	Stale     []actView // what others did while somebody decided
}

// form is what somebody has filled in and is shown again.
type form struct {
	Verdict, Note, Links, Assignee, Due string
}

// sideView is a position as the page shows it.
type sideView struct {
	desk.Side
	Number int // from 1, as its key
	Words  string
	Denied bool // says that it is not so
	Stands bool // by the verdict in force
	Places []placeView
}

// placesOpen is how many places of an answer are shown at once; the others fold out.
const placesOpen = 3

// First are the places that are shown at once.
func (v sideView) First() []placeView { return v.Places[:min(len(v.Places), placesOpen)] }

// Rest are the other places.
func (v sideView) Rest() []placeView { return v.Places[min(len(v.Places), placesOpen):] }

// placeView is a place where a position is taken.
type placeView struct {
	desk.Place
	Quoted quoted
	Day    claim.Day // when it was said, as far as is known
	Met    bool      // not known: Day is when its version was first met
	Path   string    // of the document, at the quote
}

// conflict shows a conflict.
func (s *Server) conflict(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	c, err := s.Read.Case(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	v := s.viewCase(c, r.URL.Query().Get("in"))
	return s.render(w, r, who, sheet{name: "conflict", Title: c.Question, Here: "/", Body: v})
}

func (s *Server) viewCase(c *desk.Case, in string) *caseView {
	around := url.Values{"from": {c.ID}, "in": {in}}.Encode()
	v := &caseView{Case: c, Why: whyOf(c.Reason), Ways: desk.Ways, In: in, Queue: queuePath(in), Next: "/queue/next?" + around, Previous: "/queue/previous?" + around,
		History: viewActs(c.History), Late: c.State.Due != 0 && c.State.Due < dayOf(s.Now()), Again: c.State.Verdict == "" && !c.State.Reopened.IsZero()}
	for i, side := range c.Sides {
		v.Sides = append(v.Sides, viewSide(side, i, c.State.Stands))
	}
	if v.Again {
		if i := slices.IndexFunc(c.History, func(a desk.Act) bool { return a.What == desk.GiveVerdict && a.UndoneBy == 0 }); i >= 0 {
			v.Last = &v.History[i]
		}
	}
	v.Undecided = viewPlaces(c.Undecided)
	v.Picture = draw(v.Sides)
	v.Rules = rulesOf(c.Sides)
	v.Names = namesOf(c.Sides)
	v.Merged = viewRows(c.Merged, "", s.Now(), false)
	v.Form = form{Links: strings.Join(c.State.Links, "\n"), Assignee: c.State.Assignee, Due: c.State.Due.String()}
	return v
}

func viewSide(side desk.Side, i int, stands string) sideView {
	v := sideView{Side: side, Number: i + 1, Stands: stands != "" && stands == side.Key, Places: viewPlaces(side.Places)}
	v.Denied = len(side.Places) > 0 && side.Places[0].Claim.Polarity == claim.Negated
	v.Words = answerWords(side.Value, v.Denied)
	return v
}

// answerWords is an answer as people say it.
func answerWords(v claim.Value, denied bool) string {
	words := short(v.Words(), maxValue)
	if denied {
		return strings.TrimSpace("not " + words)
	}
	return words
}

func viewPlaces(places []desk.Place) []placeView {
	out := make([]placeView, len(places))
	for i, p := range places {
		out[i] = placeView{Place: p, Quoted: quote(p), Day: saidOn(p), Met: p.Said == 0 && p.Published == 0, Path: placePath(p)}
	}
	return out
}

// saidOn is the day on which something was said: a stated one, else that of
// publication, else when it was first met.
func saidOn(p desk.Place) claim.Day {
	met := claim.Day(0)
	if !p.Seen.IsZero() {
		met = dayOf(p.Seen)
	}
	return cmp.Or(p.Said, p.Published, met)
}

// placePath is the address of a document opened at a quote.
func placePath(p desk.Place) string {
	path := "/documents/" + strconv.FormatInt(p.DocumentID, 10)
	if p.VersionID != 0 {
		path += "?version=" + strconv.FormatInt(p.VersionID, 10)
	}
	return path + "#a" + strconv.FormatInt(p.Appears, 10)
}

// whyOf is the reason without the list of what was tried, which the page shows
// as one.
func whyOf(reason string) string {
	why, _, _ := strings.Cut(reason, "; tried: ")
	if why = upperFirst(strings.TrimSpace(why)); why == "" || strings.ContainsRune(".!?", rune(why[len(why)-1])) {
		return why
	}
	return why + "."
}

// rulesOf are the names of the rules that read the answers, without versions.
func rulesOf(sides []desk.Side) []string {
	var names []string
	for _, side := range sides {
		for _, p := range side.Places {
			for _, id := range strings.Fields(string(p.Rule)) {
				name, _, _ := strings.Cut(id, "@")
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// namesOf are the two names that a conflict is about, so that they can be declared
// the same.
func namesOf(sides []desk.Side) (names [2]string) {
	if len(sides) != 2 || sides[0].Value.Entity == nil || sides[1].Value.Entity == nil {
		return names
	}
	return [2]string{sides[0].Value.Entity.Name, sides[1].Value.Entity.Name}
}

// decide gives a conflict a verdict, and goes on to the next in the queue.
func (s *Server) decide(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.act(w, r, who, func(ctx context.Context, on desk.Target, f url.Values) (desk.Act, string, error) {
		next, err := s.after(r, f.Get("in"), on.Conflict)
		if err != nil {
			return desk.Act{}, "", err
		}
		act, err := s.Judge.Judge(ctx, who.Name, s.Now(), []desk.Target{on}, decisionOf(f))
		return act, next, err
	})
}

func (s *Server) assign(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.act(w, r, who, func(ctx context.Context, on desk.Target, f url.Values) (desk.Act, string, error) {
		t, err := taskOf(f)
		if err != nil {
			return desk.Act{}, "", err
		}
		act, err := s.Judge.Assign(ctx, who.Name, s.Now(), []desk.Target{on}, t)
		return act, "", err
	})
}

func (s *Server) note(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.act(w, r, who, func(ctx context.Context, on desk.Target, f url.Values) (desk.Act, string, error) {
		act, err := s.Judge.Note(ctx, who.Name, s.Now(), []desk.Target{on}, noteIn(f))
		return act, "", err
	})
}

func (s *Server) mute(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.act(w, r, who, func(ctx context.Context, on desk.Target, f url.Values) (desk.Act, string, error) {
		act, err := s.Judge.Mute(ctx, who.Name, s.Now(), []desk.Target{on}, f.Get("do") != "unmute", noteIn(f))
		return act, "", err
	})
}

// merge declares a conflict to be the question of another one, whose page follows.
func (s *Server) merge(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.act(w, r, who, func(ctx context.Context, on desk.Target, f url.Values) (desk.Act, string, error) {
		id := conflictIn(f.Get("into"))
		into, err := s.Read.Case(ctx, id)
		if err != nil {
			return desk.Act{}, "", err
		}
		act, err := s.Judge.Merge(ctx, who.Name, s.Now(), desk.Target{Conflict: id, Revision: into.State.Revision}, []desk.Target{on}, noteIn(f))
		return act, conflictPath(id, f.Get("in")), err
	})
}

// conflictIn is the number of a conflict that somebody gave as such, or as the
// address of its page.
func conflictIn(text string) string {
	text = strings.TrimSpace(text)
	if _, rest, ok := strings.Cut(text, "/conflicts/"); ok {
		text = rest
	}
	return strings.TrimRight(strings.SplitN(strings.SplitN(text, "?", 2)[0], "#", 2)[0], "/")
}

func (s *Server) split(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	return s.act(w, r, who, func(ctx context.Context, on desk.Target, f url.Values) (desk.Act, string, error) {
		act, err := s.Judge.Split(ctx, who.Name, s.Now(), on, f["position"], noteIn(f))
		return act, "", err
	})
}

// ruleNames declares two names the same or different.
func (s *Server) ruleNames(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	f, err := formOf(r)
	if err != nil {
		return err
	}
	act, err := s.Judge.RuleNames(r.Context(), who.Name, s.Now(), f.Get("a"), f.Get("b"), f.Get("do") == "same", noteIn(f))
	if err != nil {
		return err
	}
	return onward(w, r, f.Get("back"), act)
}
