// Package quantity finds the quantities a sentence gives: money, percentages,
// counts, measures, ordinals and durations.
//
// In come a tokenised sentence and the dates already found in it; out come
// mentions, each with its value as an interval, none overlapping another or a
// date. It reads from left to right: a number, what its neighbours make of it
// (a currency, a unit, a counted noun), a second number where it is a range,
// a rate, and then backwards the words that hedge it.
package quantity

import (
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/token"
)

// reader is one sentence on its way through Find.
type reader struct {
	numeral.Reader
	sentence *token.Sentence
	dates    []claim.Mention
	out      []claim.Mention
	// floor is the first word that no mention holds yet: nothing is read
	// backwards beyond it.
	floor int
}

var pool = sync.Pool{New: func() any { return new([]numeral.Word) }}

// Find returns the quantities of a sentence in order of position. The dates
// must be sorted by position; text is the document's whole text, and habit how
// it writes decimals.
func Find(text string, s *token.Sentence, dates []claim.Mention, habit numeral.Habit) []claim.Mention {
	buffer := pool.Get().(*[]numeral.Word)
	defer pool.Put(buffer)
	*buffer = numeral.Split(text, s, (*buffer)[:0])
	return AppendIn(nil, text, s, *buffer, dates, habit)
}

// AppendIn is Find for a sentence that has been split into words already; it
// appends the quantities to dst.
func AppendIn(dst []claim.Mention, text string, s *token.Sentence, words []numeral.Word, dates []claim.Mention, habit numeral.Habit) []claim.Mention {
	r := &reader{Reader: numeral.Reader{Text: text, Words: words, Habit: habit}, sentence: s, dates: dates, out: dst}
	for i := 0; i < len(r.Words); {
		i = r.step(i)
	}
	return r.out
}

// step reads what begins at word i and returns where to go on.
func (r *reader) step(i int) int {
	if next := r.pastDate(i); next > i {
		r.floor = next
		return next
	}
	w := &r.Words[i]
	plain := w.Kind == numeral.Opaque || w.Kind == numeral.Letters && !w.IsNumber() && !r.mayPrefix(i)
	if plain && !w.IsMultiple() && w.Lower != "no" && w.Lower != "nobody" { // as most words are
		return i + 1
	}
	return r.number(i, plain)
}

// number reads the number at word i and returns where to go on. Of a plain word no
// number is made but a factor or none.
func (r *reader) number(i int, plain bool) int {
	if a, ok := r.factor(i); ok {
		return r.finish(a)
	}
	if plain {
		if w := &r.Words[i]; w.Lower == "no" || w.Lower == "nobody" {
			if a, ok := r.none(i); ok {
				return r.finish(a)
			}
		}
		return i + 1
	}
	if next, never := r.never(i); never {
		return next
	}
	a, ok := r.amount(i)
	if !ok {
		return i + 1
	}
	r.outOf(&a)
	return r.finish(a)
}

// pastDate returns the first word after the date that word i lies in, or i.
func (r *reader) pastDate(i int) int {
	for len(r.dates) > 0 && r.dates[0].End <= r.Words[i].Start {
		r.dates = r.dates[1:]
	}
	if len(r.dates) == 0 || r.dates[0].Start >= r.Words[i].End {
		return i
	}
	for i < len(r.Words) && r.Words[i].Start < r.dates[0].End {
		i++
	}
	return i
}

// inDate reports whether the words from first up to next touch a date.
func (r *reader) inDate(first, next int) bool {
	if first >= next {
		return false
	}
	from, to := r.Words[first].Start, r.Words[next-1].End
	for _, d := range r.dates {
		if d.Start >= to {
			return false
		}
		if d.End > from {
			return true
		}
	}
	return false
}

// amount is a number with what it is a number of.
type amount struct {
	numeral.Number
	// first and next are the words of the mention, symbol and unit included.
	first, next int
	kind        claim.MentionKind
	unit, per   string
	// factor turns the number as said into the unit: .01 for cents.
	factor decimal.Decimal
	// off is the error stated with the number ("± 0.2"), zero where none is.
	off decimal.Decimal
	// lead is how many words before first belong to the mention: "at least".
	lead int
	// tail is one past the last word read, the counted noun included.
	tail int
	hedge
}

func (r *reader) finish(a amount) int {
	if a.bare() {
		r.sides(&a)
	}
	whole := r.ranged(a)
	if r.age(&whole.amount) {
		whole.tail = whole.next
	} else if whole.second == nil {
		if a.bare() {
			if next, never := r.neverBare(&whole.amount); never {
				return next
			}
			r.countNoun(&whole.amount)
			if !r.stands(&whole.amount) {
				return whole.next
			}
		}
	} else if whole.bare() {
		if r.tally(&whole) {
			return whole.next
		}
		r.countNoun(&whole.amount)
	}
	r.rate(&whole.amount)
	r.hedges(&whole.amount)
	q := whole.quantity()
	q.Change = r.change(&whole.amount)
	m := claim.Mention{Kind: whole.kind, Rule: whole.rule()}
	m.Span = document.Span{Start: r.Words[whole.first-whole.lead].Start, End: r.end(whole.next - 1)}
	m.Value.Quantity = &q
	r.out = append(r.out, m)
	r.floor = whole.next
	return max(whole.next, whole.tail)
}

// end is the end of word i without the stop that closes the sentence after an
// abbreviation: "2 in.".
func (r *reader) end(i int) int {
	w := &r.Words[i]
	if i == len(r.Words)-1 && w.End-w.Start > 1 && r.Text[w.End-1] == '.' && strings.IndexByte(w.Lower, '.') == len(w.Lower)-1 {
		return w.End - 1
	}
	return w.End
}

func (a *amount) bare() bool { return a.kind == claim.Count && a.unit == "" }
