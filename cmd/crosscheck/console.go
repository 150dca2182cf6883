package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"

	"golang.org/x/term"

	"crosscheck/pipeline"
)

// console is where a command reads and writes, and what is known of the
// terminal at the other end.
type console struct {
	getenv func(string) string
	in     io.Reader
	out    *bufio.Writer // results
	stdout io.Writer     // where out goes, for a program that takes it over
	err    io.Writer     // progress, warnings and logs
	width  int           // columns a line may take on out
	colour bool          // out is a terminal that wants colour
	live   bool          // err is a terminal, on which a line can be redrawn
}

// newConsole looks at the real standard output and error to learn what they are.
func newConsole(getenv func(string) string, in io.Reader, out *bufio.Writer, stdout, stderr io.Writer) *console {
	return &console{
		getenv: getenv,
		in:     in,
		out:    out,
		stdout: stdout,
		err:    stderr,
		width:  columns(getenv, stdout),
		colour: isTerminal(stdout) && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb",
		live:   isTerminal(stderr) && getenv("TERM") != "dumb",
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// columns is the width to fit tables into: what COLUMNS says, else the
// terminal's, else 80. Under 40 nothing fits, so nothing is cut to less.
func columns(getenv func(string) string, w io.Writer) int {
	width := 80
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		width = n
	} else if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			width = n
		}
	}
	return max(width, 40)
}

// letGrow has what is no longer used collected only when it is so many percent of
// what is, as long as memory stays within bounds: most of what a document needs is
// given up with it. GOGC and GOMEMLIMIT overrule it.
func (c *console) letGrow(percent int) {
	if c.getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if c.getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(pipeline.Memory)
	}
}

// printf writes a result. What goes wrong is kept by the buffer and told when
// it is flushed at the end.
func (c *console) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(c.out, format, args...)
}

// tellf writes a line for people to standard error. Where even that fails
// there is nobody left to tell.
func (c *console) tellf(format string, args ...any) {
	_, _ = fmt.Fprintf(c.err, format+"\n", args...)
}

// The ANSI styles in use.
const (
	bold = "\x1b[1m"
	dim  = "\x1b[2m"
	mark = "\x1b[1;33m" // a quote in its sentence
)

// style dresses s where the terminal wants colour.
func (c *console) style(ansi, s string) string {
	if !c.colour || s == "" {
		return s
	}
	return ansi + s + "\x1b[0m"
}
