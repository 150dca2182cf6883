package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// Tries is how often a page is asked for whose server asks for time: the
	// first wait is often too short, the third no longer helps.
	Tries = 3
	// maxBackoff bounds the wait for a host in trouble: nightly runs should find
	// it well again the next night, and one on demand an hour later.
	maxBackoff = 15 * time.Minute
	// maxRetryAfter bounds what a server may ask for: until the next night.
	maxRetryAfter = 24 * time.Hour
	// maxHosts bounds what is remembered of hosts, in entries. A night asks a few hundred.
	maxHosts = 100_000
)

// host is what is kept of a host to be polite to it. Whoever holds the turn may
// ask it, and may read and write the rest.
type host struct {
	turn    chan struct{} // holds one while nobody asks
	next    time.Time     // when the next request may start
	trouble int           // failures of the host in a row
	last    error         // the last of them
}

// Turns are the turns at hosts that several processes share, so that together they
// keep the rate of one. Should a call fail, the client goes on at its own pace:
// that is no worse than one process alone, and pages do not fail for it.
type Turns interface {
	// ReserveHost takes the next turn at a host for one request, and moves those
	// behind it by an interval. It returns how long to wait for the turn; where
	// that is longer than most, none was taken.
	ReserveHost(ctx context.Context, host string, interval, most time.Duration) (wait time.Duration, err error)
	// SpareHost lets nobody ask a host for a span.
	SpareHost(ctx context.Context, host string, span time.Duration) error
}

// Share has the client take its turns among others. It is to be called before the
// first Get.
func (c *Client) Share(turns Turns) { c.turns = turns }

func (c *Client) host(name string) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	name = strings.ToLower(name)
	h := c.hosts[name]
	if h == nil {
		if len(c.hosts) >= maxHosts {
			clear(c.hosts)
		}
		h = &host{turn: make(chan struct{}, 1)}
		h.turn <- struct{}{}
		c.hosts[name] = h
	}
	return h
}

// patiently makes a request when its host's turn and time have come, and makes
// it again where the server asks for time and that is not too much to ask.
func (c *Client) patiently(ctx context.Context, at *url.URL, was Validators, interval time.Duration) (*answer, error) {
	h := c.host(at.Hostname())
	for try := 1; ; try++ {
		got, err := c.inTurn(ctx, h, at, was, interval)
		var busy *BusyError
		if !errors.As(err, &busy) || busy.Code == 0 || try == Tries || busy.Until.Sub(c.o.Now()) > c.o.MaxWait {
			return got, err
		}
	}
}

// inTurn waits for its host's turn and makes one request.
func (c *Client) inTurn(ctx context.Context, h *host, at *url.URL, was Validators, interval time.Duration) (*answer, error) {
	select {
	case <-h.turn:
		defer func() { h.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	switch left := h.next.Sub(c.o.Now()); {
	case left > c.o.MaxWait:
		return nil, &BusyError{Until: h.next, Cause: h.last}
	case left > 0:
		if err := c.o.Wait(ctx, left); err != nil {
			return nil, err
		}
	}
	if err := c.amongOthers(ctx, at, interval); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	h.next = c.o.Now().Add(interval)
	got, err := c.once(ctx, at, was)
	c.remember(h, err)
	var busy *BusyError
	if c.turns != nil && errors.As(err, &busy) {
		// What a server asks for it asks of all; that it cannot be reached from
		// here says nothing about other machines.
		_ = c.turns.SpareHost(ctx, strings.ToLower(at.Hostname()), busy.Until.Sub(c.o.Now()))
	}
	return got, err
}

// amongOthers waits for the turn among the processes that share turns.
func (c *Client) amongOthers(ctx context.Context, at *url.URL, interval time.Duration) error {
	if c.turns == nil {
		return nil
	}
	wait, err := c.turns.ReserveHost(ctx, strings.ToLower(at.Hostname()), interval, c.o.MaxWait)
	switch {
	case err != nil:
		return nil
	case wait > c.o.MaxWait:
		return &BusyError{Until: c.o.Now().Add(wait)}
	case wait > 0:
		return c.o.Wait(ctx, wait)
	}
	return nil
}

// remember notes how a host did. One that fails is left alone for longer each
// time, whoever asks: 500 pages of a host that is down cost minutes and not a night.
func (c *Client) remember(h *host, err error) {
	var busy *BusyError
	var late *TimeoutError
	var network *NetworkError
	switch {
	case errors.As(err, &busy):
		if busy.Until.IsZero() {
			busy.Until = c.o.Now().Add(c.backoff(h.trouble))
		}
		h.trouble++
		h.next, h.last = latest(h.next, busy.Until), &BusyError{Code: busy.Code, Until: busy.Until}
	case errors.As(err, &late), errors.As(err, &network):
		h.next, h.last = latest(h.next, c.o.Now().Add(c.backoff(h.trouble))), err
		h.trouble++
	default:
		h.trouble, h.last = 0, nil
	}
}

func (c *Client) backoff(trouble int) time.Duration {
	// Doubled twenty times, the least of backoffs is beyond its bound.
	return min(c.o.Backoff<<min(trouble, 20), maxBackoff)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// retryAfter reads the header by which a server asks for time: seconds, or a
// date. The zero time means that it does not say.
func (c *Client) retryAfter(header string) time.Time {
	now := c.o.Now()
	bound := now.Add(maxRetryAfter)
	header = strings.TrimSpace(header)
	if header != "" && strings.Trim(header, "0123456789") == "" {
		seconds, err := strconv.ParseInt(header, 10, 32)
		if err != nil || time.Duration(seconds)*time.Second > maxRetryAfter {
			return bound
		}
		return now.Add(time.Duration(seconds) * time.Second)
	}
	at, err := http.ParseTime(header)
	switch {
	case err != nil:
		return time.Time{}
	case at.After(bound):
		return bound
	}
	return at
}
