package date

import "strings"

// habit is the order in which a document writes the numbers of a date, as those
// of its dates show that can be read one way only.
type habit uint8

const (
	unasked habit = iota
	mixed
	monthDay // 5/30/2020
	dayMonth // 30/5/2020
)

// order is the document's habit; its text is searched once, when first asked.
func (f *Finder) order() habit {
	if f.habit == unasked {
		f.habit = habitOf(f.text)
	}
	return f.habit
}

func habitOf(text string) habit {
	found := mixed
	for at := 0; ; at++ {
		k := strings.IndexByte(text[at:], '/')
		if k < 0 {
			return found
		}
		at += k
		a, _ := number(text, at-1, -1)
		b, next := number(text, at+1, 1)
		if next >= len(text) || text[next] != '/' {
			continue
		}
		var shows habit
		switch {
		case a > 12 && a <= 31 && b >= 1 && b <= 12:
			shows = dayMonth
		case b > 12 && b <= 31 && a >= 1 && a <= 12:
			shows = monthDay
		default:
			continue
		}
		if found != mixed && found != shows {
			return mixed
		}
		found = shows
	}
}

// number reads up to two digits from a place in the text, forward or back, and
// says where they end; 0 where there are none or more.
func number(text string, at, step int) (n, next int) {
	scale := 1
	for k := 0; at >= 0 && at < len(text) && text[at] >= '0' && text[at] <= '9'; k++ {
		if k == 2 {
			return 0, at
		}
		if digit := int(text[at] - '0'); step > 0 {
			n = n*10 + digit
		} else {
			n += digit * scale
			scale *= 10
		}
		at += step
	}
	return n, at
}
