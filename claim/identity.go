package claim

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
)

// ID is the claim's identity: SHA-256 over its kind, subject, attribute, value
// (with unit and rate), time, scope and polarity. Two texts that say the same
// thing in other words have claims with one ID, on every machine and for good:
// the encoding below is part of the stored data and must not change.
//
// The entities are no part of it, because texts name more or fewer of those
// who take part; nor is the order of the scope; nor are a number's trailing
// zeros, whose meaning lies in its bounds.
func (c Claim) ID() [32]byte {
	// Gathered first: a digest of many small writes takes three times as long.
	e := encoder{make([]byte, 0, 256)}
	e.text(string(c.Kind))
	e.text(c.Subject)
	e.text(c.Attribute)
	e.value(c.Value)
	e.period(c.Time)
	scope := c.Scope
	if len(scope) > 1 {
		scope = slices.Clone(scope)
		slices.Sort(scope)
		scope = slices.Compact(scope)
	}
	e.number(len(scope))
	for _, s := range scope {
		e.text(s)
	}
	e.text(string(c.Polarity))
	return sha256.Sum256(e.bytes)
}

// encoder writes fields so that no two different rows of fields give the same
// bytes: each text behind its length, each choice behind a number.
type encoder struct{ bytes []byte }

func (e *encoder) text(s string) {
	e.number(len(s))
	e.bytes = append(e.bytes, s...)
}

func (e *encoder) number(n int) {
	e.bytes = binary.AppendVarint(e.bytes, int64(n))
}

func (e *encoder) flag(b bool) {
	if b {
		e.number(1)
	} else {
		e.number(0)
	}
}

func (e *encoder) value(v Value) {
	switch {
	case v.Quantity != nil:
		q := v.Quantity
		e.number(1)
		e.decimal(q.Number)
		e.decimal(q.Low)
		e.decimal(q.High)
		e.flag(q.LowOpen)
		e.flag(q.HighOpen)
		e.text(q.Unit)
		e.text(q.Per)
		e.flag(q.Approximate)
		e.flag(q.Bound)
		e.number(q.Change)
	case v.Period != nil:
		if v.Period.Clock.IsZero() {
			e.number(2)
			e.period(v.Period)
			return
		}
		e.number(4)
		e.period(v.Period)
		e.text(v.Period.Clock.String())
	case v.Entity != nil:
		e.number(3)
		e.text(v.Entity.Name)
		e.text(string(v.Entity.Type))
	default:
		e.number(0)
	}
}

// period writes both ends; a period open to both sides says as little as none.
func (e *encoder) period(p *Period) {
	if p == nil {
		p = &Period{}
	}
	e.number(int(p.From))
	e.number(int(p.To))
}

// decimal writes the digits without trailing zeros, and their power of ten. It
// never writes the number out, which for "1e999999999" would take a gigabyte.
func (e *encoder) decimal(d decimal.NullDecimal) {
	if !d.Valid {
		e.text("")
		return
	}
	if d.Decimal.IsZero() {
		e.text("0")
		return
	}
	var room [64]byte
	digits := appendCoefficient(room[:0], d.Decimal)
	short := bytes.TrimRight(digits, "0")
	exponent := int64(d.Decimal.Exponent()) + int64(len(digits)-len(short))
	short = strconv.AppendInt(append(short, 'e'), exponent, 10)
	e.number(len(short))
	e.bytes = append(e.bytes, short...)
}

// appendCoefficient adds the digits of a number, which has almost always few.
func appendCoefficient(to []byte, d decimal.Decimal) []byte {
	if d.NumDigits() <= 18 {
		return strconv.AppendInt(to, d.CoefficientInt64(), 10)
	}
	return d.Coefficient().Append(to, 10)
}
