package config_test

import (
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"crosscheck/config"
)

// environment stands for the variables of a process.
func environment(name string) string {
	return map[string]string{"HOOK": "https://hooks.example.org/T0/secret", "MAIL_PASSWORD": "open-sesame", "BAD": "no address"}[name]
}

func TestLoad(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, config.DefaultPath)
	if err := os.WriteFile(path, []byte(`# The night desk's.
database_url: postgres://editor:${MAIL_PASSWORD}@db.example.org/news
data_dir: data

sources:
  - name: Harbour Gazette
    home: https://gazette.example.org
    owner: night desk
    paths: [archive/, "letters/*.txt", /var/spool/gazette]
  - name: 2024
    feeds: https://wire.example.org/rss
    urls:
      - https://wire.example.org/a
      - https://wire.example.org/b
    sitemaps:

schedules:
  - name: nightly
    cron: 30 2 * * *
    zone: Europe/Berlin
  - name: often
    cron: "*/15 * * * *"
    sources: ["2024"]

limits: {document_size: 8MiB, document_time: 90s, workers: 4}
fetch:
  contact: desk@example.org
  allow: [10.1.0.0/16, "fd00::/8"]
  pause: 2s
  hosts: {Wire.example.org: 500ms}
retention: {archive: 365d}
silent_after: 5
review: {name: Night desk, url: "https://desk.example.org/", proxies: [127.0.0.1/32]}
notify:
  at_most: 10
  severity: 0.7
  slack: ${HOOK}
  mail:
    server: mail.example.org:587
    user: desk
    password: ${MAIL_PASSWORD}
    from: crosscheck <desk@example.org>
    to: [a@example.org, b@example.org]
  atom: public/conflicts.xml
`), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path, environment)
	if err != nil {
		t.Fatal(err)
	}
	next := c.Schedules[0].Calendar.Next(time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC))
	if want := time.Date(2026, 7, 2, 0, 30, 0, 0, time.UTC); !next.Equal(want) {
		t.Errorf("nightly is due at %s, want %s", next, want)
	}
	if of := c.SourcesOf(c.Schedules[1]); len(of) != 1 || of[0].Name != "2024" || !of[0].Remote() {
		t.Errorf("often reads %+v", of)
	}
	if of := c.SourcesOf(c.Schedules[0]); len(of) != 2 {
		t.Errorf("nightly reads %+v", of)
	}
	if f := c.Fetch; f.PauseFor("wire.example.org") != 500*time.Millisecond || f.PauseFor("example.org") != 2*time.Second {
		t.Errorf("pauses: %+v", f)
	}
	for i := range c.Schedules {
		c.Schedules[i].Calendar = config.Schedule{}.Calendar
	}
	want := &config.Config{
		Path: path, DatabaseURL: "postgres://editor:open-sesame@db.example.org/news", DataDir: filepath.Join(folder, "data"),
		Sources: []config.Source{
			{Name: "Harbour Gazette", Home: "https://gazette.example.org", Owner: "night desk", Line: 6,
				Paths: []string{filepath.Join(folder, "archive"), filepath.Join(folder, "letters/*.txt"), "/var/spool/gazette"}},
			{Name: "2024", Feeds: []string{"https://wire.example.org/rss"}, Line: 10,
				URLs: []string{"https://wire.example.org/a", "https://wire.example.org/b"}},
		},
		Schedules: []config.Schedule{
			{Name: "nightly", Cron: "30 2 * * *", Zone: "Europe/Berlin", Line: 18},
			{Name: "often", Cron: "*/15 * * * *", Zone: "UTC", Sources: []string{"2024"}, Line: 21},
		},
		Limits: config.Limits{DocumentBytes: 8 << 20, DocumentTime: 90 * time.Second, Workers: 4},
		Fetch: config.Fetch{
			Contact: "desk@example.org", Pause: 2 * time.Second, Timeout: time.Minute,
			Allow: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")},
			Hosts: map[string]time.Duration{"wire.example.org": 500 * time.Millisecond},
		},
		Retention:   config.Retention{Archive: 365 * 24 * time.Hour},
		SilentAfter: 5,
		Review:      config.Review{Name: "Night desk", URL: "https://desk.example.org", Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}},
		Notify: config.Notify{
			AtMost: 10, Severity: 0.7, Slack: "https://hooks.example.org/T0/secret", Atom: filepath.Join(folder, "public/conflicts.xml"),
			Mail: &config.Mail{Server: "mail.example.org:587", User: "desk", Password: "open-sesame",
				From: "crosscheck <desk@example.org>", To: []string{"a@example.org", "b@example.org"}},
		},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

