package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestOneAtATime(t *testing.T) {
	at := serve(t, map[string]http.HandlerFunc{"/": text("Words.")})
	c, clock := client(t, nil)
	for range 5 {
		if _, err := c.Get(t.Context(), at, Validators{}); err != nil {
			t.Fatal(err)
		}
	}
	if clock.waited != 4*time.Second {
		t.Errorf("five pages with waits of %s in all", clock.waited)
	}
}

func TestRetryAfter(t *testing.T) {
	for name, test := range map[string]struct {
		header string
		code   int
		waited time.Duration
		want   string // the error; "" where the third answer is good
	}{
		"seconds":  {"7", 429, 14 * time.Second, ""},
		"date":     {"Fri, 01 Mar 2024 12:00:30 GMT", 503, 31 * time.Second, ""},
		"no wait":  {"", 503, 6 * time.Second, ""},
		"nonsense": {"soon", 503, 6 * time.Second, ""},
		"long":     {"3600", 429, 0, "the server asks for time (429), until 2024-03-01 13:00:00 UTC"},
		"for good": {"99999999999999999999", 429, 0, "the server asks for time (429), until 2024-03-02 12:00:00 UTC"},
		"far off":  {"Fri, 01 Mar 3024 12:00:00 GMT", 503, 0, "the server asks for time (503), until 2024-03-02 12:00:00 UTC"},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			at := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
				if asked++; asked == 3 {
					text("Words.")(w, r)
					return
				}
				w.Header().Set("Retry-After", test.header)
				w.WriteHeader(test.code)
			}})
			c, clock := client(t, nil)
			_, err := c.Get(t.Context(), at, Validators{})
			if got := fmt.Sprint(err); test.want == "" && err != nil || test.want != "" && got != test.want {
				t.Errorf("got %s", got)
			}
			if clock.waited != test.waited {
				t.Errorf("waited %s, want %s", clock.waited, test.waited)
			}
			until, ok := Passing(err)
			if err != nil && (!ok || !until.After(clock.Now())) {
				t.Errorf("passing at %s: %t", until, ok)
			}
			if err != nil { // nobody else asks that host meanwhile
				asked = 0
				_, err = c.Get(t.Context(), at+"/other", Validators{})
				if err == nil || !strings.HasPrefix(err.Error(), "its host is left alone until") || asked != 0 {
					t.Errorf("the next page: %v, asked %d times", err, asked)
				}
			}
		})
	}
}

// A host that is down costs a few timeouts, not one a page.
func TestHostInTrouble(t *testing.T) {
	closed := httpClosed(t)
	c, clock := client(t, nil)
	var network *NetworkError
	var busy *BusyError
	for i := range 500 {
		if _, err := c.Get(t.Context(), fmt.Sprintf("%s/%d", closed, i), Validators{}); !errors.As(err, &network) {
			t.Fatal(err)
		}
	}
	if clock.waited > 3*time.Minute {
		t.Errorf("waited %s", clock.waited)
	}
	clock.pass(robotsFailed)
	_, err := c.Get(t.Context(), closed, Validators{})
	if errors.As(err, &busy) {
		t.Errorf("after a while it is not asked again: %v", err)
	}
}

func TestRobots(t *testing.T) {
	for name, test := range map[string]struct {
		robots http.HandlerFunc
		want   string
		waited time.Duration
	}{
		"none":       {http.NotFound, "", time.Second},
		"forbidden":  {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, "", time.Second},
		"for others": {text("User-agent: cross\nDisallow: /\n"), "", time.Second},
		"for all":    {text("User-agent: *\nDisallow: /a\n"), "its robots.txt does not let us read it", 0},
		"down":       {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "its robots.txt could not be asked for leave: the server answered 500", 0},
		"slower":     {text("User-agent: CrossCheck\nCrawl-delay: 5\n"), "", 5 * time.Second},
		"very slow":  {text("User-agent: *\nCrawl-delay: 86400\n"), "", 30 * time.Second},
		"circle":     {redirect("/robots.txt", 302), "", time.Second},
		"moved":      {redirect("/rules", 301), "its robots.txt does not let us read it", 0},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			at := serve(t, map[string]http.HandlerFunc{"/a": text("Words."), "/rules": text("User-agent: *\nDisallow: /"), "/robots.txt": func(w http.ResponseWriter, r *http.Request) {
				asked++
				test.robots(w, r)
			}})
			c, clock := client(t, nil)
			for range 2 {
				_, err := c.Get(t.Context(), at+"/a", Validators{})
				if got := fmt.Sprint(err); test.want == "" && err != nil || !strings.HasPrefix(got, test.want) && test.want != "" {
					t.Errorf("got %v", err)
				}
			}
			if asked != 1 || clock.waited != test.waited {
				t.Errorf("robots.txt asked for %d times, waited %s", asked, clock.waited)
			}
			clock.pass(25 * time.Hour)
			_, _ = c.Get(t.Context(), at+"/a", Validators{})
			if asked != 2 {
				t.Errorf("a day later it was asked for %d times", asked)
			}
		})
	}
}

func TestRules(t *testing.T) {
	r := readRobots([]byte("\ufeff"+`# rules
Disallow: /before-any-group
User-agent: other
User-agent: crosscheck/2.0 # us
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /q?*x=1
Disallow: /tie
Allow: /tie
disallow: /%7Euser/%c3%a4
Crawl-delay: 2 s
nonsense
Sitemap: https://example.org/map.xml
Disallow:

User-agent: *
Disallow: /
`), "crosscheck")
	for path, want := range map[string]bool{
		"/": true, "/private": false, "/private/open/a": true, "/a.pdf": false, "/a.pdf?x": true, "/q?y=2&x=1": false, "/q?y=2": true,
		"/tie": true, "/~user/%C3%A4": false, "/robots.txt": true, "/before-any-group": true, "/x/private": true,
	} {
		if got := r.allow(path); got != want {
			t.Errorf("%s: allowed %t", path, got)
		}
	}
	if r.delay != 0 {
		t.Errorf("delay %s", r.delay)
	}
	if everything := readRobots([]byte("User-agent: *\nDisallow: /\n\nUser-agent: crosscheck\nAllow: /\n"), "crosscheck"); !everything.allow("/a") {
		t.Error("a group of ours counts for less than that for all")
	}
	if empty := readRobots([]byte("User-agent: crosscheck\nDisallow:\n\nUser-agent: *\nDisallow: /\n"), "crosscheck"); !empty.allow("/a") {
		t.Error("a group of ours that allows all counts for less than that for all")
	}
}

// A pattern of stars takes no longer than any other.
func TestRulesAreLinear(t *testing.T) {
	r := readRobots([]byte("User-agent: *\n"+strings.Repeat("Disallow: /"+strings.Repeat("*a", 500)+"b\n", 400)), "crosscheck")
	started := time.Now()
	if !r.allow("/" + strings.Repeat("a", maxURL)) {
		t.Error("not allowed")
	}
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}
