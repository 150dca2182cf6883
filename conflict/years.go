package conflict

import (
	"strconv"
	"strings"

	"crosscheck/claim"
)

// A rate becomes a total over a term, and texts tell terms in many ways: "over
// ten years", "the 10-year memorandum", "fiscal years 2019 to 2028", "a decade".

var smallNumbers = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}

const (
	longestTerm   = 100 // years; beyond that a number before "years" is an age or a history
	yearsTogether = 8   // calendar years of one passage that are held against each other
)

// yearsIn lists the whole numbers of years that a passage speaks of, sorted:
// durations, decades, and the distances between calendar years, counted both
// with and without the first.
func yearsIn(passage string) []int {
	var out []int
	add := func(n int) {
		if n > 0 && n <= longestTerm {
			out = append(out, n)
		}
	}
	var calendar []int
	last := 0
	for _, w := range eachWord(passage) {
		w = strings.ToLower(w)
		n, known := smallNumbers[w]
		if !known {
			n, _ = strconv.Atoi(w)
		}
		switch {
		case w == "year" || w == "years" || w == "yr" || w == "yrs":
			add(last)
		case w == "decade" || w == "decades":
			add(10 * max(1, last))
		case n >= 1800 && n < 2200 && len(calendar) < yearsTogether:
			calendar = append(calendar, n)
		}
		last = n
	}
	for i, x := range calendar {
		for _, y := range calendar[:i] {
			d := max(x, y) - min(x, y)
			add(d)
			if d > 0 {
				add(d + 1)
			}
		}
	}
	return sorted(out)
}

// yearsOf is the whole number of years that a period lasts, or 0.
func yearsOf(p *claim.Period) int {
	if p == nil || p.From == 0 || p.To == 0 {
		return 0
	}
	return int((int64(p.To-p.From) + 1 + 30) * 10000 / 3652425)
}

// terms lists the terms in years that could turn one answer's rate into the
// other's total: from their sentences, scopes and times, and failing those from
// all that their documents say.
func terms(a, b *answer) (near, far []int) {
	for _, n := range []*answer{a, b} {
		near = append(near, yearsIn(n.sentence)...)
		near = append(near, yearsIn(strings.Join(n.Scope, ". "))...)
		if y := yearsOf(n.Time); y > 1 {
			near = append(near, y)
		}
		far = append(far, n.text.allYears()...)
	}
	return sorted(near), sorted(far)
}

// allYears lists the years that the whole text speaks of, read once.
func (t *text) allYears() []int {
	if t.spans == nil {
		t.spans = append(yearsByLine(t.body), 0)
	}
	return t.spans[:len(t.spans)-1]
}

// yearsByLine keeps calendar years of different lines apart.
func yearsByLine(body string) []int {
	var out []int
	for line := range strings.Lines(body) {
		out = append(out, yearsIn(line)...)
	}
	return sorted(out)
}
