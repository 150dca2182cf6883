package date

import (
	"time"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/quantity/numeral"
)

// iso reads "2020-07-31" and "2020/07/31", and "2020-07" where it cannot be two years.
func (r *reader) iso(i int) (item, bool) {
	y, digits := r.number(i)
	sep := r.At(i + 1).Rune
	if digits != 4 || y < 1000 || y > 2199 || sep != '-' && sep != '/' || !r.glue(i+1, sep) {
		return item{}, false
	}
	m, md := r.number(i + 2)
	if md > 2 || m < 1 {
		return item{}, false
	}
	if r.glue(i+3, sep) {
		d, dd := r.number(i + 4)
		if dd > 2 || !validDay(y, m, d) {
			return item{}, false
		}
		return item{first: i, next: i + 5, Period: oneDay(y, m, d), rule: &ruleDay}, true
	}
	if sep == '-' && md == 2 && m <= 12 && m <= y%100 && !r.trailing(i+3) {
		return item{first: i, next: i + 3, Period: claim.Month(y, time.Month(m)), rule: &ruleMonth}, true
	}
	return item{}, false
}

// glue reports whether the mark m joins the words about i without a space.
func (r *reader) glue(i int, m rune) bool {
	return r.IsMark(i, m) && !r.At(i).Space && i+1 < len(r.Words) && !r.At(i+1).Space
}

// trailing reports whether something other than punctuation is glued on at i.
func (r *reader) trailing(i int) bool {
	w := r.At(i)
	return i < len(r.Words) && !w.Space && (w.Kind != numeral.Mark || w.Rune == '-' || w.Rune == '%')
}

// numeric reads "5/30/2000", "30.5.2000", "05-08-16". Which number is the
// month shows by its size, by dots (then the day is first), by the document's
// habit, or by which of the two days is not after publication; else both stay
// open and the period runs from one to the other.
func (r *reader) numeric(i int) (item, bool) {
	a, ad := r.number(i)
	sep := r.At(i + 1).Rune
	if ad > 2 || ad == 0 || sep != '/' && sep != '.' && sep != '-' || !r.glue(i+1, sep) || !r.glue(i+3, sep) {
		return item{}, false
	}
	b, bd := r.number(i + 2)
	y, yd := r.number(i + 4)
	if bd > 2 || bd == 0 || yd != 4 && !(yd == 2 && sep == '/') || r.trailing(i+5) {
		return item{}, false
	}
	if yd == 2 {
		y = r.century(y)
	}
	it := item{first: i, next: i + 5, rule: &ruleDay}
	monthFirst, dayFirst := validDay(y, a, b), validDay(y, b, a)
	switch {
	case monthFirst && dayFirst && sep != '.' && r.order() == monthDay:
		it.Period = oneDay(y, a, b)
	case monthFirst && dayFirst && sep != '.' && r.order() == dayMonth:
		it.Period = oneDay(y, b, a)
	case monthFirst && dayFirst && a != b && sep != '.':
		one, two := oneDay(y, a, b), oneDay(y, b, a)
		if one.From > two.From {
			one, two = two, one
		}
		it.Period = claim.Period{From: one.From, To: two.To}
		if r.today != 0 && one.From <= r.today && two.From > r.today {
			it.Period = one
		}
	case dayFirst && (sep == '.' || !monthFirst):
		it.Period = oneDay(y, b, a)
	case monthFirst:
		it.Period = oneDay(y, a, b)
	default:
		return item{}, false
	}
	return it, true
}

// dayFirst reads "14 September 2016", "the 4th of July", "3-5 March 2020",
// "05-Aug-2016".
func (r *reader) dayFirst(i int) (item, bool) {
	if !r.free(i) {
		return item{}, false
	}
	d, next, ok := r.dayOfMonth(i)
	if !ok {
		return item{}, false
	}
	last := d
	if at := next; (r.IsMark(at, '-') || r.Is(at, "to") || r.Is(at, "and")) && !isMonth(r.At(at+1).Lower) {
		if d2, n, ok := r.dayOfMonth(at + 1); ok && d2 > d {
			last, next = d2, n
		}
	}
	at := r.skip(next, "of", '-', '/')
	if r.Is(at, "day") && r.Is(at+1, "of") {
		at += 2
	}
	m := starters.Get(r.At(at).Lower)
	if m.kind != monthWord || r.Is(at, "may") && !r.At(at).Upper || r.Is(at, "mar") && !r.At(at).Upper {
		return item{}, false
	}
	return r.dated(i, at+1, m.value, d, last)
}

// skip passes one word or glued mark of the given, if it is there.
func (r *reader) skip(i int, word string, marks ...rune) int {
	if r.Is(i, word) {
		return i + 1
	}
	for _, m := range marks {
		if r.IsMark(i, m) {
			return i + 1
		}
	}
	return i
}

