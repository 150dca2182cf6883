package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// valley is the name of the i-th of a few hundred valleys.
func valley(i int) string {
	sounds := []string{"bar", "den", "fol", "gim", "hur", "kel", "lon", "mar", "nis", "pol", "rud", "sen", "tol", "vor"}
	first := sounds[i%14]
	return strings.ToUpper(first[:1]) + first[1:] + sounds[i/14%14] + sounds[(i*5+3)%14]
}

// valleys is a folder of reports, two of the flood of each of some valleys, which agree.
func valleys(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		at, dead, cost := valley(i), 20+7*i, 300+45*i
		write(t, filepath.Join(dir, fmt.Sprintf("%03d-first.txt", i)),
			fmt.Sprintf("The flood in %s\n\nThe flood in %s killed %d people. Repairs to the %s dam cost $%d million.\n", at, at, dead, at, cost))
		write(t, filepath.Join(dir, fmt.Sprintf("%03d-second.txt", i)),
			fmt.Sprintf("%s counts its dead\n\nIn all %d people were killed by the flood in %s, the mayor said. To repair the %s dam cost $%d million.\n", at, dead, at, at, cost))
	}
	return dir
}

func TestADraftMeetsWhatIsLikeIt(t *testing.T) {
	for _, n := range []int{1, 30} { // an archive that is loaded whole, and one that is asked for what is near
		url := storetest.New(t)
		s := openStore(t, url)
		run(t, Runner{Store: s}, valleys(t, n))
		before := contents(t, url)
		draft := strings.ReplaceAll("What VALLEY learned\n\nThe VALLEY flood killed 12 people. The VALLEY dam cost $300 million to repair.\n", "VALLEY", valley(0))
		found, err := Checker{Store: s}.Check(t.Context(), "draft.txt", []byte(draft))
		if err != nil {
			t.Fatal(err)
		}
		toll := slices.IndexFunc(found.Claims, func(c conflict.Checked) bool { return c.Claim.Quote == "12" })
		cost := slices.IndexFunc(found.Claims, func(c conflict.Checked) bool { return strings.Contains(c.Claim.Quote, "300") })
		if toll < 0 || cost < 0 {
			t.Fatalf("%d reports: claims %+v", n, found.Claims)
		}
		if c := found.Claims[toll]; c.Finding != conflict.Differs || c.Conflict.Severity < conflict.ShownFrom || c.Origins != 0 {
			t.Errorf("%d floods: the toll %s, %+v", n, c.Finding, c.Conflict)
		}
		if c := found.Claims[cost]; c.Finding != conflict.Agrees || c.Origins != 2 {
			t.Errorf("%d floods: the cost %s with %d origins, %q", n, c.Finding, c.Origins, c.OriginReasons)
		}
		for _, c := range found.Claims {
			if at := c.Claim; at.Document != "draft.txt" || at.Span.Of(found.Text) != at.Quote {
				t.Errorf("%q of %s stands as %q", at.Quote, at.Document, at.Span.Of(found.Text))
			}
			for _, a := range c.Support {
				if d := found.Documents[a.Document]; d.ID == 0 || d.Path != a.Document {
					t.Errorf("document %q is %+v", a.Document, d)
				}
			}
		}
		sameContents(t, contents(t, url), before)

		// Once it is stored a night finds the same.
		stored := filepath.Join(t.TempDir(), "draft.txt")
		write(t, stored, draft)
		sum := run(t, Runner{Store: s}, stored)
		same := func(c conflict.Conflict) bool {
			told := found.Claims[toll].Conflict
			return c.Question == told.Question && c.Reason == told.Reason && c.Severity == told.Severity && c.Origins == told.Origins
		}
		if !slices.ContainsFunc(sum.Conflicts, same) {
			t.Errorf("%d floods: the night found %+v, the check %+v", n, sum.Conflicts, found.Claims[toll].Conflict)
		}
		// And then it is its own copy, and no witness.
		again, err := Checker{Store: s}.Check(t.Context(), "draft.txt", []byte(draft))
		if err != nil {
			t.Fatal(err)
		}
		if len(again.Copies) != 1 || again.Copies[0].Path != stored || again.Claims[cost].Origins != 2 || again.Claims[toll].Finding != conflict.Differs {
			t.Errorf("%d floods: copies %+v, %+v", n, again.Copies, again.Claims)
		}
	}
}

// A check waits for no night and holds none up.
func TestACheckWhileANightCompares(t *testing.T) {
	s := openStore(t, storetest.New(t))
	run(t, Runner{Store: s}, valleys(t, 6))
	err := s.Within(t.Context(), func(tx pgx.Tx) error {
		if _, err := store.LoadCorpus(t.Context(), tx); err != nil { // holds the lock until the transaction ends
			return err
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		found, err := Checker{Store: s}.Check(ctx, "-", []byte("The flood in Barbargim killed 90 people.\n"))
		if err == nil && len(found.Claims) == 0 {
			t.Error("no claims")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestADraftThatIsRefused(t *testing.T) {
	s := openStore(t, storetest.New(t))
	for _, test := range []struct{ name, draft, reason string }{
		{"large", strings.Repeat("The flood killed 12 people. ", DraftLimit/20), "over the limit of 1 MiB"},
		{"many", strings.Repeat("The flood killed 12 people and cost $3 million.\n\n", 3000), "check it in parts"},
		{"binary", "\x7fELF\x00\x00\x01" + strings.Repeat("\x00\xfe", 4000), "holds no text"},
		{"foreign", strings.Repeat("Die Flut hat nach Angaben der Behörden zwölf Menschen das Leben gekostet, und der Schaden ist noch nicht beziffert. ", 20), "only English"},
	} {
		found, err := Checker{Store: s}.Check(t.Context(), "-", []byte(test.draft))
		if err == nil || !strings.Contains(err.Error(), test.reason) || found != nil {
			t.Errorf("%s: %v, %v; want %q", test.name, found != nil, err, test.reason)
		}
	}
	for _, draft := range []string{".", strings.Repeat("a1b2 ", 200_000), strings.Repeat("\"", 500_000), strings.Repeat("{{.}}<script>", 10_000)} {
		if _, err := (Checker{Store: s}).Check(t.Context(), "-", []byte(draft)); err != nil {
			t.Errorf("%.10q of %d bytes: %v", draft, len(draft), err)
		}
	}
	_, err := Checker{Store: s, Timeout: time.Nanosecond}.Check(t.Context(), "-", []byte("The flood killed 12 people.\n"))
	if err == nil || !strings.Contains(err.Error(), "took longer than 1ns") {
		t.Errorf("out of time: %v", err)
	}
}

// BenchmarkCheck holds a report with ten claims against so many stored claims, of
// which the last night has been compared.
//
//	go test ./pipeline -run '^$' -bench 'Check/stored=(20k|200k)$' -benchtime 10x
func BenchmarkCheck(b *testing.B) {
	url := storetest.New(b)
	s, err := store.Open(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	conn, err := pgx.Connect(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	k := &stock{newsroom: newNewsroom(1), runner: Runner{Store: s}, conn: conn, told: make(map[[32]byte]claim.Claim)}
	for _, thousands := range []int{20, 200, 1000} {
		b.Run(fmt.Sprintf("stored=%dk", thousands), func(b *testing.B) {
			k.grow(b, thousands)
			for b.Loop() {
				found, err := Checker{Store: s}.Check(b.Context(), "-", []byte(k.report(7).Text))
				if err != nil || found.Count(conflict.Alone) == len(found.Claims) {
					b.Fatal(found, err)
				}
			}
		})
	}
}
