package label_test

import (
	"slices"
	"strings"
	"testing"

	"crosscheck/document"
	"crosscheck/extract/name/label"
	"crosscheck/extract/token"
)

func wordsOf(text string) []label.Word {
	tokens := token.Tokenize(text, document.Span{End: len(text)}, nil, nil)
	token.Tag(tokens)
	return label.Words(tokens, nil)
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"US-Israeli talks":              "US|-|Israeli|talks",
		"an Iranian-backed group":       "an|Iranian|-|backed|group",
		"anti-Brazilian songs":          "anti|-|Brazilian|songs",
		"Jean-Claude of Guinea-Bissau":  "Jean-Claude|of|Guinea-Bissau",
		"a ten-year-old F-35 in al-Tal": "a|ten-year-old|F-35|in|al-Tal",
	} {
		words := wordsOf(text)
		var got []string
		for _, w := range words {
			got = append(got, w.Text)
			if w.Of(text) != w.Text {
				t.Errorf("%q: the word %q stands at %q", text, w.Text, w.Of(text))
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %s; want %s", text, strings.Join(got, "|"), want)
		}
	}
}

func TestLabel(t *testing.T) {
	words := wordsOf("The ferry took Maria Duarte from Lisbon to Brazil.")
	var r label.Reader
	r.Read(words)
	labels := label.Default().Label(&r, nil)
	want := make([]label.Label, len(words))
	want[3], want[4] = label.Begin(label.Person), label.Inside(label.Person)
	want[6], want[8] = label.Begin(label.Place), label.Begin(label.Place)
	if !slices.Equal(labels, want) {
		t.Errorf("labels %v; want %v", labels, want)
	}
}

// The best sequence is the best among those that may be: here found by trying all.
func TestBest(t *testing.T) {
	seed := uint32(7)
	random := func() int32 { seed = seed*1664525 + 1013904223; return int32(seed>>16) % 100 }
	for range 20 {
		var after [label.Labels][label.Labels]int32
		for a := range after {
			for b := range after[a] {
				after[a][b] = random() - 50
			}
		}
		scores := make([][label.Labels]int32, 3)
		for i := range scores {
			for k := range scores[i] {
				scores[i][k] = random()
			}
		}
		value := func(labels []label.Label) (sum int32, allowed bool) {
			before := label.Outside
			for i, l := range labels {
				if !label.Follows(before, l) {
					return 0, false
				}
				sum += after[before][l] + scores[i][l]
				before = l
			}
			return sum + after[before][label.Outside], true
		}
		most := int32(-1 << 30)
		for n := range label.Labels * label.Labels * label.Labels {
			try := []label.Label{label.Label(n % label.Labels), label.Label(n / label.Labels % label.Labels), label.Label(n / label.Labels / label.Labels)}
			if sum, allowed := value(try); allowed {
				most = max(most, sum)
			}
		}
		got := make([]label.Label, 3)
		label.Best(scores, &after, got)
		if sum, allowed := value(got); !allowed || sum != most {
			t.Errorf("labels %v are worth %d (allowed: %v); the best %d", got, sum, allowed, most)
		}
	}
}

func TestOpenRefusesOtherSizes(t *testing.T) {
	if _, err := label.Open("short"); err == nil || !strings.Contains(err.Error(), "tools/names/train") {
		t.Errorf("error %v; want one that says how to rebuild the weights", err)
	}
}
