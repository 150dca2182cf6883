package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/config"
	"crosscheck/store"
)

func newDoctor(c *console) *cobra.Command {
	format := newChoice("table", "jsonl")
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check what can be wrong, and say what to do about it",
		Long: `doctor looks at the configuration and the sources' files, the database (whether
it answers, its version, rights, tables and disk), the clocks, the schedules and
the last runs, the workers, the jobs that wait and the digests that did not
arrive. Each check is a line: "ok", "warn" for what needs somebody's eye, "fail"
for what keeps runs from working; the last two say what to do. It changes
nothing, fetches nothing, and ends with status 1 where something fails.`,
		Example: `  crosscheck doctor
  crosscheck doctor --config /etc/crosscheck/crosscheck.yaml
  crosscheck doctor --format jsonl | jq 'select(.state != "ok")'`,
		Args: noArguments,
		// What is wrong with the file is a finding here, and no end.
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return applyEnvironment(cmd, c.getenv) },
	}
	format.bind(cmd, "format", "what to print")
	db := privateFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		e := &examination{db: db, log: c.logger(cmd), now: time.Now, room: roomOn}
		e.configuration(cmd, c.getenv)
		e.sources()
		e.all(cmd.Context())
		if err := c.reportExamination(e.findings, format.value); err != nil {
			return err
		}
		failing := 0
		for _, f := range e.findings {
			if f.State == stateFail {
				failing++
			}
		}
		if failing > 0 {
			return fmt.Errorf("%s wrong; what to do stands above", either(failing == 1, "1 thing is", fmt.Sprintf("%d things are", failing)))
		}
		return nil
	}
	return cmd
}

// The states of a finding.
const (
	stateOK   = "ok"
	stateWarn = "warn" // runs go on, and somebody should look
	stateFail = "fail" // runs do not work, or do not see what they should
)

// finding is what a check found.
type finding struct {
	State   string `json:"state"`
	Check   string `json:"check"`
	Finding string `json:"finding"`
	Do      string `json:"do,omitempty"` // what to do about it
}

// examination goes through the checks one after another. A check that cannot be
// made because of what an earlier one found is left out.
type examination struct {
	db   *database
	log  *slog.Logger
	now  func() time.Time
	room func(dir string) (free int64, err error)

	file     *config.Config // nil where there is none, or it has mistakes
	findings []finding
}

func (e *examination) ok(check, format string, args ...any) {
	e.findings = append(e.findings, finding{stateOK, check, fmt.Sprintf(format, args...), ""})
}

func (e *examination) warn(check, do, format string, args ...any) {
	e.findings = append(e.findings, finding{stateWarn, check, fmt.Sprintf(format, args...), do})
}

func (e *examination) fail(check, do, format string, args ...any) {
	e.findings = append(e.findings, finding{stateFail, check, fmt.Sprintf(format, args...), do})
}

// okUnless says that a check found nothing, where it added no finding since so many.
func (e *examination) okUnless(since int, check, format string, args ...any) {
	if len(e.findings) == since {
		e.ok(check, format, args...)
	}
}

// reportExamination prints findings, one after another.
func (c *console) reportExamination(findings []finding, format string) error {
	if format == "jsonl" {
		return c.jsonLines(len(findings), func(i int) any { return findings[i] })
	}
	const checkWidth = 10
	indent := strings.Repeat(" ", len(stateFail)+checkWidth+2*gap)
	width := max(c.width-len(indent), 20)
	for _, f := range findings {
		first := fmt.Sprintf("%-*s%-*s", len(stateFail)+gap, f.State, checkWidth+gap, f.Check)
		for i, line := range wrapped(printable(f.Finding), width) {
			c.printf("%s%s\n", either(i == 0, c.style(either(f.State == stateOK, "", bold), first), indent), line)
		}
		if f.Do != "" {
			c.paragraph(indent+"do: ", indent+"    ", printable(f.Do))
		}
	}
	return nil
}

// all makes the checks that need the database.
func (e *examination) all(ctx context.Context) {
	if e.db.url == "" && !e.private(ctx) {
		return
	}
	err := e.db.serve(ctx, e.log, func(ctx context.Context, url string) error {
		s, err := store.Open(ctx, url)
		if err != nil {
			return err
		}
		defer s.Close()
		return e.stored(ctx, s, url)
	})
	if err != nil {
		err = advised(err)
		do := "start the server, or correct --database-url; the checks that need it were left out"
		if e.db.url == "" {
			do = "'crosscheck db status' tells where its log is; the checks that need it were left out"
		}
		e.fail("database", do, "%s", strings.TrimSpace(err.Error()))
	}
}

// stored makes the checks inside a database that answers. An error means that it
// no longer does.
func (e *examination) stored(ctx context.Context, s *store.Store, url string) error {
	server, err := e.server(ctx, s)
	if err != nil {
		return err
	}
	usable, err := e.shape(ctx, url, server)
	if err != nil || !usable {
		return err
	}
	if err := e.readers(ctx, url); err != nil {
		return err
	}
	for _, check := range []func(context.Context, *store.Store) error{
		e.rights, e.schedules, e.lastRun, e.crew, e.deliveries,
	} {
		if err := check(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// roomOn is how many bytes may still be written to a folder's disk.
func roomOn(dir string) (int64, error) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return 0, fmt.Errorf("%s: %w", dir, err)
	}
	return int64(fs.Bavail) * int64(fs.Bsize), nil
}

// mistakesIn are the mistakes that an error of the configuration is made of.
func mistakesIn(err error) []string {
	var mistaken mistakenError
	if !errors.As(err, &mistaken) {
		return []string{err.Error()}
	}
	all := make([]string, len(mistaken.mistakes))
	for i, m := range mistaken.mistakes {
		all[i] = m.Error()
	}
	return all
}
