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
	given := flags.String("m", "", "score the weights of this `file`, and learn none")
	errors := flags.Bool("errors", false, "list each name missed or made up")
	var o options
	flags.IntVar(&o.rounds, "rounds", 20, "passes over the sentences")
	flags.IntVar(&o.starts, "starts", 3, "how often to begin anew, with other chances; the weights are the mean")
	flags.Float64Var(&o.bias, "bias", 0.4, "how much is added for a word outside all names")
	flags.Float64Var(&o.rate, "rate", 0.02, "how far a weight moves at its first step")
	flags.Float64Var(&o.shrink, "shrink", 0.01, "how much of a weight is lost at a step")
	flags.Float64Var(&o.drop, "drop", 0.2, "how often a word's own features are hidden")
	flags.Float64Var(&o.hide, "hide", 0.15, "how often any feature is hidden")
	lists := flags.String("lists", "../extract/name/lexicon", "the `folder` of the word lists, from which other names are put into the sentences")
	flags.Float64Var(&o.vary, "vary", 0.6, "how often other names are put into a sentence")
	if err := flags.Parse(args); err != nil {
		return err
	}
	varier, err := newVarier(*lists)
	if err != nil {
		return err
	}
	o.varier = varier
	var sets [][]sentence
	for _, path := range flags.Args() {
		s, err := load(path)
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	var t tally
	if *errors {
		t.errors = stdout
	}
	if *given != "" {
		b, err := os.ReadFile(*given)
		if err != nil {
			return err
		}
		return t.score(string(b), *test, stdout)
	}
	if len(sets) == 0 {
		return fmt.Errorf("no files of labelled sentences given")
	}
	if *folds > 1 {
		return crossScore(sets, *folds, o, t, stdout)
	}
	var all []sentence
	for _, s := range sets {
		all = append(all, s...)
	}
	encoded := learn(all, o).encode()
	if *test != "" {
		if err := t.score(encoded, *test, stdout); err != nil {
			return err
		}
	}
	if *out == "" {
		return nil
	}
	return os.WriteFile(*out, []byte(encoded), 0o644)
}

// score prints what the encoded weights are worth on a file.
func (t *tally) score(encoded, path string, stdout io.Writer) error {
	model, err := label.Open(encoded)
	if err != nil {
		return err
	}
	held, err := load(path)
	if err != nil {
		return err
	}
	t.add(model, held)
	_, err = fmt.Fprintln(stdout, *t)
	return err
}

// crossScore learns from all but a fold of the first file, scores on that fold, and adds up.
func crossScore(sets [][]sentence, folds int, o options, t tally, stdout io.Writer) error {
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
