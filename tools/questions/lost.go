package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"crosscheck/claim"
	"crosscheck/conflict"
)

// lost writes where the labelled conflicts end, by the models apart: a count of
// each end, and with misses each pair.
func (t *taught) lost(ctx context.Context, w io.Writer, misses bool) error {
	count := map[string]int{}
	var lines []string
	for i, e := range t.events {
		traces, err := t.apart[i].Traces(ctx, e.docs, e.claims)
		if err != nil {
			return err
		}
		best := map[[2]string]conflict.Trace{}
		for _, x := range traces {
			for _, a := range e.ids(x.A) {
				for _, b := range e.ids(x.B) {
					key := [2]string{min(a, b), max(a, b)}
					if have, ok := best[key]; e.labels[key] == "conflict" && (!ok || farther(x, have)) {
						best[key] = x
					}
				}
			}
		}
		for key, label := range e.labels {
			if label != "conflict" || key[0] > key[1] {
				continue
			}
			x, ok := best[key]
			end := x.End
			if !ok {
				end = e.unread(key)
			} else if x.End == "another question" && x.Rung == "" {
				end += " by its words"
			} else if x.Rung != "" {
				end += ": " + x.Rung
			}
			count[end]++
			if misses {
				lines = append(lines, fmt.Sprintf("END %s %s (same %.2f, conflict %.2f) kind %s\n   %s\n   %s", end, e.name, x.Same, x.Chance, e.gold[key[0]].Kind, e.tell(key[0]), e.tell(key[1])))
			}
		}
	}
	var ends []string
	for end := range count {
		ends = append(ends, end)
	}
	slices.SortFunc(ends, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	fmt.Fprintln(w, "where the labelled conflicts end:")
	for _, end := range ends {
		fmt.Fprintf(w, "  %3d %s\n", count[end], end)
	}
	slices.Sort(lines)
	for _, l := range lines {
		fmt.Fprintln(w, l)
	}
	return nil
}

// order of ends, the farther on the way the higher.
var order = []string{"another question", "agree", "superseded", "answered", "unlikely", "conflict"}

func farther(x, y conflict.Trace) bool {
	i, j := slices.Index(order, x.End), slices.Index(order, y.End)
	return i > j || i == j && x.Chance+x.Same > y.Chance+y.Same
}

// unread says which side of a labelled pair was not read as a claim.
func (e *event) unread(key [2]string) string {
	read := 0
	for _, id := range key {
		for _, a := range e.claims {
			if slices.Contains(e.ids([]claim.Appearance{a}), id) {
				read++
				break
			}
		}
	}
	return [...]string{"neither side is read", "one side is not read", "read as another kind, or forgotten"}[read]
}

// tell gives a labelled claim, the sentence around it and what was read there.
func (e *event) tell(id string) string {
	g := e.gold[id]
	out := fmt.Sprintf("%s %q about %s", id, g.Quote, g.About)
	for _, d := range e.docs {
		if d.Path == g.Doc {
			out += fmt.Sprintf(" in %q", strings.Join(strings.Fields(d.Text[max(0, g.span.Start-150):min(len(d.Text), g.span.End+110)]), " "))
		}
	}
	for _, a := range e.claims {
		if slices.Contains(e.ids([]claim.Appearance{a}), id) {
			out += fmt.Sprintf("\n        read %q [%s : %s] %s %s %s %s", a.Quote, a.Claim.Subject, a.Claim.Attribute, a.Claim.Polarity, a.Modality, strings.Join(a.Claim.Scope, "; "), a.Rule)
		}
	}
	return out
}
