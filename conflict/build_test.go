package conflict

import (
	"context"
	"strings"
	"testing"

	"crosscheck/claim"
	"crosscheck/document"

	"github.com/shopspring/decimal"
)

// The tests here make claims by hand, as a reader of texts would. A case is a
// few statements, each a document of its own unless it names one.

// statement is one claim in its sentence.
type statement struct {
	doc       string // "" for a document of its own
	source    string
	published string
	sentence  string // the document's text where text is empty
	text      string
	quote     string
	subject   string
	attribute string
	entities  []string
	value     claim.Value
	time      *claim.Period
	scope     []string
	negated   bool
	modality  claim.Modality
	said      string
	rule      claim.RuleID
}

// material turns statements into what Compare takes.
func material(t testing.TB, list []statement) (docs []Document, claims []claim.Appearance) {
	t.Helper()
	at := map[string]int{}
	for i, s := range list {
		if s.doc == "" {
			s.doc = string(rune('a'+i)) + ".txt"
		}
		k, ok := at[s.doc]
		if !ok {
			k = len(docs)
			at[s.doc] = k
			docs = append(docs, Document{Path: s.doc, Version: "sha256:" + s.doc, Source: s.source, Published: day(t, s.published), Text: s.text})
		}
		if s.text == "" {
			docs[k].Text += s.sentence + "\n"
		}
		a := claim.Appearance{
			Document: s.doc, Version: "sha256:" + s.doc, Quote: s.quote, Sentence: s.sentence, Modality: s.modality, Rule: s.rule, Said: day(t, s.said),
			Claim: claim.Claim{Subject: s.subject, Attribute: s.attribute, Entities: s.entities, Value: s.value, Time: s.time, Scope: s.scope,
				Polarity: claim.Affirmed, Kind: claim.KindEntity},
		}
		if a.Said == 0 {
			a.Said = docs[k].Published
		}
		if a.Modality == "" {
			a.Modality = claim.Asserted
		}
		if s.negated {
			a.Claim.Polarity = claim.Negated
		}
		if s.value.Quantity != nil {
			a.Claim.Kind = claim.KindNumber
		} else if s.value.Period != nil {
			a.Claim.Kind = claim.KindDate
		}
		start := strings.Index(docs[k].Text, s.sentence)
		a.SentenceSpan = document.Span{Start: start, End: start + len(s.sentence)}
		if q := strings.Index(s.sentence, s.quote); q >= 0 {
			a.Span = document.Span{Start: start + q, End: start + q + len(s.quote)}
		}
		claims = append(claims, a)
	}
	return docs, claims
}

// compareAll compares statements and fails the test on an error.
func compareAll(t testing.TB, list ...statement) []Conflict {
	t.Helper()
	docs, claims := material(t, list)
	out, err := Compare(context.Background(), docs, claims)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// only returns the one conflict there is.
func only(t testing.TB, list []Conflict) Conflict {
	t.Helper()
	if len(list) != 1 {
		t.Fatalf("%d conflicts, want one: %+v", len(list), list)
	}
	return list[0]
}

func day(t testing.TB, s string) claim.Day {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := claim.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// exact is a number and no room; said is one with the room that rounding leaves.
func exact(n, unit string) claim.Quantity {
	d := claim.Number(dec(n))
	return claim.Quantity{Number: d, Low: d, High: d, Unit: unit}
}

func said(n, low, high, unit string) claim.Quantity {
	return claim.Quantity{Number: claim.Number(dec(n)), Low: claim.Number(dec(low)), High: claim.Number(dec(high)), HighOpen: true, Unit: unit}
}

func between(low, high, unit string) claim.Quantity {
	return claim.Quantity{Low: claim.Number(dec(low)), High: claim.Number(dec(high)), Unit: unit}
}

func moreThan(n, unit string) claim.Quantity {
	return claim.Quantity{Number: claim.Number(dec(n)), Low: claim.Number(dec(n)), LowOpen: true, Unit: unit, Bound: true}
}

func lessThan(n, unit string) claim.Quantity {
	return claim.Quantity{Number: claim.Number(dec(n)), High: claim.Number(dec(n)), HighOpen: true, Unit: unit, Bound: true}
}

func about(n, low, high, unit string) claim.Quantity {
	q := said(n, low, high, unit)
	q.Approximate = true
	return q
}

func per(q claim.Quantity, unit string) claim.Quantity {
	q.Per = unit
	return q
}

func quantity(q claim.Quantity) claim.Value { return claim.Value{Quantity: &q} }

func period(p claim.Period) claim.Value { return claim.Value{Period: &p} }

func on(t testing.TB, s string) claim.Value {
	d := day(t, s)
	return period(claim.Period{From: d, To: d})
}

func entity(name string, kind claim.MentionKind) claim.Value {
	return claim.Value{Entity: &claim.Entity{Name: name, Type: kind}}
}
