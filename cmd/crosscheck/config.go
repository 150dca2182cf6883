package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/config"
)

func newConfig(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Write and check crosscheck.yaml",
		Long: `config is for the file that says where documents come from, when they are read,
and who is told. It is crosscheck.yaml in the current folder, unless --config or
CROSSCHECK_CONFIG name another. The other commands take from it what neither a
flag nor the environment says: the database, the rates, the limits.`,
		Example: `  crosscheck config init     # write one to begin with
  crosscheck config check    # name every mistake in it, with its line`,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		SuggestionsMinimumDistance: suggestWithin,
	}
	cmd.AddCommand(newConfigCheck(c), newConfigInit(c))
	return cmd
}

func newConfigInit(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "init [FILE]",
		Short: "Write a crosscheck.yaml to begin with",
		Long: `init writes a file with every field, each with a word on what it is for, most of
them commented out. It never overwrites one.`,
		Example: "  crosscheck config init\n  crosscheck config init /etc/crosscheck/crosscheck.yaml",
		Args:    atMostOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := cmd.Flags().GetString("config")
			if err != nil {
				return err
			}
			path = either(path == "", config.DefaultPath, path)
			if len(args) == 1 {
				path = args[0]
			}
			// It may come to hold passwords.
			f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
			if errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s is there already; it was left as it is", path)
			}
			if err != nil {
				return err
			}
			_, err = f.WriteString(config.Example)
			if closed := f.Close(); err == nil {
				err = closed
			}
			if err != nil {
				return err
			}
			c.printf("%s is written: edit it, then try 'crosscheck config check'\n", printable(path))
			return nil
		},
	}
}

// atMostOneFile is for commands that may be given a configuration file.
func atMostOneFile(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef("%s takes one file, and was given %d; see '%s --help'", cmd.Name(), len(args), cmd.CommandPath())
	}
	return nil
}

func newConfigCheck(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE]",
		Short: "Name every mistake in crosscheck.yaml, or show what it says",
		Long: `check reads the file as 'crosscheck serve' does. Of a file that is right it shows
what is read, when and how; of another it names every mistake with file, line,
field and what would be right, and ends with status 2. It reads no document and
opens no connection.`,
		Example: "  crosscheck config check\n  crosscheck config check /etc/crosscheck/crosscheck.yaml && systemctl reload crosscheck",
		Args:    atMostOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if err := cmd.Flags().Set("config", args[0]); err != nil {
					return err
				}
			}
			file, err := needConfig(cmd, c.getenv)
			if err != nil {
				return err
			}
			c.printConfig(file, time.Now())
			for _, s := range file.Sources {
				for _, path := range s.Paths {
					// A share may be mounted later: no mistake, but worth a word.
					if found, err := filepath.Glob(path); err == nil && len(found) == 0 && !exists(path) {
						c.tellf("%s:%d: warning: %s: there is no %s", printable(file.Path), s.Line, printable(s.Name), printable(path))
					}
				}
			}
			return nil
		},
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// printConfig prints what a configuration says, without its secrets.
func (c *console) printConfig(file *config.Config, now time.Time) {
	c.printf("%s is right: %s, %s\n\n", printable(file.Path), counted(len(file.Sources), "source"), counted(len(file.Schedules), "schedule"))
	if len(file.Sources) > 0 {
		rows := make([][]string, len(file.Sources))
		for i, s := range file.Sources {
			rows[i] = []string{s.Name, readsText(s), s.Home, s.Owner}
		}
		c.table([]column{{"source", 12}, {"reads", 12}, {"home", 16}, {"owner", 10}}, rows)
		c.printf("\n")
	}
	if len(file.Schedules) > 0 {
		rows := make([][]string, len(file.Schedules))
		for i, s := range file.Schedules {
			of := "all sources"
			if len(s.Sources) > 0 {
				of = strings.Join(s.Sources, ", ")
			}
			rows[i] = []string{s.Name, s.Cron, s.Zone, slotText(s.Calendar.Next(now)), of}
		}
		c.table([]column{{"schedule", 8}, {"cron", 10}, {"zone", 8}, {"next", 16}, {"reads", 11}}, rows)
		c.printf("\n")
	}
	l, f, n := file.Limits, file.Fetch, file.Notify
	c.printf("database  %s\n", databaseText(file))
	c.printf("document  at most %s and %s to read, %s at once\n", sizeText(l.DocumentBytes), spanText(l.DocumentTime), either(l.Workers == 0, "one a processor", grouped(l.Workers)))
	if f.Contact != "" {
		c.printf("fetch     as %s, %s between two requests to a host, %s a page\n", printable(f.Contact), spanText(f.Pause), spanText(f.Timeout))
	}
	for i, p := range f.Allow {
		c.printf("%s%s\n", either(i == 0, "inside    fetched from ", "          and "), p)
	}
	c.printf("archive   old versions are kept %s\n", either(file.Retention.Archive == 0, "for ever", "for "+spanText(file.Retention.Archive)))
	c.printf("silence   of a source is told after %s without anything new\n", counted(file.SilentAfter, "run"))
	c.printf("notify    %s\n", notifyText(n))
	if n.Any() {
		c.printf("digest    at most %s, of severity %g and more\n", counted(n.AtMost, "conflict"), n.Severity)
	}
}

// readsText counts what a source reads: "2 paths, 1 feed".
func readsText(s config.Source) string {
	var parts []string
	for _, p := range []struct {
		n     int
		thing string
	}{{len(s.Paths), "path"}, {len(s.URLs), "page"}, {len(s.Feeds), "feed"}, {len(s.Sitemaps), "sitemap"}} {
		if p.n > 0 {
			parts = append(parts, counted(p.n, p.thing))
		}
	}
	return strings.Join(parts, ", ")
}

// databaseText says where a configuration keeps things, without a password.
func databaseText(file *config.Config) string {
	if file.DatabaseURL == "" {
		return "a private one, below " + printable(either(file.DataDir == "", ".crosscheck", file.DataDir))
	}
	u, err := url.Parse(file.DatabaseURL)
	if err != nil {
		return "as database_url says"
	}
	u.RawQuery = "" // it may hold a password too
	return printable(u.Redacted())
}

// notifyText says who is told, without the addresses that are secrets.
func notifyText(n config.Notify) string {
	if !n.Any() {
		return "nobody"
	}
	var who []string
	for _, hook := range []struct{ name, address string }{{"webhook", n.Webhook}, {"Slack", n.Slack}} {
		if u, err := url.Parse(hook.address); err == nil && u.Host != "" {
			who = append(who, hook.name+" at "+printable(u.Host))
		}
	}
	if n.Mail != nil {
		who = append(who, "mail to "+printable(strings.Join(n.Mail.To, " and ")))
	}
	if n.Atom != "" {
		who = append(who, "Atom feed "+printable(n.Atom))
	}
	return strings.Join(who, ", ")
}

// slotText writes a time as its schedule means it.
func slotText(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Format("2006-01-02 15:04 MST")
}

// spanText writes a length of time without what is zero.
func spanText(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	if hours, whole := strings.CutSuffix(s, "h"); whole && d%(24*time.Hour) == 0 && hours != "0" {
		days := int(d / (24 * time.Hour))
		return grouped(days) + either(days == 1, " day", " days")
	}
	return s
}
