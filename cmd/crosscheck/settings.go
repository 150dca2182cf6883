package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// envKey annotates a flag with the environment variable that stands in for it.
const envKey = "crosscheck_env"

// fromEnvironment lets a variable set a flag where the command line did not:
// a flag beats the environment, the environment beats the default.
func fromEnvironment(flags *pflag.FlagSet, flag, variable string) {
	f := flags.Lookup(flag)
	f.Usage += " (or " + variable + ")"
	if f.Annotations == nil {
		f.Annotations = map[string][]string{}
	}
	f.Annotations[envKey] = []string{variable}
}

// applyEnvironment sets every flag of cmd that has a variable, was not given,
// and whose variable is not empty.
func applyEnvironment(cmd *cobra.Command, getenv func(string) string) error {
	var wrong error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names := f.Annotations[envKey]
		if len(names) == 0 || f.Changed || wrong != nil {
			return
		}
		if value := getenv(names[0]); value != "" {
			if err := cmd.Flags().Set(f.Name, value); err != nil {
				wrong = usagef("%s=%q in the environment: %v", names[0], value, err)
			}
		}
	})
	return wrong
}

// choice is a flag whose value is one of a few words.
type choice struct {
	value   string
	allowed []string
}

// newChoice allows words, the first being the default.
func newChoice(words ...string) *choice { return &choice{words[0], words} }

// String is the word that was chosen.
func (c *choice) String() string { return c.value }

// Type lists the words that may be.
func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

// Set chooses a word.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("want %s", oneOf(c.allowed))
	}
	c.value = s
	return nil
}

// bind adds the choice to a command's flags, with completion.
func (c *choice) bind(cmd *cobra.Command, name, usage string) {
	cmd.Flags().Var(c, name, usage)
	complete(cmd, name, c.allowed)
}

// choices is a flag whose value is a list of words out of a few, by commas.
type choices struct {
	values  []string
	allowed []string
}

// String is the words that were chosen.
func (c *choices) String() string { return strings.Join(c.values, ",") }

// Type lists the words that may be.
func (c *choices) Type() string { return strings.Join(c.allowed, ",") }

// Set chooses words.
func (c *choices) Set(s string) error {
	var values []string
	for _, word := range strings.Split(s, ",") {
		word = strings.TrimSpace(word)
		if !slices.Contains(c.allowed, word) {
			return fmt.Errorf("%q is not among %s", word, strings.Join(c.allowed, ", "))
		}
		values = append(values, word)
	}
	c.values = values
	return nil
}

func (c *choices) has(word string) bool { return slices.Contains(c.values, word) }

func (c *choices) bind(cmd *cobra.Command, name, usage string) {
	cmd.Flags().Var(c, name, usage)
	complete(cmd, name, c.allowed)
}

// complete offers words to the shell for a flag. It fails only for a flag that
// the command does not have.
func complete(cmd *cobra.Command, flag string, words []string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}

func oneOf(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// byteSize is a flag for a number of bytes: "16777216", "16MiB", "200 MB".
type byteSize int64

// The sizes that a unit stands for: as the IEC and the SI write them.
var byteUnits = []struct {
	suffix string
	size   int64
}{
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"KB", 1e3}, {"B", 1},
}

// Type is what the help calls the value.
func (b *byteSize) Type() string { return "bytes" }

// String writes the size with its unit.
func (b *byteSize) String() string { return sizeText(int64(*b)) }

// Set reads a size.
func (b *byteSize) Set(s string) error {
	number, unit := strings.TrimSpace(s), int64(1)
	for _, u := range byteUnits {
		if before, ok := strings.CutSuffix(number, u.suffix); ok {
			number, unit = strings.TrimSpace(before), u.size
			break
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > 1<<62/unit {
		return fmt.Errorf("want a number of bytes such as 16777216, 16MiB or 200MB")
	}
	*b = byteSize(n * unit)
	return nil
}

// sizeText writes a number of bytes in the largest binary unit that divides
// it, else rounded in the largest that it reaches.
func sizeText(n int64) string {
	for _, u := range byteUnits[:3] {
		if n >= u.size {
			if n%u.size == 0 {
				return fmt.Sprintf("%d%s", n/u.size, u.suffix)
			}
			return fmt.Sprintf("%.1f%s", float64(n)/float64(u.size), u.suffix)
		}
	}
	return fmt.Sprintf("%dB", n)
}

// severity is a flag between 0 and 1.
type severity float64

// Type is what the help calls the value.
func (s *severity) Type() string { return "0..1" }

// String writes the number as briefly as it can be.
func (s *severity) String() string { return strconv.FormatFloat(float64(*s), 'g', -1, 64) }

// Set reads a number.
func (s *severity) Set(text string) error {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || !(f >= 0 && f <= 1) {
		return fmt.Errorf("want a number from 0 to 1, such as 0.5")
	}
	*s = severity(f)
	return nil
}
