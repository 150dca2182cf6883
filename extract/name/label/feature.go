package label

import (
	"crosscheck/extract/name/lexicon"
	"crosscheck/words"
)

// Reader holds what is known of a sentence's words before they are labelled.
// It may be used again for the next sentence, by one goroutine at a time.
type Reader struct {
	Words []Word
	facts []facts
	all   []uint32 // rows of a word and its run, for who learns weights
	draft draft

	scores [][Labels]int32 // what the model says of each word, while it labels them
	run    struct {        // what it says of a run of capitals
		of    int32 // where the run begins, from 1; 0 for none
		lanes lanes
	}
}

// facts are what features are made of.
type facts struct {
	word         lexicon.Hash
	suffix2      uint64
	suffix3      uint64
	prefix3      uint64
	tag          uint64
	fine, coarse uint64
	shape        shape
	set          lexicon.Set // the word's own lists
	phrase       uint8       // the lists of the phrase it is part of, with phraseInside
	open         bool        // may be part of a name
	start, end   int32       // the run of capitals around it
}

// The phrase bits: the five lists of names, and whether the word is not the first.
const phraseInside = 1 << 7

// Read takes up a sentence.
func (r *Reader) Read(words []Word) {
	r.Words = words
	r.run.of = 0
	r.facts = r.facts[:0]
	for i := range words {
		s := shapeOf(words[i].Text)
		if words[i].Folded && s != shapeMark {
			s = shapeFolded
		}
		r.facts = append(r.facts, facts{shape: s})
	}
	r.runs()
	// The rows of an open word speak of two words on either side; of words
	// further from any name nothing need be known.
	done := 0
	for i := range words {
		if !r.facts[i].open {
			continue
		}
		for done = max(done, i-2); done < len(words) && done <= i+2; done++ {
			r.facts[done].read(&words[done])
		}
	}
	r.phrases()
}

// read looks up what the lists know of a word whose shape is known.
func (f *facts) read(w *Word) {
	f.word = lexicon.HashOf(w.Lower)
	e := lexicon.Find(f.word)
	f.set, f.fine, f.coarse = e.Set, uint64(e.Fine), uint64(e.Coarse)
	f.tag, f.suffix2, f.suffix3, f.prefix3 = hash(w.Tag), hash(tail(w.Lower, 2)), hash(tail(w.Lower, 3)), hash(head(w.Lower, 3))
}

// phrases marks the longest phrase of the lists that begins at each capital.
func (r *Reader) phrases() {
	const longest = 8
	for i := 0; i < len(r.Words); {
		if !r.facts[i].shape.capital() && r.facts[i].shape != shapeCode {
			i++
			continue
		}
		h, found, size := r.facts[i].word, r.facts[i].set&lexicon.Names, 1
		for j, more := i+1, r.facts[i].set; j < len(r.Words) && j < i+longest && more&lexicon.Prefix != 0; j++ {
			if r.Words[j].Space {
				h = h.Then(r.Words[j].Lower)
			} else {
				h = h.Add(r.Words[j].Lower)
			}
			more = lexicon.Find(h).Set
			if more&lexicon.Names != 0 && r.facts[j].shape.capital() {
				found, size = more&lexicon.Names, j+1-i
			}
		}
		for j := i; j < i+size; j++ {
			r.facts[j].phrase = uint8(found)
			if j > i {
				r.facts[j].phrase |= phraseInside
			}
		}
		i += size
	}
}

// runs finds the runs of capitals and opens to names the words in them, and the
// small words and numbers that join them ("Bank of England", "Apollo 11").
func (r *Reader) runs() {
	n := len(r.facts)
	for i := 0; i < n; {
		f := &r.facts[i]
		if !f.shape.capital() {
			f.start, f.end = int32(i), int32(i+1)
			i++
			continue
		}
		j := i + 1
		for j < n && r.facts[j].shape.capital() {
			j++
		}
		for k := i; k < j; k++ {
			r.facts[k].start, r.facts[k].end, r.facts[k].open = int32(i), int32(j), true
		}
		i = j
	}
	last := -n - reach // the last capital or code
	for i := range r.facts {
		f := &r.facts[i]
		switch {
		case f.open:
			last = i
		case f.shape == shapeCode:
			f.open, last = true, i
		case f.shape == shapeNumber:
			f.open = r.capitalAt(i-1) || r.capitalAt(i+1)
		default:
			f.open = i-last <= reach && joins.Has(r.Words[i].Lower) && r.capitalNear(i, -1) && r.capitalNear(i, 1)
		}
	}
}

