package store_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

var night = time.Date(2024, 5, 1, 2, 0, 0, 0, time.UTC)

func open(t *testing.T) (*store.Store, *pgx.Conn) {
	t.Helper()
	url := storetest.New(t)
	s, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return s, conn
}

func exactly(n int64) *claim.Quantity {
	d := claim.Number(decimal.NewFromInt(n))
	return &claim.Quantity{Number: d, Low: d, High: d, Unit: "person"}
}

// killed is a reading of "N people were killed." followed by a sentence that
// makes no claim.
func killed(n int64) *store.Reading {
	number := fmt.Sprint(n)
	first := number + " people were killed."
	text := first + " The rest is silence.\n"
	return &store.Reading{
		Key: sha256.Sum256([]byte("key of " + text)), Hint: ".txt", Format: "text", Reader: "text/1", Rules: "1",
		Encoding: "utf-8", Language: "en", HasText: true, Text: text,
		Sentences: []store.Sentence{
			{Span: document.Span{Start: 0, End: len(first)}, Role: document.Paragraph},
			{Span: document.Span{Start: len(first) + 1, End: len(text) - 1}, Role: document.Paragraph},
		},
		Claims: []claim.Appearance{{
			Claim: claim.Claim{
				Kind: claim.KindNumber, Subject: "Harbour fire", Attribute: "people killed", Entities: []string{"Harbour fire", "Port Ellis"},
				Value: claim.Value{Quantity: exactly(n)}, Time: &claim.Period{From: claim.DayOf(2024, 4, 30), To: claim.DayOf(2024, 4, 30)},
				Scope: []string{"crew"}, Polarity: claim.Affirmed,
			},
			Span: document.Span{Start: 0, End: len(number)}, Quote: number,
			SentenceSpan: document.Span{Start: 0, End: len(first)}, Sentence: first,
			Attribution: "a fire officer", Modality: claim.Reported, Said: claim.DayOf(2024, 4, 30), Rule: "count/killed@2",
		}},
	}
}

