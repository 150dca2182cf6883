// Command crosscheck reads documents, extracts the numbers, dates and names
// that they claim, and reports where they disagree, each claim with the words
// it stands on.
//
// This package holds flags, configuration and wiring, a file a subcommand. In
// come arguments, environment and standard input; results go to standard
// output, progress and complaints to standard error, and the exit status is 0
// for done, 1 for failed, 2 for wrong usage, 3 for done but for documents that
// could not be read.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal cancels ctx and gives the signals their usual meaning
	// back, so that a second one ends the process at once.
	context.AfterFunc(ctx, stop)
	// Who reads our output may leave early, as head does. That comes as a failed
	// write then, and the database is left in order.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	os.Exit(exitStatus(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)))
}

// run executes one command line and says on stderr, in one line, what it
// failed of (mistakes in a file have a line each before that), but for a reader of stdout who left early. Of the error that it
// returns only the exit status is left to be told.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) error {
	out := bufio.NewWriterSize(stdout, 64<<10)
	root := newRoot(newConsole(getenv, stdin, out, stdout, stderr))
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(stderr)

	err := root.ExecuteContext(ctx)
	if flushed := out.Flush(); err == nil && flushed != nil {
		err = fmt.Errorf("writing to standard output: %w", flushed)
	}
	if errors.Is(err, errReload) {
		return run(ctx, args, getenv, stdin, stdout, stderr)
	}
	tellMistakes(stderr, err)
	if err != nil && !errors.Is(err, syscall.EPIPE) {
		_, _ = fmt.Fprintf(stderr, "crosscheck: %s\n", printable(err.Error()))
	}
	return err
}

// tellMistakes names each mistake of a configuration on a line of its own, as
// editors find their way to it.
func tellMistakes(stderr io.Writer, err error) {
	var mistaken mistakenError
	if !errors.As(err, &mistaken) {
		return
	}
	for _, m := range mistaken.mistakes {
		_, _ = fmt.Fprintln(stderr, printable(m.Error()))
	}
}

// usageError is a command line that asks for something that cannot be meant.
// Its message is one line and says what to do instead.
type usageError struct{ message string }

// Error says what to do, in one line.
func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error {
	return usageError{fmt.Sprintf(format, args...)}
}

// unreadError is work that was done but for documents that could not be read,
// each of which has been named.
type unreadError struct{ unread, of int }

// Error counts the documents.
func (e unreadError) Error() string {
	switch {
	case e.of == 1:
		return "the document could not be read; the reason stands above"
	case e.unread == e.of:
		return fmt.Sprintf("none of %s could be read; the reasons stand above", counted(e.of, "document"))
	}
	return fmt.Sprintf("%d of %s could not be read; the reasons stand above", e.unread, counted(e.of, "document"))
}

// unreadOf returns the error for so many unread documents, nil for none.
func unreadOf(unread, of int) error {
	if unread == 0 {
		return nil
	}
	return unreadError{unread, of}
}

// The exit statuses that scripts see.
const (
	statusDone   = 0
	statusFailed = 1
	statusUsage  = 2
	statusUnread = 3
)

// exitStatus is the exit status for an error out of run.
func exitStatus(err error) int {
	var usage usageError
	var mistaken mistakenError
	var unread unreadError
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &usage), errors.As(err, &mistaken):
		return statusUsage
	case errors.As(err, &unread):
		return statusUnread
	}
	return statusFailed
}
