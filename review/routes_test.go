package review

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"crosscheck/desk"
)

// parameter is a part of a path that differs.
var parameter = regexp.MustCompile(`\{\w+\}`)

// path is one that a route answers.
func (rt route) path() string {
	return parameter.ReplaceAllString(strings.TrimSuffix(rt.pattern, "{$}"), "1")
}

// visitor is somebody who makes a request.
type visitor struct {
	name string
	role desk.Role // what he may do
	how  func(*http.Request)
}

// visitors are people of every role, by session and by token, and those whose
// session or token is good for nothing.
func visitors(e *entry) []visitor {
	e.t.Helper()
	all := []visitor{
		{"a stranger", desk.Nobody, func(*http.Request) {}},
		{"a made-up session", desk.Nobody, cookie(&http.Cookie{Name: e.Door.cookie(), Value: "bWFkZSB1cCBieSBzb21lYm9keSB3aG8gaXMgbm9ib2R5"})},
		{"a made-up token", desk.Nobody, header("Authorization", "Bearer "+tokenMark+"madeup")},
		{"a password where a token belongs", desk.Nobody, func(r *http.Request) { r.SetBasicAuth("admin", goodPassword) }},
	}
	session := func(name string) func(*http.Request) {
		e.t.Helper()
		c, answer := e.session(name, goodPassword)
		if c == nil {
			e.t.Fatalf("%s cannot sign in: %d", name, answer.StatusCode)
		}
		return cookie(c)
	}
	later := e.now
	e.now = later.Add(-13 * time.Hour)
	e.add("tired", desk.Admin)
	all = append(all, visitor{"an expired session of an admin", desk.Nobody, session("tired")})
	e.now = later
	for _, role := range desk.Roles {
		name := string(role)
		e.add(name, role)
		token, _ := e.token(name)
		all = append(all, visitor{"a session of a " + name, role, session(name)}, visitor{"a token of a " + name, role, header("Authorization", "Bearer "+token)})
	}
	e.add("gone", desk.Admin)
	token, _ := e.token("gone")
	all = append(all,
		visitor{"a session of a disabled admin", desk.Nobody, session("gone")},
		visitor{"a token of a disabled admin", desk.Nobody, header("Authorization", "Bearer "+token)})
	if err := e.store.Disable(e.t.Context(), e.now, "gone"); err != nil {
		e.t.Fatal(err)
	}
	e.add("left", desk.Admin)
	all = append(all, visitor{"a session that was signed out", desk.Nobody, session("left")})
	ask(e.Handler(), "POST", "/logout", nil, all[len(all)-1].how)
	token, id := e.token("left")
	all = append(all, visitor{"a revoked token of an admin", desk.Nobody, header("Authorization", "Bearer "+token)})
	if err := e.store.RevokeToken(e.t.Context(), "left", id); err != nil {
		e.t.Fatal(err)
	}
	return all
}

// watched is the table of routes with handlers that say they were reached.
func watched(reached *string) []route {
	table := make([]route, len(routes))
	for i, rt := range routes {
		rt.do = func(_ *Server, w http.ResponseWriter, _ *http.Request, _ desk.Person) error {
			*reached = rt.method + " " + rt.pattern
			return nil
		}
		table[i] = rt
	}
	return table
}

// refusal reports whether an answer shows nothing: 401, 403, or the way to the
// page of signing in.
func refusal(r reply) bool {
	switch r.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true
	case http.StatusSeeOther:
		return strings.HasPrefix(r.Header.Get("Location"), "/login?next=")
	}
	return false
}

