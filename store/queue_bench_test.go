package store_test

import (
	_ "embed"
	"slices"
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

// openFull opens a database of its own for a benchmark.
func openFull(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), storetest.Filled(b, fullDesk))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	return s
}

// timed runs a read as often as the benchmark asks, and reports the fastest and the slowest beside
// the median: a page has to be there each time.
func timed(b *testing.B, read func() error) {
	b.Helper()
	var all []time.Duration
	for b.Loop() {
		began := time.Now()
		if err := read(); err != nil {
			b.Fatal(err)
		}
		all = append(all, time.Since(began))
	}
	slices.Sort(all)
	b.ReportMetric(float64(all[0].Microseconds())/1000, "best-ms")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(all[len(all)-1].Microseconds())/1000, "worst-ms")
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
			timed(b, func() error { _, err := s.Queue(b.Context(), test.filter, atTheDesk); return err })
		})
	}
	b.Run("Choices", func(b *testing.B) { timed(b, func() error { _, err := s.Choices(b.Context()); return err }) })
	for _, test := range []struct{ name, id string }{{"few places", "3"}, {"5,000 places", "1"}} {
		b.Run("Case/"+test.name, func(b *testing.B) {
			timed(b, func() error { _, err := s.Case(b.Context(), test.id); return err })
		})
	}
	b.Run("Publishers", func(b *testing.B) { timed(b, func() error { _, err := s.Publishers(b.Context()); return err }) })
	b.Run("Publisher", func(b *testing.B) { timed(b, func() error { _, err := s.Publisher(b.Context(), 1); return err }) })
}
