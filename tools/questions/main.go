// Command questions learns when two answers answer one question, and when their
// difference is a true conflict.
//
// In comes a folder of labelled events; out come the weights that package
// conflict embeds, on standard output, and on standard error how well they do
// on events that they were not learned from, the figure that counts first, and
// where the labelled conflicts end. From the tools folder:
//
//	go run ./questions [-also DIR] DIR > weights.txt && mv weights.txt ../conflict/weights.txt
//
// An event is a folder with docs/, its documents, and gold.json, its labels:
//
//	{"claims": [{"id": "c1", "doc": "a.txt", "quote": "34", "occurrence": 1, "kind": "number", "about": "toll"}, ...],
//	 "pairs":  [{"a": "c1", "b": "c2", "label": "conflict"}, ...]}
//
// Claims with one about answer one question; a pair's label is conflict, agree,
// superseded or unrelated. The claims learned from are those that package
// extract reads; one that is not among the labelled answers no question of theirs.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "questions:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, report io.Writer) error {
	flags := flag.NewFlagSet("questions", flag.ContinueOnError)
	flags.SetOutput(report)
	folds := flags.Int("folds", 0, "parts that the events are divided into, each judged by what the others teach; 0 for one an event")
	also := flags.String("also", "", "another folder of events, judged apart and together with the others")
	misses := flags.Bool("errors", false, "also list what went wrong, by event")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 || *folds < 0 || *folds == 1 {
		return fmt.Errorf("usage: questions [-folds N] [-also DIR] [-errors] DIR")
	}
	events, err := readEvents(ctx, flags.Arg(0))
	if err != nil {
		return err
	}
	judged := len(events)
	if *also != "" {
		more, err := readEvents(ctx, *also)
		if err != nil {
			return err
		}
		events = append(events, more...)
	}
	if *folds == 0 {
		*folds = judged
	}
	if judged < max(2, *folds) {
		return fmt.Errorf("%s: %d events, want at least one for each of %d folds", flags.Arg(0), judged, max(2, *folds))
	}
	taught, err := teach(ctx, events, *folds)
	if err != nil {
		return err
	}
	if err := taught.report(ctx, report, *misses); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "# What each feature speaks for, in log odds: stage, feature, weight.\n# Learned; docs/conflicts.md tells how\n%s", taught.model)
	return err
}
