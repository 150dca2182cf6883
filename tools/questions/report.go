package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"

	"crosscheck/claim"
	"crosscheck/conflict"
)

func chance(bias float64, weights, x []float64) float64 {
	for j, w := range weights {
		bias += w * x[j]
	}
	return 1 / (1 + math.Exp(-bias))
}

// report writes how well the whole and each stage do on events not learned
// from; what counts comes first.
func (t *taught) report(ctx context.Context, w io.Writer, misses bool) error {
	if err := t.conflicts(ctx, w, misses); err != nil {
		return err
	}
	for _, j := range t.stages {
		j.report(w)
	}
	return t.lost(ctx, w, misses)
}

func (j judgement) report(w io.Writer) {
	least, best, at := 0, score{}, 0.0
	for c := 0.1; c < 0.95; c += 0.05 {
		var s score
		for _, one := range j.cases {
			s.count(one.chance >= c, one.right)
		}
		if s.f1() > best.f1() {
			best, at = s, c
		}
	}
	for _, one := range j.cases {
		if one.right {
			least++
		}
	}
	fmt.Fprintf(w, "stage %-13s %6d pairs, %5d true; best at %.2f: %s\n", j.stage, len(j.cases), least, at, best)
}

// score counts what was said against what is true.
type score struct{ right, said, wanted float64 }

func (s *score) count(said, wanted bool) {
	if said {
		s.said++
	}
	if wanted {
		s.wanted++
	}
	if said && wanted {
		s.right++
	}
}

func (s score) f1() float64 {
	if s.right == 0 {
		return 0
	}
	return 2 * s.right / (s.said + s.wanted)
}

func (s score) String() string {
	return fmt.Sprintf("precision %.2f recall %.2f F1 %.3f", s.right/max(1, s.said), s.right/max(1, s.wanted), s.f1())
}

// flagged is a pair of places that a conflict sets against each other.
type flagged struct {
	event    *event
	conflict conflict.Conflict
	a, b     claim.Appearance
	found    []string // the labelled conflicts that it hits
}

// found is what the models apart report of some events, the most severe first.
type found struct {
	all    []flagged
	wanted int // labelled conflicts
}

// of keeps what is in one folder.
func (f found) of(events []*event, folder string) (out found) {
	for _, e := range events {
		if e.folder == folder {
			out.wanted += e.wanted()
		}
	}
	for _, x := range f.all {
		if x.event.folder == folder {
			out.all = append(out.all, x)
		}
	}
	return out
}

// wanted counts an event's labelled conflicts.
func (e *event) wanted() int {
	n := 0
	for pair, label := range e.labels {
		if label == "conflict" && pair[0] < pair[1] {
			n++
		}
	}
	return n
}

// from scores what is at least so severe.
func (f found) from(severity float64) string {
	hit := map[string]bool{}
	said, right := 0.0, 0.0
	for _, x := range f.all {
		if x.conflict.Severity < severity {
			break
		}
		said++
		if len(x.found) > 0 {
			right++
		}
		for _, id := range x.found {
			hit[x.event.name+id] = true
		}
	}
	p, r := right/max(1, said), float64(len(hit))/float64(max(1, f.wanted))
	return fmt.Sprintf("%.1f  flagged %3.0f  precision %.2f recall %.2f F1 %.3f", severity, said, p, r, 2*p*r/max(1e-9, p+r))
}

// strongest is the share of true ones in the most severe tenth of what is shown.
func (f found) strongest() float64 {
	shown, right := 0, 0
	for _, x := range f.all {
		if x.conflict.Severity >= conflict.ShownFrom {
			shown++
		}
	}
	tenth := (shown + 9) / 10
	for _, x := range f.all[:tenth] {
		if len(x.found) > 0 {
			right++
		}
	}
	return float64(right) / float64(max(1, tenth))
}

