package pipeline

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/tools/blog/atom"

	"crosscheck/config"
	"crosscheck/notify"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// hook is a webhook that answers the first requests with failures.
type hook struct {
	*httptest.Server
	sync.Mutex
	failures int
	keys     []string // of all requests
	taken    []notify.Digest
}

func newHook(t *testing.T, failures int) *hook {
	t.Helper()
	h := &hook{failures: failures}
	h.Server = httptest.NewServer(h)
	t.Cleanup(h.Close)
	return h
}

// ServeHTTP takes a digest, or does not.
func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.Lock()
	defer h.Unlock()
	h.keys = append(h.keys, r.Header.Get("Idempotency-Key"))
	if len(h.keys) <= h.failures {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	body, err := io.ReadAll(r.Body)
	var d notify.Digest
	if err == nil {
		err = json.Unmarshal(body, &d)
	}
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	h.taken = append(h.taken, d)
}

// digests waits until so many digests have come, and returns them.
func (h *hook) digests(t *testing.T, n int) []notify.Digest {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		h.Lock()
		taken := h.taken
		h.Unlock()
		if len(taken) >= n {
			return taken
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d digests have come, want %d", len(taken), n)
		}
	}
}

// telling starts a crew that tells.
func telling(t *testing.T, url string, tell config.Notify) *Crew {
	t.Helper()
	return crewOf(t, url, &Crew{Runner: &Runner{}, Tell: &Teller{Notify: tell, SilentAfter: 3, Agent: "crosscheck/test", Retry: 10 * time.Millisecond}})
}

// toll writes a report of a flood.
func toll(t *testing.T, dir, name string, killed int) {
	t.Helper()
	write(t, filepath.Join(dir, name), fmt.Sprintf("The flood at Lake Varn.\n\n%d people were killed in the flood at Lake Varn in 2019.\n", killed))
}

// deliveries counts those in a state.
func deliveries(t *testing.T, url, state string) int {
	t.Helper()
	return askNumber(t, url, `SELECT count(*) FROM delivery WHERE state = '`+state+`'`)
}

// TestEachConflictIsToldOnce runs nights on a webhook that fails at first: the
// runs do not wait for it, and each conflict comes once, under one key.
func TestEachConflictIsToldOnce(t *testing.T) {
	h := newHook(t, 3)
	dir, url := t.TempDir(), storetest.New(t)
	feed := filepath.Join(t.TempDir(), "feed.xml")
	c := telling(t, url, config.Notify{AtMost: 20, Severity: 0.5, Webhook: h.URL, Atom: feed})
	toll(t, dir, "a.txt", 34)
	toll(t, dir, "b.txt", 51)
	first := begin(t, c, dir)
	ended(t, c.Store, first, time.Minute)
	d := h.digests(t, 1)[0]
	if d.Run != first || d.Opened != 1 || d.Reopened != 0 || len(d.Conflicts) != 1 || d.More != 0 || d.Documents != 2 {
		t.Fatalf("the first night told %+v", d)
	}
	n := d.Conflicts[0]
	if n.Change != notify.Opened || n.Reason == "" || len(n.Positions) != 2 || len(n.Positions[0].Sources) != 1 || n.Positions[0].Sources[0] != dir {
		t.Errorf("told %+v", n)
	}
	h.Lock()
	if len(h.keys) != 4 || h.keys[0] == "" || h.keys[0] != h.keys[3] || h.keys[0] != d.ID {
		t.Errorf("keys %q, digest %s", h.keys, d.ID)
	}
	h.Unlock()

	ended(t, c.Store, begin(t, c, dir), time.Minute) // nothing new
	toll(t, dir, "b.txt", 34)
	ended(t, c.Store, begin(t, c, dir), time.Minute) // it closes, which is no news
	toll(t, dir, "b.txt", 53)
	fourth := begin(t, c, dir)
	ended(t, c.Store, fourth, time.Minute)
	d = h.digests(t, 2)[1]
	if d.Run != fourth || d.Opened+d.Reopened != 1 || len(d.Conflicts) != 1 {
		t.Errorf("the fourth night told %+v", d)
	}
	settled(t, url)
	if got := len(h.digests(t, 2)); got != 2 {
		t.Errorf("%d digests", got)
	}
	body, err := os.ReadFile(feed)
	var parsed atom.Feed
	if err == nil {
		err = xml.Unmarshal(body, &parsed)
	}
	if err != nil || len(parsed.Entry) != 2 || !strings.HasPrefix(parsed.Entry[0].Title, fmt.Sprintf("Run %d:", fourth)) {
		t.Errorf("error %v, feed\n%s", err, body)
	}
	if n := deliveries(t, url, store.Delivered); n != 4 {
		t.Errorf("%d deliveries", n)
	}
}

