package desk_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
	"crosscheck/desk"
)

func TestDecisionsAreChecked(t *testing.T) {
	many := make([]string, desk.MostLinks+1)
	for i := range many {
		many[i] = "https://example.org/" + strings.Repeat("x", i)
	}
	for name, test := range map[string]struct {
		given desk.Decision
		want  string // "" where it is kept as it is
	}{
		"real":             {desk.Decision{Verdict: desk.Real, Stands: desk.NoneStands, Note: "two\nlines"}, ""},
		"a way":            {desk.Decision{Verdict: desk.Different, Detail: desk.ByPeriod}, ""},
		"no way":           {desk.Decision{Verdict: desk.Different}, "say in what the things are different: period, place, part, definition"},
		"no such way":      {desk.Decision{Verdict: desk.Different, Detail: "mood"}, "say in what the things are different"},
		"no rule":          {desk.Decision{Verdict: desk.Misread}, "the rule is missing"},
		"a rule":           {desk.Decision{Verdict: desk.Misread, Detail: "money/rate"}, ""},
		"needless detail":  {desk.Decision{Verdict: desk.Same, Detail: desk.ByPeriod}, `the verdict "same" takes no detail`},
		"no verdict":       {desk.Decision{}, `there is no verdict ""`},
		"stands, not real": {desk.Decision{Verdict: desk.Same, Stands: desk.NoneStands}, "only of a real conflict can one of the answers stand"},
		"links":            {desk.Decision{Verdict: desk.Same, Links: []string{"https://example.org/a?b=c", "http://example.org"}}, ""},
		"script":           {desk.Decision{Verdict: desk.Same, Links: []string{"javascript:alert(1)"}}, `"javascript:alert(1)" is no web address: it must begin with https:// or http://`},
		"no host":          {desk.Decision{Verdict: desk.Same, Links: []string{"https:///x"}}, "is no web address"},
		"two lines":        {desk.Decision{Verdict: desk.Same, Links: []string{"https://example.org/\nx"}}, "is no web address"},
		"many links":       {desk.Decision{Verdict: desk.Same, Links: many}, "there may be 20 links, and these are 21"},
		"long link":        {desk.Decision{Verdict: desk.Same, Links: []string{"https://example.org/" + strings.Repeat("x", desk.MostLink)}}, "a link may have 2000 bytes"},
		"long note":        {desk.Decision{Verdict: desk.Same, Note: strings.Repeat("x", desk.MostNote+1)}, "a note may have 10000 bytes, and this has 10001"},
		"bell":             {desk.Decision{Verdict: desk.Same, Note: "ding\a"}, "a note may not hold control characters"},
		"half a letter":    {desk.Decision{Verdict: desk.Same, Note: "\xc3"}, "a note may not hold control characters"},
	} {
		got, err := test.given.Checked()
		var refused *desk.Refused
		switch {
		case test.want == "":
			if err != nil || !reflect.DeepEqual(got, test.given) {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		case !errors.As(err, &refused) || !strings.Contains(refused.Why, test.want):
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
	got, err := desk.Decision{Verdict: desk.Misread, Detail: " money/rate@3 ", Note: " a\r\nb ", Links: []string{"https://example.org", " https://example.org ", ""}}.Checked()
	if err != nil || got.Detail != "money/rate" || got.Note != "a\nb" || len(got.Links) != 1 {
		t.Errorf("tidied to %+v, %v", got, err)
	}
}

func TestTasksAreChecked(t *testing.T) {
	now := time.Date(2024, 5, 2, 9, 0, 0, 0, time.UTC)
	long, today := claim.DayOf(2024, 1, 1), claim.DayOf(2024, 5, 2)
	for name, test := range map[string]struct {
		task desk.Task
		was  claim.Day
		want string
	}{
		"nobody":         {desk.Task{}, today, ""},
		"today":          {desk.Task{Assignee: "ida", Due: today}, 0, ""},
		"still there":    {desk.Task{Due: today - 1}, 0, ""},
		"passed":         {desk.Task{Due: long}, today, "2024-01-01 has passed"},
		"was set before": {desk.Task{Assignee: "ida", Due: long}, long, ""},
		"no day":         {desk.Task{Due: -1}, 0, "there is no such day"},
		"a name":         {desk.Task{Assignee: "i\x1bda"}, 0, "the name may not hold control characters"},
	} {
		_, err := test.task.Checked(test.was, now)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: error %v, want %q", name, err, test.want)
		}
	}
}

func TestABasisKnowsWhatIsNew(t *testing.T) {
	people := func(n int64) claim.Value {
		d := claim.Number(decimal.NewFromInt(n))
		return claim.Value{Quantity: &claim.Quantity{Number: d, Low: d, High: d, Unit: "person"}}
	}
	var b desk.Basis
	b.Add(people(34), [][32]byte{{1}, {2}})
	b.Add(people(41), [][32]byte{{3}})
	raw, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var read desk.Basis
	if err := json.Unmarshal(raw, &read); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		value  int64
		claims [][32]byte
		want   bool
	}{
		{34, [][32]byte{{9}}, false},      // another says the same
		{57, [][32]byte{{9}}, true},       // another answer
		{35, [][32]byte{{9}, {2}}, false}, // a known claim, sorted otherwise
	} {
		if got := read.News(people(test.value), test.claims); got != test.want {
			t.Errorf("%d is news: %v", test.value, got)
		}
	}
}

func TestDaysAreWrittenAsDays(t *testing.T) {
	task := desk.Task{Due: claim.DayOf(2024, 5, 2)}
	raw, err := json.Marshal(task)
	if err != nil || string(raw) != `{"due":"2024-05-02"}` {
		t.Errorf("%s, %v", raw, err)
	}
	var back desk.Task
	if err := json.Unmarshal(raw, &back); err != nil || back != task {
		t.Errorf("read back as %+v, %v", back, err)
	}
}
