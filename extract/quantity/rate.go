package quantity

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// rateWords are the adverbs of a rate, and the adjectives that stand before
// the amount ("an annual $3.8 billion").
var rateWords = map[string]string{
	"annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour", "quarterly": "quarter",
	"nightly": "night", "apiece": "unit", "annual": "year", "p.a": "year", "p.a.": "year",
}

// rateNouns are what "a" can count by: a barrel, a head. "Per" takes any noun.
var rateNouns = map[string]string{
	"year": "year", "month": "month", "week": "week", "day": "day", "hour": "hour", "minute": "minute", "second": "second", "quarter": "quarter", "night": "night", "decade": "decade", "season": "season", "term": "term",
	"annum": "year", "yr": "year", "hr": "hour", "capita": "person", "head": "person", "person": "person", "worker": "worker", "employee": "employee", "household": "household", "family": "family", "child": "child", "student": "student", "pupil": "pupil", "passenger": "passenger", "user": "user",
	"share": "share", "barrel": "barrel", "bbl": "barrel", "tonne": "t", "ton": "t", "kilo": "kg", "kilogram": "kg", "kg": "kg", "gram": "g", "ounce": "oz", "pound": "lb", "lb": "lb", "gallon": "gallon", "litre": "l", "liter": "l", "bushel": "bushel", "mile": "mile", "kilometre": "km", "kilometer": "km", "km": "km", "acre": "acre", "hectare": "ha",
	"dozen": "dozen", "piece": "unit", "unit": "unit", "ticket": "ticket", "vote": "vote", "game": "game", "match": "match", "seat": "seat", "home": "home", "vehicle": "vehicle", "car": "car", "item": "item", "dose": "dose", "bottle": "bottle", "copy": "copy", "kwh": "kW.h", "mwh": "MW.h",
}

// rate reads a rate after the amount or its noun: "a year", "per capita",
// "/km2", "annually"; and "annual" right before.
func (r *reader) rate(a *amount) {
	if a.kind == claim.Ordinal || a.per != "" {
		return
	}
	at := max(a.next, a.tail)
	per, next := r.rateAt(at, a)
	if per == "" && at > a.next {
		per, next = r.rateAt(a.next, a)
	}
	if per == "" {
		if w := r.At(a.first - 1); a.first-1 >= r.floor && (w.Lower == "annual" || w.Lower == "monthly" || w.Lower == "daily" || w.Lower == "weekly" || w.Lower == "yearly") && a.kind != claim.Duration {
			a.per = rateWords[w.Lower]
		}
		return
	}
	a.per, a.tail = per, max(a.tail, next)
	if a.kind == claim.Money || a.kind == claim.Measure {
		a.next = max(a.next, next)
	}
}

func (r *reader) rateAt(i int, a *amount) (per string, next int) {
	w, after := r.At(i), r.At(i+1)
	switch {
	case w.Rune == '/' && !after.Space && after.Kind == numeral.Letters:
		return r.denominator(i+1, a)
	case w.Lower == "per" && i+1 < len(r.Words):
		if after.Lower == "cent" {
			return "", i
		}
		return r.denominator(i+1, a)
	case w.Rune == '-' && !w.Space && (after.Lower == "a" || after.Lower == "per") && r.IsMark(i+2, '-'): // "$70-a-share"
		per, next = r.denominator(i+3, a)
		return per, next
	case w.Rune == '-' && a.kind == claim.Money && (after.Lower == "a" && !after.Space):
		return r.articleRate(i + 2)
	case w.Lower == "a" || w.Lower == "an" || w.Lower == "each" || w.Lower == "every" || w.Lower == "the" && a.kind == claim.Money:
		if per, next = r.articleRate(i + 1); per != "" {
			return per, next
		}
		if code, next, ok := r.simpleUnit(i + 1); ok && a.kind == claim.Money && w.Lower != "the" && len(after.Lower) > 2 {
			return code, next
		}
		if w.Lower == "each" && a.kind == claim.Money && (after.Kind != numeral.Letters || functionWords.Has(after.Lower)) {
			return "unit", i + 1
		}
		return "", i
	case w.Rune == '-' && (after.Lower == "per"):
		return r.denominator(i+2, a)
	}
	if per, ok := rateWords[w.Lower]; ok && w.Lower != "annual" && a.kind != claim.Duration {
		if after.Kind == numeral.Letters && (w.Lower == "daily" || w.Lower == "weekly" || w.Lower == "monthly" || w.Lower == "quarterly") && a.kind == claim.Count {
			return "", i
		}
		return per, i + 1
	}
	return "", i
}

// articleRate reads the noun after "a": one that rates count by, not a span
// that only says when ("$2 a year ago").
func (r *reader) articleRate(i int) (string, int) {
	w := r.At(i)
	per, ok := rateNouns[w.Lower]
	if !ok {
		return "", i
	}
	switch r.At(i + 1).Lower {
	case "ago", "earlier", "later", "after", "before", "prior", "from", "old", "previously", "and":
		return "", i
	}
	return per, i + 1
}

// denominator reads the noun or the unit after "per" or "/".
func (r *reader) denominator(i int, a *amount) (string, int) {
	w := r.At(i)
	if per, ok := rateNouns[w.Lower]; ok {
		return per, i + 1
	}
	if per, ok := rateNouns[strings.TrimSuffix(w.Lower, "s")]; ok {
		return per, i + 1
	}
	if n, ok := r.Read(i); ok && !n.Ordinal && !n.Vague && n.Value.IsPositive() { // "per 100,000 people"
		if noun, next := r.nounAt(n.Next); noun != "" {
			return n.Value.String() + " " + noun, next
		}
		return "", i
	}
	if code, next, ok := r.simpleUnit(i); ok {
		return code, next
	}
	if w.Kind != numeral.Letters || len(w.Lower) < 2 || r.Is(i-1, "/") && !w.Space && a.kind == claim.Count {
		return "", i
	}
	return lemma(w.Lower), i + 1
}
