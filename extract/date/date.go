// Package date finds the dates a sentence gives, full or partial, absolute or
// relative.
//
// In come a document's tokenised sentences and the day it was published; out
// come mentions whose value is a period of days, none overlapping another. A
// year, a month, a quarter is its first to its last day; "since 1973" and
// "through 2028" have an open end. A date that only the day of publication can
// settle is marked unresolved, with no period, where that day is not known, and
// so is one that counts from another ("the next day") where none was given.
package date

import (
	"time"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/token"
)

// Context is what is known of a document from outside its text.
type Context struct {
	// Published is the day from which "last month" counts; the zero Day where
	// it is not known, and then relative dates stay unresolved.
	Published claim.Day
}

// Finder reads the dates of one document, its sentences in order: from what one
// says, "the next day" in another counts.
type Finder struct {
	text   string
	today  claim.Day
	spoken spoken
	row    row
	habit  habit
	words  []numeral.Word
	found  []claim.Mention
}

// NewFinder returns a Finder for a document with the given text.
func NewFinder(text string, c Context) *Finder {
	f := new(Finder)
	f.Begin(text, c)
	return f
}

// Begin makes f what NewFinder returns, in the memory that it has already.
func (f *Finder) Begin(text string, c Context) {
	*f = Finder{text: text, today: c.Published, words: f.words[:0], found: f.found[:0]}
}

// Find returns the dates of the document's next sentence in order of position.
// They are valid until the next Find.
func (f *Finder) Find(s *token.Sentence) []claim.Mention {
	f.words = numeral.Split(f.text, s, f.words[:0])
	f.spoken.sentence++
	r := &reader{Finder: f, Reader: numeral.Reader{Text: f.text, Words: f.words}, sentence: s, out: f.found[:0]}
	for i := 0; i < len(r.Words); {
		if !mayBegin(&r.Words[i]) { // as most words
			i++
			continue
		}
		it, ok := item{}, false
		clock := clockStarts(&r.Words[i])
		if clock && r.Words[i].Kind == numeral.Digits {
			it, ok = r.timeOfDay(i)
		}
		if !ok {
			if it, ok = r.item(i); ok {
				it = r.timed(r.joined(r.borrowed(it)))
			} else if clock {
				it, ok = r.timeOfDay(i)
			}
		}
		if !ok {
			i++
			continue
		}
		if !r.saying(it.first) {
			f.spoken.hear(it)
			if !it.yearless && !it.unresolved {
				f.spoken.era.tells(it.Period, f.today)
			}
		}
		it = r.bounds(it)
		r.emit(it)
		i, r.floor, r.last = it.next, it.next, it
	}
	f.found = r.out
	return r.out
}

// mayBegin reports whether a date or a time of day may begin with a word.
func mayBegin(w *numeral.Word) bool {
	return w.Kind == numeral.Digits || w.Kind == numeral.Mark || starters.Get(w.Lower).kind != noDate || clockStarts(w)
}

// Last are the words of the sentence that Find read last, for who reads it next.
// They are valid until the next Find.
func (f *Finder) Last() []numeral.Word { return f.words }

// Find returns the dates of a sentence that stands by itself; text is the whole
// text that its offsets count in.
func Find(text string, s *token.Sentence, c Context) []claim.Mention {
	return NewFinder(text, c).Find(s)
}

// reader is one sentence on its way through Find.
type reader struct {
	*Finder
	numeral.Reader
	sentence *token.Sentence
	out      []claim.Mention
	// floor is the first word that no mention holds yet, last the item before it.
	floor int
	last  item
}

// item is a date that was read: its words, its period, and what of it was said.
type item struct {
	first, next int
	claim.Period
	// unresolved says that the period needs a day of publication there is none of.
	unresolved bool
	// yearless says that the year was not said: a range borrows its other end's.
	yearless   bool
	month, day int // as said, for borrowing; 0 where not said
	days       int // how many more follow the day
	nth, parts int // the part of a year that has no year
	rule       *rule
}

func (r *reader) emit(it item) {
	if !plausible(it.Period) {
		return
	}
	m := claim.Mention{Kind: claim.Date, Unresolved: it.unresolved, Rule: it.rule.ID}
	m.Span = document.Span{Start: r.Words[it.first].Start, End: r.Words[it.next-1].End}
	p := it.Period
	m.Value.Period = &p
	r.out = append(r.out, m)
}

// plausible keeps a period with its ends the right way round.
func plausible(p claim.Period) bool { return p.From == 0 || p.To == 0 || p.From <= p.To }