// settled waits until no job is left to do.
func settled(t *testing.T, url string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); askNumber(t, url,
		`SELECT count(*) FROM river.river_job WHERE state NOT IN ('completed', 'cancelled', 'discarded')`) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("jobs are left")
		}
	}
}

// TestCap tells of many conflicts the gravest, and counts the others.
func TestCap(t *testing.T) {
	h := newHook(t, 0)
	dir, url := t.TempDir(), storetest.New(t)
	c := telling(t, url, config.Notify{AtMost: 2, Severity: 0.5, Webhook: h.URL})
	for i, place := range []string{"Lake Varn", "Orsk Bridge", "Port Tamsin", "Mount Helle"} {
		for j := range 2 {
			write(t, filepath.Join(dir, fmt.Sprintf("%d-%d.txt", i, j)),
				fmt.Sprintf("The fire at %s.\n\n%d people were killed in the fire at %s in 201%d.\n", place, 20+30*j+i, place, i))
		}
	}
	ended(t, c.Store, begin(t, c, dir), time.Minute)
	d := h.digests(t, 1)[0]
	if d.Opened < 3 || len(d.Conflicts) != 2 || d.More != d.Opened-2 || d.Conflicts[0].Severity < d.Conflicts[1].Severity {
		t.Errorf("told %d of %d, and %d more", len(d.Conflicts), d.Opened, d.More)
	}
}

// TestRunByHandIsToldWithTheNext has a run outside serve find a conflict: the next
// run that tells tells it, once, and with a link to its page.
func TestRunByHandIsToldWithTheNext(t *testing.T) {
	h := newHook(t, 0)
	dir, url := t.TempDir(), storetest.New(t)
	toll(t, dir, "a.txt", 34)
	toll(t, dir, "b.txt", 51)
	if sum := run(t, Runner{Store: openStore(t, url)}, dir); sum.NewConflicts != 1 {
		t.Fatalf("by hand: %s", brief(sum))
	}
	c := telling(t, url, config.Notify{AtMost: 20, Severity: 0.5, Webhook: h.URL})
	c.Tell.Pages = "https://desk.example.org"
	next := begin(t, c, dir)
	ended(t, c.Store, next, time.Minute)
	d := h.digests(t, 1)[0]
	if d.Run != next || d.Opened != 1 || len(d.Conflicts) != 1 || d.NewerRules {
		t.Fatalf("told %+v", d)
	}
	if n := d.Conflicts[0]; n.Link != "https://desk.example.org/conflicts/"+n.ID {
		t.Errorf("link %q to conflict %s", n.Link, n.ID)
	}
	ended(t, c.Store, begin(t, c, dir), time.Minute)
	settled(t, url)
	if n := len(h.digests(t, 1)); n != 1 {
		t.Errorf("%d digests", n)
	}
}

