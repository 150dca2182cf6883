package store_test

import (
	_ "embed"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"crosscheck/claim"
	"crosscheck/conflict"
	"crosscheck/desk"
	"crosscheck/store"
	"crosscheck/store/storetest"
)

// fullDesk is a desk of 100,000 conflicts, and atTheDesk when somebody looks at it.
//
//go:embed testdata/desk.sql
var fullDesk string

var atTheDesk = time.Date(2026, 6, 2, 9, 0, 0, 0, time.UTC)

// openFull opens a database of its own for a benchmark, by one connection.
func openFull(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), storetest.Filled(b, fullDesk)+"&pool_max_conns=1")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	return s
}

// timed runs a read as often as the benchmark asks. It reports the median and the slowest, as a
// page has to be there each time, and what the database's process took of a processor, which
// other programs on the machine change less.
func timed(b *testing.B, s *store.Store, read func() error) {
	b.Helper()
	var all []time.Duration
	before := processor(b, s)
	for b.Loop() {
		began := time.Now()
		if err := read(); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(began))
	}
	took := processor(b, s) - before
	slices.Sort(all)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(all[len(all)/2]), "median-ms")
	b.ReportMetric(ms(all[len(all)-1]), "worst-ms")
	b.ReportMetric(ms(took/time.Duration(len(all))), "db-cpu-ms")
}

// processor is the time that the process behind the store's only connection has had on a
// processor, as Linux tells it; elsewhere it is 0.
func processor(b *testing.B, s *store.Store) time.Duration {
	b.Helper()
	var pid int
	if err := s.Pool().QueryRow(b.Context(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
		b.Fatal(err)
	}
	told, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", pid))
	if err != nil {
		return 0
	}
	ran, _, _ := strings.Cut(string(told), " ")
	ns, err := strconv.ParseInt(ran, 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(ns)
}

// BenchmarkDesk reads pages of the queue by each filter, the first page and the last,
// choices, sources, and conflicts, one of them with 5,000 places.
func BenchmarkDesk(b *testing.B) {
	s := openFull(b)
	everything := desk.Filter{Box: desk.Everything, Severity: -1}
	last := everything
	last.After = "0-1-3fd3333333333334-1000000" // severity .3
	rare := desk.Filter{Box: desk.Everything, Text: "w19000 OR w18000 OR w17777"}
	for _, test := range []struct {
		name   string
		filter desk.Filter
	}{
		{"first page", desk.Filter{}},
		{"everything", everything},
		{"last page", last},
		{"500 rows", desk.Filter{Size: 500}},
		{"judged", desk.Filter{Box: desk.Judged}},
		{"gone", desk.Filter{Box: desk.Gone}},
		{"kind", desk.Filter{Kind: conflict.Negation}},
		{"verdict", desk.Filter{Box: desk.Everything, Verdict: desk.Misread}},
		{"greatest source", desk.Filter{Source: "Source 001"}},
		{"least source", desk.Filter{Source: "Source 490"}},
		{"no such source", desk.Filter{Source: "Lemuria Times"}},
		{"schedule", desk.Filter{Schedule: "weekly"}},
		{"assignee", desk.Filter{Assignee: "reviewer 3"}},
		{"overdue", desk.Filter{Overdue: true}},
		{"a day long ago", desk.Filter{Since: claim.DayOf(2025, 3, 1), Until: claim.DayOf(2025, 3, 1)}},
		{"no match", desk.Filter{Source: "Source 001", Kind: conflict.Date, Status: conflict.Confirmed, Assignee: "nobody known"}},
		{"common word", desk.Filter{Box: desk.Everything, Text: "killed"}},
		{"every word", desk.Filter{Box: desk.Everything, Text: "told us when it was over"}},
		{"words apart", desk.Filter{Text: "killed -people -w0"}},
		{"rare words", rare},
		{"no such word", desk.Filter{Text: "Lemuria"}},
		{"a phrase", desk.Filter{Text: `"school w1" source`}},
		{"common word of a source", desk.Filter{Source: "Source 400", Text: "killed"}},
	} {
		b.Run("Queue/"+test.name, func(b *testing.B) {
			timed(b, s, func() error { _, err := s.Queue(b.Context(), test.filter, atTheDesk); return err })
		})
	}
	b.Run("Choices", func(b *testing.B) { timed(b, s, func() error { _, err := s.Choices(b.Context()); return err }) })
	for _, test := range []struct{ name, id string }{{"few places", "3"}, {"5,000 places", "1"}} {
		b.Run("Case/"+test.name, func(b *testing.B) {
			timed(b, s, func() error { _, err := s.Case(b.Context(), test.id); return err })
		})
	}
	b.Run("Publishers", func(b *testing.B) { timed(b, s, func() error { _, err := s.Publishers(b.Context()); return err }) })
	b.Run("Publisher", func(b *testing.B) { timed(b, s, func() error { _, err := s.Publisher(b.Context(), 1); return err }) })
}
