package date

import (
	"time"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// Dates that count from the one last spoken of: "the next day", "on the 24th",
// "that year".

// narrated is an item whose period another date gives, if that is known.
func narrated(first, next int, p claim.Period, known bool) item {
	it := item{first: first, next: next, rule: &ruleNarrated, unresolved: !known || p == claim.Period{}}
	if !it.unresolved {
		it.Period = p
	}
	return it
}

// partOfDay reports whether a word is a part of a day.
func partOfDay(lower string) bool {
	switch lower {
	case "morning", "afternoon", "evening", "night", "midday":
		return true
	}
	return false
}

// then reads "the following day", "the same month", "that year", "the next
// morning", "the following March".
func (r *reader) then(i, way int) (item, bool) {
	if r.Is(i, "that") {
		if r.sentence.Tokens[r.At(i).Token].Tag != "DT" {
			return item{}, false
		}
	} else if !r.Is(i-1, "the") && !r.Is(i-1, "that") && !r.Is(i-1, "very") {
		return item{}, false
	}
	w := r.At(i + 1)
	s := r.spoken.now()
	if word := starters.Get(w.Lower); way != now && w.Upper {
		switch {
		case word.kind == monthWord && s.any.From != 0:
			t := s.any.From.Time()
			y := t.Year()
			if way > 0 && word.value <= int(t.Month()) {
				y++
			} else if way < 0 && word.value >= int(t.Month()) {
				y--
			}
			return narrated(i, i+2, claim.Month(y, time.Month(word.value)), true), true
		case word.kind == weekdayWord && s.day != 0:
			d := s.day + claim.Day((word.value-int(s.day.Time().Weekday())+7)%7)
			if way < 0 || d == s.day {
				d += claim.Day(7 * way)
			}
			return narrated(i, i+2, claim.Period{From: d, To: d}, true), true
		case word.kind == monthWord || word.kind == weekdayWord:
			return narrated(i, i+2, claim.Period{}, false), true
		}
	}
	unit, ok := spanWord(w.Lower)
	if partOfDay(w.Lower) {
		unit, ok = "day", true
	}
	if !ok || w.Lower[len(w.Lower)-1] == 's' || r.Is(i+2, "as") || r.Is(i, "that") && r.Is(i+2, "that") {
		return item{}, false
	}
	p, known := s.calendar(unit, way)
	next := i + 2
	if unit == "day" && partOfDay(r.At(next).Lower) {
		next++
	}
	return narrated(i, next, p, known), true
}

// calendar is the unit of the calendar that was spoken of, moved by n. A day
// cannot be told from a month.
func (s *spoken) calendar(unit string, n int) (claim.Period, bool) {
	at := claim.Period{From: s.day, To: s.day}
	switch unit {
	case "month", "quarter":
		at = s.month
	case "year", "decade", "century":
		at = s.year
	}
	if at.From == 0 {
		return at, false
	}
	return shift(at.From, unit, n), true
}

// inside reads "later that year", "earlier this month", "later the same day",
// "earlier in the week": the part of a period behind or before what was spoken of.
func (r *reader) inside(i, way int) (item, bool) {
	at := r.skip(i+1, "in")
	at = r.skip(at, "on")
	here := r.Is(at, "this")
	if !here && !r.Is(at, "that") && !r.Is(at, "the") {
		return item{}, false
	}
	definite := r.Is(at, "the")
	if at++; r.Is(at, "same") || r.Is(at, "very") {
		definite = false
		at++
	}
	if definite && at == i+2 { // "later the day"
		return item{}, false
	}
	unit, ok := spanWord(r.At(at).Lower)
	if !ok || unit == "century" {
		return item{}, false
	}
	if here {
		if r.today == 0 {
			return item{first: i, next: at + 1, unresolved: true, rule: &ruleRelative}, true
		}
		return item{first: i, next: at + 1, Period: sideOf(shift(r.today, unit, 0), claim.Period{From: r.today, To: r.today}, way, 0), rule: &ruleRelative}, true
	}
	s := r.spoken.now()
	whole, known := s.calendar(unit, 0)
	return narrated(i, at+1, sideOf(whole, s.any, way, 1), known), true
}

// sideOf is the part of a period behind, or before, a time in it; apart is how
// many days lie between.
func sideOf(whole, pivot claim.Period, way int, apart claim.Day) claim.Period {
	p := claim.Period{From: max(whole.From, pivot.To+apart), To: whole.To}
	if way < 0 {
		p = claim.Period{From: whole.From, To: min(whole.To, pivot.From-apart)}
	}
	if p.From > p.To {
		return whole
	}
	return p
}

// eve reads "the day before", "the week after 3 May 2018", "the year before last".
func (r *reader) eve(i int) (item, bool) {
	if !r.Is(i-1, "the") {
		return item{}, false
	}
	if it, ok := r.of(i); ok {
		return it, true
	}
	unit, ok := spanWord(r.At(i).Lower)
	if partOfDay(r.At(i).Lower) {
		unit, ok = "day", true
	}
	way := direction(r.At(i + 1).Lower)
	if !ok || way == 0 || r.Is(i+1, "later") || r.Is(i+1, "earlier") { // "a year to the day later"
		return item{}, false
	}
	switch w := r.At(i + 2).Lower; {
	case w == "last" && way < 0, w == "next" && way > 0, w == "yesterday" && way < 0, w == "tomorrow" && way > 0:
		it := item{first: i, next: i + 3, rule: &ruleRelative, unresolved: r.today == 0}
		if !it.unresolved {
			it.Period = shift(r.today, unit, 2*way)
		}
		return it, true
	}
	if d, ok := r.anchor(i + 2); ok {
		return item{first: i, next: d.next, Period: claim.Period{From: back(d.From, unit, int64(-way)), To: back(d.To, unit, int64(-way))}, rule: &ruleRelative}, true
	}
	s := r.spoken.now()
	p, known := s.calendar(unit, way)
	return narrated(i, i+2, p, known && r.endsClause(i+2)), true
}

// of reads "the night of 2 to 3 May 2019", "the weekend of 4 July".
func (r *reader) of(i int) (item, bool) {
	if !r.Is(i+1, "of") {
		return item{}, false
	}
	at := r.skip(i+2, "the")
	if w := r.At(at); w.Kind != numeral.Digits && !isMonth(w.Lower) {
		return item{}, false
	}
	it, ok := r.item(at)
	if !ok || it.day == 0 {
		return item{}, false
	}
	it.first = i
	return it, true
}

// share reads "the first week of November", "the last day of 2024", "the second
// Monday of May 2019", where nth is 0 for the last and at is the unit.
func (r *reader) share(i, nth, at int) (item, bool) {
	days, weekday := claim.Day(1), -1
	switch w := r.At(at); {
	case w.Lower == "day":
	case w.Lower == "week":
		days = 7
	case starters.Get(w.Lower).kind == weekdayWord && w.Upper:
		weekday = starters.Get(w.Lower).value
	default:
		return item{}, false
	}
	next := r.skip(at+2, "the")
	if w := r.At(next); !r.Is(at+1, "of") || w.Kind != numeral.Digits && !isMonth(w.Lower) {
		return item{}, false
	}
	it, ok := r.item(next)
	if y, end, isYear := r.yearAt(next); !ok && isYear && !r.countsThings(end) {
		it, ok = item{next: end, Period: claim.Year(y)}, true
	}
	if !ok || it.day != 0 {
		return item{}, false
	}
	it.first, it.rule = i, &ruleDay
	if !it.unresolved && it.From != 0 && it.To != 0 {
		whole := it.Period
		switch first, last := int(it.From.Time().Weekday()), int(it.To.Time().Weekday()); {
		case weekday >= 0 && nth == 0:
			it.From = it.To - claim.Day((last-weekday+7)%7)
		case weekday >= 0:
			it.From += claim.Day((weekday-first+7)%7 + 7*(nth-1))
		case nth == 0:
			it.From = it.To - days + 1
		default:
			it.From += days * claim.Day(nth-1)
		}
		if it.To = it.From + days - 1; !whole.Contains(it.Period) {
			return item{}, false
		}
	}
	return it, true
}
