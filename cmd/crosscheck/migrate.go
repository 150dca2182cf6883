package main

import (
	"context"

	"github.com/spf13/cobra"

	"crosscheck/store"
)

func newMigrate(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the schema of the database up to date",
		Long: `migrate applies the steps that the database lacks, each in a transaction of its
own, and names them. The other commands do the same before they begin, unless
told --no-migrate.`,
		Example: `  crosscheck migrate
  crosscheck migrate --database-url postgres://editor@db.example.org/news`,
		Args: noArguments,
	}
	db := privateFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return db.serve(cmd.Context(), c.logger(cmd), func(ctx context.Context, url string) error {
			// Opened for its errors, which say what is wrong with an address.
			s, err := store.Open(ctx, url)
			if err != nil {
				return err
			}
			s.Close()
			applied, err := migrate(ctx, url)
			for _, step := range applied {
				c.printf("applied %s\n", step)
			}
			if err != nil {
				return err
			}
			if len(applied) == 0 {
				c.printf("the schema is up to date\n")
			}
			return nil
		})
	}
	return cmd
}
