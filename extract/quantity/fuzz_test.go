package quantity_test

import (
	"fmt"
	"strings"
	"testing"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/date"
	"crosscheck/extract/quantity"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/token"
)

// check holds what is true of the quantities of any text.
func check(t *testing.T, text string) {
	t.Helper()
	s := sentence(text)
	dates := date.Find(text, s, date.Context{Published: claim.DayOf(2024, 2, 29)})
	end, found := 0, quantity.Find(text, s, dates, numeral.HabitOf(text))
	for _, m := range found {
		if m.Start < end || m.End <= m.Start || m.End > len(text) {
			t.Fatalf("span %v after %d in %q", m.Span, end, text)
		}
		end = m.End
		for _, d := range dates {
			if d.Start < m.End && m.Start < d.End {
				t.Fatalf("%q overlaps the date %q in %q", text[m.Start:m.End], text[d.Start:d.End], text)
			}
		}
		q := m.Value.Quantity
		if q == nil || !m.Kind.IsQuantity() || m.Rule == "" {
			t.Fatalf("%q in %q is %+v", text[m.Start:m.End], text, m)
		}
		if q.Low.Valid && q.High.Valid && q.Low.Decimal.GreaterThan(q.High.Decimal) {
			t.Fatalf("%q in %q lies between %v and %v", text[m.Start:m.End], text, q.Low.Decimal, q.High.Decimal)
		}
		if !q.Low.Valid && !q.High.Valid {
			t.Fatalf("%q in %q has no bound", text[m.Start:m.End], text)
		}
		if q.Number.Valid && (len(q.Number.Decimal.Coefficient().String()) > 200 || q.Number.Decimal.Exponent() > 100) {
			t.Fatalf("%q in %q is too large", text[m.Start:m.End], text)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"US$4.7 billion", "between 10 and 12 people", "one hundred thirty-two fifths", "5 ft 2 in", "$13 009 million", "1.2e-3 km/s²",
		"tens of thousands of people", "12-member, 34-year-old, F-35, COVID-19", "over 15 but under 60", "3 lakh crore rupees a year", "½ cup", "−5 °C", "9.8 ± 0.2",
		"1e30 billion trillion quintillion", "two million and one half and a half", "up from $3-$4bn", "$$$$", "10-10-10-10", "1,1,1,1", "1 over over 2"} {
		f.Add(s)
	}
	f.Fuzz(check)
}

// TestTokenCut holds that quantities do not depend on how tokens were cut: as
// one token for each run without space they read alike.
func TestTokenCut(t *testing.T) {
	for _, text := range []string{"It cost $3.8 billion in all.", "A 38B fund", "Between 10-12 people died", "A 60-day wait", "up 3.8% again", "about US$4.7bn more", "5km away"} {
		coarse := &token.Sentence{Span: document.Span{End: len(text)}, Cell: -1}
		for at := 0; at < len(text); {
			n := strings.IndexByte(text[at:], ' ')
			if n < 0 {
				n = len(text) - at
			}
			if n > 0 {
				coarse.Tokens = append(coarse.Tokens, token.Token{Span: document.Span{Start: at, End: at + n}, Text: text[at : at+n], Lower: strings.ToLower(text[at : at+n]), Space: true})
			}
			at += n + 1
		}
		one, two := find(text), quantity.Find(text, coarse, nil, numeral.DecimalPoint)
		if len(one) != 1 || len(two) != 1 || one[0].Span != two[0].Span || !one[0].Value.Quantity.Number.Decimal.Equal(two[0].Value.Quantity.Number.Decimal) {
			t.Errorf("%q: %v and %v", text, one, two)
		}
	}
}

// hostile are things that text is not made of, to be repeated: each once led
// some reader of numbers back over what it had read.
var hostile = []string{"1", "1 ", "1,", "1,000,", "1.", "1-", "1/2 ", "1:", "+1 ", "000 ", "$", "$ ", "a ", "'s ", "\"'", "“‘", "one ", "hundred ", "a hundred and ", "million ", "one million ", "thousands of ", "twenty-",
	"half a ", "and ", "between 1 ", "more than ", "not quite ", "more than 1 and ", "at least ", "at the very least ", "in the region of ", "1 to ", "from 1 to ", "of the ", "1 of ", "5 ft ", "5'1", "5 ft 2 ", "1 by ", "1 x ", "2 h 1 min ", "10 pesos ", "5p ", "°",
	"(1", "no. 1 ", "one in ", "3 in 4 ", "US ", "-", "+", "3 more ", "Mexican ", "in 2010 ", "1 Xx ", "F-", "2 - ", "twice ", "doubled ", "3 times ", "aged 1 ", "1 or more "}

// TestHostile holds what is true of any text for what is none.
func TestHostile(t *testing.T) {
	const size = 1 << 12
	for _, unit := range hostile {
		check(t, strings.Repeat(unit, size/len(unit)))
	}
}

// BenchmarkHostile reads each in two lengths as one sentence: where the longer
// one is read at fewer MB/s, something looks back too far.
func BenchmarkHostile(b *testing.B) {
	for _, unit := range hostile {
		for _, size := range []int{1 << 12, 1 << 16} {
			b.Run(fmt.Sprintf("%q/%d", unit, size), func(b *testing.B) {
				text := strings.Repeat(unit, size/len(unit))
				s := sentence(text)
				dates := date.Find(text, s, date.Context{Published: 738000})
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					quantity.Find(text, s, dates, numeral.HabitOf(text))
				}
			})
		}
	}
}

var prose = []string{
	"The agreement, signed on 14 September 2016, gives the country $3.8 billion a year for ten years, of which $500 million is for missile defence.",
	"At least 34 people were killed and more than 1,200 injured when the bridge, 1.2 km long, collapsed shortly before dawn.",
	"Officials said that the committee would meet again next week to consider the report and to hear what the minister had to say.",
	"Exports rose 4.5 percent to 38 billion euros in the third quarter of 2022, up from 36.4 billion a year earlier.",
	"She recalled that nobody in the village had believed the story, and that her father had kept the letters in a tin box under the stairs.",
	"Turnout was 61.5%, the lowest since 1973, with between 10 and 12 million people voting in twenty-three provinces.",
}

func BenchmarkFind(b *testing.B) {
	var sentences []*token.Sentence
	var dates [][]claim.Mention
	size := int64(0)
	for _, text := range prose {
		s := sentence(text)
		sentences = append(sentences, s)
		dates = append(dates, date.Find(text, s, date.Context{}))
		size += int64(len(text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for i, s := range sentences {
			quantity.Find(prose[i], s, dates[i], numeral.DecimalPoint)
		}
	}
}
