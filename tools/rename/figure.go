package main

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// What a text is cut into: what is left, days, times, years, figures, words.
var piece = regexp.MustCompile(`&#?\w+;|\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{1,2}:\d{2}|\d[\d,]*(?:\.\d+)?|\p{L}+`)

const months = `(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?`

var (
	share  = regexp.MustCompile(`^(?:\s?(?:to|-|–|and|or)\s?\d[\d.,]*)?(?:\s?%|[\s-]per\s?cent|\s?pc\b|[\s-](?:percentage[\s-])?points?\b)`)
	term   = regexp.MustCompile(`(?i)^(?:\s?(?:to|-|–|and|or)\s?\d[\d.,]*)?[\s-](?:(?:full|consecutive|more|straight|business|working|calendar)\s)?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|nights?|decades?|centur(?:y|ies)|am|pm|a\.m|p\.m|o'clock)\b`)
	nth    = regexp.MustCompile(`^(?:st|nd|rd|th)\b`)
	month  = regexp.MustCompile(`^(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?\d{1,2})?,?\s(?:of\s)?` + months + `\b`)
	inDate = regexp.MustCompile(months + `\s(?:\d{1,2}\s?(?:-|–|to|and)\s?)?$`)
	scale  = regexp.MustCompile(`(?i)^[\s-]?(?:thousand|million|billion|trillion|bn|tn|mn|m|k)\b`)
	things = regexp.MustCompile(`^[\s-](?:people|persons?|troops|soldiers|homes|houses|workers|staff|jobs|m|metres|meters|feet|ft|km|miles|tonnes|tons|MW|kg|dollars|euros|pounds|yuan|rupees)\b`)
	sign   = regexp.MustCompile(`[$€£¥₹]\s?$`)
	ident  = regexp.MustCompile(`[\p{L}]-?$`)
	letter = regexp.MustCompile(`^-?[A-Z]+[A-Za-z]*`)
	digit  = regexp.MustCompile(`\d[.,]?$`)
)

// units may stand directly behind a figure with a capital.
var units = map[string]bool{"M": true, "B": true, "K": true, "MW": true, "GW": true, "TW": true, "kW": true, "MB": true, "GB": true, "C": true, "F": true, "Mw": true}

// change changes the names and figures of a run of text.
func (e *event) change(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range piece.FindAllStringIndex(s, -1) {
		b.WriteString(s[at:m[0]])
		at = m[1]
		w, before, after := s[m[0]:m[1]], s[max(0, m[0]-40):m[0]], s[m[1]:min(len(s), m[1]+40)]
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case w[0] == '&':
			b.WriteString(w)
		case unicode.IsLetter(first):
			b.WriteString(e.word(w, before, after))
		default:
			b.WriteString(e.figure(w, before, after))
		}
	}
	b.WriteString(s[at:])
	return b.String()
}

// figure changes a figure in digits.
func (e *event) figure(w, before, after string) string {
	number := strings.TrimRight(w, ",")
	switch tail := w[len(number):]; {
	case len(w) == 10 && w[4] == '-' && w[7] == '-':
		return e.year(w[:4]) + w[4:]
	case strings.ContainsAny(w, "/:") || strings.Count(w, ".") == 2:
		if len(w) > 5 {
			return w[:len(w)-4] + e.year(w[len(w)-4:])
		}
		return w
	case ident.MatchString(before), share.MatchString(tail + after), nth.MatchString(after), digit.MatchString(before) && !strings.Contains(number, "."):
		return w
	case isYear(number) && !sign.MatchString(before) && !things.MatchString(tail+after) && !scale.MatchString(tail+after):
		if isDecade := strings.HasPrefix(after, "s"); isDecade {
			return w
		}
		return e.year(number) + tail
	case tail == "" && (term.MatchString(after) || month.MatchString(after) || isModel(after)), inDate.MatchString(before) && len(number) <= 2:
		return w
	default:
		d, err := decimal.NewFromString(strings.ReplaceAll(number, ",", ""))
		small := d.LessThanOrEqual(decimal.New(12, 0)) && !strings.Contains(number, ".") && !scale.MatchString(tail+after)
		if err != nil || small || strings.HasPrefix(number, "0") && !strings.Contains(number, ".") {
			return w
		}
		return grouped(e.multiply(d, powerOf(tail+after), before), strings.Contains(number, ",")) + tail
	}
}

// isModel reports whether letters directly behind a figure make it a name.
func isModel(after string) bool {
	m := letter.FindString(after)
	return m != "" && !strings.HasPrefix(m, "-") && !units[m]
}

func isYear(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && len(s) == 4 && n >= 1500 && n < 2100
}

func (e *event) year(s string) string {
	n, err := strconv.Atoi(s)
	if err != nil {
		return s
	}
	return strconv.Itoa(n + e.years)
}

