package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"crosscheck/desk"
	"crosscheck/extract"
	"crosscheck/pipeline"
)

// description is openapi.yaml, read more strictly than programs have to: answers may
// hold nothing that it does not describe.
func description(t *testing.T) (*openapi3.T, routers.Router) {
	t.Helper()
	b, err := openAPIJSON()
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(b, &raw); err != nil {
		t.Fatal(err)
	}
	schemas := raw["components"].(map[string]any)["schemas"].(map[string]any)
	// What others extend is strict where it stands alone.
	parts := make(map[string]any)
	for _, s := range schemas {
		all, _ := s.(map[string]any)["allOf"].([]any)
		for _, part := range all {
			if ref, ok := part.(map[string]any)["$ref"].(string); ok {
				name := ref[strings.LastIndex(ref, "/")+1:]
				parts[name+"Part"] = copied(t, schemas[name])
				part.(map[string]any)["$ref"] = ref + "Part"
			}
		}
	}
	for _, one := range schemas {
		s := one.(map[string]any)
		if s["additionalProperties"] == nil && (s["properties"] != nil || s["allOf"] != nil) {
			s["unevaluatedProperties"] = false
		}
	}
	for name, s := range parts {
		schemas[name] = s
	}
	if b, err = json.Marshal(raw); err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	doc.Servers[0].URL = "http://127.0.0.1:8420" + doc.Servers[0].URL
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, router
}

func copied(t *testing.T, v any) (out any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheDescriptionIsOfTheRoutes(t *testing.T) {
	doc, _ := description(t)
	described := make(map[string]desk.Role)
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			role := desk.Nobody
			for _, need := range *op.Security {
				for scheme, roles := range need {
					if role = desk.Role(roles[0]); doc.Components.SecuritySchemes[scheme] == nil || len(roles) != 1 {
						t.Errorf("%s %s: security %v", method, path, need)
					}
				}
			}
			described[method+" /api/v1"+path] = role
		}
	}
	there := make(map[string]desk.Role)
	for _, rt := range routes {
		if strings.HasPrefix(rt.pattern, apiPath) {
			there[rt.method+" "+rt.pattern] = rt.role
		}
	}
	if !reflect.DeepEqual(described, there) {
		t.Errorf("described %v\nthere are %v", described, there)
	}
}

// newsroom is an entry over the sample, and somebody who asks its API.
type newsroom struct {
	*entry
	doc    *openapi3.T
	router routers.Router
	dir    string
	run    *pipeline.Runner
	token  string
	called map[string]bool // operations that did what they are for
}

func newNewsroom(t *testing.T) *newsroom {
	t.Helper()
	e := newEntry(t)
	e.Read, e.Judge, e.Check, e.Rules = e.store, e.store, pipeline.Checker{Store: e.store}, extract.Rules()
	n := &newsroom{entry: e, dir: t.TempDir(), called: make(map[string]bool)}
	n.doc, n.router = description(t)
	n.run = &pipeline.Runner{Store: e.store, Now: e.Now}
	if err := os.CopyFS(n.dir, os.DirFS(filepath.Join("..", "seeds"))); err != nil {
		t.Fatal(err)
	}
	n.night()
	e.add("ida", desk.Reviewer)
	n.token, _ = e.token("ida")
	return n
}

// night reads the sample.
func (n *newsroom) night() {
	n.t.Helper()
	if _, err := n.run.Run(n.t.Context(), []string{n.dir}); err != nil {
		n.t.Fatal(err)
	}
}

