package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"crosscheck/schema"
	"crosscheck/store"
)

func newMigrate(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the schema of the database up to date",
		Long: `migrate applies the steps that the database lacks, each in a transaction of its
own, and names them. The other commands do the same before they begin, unless
told --no-migrate. It also opens the views for editors (schema report) to the
role crosscheck_reader, and says what it may not do itself.`,
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
			readers, err := admitReaders(ctx, url)
			if err != nil {
				return err
			}
			if lack := readersLack(readers); lack.finding != "" {
				c.tellf("crosscheck: %s: %s", lack.finding, lack.do)
			}
			return nil
		})
	}
	return cmd
}

// admitReaders opens the views to their readers, as far as this user may, and
// looks what came of it.
func admitReaders(ctx context.Context, url string) (r schema.Readers, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return r, fmt.Errorf("database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if err := schema.AdmitReaders(ctx, conn); err != nil {
		return r, err
	}
	return schema.ReadersOf(ctx, conn)
}

// lack is what keeps the readers of views from reading them and nothing else, and
// what to do about it; the zero lack is of none.
type lack struct{ finding, do string }

// readersLack is the gravest that the readers' rights lack.
func readersLack(r schema.Readers) lack {
	switch {
	case !r.Role:
		return lack{"there is no role " + schema.Reader + ", so nobody can be let read the views for editors, and this user may not make it",
			"let an administrator say CREATE ROLE " + schema.Reader + " NOLOGIN, then run 'crosscheck migrate'"}
	case r.Closed > 0:
		return lack{schema.Reader + " may not read " + counted(r.Closed, "view") + " of schema report", "let the owner of the schema run 'crosscheck migrate'"}
	case len(r.Beyond) > 0:
		return lack{fmt.Sprintf("%s may read or write %s beside its views (%s)", schema.Reader, counted(len(r.Beyond), "table"), strings.Join(r.Beyond[:min(3, len(r.Beyond))], ", ")),
			"REVOKE ALL on them from it, or from PUBLIC, whoever was granted it"}
	case r.Temporary:
		return lack{"whoever can read the views can also make temporary tables", "let the owner of the database REVOKE TEMPORARY on it FROM PUBLIC, or run 'crosscheck migrate'"}
	}
	return lack{}
}
