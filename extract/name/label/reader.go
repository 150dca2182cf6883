package label

import "crosscheck/extract/name/lexicon"

// Reader holds what is known of a sentence's words before they are labelled.
// It may be used again for the next sentence, by one goroutine at a time.
type Reader struct {
	Words  []Word
	places []place
	facts  []facts  // of open words and their neighbours; of others what it was before
	all    []uint32 // rows of a word and its run, for who learns weights
	draft  draft

	scores [][Labels]int32 // what the model says of each word, while it labels them
	run    struct {        // what it says of a run of capitals
		of    int32 // where the run begins, from 1; 0 for none
		lanes lanes
	}
}

// place is how a word stands among the others.
type place struct {
	shape      shape
	open       bool  // may be part of a name
	phrase     uint8 // the lists of the phrase it is part of, with phraseInside
	start, end int32 // the run of capitals around it
}

// facts are what features are made of.
type facts struct {
	word         lexicon.Hash
	suffix2      uint64
	suffix3      uint64
	prefix3      uint64
	tag          uint64
	fine, coarse uint64
	shape        uint64
	phrase       uint64
	set          lexicon.Set // the word's own lists, without Prefix
	prefix       bool        // a longer phrase begins with it
}

// The phrase bits: the five lists of names, and whether the word is not the first.
const phraseInside = 1 << 7

// Read takes up a sentence.
func (r *Reader) Read(words []Word) {
	r.Words = words
	r.run.of = 0
	r.places = r.places[:0]
	for i := range words {
		s := shapeOf(words[i].Text)
		if words[i].Folded && s != shapeMark {
			s = shapeFolded
		}
		r.places = append(r.places, place{shape: s})
	}
	r.runs()
	if cap(r.facts) < len(words) {
		r.facts = make([]facts, len(words)+len(words)/2)
	}
	r.facts = r.facts[:len(words)]
	// The rows of an open word speak of two words on either side; of words
	// further from any name nothing need be known.
	done := 0
	for i := range words {
		if !r.places[i].open {
			continue
		}
		for done = max(done, i-2); done < len(words) && done <= i+2; done++ {
			r.facts[done].read(&words[done], r.places[done].shape)
		}
	}
	r.phrases()
}

// read looks up what the lists know of a word.
func (f *facts) read(w *Word, s shape) {
	f.word = lexicon.HashOf(w.Lower)
	e := lexicon.Find(f.word)
	f.set, f.prefix = e.Set&^lexicon.Prefix, e.Set&lexicon.Prefix != 0
	f.fine, f.coarse = uint64(e.Fine), uint64(e.Coarse)
	f.tag, f.suffix2, f.suffix3, f.prefix3 = packed(w.Tag), packed(tail(w.Lower, 2)), packed(tail(w.Lower, 3)), packed(head(w.Lower, 3))
	f.shape, f.phrase = uint64(s), 0
}

// packed is a short text as a number.
func packed(s string) (n uint64) {
	for i := 0; i < len(s); i++ {
		n = n<<8 | uint64(s[i])
	}
	return n
}

func tail(s string, n int) string { return s[max(0, len(s)-n):] }

func head(s string, n int) string { return s[:min(n, len(s))] }

// phrases marks the longest phrase of the lists that begins at each open capital.
func (r *Reader) phrases() {
	const longest = 8
	for i := 0; i < len(r.Words); {
		p := &r.places[i]
		if !p.open || !p.shape.capital() && p.shape != shapeCode {
			i++
			continue
		}
		h, found, size := r.facts[i].word, r.facts[i].set&lexicon.Names, 1
		for j, longer := i+1, r.facts[i].prefix; j < len(r.Words) && j < i+longest && longer; j++ {
			if r.Words[j].Space {
				h = h.Then(r.Words[j].Lower)
			} else {
				h = h.Add(r.Words[j].Lower)
			}
			more := lexicon.Find(h).Set
			longer = more&lexicon.Prefix != 0
			if more&lexicon.Names != 0 && r.places[j].shape.capital() {
				found, size = more&lexicon.Names, j+1-i
			}
		}
		for j := i; j < i+size; j++ {
			r.places[j].phrase = uint8(found)
			if j > i {
				r.places[j].phrase |= phraseInside
			}
			r.facts[j].phrase = uint64(r.places[j].phrase)
		}
		i += size
	}
}

// Open reports whether word i may be part of a name at all.
func (r *Reader) Open(i int) bool { return r.places[i].open }

// Set is the lists that word i stands in by itself. It is known of open words.
func (r *Reader) Set(i int) lexicon.Set { return r.facts[i].set }

// Run is where the run of capitals around word i begins and ends; for any other
// word it is that word.
func (r *Reader) Run(i int) (start, end int) {
	return int(r.places[i].start), int(r.places[i].end)
}

// Known is the lists that hold the longest phrase beginning at word i, and its
// number of words; 0 where none does.
func (r *Reader) Known(i int) (lists lexicon.Set, words int) {
	phrase := r.places[i].phrase
	if phrase == 0 || phrase&phraseInside != 0 {
		return 0, 0
	}
	end := i + 1
	for end < len(r.places) && r.places[end].phrase&phraseInside != 0 {
		end++
	}
	return lexicon.Set(phrase), end - i
}
