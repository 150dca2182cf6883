package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/dns/dnsmessage"
)

func TestGet(t *testing.T) {
	var asked http.Header
	at := serve(t, map[string]http.HandlerFunc{
		"/a": func(w http.ResponseWriter, r *http.Request) {
			asked = r.Header
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Last-Modified", "Fri, 01 Mar 2024 09:00:00 GMT")
			w.Header().Set("Content-Type", "text/html; charset=ISO-8859-1; id=77")
			if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "reader", Value: "1"})
			write(w, []byte("<p>Words."))
		},
	})
	c, _ := client(t, nil)
	page, err := c.Get(t.Context(), at+"/a?utm_source=x#top", Validators{})
	if err != nil {
		t.Fatal(err)
	}
	if page.URL != at+"/a" || string(page.Body) != "<p>Words." || page.ContentType != "text/html; charset=ISO-8859-1" || page.Unchanged || page.Moved != "" {
		t.Errorf("got %+v", page)
	}
	if agent := asked.Get("User-Agent"); agent != "crosscheck/test (+desk@example.org)" {
		t.Errorf("asked as %q", agent)
	}
	page, err = c.Get(t.Context(), at+"/a", page.Validators)
	if err != nil || !page.Unchanged || page.Body != nil || page.Validators.ETag != `"1"` {
		t.Errorf("asked again: %+v, %v", page, err)
	}
	if asked.Get("Cookie") != "" {
		t.Error("it sent a cookie")
	}
}

