package numeral

import (
	"math/big"
	"strconv"
	"strings"

	"crosscheck/words"

	"github.com/shopspring/decimal"
)

// digits reads a number written in digits: separators, point, exponent,
// fraction, ordinal ending.
func (r *Reader) digits(i int) (Number, bool) {
	whole, next, grouped, comma := r.grouped(i)
	if len(whole) > maxDigits {
		return Number{}, false
	}
	n := Number{Next: next, Plain: !grouped}
	after := ""
	switch {
	case whole == "": // ".25"
		after, n.Next = r.Words[i+1].Lower, i+2
	case comma: // "1.234,5": the comma is the point
		after, n.Next = r.Words[next+1].Lower, next+2
	case r.separates(next, '.'):
		after, n.Next = r.Words[next+1].Lower, next+2
	case r.IsMark(next, ',') && !grouped && r.commaPoint(next, len(whole)):
		after, n.Next = r.Words[next+1].Lower, next+2
	}
	if len(whole)+len(after) > maxDigits {
		return Number{}, false
	}
	if n.Point = after != ""; n.Point {
		n.Plain = false
	}
	n.Place = -int32(len(after))
	value, ok := parse(whole+after, n.Place)
	if !ok {
		return Number{}, false
	}
	n.Value = value
	if e, next, ok := r.exponent(n.Next); ok {
		n.Value, n.Place, n.Next, n.Plain = n.Value.Shift(e), n.Place+e, next, false
		n.Point = true
		return n, true
	}
	if n.Point {
		return n, true
	}
	if r.ordinalEnding(n.Next) {
		n.Ordinal, n.Plain, n.Next = true, false, n.Next+1
		return n, true
	}
	return r.slashed(n), true
}

// separates reports whether the mark sep at i stands between digits, glued to
// both, or apart from both as in a text that was cut into words.
func (r *Reader) separates(i int, sep rune) bool {
	return r.IsMark(i, sep) && r.At(i+1).Kind == Digits && r.At(i).Space == r.At(i+1).Space
}

func parse(digits string, exp int32) (decimal.Decimal, bool) {
	if len(digits) <= 18 {
		v, err := strconv.ParseInt(digits, 10, 64)
		return decimal.New(v, exp), err == nil
	}
	b, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return decimal.Decimal{}, false
	}
	return decimal.NewFromBigInt(b, exp), true
}

// grouped reads the whole part: plain digits, or groups of three (or the
// Indian two) between commas, apostrophes, dots with a comma after, or spaces.
// comma says that a decimal comma stands at next.
func (r *Reader) grouped(i int) (whole string, next int, isGrouped, comma bool) {
	w := &r.Words[i]
	if w.Kind != Digits {
		return "", i, false, false
	}
	next = i + 1
	if len(w.Lower) > 3 {
		return w.Lower, next, false, false
	}
	for _, sep := range [...]rune{',', '\'', '.'} {
		whole, next := r.marked(i, sep)
		if next == i+1 || sep == ',' && r.Habit == DecimalComma {
			continue
		}
		decimals := r.IsMark(next, ',') && r.glued(next) && r.glued(next+1) && r.At(next+1).Kind == Digits
		if sep == '.' {
			if !decimals && next < i+5 && r.Habit == DecimalPoint { // "1.234" is one and a bit; "1.234.567" and "1.234,5" are grouped
				continue
			}
			return whole, next, true, decimals
		}
		return whole, next, true, false
	}
	if whole, next := r.spaced(i); next > i+1 {
		return whole, next, true, false
	}
	return w.Lower, next, false, false
}

// marked joins the groups that stand between marks sep.
func (r *Reader) marked(i int, sep rune) (string, int) {
	end, next := i+1, i+1
	for next < i+maxDigits && r.separates(next, sep) {
		if r.At(next).Space && len(r.At(next+1).Lower) != 3 {
			break
		}
		if n := len(r.Words[next+1].Lower); n != 3 && n != 2 {
			break
		}
		next += 2
		if len(r.Words[next-1].Lower) == 3 {
			end = next
		}
	}
	if end == i+1 || next != end {
		return "", i + 1
	}
	two := 0
	for k := i + 2; k < end; k += 2 {
		if len(r.Words[k].Lower) == 2 {
			two++
		}
	}
	// the Indian way has groups of two before a last group of three
	if two > 0 && (sep != ',' || two != (end-i)/2-1 || len(r.Words[i].Lower) > 2) {
		return "", i + 1
	}
	return r.join(i, end, 2), end
}

// spaced joins groups of three that stand between spaces: a thin or no-break
// space always groups; a plain one where it must, with two groups or a scale,
// a unit or a currency about it.
func (r *Reader) spaced(i int) (string, int) {
	next, thin := i+1, true
	for next < len(r.Words) && r.Words[next].Kind == Digits && len(r.Words[next].Lower) == 3 {
		gap := r.Text[r.Words[next-1].End:r.Words[next].Start]
		if gap == " " {
			thin = false
		} else if !thinSpace(gap) {
			break
		}
		next++
	}
	if next == i+1 || next-i > 14 || r.Words[i].Lower[0] == '0' {
		return "", i + 1
	}
	sure := thin || next > i+2 || r.At(next).entry.class == scale || r.Words[i].isPriced(r, i)
	if !sure || r.At(next).Kind == Digits && !thin {
		return "", i + 1
	}
	return r.join(i, next, 1), next
}

