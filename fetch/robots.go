package fetch

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What is read of robots.txt, by RFC 9309.
const (
	robotsFor     = 24 * time.Hour   // "crawlers SHOULD NOT use the cached version for more than 24 hours"
	robotsFailed  = 5 * time.Minute  // one that could not be read is asked for again soon
	maxRobots     = 500 << 10        // "the parsing limit MUST be at least 500 kibibytes"
	maxRules      = 10_000           // a group of more is made to take time; the longest in use have 2,000
	maxCrawlDelay = 30 * time.Second // at more, a site of 500 pages takes the night
	maxRobotsKept = 1024             // hosts whose rules are kept
)

// robots is what one host lets us read. It is read when first needed.
type robots struct {
	mu    sync.Mutex
	until time.Time
	rules rules
	err   error // why it could not be read
}

// permitted asks the host's robots.txt whether a page may be read, and how long
// to wait between two.
func (c *Client) permitted(ctx context.Context, at *url.URL) (time.Duration, error) {
	r := c.robotsOf(at)
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := c.o.Now(); !now.Before(r.until) {
		rules, err := c.askRobots(ctx, at)
		if ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		r.rules, r.err, r.until = rules, err, now.Add(robotsFor)
		if err != nil {
			r.until = now.Add(robotsFailed)
		}
	}
	var status *StatusError
	switch {
	case errors.As(r.err, &status):
		return 0, &RobotsError{r.err}
	case r.err != nil: // the host would answer a page no better
		return 0, r.err
	}
	path := at.EscapedPath()
	if at.RawQuery != "" {
		path += "?" + at.RawQuery
	}
	if !r.rules.allow(path) {
		return 0, &RobotsError{}
	}
	return max(c.o.Pause(strings.ToLower(at.Hostname())), min(r.rules.delay, maxCrawlDelay)), nil
}

func (c *Client) robotsOf(at *url.URL) *robots {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := strings.ToLower(at.Scheme + "://" + at.Host)
	r := c.robots[key]
	if r == nil {
		if len(c.robots) >= maxRobotsKept {
			clear(c.robots)
		}
		r = &robots{}
		c.robots[key] = r
	}
	return r
}

// askRobots gets a host's rules. A host without a robots.txt has none; one whose
// robots.txt cannot be read may have any, so that nothing of it is.
func (c *Client) askRobots(ctx context.Context, at *url.URL) (rules, error) {
	address := at.Scheme + "://" + at.Host + "/robots.txt"
	page, err := c.follow(ctx, address, Validators{}, func(context.Context, *url.URL) (time.Duration, error) {
		return 0, nil // asking for leave needs no leave
	})
	var status *StatusError
	var redirects *RedirectError
	var large *TooLargeError
	switch {
	case err == nil:
		name, _, _ := strings.Cut(c.o.Agent, "/")
		return readRobots(page.Body, name), nil
	case errors.As(err, &status) && status.Code < http.StatusInternalServerError, errors.As(err, &redirects), errors.As(err, &large):
		return rules{}, nil
	}
	return rules{}, err
}

// rules are the lines of a robots.txt that are for us.
type rules struct {
	lines []rule
	delay time.Duration
}

type rule struct {
	pattern string
	allow   bool
}

// readRobots reads the groups that name agent, or else those for all. What is
// no line that it knows is passed over.
func readRobots(body []byte, agent string) rules {
	body = bytes.TrimPrefix(body[:min(len(body), maxRobots)], []byte("\xef\xbb\xbf"))
	var own, all rules
	var named, forOwn, forAll, inRules bool
	body = bytes.ReplaceAll(body, []byte("\r"), []byte("\n"))
	for line := range strings.Lines(string(body)) {
		line, _, _ = strings.Cut(line, "#")
		key, value, found := strings.Cut(line, ":")
		if !found {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if inRules { // a new group begins
				forOwn, forAll, inRules = false, false, false
			}
			forAll = forAll || value == "*"
			forOwn = forOwn || strings.EqualFold(productName(value), agent)
			named = named || forOwn
			continue
		}
		var add func(*rules)
		switch key {
		case "allow", "disallow":
			inRules = true
			if value != "" {
				add = func(r *rules) {
					if len(r.lines) < maxRules {
						r.lines = append(r.lines, rule{value, key == "allow"})
					}
				}
			}
		case "crawl-delay":
			inRules = true
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
				add = func(r *rules) { r.delay = time.Duration(min(s, maxCrawlDelay.Seconds()) * float64(time.Second)) }
			}
		}
		if add != nil && forOwn {
			add(&own)
		}
		if add != nil && forAll {
			add(&all)
		}
	}
	if named {
		return own
	}
	return all
}

// productName is the part of a user-agent line that is the name: "crosscheck/1.0" is crosscheck's.
func productName(value string) string {
	end := strings.IndexFunc(value, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

// allow reports whether a path with its query may be read: by the longest of
// the rules that fit, and of two equally long ones by that which allows.
func (r rules) allow(path string) bool {
	if path == "/robots.txt" {
		return true
	}
	path = canonical(path)
	longest, allowed := -1, true
	for _, line := range r.lines {
		if n := len(line.pattern); n < longest || n == longest && allowed {
			continue
		}
		if fits(canonical(line.pattern), path) {
			longest, allowed = len(line.pattern), line.allow
		}
	}
	return allowed
}

// canonical spells the same path the same way: letters and signs that need no
// percent sign have none, and the digits after one are capitals.
func canonical(path string) string {
	if !strings.Contains(path, "%") {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '%' && i+2 < len(path) {
			if c, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				if unreserved(byte(c)) {
					b.WriteByte(byte(c))
				} else {
					b.WriteString(strings.ToUpper(path[i : i+3]))
				}
				i += 2
				continue
			}
		}
		b.WriteByte(path[i])
	}
	return b.String()
}

// unreserved are the signs that mean the same with and without a percent sign (RFC 3986).
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// fits reports whether a path begins as a pattern says, in which * stands for
// anything and $ at its end for the end. Each piece between stars is looked for
// once, from where the last one ended, so that it takes no longer than the path is.
func fits(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, pieces[0]) {
		return false
	}
	path = path[len(pieces[0]):]
	if len(pieces) == 1 {
		return !whole || path == ""
	}
	last := len(pieces) - 1
	for _, piece := range pieces[1:last] {
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		path = path[at+len(piece):]
	}
	if whole {
		return strings.HasSuffix(path, pieces[last])
	}
	return strings.Contains(path, pieces[last])
}
