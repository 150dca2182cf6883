package conflict

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crosscheck/claim"

	"github.com/shopspring/decimal"
)

// sample makes a small world out of a seed: a few documents about a few
// fires, with tolls, costs, dates and deeds that partly contradict each other.
func sample(r *rand.Rand) []statement {
	places := []string{"Orvale", "Tinmouth", "Castle Brae"}
	attributes := []string{"people killed", "deaths", "people injured", "cost", "rebuilding cost", "signed", "opened"}
	var list []statement
	for d := range 2 + r.IntN(5) {
		doc := fmt.Sprintf("%c.txt", 'a'+d)
		published := ""
		if r.IntN(3) == 0 {
			published = fmt.Sprintf("2021-03-%02d", 1+r.IntN(20))
		}
		for range 1 + r.IntN(4) {
			place := places[r.IntN(len(places))]
			s := statement{doc: doc, published: published, attribute: attributes[r.IntN(len(attributes))]}
			if r.IntN(2) == 0 {
				s.subject, s.entities = place, []string{place}
			}
			if r.IntN(6) == 0 {
				y := claim.Year(2019 + r.IntN(3))
				s.time = &y
			}
			if r.IntN(8) == 0 {
				s.scope = []string{[]string{"north side", "south side"}[r.IntN(2)]}
			}
			n := int64(1 + r.IntN(60))
			switch s.attribute {
			case "signed", "opened":
				from := claim.DayOf(2020, 1, 1) + claim.Day(r.IntN(60))
				s.value = period(claim.Period{From: from, To: from + claim.Day(r.IntN(3))})
			default:
				unit := "person"
				if strings.Contains(s.attribute, "cost") {
					unit = []string{"USD", "USD", "EUR"}[r.IntN(3)]
				}
				q := exact(fmt.Sprint(n), unit)
				switch r.IntN(6) {
				case 0:
					q = between(fmt.Sprint(n), fmt.Sprint(n+5), unit)
				case 1:
					q = moreThan(fmt.Sprint(n), unit)
				case 2:
					q = about(fmt.Sprint(n), fmt.Sprint(n-1), fmt.Sprint(n+2), unit)
				}
				if unit == "USD" && r.IntN(5) == 0 {
					q.Per = "year"
				}
				s.value = quantity(q)
			}
			s.quote = fmt.Sprint(n)
			s.sentence = fmt.Sprintf("In the %s fire, %s: %d.", place, s.attribute, n)
			list = append(list, s)
		}
	}
	return list
}

// essence is what matters of a result: each conflict's status, severity and
// the documents and quotes of its positions, but not its ID or the names of copies.
func essence(list []Conflict, without string) []string {
	var out []string
	for _, c := range list {
		line := fmt.Sprintf("%s %s %.3f %d %q %q", c.Status, c.Kind, c.Severity, c.Origins, c.Question, c.Reason)
		var positions []string
		for _, p := range c.Positions {
			var at []string
			for _, a := range p.Appearances {
				if a.Document != without {
					at = append(at, fmt.Sprintf("%s:%d", a.Document, a.Span.Start))
				}
			}
			positions = append(positions, fmt.Sprintf("[%d: %s]", p.Origins, strings.Join(at, " ")))
		}
		slices.Sort(positions)
		out = append(out, line+strings.Join(positions, ""))
	}
	slices.Sort(out)
	return out
}

func FuzzOrderDecidesNothing(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		docs, claims := material(t, sample(r))
		want := result(t, docs, claims)
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		r.Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
		got := result(t, docs, claims)
		if !slices.EqualFunc(want, got, func(a, b Conflict) bool { return a.ID == b.ID }) ||
			!slices.Equal(essence(want, ""), essence(got, "")) {
			t.Errorf("seed %d: order changed\n%s\ninto\n%s", seed, strings.Join(essence(want, ""), "\n"), strings.Join(essence(got, ""), "\n"))
		}
	})
}

