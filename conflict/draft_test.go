package conflict

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"crosscheck/claim"
)

// checked holds the statements of one document, "draft", against the others.
func checked(t testing.TB, list []statement, change func([]Document, []claim.Appearance)) *Draft {
	t.Helper()
	docs, claims := material(t, list)
	if change != nil {
		change(docs, claims)
	}
	found, err := Setting{}.Check(t.Context(), docs, claims, "draft")
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestCheckADraft(t *testing.T) {
	of := func(doc, n string) statement {
		return toll(doc, map[string]string{"draft": "The fire killed ", "a": "In the fire died ", "bb": "Dead in the fire: ", "ccc": "Killed in the fire were "}[doc]+n+" people.", n)
	}
	for _, test := range []struct {
		name    string
		list    []statement
		change  func([]Document, []claim.Appearance)
		finding Finding
		origins int
		copies  []string
	}{
		{"nobody else", []statement{of("draft", "45")}, nil, Alone, 0, nil},
		{"two others", []statement{of("draft", "45"), of("a", "45"), of("bb", "45")}, nil, Agrees, 2, nil},
		{"one other figure", []statement{of("draft", "45"), of("a", "52")}, nil, Differs, 0, nil},
		{"one of either", []statement{of("draft", "45"), of("a", "45"), of("bb", "52")}, nil, Differs, 1, nil},
		{"others of one house", []statement{of("draft", "45"), of("a", "45"), of("bb", "45")},
			func(docs []Document, _ []claim.Appearance) { docs[1].Source, docs[2].Source = "The Echo", "The Echo" }, Agrees, 1, nil},
		{"its own house", []statement{of("draft", "45"), of("a", "45"), of("bb", "45")},
			func(docs []Document, _ []claim.Appearance) { docs[0].Source, docs[1].Source = "The Echo", "The Echo" }, Agrees, 1, nil},
		{"only its own house", []statement{of("draft", "45"), of("a", "45")},
			func(docs []Document, _ []claim.Appearance) { docs[0].Source, docs[1].Source = "The Echo", "The Echo" }, Agrees, 0, nil},
		{"one mouth", []statement{of("draft", "45"), of("a", "45"), of("bb", "45")},
			func(_ []Document, claims []claim.Appearance) {
				claims[0].Attribution, claims[1].Attribution = "Anna Berg", "Anna Berg"
			}, Agrees, 1, nil},
		{"its own text", []statement{of("draft", "45"), of("a", "45")},
			func(docs []Document, _ []claim.Appearance) { docs[1].Text = docs[0].Text }, Alone, 0, []string{"a"}},
		{"its own text, framed", []statement{of("draft", "45"), of("a", "45"), of("bb", "45")},
			func(docs []Document, _ []claim.Appearance) { docs[1].Text = prose(77, 20) + docs[0].Text }, Agrees, 1, []string{"a"}},
		{"its own text, corrected", []statement{of("draft", "45"), of("a", "54")},
			func(docs []Document, _ []claim.Appearance) { docs[1].Text = prose(77, 20) + docs[0].Text }, Differs, 0, []string{"a"}},
	} {
		found := checked(t, test.list, test.change)
		if len(found.Claims) != 1 || !slices.Equal(found.Copies, test.copies) {
			t.Errorf("%s: %d claims, copies %q, want one and %q", test.name, len(found.Claims), found.Copies, test.copies)
			continue
		}
		one := found.Claims[0]
		if one.Finding != test.finding || one.Origins != test.origins || one.Places != len(one.Support) {
			t.Errorf("%s: %s with %d origins in %d of %d places, want %s with %d", test.name, one.Finding, one.Origins, len(one.Support), one.Places, test.finding, test.origins)
		}
		if differs := one.Conflict != nil; differs != (test.finding == Differs) {
			t.Errorf("%s: conflict %+v", test.name, one.Conflict)
		}
		if one.Claim.Document != "draft" || slices.ContainsFunc(one.Support, func(a claim.Appearance) bool { return a.Document == "draft" }) {
			t.Errorf("%s: %+v", test.name, one)
		}
	}
}

func TestCheckSaysWhyOthersAgree(t *testing.T) {
	// A rate and its total, in the words of documents of a sentence each.
	found := checked(t, []statement{
		{doc: "draft", sentence: "Norland gives Sudland $3.8 billion a year in aid for ten years.", quote: "$3.8 billion a year", subject: "Norland", attribute: "aid",
			entities: []string{"Norland", "Sudland"}, value: quantity(per(said("3800000000", "3750000000", "3850000000", "USD"), "year")),
			time: &claim.Period{From: day(t, "2016-01-01"), To: day(t, "2025-12-31")}},
		{doc: "a", sentence: "Norland gives Sudland $38 billion in aid over ten years.", quote: "$38 billion", subject: "Norland", attribute: "aid",
			entities: []string{"Norland", "Sudland"}, value: quantity(said("38000000000", "37500000000", "38500000000", "USD")),
			time: &claim.Period{From: day(t, "2016-01-01"), To: day(t, "2025-12-31")}},
	}, nil)
	one := found.Claims[0]
	if one.Finding != Agrees || one.Reason != "rate against total: $3.8 billion a year for 10 years is $38 billion" {
		t.Errorf("%s because %q", one.Finding, one.Reason)
	}
}

// What stands where, and in which order, decides nothing; and whatever is found, the
// draft is told of whole.
func FuzzCheck(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		docs, claims := material(t, sample(r))
		draft := docs[r.IntN(len(docs))].Path
		found, err := Setting{}.Check(t.Context(), docs, claims, draft)
		if err != nil {
			t.Fatal(err)
		}
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		r.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		again, err := Setting{}.Check(t.Context(), docs, claims, draft)
		if err != nil || !reflect.DeepEqual(found, again) {
			t.Errorf("in another order\n%+v\nnot\n%+v, %v", again, found, err)
		}
		own := 0
		for _, a := range claims {
			if a.Document == draft {
				own++
			}
		}
		if len(found.Claims) != own {
			t.Errorf("%d claims, want %d", len(found.Claims), own)
		}
		open, err := Compare(t.Context(), docs, claims)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range found.Claims {
			if (one.Finding == Agrees) != (one.Places > 0 && one.Finding != Differs) || one.Finding == Differs && one.Conflict == nil {
				t.Errorf("%+v", one)
			}
			// Comparing all finds the same questions; what a later figure replaced is in none
			// that others still answer differently.
			if one.Finding == Differs && one.Conflict.Status == Open && !slices.ContainsFunc(open, func(c Conflict) bool { return c.ID == one.Conflict.ID }) {
				t.Errorf("no other comparison finds %+v", one.Conflict)
			}
		}
	})
}
