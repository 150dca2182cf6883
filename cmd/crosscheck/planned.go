package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"crosscheck/config"
	"crosscheck/pipeline"
	"crosscheck/store"
)

// planned is a run of a schedule's sources that is asked for by hand.
type planned struct {
	timetable store.Timetable
	sources   []config.Source
}

// plan finds the schedule of a name in the configuration. A source on the
// network needs a contact: from a flag, or else from the file.
func plan(cmd *cobra.Command, getenv func(string) string, name string, how *fetching) (*planned, error) {
	fields := []string{"sources", "schedules"}
	if how.contact == "" {
		fields = append(fields, "fetch")
	}
	file, err := needConfig(cmd, getenv, fields...)
	if err != nil {
		return nil, err
	}
	s, ok := file.Schedule(name)
	if !ok {
		if len(file.Schedules) == 0 {
			return nil, usagef("%s has no schedules", file.Path)
		}
		names := make([]string, len(file.Schedules))
		for i, s := range file.Schedules {
			names[i] = s.Name
		}
		return nil, usagef("there is no schedule %q in %s; want %s", name, file.Path, oneOf(names))
	}
	return &planned{
		timetable: store.Timetable{Name: s.Name, Cron: s.Cron, Zone: s.Zone},
		sources:   file.SourcesOf(s),
	}, nil
}

// run has a runner read the schedule's sources, or where there is no schedule,
// what the command line names: paths, and feeds and sitemaps, each for itself.
func (p *planned) run(ctx context.Context, r *pipeline.Runner, paths []string, given pipeline.Origin) (*pipeline.Summary, error) {
	var origins []pipeline.Origin
	if p == nil {
		for _, feed := range given.Feeds {
			origins = append(origins, pipeline.Origin{Feeds: []string{feed}})
		}
		for _, sitemap := range given.Sitemaps {
			origins = append(origins, pipeline.Origin{Sitemaps: []string{sitemap}})
		}
		return r.Run(ctx, paths, origins...)
	}
	r.Tell = true
	r.Begun = func(tx pgx.Tx, run int64, started time.Time) error {
		return store.AskedRun(ctx, tx, p.timetable, run, started)
	}
	for _, s := range p.sources {
		origins = append(origins, originOf(s))
	}
	return r.Run(ctx, nil, origins...)
}

// originOf is where the documents of a source of the configuration are found.
func originOf(s config.Source) pipeline.Origin {
	return pipeline.Origin{Name: s.Name, Home: s.Home, Paths: s.Paths, URLs: s.URLs, Feeds: s.Feeds, Sitemaps: s.Sitemaps}
}

// tellerOf is who is told what runs find, by the configuration.
func tellerOf(file *config.Config) *pipeline.Teller {
	return &pipeline.Teller{Notify: file.Notify, SilentAfter: file.SilentAfter, Agent: agent(), Pages: file.Review.URL}
}
