package numeral

import "github.com/shopspring/decimal"

// A tally adds up a number in words from left to right: groups below a
// thousand, each closed by the scale word after it.
type tally struct {
	total decimal.Decimal // the groups closed so far
	group int64           // the one that is open
	// tens is what "twenty" and its like added to the open group last, which an
	// ordinal after a hyphen takes back: "one hundred thirty-fifths".
	tens  int64
	state state
	last  int32 // power of the last scale
	parts int   // groups closed
	place int32 // power of the last digit said
}

type state uint8

const (
	empty state = iota
	afterUnit
	afterTens
	afterHundred
	afterDigits
)

func (t *tally) value() decimal.Decimal { return t.total.Add(decimal.New(t.group, 0)) }

// add takes a word into the tally and reports whether it fits there.
func (t *tally) add(e entry) bool {
	switch e.class {
	case unit, teen, tens:
		fits := t.state == empty || t.state == afterHundred || e.class == unit && t.state == afterTens && e.value > 0
		if !fits || t.parts > 0 && e.value == 0 {
			return false
		}
		t.group += int64(e.value)
		t.tens, t.state, t.place = 0, afterUnit, 0
		if e.class == tens {
			t.tens, t.state = int64(e.value), afterTens
		}
	case hundred:
		if t.state == empty || t.state == afterHundred || t.group == 0 || t.group > 99 {
			return false
		}
		t.group, t.state, t.place = t.group*100, afterHundred, 2
	case scale:
		switch {
		case t.last+e.value > maxExponent, t.state == empty && t.parts == 0:
			return false
		case t.state == empty: // "three thousand million"
			t.total, t.last = t.total.Shift(e.value), t.last+e.value
		case t.parts > 0 && e.value >= t.last: // "two thousand three hundred million"
			t.total, t.last = t.value().Shift(e.value), e.value
		default:
			t.total, t.last = t.total.Add(decimal.New(t.group, e.value)), e.value
		}
		t.parts++
		t.group, t.state, t.place = 0, empty, t.last
	default:
		return false
	}
	return true
}

// words reads a number that begins with a word of the lexicon, or with digits
// before a scale word ("6 thousand 2 hundred and 45").
func (r *Reader) words(i int) (Number, bool) {
	first := r.At(i)
	if first.Kind == Digits {
		return r.tally(i, tally{})
	}
	switch first.entry.class {
	case article:
		return r.withArticle(i)
	case vague:
		return r.several(i + 1)
	case fraction:
		return r.bareFraction(i)
	case ordinal:
		if first.entry.plural || first.entry.power {
			return Number{}, false
		}
		return Number{Value: decimal.New(int64(first.entry.value), 0), Ordinal: true, Spelled: true, Next: i + 1}, true
	case hundred, scale, dozen:
		if first.entry.plural {
			return r.plenty(i)
		}
		if first.entry.class == dozen && r.Is(i-1, "the") {
			return Number{Value: one, Spelled: true, Next: i}, true // the dozen follows
		}
		if r.Is(i, "hundred") && (r.Is(i+1, "percent") || r.Is(i+1, "per") && r.Is(i+2, "cent")) {
			return r.tally(i, tally{group: 1, state: afterUnit})
		}
		next := r.At(i + 1).entry.class // "hundred thousand dollars"
		if first.entry.class != hundred || next != scale {
			return Number{}, false
		}
		return r.tally(i, tally{group: 1, state: afterUnit})
	case unit, teen, tens:
		return r.tally(i, tally{})
	}
	return Number{}, false
}

// tally reads on from word i with what is counted so far.
func (r *Reader) tally(i int, t tally) (Number, bool) {
	first := i
	for i < len(r.Words) && i < first+maxDigits {
		w := &r.Words[i]
		switch {
		case w.Kind == Digits:
			if !r.joinDigits(i, &t, first) {
				return r.close(first, i, t)
			}
			i++
			continue
		case w.entry.class == ordinal:
			return r.closeOrdinal(first, i, t)
		case w.entry.class == fraction:
			if n, ok := r.overFraction(i, t); ok {
				return n, true
			}
			return r.close(first, i, t)
		case w.Lower == "point" && r.pointFollows(i):
			return r.point(i, t)
		case w.entry.class == dozen || w.entry.class == vague:
			return r.close(first, i, t)
		case w.IsNumber() && t.add(w.entry):
			i++
			continue
		case t.group == 1 && t.parts == 0 && (w.entry.class == tens || w.entry.class == teen): // "one twenty-fifth"
			if n, ok := r.tally(i, tally{}); ok && n.Ordinal {
				n.Value, n.Ordinal, n.Ratio = ratio(one, n.Value), false, true
				return n, true
			}
		}
		next, ok := r.bridge(i, t)
		if !ok {
			return r.close(first, i, t)
		}
		i = next
	}
	return r.close(first, i, t)
}

