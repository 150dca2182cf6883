package extract_test

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"crosscheck/document"
	"crosscheck/extract"
)

// hostile are texts of about size bytes that are no text: one thing over and
// over, and shapes where one long thing is looked up from many places.
func hostile() map[string]func(size int) string {
	texts := map[string]func(size int) string{
		"heading of one long word": func(size int) string {
			return "# " + strings.Repeat("word", size/8) + "\n\n" + strings.Repeat("- 7\n", size/8)
		},
		"heading of many names": func(size int) string {
			var b strings.Builder
			for i := range size / 50 {
				fmt.Fprintf(&b, "Anna Lind%c%c and ", 'a'+i%26, 'a'+i/26%26)
			}
			return "# " + b.String() + "\n\n" + strings.Repeat("- 7\n", size/8)
		},
		"wide table": func(size int) string {
			return "|" + strings.Repeat("a|", size/8) + "\n|" + strings.Repeat("-|", size/8) + "\n|" + strings.Repeat("7|", size/4) + "\n"
		},
		"row with a long label": func(size int) string {
			return "|a" + strings.Repeat("|a", size/16) + "|\n|-" + strings.Repeat("|-", size/16) + "|\n|" + strings.Repeat("a ", size/4) + strings.Repeat("|7", size/8) + "|\n"
		},
		"columns without a head": func(size int) string {
			return "||" + strings.Repeat("a|", size/8) + "\n|-|" + strings.Repeat("-|", size/8) + "\n" + strings.Repeat("|7 dogs|\n", size/18)
		},
		"lines as long as a sentence may be": func(size int) string {
			return strings.Repeat(strings.Repeat("1 A ", 190)+"ended.\n\n", size/768)
		},
	}
	for _, unit := range []string{
		"1 ", "1-", "2016, ", "a ", "é", "'s", `"`, "“‘a ", ".", ",", "(", " ", "\n", "$", "Anna Lind, ",
	} {
		texts[fmt.Sprintf("%q", unit)] = func(size int) string { return strings.Repeat(unit, size/len(unit)) }
	}
	return texts
}

// TestLinear holds the time of the whole way from bytes to claims to the length
// of the text: four times the text may not take ten times as long.
func TestLinear(t *testing.T) {
	spend := func(text string) time.Duration {
		start := processorTime(t)
		d, err := document.Read(context.Background(), "hostile.md", []byte(text), document.Options{})
		if err != nil { // refused, which is as good
			return processorTime(t) - start
		}
		if _, err := extract.Read(context.Background(), d, today); err != nil {
			t.Fatal(err)
		}
		return processorTime(t) - start
	}
	for name, text := range hostile() {
		short, long := text(32<<10), text(128<<10)
		// What is fast cannot be quadratic, and a slow moment is given another try.
		quick := func() bool {
			took := spend(long)
			return took < time.Second/8 || took < 10*spend(short)
		}
		first := quick()
		if !first && !quick() {
			t.Errorf("%s: 128 kB took %v, a quarter of it %v", name, spend(long), spend(short))
		}
	}
}

// TestNoise reads on after what is no text.
func TestNoise(t *testing.T) {
	for name, text := range hostile() {
		end := "\n\n# End\n\nPeru signed the treaty in 1994.\n"
		raw := text(32<<10) + end
		d, err := document.Read(context.Background(), "hostile.md", []byte(raw), document.Options{})
		if err != nil {
			continue // refused
		}
		r, err := extract.Read(context.Background(), d, extract.Context{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, a := range r.Claims {
			found = found || a.Quote == "1994" && strings.HasSuffix(a.Sentence, "in 1994.")
		}
		if !found {
			t.Errorf("%s hides the sentence after it", name)
		}
	}
}

// processorTime is what this process has used: a busy machine does not add to it.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
