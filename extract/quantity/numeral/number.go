package numeral

import (
	"github.com/shopspring/decimal"
)

// Number is a number as it was said.
type Number struct {
	// First and Next are the words it is made of: first, and one past the last.
	First, Next int
	// Value is the number; where Vague is set there is none, and the words
	// ("tens of thousands", "several hundred") mean something in [Value, Top).
	Value, Top decimal.Decimal
	Vague      bool
	// Place is the power of ten of the last digit that was said: 8 in "3.8
	// billion", 0 in "4,000".
	Place int32
	// Point says that digits after a decimal point were said: Place is then
	// what the number was rounded to.
	Point bool
	// Scale is the power of ten of the scale word or letter ("billion": 9), or
	// 0; LooseScale says that the scale is a lone letter that stands for one
	// only beside a currency or a counted noun: the m in "5m".
	Scale      int32
	LooseScale bool
	// Ratio says that it is a fraction ("three quarters", "1/40").
	Ratio bool
	// Ordinal says that it is one: "third", "21st".
	Ordinal bool
	// Spelled says that it is in words and not in digits.
	Spelled bool
	// Plain says that it is a plain run of digits, no separator, sign, point
	// or scale: a year, a label and a part of a code look like that too.
	Plain bool
}

// The bounds on what counts as a number; longer runs of digits are codes.
const (
	maxDigits   = 40
	maxExponent = 30
)

var (
	one      = decimal.New(1, 0)
	divScale = int32(18) // decimal places of a fraction that does not come out even
)

// Reader reads numbers out of one sentence's words.
type Reader struct {
	Text  string
	Words []Word
	// Habit is the document's mark before decimals.
	Habit Habit
}

// outside stands for the words before and after a sentence.
var outside = Word{Kind: Mark, Space: true}

// At returns the word at i, or an empty one outside the sentence; it is for
// reading only.
func (r *Reader) At(i int) *Word {
	if i < 0 || i >= len(r.Words) {
		return &outside
	}
	return &r.Words[i]
}

// Is reports whether the word at i is w, given in lower case.
func (r *Reader) Is(i int, w string) bool { return i >= 0 && i < len(r.Words) && r.Words[i].Lower == w }

// IsMark reports whether the word at i is the mark m ('-' for any dash).
func (r *Reader) IsMark(i int, m rune) bool {
	return i >= 0 && i < len(r.Words) && r.Words[i].Rune == m
}

// glued reports whether the word at i follows the one before without a space.
func (r *Reader) glued(i int) bool { return i > 0 && i < len(r.Words) && !r.Words[i].Space }

// Read reads the number that begins at word i, a sign included.
func (r *Reader) Read(i int) (Number, bool) {
	if i < 0 || i >= len(r.Words) {
		return Number{}, false
	}
	if n, next := r.sign(i); next > i {
		v, ok := r.unsigned(next)
		if !ok || v.Vague || v.Ordinal {
			return Number{}, false
		}
		if n {
			v.Value = v.Value.Neg()
		}
		v.First, v.Plain = i, false
		return v, true
	}
	return r.unsigned(i)
}

// sign reads a minus or a plus that belongs to the number after it: it stands
// after a space, an opening bracket or a symbol, never between two words.
func (r *Reader) sign(i int) (minus bool, next int) {
	w := &r.Words[i]
	switch {
	case w.entry.class == negative:
		return true, i + 1
	case w.Rune != '-' && w.Rune != '+':
		return false, i
	}
	free := w.Space || i == 0 || r.Words[i-1].Kind == Mark && r.Words[i-1].Rune != ')' && r.Words[i-1].Rune != '%'
	tight := r.glued(i+1) || i == 0 && len(r.Words) == 2 // "- Nine" is an item of a list
	if free && tight && i+1 < len(r.Words) {
		return w.Rune == '-', i + 1
	}
	return false, i
}

func (r *Reader) unsigned(i int) (Number, bool) {
	w := r.At(i)
	n, ok := Number{}, false
	switch {
	case w.Kind == Digits && len(w.Lower) <= 3 && r.scaled(i+1):
		n, ok = r.words(i)
	case w.Kind == Digits, w.Rune == '.' && r.At(i+1).Kind == Digits && r.glued(i+1):
		n, ok = r.digits(i)
	case w.Kind == Mark:
		n, ok = r.vulgar(i)
	case w.IsNumber():
		n, ok = r.words(i)
	}
	if !ok {
		return Number{}, false
	}
	n = r.dozens(r.half(r.times(r.half(n))))
	if !n.Vague && (n.Value.Exponent() > 2*maxExponent || n.Value.Exponent() < -2*maxExponent) {
		return Number{}, false
	}
	n.First = i
	return n, true
}

// scaled reports whether a scale word follows digits at i.
func (r *Reader) scaled(i int) bool {
	c := r.At(i).entry
	return (c.class == scale || c.class == hundred) && r.At(i).Kind == Letters
}

