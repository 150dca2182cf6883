package document

import (
	"strconv"
	"strings"
	"time"
)

// dates is what a line says about days: the first one that is unambiguous, as
// ISO 8601, and how many of the line's words are taken up by dates and times.
type dates struct {
	day   string
	words int
}

var months = map[string]time.Month{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6, "jun": 6,
	"july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10, "november": 11, "nov": 11,
	"december": 12, "dec": 12,
}

// datesIn reads the dates of a line of tokens. It understands names of months
// and figures; of figures alone those that can be read in one way.
func datesIn(tokens []token) dates {
	var d dates
	for i := 0; i < len(tokens); {
		day, used := dateAt(tokens[i:])
		if used > 0 {
			d.words += used
			if d.day == "" {
				d.day = day
			}
			i += used
			continue
		}
		if d.words > 0 && tokens[i].is(dateWord) || tokens[i].figure && isClock(tokens[i].lower) || isWeekday(tokens, i) {
			d.words++
		}
		i++
	}
	return d
}

// isWeekday reports whether token i is a day's name with a date behind it.
func isWeekday(tokens []token, i int) bool {
	if !tokens[i].is(dateWord) || i+1 >= len(tokens) {
		return false
	}
	_, used := dateAt(tokens[i+1:])
	return used > 0
}

// dateAt reads a date at the start of tokens and says how many it takes; day is
// "" where it is a month only, or can be read in two ways.
func dateAt(tokens []token) (day string, used int) {
	if t := tokens[0]; !t.figure && !t.is(monthWord) {
		return "", 0
	}
	word := func(i int) string {
		if i < len(tokens) {
			return tokens[i].lower
		}
		return ""
	}
	if day, ok := figures(word(0)); ok {
		return day, 1
	}
	if n, ok := dayNumber(word(0)); ok && months[word(1)] != 0 {
		if year, ok := yearNumber(word(2)); ok {
			return iso(year, months[word(1)], n), 3
		}
		return "", 2
	}
	if m := months[word(0)]; m != 0 {
		if n, ok := dayNumber(word(1)); ok {
			if year, ok := yearNumber(word(2)); ok {
				return iso(year, m, n), 3
			}
			if tokens[0].raw[0] < 'a' {
				return "", 2
			}
		}
		if _, ok := yearNumber(word(1)); ok {
			return "", 2
		}
	}
	return "", 0
}

// figures reads a date of figures only. "2020-05-03" and "03.05.2020" are used
// in one order; of "12/25/2020" only one part can be the month, while
// "12/09/17" stays open.
func figures(word string) (day string, ok bool) {
	if isISODay(word[:min(len(word), 10)]) {
		day := word[:10]
		_, err := time.Parse(time.DateOnly, day)
		return day, err == nil
	}
	for _, sep := range [...]string{"/", ".", "-"} {
		if strings.Count(word, sep) != 2 {
			continue
		}
		parts := strings.Split(word, sep)
		var n [3]int
		for i, part := range parts {
			if len(part) == 0 || len(part) > 4 || !isNumber(part) || strings.ContainsAny(part, ",.") {
				return "", false
			}
			n[i], _ = strconv.Atoi(part) // digits only
		}
		year := n[2]
		if len(parts[2]) == 2 {
			year += 2000
		}
		if len(parts[2]) != 4 && len(parts[2]) != 2 || year < 1800 || n[0] < 1 || n[1] < 1 || n[0] > 31 || n[1] > 31 || n[0] > 12 && n[1] > 12 {
			return "", false
		}
		switch {
		case n[1] > 12:
			return iso(year, time.Month(n[0]), n[1]), true
		case n[0] > 12 && (len(parts[2]) == 4 || n[2] < 13 || sep == ".") || sep == ".":
			return iso(year, time.Month(n[1]), n[0]), true
		}
		return "", true
	}
	return "", false
}

func isISODay(word string) bool {
	if len(word) != 10 || word[4] != '-' || word[7] != '-' {
		return false
	}
	for i, c := range []byte(word) {
		if (c < '0' || c > '9') && i != 4 && i != 7 {
			return false
		}
	}
	return true
}

// iso writes a day, or "" where the month has no such day.
func iso(year int, month time.Month, day int) string {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || t.Month() != month {
		return ""
	}
	return t.Format(time.DateOnly)
}

func dayNumber(word string) (int, bool) {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, ending)
	}
	n := 0
	for _, c := range word {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
		if n > 31 {
			return 0, false
		}
	}
	return n, n > 0
}

func yearNumber(word string) (int, bool) {
	if len(word) != 4 || !isNumber(word) || word[0] != '1' && word[0] != '2' {
		return 0, false
	}
	n := 0
	for _, c := range word {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, n >= 1800 && n < 2200
}

// isClock reports whether a word is a time of day: "18:44", "7.40am", "8pm".
func isClock(word string) bool {
	digits, marks := 0, 0
	rest := strings.TrimSuffix(strings.TrimSuffix(word, "am"), "pm")
	for _, c := range rest {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == ':' || c == '.':
			marks++
		default:
			return false
		}
	}
	return digits >= 1 && digits <= 6 && (rest != word || marks >= 1 && strings.Contains(rest, ":"))
}

// dayOf reads a date as metadata writes it, with or without a time, and gives
// an ISO 8601 day, or "" where it is none.
func dayOf(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 10 && isISODay(s[:10]) {
		if _, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return s[:10]
		}
	}
	if len(s) > 100 {
		return ""
	}
	return datesIn(tokenise(s, nil)).day
}
