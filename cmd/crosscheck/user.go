package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/desk"
	"crosscheck/review"
	"crosscheck/review/password"
	"crosscheck/store"
)

func newUser(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Keep the accounts of those who review conflicts",
		Long: `user is for whoever keeps the pages of 'crosscheck serve'. A viewer reads them,
a reviewer decides about conflicts, an admin keeps accounts there, as this
command does here. Changes count at once, for all servers on the database.

While there are no accounts, a server that only this machine reaches prints a
one-time link, which opens its pages for whoever started it. Any other shows
nothing until there is an account. With the first account links end.`,
		Example: `  crosscheck user add keller --role admin
  crosscheck user add abel
  crosscheck user list
  crosscheck user token keller --label Grafana`,
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },

		SuggestionsMinimumDistance: suggestWithin,
	}
	cmd.AddCommand(newUserAdd(c), newUserPasswd(c), newUserRole(c), newUserDisable(c), newUserEnable(c), newUserList(c), newUserToken(c), newUserLink(c))
	return cmd
}

// oneName takes the name of an account for its argument.
func oneName(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usagef("%s takes the name of one account; see '%s --help'", cmd.CommandPath(), cmd.CommandPath())
	}
	return nil
}

// asUsage makes wrong usage of what cannot be done as asked.
func asUsage(err error) error {
	var refused *desk.Refused
	var missing *desk.Missing
	switch {
	case errors.As(err, &refused):
		return usagef("%s", refused.Why)
	case errors.As(err, &missing):
		return usagef("%s; 'crosscheck user list' prints the accounts", missing.Error())
	}
	return err
}

// roleFlag is the flag for a role.
func roleFlag(cmd *cobra.Command, first desk.Role) *choice {
	words := []string{string(first)}
	for _, r := range desk.Roles {
		if r != first {
			words = append(words, string(r))
		}
	}
	role := newChoice(words...)
	role.bind(cmd, "role", "what the account may do: read, decide, or keep accounts too")
	return role
}

// hasher makes the one hash that a command needs.
func hasher() *password.Hasher { return password.NewHasher(1, time.Minute) }

// change runs a change to one account and says what was done.
func (c *console) change(cmd *cobra.Command, db *database, said string, do func(context.Context, *store.Store) error) error {
	return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
		if err := do(ctx, s); err != nil {
			return asUsage(err)
		}
		c.printf("%s\n", said)
		return nil
	})
}

func newUserAdd(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Make an account",
		Long: `add asks for the account's password, twice, and shows nothing of it; with
--password-stdin it is the first line of standard input. A password has at
least 12 letters, of any kind: four words that have nothing to do with each
other are a good one. Its owner can change it at /account.

The first account must be an admin's, so that somebody can keep the others.`,
		Example: `  crosscheck user add keller --role admin
  crosscheck user add abel
  pass show desk/abel | crosscheck user add abel --password-stdin`,
		Args: oneName,
	}
	role := roleFlag(cmd, desk.Reviewer)
	ask := passwordFlag(cmd)
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		name := args[0]
		if err := desk.CheckName(name); err != nil {
			return asUsage(err)
		}
		hash, err := c.hashed(cmd, name, ask)
		if err != nil {
			return err
		}
		return c.change(cmd, db, fmt.Sprintf("%s has an account: %s", name, role.value), func(ctx context.Context, s *store.Store) error {
			has, err := s.HasAccounts(ctx)
			if err == nil && !has && role.value != string(desk.Admin) {
				return &desk.Refused{Why: "the first account must be an admin's: --role admin"}
			}
			if err != nil {
				return err
			}
			return s.AddAccount(ctx, time.Now(), name, desk.Role(role.value), hash)
		})
	}
	return cmd
}