// fetch makes a request, and holds the answer to the description; good says that
// the request is held to it, too.
func (n *newsroom) fetch(method, path string, body any, good bool, how ...func(*http.Request)) (status int, kind string, answer []byte) {
	n.t.Helper()
	var sent []byte
	if text, raw := body.(string); raw {
		sent = []byte(text)
	} else if body != nil {
		sent, _ = json.Marshal(body)
	}
	make := func() *http.Request {
		r := httptest.NewRequest(method, "http://127.0.0.1:8420"+apiPath+path, bytes.NewReader(sent))
		if sent != nil {
			r.Header.Set("Content-Type", "application/json")
		}
		if n.token != "" {
			r.Header.Set("Authorization", "Bearer "+n.token)
		}
		for _, do := range how {
			do(r)
		}
		return r
	}
	w := httptest.NewRecorder()
	n.Handler().ServeHTTP(w, make())
	status, kind, answer = w.Code, w.Header().Get("Content-Type"), w.Body.Bytes()

	at, params, err := n.router.FindRoute(make())
	if err != nil {
		if status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			n.t.Errorf("%s %s: %d, and not described: %v", method, path, status, err)
		}
		return status, kind, answer
	}
	options := &openapi3filter.Options{IncludeResponseStatus: true, RejectWhenRequestBodyNotSpecified: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	in := &openapi3filter.RequestValidationInput{Request: make(), PathParams: params, Route: at, Options: options}
	if err := openapi3filter.ValidateRequest(n.t.Context(), in); good && err != nil {
		n.t.Errorf("%s %s is not as described: %v", method, path, err)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: status, Header: w.Header(), Body: io.NopCloser(bytes.NewReader(answer)), Options: options}
	if err := openapi3filter.ValidateResponse(n.t.Context(), out); err != nil {
		n.t.Errorf("%s %s: the answer is not as described: %v\n%.2000s", method, path, err, answer)
	}
	if status < 300 {
		n.called[at.Operation.OperationID] = true
	}
	return status, kind, answer
}

// get is the answer to a request that is to be answered well.
func get[T any](n *newsroom, path string) (out T) {
	n.t.Helper()
	return do[T](n, "GET", path, nil)
}

func do[T any](n *newsroom, method, path string, body any) (out T) {
	n.t.Helper()
	status, kind, answer := n.fetch(method, path, body, true)
	if status != http.StatusOK || kind != "application/json" {
		n.t.Fatalf("%s %s: %d, %s\n%s", method, path, status, kind, answer)
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		n.t.Fatalf("%s %s: %v\n%s", method, path, err, answer)
	}
	return out
}

type fields map[string]any

// caseOf is of a conflict what the tests ask for.
type caseOf struct {
	ID, Status string
	State      desk.State
	Positions  []any
	Sides      []struct {
		Key    string
		Places []struct {
			Claim      string
			Document   int64 `json:"document_id"`
			Source     int64 `json:"source_id"`
			Quote      string
			Attributed string `json:"attribution"`
		}
	}
	History []desk.Act
}

