// Package review is the desk's pages, and the same for programs.
//
// In come requests of people; out come pages: the queue of conflicts, one conflict
// with its positions side by side, the documents, sources, claims, runs and rules
// behind them, and what people decided. It reads through a [Reader], people act
// through a [Judge], and a [Gate] says who they are. What came out of a document is
// text in every page, never markup, and nothing is loaded from elsewhere.
package review

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"crosscheck/claim"
	"crosscheck/desk"
)

// Reader is what the pages read through.
type Reader interface {
	Queue(ctx context.Context, f desk.Filter, now time.Time) (desk.Page, error)
	Choices(ctx context.Context) (desk.Choices, error)
	Case(ctx context.Context, id string) (*desk.Case, error)
	// Paper opens a version of a document against another: 0 is the current one,
	// and the one before it.
	Paper(ctx context.Context, id, version, against int64) (*desk.Paper, error)
	Publishers(ctx context.Context) ([]desk.PublisherLine, error)
	Publisher(ctx context.Context, id int64) (*desk.Publisher, error)
	Statement(ctx context.Context, id string) (*desk.Statement, error)
	RuleRecords(ctx context.Context, rules []claim.Rule) ([]desk.RuleRecord, error)
	Nights(ctx context.Context, limit int) ([]desk.NightLine, error) // the newest first
	NightOf(ctx context.Context, id int64) (*desk.NightReport, error)
	// Acts are those with a lower number than before (0: all), the last first.
	Acts(ctx context.Context, before int64, limit int) ([]desk.Act, error)
	Views(ctx context.Context, owner string) ([]desk.View, error)
}

// Judge is what people act through. Who is an account's name. Its errors for people
// are [*desk.Stale], [*desk.Refused] and [*desk.Missing].
type Judge interface {
	Judge(ctx context.Context, who string, at time.Time, on []desk.Target, d desk.Decision) (desk.Act, error)
	Assign(ctx context.Context, who string, at time.Time, on []desk.Target, t desk.Task) (desk.Act, error)
	Note(ctx context.Context, who string, at time.Time, on []desk.Target, note string) (desk.Act, error)
	Merge(ctx context.Context, who string, at time.Time, into desk.Target, others []desk.Target, note string) (desk.Act, error)
	Split(ctx context.Context, who string, at time.Time, on desk.Target, positions []string, note string) (desk.Act, error)
	Mute(ctx context.Context, who string, at time.Time, on []desk.Target, mute bool, note string) (desk.Act, error)
	MuteSource(ctx context.Context, who string, at time.Time, source int64, mute bool, note string) (desk.Act, error)
	RuleNames(ctx context.Context, who string, at time.Time, a, b string, same bool, note string) (desk.Act, error)
	Undo(ctx context.Context, who string, at time.Time, act int64) (desk.Act, error)
	SaveView(ctx context.Context, owner string, v desk.View) error
	DropView(ctx context.Context, owner, name string) error
}

// Checker holds a draft against the archive. A [*desk.Refused] is about the draft.
type Checker interface {
	Check(ctx context.Context, name string, text []byte) (*desk.Check, error)
}

// Gate says who asks. Somebody who has not said who he is, is the zero Person.
type Gate interface {
	Who(r *http.Request) (desk.Person, error)
}

// Server answers for the pages.
type Server struct {
	Read  Reader
	Judge Judge
	Gate  Gate
	Door  *Door // where people sign in, and admins keep accounts
	Check Checker
	// Origin is the address at which browsers reach the pages, such as
	// "https://desk.example.org", where a proxy may name another as the request's
	// host; "" where not given.
	Origin string
	Rules  []claim.Rule
	Now    func() time.Time
	Log    *slog.Logger

	checking atomic.Int32 // drafts
}

// Bounds of a request.
const (
	maxBody = 1 << 20 // bytes
)

// Handler answers every path of the pages.
func (s *Server) Handler() http.Handler { return s.handler(routes) }

func (s *Server) handler(table []route) http.Handler {
	mux := http.NewServeMux()
	methods := make(map[string][]string) // pattern → of the API
	for _, rt := range table {
		mux.HandleFunc(rt.method+" "+rt.pattern, s.answer(rt))
		if strings.HasPrefix(rt.pattern, apiPath) {
			methods[rt.pattern] = append(methods[rt.pattern], rt.method)
		}
	}
	for pattern, allowed := range methods {
		mux.HandleFunc(pattern, s.answer(route{do: func(_ *Server, w http.ResponseWriter, _ *http.Request, _ desk.Person) error {
			w.Header().Set("Allow", strings.Join(allowed, ", "))
			return errMethod
		}}))
	}
	mux.HandleFunc("/", s.answer(route{do: (*Server).nowhere}))
	guard := http.NewCrossOriginProtection()
	if s.Origin != "" {
		if err := guard.AddTrustedOrigin(s.Origin); err != nil {
			s.Log.Error("forms sent from the pages' own address are refused", "address", s.Origin, "error", err)
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header())
		s.fail(w, r, desk.Person{}, errElsewhere)
	}))
	return guard.Handler(mux)
}

// answer does what every route has in common: the header policy, who asks and
// whether he may, and what is said where it fails.
func (s *Server) answer(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header())
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		who, err := s.Gate.Who(r)
		switch {
		case err != nil:
		case who.Role.May(rt.role):
			err = rt.do(s, w, r, who)
		case who.Role == desk.Nobody:
			err = errStranger
		default:
			err = errNotAllowed
		}
		if err != nil {
			s.fail(w, r, who, err)
		}
	}
}

// The errors of who may not do what he asks for.
var (
	errStranger   = errors.New("nobody is signed in")
	errNotAllowed = errors.New("this account may not do that")
	errElsewhere  = errors.New("a page of another site asks")
	errMethod     = errors.New("this is not done by that method")
)

func (s *Server) nowhere(_ http.ResponseWriter, r *http.Request, _ desk.Person) error {
	return &desk.Missing{What: "page", Name: r.URL.Path}
}
