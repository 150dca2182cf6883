package quantity_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"crosscheck/claim"
	"crosscheck/document"
	"crosscheck/extract/date"
	"crosscheck/extract/golden"
	"crosscheck/extract/quantity"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/extract/token"
)

func sentence(text string) *token.Sentence {
	s := &token.Sentence{Span: document.Span{End: len(text)}, Cell: -1}
	s.Tokens = token.Tokenize(text, s.Span, nil, nil)
	token.Tag(s.Tokens)
	return s
}

func find(text string) []claim.Mention {
	s := sentence(text)
	return quantity.Find(text, s, date.Find(text, s, date.Context{}), numeral.HabitOf(text))
}

// say writes a mention as the cases have it: what is between the quotes is the
// span, after it the value as people say it, and the interval behind it.
func say(text string, m claim.Mention) string {
	q := m.Value.Quantity
	bound := func(ok bool, s, open string) string {
		if !ok {
			return open
		}
		return s
	}
	left, right := "[", "]"
	if q.LowOpen || !q.Low.Valid {
		left = "("
	}
	if q.HighOpen || !q.High.Valid {
		right = ")"
	}
	change := [...]string{" down", "", " up"}[q.Change+1]
	return fmt.Sprintf("> %s %q %s | %s%s, %s%s %s%s\n", m.Kind, text[m.Start:m.End], q, left,
		bound(q.Low.Valid, q.Low.Decimal.String(), "-∞"), bound(q.High.Valid, q.High.Decimal.String(), "∞"), right, m.Rule, change)
}

// TestCases holds every rule to its cases: testdata/money-amount.txt has those
// of money/amount. A case is a sentence and, after it, all that is found in it.
func TestCases(t *testing.T) {
	golden.Each(t, func(_ *testing.T, _, data string) string {
		text, _, _ := strings.Cut(data, "\n")
		got := text + "\n"
		for _, m := range find(text) {
			got += say(text, m)
		}
		return got
	})
}

// TestRules holds that each rule has cases in which it is seen at work, an
// example that it reads, and the version that its mentions name.
func TestRules(t *testing.T) {
	for _, r := range quantity.Rules() {
		id := claim.RuleID(fmt.Sprintf("%s@%d", r.Name, r.Version))
		used := false
		for _, m := range find(r.Example) {
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
