// Package collation lays two versions of a text side by side.
//
// In come the sentences of both; out comes which took the place of which. What
// stands in both, in the same order, holds the rest in place. Sentences that stand
// between the same neighbours and share most of their words are one sentence, edited.
package collation

import (
	"slices"
	"strings"
	"unicode"
)

// Line is a sentence of a version as it is laid beside another.
type Line struct {
	Text string // with blanks made alike, so that a new layout is no new text
	bag  []string
}

// NewLine is a sentence as it stands in a text.
func NewLine(sentence string) Line { return Line{Text: strings.Join(strings.Fields(sentence), " ")} }

// Words are the line's words as [Words] gives them.
func (l *Line) Words() []string {
	if l.bag == nil {
		l.bag = Words(l.Text)
	}
	return l.bag
}

// Words is the words of a text in lower case, sorted, each as often as it stands there.
func Words(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ','
	})
	for i, w := range words {
		words[i] = strings.Trim(w, ".,")
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	slices.Sort(words)
	return words
}

// Likeness is the share of words that two bags have in common, 0 to 1.
func Likeness(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch strings.Compare(a[i], b[j]) {
		case 0:
			both, i, j = both+1, i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// aligned is, for each old line, the new one that took its place, or -1.
type aligned []int

// Align lays two versions side by side: for each old line, the place of the new one
// that took its place, or -1. It takes time linear in their lines.
func Align(old, fresh []Line) []int {
	at := make(aligned, len(old))
	for i := range at {
		at[i] = -1
	}
	at.stretch(old, fresh, 0, len(old), 0, len(fresh))
	return at
}

// stretch aligns old[a:b] with fresh[c:d].
func (at aligned) stretch(old, fresh []Line, a, b, c, d int) {
	for a < b && c < d && old[a].Text == fresh[c].Text {
		at[a] = c
		a, c = a+1, c+1
	}
	for a < b && c < d && old[b-1].Text == fresh[d-1].Text {
		at[b-1] = d - 1
		b, d = b-1, d-1
	}
	if a == b || c == d {
		return
	}
	from, to := a, c
	for _, p := range append(landmarks(old[a:b], fresh[c:d]), [2]int{b - a, d - c}) {
		i, j := a+p[0], c+p[1]
		at.gap(old, fresh, from, i, to, j)
		if i < b {
			at[i] = j
		}
		from, to = i+1, j+1
	}
}

// landmarks are the pairs of sentences that stand once in either, as many as
// keep their order.
func landmarks(old, fresh []Line) [][2]int {
	type seen struct{ n, at int }
	count := func(all []Line) map[string]seen {
		m := make(map[string]seen, len(all))
		for i, s := range all {
			m[s.Text] = seen{m[s.Text].n + 1, i}
		}
		return m
	}
	in, once := count(fresh), count(old)
	var pairs [][2]int
	for i, s := range old {
		if f := in[s.Text]; f.n == 1 && once[s.Text].n == 1 {
			pairs = append(pairs, [2]int{i, f.at})
		}
	}
	return rising(pairs)
}

// rising is the longest row of pairs whose second numbers rise.
func rising(pairs [][2]int) [][2]int {
	var ends []int // for each length, the pair that ends the row of it lowest
	before := make([]int, len(pairs))
	for i, p := range pairs {
		n, _ := slices.BinarySearchFunc(ends, p[1], func(e, want int) int { return pairs[e][1] - want })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	row := make([][2]int, len(ends))
	for n, i := len(ends)-1, ends[len(ends)-1]; n >= 0; n, i = n-1, before[i] {
		row[n] = pairs[i]
	}
	return row
}

// widest bounds the sentences of a gap that are weighed against one another;
// a wider gap is cut in pieces first.
const widest = 100

// LeastAlike is the share of words from which two sentences between the same
// neighbours are one, edited.
const LeastAlike = 0.5

// gap aligns sentences that stand between the same neighbours, and are not the same.
func (at aligned) gap(old, fresh []Line, a, b, c, d int) {
	if pieces := (max(b-a, d-c) + widest - 1) / widest; pieces > 1 {
		for p := range pieces {
			at.gap(old, fresh, a+(b-a)*p/pieces, a+(b-a)*(p+1)/pieces, c+(d-c)*p/pieces, c+(d-c)*(p+1)/pieces)
		}
		return
	}
	n, m := b-a, d-c
	if n == 0 || m == 0 {
		return
	}
	// best[i][j] is the most likeness that old[a+i:b] and fresh[c+j:d] can have.
	best := make([]float64, (n+1)*(m+1))
	alike := make([]float64, n*m)
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			l := Likeness(old[a+i].Words(), fresh[c+j].Words())
			most := max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			if l >= LeastAlike {
				alike[i*m+j] = l
				most = max(most, l+best[(i+1)*(m+1)+j+1])
			}
			best[i*(m+1)+j] = most
		}
	}
	i, j := 0, 0
	loose := [2]int{0, 0} // where the pairs so far end
	for i < n && j < m {
		switch l := alike[i*m+j]; {
		case l > 0 && best[i*(m+1)+j] == l+best[(i+1)*(m+1)+j+1]:
			at.facing(a, c, loose, i, j)
			at[a+i] = c + j
			i, j = i+1, j+1
			loose = [2]int{i, j}
		case best[i*(m+1)+j] == best[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
	at.facing(a, c, loose, n, m)
}

// facing pairs what is left between two pairs where it is as many on both sides:
// a line of which every word was changed keeps its place.
func (at aligned) facing(a, c int, from [2]int, i, j int) {
	if i-from[0] != j-from[1] {
		return
	}
	for k := range i - from[0] {
		at[a+from[0]+k] = c + from[1] + k
	}
}