// said is a figure with its scale word, and the place to which it was rounded,
// as the power of ten of its last digit that is no zero before the point.
type said struct {
	number decimal.Decimal
	place  int32
}

func saidOf(d decimal.Decimal, power int32) said {
	place := d.Exponent()
	if place >= 0 {
		digits := d.Truncate(0).String()
		place = int32(len(digits) - len(strings.TrimRight(digits, "0")))
	}
	return said{d.Shift(power), place + power}
}

// powers are what scale words stand for, by their first letters.
var powers = map[string]int32{"t": 3, "k": 3, "m": 6, "b": 9, "tn": 12, "tr": 12}

// powerOf is the power of ten of the scale word that follows a figure, if any.
func powerOf(after string) int32 {
	w := strings.ToLower(strings.TrimLeft(scale.FindString(after), " -\n\t"))
	for n := min(2, len(w)); n > 0; n-- {
		if p, ok := powers[w[:n]]; ok {
			return p
		}
	}
	return 0
}

// note keeps the figures of a text, see multiply.
func (e *event) note(text string) {
	for _, m := range piece.FindAllStringIndex(text, -1) {
		d, err := decimal.NewFromString(strings.ReplaceAll(strings.TrimRight(text[m[0]:m[1]], ","), ",", ""))
		if err == nil {
			e.figures = append(e.figures, saidOf(d, powerOf(text[m[1]:min(len(text), m[1]+12)])))
		}
	}
}

var (
	over  = regexp.MustCompile(`(?i)\b(?:more than|over|above|exceed(?:s|ed|ing)?|at least|upwards of)\s(?:about\s)?[A-Z]{0,3}[$€£¥₹]?\s?$`)
	under = regexp.MustCompile(`(?i)\b(?:less than|fewer than|under|below|nearly|almost|up to|at most|close to|approaching)\s[A-Z]{0,3}[$€£¥₹]?\s?$`)
)

// rough is how many digits a figure may have to be taken for a finer one rounded,
// and one more with a scale word: 244 are counted, $244 million are not.
const rough = 2

// near is what stands before a figure that is only near: within a unit of its
// last digit, as comparing takes it.
var near = regexp.MustCompile(`(?i)\b(?:about|around|some|roughly|approximately|circa|an estimated)\s[A-Z]{0,3}[$€£¥₹]?\s?$`)

// multiply multiplies a figure and rounds it to the place it was rounded to. Where
// the event has a finer figure that was rounded to this one, it is the finer that
// is multiplied, so that the two still agree: downwards behind "more than",
// upwards behind "nearly".
func (e *event) multiply(d decimal.Decimal, power int32, before string) decimal.Decimal {
	x := saidOf(d, power)
	from, gap := x.number, decimal.New(5, x.place-1)
	if near.MatchString(before) {
		gap = decimal.New(1, x.place)
	}
	figures, most := e.figures, rough
	if power > 0 {
		most++
	}
	if x.number.Shift(-x.place).Truncate(0).NumDigits() > most {
		figures = nil
	}
	more, less := over.MatchString(before), under.MatchString(before)
	for _, y := range figures {
		if more && y.number.LessThan(x.number) || less && y.number.GreaterThan(x.number) {
			continue
		}
		if by := y.number.Sub(x.number).Abs(); y.place < x.place && by.LessThan(gap) && !by.IsZero() {
			from, gap = y.number, by
		}
	}
	out := from.Mul(e.times).Shift(-x.place)
	switch {
	case more:
		out = out.Floor()
	case less:
		out = out.Ceil()
	default:
		out = out.Round(0)
	}
	out = out.Shift(x.place - power)
	if place := x.place - power; place < 0 {
		return out.Round(-place)
	}
	return out.Truncate(0)
}

// grouped writes a figure, with commas where it had them.
func grouped(d decimal.Decimal, commas bool) string {
	s := d.String()
	if d.Exponent() < 0 {
		s = d.StringFixed(-d.Exponent())
	}
	whole, rest, point := strings.Cut(s, ".")
	if commas {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + "," + whole[i:]
		}
	}
	if point {
		return whole + "." + rest
	}
	return whole
}

var (
	teens = strings.Fields("thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens  = strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety")
	ones  = strings.Fields("one two three four five six seven eight nine")
)

// spelled are the figures from thirteen to ninety that are one word, and back.
var spelled, spelling = func() (map[string]int64, map[int64]string) {
	to, back := map[string]int64{}, map[int64]string{}
	note := func(w string, n int64) { to[w], back[n] = n, w }
	for i, w := range teens {
		note(w, int64(13+i))
	}
	for i, w := range tens {
		note(w, int64(20+10*i))
	}
	return to, back
}()
