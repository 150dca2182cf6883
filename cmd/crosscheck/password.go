package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"crosscheck/review/password"
)

// passwordFlag is the flag that says where a password comes from.
func passwordFlag(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("password-stdin", false, "read the password from the first line of standard input")
}

// hashed asks for a password that is good enough for an account, and hashes it.
func (c *console) hashed(cmd *cobra.Command, name string, fromInput *bool) (string, error) {
	given, err := c.askPassword(cmd.Context(), name, *fromInput)
	if err != nil {
		return "", err
	}
	if wrong := password.Check(name, given); wrong != "" {
		return "", usagef("%s", wrong)
	}
	return hasher().Hash(cmd.Context(), given)
}

// askPassword reads a password: twice from a terminal, which does not show it, or
// the first line of standard input.
func (c *console) askPassword(ctx context.Context, name string, fromInput bool) (string, error) {
	if fromInput {
		line, err := bufio.NewReader(io.LimitReader(c.in, password.MaxBytes+2)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the password from standard input: %w", err)
		}
		return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), nil
	}
	in, ok := c.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return "", usagef("there is no terminal on which to ask for the password; give it on standard input, with --password-stdin")
	}
	var given [2]string
	for i, prompt := range []string{"Password for " + printable(name) + ": ", "The same again: "} {
		_, _ = fmt.Fprint(c.err, prompt)
		typed, err := unseen(ctx, int(in.Fd()))
		c.tellf("")
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		given[i] = typed
		if wrong := password.Check(name, given[i]); i == 0 && wrong != "" {
			return "", usagef("%s", wrong)
		}
	}
	if given[0] != given[1] {
		return "", usagef("the two are not the same; nothing was changed")
	}
	return given[0], nil
}

// unseen reads a line from a terminal that does not show it. Who gives up gets the
// terminal back as it was.
func unseen(ctx context.Context, terminal int) (string, error) {
	before, err := term.GetState(terminal)
	if err != nil {
		return "", err
	}
	type line struct {
		typed []byte
		err   error
	}
	read := make(chan line, 1)
	go func() {
		typed, err := term.ReadPassword(terminal)
		read <- line{typed, err}
	}()
	select {
	case l := <-read:
		return string(l.typed), l.err
	case <-ctx.Done():
		return "", errors.Join(ctx.Err(), term.Restore(terminal, before))
	}
}
