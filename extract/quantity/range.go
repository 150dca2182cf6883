package quantity

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// span is an amount, or a range of two.
type span struct {
	amount
	second            *amount
	lowOpen, highOpen bool
}

func (s *span) rule() claim.RuleID {
	switch s.kind {
	case claim.Money:
		if s.per != "" {
			return moneyRate.id()
		}
		return moneyAmount.id()
	case claim.Percent:
		if s.unit == "%" {
			return percentShare.id()
		}
		return percentPoints.id()
	case claim.Measure:
		return measurePhysical.id()
	case claim.Duration:
		return durationSpan.id()
	case claim.Ordinal:
		return ordinalRank.id()
	}
	if s.unit == fold {
		return countFactor.id()
	}
	if s.unit != "" {
		return countThings.id()
	}
	return countNumber.id()
}

// ranged reads on for the second end of a range: "10-12", "$3 to $4 billion",
// "between 10 and 12", "over 15 but under 60".
func (r *reader) ranged(a amount) span {
	s := span{amount: a}
	if a.Vague || a.Ordinal && !r.Is(a.first-1, "between") && !r.Is(a.first-2, "between") || a.Ratio && !a.Spelled && a.kind == claim.Count && a.Point {
		return s
	}
	at, lead, joined := r.connector(&a)
	if !joined {
		return r.bounded(s)
	}
	b, ok := r.secondEnd(at)
	if !ok || b.Vague || b.Ordinal != a.Ordinal {
		return s
	}
	if !r.share(&a, &b) {
		return s
	}
	low, high := a.Value.Mul(a.factor), b.Value.Mul(b.factor)
	far := r.Is(a.next, "or") && high.GreaterThan(low.Mul(five)) // "10 or 12" is a range, "10 or 1,000" a choice
	if !low.LessThan(high) || far {
		s.tail = max(s.tail, a.next)
		return s
	}
	s.amount = a
	s.unit, s.kind, s.factor = b.unit, b.kind, b.factor
	s.approximate = s.approximate || b.approximate
	s.next, s.tail = b.next, max(b.next, b.tail)
	s.second, s.lead = &b, lead
	return s
}

// connector finds the word that joins two ends after the first, and how many
// words before the first belong to the range: its "from" or "between".
func (r *reader) connector(a *amount) (at, lead int, ok bool) {
	w, next := r.At(a.next), r.At(a.next+1)
	switch {
	case a.side > 0 && r.IsMark(a.next-1, '+'):
		return 0, 0, false
	case w.Rune == '-' && !w.Space && next.Space && (next.Lower == "to" || next.Lower == "or"): // "10- to 12-year-olds"
		return a.next + 2, 0, true
	case w.Rune == '-':
		return a.next + 1, 0, w.Space == next.Space || w.Space && next.Kind == numeral.Digits && a.bare()
	case w.Rune == '~' || w.Rune == '～':
		return a.next + 1, 0, true
	case w.Lower == "to":
		if a.bare() && r.Is(a.first-1, "by") { // "grew by 2 to 3 percent"
			return a.next + 1, 0, true
		}
		return a.next + 1, r.between(a.first), !r.moves(a)
	case w.Lower == "through":
		return a.next + 1, 0, true
	case w.Lower == "or":
		return a.next + 1, 0, true
	case w.Lower == "and":
		lead = r.between(a.first)
		return a.next + 1, lead, lead > 0
	}
	return 0, 0, false
}

// between returns how many words before word i a "between" stands, hedges and
// an article passed over, or 0; "from 1.1 and 1.3" is said for it too.
func (r *reader) between(i int) int {
	for k := i - 1; k >= r.floor && k > i-4; k-- {
		switch r.At(k).Lower {
		case "between", "betwixt":
			return i - k
		case "about", "the", "roughly", "around", "approximately", "some":
		case "from":
			if r.moves(&amount{first: i}) {
				return 0
			}
			return i - k
		default:
			return 0
		}
	}
	return 0
}

// moves reports whether the amount is where something came from: in "fell from
// 12 to 10" the two are levels, not a range.
func (r *reader) moves(a *amount) bool {
	from := r.Is(a.first-1, "from")
	for k := a.first - 1; k >= 0 && k > a.first-7; k-- {
		w := r.At(k)
		if w.Kind == numeral.Mark && w.Rune != ',' && w.Rune != '-' {
			return false
		}
		if from && (changeVerbs.Get(w.Lower) != 0 || changeNouns.Get(w.Lower) != 0 || movers.Has(w.Lower)) {
			return true
		}
		if !from && a.first-k <= 3 && (changeVerbs.Get(w.Lower) != 0 && !hard.Has(w.Lower) || movers.Has(w.Lower)) {
			return true
		}
	}
	return false
}

// movers change a level without saying which way.
var movers = words.NewSet("went changed moved revised changing moving go swung shifted adjusted converted")

// secondEnd reads the amount after a connector, hedges and articles passed over.
func (r *reader) secondEnd(at int) (amount, bool) {
	approximate := false
	for k := 0; k < 3; k++ {
		switch w := r.At(at); {
		case w.Rune == '~', w.Lower == "about", w.Lower == "around", w.Lower == "perhaps", w.Lower == "nearly", w.Lower == "almost", w.Lower == "even", w.Lower == "possibly", w.Lower == "maybe":
			at++
			approximate = true
		case w.Lower == "the":
			at++
		}
	}
	if next, never := r.never(at); never && next > at {
		return amount{}, false
	}
	b, ok := r.amount(at)
	b.approximate = b.approximate || approximate
	return b, ok
}

