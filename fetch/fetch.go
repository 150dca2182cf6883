// Package fetch gets pages, feeds and sitemaps from the network, politely and
// safely.
//
// In comes an address; out comes a [Page] of bounded size, or an error that
// says in a sentence why there is none. A [Client] asks each host for one thing
// at a time, keeps to its robots.txt and to the waits that it asks for, and
// asks again only for what has changed. Servers are hostile: whatever they
// answer, a Get ends within bounds of time and memory, and it reaches no address
// inside the own network unless the caller allows it. [ReadFeed] and
// [ReadSitemap] read what a Get brought, and [Normalise] gives the one spelling
// under which an address is known.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"
)

// The bounds of a Get where Options say nothing else.
const (
	// DefaultMaxBytes is that of a document: what is larger would not be read.
	DefaultMaxBytes = 16 << 20
	// DefaultTimeout is for one request with its answer. 16 MiB in a minute is
	// 280 kB a second, which every server that serves such pages reaches.
	DefaultTimeout = time.Minute
	// DefaultHeaderTimeout is for the first line of an answer: three times what a
	// page that a busy server puts together takes.
	DefaultHeaderTimeout = 20 * time.Second
	// DefaultPause lies between two requests to one host: what crawlers that
	// nobody complains of keep to.
	DefaultPause = time.Second
	// DefaultBackoff is the first wait for a host in trouble; it doubles each time.
	DefaultBackoff = 2 * time.Second
	// DefaultMaxWait is how long a Get waits for a host that asks for time or is
	// in trouble. For longer waits the caller has better things to do.
	DefaultMaxWait = time.Minute
	// DefaultRedirects is how many redirects are followed: more than any honest
	// chain of http, https, www and a new path has.
	DefaultRedirects = 10
)

// Bounds that no option changes.
const (
	dialTimeout = 10 * time.Second // a handshake across the world takes one
	maxHeader   = 64 << 10         // of an answer, in bytes; servers send 8 KiB at most
	maxCheck    = 1 << 10          // of a validator, in bytes; the longest in use have 100
)

// Options say how to fetch. Of zero values the defaults hold.
type Options struct {
	// Agent is the product and its version, as in "crosscheck/1.2". What stands
	// before the slash is the name that a robots.txt knows.
	Agent string
	// Contact is where whoever runs a server can complain: a page's address or
	// one of mail. It stands in every request.
	Contact string
	// Allow lists the ranges of addresses inside the own network that may be
	// reached. The others are refused when the connection is made, after names
	// have been resolved.
	Allow []netip.Prefix
	// Proxy picks the proxy of a request; nil means none, whatever the
	// environment says. A proxy's own address is held to Allow; what it
	// connects to is for the proxy to decide.
	Proxy func(*http.Request) (*url.URL, error)
	// Resolver turns names into addresses; nil means the system's.
	Resolver *net.Resolver

	// Pause is the least time between two requests to a host, by its name; nil
	// means DefaultPause for all. A robots.txt may ask for more.
	Pause func(host string) time.Duration

	MaxBytes      int64         // of a page, unpacked; see DefaultMaxBytes
	Timeout       time.Duration // of one request; see DefaultTimeout
	HeaderTimeout time.Duration // see DefaultHeaderTimeout
	Backoff       time.Duration // see DefaultBackoff
	MaxWait       time.Duration // see DefaultMaxWait
	Redirects     int           // see DefaultRedirects

	Now  func() time.Time                           // the clock; nil means time.Now
	Wait func(context.Context, time.Duration) error // nil means to wait in earnest
}

// Validators are what a server gave by which it can tell that a page is as it
// was. The zero value asks for the page whatever it is.
type Validators struct {
	URL          string // the address that gave them: the last of the redirects
	ETag         string
	LastModified string // as the server wrote it
}

// Page is an answer.
type Page struct {
	URL         string // where it was found: the last of the redirects
	Moved       string // the new address, where every redirect to it says that it is for good
	Unchanged   bool   // it is as it was when it gave the validators; there is no body
	ContentType string // as declared; "" where it is not
	Body        []byte // unpacked
	Validators  Validators
}

// Client fetches. It is for many callers at once, and should be one for all of
// them: it holds what keeps them polite together.
type Client struct {
	o         Options
	transport *http.Transport
	turns     Turns // nil where no other process is known of

	mu     sync.Mutex
	hosts  map[string]*host   // by name
	robots map[string]*robots // by scheme, name and port
}

// New makes a client. An error is about the options.
func New(o Options) (*Client, error) {
	if o.Agent == "" {
		return nil, errors.New("fetch: no agent: servers want to know who asks")
	}
	defaultTo(&o.MaxBytes, DefaultMaxBytes)
	defaultTo(&o.Timeout, DefaultTimeout)
	defaultTo(&o.HeaderTimeout, DefaultHeaderTimeout)
	if o.Pause == nil {
		o.Pause = func(string) time.Duration { return DefaultPause }
	}
	defaultTo(&o.Backoff, DefaultBackoff)
	defaultTo(&o.MaxWait, DefaultMaxWait)
	defaultTo(&o.Redirects, DefaultRedirects)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	c := &Client{o: o, hosts: make(map[string]*host), robots: make(map[string]*robots)}
	dialer := net.Dialer{Timeout: dialTimeout, Resolver: o.Resolver, ControlContext: guard(o.Allow)}
	c.transport = &http.Transport{
		DialContext:            dialer.DialContext,
		Proxy:                  o.Proxy,
		TLSHandshakeTimeout:    dialTimeout,
		ResponseHeaderTimeout:  o.HeaderTimeout,
		MaxResponseHeaderBytes: maxHeader,
		DisableCompression:     true, // what unpacks is bounded here
		ForceAttemptHTTP2:      true,
		IdleConnTimeout:        30 * time.Second, // longer than the interval of all but the slowest
	}
	return c, nil
}

