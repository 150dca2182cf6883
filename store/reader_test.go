package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/desk"
	"crosscheck/store"
)

// missing reports whether an error says that something is not there.
func missing(err error) bool {
	var m *desk.Missing
	return errors.As(err, &m)
}

func TestADocumentShowsItsVersions(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	var number int64
	if err := conn.QueryRow(t.Context(), `SELECT id FROM document WHERE given = 'a.txt'`).Scan(&number); err != nil {
		t.Fatal(err)
	}
	p, err := s.Paper(t.Context(), number, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if p.Text != killed(34).Text || p.Cut != 0 || p.Source != "Source of /news/a.txt" || p.SourceID == 0 || p.Title != "Fire" || len(p.Versions) != 1 || !p.Open.Current || !p.Open.Kept || p.Against != nil {
		t.Errorf("paper %+v", p)
	}
	if len(p.Marks) != 1 || p.Text[p.Marks[0].Start:p.Marks[0].End] != "34" || p.Marks[0].Conflict != id || p.Marks[0].Says != "people killed, Harbour fire: 34 people (30 April 2024)" {
		t.Errorf("marks %+v", p.Marks)
	}

	first := p.Open.ID
	save(t, s, "/news/a.txt", killed(35), later)
	if p, err = s.Paper(t.Context(), number, 0, 0); err != nil {
		t.Fatal(err)
	}
	if len(p.Versions) != 2 || p.Open.ID == first || p.Against == nil || p.Against.ID != first || p.Marks[0].Conflict != "" ||
		fmt.Sprint(p.Changes) != "[{34 people were killed. 35 people were killed.}]" {
		t.Errorf("edited: %+v", p)
	}
	back, err := s.Paper(t.Context(), number, first, p.Open.ID)
	if err != nil || back.Open.ID != first || fmt.Sprint(back.Changes) != "[{35 people were killed. 34 people were killed.}]" {
		t.Errorf("the old one against the new: %+v, %v", back, err)
	}
	for _, wrong := range [][3]int64{{99, 0, 0}, {number, 99, 0}, {number, 0, 99}, {-1, 0, 0}} {
		if _, err := s.Paper(t.Context(), wrong[0], wrong[1], wrong[2]); !missing(err) {
			t.Errorf("%v: %v", wrong, err)
		}
	}

	// A text that is too long ends with a whole character.
	if _, err := conn.Exec(t.Context(), `UPDATE reading SET text = 'x' || repeat('é', 600000) WHERE title = ''`); err != nil {
		t.Fatal(err)
	}
	if p, err = s.Paper(t.Context(), number, 0, 0); err != nil || len(p.Text) != 1<<20-1 || p.Cut != 1+1_200_000-len(p.Text) || strings.HasSuffix(p.Text, "\xc3") {
		t.Errorf("a long text: %d bytes, %d left out, %v", len(p.Text), p.Cut, err)
	}
}

func TestASourceHasARecord(t *testing.T) {
	s, _, id := dispute(t, 34, 41, 41)
	lines, err := s.Publishers(t.Context())
	if err != nil || len(lines) != 3 {
		t.Fatalf("%+v, %v", lines, err)
	}
	if l := lines[0]; l.Name != "Source of /news/a.txt" || l.Documents != 1 || l.Claims != 1 || l.Alone != 1 || l.Contradicted != 1 || l.For != 0 || l.Not != 0 {
		t.Errorf("a record %+v", l)
	}
	if lines[1].Alone != 0 {
		t.Errorf("of two that say the same %+v", lines[1])
	}
	if _, err := s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Real, Stands: answer(41)}); err != nil {
		t.Fatal(err)
	}
	for i, l := range lines {
		p, err := s.Publisher(t.Context(), l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if p.For != map[bool]int{true: 0, false: 1}[i == 0] || p.Not != 1-p.For || p.Contradicted != 1 || len(p.Conflicts) != 1 || p.Conflicts[0].ID != id ||
			len(p.Papers) != 1 || p.Papers[0].Claims != 1 || len(p.Said) != 1 || !p.Said[0].FirstSeen.Equal(night) {
			t.Errorf("after the verdict %+v", p)
		}
	}
	if _, err := s.Publisher(t.Context(), 99); !missing(err) {
		t.Errorf("no source: %v", err)
	}
}

