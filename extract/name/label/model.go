package label

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"sync"
)

// Label is what a word is: Outside any name, or the Begin or Inside of one of a kind.
type Label uint8

// Kinds of name, in the order of their labels.
const (
	Person = iota
	Organization
	Place
	Group
	Other
	kinds
)

// Outside is the label of a word in no name. Labels counts all labels.
const (
	Outside Label = 0
	Labels        = 1 + 2*kinds
)

// Begin and Inside are the labels of the first and the later words of a name.
func Begin(kind int) Label { return Label(1 + 2*kind) }

// Inside is the label of the later words of a name.
func Inside(kind int) Label { return Label(2 + 2*kind) }

// Kind of the name that a word labelled so stands in; -1 for Outside.
func (l Label) Kind() int { return (int(l)+1)/2 - 1 }

// IsInside reports whether a word labelled so continues a name.
func (l Label) IsInside() bool { return l > 0 && l%2 == 0 }

// Rows is the number of rows of the weight table; features share them by hash.
const (
	rowBits = 17
	Rows    = 1 << rowBits
)

// Model is a table of weights: a row a feature, a column a label; and the
// weights of one label after another. It is read where it lies.
type Model struct {
	table string
	after [Labels][Labels]int32
}

// Size is the number of bytes of an encoded model.
const Size = Rows*Labels + Labels*Labels*2

// Open reads an encoded model: the rows, a signed byte a label, then the weight
// of each label after each, as big-endian 16 bits. The string is kept.
func Open(encoded string) (*Model, error) {
	if len(encoded) != Size {
		return nil, fmt.Errorf("name model: %d bytes where %d were expected; rebuild it with tools/names/train", len(encoded), Size)
	}
	m := &Model{table: encoded[:Rows*Labels]}
	rest := []byte(encoded[Rows*Labels:])
	for a := range m.after {
		for b := range m.after[a] {
			m.after[a][b] = int32(int16(binary.BigEndian.Uint16(rest[2*(a*Labels+b):])))
		}
	}
	return m, nil
}

//go:generate sh -c "cd ../../../tools && go run ./names/train -o ../extract/name/label/weights.bin $NAMED_SENTENCES"
//go:embed weights.bin
var weights string

// Default is the embedded model.
var Default = sync.OnceValue(func() *Model {
	m, err := Open(weights)
	if err != nil {
		panic(err) // a broken build
	}
	return m
})

// Label labels the words that r holds, appending to dst.
func (m *Model) Label(r *Reader, dst []Label) []Label {
	from := len(dst)
	dst = append(dst, make([]Label, len(r.Words))...)
	out := dst[from:]
	for i := 0; i < len(out); {
		if !r.Open(i) {
			i++
			continue
		}
		start := i
		r.scores = r.scores[:0]
		for ; i < len(out) && r.Open(i); i++ {
			r.scores = append(r.scores, [Labels]int32{})
			m.score(r, i, &r.scores[len(r.scores)-1])
		}
		Best(r.scores, &m.after, out[start:i])
	}
	return dst
}

// score adds up the rows of weights that speak about word i. Those that speak
// about its run of capitals are added up once for all words of the run.
func (m *Model) score(r *Reader, i int, sum *[Labels]int32) {
	l := m.add(r.ofWord(i))
	if start := r.places[i].start; r.run.of != start+1 {
		r.run.of, r.run.lanes = start+1, m.add(r.ofRun(i))
	}
	l.plus(&r.run.lanes)
	raised := raise * int32(l.rows)
	for k := range 4 {
		lane := 16 * k
		sum[2*k] = int32(l.even0>>lane&0xffff) - raised
		sum[2*k+1] = int32(l.odd0>>lane&0xffff) - raised
		sum[Labels-8+2*k] = int32(l.even3>>lane&0xffff) - raised
		sum[Labels-8+2*k+1] = int32(l.odd3>>lane&0xffff) - raised
	}
}

// lanes are sums of weights, of labels 0 to 7 and again of 3 to 10. Eight weights
// are added at once, in lanes of 16 bits: each is raised, so that none is below
// zero, and what all were raised by is taken off in the end.
type lanes struct {
	even0, odd0, even3, odd3 uint64
	rows                     int
}

const raise = 128

// add adds up rows.
func (m *Model) add(rows []uint32) lanes {
	const (
		raised = 0x8080808080808080
		even   = 0x00ff00ff00ff00ff
	)
	l := lanes{rows: len(rows)}
	for _, row := range rows {
		weights := m.table[int(row)*Labels:][:Labels]
		w := word64(weights) ^ raised
		l.even0, l.odd0 = l.even0+w&even, l.odd0+w>>8&even
		w = word64(weights[Labels-8:]) ^ raised
		l.even3, l.odd3 = l.even3+w&even, l.odd3+w>>8&even
	}
	return l
}

func (l *lanes) plus(more *lanes) {
	l.even0, l.odd0, l.even3, l.odd3 = l.even0+more.even0, l.odd0+more.odd0, l.even3+more.even3, l.odd3+more.odd3
	l.rows += more.rows
}

// word64 reads eight bytes; the compiler makes it one load.
func word64(s string) uint64 {
	s = s[:8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Follows reports whether label b may stand after a: only a name's word is
// followed by the inside of that name.
func Follows(a, b Label) bool { return !b.IsInside() || a != Outside && a.Kind() == b.Kind() }

// Best writes to out the best sequence of labels, given each word's scores and
// the weight of each label after another (Viterbi). The words stand between
// words that are outside.
func Best(scores [][Labels]int32, after *[Labels][Labels]int32, out []Label) {
	if len(scores) == 0 {
		return
	}
	var room [16][Labels]Label
	back := room[:]
	if len(scores) > len(room) {
		back = make([][Labels]Label, len(scores))
	}
	var sums [Labels]int32
	for b := range Label(Labels) {
		if sums[b] = never; !b.IsInside() {
			sums[b] = after[Outside][b] + scores[0][b]
		}
	}
	for i := 1; i < len(scores); i++ {
		var next [Labels]int32
		for b := range Label(Labels) {
			var from ending
			if b.IsInside() { // follows the two labels of its own kind alone
				from = max(endingOf(sums[b-1]+after[b-1][b], b-1), endingOf(sums[b]+after[b][b], b))
			} else {
				from = endingOf(sums[0]+after[0][b], 0)
				for a := Label(1); a < Labels; a++ {
					from = max(from, endingOf(sums[a]+after[a][b], a))
				}
			}
			next[b], back[i][b] = from.sum()+scores[i][b], from.label()
		}
		sums = next
	}
	last := endingOf(sums[0]+after[0][Outside], 0)
	for a := Label(1); a < Labels; a++ {
		last = max(last, endingOf(sums[a]+after[a][Outside], a))
	}
	best := last.label()
	for i := len(scores) - 1; i >= 0; i-- {
		out[i], best = best, back[i][best]
	}
}

// never is what a sequence is worth that may not be: less than any other.
const never = -1 << 29

// ending is a label that a sequence ends with and what that is worth, in one number:
// the greatest of several is the best, the first label among equals, and no branch
// finds it.
type ending int64

const endingBits = 4 // hold a label

func endingOf(sum int32, l Label) ending { return ending(sum)<<endingBits | ending(Labels-l) }

func (e ending) sum() int32   { return int32(e >> endingBits) }
func (e ending) label() Label { return Labels - Label(e&(1<<endingBits-1)) }
