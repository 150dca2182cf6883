package main

import (
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"", 10, ""},
		{"one two three", 7, "one two|three"},
		{"unbroken", 3, "unb|rok|en"},
		{"a unbroken", 4, "a|unbr|oken"},
		{"日本日本日", 5, "日本|日本|日"},
		{"a \x1b[1mbold\x1b[0m word", 6, "a \x1b[1mbold\x1b[0m|word"},
	} {
		if got := strings.Join(wrapped(c.in, c.width), "|"); got != c.want {
			t.Errorf("wrapped(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func FuzzWrapped(f *testing.F) {
	f.Add("one two three 日本日本", 7)
	f.Add(strings.Repeat("e\u0301", 20), 5)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 2 + (width%100+100)%100
		s = printable(s)
		lines := wrapped(s, width)
		for _, line := range lines {
			if w := text.StringWidth(line); w > width {
				t.Errorf("a line of %d in %d: %q", w, width, line)
			}
		}
		// Nothing but blanks may change.
		if strings.Join(strings.Fields(strings.Join(lines, "")), "") != strings.Join(strings.Fields(s), "") {
			t.Errorf("%q came out as %q", s, lines)
		}
		if w := text.StringWidth(shorten(s, width)); w > width {
			t.Errorf("shortened to %d in %d", w, width)
		}
	})
}
