package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"crosscheck/localpg"
	"crosscheck/schema"
	"crosscheck/store"
)

// database is where a command finds its database: the one that was named, or
// else the private server of a folder.
type database struct {
	url       string
	dataDir   string
	noMigrate bool
	// revive has a private server that dies started again, under work that waits for
	// its database as for any other that is away.
	revive bool
}

// databaseFlags adds the flags that say which database to use.
func databaseFlags(cmd *cobra.Command) *database {
	d := privateFlags(cmd)
	cmd.Flags().BoolVar(&d.noMigrate, "no-migrate", false, "do not bring the schema up to date first")
	fromEnvironment(cmd.Flags(), "no-migrate", "CROSSCHECK_NO_MIGRATE")
	return d
}

// privateFlags adds the flags that say which server to use.
func privateFlags(cmd *cobra.Command) *database {
	d := &database{}
	cmd.Flags().StringVar(&d.url, "database-url", "", "the PostgreSQL to use; without it a private one is started")
	fromEnvironment(cmd.Flags(), "database-url", "DATABASE_URL")
	fromFile(cmd.Flags(), "database-url", "database_url")
	d.dataDirFlag(cmd)
	return d
}

// dataDirFlag adds the flag that says where the private server keeps its data.
func (d *database) dataDirFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.dataDir, "data-dir", ".crosscheck", "the folder of the private database")
	fromEnvironment(cmd.Flags(), "data-dir", "CROSSCHECK_DATA_DIR")
	fromFile(cmd.Flags(), "data-dir", "data_dir")
}

// folder is where the private server keeps its data.
func (d *database) folder() string { return filepath.Join(d.dataDir, "postgres") }

// errLost is the private server's end in the middle of our work.
var errLost = errors.New("the private PostgreSQL stopped in the middle of the work; what was stored stays, run the same command again to complete it")

// closing bounds how long the private server is waited for at the end.
const closing = 30 * time.Second

// use does the work on a database that is up and has its schema. The private
// server is started before and left after, however the work ends; where it
// dies meanwhile the ctx of the work is done.
func (d *database) use(ctx context.Context, log *slog.Logger, work func(context.Context, *store.Store) error) error {
	return d.serve(ctx, log, func(ctx context.Context, url string) error {
		s, err := store.Open(ctx, url)
		if err != nil {
			return err
		}
		defer s.Close()
		if !d.noMigrate {
			applied, err := migrate(ctx, url)
			if err != nil {
				return err
			}
			if len(applied) > 0 {
				log.Debug("schema brought up to date", "applied", applied)
			}
		}
		return advised(work(ctx, s))
	})
}

// serve does the work on a database that is up, whatever its schema.
func (d *database) serve(ctx context.Context, log *slog.Logger, work func(ctx context.Context, url string) error) (err error) {
	if d.url != "" {
		return work(ctx, d.url)
	}
	options := localpg.Options{Dir: d.folder(), Log: log}
	server, err := localpg.Start(ctx, options)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := leave(ctx, server); err == nil {
			err = closeErr
		}
	}()

	working, cancel := context.WithCancelCause(ctx)
	var guard sync.WaitGroup
	defer guard.Wait() // before the server is left
	defer cancel(nil)
	if d.revive {
		var failed error
		guard.Go(func() {
			if server, failed = revived(working, server, options, log); failed != nil {
				cancel(failed)
			}
		})
		err = work(working, server.URL())
		cancel(nil)
		guard.Wait()
		return cmp.Or(failed, err)
	}
	guard.Go(func() {
		select {
		case <-server.Lost():
			cancel(errLost)
		case <-working.Done():
		}
	})
	err = work(working, server.URL())
	if err != nil && exitStatus(err) == statusFailed && lost(ctx, server) {
		return errLost
	}
	return err
}

// revived starts a private server again whenever it dies, until ctx is done, and
// returns the last one. An error says why it does not start again.
func revived(ctx context.Context, server *localpg.Server, options localpg.Options, log *slog.Logger) (*localpg.Server, error) {
	for {
		select {
		case <-ctx.Done():
			return server, nil
		case <-server.Lost():
		}
		log.Warn("the private PostgreSQL died and is started again; work in hand waits for it", "dir", options.Dir)
		if err := leave(ctx, server); err != nil {
			return server, notRevived(options, err)
		}
		next, err := localpg.Start(ctx, options)
		switch {
		case err != nil && ctx.Err() != nil:
			return server, nil
		case err != nil:
			return server, notRevived(options, err)
		}
		server = next
		log.Info("the private PostgreSQL runs again", "dir", options.Dir)
	}
}

func notRevived(options localpg.Options, err error) error {
	return fmt.Errorf("the private PostgreSQL of %s died and does not start again: %w; what was stored stays: see to that, then start this command again", options.Dir, err)
}

// leave counts this process out of those who use a private server.
func leave(ctx context.Context, server *localpg.Server) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	return server.Close(ctx)
}

// lost reports whether the server has died. A query fails a moment before the
// death is noticed, so it is waited for a moment.
func lost(ctx context.Context, server *localpg.Server) bool {
	wait := time.NewTimer(time.Second)
	defer wait.Stop()
	select {
	case <-server.Lost():
		return true
	case <-ctx.Done():
	case <-wait.C:
	}
	return false
}

// migrate brings the schema up to date and names the steps that it took.
func migrate(ctx context.Context, url string) (applied []string, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	defer func() {
		if closeErr := conn.Close(context.WithoutCancel(ctx)); err == nil {
			err = closeErr
		}
	}()
	return schema.Migrate(ctx, conn)
}

// advised adds to an error of the database what to do about it.
func advised(err error) error {
	if err == nil {
		return nil
	}
	if advice := store.Advice(err); advice != "" && !strings.Contains(err.Error(), advice) {
		return fmt.Errorf("%w; %s", err, advice)
	}
	return err
}