func TestEveryOperationAnswersAsDescribed(t *testing.T) {
	n := newNewsroom(t)
	if me := get[desk.Person](n, "me"); me.Name != "ida" || me.Role != desk.Reviewer {
		t.Errorf("me: %+v", me)
	}
	page := get[desk.Page](n, "queue?severity=any&box=all")
	if len(page.Rows) < 6 || page.Total != len(page.Rows) {
		t.Fatalf("the queue has %d conflicts, and tells %d", page.Total, len(page.Rows))
	}
	var ids []string
	for at := ""; ; {
		two := get[desk.Page](n, "queue?severity=any&box=all&size=2&after="+url.QueryEscape(at))
		for _, row := range two.Rows {
			ids = append(ids, row.ID)
		}
		if at = two.Next; at == "" {
			break
		}
	}
	for i, row := range page.Rows {
		if ids[i] != row.ID {
			t.Errorf("page by page: %v", ids)
		}
	}
	filtered := get[desk.Page](n, "queue?box=waiting&kind=number&status=open&severity=high&since=2026-03-01&until=2026-03-03&overdue=false&text=killed&source="+url.QueryEscape("Coast Courier"))
	if len(filtered.Rows) != 1 || filtered.Rows[0].Question == "" {
		t.Errorf("filtered: %+v", filtered)
	}
	if boxes := get[desk.Choices](n, "choices").Boxes; boxes[desk.Waiting] == 0 {
		t.Errorf("choices: %v", boxes)
	}

	// One conflict, from its verdict to taking it back.
	one := filtered.Rows[0].ID
	c := get[caseOf](n, "conflicts/"+one)
	if len(c.Positions) != len(c.Sides) || len(c.Sides) < 2 {
		t.Fatalf("%+v", c)
	}
	act := do[desk.Act](n, "POST", "conflicts/"+one+"/verdict", fields{"revision": 0, "verdict": "real", "stands": c.Sides[0].Key, "note": "asked", "links": []string{"https://example.org/a"}})
	if c = get[caseOf](n, "conflicts/"+one); c.Status != "resolved" || c.State.Stands != c.Sides[0].Key || c.State.Revision != 1 || c.History[0].ID != act.ID {
		t.Errorf("judged: %+v", c)
	}
	do[desk.Act](n, "POST", "conflicts/"+one+"/note", fields{"revision": 1, "note": "and again"})
	do[desk.Act](n, "POST", "conflicts/"+one+"/assign", fields{"revision": 2, "assignee": "ida", "due": "2026-04-01"})
	do[desk.Act](n, "POST", "conflicts/"+one+"/mute", fields{"revision": 3, "mute": true, "note": "not now"})
	n.edit()
	acts := get[actList](n, "acts?size=2")
	if len(acts.Acts) != 2 || acts.Next == 0 {
		t.Fatalf("acts: %+v", acts)
	}
	if older := get[actList](n, fmt.Sprintf("acts?after=%d", acts.Next)); older.Acts[0].ID != acts.Next-1 {
		t.Errorf("older acts: %+v", older)
	}

	// Many at once, and what takes two.
	on := func(ids ...string) (all []fields) {
		for _, id := range ids {
			all = append(all, fields{"conflict": id, "revision": get[caseOf](n, "conflicts/"+id).State.Revision})
		}
		return all
	}
	rest := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == one })
	bulk := do[desk.Act](n, "POST", "queue/acts", fields{"on": on(rest...), "verdict": fields{"verdict": "scope"}})
	if len(bulk.Changes) != len(rest) {
		t.Errorf("a bulk act: %+v", bulk)
	}
	if back := do[desk.Act](n, "POST", fmt.Sprintf("acts/%d/undo", bulk.ID), nil); back.Undoes != bulk.ID {
		t.Errorf("taken back: %+v", back)
	}
	do[desk.Act](n, "POST", "queue/acts", fields{"on": on(rest...), "assign": fields{"assignee": "ida", "due": "2026-04-01"}})
	do[desk.Act](n, "POST", "queue/acts", fields{"on": on(rest...), "note": fields{"note": "all of them"}})
	do[desk.Act](n, "POST", "queue/acts", fields{"on": on(rest...), "mute": fields{"mute": true}})
	do[desk.Act](n, "POST", "queue/acts", fields{"on": on(rest...), "mute": fields{"mute": false}})
	merged := do[desk.Act](n, "POST", "queue/acts", fields{"on": on(rest[0]), "merge": fields{"into": on(rest[1])[0]}})
	do[desk.Act](n, "POST", fmt.Sprintf("acts/%d/undo", merged.ID), nil)
	into := on(rest[1])[0]
	do[desk.Act](n, "POST", "conflicts/"+rest[0]+"/merge", fields{"revision": on(rest[0])[0]["revision"], "into": into, "note": "one question"})
	two := get[caseOf](n, "conflicts/"+one)
	split := do[desk.Act](n, "POST", "conflicts/"+one+"/split", fields{"revision": two.State.Revision, "positions": []string{two.Sides[0].Key}})
	if split.Detail.New == "" {
		t.Errorf("split: %+v", split)
	}
	do[desk.Act](n, "POST", "names", fields{"a": "Harbour Office", "b": "Port Office", "same": true})
	place := c.Sides[0].Places[0]
	do[desk.Act](n, "POST", fmt.Sprintf("sources/%d/mute", place.Source), fields{"mute": true})

	// Views are of whoever asks.
	if v := do[desk.View](n, "PUT", "views/"+url.PathEscape("to do / today"), fields{"query": "kind=number&severity=high&after=x"}); v.Name != "to do / today" || v.Query != "kind=number&severity=high" {
		t.Errorf("a view: %+v", v)
	}
	if all := get[viewList](n, "views").Views; len(all) != 1 {
		t.Errorf("views: %+v", all)
	}
	if status, _, _ := n.fetch("DELETE", "views/to%20do%20%2F%20today", nil, true); status != http.StatusNoContent || len(get[viewList](n, "views").Views) != 0 {
		t.Errorf("a view is dropped: %d", status)
	}

	n.keepAccounts()
	n.crawl()
	draft := do[struct {
		Claims []struct{ Attribute, Finding string }
	}](n, "POST", "check", fields{"name": "ferry.md", "text": "The ferry Halcyon sank on 2 June 2025. 30 people were killed, and 214 were aboard."})
	if !slices.ContainsFunc(draft.Claims, func(c struct{ Attribute, Finding string }) bool { return c.Finding == "differs" }) {
		t.Errorf("a draft: %+v", draft)
	}
	for _, path := range []string{"openapi.yaml", "openapi.json"} {
		if status, _, text := n.fetch("GET", path, nil, true); status != http.StatusOK || !bytes.Contains(text, []byte("listConflicts")) {
			t.Errorf("%s: %d", path, status)
		}
	}
	for path, item := range n.doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !n.called[op.OperationID] {
				t.Errorf("%s %s was not called", method, path)
			}
		}
	}
}