// joins are the small words that stand inside names.
var joins = words.NewSet(`of the and for in on to at a with from & ' 's ! , by upon against
	de la le les del della di da do dos das du des van von der den zu zur y e et und i
	al el bin ibn bint abu ul ur ben ter ten af av`)

func (r *Reader) capitalAt(i int) bool {
	return i >= 0 && i < len(r.facts) && r.facts[i].shape.capital()
}

// reach is how far a joining word may be from a capital on either side.
const reach = 3

// capitalNear looks for a capital in a direction, over at most two more joining words.
func (r *Reader) capitalNear(i, step int) bool {
	for k := 1; k <= reach; k++ {
		j := i + k*step
		if j < 0 || j >= len(r.Words) {
			return false
		}
		if s := r.facts[j].shape; s.capital() || s == shapeCode {
			return true
		}
		if !joins.Has(r.Words[j].Lower) && r.facts[j].shape != shapeNumber {
			return false
		}
	}
	return false
}

// Open reports whether word i may be part of a name at all.
func (r *Reader) Open(i int) bool { return r.facts[i].open }

var edge = facts{word: 1, tag: 1, shape: shapeMark}

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
	d := &r.draft
	d.rows, d.kind = 0, 0
	w, pw, nw := uint64(f.word), uint64(p.word), uint64(n.word)
	s, ps, ns := uint64(f.shape), uint64(p.shape), uint64(n.shape)

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
	d.add(p.coarse, f.coarse)
	d.add(f.coarse, n.coarse)
	d.add(p2.coarse, p.coarse)
	d.add(n.coarse, n2.coarse)
	d.add(p.coarse<<8|n.coarse, f.coarse)
	d.add(f.coarse, pw)
	d.add(f.coarse, nw)

	d.add(ps<<16|s<<8|ns, 0)
	d.add(uint64(p2.shape)<<24|ps<<16|s<<8|ns, uint64(n2.shape))
	d.add(f.tag, s)
	d.add(p.tag, f.tag)
	d.add(f.tag, n.tag)
	d.add(p.tag, n.tag)

	own := uint64(f.set &^ lexicon.Prefix)
	d.add(own, s)
	d.add(uint64(f.phrase), s)
	d.add(own, uint64(f.phrase))
	d.add(uint64(p.phrase), uint64(f.phrase))
	d.add(uint64(f.phrase), uint64(n.phrase))
	d.add(uint64(p.set&^lexicon.Prefix)<<16|own, ps<<8|s)
	d.add(own<<16|uint64(n.set&^lexicon.Prefix), ns<<8|s)
	for bit := lexicon.Place; bit <= lexicon.Common; bit <<= 1 {
		d.add(uint64(f.set&bit), 0)
	}

	// Where it stands in its run of capitals, whose last word is often the head.
	first, last := r.at(int(f.start)), r.at(int(f.end)-1)
	size := uint64(min(f.end-f.start, 5))
	place := uint64(min(i-int(f.start), 3))<<4 | uint64(min(int(f.end)-1-i, 3))
	where := size<<8 | place
	if f.start == 0 {
		where |= 1 << 16
	}
	d.add(where, uint64(f.shape))
	d.add(where, uint64(f.set&^lexicon.Prefix))
	d.add(uint64(last.word), place)
	d.kind++ // kindLastFine
	d.add(last.coarse, place)
	d.add(uint64(first.word), place)
	d.kind++ // kindFirstFine
	d.add(first.coarse, place)
	return d.all[:d.rows]
}

