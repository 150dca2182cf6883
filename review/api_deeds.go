package review

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"crosscheck/desk"
)

// sent does what a body asks for, and answers with what came of it, as JSON.
func sent[B, T any](do func(*Server, *http.Request, desk.Person, B) (T, error)) func(*Server, http.ResponseWriter, *http.Request, desk.Person) error {
	return told(func(s *Server, r *http.Request, who desk.Person) (out T, err error) {
		var body B
		if err := readJSON(r, &body); err != nil {
			return out, err
		}
		return do(s, r, who, body)
	})
}

// errNotJSON is that of a body that is something else than JSON.
var errNotJSON = errors.New("the body is not JSON")

// readJSON reads a body: one object, of the fields of into and no others. No body
// is an object without fields.
func readJSON(r *http.Request, into any) error {
	if kind := r.Header.Get("Content-Type"); kind != "" || r.ContentLength != 0 {
		if kind, _, err := mime.ParseMediaType(kind); err != nil || kind != "application/json" {
			return errNotJSON
		}
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		if _, err = d.Token(); err == nil {
			return wrongField("", "The body goes on after its object; send one object.")
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return wrongBody(err)
}

// wrongBody says where a body is not as it should be.
func wrongBody(err error) error {
	var (
		large *http.MaxBytesError
		kind  *json.UnmarshalTypeError
	)
	unknown, isUnknown := strings.CutPrefix(err.Error(), "json: unknown field ")
	switch {
	case errors.As(err, &large):
		return err
	case errors.As(err, &kind):
		// Before its name stand those of the types that it is embedded from.
		return wrongField(kind.Field[strings.LastIndexByte(kind.Field, '.')+1:], "It cannot be "+article(kind.Value)+".")
	case isUnknown:
		return wrongField(short(strings.Trim(unknown, `"`), 40), "There is no such field.")
	}
	return wrongField("", "The body is not whole JSON; send one object in UTF-8.")
}

// article is a JSON kind in words.
func article(kind string) string {
	if strings.HasPrefix(kind, "a") || strings.HasPrefix(kind, "o") {
		return "an " + kind
	}
	return "a " + kind
}

// seen is the revision of a conflict that whoever acts has seen.
type seen struct {
	Revision *int `json:"revision"`
}

// target is the conflict that the path names, as it was seen.
func (b seen) target(r *http.Request) ([]desk.Target, error) {
	if b.Revision == nil {
		return nil, wrongField("revision", "Give the revision of the conflict as you saw it: state.revision.")
	}
	return []desk.Target{{Conflict: r.PathValue("id"), Revision: *b.Revision}}, nil
}

// task is a desk.Task whose day is still a word.
type task struct {
	Assignee string `json:"assignee"`
	Due      string `json:"due"`
	Note     string `json:"note"`
}

func (t task) task() (desk.Task, error) {
	due, err := dayFrom("due", t.Due)
	return desk.Task{Assignee: strings.TrimSpace(t.Assignee), Due: due, Note: t.Note}, err
}

type noted struct {
	Note string `json:"note"`
}

type muting struct {
	Mute *bool  `json:"mute"`
	Note string `json:"note"`
}

// quiet is whether to mute, which has to be said.
func (m muting) quiet() (bool, error) {
	if m.Mute == nil {
		return false, wrongField("mute", "Say true to mute it, false to hear it again.")
	}
	return *m.Mute, nil
}

type merger struct {
	Into desk.Target `json:"into"`
	Note string      `json:"note"`
}

func (s *Server) sendVerdict(r *http.Request, who desk.Person, b struct {
	seen
	desk.Decision
}) (desk.Act, error) {
	on, err := b.target(r)
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.Judge(r.Context(), who.Name, s.Now(), on, b.Decision)
}

func (s *Server) sendTask(r *http.Request, who desk.Person, b struct {
	seen
	task
}) (desk.Act, error) {
	on, err := b.target(r)
	if err != nil {
		return desk.Act{}, err
	}
	t, err := b.task.task()
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.Assign(r.Context(), who.Name, s.Now(), on, t)
}

func (s *Server) sendNote(r *http.Request, who desk.Person, b struct {
	seen
	noted
}) (desk.Act, error) {
	on, err := b.target(r)
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.Note(r.Context(), who.Name, s.Now(), on, b.Note)
}

func (s *Server) sendMute(r *http.Request, who desk.Person, b struct {
	seen
	muting
}) (desk.Act, error) {
	on, err := b.target(r)
	if err != nil {
		return desk.Act{}, err
	}
	mute, err := b.quiet()
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.Mute(r.Context(), who.Name, s.Now(), on, mute, b.Note)
}

func (s *Server) sendMerger(r *http.Request, who desk.Person, b struct {
	seen
	merger
}) (desk.Act, error) {
	on, err := b.target(r)
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.Merge(r.Context(), who.Name, s.Now(), b.Into, on, b.Note)
}

func (s *Server) sendSplit(r *http.Request, who desk.Person, b struct {
	seen
	Positions []string `json:"positions"`
	Note      string   `json:"note"`
}) (desk.Act, error) {
	on, err := b.target(r)
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.Split(r.Context(), who.Name, s.Now(), on[0], b.Positions, b.Note)
}

// sendBulk does one thing to many conflicts, as one act.
func (s *Server) sendBulk(r *http.Request, who desk.Person, b struct {
	On      []desk.Target  `json:"on"`
	Verdict *desk.Decision `json:"verdict"`
	Assign  *task          `json:"assign"`
	Note    *noted         `json:"note"`
	Mute    *muting        `json:"mute"`
	Merge   *merger        `json:"merge"`
}) (act desk.Act, err error) {
	asked := 0
	for _, one := range []bool{b.Verdict != nil, b.Assign != nil, b.Note != nil, b.Mute != nil, b.Merge != nil} {
		if one {
			asked++
		}
	}
	if asked != 1 {
		return act, wrongField("", "Ask for one thing: give verdict, assign, note, mute or merge.")
	}
	ctx, now := r.Context(), s.Now()
	switch {
	case b.Verdict != nil:
		return s.Judge.Judge(ctx, who.Name, now, b.On, *b.Verdict)
	case b.Assign != nil:
		t, err := b.Assign.task()
		if err != nil {
			return act, err
		}
		return s.Judge.Assign(ctx, who.Name, now, b.On, t)
	case b.Note != nil:
		return s.Judge.Note(ctx, who.Name, now, b.On, b.Note.Note)
	case b.Mute != nil:
		mute, err := b.Mute.quiet()
		if err != nil {
			return act, err
		}
		return s.Judge.Mute(ctx, who.Name, now, b.On, mute, b.Mute.Note)
	}
	return s.Judge.Merge(ctx, who.Name, now, b.Merge.Into, b.On, b.Merge.Note)
}

func (s *Server) sendSourceMute(r *http.Request, who desk.Person, b muting) (desk.Act, error) {
	id, err := pathNumber(r, "source")
	if err != nil {
		return desk.Act{}, err
	}
	mute, err := b.quiet()
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.MuteSource(r.Context(), who.Name, s.Now(), id, mute, b.Note)
}

func (s *Server) sendNames(r *http.Request, who desk.Person, b struct {
	A    string `json:"a"`
	B    string `json:"b"`
	Same *bool  `json:"same"`
	Note string `json:"note"`
}) (desk.Act, error) {
	if b.Same == nil {
		return desk.Act{}, wrongField("same", "Say true where both are names of one, false where they are two.")
	}
	return s.Judge.RuleNames(r.Context(), who.Name, s.Now(), b.A, b.B, *b.Same, b.Note)
}

func (s *Server) sendUndo(r *http.Request, who desk.Person, _ struct{}) (desk.Act, error) {
	id, err := pathNumber(r, "act")
	if err != nil {
		return desk.Act{}, err
	}
	return s.Judge.Undo(r.Context(), who.Name, s.Now(), id)
}

func (s *Server) sendView(r *http.Request, who desk.Person, b struct {
	Query string `json:"query"`
}) (desk.View, error) {
	return s.keepView(r.Context(), who, r.PathValue("name"), b.Query)
}

// dropView forgets a view.
func (s *Server) dropView(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	if err := onlyQuery(r.URL, nil); err != nil {
		return err
	}
	if err := s.Judge.DropView(r.Context(), who.Name, r.PathValue("name")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