// keepAccounts makes accounts and tokens, and changes them.
func (n *newsroom) keepAccounts() {
	n.t.Helper()
	mine := n.token
	n.add("vera", desk.Admin)
	n.token, _ = n.entry.token("vera")
	if a := do[desk.Account](n, "POST", "accounts", fields{"name": "jonas", "role": "viewer", "password": goodPassword}); a.Name != "jonas" || a.Role != desk.Viewer {
		n.t.Errorf("made: %+v", a)
	}
	if a := do[desk.Account](n, "PATCH", "accounts/jonas", fields{"role": "reviewer", "password": "kettle orchid gravel moon", "disabled": true}); a.Role != desk.Reviewer || a.Disabled.IsZero() {
		n.t.Errorf("changed: %+v", a)
	}
	if a := do[desk.Account](n, "PATCH", "accounts/jonas", fields{"disabled": false}); a.Role != desk.Reviewer || !a.Disabled.IsZero() {
		n.t.Errorf("changed back: %+v", a)
	}
	if all := get[accountList](n, "accounts").Accounts; len(all) != 3 {
		n.t.Errorf("accounts: %+v", all)
	}
	for _, c := range []struct {
		method, path string
		body         any
		want         int
	}{
		{"PATCH", "accounts/jonas", fields{}, http.StatusBadRequest},
		{"PATCH", "accounts/nobody", fields{"role": "viewer"}, http.StatusNotFound},
		{"PATCH", "accounts/vera", fields{"role": "viewer"}, http.StatusUnprocessableEntity},
		{"PATCH", "accounts/jonas", fields{"role": "king", "disabled": true}, http.StatusUnprocessableEntity},
		{"POST", "accounts", fields{"name": "jonas", "role": "viewer", "password": goodPassword}, http.StatusUnprocessableEntity},
		{"POST", "accounts", fields{"name": "kim", "role": "viewer", "password": "short"}, http.StatusUnprocessableEntity},
		{"POST", "tokens", fields{"label": "by a token"}, http.StatusForbidden},
	} {
		if status, _, answer := n.fetch(c.method, c.path, c.body, false); status != c.want {
			n.t.Errorf("%s %s %v: %d, want %d: %s", c.method, c.path, c.body, status, c.want, answer)
		}
	}
	if a := do[desk.Account](n, "PATCH", "accounts/jonas", fields{"role": "viewer"}); !a.Disabled.IsZero() {
		n.t.Errorf("half of what was refused was done: %+v", a)
	}

	// In a browser that is signed in.
	jonas, _ := n.session("jonas", "kettle orchid gravel moon")
	n.token = ""
	status, _, answer := n.fetch("POST", "tokens", fields{"label": "nightly export"}, true, cookie(jonas))
	var made newToken
	if err := json.Unmarshal(answer, &made); status != http.StatusOK || err != nil {
		n.t.Fatalf("a token: %d %s", status, answer)
	}
	n.token = made.Token
	if all := get[tokenList](n, "tokens").Tokens; len(all) != 1 || all[0].Label != "nightly export" {
		n.t.Errorf("tokens: %+v", all)
	}
	if status, _, _ := n.fetch("DELETE", fmt.Sprintf("tokens/%d", made.ID), nil, true); status != http.StatusNoContent {
		n.t.Errorf("revoked: %d", status)
	}
	if status, _, _ := n.fetch("GET", "me", nil, true); status != http.StatusUnauthorized {
		n.t.Errorf("by a token that was revoked: %d", status)
	}
	n.token = mine
}

