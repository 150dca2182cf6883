package main

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"crosscheck/config"
)

// The groups of commands in the help.
const (
	groupMain   = "main"
	groupLook   = "look"
	groupStored = "stored"
	groupKeep   = "keep"
)

// newRoot wires the command line: every subcommand on one console.
func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:   "crosscheck",
		Short: "Find where documents disagree, each claim with the words it stands on",
		Long: `crosscheck reads documents, extracts the numbers, dates and names that they
claim, and reports the questions that they answer differently: every position
with its quote, where it stands and who said it.

It needs no set-up: what it stores goes into a private PostgreSQL that it
starts and stops itself, below .crosscheck in the current folder.`,
		Example: `  crosscheck run docs/                 # read a folder, store it, report conflicts
  crosscheck compare a.txt b.html      # compare two files, store nothing
  crosscheck extract a.txt             # see what is read out of one file
  crosscheck conflicts --format csv    # what is stored, for a spreadsheet`,
		Version:       versionText(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,

		SuggestionsMinimumDistance: suggestWithin,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := applyEnvironment(cmd, c.getenv); err != nil {
				return err
			}
			return applyFile(cmd, c.getenv)
		},
	}
	// Flags wrap as the rest does: at the width of the help's own text, or less.
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", fmt.Sprintf(".FlagUsagesWrapped %d", min(c.width, 80))))
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%v; see '%s --help'", err, cmd.CommandPath())
	})
	root.PersistentFlags().BoolP("verbose", "v", false, "say more on standard error")

	root.PersistentFlags().String("config", "", "the configuration file; without it ./"+config.DefaultPath+", if there is one")
	fromEnvironment(root.PersistentFlags(), "config", "CROSSCHECK_CONFIG")

	root.AddGroup(
		&cobra.Group{ID: groupMain, Title: "The main job:"},
		&cobra.Group{ID: groupLook, Title: "Look at files, store nothing:"},
		&cobra.Group{ID: groupStored, Title: "Look at what is stored:"},
		&cobra.Group{ID: groupKeep, Title: "Keep the database:"},
	)
	root.AddCommand(
		in(groupMain, newRun(c)),
		in(groupMain, newServe(c)),
		in(groupMain, newWorker(c)),
		in(groupLook, newExtract(c)),
		in(groupLook, newCompare(c)),
		in(groupLook, newText(c)),
		in(groupLook, newRules(c)),
		in(groupStored, newCheck(c)),
		in(groupStored, newReview(c)),
		in(groupStored, newConflicts(c)),
		in(groupStored, newClaims(c)),
		in(groupStored, newChanges(c)),
		in(groupStored, newExport(c)),
		in(groupStored, newRuns(c)),
		in(groupStored, newVerify(c)),
		in(groupStored, newSchedule(c)),
		in(groupKeep, newConfig(c)),
		in(groupKeep, newUser(c)),
		in(groupKeep, newDoctor(c)),
		in(groupKeep, newReady(c)),
		in(groupKeep, newReread(c)),
		in(groupKeep, newWithdraw(c)),
		in(groupKeep, newMigrate(c)),
		in(groupKeep, newDB(c)),
	)
	root.SetHelpCommand(newHelp(root))
	strictCompletion(root)
	return root
}

// in puts a command into a group of the help.
func in(group string, cmd *cobra.Command) *cobra.Command {
	cmd.GroupID = group
	return cmd
}

// logger writes what happens to standard error: warnings, and with --verbose
// everything.
func (c *console) logger(cmd *cobra.Command) *slog.Logger {
	level := slog.LevelWarn
	if c.verbose(cmd) {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: level}))
}

func (c *console) verbose(cmd *cobra.Command) bool {
	v, err := cmd.Flags().GetBool("verbose")
	return err == nil && v
}