func newUserPasswd(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "passwd NAME",
		Short: "Give an account another password, and sign it out everywhere",
		Long: `passwd asks for the new password, twice, and shows nothing of it; with
--password-stdin it is the first line of standard input. All sessions of the
account end at once. Its API tokens stay: 'crosscheck user token NAME --list'
prints them, --revoke ends one.`,
		Example: `  crosscheck user passwd abel
  pass show desk/abel | crosscheck user passwd abel --password-stdin`,
		Args: oneName,
	}
	ask := passwordFlag(cmd)
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		hash, err := c.hashed(cmd, args[0], ask)
		if err != nil {
			return err
		}
		return c.change(cmd, db, "the password is changed, and all sessions are ended", func(ctx context.Context, s *store.Store) error {
			return s.SetPassword(ctx, args[0], hash)
		})
	}
	return cmd
}

func newUserRole(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "role NAME --role ROLE",
		Short:   "Give an account another role, from its next click on",
		Example: "  crosscheck user role abel --role admin",
		Args:    oneName,
	}
	role := roleFlag(cmd, desk.Reviewer)
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !cmd.Flags().Changed("role") {
			return usagef("say which role: --role %s", oneOf(role.allowed))
		}
		return c.change(cmd, db, args[0]+" is now: "+role.value, func(ctx context.Context, s *store.Store) error {
			return s.SetRole(ctx, args[0], desk.Role(role.value))
		})
	}
	return cmd
}

func newUserDisable(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "disable NAME",
		Short: "Take an account out of use, at once",
		Long: `disable ends all sessions of an account, and lets neither its password nor its
tokens open anything until 'crosscheck user enable'. What it decided stays,
under its name. Accounts are not deleted, so that no other takes the name over.`,
		Example: "  crosscheck user disable abel",
		Args:    oneName,
	}
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.change(cmd, db, args[0]+" is disabled, and all its sessions are ended", func(ctx context.Context, s *store.Store) error {
			return s.Disable(ctx, time.Now(), args[0])
		})
	}
	return cmd
}

func newUserEnable(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "enable NAME",
		Short:   "Put an account into use again, with its password and tokens",
		Example: "  crosscheck user enable abel",
		Args:    oneName,
	}
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.change(cmd, db, args[0]+" is in use again", func(ctx context.Context, s *store.Store) error {
			return s.Enable(ctx, args[0])
		})
	}
	return cmd
}

func newUserList(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "Print the accounts",
		Example: "  crosscheck user list",
		Args:    noArguments,
	}
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			accounts, err := s.Accounts(ctx)
			if err != nil {
				return err
			}
			if len(accounts) == 0 {
				c.printf("there are no accounts; 'crosscheck user add NAME --role admin' makes the first\n")
				return nil
			}
			rows := make([][]string, len(accounts))
			for i, a := range accounts {
				state := "in use"
				if !a.Disabled.IsZero() {
					state = "disabled " + dayText(a.Disabled)
				}
				rows[i] = []string{printable(a.Name), string(a.Role), dayText(a.Created), dayText(a.LastSeen), state}
			}
			c.table([]column{{"name", 12}, {"role", 8}, {"made", 10}, {"last seen", 10}, {"state", 10}}, rows)
			return nil
		})
	}
	return cmd
}

// dayText is the day of a time, "never" for none.
func dayText(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02")
}

func newUserLink(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "link",
		Short: "Print a new one-time link, while there are no accounts",
		Long: `link prints what 'crosscheck serve' prints at its start: an address that opens
the pages once, within 15 minutes, for whoever has it. It is for a server that
only this machine reaches, and for as long as there are no accounts. Where the
server was given --listen or --tls-cert, give them here as well.`,
		Example: "  crosscheck user link\n  crosscheck user link --listen 127.0.0.1:9000",
		Args:    noArguments,
	}
	server := frontFlags(cmd, "127.0.0.1:8420")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			has, err := s.HasAccounts(ctx)
			if err != nil {
				return err
			}
			if has {
				return usagef("there are accounts, so links open nothing; 'crosscheck user list' prints them, 'crosscheck user passwd NAME' gives one another password")
			}
			link, err := review.NewLink(ctx, s, server.base(server.listen), time.Now())
			if err != nil {
				return err
			}
			c.printf("%s\n", link)
			c.tellf("it opens the pages of 'crosscheck serve' once, within the next %d minutes", int(review.LinkTime.Minutes()))
			return nil
		})
	}
	return cmd
}
