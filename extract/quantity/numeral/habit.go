package numeral

import "strings"

// Habit is the mark that a document writes before decimals.
type Habit uint8

// The habits: 1,234.5 and 1.234,5.
const (
	DecimalPoint Habit = iota
	DecimalComma
)

// HabitOf decides on a document's habit by those of its numbers that can be
// read one way only: 1.234.567 and 1.234,5, and 12,5 before a percent sign, a
// euro or a million; 1.234 alone tells nothing. Where a document has both
// kinds, the more frequent one counts, and the point when they are as many.
func HabitOf(text string) Habit {
	points, commas := 0, 0
	for i := 0; i < len(text); {
		if !isDigit(text, i) {
			i++
			continue
		}
		mark, next := decimalMark(text, i)
		switch mark {
		case '.':
			points++
		case ',':
			commas++
		}
		i = next
	}
	if commas > points {
		return DecimalComma
	}
	return DecimalPoint
}

func isDigit(s string, i int) bool { return i < len(s) && s[i]-'0' < 10 }

// decimalMark is the mark that the number at i shows to stand before decimals,
// or 0, and where the number ends.
func decimalMark(text string, i int) (mark byte, next int) {
	var marks [2]byte // the first mark, and the other one after it
	groups := 0       // of three digits, each after the first mark
	first := run(text, i)
	last := first // digits after the latest mark
	bad := first > 3
	next = i + first
	for next < len(text) && (text[next] == '.' || text[next] == ',') && isDigit(text, next+1) {
		m := text[next]
		last = run(text, next+1)
		next += 1 + last
		switch {
		case marks[0] == 0:
			marks[0] = m
		case marks[1] != 0 || m != marks[0] && groups == 0:
			bad = true
		case m != marks[0]:
			marks[1] = m
			continue
		}
		if last == 3 {
			groups++
		} else if groups > 0 || isDigitAfterMark(text, next) {
			bad = true
		}
	}
	switch {
	case marks[0] == 0:
	case groups == 0 && last < 3 && valued(text[next:]):
		mark = marks[0]
	case bad || groups == 0:
	case marks[1] != 0: // 1.234,5
		mark = marks[1]
	case groups > 1: // 1.234.567
		mark = '.' + ',' - marks[0]
	}
	return mark, next
}

func isDigitAfterMark(text string, i int) bool {
	return i < len(text) && (text[i] == '.' || text[i] == ',') && isDigit(text, i+1)
}

// run is the number of digits from i on.
func run(text string, i int) int {
	n := 0
	for isDigit(text, i+n) {
		n++
	}
	return n
}

// valued reports whether a text begins with what only a number's value has
// behind it: a percent sign, a euro, a million in English, German, French or
// Spanish.
func valued(text string) bool {
	text = strings.TrimPrefix(strings.TrimPrefix(text, " "), "\u00a0")
	text = strings.ToLower(text[:min(len(text), 8)])
	for _, s := range [...]string{"%", "€", "eur", "percent", "per cent", "prozent", "mill", "mili", "mio", "mrd", "billi", "bn"} {
		if strings.HasPrefix(text, s) {
			return true
		}
	}
	return false
}
