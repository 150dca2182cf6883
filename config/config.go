// Package config reads crosscheck.yaml: where documents come from, when they
// are read, within which limits, and who is told what was found.
//
// In comes the path of a file and the environment; out comes a [Config] in
// which every value is checked and every default filled in, or an error with
// all mistakes at once, each with its file, line and field, and what would be
// right. Nothing is guessed: a field that is not known is a mistake, because a
// misspelt one would silently change what a night reads.
package config

import (
	"net/netip"
	"slices"
	"time"

	"crosscheck/schedule"
)

// DefaultPath is the file that is read where nobody names one, if it is there.
const DefaultPath = "crosscheck.yaml"

// Config is a crosscheck.yaml.
type Config struct {
	Path string // of the file as given; "" where there is none

	// These stand in for flags of the same names; "" where the file is silent.
	DatabaseURL string // postgres://...
	DataDir     string // the folder of the private database
	Rates       string // the table of exchange rates

	Sources   []Source   // in the order of the file, their names all different
	Schedules []Schedule // in the order of the file, their names all different
	Limits    Limits
	Fetch     Fetch
	Retention Retention
	Notify    Notify
	Review    Review

	// SilentAfter is after how many runs in a row without anything new a source
	// counts as silent, which is a finding.
	SilentAfter int
}

// Source is somebody who publishes, and where. At least one of its places is given.
type Source struct {
	Name  string // who publishes, as it stands beside a claim
	Home  string // the site's address; "" where not given
	Owner string // who answers for it: a person, a desk, a mail address; free text

	// Paths are files, folders and patterns such as "archive/*.html" (see
	// [path/filepath.Match]), resolved against the file's folder.
	Paths    []string
	URLs     []string // pages
	Feeds    []string // RSS and Atom
	Sitemaps []string // sitemap.xml and indexes of them

	Line int // where it stands in the file
}

// Remote reports whether any of the source's places is on the network.
func (s Source) Remote() bool { return len(s.URLs)+len(s.Feeds)+len(s.Sitemaps) > 0 }

// Schedule says when some sources are read.
type Schedule struct {
	Name     string
	Cron     string // as written: "30 2 * * *"
	Zone     string // IANA name; "UTC" where the file is silent
	Calendar schedule.Calendar
	Sources  []string // names of sources; empty means all

	Line int // where it stands in the file
}

// SourcesOf are the sources that a schedule reads, in the order of the file.
func (c *Config) SourcesOf(s Schedule) []Source {
	if len(s.Sources) == 0 {
		return c.Sources
	}
	var of []Source
	for _, source := range c.Sources {
		if slices.Contains(s.Sources, source.Name) {
			of = append(of, source)
		}
	}
	return of
}

// Schedule finds a schedule by its name.
func (c *Config) Schedule(name string) (Schedule, bool) {
	i := slices.IndexFunc(c.Schedules, func(s Schedule) bool { return s.Name == name })
	if i < 0 {
		return Schedule{}, false
	}
	return c.Schedules[i], true
}

// Limits bound what one document may cost.
type Limits struct {
	DocumentBytes int64         // a larger document is refused; 1 KiB to 1 GiB
	DocumentTime  time.Duration // reading it longer is given up; 1 s to 1 h
	Workers       int           // documents in work at once; 0 is one a processor, at most 1024
}

// Fetch says how pages are fetched.
type Fetch struct {
	// Contact is a mail address or a page at which site owners reach whoever
	// fetches. It stands in the user agent, and must be given where any source
	// is on the network.
	Contact string
	// Allow are the private, loopback and link-local ranges from which may be fetched all the same.
	Allow   []netip.Prefix
	Pause   time.Duration            // least time between two requests to one host; 0 to 1 h
	Hosts   map[string]time.Duration // hosts with a pause of their own, by name in lower case
	Timeout time.Duration            // for one page, redirects and all; 1 s to 10 min
}

// PauseFor is the least time between two requests to a host.
func (f Fetch) PauseFor(host string) time.Duration {
	if own, ok := f.Hosts[host]; ok {
		return own
	}
	return f.Pause
}

// Retention says how long what is no longer current is kept.
type Retention struct {
	// Archive is how long the bytes of a version are kept after a newer one
	// has taken its place; 0 is for ever.
	Archive time.Duration
}

// Notify says who is told of new conflicts.
type Notify struct {
	AtMost   int     // conflicts in one digest; of what is beyond only the number is told; 1 to 1000
	Severity float64 // conflicts below are not told; 0 to 1, and none below 0.5 is
	Always   bool    // a run without news is told too
	Webhook  string  // receives JSON; "" for none
	Slack    string  // a webhook that takes Slack's messages; "" for none
	Mail     *Mail   // nil for none
	Atom     string  // the file of an Atom feed, resolved against the file's folder; "" for none
}

// Any reports whether anybody is told.
func (n Notify) Any() bool {
	return n.Webhook != "" || n.Slack != "" || n.Mail != nil || n.Atom != ""
}

// Mail says how a digest is mailed.
type Mail struct {
	Server         string // host:port, TLS by STARTTLS, or from the start on port 465
	User, Password string // "" for a server that asks for none
	From           string
	To             []string
}

// Review says whose desk it is, and how people reach the pages.
type Review struct {
	Name string // who signs reviews that are published; "" where not given
	// URL is the address at which they do, such as "https://desk.example.org", where
	// that is not the server's own, and to which digests link. It has no path; "" where
	// not given.
	URL string
	// Proxies are the addresses of those whose word is taken on where a request came from.
	Proxies []netip.Prefix
}

// Default is what holds where a file is silent.
func Default() *Config {
	return &Config{
		Limits: Limits{
			// A book of a million words has 6 MB.
			DocumentBytes: 16 << 20,
			// A document at the limit takes a tenth of it.
			DocumentTime: 2 * time.Minute,
		},
		Fetch: Fetch{
			// No site notices one reader who turns a page each second; and 3,600
			// pages an hour are more than any one outlet publishes in a night.
			Pause: time.Second,
			// A document at the size limit takes so long over a slow line; and a
			// host that hangs must not hold a worker for the night.
			Timeout: time.Minute,
		},
		// What a person reads with the morning's coffee; severity as on the page of conflicts.
		Notify: Notify{AtMost: 20, Severity: 0.5},
		// A week of nights: whoever publishes weekly has had a turn.
		SilentAfter: 7,
	}
}
