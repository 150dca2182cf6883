package pipeline

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"crosscheck/conflict"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// act stores what people do at the desk, by SQL in which ACT is the act's number,
// and notes what it is about.
func act(t *testing.T, s *store.Store, rulings string) {
	t.Helper()
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		var id int64
		if err := tx.QueryRow(t.Context(), `INSERT INTO act (at, who, what) VALUES (now(), 'mara', 'names') RETURNING id`).Scan(&id); err != nil {
			return err
		}
		if _, err := tx.Exec(t.Context(), strings.ReplaceAll(rulings, "ACT", fmt.Sprint(id))); err != nil {
			return err
		}
		return store.CompareRuled(t.Context(), tx, id)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// takeBack takes an act back, as the desk does.
func takeBack(t *testing.T, s *store.Store, url string) {
	t.Helper()
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		return store.CompareRuled(t.Context(), tx, int64(askNumber(t, url, `SELECT max(id) FROM act`)))
	})
	if err != nil {
		t.Fatal(err)
	}
	execute(t, url, `DELETE FROM parted; DELETE FROM name_ruling`)
}

// TestNightsObeyRulings rules, lets nights pass, and takes it back, where all that
// is stored is compared and where a few documents at a time are.
func TestNightsObeyRulings(t *testing.T) {
	for name, portion := range map[string]store.Portion{"whole": {}, "in portions": {Whole: 1, Fresh: 1}} {
		t.Run(name, func(t *testing.T) {
			url := storetest.New(t)
			s := openStore(t, url)
			dir := t.TempDir()
			all := map[string]string{
				"a.txt": "The ferry Solveig is owned by Halden Works. It sails from Port Ellis every morning.\n",
				"b.txt": "The ferry Solveig, which sails from Port Ellis, is owned by Morrow Line.\n",
				"c.txt": "The flood in Orvale killed 45 people when the river Tarn rose.\n",
				"d.txt": "The river Tarn rose, and the flood in Orvale killed 52 people.\n",
				"e.txt": "At Port Ellis the ferry Solveig is owned by Halden Works, said Mara Venn.\n",
				"f.txt": "In Orvale the river Tarn rose again. The flood killed 45 people, said Otto Quill.\n",
			}
			is := func(when, question string, want conflict.Status, reason string) (id string) {
				t.Helper()
				found, err := s.Conflicts(t.Context(), store.ConflictFilter{Closed: true})
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range found {
					if strings.Contains(c.Question, question) {
						if c.Status != want || !strings.HasPrefix(c.Reason, reason) {
							t.Errorf("%s: %q is %s, %q", when, c.Question, c.Status, c.Reason)
						}
						return c.ID
					}
				}
				t.Errorf("%s: no %q", when, question)
				return ""
			}
			stands := func(when string, want ...string) {
				t.Helper()
				got := standing(t, s)
				for i, question := range want {
					if len(got) != len(want) || !strings.Contains(got[i], question) {
						t.Errorf("%s: standing are %q, want %q", when, got, want)
						return
					}
				}
				if len(got) != len(want) {
					t.Errorf("%s: standing are %q, want %q", when, got, want)
				}
			}
			// drafted is how a draft stands that names the other owner.
			drafted := func(when string, want conflict.Finding) {
				t.Helper()
				found, err := Checker{Store: s, Portion: portion}.Check(t.Context(), "draft.txt", []byte("In Port Ellis the ferry Solveig, which is owned by Morrow Line, lay still.\n"))
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range found.Claims {
					if c.Claim.Quote == "Morrow Line" && c.Finding == want {
						return
					}
				}
				t.Errorf("%s: a draft has %+v, want that it %s", when, found.Claims, want)
			}
			again := func() { run(t, Runner{Store: s, Portion: portion}) }
			night(t, s, portion, dir, all, "a.txt", "b.txt", "c.txt", "d.txt")
			stands("at first", "Solveig", "killed")
			id := is("at first", "Solveig", conflict.Open, "")

			act(t, s, `INSERT INTO name_ruling VALUES ('Halden Works', 'Morrow Line', true, ACT)`)
			again()
			stands("declared one", "killed")
			if got := is("declared one", "Solveig", conflict.Explained, "declared one name: "); got != id {
				t.Errorf("conflict %s has become %s", id, got)
			}
			night(t, s, portion, dir, all, "e.txt")
			stands("a night later", "killed")
			drafted("a night later", conflict.Agrees)
			is("a night later", "Solveig", conflict.Explained, "declared one name: ")
			takeBack(t, s, url)
			again()
			stands("taken back", "Solveig", "killed")
			drafted("taken back", conflict.Differs)
			if got := is("taken back", "Solveig", conflict.Open, ""); got != id {
				t.Errorf("conflict %s has become %s", id, got)
			}

			act(t, s, `INSERT INTO parted SELECT a.hash, b.hash, ACT FROM claim a, claim b WHERE a.number IN (45, 52) AND b.number IN (45, 52) AND a.number <> b.number AND a.hash < b.hash`)
			again()
			stands("set apart", "Solveig")
			night(t, s, portion, dir, all, "f.txt")
			act(t, s, `INSERT INTO parted SELECT a.hash, b.hash, ACT FROM claim a, claim b WHERE a.number IN (45, 52) AND b.number IN (45, 52) AND a.number <> b.number AND a.hash < b.hash
				ON CONFLICT DO NOTHING`) // what the new one says is a claim of its own
			again()
			stands("all set apart", "Solveig")
			execute(t, url, `UPDATE version SET compared = false`)
			again()
			stands("compared anew", "Solveig")
			takeBack(t, s, url)
			execute(t, url, `UPDATE version SET compared = false`)
			again()
			stands("taken back", "Solveig", "killed")
		})
	}
}
