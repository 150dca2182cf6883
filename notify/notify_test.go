package notify_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/blog/atom"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/notify"
)

// hostile is what a document may say to whoever passes it on.
const hostile = "<!channel> & <https://evil.example|click> *bold* @here\r\nBcc: all@example.org\x1b[31m\u202e"

// digest is one with hostile words in every place that takes words.
func digest() *notify.Digest {
	ended := time.Date(2024, 5, 6, 2, 10, 0, 0, time.UTC)
	c := conflict.Conflict{
		ID: "41", Kind: conflict.Entity, Severity: 0.82, Question: "Who built the quay of " + hostile,
		Reason: "Ada Berg is not " + hostile + "; tried: rounding, unit", Origins: 2,
	}
	for _, name := range []string{"Ada Berg", hostile} {
		a := claim.Appearance{Document: "docs/" + name}
		a.Claim.Polarity = claim.Affirmed
		c.Positions = append(c.Positions, conflict.Position{
			Value: claim.Value{Entity: &claim.Entity{Name: name}}, Origins: 1, Appearances: []claim.Appearance{a, a}})
	}
	d := &notify.Digest{
		Type: "digest", ID: "6f9619ff-8b86-4011-b42d-00c04fc964ff", Run: 7, Started: ended.Add(-10 * time.Minute), Ended: ended,
		Documents: 12, Failed: 1, Opened: 3, More: 2,
		Conflicts: []notify.News{notify.NewsOf(c, notify.Opened, func(string) string { return "Paper " + hostile })},
	}
	d.Find("Harbour Office gave nothing " + hostile)
	return d
}

func TestText(t *testing.T) {
	text := digest().Text()
	for _, r := range text {
		if r < ' ' && r != '\n' || r == '\u202e' || r == 0x7f {
			t.Fatalf("%q stands in\n%s", r, text)
		}
	}
	if strings.Contains(text, "\nBcc") || strings.Contains(text, "tried") {
		t.Errorf("a document's line became ours, or the ladder is told:\n%s", text)
	}
	reason, question := strings.Index(text, "Ada Berg is not"), strings.Index(text, "Who built")
	if reason < 0 || question < reason {
		t.Errorf("the reason does not come first:\n%s", text)
	}
	for _, want := range []string{"12 documents, 1 of them not", "and 2 more", "Note: Harbour Office gave nothing", "severity 0.82"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// TestLinks finds a link to each conflict in all ways of telling, and none where it
// is not known how people reach the pages.
func TestLinks(t *testing.T) {
	const link = "https://desk.example.org/conflicts/41"
	told := func(d *notify.Digest) map[string]string {
		feed, err := notify.Feed("6f9619ff-8b86-4011-b42d-00c04fc964fe", []notify.Digest{*d}, d.Ended)
		if err != nil {
			t.Fatal(err)
		}
		slack, err := received(t, http.StatusOK, func(url string) error { return notify.Slack{URL: url}.Send(t.Context(), d) })
		if err != nil {
			t.Fatal(err)
		}
		hook, err := received(t, http.StatusOK, func(url string) error { return notify.Webhook{URL: url}.Send(t.Context(), d) })
		if err != nil {
			t.Fatal(err)
		}
		return map[string]string{"text": d.Text(), "feed": string(feed), "slack": string(slack.body), "webhook": string(hook.body)}
	}
	d := digest()
	for way, text := range told(d) {
		if strings.Contains(text, "/conflicts/") || strings.Contains(text, `"link"`) {
			t.Errorf("%s has a link to nowhere:\n%s", way, text)
		}
	}
	d.Conflicts[0].Link = link
	want := map[string]string{"text": "\n   " + link + "\n", "feed": `rel="related" href="` + link + `"`, "slack": link + `\n`, "webhook": `"link":"` + link + `"`}
	for way, text := range told(d) {
		if !strings.Contains(text, want[way]) {
			t.Errorf("%s has no %s:\n%s", way, want[way], text)
		}
	}
}

// TestNewerRules tells what newer rules find apart from what documents newly say.
func TestNewerRules(t *testing.T) {
	d := &notify.Digest{Run: 8, Documents: 3, NewerRules: true, Opened: 1, Closed: 2}
	if got := d.Subject(); got != "by newer rules 1 new conflict, 2 closed" {
		t.Errorf("subject %q", got)
	}
	for _, want := range []string{"3 documents again, by newer rules", "no longer find, or explain, 2 conflicts"} {
		if !strings.Contains(d.Text(), want) {
			t.Errorf("no %q in\n%s", want, d.Text())
		}
	}
}

// TestBounds holds a digest small, whatever a document says.
func TestBounds(t *testing.T) {
	long := strings.Repeat("é<", 100_000)
	c := conflict.Conflict{Question: long, Reason: long}
	for range 50 {
		p := conflict.Position{Value: claim.Value{Entity: &claim.Entity{Name: long}}}
		for i := range 50 {
			p.Appearances = append(p.Appearances, claim.Appearance{Document: strings.Repeat("d", i+1) + long})
		}
		c.Positions = append(c.Positions, p)
	}
	d := &notify.Digest{}
	news := notify.NewsOf(c, notify.Reopened, func(string) string { return "" })
	for range 100 {
		d.Conflicts = append(d.Conflicts, news)
		d.Find(long)
	}
	if n := len(d.Text()); n > 100*10_000 {
		t.Errorf("the text has %d bytes", n)
	}
	if len(d.Findings) > 21 {
		t.Errorf("%d findings", len(d.Findings))
	}
	if p := d.Conflicts[0].Positions[0]; len(p.Sources) != 4 || p.More != 46 {
		t.Errorf("%d sources and %d more", len(p.Sources), p.More)
	}
	got, _ := received(t, http.StatusOK, func(url string) error { return notify.Slack{URL: url}.Send(t.Context(), d) })
	if len(got.body) > 200_000 {
		t.Errorf("the message has %d bytes", len(got.body))
	}
}

type request struct {
	header http.Header
	body   []byte
}

// received is what a server gets that answers with a status, and the sender's error.
func received(t *testing.T, status int, send func(url string) error) (got request, err error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got.header = r.Header
		got.body, _ = io.ReadAll(r.Body)
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
		io.WriteString(w, "busy\x1b[31m") //nolint:errcheck // a test's answer
	}))
	defer server.Close()
	return got, send(server.URL + "/secret-token")
}