func TestAClaimShowsWhereItIsMade(t *testing.T) {
	s, _, id := dispute(t, 34, 41, 41)
	c := killed(41).Claims[0].Claim
	hex := fmt.Sprintf("%x", c.ID())
	st, err := s.Statement(t.Context(), hex)
	if err != nil {
		t.Fatal(err)
	}
	if st.ID != hex || st.Claim.ID() != c.ID() || len(st.Places) != 2 || st.More != 0 || st.Places[0].Document != "b.txt" || st.Places[0].After == "" ||
		!st.FirstSeen.Equal(night) || len(st.Conflicts) != 1 || st.Conflicts[0].ID != id {
		t.Errorf("statement %+v", st)
	}
	for _, wrong := range []string{"", "zz", hex[:10], strings.Repeat("ab", 32)} {
		if _, err := s.Statement(t.Context(), wrong); !missing(err) {
			t.Errorf("claim %q: %v", wrong, err)
		}
	}
}

func TestRulesHaveARecord(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	rules := []claim.Rule{{Name: "money/rate", Version: 3}, {Name: "count/killed", Version: 4, Intent: "reads tolls"}}
	if _, err := conn.Exec(t.Context(), `UPDATE appearance SET rule = 'count/bare@1 ' || rule`); err != nil {
		t.Fatal(err)
	}
	want := []desk.RuleRecord{{Name: "money/rate", Version: 3}, {Name: "count/killed", Version: 4, Intent: "reads tolls", Places: 2, Conflicts: 1}}
	if got, err := s.RuleRecords(t.Context(), rules); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := conn.Exec(t.Context(), `UPDATE appearance SET rule = 'count/killed@2'`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Judge(t.Context(), "ida", later, on(id, 0), desk.Decision{Verdict: desk.Misread, Detail: "count/killed"}); err != nil {
		t.Fatal(err)
	}
	want[1].Conflicts, want[1].Wrong, want[1].Reviewed = 0, 1, 1
	if got, err := s.RuleRecords(t.Context(), rules); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("after the verdict %+v, %v", got, err)
	}
}

func TestNightsAndActsAreListedTheLastFirst(t *testing.T) {
	s, conn, id := dispute(t, 34, 41)
	for i := range 3 {
		if err := s.Within(t.Context(), func(tx pgx.Tx) error {
			run, err := store.StartRun(t.Context(), tx, []string{"docs"}, night.Add(time.Duration(i)*time.Hour))
			if err == nil {
				err = store.StartSources(t.Context(), tx, run, []string{"Harbour Gazette"})
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Note(t.Context(), "ida", later.Add(time.Duration(i)*time.Minute), on(id, i), fmt.Sprint("note ", i)); err != nil {
			t.Fatal(err)
		}
	}
	for _, sql := range []string{
		`INSERT INTO schedule (name, cron, zone) VALUES ('nightly', '0 2 * * *', 'UTC')`,
		`INSERT INTO due_run (schedule, due, state, run, decided) SELECT 'nightly', started, 'taken', id, started FROM run WHERE id = 2`,
	} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	nights, err := s.Nights(t.Context(), 2)
	if err != nil || len(nights) != 2 || nights[0].ID != 3 || nights[0].Schedule != "" || nights[1].Schedule != "nightly" || !nights[1].Started.Equal(night.Add(time.Hour)) {
		t.Errorf("nights %+v, %v", nights, err)
	}
	report, err := s.NightOf(t.Context(), 2)
	if err != nil || report.ID != 2 || len(report.Sources) != 1 || report.Sources[0].Name != "Harbour Gazette" || report.Schedule != "nightly" || len(report.Paths) != 1 {
		t.Errorf("night %+v, %v", report, err)
	}
	for _, wrong := range []int64{-1, 0, 99} {
		if _, err := s.NightOf(t.Context(), wrong); !missing(err) {
			t.Errorf("night %d: %v", wrong, err)
		}
	}
	acts, err := s.Acts(t.Context(), 0, 2)
	if err != nil || len(acts) != 2 || acts[0].Note != "note 2" || len(acts[0].Changes) != 1 || acts[0].Changes[0].Conflict != id {
		t.Fatalf("acts %+v, %v", acts, err)
	}
	if acts, err = s.Acts(t.Context(), acts[1].ID, 10); err != nil || len(acts) != 1 || acts[0].Note != "note 0" {
		t.Errorf("the acts before: %+v, %v", acts, err)
	}
	if err := s.SaveView(t.Context(), "ida", desk.View{Name: "mine", Query: "assignee=ida"}); err != nil {
		t.Fatal(err)
	}
	if views, err := s.Views(t.Context(), "ida"); err != nil || len(views) != 1 || views[0].Query != "assignee=ida" {
		t.Errorf("views %+v, %v", views, err)
	}
}
