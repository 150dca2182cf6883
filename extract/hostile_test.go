package extract_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

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
		"lines of figures": func(size int) string {
			return strings.Repeat(strings.Repeat("1 ", 100)+"ended.\n\n", size/208)
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

// BenchmarkHostile measures the whole way from bytes to claims over what is no
// text: each should be about as fast as the others, and none slower for length.
func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile() {
		for _, size := range []int{128 << 10, 1 << 20} {
			b.Run(fmt.Sprintf("%s/%dkB", name, size>>10), func(b *testing.B) {
				raw := []byte(text(size))
				b.SetBytes(int64(len(raw)))
				for b.Loop() {
					d, err := document.Read(context.Background(), "hostile.md", raw, document.Options{})
					if err != nil {
						b.Skip("refused: ", err)
					}
					if _, err := extract.Read(context.Background(), d, today); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// TestBounds holds what is read to the length of the text: no more mentions
// than it has words, few claims a mention, and what each claim carries short.
func TestBounds(t *testing.T) {
	const size, claims, names, words = 32 << 10, 8, 60, 8000
	for name, text := range hostile() {
		raw := text(size)
		d, err := document.Read(context.Background(), "hostile.md", []byte(raw), document.Options{})
		if err != nil {
			continue // refused
		}
		r, err := extract.Read(context.Background(), d, today)
		if err != nil {
			t.Fatal(err)
		}
		inside(t, d, r)
		if len(r.Mentions) > len(raw) || len(r.Claims) > claims*(len(r.Mentions)+len(r.Sentences)) {
			t.Errorf("%s: %d mentions and %d claims in %d bytes", name, len(r.Mentions), len(r.Claims), len(raw))
		}
		for _, c := range r.Claims {
			if n := len(c.Claim.Subject) + len(c.Claim.Attribute); n > words || len(c.Claim.Entities) > names {
				t.Errorf("%s: a claim has %d bytes of words and %d names", name, n, len(c.Claim.Entities))
				break
			}
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
