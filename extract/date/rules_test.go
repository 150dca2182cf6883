package date_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/date"
	"crosscheck/extract/golden"
	"crosscheck/extract/token"
)

func sentence(text string) *token.Sentence {
	return sentenceAt(text, document.Span{End: len(text)})
}

func sentenceAt(text string, span document.Span) *token.Sentence {
	s := &token.Sentence{Span: span, Cell: -1}
	s.Tokens = token.Tokenize(text, s.Span, nil, nil)
	token.Tag(s.Tokens)
	return s
}

func say(text string, m claim.Mention) string {
	value := m.Value.Period.String()
	if m.Unresolved {
		value = "unresolved"
	}
	return fmt.Sprintf("> %q %s %s\n", text[m.Start:m.End], value, m.Rule)
}

// TestCases holds every rule to its cases: sentences of a document, each on a
// line of its own, after them what is found in all. A case whose name ends in a
// day in brackets was published on it.
func TestCases(t *testing.T) {
	golden.Each(t, func(t *testing.T, name, data string) string {
		text := data
		if end := strings.Index(data, "\n>"); end >= 0 {
			text = data[:end]
		}
		text = strings.TrimSuffix(text, "\n")
		var ctx date.Context
		if _, day, ok := strings.Cut(name, "("); ok {
			var err error
			if ctx.Published, err = claim.ParseDay(strings.TrimSuffix(day, ")")); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		got := text + "\n"
		finder := date.NewFinder(text, ctx)
		at := 0
		for line := range strings.SplitAfterSeq(text, "\n") {
			for _, m := range finder.Find(sentenceAt(text, document.Span{Start: at, End: at + len(line)})) {
				got += say(text, m)
			}
			at += len(line)
		}
		return got
	})
}

// TestRules holds that each rule has cases in which it is seen at work, an
// example that it reads, and the version that its mentions name.
func TestRules(t *testing.T) {
	for _, r := range date.Rules() {
		id := claim.RuleID(fmt.Sprintf("%s@%d", r.Name, r.Version))
		used := false
		for _, m := range date.Find(r.Example, sentence(r.Example), date.Context{}) {
			used = used || m.Rule == id
		}
		if !used {
			t.Errorf("%s does not read its example %q", id, r.Example)
		}
		if r.Intent == "" {
			t.Errorf("%s has no intent", id)
		}
		cases, err := os.ReadFile("testdata/" + strings.ReplaceAll(r.Name, "/", "-") + ".txt")
		if err != nil || !strings.Contains(string(cases), string(id)) {
			t.Errorf("%s has no cases: %v", id, err)
		}
	}
}

// TestCell holds that a year alone in a table's cell is a year.
func TestCell(t *testing.T) {
	s := sentence("1789")
	if found := date.Find("1789", s, date.Context{}); len(found) != 0 {
		t.Errorf("in a sentence: %v", found)
	}
	s.Cell = 0
	if found := date.Find("1789", s, date.Context{}); len(found) != 1 {
		t.Errorf("in a cell: %v", found)
	}
}

// check holds what is true of the dates of any text.
func check(t *testing.T, text string) {
	t.Helper()
	for _, published := range []claim.Day{0, claim.DayOf(2024, 2, 29)} {
		end := 0
		for _, m := range date.Find(text, sentence(text), date.Context{Published: published}) {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("span %v after %d in %q", m.Span, end, text)
			}
			end = m.End
			p := m.Value.Period
			if p == nil || m.Kind != claim.Date || m.Rule == "" {
				t.Fatalf("%q in %q is %+v", text[m.Start:m.End], text, m)
			}
			if p.From != 0 && p.To != 0 && p.From > p.To {
				t.Fatalf("%q in %q is %v", text[m.Start:m.End], text, p)
			}
			if m.Unresolved != (*p == claim.Period{}) {
				t.Fatalf("%q in %q is %v, unresolved %v", text[m.Start:m.End], text, p, m.Unresolved)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"October 7, 2023", "14 September 2016", "from 2016 to 2028", "2017-20", "the early 2000s", "Q3 2022", "fiscal years 2019 to 2028", "two days after May 5, 2018",
		"the past three years", "5/6/2020", "2020-07-31", "'90s", "mid-1990s", "between May and October 2020", "fiscal year ended September 30, 2019", "winter of 2018-19", "last Wednesday", "a decade ago", "end of end of 2020", "2025-", "1000 years ago", "2000 centuries before 1 May 2000"} {
		f.Add(s)
	}
	f.Fuzz(check)
}

var prose = []string{
	"The agreement, signed on 14 September 2016, gives the country $3.8 billion a year for ten years, from fiscal year 2019 through 2028.",
	"At least 34 people were killed and more than 1,200 injured when the bridge collapsed shortly before dawn on Wednesday.",
	"Officials said that the committee would meet again next week to consider the report and to hear what the minister had to say.",
	"Exports rose 4.5 percent to 38 billion euros in the third quarter of 2022, up from 36.4 billion a year earlier.",
	"She recalled that nobody in the village had believed the story, and that her father had kept the letters in a tin box under the stairs.",
	"Turnout was 61.5%, the lowest since 1973, with between 10 and 12 million people voting in twenty-three provinces.",
}

func BenchmarkFind(b *testing.B) {
	text := strings.Join(prose, "\n")
	var sentences []*token.Sentence
	at := 0
	for _, line := range prose {
		sentences = append(sentences, sentenceAt(text, document.Span{Start: at, End: at + len(line)}))
		at += len(line) + 1
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		finder := date.NewFinder(text, date.Context{Published: 738000})
		for _, s := range sentences {
			finder.Find(s)
		}
	}
}

// BenchmarkHostile reads sentences that repeat one beginning of a date: the time
// a byte must not grow with their length.
func BenchmarkHostile(b *testing.B) {
	for _, unit := range []string{"2016 ", "2016-", "May ", "1/2/2016 ", "Wednesday ", "Wednesday, ", "early ", "end of ", "fiscal ", "fiscal year ended ", "last ", "the past 3 ", "a year ", "two days after ", "two days after May 5, ", "since ", "from 2016 to ",
		"third quarter ", "third quarter of ", "21st ", "'90s", "'", "first ", "Q3 ", "between May and ", "the ", "the year ", "1990s-", "FY2019-20-", "the 2016 ", "the next day ", "May and ", "the 3rd of ", "later that ", "turn of the ", "year to "} {
		for _, size := range []int{1 << 12, 1 << 15} {
			b.Run(fmt.Sprintf("%q/%d", unit, size), func(b *testing.B) {
				text := strings.Repeat(unit, size/len(unit))
				s := sentence(text)
				b.SetBytes(int64(size))
				for b.Loop() {
					date.Find(text, s, date.Context{Published: claim.DayOf(2024, 2, 29)})
				}
			})
		}
	}
}
