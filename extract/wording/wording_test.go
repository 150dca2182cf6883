package wording

import (
	"strings"
	"testing"
)

// TestTables holds both files to their format: no word has two meanings in one
// place, and every line has its columns.
func TestTables(t *testing.T) {
	if twice := table().doublets; len(twice) > 0 {
		t.Errorf("these stand twice: %s", strings.Join(twice, ", "))
	}
	for fields := range rows(relationsText) {
		if len(fields) != 4 || !strings.HasSuffix(fields[0], " by") {
			t.Errorf("relations.txt: %q", fields)
		}
	}
	for fields := range rows(deedsText) {
		if len(fields) != 5 {
			t.Errorf("deeds.txt: %q has %d columns", fields, len(fields))
		}
	}
}

func TestRelations(t *testing.T) {
	for word, want := range map[string]string{"constructed": "built by", "acquired": "bought by", "seen": ""} {
		if got := DoneBy(word).By; got != want {
			t.Errorf("DoneBy(%q) is %q, want %q", word, got, want)
		}
	}
	if r := DoneBy("run"); r.By != "led by" || r.Body != "operated by" {
		t.Errorf("run is %+v", r)
	}
	if got := Doer("general contractor"); got != "built by" {
		t.Errorf("a general contractor: %q", got)
	}
	if got := Nominal("purchase"); got != "bought by" {
		t.Errorf("a purchase: %q", got)
	}
}

func TestDeeds(t *testing.T) {
	for _, c := range []struct {
		words string
		theme bool
		done  string
		not   bool
		n     int
	}{
		{"shut", true, "closed", false, 1},
		{"remained open", false, "closed", true, 2},
		{"given consent to", true, "approved", false, 2},
		{"stepped down", false, "resigned", false, 2},
		{"stepped over", false, "", false, 0},
		{"disappeared", false, "kept", true, 1},
		{"kept name", true, "kept", false, 1},
		{"kept running", false, "stopped", true, 2},
		{"approved", false, "", false, 0},
	} {
		d, n := DeedOf(strings.Fields(c.words), c.theme)
		if d.Done != c.done || d.Not != c.not || n != c.n {
			t.Errorf("%s: %+v of %d words", c.words, d, n)
		}
	}
}
