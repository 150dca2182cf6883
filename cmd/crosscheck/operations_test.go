package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crosscheck/localpg"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// blocks are the blocks of commands in docs/operations.md that are of a kind: all
// for "".
func blocks(t *testing.T, kind string) (all []string) {
	t.Helper()
	for _, found := range regexp.MustCompile("(?ms)^```sh ?([a-z]*)\n(.*?)^```$").FindAllStringSubmatch(operations(t), -1) {
		if kind == "" || found[1] == kind {
			all = append(all, found[2])
		}
	}
	if len(all) == 0 {
		t.Fatalf("no commands %s on the page", kind)
	}
	return all
}

func operations(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// shell runs commands of the page.
func shell(t *testing.T, dir, script string, environment ...string) string {
	t.Helper()
	bin, err := localpg.Programs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sh := exec.Command("sh", "-eu", "-c", script)
	sh.Dir = dir
	sh.Env = append(os.Environ(), append(environment, "PATH="+bin+":"+os.Getenv("PATH"))...)
	out, err := sh.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%s\n%v", script, out, err)
	}
	return string(out)
}

// The page's own commands for backup and restore bring every row into another
// database, in which every quote stands and a run has nothing to do.
func TestBackupAndRestore(t *testing.T) {
	from := storetest.New(t)
	_, file := reports(t, 8)
	command(t, "run", "--schedule", "nightly", "--config", file, "--database-url", from)

	name := fmt.Sprintf("restored_%d", time.Now().UnixNano())
	to, err := url.Parse(from)
	if err != nil {
		t.Fatal(err)
	}
	to.Path = "/" + name
	t.Cleanup(func() { execute(t, from, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	script := strings.Join(blocks(t, "backup"), "") + strings.Join(blocks(t, "restore"), "")
	said := shell(t, t.TempDir(), strings.ReplaceAll(script, "DATABASE restored", "DATABASE "+name),
		"DATABASE_URL="+from, "RESTORED_URL="+to.String())
	if !strings.Contains(said, "the schema is up to date") || !strings.Contains(said, "provenance says") {
		t.Errorf("it said:\n%s", said)
	}

	if was, is := counts(t, from), counts(t, to.String()); !slices.Equal(was, is) || len(was) < 20 {
		t.Errorf("rows before and after:\n%s\n%s", was, is)
	}
	if n := ask(t, to.String(), `SELECT count(*) FROM appearance`); n == 0 {
		t.Error("there was nothing to restore")
	}
	if said := command(t, "run", "--schedule", "nightly", "--config", file, "--database-url", to.String()); !strings.Contains(said, "nothing new: 8 documents unchanged") {
		t.Errorf("a run on what was restored:\n%s", said)
	}
}

// counts are the tables of a database with the number of their rows.
func counts(t *testing.T, address string) []string {
	t.Helper()
	return strings.Fields(shell(t, t.TempDir(), `psql "$URL" --no-psqlrc --tuples-only --no-align --field-separator== --command="
SELECT t.schemaname || '.' || t.tablename, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I.%I', t.schemaname, t.tablename), true, true, '')))[1]
FROM pg_tables t WHERE t.schemaname IN ('public', 'river') ORDER BY 1"`, "URL="+address))
}

// The private database is dumped by the page's commands, too.
func TestBackupOfThePrivateDatabase(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte("The bridge cost $40 million.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	said := shell(t, dir, "crosscheck run a.txt\n"+strings.Join(blocks(t, "private"), "")+"pg_restore --list crosscheck.dump", "DATABASE_URL=")
	if !strings.Contains(said, "TABLE DATA public appearance") || !strings.Contains(said, "PostgreSQL stopped") {
		t.Errorf("it said:\n%s", said)
	}
}

// Every crosscheck that the page has somebody type is one that there is, with its flags.
func TestCommandsOfThePage(t *testing.T) {
	typed := regexp.MustCompile(`(?m)(?:^|[\x60 (/])crosscheck ((?:[a-z]+)(?: [^\n\x60|#]*)?)`)
	page, n := operations(t), 0
	lines := strings.Join(blocks(t, ""), "")
	for _, found := range regexp.MustCompile("`(crosscheck [^`]*)`").FindAllStringSubmatch(page, -1) {
		lines += strings.ReplaceAll(found[1], "\n", " ") + "\n"
	}
	lines += regexp.MustCompile(`(?m)^ExecStart=(.*)$`).FindString(page) + "\n"
	for _, line := range strings.Split(lines, "\n") {
		found := typed.FindStringSubmatch(line)
		if found == nil || strings.HasPrefix(line, "useradd") || strings.HasPrefix(line, "systemctl") || strings.HasPrefix(line, "create") {
			continue
		}
		n++
		root := newRoot(newConsole(noEnvironment, nil, nil, nil, nil))
		cmd, args, err := root.Find(strings.Fields(strings.NewReplacer(`"`, "", "'", "", ")", "").Replace(found[1])))
		if err != nil || cmd == root {
			t.Errorf("%s: there is no such command (%v)", line, err)
			continue
		}
		if err := cmd.ParseFlags(args); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	if n < 15 {
		t.Errorf("only %d commands found on the page", n)
	}
}

// The page names every figure that there is, and no other.
func TestFiguresOfThePage(t *testing.T) {
	address := storetest.New(t)
	docs, _ := reports(t, 3)
	command(t, "run", docs, "--database-url", address)
	execute(t, address, `INSERT INTO digest VALUES (1, gen_random_uuid(), now(), '{}'); INSERT INTO delivery (run, way) VALUES (1, 'webhook');
INSERT INTO river.river_job (kind, max_attempts, args) VALUES ('document', 3, '{}')`)
	s, err := store.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	answer := httptest.NewRecorder()
	metrics(s, examined(nil).log).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	figure := regexp.MustCompile(`crosscheck_[a-z_]+[a-z]`)
	told := figure.FindAllString(answer.Body.String(), -1)
	named := figure.FindAllString(operations(t), -1)
	slices.Sort(told)
	slices.Sort(named)
	if told, named = slices.Compact(told), slices.Compact(named); !slices.Equal(told, named) || len(told) < 10 {
		t.Errorf("told:  %s\nnamed: %s", told, named)
	}
}
