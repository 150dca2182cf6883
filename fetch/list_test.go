package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const rssFeed = `<?xml version="1.0" encoding="ISO-8859-1"?>
<!-- what passes by -->
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Press review</title><link>https://review.example/</link>
<item><title>Pier closed</title><link>https://gazette.example/pier?utm_source=rss</link><guid>g-1</guid>
 <pubDate>Fri, 01 Mar 2024 09:30:00 +0200</pubDate><source url="https://www.gazette.example/rss">Harbour Gaz` + "\xe9" + `tte</source></item>
<item><title>No link at all</title><description>Words.</description></item>
<item><title>Broken & <0></title><link>https://x.example/1</link></item>
<item><title><![CDATA[An </item> in <item> words]]></title><link>/relative</link><dc:date>2024-03-02</dc:date></item>
<item><title>By its identifier</title><guid>https://review.example/3</guid><pubDate>soon</pubDate><source url="https://courier.example/rss"></source></item>
<item><title>Of mail</title><link>mailto:desk@example.org</link></item>
<item><title>Twice</title><link>https://gazette.example/pier</link></item>
<item><title>Without an end</title><link>https://x.example/2</link>
<item><title>Last</title><link>https://x.example/3</link></item>
</channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Press review</title>
<entry><title>Pier closed</title><id>tag:1</id><link href="https://gazette.example/pier"/><published>2024-03-01T09:30:00Z</published><updated>2024-03-02T09:30:00Z</updated>
<source><title>Harbour Gazette</title><id>x</id></source></entry>
<entry><title>Other</title><link rel="alternate" href="other"/></entry></feed>`

const rdfFeed = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://x.example/"><title>Old news</title></channel>
<item rdf:about="https://x.example/1"><title>One</title><link>https://x.example/1</link><dc:date>2024-03-01</dc:date></item></rdf:RDF>`

// lines is a listing, an entry or finding a line.
func lines(l *Listing) string {
	var b strings.Builder
	day := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Format("2006-01-02T15:04")
	}
	for _, e := range l.Entries {
		fmt.Fprintf(&b, "%s|%s|%s|%s|%s|%s\n", e.URL, e.ID, e.Title, e.Publisher, day(e.Published), day(e.Modified))
	}
	for _, s := range l.Sitemaps {
		fmt.Fprintf(&b, "map %s\n", s)
	}
	for _, f := range l.Findings {
		reason, _, _ := strings.Cut(f.Reason, ": ")
		fmt.Fprintf(&b, "! %s: %s\n", f.Where, reason)
	}
	return b.String()
}

func TestReadFeed(t *testing.T) {
	for name, test := range map[string]struct{ feed, want string }{
		"rss": {rssFeed, `https://gazette.example/pier|g-1|Pier closed|Harbour Gazétte|2024-03-01T07:30|-
https://review.example/relative||An </item> in <item> words||2024-03-02T00:00|2024-03-02T00:00
https://review.example/3|https://review.example/3|By its identifier|courier.example|-|-
https://x.example/3||Last||-|-
! entry 2: it has no link ("No link at all")
! entry 3: it cannot be read
! entry 6: its link
! entry 8: it does not end
`},
		"atom": {atomFeed, `https://gazette.example/pier|tag:1|Pier closed|Harbour Gazette|2024-03-01T09:30|2024-03-02T09:30
https://review.example/other||Other||-|-
`},
		"rdf": {rdfFeed, "https://x.example/1||One||2024-03-01T00:00|2024-03-01T00:00\n"},
		"cut": {rssFeed[:len(rssFeed)-60], ""},
	} {
		l, err := ReadFeed([]byte(test.feed), "", "https://review.example/rss")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := lines(l); got != test.want && test.want != "" {
			t.Errorf("%s: got\n%swant\n%s", name, got, test.want)
		}
		if name == "cut" && !strings.HasSuffix(lines(l), "! entry 9: it does not end\n") {
			t.Errorf("cut: got\n%s", lines(l))
		}
	}
	for _, none := range []string{"", "Words.", "<html><p>Words.</html>", "{}", "<", "<!--", "<rss", "<?xml?>"} {
		var wrong *ListError
		if _, err := ReadFeed([]byte(none), "", "https://review.example/rss"); !errors.As(err, &wrong) {
			t.Errorf("%q: %v", none, err)
		}
	}
}

func TestFeedBounds(t *testing.T) {
	item := "<item><link>https://x.example/%d</link></item>"
	var many strings.Builder
	for i := range maxEntries + 5 {
		fmt.Fprintf(&many, item, i)
	}
	deep := "<item><link>https://x.example/deep</link>" + strings.Repeat("<x:a>", 90_000) + "</item>"
	large := "<item>" + strings.Repeat("a", maxEntry) + "</item>"
	for name, test := range map[string]struct {
		items   string
		entries int
		finding string
	}{
		"many":  {many.String(), maxEntries, "the feed has more than 1000 entries; this one and those behind it were left"},
		"deep":  {deep + fmt.Sprintf(item, 1), 2, ""},
		"large": {large + fmt.Sprintf(item, 1), 1, "its 524301 bytes are over the limit of 524288"},
		"stray": {strings.Repeat("<", 1<<20) + fmt.Sprintf(item, 1), 1, ""},
		"open":  {strings.Repeat("<![CDATA[", 20_000) + fmt.Sprintf(item, 1), 1, ""},
	} {
		started := time.Now()
		l, err := ReadFeed([]byte("<rss><channel>"+test.items+"</channel></rss>"), "", "https://x.example/")
		if err != nil || len(l.Entries) != test.entries {
			t.Errorf("%s: %v, %d entries", name, err, len(l.Entries))
		}
		if test.finding != "" && (len(l.Findings) != 1 || !strings.HasPrefix(l.Findings[0].Reason, test.finding)) {
			t.Errorf("%s: found %.200q", name, l.Findings)
		}
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("%s: it took %s", name, took)
		}
	}
}

