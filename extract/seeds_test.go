package extract_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crosscheck/claim"
)

// TestRealDocuments reads five scraped documents where they are at hand, and
// looks for claims that a person finds in them.
func TestRealDocuments(t *testing.T) {
	const folder = "../../shared/seeds"
	files, err := filepath.Glob(folder + "/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("no documents in %s: this test reads them where they are at hand", folder)
	}
	var all []claim.Appearance
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read(t, file, raw).Claims...)
	}
	for _, want := range []struct {
		quote, subject, attribute, with, time, scope string
	}{
		{quote: "$3.8 billion annually", subject: "United States", attribute: "military aid", with: "Israel", time: "2028"},
		{quote: "$38B", subject: "United States", attribute: "mou signed", with: "Israel", time: "2016"},
		{quote: "one percent", subject: "Israel", attribute: "defense exports", with: "Americas", time: "2024"},
		{quote: "May 2018", subject: "Guatemala", attribute: "embassy moved"},
		{quote: "October 7, 2023", attribute: "attacks"},
		{quote: "2000", attribute: "free trade agreements signed", with: "Mexico"},
		{quote: "2007", attribute: "free trade agreements signed", with: "MERCOSUR"},
		{quote: "2018", attribute: "free trade agreements signed", with: "Panama"},
		{quote: "60-day", attribute: "deadline"},
		{quote: "10-year", attribute: "mou", time: "2028"},
	} {
		found := false
		for _, a := range all {
			c := a.Claim
			found = found || strings.Contains(a.Quote, want.quote) && strings.Contains(c.Subject, want.subject) &&
				strings.Contains(c.Attribute, want.attribute) && strings.Contains(strings.Join(c.Entities, "|"), want.with) &&
				(want.time == "" || c.Time != nil && strings.Contains(c.Time.String(), want.time))
		}
		if !found {
			t.Errorf("no claim %+v; those with that quote:", want)
			for _, a := range all {
				if strings.Contains(a.Quote, want.quote) {
					t.Log(a.Listed())
				}
			}
		}
	}
	for _, a := range all {
		for _, furniture := range []string{"2751 views", "NFL Free Agency", "Related Notes", "See also"} {
			if strings.Contains(a.Sentence, furniture) {
				t.Errorf("a claim from furniture: %s", a.Listed())
			}
		}
	}
}