func FuzzACopyChangesNothing(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		docs, claims := material(t, sample(rand.New(rand.NewPCG(seed, 2))))
		want := essence(result(t, docs, claims), "")
		copied := docs[int(seed%uint64(len(docs)))]
		of := copied.Path
		for _, name := range []string{"0.txt", "z.txt"} {
			copied.Path = name
			more := slices.Clone(claims)
			for _, a := range claims {
				if a.Document == of {
					a.Document = name
					more = append(more, a)
				}
			}
			got := essence(result(t, append(slices.Clone(docs), copied), more), name)
			if !slices.Equal(want, got) {
				t.Errorf("seed %d: a copy %s of %s changed\n%s\ninto\n%s", seed, name, of, strings.Join(want, "\n"), strings.Join(got, "\n"))
			}
		}
	})
}

func FuzzWideningMakesNoConflict(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 3))
		docs, claims := material(t, sample(r))
		if unresolved(result(t, docs, claims)) > 0 {
			return
		}
		for range 4 {
			widen(r, &claims[r.IntN(len(claims))])
			if got := result(t, docs, claims); unresolved(got) > 0 {
				t.Fatalf("seed %d: a wider value made a conflict: %s", seed, strings.Join(essence(got, ""), "\n"))
			}
		}
	})
}

// widen lets a claim's value mean more than it did; its words stay.
func widen(r *rand.Rand, a *claim.Appearance) {
	by := int64(1 + r.IntN(20))
	if p := a.Claim.Value.Period; p != nil {
		a.Claim.Value = period(claim.Period{From: p.From - claim.Day(r.IntN(9)), To: p.To + claim.Day(by)})
		return
	}
	q := *a.Claim.Value.Quantity
	if q.Low.Valid {
		q.Low.Decimal = decimal.Max(decimal.Zero, q.Low.Decimal.Sub(decimal.New(by, 0)))
	}
	if q.High.Valid {
		q.High.Decimal = q.High.Decimal.Add(decimal.New(by, 0))
	}
	a.Claim.Value = quantity(q)
}

func unresolved(list []Conflict) int {
	n := 0
	for _, c := range list {
		if c.Status == Open {
			n++
		}
	}
	return n
}

func result(t testing.TB, docs []Document, claims []claim.Appearance) []Conflict {
	t.Helper()
	out, err := Compare(context.Background(), docs, claims)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEmptyAndCancelled(t *testing.T) {
	if got := result(t, nil, nil); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Compare(ctx, nil, nil); err == nil {
		t.Error("a cancelled comparison ends in an error")
	}
}

// BenchmarkCompare compares 100,000 claims of 20,000 documents at once; a tenth
// of them answer one question.
func BenchmarkCompare(b *testing.B) {
	const n = 100_000
	r := rand.New(rand.NewPCG(1, 1))
	var docs []Document
	var claims []claim.Appearance
	zipf := rand.NewZipf(r, 1.1, 8, 30_000)
	filler := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "w%d ", zipf.Uint64())
		}
		return b.String()
	}
	for d := range n / 5 {
		var text strings.Builder
		path := fmt.Sprintf("%d.txt", d)
		place := fmt.Sprintf("Place%d", r.IntN(2000))
		if d%10 == 0 {
			place = "Orvale"
		}
		for k := range 5 {
			attribute := []string{"people killed", "people injured", "rebuilding cost", "homes destroyed", "opened"}[k]
			q := exact(fmt.Sprint(10+r.IntN(20)), []string{"person", "person", "USD", "home", "day"}[k])
			if d%2 == 0 {
				q = about(fmt.Sprint(20+r.IntN(5)), "10", "40", q.Unit)
			}
			sentence := fmt.Sprintf("In the %s fire of %s, %s was %d, say reports.", place, filler(6), attribute, k)
			start := text.Len()
			text.WriteString(sentence + " ")
			a := claim.Appearance{Document: path, Version: path, Quote: fmt.Sprint(k), Sentence: sentence, Modality: claim.Asserted,
				Claim: claim.Claim{Kind: claim.KindNumber, Subject: place, Attribute: attribute, Entities: []string{place}, Value: quantity(q), Polarity: claim.Affirmed}}
			a.Span.Start, a.Span.End = start, start+1
			claims = append(claims, a)
		}
		docs = append(docs, Document{Path: path, Version: path, Text: text.String() + filler(100)})
	}
	b.ReportAllocs()
	for b.Loop() {
		out, err := Compare(context.Background(), docs, claims)
		if err != nil || len(out) == 0 {
			b.Fatal(len(out), err)
		}
	}
}
