package date

import (
	"time"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// Dates that count from the one last spoken of: "the next day", "two weeks
// later", "on the 24th", "that year".

// spoken is when the text last spoke of: the last day, month and year of the
// calendar, and the last period of any length. Zero where none was given, or
// none that the words settle.
type spoken struct {
	day              claim.Day
	month, year, any claim.Period
	sentence, at     int // sentences so far, and the one that last gave a date
	era              era
}

// era is the time that a text tells of where that is not its own: the last of its
// days and months with a year, all of them more than a year from publication.
type era struct {
	last  claim.Period
	days  int  // how many
	today bool // whether any is near publication, so that there is no such time
}

// tells takes note of a day or a month that gives its year.
func (e *era) tells(p claim.Period, today claim.Day) {
	const month, year, long = 31, 366, 3 * 366
	now := claim.Period{From: today, To: today}
	switch {
	case today == 0 || p.From == 0 || p.To-p.From >= month || p == now:
	case distance(p, now) <= year:
		e.today = true
	case e.days == 0 || distance(p, e.last) > long:
		e.last, e.days = p, 1
	default:
		if e.days++; p.To > e.last.To {
			e.last = p
		}
	}
}

// old reports whether the text tells of another time than its own.
func (e *era) old() bool { return e.days > 1 && !e.today }

// memory is for how many sentences a date stays the one last spoken of.
const memory = 4

// hear takes note of a date. What happened once lies in the past, so a longer
// period behind the last day leaves "the next day" open, one before it does not.
func (s *spoken) hear(it item) {
	p := it.Period
	switch {
	case it.unresolved:
		if it.rule == &ruleNarrated {
			return
		}
		s.day, s.any = 0, claim.Period{}
		return
	case p.From == 0 || p.To < p.From:
		return
	case s.day < p.From:
		s.day = 0
	}
	s.at, s.any = s.sentence, p
	from, to := p.From.Time(), p.To.Time()
	if from.Year() != to.Year() {
		return
	}
	if s.year = claim.Year(from.Year()); from.Month() == to.Month() {
		s.month = claim.Month(from.Year(), from.Month())
	}
	if p.From == p.To {
		s.day = p.From
	}
}

// now is what was spoken of, where that is not too long ago.
func (s *spoken) now() spoken {
	if s.sentence-s.at > memory {
		return spoken{}
	}
	return *s
}

// saying reports whether a day at i says only when something was said.
func (r *reader) saying(i int) bool {
	if r.Is(i-1, "on") {
		i--
	}
	switch r.At(i - 1).Lower {
	case "said", "says", "told", "reported":
		return true
	}
	return false
}

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

// direction is where a word that comes behind a length of time points: 1 for
// later, -1 for earlier, 0 for any other word.
func direction(lower string) int {
	switch lower {
	case "after", "later", "afterwards", "afterward":
		return 1
	case "before", "earlier", "previously", "beforehand":
		return -1
	}
	return 0
}

// endsClause reports whether no noun follows at i that "after" could bring.
func (r *reader) endsClause(i int) bool {
	w := r.At(i)
	if i >= len(r.Words) || w.Kind == numeral.Mark {
		return true
	}
	switch r.sentence.Tokens[w.Token].Tag {
	case "IN", "TO", "CC", "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// apart reads n units away from what was spoken of: "two days later", "a year
// earlier". From an event ("four days after the vote") it stays unresolved.
func (r *reader) apart(i, at int, n int64, unit string) (item, bool) {
	way := direction(r.At(at + 1).Lower)
	if way == 0 || r.Is(at+2, "than") {
		return item{}, false
	}
	switch r.At(i - 1).Lower { // lengths of time: "for two days after the vote"
	case "for", "in", "under", "within", "over", "the", "during", "first", "last", "next", "least", "than", "to", "-", "took", "taken", "lasted":
		return item{}, false
	}
	bare := r.Is(at+1, "before") || r.Is(at+1, "after")
	if bare && !r.endsClause(at+2) {
		return narrated(i, at+2, claim.Period{}, false), true
	}
	s := r.spoken.now()
	p, known := r.moved(s, unit, int64(way)*n)
	return narrated(i, at+2, p, known), true
}

// moved is the period spoken of, n units later. One of whole months keeps its
// length ("up from the third quarter a year earlier"); from a day the words tell
// no more than their unit.
func (r *reader) moved(s spoken, unit string, n int64) (claim.Period, bool) {
	if n > 2000 || n < -2000 {
		return claim.Period{}, false
	}
	p, k := s.any, 0
	switch unit {
	case "month":
		k = 1
	case "quarter":
		k = 3
	case "year":
		k = 12
	case "decade":
		k = 120
	case "century":
		k = 1200
	default:
		return r.about(back(s.day, unit, -n), unit), s.day != 0
	}
	if p.From == 0 {
		return p, false
	}
	if from, end := p.From.Time(), (p.To + 1).Time(); from.Day() == 1 && end.Day() == 1 {
		length := (end.Year()-from.Year())*12 + int(end.Month()-from.Month())
		return months(from.Year(), int(from.Month())+k*int(n), length), length <= k
	}
	return r.about(back(p.From, unit, -n), unit), p.From == p.To
}

// monthless reads "the 24th", "the 3rd of that month": a day of the month that
// was spoken of, or of the one of publication.
func (r *reader) monthless(i, day, next int) (item, bool) {
	if !r.Is(i-1, "the") || day < 1 || day > 31 {
		return item{}, false
	}
	it := item{first: i, next: next, rule: &ruleNarrated}
	month := r.spoken.now().month
	at := next + 1
	switch {
	case r.Is(next, "of") && r.Is(at+1, "month") && (r.Is(at, "that") || r.Is(at, "the")):
		it.next = at + 2
	case r.Is(next, "of") && r.Is(at+1, "month") && starters.Get(r.At(at).Lower).kind == deicticWord:
		it.next, month = at+2, claim.Period{}
		if r.today != 0 {
			month = shift(r.today, "month", clampDirection(starters.Get(r.At(at).Lower).value))
		}
	case r.At(i).Kind != numeral.Digits || !r.dates(i-2) || !r.unnamed(next):
		return item{}, false
	case month.From == 0 && r.today != 0:
		month = shift(r.today, "month", 0)
	}
	if month.From == 0 {
		it.unresolved = true
		return it, true
	}
	t := month.From.Time()
	if !validDay(t.Year(), int(t.Month()), day) {
		return item{}, false
	}
	it.Period = oneDay(t.Year(), int(t.Month()), day)
	return it, true
}

// dates reports whether the word at i brings a day.
func (r *reader) dates(i int) bool {
	switch r.At(i).Lower {
	case "on", "by", "until", "till", "since", "before", "after", "from", "to", "through":
		return true
	}
	return false
}

// unnamed reports whether what follows an ordinal at i is no noun of its own.
func (r *reader) unnamed(i int) bool {
	w := r.At(i)
	if i >= len(r.Words) || w.Kind == numeral.Mark {
		return w.Rune != '-'
	}
	switch tag := r.sentence.Tokens[w.Token].Tag; tag {
	case "DT", "PRP", "PRP$", "CC", "VBD", "VBZ", "MD", "WRB":
		return true
	case "IN":
		return w.Lower != "of"
	}
	return false
}

// someAway reads "several years ago", "a few days later"; at is the unit.
func (r *reader) someAway(i, at int) (item, bool) {
	if w := r.At(at + 1).Lower; w != "ago" && (direction(w) == 0 || r.Is(i-1, "for") || r.Is(at+2, "than")) {
		return item{}, false
	}
	it, ok := r.vague(i, at)
	it.next++
	return it, ok
}

// vague reads what no day can be given for: "recent weeks".
func (r *reader) vague(i, at int) (item, bool) {
	if _, ok := spanWord(r.At(at).Lower); !ok {
		return item{}, false
	}
	return item{first: i, next: at + 1, unresolved: true, rule: &ruleRelative}, true
}

// turn reads "the turn of the 20th century", within five years, and "the turn
// of the century", which leaves open which.
func (r *reader) turn(i int) (item, bool) {
	if !r.Is(i+1, "of") || !r.Is(i+2, "the") {
		return item{}, false
	}
	around := func(y int) claim.Period { return claim.Period{From: claim.Year(y - 5).From, To: claim.Year(y + 5).To} }
	switch r.At(i + 3).Lower {
	case "century":
		return item{first: i, next: i + 4, unresolved: true, rule: &ruleDecade}, true
	case "millennium":
		return item{first: i, next: i + 4, Period: around(2000), rule: &ruleDecade}, true
	}
	if n, ok := r.Read(i + 3); ok && n.Ordinal && r.Is(n.Next, "century") {
		if nth := int(n.Value.IntPart()); nth >= 2 && nth <= 22 {
			return item{first: i, next: n.Next + 1, Period: around(nth*100 - 100), rule: &ruleDecade}, true
		}
	}
	return item{}, false
}
