package date

import (
	"time"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// months is the period of n months from a month of a year.
func months(y, m, n int) claim.Period {
	return claim.Period{From: claim.DayOf(y, time.Month(m), 1), To: claim.DayOf(y, time.Month(m+n), 0)}
}

// ofYear reads the year after a part of it: "of 2022", "2022", "of fiscal 2022",
// "of the year", "last year". It returns the year's first month.
func (r *reader) ofYear(i int) (p claim.Period, next int, ok bool) {
	at := r.skip(i, "of", ',')
	if r.Is(at, "the") {
		at++
	}
	if y, n, ok := r.yearAt(at); ok && !r.countsThings(n) {
		return claim.Year(y), n, true
	}
	word := starters.Get(r.At(at).Lower)
	switch {
	case word.kind == fiscalWord && (at > i || r.At(at).Lower != "financial"):
		it, ok := r.fiscal(at)
		return it.Period, it.next, ok && !it.unresolved
	case word.kind == deicticWord && r.Is(at+1, "year") && r.today != 0:
		return claim.Year(r.today.Time().Year() + clampDirection(word.value)), at + 2, true
	case at > i && (r.Is(at, "year") || r.Is(at, "century")) && r.today != 0 && r.Is(at, "year"):
		return claim.Year(r.today.Time().Year()), at + 1, true
	}
	return claim.Period{}, i, false
}

func clampDirection(v int) int {
	if v == span {
		return before
	}
	return v
}

// within is the nth of parts equal parts of a year, in whole months.
func within(year claim.Period, nth, parts int) claim.Period {
	t := year.From.Time()
	size := 12 / parts
	return months(t.Year(), int(t.Month())+(nth-1)*size, size)
}

// quarterSign reads "Q3 2022", "H1 2022", "Q3".
func (r *reader) quarterSign(i int, letter string) (item, bool) {
	n, digits := r.number(i + 1)
	parts := 4
	if letter == "h" {
		parts = 2
	}
	if digits != 1 || n < 1 || n > parts || r.At(i+1).Space || !r.At(i).Upper && !r.At(i).Space {
		return item{}, false
	}
	return r.partOfYear(i, i+2, n, parts, letter == "q" && r.At(i).Upper)
}

// partOfYear finishes a quarter or a half with its year. Without a year a
// quarter is the nearest one, where alone says that it may stand without.
func (r *reader) partOfYear(first, next, nth, parts int, alone bool) (item, bool) {
	it := item{first: first, next: next, rule: &ruleQuarter}
	if year, n, ok := r.ofYear(next); ok {
		it.next, it.Period = n, within(year, nth, parts)
		return it, true
	}
	if at := r.skip(next, "of"); r.today == 0 && starters.Get(r.At(at).Lower).kind == deicticWord && r.Is(at+1, "year") {
		it.next, it.unresolved = at+2, true
		return it, true
	}
	if !alone {
		return item{}, false
	}
	it.nth, it.parts = nth, parts
	r.nearest(&it, func(y int) claim.Period { return within(claim.Year(y), nth, parts) })
	return it, true
}

// quarterFirst reads "2022 Q3", "2019-H2" and "3Q22".
func (r *reader) quarterFirst(i int) (item, bool) {
	if !r.free(i) {
		return item{}, false
	}
	y, next, ok := r.yearAt(i)
	if n, digits := r.number(i); !ok && digits == 1 && (r.Is(i+1, "q") || r.Is(i+1, "h")) && r.At(i+1).Upper && !r.At(i+1).Space {
		parts := 4
		if r.Is(i+1, "h") {
			parts = 2
		}
		y, yd := r.number(i + 2)
		if yd == 2 {
			y = r.century(y)
		} else if yd != 4 {
			return item{}, false
		}
		if n < 1 || n > parts || y < 1900 {
			return item{}, false
		}
		return item{first: i, next: i + 3, Period: within(claim.Year(y), n, parts), rule: &ruleQuarter}, true
	}
	if !ok {
		return item{}, false
	}
	at := r.skip(next, "", '-')
	parts := 0
	switch r.At(at).Lower {
	case "q":
		parts = 4
	case "h":
		parts = 2
	}
	if n, digits := r.number(at + 1); parts > 0 && digits == 1 && n >= 1 && n <= parts && !r.At(at+1).Space {
		return item{first: i, next: at + 2, Period: within(claim.Year(y), n, parts), rule: &ruleQuarter}, true
	}
	return item{}, false
}

// counted reads what begins with a number in words or digits: "third quarter of
// 2022", "twenty-first century", "4th of July", "two days after", "a decade ago".
func (r *reader) counted(i int) (item, bool) {
	n, ok := r.Read(i)
	switch {
	case ok && n.Ordinal:
		return r.ordinal(i, int(n.Value.IntPart()), n.Next)
	case ok && (n.Vague || n.Ratio):
		if n.Vague {
			return r.someAway(i, n.Next)
		}
		return item{}, false
	case ok:
		return r.away(i, n.Next, n.Value.IntPart(), n.Value.IsInteger())
	case r.Is(i, "a") || r.Is(i, "an"):
		return r.away(i, i+1, 1, true)
	}
	return item{}, false
}

func (r *reader) ordinal(i, nth, next int) (item, bool) {
	at := next
	if r.IsMark(at, '-') && !r.At(at).Space {
		at++
	}
	if it, ok := r.share(i, nth, at); ok && nth > 0 {
		return it, true
	}
	switch r.At(at).Lower {
	case "century", "centuries":
		if nth < 2 || nth > 22 || r.Is(at+1, "bc") || r.Is(at+1, "bce") || r.Is(at+1, "b.c.") {
			return item{}, false
		}
		p := claim.Period{From: claim.Year(nth*100 - 99).From, To: claim.Year(nth * 100).To}
		return item{first: i, next: at + 1, Period: p, rule: &ruleDecade}, true
	case "quarter":
		if nth > 4 || nth < 1 {
			return item{}, false
		}
		return r.partOfYear(i, at+1, nth, 4, !r.Is(at+1, "of") && r.businessLike(i))
	case "half":
		if nth > 2 || nth < 1 {
			return item{}, false
		}
		return r.partOfYear(i, at+1, nth, 2, false)
	}
	if it, ok := r.dayFirst(i); ok {
		return it, true
	}
	return r.monthless(i, nth, next)
}

// businessLike keeps the quarters of a match apart from those of a year.
func (r *reader) businessLike(i int) bool {
	for k := max(0, i-about); k < min(len(r.Words), i+about); k++ {
		switch r.Words[k].Lower {
		case "profit", "profits", "revenue", "revenues", "sales", "earnings", "income", "loss", "growth", "gdp", "economy", "results", "quarter's", "shares", "net", "exports", "prices", "orders", "percent", "dividend", "forecast", "earned", "posted", "reported", "output":
			return true
		}
	}
	return false
}

// fiscal reads "fiscal year 2019", "fiscal 2028", "FY2019", "fiscal years 2019
// to 2028", "fiscal year ended September 30, 2019".
func (r *reader) fiscal(i int) (item, bool) {
	at := i + 1
	if r.IsMark(at, '-') {
		at++
	}
	sign := r.Is(i, "fy")
	if !sign {
		if r.Is(at, "year") || r.Is(at, "years") {
			at++
		} else if r.Is(i, "financial") {
			return item{}, false
		}
	}
	it := item{first: i, rule: &ruleFiscal}
	if r.Is(at, "ending") || r.Is(at, "ended") || r.Is(at, "ends") {
		end := r.skip(at+1, "on")
		end = r.skip(end, "in")
		if e, ok := r.anchor(end); ok {
			t := e.To.Time()
			it.next = e.next
			it.Period = claim.Period{From: claim.DayOf(t.Year()-1, t.Month(), t.Day()+1), To: e.To}
			return it, true
		}
		return item{}, false
	}
	y, digits := r.number(at)
	if sign && digits == 2 {
		y, digits = r.century(y), 4
	}
	if digits != 4 || y < 1900 || y > 2199 {
		return item{}, false
	}
	it.next = at + 1
	it.Period = r.fiscalYear(i, y)
	if to, td := r.number(at + 2); (r.IsMark(at+1, '-') || r.IsMark(at+1, '/')) && (td == 2 || td == 4) && !r.At(at+2).Space {
		if td == 2 {
			to += y - y%100
			if to <= y {
				to += 100
			}
		}
		switch {
		case to == y+1 && !r.Is(at-1, "years"): // "financial year 2018-19" is one year that begins in 2018
			it.next = at + 3
			it.Period = r.fiscalYear(i, y+1)
			if m, ahead := r.fiscalStart(i); ahead || m == 1 {
				it.Period = months(y, 4, 12)
			}
		case to > y && to < 2200:
			it.next, it.To = at+3, r.fiscalYear(i, to).To
		}
	}
	return it, true
}

// fiscalYear is a fiscal year in the country that the words about i speak of,
// in the United States where they name none.
func (r *reader) fiscalYear(i, y int) claim.Period {
	m, ahead := r.fiscalStart(i)
	if m > 1 && !ahead {
		y--
	}
	return months(y, m, 12)
}

func (r *reader) fiscalStart(i int) (month int, ahead bool) {
	for k := max(0, i-about); k < min(len(r.Words), i+about); k++ {
		if w := &r.Words[k]; w.Upper && w.Kind == numeral.Letters {
			if s, ok := fiscalStarts[w.Lower]; ok && s.month > 1 {
				return s.month, s.ahead
			}
		}
	}
	return 10, false
}

// season reads "summer 2018", "winter of 2018-19"; the seasons are those of
// the north. A winter with one year may be the one before or after.
func (r *reader) season(i, month int) (item, bool) {
	at := r.skip(i+1, "of")
	y, next, ok := r.yearAt(at)
	if !ok {
		return item{}, false
	}
	it := item{first: i, next: next, Period: seasonOf(y, month), rule: &ruleSeason}
	if rng, ok := r.years(at); ok && month == 12 {
		it.next = rng.next
		it.Period = months(y, 12, 3)
	}
	return it, true
}

func seasonOf(y, month int) claim.Period {
	if month == 12 {
		return claim.Period{From: claim.DayOf(y-1, 12, 1), To: claim.DayOf(y+1, 3, 0)}
	}
	return months(y, month, 3)
}

// part reads "early 2019", "mid-March", "the end of 2028", "late 1990s": a third
// of the period.
func (r *reader) part(i, which int) (item, bool) {
	at := i + 1
	of := r.Is(at, "of")
	switch r.At(i).Lower {
	case "beginning", "start", "end", "middle":
		if !of {
			return item{}, false
		}
	}
	if of {
		at++
	}
	if r.IsMark(at, '-') {
		at++
	}
	if r.Is(at, "the") || r.Is(at, "in") {
		at++
	}
	if at >= len(r.Words) {
		return item{}, false
	}
	it, ok := item{}, false
	if y, next, isYear := r.yearAt(at); isYear && !r.countsThings(next) {
		it, ok = item{first: at, next: next, Period: claim.Year(y), rule: &ruleYear}, true
		if rng, isRange := r.years(at); isRange {
			it = rng
		}
	} else if starters.Get(r.At(at).Lower).kind != partWord {
		it, ok = r.item(at)
	}
	if !ok {
		return item{}, false
	}
	it.first = i
	if !it.unresolved && it.From != 0 && it.To != 0 && it.From < it.To {
		it.Period = third(it.Period, which)
	}
	return it, true
}

// third is the first, middle or last part of a period, by its length: months
// of a year, years of a decade, days of a month.
func third(p claim.Period, which int) claim.Period {
	n := p.To - p.From + 1
	from, to := p.From.Time(), p.To.Time()
	years := to.Year() - from.Year() + 1
	switch {
	case n > 2*366:
		part := (years*4 + 9) / 10
		first := [...]int{0, (years - part + 1) / 2, years - part}[which]
		return claim.Period{From: claim.DayOf(from.Year()+first, 1, 1), To: claim.DayOf(from.Year()+first+part-1, 12, 31)}
	case n > 360:
		return months(from.Year(), int(from.Month())+4*which, 4)
	}
	first := claim.Day(which) * n / 3
	return claim.Period{From: p.From + first, To: p.From + claim.Day(which+1)*n/3 - 1}
}