// ofRun are the rows that speak about the run of capitals around word i, and are
// the same for all its words: its ends, and what stands around it. They are valid
// until the next call of it or ofWord.
func (r *Reader) ofRun(i int) []uint32 {
	f := r.at(i)
	before, after := r.at(int(f.start)-1), r.at(int(f.end))
	first, last := r.at(int(f.start)), r.at(int(f.end)-1)
	size := uint64(min(f.end-f.start, 5))
	d := &r.draft
	d.rows, d.kind = 0, kindLastFine-1
	d.add(last.fine, size)
	d.kind = kindFirstFine - 1
	d.add(first.fine, size)
	d.kind = kindsOfWord
	d.add(uint64(before.word), size)
	d.add(before.fine, size)
	d.add(before.coarse, size)
	d.add(uint64(after.word), size)
	d.add(after.fine, size)
	d.add(after.coarse, size)
	d.add(uint64(before.word), last.coarse)
	d.add(uint64(after.word), first.coarse)
	d.add(before.coarse<<8|after.coarse, last.coarse)
	before2, after2 := r.at(int(f.start)-2), r.at(int(f.end)+1)
	d.add(uint64(before2.word), uint64(before.word))
	d.add(uint64(after2.word), uint64(after.word))
	d.add(before2.fine, before.coarse)
	d.add(after2.fine, after.coarse)
	d.add(after2.coarse, uint64(after.word)+size)
	d.add(before2.coarse, uint64(before.word)+size)
	d.add(after2.tag, after.tag+size)
	d.add(before2.tag, before.tag+size)
	d.add(last.fine, before.coarse)
	d.add(last.fine, after.coarse)
	d.add(uint64(last.set&^lexicon.Prefix), uint64(before.word))
	d.add(uint64(last.set&^lexicon.Prefix), uint64(after.word))
	d.add(uint64(last.set&^lexicon.Prefix)<<8|before.coarse, size)
	d.add(uint64(last.set&^lexicon.Prefix)<<8|after.coarse, size)
	d.add(uint64(last.set&^lexicon.Prefix)<<16|uint64(first.set&^lexicon.Prefix), size)
	// The head beyond a joining word: "University | of North Carolina".
	if f.start >= 2 && r.facts[f.start-1].open {
		d.add(uint64(r.at(int(f.start)-2).word), uint64(before.word))
		d.add(r.at(int(f.start)-2).fine, uint64(before.word))
	}
	return d.all[:d.rows]
}

// lexicalRows is how many rows name the word itself. The kinds of feature are
// numbered in the order in which they are added, those of a word up to
// kindsOfWord; two that stand among them are the run's.
const (
	lexicalRows   = 7
	kindLastFine  = 52
	kindFirstFine = 55
	kindsOfWord   = 56
)

// draft is a list of rows in the making. Each row's feature has the next kind.
type draft struct {
	all  [128]uint32
	rows int
	kind uint64
}

func (d *draft) add(a, b uint64) {
	d.kind++
	d.all[d.rows&(len(d.all)-1)] = row(d.kind, a, b)
	d.rows++
}

// row of the table for a feature of a kind with two values.
func row(kind, a, b uint64) uint32 {
	h := kind*0x9e3779b97f4a7c15 ^ a*0xff51afd7ed558ccd ^ (b+kind)*0xc4ceb9fe1a85ec53
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return uint32(h >> (64 - rowBits))
}

func hash(s string) uint64 { return uint64(lexicon.HashOf(s)) }

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

func head(s string, n int) string { return s[:min(n, len(s))] }

// Run is where the run of capitals around word i begins and ends; for any other
// word it is that word.
func (r *Reader) Run(i int) (start, end int) {
	return int(r.facts[i].start), int(r.facts[i].end)
}

// Known is the lists that hold the longest phrase beginning at word i, and its
// number of words; 0 where none does.
func (r *Reader) Known(i int) (lists lexicon.Set, words int) {
	f := &r.facts[i]
	if f.phrase == 0 || f.phrase&phraseInside != 0 {
		return 0, 0
	}
	end := i + 1
	for end < len(r.facts) && r.facts[end].phrase&phraseInside != 0 {
		end++
	}
	return lexicon.Set(f.phrase), end - i
}