// conflicts compares every event by the model that did not learn from it.
func (t *taught) conflicts(ctx context.Context, w io.Writer, misses bool) error {
	var f found
	missed := map[*event]map[string]bool{}
	var folders []string
	for i, e := range t.events {
		out, err := t.apart[i].Compare(ctx, e.docs, e.claims)
		if err != nil {
			return err
		}
		missed[e] = map[string]bool{}
		for pair, label := range e.labels {
			if label == "conflict" && pair[0] < pair[1] {
				missed[e][pair[0]+" "+pair[1]] = true
			}
		}
		f.all, f.wanted = append(f.all, flags(e, out)...), f.wanted+e.wanted()
		if !slices.Contains(folders, e.folder) {
			folders = append(folders, e.folder)
		}
	}
	slices.SortStableFunc(f.all, func(x, y flagged) int { return cmp.Compare(y.conflict.Severity, x.conflict.Severity) })
	headline := func(f found, of string) {
		fmt.Fprintf(w, "%s, on events not learned from:  %s\n  of the strongest tenth %.2f true, average precision over all severities %.3f\n",
			of, f.from(conflict.ShownFrom), f.strongest(), averagePrecision(f.all, f.wanted))
	}
	for _, folder := range folders {
		headline(f.of(t.events, folder), folder)
	}
	if len(folders) > 1 {
		headline(f, "all together")
	}
	fmt.Fprintf(w, "conflicts shown from a severity on, pairs of claims, %d wanted:\n", f.wanted)
	for _, from := range []float64{0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8} {
		fmt.Fprintf(w, "  %s\n", f.from(from))
	}
	f.calibration(w)
	if misses {
		listErrors(w, f.all, missed)
	}
	return nil
}

// calibration writes how many of what has about one severity are true.
func (f found) calibration(w io.Writer) {
	fmt.Fprintln(w, "calibration, pairs of claims:")
	for low := 0.2; low < 0.95; low += 0.1 {
		n, right, sum := 0, 0, 0.0
		for _, x := range f.all {
			if s := x.conflict.Severity; s >= low && s < low+0.1 || low > 0.85 && s == 1 {
				n++
				sum += s
				if len(x.found) > 0 {
					right++
				}
			}
		}
		if n > 0 {
			fmt.Fprintf(w, "  severity %.1f to %.1f: %3d flagged, %.2f on average, %.2f true\n", low, low+0.1, n, sum/float64(n), float64(right)/float64(n))
		}
	}
}

// averagePrecision is the precision at each labelled conflict found, the most
// severe first, averaged over all that are wanted: one figure for the whole order.
func averagePrecision(all []flagged, wanted int) float64 {
	hit := map[string]bool{}
	right, sum := 0.0, 0.0
	for i, f := range all {
		if len(f.found) > 0 {
			right++
		}
		for _, id := range f.found {
			if key := f.event.name + id; !hit[key] {
				hit[key] = true
				sum += right / float64(i+1)
			}
		}
	}
	return sum / float64(max(1, wanted))
}

// flags lists the pairs of places across positions, of open conflicts and in different documents.
func flags(e *event, found []conflict.Conflict) []flagged {
	var out []flagged
	seen := map[string]bool{}
	for _, c := range found {
		if c.Status != conflict.Open {
			continue
		}
		for i, p := range c.Positions {
			for _, q := range c.Positions[:i] {
				for _, a := range p.Appearances {
					for _, b := range q.Appearances {
						key := fmt.Sprint(a.Document, a.Span, b.Document, b.Span)
						if a.Document == b.Document || seen[key] {
							continue
						}
						seen[key] = true
						f := flagged{event: e, conflict: c, a: a, b: b}
						for _, x := range e.ids([]claim.Appearance{a}) {
							for _, y := range e.ids([]claim.Appearance{b}) {
								if e.labels[[2]string{x, y}] == "conflict" {
									f.found = append(f.found, min(x, y)+" "+max(x, y))
								}
							}
						}
						out = append(out, f)
					}
				}
			}
		}
	}
	return out
}

func listErrors(w io.Writer, all []flagged, missed map[*event]map[string]bool) {
	for _, f := range all {
		for _, id := range f.found {
			delete(missed[f.event], id)
		}
		if f.conflict.Severity < conflict.ShownFrom {
			continue
		}
		kind := "RIGHT"
		if len(f.found) == 0 {
			kind = "FALSE"
			_, label, _ := f.event.verdict([]claim.Appearance{f.a}, []claim.Appearance{f.b})
			kind += " (" + label + ")"
		}
		fmt.Fprintf(w, "%s %.2f %s: %s\n   %s\n   %s\n   for %q\n   against %q\n", kind, f.conflict.Severity, f.event.name, f.conflict.Question, show(f.a), show(f.b), f.conflict.For, f.conflict.Against)
	}
	for e, ids := range missed {
		for id := range ids {
			fmt.Fprintf(w, "MISSED %s %s\n", e.name, id)
		}
	}
}

func show(a claim.Appearance) string {
	return fmt.Sprintf("%s %q [%s : %s] in %q", filepath.Base(a.Document), a.Quote, a.Claim.Subject, a.Claim.Attribute, a.Sentence)
}
