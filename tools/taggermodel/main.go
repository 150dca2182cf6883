// Command taggermodel compiles the part-of-speech weights of
// github.com/jdkato/prose (MIT) into the table that package token embeds.
//
// In come the weights as prose carries them; out comes one file. From the tools folder:
//
//	go run ./taggermodel ../extract/token/tags.bin
package main

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jdkato/prose/v2"

	"crosscheck/extract/token/perceptron"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "taggermodel:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: taggermodel FILE")
	}
	trained := map[string]map[string]float64{}
	if err := asset("weights.gob", &trained); err != nil {
		return err
	}
	weights := perceptron.Weights{Features: make(map[uint64]map[string]float64, len(trained))}
	if err := asset("tags.gob", &weights.Known); err != nil {
		return err
	}
	for name, byTag := range trained {
		feature, err := featureOf(name)
		if err != nil {
			return err
		}
		if weights.Features[feature] != nil {
			return fmt.Errorf("feature %q: another has its hash", name)
		}
		weights.Features[feature] = byTag
	}
	table, err := perceptron.Compile(weights)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], table, 0o644)
}

func asset(name string, into any) error {
	b, err := prose.Asset("model/AveragedPerceptron/" + name)
	if err != nil {
		return fmt.Errorf("prose's %s: %w", name, err)
	}
	if err := gob.NewDecoder(bytes.NewReader(b)).Decode(into); err != nil {
		return fmt.Errorf("prose's %s: %w", name, err)
	}
	return nil
}

// kinds are prose's names of features and ours. A name that starts with
// another stands before it.
var kinds = []struct {
	name string
	kind perceptron.Kind
}{
	{"i suffix", perceptron.Suffix},
	{"i pref1", perceptron.Prefix},
	{"i-1 tag+i word", perceptron.TagAndWord},
	{"i-1 tag", perceptron.TagBefore},
	{"i-2 tag", perceptron.TagBefore2},
	{"i tag+i-2 tag", perceptron.TagsBefore},
	{"i word", perceptron.Word},
	{"i-1 word", perceptron.WordBefore},
	{"i-1 suffix", perceptron.SuffixBefore},
	{"i-2 word", perceptron.WordBefore2},
	{"i+1 word", perceptron.WordAfter},
	{"i+1 suffix", perceptron.SuffixAfter},
	{"i+2 word", perceptron.WordAfter2},
}

// featureOf reads one of prose's feature names, "i-1 tag+i word DT house".
func featureOf(name string) (uint64, error) {
	if name == "bias" {
		return perceptron.Bias.Of(0), nil
	}
	for _, k := range kinds {
		value, ok := strings.CutPrefix(name, k.name+" ")
		if !ok {
			continue
		}
		if k.kind != perceptron.TagsBefore && k.kind != perceptron.TagAndWord {
			return k.kind.Of(perceptron.Hash(value)), nil
		}
		first, second, ok := strings.Cut(value, " ")
		if !ok {
			return 0, fmt.Errorf("feature %q: want two values", name)
		}
		return k.kind.OfPair(perceptron.Hash(first), perceptron.Hash(second)), nil
	}
	return 0, fmt.Errorf("feature %q: of no known kind", name)
}
