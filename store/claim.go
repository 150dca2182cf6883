package store

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"crosscheck/claim"
)

// cleaned is the claim as it is stored: texts that the database takes, and the
// scope in its canonical order.
func cleaned(c claim.Claim) claim.Claim {
	c.Subject, c.Attribute = clean(c.Subject), clean(c.Attribute)
	c.Entities = cleanAll(c.Entities)
	c.Scope = sorted(cleanAll(c.Scope))
	switch v := &c.Value; {
	case v.Quantity != nil:
		q := *v.Quantity
		q.Unit, q.Per = clean(q.Unit), clean(q.Per)
		v.Quantity = &q
	case v.Entity != nil:
		e := *v.Entity
		e.Name = clean(e.Name)
		v.Entity = &e
	}
	return c
}

// maxDigits bounds a number's digits and its power of ten. Whatever a text
// counts or measures has fewer, and PostgreSQL would take more.
const maxDigits = 1000

// Fit parts appearances into those that can be stored and, in words, what is
// wrong with the others. A text can be written so that a rule reads a number or
// a day out of it that no column holds; and a rule's mistake must not become a
// quote that does not stand in the text.
func Fit(text string, claims []claim.Appearance) (fit []claim.Appearance, wrong []string) {
	for _, a := range claims {
		if reason := misfit(text, a); reason != "" {
			wrong = append(wrong, fmt.Sprintf("a claim at byte %d was left out: %s (%s)", a.Span.Start, reason, a.Rule))
			continue
		}
		fit = append(fit, a)
	}
	return fit, wrong
}

func misfit(text string, a claim.Appearance) string {
	s, in := a.Span, a.SentenceSpan
	switch {
	case in.Start < 0 || in.End > len(text) || in.Start > in.End || s.Start > s.End || !in.Contains(s):
		return "its span lies outside the text"
	case a.Quote != s.Of(text) || a.Sentence != in.Of(text):
		return "its quote is not what stands there"
	case !utf8.ValidString(a.Quote) || !utf8.ValidString(a.Sentence) || strings.ContainsRune(a.Sentence, 0):
		return "its quote cuts a letter in two"
	case !holds(a.Said):
		return "it was said on a day outside the years 1 to 9999"
	case a.Claim.Time != nil && !holds(a.Claim.Time.From, a.Claim.Time.To):
		return "its time lies outside the years 1 to 9999"
	}
	switch a.Modality {
	case claim.Asserted, claim.Reported, claim.Planned, claim.Possible, claim.Denied:
	default:
		return fmt.Sprintf("modality %q is not known", a.Modality)
	}
	switch a.Claim.Polarity {
	case claim.Affirmed, claim.Negated:
	default:
		return fmt.Sprintf("polarity %q is not known", a.Claim.Polarity)
	}
	return misfitValue(a.Claim)
}

func misfitValue(c claim.Claim) string {
	v := c.Value
	switch c.Kind {
	case claim.KindNumber:
		q := v.Quantity
		switch {
		case q == nil:
			return "it has no number"
		case q.Change < -1 || q.Change > 1:
			return "its change is none of up, down and level"
		}
		for _, d := range []decimal.NullDecimal{q.Number, q.Low, q.High} {
			if d.Valid && (d.Decimal.NumDigits() > maxDigits || d.Decimal.Exponent() > maxDigits || d.Decimal.Exponent() < -maxDigits) {
				return "its number has too many digits"
			}
		}
	case claim.KindDate:
		switch {
		case v.Period == nil || *v.Period == claim.Period{}:
			return "it has no date"
		case !holds(v.Period.From, v.Period.To):
			return "its date lies outside the years 1 to 9999"
		}
	case claim.KindEntity:
		if v.Entity == nil {
			return "it has no name"
		}
	default:
		return fmt.Sprintf("kind %q is not known", c.Kind)
	}
	return ""
}

// holds reports whether days are in the years 1 to 9999, or unknown.
func holds(days ...claim.Day) bool {
	for _, d := range days {
		if d < 0 || d > claim.DayOf(9999, time.December, 31) {
			return false
		}
	}
	return true
}
