package date

import "crosscheck/claim"

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
