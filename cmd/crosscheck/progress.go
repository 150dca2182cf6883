package main

import (
	"fmt"
	"math"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"crosscheck/pipeline"
)

// progress shows people how far a run is: as a bar on a terminal, elsewhere as
// a line now and then, with --verbose as a line a document.
type progress struct {
	c       *console
	verbose bool
	bar     *progressbar.ProgressBar // nil where lines are written
	next    time.Time                // when the next line is due
	started time.Time
}

// sayEvery is the time between two lines of progress.
const sayEvery = 5 * time.Second

func (c *console) newProgress(cmd *cobra.Command) *progress {
	now := time.Now()
	return &progress{c: c, verbose: c.verbose(cmd), started: now, next: now.Add(sayEvery)}
}

// tell takes in one step of the run.
func (p *progress) tell(e pipeline.Event) {
	switch {
	case p.verbose && e.Path != "":
		p.c.tellf("%d/%d %s", e.Done, e.Total, printable(e.Path))
	case p.verbose:
		p.c.tellf("%s", e.Stage)
	case p.c.live:
		p.draw(e)
	case time.Now().After(p.next):
		p.next = time.Now().Add(sayEvery)
		p.c.tellf("%s", p.line(e))
	}
}

// line is "read 1200 of 10,000 documents, 240 a second".
func (p *progress) line(e pipeline.Event) string {
	line := fmt.Sprintf("read %s of %s", grouped(e.Done), counted(e.Total, "document"))
	if e.Stage == pipeline.Comparing {
		return line + ", comparing what they claim"
	}
	return fmt.Sprintf("%s, %s a second", line, rate(e.Done, time.Since(p.started)))
}

func (p *progress) draw(e pipeline.Event) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions(e.Total,
			progressbar.OptionSetWriter(p.c.err),
			progressbar.OptionSetWidth(min(30, p.c.width/3)),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(50*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	p.bar.Describe(string(e.Stage))
	// A bar that cannot be drawn is no reason to stop the work.
	_ = p.bar.Set(e.Done)
}

// done takes the bar away, however far it came.
func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// rate is how many a second, as a whole number from ten up.
func rate(n int, in time.Duration) string {
	if in <= 0 {
		return "0"
	}
	perSecond := float64(n) / in.Seconds()
	if perSecond < 10 {
		return fmt.Sprintf("%.1f", perSecond)
	}
	return grouped(int(math.Round(perSecond)))
}