func TestGetUnpacks(t *testing.T) {
	words := strings.Repeat("The pier was closed. ", 1000)
	var gz, br bytes.Buffer
	for to, w := range map[*bytes.Buffer]io.WriteCloser{&gz: gzip.NewWriter(&gz), &br: brotli.NewWriter(&br)} {
		if _, err := io.WriteString(w, words); err != nil || w.Close() != nil || to.Len() == 0 {
			t.Fatal("cannot pack")
		}
	}
	at := serve(t, map[string]http.HandlerFunc{"/gz": packed("gzip", gz.Bytes()), "/br": packed("br", br.Bytes())})
	c, _ := client(t, nil)
	for _, path := range []string{"/gz", "/br"} {
		page, err := c.Get(t.Context(), at+path, Validators{})
		if err != nil || string(page.Body) != words {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestGetFollows(t *testing.T) {
	at := serve(t, map[string]http.HandlerFunc{
		"/old":    redirect("/older", http.StatusMovedPermanently),
		"/older":  redirect("/new", http.StatusPermanentRedirect),
		"/today":  redirect("/old", http.StatusFound),
		"/new":    text("Words."),
		"/robots": nil,
	})
	c, _ := client(t, nil)
	for path, moved := range map[string]string{"/old": at + "/new", "/today": "", "/new": ""} {
		page, err := c.Get(t.Context(), at+path, Validators{})
		if err != nil || page.URL != at+"/new" || page.Moved != moved {
			t.Errorf("%s: %+v, %v", path, page, err)
		}
	}
}

// Each of these servers does what a good one does not. Whatever it is, a Get
// ends soon, and says in words what was wrong.
func TestServersThatMisbehave(t *testing.T) {
	released := make(chan struct{})
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 4096)); err != nil {
				return
			}
		}
	}
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			write(w, []byte("."))
			_ = http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	}
	at := serve(t, map[string]http.HandlerFunc{
		"/mute": func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-released:
			}
		},
		"/drip":    drip,
		"/endless": endless,
		"/large":   func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "70000") },
		"/short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			write(w, []byte("Words."))
		},
		"/hangup":     func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"/header":     func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X", strings.Repeat("x", 1<<20)) },
		"/circle":     redirect("/circle2", http.StatusFound),
		"/circle2":    redirect("/circle", http.StatusFound),
		"/far":        func(w http.ResponseWriter, r *http.Request) { redirect("/far?"+r.URL.RawQuery+"x", 302)(w, r) },
		"/inside":     redirect("http://127.1.1.1:1/", http.StatusFound),
		"/mapped":     redirect("http://[::ffff:127.1.1.1]:1/", http.StatusFound),
		"/file":       redirect("file:///etc/passwd", http.StatusFound),
		"/nowhere":    redirect("", http.StatusFound),
		"/odd":        redirect("http://[x/", http.StatusFound),
		"/gzip-bomb":  packed("gzip", zeros("gzip", 4<<20)),
		"/br-bomb":    packed("br", zeros("br", 4<<20)),
		"/gzip-large": packed("gzip", zeros("gzip", 200<<10)),
		"/gzip-bad":   packed("gzip", []byte("no gzip at all")),
		"/gzip-cut":   packed("gzip", zeros("gzip", 10<<10)[:20]),
		"/br-bad":     packed("br", []byte("\xff\xff no brotli")),
		"/zstd":       packed("zstd", nil),
		"/twice":      packed("gzip, gzip", nil),
		"/gone":       func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
		"/unasked":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) },
		"/broken":     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		"/empty":      func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
	})
	defer close(released)
	closed := httpClosed(t)
	for address, want := range map[string]string{
		at + "/mute":       "the server took longer than 150ms",
		at + "/drip":       "the server took longer than 300ms",
		at + "/endless":    "it does not end within the limit of 65536 bytes",
		at + "/large":      "its 70000 bytes are over the limit of 65536",
		at + "/short":      "it broke off after 6 of 100 bytes",
		at + "/hangup":     "127.0.0.1 hung up",
		at + "/header":     "127.0.0.1 does not answer as it should",
		at + "/circle":     "its redirects go round in a circle (2 of them)",
		at + "/far":        "it redirects more than 10 times",
		at + "/inside":     "it leads to 127.1.1.1, which is inside the own network; allow its range if it is meant",
		at + "/mapped":     "it leads to 127.1.1.1, which is inside",
		at + "/file":       "only http and https are fetched",
		at + "/nowhere":    "it redirects to nowhere",
		at + "/odd":        "it redirects to what is no address",
		at + "/gzip-large": "it does not end within the limit of 65536 bytes",
		at + "/gzip-bad":   "what is packed as gzip is broken",
		at + "/gzip-cut":   "what is packed as gzip is broken",
		at + "/br-bad":     "what is packed as br is broken",
		at + "/zstd":       `it is packed as "zstd", which was not asked for`,
		at + "/twice":      `it is packed as "gzip, gzip", which was not asked for`,
		at + "/gone":       "the page was taken down (410)",
		at + "/missing":    "there is no such page (404)",
		at + "/unasked":    "the server answered 304",
		at + "/broken":     "the server answered 502 Bad Gateway",
		at + "/empty":      "the server answered 204",
		closed:             "127.0.0.1 refuses connections",
		"ftp://x.org/":     "only http and https are fetched",
		"http://a:b@x.org": "it has a name or a password in it",
	} {
		t.Run(address[strings.LastIndex(address, "/")+1:], func(t *testing.T) {
			c, _ := client(t, func(o *Options) {
				switch strings.TrimPrefix(address, at) {
				case "/mute":
					o.HeaderTimeout = 150 * time.Millisecond
				case "/drip":
					o.Timeout = 300 * time.Millisecond
				}
			})
			started := time.Now()
			page, err := c.Get(t.Context(), address, Validators{})
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got %v, %+v, want %s", err, page, want)
			}
			if took := time.Since(started); took > 10*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
	for _, path := range []string{"/gzip-bomb", "/br-bomb"} {
		c, _ := client(t, func(o *Options) { o.MaxBytes = 1 << 30 })
		var bomb *BombError
		if _, err := c.Get(t.Context(), at+path, Validators{}); !errors.As(err, &bomb) || bomb.Unpacked > 2<<20 {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// httpClosed is an address where nobody listens any more.
func httpClosed(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("http://%s/", l.Addr())
}

func TestStopped(t *testing.T) {
	at := serve(t, map[string]http.HandlerFunc{"/mute": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }})
	c, _ := client(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, at+"/mute", Validators{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// A name may stand for a public address when it is looked at, and for one inside
// when it is connected to. What counts is what is connected to.
func TestNamesThatMove(t *testing.T) {
	at := mustParse(t, serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close") // so that each Get asks for the name again
		text("Words.")(w, r)
	}}))
	var inside atomic.Bool
	resolver := nameserver(t, func() [4]byte {
		if inside.Load() {
			return [4]byte{127, 1, 1, 1}
		}
		return [4]byte{127, 0, 0, 1}
	})
	c, _ := client(t, func(o *Options) { o.Resolver, o.Timeout = resolver, 5*time.Second })
	address := "http://moves.example:" + at.Port() + "/"
	if _, err := c.Get(t.Context(), address, Validators{}); err != nil {
		t.Fatal(err)
	}
	inside.Store(true)
	_, err := c.Get(t.Context(), address, Validators{})
	var refused *RefusedError
	if !errors.As(err, &refused) || refused.Addr != netip.MustParseAddr("127.1.1.1") {
		t.Errorf("got %v", err)
	}
}

// nameserver answers every question for an address with what it is told.
func nameserver(t *testing.T, answer func() [4]byte) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		packet := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(packet)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(packet[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.Authoritative, m.Additionals = true, true, nil
			if q.Type == dnsmessage.TypeA {
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body:   &dnsmessage.AResource{A: answer()},
				}}
			}
			if out, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func TestPublic(t *testing.T) {
	for addr, want := range map[string]bool{
		"8.8.8.8": true, "93.184.216.34": true, "2606:2800:220:1::1": true, "192.0.1.1": true, "172.32.0.1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "ff02::1": false,
		"::ffff:10.0.0.1": false, "::10.0.0.1": false, "64:ff9b::a00:1": false, "64:ff9b:1::1": false, "2002:a00:1::": false, "2001::1": false,
		"::ffff:8.8.8.8": true,
	} {
		err := guard(nil)(t.Context(), "tcp", netip.AddrPortFrom(netip.MustParseAddr(addr), 80).String(), nil)
		if (err == nil) != want {
			t.Errorf("%s: %v", addr, err)
		}
	}
	inside := guard([]netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")})
	if inside(t.Context(), "tcp", "10.1.2.3:80", nil) != nil || inside(t.Context(), "tcp", "[::ffff:10.1.2.3]:80", nil) != nil || inside(t.Context(), "tcp", "10.2.2.3:80", nil) == nil {
		t.Error("an allowed range is not kept to")
	}
}

func TestNormalise(t *testing.T) {
	for given, want := range map[string]string{
		"HTTP://Example.ORG":                             "http://example.org/",
		"https://example.org:443/a?b=1#c":                "https://example.org/a?b=1",
		"http://example.org:80/":                         "http://example.org/",
		"http://example.org:443/":                        "http://example.org:443/",
		"https://example.org./a/../b/./c":                "https://example.org/b/c",
		"https://example.org/?utm_source=a&id=7&fbclid=": "https://example.org/?id=7",
		"https://example.org/?z=1&a=2&UTM_Medium=x":      "https://example.org/?z=1&a=2",
		"https://example.org/?gclid=x":                   "https://example.org/",
		"https://bücher.example/ä":                       "https://xn--bcher-kva.example/%C3%A4",
		"http://[2001:DB8::1]:8080/":                     "http://[2001:db8::1]:8080/",
		" https://example.org/a b ":                      "https://example.org/a%20b",
		"https://example.org/a%2Fb":                      "https://example.org/a%2Fb",
	} {
		if got, err := Normalise(given); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", given, got, err, want)
		}
	}
	for _, given := range []string{"", "example.org", "mailto:a@b.org", "http://", "http:///a", "http://a:b@example.org/", "http://exa mple.org/", "https://example.org/" + strings.Repeat("a", 3000)} {
		var wrong *AddressError
		if got, err := Normalise(given); !errors.As(err, &wrong) {
			t.Errorf("%s: got %s, %v", given, got, err)
		}
	}
}