func TestWebhook(t *testing.T) {
	want := digest()
	got, err := received(t, http.StatusNoContent, func(url string) error {
		return notify.Webhook{URL: url, Agent: "crosscheck/test"}.Send(t.Context(), want)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.header.Get("Idempotency-Key") != want.ID || got.header.Get("User-Agent") != "crosscheck/test" {
		t.Errorf("header %v", got.header)
	}
	var d notify.Digest
	if err := json.Unmarshal(got.body, &d); err != nil {
		t.Fatal(err)
	}
	if d.ID != want.ID || len(d.Conflicts) != 1 || d.Conflicts[0].Severity != 0.82 || d.More != 2 || len(d.Findings) != 1 ||
		len(d.Conflicts[0].Positions) != 2 || d.Conflicts[0].Change != notify.Opened {
		t.Errorf("got %+v", d)
	}
}

// TestRefused tells what a server answered, and never where: that is a secret.
func TestRefused(t *testing.T) {
	for _, status := range []int{http.StatusFound, http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusNotFound} {
		_, err := received(t, status, func(url string) error { return notify.Webhook{URL: url}.Send(t.Context(), digest()) })
		if err == nil || !strings.Contains(err.Error(), http.StatusText(status)) || strings.ContainsAny(err.Error(), "\x1b") {
			t.Errorf("%d: error %v", status, err)
		}
	}
	for _, url := range []string{"http://127.0.0.1:1/secret-token", "http://[::1/secret-token"} {
		err := notify.Slack{URL: url}.Send(t.Context(), digest())
		if err == nil || strings.Contains(err.Error(), "secret-token") {
			t.Errorf("%s: error %v", url, err)
		}
	}
}

func TestSlackShowsLetters(t *testing.T) {
	got, err := received(t, http.StatusOK, func(url string) error { return notify.Slack{URL: url}.Send(t.Context(), digest()) })
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Text                string
		Mrkdwn, UnfurlLinks *bool
	}
	if err := json.Unmarshal(got.body, &m); err != nil {
		t.Fatal(err)
	}
	if m.Mrkdwn == nil || *m.Mrkdwn {
		t.Error("formatting is on")
	}
	if strings.ContainsAny(m.Text, "<>") || strings.Contains(m.Text, "@here") || !strings.Contains(m.Text, "&lt;!channel&gt; &amp; ") {
		t.Errorf("not letter by letter:\n%s", m.Text)
	}
	if !strings.HasPrefix(m.Text, "crosscheck: 3 new conflicts\n") {
		t.Errorf("it begins %q", m.Text[:40])
	}
}

func TestFeed(t *testing.T) {
	d := digest()
	older := *d
	older.ID, older.Run, older.Ended = "6f9619ff-8b86-4011-b42d-00c04fc96400", 6, d.Ended.Add(-24*time.Hour)
	body, err := notify.Feed("0b2a8f3e-0000-4000-8000-000000000000", []notify.Digest{*d, older}, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	var feed atom.Feed
	if err := xml.Unmarshal(body, &feed); err != nil {
		t.Fatal(err, string(body))
	}
	if len(feed.Entry) != 2 || feed.Updated != "2024-05-06T02:10:00+00:00" || feed.Entry[0].ID != "urn:uuid:"+d.ID {
		t.Fatalf("got %+v", feed)
	}
	if c := feed.Entry[0].Content; c.Type != "text" || c.Body != d.Text() {
		t.Errorf("content %+v", c)
	}
	if strings.Contains(string(body), "<!channel>") {
		t.Errorf("markup of a document's own:\n%s", body)
	}
	path := filepath.Join(t.TempDir(), "feed.xml")
	for range 2 { // the second takes the place of the first
		if err := notify.WriteFile(path, body); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != string(body) {
		t.Errorf("the file has %d bytes, error %v", len(got), err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("%d files", len(left))
	}
	if err := notify.WriteFile(filepath.Join(t.TempDir(), "none", "feed.xml"), body); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestSubject(t *testing.T) {
	for want, d := range map[string]notify.Digest{
		"nothing new":                   {},
		"1 new conflict":                {Opened: 1},
		"2 new conflicts, 1 open again": {Opened: 2, Reopened: 1},
		"1 finding":                     {Findings: []string{"a"}},
		"run 9 failed, 1 new conflict":  {Run: 9, Failure: "disk full", Opened: 1, Findings: []string{"a"}},
	} {
		if got := d.Subject(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