// save stores a reading at an address, its text being its bytes.
func save(t *testing.T, s *store.Store, address string, r *store.Reading, at time.Time) store.Saved {
	t.Helper()
	raw := []byte(r.Text)
	var saved store.Saved
	err := s.Within(t.Context(), func(tx pgx.Tx) (err error) {
		saved, err = store.SaveDocument(t.Context(), tx, store.Document{
			Address: address, Given: strings.TrimPrefix(address, "/news/"), Source: "Source of " + address, Title: "Fire",
			Published: claim.DayOf(2024, 4, 30), Retrieved: night.Add(-time.Hour),
		}, raw, sha256.Sum256(raw), r, 0, at)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// rows counts the rows of every table that a document touches.
func rows(t *testing.T, conn *pgx.Conn) map[string]int {
	t.Helper()
	counts := make(map[string]int)
	for _, table := range []string{"source", "document", "content", "reading", "version", "sentence", "claim", "appearance", "conflict", "position", "member"} {
		var n int
		if err := conn.QueryRow(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

func TestWhatIsSavedComesBack(t *testing.T) {
	s, _ := open(t)
	r := killed(34)
	saved := save(t, s, "/news/a.txt", r, night)
	if saved.NewClaims != 1 || saved.Version == 0 {
		t.Errorf("saved %+v", saved)
	}

	claims, err := s.Claims(t.Context(), store.ClaimFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(claims) != 1 || len(claims[0].Appearances) != 1 {
		t.Fatalf("got %+v", claims)
	}
	want := r.Claims[0]
	want.Document, want.Version = "a.txt", fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(r.Text)))
	if got := claims[0].Appearances[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if claims[0].ID != want.Claim.ID() || claims[0].Claim.ID() != want.Claim.ID() {
		t.Error("the claim came back with another identity")
	}

	standing, err := s.Standing(t.Context(), []string{"/news/a.txt", "/news/other.txt"})
	if err != nil {
		t.Fatal(err)
	}
	got, ok := standing["/news/a.txt"]
	if len(standing) != 1 || !ok || got.Key != r.Key || got.Source != "Source of /news/a.txt" ||
		got.Published != claim.DayOf(2024, 4, 30) || !got.Retrieved.Equal(night.Add(-time.Hour)) {
		t.Errorf("standing %+v", standing)
	}
}

func TestEveryKindOfValueComesBack(t *testing.T) {
	set := func(s string) decimal.NullDecimal { return claim.Number(decimal.RequireFromString(s)) }
	values := []claim.Value{
		{Quantity: &claim.Quantity{Number: set("3.80"), Low: set("3.795"), High: set("3.805"), HighOpen: true, Unit: "USD", Per: "year"}},
		{Quantity: &claim.Quantity{Low: set("10"), High: set("12"), Unit: ""}},
		{Quantity: &claim.Quantity{Number: set("-0.0000000001"), Low: set("-0.0000000001"), LowOpen: true, Unit: "%", Bound: true, Approximate: true, Change: -1}},
		{Quantity: &claim.Quantity{Number: set("1e900"), Low: set("0"), High: set("12345678901234567890123456789012345678901234567890"), Unit: "m", Change: 1}},
		{Period: &claim.Period{From: claim.DayOf(1, 1, 1), To: claim.DayOf(9999, 12, 31)}},
		{Period: &claim.Period{From: claim.DayOf(2024, 2, 29)}},
		{Period: &claim.Period{To: claim.DayOf(1582, 10, 15)}},
		{Period: &claim.Period{From: claim.DayOf(2024, 2, 29), To: claim.DayOf(2024, 2, 29), Clock: claim.ClockAt(0, 0)}},
		{Period: &claim.Period{Clock: claim.Clock{From: 1430, To: 1450, Zone: claim.UTC - 90, Half: true}}},
		{Entity: &claim.Entity{Name: "Ærø “Søby”", Type: claim.Place}},
		{Entity: &claim.Entity{Name: "", Type: claim.Person}},
	}
	kinds := map[bool]claim.Kind{true: claim.KindNumber}
	r := killed(5)
	pattern := r.Claims[0]
	r.Claims = nil
	var ids [][32]byte
	for _, v := range values {
		a := pattern
		a.Claim.Value, a.Claim.Kind = v, kinds[v.Quantity != nil]
		if v.Period != nil {
			a.Claim.Kind = claim.KindDate
		} else if v.Entity != nil {
			a.Claim.Kind = claim.KindEntity
		}
		r.Claims = append(r.Claims, a)
		ids = append(ids, a.Claim.ID())
	}
	fit, wrong := store.Fit(r.Text, r.Claims)
	if len(wrong) > 0 || len(fit) != len(values) {
		t.Fatalf("left out: %q", wrong)
	}
	s, _ := open(t)
	save(t, s, "/news/a.txt", r, night)
	claims, err := s.Claims(t.Context(), store.ClaimFilter{})
	if err != nil {
		t.Fatal(err)
	}
	back := make(map[[32]byte]bool)
	for _, c := range claims {
		if c.Claim.ID() != c.ID {
			t.Errorf("%+v came back as another claim", c.Claim)
		}
		back[c.ID] = true
	}
	for i, id := range ids {
		if !back[id] {
			t.Errorf("%+v did not come back", values[i])
		}
	}
}

func TestSavingTwiceAddsNothing(t *testing.T) {
	s, conn := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	before := rows(t, conn)
	if again := save(t, s, "/news/a.txt", killed(34), night.Add(time.Hour)); again.NewClaims != 0 {
		t.Errorf("the second time %d new claims", again.NewClaims)
	}
	if after := rows(t, conn); !reflect.DeepEqual(before, after) {
		t.Errorf("rows before %v, after %v", before, after)
	}
}

func TestCopiesShareEverythingButTheDocument(t *testing.T) {
	s, conn := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	before := rows(t, conn)
	save(t, s, "/news/copy.txt", killed(34), night.Add(time.Hour))
	before["document"]++
	before["source"]++
	before["version"]++
	if after := rows(t, conn); !reflect.DeepEqual(before, after) {
		t.Errorf("got rows %v, want %v", after, before)
	}
	claims, err := s.Claims(t.Context(), store.ClaimFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(claims) != 1 || len(claims[0].Appearances) != 2 || claims[0].Appearances[1].Document != "copy.txt" ||
		!claims[0].FirstSeen.Equal(night) || !claims[0].LastSeen.Equal(night.Add(time.Hour)) {
		t.Errorf("got %+v", claims)
	}
}

func TestVersionsAreKeptAndOneIsCurrent(t *testing.T) {
	s, conn := open(t)
	for i, n := range []int64{34, 41, 34} { // a correction, and back
		save(t, s, "/news/a.txt", killed(n), night.Add(time.Duration(i)*time.Hour))
	}
	var versions, current int
	var seen string
	err := conn.QueryRow(t.Context(), `
SELECT count(*), count(*) FILTER (WHERE current),
       string_agg(c.size || ' ' || (last_seen - first_seen)::text || ' ' || current, ', ' ORDER BY v.id)
FROM version v JOIN content c USING (sha256)`).Scan(&versions, &current, &seen)
	if err != nil {
		t.Fatal(err)
	}
	if want := "44 02:00:00 true, 44 00:00:00 false"; versions != 2 || current != 1 || seen != want {
		t.Errorf("%d versions, %d current: %s; want %s", versions, current, seen, want)
	}
	claims, err := s.Claims(t.Context(), store.ClaimFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(claims) != 1 || claims[0].Appearances[0].Quote != "34" {
		t.Errorf("the current version claims %+v", claims)
	}
}

func TestClaimFilters(t *testing.T) {
	s, _ := open(t)
	save(t, s, "/news/a.txt", killed(34), night)
	save(t, s, "/news/b.txt", killed(41), night)
	for name, test := range map[string]struct {
		filter store.ClaimFilter
		want   int
	}{
		"all":               {store.ClaimFilter{}, 2},
		"limit":             {store.ClaimFilter{Limit: 1}, 1},
		"kind":              {store.ClaimFilter{Kind: claim.KindDate}, 0},
		"subject":           {store.ClaimFilter{Subject: "harbour"}, 2},
		"another name":      {store.ClaimFilter{Subject: "port ell"}, 2},
		"no such subject":   {store.ClaimFilter{Subject: "Lemuria"}, 0},
		"attribute":         {store.ClaimFilter{Attribute: "KILLED"}, 2},
		"no such attribute": {store.ClaimFilter{Attribute: "cost"}, 0},
		"text":              {store.ClaimFilter{Text: "41 PEOPLE"}, 1},
		"not a pattern":     {store.ClaimFilter{Text: "%"}, 0},
		"together":          {store.ClaimFilter{Text: "34", Subject: "fire", Kind: claim.KindNumber}, 1},
	} {
		claims, err := s.Claims(t.Context(), test.filter)
		if err != nil {
			t.Fatal(err)
		}
		if len(claims) != test.want {
			t.Errorf("%s: %d claims, want %d", name, len(claims), test.want)
		}
	}
}

func TestHostileTextsAreStored(t *testing.T) {
	s, _ := open(t)
	r := killed(7)
	r.Title, r.Source = "a\x00b\xff", strings.Repeat("x", 1000)
	r.Claims[0].Claim.Subject = "a\x00b\xff"
	r.Claims[0].Claim.Entities = []string{"\xff"}
	r.Claims[0].Attribution = "\x00"
	save(t, s, "/news/a.txt", r, night)
	claims, err := s.Claims(t.Context(), store.ClaimFilter{Subject: "ab\uFFFD"})
	if err != nil {
		t.Fatal(err)
	}
	if len(claims) != 1 || claims[0].Claim.ID() != claims[0].ID {
		t.Errorf("got %+v", claims)
	}
}

func TestFitLeavesOutWhatNoColumnHolds(t *testing.T) {
	r := killed(8)
	huge := exactly(1)
	huge.Number = claim.Number(decimal.New(1, 2_000_000_000))
	for name, spoil := range map[string]func(*claim.Appearance){
		"too many digits":       func(a *claim.Appearance) { a.Claim.Value.Quantity = huge },
		"has no number":         func(a *claim.Appearance) { a.Claim.Value = claim.Value{} },
		"outside the years":     func(a *claim.Appearance) { a.Claim.Time = &claim.Period{From: claim.DayOf(10000, 1, 1)} },
		"day outside the years": func(a *claim.Appearance) { a.Said = -5 },
		"lies outside the text": func(a *claim.Appearance) { a.SentenceSpan.End = 9999 },
		"not what stands there": func(a *claim.Appearance) { a.Quote = "9" },
		`kind "rumour"`:         func(a *claim.Appearance) { a.Claim.Kind = "rumour" },
		`modality "shouted"`:    func(a *claim.Appearance) { a.Modality = "shouted" },
		`polarity "sideways"`:   func(a *claim.Appearance) { a.Claim.Polarity = "sideways" },
		"none of up, down":      func(a *claim.Appearance) { q := *exactly(8); q.Change = 2; a.Claim.Value.Quantity = &q },
		"date lies outside": func(a *claim.Appearance) {
			a.Claim.Kind = claim.KindDate
			a.Claim.Value = claim.Value{Period: &claim.Period{From: -1}}
		},
		"has no date": func(a *claim.Appearance) {
			a.Claim.Kind = claim.KindDate
			a.Claim.Value = claim.Value{Period: &claim.Period{}}
		},
		"has no name":    func(a *claim.Appearance) { a.Claim.Kind = claim.KindEntity },
		"count/killed@2": func(a *claim.Appearance) { a.Span.Start = -1 },
	} {
		a := r.Claims[0]
		spoil(&a)
		fit, wrong := store.Fit(r.Text, []claim.Appearance{a, r.Claims[0]})
		if len(fit) != 1 || len(wrong) != 1 || !strings.Contains(wrong[0], name) {
			t.Errorf("%s: %d fit, wrong %q", name, len(fit), wrong)
		}
	}
}

func TestASentenceThatOnlyAnAppearanceNames(t *testing.T) {
	s, _ := open(t)
	r := killed(34)
	r.Sentences = r.Sentences[1:]
	save(t, s, "/news/a.txt", r, night)
	claims, err := s.Claims(t.Context(), store.ClaimFilter{Text: "people were killed"})
	if err != nil || len(claims) != 1 || claims[0].Appearances[0].Sentence != "34 people were killed." {
		t.Errorf("got %+v, %v", claims, err)
	}
}
