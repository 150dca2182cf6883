package pipeline

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

// portions are small, so that a worker can be killed between two of them.
var portions = store.Portion{Whole: 1, Fresh: 2}

// fatal is the name of a document that ends the process that reads it.
const fatal = "fatal.txt"

// workAsChild is a worker in a process of its own, for a test to kill, where the
// environment asks for one: it begins a run of a folder where it is given one.
func workAsChild() bool {
	url, dir := os.Getenv("PIPELINE_TEST_CREW"), os.Getenv("PIPELINE_TEST_DIR")
	if url == "" {
		return false
	}
	ctx := context.Background()
	s, err := store.Open(ctx, url)
	if err != nil {
		panic(err)
	}
	c := &Crew{Lease: lease, Runner: &Runner{Store: s, Portion: portions, Workers: 4, Host: "child", Log: slog.New(slog.DiscardHandler),
		Loader: Loader{broken: func(_ context.Context, f File) error {
			if filepath.Base(f.Path) != fatal {
				time.Sleep(20 * time.Millisecond) // it is in hand while another ends the process
				return nil
			}
			return syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}}}}
	if err := c.Start(ctx); err != nil {
		panic(err)
	}
	if dir != "" {
		err := s.Within(ctx, func(tx pgx.Tx) error {
			_, err := c.StartRun(ctx, tx, []Origin{{Name: dir, Paths: []string{dir}}})
			return err
		})
		if err != nil {
			panic(err)
		}
	}
	select {} // until it is killed
}

// child starts a worker in a process of its own.
func child(t *testing.T, url, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe")
	cmd.Env = append(os.Environ(), "PIPELINE_TEST_CREW="+url, "PIPELINE_TEST_DIR="+dir)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// TestKilledBetweenPortions kills a worker that has compared a part of what is new.
// Whoever takes over compares the rest, and nothing twice.
func TestKilledBetweenPortions(t *testing.T) {
	all := archive(4, 12)
	dir := t.TempDir()
	for name, text := range all {
		write(t, filepath.Join(dir, name), text)
	}
	url := storetest.New(t)
	sql(t, url, `
CREATE TABLE comparing (version bigint PRIMARY KEY, times integer NOT NULL);
CREATE FUNCTION count_comparing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO comparing VALUES (NEW.id, 1) ON CONFLICT (version) DO UPDATE SET times = comparing.times + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER counted AFTER UPDATE OF compared ON version FOR EACH ROW WHEN (NEW.compared) EXECUTE FUNCTION count_comparing()`)
	const compared = `SELECT count(*) FROM version WHERE compared`
	cmd := child(t, url, dir)
	for deadline := time.Now().Add(time.Minute); askNumber(t, url, compared) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it compares nothing")
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	before := askNumber(t, url, compared)
	if before >= len(all) {
		t.Fatalf("all %d documents were compared before it was killed", before)
	}
	t.Logf("killed with %d of %d documents compared", before, len(all))

	c := crew(t, url, Runner{Portion: portions})
	line, _, failed := ended(t, c.Store, 1, time.Minute)
	if line.Added != len(all) || len(failed) != 0 {
		t.Errorf("%+v, %+v", line.Run, failed)
	}
	whole := storetest.New(t)
	one := Runner{Store: openStore(t, whole), Portion: portions}
	if _, err := one.Run(t.Context(), nil, Origin{Name: dir, Paths: []string{dir}}); err != nil {
		t.Fatal(err)
	}
	got, want := standing(t, c.Store), standing(t, one.Store)
	if len(want) < 12 || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("taken over:\n%s\nundisturbed:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if once, twice := askNumber(t, url, `SELECT count(*) FROM comparing WHERE times = 1`), askNumber(t, url, `SELECT count(*) FROM comparing WHERE times > 1`); once != len(all) || twice != 0 {
		t.Errorf("%d documents were compared once, %d more often, of %d", once, twice, len(all))
	}
	if told, open := askNumber(t, url, `SELECT count(*) FROM run_conflict WHERE change = 'opened'`), askNumber(t, url, `SELECT count(*) FROM conflict WHERE status = 'open'`); told != open {
		t.Errorf("the ledger has %d conflicts opened, and there are %d", told, open)
	}
}

// TestAWorkersDeathIsItsDocuments has a document end its worker three times: it alone
// fails, though others are in hand each time, and is read again when its bytes or
// the rules change.
func TestAWorkersDeathIsItsDocuments(t *testing.T) {
	dir := many(t, 30)
	bad := write(t, filepath.Join(dir, fatal), "A report. 33 people were killed in the flood at Lake Varn in 2019.\n")
	url := storetest.New(t)
	begins := dir
	for death := range tries {
		cmd := child(t, url, begins)
		begins = ""
		died := make(chan struct{})
		go func() { _ = cmd.Wait(); close(died) }()
		select {
		case <-died:
		case <-time.After(20 * time.Second):
			_ = cmd.Process.Kill()
			t.Fatalf("the document has not ended its worker for the %d. time", death+1)
		}
	}
	c := crew(t, url, Runner{Loader: Loader{broken: func(_ context.Context, f File) error {
		if filepath.Base(f.Path) == fatal {
			t.Error("it was read a fourth time")
		}
		return nil
	}}})
	line, _, failed := ended(t, c.Store, 1, 20*time.Second)
	if line.Added != 30 || len(failed) != 1 || filepath.Base(failed[0].Document) != fatal ||
		failed[0].Reason != "the program that read it ended without a word, 3 times" {
		t.Errorf("%+v, failures %+v", line.Run, failed)
	}
	if _, _, failed = ended(t, c.Store, begin(t, c, dir), 10*time.Second); len(failed) != 1 {
		t.Errorf("the next night: failures %+v", failed)
	}
	c.Loader.broken = nil
	sql(t, url, `UPDATE reading SET rules = 'older', key = sha256(key) WHERE failure IS NOT NULL`)
	if line, _, failed = ended(t, c.Store, begin(t, c, dir), 10*time.Second); len(failed) != 0 || line.Changed != 1 {
		t.Errorf("with other rules: %+v, failures %+v", line.Run, failed)
	}
	sql(t, url, `UPDATE reading SET failure = 'as before' WHERE id = (SELECT reading FROM version WHERE current ORDER BY id DESC LIMIT 1)`)
	write(t, bad, "New bytes. 35 people were killed in the flood at Lake Varn in 2019.\n")
	if line, _, failed = ended(t, c.Store, begin(t, c, dir), 10*time.Second); len(failed) != 0 || line.Changed != 1 {
		t.Errorf("with other bytes: %+v, failures %+v", line.Run, failed)
	}
}
