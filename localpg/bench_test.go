//go:build unix

package localpg

import (
	"context"
	"testing"
	"time"
)

// BenchmarkLaterStart measures what a command pays for its own server when the
// data are there: the start, and the stop.
func BenchmarkLaterStart(b *testing.B) {
	dir, ctx := b.TempDir(), context.Background()
	o := Options{Dir: dir}
	var starting, stopping time.Duration
	cycle := func() {
		begun := time.Now()
		s, err := Start(ctx, o)
		if err != nil {
			b.Fatal(err)
		}
		starting += time.Since(begun)
		begun = time.Now()
		if err := s.Close(ctx); err != nil {
			b.Fatal(err)
		}
		stopping += time.Since(begun)
	}
	cycle()
	starting, stopping = 0, 0
	for b.Loop() {
		cycle()
	}
	b.ReportMetric(float64(starting.Milliseconds())/float64(b.N), "ms/start")
	b.ReportMetric(float64(stopping.Milliseconds())/float64(b.N), "ms/stop")
}
