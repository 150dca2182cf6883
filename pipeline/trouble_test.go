package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/localpg"
	"crosscheck/schema"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// runAsChild does a run in a process of its own, for a test to kill: it prints
// a dot for each document done.
func runAsChild() bool {
	url, dir := os.Getenv("PIPELINE_TEST_URL"), os.Getenv("PIPELINE_TEST_DIR")
	if url == "" {
		return false
	}
	s, err := store.Open(context.Background(), url)
	if err != nil {
		panic(err)
	}
	r := Runner{Store: s, Progress: func(Event) { fmt.Print(".") }}
	if _, err := r.Run(context.Background(), []string{dir}); err != nil {
		panic(err)
	}
	return true
}

func TestRunKilled(t *testing.T) {
	dir := many(t, 300)
	url := storetest.New(t)
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe")
	cmd.Env = append(os.Environ(), "PIPELINE_TEST_URL="+url, "PIPELINE_TEST_DIR="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	dots := make([]byte, 60)
	for at := 0; at < len(dots); {
		n, err := out.Read(dots[at:])
		if err != nil {
			t.Fatal("the child ended after", at, "documents:", err)
		}
		at += n
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the child came to its end before it was killed")
	}
	if n := len(contents(t, url)["documents"]); n < len(dots) || n == 300 {
		t.Errorf("%d documents stored when it was killed", n)
	}
	completed(t, url, dir, len(dots))
}

func TestConnectionsLost(t *testing.T) {
	dir := many(t, 60)
	url := storetest.New(t)
	admin, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.Background())
	r := Runner{Store: openStore(t, url), Progress: func(e Event) {
		if e.Done%20 != 0 {
			return
		}
		_, err := admin.Exec(context.Background(), `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		if err != nil {
			t.Error(err)
		}
	}}
	if sum := run(t, r, dir); sum.Added != 60 {
		t.Errorf("got %s", brief(sum))
	}
	completed(t, url, dir, 60)
}

// server is a private server for one test to maltreat, with its tables.
func server(t *testing.T, o localpg.Options) (*localpg.Server, string) {
	t.Helper()
	s := start(t, o)
	conn, err := pgx.Connect(t.Context(), s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := schema.Migrate(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	return s, s.URL()
}

func start(t *testing.T, o localpg.Options) *localpg.Server {
	t.Helper()
	s, err := localpg.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestDatabaseLost(t *testing.T) {
	o := localpg.Options{Dir: shortDir(t), Volatile: true}
	s, url := server(t, o)
	dir := many(t, 60)
	info, err := localpg.Status(t.Context(), o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	r := Runner{Store: openStore(t, url), Progress: func(e Event) {
		if e.Done == 20 {
			if err := syscall.Kill(info.PID, syscall.SIGKILL); err != nil {
				t.Error(err)
			}
			<-s.Lost()
		}
	}}
	sum, err := r.Run(t.Context(), []string{dir})
	const want = "the run was broken off: the database is gone: start it, then run the same command again: what was stored stays, and is not read twice: "
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Fatalf("got  %v\nwant %s", err, want)
	}
	if sum.Added < 20 || sum.Added == 60 {
		t.Errorf("%d documents added before the end", sum.Added)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	start(t, o)
	completed(t, url, dir, sum.Added)
}

// A small file system for the server's data, which fills up in the middle.
func TestDiskFull(t *testing.T) {
	disk := shortDir(t)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=160m"); err != nil {
		t.Skip("only root can make a small disk: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	o := localpg.Options{Dir: filepath.Join(disk, "pg")}
	s, url := server(t, o)

	// Texts that hardly compress, 60 kB each.
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 12 {
		var text strings.Builder
		fmt.Fprintf(&text, "Report %d. %d people were killed in the flood at Lake Varn in 2019.\n\n", i, 30+i)
		for range 600 {
			fmt.Fprintf(&text, "The list of the %x and the %x in it was to be read with the %x.\n", random.Uint64(), random.Uint64(), random.Uint64())
		}
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), text.String())
	}
	ballast := filepath.Join(disk, "ballast")
	r := Runner{Store: openStore(t, url), Progress: func(e Event) {
		if e.Done == 3 {
			fill(t, ballast)
		}
	}}
	sum, err := r.Run(t.Context(), []string{dir})
	if err == nil || !strings.HasPrefix(err.Error(), "the run was broken off: the database") ||
		!strings.Contains(err.Error(), "run the same command again") {
		t.Fatalf("got %v, %s", err, brief(sum))
	}
	t.Logf("after %d documents: %v", sum.Added, err)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	start(t, o)
	completed(t, url, dir, sum.Added)
}

// fill takes all the room that is left where path is.
func fill(t *testing.T, path string) {
	f, err := os.Create(path)
	if err != nil {
		t.Error(err)
		return
	}
	defer f.Close()
	for block := make([]byte, 1<<16); ; {
		if _, err := f.Write(block); err != nil {
			return
		}
	}
}

// shortDir is a folder whose path is short enough for a socket, and open to
// the server's user.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pl")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestVerifyAfterARun(t *testing.T) {
	dir := mixed(t)
	url := storetest.New(t)
	s := openStore(t, url)
	run(t, Runner{Store: s}, dir)
	verify := func() (broken []string) {
		if _, err := s.Verify(t.Context(), func(b store.Broken) {
			broken = append(broken, filepath.Base(b.Document)+": "+b.Reason)
		}); err != nil {
			t.Fatal(err)
		}
		return broken
	}
	if broken := verify(); len(broken) != 0 {
		t.Errorf("untouched, and broken: %q", broken)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, sql := range []string{
		`UPDATE appearance SET quote = '35' WHERE quote = '34'`,
		`UPDATE content SET bytes = set_byte(bytes, 20, 65) WHERE sha256 IN (SELECT sha256 FROM reading WHERE title = 'Fair')`,
	} {
		if tag, err := conn.Exec(t.Context(), sql); err != nil || tag.RowsAffected() == 0 {
			t.Fatal(tag, err)
		}
	}
	broken := strings.Join(verify(), "\n")
	for _, want := range []string{`a.txt: quote`, `read "34", not "35"`, "page.html: the archived bytes are not those with SHA-256"} {
		if !strings.Contains(broken, want) {
			t.Errorf("no %q in\n%s", want, broken)
		}
	}
}

// Two runs over the same documents at once end where one ends.
func TestRunsTogether(t *testing.T) {
	dir := many(t, 80)
	url := storetest.New(t)
	ended := make(chan error, 3)
	for range 3 {
		r := Runner{Store: openStore(t, url)}
		go func() {
			_, err := r.Run(t.Context(), []string{dir})
			ended <- err
		}()
	}
	for range 3 {
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(2 * time.Minute):
			t.Fatal("they wait for each other")
		}
	}
	completed(t, url, dir, 80)
}
