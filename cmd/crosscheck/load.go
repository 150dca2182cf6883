package main

import (
	"context"
	"io"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"crosscheck/document"
	"crosscheck/pipeline"
)

// limitFlag adds --max-bytes to a command that reads documents.
func limitFlag(cmd *cobra.Command) *byteSize {
	limit := byteSize(document.DefaultLimit)
	cmd.Flags().Var(&limit, "max-bytes", "refuse a document larger than this")
	fromEnvironment(cmd.Flags(), "max-bytes", "CROSSCHECK_MAX_BYTES")
	fromFile(cmd.Flags(), "max-bytes", "limits.document_size")
	return &limit
}

// standardInput is the name by which standard input is read.
const standardInput = "-"

// reader reads documents for a command that keeps nothing.
type reader struct {
	c      *console
	loader pipeline.Loader
}

// readEach reads the documents that paths lead to, or standard input for "-",
// does the work on each and hands the results to emit in the order of the
// paths. What could not be read is told on standard error and counted in the
// error that is returned when all else is done.
func readEach[R any](ctx context.Context, in reader, paths []string, work func(*pipeline.Loaded) (R, error), emit func(R) error) error {
	files, failed := []pipeline.File{{Path: standardInput}}, []pipeline.Failure(nil)
	switch {
	case !slices.Contains(paths, standardInput):
		files, failed = pipeline.Expand(paths)
	case len(paths) > 1:
		return usagef("- is standard input and stands alone, not among files")
	}
	for _, f := range failed {
		in.c.tellUnread(f)
	}

	type result struct {
		loaded  *pipeline.Loaded
		value   R
		failure *pipeline.Failure
	}
	unread := len(failed)
	err := inOrder(ctx, files, func(ctx context.Context, f pipeline.File) result {
		l, err := in.load(ctx, f)
		if err != nil {
			return result{failure: &pipeline.Failure{Path: f.Path, Reason: pipeline.Reason(err)}}
		}
		value, err := work(l)
		if err != nil {
			return result{failure: &pipeline.Failure{Path: f.Path, Reason: err.Error()}}
		}
		return result{loaded: l, value: value}
	}, func(r result) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case r.failure != nil:
			unread++
			in.c.tellUnread(*r.failure)
			return nil
		}
		in.c.tellNotes(r.loaded)
		return emit(r.value)
	})
	if err != nil {
		return err
	}
	return unreadOf(unread, len(files)+len(failed))
}

// load reads one document. Of standard input it takes one byte past the limit
// at most: that byte tells that there is too much.
func (in reader) load(ctx context.Context, f pipeline.File) (*pipeline.Loaded, error) {
	if f.Path != standardInput {
		return in.loader.Load(ctx, f)
	}
	raw, err := io.ReadAll(io.LimitReader(in.c.in, in.loader.MaxBytes+1))
	if err != nil {
		return nil, err
	}
	return in.loader.Read(ctx, f, raw)
}

// tellUnread says on standard error why a document was not read.
func (c *console) tellUnread(f pipeline.Failure) {
	c.tellf("crosscheck: %s: not read: %s", printable(f.Path), printable(f.Reason))
}

// tellNotes says on standard error what a reader of the results should know
// of a document that was read.
func (c *console) tellNotes(l *pipeline.Loaded) {
	if n := l.Document.Invalid; n > 0 {
		c.tellf("crosscheck: %s: warning: %s no text in %s and replaced", printable(l.Path), counted(n, "byte")+either(n == 1, " is", " are"), l.Document.Encoding)
	}
}

// inOrder does the work on every item, on as many processors as there are, and
// hands the results to emit one at a time in the order of the items. It holds
// a few results a processor, however many items there are. It ends early with
// the first error of emit, or when ctx is done.
func inOrder[T, R any](ctx context.Context, items []T, work func(context.Context, T) R, emit func(R) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	processors := runtime.GOMAXPROCS(0)
	running := make(chan struct{}, processors) // a slot for each who works
	coming := make(chan chan R, 4*processors)  // results to be, in order
	go func() {
		defer close(coming)
		for _, item := range items {
			result := make(chan R, 1)
			select {
			case running <- struct{}{}:
			case <-ctx.Done():
				return
			}
			go func() {
				defer func() { <-running }()
				result <- work(ctx, item)
			}()
			select {
			case coming <- result:
			case <-ctx.Done():
				return
			}
		}
	}()
	for result := range coming {
		select {
		case r := <-result:
			if err := emit(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
