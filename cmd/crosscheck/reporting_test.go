package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/localpg"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

var update = flag.Bool("update", false, "rewrite the results on pages")

// newsroom is a database in which a desk has worked with the sample for twelve days.
func newsroom(t *testing.T) (address string) {
	t.Helper()
	address = storetest.New(t)
	command(t, "migrate", "--database-url", address) // for the rights on a database, which a copy has not
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "seeds"), os.DirFS(filepath.Join("..", "..", "seeds"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	command(t, "run", "seeds", "--database-url", address)

	longAgo(t, address)
	return address
}

// midnight is the last one, by UTC. All that happens at this desk happens so many
// days before it, so that the days are the same whenever the test runs.
const midnight = "(date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')"

// longAgo makes what has happened so far happen twelve days ago.
func longAgo(t *testing.T, address string) {
	t.Helper()
	execute(t, address, strings.ReplaceAll(`
UPDATE run SET started = MIDNIGHT - interval '12 days', finished = MIDNIGHT - interval '12 days';
UPDATE version SET first_seen = MIDNIGHT - interval '12 days', last_seen = MIDNIGHT - interval '12 days';
UPDATE conflict SET first_seen = MIDNIGHT - interval '12 days', last_seen = MIDNIGHT - interval '12 days';
UPDATE claim SET first_seen = MIDNIGHT - interval '12 days'`, "MIDNIGHT", midnight))
}

// night is the run of last night, after a page changed and a file came.
func night(t *testing.T, address string) {
	t.Helper()
	page := filepath.Join("seeds", "ferry-coast-courier.md")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	changed := text
	for old, now := range map[string]string{"34 people were killed": "36 people were killed", "a depth of 59 feet": "a depth of 90 feet"} {
		if !bytes.Contains(changed, []byte(old)) {
			t.Fatalf("the page does not say %q", old)
		}
		changed = bytes.Replace(changed, []byte(old), []byte(now), 1)
	}
	if err := os.WriteFile(page, changed, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("seeds", "scan.txt"), []byte("%PDF-1.7\n%\xe2\xe3\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, complaint bytes.Buffer
	if err := run(t.Context(), []string{"run", "seeds", "--database-url", address}, noEnvironment, nil, &out, &complaint); exitStatus(err) != statusUnread {
		t.Fatalf("%v\n%s", err, &complaint)
	}
	execute(t, address, strings.ReplaceAll(`
UPDATE run SET started = MIDNIGHT, finished = MIDNIGHT WHERE id = (SELECT max(id) FROM run);
UPDATE edit SET noticed = MIDNIGHT;
DELETE FROM queue; INSERT INTO queue SELECT * FROM queue_now`, "MIDNIGHT", midnight))
}

// deskWorks is what people did in the twelve days, and the night after them.
func deskWorks(t *testing.T, address string) {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	today := time.Now().UTC().Truncate(24 * time.Hour)
	ago := func(days int) time.Time { return today.AddDate(0, 0, -days) }
	on := func(question string, revision int) []desk.Target {
		return []desk.Target{{Conflict: fmt.Sprint(ask(t, address, "SELECT id::int FROM conflict WHERE question LIKE '"+question+"%'")), Revision: revision}}
	}
	judge := func(who string, days int, question string, d desk.Decision) desk.Act {
		act, err := s.Judge(t.Context(), who, ago(days), on(question, 0), d)
		if err != nil {
			t.Fatal(question, err)
		}
		return act
	}
	hasty := judge("jonas", 8, "people died", desk.Decision{Verdict: desk.Different, Detail: desk.ByPeriod, Note: "morning and evening"})
	if _, err := s.Undo(t.Context(), "jonas", ago(6), hasty.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Assign(t.Context(), "vera", ago(6), on("people died", 2), desk.Task{Assignee: "jonas"}); err != nil {
		t.Fatal(err)
	}
	year := claim.Year(2021)
	judge("vera", 5, "embassy opened, Honduras", desk.Decision{Verdict: desk.Real, Stands: desk.ValueKey(claim.Value{Period: &year}), Note: "the ministry has 24 June 2021"})
	judge("vera", 3, "defense exports", desk.Decision{Verdict: desk.Real, Note: "asked the ministry"})
	judge("jonas", 3, "memorandum signed", desk.Decision{Verdict: desk.Misread, Detail: "date/year", Note: "2016 is the memorandum"})
	night(t, address)
}

// asks runs a query with psql and returns what it prints.
func asks(t *testing.T, address, sql string) string {
	t.Helper()
	bin, err := localpg.Programs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	psql := exec.Command("psql", address, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-")
	psql.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "LC_ALL=C.UTF-8")
	psql.Stdin = strings.NewReader(sql)
	out, err := psql.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%s\n%v", sql, out, err)
	}
	lines := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// Each question of the page has the answer that stands below it, asked by a name
// that is made as the page says.
func TestQuestionsOfEditors(t *testing.T) {
	page, err := filepath.Abs(filepath.Join("..", "..", "docs", "reporting.md"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	address := newsroom(t)
	deskWorks(t, address)
	editor := makeEditor(t, address, string(text))

	for setting, want := range map[string]string{"default_transaction_read_only": "on", "statement_timeout": "1min", "search_path": "report"} {
		if got := asks(t, editor, "SHOW "+setting); !strings.Contains(got, " "+want+"\n") {
			t.Errorf("%s is\n%s", setting, got)
		}
	}

	n := 0
	told := regexp.MustCompile("(?s)```sql\n(.*?)```\n\n```text\n(.*?)```\n").ReplaceAllStringFunc(string(text), func(block string) string {
		n++
		sql, rest, _ := strings.Cut(strings.TrimPrefix(block, "```sql\n"), "```\n\n```text\n")
		said := asks(t, editor, sql)
		for _, line := range strings.Split(said, "\n") {
			if len([]rune(line)) > 110 {
				t.Errorf("question %d: a line of %d letters is too wide for a page: %s", n, len([]rune(line)), line)
			}
		}
		if strings.Contains(said, "(0 rows)") {
			t.Errorf("question %d has no answer, and so shows nothing", n)
		}
		if was := strings.TrimSuffix(rest, "```\n"); was != said && !*update {
			t.Errorf("question %d: the page says\n%s\nthe database\n%s", n, was, said)
		}
		return "```sql\n" + sql + "```\n\n```text\n" + said + "```\n"
	})
	if n < 20 {
		t.Errorf("%d questions", n)
	}
	if *update {
		if err := os.WriteFile(page, []byte(told), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// The views tell what became of a verdict, to the last act.
func TestVerdictsOfTheViews(t *testing.T) {
	address := newsroom(t)
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	// The two answers are now yes and no to one question.
	execute(t, address, `
UPDATE conflict SET kind = 'negation' WHERE question LIKE 'embassy opened%';
UPDATE position SET date_from = '2021-01-01', date_to = '2021-12-31' WHERE conflict = (SELECT id FROM conflict WHERE kind = 'negation');
UPDATE claim SET polarity = 'negated' WHERE attribute = 'embassy opened' AND date_from = '2022-01-01'`)
	id := fmt.Sprint(ask(t, address, `SELECT id::int FROM conflict WHERE kind = 'negation'`))
	year := claim.Year(2021)
	no := desk.AnswerKey(conflict.Negation, claim.Value{Period: &year}, claim.Negated)

	at := time.Now().UTC().Truncate(time.Second)
	judge := func(d desk.Decision) func(revision int) (desk.Act, error) {
		return func(revision int) (desk.Act, error) {
			return s.Judge(t.Context(), "vera", at, []desk.Target{{Conflict: id, Revision: revision}}, d)
		}
	}
	var acts []desk.Act
	undo := func(i int) func(int) (desk.Act, error) {
		return func(int) (desk.Act, error) { return s.Undo(t.Context(), "vera", at, acts[i].ID) }
	}
	for i, step := range []struct {
		do   func(revision int) (desk.Act, error)
		want string // the deed, whether the act is in force, and what stands
	}{
		{judge(desk.Decision{Verdict: desk.Real, Stands: desk.NoneStands}), "given true none"},
		{judge(desk.Decision{Verdict: desk.Real, Stands: no}), "replaced true not 2021"},
		{undo(1), "put back false none"},
		{undo(2), "put back false not 2021"},
		{undo(3), "put back false none"},
		{undo(0), "taken back false -"},
	} {
		at = at.Add(time.Minute)
		act, err := step.do(i)
		if err != nil {
			t.Fatal(i, err)
		}
		acts = append(acts, act)
		got := asks(t, address, fmt.Sprintf(`\pset format unaligned
\pset tuples_only
SELECT v.deed || ' ' || v.in_force || ' ' || coalesce(c.stands, '-') FROM report.verdicts v JOIN report.conflicts c USING (conflict_id) WHERE v.act_id = %d`, act.ID))
		if strings.TrimSpace(got) != step.want {
			t.Errorf("act %d: %q, want %q", i, got, step.want)
		}
		if i == 3 {
			got = asks(t, address, `SELECT value, stands FROM report.positions WHERE conflict_id = `+id+` ORDER BY value`)
			if !strings.Contains(got, " 2021     | f\n not 2021 | t\n") {
				t.Errorf("the answers are\n%s", got)
			}
			if n := ask(t, address, `SELECT count(*)::int FROM report.verdicts WHERE in_force`); n != 1 {
				t.Errorf("%d verdicts are in force", n)
			}
		}
	}
}

// makeEditor makes the name of the page, under another one, and returns the
// address for it.
func makeEditor(t *testing.T, address, page string) string {
	t.Helper()
	setup := regexp.MustCompile("(?s)```sql setup\n(.*?)```").FindStringSubmatch(page)
	if setup == nil {
		t.Fatal("the page does not say how to make a name")
	}
	name := fmt.Sprintf("editor_%d", time.Now().UnixNano())
	asks(t, address, regexp.MustCompile(`\beditor\b`).ReplaceAllString(setup[1], name))
	t.Cleanup(func() { execute(t, address, "DROP ROLE "+name) })
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.User(name)
	return u.String()
}
