package collation_test

import (
	"slices"
	"strings"
	"testing"

	"crosscheck/collation"
)

func lines(text string) (all []collation.Line) {
	for _, s := range strings.Split(text, "|") {
		all = append(all, collation.NewLine(s))
	}
	return all
}

func TestSentencesFaceTheOnesThatTookTheirPlace(t *testing.T) {
	for name, test := range map[string]struct {
		old, fresh string
		want       []int
	}{
		"as it was":          {"The ferry sank.|Nobody knows why.", "The  ferry\nsank.|Nobody knows why.", []int{0, 1}},
		"edited":             {"The ferry sank.|It had 34 people aboard.|The end.", "The ferry sank.|It had 41 people aboard.|The end.", []int{0, 1, 2}},
		"one added":          {"The ferry sank.|The end.", "The ferry sank.|Divers look for it.|The end.", []int{0, 2}},
		"one gone":           {"The ferry sank.|Divers look for it.|The end.", "The ferry sank.|The end.", []int{0, -1, 1}},
		"one word for two":   {"A.|Storm.|B.", "A.|Fog.|B.", []int{0, 1, 2}},
		"nothing in common":  {"One.|Two.", "Drei.", []int{-1, -1}},
		"moved to the front": {"A first.|B second.|C third.|D fourth.", "D fourth.|A first.|B second.|C third.", []int{1, 2, 3, -1}},
	} {
		if got := collation.Align(lines(test.old), lines(test.fresh)); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestLikenessIsTheShareOfCommonWords(t *testing.T) {
	for text, want := range map[string]float64{"41 people died.": 1, "People died": .8, "It rains": 0} {
		if got := collation.Likeness(collation.Words("41 people died."), collation.Words(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
