package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/sys/unix"

	"crosscheck/store/storetest"
)

// terminal opens a terminal of so many columns: what is written to it comes
// out of shown, once it is closed.
func terminal(t *testing.T, columns uint16) (tty *os.File, shown func() string) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	if err := unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(screen.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := make(chan string)
	go func() {
		var all bytes.Buffer
		_, _ = io.Copy(&all, screen) // ends with an error when the terminal is closed
		text <- all.String()
	}()
	return tty, func() string {
		_ = tty.Close()
		return strings.ReplaceAll(<-text, "\r\n", "\n")
	}
}

func TestOnATerminal(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"first.txt":  "At least 34 people were killed when a bus overturned near Telford Bridge on 16 April 2013, police said.\n",
		"second.txt": "Between 10 and 12 people died when a bus overturned near Telford Bridge on 16 April 2013, a hospital said.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	compare := func(environment map[string]string) string {
		tty, shown := terminal(t, 60)
		err := run(context.Background(), []string{"compare", dir}, func(name string) string { return environment[name] }, nil, tty, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		return shown()
	}

	coloured := compare(nil)
	if !strings.Contains(coloured, mark) {
		t.Errorf("no quote stands out:\n%s", coloured)
	}
	for _, line := range strings.Split(coloured, "\n") {
		if w := text.StringWidthWithoutEscSequences(line); w > 60 {
			t.Errorf("a line of %d columns on a terminal of 60: %q", w, line)
		}
	}
	for _, variable := range []map[string]string{{"NO_COLOR": "1"}, {"TERM": "dumb"}} {
		if got := compare(variable); strings.Contains(got, "\x1b") || got != stripped(coloured) {
			t.Errorf("with %v more than the colours change:\n%s", variable, got)
		}
	}

	// The bar is drawn where standard error is a terminal, and is gone at the end.
	tty, shown := terminal(t, 60)
	var results bytes.Buffer
	err := run(context.Background(), []string{"run", "--database-url", storetest.New(t), dir}, noEnvironment, nil, &results, tty)
	if err != nil {
		t.Fatal(err)
	}
	bar := shown()
	if !strings.Contains(bar, "reading") || !strings.Contains(bar, "/2)") {
		t.Errorf("no bar: %q", bar)
	}
	if i := strings.LastIndexByte(bar, '\r'); i < 0 || strings.TrimSpace(bar[i:]) != "" {
		t.Errorf("the bar stays behind: %q", bar)
	}
	if strings.Contains(results.String(), "\x1b") {
		t.Errorf("results that are no terminal have colour:\n%s", results.String())
	}
}
