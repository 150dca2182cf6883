package review

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"crosscheck/desk"
)

// TestProblemsOfTheAPI asks for all that it cannot have.
func TestProblemsOfTheAPI(t *testing.T) {
	n := newNewsroom(t)
	reviewer := n.token
	n.add("val", desk.Viewer)
	viewer, _ := n.entry.token("val")
	session, _ := n.session("ida", goodPassword)
	id := get[desk.Page](n, "queue").Rows[0].ID
	verdict := "conflicts/" + id + "/verdict"
	act := do[desk.Act](n, "POST", verdict, fields{"revision": 0, "verdict": "same"})

	kind := func(kind string) func(*http.Request) { return header("Content-Type", kind) }
	for name, test := range map[string]struct {
		token        string
		method, path string
		body         any
		how          []func(*http.Request)
		status       int
		field, says  string
	}{
		"no such parameter":       {reviewer, "GET", "queue?colour=red", nil, nil, 400, "colour", "box, kind"},
		"a parameter too many":    {reviewer, "GET", "me?who=1", nil, nil, 400, "who", "no parameters"},
		"a parameter twice":       {reviewer, "GET", "queue?kind=date&kind=number", nil, nil, 400, "kind", "once"},
		"no such kind":            {reviewer, "GET", "queue?kind=rumour", nil, nil, 400, "kind", "negation"},
		"no such part":            {reviewer, "GET", "queue?box=nowhere", nil, nil, 400, "box", "waiting"},
		"no such status":          {reviewer, "GET", "queue?status=odd", nil, nil, 400, "status", "resolved"},
		"no such verdict":         {reviewer, "GET", "queue?verdict=odd", nil, nil, 400, "verdict", "misread"},
		"no day":                  {reviewer, "GET", "queue?since=yesterday", nil, nil, 400, "since", "2026-01-31"},
		"no severity":             {reviewer, "GET", "queue?severity=2", nil, nil, 400, "severity", "from 0 to 1"},
		"neither true nor false":  {reviewer, "GET", "queue?overdue=perhaps", nil, nil, 400, "overdue", "true or false"},
		"too many rows":           {reviewer, "GET", "queue?size=501", nil, nil, 400, "size", "500"},
		"too many runs":           {reviewer, "GET", "runs?size=501", nil, nil, 400, "size", "500"},
		"no number":               {reviewer, "GET", "acts?after=last", nil, nil, 400, "after", "number"},
		"a damaged address":       {reviewer, "GET", "queue?kind=%zz", nil, nil, 400, "", "damaged"},
		"a page from elsewhere":   {reviewer, "GET", "queue?after=1-2", nil, nil, 422, "", "begin at the first"},
		"no JSON":                 {reviewer, "POST", verdict, "{", nil, 400, "", "one object"},
		"a list":                  {reviewer, "POST", verdict, "[]", nil, 400, "", "an array"},
		"two objects":             {reviewer, "POST", verdict, `{"revision":1,"verdict":"same"}{}`, nil, 400, "", "one object"},
		"no such field":           {reviewer, "POST", verdict, fields{"revision": 1, "verdict": "same", "why": "x"}, nil, 400, "why", "no such field"},
		"a field of another kind": {reviewer, "POST", verdict, fields{"revision": "one"}, nil, 400, "revision", "a string"},
		"without a revision":      {reviewer, "POST", verdict, fields{"verdict": "same"}, nil, 400, "revision", "state.revision"},
		"no body":                 {reviewer, "POST", verdict, nil, nil, 400, "revision", "state.revision"},
		"a day that is none":      {reviewer, "POST", "conflicts/" + id + "/assign", fields{"revision": 1, "due": "soon"}, nil, 400, "due", "2026-01-31"},
		"mute or not":             {reviewer, "POST", "conflicts/" + id + "/mute", fields{"revision": 1}, nil, 400, "mute", "true"},
		"same or not":             {reviewer, "POST", "names", fields{"a": "A", "b": "B"}, nil, 400, "same", "true"},
		"two things at once":      {reviewer, "POST", "queue/acts", fields{"on": []any{}, "note": fields{"note": "x"}, "mute": fields{"mute": true}}, nil, 400, "", "one thing"},
		"an empty draft":          {reviewer, "POST", "check", fields{"text": " "}, nil, 400, "text", "Give the text"},
		"a view of nothing":       {reviewer, "PUT", "views/x", fields{"query": "kind=rumour"}, nil, 400, "kind", "negation"},

		"nobody":                  {"", "GET", "queue", nil, nil, 401, "", "crosscheck user token"},
		"nobody, acting":          {"", "POST", verdict, fields{"revision": 1, "verdict": "same"}, nil, 401, "", "crosscheck user token"},
		"a token of nobody":       {"crosscheck_x", "GET", "queue", nil, nil, 401, "", "revoked"},
		"a viewer, acting":        {viewer, "POST", verdict, fields{"revision": 1, "verdict": "same"}, nil, 403, "", "may read"},
		"a page of another site":  {"", "POST", verdict, fields{"revision": 1, "verdict": "same"}, []func(*http.Request){cookie(session), header("Sec-Fetch-Site", "cross-site")}, 403, "", "another site"},
		"no such conflict":        {reviewer, "GET", "conflicts/99999", nil, nil, 404, "", "no conflict “99999”"},
		"no such document":        {reviewer, "GET", "documents/x", nil, nil, 404, "", "no document “x”"},
		"no such claim":           {reviewer, "GET", "claims/ab", nil, nil, 404, "", "no claim “ab”"},
		"no such act":             {reviewer, "POST", "acts/99999/undo", nil, nil, 404, "", "no act"},
		"no such view":            {reviewer, "DELETE", "views/none", nil, nil, 404, "", "no view “none”"},
		"no such address":         {reviewer, "GET", "tea", nil, nil, 404, "", "openapi.yaml"},
		"another method":          {reviewer, "DELETE", "queue", nil, nil, 405, "", "Allow"},
		"somebody was quicker":    {reviewer, "POST", verdict, fields{"revision": 0, "verdict": "same"}, nil, 409, "", "decide again"},
		"too much":                {reviewer, "POST", "check", fields{"text": strings.Repeat("x", maxBody)}, nil, 413, "", "1024 KiB"},
		"a form":                  {reviewer, "POST", verdict, "revision=1&verdict=same", []func(*http.Request){kind("application/x-www-form-urlencoded")}, 415, "", "application/json"},
		"a body without its kind": {reviewer, "POST", verdict, "{}", []func(*http.Request){func(r *http.Request) { r.Header.Del("Content-Type") }}, 415, "", "application/json"},
		"another verdict":         {reviewer, "POST", verdict, fields{"revision": 1, "verdict": "maybe"}, nil, 422, "", "no verdict"},
		"an answer that is none":  {reviewer, "POST", verdict, fields{"revision": 1, "verdict": "real", "stands": "{}"}, nil, 422, "", "no such answer"},
		"nothing chosen":          {reviewer, "POST", "queue/acts", fields{"on": []any{}, "note": fields{"note": "x"}}, nil, 422, "", "choose a conflict"},
		"a day that has passed":   {reviewer, "POST", "conflicts/" + id + "/assign", fields{"revision": 1, "due": "2020-01-31"}, nil, 422, "", "passed"},
	} {
		n.token = test.token
		status, kind, answer := n.fetch(test.method, test.path, test.body, false, test.how...)
		var p problem
		if err := json.Unmarshal(answer, &p); err != nil || kind != "application/problem+json" {
			t.Errorf("%s: %s, %v: %s", name, kind, err, answer)
		}
		if status != test.status || p.Status != status || p.Field != test.field || !strings.Contains(strings.ToLower(p.Detail), strings.ToLower(test.says)) || p.Title != http.StatusText(status) {
			t.Errorf("%s: %d, %+v", name, status, p)
		}
		if stale := status == http.StatusConflict; stale != (len(p.Acts) == 1 && p.Acts[0].ID == act.ID && fmt.Sprint(p.Conflicts) == "["+id+"]") {
			t.Errorf("%s: acts %+v on %v", name, p.Acts, p.Conflicts)
		}
	}

	n.token = reviewer
	n.checking.Store(maxChecks)
	if status, _, answer := n.fetch("POST", "check", fields{"text": "34 people were killed."}, true); status != http.StatusTooManyRequests {
		t.Errorf("a draft too many: %d %s", status, answer)
	}
	n.checking.Store(0)
	if state := get[caseOf](n, "conflicts/"+id).State; state.Revision != 1 || state.Verdict != desk.Same {
		t.Errorf("what was refused has changed something: %+v", state)
	}
}
