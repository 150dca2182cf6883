package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"crosscheck/localpg"
)

func newDB(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "db",
		Short: "Keep or stop the private database, and look inside",
		Long: `db is for looking into the private PostgreSQL with other programs. The other
commands start it when they need it and stop it when they are done; between
start and stop it keeps running.`,
		Example: `  crosscheck db start
  psql "$(crosscheck db url)"
  crosscheck db stop`,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		SuggestionsMinimumDistance: suggestWithin,
	}
	cmd.AddCommand(newDBStart(c), newDBStop(c), newDBStatus(c), newDBURL(c), newDBPsql(c))
	return cmd
}

func newDBStart(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "start",
		Short:   "Start the private database and keep it running",
		Example: "  crosscheck db start\n  psql \"$(crosscheck db url)\"",
		Args:    noArguments,
	}
	db := &database{}
	db.dataDirFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		info, err := localpg.Keep(cmd.Context(), localpg.Options{Dir: db.folder(), Log: c.logger(cmd)})
		if err != nil {
			return err
		}
		c.printf("PostgreSQL %s runs until 'crosscheck db stop'\n%s\n", info.Version, info.URL)
		return nil
	}
	return cmd
}

func newDBStop(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "stop",
		Short:   "Stop the private database",
		Long:    "stop ends the private database, whether start keeps it or a process that was\nkilled left it behind. It refuses while another crosscheck works with it.",
		Example: "  crosscheck db stop",
		Args:    noArguments,
	}
	db := &database{}
	db.dataDirFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		err := localpg.Stop(cmd.Context(), db.folder())
		switch {
		case errors.Is(err, localpg.ErrNotRunning):
			c.printf("PostgreSQL was not running\n")
			return nil
		case err != nil:
			return err
		}
		c.printf("PostgreSQL stopped\n")
		return nil
	}
	return cmd
}

func newDBStatus(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "Tell whether the private database runs, and where it is",
		Example: "  crosscheck db status",
		Args:    noArguments,
	}
	db := &database{}
	db.dataDirFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		info, err := localpg.Status(cmd.Context(), db.folder())
		if err != nil {
			return err
		}
		c.printf("state    %s\n", state(info))
		if info.Version != "" {
			c.printf("version  PostgreSQL %s\n", info.Version)
		}
		c.printf("data     %s (%s)\n", printable(info.Dir), sizeText(info.Bytes))
		c.printf("log      %s\n", printable(info.Log))
		c.printf("url      %s\n", info.URL)
		return nil
	}
	return cmd
}

// state is what a server does, in words.
func state(info localpg.Info) string {
	switch {
	case !info.Running && info.Version == "":
		return "not there yet; the first run makes it"
	case !info.Running:
		return "stopped; the next run starts it"
	}
	words := fmt.Sprintf("running as process %d", info.PID)
	if info.Kept {
		words += ", until 'crosscheck db stop'"
	}
	var users []string
	for _, u := range info.Users {
		users = append(users, fmt.Sprintf("%s (process %d)", printable(u.Command), u.PID))
	}
	if len(users) > 0 {
		words += ", used by " + strings.Join(users, ", ")
	}
	return words
}

func newDBURL(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "url",
		Short: "Print the address of the database, and nothing else",
		Long: `url prints the address that the other commands would use: the one named by
--database-url or DATABASE_URL, else that of the private database.`,
		Example: `  psql "$(crosscheck db url)"`,
		Args:    noArguments,
	}
	db := privateFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if db.url != "" {
			c.printf("%s\n", db.url)
			return nil
		}
		info, err := localpg.Status(cmd.Context(), db.folder())
		if err != nil {
			return err
		}
		c.printf("%s\n", info.URL)
		if !info.Running {
			c.tellf("crosscheck: the private database does not run: 'crosscheck db start' starts it")
		}
		return nil
	}
	return cmd
}

func newDBPsql(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "psql [flags] [-- ARG...]",
		Short: "Open psql on the database",
		Long:  "psql opens PostgreSQL's own command line on the database; what stands behind --\nare its arguments. The private database runs for as long as psql does.",
		Example: `  crosscheck db psql
  crosscheck db psql -- -c 'SELECT count(*) FROM claim'`,
	}
	db := privateFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		program, err := exec.LookPath("psql")
		if err != nil {
			return errors.New("there is no psql on this machine: install PostgreSQL's client programs (on Debian postgresql-client)")
		}
		return db.serve(cmd.Context(), c.logger(cmd), func(ctx context.Context, url string) error {
			psql := exec.CommandContext(ctx, program, append([]string{url}, args...)...)
			psql.Stdin, psql.Stdout, psql.Stderr = c.in, c.stdout, c.err
			if err := psql.Run(); err != nil {
				return fmt.Errorf("psql: %w", err)
			}
			return nil
		})
	}
	return cmd
}
