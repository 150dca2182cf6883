package claim

import "github.com/shopspring/decimal"

// Value is what a claim gives. Exactly one field is set.
type Value struct {
	Quantity *Quantity
	Period   *Period
	Entity   *Entity
}

// Quantity is a number with what its words leave open, kept as exact decimals.
//
// "$3.8 billion" says 3 800 000 000 and can mean anything in [3.75, 3.85)
// billion; "more than 40" says 40, and leaves High unset; "10 to 12" says no
// single number. A bound that is not Valid is open to that side.
type Quantity struct {
	// Number is the decimal as said; not Valid for a range.
	Number decimal.NullDecimal
	// Low and High bound what the number can mean.
	Low, High decimal.NullDecimal
	// LowOpen and HighOpen say that the bound itself is not included:
	// rounding leaves [3.75, 3.85), "more than 40" leaves (40, ∞).
	LowOpen, HighOpen bool
	// Unit is an ISO 4217 code, a UCUM code ("km", "%", "d", "a") or the
	// counted noun's lemma ("person"); "" for a bare number.
	Unit string
	// Per is the rate's unit ("year", "person", "km2"), or "".
	Per string
	// Approximate is set by "about", "some", "nearly" and their like.
	Approximate bool
	// Bound is set by words that leave a side open: "more than", "at least",
	// "up to". Such a value fits many others and decides nothing by itself.
	Bound bool
	// Change is set where the number is a difference and not a level
	// ("rose 4.5%", "up by 300"): +1 up, -1 down, 0 for a level.
	Change int
}

// Entity is a name with its type.
type Entity struct {
	// Name is the canonical name: "United States" for "US".
	Name string
	Type MentionKind
}

// Number returns a decimal that is set.
func Number(d decimal.Decimal) decimal.NullDecimal { return decimal.NewNullDecimal(d) }

// IsZero reports whether no field is set.
func (v Value) IsZero() bool { return v.Quantity == nil && v.Period == nil && v.Entity == nil }
