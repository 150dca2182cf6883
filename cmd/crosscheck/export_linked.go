package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"crosscheck/desk"
	"crosscheck/export"
	"crosscheck/store"
)

func newExportConflict(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "conflict NUMBER",
		Short: "Write a reviewed conflict for search engines, as ClaimReview",
		Long: `conflict writes a conflict that the desk has judged as schema.org's ClaimReview,
in JSON-LD: a review for each answer, with the places where it is given. The
rating is in words, that sources disagree and which answer stands; it is on no
scale, and says of nobody that he lies. Notes are not written, links are.

review.name and review.url in crosscheck.yaml say who signs it, and where the
pages are. Without them it has no author and no address.`,
		Example: `  crosscheck export conflict 17 > review.jsonld`,
		Args:    oneArgument("the number of a conflict, as 'crosscheck conflicts' has it"),
	}
	format := newChoice("claimreview")
	format.bind(cmd, "format", "how to write it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.linked(cmd, db, func(ctx context.Context, s *store.Store, who desk.Publication) ([]byte, error) {
			judged, err := s.Case(ctx, args[0])
			if err != nil {
				return nil, err
			}
			return export.ClaimReview(judged, who)
		})
	}
	return cmd
}

func newExportAppearance(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "appearance NUMBER",
		Short: "Write the place of a claim as a W3C Web Annotation",
		Long: `appearance writes one place where a claim is made as a W3C Web Annotation: the
claim in words on the document, with the quote and what surrounds it, its
position in characters, and the version, named by the hash of its bytes. Copies
that share the text are targets of one annotation.`,
		Example: `  crosscheck export appearances | head    # appearance_id has their numbers
  crosscheck export appearance 4711 > place.jsonld`,
		Args: oneArgument("the number of an appearance, as 'crosscheck export appearances' has it"),
	}
	format := newChoice("annotation")
	format.bind(cmd, "format", "how to write it")
	db := databaseFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := strconv.ParseInt(args[0], 10, 64)
		if err != nil {
			return usagef("appearance %q: want its number, as 'crosscheck export appearances' has it", args[0])
		}
		return c.linked(cmd, db, func(ctx context.Context, s *store.Store, who desk.Publication) ([]byte, error) {
			places, text, err := s.Appearance(ctx, id)
			if err != nil {
				return nil, err
			}
			return export.Annotation(places, text, who)
		})
	}
	return cmd
}

// oneArgument is for commands about one thing.
func oneArgument(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return usagef("%s: want %s; see '%s --help'", cmd.Name(), what, cmd.CommandPath())
	}
}

// linked prints linked data about something that is stored.
func (c *console) linked(cmd *cobra.Command, db *database, make func(context.Context, *store.Store, desk.Publication) ([]byte, error)) error {
	file, err := loadConfig(cmd, c.getenv, "review")
	if err != nil {
		return err
	}
	var who desk.Publication
	if file != nil {
		who = desk.Publication{Name: file.Review.Name, URL: file.Review.URL}
	}
	err = db.use(cmd.Context(), c.logger(cmd), func(ctx context.Context, s *store.Store) error {
		b, err := make(ctx, s, who)
		if err != nil {
			return err
		}
		_, err = c.out.Write(b)
		return err
	})
	var missing *desk.Missing
	var refused *desk.Refused
	switch {
	case errors.As(err, &missing), errors.As(err, &refused):
		return usagef("%v", err)
	case err == nil && who.Name == "":
		c.tellf("crosscheck: it names no author: crosscheck.yaml has no review.name")
	}
	return err
}