// item reads the date that begins at word i, without what joins or bounds it.
func (r *reader) item(i int) (item, bool) {
	w := &r.Words[i]
	switch w.Kind {
	case numeral.Digits:
		return r.digits(i)
	case numeral.Mark:
		if w.Rune == '\'' || w.Rune == '’' || w.Rune == '‘' {
			return r.shortYear(i)
		}
		return item{}, false
	case numeral.Opaque:
		return item{}, false
	}
	switch word := starters.Get(w.Lower); word.kind {
	case monthWord:
		return r.monthFirst(i, word.value)
	case weekdayWord:
		return r.weekday(i, word.value)
	case seasonWord:
		return r.season(i, word.value)
	case partWord:
		return r.part(i, word.value)
	case fiscalWord:
		return r.fiscal(i)
	case quarterWord:
		return r.quarterSign(i, w.Lower)
	case pointWord:
		return r.point(i, word.value)
	case deicticWord:
		return r.deictic(i, word.value)
	case yearWord:
		return r.yearAfter(i)
	case decadeWord:
		return r.namedDecade(i, word.value)
	case thenWord:
		return r.then(i, word.value)
	case laterWord:
		return r.inside(i, word.value)
	case unitWord:
		return r.eve(i)
	case recentWord:
		return r.vague(i, i+1)
	case someWord:
		return r.someAway(i, i+1)
	case turnWord:
		return r.turn(i)
	}
	if w.IsNumber() {
		return r.counted(i)
	}
	return item{}, false
}

// digits reads a date that begins with digits.
func (r *reader) digits(i int) (item, bool) {
	if !r.free(i) {
		return item{}, false
	}
	next := r.At(i + 1)
	if next.Kind == numeral.Mark && !next.Space {
		if it, ok := r.iso(i); ok {
			return it, true
		}
		if it, ok := r.numeric(i); ok {
			return it, true
		}
	}
	if len(r.Words[i].Lower) <= 2 {
		if it, ok := r.dayFirst(i); ok {
			return it, true
		}
	} else if it, ok := r.years(i); ok {
		return it, true
	}
	if it, ok := r.quarterFirst(i); ok {
		return it, true
	}
	if next.Kind == numeral.Letters { // "21st century", "10 days ago"
		if it, ok := r.counted(i); ok {
			return it, true
		}
	}
	return r.year(i)
}

// number is the value of the digits at i, which are at most four.
func (r *reader) number(i int) (n, digits int) {
	w := r.At(i)
	if w.Kind != numeral.Digits || len(w.Lower) > 4 {
		return -1, 0
	}
	for _, c := range w.Lower {
		n = n*10 + int(c-'0')
	}
	return n, len(w.Lower)
}

// free reports whether nothing of a larger number or code is glued before i.
func (r *reader) free(i int) bool {
	w, p := r.At(i), r.At(i-1)
	if w.Space || i == 0 {
		return true
	}
	switch p.Rune {
	case '(', '[', '"', '“', '‘', '\'', ':', ';', '*', '|', '>':
		return true
	case '-', '/':
		return r.At(i-2).Kind == numeral.Letters || p.Space
	}
	return false
}

// dayOfMonth reads a day number at i: "7", "7th", "the 7th", "first".
func (r *reader) dayOfMonth(i int) (day, next int, ok bool) {
	if r.Is(i, "the") {
		i++
	}
	if r.At(i).Kind != numeral.Digits {
		if !r.At(i).IsNumber() || r.At(i).Lower == "a" {
			return 0, i, false
		}
		n, ok := r.Read(i)
		if !ok || !n.Ordinal || n.Value.IntPart() > 31 {
			return 0, i, false
		}
		return int(n.Value.IntPart()), n.Next, true
	}
	n, digits := r.number(i)
	if n < 1 || n > 31 || digits > 2 {
		return 0, i, false
	}
	next = i + 1
	switch r.At(next).Lower {
	case "st", "nd", "rd", "th":
		if !r.At(next).Space {
			next++
		}
	}
	if w := r.At(next); !w.Space && next < len(r.Words) && (w.Kind == numeral.Letters && !isMonth(w.Lower) || w.Rune == ':' || w.Rune == '%' || w.Rune == '.' && r.At(next+1).Kind == numeral.Digits && !r.At(next+1).Space) {
		return 0, i, false
	}
	return n, next, true
}

// yearAt reads a year of four digits at i, or of two after an apostrophe.
func (r *reader) yearAt(i int) (year, next int, ok bool) {
	if (r.IsMark(i, '\'') || r.IsMark(i, '’')) && !r.At(i+1).Space {
		if n, digits := r.number(i + 1); digits == 2 {
			return r.century(n), i + 2, true
		}
	}
	n, digits := r.number(i)
	if digits != 4 || n < 1000 || n > 2199 {
		return 0, i, false
	}
	if w := r.At(i + 1); i+1 < len(r.Words) && !w.Space {
		if w.Kind == numeral.Letters || w.Rune == '%' || (w.Rune == ',' || w.Rune == '.' || w.Rune == ':') && r.At(i+2).Kind == numeral.Digits && !r.At(i+2).Space {
			return 0, i, false
		}
	}
	return n, i + 1, true
}

// century gives a year of two digits its century: the latest that is not far
// in the future.
func (r *reader) century(n int) int {
	now := 2030
	if r.today != 0 {
		now = r.today.Time().Year() + 5
	}
	if y := now - now%100 + n; y <= now {
		return y
	}
	return now - now%100 + n - 100
}

func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	return d <= time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func oneDay(y, m, d int) claim.Period {
	day := claim.DayOf(y, time.Month(m), d)
	return claim.Period{From: day, To: day}
}
