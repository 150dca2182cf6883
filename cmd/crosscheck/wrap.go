package main

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// wrapped breaks one line of printable text at its blanks into lines of at
// most width columns, and a word too long for a line wherever the line ends.
// A letter may take two columns; our own escape sequences take none.
func wrapped(s string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	flush := func() {
		lines = append(lines, line.String())
		line.Reset()
		used = 0
	}
	for _, word := range strings.Fields(s) {
		long := text.StringWidthWithoutEscSequences(word)
		if used > 0 && used+1+long > width {
			flush()
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		if used+long <= width {
			line.WriteString(word)
			used += long
			continue
		}
		escape := false
		for _, r := range word {
			escape = escape || r == '\x1b'
			if !escape {
				if w := text.RuneWidth(r); used+w > width && used > 0 {
					flush()
					used = w
				} else {
					used += w
				}
			}
			line.WriteRune(r)
			escape = escape && r != 'm'
		}
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// shorten cuts s to a display width, an ellipsis in place of the rest.
func shorten(s string, width int) string {
	if text.StringWidth(s) <= width {
		return s
	}
	used := 0
	for i, r := range s {
		if used += text.RuneWidth(r); used > width-1 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}
