// Train learns the weights of extract/name/label from labelled sentences.
//
//	go run ./names/train -o ../extract/name/label/weights.bin WIKIGOLD.jsonl CROSSNER.jsonl
//	go run ./names/train -folds 5 WIKIGOLD.jsonl CROSSNER.jsonl     # score it instead
//
// A line of a file is {"text": ..., "entities": [{"start", "end", "label"}]},
// offsets in bytes. The published weights come from WikiGold (CC BY 4.0) and the
// politics part of CrossNER (MIT). The same data gives the same weights.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"crosscheck/extract/name/label"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	out := flags.String("o", "", "write the weights to this `file`")
	folds := flags.Int("folds", 0, "score the first file in this many folds, trained on the rest")
	test := flags.String("test", "", "score on this `file`, which is not trained on")
	var o options
	flags.IntVar(&o.rounds, "rounds", 12, "passes over the sentences")
	flags.Float64Var(&o.drop, "drop", 0.3, "how often a word's own features are hidden while learning")
	flags.Float64Var(&o.margin, "margin", 6, "by how much the right labels must win")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var sets [][]sentence
	for _, path := range flags.Args() {
		s, err := load(path)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	if len(sets) == 0 {
		return fmt.Errorf("no files of labelled sentences given")
	}
	if *folds > 1 {
		return crossScore(sets, *folds, o, stdout)
	}
	var all []sentence
	for _, s := range sets {
		all = append(all, s...)
	}
	encoded := learn(all, o).encode()
	if *test != "" {
		model, err := label.Open(encoded)
		if err != nil {
			return err
		}
		held, err := load(*test)
		if err != nil {
			return err
		}
		var t tally
		t.add(model, held)
		fmt.Fprintln(stdout, t)
	}
	if *out == "" {
		return nil
	}
	return os.WriteFile(*out, []byte(encoded), 0o644)
}

// crossScore learns from all but a fold of the first file, scores on that fold, and adds up.
func crossScore(sets [][]sentence, folds int, o options, stdout io.Writer) error {
	var t tally
	for fold := range folds {
		var train, held []sentence
		for i, s := range sets[0] {
			if i*folds/len(sets[0]) == fold {
				held = append(held, s)
			} else {
				train = append(train, s)
			}
		}
		for _, s := range sets[1:] {
			train = append(train, s...)
		}
		model, err := label.Open(learn(train, o).encode())
		if err != nil {
			return err
		}
		t.add(model, held)
	}
	fmt.Fprintln(stdout, t)
	return nil
}
