package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"crosscheck/store"
)

func newVerify(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Check that every stored quote stands where its provenance says",
		Long: `verify reads the archived bytes again and checks that they are those that were
archived, that they give the stored text, that every sentence and quote stands
in it at its offsets, byte for byte, and that every claim is the one that was
stored. It prints what is broken, and ends with status 1 where something is.`,
		Example: `  crosscheck verify
  crosscheck verify --database-url postgres://editor@db.example.org/news`,
		Args: noArguments,
	}
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
			broken := 0
			checked, err := s.Verify(ctx, func(b store.Broken) {
				broken++
				where := printable(b.Document)
				if where != "" {
					where += ": "
				}
				c.printf("%s%s\n", where, printable(b.Reason))
			})
			if err != nil {
				return err
			}
			quotes := fmt.Sprintf("%s in %s", counted(checked.Appearances, "quote"), counted(checked.Contents, "document"))
			if broken > 0 {
				return fmt.Errorf("%s broken, of %s", either(broken == 1, "1 record is", fmt.Sprintf("%d records are", broken)), quotes)
			}
			c.printf("%s %s where %s provenance says\n", quotes,
				either(checked.Appearances == 1, "stands", "stand"), either(checked.Appearances == 1, "its", "their"))
			if checked.Older > 0 {
				c.tellf("crosscheck: %s made by an older reader: the quotes in them were checked against the stored text alone",
					either(checked.Older == 1, "1 text was", fmt.Sprintf("%d texts were", checked.Older)))
			}
			if checked.Unkept > 0 {
				c.tellf("crosscheck: the bytes of %s are no longer kept: quotes were checked against the stored text alone", counted(checked.Unkept, "document"))
			}
			return nil
		})
	}
	return cmd
}
