package main

import (
	"github.com/spf13/cobra"
)

// newHelp shows the help of a command, and knows which are none.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Show the help of a command",
		Example: "  crosscheck help run",
		RunE: func(_ *cobra.Command, args []string) error {
			of, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if err := knownCommand(of, rest); err != nil {
				return err
			}
			return of.Help()
		},
	}
}

// strictCompletion makes the completion commands, which cobra brings along,
// refuse what they do not know, as the others do.
func strictCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = "Print a script that completes commands and flags in a shell"
		cmd.Args = knownCommand
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		cmd.SuggestionsMinimumDistance = suggestWithin
		for _, shell := range cmd.Commands() {
			shell.Args = noArguments
		}
	}
}

// suggestWithin is how many letters a mistyped command may differ in from the
// one that is suggested.
const suggestWithin = 2

// knownCommand refuses an argument to a command that has only subcommands: it
// is a mistyped one.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("there is no command %q; did you mean '%s %s'?", args[0], cmd.CommandPath(), near[0])
	}
	return usagef("there is no command %q; see '%s --help'", args[0], cmd.CommandPath())
}

// noArguments is for commands that take flags alone.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usagef("%s takes no arguments, and was given %q; see '%s --help'", cmd.Name(), args[0], cmd.CommandPath())
}
