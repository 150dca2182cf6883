package numeral

import "github.com/shopspring/decimal"

// withArticle reads a number that begins with "a": "a hundred", "a few
// thousand", "a third", "a dozen".
func (r *Reader) withArticle(i int) (Number, bool) {
	e := r.At(i + 1).entry
	switch e.class {
	case hundred, scale:
		if e.plural {
			return Number{}, false
		}
		return r.tally(i+1, tally{group: 1, state: afterUnit})
	case dozen:
		if e.plural {
			return Number{}, false
		}
		return Number{Value: one, Spelled: true, Next: i + 1}, true // the dozen follows
	case vague:
		return r.several(i + 2)
	case fraction, ordinal:
		return r.fractionWords(i)
	case unit, teen, tens: // "a twenty-first", and "an eight" which is no number
		n, ok := r.tally(i+1, tally{})
		if ok && n.Ordinal && r.endsPhrase(n.Next) {
			n.Value, n.Ordinal, n.Ratio = ratio(one, n.Value), false, true
			return n, true
		}
	}
	return Number{}, false
}

// fractionWords reads "a half", "one third", "two thirds" and the like, "a
// third" only where no noun follows, for it is an ordinal otherwise.
func (r *Reader) fractionWords(i int) (Number, bool) {
	w := r.At(i)
	switch w.entry.class {
	case fraction:
		if w.Lower != "half" {
			return Number{}, false
		}
		return Number{Value: ratio(one, decimal.New(2, 0)), Ratio: true, Spelled: true, Next: i + 1}, true
	case article:
		den := r.At(i + 1).entry
		ok := den.class == fraction && !den.plural || den.class == ordinal && !den.plural && r.endsPhrase(i+2) && (den.power || den.value > 2)
		if !ok {
			return Number{}, false
		}
		d := decimal.New(int64(den.value), 0)
		if den.power {
			d = decimal.New(1, den.value)
		}
		return Number{Value: ratio(one, d), Ratio: true, Spelled: true, Next: i + 2}, true
	case unit, teen, tens:
		n, ok := r.tally(i, tally{})
		return n, ok && n.Ratio
	}
	return Number{}, false
}

// endsPhrase reports whether no noun goes on at i.
func (r *Reader) endsPhrase(i int) bool {
	w := r.At(i)
	if i >= len(r.Words) || w.Kind == Mark {
		return true
	}
	switch w.Lower {
	case "of", "in", "to", "from", "and", "or", "as", "by", "on", "more", "less", "were", "was", "are", "is", "have", "had", "since", "between", "than", "compared":
		return true
	}
	return false
}

// bareFraction reads "half" and "quarter" with no number before them: a
// quarter is a part of a year unless a scale follows.
func (r *Reader) bareFraction(i int) (Number, bool) {
	e, next := r.At(i).entry, r.At(i+1).entry.class
	if e.plural || e.value != 2 && next != scale {
		return Number{}, false
	}
	return Number{Value: ratio(one, decimal.New(int64(e.value), 0)), Ratio: true, Spelled: true, Next: i + 1}, true
}

// overFraction divides what was counted by "half" or "quarter": "three
// quarters". Eight quarters are two years, not two.
func (r *Reader) overFraction(i int, t tally) (Number, bool) {
	e, v := r.At(i).entry, t.value()
	if t.parts > 0 || t.state == empty || t.group%2 == 0 && !(t.group == 2 && e.value == 4 && e.plural) || t.group > 9 || e.value == 4 && t.group > 3 || e.value == 2 && t.group > 1 && !e.plural {
		return Number{}, false
	}
	return Number{Value: ratio(v, decimal.New(int64(e.value), 0)), Ratio: true, Spelled: true, Next: i + 1}, true
}

func (r *Reader) pointFollows(i int) bool {
	w := r.At(i + 1)
	return w.entry.class == unit || w.entry.class == teen || w.Kind == Digits && w.Space
}

// point reads the digits after a spoken point: "three point five", "1 point 1".
func (r *Reader) point(i int, t tally) (Number, bool) {
	v, place := t.value(), int32(0)
	for i++; i < len(r.Words) && place > -maxExponent; i++ {
		w := &r.Words[i]
		if w.Kind == Digits && place == 0 && len(w.Lower) < 10 {
			d, _ := parse(w.Lower, -int32(len(w.Lower)))
			v, place, i = v.Add(d), -int32(len(w.Lower)), i+1
			break
		}
		if w.entry.class != unit {
			break
		}
		place--
		v = v.Add(decimal.New(int64(w.entry.value), place))
	}
	if place == 0 {
		return Number{}, false
	}
	return Number{Value: v, Place: place, Point: true, Spelled: true, Next: i}, true
}

// several reads "several hundred", "a few thousand", "a couple of hundred":
// some number of them, at least two and fewer than ten.
func (r *Reader) several(next int) (Number, bool) {
	low, top := int64(2), int64(10)
	if r.At(next-1).entry.value == 2 {
		top = 3
		if r.Is(next, "of") {
			next++
		}
	}
	power, mult := int32(0), int64(1)
	for e := r.At(next).entry; next < len(r.Words); e = r.At(next).entry {
		if e.class == dozen && !e.plural && mult == 1 {
			mult = int64(e.value)
		} else if (e.class == hundred || e.class == scale) && !e.plural && power+e.value <= maxExponent {
			power += e.value
		} else {
			break
		}
		next++
	}
	if power == 0 && mult == 1 {
		return Number{}, false
	}
	return Number{Value: decimal.New(low*mult, power), Top: decimal.New(top*mult, power), Vague: true, Spelled: true, Scale: power, Next: next}, true
}

// plenty reads "hundreds", "tens of thousands", "dozens": two of them at the
// least, and fewer than the next such word would say.
func (r *Reader) plenty(i int) (Number, bool) {
	power, mult, next := int32(0), int64(1), i
	top := int64(10)
	for next < len(r.Words) {
		e := r.Words[next].entry
		switch {
		case !e.plural:
			return Number{}, false
		case e.class == dozen && next == i:
			mult = int64(e.value)
			if e.value != 10 {
				top = 100 / mult
			}
		case e.class == hundred || e.class == scale:
			if power += e.value; power > maxExponent {
				return Number{}, false
			}
			if e.class == scale && next == i {
				top = 1000
			}
		default:
			return Number{}, false
		}
		next++
		if n := r.At(next + 1).entry; !r.Is(next, "of") || !n.plural || n.class != scale && n.class != hundred {
			break
		}
		next++
	}
	return Number{Value: decimal.New(2*mult, power), Top: decimal.New(top*mult, power), Vague: true, Spelled: true, Scale: power, Next: next}, true
}