// dated finishes a day of a month with the year after it, if there is one.
func (r *reader) dated(first, next, month, day, last int) (item, bool) {
	it := item{first: first, next: next, month: month, day: day, days: last - day, rule: &ruleDay}
	at := r.skip(next, "of", ',', '-', '/')
	if r.IsMark(next, '.') { // "Sept" "."
		at = next + 1
	}
	if y, n, ok := r.yearAt(at); ok && !(at > next && r.IsMark(next, ',') && r.countsThings(n)) {
		if !validDay(y, month, last) {
			return item{}, false
		}
		it.next = n
		it.Period = claim.Period{From: claim.DayOf(y, time.Month(month), day), To: claim.DayOf(y, time.Month(month), last)}
		return it, true
	}
	if !validDay(2024, month, last) { // a leap year
		return item{}, false
	}
	it.yearless = true
	r.nearest(&it, func(y int) claim.Period {
		return claim.Period{From: claim.DayOf(y, time.Month(month), day), To: claim.DayOf(y, time.Month(month), last)}
	})
	return it, true
}

// nearest resolves what comes once a year to the time nearest to publication, but
// far ahead in the next year only where the words speak of what is to come;
// where that is not known, to the year last spoken of, or the one after it where
// the telling has gone on past its end.
func (r *reader) nearest(it *item, in func(year int) claim.Period) {
	const half, soon = 183, 100
	if r.row.set && r.row.block == r.sentence.Block {
		it.Period = in(r.row.year)
		return
	}
	last := r.spoken.any
	if r.today == 0 || r.recalls() {
		if last.From == 0 && r.today == 0 {
			last = r.spoken.year
		}
		if last.From == 0 {
			it.unresolved = true
			return
		}
		y := last.From.Time().Year()
		if it.Period = in(y); it.To < last.From-half {
			it.Period = in(y + 1)
		}
		return
	}
	if e := &r.spoken.era; e.old() {
		best, y := claim.Day(1<<30), e.last.From.Time().Year()
		for _, y := range [...]int{y, y - 1, y + 1} {
			if p := in(y); distance(p, e.last) < best {
				best, it.Period = distance(p, e.last), p
			}
		}
		return
	}
	today := claim.Period{From: r.today, To: r.today}
	y := r.today.Time().Year()
	best := claim.Day(1 << 30)
	for _, y := range [...]int{y, y - 1, y + 1} {
		p := in(y)
		if d := distance(p, today); d < best && (d <= soon || p.From < r.today || best > 2*half || r.future(it.first)) {
			best, it.Period = d, p
		}
	}
}

// recalls reports whether the text is telling of another time than its own: the
// sentence before or this one gave a day or a month more than a year from today.
func (r *reader) recalls() bool {
	const month, year = 31, 366
	last := r.spoken.any
	return last.From != 0 && r.spoken.sentence-r.spoken.at <= 1 && last.To-last.From < month &&
		distance(last, claim.Period{From: r.today, To: r.today}) > year
}

// distance is how many days lie between two periods.
func distance(p, o claim.Period) claim.Day { return max(p.From-o.To, o.From-p.To, 0) }

// monthFirst reads "October 7, 2023", "May 2018", "March 3-5", "Sept. 30".
func (r *reader) monthFirst(i, month int) (item, bool) {
	w := r.At(i)
	lowerMay := !w.Upper && (w.Lower == "may" || w.Lower == "march" || w.Lower == "mar" || w.Lower == "sun" || w.Lower == "dec" || w.Lower == "jan")
	next := i + 1
	if r.IsMark(next, '.') && (r.At(next+1).Kind == numeral.Digits) {
		next++
	}
	at := next
	if r.IsMark(at, '-') || r.IsMark(at, '/') {
		at++
	}
	if y, n, ok := r.yearAt(at); ok && !lowerMay {
		return r.monthYear(i, n, y, month), true
	}
	if d, n, ok := r.dayOfMonth(at); ok && !(lowerMay && r.At(at).Kind != numeral.Digits) && r.At(at).Lower != "second" && !(lowerMay && r.countsThings(n)) {
		last := d
		if r.IsMark(n, '-') || r.Is(n, "to") || r.Is(n, "and") || r.Is(n, "through") {
			if d2, n2, ok := r.dayOfMonth(n + 1); ok && d2 > d && !r.glue(n2, ':') && !isMonth(r.At(n2).Lower) && !(r.Is(n, "and") && !r.endsThere(n2)) {
				last, n = d2, n2
			}
		}
		return r.dated(i, n, month, d, last)
	}
	if lowerMay {
		return item{}, false
	}
	at = r.skip(next, "of", ',')
	if r.Is(at, "the") {
		at++
	}
	if y, n, ok := r.yearAt(at); ok && !r.countsThings(n) {
		return r.monthYear(i, n, y, month), true
	}
	if !w.Upper || len(w.Lower) < 4 && w.Lower != "may" && w.Lower[len(w.Lower)-1] != '.' && !r.monthContext(i) || (w.Lower == "may" || w.Lower == "march" || w.Lower == "august" || w.Lower == "april" || w.Lower == "june") && !r.monthContext(i) {
		return item{}, false
	}
	it := item{first: i, next: i + 1, month: month, yearless: true, rule: &ruleMonth}
	r.nearest(&it, func(y int) claim.Period { return claim.Month(y, time.Month(month)) })
	return it, true
}

