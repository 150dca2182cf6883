// Command composecheck reads a Compose file and the Dockerfiles it builds, as
// docker would, and says what docker would refuse or warn of.
//
// In comes the path of a Compose file; out come one line a finding on standard
// error and exit status 1, or one line saying what was checked. It needs no
// Docker engine: the parsers are Docker's own (compose-go and BuildKit's).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	if len(args) == 0 {
		return errors.New("composecheck wants the path of a Compose file")
	}
	for _, path := range args {
		project, err := loadCompose(ctx, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := checkProject(project); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		files, err := dockerfiles(project)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for _, f := range files {
			if err := f.check(); err != nil {
				return fmt.Errorf("%s: %w", f.path, err)
			}
		}
		fmt.Fprintf(out, "%s: %d services and %d Dockerfiles are well formed\n", path, len(project.Services), len(files))
	}
	return nil
}
