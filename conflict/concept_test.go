package conflict

import (
	"slices"
	"strings"
	"testing"
)

// TestConcepts holds the lexicon to what people write: each line is ways of
// saying one thing.
func TestConcepts(t *testing.T) {
	for _, line := range []string{
		"killed: people killed, dead, died, deaths, fatalities, lost their lives, death toll, toll, claimed the lives, people perished, left dead, never came home, took their lives",
		"injured: injured, wounded, people hurt, injuries",
		"missing: missing, unaccounted for",
		"displaced: displaced, left without a home, lost their homes",
		"arrested: arrested, detained, taken into custody",
		"signed: signed, signing, signature, put their names to, put her name to, inked",
		"exploded: exploded, blew up, went off, detonation",
		"captured: taken prisoner, led away, captives, captured",
		"turnout: turned out, took part, turnout, went to the polls",
		"landed: landed, touched down, came down",
		"ended: ended, was called off, expires, ran out",
		"bought: bought, acquired, takeover, took over, snapped up",
		"owned: owned by, belonged to, in the hands of",
		"led: led by, headed by, at the helm",
		"rejected: rejected, turned down, threw out, refused",
		"abolished: abolished, dismantled, did away with, repealed",
		"effective: took effect, entered into force, entry into force",
		"opened: opened, opening, inaugurated",
		"announced: announced, announcement, unveiled",
		"completed: completed, closing, completion",
		"cost: cost, price tag, price, worth",
		"height: height, metres high, tall",
	} {
		name, phrases, _ := strings.Cut(line, ": ")
		for phrase := range strings.SplitSeq(phrases, ", ") {
			got := conceptNames(topicOf(phraseStems(phrase)))
			if !slices.Contains(got, name) {
				t.Errorf("%q: got %v, want %s", phrase, got, name)
			}
		}
	}
}

// TestSpots reads phrases of several words as one, and their words as nothing else.
func TestSpots(t *testing.T) {
	c := &corpus{ids: map[string]int32{}, words: map[string]int32{}}
	term := func(w string) int32 { return c.spellings[c.spell(w)].term }
	killed, lost := term("killed"), term("losses")
	for _, test := range []struct {
		passage string
		want    []int32 // of the words that stand for something
	}{
		{"They lost their lives.", []int32{killed}},
		{"He lost his life and her losses.", []int32{killed, lost}},
		{"Losses, lost the", []int32{lost, term("lost")}},
	} {
		var got []int32
		for _, s := range c.spots(c.read(test.passage), 100) {
			if s.term != none {
				got = append(got, s.term)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: got %v, want %v", test.passage, got, test.want)
		}
	}
	if n := len(c.spots(c.read("one two three"), 2)); n != 2 {
		t.Errorf("asked for 2 words, got %d", n)
	}
}

func conceptNames(t topic) []string {
	var out []string
	for _, c := range t.concepts {
		out = append(out, words().concepts[c].name)
	}
	return out
}

func TestTopics(t *testing.T) {
	for _, c := range []struct {
		attribute string
		concepts  string
		stems     string
	}{
		{"military aid", "aid", "military"},
		{"defense exports to the Americas share", "exported", "america defens"},
		{"free trade agreement signed", "signed", "agreement free trad"},
		{"embassy moved", "moved", "embassy"},
		{"deadline", "due", ""},
	} {
		got := topicOf(phraseStems(c.attribute))
		if n, s := strings.Join(conceptNames(got), " "), strings.Join(got.stems, " "); n != c.concepts || s != c.stems {
			t.Errorf("%q: got %q and %q, want %q and %q", c.attribute, n, s, c.concepts, c.stems)
		}
	}
	excludes := func(a, b string) bool {
		x, y := setOf(topicOf(phraseStems(a)).concepts), setOf(topicOf(phraseStems(b)).concepts)
		return x.excludes(&y)
	}
	if !excludes("people killed", "injured") || excludes("people killed", "deaths, injuries") {
		t.Error("the dead are not the injured, but both are in deaths and injuries")
	}
	for _, c := range [][2]string{{"firm started", "firm founded"}, {"works started", "works begun"}, {"border closed", "border shut"}, {"sale closed", "sale completed"}} {
		if excludes(c[0], c[1]) {
			t.Errorf("%q can mean %q", c[0], c[1])
		}
	}
}

func TestLexiconIsWellFormed(t *testing.T) {
	seen := map[string]map[string]bool{}
	for line := range strings.Lines(lexiconText) {
		head, phrases, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(head, "#") {
			continue
		}
		for phrase := range strings.SplitSeq(phrases, ",") {
			key := strings.Join(stemAll(phrase), " ")
			if key == "" {
				t.Errorf("%s has an empty phrase", head)
			}
			if seen[key] == nil {
				seen[key] = map[string]bool{}
			}
			if seen[key][head] = true; len(seen[key]) > 3 {
				t.Errorf("%q stands under %v and tells nothing", strings.TrimSpace(phrase), seen[key])
			}
		}
	}
}

func TestOpposites(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(`
net profit | net loss | true
quarterly net earnings | lost | true
start of the works | end of the works | true
votes for | votes against | true
start of the works | opening of the works | false
net profit | taxes paid | false
profit and loss | loss | false`), "\n") {
		f := strings.Split(line, " | ")
		x, y := topicOf(phraseStems(f[0])), topicOf(phraseStems(f[1]))
		if got := x.opposes(y); got != (f[2] == "true") || got != y.opposes(x) {
			t.Errorf("%s: got %v, turned round %v", line, got, y.opposes(x))
		}
	}
	for _, c := range words().concepts {
		for _, w := range c.undone {
			if strings.Contains(w, "/") {
				t.Errorf("the opposite %s of %s/%s is no concept", w, c.group, c.name)
			}
		}
	}
}

func TestLexiconFitsItsSet(t *testing.T) {
	if n := len(words().concepts); n > 64*setWords {
		t.Errorf("%d concepts, and a set holds %d", n, 64*setWords)
	}
}

func TestStem(t *testing.T) {
	for _, line := range []string{"kill killed kills killing", "die died dies", "sign signed signs signing", "announce announced announces announcing",
		"country countries", "carry carried carries", "stop stopped stops stopping", "export exports exported", "loss losses", "open opened opening",
		"go went gone", "begin began begun", "steal stole stolen stealing", "lead led"} {
		list := strings.Fields(line)
		for _, w := range list[1:] {
			if stem(w) != stem(list[0]) {
				t.Errorf("%s is %s, %s is %s", list[0], stem(list[0]), w, stem(w))
			}
		}
	}
	for _, pair := range [][2]string{{"general", "generation"}, {"bus", "bu"}, {"need", "ne"}, {"king", "k"}, {"found", "founded"}, {"wound", "wind"}} {
		if stem(pair[0]) == stem(pair[1]) {
			t.Errorf("%s and %s fall together", pair[0], pair[1])
		}
	}
}
