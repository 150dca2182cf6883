package main

import (
	"context"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"crosscheck/review"
	"crosscheck/store"
)

func newUserToken(c *console) *cobra.Command {
	var label string
	var list bool
	var revoke int64
	cmd := &cobra.Command{
		Use:   "token NAME",
		Short: "Make or end an API token, by which a program acts for an account",
		Long: `token prints a new token, this once: the database keeps only its hash. A
program sends it with each request, and may do what the account may:

  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8420/feed.atom

--list prints an account's tokens by number, --revoke ends one at once.`,
		Example: `  crosscheck user token keller --label Grafana
  crosscheck user token keller --list
  crosscheck user token keller --revoke 3`,
		Args: oneName,
	}
	cmd.Flags().StringVar(&label, "label", "", "what it is for; it is kept")
	cmd.Flags().BoolVar(&list, "list", false, "print the account's tokens")
	cmd.Flags().Int64Var(&revoke, "revoke", 0, "end the token of this number")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		name := args[0]
		asked := 0
		for _, flag := range []string{"label", "list", "revoke"} {
			if cmd.Flags().Changed(flag) {
				asked++
			}
		}
		if asked > 1 {
			return usagef("one thing at a time: --label makes a token, --list prints them, --revoke ends one")
		}
		if len(label) > review.MaxLabel {
			return usagef("--label: at most %d bytes", review.MaxLabel)
		}
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			switch {
			case list:
				return c.listTokens(ctx, s, name)
			case cmd.Flags().Changed("revoke"):
				if err := s.RevokeToken(ctx, name, revoke); err != nil {
					return asUsage(err)
				}
				c.printf("the token is revoked\n")
				return nil
			}
			token, hash := review.NewToken()
			id, err := s.AddToken(ctx, time.Now(), name, hash, label)
			if err != nil {
				return asUsage(err)
			}
			c.printf("%s\n", token)
			c.tellf("this is token %d of %s; it is not shown again", id, name)
			return nil
		})
	}
	return cmd
}

// listTokens prints the tokens of an account, which has to be there.
func (c *console) listTokens(ctx context.Context, s *store.Store, name string) error {
	account, err := s.Credentials(ctx, name)
	if err != nil {
		return err
	}
	if account.Name == "" {
		return usagef("there is no account %s; 'crosscheck user list' prints the accounts", printable(name))
	}
	tokens, err := s.Tokens(ctx, name)
	if err != nil {
		return err
	}
	if len(tokens) == 0 {
		c.printf("%s has no tokens\n", account.Name)
		return nil
	}
	rows := make([][]string, len(tokens))
	for i, t := range tokens {
		rows[i] = []string{strconv.FormatInt(t.ID, 10), printable(t.Label), dayText(t.Made), dayText(t.Used)}
	}
	c.table([]column{{"number", 6}, {"label", 12}, {"made", 10}, {"last used", 10}}, rows)
	return nil
}
