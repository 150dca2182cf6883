package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

// clock is a time that passes only where somebody waits.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	waited time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Wait(ctx context.Context, d time.Duration) error {
	c.pass(d)
	return ctx.Err()
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.waited += d
}

// local allows the address that test servers listen on, and no other.
var local = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// client is one with small limits and a clock of its own.
func client(t *testing.T, change func(*Options)) (*Client, *clock) {
	t.Helper()
	time := newClock()
	o := Options{
		Agent: "crosscheck/test", Contact: "desk@example.org", Allow: local,
		MaxBytes: 64 << 10, Timeout: 20 * 1e9, HeaderTimeout: 20 * 1e9, Now: time.Now, Wait: time.Wait,
	}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, time
}

// serve answers with what handlers say, by path. A robots.txt is not there
// unless they have one.
func serve(t *testing.T, handlers map[string]http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h := handlers[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		write(w, []byte(s))
	}
}

func redirect(to string, code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(code)
	}
}

func packed(encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", encoding)
		write(w, body)
	}
}

// write tells a client what it may not want to hear: it may have hung up.
func write(w http.ResponseWriter, body []byte) { _, _ = w.Write(body) }

func zeros(encoding string, n int) []byte {
	var out bytes.Buffer
	if encoding == "br" {
		b := brotli.NewWriter(&out)
		_, _ = b.Write(make([]byte, n))
		_ = b.Close()
		return out.Bytes()
	}
	g := gzip.NewWriter(&out)
	_, _ = g.Write(make([]byte, n))
	_ = g.Close()
	return out.Bytes()
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
