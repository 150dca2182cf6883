package label

// edge stands for the words before and after a sentence.
var edge = facts{word: 1, tag: 1, shape: uint64(shapeMark)}

func (r *Reader) at(i int) *facts {
	if i < 0 || i >= len(r.facts) {
		return &edge
	}
	return &r.facts[i]
}

// Rows are the rows of the weight table that speak about word i. They are valid
// until the next call. Lexical rows, which name the word itself, come first, and
// are lexical in number.
func (r *Reader) Rows(i int) (rows []uint32, lexical int) {
	r.all = append(append(r.all[:0], r.ofWord(i)...), r.ofRun(i)...)
	return r.all, lexicalRows
}

// ofWord are the rows that speak about word i alone. They are valid until the
// next call of it or ofRun.
func (r *Reader) ofWord(i int) []uint32 {
	f, p, n, p2, n2 := r.at(i), r.at(i-1), r.at(i+1), r.at(i-2), r.at(i+2)
	d := r.begin(0)
	w, pw, nw := uint64(f.word), uint64(p.word), uint64(n.word)
	s, own := f.shape, uint64(f.set)

	d.add(w, 0)
	d.add(w, s)
	d.add(pw, w)
	d.add(w, nw)
	d.add(f.suffix3, s)
	d.add(f.suffix2, s)
	d.add(f.prefix3, s)

	d.add(pw, s)
	d.add(nw, s)
	d.add(uint64(p2.word), s)
	d.add(uint64(n2.word), s)
	d.add(pw, uint64(p2.word))
	d.add(nw, uint64(n2.word))

	d.add(f.fine, s)
	d.add(p.fine, s)
	d.add(n.fine, s)
	d.add(p.fine, f.fine)
	d.add(f.fine, n.fine)
	d.add(f.coarse, s)
	d.add(f.coarse, pw)
	d.add(f.coarse, nw)

	d.add(p.shape<<16|s<<8|n.shape, 0)
	d.add(f.tag, s)
	d.add(p.tag, f.tag)
	d.add(f.tag, n.tag)
	d.add(p.tag, n.tag)
	d.add(own, s)
	d.add(f.phrase, s)

	// Where it stands in its run of capitals, whose last word is often the head.
	start, end := r.Run(i)
	first, last := r.at(start), r.at(end-1)
	place := uint64(min(i-start, 3))<<4 | uint64(min(end-1-i, 3))
	where := uint64(min(end-start, 5))<<8 | place
	if start == 0 {
		where |= 1 << 16
	}
	d.add(where, s)
	d.add(where, own)
	d.add(uint64(last.word), place)
	d.add(last.coarse, place)
	d.add(uint64(first.word), place)
	d.add(first.coarse, place)
	return d.rows()
}

// ofRun are the rows that speak about the run of capitals around word i, and are
// the same for all its words: its ends, and what stands around it. They are valid
// until the next call of it or ofWord.
func (r *Reader) ofRun(i int) []uint32 {
	start, end := r.Run(i)
	before, after, first, last := r.at(start-1), r.at(end), r.at(start), r.at(end-1)
	bw, aw := uint64(before.word), uint64(after.word)
	size, head := uint64(min(end-start, 5)), uint64(last.set)
	d := r.begin(kindsOfWord)
	d.add(first.fine, size)
	d.add(last.fine, size)
	d.add(bw, size)
	d.add(before.fine, size)
	d.add(before.coarse, size)
	d.add(aw, size)
	d.add(after.fine, size)
	d.add(after.coarse, size)
	d.add(bw, last.coarse)
	d.add(aw, first.coarse)
	d.add(before.coarse<<8|after.coarse, last.coarse)
	d.add(last.fine, before.coarse)
	d.add(last.fine, after.coarse)
	d.add(head, bw)
	d.add(head, aw)
	d.add(head<<8|before.coarse, size)
	d.add(head<<8|after.coarse, size)
	d.add(head<<16|uint64(first.set), size)
	// The head beyond a joining word: "University | of North Carolina".
	if start >= 2 && r.places[start-1].open {
		d.add(uint64(r.at(start-2).word), bw)
		d.add(r.at(start-2).fine, bw)
	}
	return d.rows()
}

const (
	lexicalRows = 7  // how many rows name the word itself
	kindsOfWord = 34 // how many rows a word has; its run's have kinds from there on
	// firstKind is the number that the first kind has in the hash. It decides which
	// features share a row, as any other number would.
	firstKind = 101
)

// draft is a list of rows in the making. Each row's feature has the next kind.
type draft struct {
	all  [64]uint32
	from int // the kind of the first
	kind int
}

// begin empties the list. Kinds of feature count up from the one given.
func (r *Reader) begin(kind int) *draft {
	r.draft.from, r.draft.kind = kind, kind
	return &r.draft
}

func (d *draft) add(a, b uint64) {
	d.all[d.kind&(len(d.all)-1)] = row(firstKind+uint64(d.kind), a, b)
	d.kind++
}

func (d *draft) rows() []uint32 { return d.all[d.from:d.kind] }

// row of the table for a feature of a kind with two values.
func row(kind, a, b uint64) uint32 {
	h := kind*0x9e3779b97f4a7c15 ^ a*0xff51afd7ed558ccd ^ (b+kind)*0xc4ceb9fe1a85ec53
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return uint32(h >> (64 - rowBits))
}