// share gives both ends of a range the scale and the unit that only one of
// them has: "3 to 4 billion", "$10-20", "5 to 10 km". It reports whether the
// two can be ends of one range.
func (r *reader) share(a, b *amount) bool {
	switch {
	case a.kind == b.kind && a.unit == b.unit:
	case a.bare():
		a.kind, a.unit, a.factor = b.kind, b.unit, b.factor
		a.LooseScale = false
	case b.bare() && (a.kind == claim.Money || a.kind == claim.Percent && r.adjacent(a, b)):
		b.kind, b.unit, b.factor = a.kind, a.unit, a.factor
	default:
		return false
	}
	if a.per != b.per && a.per != "" {
		return false
	}
	mantissa := b.Value.Shift(-b.Scale)
	if a.Scale == 0 && b.Scale > 0 && a.Value.LessThan(mantissa) {
		a.Value, a.Place, a.Scale = a.Value.Shift(b.Scale), a.Place+b.Scale, b.Scale
	}
	return true
}

func (r *reader) adjacent(a, b *amount) bool { return b.first-a.next <= 2 }

// bounded joins two bounds about one thing: "over 15 but under 60".
func (r *reader) bounded(s span) span {
	if !(r.Is(s.next, "and") || r.Is(s.next, "but")) || s.kind == claim.Ordinal {
		return s
	}
	first := s.amount
	r.leading(&first)
	if first.side == 0 || first.near {
		return s
	}
	at := s.next + 1
	for k := at; k < at+6 && k < len(r.Words); k++ {
		w := r.At(k)
		if w.Kind != numeral.Digits && !w.IsNumber() && symbols[w.Rune] == "" {
			if w.Kind == numeral.Mark {
				return s
			}
			continue
		}
		b, ok := r.amount(k)
		if !ok || b.Vague {
			return s
		}
		floor := r.floor
		r.floor = at
		r.leading(&b)
		r.floor = floor
		if b.side != -first.side || b.near || !r.share(&first, &b) {
			return s
		}
		low, high := first, b
		if first.side < 0 {
			low, high = b, first
		}
		if !low.Value.LessThan(high.Value) {
			return s
		}
		s.amount, s.second = low, &high
		s.side = 0
		s.first, s.next, s.tail = first.first, b.next, max(b.next, b.tail)
		s.lowOpen, s.highOpen = !low.closed, !high.closed
		s.kind, s.unit, s.factor = b.kind, b.unit, b.factor
		return s
	}
	return s
}

// outOf reads a share said with two numbers: "one in five", "two out of five
// hundred", "1 over 20". "In" needs a one before it and no unit of time or year
// after, for "12 in 2016" and "34 in 20 minutes" are no shares.
func (r *reader) outOf(a *amount) {
	if !a.bare() || a.Vague || a.Ratio || a.Point || a.Scale > 0 {
		return
	}
	at := a.next + 1
	isOne := a.Value.Equal(whole)
	switch {
	case r.isOneIn(a.next + 1): // "one-in-five"
		at += 2
	case r.Is(a.next, "in") && a.Plain && a.Value.LessThan(whole.Shift(1)) && r.sharesIn(at):
	case r.Is(a.next, "out") && r.Is(at, "of"):
		at++
	case isOne && a.Spelled && r.sharesNoun(a.next): // "one household in eight"
		at = a.next + 2
	case (r.Is(a.next, "in") || r.Is(a.next, "over")) && isOne:
	case r.Is(a.next, "in") && a.Spelled && a.Value.LessThan(whole.Shift(1)):
	default:
		return
	}
	if r.Is(at, "every") {
		at++
	}
	n, ok := r.Read(at)
	if !ok || n.Ordinal || n.Vague || n.Point || n.Ratio || !n.Value.GreaterThan(a.Value) || r.inDate(at, n.Next) {
		return
	}
	if _, _, isTime := timeOf(r.At(n.Next).Lower); isTime || r.At(n.Next).Rune == '%' || r.Is(n.Next, "percent") {
		return
	}
	a.Value, a.Ratio, a.Plain = a.Value.DivRound(n.Value, 18), true, false
	a.Spelled = false // both numbers are as said: the share is exact
	a.next, a.tail, a.Next = n.Next, n.Next, n.Next
	a.unit = "1"
	if _, next := r.nounAt(n.Next); next > n.Next {
		a.tail = next
	}
}

// sharesNoun reports whether "household in eight" goes on at i, behind "one": a
// thing, no occasion and no time, and a small number without a noun of its own.
func (r *reader) sharesNoun(i int) bool {
	if r.At(i).Kind != numeral.Letters || !r.Is(i+1, "in") {
		return false
	}
	noun, next := r.nounAt(i)
	n, ok := r.Read(i + 2)
	if noun == "" || next != i+1 || occasions.Has(noun) || !ok || !n.Plain && !n.Spelled || n.Ordinal || n.Value.GreaterThan(whole.Shift(3)) {
		return false
	}
	_, _, isTime := timeOf(noun)
	_, own := r.nounAt(n.Next)
	return !isTime && (own <= n.Next || r.part(&r.Words[own-1]) != plural)
}

// sharesIn reports whether "3 in 4 children" goes on at i, after the "in": a
// small number of what is no occasion, for who won 3 in 4 games won them all.
func (r *reader) sharesIn(i int) bool {
	n, ok := r.Read(i)
	if !ok || !n.Plain || n.Value.GreaterThan(whole.Shift(1)) {
		return false
	}
	noun, next := r.nounAt(n.Next)
	_, _, isTime := timeOf(noun)
	return noun != "" && !isTime && !occasions.Has(noun) && r.part(&r.Words[next-1]) == plural && !r.contest(i, next)
}

var occasions = words.NewSet("game match start attempt try race inning innings round season election vote meeting state country province city district case incident")