// bridge passes what may stand between two words of one number: a hyphen, an
// "and", a comma.
func (r *Reader) bridge(i int, t tally) (next int, ok bool) {
	w, after := r.At(i), r.At(i+1)
	c := after.entry.class
	switch {
	case w.Rune == '-':
		small := (c == unit || c == ordinal) && after.entry.value < 10
		if t.state == afterTens && small && after.Space == w.Space {
			return i + 1, true
		}
		closes := c == hundred || c == scale || c == fraction || c == ordinal
		return i + 1, closes && w.Space == after.Space && (!w.Space || c == ordinal || c == fraction)
	case w.Lower == "and" || w.Rune == '&':
		if _, ok := r.fractionWords(i + 1); ok { // "two million and one half"
			return i, false
		}
		if t.state != afterHundred && (t.state != empty || t.parts == 0) {
			return i, false
		}
		switch {
		case after.Kind == Digits:
			e := r.At(i + 2).entry.class
			return i + 1, len(after.Lower) <= 2 && e != hundred && e != scale && (t.state == afterHundred || t.last == 3) && r.bareDigits(i+1)
		case c == unit || c == teen || c == tens || c == ordinal && !after.entry.plural:
			return i + 1, r.smaller(i+1, t)
		}
	case w.Rune == ',':
		if t.state == empty && t.parts > 0 && (c == unit || c == teen || c == tens) {
			for k := i + 2; k < i+5 && r.At(k).Kind == Letters; k++ {
				if e := r.At(k).entry; e.class == hundred || e.class == scale {
					return i + 1, r.smaller(i+1, t)
				}
			}
		}
	}
	return i, false
}

// smaller reports whether the group that begins at i can follow within the
// same number: "two hundred and three" goes on, "two hundred and three
// hundred" are two.
func (r *Reader) smaller(i int, t tally) bool {
	for k := i; k < i+6 && k < len(r.Words); k++ {
		e := r.Words[k].entry
		switch {
		case e.class == hundred && t.state == afterHundred:
			return false
		case e.class == scale:
			return t.state == afterHundred || e.value < t.last
		case e.class == none && r.Words[k].Rune != '-' || e.class == joiner:
			return true
		}
	}
	return true
}

// joinDigits takes a group in digits into a number in words.
func (r *Reader) joinDigits(i int, t *tally, first int) bool {
	w := &r.Words[i]
	if len(w.Lower) > 3 || t.state != empty && t.state != afterHundred {
		return false
	}
	if i > first { // what follows a scale must be closed by a smaller one, or follow an "and"
		c := r.At(i + 1).entry
		closed := c.class == hundred || c.class == scale && c.value < t.last
		if !closed && !r.Is(i-1, "and") || r.At(i).Kind != Digits || !r.bareDigits(i) {
			return false
		}
	}
	v, ok := parse(w.Lower, 0)
	if !ok || v.IsZero() {
		return false
	}
	t.group += v.IntPart()
	t.state, t.place = afterDigits, 0
	return true
}

// bareDigits reports whether nothing is glued to the digits at i.
func (r *Reader) bareDigits(i int) bool {
	next := r.At(i + 1)
	return next.Space || i+1 >= len(r.Words) || next.Kind == Mark && !(r.glued(i+2) && r.At(i+2).Kind == Digits) && next.Rune != '%'
}

// close ends the number before word i.
func (r *Reader) close(first, i int, t tally) (Number, bool) {
	for i > first && (r.At(i-1).Kind == Mark || r.At(i-1).entry.class == joiner) {
		i--
	}
	if i == first || t.state == empty && t.parts == 0 {
		return Number{}, false
	}
	n := Number{Value: t.value(), Next: i, Spelled: r.Words[first].Kind != Digits, Place: t.place}
	if t.state == empty && t.parts > 0 {
		n.Scale, n.Place = t.last, t.last
	}
	return n, true
}

// closeOrdinal ends it with an ordinal: "twenty-first" is one, "two fifths" and
// "one twentieth" are fractions.
func (r *Reader) closeOrdinal(first, i int, t tally) (Number, bool) {
	e, hyphen := r.At(i).entry, r.IsMark(i-1, '-')
	if t.state == empty && t.parts == 0 {
		return Number{}, false
	}
	small := !e.power && e.value < 10
	den := decimal.New(int64(e.value), 0)
	if e.power {
		den = decimal.New(1, e.value)
	}
	part := t.value().Sub(decimal.New(t.tens, 0)) // without "thirty" in "one hundred thirty-fifths"
	joined := t.state == afterTens && small && (hyphen || !e.plural)
	if joined {
		den = den.Add(decimal.New(t.tens, 0))
		if e.plural && part.IsPositive() || part.Equal(one) && !e.plural {
			return Number{Value: ratio(part, den), Ratio: true, Spelled: true, Next: i + 1}, true
		}
		if e.plural {
			return Number{}, false
		}
		return Number{Value: part.Add(den), Ordinal: true, Spelled: true, Next: i + 1}, true
	}
	single := t.value().Equal(one) && !e.plural && e.value > 1 && !(e.value == 2 && !e.power)
	switch {
	case e.plural, single:
		return Number{Value: ratio(t.value(), den), Ratio: true, Spelled: true, Next: i + 1}, true
	case e.power && !t.value().IsZero():
		return Number{Value: t.value().Mul(den), Ordinal: true, Spelled: true, Next: i + 1}, true
	case t.state == afterHundred, t.state == empty:
		return Number{Value: t.value().Add(den), Ordinal: true, Spelled: true, Next: i + 1}, true
	}
	return r.close(first, i, t)
}
