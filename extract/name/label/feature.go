package label

import "crosscheck/extract/name/lexicon"

// Reader holds what is known of a sentence's words before they are labelled.
// It may be used again for the next sentence, by one goroutine at a time.
type Reader struct {
	Words []Word
	facts []facts
	rows  []uint32
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
			f.open = i-last <= reach && joins[r.Words[i].Lower] && r.capitalNear(i, -1) && r.capitalNear(i, 1)
		}
	}
}

// joins are the small words that stand inside names.
var joins = map[string]bool{
	"of": true, "the": true, "and": true, "for": true, "in": true, "on": true, "to": true, "at": true, "a": true, "with": true, "from": true,
	"&": true, "'": true, "'s": true, "!": true, ",": true, "by": true, "upon": true, "against": true,
	"de": true, "la": true, "le": true, "les": true, "del": true, "della": true, "di": true, "da": true, "do": true, "dos": true, "das": true, "du": true,
	"des": true, "van": true, "von": true, "der": true, "den": true, "zu": true, "zur": true, "y": true, "e": true, "et": true, "und": true, "i": true,
	"al": true, "el": true, "bin": true, "ibn": true, "bint": true, "abu": true, "ul": true, "ur": true, "ben": true, "ter": true, "ten": true, "af": true, "av": true,
}

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
		if !joins[r.Words[j].Lower] && r.facts[j].shape != shapeNumber {
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
	f, p, n, p2, n2 := r.at(i), r.at(i-1), r.at(i+1), r.at(i-2), r.at(i+2)
	r.rows = r.rows[:0]
	var kind uint64
	add := func(a, b uint64) {
		kind++
		r.rows = append(r.rows, row(kind, a, b))
	}
	w, pw, nw := uint64(f.word), uint64(p.word), uint64(n.word)
	s, ps, ns := uint64(f.shape), uint64(p.shape), uint64(n.shape)

	add(w, 0)
	add(w, s)
	add(pw, w)
	add(w, nw)
	add(f.suffix3, s)
	add(f.suffix2, s)
	add(f.prefix3, s)
	lexical = len(r.rows)

	add(pw, s)
	add(nw, s)
	add(uint64(p2.word), s)
	add(uint64(n2.word), s)
	add(pw, uint64(p2.word))
	add(nw, uint64(n2.word))

	add(f.fine, s)
	add(p.fine, s)
	add(n.fine, s)
	add(p.fine, f.fine)
	add(f.fine, n.fine)
	add(f.coarse, s)
	add(p.coarse, f.coarse)
	add(f.coarse, n.coarse)
	add(p2.coarse, p.coarse)
	add(n.coarse, n2.coarse)
	add(p.coarse<<8|n.coarse, f.coarse)
	add(f.coarse, pw)
	add(f.coarse, nw)

	add(ps<<16|s<<8|ns, 0)
	add(uint64(p2.shape)<<24|ps<<16|s<<8|ns, uint64(n2.shape))
	add(f.tag, s)
	add(p.tag, f.tag)
	add(f.tag, n.tag)
	add(p.tag, n.tag)

	own := uint64(f.set &^ lexicon.Prefix)
	add(own, s)
	add(uint64(f.phrase), s)
	add(own, uint64(f.phrase))
	add(uint64(p.phrase), uint64(f.phrase))
	add(uint64(f.phrase), uint64(n.phrase))
	add(uint64(p.set&^lexicon.Prefix)<<16|own, ps<<8|s)
	add(own<<16|uint64(n.set&^lexicon.Prefix), ns<<8|s)
	for bit := lexicon.Place; bit <= lexicon.Common; bit <<= 1 {
		add(uint64(f.set&bit), 0)
	}

	r.runRows(f, i, add)
	return r.rows, lexical
}

// runRows speak about the run of capitals that a word stands in: its last word
// is often the head ("... Institute"), and what stands around it is the context.
func (r *Reader) runRows(f *facts, i int, add func(a, b uint64)) {
	before, after := r.at(int(f.start)-1), r.at(int(f.end))
	first, last := r.at(int(f.start)), r.at(int(f.end)-1)
	size := uint64(min(f.end-f.start, 5))
	place := uint64(min(i-int(f.start), 3))<<4 | uint64(min(int(f.end)-1-i, 3))
	where := size<<8 | place
	if f.start == 0 {
		where |= 1 << 16
	}
	add(where, uint64(f.shape))
	add(where, uint64(f.set&^lexicon.Prefix))
	add(uint64(last.word), place)
	add(last.fine, size)
	add(last.coarse, place)
	add(uint64(first.word), place)
	add(first.fine, size)
	add(first.coarse, place)
	add(uint64(before.word), size)
	add(before.fine, size)
	add(before.coarse, size)
	add(uint64(after.word), size)
	add(after.fine, size)
	add(after.coarse, size)
	add(uint64(before.word), last.coarse)
	add(uint64(after.word), first.coarse)
	add(before.coarse<<8|after.coarse, last.coarse)
	before2, after2 := r.at(int(f.start)-2), r.at(int(f.end)+1)
	add(uint64(before2.word), uint64(before.word))
	add(uint64(after2.word), uint64(after.word))
	add(before2.fine, before.coarse)
	add(after2.fine, after.coarse)
	add(after2.coarse, uint64(after.word)+size)
	add(before2.coarse, uint64(before.word)+size)
	add(after2.tag, after.tag+size)
	add(before2.tag, before.tag+size)
	add(last.fine, before.coarse)
	add(last.fine, after.coarse)
	add(uint64(last.set&^lexicon.Prefix), uint64(before.word))
	add(uint64(last.set&^lexicon.Prefix), uint64(after.word))
	add(uint64(last.set&^lexicon.Prefix)<<8|before.coarse, size)
	add(uint64(last.set&^lexicon.Prefix)<<8|after.coarse, size)
	add(uint64(last.set&^lexicon.Prefix)<<16|uint64(first.set&^lexicon.Prefix), size)
	// The head beyond a joining word: "University | of North Carolina".
	if f.start >= 2 && r.facts[f.start-1].open {
		add(uint64(r.at(int(f.start)-2).word), uint64(before.word))
		add(r.at(int(f.start)-2).fine, uint64(before.word))
	}
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
