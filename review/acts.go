package review

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"unicode"
	"unicode/utf8"

	"crosscheck/claim"
	"crosscheck/desk"
)

// Words says what has been done, in a sentence.
func (d *done) Words() string { return deedWords(d.Act) }

// CanUndo reports whether there is something to take back, and somebody who may.
func (d *done) CanUndo(who desk.Person) bool {
	return who.Role.May(desk.Reviewer) && d.Act.UndoneBy == 0
}

// deedWords is an act in a sentence: "A real conflict: “people killed, Oslo”".
func deedWords(a desk.Act) string {
	var about string
	switch len(a.Changes) {
	case 0:
	case 1:
		if q := a.Changes[0].Question; q != "" {
			about = ": “" + short(q, maxValue) + "”"
		}
	default:
		about = ", for " + counted(len(a.Changes), "conflict")
	}
	return upperFirst(verbWords(a)) + about
}

// verbWords is what an act did, without to what.
func verbWords(a desk.Act) string {
	var after desk.State
	if len(a.Changes) > 0 {
		after = a.Changes[0].After
	}
	switch a.What {
	case desk.GiveVerdict:
		return "judged " + stateWords(after)
	case desk.AddNote:
		return "a note"
	case desk.Assign:
		switch {
		case after.Assignee != "" && after.Due != 0:
			return "given to " + visible(after.Assignee) + ", due " + after.Due.Words()
		case after.Assignee != "":
			return "given to " + visible(after.Assignee)
		case after.Due != 0:
			return "due " + after.Due.Words()
		}
		return "given to nobody"
	case desk.Merge:
		return "merged into another question"
	case desk.Split:
		return "split in two"
	case desk.Mute, desk.Unmute:
		word := "muted"
		if a.What == desk.Unmute {
			word = "heard again"
		}
		if a.Detail.Source != "" {
			return word + ": the source " + short(a.Detail.Source, maxValue)
		}
		return word
	case desk.RuleNames:
		same := "declared different"
		if a.Detail.Same {
			same = "declared the same"
		}
		return "“" + short(a.Detail.Names[0], maxValue) + "” and “" + short(a.Detail.Names[1], maxValue) + "” " + same
	case desk.Reopen:
		return "re-opened"
	case desk.Undo:
		return "taken back"
	}
	return string(a.What)
}

// stateWords is a verdict with what goes with it: "different things (period)".
func stateWords(s desk.State) string {
	words := verdictWords[s.Verdict]
	switch {
	case s.Verdict == desk.Real && s.Stands == desk.NoneStands:
		words += "; none of the answers stands"
	case s.Verdict == desk.Real && s.Stands != "":
		words += "; what stands is " + keyWords(s.Stands)
	case s.Detail != "":
		words += " (" + visible(s.Detail) + ")"
	}
	return words
}

// keyWords is the value that a key names, as people read it.
func keyWords(key string) string {
	var v claim.Value
	var denial struct{ Negated bool }
	if err := errors.Join(json.Unmarshal([]byte(key), &v), json.Unmarshal([]byte(key), &denial)); err != nil {
		return "one of the answers"
	}
	return answerWords(v, denial.Negated)
}

func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Back is where to go on after taking it back: to the conflict, if it was one.
func (d *done) Back() string {
	if len(d.Act.Changes) == 1 {
		return "/conflicts/" + d.Act.Changes[0].Conflict
	}
	return "/"
}

// actView is an act in the list of them.
type actView struct {
	desk.Act
	Words string
}

func viewActs(acts []desk.Act) []actView {
	out := make([]actView, len(acts))
	for i, a := range acts {
		out[i] = actView{a, deedWords(a)}
	}
	return out
}

// historyPage is how many acts a page of the history shows.
const historyPage = 100

type history struct {
	Acts []actView
	Next int64 // before which the next page begins; 0 for none
}

// history shows what everybody did, the last first.
func (s *Server) history(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	before, err := numberIn(r.URL.Query(), "before")
	if err != nil {
		return err
	}
	acts, next, err := s.acts(r.Context(), before, historyPage)
	if err != nil {
		return err
	}
	h := history{viewActs(acts), next}
	return s.render(w, r, who, sheet{name: "history", Title: "History", Here: "/history", Body: h})
}

// acts is a page of the history, and before which act the next one begins: 0 on the
// last.
func (s *Server) acts(ctx context.Context, before int64, size int) (acts []desk.Act, next int64, err error) {
	acts, err = s.Read.Acts(ctx, before, size+1)
	if err == nil && len(acts) > size {
		acts = slices.Clip(acts[:size])
		next = acts[size-1].ID
	}
	return acts, next, err
}

// undo takes an act back, and tells of that.
func (s *Server) undo(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	id, err := pathNumber(r, "act")
	if err != nil {
		return err
	}
	act, err := s.Judge.Undo(r.Context(), who.Name, s.Now(), id)
	if err != nil {
		return err
	}
	return onward(w, r, r.FormValue("back"), act)
}
