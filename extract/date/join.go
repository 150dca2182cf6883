package date

import (
	"time"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// joined reads on for the second end of a range: "from 2016 to 2028", "between
// May and October 2020", "March 3 - April 5". An end without a year takes the
// other's.
func (r *reader) joined(a item) item {
	w := r.At(a.next)
	at := a.next + 1
	switch {
	case w.Rune == '-' && at < len(r.Words) && (w.Space == r.At(at).Space):
	case w.Lower == "to" || w.Lower == "through" || w.Lower == "until" || w.Lower == "till":
	case w.Lower == "and" && r.Is(a.first-1, "between"):
	default:
		return a
	}
	if r.Is(at, "the") {
		at++
	}
	if at >= len(r.Words) {
		return a
	}
	if r.Is(at, "present") || r.Is(at, "now") {
		a.Period = claim.Period{From: a.From, To: r.today}
		a.next, a.rule = at+1, &ruleRange
		return a
	}
	b, ok := r.item(at)
	if !ok {
		y, next, isYear := r.yearAt(at)
		if !isYear || a.yearless || a.rule == &ruleDay || measureWords.Has(r.At(next).Lower) {
			return a
		}
		b = item{first: at, next: next, Period: claim.Year(y), rule: a.rule}
	}
	if a.rule == &ruleFiscal && b.rule != &ruleFiscal && b.From != 0 && b.To-b.From > 360 && b.To-b.From < 370 {
		b.Period = r.fiscalYear(a.first, b.From.Time().Year())
	}
	if a.parts > 0 && b.rule == &ruleQuarter && b.parts == 0 && !b.unresolved { // "Q1-Q3 2021"
		a.Period, a.unresolved = within(claim.Year(b.From.Time().Year()), a.nth, a.parts), false
	}
	if a.yearless && !b.yearless && !b.unresolved && b.From != 0 && b.month > 0 {
		y := b.From.Time().Year()
		if a.month > b.month {
			y--
		}
		a.Period, a.unresolved = claim.Month(y, time.Month(a.month)), false
		if a.day > 0 {
			a.Period = oneDay(y, a.month, a.day)
		}
	}
	if a.unresolved || b.unresolved {
		if a.unresolved != b.unresolved {
			return a
		}
		a.next, a.rule = b.next, &ruleRange
		return a
	}
	if a.From == 0 || b.To == 0 || a.From > b.To || r.Is(a.next, "and") && a.To > b.From && a.To < b.To {
		return a
	}
	a.Period = claim.Period{From: a.From, To: b.To}
	a.next, a.rule = b.next, &ruleRange
	return a
}

// borrowed gives a date without a year that of a later one in its list: "June and
// July 2020", "on 3 March, 5 April and 6 May 2018".
func (r *reader) borrowed(a item) item {
	const most = 4
	if !a.yearless {
		return a
	}
	last := a
	for range most {
		at := last.next
		if r.IsMark(at, ',') {
			at++
		}
		if r.Is(at, "and") || r.Is(at, "or") || r.IsMark(at, '&') {
			at++
		}
		if at == last.next || at >= len(r.Words) {
			return a
		}
		b, ok := item{}, false
		if m := starters.Get(r.At(at).Lower); m.kind == monthWord {
			b, ok = r.monthFirst(at, m.value)
		} else if r.At(at).Kind == numeral.Digits {
			b, ok = r.dayFirst(at)
		}
		switch {
		case !ok || b.month == 0 || (b.day == 0) != (a.day == 0):
			return a
		case b.yearless:
			last = b
			continue
		}
		y := b.From.Time().Year()
		if a.month > b.month {
			y--
		}
		if a.day > 0 && !validDay(y, a.month, a.day) {
			return a
		}
		a.unresolved, a.yearless = false, false
		a.Period = claim.Month(y, time.Month(a.month))
		if a.day > 0 {
			a.Period = oneDay(y, a.month, a.day)
			a.To += claim.Day(a.days)
		}
		return a
	}
	return a
}

// bounds opens an end where a word before or after the date says so: "since
// 1973" has no end, "through 2028" no beginning.
func (r *reader) bounds(it item) item {
	if it.unresolved || !it.Clock.IsZero() || it.rule == &ruleRange && it.From != it.To && !r.Is(it.first-1, "before") {
		return it
	}
	k := it.first - 1
	placed := false // "came through on Monday" has no end
	for k >= r.floor && (r.Is(k, "the") || r.Is(k, "in") || r.Is(k, "on") || r.Is(k, "around") || r.Is(k, "about") || r.Is(k, "at")) {
		placed = placed || r.Is(k, "in") || r.Is(k, "on")
		k--
	}
	p, bare := it.Period, k == it.first-1
	if w := r.At(k).Lower; k >= r.floor && (!placed || w == "starting" || w == "beginning" || w == "effective") {
		switch w {
		case "since", "starting", "beginning", "effective":
			p = claim.Period{From: p.From}
		case "until", "till", "through", "by":
			p = claim.Period{To: p.To}
		case "before":
			if p.From > 1 {
				p = claim.Period{To: p.From - 1}
			}
		case "after":
			if bare && p.To != 0 && r.At(k-1).Lower != "shortly" && r.At(k-1).Lower != "soon" && r.At(k-1).Lower != "day" {
				p = claim.Period{From: p.To + 1}
			}
		case "to":
			if r.Is(k-1, "prior") && p.From > 1 {
				p = claim.Period{To: p.From - 1}
			}
		case "than":
			if r.Is(k-1, "later") {
				p = claim.Period{To: p.To}
			} else if r.Is(k-1, "earlier") {
				p = claim.Period{From: p.From}
			}
		}
	}
	switch w := r.At(it.next); {
	case w.Lower == "onwards" || w.Lower == "onward":
		p = claim.Period{From: it.From}
		it.next++
	case w.Lower == "and" && (r.Is(it.next+1, "later") || r.Is(it.next+1, "onwards") || r.Is(it.next+1, "beyond")):
		p = claim.Period{From: it.From}
	}
	if p == (claim.Period{}) {
		return it
	}
	if p != it.Period {
		it.Period, it.rule = p, &ruleBound
	}
	return it
}