func defaultTo[T comparable](option *T, value T) {
	var zero T
	if *option == zero {
		*option = value
	}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Close lets go of open connections. Gets under way come to their end.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Get fetches a page, unless it is as it was when it gave the validators. The
// error says in words for people why there is none, without the address, which
// stands beside it; the types in errors.go tell the reasons apart. Where ctx
// is done, the error is its cause.
func (c *Client) Get(ctx context.Context, address string, was Validators) (*Page, error) {
	address, err := Normalise(address)
	if err != nil {
		return nil, err
	}
	return c.follow(ctx, address, was, func(ctx context.Context, at *url.URL) (time.Duration, error) {
		return c.permitted(ctx, at)
	})
}

// follow gets a page with all redirects to it. Each hop is held to the same
// rules as the first; before each, permit is asked whether and how soon after
// the last request it may be.
func (c *Client) follow(ctx context.Context, address string, was Validators,
	permit func(context.Context, *url.URL) (time.Duration, error),
) (*Page, error) {
	seen := make(map[string]bool)
	moved := true
	for hops := 0; ; hops++ {
		at, err := web(address)
		if err != nil {
			return nil, err
		}
		if seen[address] {
			return nil, &RedirectError{Hops: hops, Loop: true}
		}
		address = at.String()
		seen[address] = true
		interval, err := permit(ctx, at)
		if err != nil {
			return nil, err
		}
		known := was
		if was.URL != address {
			known = Validators{}
		}
		answer, err := c.patiently(ctx, at, known, interval)
		if err != nil {
			return nil, err
		}
		if answer.redirect == "" {
			if moved && hops > 0 {
				answer.page.Moved = address
			}
			return answer.page, nil
		}
		if hops == c.o.Redirects {
			return nil, &RedirectError{Hops: hops}
		}
		moved = moved && answer.permanent
		next, err := at.Parse(answer.redirect)
		if err != nil {
			return nil, &AddressError{Reason: "it redirects to what is no address"}
		}
		next.Fragment, next.User = "", nil
		address = next.String()
	}
}

// answer is what one request brought: a page, or a redirect.
type answer struct {
	page      *Page
	redirect  string
	permanent bool
}

// once makes one request, with no wait and no second try.
func (c *Client) once(ctx context.Context, at *url.URL, was Validators) (*answer, error) {
	within, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	got, err := c.ask(within, at, was)
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err == nil:
		return got, nil
	case within.Err() != nil:
		return nil, &TimeoutError{c.o.Timeout}
	}
	return nil, c.explain(at.Hostname(), err)
}

func (c *Client) ask(ctx context.Context, at *url.URL, was Validators) (*answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, &AddressError{Reason: "it is no address of a page"}
	}
	req.Header.Set("User-Agent", c.agent())
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.9,*/*;q=0.5")
	req.Header.Set("Accept-Encoding", "gzip, br")
	if was.ETag != "" {
		req.Header.Set("If-None-Match", was.ETag)
	}
	if was.LastModified != "" {
		req.Header.Set("If-Modified-Since", was.LastModified)
	}
	// The transport and not a client: that one follows redirects and keeps cookies.
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch code := resp.StatusCode; code {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		body, err := c.body(resp)
		if err != nil {
			return nil, err
		}
		return &answer{page: &Page{
			URL: at.String(), ContentType: declared(resp), Body: body,
			Validators: Validators{at.String(), validator(resp, "ETag"), validator(resp, "Last-Modified")},
		}}, nil
	case http.StatusNotModified:
		if was.ETag == "" && was.LastModified == "" {
			return nil, &StatusError{code}
		}
		return &answer{page: &Page{URL: at.String(), Unchanged: true, ContentType: declared(resp), Validators: was}}, nil
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		to := resp.Header.Get("Location")
		if to == "" {
			return nil, &AddressError{Reason: "it redirects to nowhere"}
		}
		return &answer{redirect: to, permanent: code == http.StatusMovedPermanently || code == http.StatusPermanentRedirect}, nil
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return nil, &BusyError{Code: code, Until: c.retryAfter(resp.Header.Get("Retry-After"))}
	default:
		return nil, &StatusError{code}
	}
}

// agent is what every request says of who asks.
func (c *Client) agent() string {
	if c.o.Contact == "" {
		return c.o.Agent
	}
	return fmt.Sprintf("%s (+%s)", c.o.Agent, c.o.Contact)
}

// validator is a header that can be sent back, "" where it is too long for one.
func validator(resp *http.Response, name string) string {
	if v := resp.Header.Get(name); len(v) <= maxCheck {
		return v
	}
	return ""
}

// declared is the type of an answer's content, without parameters other than
// its charset: a server that counts its answers in one would make each a new reading.
func declared(resp *http.Response) string {
	media, params, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	kept := map[string]string{}
	if set := params["charset"]; set != "" {
		kept["charset"] = set
	}
	return mime.FormatMediaType(media, kept)
}