// TestRoutesRefuseWhoMayNot asks every route as everybody.
func TestRoutesRefuseWhoMayNot(t *testing.T) {
	e := newEntry(t)
	everybody := visitors(e)
	var reached string
	real, marked := e.Handler(), e.handler(watched(&reached))
	for _, rt := range routes {
		path := rt.path()
		want := rt.method + " " + rt.pattern
		for _, v := range everybody {
			may := v.role.May(rt.role)
			// By a token that opens nothing, nobody gets even what is open to all.
			if strings.Contains(v.name, "token") && v.role == desk.Nobody {
				may = false
			}
			reached = ""
			answer := ask(marked, rt.method, path, nil, v.how)
			if may != (reached == want) || !may && !refusal(answer) {
				t.Errorf("%s by %s: may %v, reached %q, %d", want, v.name, may, reached, answer.StatusCode)
			}
			for name, value := range policy {
				if got := answer.Header.Get(name); got != value {
					t.Errorf("%s by %s: %s is %q", want, v.name, name, got)
				}
			}
			if !may {
				// The handlers themselves, too: there is nothing behind them here, so that
				// one which is reached fails.
				if answer := ask(real, rt.method, path, nil, v.how); !refusal(answer) {
					t.Errorf("%s by %s: %d", want, v.name, answer.StatusCode)
				}
			}
		}
	}
}

// TestRoutesRefuseOtherSites sends every form from a page of another site, in the
// browser of an admin.
func TestRoutesRefuseOtherSites(t *testing.T) {
	e := newEntry(t)
	e.add("admin", desk.Admin)
	c, _ := e.session("admin", goodPassword)
	var reached string
	h := e.handler(watched(&reached))
	for _, rt := range routes {
		if rt.method == "GET" {
			continue
		}
		path := rt.path()
		for _, sign := range [][2]string{
			{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.test"}, {"Origin", "null"}, {"Origin", "http://127.0.0.1:9999"},
		} {
			reached = ""
			answer := ask(h, rt.method, path, url.Values{"a": {"b"}}, cookie(c), header(sign[0], sign[1]))
			if answer.StatusCode != http.StatusForbidden || reached != "" {
				t.Errorf("%s %s with %v: %d, reached %q", rt.method, path, sign, answer.StatusCode, reached)
			}
		}
		for _, sign := range [][2]string{{"Sec-Fetch-Site", "same-origin"}, {"Origin", "http://127.0.0.1:8420"}} {
			reached = ""
			if ask(h, rt.method, path, nil, cookie(c), header(sign[0], sign[1])); reached == "" {
				t.Errorf("%s %s from a page of our own is refused", rt.method, path)
			}
		}
	}
}

// TestFormsFromTheirOwnAddress sends a form from the address at which people reach
// the pages, through a proxy that names another host.
func TestFormsFromTheirOwnAddress(t *testing.T) {
	e := newEntry(t)
	var reached string
	post := func(from string) int {
		return ask(e.handler(watched(&reached)), "POST", "/login", url.Values{"a": {"b"}}, header("Origin", from)).StatusCode
	}
	const own = "https://desk.example.org"
	if got := post(own); got != http.StatusForbidden {
		t.Errorf("an address that nobody said is ours: %d", got)
	}
	e.Origin = own
	if got := post(own); got == http.StatusForbidden {
		t.Error("a form from our own address is refused")
	}
	if got := post("https://evil.test"); got != http.StatusForbidden {
		t.Errorf("another's: %d", got)
	}
}

// TestRoutesTakeTheirMethodAlone asks every path by every other method.
func TestRoutesTakeTheirMethodAlone(t *testing.T) {
	e := newEntry(t)
	e.add("admin", desk.Admin)
	c, _ := e.session("admin", goodPassword)
	var reached string
	h := e.handler(watched(&reached))
	for _, rt := range routes {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} {
			reached = ""
			answer := ask(h, method, rt.path(), nil, cookie(c))
			by, _, _ := strings.Cut(reached, " ")
			if reached != "" && by != method || reached == "" && answer.StatusCode < 400 {
				t.Errorf("%s %s: %d, reached %q", method, rt.path(), answer.StatusCode, reached)
			}
		}
	}
}

// TestRoutesAreBounded sends more than a form can hold.
func TestRoutesAreBounded(t *testing.T) {
	e := newEntry(t)
	e.add("admin", desk.Admin)
	c, _ := e.session("admin", goodPassword)
	answer := ask(e.Handler(), "POST", "/account", url.Values{"do": {"token"}, "label": {strings.Repeat("x", maxBody)}}, cookie(c))
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Error(fmt.Sprint("a body of a megabyte and more: ", answer.StatusCode))
	}
}