// TestSilentFile reads files that say nothing: they give the defaults.
func TestSilentFile(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "comments": "# nothing yet\n", "outline": "sources:\nschedules:\nnotify:\n", "mark": "\ufeff---\n",
	} {
		c, err := config.Parse("crosscheck.yaml", []byte(text), environment)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := config.Default()
		want.Path = "crosscheck.yaml"
		if !reflect.DeepEqual(c, want) {
			t.Errorf("%s: got %+v", name, c)
		}
	}
}

func TestMistakes(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string // each in a line of its own
	}{
		"several at once": {`sources:
  - name: A
    path: docs
  - nam: B
    urls: [ftp://b.example.org]
schedules:
  - {name: nightly, cron: 30 25 * * *, zone: Berlin}
limits:
  workers: many
`, []string{
			`c.yaml:3: sources[1].path: there is no such field; did you mean paths?`,
			`c.yaml:4: sources[2].nam: there is no such field; did you mean name?`,
			`c.yaml:5: sources[2].urls[1]: "ftp://b.example.org": want an address that begins with https:// or http://`,
			`c.yaml:7: schedules[1].zone: there is no time zone "Berlin"; want an IANA name such as Europe/Berlin or UTC`,
			`c.yaml:7: schedules[1].cron: "30 25 * * *": end of range (25) above maximum (23): 25; want five fields`,
			`c.yaml:9: limits.workers: "many": want a whole number from 0 to 1024`,
		}},
		"unknown": {"frequency: daily\n", []string{"c.yaml:1: frequency: there is no such field; there are data_dir, database_url, fetch,"}},
		"address of the pages": {"review: {url: 'https://desk.example.org/desk', proxies: [10.1.2.3]}\n", []string{
			`c.yaml:1: review.url: "https://desk.example.org/desk": want an address without a path, such as https://desk.example.org`,
			`c.yaml:1: review.proxies[1]: "10.1.2.3": want a range of addresses`,
		}},
		"twice": {"rates: a\nrates: b\n", []string{"c.yaml:2: rates: it is given already, on line 1"}},
		"names": {"sources:\n- {name: A, paths: a}\n- {name: A, paths: b}\n", []string{`c.yaml:3: sources[2]: the name "A" is taken already, on line 2`}},
		"schedules' names": {"schedules:\n- {name: a, cron: '@daily'}\n- {name: a, cron: '@daily'}\n",
			[]string{`c.yaml:3: schedules[2]: the name "a" is taken already, on line 2`}},
		"empty source":   {"sources:\n- owner: me\n", []string{"c.yaml:2: sources[1]: it has no name;", "c.yaml:2: sources[1]: it has no documents; give paths"}},
		"missing cron":   {"schedules:\n- name: a\n", []string{"c.yaml:2: schedules[1].cron: there is no cron expression; want five fields"}},
		"missing name":   {"schedules:\n- cron: '@daily'\n", []string{"c.yaml:2: schedules[1]: it has no name; want one such as nightly"}},
		"unknown source": {"sources:\n- {name: A, paths: a}\nschedules:\n- {name: s, cron: '@daily', sources: [A, C]}\n", []string{`c.yaml:4: schedules[1].sources: there is no source "C"; the sources of this file are "A"`}},
		"no contact":     {"sources:\n- {name: A, feeds: 'https://a.example.org/rss'}\n", []string{`c.yaml:2: fetch.contact: it is missing, and the source "A" is fetched from the network; give a mail address or page`}},
		"contact":        {"sources:\n- {name: A, feeds: 'https://a.example.org/rss'}\nfetch: {contact: me}\n", []string{`c.yaml:3: fetch.contact: "me": want a mail address or the address of a page`}},
		"unquoted star":  {"schedules:\n- name: s\n  cron: */15 * * * *\n", []string{"c.yaml:3: value is not allowed in this context. map key-value is pre-defined; a value that begins with * needs quotes around it"}},
		"tab":            {"sources:\n\t- name: a\n", []string{"c.yaml:2: found character '\t' that cannot start any token; indent with blanks, not with tabs"}},
		"indented badly": {"sources:\n- name: a\n paths: docs\n", []string{"; look how this line and the one above it are indented"}},
		"syntax":         {"sources:\n  - name: 'a\n", []string{"c.yaml:2: "}},
		"shape":          {"- name: a\n", []string{`c.yaml:1: want fields, one a line as in "name: value"; found a list`}},
		"single source":  {"sources: {name: A}\n", []string{`c.yaml:1: sources: want a list, each member on a line that begins with "- "; found fields`}},
		"list for one":   {"data_dir: [a]\n", []string{"c.yaml:1: data_dir: want one value, found a list"}},
		"patterns": {"sources:\n- name: A\n  paths: ['a[', 'b/**', 'https://a.example.org', '']\n", []string{
			`c.yaml:3: sources[1].paths[1]: "a[": the pattern has a [ without its ]`,
			`c.yaml:3: sources[1].paths[2]: "b/**": ** is not known; a folder is read with all below it`,
			`c.yaml:3: sources[1].paths[3]: "https://a.example.org" is an address; pages stand under urls`,
			`c.yaml:3: sources[1].paths[4]: it is empty`,
		}},
		"place twice":   {"sources:\n- {name: A, paths: [a, ./a]}\n", []string{`c.yaml:2: sources[1].paths[2]: "a" stands here twice`}},
		"password":      {"sources:\n- {name: A, urls: 'https://u:p@a.example.org/'}\n", []string{"want an address without a user and password in it"}},
		"control":       {"sources:\n- {name: \"A\\u001b[31m\", paths: a}\n", []string{"c.yaml:2: sources[1].name: want a text on one line, without control characters"}},
		"sizes":         {"limits: {document_size: 2TB, document_time: 1d}\n", []string{`c.yaml:1: limits.document_size: "2TB": want a size such as 16MiB, from 1024 to 1073741824 bytes`, `limits.document_time: "1d": want a length of time such as 30s, from 1s to 1h`}},
		"retention":     {"retention: {archive: 1h}\n", []string{`retention.archive: "1h": want a length of time such as 365d, from 1d to 36500d`}},
		"ranges":        {"fetch: {allow: [10.0.0.1/8, all]}\n", []string{"fetch.allow[1]: 10.0.0.1/8 has bits beyond its length; want 10.0.0.0/8, or a single address as 10.0.0.1/32", `fetch.allow[2]: "all": want a range`}},
		"hosts":         {"fetch: {hosts: {'https://a.example.org': 1s, b.example.org: soon}}\n", []string{"want the bare name of a host", `fetch.hosts.b.example.org: "soon": want a length of time such as 1s, from 0s to 1h`}},
		"severity":      {"notify: {severity: high, at_most: 0}\n", []string{`notify.severity: "high": want a number from 0 to 1`, `notify.at_most: "0": want a whole number from 1 to 1000`}},
		"mail":          {"notify: {mail: {server: mail, from: me, to: [you]}}\n", []string{`notify.mail.server: "mail": want host:port`, `notify.mail.from: "me": want a mail address`, `notify.mail.to[1]: "you": want a mail address`}},
		"half a mail":   {"notify: {mail: {server: 'mail.example.org:25'}}\n", []string{"c.yaml:1: notify.mail: it has no from;"}},
		"half a login":  {"notify: {mail: {server: 'mail.example.org:25', from: a@example.org, to: b@example.org, user: a}}\n", []string{"user and password belong together"}},
		"environment":   {"notify: {webhook: '${NOWHERE}', slack: '${BAD}'}\n", []string{"notify.webhook: the environment has no NOWHERE; set it, or write the value here", "notify.slack: want an address that begins with https://"}},
		"open variable": {"notify: {webhook: '${HOOK'}\n", []string{"notify.webhook: want ${NAME}"}},
		"database":      {"database_url: mysql://u:open-sesame@db\n", []string{"c.yaml:1: database_url: want an address such as postgres://"}},
		"two documents": {"rates: a\n---\nrates: b\n", []string{"a second document"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Parse("c.yaml", []byte(test.text), environment)
			var mistakes config.Mistakes
			if !errors.As(err, &mistakes) {
				t.Fatalf("got %v, want mistakes", err)
			}
			lines := strings.Split(err.Error(), "\n")
			for _, want := range test.want {
				found := 0
				for _, line := range lines {
					if strings.Contains(line, want) {
						found++
					}
				}
				if found != 1 {
					t.Errorf("%d lines with %q", found, want)
				}
			}
			if len(lines) != len(test.want) || t.Failed() {
				t.Errorf("got %d mistakes, want %d:\n%v", len(lines), len(test.want), err)
			}
			if strings.Contains(err.Error(), "sesame") || strings.Contains(err.Error(), "no address") {
				t.Errorf("the message holds a secret: %v", err)
			}
		})
	}
}

func TestLoadWithoutFile(t *testing.T) {
	folder := t.TempDir()
	for _, path := range []string{folder, filepath.Join(folder, "none.yaml")} {
		if _, err := config.Load(path, environment); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

// FuzzParse holds that no file breaks the reader.
func FuzzParse(f *testing.F) {
	f.Add([]byte("sources:\n- {name: A, paths: [a]}\nschedules:\n- {name: s, cron: '@daily'}\n"))
	f.Add([]byte("a: &x [1]\nb: *x\n<<: *x\n? [k]\n: v\n!!map {}: |\n  text\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := config.Parse("c.yaml", raw, environment)
		if (c == nil) == (err == nil) {
			t.Fatalf("%v and %v", c, err)
		}
	})
}
