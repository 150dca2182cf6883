package claim

import (
	"testing"

	"github.com/shopspring/decimal"
)

// interval makes a quantity from "[3.75,3.85)" written out: "" for an open side.
func interval(low, high string, lowOpen, highOpen bool) Quantity {
	q := Quantity{LowOpen: lowOpen, HighOpen: highOpen}
	if low != "" {
		q.Low = Number(decimal.RequireFromString(low))
	}
	if high != "" {
		q.High = Number(decimal.RequireFromString(high))
	}
	return q
}

func TestMeets(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b Quantity
		want bool
	}{
		{"equal points", interval("34", "34", false, false), interval("34", "34", false, false), true},
		{"a point outside a range", interval("34", "34", false, false), interval("10", "12", false, false), false},
		{"a point at the end of a range", interval("12", "12", false, false), interval("10", "12", false, false), true},
		{"rounded neighbours", interval("7.65", "7.75", false, true), interval("7.75", "7.85", false, true), false},
		{"more than 40 and 40", interval("40", "", true, false), interval("40", "40", false, false), false},
		{"at least 40 and 40", interval("40", "", false, false), interval("40", "40", false, false), true},
		{"more than 40 and fewer than 40", interval("40", "", true, false), interval("", "40", false, true), false},
		{"two bounds", interval("40", "", true, false), interval("", "50", false, false), true},
		{"nothing known", interval("", "", false, false), interval("5", "5", false, false), true},
	} {
		if got := c.a.Meets(c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
		if got := c.b.Meets(c.a); got != c.want {
			t.Errorf("%s, the other way: %v", c.name, got)
		}
	}
}

func TestScale(t *testing.T) {
	q := interval("3.75", "3.85", false, true)
	q.Number = Number(decimal.RequireFromString("3.8"))
	ten := q.Scale(decimal.New(10, 0))
	if ten.Number.Decimal.String() != "38" || ten.Low.Decimal.String() != "37.5" || !ten.HighOpen {
		t.Errorf("times ten: %+v", ten)
	}
	turned := q.Scale(decimal.New(-1, 0))
	if !turned.LowOpen || turned.HighOpen || turned.Low.Decimal.String() != "-3.85" || turned.High.Decimal.String() != "-3.75" {
		t.Errorf("times minus one: %+v", turned)
	}
	if q.Low.Decimal.String() != "3.75" {
		t.Error("Scale changed its receiver")
	}
}

func TestString(t *testing.T) {
	at := func(low, number, high, unit string, f func(*Quantity)) Quantity {
		q := interval(low, high, false, false)
		if number != "" {
			q.Number = Number(decimal.RequireFromString(number))
		}
		q.Unit = unit
		if f != nil {
			f(&q)
		}
		return q
	}
	for _, c := range []struct {
		q    Quantity
		want string
	}{
		{at("3750000000", "3800000000", "3850000000", "USD", func(q *Quantity) { q.Per = "year" }), "$3.8 billion a year"},
		{at("10", "", "12", "person", nil), "10 to 12 people"},
		{at("40", "40", "", "%", func(q *Quantity) { q.LowOpen, q.Bound = true, true }), "more than 40%"},
		{at("3600", "4000", "4400", "soldier", func(q *Quantity) { q.Approximate = true }), "about 4,000 soldiers"},
		{at("", "50000000000", "", "AUD", nil), "A$50 billion"},
		{at("", "3500000", "", "EUR", nil), "€3.5 million"},
		{at("", "30000000000", "", "SEK", nil), "SEK 30 billion"},
		{at("1", "1", "1", "person", nil), "1 person"},
		{at("", "700", "700", "job", func(q *Quantity) { q.Bound = true }), "up to 700 jobs"},
		{at("9", "10", "10", "km", func(q *Quantity) { q.Approximate, q.HighOpen = true, true }), "nearly 10 km"},
		{at("10", "10", "10", "a", nil), "10 years"},
		{at("60", "60", "60", "d", nil), "60 days"},
		{at("", "-5.50", "", "GBP", nil), "−£5.5"},
		{at("", "1234567", "", "", nil), "1,234,567"},
		{at("20000", "", "100000", "country", func(q *Quantity) { q.Approximate = true }), "about 20,000 to 100,000 countries"},
		{at("100", "", "200", "USD", nil), "$100 to $200"},
		{at("", "", "", "", nil), "an unknown number"},
	} {
		v := Value{Quantity: &c.q}
		if got := v.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	p := Month(2020, 7)
	if got := (Value{Period: &p}).String(); got != "2020-07-01/2020-07-31" {
		t.Errorf("got %q", got)
	}
	if got := (Value{}).String(); got != "" {
		t.Errorf("no value is %q", got)
	}
}
