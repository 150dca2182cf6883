package lexicon_test

import (
	"testing"

	"crosscheck/extract/name/lexicon"
)

func TestCanonical(t *testing.T) {
	for _, c := range []struct {
		form, name string
		list       lexicon.Set
	}{
		{"US", "United States", lexicon.Place},
		{"U.S.", "United States", lexicon.Place},
		{"America", "United States", lexicon.Place},
		{"UNITED STATES", "United States", lexicon.Place},
		{"Ivory Coast", "Ivory Coast", lexicon.Place},
		{"Israelis", "Israel", lexicon.People},
		{"French", "France", lexicon.People},
		{"Dominican", "Dominican Republic", lexicon.People},
		{"Texan", "Texas", lexicon.People},
		{"Jewish", "Jew", lexicon.People},
		{"U.N.", "United Nations", lexicon.Organization},
		{"North Atlantic Treaty Organization", "NATO", lexicon.Organization},
	} {
		name, list, ok := lexicon.Canonical(c.form)
		if !ok || name != c.name || list != c.list {
			t.Errorf("Canonical(%q) = %q, %b, %v; want %q, %b", c.form, name, list, ok, c.name, c.list)
		}
	}
	for _, word := range []string{"us", "who", "house", "Peter", ""} {
		if name, _, ok := lexicon.Canonical(word); ok {
			t.Errorf("Canonical(%q) = %q; want none", word, name)
		}
	}
}

func TestCapitalOf(t *testing.T) {
	for city, want := range map[string]string{
		"Washington": "United States", "Washington D.C.": "United States", "Delhi": "India", "New Delhi": "India", "brasilia": "Brazil", "Brasília": "Brazil",
		"Kingston": "Jamaica", "Georgetown": "Guyana", "Kiev": "Ukraine", "Brussels": "", "Lagos": "", "": "",
	} {
		if got, ok := lexicon.CapitalOf(city); got != want || ok != (want != "") {
			t.Errorf("CapitalOf(%q) = %q, %v; want %q", city, got, ok, want)
		}
	}
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{"Chávez": "Chavez", "Łódź": "Lodz", "Søren Đặng": "Soren Dặng", "Ivan": "Ivan", "Οδός": "Οδός"} {
		if got := lexicon.Plain(text); got != want {
			t.Errorf("Plain(%q) = %q; want %q", text, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	for phrase, want := range map[string]lexicon.Set{
		"montevideo": lexicon.Place, "new york": lexicon.Place, "joanna": lexicon.Given, "gonzalez": lexicon.Family,
		"minister": lexicon.Role | lexicon.Common, "israeli": lexicon.People, "house": lexicon.Common, "new": lexicon.Prefix,
	} {
		if got := lexicon.Find(lexicon.HashOf(phrase)).Set; got&want != want {
			t.Errorf("Find(%q) = %b; want %b in it", phrase, got, want)
		}
	}
	if e := lexicon.Find(lexicon.HashOf("qwxzzyq")); e != (lexicon.Entry{}) {
		t.Errorf("a word in no list has the entry %+v", e)
	}
	a, b := lexicon.Find(lexicon.HashOf("montevideo")), lexicon.Find(lexicon.HashOf("asuncion"))
	if a.Coarse == 0 || a.Coarse != b.Coarse {
		t.Errorf("two capitals stand in clusters %d and %d; want one", a.Coarse, b.Coarse)
	}
}

// The lists are read when the first name is, within the time that a command may take to start.
// A table that is nearly full is slow, and a full one would never end a search.
func TestTableHasRoom(t *testing.T) {
	if f := lexicon.Filled(); f > 0.75 {
		t.Errorf("%.0f%% of the slots are taken; double their number", 100*f)
	} else {
		t.Logf("%.0f%% of the slots are taken", 100*f)
	}
}
