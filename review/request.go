package review

import (
	"net/http"
	"net/url"
	"strconv"

	"crosscheck/claim"
	"crosscheck/desk"
)

// numberIn is a number that an address carries; 0 where it carries none.
func numberIn(q url.Values, name string) (int64, error) {
	text := q.Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0, wrongField(name, "“"+short(text, 40)+"” is no number.")
	}
	return n, nil
}

// pathNumber is the number in a path; what names the thing that it is of.
func pathNumber(r *http.Request, what string) (int64, error) {
	text := r.PathValue("id")
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return 0, &desk.Missing{What: what, Name: short(text, 40)}
	}
	return n, nil
}

// dayIn is a day that a form carries; the zero Day where it carries none.
func dayIn(q url.Values, name string) (claim.Day, error) {
	return dayFrom(name, q.Get(name))
}

// dayFrom is a day from its words, "" for the zero Day.
func dayFrom(field, text string) (claim.Day, error) {
	if text == "" {
		return 0, nil
	}
	d, err := claim.ParseDay(text)
	if err != nil {
		return 0, wrongField(field, "“"+short(text, 40)+"” is no day; write it as 2026-01-31.")
	}
	return d, nil
}

// mostRows is how many rows are told at once.
const mostRows = 500

// sizeIn is how many rows an address asks for, and usual where it does not say.
func sizeIn(q url.Values, usual int) (int, error) {
	n, err := numberIn(q, "size")
	switch {
	case err != nil:
		return 0, err
	case n > mostRows:
		return 0, wrongField("size", "At most "+strconv.Itoa(mostRows)+" are told at once; go on behind them.")
	case n == 0:
		return usual, nil
	}
	return int(n), nil
}