// TestNewerRulesAreTold tells what newer rules open and close, behind serve and by
// hand, as theirs; what an earlier run left to be told is not among it.
func TestNewerRulesAreTold(t *testing.T) {
	h := newHook(t, 0)
	url := storetest.New(t)
	dir, r := twoStories(t), Runner{Store: openStore(t, url)}
	run(t, r, dir)
	sql(t, url, older)
	c := telling(t, url, config.Notify{AtMost: 20, Severity: 0.5, Webhook: h.URL})
	behind, _, err := c.StartReread(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d := h.digests(t, 1)[0]
	if d.Run != behind || !d.NewerRules || d.Opened != 1 || d.Closed != 0 {
		t.Errorf("behind: told %+v", d)
	}
	settled(t, url)

	// By hand, and the newer rules read no number any more.
	sql(t, url, `UPDATE reading SET rules = 'older', key = sha256(key);
		UPDATE content SET bytes = 'Nothing.', size = 8 WHERE convert_from(bytes, 'UTF8') LIKE '%12 people%'`)
	if _, err := r.Reread(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	d = h.digests(t, 2)[1]
	if !d.NewerRules || d.Opened != 0 || d.Closed != 1 || len(d.Conflicts) != 0 {
		t.Errorf("by hand: told %+v", d)
	}
}

// TestSilenceIsTold tells of a source that gives nothing, on the first such
// night and not on those after.
func TestSilenceIsTold(t *testing.T) {
	h := newHook(t, 0)
	dir, url := t.TempDir(), storetest.New(t)
	c := telling(t, url, config.Notify{AtMost: 2, Severity: 0.5, Webhook: h.URL})
	toll(t, dir, "a.txt", 34)
	ended(t, c.Store, begin(t, c, dir), time.Minute) // one document, no conflict: no news
	if err := os.Remove(filepath.Join(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	silent := begin(t, c, dir)
	ended(t, c.Store, silent, time.Minute)
	ended(t, c.Store, begin(t, c, dir), time.Minute)
	d := h.digests(t, 1)[0]
	if d.Run != silent || len(d.Conflicts) != 0 || len(d.Findings) == 0 || !strings.Contains(d.Findings[0], "gave nothing") {
		t.Errorf("told %+v", d)
	}
	settled(t, url)
	if n := len(h.digests(t, 1)); n != 1 {
		t.Errorf("%d digests", n)
	}
}

// TestAlways tells of a night without news where that is wanted.
func TestAlways(t *testing.T) {
	h := newHook(t, 0)
	dir, url := t.TempDir(), storetest.New(t)
	toll(t, dir, "a.txt", 34)
	c := telling(t, url, config.Notify{AtMost: 2, Severity: 0.5, Webhook: h.URL, Always: true})
	run := begin(t, c, dir)
	ended(t, c.Store, run, time.Minute)
	if d := h.digests(t, 1)[0]; d.Run != run || d.Subject() != "nothing new" || d.Conflicts == nil {
		t.Errorf("told %+v", d)
	}
}

// TestAWayThatIsGone drops what waits for a way that the configuration no
// longer has, and gives up what never arrives.
func TestAWayThatIsGone(t *testing.T) {
	dir, url := t.TempDir(), storetest.New(t)
	toll(t, dir, "a.txt", 34)
	toll(t, dir, "b.txt", 51)
	c := telling(t, url, config.Notify{AtMost: 2, Severity: 0.5, Webhook: "http://127.0.0.1:1/hook"})
	c.Tell.Retry = time.Hour
	ended(t, c.Store, begin(t, c, dir), time.Minute)
	for deadline := time.Now().Add(20 * time.Second); askNumber(t, url, `SELECT count(*) FROM delivery WHERE tries = 1 AND reason <> '' AND state = 'waiting'`) != 1; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it was not tried")
		}
	}
	c.Tell.Webhook = ""
	if err := c.deliver(t.Context(), 1, nothing); err != nil {
		t.Fatal(err)
	}
	if n := deliveries(t, url, store.Dropped); n != 1 {
		t.Errorf("%d dropped", n)
	}
	if err := c.deliver(t.Context(), 1, nothing); err != nil { // it has come to its end
		t.Fatal(err)
	}
}

func nothing(pgx.Tx) error { return nil }

func TestRetriesTakeDays(t *testing.T) {
	var all time.Duration
	for tries := 1; tries < deliveryTries; tries++ {
		wait := (&Teller{}).retryIn(tries)
		if wait < FirstRetry || wait > longestRetry {
			t.Errorf("after %d tries it waits %s", tries, wait)
		}
		all += wait
	}
	if all < 2*24*time.Hour || all > 4*24*time.Hour {
		t.Errorf("tried for %s", all)
	}
}