func (w *Word) isPriced(r *Reader, i int) bool {
	c := r.At(i - 1).Rune
	return c == '$' || c == '€' || c == '£' || c == '¥'
}

func thinSpace(gap string) bool {
	switch gap {
	case "\u00a0", "\u2009", "\u202f", "\u2008", "\u200a", "\u2007":
		return true
	}
	return false
}

func (r *Reader) join(from, to, step int) string {
	var b strings.Builder
	for k := from; k < to && b.Len() <= maxDigits; k += step {
		b.WriteString(r.Words[k].Lower)
	}
	return b.String()
}

// commaPoint reports whether the comma at i, after so many digits, stands
// before decimals: as the document has it, or because one or two digits follow
// and then a scale, a percent sign or a euro, or more digits stand before it
// than a group has.
func (r *Reader) commaPoint(i, before int) bool {
	d := r.At(i + 1)
	if !r.glued(i) || !r.glued(i+1) || d.Kind != Digits || r.IsMark(i+2, ',') && r.glued(i+3) {
		return false
	}
	if r.Habit == DecimalComma {
		return true
	}
	if len(d.Lower) > 2 {
		return false
	}
	next := r.At(i + 2)
	if before > 3 && (next.Space || next.Kind == Letters) {
		return true
	}
	return next.entry.class == scale || next.Rune == '%' || next.Rune == '€' || next.Lower == "percent" || next.Lower == "euros" ||
		len(d.Lower) == 2 && metric.Has(next.Lower)
}

// metric are units that nobody lists numbers of without a space: "2,45 m".
var metric = words.NewSet("m km cm mm kg g ha kilometres kilometers kilograms metres meters centimetres centimeters millimetres tonnes hectares litres")

// exponent reads "e10", "E-3", "x10^-4", "×10−5", "× 10⁶".
func (r *Reader) exponent(i int) (e int32, next int, ok bool) {
	w := r.At(i)
	switch {
	case w.Lower == "e" && r.glued(i):
		next = i + 1
	case (w.Lower == "x" || w.Rune == '×' || w.Rune == '*') && r.Is(i+1, "10"):
		next = i + 2
		if e, n, ok := r.superscript(next); ok {
			return e, n, ok
		}
		if r.IsMark(next, '^') {
			next++
		} else if !r.IsMark(next, '-') { // "3 x 10 metres" multiplies
			return 0, i, false
		}
	default:
		return 0, i, false
	}
	minus := false
	if (r.IsMark(next, '-') || r.IsMark(next, '+')) && r.glued(next) {
		minus = r.IsMark(next, '-')
		next++
	}
	d := r.At(next)
	if d.Kind != Digits || !r.glued(next) || len(d.Lower) > 2 {
		return 0, i, false
	}
	v, _ := strconv.Atoi(d.Lower)
	if v > maxExponent {
		return 0, i, false
	}
	if minus {
		v = -v
	}
	return int32(v), next + 1, true
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"

func (r *Reader) superscript(i int) (e int32, next int, ok bool) {
	minus := r.IsMark(i, '⁻') && r.glued(i)
	if minus {
		i++
	}
	for next = i; next < i+2 && r.glued(next) && r.At(next).Rune != 0; next++ {
		at := strings.IndexRune(superscripts, r.At(next).Rune)
		if at < 0 {
			break
		}
		e = e*10 + int32(len([]rune(superscripts[:at])))
	}
	if next == i || e > maxExponent {
		return 0, i, false
	}
	if minus {
		e = -e
	}
	return e, next, true
}

func (r *Reader) ordinalEnding(i int) bool {
	if !r.glued(i) {
		return false
	}
	switch r.At(i).Lower {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// slashed reads "1/2", "2 1/4", "2½" and the loose "1 / 4".
func (r *Reader) slashed(n Number) Number {
	if f, ok := r.vulgar(n.Next); ok {
		n.Value, n.Next, n.Plain, n.Point = n.Value.Add(f.Value), f.Next, false, true
		n.Place = -1
		return n
	}
	if den, next, ok := r.over(n.Next); ok {
		n.Value, n.Next, n.Plain, n.Ratio = ratio(n.Value, den), next, false, true
		return n
	}
	// a whole number, then a fraction of two small numbers
	if num := r.At(n.Next); n.Plain && num.Kind == Digits && len(num.Lower) <= 2 {
		if den, next, ok := r.over(n.Next + 1); ok {
			a, _ := parse(num.Lower, 0)
			if a.LessThan(den) {
				n.Value, n.Next, n.Plain, n.Point = n.Value.Add(ratio(a, den)), next, false, true
				n.Place = -1
			}
		}
	}
	return n
}

// over reads "/4", not followed by a third part as in a date.
func (r *Reader) over(i int) (den decimal.Decimal, next int, ok bool) {
	d := r.At(i + 1)
	if !(r.IsMark(i, '/') || r.IsMark(i, '⁄')) || d.Kind != Digits || len(d.Lower) > 4 || r.At(i).Space != d.Space {
		return den, i, false
	}
	if r.IsMark(i+2, '/') && r.glued(i+2) {
		return den, i, false
	}
	den, ok = parse(d.Lower, 0)
	return den, i + 2, ok && !den.IsZero()
}
