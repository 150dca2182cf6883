package review

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"crosscheck/desk"
	"crosscheck/review/password"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const goodPassword = "harbour lamp oatmeal vine"

// entry is a server with a door over a database of its own, and a clock.
type entry struct {
	*Server
	t     *testing.T
	store *store.Store
	now   time.Time
}

func newEntry(t *testing.T) *entry {
	t.Helper()
	s, err := store.Open(t.Context(), storetest.New(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	e := &entry{t: t, store: s, now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	now := func() time.Time { return e.now }
	door := NewDoor(s, password.NewHasher(4, time.Minute), now, log)
	door.Local = true
	e.Server = &Server{Gate: door, Door: door, Now: now, Log: log}
	return e
}

// goodHash is a hash of the good password, made once.
var goodHash = sync.OnceValues(func() (string, error) {
	return password.NewHasher(1, time.Minute).Hash(context.Background(), goodPassword)
})

// add makes an account with the good password.
func (e *entry) add(name string, role desk.Role) {
	e.t.Helper()
	hash, err := goodHash()
	if err == nil {
		err = e.store.AddAccount(e.t.Context(), e.now, name, role, hash)
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// token makes a token of an account.
func (e *entry) token(name string) (token string, id int64) {
	e.t.Helper()
	token, hash := NewToken()
	id, err := e.store.AddToken(e.t.Context(), e.now, name, hash, "")
	if err != nil {
		e.t.Fatal(err)
	}
	return token, id
}

// reply is the answer to a request.
type reply struct {
	StatusCode int
	Header     http.Header
	Page       string
	Cookies    []*http.Cookie
}

// ask makes a request; what is done to it comes last.
func ask(h http.Handler, method, path string, form url.Values, how ...func(*http.Request)) reply {
	r := httptest.NewRequest(method, "http://127.0.0.1:8420"+path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, do := range how {
		do(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := reply{StatusCode: w.Code, Header: w.Header(), Page: w.Body.String()}
	for _, line := range w.Header()["Set-Cookie"] {
		if c, err := http.ParseSetCookie(line); err == nil {
			a.Cookies = append(a.Cookies, c)
		}
	}
	return a
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func cookie(c *http.Cookie) func(*http.Request) {
	return func(r *http.Request) {
		if c != nil {
			r.AddCookie(c)
		}
	}
}

func from(address string) func(*http.Request) {
	return func(r *http.Request) { r.RemoteAddr = address }
}

// session gives the cookie of a new session, nil where there is none.
func (e *entry) session(name, given string, how ...func(*http.Request)) (*http.Cookie, reply) {
	e.t.Helper()
	answer := ask(e.Handler(), "POST", "/login", url.Values{"name": {name}, "password": {given}}, how...)
	for _, c := range answer.Cookies {
		if c.Name == e.Door.cookie() && c.Value != "" {
			return c, answer
		}
	}
	return nil, answer
}

func (e *entry) who(c *http.Cookie) desk.Person {
	e.t.Helper()
	r := httptest.NewRequest("GET", "/", nil)
	cookie(c)(r)
	who, err := e.Gate.Who(r)
	if err != nil {
		e.t.Fatal(err)
	}
	return who
}

func TestSigningIn(t *testing.T) {
	e := newEntry(t)
	e.add("Zoë", desk.Reviewer)
	e.add("abel", desk.Viewer)
	if err := e.store.Disable(t.Context(), e.now, "abel"); err != nil {
		t.Fatal(err)
	}
	var answers []string
	for name, given := range map[string]string{"Zoë": "harbour lamp oatmeal wine", "abel": goodPassword, "cain": goodPassword} {
		c, answer := e.session(name, given)
		if c != nil || answer.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: %d, %v", name, answer.StatusCode, c)
		}
		answers = append(answers, strings.ReplaceAll(answer.Page, `value="`+name+`"`, `value="NAME"`))
	}
	if answers[0] != answers[1] || answers[1] != answers[2] {
		t.Errorf("the answers tell whether there is such an account:\n%s", strings.Join(answers, "\n"))
	}

	c, answer := e.session("zoë", goodPassword)
	if c == nil || answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/" {
		t.Fatalf("no session: %d", answer.StatusCode)
	}
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure {
		t.Errorf("cookie %+v", c)
	}
	if who := e.who(c); who != (desk.Person{Name: "Zoë", Role: desk.Reviewer}) {
		t.Errorf("signed in as %+v", who)
	}
	// Another login on top is another session, and ends the one before.
	second, _ := e.session("zoë", goodPassword, cookie(c))
	if second.Value == c.Value || e.who(c).Role != desk.Nobody || e.who(second).Role == desk.Nobody {
		t.Error("a session from before the login lives on")
	}
	if answer := ask(e.Handler(), "POST", "/logout", nil, cookie(second)); e.who(second).Role != desk.Nobody || answer.Cookies[0].MaxAge >= 0 {
		t.Error("signed out and still in")
	}
	for next, want := range map[string]string{"/history?before=3": "/history?before=3", "//evil.test": "/", "https://evil.test": "/"} {
		answer := ask(e.Handler(), "POST", "/login", url.Values{"name": {"zoë"}, "password": {goodPassword}, "next": {next}})
		if got := answer.Header.Get("Location"); got != want {
			t.Errorf("next %s leads to %s", next, got)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	e := newEntry(t)
	e.add("zoë", desk.Reviewer)
	start := e.now
	c, _ := e.session("zoë", goodPassword)
	e.now = start.Add(11 * time.Hour)
	if e.who(c).Name == "" {
		t.Error("a session ends within 12 hours")
	}
	e.now = start.Add(22 * time.Hour)
	if e.who(c).Name == "" {
		t.Error("a session that is used ends")
	}
	e.now = start.Add(35 * time.Hour)
	if e.who(c).Name != "" {
		t.Error("an idle session does not end")
	}
	e.now = start
	c, _ = e.session("zoë", goodPassword)
	for hours := 10; hours < 7*24; hours += 10 {
		e.now = start.Add(time.Duration(hours) * time.Hour)
		if e.who(c).Name == "" {
			t.Fatalf("it ends after %d hours", hours)
		}
	}
	e.now = start.Add(7*24*time.Hour + time.Minute)
	if e.who(c).Name != "" {
		t.Error("a session outlives a week")
	}
	if e.who(&http.Cookie{Name: e.Door.cookie(), Value: strings.Repeat("x", 4000)}).Name != "" || e.who(&http.Cookie{Name: e.Door.cookie()}).Name != "" {
		t.Error("anything is a session")
	}
}

func TestCookieOverHTTPS(t *testing.T) {
	e := newEntry(t)
	e.Door.Secure = true
	e.add("zoë", desk.Reviewer)
	if c, _ := e.session("zoë", goodPassword); c == nil || c.Name != "__Host-crosscheck" || !c.Secure || c.Path != "/" || c.Domain != "" {
		t.Errorf("cookie %+v", c)
	}
}

func TestTooManyAttempts(t *testing.T) {
	e := newEntry(t)
	e.add("zoë", desk.Reviewer)
	e.Door.Attempts.ByName, e.Door.Attempts.ByAddress = 3, 5
	for i := range 3 {
		if _, answer := e.session("zoë", "wrong", from("192.0.2.1:4000")); answer.StatusCode != http.StatusUnauthorized {
			t.Fatalf("attempt %d: %d", i, answer.StatusCode)
		}
		e.now = e.now.Add(time.Second)
	}
	c, answer := e.session("zoë", goodPassword, from("192.0.2.2:4000"))
	if c != nil || answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") != "897" {
		t.Errorf("%d, retry after %s", answer.StatusCode, answer.Header.Get("Retry-After"))
	}
	if text := answer.Page; !strings.Contains(text, "Try again in 15 minutes, at 08:15.") {
		t.Errorf("it does not say when to try again:\n%s", text)
	}
	e.now = e.now.Add(15 * time.Minute)
	if c, _ := e.session("zoë", goodPassword, from("192.0.2.2:4000")); c == nil {
		t.Error("it never ends")
	}
	// An address is bounded whatever name it tries; of IPv6 a whole network is one.
	for i := range 5 {
		e.session(strings.Repeat("a", i+1), "wrong", from("[2001:db8::"+strings.Repeat("1", i%4+1)+"]:4000"))
	}
	if _, answer := e.session("zoë", goodPassword, from("[2001:db8::99]:4000")); answer.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the network is not bounded: %d", answer.StatusCode)
	}
	if c, _ := e.session("zoë", goodPassword, from("[2001:db8:1::99]:4000")); c == nil {
		t.Error("another network is")
	}
}

func TestWhereRequestsComeFrom(t *testing.T) {
	d := &Door{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.1.0.0/16")}}
	for _, test := range []struct{ remote, forwarded, want string }{
		{"192.0.2.7:1", "", "192.0.2.7"},
		{"192.0.2.7:1", "203.0.113.9", "192.0.2.7"}, // not a proxy of ours
		{"127.0.0.1:1", "203.0.113.9", "203.0.113.9"},
		{"127.0.0.1:1", "198.51.100.1, 203.0.113.9", "203.0.113.9"}, // what the client itself wrote counts for nothing
		{"127.0.0.1:1", "203.0.113.9, 10.1.0.4", "203.0.113.9"},
		{"127.0.0.1:1", "rubbish", "127.0.0.1"},
		{"127.0.0.1:1", "", "127.0.0.1"},
		{"[::ffff:192.0.2.7]:1", "", "192.0.2.7"},
		{"[2001:db8:0:1:2:3:4:5]:1", "", "2001:db8:0:1::/64"},
		{"", "", "unknown"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.remote
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := d.address(r); got != test.want {
			t.Errorf("%s for %q: %s, want %s", test.remote, test.forwarded, got, test.want)
		}
	}
	for address, want := range map[string]bool{
		"127.0.0.1:8420": true, "localhost": true, "[::1]:80": true, "[::1]": true, "[::ffff:127.0.0.1]:1": true, "127.1.2.3": true,
		":8420": false, "0.0.0.0:8420": false, "[::]:8420": false, "desk.example.org:443": false, "192.0.2.1": false, "localhost.evil.test": false, "": false,
	} {
		if got := Loopback(address); got != want {
			t.Errorf("loopback %q: %v", address, got)
		}
	}
}

func TestOneTimeLink(t *testing.T) {
	e := newEntry(t)
	h := e.Handler()
	link := func() string {
		t.Helper()
		link, err := NewLink(t.Context(), e.store, "http://127.0.0.1:8420/", e.now)
		if err != nil {
			t.Fatal(err)
		}
		path, ok := strings.CutPrefix(link, "http://127.0.0.1:8420")
		if !ok || !regexp.MustCompile(`^/login\?link=[\w-]{43}$`).MatchString(path) {
			t.Fatalf("link %s", link)
		}
		return path
	}
	open := func(path string) (*http.Cookie, reply) {
		u, _ := url.Parse(path)
		answer := ask(h, "POST", "/login", url.Values{"link": {u.Query().Get("link")}})
		for _, c := range answer.Cookies {
			return c, answer
		}
		return nil, answer
	}
	first, late, unused := link(), link(), link()
	// To look at it does not use it up: browsers look ahead.
	for range 2 {
		if page := ask(h, "GET", first, nil).Page; !strings.Contains(page, "<button class=\"main\" autofocus>Open the desk</button>") {
			t.Errorf("the page of the link:\n%s", page)
		}
	}
	c, answer := open(first)
	if c == nil || answer.StatusCode != http.StatusSeeOther || e.who(c) != (desk.Person{Name: desk.Owner, Role: desk.Admin}) {
		t.Fatalf("the link opens nothing: %d", answer.StatusCode)
	}
	if c, answer := open(first); c != nil || answer.StatusCode != http.StatusForbidden {
		t.Error("the link opens twice")
	}
	e.now = e.now.Add(LinkTime + time.Second)
	if c, _ := open(late); c != nil {
		t.Error("the link opens after its time")
	}
	e.now = e.now.Add(-LinkTime)
	e.Door.Local = false
	if c, _ := open(unused); c != nil {
		t.Error("a link opens a desk that others reach")
	}
	if page := ask(h, "GET", unused, nil).Page; !strings.Contains(page, "crosscheck user add NAME --role admin") || strings.Contains(page, "user link") {
		t.Errorf("it does not say how to make the first account:\n%s", page)
	}
	e.Door.Local = true

	// The owner makes the first account, an admin's, and has to sign in with it.
	add := func(role string) reply {
		return ask(h, "POST", "/users", url.Values{"do": {"add"}, "name": {"zoë"}, "role": {role}, "password": {goodPassword}}, cookie(c))
	}
	if answer := add("viewer"); answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the first account is a viewer's: %d", answer.StatusCode)
	}
	if answer := add("admin"); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/login" {
		t.Errorf("%d to %s", answer.StatusCode, answer.Header.Get("Location"))
	}
	if e.who(c).Role != desk.Nobody {
		t.Error("the owner's session outlives the first account")
	}
	if c, _ := open(unused); c != nil {
		t.Error("a link opens although there is an account")
	}
}

func TestOwnAccount(t *testing.T) {
	e := newEntry(t)
	h := e.Handler()
	e.add("zoë", desk.Viewer)
	c, _ := e.session("zoë", goodPassword)
	elsewhere, _ := e.session("zoë", goodPassword)
	const another = "kettle orchid gravel moon"
	change := func(current, given, again string) reply {
		return ask(h, "POST", "/account", url.Values{"do": {"password"}, "current": {current}, "password": {given}, "again": {again}}, cookie(c))
	}
	for _, test := range []struct {
		current, given, again string
		want                  int
	}{
		{"wrong", another, another, http.StatusUnauthorized},
		{goodPassword, another, another + " ", http.StatusUnprocessableEntity},
		{goodPassword, "short", "short", http.StatusUnprocessableEntity},
	} {
		if answer := change(test.current, test.given, test.again); answer.StatusCode != test.want {
			t.Errorf("%v: %d", test, answer.StatusCode)
		}
	}
	answer := change(goodPassword, another, another)
	if answer.StatusCode != http.StatusOK || len(answer.Cookies) != 1 {
		t.Fatalf("%d, %v", answer.StatusCode, answer.Cookies)
	}
	if e.who(c).Name != "" || e.who(elsewhere).Name != "" || e.who(answer.Cookies[0]).Name != "zoë" {
		t.Error("sessions outlive the password, or the one in hand does not")
	}
	c = answer.Cookies[0]

	page := ask(h, "POST", "/account", url.Values{"do": {"token"}, "label": {"<b>Grafana"}}, cookie(c)).Page
	token := regexp.MustCompile(tokenMark + `[\w-]{43}`).FindString(page)
	if token == "" || !strings.Contains(page, "&lt;b&gt;Grafana") {
		t.Fatalf("no token:\n%s", page)
	}
	if page := ask(h, "GET", "/account", nil, cookie(c)).Page; strings.Contains(page, token) {
		t.Error("the token is shown again")
	}
	bearer := header("Authorization", "Bearer "+token)
	if answer := ask(h, "GET", "/account", nil, bearer); answer.StatusCode != http.StatusOK {
		t.Errorf("the token opens nothing: %d", answer.StatusCode)
	}
	if answer := ask(h, "POST", "/account", url.Values{"do": {"token"}}, bearer); answer.StatusCode != http.StatusForbidden {
		t.Errorf("a token makes tokens: %d", answer.StatusCode)
	}
	list, err := e.store.Tokens(t.Context(), "zoë")
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if answer := ask(h, "POST", "/account", url.Values{"do": {"revoke"}, "token": {"1"}}, cookie(c)); answer.StatusCode != http.StatusOK {
		t.Errorf("revoke: %d", answer.StatusCode)
	}
	if answer := ask(h, "GET", "/account", nil, bearer); answer.StatusCode != http.StatusUnauthorized || answer.Header.Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("a revoked token: %d", answer.StatusCode)
	}
}

func TestPeople(t *testing.T) {
	e := newEntry(t)
	h := e.Handler()
	e.add("zoë", desk.Admin)
	c, _ := e.session("zoë", goodPassword)
	change := func(form ...string) (int, string) {
		values := url.Values{}
		for i := 0; i < len(form); i += 2 {
			values.Set(form[i], form[i+1])
		}
		answer := ask(h, "POST", "/users", values, cookie(c))
		return answer.StatusCode, answer.Page
	}
	for _, test := range []struct {
		form []string
		want int
		says string
	}{
		{[]string{"do", "add", "name", "abel", "role", "reviewer", "password", goodPassword}, 200, "abel has an account: reviewer."},
		{[]string{"do", "add", "name", "Abel", "role", "reviewer", "password", goodPassword}, 422, "There is an account named Abel already"},
		{[]string{"do", "add", "name", "<script>", "role", "reviewer", "password", goodPassword}, 422, "A name is one word"},
		{[]string{"do", "add", "name", "cain", "role", "root", "password", goodPassword}, 422, "Choose a role."},
		{[]string{"do", "add", "name", "cain", "role", "viewer", "password", "cain"}, 422, "too short"},
		{[]string{"do", "role", "name", "abel", "role", "viewer"}, 200, "abel is now: viewer."},
		{[]string{"do", "role", "name", "zoë", "role", "viewer"}, 422, "Another admin has to change that"},
		{[]string{"do", "disable", "name", "zoë"}, 422, "Another admin has to change that"},
		{[]string{"do", "disable", "name", "ZOË"}, 422, "Another admin has to change that"},
		{[]string{"do", "disable", "name", "nobody"}, 404, "Not here"},
		{[]string{"do", "explode", "name", "abel"}, 422, "does not say what to change"},
	} {
		if status, page := change(test.form...); status != test.want || !strings.Contains(page, test.says) {
			t.Errorf("%v: %d\n%s", test.form, status, page)
		}
	}
	his, _ := e.session("abel", goodPassword)
	if who := e.who(his); who.Role != desk.Viewer {
		t.Errorf("abel is %+v", who)
	}
	if status, _ := change("do", "password", "name", "abel", "password", "kettle orchid gravel moon"); status != 200 || e.who(his).Name != "" {
		t.Errorf("%d, and his session is %+v", status, e.who(his))
	}
	his, _ = e.session("abel", "kettle orchid gravel moon")
	if status, _ := change("do", "disable", "name", "abel"); status != 200 || e.who(his).Name != "" {
		t.Errorf("%d, and his session is %+v", status, e.who(his))
	}
	if status, _ := change("do", "enable", "name", "abel"); status != 200 || e.who(his).Name != "" {
		t.Errorf("%d, and his session is %+v", status, e.who(his))
	}
}

func TestWhoSeesFeedAndFigures(t *testing.T) {
	e := newEntry(t)
	e.add("zoë", desk.Viewer)
	token, _ := e.token("zoë")
	c, _ := e.session("zoë", goodPassword)
	here := from("127.0.0.1:5000")
	for _, test := range []struct {
		what  string
		local bool
		how   []func(*http.Request)
		want  bool
	}{
		{"a program of this machine", true, []func(*http.Request){here}, true},
		{"a program of this machine, where others reach the pages", false, []func(*http.Request){here}, false},
		{"a proxy", true, []func(*http.Request){here, header("X-Forwarded-For", "203.0.113.9")}, false},
		{"another site's name in a browser", true, []func(*http.Request){here, func(r *http.Request) { r.Host = "evil.test:8420" }}, false},
		{"a token", false, []func(*http.Request){header("Authorization", "bearer "+token)}, true},
		{"a wrong token", true, []func(*http.Request){header("Authorization", "Bearer x")}, false},
		{"a name and password", false, []func(*http.Request){header("Authorization", "Basic eDp5")}, false},
		{"a session", false, []func(*http.Request){cookie(c)}, true},
		{"anybody", false, nil, false},
	} {
		e.Door.Local = test.local
		r := httptest.NewRequest("GET", "http://127.0.0.1:8420/feed.atom", nil)
		for _, do := range test.how {
			do(r)
		}
		if got, err := e.Door.Admits(r); got != test.want || err != nil {
			t.Errorf("%s: %v, %v", test.what, got, err)
		}
	}
}

// A password whose hash was made by lesser parameters is hashed anew when it is given.
func TestHashesAreRenewed(t *testing.T) {
	e := newEntry(t)
	const old = "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$U9efONz5aaS72XpKYc8GMDMpPR3y5PMRbfczzJIeVGY"
	if err := e.store.AddAccount(t.Context(), e.now, "zoë", desk.Viewer, old); err != nil {
		t.Fatal(err)
	}
	first, _ := e.session("zoë", goodPassword)
	account, err := e.store.Credentials(context.Background(), "zoë")
	if err != nil || first == nil || account.Password == old || e.who(first).Name == "" {
		t.Errorf("%+v, %v", account, err)
	}
	if c, _ := e.session("zoë", goodPassword); c == nil {
		t.Error("the new hash does not match")
	}
}

// Secrets stand nowhere in the database.
func TestSecretsAreHashed(t *testing.T) {
	e := newEntry(t)
	e.add("zoë", desk.Viewer)
	c, _ := e.session("zoë", goodPassword)
	hash := sha256.Sum256([]byte(c.Value))
	if _, found, err := e.store.Session(t.Context(), e.now, hash); !found || err != nil {
		t.Errorf("a session is not kept under the hash of its token: %v", err)
	}
}