// vulgar reads a fraction character standing alone.
func (r *Reader) vulgar(i int) (Number, bool) {
	f, ok := vulgar[r.At(i).Rune]
	if !ok {
		return Number{}, false
	}
	return Number{Value: ratio(decimal.New(f[0], 0), decimal.New(f[1], 0)), Ratio: true, Next: i + 1}, true
}

func ratio(a, b decimal.Decimal) decimal.Decimal {
	if b.IsZero() {
		return decimal.Zero
	}
	return a.DivRound(b, divScale)
}

// half adds "and a half" and its like to a whole number: to its last scale,
// so that "3 million and a half" is 3.5 million.
func (r *Reader) half(n Number) Number {
	if n.Vague || n.Ordinal || n.Ratio || n.Point || !r.Is(n.Next, "and") {
		return n
	}
	f, ok := r.fractionWords(n.Next + 1)
	if !ok || r.Is(f.Next, "of") && n.Scale == 0 && r.At(f.Next+1).Kind == Letters && r.Is(f.Next+1, "the") {
		return n
	}
	n.Value = n.Value.Add(f.Value.Shift(n.Scale))
	n.Place, n.Point, n.Next, n.Plain = n.Scale-1, true, f.Next, false
	return n
}

// times multiplies by the scale words and letters that follow: "3.8 billion",
// "three lakh crore", "10k", "$1.5-million".
func (r *Reader) times(n Number) Number {
	if n.Ordinal || n.Vague {
		return n
	}
	for {
		i := n.Next
		if n.Ratio { // "half a million", "two thirds of a million"
			if r.Is(i, "of") {
				i++
			}
			if r.Is(i, "a") || r.Is(i, "one") && i > n.Next {
				i++
			}
			if c := r.At(i).entry.class; i > n.Next && c != scale && c != hundred && c != dozen {
				return n
			}
		} else if r.IsMark(i, '-') && !r.At(i).Space && r.glued(i+1) && r.At(i+1).entry.class == scale {
			i++
		}
		w := r.At(i)
		power, loose, ok := r.scaleAt(i, n)
		if !ok || n.Scale+power > maxExponent {
			return n
		}
		n.Value = n.Value.Shift(power)
		n.Place += power
		n.Scale += power
		n.LooseScale, n.Plain = loose, false
		if n.Ratio {
			n.Ratio, n.Spelled, n.Point = false, true, true
			n.Place = n.Scale - 1
		}
		n.Next = i + 1
		if loose || w.entry.class != scale {
			return n
		}
	}
}

// scaleAt is the power of ten of the scale word or letter at i, after n.
func (r *Reader) scaleAt(i int, n Number) (power int32, loose, ok bool) {
	w := r.At(i)
	switch {
	case w.Kind != Letters:
		return 0, false, false
	case w.entry.class == scale:
		return w.entry.value, false, true
	case w.entry.class == hundred && !w.entry.plural && n.Scale == 0:
		return 2, false, true
	case n.Spelled && w.Space:
		if s, known := letterScales[w.Lower]; known && w.Lower == "cr" {
			return s.power, false, true
		}
		return 0, false, false
	}
	s, known := letterScales[w.Lower]
	if w.Lower == "k" && w.Upper && n.Point && n.Value.GreaterThan(decimal.New(1, 2)) { // kelvins: 573.15K
		return 0, false, false
	}
	if !known || n.Ratio || n.Scale > 0 {
		return 0, false, false
	}
	if w.Space && len(w.Lower) == 1 && !(w.Lower == "k" || w.Upper && (w.Lower == "m" || w.Lower == "b")) {
		return 0, false, false
	}
	if w.Space && r.glued(i+1) { // "5 m²", "5 K-9 units"
		return 0, false, false
	}
	loose = s.onlyMoney && !(w.Upper && (w.Lower == "m" || w.Lower == "b"))
	return s.power, loose, true
}

// dozens multiplies by twelve or twenty.
func (r *Reader) dozens(n Number) Number {
	i := n.Next
	if r.IsMark(i, '-') && r.glued(i) {
		i++
	}
	if r.Is(i, "a") && n.Ratio {
		i++
	}
	w := r.At(i)
	if w.entry.class != dozen || n.Vague || n.Ordinal || w.Lower == "scores" {
		return n
	}
	n.Value = n.Value.Mul(decimal.New(int64(w.entry.value), 0))
	n.Next, n.Plain, n.Ratio, n.Spelled = i+1, false, false, true
	return n
}

// Multiple returns how many times as much a word says: 2 for "doubled", "twice"
// and "twofold", a half for "halved".
func Multiple(w *Word) (times decimal.Decimal, ok bool) {
	if w.entry.class != multiple {
		return decimal.Decimal{}, false
	}
	if w.entry.power {
		return decimal.New(5, -1), true
	}
	return decimal.New(int64(w.entry.value), 0), true
}

// ScaleWord returns the power of ten of a scale word, "million" or "lakh".
func ScaleWord(w *Word) (power int32, ok bool) {
	return w.entry.value, w.Kind == Letters && w.entry.class == scale
}
