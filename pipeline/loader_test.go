package pipeline

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"crosscheck/claim"
)

func load(t *testing.T, f File) *Loaded {
	t.Helper()
	loaded, err := Loader{}.Load(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func TestLoadSaysWhoAndWhen(t *testing.T) {
	dir := t.TempDir()
	bare := write(t, filepath.Join(dir, "bare.txt"), "The pier was closed.\n")
	front := write(t, filepath.Join(dir, "front.md"), "---\ntitle: Pier closed\nsource: Harbour Gazette\ndate: 2024-03-01\n---\n\n# Closed\n\nThe pier was closed.\n")
	for name, test := range map[string]struct {
		file                     File
		source, title, published string
	}{
		"nothing known":   {File{Path: bare}, bare, "", ""},
		"by itself":       {File{Path: front}, "Harbour Gazette", "Pier closed", "2024-03-01"},
		"sources file":    {File{Path: front, Source: SourceEntry{Source: "Courier", Title: "Shut", Published: claim.DayOf(2024, 3, 2)}}, "Courier", "Shut", "2024-03-02"},
		"site of the url": {File{Path: bare, Source: SourceEntry{URL: "https://www.Example.org/x"}}, "example.org", "", ""},
	} {
		l := load(t, test.file)
		if l.Source != test.source || l.Title != test.title || l.Published.String() != test.published {
			t.Errorf("%s: got source %q, title %q, published %q", name, l.Source, l.Title, l.Published)
		}
	}
}

func TestLoadCompletesClaims(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.txt"), "On Tuesday 34 people were killed in the fire at Port Ellis.\n")
	l := load(t, File{Path: path, Source: SourceEntry{Published: claim.DayOf(2024, 3, 2)}})
	if len(l.Reading.Claims) == 0 {
		t.Fatal("no claims")
	}
	for _, a := range l.Reading.Claims {
		if a.Document != path || a.Version != l.Version || !strings.HasPrefix(a.Version, "sha256:") || a.Said == 0 {
			t.Errorf("got %+v", a)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	large := write(t, filepath.Join(dir, "large.txt"), "")
	if err := os.Truncate(large, 200<<20); err != nil { // sparse: it takes no room
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		large: "200 MiB is over the limit of 16 MiB",
		write(t, filepath.Join(dir, "empty.txt"), ""):          "empty",
		write(t, filepath.Join(dir, "a.pdf"), "%PDF-1.4\n..."): "PDF",
		filepath.Join(dir, "gone.txt"):                         "there is no such file",
		dir:                                                    "not a regular file",
	} {
		started := time.Now()
		_, err := Loader{}.Load(t.Context(), File{Path: path})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want %s", path, err, want)
		}
		if path == large && time.Since(started) > time.Second {
			t.Errorf("refusing a large file took %s: was it read?", time.Since(started))
		}
	}
}

func TestLoadMarksOtherLanguages(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "es.txt"), strings.Repeat("El puerto fue cerrado ayer por la tarde porque la tormenta era muy fuerte y los barcos no podían salir. ", 5))
	l, err := Loader{}.Load(t.Context(), File{Path: path})
	var foreign *LanguageError
	if !errors.As(err, &foreign) || err.Error() != "Spanish text: only English is read" {
		t.Fatalf("got error %v", err)
	}
	if l == nil || !strings.HasPrefix(l.Document.Text, "El puerto") || len(l.Reading.Claims) != 0 {
		t.Errorf("the text is not there without claims: %+v", l)
	}
}

func TestAReaderThatBreaks(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.txt"), "Words.\n")
	for name, test := range map[string]struct {
		broken func(context.Context, File) error
		want   string
	}{
		"panics":      {func(context.Context, File) error { panic("out of words") }, "a reader broke on it (out of words): please report it"},
		"stops late":  {func(ctx context.Context, _ File) error { <-ctx.Done(); return ctx.Err() }, "reading it took longer than 50ms and was given up"},
		"never stops": {func(context.Context, File) error { select {} }, "reading it took longer than 50ms and was given up"},
	} {
		_, err := Loader{Timeout: 50 * time.Millisecond, broken: test.broken}.Load(t.Context(), File{Path: path})
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Loader{}).Load(ctx, File{Path: path}); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was stopped: got %v", err)
	}
}

// As root every file may be read, so this test gives up root's rights, which
// only a process of its own can do.
func TestLoadWithoutPermission(t *testing.T) {
	if dir := os.Getenv("PIPELINE_TEST_FORBIDDEN"); dir != "" {
		files, failed := Expand([]string{dir})
		for _, f := range files {
			if _, err := (Loader{}).Load(t.Context(), f); err != nil {
				failed = append(failed, Failure{f.Path, err.Error()})
			}
		}
		for _, f := range failed {
			t.Logf("%s: %s", filepath.Base(f.Path), f.Reason)
		}
		return
	}
	dir, err := os.MkdirTemp("", "forbidden")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// A folder that is closed to its owner could not be emptied.
		if err := errors.Join(os.Chmod(filepath.Join(dir, "closed"), 0o700), os.RemoveAll(dir)); err != nil {
			t.Error(err)
		}
	})
	write(t, filepath.Join(dir, "open.txt"), "Anybody may read this.\n")
	secret := write(t, filepath.Join(dir, "secret.txt"), "Nobody may.\n")
	inside := filepath.Dir(write(t, filepath.Join(dir, "closed/inside.txt"), "Nobody may.\n"))
	program := filepath.Join(dir, ".test")
	for path, mode := range map[string]os.FileMode{dir: 0o755, secret: 0, inside: 0} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	copyProgram(t, program)

	cmd := exec.CommandContext(t.Context(), program, "-test.run=^TestLoadWithoutPermission$", "-test.v")
	cmd.Env = append(os.Environ(), "PIPELINE_TEST_FORBIDDEN="+dir)
	cmd.Dir = "/"
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"closed: no permission to read it", "secret.txt: no permission to read it"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(string(out), "open.txt") {
		t.Errorf("what may be read failed:\n%s", out)
	}
}

// copyProgram puts the test program where every user may run it.
func copyProgram(t *testing.T, to string) {
	t.Helper()
	from, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	program, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(program, from)
	if err := errors.Join(err, program.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestCompareFindsAConflict(t *testing.T) {
	dir := t.TempDir()
	a := load(t, File{Path: write(t, filepath.Join(dir, "a.txt"), fireA)})
	b := load(t, File{Path: write(t, filepath.Join(dir, "b.txt"), fireB)})
	found, err := Comparison{}.Compare(t.Context(), []*Loaded{a, b})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || len(found[0].Positions) != 2 {
		t.Errorf("got %+v", found)
	}
}

// Two reports of one made-up fire that cannot both be right.
const (
	fireA = "Fire at the Port Ellis mill\n\nA fire destroyed the Port Ellis mill on 3 March 2024. 34 people were killed in the fire at the Port Ellis mill, the mayor said.\n"
	fireB = "Port Ellis mill burns\n\nThe Port Ellis mill burnt down on 3 March 2024. Between 10 and 12 people were killed in the fire at the Port Ellis mill, according to the fire brigade.\n"
)
