//go:build unix

package localpg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// childFolder makes the test's program a user of the server in that folder,
// see [child].
const childFolder = "LOCALPG_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := beUser(dir); err != nil {
			fmt.Println("failed:", strings.ReplaceAll(err.Error(), "\n", " "))
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	if template != "" {
		if err := os.RemoveAll(template); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

// beUser uses the server until standard input ends, then leaves it. Ctrl-C does not end it.
func beUser(dir string) error {
	signal.Ignore(os.Interrupt)
	ctx := context.Background()
	s, err := Start(ctx, Options{Dir: dir, Volatile: true})
	if err != nil {
		return err
	}
	fmt.Println("up", s.pid)
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return s.Close(ctx)
}

// child is another process that uses a server.
type child struct {
	*exec.Cmd
	in  io.Closer
	out *bufio.Reader
}

// newChild starts a process that uses the server in dir, as user uid where that is not 0.
func newChild(t *testing.T, dir string, uid int) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if uid != 0 {
		self = publicCopy(t, self)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), childFolder+"="+dir)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Dir = "/"
	if uid != 0 {
		c.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}
	}
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	return &child{c, in, bufio.NewReader(out)}
}

// publicCopy copies the program to where every user may run it.
func publicCopy(t *testing.T, program string) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "localpg-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	b, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, "localpg.test")
	if err := os.WriteFile(to, b, 0o755); err != nil {
		t.Fatal(err)
	}
	return to
}

// says returns the child's next line.
func (c *child) says(t *testing.T) string {
	t.Helper()
	line, err := c.out.ReadString('\n')
	if err != nil {
		t.Fatalf("child: %v after %q", err, line)
	}
	return strings.TrimSpace(line)
}

// leaves lets the child close its server and end.
func (c *child) leaves(t *testing.T) {
	t.Helper()
	c.in.Close()
	if err := c.Wait(); err != nil {
		t.Fatalf("child: %v", err)
	}
}

// dies ends the child with kill -9.
func (c *child) dies(t *testing.T) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
}

// folder is a place for a server that is stopped when the test ends.
func folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pg")
	t.Cleanup(func() {
		if err := Stop(context.Background(), dir); err != nil && !errors.Is(err, ErrNotRunning) {
			t.Errorf("left running: %v", err)
		}
	})
	return dir
}

// template is a folder whose server has been started once, see [withData].
var template string