// endsThere reports whether no counted noun follows a day number: "March 3 and
// 5 people" has one day.
func (r *reader) endsThere(i int) bool {
	w := r.At(i)
	return i >= len(r.Words) || w.Kind == numeral.Mark || !r.countsThings(i)
}

func (r *reader) monthYear(first, next, y, month int) item {
	return item{first: first, next: next, month: month, Period: claim.Month(y, time.Month(month)), rule: &ruleMonth}
}

// monthContext reports whether the word before makes a month of a word that is
// a name or a verb as well.
func (r *reader) monthContext(i int) bool {
	switch r.At(i - 1).Lower {
	case "in", "last", "next", "this", "since", "by", "until", "till", "of", "from", "early", "mid", "late", "during", "before", "after", "to", "through", "and", "between", "for", "every", "each", "-", "or", "past", "previous", "coming":
		return true
	case ",":
		return isMonth(r.At(i - 2).Lower) // "May, August or November 2021"
	}
	return false
}

// weekday reads "Wednesday, October 7, 2023" and the bare day of the week: the
// latest not after publication, or the next where the future is spoken of.
func (r *reader) weekday(i, day int) (item, bool) {
	w := r.At(i)
	if !w.Upper {
		return item{}, false
	}
	at := r.skip(i+1, "the", ',', '.')
	if r.IsMark(at, ',') {
		at++
	}
	if m := starters.Get(r.At(at).Lower); m.kind == monthWord {
		if it, ok := r.monthFirst(at, m.value); ok && it.day > 0 {
			it.first = i
			return it, true
		}
	}
	if it, ok := r.dayFirst(at); ok {
		it.first = i
		return it, true
	}
	if len(w.Lower) <= 4 && w.Lower[len(w.Lower)-1] != '.' || r.named(i) {
		return item{}, false
	}
	if r.Is(i-1, "a") { // "on a Friday in August": which, it does not say
		return item{}, false
	}
	it := item{first: i, next: i + 1, rule: &ruleRelative}
	if partOfDay(r.At(it.next).Lower) {
		it.next++
	}
	if r.today == 0 {
		it.unresolved = true
		return it, true
	}
	if week, ok := r.ofWeek(it.next); ok {
		it.next = week.next
		d := week.From + claim.Day((day+6)%7)
		it.Period = claim.Period{From: d, To: d}
		return it, true
	}
	back := (int(r.today.Time().Weekday()) - day + 7) % 7
	d := r.today - claim.Day(back)
	if back > 0 && r.future(i) {
		d += 7
	}
	it.Period = claim.Period{From: d, To: d}
	return it, true
}

// ofWeek reads the week that a day of the week is said to be of: "of last week".
func (r *reader) ofWeek(i int) (item, bool) {
	if !r.Is(i, "of") || r.At(i+2).Lower != "week" {
		return item{}, false
	}
	week, ok := r.item(i + 1)
	return week, ok && !week.unresolved && week.To-week.From == 6
}

// named reports whether the weekday at i is part of a name: "The Sunday Times",
// "Black Friday".
func (r *reader) named(i int) bool {
	p, n := r.At(i-1), r.At(i+1)
	switch p.Lower {
	case "black", "good", "super", "cyber", "bloody", "ash", "easter", "palm", "whit", "holy", "giving", "ruby":
		return p.Upper
	case "the", "a", "its":
		return n.Kind == numeral.Letters && n.Upper && !isMonth(n.Lower)
	}
	return false
}

// about is how many words before and after a date tell what it is about.
const about = 30

// future reports whether the words about i speak of what is to come: "will", or
// a verb of the present before it ("cars follow on Wednesday").
func (r *reader) future(i int) bool {
	for k := max(0, i-about); k < min(len(r.Words), i+about); k++ {
		switch r.Words[k].Lower {
		case "will", "won't", "'ll", "shall", "scheduled", "upcoming":
			return true
		}
	}
	if r.sentence.Role == document.Heading { // "Police arrest man on Wednesday"
		return false
	}
	for k := i - 1; k >= max(0, i-about); k-- {
		w := &r.Words[k]
		if w.Rune == ',' || w.Rune == ';' {
			return false // "so it stands, and on Sunday they let us in"
		}
		switch r.sentence.Tokens[w.Token].Tag {
		case "VBD", "VBN", "VBG":
			return false
		case "VBZ", "VBP":
			switch w.Lower {
			case "is", "are", "am", "'s", "'re", "has", "have", "do", "does", "says", "say":
				return false
			}
			return true
		}
	}
	return false
}
