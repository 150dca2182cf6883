package numeral_test

import (
	"strings"
	"testing"

	"crosscheck/document"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/token"
)

func reader(text string) *numeral.Reader {
	s := &token.Sentence{Span: document.Span{End: len(text)}}
	s.Tokens = token.Tokenize(text, s.Span, nil, nil)
	return &numeral.Reader{Text: text, Words: numeral.Split(text, s, nil)}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"US$3.8bn":           "us $ 3 . 8 bn",
		"10-12 people":       "10 - 12 people",
		"twenty-three":       "twenty - three",
		"U.S. troops":        "u.s. troops",
		"COVID-19 didn't":    "covid - 19 did n't",
		"see www.a1.org/b2":  "see www.a1.org/b2",
		"5\u202f000 km²":     "5 000 km ²",
		"Zürich's 3½":        "zürich 's 3 ½",
		"mail a1@example.io": "mail a1@example.io",
	} {
		r := reader(text)
		var got []string
		for _, w := range r.Words {
			got = append(got, w.Lower)
			if quoted := text[w.Start:w.End]; strings.ToLower(quoted) != w.Lower {
				t.Errorf("%q: the span of %q is %q", text, w.Lower, quoted)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}

// TestRead holds the value, the words left over and the nature of numbers.
func TestRead(t *testing.T) {
	for _, c := range []struct{ text, value, rest string }{
		{"3.8 billion", "3800000000", ""},
		{"1,234,567.89 km", "1234567.89", "km"},
		{"12,34,567 names", "1234567", "names"},
		{"13 009 million", "13009000000", ""},
		{"1.234.567", "1234567", ""},
		{"1.234,5", "1234.5", ""},
		{"4,5 million", "4500000", ""},
		{"22,24", "22", ",24"},
		{"50 50 dollar", "50", "50 dollar"},
		{"twenty-three men", "23", "men"},
		{"two hundred and two thousand", "202000", ""},
		{"two hundred and three hundred", "200", "and three hundred"},
		{"one and a half thousand", "1500", ""},
		{"two million and a half", "2500000", ""},
		{"half a million", "500000", ""},
		{"three lakh crore", "3000000000000", ""},
		{"two thirds of a million", "666666.666666666667", ""},
		{"a dozen eggs", "12", "eggs"},
		{"half-dozen", "6", ""},
		{"three quarters", "0.75", ""},
		{"minus five", "-5", ""},
		{"−4/5", "-0.8", ""},
		{"2 1/4 cups", "2.25", "cups"},
		{"6.2x10^-4", "0.00062", ""},
		{"2.5 × 10⁶", "2500000", ""},
		{"two hundred point zero three", "200.03", ""},
		{"one hundred and fifth", "105", ""},
		{"21st century", "21", "century"},
		{"nineteen hundred", "1900", ""},
		{"a hundredth of", "0.01", "of"},
	} {
		r := reader(c.text)
		n, ok := r.Read(0)
		if !ok {
			t.Errorf("%q is no number", c.text)
			continue
		}
		rest := ""
		if n.Next < len(r.Words) {
			rest = c.text[r.Words[n.Next].Start:]
		}
		if n.Value.String() != c.value || rest != c.rest {
			t.Errorf("%q: got %v and %q left, want %s and %q", c.text, n.Value, rest, c.value, c.rest)
		}
	}
	for _, text := range []string{"the one", "a man", "quarter", "eight-hundred-page"[5:], strings.Repeat("9", 41), "1e99", "and", "-", "tens"} {
		if n, ok := reader(text).Read(0); ok && n.Value.Exponent() > 40 {
			t.Errorf("%q is %v", text, n.Value)
		} else if ok && text != "1e99" && text != "tens" {
			t.Errorf("%q is %v", text, n.Value)
		}
	}
}

// TestHabit holds that a document shows its decimal mark only where a number
// can be read one way, and that numbers are then read by it.
func TestHabit(t *testing.T) {
	for text, want := range map[string]numeral.Habit{
		"1.234.567 trees":                        numeral.DecimalComma,
		"1.234,5 and 1.234":                      numeral.DecimalComma,
		"12,5 % against 9.75":                    numeral.DecimalComma,
		"3,5 Millionen":                          numeral.DecimalComma,
		"2,25\u00a0€":                            numeral.DecimalComma,
		"1,234.5 and 12,5 %":                     numeral.DecimalPoint,
		"1,234,567":                              numeral.DecimalPoint,
		"1.234 and 1,234":                        numeral.DecimalPoint,
		"on 14.09.2016 at 10.30, pages 12,13":    numeral.DecimalPoint,
		"version 1.2.3, 1.2.345.6 and 10.20.300": numeral.DecimalPoint,
		"5, 6 and 7.":                            numeral.DecimalPoint,
		"":                                       numeral.DecimalPoint,
	} {
		if got := numeral.HabitOf(text); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]string{"1.234": "1234", "1,234": "1.234", "1.234,56": "1234.56", "0,5": "0.5", "3.5": "3.5", "1.234.567": "1234567"} {
		r := reader(text)
		r.Habit = numeral.DecimalComma
		if n, ok := r.Read(0); !ok || n.Value.String() != want || n.Next != len(r.Words) {
			t.Errorf("%q: got %v, want %s", text, n.Value, want)
		}
	}
}

// TestBounds holds that no chain of scale words makes a number too large to
// write down.
func TestBounds(t *testing.T) {
	for _, text := range []string{"one " + strings.Repeat("trillion ", 1000), strings.Repeat("nine ", 1000), "1" + strings.Repeat(" million", 1000), strings.Repeat("hundred thousand ", 500), strings.Repeat("millions of ", 500)} {
		if n, ok := reader(text).Read(0); ok && len(n.Value.String()) > 80 {
			t.Errorf("%.30q has %d digits", text, len(n.Value.String()))
		}
	}
}
