package date

import "crosscheck/claim"

// Two years together, and years of two digits.

// years reads two years with a dash or a slash between, "2017-20", "1914–1918",
// "2012/13", and the open "2025-".
func (r *reader) years(i int) (item, bool) {
	from, digits := r.number(i)
	dash := r.At(i + 1).Rune
	if digits != 4 || from < 1000 || from > 2199 || !r.free(i) || dash != '-' && dash != '/' || r.At(i+1).Space && !r.At(i+2).Space {
		return item{}, false
	}
	it := item{first: i, rule: &ruleRange}
	to, td := r.number(i + 2)
	spaced := r.At(i+1).Space || r.At(i+2).Space
	switch after := r.At(i + 2); {
	case dash == '-' && !r.At(i+1).Space && (i+2 >= len(r.Words) || after.Rune == ')' || after.Rune == ']'):
		it.next, it.Period = i+2, claim.Period{From: claim.Year(from).From}
		return it, true
	case dash == '-' && (after.Lower == "present" || after.Lower == "now" || after.Lower == "today"):
		it.next, it.Period = i+3, claim.Period{From: claim.Year(from).From, To: r.today}
		return it, true
	case td == 2 && !spaced:
		if to += from - from%100; to <= from {
			to += 100
		}
		if to-from > 60 {
			return item{}, false
		}
	case td == 4 && to > from && to < 2200 && dash == '-':
		if spaced && !r.yearShows(i, i+1, from) && !(from >= 1900 && to < 2100) {
			return item{}, false
		}
	default:
		return item{}, false
	}
	if r.trailing(i+3) || r.countsThings(i+3) && (from < 1900 || to > 2100) || measureWords.Has(r.At(i+3).Lower) {
		return item{}, false
	}
	it.next, it.Period = i+3, claim.Period{From: claim.Year(from).From, To: claim.Year(to).To}
	if to == from+1 && acrossYears(r.At(i+3).Lower) {
		it.Period = months(from, 7, 12)
	}
	return it, true
}

// acrossYears reports whether a word names what begins in one summer and ends
// in the next: "the 2012-13 season".
func acrossYears(lower string) bool {
	switch lower {
	case "season", "seasons", "campaign", "academic", "school", "league":
		return true
	}
	return false
}

// shortYear reads "'90s", and "'07" behind a word that brings a year.
func (r *reader) shortYear(i int) (item, bool) {
	if it, ok := r.shortDecade(i); ok {
		return it, true
	}
	switch r.At(i - 1).Lower {
	case "in", "since", "of", "until", "from", "by", "before", "after":
		if y, next, ok := r.yearAt(i); ok && !r.trailing(next) && !r.countsThings(next) {
			return item{first: i, next: next, Period: claim.Year(y), rule: &ruleYear}, true
		}
	}
	return item{}, false
}