// withData is a folder whose data have been created before, a second sooner
// than [folder] would create them.
func withData(t *testing.T) string {
	t.Helper()
	dir := folder(t)
	if template == "" {
		made, err := os.MkdirTemp("", "localpg-template-")
		if err != nil {
			t.Fatal(err)
		}
		template = made
		closeServer(t, start(t, template))
	}
	if out, err := exec.Command("cp", "-a", template, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

func start(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := Start(t.Context(), Options{Dir: dir, Volatile: true, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) }) // mostly the second Close, which repeats the first
	return s
}

func closeServer(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// run does one statement in the server's database.
func run(t *testing.T, s *Server, sql string) string {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	var out string
	if err := conn.QueryRow(t.Context(), sql).Scan(&out); err != nil && !errors.Is(err, pgx.ErrNoRows) {
		t.Fatalf("%s: %v", sql, err)
	}
	return out
}

func status(t *testing.T, dir string) Info {
	t.Helper()
	i, err := Status(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func wantRunning(t *testing.T, dir string, want bool) {
	t.Helper()
	if got := status(t, dir).Running; got != want {
		t.Fatalf("running: %v, want %v", got, want)
	}
}

func TestDataSurviveARestart(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	if got := run(t, s, "SELECT current_database() || ' ' || getdatabaseencoding()"); got != "crosscheck UTF8" {
		t.Errorf("connected to %q", got)
	}
	if got := run(t, s, "SELECT upper('é') || ('B' < 'a')::text"); got != "Étrue" {
		t.Errorf("letters beyond ASCII are not known or text does not sort by bytes: %q", got)
	}
	if got := run(t, s, "SELECT to_tsvector('the embassies')::text"); got != "'embassi':2" {
		t.Errorf("text is not searched as English: %q", got)
	}
	run(t, s, "CREATE TABLE kept (n text)")
	run(t, s, "INSERT INTO kept VALUES ('here')")
	i := status(t, dir)
	if len(i.Users) != 1 || i.Users[0].PID != os.Getpid() || i.Kept || i.Bytes < 1<<20 || i.URL != s.URL() {
		t.Errorf("status of a running server: %+v", i)
	}
	if !strings.Contains(i.Version, ".") {
		t.Errorf("version %q", i.Version)
	}
	closeServer(t, s)
	wantRunning(t, dir, false)

	s = start(t, dir)
	if got := run(t, s, "SELECT n FROM kept"); got != "here" {
		t.Errorf("after a restart: %q", got)
	}
	closeServer(t, s)
}

func TestListensOnItsSocketOnly(t *testing.T) {
	s := start(t, withData(t))
	if got := run(t, s, "SHOW listen_addresses"); got != "" {
		t.Errorf("listens on %q", got)
	}
	info, err := os.Stat(s.home.socketDir())
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("the socket's folder is open to others: %v", info.Mode())
	}
	closeServer(t, s)
}

// A misnamed text search configuration is noticed only by parallel workers.
func TestRunsQueriesInParallel(t *testing.T) {
	s := start(t, withData(t))
	if got := run(t, s, "SHOW default_text_search_config"); got != "pg_catalog.english" {
		t.Errorf("searches text by %q", got)
	}
	closeServer(t, s)
}

func TestLastOneOutStopsTheServer(t *testing.T) {
	dir := withData(t)
	c := newChild(t, dir, 0)
	first := c.says(t)
	s := start(t, dir)
	if second := fmt.Sprint("up ", s.pid); first != second {
		t.Errorf("two servers: %q and %q", first, second)
	}
	if users := status(t, dir).Users; len(users) != 2 {
		t.Errorf("users: %+v", users)
	}
	if err := Stop(t.Context(), dir); err == nil || !strings.Contains(err.Error(), fmt.Sprint(c.Process.Pid)) {
		t.Errorf("stopping a server in use: %v", err)
	}
	c.leaves(t) // the one who started it
	run(t, s, "SELECT 'still there'")
	closeServer(t, s)
	wantRunning(t, dir, false)
}

func TestManyStartAtOnce(t *testing.T) {
	dir := folder(t)
	var children []*child
	for range 4 {
		children = append(children, newChild(t, dir, 0))
	}
	first := children[0].says(t)
	for _, c := range children[1:] {
		if got := c.says(t); got != first || !strings.HasPrefix(got, "up ") {
			t.Errorf("%q, want %q", got, first)
		}
	}
	for _, c := range children {
		c.leaves(t)
	}
	wantRunning(t, dir, false)
}

func TestOrphanIsAdopted(t *testing.T) {
	dir := withData(t)
	c := newChild(t, dir, 0)
	up := c.says(t)
	c.dies(t)
	if i := status(t, dir); !i.Running || len(i.Users) != 0 {
		t.Fatalf("after kill -9 of its only user: %+v", i)
	}
	s := start(t, dir)
	if got := fmt.Sprint("up ", s.pid); got != up {
		t.Errorf("%q, want the orphan %q", got, up)
	}
	run(t, s, "SELECT 'works'")
	closeServer(t, s)
	wantRunning(t, dir, false)
}

func TestOrphanIsStopped(t *testing.T) {
	dir := withData(t)
	c := newChild(t, dir, 0)
	c.says(t)
	c.dies(t)
	if err := Stop(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	wantRunning(t, dir, false)
	if err := Stop(t.Context(), dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("stopping twice: %v", err)
	}
}

func TestKilledServerIsNoticedAndRecovers(t *testing.T) {
	dir := withData(t)
	s := start(t, dir)
	run(t, s, "CREATE TABLE kept (n text)")
	run(t, s, "INSERT INTO kept VALUES ('here')")
	// A backend that computes does not look whether its server lives, and keeps
	// the shared memory from a new one.
	busy, err := pgx.Connect(t.Context(), s.URL())
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := busy.Exec(context.Background(), "DO $$ BEGIN LOOP END LOOP; END $$")
		ended <- err
	}()
	time.Sleep(100 * time.Millisecond)
	if err := syscall.Kill(s.pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.Lost():
	case <-time.After(5 * time.Second):
		t.Fatal("a killed server is not noticed")
	}

	again := start(t, dir)
	if got := run(t, again, "SELECT n FROM kept"); got != "here" {
		t.Errorf("after recovery: %q", got)
	}
	if err := <-ended; err == nil {
		t.Error("the endless loop ended well")
	}
	closeServer(t, s)
	run(t, again, "SELECT 'still there'")
	closeServer(t, again)
	wantRunning(t, dir, false)
}

func TestLostIsSilentAfterClose(t *testing.T) {
	s := start(t, withData(t))
	closeServer(t, s)
	select {
	case <-s.Lost():
		t.Error("a server that we stopped counts as lost")
	case <-time.After(2 * watchEvery):
	}
}

func TestKeptServerStays(t *testing.T) {
	dir := withData(t)
	i, err := Keep(t.Context(), Options{Dir: dir, Volatile: true})
	if err != nil {
		t.Fatal(err)
	}
	if !i.Running || !i.Kept || len(i.Users) != 0 {
		t.Fatalf("kept: %+v", i)
	}
	closeServer(t, start(t, dir))
	wantRunning(t, dir, true)
	if err := Stop(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	closeServer(t, start(t, dir))
	wantRunning(t, dir, false) // the note was that server's, not the folder's
}

func TestInterruptAtTheTerminalSparesTheServer(t *testing.T) {
	dir := withData(t)
	c := newChild(t, dir, 0)
	c.says(t)
	if err := syscall.Kill(-c.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	c.leaves(t)
	run(t, s, "SELECT 'still there'")
	closeServer(t, s)
}
