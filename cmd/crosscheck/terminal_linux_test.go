package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/sys/unix"

	"crosscheck/store/storetest"
)

// terminal opens a terminal of so many columns: what is written to it comes
// out of shown, once it is closed.
func terminal(t *testing.T, columns uint16) (tty *os.File, shown func() string) {
	t.Helper()
	tty, _, shown = keyboard(t, columns)
	return tty, shown
}

// keyboard is terminal with the side on which somebody types.
func keyboard(t *testing.T, columns uint16) (tty, keys *os.File, shown func() string) {
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
	return tty, screen, func() string {
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

// echoes reports whether a terminal shows what is typed.
func echoes(tty *os.File) bool {
	state, err := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
	return err == nil && state.Lflag&unix.ECHO != 0
}

// prompted tells when something is asked for.
type prompted chan struct{}

// Write looks for a question.
func (p prompted) Write(b []byte) (int, error) {
	if bytes.HasSuffix(b, []byte(": ")) {
		p <- struct{}{}
	}
	return len(b), nil
}

// TestPasswordOnATerminal types a password twice: nothing of it is shown, and two
// that differ change nothing.
func TestPasswordOnATerminal(t *testing.T) {
	url := storetest.New(t)
	type outcome struct {
		err   error
		shown string
	}
	ask := func(typed string, args ...string) outcome {
		t.Helper()
		tty, keys, shown := keyboard(t, 80)
		prompts := make(prompted, 2)
		var typing sync.WaitGroup
		typing.Go(func() {
			for line := range strings.Lines(typed) {
				if _, asked := <-prompts; !asked {
					return
				}
				for echoes(tty) {
					time.Sleep(time.Millisecond)
				}
				_, _ = keys.WriteString(line)
			}
		})
		err := run(t.Context(), append([]string{"user"}, append(args, "--database-url", url)...), noEnvironment, tty, tty, io.MultiWriter(tty, prompts))
		close(prompts)
		typing.Wait()
		return outcome{err, shown()}
	}
	for _, test := range []struct {
		typed string
		args  []string
		says  string
		fails bool
	}{
		{"harbour lamp oatmeal vine\nharbour lamp oatmeal wine\n", []string{"add", "keller", "--role", "admin"}, "the two are not the same", true},
		{"lamp\n", []string{"add", "keller", "--role", "admin"}, "too short", true},
		{"harbour lamp oatmeal vine\nharbour lamp oatmeal vine\n", []string{"add", "keller", "--role", "admin"}, "keller has an account: admin", false},
		{"kettle orchid gravel moon\nkettle orchid gravel moon\n", []string{"passwd", "keller"}, "the password is changed", false},
	} {
		got := ask(test.typed, test.args...)
		if (got.err != nil) != test.fails || !strings.Contains(got.shown, test.says) || !strings.Contains(got.shown, "Password for keller: ") || strings.Contains(got.shown, "lamp") {
			t.Errorf("%q: %v, it showed:\n%s", test.typed, got.err, got.shown)
		}
	}
}
