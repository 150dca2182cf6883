package conflict

import (
	"slices"
	"strings"
	"testing"

	"crosscheck/claim"
)

// toll says that a number were killed, in a document of its own.
func toll(doc, sentence, quote string) statement {
	s := killed(sentence, quote, exact(quote, "person"))
	s.doc, s.text = doc, prose(len(doc)*31+int(doc[0]), 60)+sentence
	return s
}

func TestOneMouthIsOneOriginOfItsValue(t *testing.T) {
	from := func(who string, claims []claim.Appearance) []claim.Appearance {
		for i := range claims {
			if claims[i].Quote == "45" {
				claims[i].Attribution = who
			}
		}
		return claims
	}
	for _, test := range []struct {
		who     string
		origins int // of the position that two documents take
	}{
		{"the interior ministry", 1}, {"Interior Ministry", 1}, {"police", 1}, {"Anna Berg", 1},
		{"he", 2}, {"officials", 2}, {"a source close to him", 2}, {"several people", 2}, {"", 2},
	} {
		docs, claims := material(t, []statement{toll("a", "The fire killed 45 people.", "45"),
			toll("bb", "In the fire 45 were killed.", "45"), toll("ccc", "The fire killed 47 people.", "47")})
		found, err := Compare(t.Context(), docs, from(test.who, claims))
		if err != nil {
			t.Fatal(err)
		}
		c := only(t, found)
		if c.Positions[0].Appearances[0].Quote != "45" {
			slices.Reverse(c.Positions)
		}
		if c.Positions[0].Origins != test.origins || c.Origins != test.origins+1 {
			t.Errorf("%q: %d origins of one value, %d in all, want %d and one more", test.who, c.Positions[0].Origins, c.Origins, test.origins)
		}
		if said := slices.ContainsFunc(c.OriginReasons, func(s string) bool { return strings.HasPrefix(s, "a and bb have it from ") }); said != (test.origins == 1) {
			t.Errorf("%q: reasons %q", test.who, c.OriginReasons)
		}
	}
}

func TestReasonsForOneOrigin(t *testing.T) {
	long := "Rescuers said late on Monday that the fire in the old harbour had killed 45 people."
	release := toll("b", long, "45")
	other := toll("cc", "The fire killed 47 people.", "47")
	for _, test := range []struct {
		name    string
		change  func(a, b *Document)
		same    bool // the sentence of the value
		reason  string
		origins int
	}{
		{"nothing in common", func(*Document, *Document) {}, false, "", 3},
		{"a common sentence", func(*Document, *Document) {}, true, "a and b give it in the same words", 2},
		{"one text", func(a, b *Document) { a.Text = b.Text }, false, "a and b have the same text", 2},
		{"a framed text", func(a, b *Document) { a.Text = prose(77, 20) + b.Text }, false, "a and b share passages", 2},
		{"one house", func(a, b *Document) { a.Source, b.Source = "The Echo", "the echo" }, false, "several documents come from The Echo", 2},
		{"one agency", func(a, b *Document) { a.Text += " (Reuters)"; b.Text = "By Anna Berg, Reuters\n" + b.Text }, false, "a and b credit Reuters", 2},
		{"two agencies", func(a, b *Document) { a.Text += " (Reuters)"; b.Text += " (AFP)" }, false, "", 3},
		{"named houses", func(a, b *Document) { a.Source, b.Source = "Echo", "Post"; a.Text += " (AP)"; b.Text += " (AP)" }, false, "Echo and Post credit AP", 2},
	} {
		first := toll("a", "In the fire 45 were killed.", "45")
		if test.same {
			first = toll("a", long, "45")
		}
		docs, claims := material(t, []statement{first, release, other})
		test.change(&docs[0], &docs[1])
		found, err := Compare(t.Context(), docs, claims)
		if err != nil {
			t.Fatal(err)
		}
		c := only(t, found)
		var want []string
		if test.reason != "" {
			want = []string{test.reason}
		}
		if c.Origins != test.origins || !slices.Equal(c.OriginReasons, want) {
			t.Errorf("%s: %d origins, because %q", test.name, c.Origins, c.OriginReasons)
		}
	}
}

func TestCreditOf(t *testing.T) {
	for text, want := range map[string]string{
		"LONDON (Reuters) - Rain fell.":                      "Reuters",
		"PARIS, May 3 (AFP) Rain fell.":                      "AFP",
		"Rain fell.\nAgence France-Presse\n":                 "AFP",
		"Rain fell.\nSource: Xinhua\n":                       "Xinhua",
		"By Anna Berg, Associated Press\nRain fell.":         "AP",
		"By Anna Berg | The Associated Press\nRain fell.":    "AP",
		"Rain fell. Copyright 2019 The Associated Press.":    "AP",
		"OSLO, Norway, June 1 /PRNewswire/ -- Rain fell.":    "PR Newswire",
		"--AP--\nRain fell.":                                 "AP",
		"Rain fell, the Associated Press reported.":          "",
		"The PA system failed. Rain fell on Bloomberg Tower": "",
		"Reuters said that rain fell.":                       "",
	} {
		if got := creditOf(text); got != want {
			t.Errorf("%q credits %q, want %q", text, got, want)
		}
	}
	long := prose(3, 400)
	if got := creditOf(long + "(AP)" + long); got != "" {
		t.Errorf("credits %q in the middle of a text", got)
	}
}
