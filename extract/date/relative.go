package date

import (
	"time"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// point reads "today", "yesterday", "tomorrow".
func (r *reader) point(i, days int) (item, bool) {
	it := item{first: i, next: i + 1, rule: &ruleRelative}
	if r.today == 0 {
		it.unresolved = true
	} else {
		d := r.today + claim.Day(days)
		it.Period = claim.Period{From: d, To: d}
	}
	return it, true
}

// spanWord is a unit of time by name.
func spanWord(lower string) (unit string, ok bool) {
	switch lower {
	case "fortnight", "fortnights", "day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "decades", "quarter", "century", "centuries", "weekend":
		if lower[len(lower)-1] == 's' {
			lower = lower[:len(lower)-1]
		}
		if lower == "centurie" {
			lower = "century"
		}
		return lower, true
	}
	if n := len(lower); n > 2 && lower[n-2:] == "'s" {
		return spanWord(lower[:n-2])
	}
	return "", false
}

// deictic reads "last month", "this year", "next Tuesday", "the past three
// years", "last October".
func (r *reader) deictic(i, way int) (item, bool) {
	it := item{first: i, next: i + 2, rule: &ruleRelative}
	at := i + 1
	if r.Is(i, "last") && lasting(r.At(i-1).Lower) {
		return item{}, false
	}
	if r.Is(i-1, "the") && (r.Is(i, "next") && !lengthens(r.At(i-2).Lower) || r.Is(i, "previous")) {
		if it, ok := r.then(i, way); ok && !(it.unresolved && r.today != 0 && r.Is(i, "previous") && r.spoken.now().any.From == 0) {
			return it, true
		}
	}
	if r.Is(i, "last") {
		if it, ok := r.share(i, 0, at); ok {
			return it, true
		}
	}
	if w := r.At(at); w.Lower == "few" || w.Lower == "several" || w.Kind == numeral.Digits || w.IsNumber() && w.Lower != "a" && w.Lower != "half" && w.Lower != "quarter" {
		return r.recent(i, at, way)
	}
	w := r.At(at)
	word := starters.Get(w.Lower)
	if way == span {
		way = before
		if _, ok := spanWord(w.Lower); ok && r.today != 0 && w.Lower[len(w.Lower)-1] != 's' {
			return r.upTo(i, at, 1), true
		}
	}
	switch {
	case word.kind == monthWord && (w.Upper || len(w.Lower) > 4):
		if y, _, ok := r.yearAt(at + 1); ok && y > 0 {
			return item{}, false
		}
		if r.At(at+1).Kind == numeral.Digits { // "next March 5"
			return item{}, false
		}
		if r.today == 0 {
			it.unresolved = true
			return it, true
		}
		t := r.today.Time()
		y := t.Year()
		if way < 0 && word.value >= int(t.Month()) {
			y--
		} else if way > 0 && word.value <= int(t.Month()) {
			y++
		}
		it.Period = claim.Month(y, time.Month(word.value))
		return it, true
	case word.kind == weekdayWord && w.Upper && len(w.Lower) > 4:
		if r.today == 0 {
			it.unresolved = true
			return it, true
		}
		back := (int(r.today.Time().Weekday()) - word.value + 7) % 7
		d := r.today - claim.Day(back)
		if partOfDay(r.At(it.next).Lower) {
			it.next++
		}
		switch {
		case way < 0 && back == 0:
			d -= 7
		case way > 0:
			d += 7
		}
		it.Period = claim.Period{From: d, To: d}
		return it, true
	case word.kind == seasonWord && w.Lower != "fall" || word.kind == seasonWord && way != now:
		if r.today == 0 {
			it.unresolved = true
			return it, true
		}
		y := r.today.Time().Year()
		p := months(y, word.value, 3)
		switch {
		case way < 0 && p.To >= r.today, way == now && word.value == 12 && r.today.Time().Month() < 6:
			p = months(y-1, word.value, 3)
		case way > 0 && p.From <= r.today:
			p = months(y+1, word.value, 3)
		}
		it.Period = p
		return it, true
	case word.kind == fiscalWord && r.Is(at+1, "year"):
		if it.next = at + 2; r.today == 0 {
			it.unresolved = true
			return it, true
		}
		p := r.fiscalYear(i, r.today.Time().Year())
		if p.To < r.today {
			p = r.fiscalYear(i, r.today.Time().Year()+1)
		}
		t := p.From.Time()
		it.Period = months(t.Year()+way, int(t.Month()), 12)
		return it, true
	}
	if way == now && (w.Lower == "morning" || w.Lower == "evening" || w.Lower == "afternoon") || way < 0 && w.Lower == "night" {
		it, _ := r.point(i, min(way, 0))
		it.next = i + 2
		return it, true
	}
	unit, ok := spanWord(w.Lower)
	if !ok || unit == "day" && way == now || r.Is(at+1, "of") { // "the last year of the war"
		return item{}, false
	}
	if r.today == 0 || w.Lower[len(w.Lower)-1] == 's' && w.Lower[len(w.Lower)-2] != '\'' { // "the coming weeks"
		it.unresolved = true
		return it, true
	}
	it.Period = shift(r.today, unit, way)
	return it, true
}

// lasting reports whether the word before makes a verb of "last": "meant to last
// seven days".
func lasting(lower string) bool {
	switch lower {
	case "to", "will", "would", "can", "could", "may", "might", "must", "should", "not":
		return true
	}
	return false
}

// shift is the unit of the calendar that holds a day, moved by n.
func shift(day claim.Day, unit string, n int) claim.Period {
	t := day.Time()
	switch unit {
	case "day":
		d := day + claim.Day(n)
		return claim.Period{From: d, To: d}
	case "week", "weekend", "fortnight":
		monday := day - claim.Day((int(t.Weekday())+6)%7) + claim.Day(7*n)
		if unit == "fortnight" {
			return claim.Period{From: monday + claim.Day(7*n), To: monday + claim.Day(7*n) + 13}
		}
		if unit == "weekend" {
			return claim.Period{From: monday + 5, To: monday + 6}
		}
		return claim.Period{From: monday, To: monday + 6}
	case "month":
		return months(t.Year(), int(t.Month())+n, 1)
	case "quarter":
		return months(t.Year(), (int(t.Month())-1)/3*3+1+3*n, 3)
	case "decade":
		return tenYears(t.Year() - t.Year()%10 + 10*n)
	case "century":
		y := t.Year() - t.Year()%100 + 100*n
		return claim.Period{From: claim.Year(y + 1).From, To: claim.Year(y + 100).To}
	}
	return claim.Year(t.Year() + n)
}

// lengthens reports whether the word before "the next year" makes it a length
// of time from now on.
func lengthens(lower string) bool {
	switch lower {
	case "over", "in", "within", "during", "for", "of", "through", "throughout":
		return true
	}
	return false
}

// recent reads "the past three years", "the next 18 months".
func (r *reader) recent(i, at, way int) (item, bool) {
	count, next := int64(0), at+1
	vague := r.Is(at, "few") || r.Is(at, "several")
	if !vague {
		n, ok := r.Read(at)
		if !ok || n.Vague || n.Ordinal || !n.Value.IsInteger() || n.Value.IntPart() > 1000 {
			return item{}, false
		}
		count, next = n.Value.IntPart(), n.Next
	}
	if r.At(next).Lower == "calendar" || r.At(next).Lower == "full" {
		next++
	}
	if _, ok := spanWord(r.At(next).Lower); !ok || way == now {
		return item{}, false
	}
	if r.today == 0 || vague {
		return item{first: i, next: next + 1, unresolved: true, rule: &ruleRelative}, true
	}
	if way > 0 && way != span {
		count = -count
	}
	return r.upTo(i, next, count), true
}

// upTo is the period of count units that ends today, or begins today where
// count is negative.
func (r *reader) upTo(i, at int, count int64) item {
	unit, _ := spanWord(r.At(at).Lower)
	other := back(r.today, unit, count)
	p := claim.Period{From: other, To: r.today}
	if count < 0 {
		p = claim.Period{From: r.today, To: other}
	}
	return item{first: i, next: at + 1, Period: p, rule: &ruleRelative}
}

// back is the day n units before d.
func back(d claim.Day, unit string, n int64) claim.Day {
	if n > 9999 || n < -9999 {
		return d
	}
	t, k := d.Time(), int(n)
	switch unit {
	case "day", "weekend":
		return d - claim.Day(k)
	case "week":
		return d - claim.Day(7*k)
	case "fortnight":
		return d - claim.Day(14*k)
	case "month":
		return claim.DayOf(t.Year(), t.Month()-time.Month(k), t.Day())
	case "quarter":
		return claim.DayOf(t.Year(), t.Month()-time.Month(3*k), t.Day())
	case "decade":
		return claim.DayOf(t.Year()-10*k, t.Month(), t.Day())
	case "century":
		return claim.DayOf(t.Year()-100*k, t.Month(), t.Day())
	}
	return claim.DayOf(t.Year()-k, t.Month(), t.Day())
}

// away reads a time so far from another: "three weeks ago", "two days after
// October 7, 2023", "a year earlier", and a length of time with its start or its
// end: "within 30 days of 4 May 2020", "three months to June 2020".
func (r *reader) away(i, at int, n int64, round bool) (item, bool) {
	if r.IsMark(at, '-') {
		return item{}, false
	}
	unit, ok := spanWord(r.At(at).Lower)
	if !ok || !round || n > 2000 {
		return item{}, false
	}
	it := item{first: i, next: at + 2, rule: &ruleRelative}
	within := r.Is(i-1, "within")
	switch r.At(at + 1).Lower {
	case "ago":
		it.unresolved = r.today == 0
		if point := starters.Get(r.At(it.next).Lower); point.kind == pointWord { // "ten years ago today"
			it.next++
			if d := back(r.today+claim.Day(point.value), unit, n); !it.unresolved {
				it.Period = claim.Period{From: d, To: d}
			}
			return it, true
		}
		if !it.unresolved {
			it.Period = r.about(back(r.today, unit, n), unit)
		}
		return it, true
	case "to", "ended", "ending":
		return r.upToDate(i, at+2, unit, n)
	case "from":
		if r.Is(at+2, "now") || r.Is(at+2, "today") {
			it.next = at + 3
			if it.unresolved = r.today == 0; !it.unresolved {
				it.Period = r.about(back(r.today, unit, -n), unit)
			}
			return it, true
		}
	case "after", "before", "of":
	case "later", "earlier", "afterwards", "afterward", "previously", "beforehand":
		return r.apart(i, at, n, unit)
	default:
		return item{}, false
	}
	d, ok := r.anchor(at + 2)
	switch {
	case !ok && r.offPlan(at+2):
		return item{}, false // a delay, and no date
	case !ok && (r.Is(at+1, "after") || r.Is(at+1, "before")):
		return r.apart(i, at, n, unit)
	case !ok, r.Is(at+1, "of") && !within:
		return item{}, false
	}
	it.next = d.next
	switch {
	case r.Is(at+1, "before") && within:
		it.Period = claim.Period{From: back(d.From, unit, n), To: d.To}
	case r.Is(at+1, "before"):
		it.Period = claim.Period{From: back(d.From, unit, n), To: back(d.To, unit, n)}
	case within, r.Is(at+1, "from"):
		it.Period = claim.Period{From: d.From, To: back(d.From, unit, -n)}
	default:
		it.Period = claim.Period{From: back(d.From, unit, -n), To: back(d.To, unit, -n)}
	}
	return it, true
}

// upToDate reads the end of a length of time: "12 months to 31 March 2021",
// "year ended June 2020". at is where the date stands.
func (r *reader) upToDate(i, at int, unit string, n int64) (item, bool) {
	at = r.skip(at, "on")
	d, ok := r.anchor(at)
	if !ok || n == 0 {
		return item{}, false
	}
	return item{first: i, next: d.next, Period: claim.Period{From: back(d.To+1, unit, n), To: d.To}, rule: &ruleRange}, true
}

// anchor reads the full date at i from which another counts.
func (r *reader) anchor(i int) (item, bool) {
	if i >= len(r.Words) {
		return item{}, false
	}
	var it item
	ok := false
	if m := starters.Get(r.At(i).Lower); m.kind == monthWord {
		it, ok = r.monthFirst(i, m.value)
	} else if r.At(i).Kind == numeral.Digits {
		it, ok = r.dayFirst(i)
		if !ok {
			it, ok = r.iso(i)
		}
	}
	return it, ok && !it.unresolved && it.From != 0 && it.To != 0
}

// about widens a day that was counted in weeks or more to what such words can
// tell: a week, the month, the year.
func (r *reader) about(d claim.Day, unit string) claim.Period {
	t := d.Time()
	switch unit {
	case "day":
		return claim.Period{From: d, To: d}
	case "week", "weekend", "fortnight":
		return claim.Period{From: d - 3, To: d + 3}
	case "month", "quarter":
		return claim.Month(t.Year(), t.Month())
	}
	return claim.Year(t.Year())
}

// offPlan reports whether what a length of time is counted from at word i is
// what was planned: "the date on the tickets", "its deadline".
func (r *reader) offPlan(i int) bool {
	if w := r.At(i).Lower; w == "the" || w == "its" || w == "their" {
		i++
	}
	switch r.At(i).Lower {
	case "planned", "scheduled", "intended", "promised", "date", "deadline", "target", "original", "advertised", "forecast", "due":
		return true
	}
	return false
}
