package store_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/store"
)

// rule stores an act with its rulings, and notes what they are about.
func rule(t *testing.T, s *store.Store, apart [][2][32]byte, same, different [][2]string) (act int64) {
	t.Helper()
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		what := "split"
		if len(apart) == 0 {
			what = "names"
		}
		if err := tx.QueryRow(t.Context(), `INSERT INTO act (at, who, what) VALUES ($1, 'mara', $2) RETURNING id`, night, what).Scan(&act); err != nil {
			return err
		}
		for _, p := range apart {
			if _, err := tx.Exec(t.Context(), `INSERT INTO parted VALUES (least($1::bytea, $2), greatest($1::bytea, $2), $3)`, p[0][:], p[1][:], act); err != nil {
				return err
			}
		}
		for is, pairs := range map[bool][][2]string{true: same, false: different} {
			for _, p := range pairs {
				if _, err := tx.Exec(t.Context(), `INSERT INTO name_ruling VALUES ($1, $2, $3, $4)`, min(p[0], p[1]), max(p[0], p[1]), is, act); err != nil {
					return err
				}
			}
		}
		return store.CompareRuled(t.Context(), tx, act)
	})
	if err != nil {
		t.Fatal(err)
	}
	return act
}

func loadRulings(t *testing.T, s *store.Store) (r *conflict.Rulings) {
	t.Helper()
	err := s.Within(t.Context(), func(tx pgx.Tx) (err error) {
		r, err = store.LoadRulings(t.Context(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLoadRulings(t *testing.T) {
	s, conn := open(t)
	if r := loadRulings(t, s); r != nil {
		t.Errorf("nobody has ruled anything: %+v", r)
	}
	// owned says what becomes of two names for one owner.
	owned := func(a, b string) conflict.Status {
		t.Helper()
		var docs []conflict.Document
		var claims []claim.Appearance
		for i, name := range []string{a, b} {
			path := fmt.Sprintf("%d.txt", i)
			sentence := "The ferry Solveig is owned by " + name + "."
			docs = append(docs, conflict.Document{Path: path, Text: sentence})
			one := claim.Appearance{Document: path, Quote: name, Sentence: sentence, Modality: claim.Asserted, Claim: claim.Claim{
				Kind: claim.KindEntity, Subject: "Solveig", Attribute: "owned by", Entities: []string{"Solveig", name}, Polarity: claim.Affirmed,
				Value: claim.Value{Entity: &claim.Entity{Name: name, Type: claim.Organization}}}}
			one.SentenceSpan.End = len(sentence)
			one.Span.Start, one.Span.End = len(sentence)-1-len(name), len(sentence)-1
			claims = append(claims, one)
		}
		found, err := conflict.Setting{Rulings: loadRulings(t, s)}.Compare(t.Context(), docs, claims)
		if err != nil || len(found) != 1 {
			t.Fatalf("%d conflicts, %v", len(found), err)
		}
		return found[0].Status
	}
	id := func(n byte) [32]byte { return [32]byte{n} }
	rule(t, s, nil, [][2]string{{"Morrow Line", "Halden Works"}}, [][2]string{{"Quist", "Quist Freight"}})
	split := rule(t, s, [][2][32]byte{{id(9), id(1)}, {id(1), id(4)}}, nil, nil)
	if got := loadRulings(t, s).Apart(id(1)); len(got) != 2 || !slices.Contains(got, id(9)) || !slices.Contains(got, id(4)) {
		t.Errorf("apart: %x", got)
	}
	if got := owned("Halden Works", "Morrow Line"); got != conflict.Explained {
		t.Errorf("declared the same, and %s", got)
	}
	if got := owned("Quist", "Quist Freight"); got != conflict.Open {
		t.Errorf("declared different, and %s", got)
	}
	// The same names, written otherwise: the last ruling holds.
	rule(t, s, nil, [][2]string{{"the quist", "QUIST FREIGHT"}}, [][2]string{{"The Morrow Line", "Halden Works"}})
	if got := owned("Halden Works", "Morrow Line"); got != conflict.Open {
		t.Errorf("at last declared different, and %s", got)
	}
	if got := owned("Quist", "Quist Freight"); got != conflict.Explained {
		t.Errorf("at last declared the same, and %s", got)
	}
	if _, err := conn.Exec(t.Context(), `DELETE FROM parted WHERE act = $1`, split); err != nil {
		t.Fatal(err)
	}
	if got := loadRulings(t, s).Apart(id(1)); got != nil {
		t.Errorf("taken back, and apart: %x", got)
	}
}

func TestRulingsAreComparedAnew(t *testing.T) {
	s, conn := open(t)
	other := killed(12)
	other.Claims[0].Claim.Subject, other.Claims[0].Claim.Entities = "Mill fire", []string{"Mill fire", "Old Mill"}
	owner := killed(7)
	owner.Claims[0].Claim.Kind, owner.Claims[0].Claim.Value = claim.KindEntity, claim.Value{Entity: &claim.Entity{Name: "Otto Quill", Type: claim.Person}}
	owner.Claims[0].Claim.Subject, owner.Claims[0].Claim.Entities = "Tannery", nil
	for address, r := range map[string]*store.Reading{"/news/a.txt": killed(34), "/news/b.txt": killed(41), "/news/c.txt": other, "/news/d.txt": owner} {
		save(t, s, address, r, night)
	}
	for _, c := range []struct {
		name            string
		apart           [][2][32]byte
		same, different [][2]string
		want            string
	}{
		{"claims", [][2][32]byte{{killed(41).Claims[0].Claim.ID(), other.Claims[0].Claim.ID()}}, nil, nil, "[b.txt c.txt]"},
		{"a claim that nobody makes", [][2][32]byte{{{1}, {2}}}, nil, nil, "[]"},
		{"a subject", nil, [][2]string{{"Tannery", "Leather works"}}, nil, "[d.txt]"},
		{"an actor", nil, nil, [][2]string{{"Port Ellis", "Old Mill"}}, "[a.txt b.txt c.txt]"},
		{"a value", nil, [][2]string{{"Otto Quill", "O. Q."}}, nil, "[d.txt]"},
	} {
		sync(t, s, night, func(*store.Corpus) []conflict.Conflict { return nil })
		rule(t, s, c.apart, c.same, c.different)
		var waiting []string
		err := conn.QueryRow(t.Context(), `SELECT coalesce(array_agg(d.given ORDER BY d.given), '{}')
			FROM version v JOIN document d ON d.id = v.document WHERE NOT v.compared`).Scan(&waiting)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(waiting); got != c.want {
			t.Errorf("%s: %s wait to be compared, want %s", c.name, got, c.want)
		}
	}
}

// TestALargeQuestionTakesNothingThatIsSetApart has a question whose members are
// not all at hand, and a claim set apart from one that is not.
func TestALargeQuestionTakesNothingThatIsSetApart(t *testing.T) {
	for _, ruled := range []bool{false, true} {
		s, _ := open(t)
		report := func(n int64, number int) {
			r := killed(n)
			r.Text += fmt.Sprintf("So said Mara Venn of Port Ellis, where ferries Solveig and Maren lay, in note%d.\n", number)
			r.Key = sha256.Sum256([]byte(r.Text))
			save(t, s, fmt.Sprintf("/news/%02d.txt", number), r, night)
		}
		report(60, 0)
		for i := range 30 {
			report(45, 1+i)
		}
		index(t, s)
		id := sync(t, s, night, func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c)} }).New[0]
		if ruled {
			rule(t, s, [][2][32]byte{{killed(60).Claims[0].Claim.ID(), killed(52).Claims[0].Claim.ID()}}, nil, nil)
			sync(t, s, night, func(c *store.Corpus) []conflict.Conflict { return []conflict.Conflict{toll(c)} })
		}
		report(52, 31)
		index(t, s)
		err := s.Within(t.Context(), func(tx pgx.Tx) error {
			c, err := store.LoadUncompared(t.Context(), tx, store.Portion{Whole: 1, Large: 4})
			if err != nil {
				return err
			}
			if slices.ContainsFunc(c.Documents, func(d conflict.Document) bool { return d.Path == "/news/00.txt" }) || len(c.Documents) < 2 {
				t.Errorf("%d documents at hand, among them all of the question", len(c.Documents))
			}
			var at []string
			for _, d := range c.Documents {
				at = append(at, d.Path)
			}
			if _, err := c.Background.Claims(t.Context(), at); err != nil {
				return err
			}
			_, err = store.SyncConflicts(t.Context(), tx, c, []conflict.Conflict{toll(c)}, 0, night)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		answers := map[string]int{}
		for _, c := range conflicts(t, s, store.ConflictFilter{IDs: []string{id}}) {
			for _, p := range c.Positions {
				answers[p.Value.Quantity.Number.Decimal.String()] = len(p.Appearances)
			}
		}
		want := map[string]int{"60": 1, "45": 30, "52": 1}
		if ruled {
			delete(want, "52")
		}
		if fmt.Sprint(answers) != fmt.Sprint(want) {
			t.Errorf("ruled %t: answers %v, want %v", ruled, answers, want)
		}
	}
}