const sitemap = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> https://x.example/1?a=1&amp;b=2 </loc><lastmod>2024-03-01</lastmod></url>
<url><loc>https://x.example/2</loc><lastmod>2024-03-01T10:00+02:00</lastmod><image:image xmlns:image="i"><image:loc>https://x.example/i.png</image:loc></image:image></url>
<url><loc>no address</loc></url>
<url><loc>https://x.example/3</loc><lastmod>lately</lastmod></url>
<url><loc>https://x.example/4</loc></urlset>`

func TestReadSitemap(t *testing.T) {
	const want = `https://x.example/1?a=1&b=2||||-|2024-03-01T00:00
https://x.example/2||||-|2024-03-01T08:00
https://x.example/3||||-|-
! entry 3: only http and https are fetched
! after entry 4: the rest cannot be read
`
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	if _, err := w.Write([]byte(sitemap)); err != nil || w.Close() != nil {
		t.Fatal("cannot pack")
	}
	for name, body := range map[string][]byte{"plain": []byte(sitemap), "packed": gz.Bytes()} {
		l, err := ReadSitemap(body, "", 1<<20)
		if err != nil || lines(l) != want {
			t.Errorf("%s: %v, got\n%s", name, err, lines(l))
		}
	}
	var wrong *ListError
	for _, none := range []string{"", "Words.", "<html/>", "<rss/>", "<urlset>" + strings.Repeat("<a>", 100_000)} {
		if _, err := ReadSitemap([]byte(none), "", 1<<20); !errors.As(err, &wrong) {
			t.Errorf("%.20q: %v", none, err)
		}
	}
	var bomb *BombError
	if _, err := ReadSitemap(zeros("gzip", 4<<20), "", 1<<30); !errors.As(err, &bomb) {
		t.Errorf("a bomb: %v", err)
	}
}

func TestSitemapOfSitemaps(t *testing.T) {
	index := func(names ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "<sitemapindex>")
			for _, n := range names {
				fmt.Fprintf(w, "<sitemap><loc>http://%s%s</loc></sitemap>", r.Host, n)
			}
			fmt.Fprint(w, "</sitemapindex>")
		}
	}
	at := serve(t, map[string]http.HandlerFunc{
		"/index": index("/index", "/a", "/missing", "/deeper"), "/deeper": index("/a", "/deepest"), "/deepest": index("/too-deep"),
		"/a": text("<urlset><url><loc>https://x.example/1</loc></url></urlset>"),
	})
	c, _ := client(t, nil)
	l, err := c.Sitemap(t.Context(), at+"/index")
	if err != nil {
		t.Fatal(err)
	}
	want := "https://x.example/1||||-|-\n! " + at + "/missing: there is no such page (404)\n! " + at + "/too-deep: it lies too deep in indexes of sitemaps\n"
	if got := lines(l); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if _, err := c.Sitemap(t.Context(), at+"/missing"); err == nil {
		t.Error("a sitemap that is not there")
	}
}

func FuzzReadFeed(f *testing.F) {
	for _, s := range []string{rssFeed, atomFeed, rdfFeed, "<rss><item></rss>"} {
		f.Add([]byte(s), "text/xml; charset=utf-16")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		l, err := ReadFeed(body, contentType, "https://x.example/")
		if err != nil {
			return
		}
		for _, e := range l.Entries {
			if again, err := Normalise(e.URL); err != nil || again != e.URL {
				t.Errorf("an entry at %q: %v", e.URL, err)
			}
		}
	})
}

func FuzzReadSitemap(f *testing.F) {
	f.Add([]byte(sitemap))
	f.Add(zeros("gzip", 100))
	f.Fuzz(func(t *testing.T, body []byte) {
		l, err := ReadSitemap(body, "", 1<<16)
		if err == nil && len(l.Findings) > maxFindings {
			t.Errorf("%d findings", len(l.Findings))
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a$\nAllow: /%61"), "/a?b")
	f.Fuzz(func(t *testing.T, body []byte, path string) {
		r := readRobots(body, "crosscheck")
		r.allow(path)
		if r.delay < 0 || r.delay > maxCrawlDelay {
			t.Errorf("a delay of %s", r.delay)
		}
	})
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"HTTP://Example.org:80/a/../b?utm_x=1&c#d", "https://[::1%25eth0]:8443", "https://bücher.example/%zz?%&&=", "http://a/%2e%2e/", "http://a/? #", "http://a/?q=\u00e9\u00a0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		once, err := Normalise(address)
		if err != nil {
			return
		}
		twice, err := Normalise(once)
		if err != nil || once != twice {
			t.Errorf("%q became %q, then %q, %v", address, once, twice, err)
		}
	})
}