// edit has a night find a page with other words, one that is new, and one that
// cannot be read.
func (n *newsroom) edit() {
	n.t.Helper()
	n.now = n.now.Add(24 * time.Hour)
	page := filepath.Join(n.dir, "ferry-coast-courier.md")
	text, err := os.ReadFile(page)
	if err != nil || !bytes.Contains(text, []byte("34 people were killed")) {
		n.t.Fatalf("the page has other words: %v", err)
	}
	for name, text := range map[string]string{
		"ferry-coast-courier.md": strings.ReplaceAll(string(text), "34 people were killed", "36 people were killed"),
		"union.txt":              "The dead of the Halcyon\n\nThe ferry Halcyon sank off Port Merrow on Monday, June 2, 2025. 45 people were killed, the union said.\n",
		"scan.txt":               "%PDF-1.7\n%\xe2\xe3\n",
	} {
		if err := os.WriteFile(filepath.Join(n.dir, name), []byte(text), 0o666); err != nil {
			n.t.Fatal(err)
		}
	}
	n.night()
}

// crawl reads all that there is.
func (n *newsroom) crawl() {
	n.t.Helper()
	documents, claims := make(map[int64]bool), make(map[string]bool)
	for _, row := range get[desk.Page](n, "queue?severity=any&box=all&size=500").Rows {
		for _, side := range get[caseOf](n, "conflicts/"+row.ID).Sides {
			for _, p := range side.Places {
				documents[p.Document], claims[p.Claim] = true, true
			}
		}
	}
	for _, source := range get[sourceList](n, "sources").Sources {
		record := get[struct{ Papers []desk.PaperLine }](n, fmt.Sprintf("sources/%d", source.ID))
		for _, p := range record.Papers {
			documents[p.ID] = true
		}
	}
	changed := 0
	for id := range documents {
		paper := get[desk.Paper](n, fmt.Sprintf("documents/%d", id))
		for _, v := range paper.Versions[1:] {
			changed += len(get[desk.Paper](n, fmt.Sprintf("documents/%d?version=%d&against=%d", id, paper.Open.ID, v.ID)).Changes)
		}
	}
	for id := range claims {
		if says := get[struct{ Attribute, Says string }](n, "claims/"+id); says.Says == "" {
			n.t.Errorf("claim %s: %+v", id, says)
		}
	}
	for _, run := range get[runList](n, "runs?size=10").Runs {
		get[desk.NightReport](n, fmt.Sprintf("runs/%d", run.ID))
	}
	rules := get[ruleList](n, "rules").Rules
	get[actList](n, "acts?size=500")
	if len(documents) < 7 || len(claims) == 0 || changed == 0 || len(rules) == 0 {
		n.t.Errorf("%d documents, %d claims, %d changes, %d rules", len(documents), len(claims), changed, len(rules))
	}
}
