// Command bench makes a corpus of any size with known claims and conflicts, and
// measures what nights over it cost.
//
//	go run ./bench corpus -documents 1000 FOLDER
//	go run ./bench nights -documents 1000,10000
//	go run ./bench nights -documents 10000 -serve
//	go run ./bench staging -documents 2000
//
// The first writes a corpus and no more. The second has it read by an empty
// database three times: a first night, one on which nothing has changed, and one on
// which every hundredth document has. With -serve the documents are jobs, as under
// crosscheck serve. The third holds the storing of rows against the copying of the
// same rows into temporary tables.
//
// Seconds on a machine that others use say little. So each line has what was spent
// of the processors as well, here and in the database, and what is to be compared is
// measured in one run.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

// options are the flags of all commands.
type options struct {
	sizes   []int
	url     string // of an empty database; "" starts a server for the measurement
	dir     string // where corpus and server are put; "" is a folder that is taken away
	serve   bool
	workers int
	spread  bool
	profile string
}

// profiled does work and writes what the processor does meanwhile, where that is
// asked for.
func (o options) profiled(work func() error) error {
	if o.profile == "" {
		return work()
	}
	f, err := os.Create(o.profile)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return work()
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("say what to do: corpus, nights or staging")
	}
	flags := flag.NewFlagSet("bench "+args[0], flag.ContinueOnError)
	var o options
	sizes := flags.String("documents", "1000", "sizes of the corpus, with commas between them")
	flags.StringVar(&o.url, "database-url", "", "an empty database; without it a server is started for each size")
	flags.StringVar(&o.dir, "dir", "", "where to put the corpus and the server; without it a folder that is taken away at the end")
	flags.BoolVar(&o.serve, "serve", false, "work through jobs, as crosscheck serve does")
	flags.IntVar(&o.workers, "workers", 0, "documents in work at once; 0 is one a processor")
	flags.BoolVar(&o.spread, "spread", false, "let each report of an event lie in the folder of another source, where they else lie side by side")
	flags.StringVar(&o.profile, "profile", "", "write what the processor does meanwhile to this file")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return fmt.Errorf("-documents %q: want numbers from 1", *sizes)
		}
		o.sizes = append(o.sizes, n)
	}
	switch args[0] {
	case "corpus":
		if flags.NArg() != 1 {
			return errors.New("name the folder for the corpus")
		}
		c, err := o.write(ctx, flags.Arg(0), o.sizes[0])
		if err == nil {
			fmt.Printf("%d documents of %d events, %d bytes; %d answers contradict the others, %d documents are copies\n",
				c.documents, c.events(), c.bytes, c.events(), c.copies)
		}
		return err
	case "nights":
		return o.profiled(func() error { return nights(ctx, o) })
	case "staging":
		return o.profiled(func() error { return staging(ctx, o) })
	}
	return fmt.Errorf("%q: want corpus, nights or staging", args[0])
}
