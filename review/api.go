package review

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
)

// The API answers programs as the pages answer people: the same reader and the same
// judge behind the same table of routes. What it says is in the types of package desk
// and in openapi.yaml, which tests hold to these handlers.

// apiPath begins every address of the API.
const apiPath = "/api/v1/"

// byProgram reports whether a request is for the API, whose errors programs read.
func byProgram(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, apiPath) }

// told answers with what ask finds, as JSON. parameters are those that the address may
// carry; any other is refused, because a filter that is misspelt would let all through.
func told[T any](ask func(*Server, *http.Request, desk.Person) (T, error), parameters ...string) func(*Server, http.ResponseWriter, *http.Request, desk.Person) error {
	return func(s *Server, w http.ResponseWriter, r *http.Request, who desk.Person) error {
		if err := onlyQuery(r.URL, parameters); err != nil {
			return err
		}
		found, err := ask(s, r, who)
		if err != nil {
			return err
		}
		return writeJSON(w, http.StatusOK, "application/json", found)
	}
}

// onlyQuery refuses an address that carries something else than these parameters,
// or one of them twice.
func onlyQuery(u *url.URL, parameters []string) error {
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return wrongField("", "The address is damaged: what stands behind its question mark cannot be read.")
	}
	for name, values := range q {
		switch {
		case !slices.Contains(parameters, name) && len(parameters) == 0:
			return wrongField(short(name, 40), "This address takes no parameters.")
		case !slices.Contains(parameters, name):
			return wrongField(short(name, 40), "There is no such parameter; there are: "+strings.Join(parameters, ", ")+".")
		case len(values) > 1:
			return wrongField(name, "Give it once.")
		}
	}
	return nil
}

func writeJSON(w http.ResponseWriter, status int, kind string, value any) error {
	b, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = w.Write(append(b, '\n')) // who asked may have gone
	return nil
}

// filterNames are what the queue's address may carry.
var filterNames = []string{"box", "kind", "status", "verdict", "source", "schedule", "assignee", "severity", "since", "until", "overdue", "text", "after", "size"}

func (s *Server) tellQueue(r *http.Request, _ desk.Person) (desk.Page, error) {
	f, err := filterOf(r.URL.Query())
	if err != nil {
		return desk.Page{}, err
	}
	return s.Read.Queue(r.Context(), f, s.Now())
}

func (s *Server) tellChoices(r *http.Request, _ desk.Person) (desk.Choices, error) {
	return s.Read.Choices(r.Context())
}

func (s *Server) tellConflict(r *http.Request, _ desk.Person) (*desk.Case, error) {
	return s.Read.Case(r.Context(), r.PathValue("id"))
}

func (s *Server) tellDocument(r *http.Request, _ desk.Person) (*desk.Paper, error) {
	return s.paper(r)
}

type sourceList struct {
	Sources []desk.PublisherLine `json:"sources"`
}

func (s *Server) tellSources(r *http.Request, _ desk.Person) (sourceList, error) {
	all, err := s.Read.Publishers(r.Context())
	return sourceList{all}, err
}

func (s *Server) tellSource(r *http.Request, _ desk.Person) (*desk.Publisher, error) {
	id, err := pathNumber(r, "source")
	if err != nil {
		return nil, err
	}
	return s.Read.Publisher(r.Context(), id)
}

func (s *Server) tellClaim(r *http.Request, _ desk.Person) (*desk.Statement, error) {
	return s.Read.Statement(r.Context(), r.PathValue("id"))
}

type ruleList struct {
	Rules []desk.RuleRecord `json:"rules"`
}

func (s *Server) tellRules(r *http.Request, _ desk.Person) (ruleList, error) {
	all, err := s.Read.RuleRecords(r.Context(), s.Rules)
	return ruleList{all}, err
}

type runList struct {
	Runs []desk.NightLine `json:"runs"`
}

func (s *Server) tellRuns(r *http.Request, _ desk.Person) (runList, error) {
	size, err := sizeIn(r.URL.Query(), nightsShown)
	if err != nil {
		return runList{}, err
	}
	all, err := s.Read.Nights(r.Context(), size)
	return runList{all}, err
}

func (s *Server) tellRun(r *http.Request, _ desk.Person) (*desk.NightReport, error) {
	id, err := pathNumber(r, "run")
	if err != nil {
		return nil, err
	}
	return s.Read.NightOf(r.Context(), id)
}

// actList is a page of the history; Next is After of the page behind it.
type actList struct {
	Acts []desk.Act `json:"acts"`
	Next int64      `json:"next,omitempty"`
}

func (s *Server) tellActs(r *http.Request, _ desk.Person) (actList, error) {
	q := r.URL.Query()
	after, err := numberIn(q, "after")
	if err != nil {
		return actList{}, err
	}
	size, err := sizeIn(q, historyPage)
	if err != nil {
		return actList{}, err
	}
	acts, next, err := s.acts(r.Context(), after, size)
	return actList{acts, next}, err
}

type viewList struct {
	Views []desk.View `json:"views"`
}

func (s *Server) tellViews(r *http.Request, who desk.Person) (viewList, error) {
	all, err := s.Read.Views(r.Context(), who.Name)
	return viewList{all}, err
}

func (s *Server) tellMe(_ *http.Request, who desk.Person) (desk.Person, error) { return who, nil }

// checkedClaim is a claim of a draft with its own fields beside what was found.
type checkedClaim struct {
	claim.Line
	conflict.Checked
}

// checkedDraft is a check whose claims have their own fields.
type checkedDraft struct {
	*desk.Check
	Claims []checkedClaim `json:"claims"`
}

func (s *Server) tellCheck(r *http.Request, _ desk.Person, draft struct {
	Name string `json:"name"`
	Text string `json:"text"`
}) (checkedDraft, error) {
	if strings.TrimSpace(draft.Text) == "" {
		return checkedDraft{}, wrongField("text", "Give the text that is to be checked.")
	}
	name, err := desk.CheckedName("name of the draft", draft.Name)
	if draft.Name == "" {
		name, err = draftName, nil
	}
	if err != nil {
		return checkedDraft{}, err
	}
	c, err := s.check(r.Context(), name, draft.Text)
	if err != nil {
		return checkedDraft{}, err
	}
	out := checkedDraft{c, make([]checkedClaim, len(c.Claims))}
	for i, one := range c.Claims {
		out.Claims[i] = checkedClaim{one.Claim.Claim.Line(), one}
	}
	return out, nil
}
