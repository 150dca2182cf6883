package pipeline

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/jackc/pgx/v5"

	"crosscheck/fetch"
	"crosscheck/store/storetest"
)

// site is a web server whose pages a test can change while it runs.
type site struct {
	url   string
	mu    sync.Mutex
	pages map[string]http.HandlerFunc
	asked []string // paths, but for robots.txt
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{pages: make(map[string]http.HandlerFunc)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		page := s.pages[r.URL.Path]
		if r.URL.Path != "/robots.txt" {
			s.asked = append(s.asked, r.URL.Path)
		}
		s.mu.Unlock()
		if page == nil {
			http.NotFound(w, r)
			return
		}
		page(w, r)
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func (s *site) set(path string, page http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = page
}

// requests are the paths asked for since the last call.
func (s *site) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// answer serves a body with a type, and a validator where tag is not empty.
func answer(contentType, tag, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		if tag != "" {
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		_, _ = w.Write([]byte(body)) // a client may hang up
	}
}

// fetching is a runner that fetches from this machine's first address alone,
// with small limits and without pauses.
func fetching(t *testing.T, url string, change func(*fetch.Options)) Runner {
	t.Helper()
	o := fetch.Options{
		Agent: "crosscheck/test", Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		MaxBytes: 4 << 20, Timeout: 20 * time.Second, HeaderTimeout: 20 * time.Second,
		Pause: func(string) time.Duration { return time.Millisecond }, Backoff: 10 * time.Millisecond, MaxWait: 200 * time.Millisecond,
	}
	if change != nil {
		change(&o)
	}
	client, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return Runner{Store: openStore(t, url), Loader: Loader{Client: client}}
}

// rows are the texts that a query gives.
func rows(t *testing.T, url, query string, args ...any) []string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	found, err := conn.Query(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := pgx.CollectRows(found, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

const fire = `<!DOCTYPE html><html><head><title>Fire at the Port Ellis mill</title></head><body><article><h1>Fire at the Port Ellis mill</h1>
<p>A fire destroyed the Port Ellis mill on 3 March 2024. %s people were killed in the fire at the Port Ellis mill, the mayor said.</p></article></body></html>`

func TestPagesOverNights(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	page := func(dead, tag string) {
		web.set("/mill", answer("text/html; charset=utf-8", tag, fmt.Sprintf(fire, dead)))
	}
	night := func(want string) *Summary {
		t.Helper()
		// Each night is a process of its own: it knows what is stored and nothing else.
		sum := run(t, fetching(t, url, nil), web.url+"/mill")
		got := fmt.Sprintf("%d added, %d changed, %d unchanged, failed %v", sum.Added, sum.Changed, sum.Unchanged, sum.Failed)
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		return sum
	}
	const versions = `SELECT count(*)::text || ', ' || count(*) FILTER (WHERE current) FROM version`

	page("34", `"1"`)
	first := night("1 added, 0 changed, 0 unchanged, failed []")
	if first.Claims == 0 {
		t.Error("a page without claims")
	}
	night("0 added, 0 changed, 1 unchanged, failed []") // by its validator
	page("34", `"2"`)
	night("0 added, 0 changed, 1 unchanged, failed []") // by its bytes
	page("34", "")
	night("0 added, 0 changed, 1 unchanged, failed []")
	night("0 added, 0 changed, 1 unchanged, failed []") // without validators
	equal(t, "versions", rows(t, url, versions), []string{"1, 1"})
	page("36", `"3"`)
	night("0 added, 1 changed, 0 unchanged, failed []")
	equal(t, "versions", rows(t, url, versions), []string{"2, 1"})
	equal(t, "document", rows(t, url, `SELECT address || ' of ' || name FROM document JOIN source ON source.id = document.source`),
		[]string{web.url + "/mill of 127.0.0.1"})

	// A page that vanished keeps its last version.
	for code, reason := range map[int]string{404: "there is no such page (404)", 410: "the page was taken down (410)"} {
		web.set("/mill", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
		night(fmt.Sprintf("0 added, 0 changed, 0 unchanged, failed [{%s/mill %s}]", web.url, reason))
	}
	equal(t, "versions", rows(t, url, versions), []string{"2, 1"})
	equal(t, "state", rows(t, url, `SELECT failures || ' failures, ' || (status IN (404, 410))::text || ', ' || etag FROM page`), []string{`2 failures, true, "3"`})
	page("36", `"3"`)
	night("0 added, 0 changed, 1 unchanged, failed []")
	equal(t, "state", rows(t, url, `SELECT failures || ' failures, ' || status FROM page`), []string{"0 failures, 304"})
}

// A page that is as it was is read anew where the rules are not, from the
// archive, and from nowhere else.
func TestPageUnchangedUnderNewRules(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	web.set("/mill", answer("text/html", `"1"`, fmt.Sprintf(fire, "34")))
	run(t, fetching(t, url, nil), web.url+"/mill")
	rows(t, url, `UPDATE reading SET key = sha256(key) RETURNING ''`)
	sum := run(t, fetching(t, url, nil), web.url+"/mill")
	if sum.Changed != 1 || sum.Claims == 0 {
		t.Errorf("got %s", brief(sum))
	}
	equal(t, "state", rows(t, url, `SELECT status::text FROM page`), []string{"304"})
	equal(t, "versions", rows(t, url, `SELECT count(*)::text FROM version`), []string{"1"})
}

// What an answer brings is stored before its validators count: had it not been
// stored, the next night must not take the page for unchanged.
func TestValidatorsOfWhatWasNotStored(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	web.set("/mill", answer("text/html", `"1"`, fmt.Sprintf(fire, "34")))
	run(t, fetching(t, url, nil), web.url+"/mill")
	rows(t, url, `UPDATE page SET sha256 = sha256('other'), etag = '"2"' RETURNING ''`)
	web.set("/mill", answer("text/html", `"2"`, fmt.Sprintf(fire, "36")))
	if sum := run(t, fetching(t, url, nil), web.url+"/mill"); sum.Changed != 1 {
		t.Errorf("got %s", brief(sum))
	}
}

// Each of these servers does what a good one does not. Each ends as a line in
// the run's failures, and takes nothing else with it.
func TestServersThatMisbehave(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte("Words without an end. ")); err != nil {
				return
			}
		}
	}
	bomb := func(encoding string) http.HandlerFunc {
		var out bytes.Buffer
		b := brotli.NewWriter(&out)
		g := gzip.NewWriter(&out)
		if encoding == "br" {
			_, _ = b.Write(make([]byte, 3<<20))
			_ = b.Close()
		} else {
			_, _ = g.Write(make([]byte, 3<<20))
			_ = g.Close()
		}
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", encoding)
			_, _ = w.Write(out.Bytes())
		}
	}
	to := func(address string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, address, http.StatusFound) }
	}
	web.set("/robots.txt", answer("text/plain", "", "User-agent: *\nDisallow: /private\n"))
	reasons := map[string]string{}
	for path, test := range map[string]struct {
		page   http.HandlerFunc
		reason string
	}{
		"/slow":    {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "the server took longer than 1s"},
		"/endless": {endless, "it does not end within the limit of 4194304 bytes"},
		"/short": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte("Words."))
		}, "it broke off after 6 of 1000 bytes"},
		"/circle":    {to("/circle"), "its redirects go round in a circle (1 of them)"},
		"/inside":    {to("http://127.1.1.1:1/"), "it leads to 127.1.1.1, which is inside the own network; allow its range if it is meant"},
		"/busy":      {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "0"); w.WriteHeader(429) }, "the server asks for time (429), until"},
		"/gzip-bomb": {bomb("gzip"), "it is packed to do harm"},
		"/br-bomb":   {bomb("br"), "it is packed to do harm"},
		"/private":   {answer("text/plain", "", "Words."), "its robots.txt does not let us read it"},
		"/down":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "the server answered 500 Internal Server Error"},
		"/picture":   {answer("image/png", "", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ""},
	} {
		web.set(path, test.page)
		reasons[web.url+path] = test.reason
	}
	web.set("/good", answer("text/html", "", fmt.Sprintf(fire, "34")))
	paths := []string{web.url + "/good"}
	for path := range reasons {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	started := time.Now()
	sum := run(t, fetching(t, url, func(o *fetch.Options) { o.HeaderTimeout = time.Second }), paths...)
	if sum.Added != 1 || len(sum.Failed) != len(reasons) {
		t.Errorf("got %s", brief(sum))
	}
	for _, f := range sum.Failed {
		if !strings.HasPrefix(f.Reason, reasons[f.Path]) {
			t.Errorf("%s: got %q, want %q", f.Path, f.Reason, reasons[f.Path])
		}
	}
	var ledger []string
	for _, f := range sum.Failed {
		ledger = append(ledger, f.Path+": "+f.Reason)
	}
	slices.Sort(ledger)
	equal(t, "ledger", rows(t, url, `SELECT document || ': ' || reason FROM run_failure ORDER BY (document || ': ' || reason) COLLATE "C"`), ledger)
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

// A server that asks for time gets it, from later runs too.
func TestRetryAfterOutlastsTheRun(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	web.set("/mill", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	for night, asked := range []int{1, 0} {
		sum := run(t, fetching(t, url, nil), web.url+"/mill")
		if len(sum.Failed) != 1 || !strings.HasPrefix(sum.Failed[0].Reason, "the server asks for time (429), until") {
			t.Errorf("night %d: %s", night, brief(sum))
		}
		if n := len(web.requests()); n != asked {
			t.Errorf("night %d: asked %d times", night, n)
		}
	}
	later := fetching(t, url, nil)
	later.Now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	web.set("/mill", answer("text/html", "", fmt.Sprintf(fire, "34")))
	if sum := run(t, later, web.url+"/mill"); sum.Added != 1 {
		t.Errorf("two hours later: %s", brief(sum))
	}
}

// What a server says of the charset reaches the reader; where it says what is
// not so, the bytes that make no sense are counted.
func TestCharsets(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	web.set("/latin", answer("text/html; charset=ISO-8859-1", "", "<p>The caf\xe9 at Port Ellis was closed for 34 days in 2024."))
	web.set("/wrong", answer("text/html; charset=utf-8", "", "<p>The caf\xe9 at Port Ellis was closed for 36 days in 2024."))
	sum := run(t, fetching(t, url, nil), web.url+"/latin", web.url+"/wrong")
	if sum.Added != 2 || len(sum.Warnings) != 1 || sum.Warnings[0] != (Failure{web.url + "/wrong", "invalid bytes replaced: 1"}) {
		t.Errorf("got %s", brief(sum))
	}
	equal(t, "texts", rows(t, url, `SELECT substr(text, 5, 4) FROM reading ORDER BY invalid`), []string{"café", "caf\ufffd"})
	equal(t, "types", rows(t, url, `SELECT content_type FROM reading ORDER BY 1`), []string{"text/html; charset=ISO-8859-1", "text/html; charset=utf-8"})
}

// A name may stand for another address the next time. What counts is what is
// connected to.
func TestNamesThatMove(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	web.set("/mill", answer("text/html", "", fmt.Sprintf(fire, "34")))
	_, port, err := net.SplitHostPort(strings.TrimPrefix(web.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	address := "http://localhost:" + port + "/mill"
	if sum := run(t, fetching(t, url, nil), address); sum.Added != 1 {
		t.Fatalf("got %s", brief(sum))
	}
	sum := run(t, fetching(t, url, func(o *fetch.Options) { o.Allow = []netip.Prefix{netip.MustParsePrefix("127.1.1.1/32")} }), address)
	if len(sum.Failed) != 1 || !strings.HasPrefix(sum.Failed[0].Reason, "it leads to ") {
		t.Errorf("got %s", brief(sum))
	}
}

func TestSourcesOnTheNetwork(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	page := func(source string) http.HandlerFunc {
		return answer("text/html", "", `<html><head><meta property="og:site_name" content="`+source+`"></head><body><p>The pier at Port Ellis was closed for `+source+` days.</p></body></html>`)
	}
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		web.set("/"+n, page("Own "+n))
	}
	web.set("/rss", answer("application/rss+xml", "", strings.ReplaceAll(`<rss version="2.0"><channel><title>Review</title>
<item><title>One</title><link>SITE/1?utm_source=rss</link><pubDate>Fri, 01 Mar 2024 09:00:00 GMT</pubDate><source url="https://gazette.example/rss">Harbour Gazette</source></item>
<item><title>Broken</title></item>
<item><title>Two</title><link>SITE/2</link><pubDate>Sat, 02 Mar 2024 09:00:00 GMT</pubDate><source url="SITE/rss">Our own desk</source></item>
<item><title>Broken too</item>
</channel></rss>`, "SITE", web.url)))
	web.set("/map", answer("text/xml", "", fmt.Sprintf("<urlset><url><loc>%[1]s/3</loc></url><url><loc>%[1]s/2</loc></url><url><loc>nothing</loc></url></urlset>", web.url)))
	r := fetching(t, url, nil)
	origins := []Origin{
		{Name: "Press Review", Feeds: []string{web.url + "/rss"}, Sitemaps: []string{web.url + "/map"}},
		{Name: "Courier", URLs: []string{web.url + "/4"}, Feeds: []string{web.url + "/gone"}},
		{URLs: []string{web.url + "/5"}},
	}
	sum, err := r.Run(t.Context(), nil, origins...)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "documents", rows(t, url, `
SELECT right(address, 2) || ' ' || name || ' ' || coalesce(published::text, '-') FROM document JOIN source ON source.id = document.source ORDER BY 1`), []string{
		"/1 Harbour Gazette 2024-03-01", "/2 Press Review 2024-03-02", "/3 Press Review -", "/4 Courier -", "/5 Own 5 -",
	})
	equal(t, "failures", rows(t, url, `SELECT replace(document, $1, '') || ': ' || reason FROM run_failure ORDER BY 1`, web.url), []string{
		"/gone: there is no such page (404)", "entry 2 of /rss: it has no link (\"Broken\")", "entry 3 of /map: only http and https are fetched",
		"entry 4 of /rss: it has no link (\"Broken too\")",
	})
	equal(t, "ledger", rows(t, url, `SELECT name || ' ' || expected || ' ' || fetched || ' ' || failed FROM run_source ORDER BY n`), []string{"Press Review 6 3 3", "Courier 2 1 1", web.url + "/5 1 1 0"})
	if sum.Found != 9 || sum.Added != 5 || len(sum.Failed) != 4 {
		t.Errorf("got %s", brief(sum))
	}
	if sum, err = r.Run(t.Context(), nil, origins...); err != nil || sum.Unchanged != 5 {
		t.Errorf("the next night: %s, %v", brief(sum), err)
	}
}

// A run that is stopped while it waits for a server stops at once.
func TestRunStoppedWhileFetching(t *testing.T) {
	web, url := newSite(t), storetest.New(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	web.set("/slow", func(_ http.ResponseWriter, r *http.Request) { stop(); <-r.Context().Done() })
	r := fetching(t, url, nil)
	started := time.Now()
	if _, err := r.Run(ctx, []string{web.url + "/slow"}); err == nil || !strings.Contains(err.Error(), "stopped before the end") {
		t.Errorf("got %v", err)
	}
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}
