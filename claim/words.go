package claim

import (
	"fmt"
	"strconv"
)

// Words is the value as people read it: "$3.8 billion a year", "July 2020", "Camp
// David". [Value.String] is the same with ISO 8601 dates, and with the code for a
// currency that the words leave open.
func (v Value) Words() string {
	switch {
	case v.Period != nil:
		return v.Period.Words()
	case v.Quantity != nil && v.Quantity.Unit == NoCurrency:
		sum := *v.Quantity
		sum.Unit = ""
		return sum.String()
	}
	return v.String()
}

// Words is the period as people write it: whole months and years by name, others
// by their two days, "from 14 September 2016" with an open end, and a time of day
// behind it: "8 November 2018, 06:33".
func (p Period) Words() string {
	if !p.Clock.IsZero() {
		at := p.Clock.Words()
		if p.Clock = (Clock{}); p != (Period{}) {
			at = p.Words() + ", " + at
		}
		return at
	}
	if p.From == 0 || p.To == 0 {
		switch {
		case p.From != 0:
			return "from " + p.From.Words()
		case p.To != 0:
			return "until " + p.To.Words()
		}
		return ""
	}
	from, to := p.From.Time(), p.To.Time()
	switch {
	case p.From == p.To:
		return p.From.Words()
	case p == Year(from.Year()):
		return strconv.Itoa(from.Year())
	case p == Month(from.Year(), from.Month()):
		return from.Format("January 2006")
	case p == Period{From: Year(from.Year()).From, To: Year(to.Year()).To}:
		return fmt.Sprintf("%d to %d", from.Year(), to.Year())
	}
	return p.From.Words() + " to " + p.To.Words()
}

// Words is the day as people write it, "14 September 2016", or "" for the zero Day.
func (d Day) Words() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// Words is the claim as people read it: what is asked, then the answer: "people
// killed, harbour fire: 34 people (30 April 2024)".
func (c Claim) Words() string {
	words := c.Attribute
	if c.Subject != "" && words != "" {
		words += ", "
	}
	if words += c.Subject; words == "" {
		words = string(c.Kind)
	}
	words += ": "
	if c.Polarity == Negated {
		words += "not "
	}
	words += c.Value.Words()
	if c.Time != nil {
		words += " (" + Value{Period: c.Time}.Words() + ")"
	}
	return words
}
