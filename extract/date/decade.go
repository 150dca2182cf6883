package date

import "crosscheck/claim"

// decade reads "1990s", "1990's".
func (r *reader) decade(i int) (item, bool) {
	y, digits := r.number(i)
	if digits != 4 || y < 1000 || y > 2199 || y%10 != 0 || !r.free(i) {
		return item{}, false
	}
	next := i + 1
	if (r.IsMark(next, '\'') || r.IsMark(next, '’')) && !r.At(next).Space {
		next++
	}
	if s := r.At(next).Lower; s != "s" && s != "'s" || r.At(next).Space {
		return item{}, false
	}
	return item{first: i, next: next + 1, Period: tenYears(y), rule: &ruleDecade}, true
}

func tenYears(y int) claim.Period {
	return claim.Period{From: claim.Year(y).From, To: claim.Year(y + 9).To}
}

// shortDecade reads "'90s".
func (r *reader) shortDecade(i int) (item, bool) {
	n, digits := r.number(i + 1)
	if digits != 2 || n%10 != 0 || r.At(i+1).Space || !r.Is(i+2, "s") || r.At(i+2).Space {
		return item{}, false
	}
	y := 1900 + n
	if n < 20 {
		y = 2000 + n
	}
	return item{first: i, next: i + 3, Period: tenYears(y), rule: &ruleDecade}, true
}

// namedDecade reads "the nineties".
func (r *reader) namedDecade(i, y int) (item, bool) {
	p := r.At(i - 1).Lower
	if p != "the" && p != "early" && p != "late" && p != "mid" && p != "-" {
		return item{}, false
	}
	return item{first: i, next: i + 1, Period: tenYears(y), rule: &ruleDecade}, true
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
