package claim

import (
	"encoding/hex"
	"testing"

	"github.com/shopspring/decimal"
)

func aid(number, low, high string) Claim {
	set := func(s string) decimal.NullDecimal { return Number(decimal.RequireFromString(s)) }
	return Claim{
		Kind: KindNumber, Subject: "Atlantis", Attribute: "military aid", Entities: []string{"Atlantis", "Lemuria"},
		Value:    Value{Quantity: &Quantity{Number: set(number), Low: set(low), High: set(high), HighOpen: true, Unit: "USD", Per: "year"}},
		Time:     &Period{From: DayOf(2019, 1, 1), To: DayOf(2028, 12, 31)},
		Scope:    []string{"fiscal years", "grants"},
		Polarity: Affirmed,
	}
}

// Stored claims are found again by their ID, so this value holds for good.
func TestIDIsStable(t *testing.T) {
	id := aid("3800000000", "3750000000", "3850000000").ID()
	const want = "8ed77ea0f01c12c667267844b5fc59b8d33322fd0e499c9048b286cf8674120b"
	if got := hex.EncodeToString(id[:]); got != want {
		t.Errorf("ID = %s, want %s", got, want)
	}
}

func TestIDIgnoresWhatIsNoPartOfIt(t *testing.T) {
	base := aid("3.80", "3.75", "3.85")
	same := map[string]func(*Claim){
		"entities":           func(c *Claim) { c.Entities = nil },
		"order of the scope": func(c *Claim) { c.Scope = []string{"grants", "fiscal years", "grants"} },
		"trailing zeros": func(c *Claim) {
			c.Value.Quantity.Number = Number(decimal.New(380000, -5))
		},
	}
	for name, change := range same {
		c := aid("3.80", "3.75", "3.85")
		change(&c)
		if c.ID() != base.ID() {
			t.Errorf("%s: the ID changed", name)
		}
	}
	open, none := base, base
	open.Time, none.Time = &Period{}, nil
	if open.ID() != none.ID() {
		t.Error("a time open to both sides differs from no time")
	}
}

func TestIDTellsApart(t *testing.T) {
	different := map[string]func(*Claim){
		"nothing":     func(*Claim) {},
		"kind":        func(c *Claim) { c.Kind = KindDate },
		"subject":     func(c *Claim) { c.Subject = "Lemuria" },
		"attribute":   func(c *Claim) { c.Attribute = "aid" },
		"field edges": func(c *Claim) { c.Subject, c.Attribute = "Atlantismilitary", " aid" },
		"number":      func(c *Claim) { c.Value.Quantity.Number = Number(decimal.New(38, 0)) },
		"range":       func(c *Claim) { c.Value.Quantity.Number = decimal.NullDecimal{} },
		"low":         func(c *Claim) { c.Value.Quantity.Low = decimal.NullDecimal{} },
		"high":        func(c *Claim) { c.Value.Quantity.High = decimal.NullDecimal{} },
		"low open":    func(c *Claim) { c.Value.Quantity.LowOpen = true },
		"high closed": func(c *Claim) { c.Value.Quantity.HighOpen = false },
		"unit":        func(c *Claim) { c.Value.Quantity.Unit = "EUR" },
		"per":         func(c *Claim) { c.Value.Quantity.Per = "" },
		"about":       func(c *Claim) { c.Value.Quantity.Approximate = true },
		"bound":       func(c *Claim) { c.Value.Quantity.Bound = true },
		"rise":        func(c *Claim) { c.Value.Quantity.Change = 1 },
		"fall":        func(c *Claim) { c.Value.Quantity.Change = -1 },
		"zero":        func(c *Claim) { c.Value.Quantity.Number = Number(decimal.Zero) },
		"a day":       func(c *Claim) { c.Value = Value{Period: &Period{From: 1, To: 1}} },
		"an hour":     func(c *Claim) { c.Value = Value{Period: &Period{From: 1, To: 1, Clock: ClockAt(6, 33)}} },
		"a name":      func(c *Claim) { c.Value = Value{Entity: &Entity{"Lemuria", Place}} },
		"its type":    func(c *Claim) { c.Value = Value{Entity: &Entity{"Lemuria", Person}} },
		"no value":    func(c *Claim) { c.Value = Value{} },
		"time":        func(c *Claim) { c.Time = &Period{From: DayOf(2019, 1, 1)} },
		"no time":     func(c *Claim) { c.Time = nil },
		"scope":       func(c *Claim) { c.Scope = []string{"grants"} },
		"no scope":    func(c *Claim) { c.Scope = nil },
		"polarity":    func(c *Claim) { c.Polarity = Negated },
	}
	seen := make(map[[32]byte]string)
	for name, change := range different {
		c := aid("3.8", "3.75", "3.85")
		change(&c)
		if other, ok := seen[c.ID()]; ok {
			t.Errorf("%q and %q have one ID", name, other)
		}
		seen[c.ID()] = name
	}
}

// A hostile exponent must not be written out.
func TestIDOfAHugeNumberIsQuick(t *testing.T) {
	c := aid("1", "1", "1")
	c.Value.Quantity.Number = Number(decimal.New(1, 2_000_000_000))
	d := aid("1", "1", "1")
	d.Value.Quantity.Number = Number(decimal.New(10, 1_999_999_999))
	if c.ID() != d.ID() {
		t.Error("1e2000000000 and 10e1999999999 differ")
	}
}

// TestDecimalsKeepTheirSpelling holds what is part of the stored data.
func TestDecimalsKeepTheirSpelling(t *testing.T) {
	for number, want := range map[string]string{
		"0": "0", "-0.000": "0", "0e9": "0", "7": "7e0", "-7": "-7e0", "1200": "12e2", "-3.50": "-35e-1", "3.80": "38e-1", "1e900": "1e900",
		"999999999999999999": "999999999999999999e0", "-1000000000000000000": "-1e18", "1234567890123456789": "1234567890123456789e0",
		"-12345678901234567890123456789012345678901234567890123456789012345678901234567890.10": "-123456789012345678901234567890123456789012345678901234567890123456789012345678901e-1",
	} {
		var e, spelt encoder
		e.decimal(Number(decimal.RequireFromString(number)))
		if spelt.text(want); string(e.bytes) != string(spelt.bytes) {
			t.Errorf("%s: %q, want %q", number, e.bytes, spelt.bytes)
		}
	}
}
