package pipeline

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crosscheck/store"
	"crosscheck/store/storetest"
)

// readText reads a text as a document of its own.
func readText(t *testing.T, name, text string) *store.Told {
	t.Helper()
	l, err := Loader{}.Read(t.Context(), File{Path: name}, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	told := &store.Told{Text: l.Document.Text, Claims: l.Reading.Claims}
	for _, s := range l.Reading.Sentences {
		told.Sentences = append(told.Sentences, store.Sentence{Span: s.Span, Role: s.Role})
	}
	return told
}

// words tells changes of claims, a line each.
func words(changes []ClaimChange) string {
	var b strings.Builder
	for _, c := range changes {
		switch {
		case c.Old == nil:
			fmt.Fprintf(&b, "added %s\n", c.New.Quote)
		case c.New == nil:
			fmt.Fprintf(&b, "gone %s\n", c.Old.Quote)
		default:
			fmt.Fprintf(&b, "%s: %s became %s\n", strings.Join(c.What, " "), c.Old.Quote, c.New.Quote)
		}
	}
	return b.String()
}

const aidBefore = `# Aid to Northland

The ministry gave $3.8 billion in aid to Northland in 2019.

In the flood at Lake Varn, 34 people were killed and 120 people were injured.

The bridge over the Ell was opened on 4 May 2011.
`

func TestCompareVersions(t *testing.T) {
	for name, test := range map[string]struct {
		edit []string // old, new, old, new
		want string
	}{
		"nothing":                  {nil, ""},
		"layout":                   {[]string{"\n\n", "\n\n\n\n", "In the flood at", "In the flood\nat"}, ""},
		"spelling":                 {[]string{"The bridge over", "The brigde over"}, ""},
		"another figure":           {[]string{"$3.8 billion", "$3.5 billion"}, "value: $3.8 billion became $3.5 billion\n"},
		"another way to write it":  {[]string{"$3.8 billion", "$3,800 million"}, ""},
		"one of two":               {[]string{"34 people", "43 people"}, "value: 34 became 43\n"},
		"both":                     {[]string{"34 people", "43 people", "120 people", "118 people"}, "value: 34 became 43\nvalue: 120 became 118\n"},
		"in another order":         {[]string{"34 people were killed and 120 people were injured", "120 people were injured and 34 people were killed"}, ""},
		"other order, other value": {[]string{"34 people were killed and 120 people were injured", "120 people were injured and 36 people were killed"}, "value: 34 became 36\n"},
		"another day":              {[]string{"4 May 2011", "6 May 2011"}, "value: 4 May 2011 became 6 May 2011\n"},
		"a sentence moved":         {[]string{"The bridge over the Ell was opened on 4 May 2011.\n", "", "The ministry", "The bridge over the Ell was opened on 4 May 2011.\n\nThe ministry"}, ""},
		"a sentence gone":          {[]string{"The bridge over the Ell was opened on 4 May 2011.\n", ""}, "gone was opened\ngone 4 May 2011\n"},
		"a sentence more":          {[]string{"The bridge over", "The tower of Ell was opened on 9 June 2001.\n\nThe bridge over"}, "added was opened\nadded 9 June 2001\n"},
		"other words":              {[]string{"In the flood at Lake Varn, 34 people were killed", "At Lake Varn 34 people were killed in the flood"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			old := readText(t, "a.md", aidBefore)
			fresh := readText(t, "a.md", strings.NewReplacer(test.edit...).Replace(aidBefore))
			if got := words(compareVersions(old, fresh, edited).claims); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

// A text that was put together anew takes no longer than its length says.
func TestCompareVersionsOfManySentences(t *testing.T) {
	var a, b strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&a, "In district %d the council counted %d houses.\n\n", i, 1000+i)
		fmt.Fprintf(&b, "In quarter %d the board found %d barns.\n\n", i*7, 9000+i)
	}
	old, fresh := readText(t, "a.txt", a.String()), readText(t, "b.txt", b.String())
	started := time.Now()
	d := compareVersions(old, fresh, edited)
	if took := time.Since(started); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
	if len(d.claims) == 0 {
		t.Error("no change found")
	}
}

func TestNoteOf(t *testing.T) {
	const body = "The fund paid $12 million to the town.\n\n"
	for note, want := range map[string]string{
		"Correction: the fund paid $12 million, not $21 million.":                  Correction,
		"CORRECTION (4 June): a sum was wrong.":                                    Correction,
		"An earlier version of this article gave the sum as $21 million.":          Correction,
		"This story has been corrected to show the right sum.":                     Correction,
		"Editor's note: the sum was given wrongly at first.":                       Correction,
		"This report originally said that the fund paid $21 million.":              Correction,
		"Updated: 4 June 2024, 10:30":                                              Update,
		"This page was last updated on 4 June 2024.":                               Update,
		"Share prices corrected after a week of gains.":                            "",
		"The council will update the plan next year.":                              "",
		"Prisoners were sent to correction camps, and the course was put right.":   "",
		"The minister said that an earlier version of events had been misleading.": "",
	} {
		old, fresh := readText(t, "a.txt", body), readText(t, "a.txt", body+note+"\n")
		got := ""
		if n := noteOf(old, fresh); n != nil {
			got = n.Kind
		}
		if got != want {
			t.Errorf("%s: %q, want %q", note, got, want)
		}
		if noteOf(fresh, fresh) != nil {
			t.Errorf("%s: taken for news where it stood before", note)
		}
	}
}

// clock is a time that a test sets.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func changesSince(t *testing.T, r *Runner, since time.Time) []Change {
	t.Helper()
	var all []Change
	if err := r.Changes(t.Context(), since, "", func(c *Change) error { all = append(all, *c); return nil }); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestChanges(t *testing.T) {
	s := openStore(t, storetest.New(t))
	at := &clock{time.Date(2024, 5, 1, 2, 30, 0, 0, time.UTC)}
	r := Runner{Store: s, Now: at.now, Recheck: true}
	dir := t.TempDir()
	page := write(t, filepath.Join(dir, "page.md"), aidBefore)
	write(t, filepath.Join(dir, "other.txt"), "Lake Varn, May 2019. After the flood at Lake Varn 34 people were killed, the province said.\n")
	run(t, r, dir)
	if all := changesSince(t, &r, time.Time{}); len(all) != 0 {
		t.Fatalf("changes before anything changed: %v", all)
	}

	at.at = at.at.AddDate(0, 0, 1)
	write(t, page, strings.Replace(aidBefore, "34 people", "43 people", 1))
	run(t, r, dir)
	all := changesSince(t, &r, at.at)
	if len(all) != 1 {
		t.Fatalf("%d changes", len(all))
	}
	c := all[0]
	if got := words(c.Claims); got != "value: 34 became 43\n" || !c.Quiet() || !c.LastSeen.Equal(at.at.AddDate(0, 0, -1)) {
		t.Errorf("got %s, quiet %t, last seen %s", got, c.Quiet(), c.LastSeen)
	}
	if still := c.Claims[0].Still; len(still) != 1 || filepath.Base(still[0].Document) != "other.txt" || still[0].Quote != "34" {
		t.Errorf("the old figure still stands in %v", still)
	}

	// Taken back: the version is an old one, the edit is new.
	at.at = at.at.AddDate(0, 0, 1)
	write(t, page, aidBefore+"\nCorrection: this page gave another number of dead yesterday.\n")
	run(t, r, dir)
	at.at = at.at.AddDate(0, 0, 1)
	write(t, page, strings.Replace(aidBefore, "34 people", "43 people", 1))
	run(t, r, dir)
	all = changesSince(t, &r, time.Time{})
	if len(all) != 3 || words(all[0].Claims) != words(all[2].Claims) || all[0].New.Version != all[2].New.Version {
		t.Fatalf("%d changes: %v", len(all), all)
	}
	if c := all[1]; c.Quiet() || c.Note == nil || c.Note.Kind != Correction {
		t.Errorf("a correction is told as quiet: %v", c.Note)
	}
}
