package review

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"crosscheck/claim"
	"crosscheck/desk"
)

// targetText is a target as a form carries it: "17 3".
func targetText(t desk.Target) string { return t.Conflict + " " + strconv.Itoa(t.Revision) }

func targetOf(text string) (desk.Target, error) {
	id, revision, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(revision)
	if err != nil || id == "" || n < 0 {
		return desk.Target{}, &desk.Refused{Why: "The form is damaged; load the page again."}
	}
	return desk.Target{Conflict: id, Revision: n}, nil
}

func dayOf(t time.Time) claim.Day { return claim.DayOf(t.Date()) }

// decisionOf is the verdict that a form carries. Its button says which, and after a
// blank the detail: "real", "real {...}", "different period", "misread date/year".
func decisionOf(form url.Values) desk.Decision {
	verdict, detail, _ := strings.Cut(form.Get("verdict"), " ")
	d := desk.Decision{Verdict: desk.Verdict(verdict), Note: noteIn(form), Links: strings.Fields(form.Get("links"))}
	if d.Verdict == desk.Real {
		d.Stands = detail
	} else {
		d.Detail = detail
	}
	return d
}

// noteIn is what somebody wrote, with the line ends that a form makes of his.
func noteIn(form url.Values) string {
	return strings.TrimSpace(strings.ReplaceAll(form.Get("note"), "\r\n", "\n"))
}

// taskOf is the assignee and due day that a form carries.
func taskOf(form url.Values) (desk.Task, error) {
	due, err := dayIn(form, "due")
	return desk.Task{Assignee: strings.TrimSpace(form.Get("assignee")), Due: due, Note: noteIn(form)}, err
}

// bulk does one thing to all conflicts that were selected in the queue.
func (s *Server) bulk(w http.ResponseWriter, r *http.Request, who desk.Person) error {
	form, err := formOf(r)
	if err != nil {
		return err
	}
	var on []desk.Target
	for _, text := range form["on"] {
		t, err := targetOf(text)
		if err != nil {
			return err
		}
		on = append(on, t)
	}
	if len(on) == 0 {
		return &desk.Refused{Why: "No conflict was selected. Select some in the queue, then choose what is to be done with them."}
	}
	act, err := s.toAll(r, who.Name, on, form)
	if err != nil {
		return err
	}
	return onward(w, r, queuePath(form.Get("in")), act)
}

func (s *Server) toAll(r *http.Request, who string, on []desk.Target, form url.Values) (desk.Act, error) {
	ctx, now := r.Context(), s.Now()
	switch form.Get("do") {
	case "assign":
		t, err := taskOf(form)
		if err != nil {
			return desk.Act{}, err
		}
		return s.Judge.Assign(ctx, who, now, on, t)
	case "mute", "unmute":
		return s.Judge.Mute(ctx, who, now, on, form.Get("do") == "mute", noteIn(form))
	case "note":
		return s.Judge.Note(ctx, who, now, on, noteIn(form))
	case "merge":
		return s.Judge.Merge(ctx, who, now, on[0], on[1:], noteIn(form))
	case "verdict":
		if form.Get("verdict") == "" {
			return desk.Act{}, &desk.Refused{Why: "Choose a verdict first."}
		}
		return s.Judge.Judge(ctx, who, now, on, decisionOf(form))
	}
	return desk.Act{}, &desk.Refused{Why: "Choose what is to be done with the conflicts that you selected."}
}

// formOf is what a form carries.
func formOf(r *http.Request) (url.Values, error) {
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	return r.PostForm, nil
}
