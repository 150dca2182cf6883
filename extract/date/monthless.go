package date

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
)

// monthless reads "the 24th", "the 3rd of that month": a day of the month that
// was spoken of, or of the one of publication.
func (r *reader) monthless(i, day, next int) (item, bool) {
	if !r.Is(i-1, "the") || day < 1 || day > 31 {
		return item{}, false
	}
	it := item{first: i, next: next, rule: &ruleNarrated}
	month := r.spoken.now().month
	at := next + 1
	switch {
	case r.Is(next, "of") && r.Is(at+1, "month") && (r.Is(at, "that") || r.Is(at, "the")):
		it.next = at + 2
	case r.Is(next, "of") && r.Is(at+1, "month") && starters.Get(r.At(at).Lower).kind == deicticWord:
		it.next, month = at+2, claim.Period{}
		if r.today != 0 {
			month = shift(r.today, "month", clampDirection(starters.Get(r.At(at).Lower).value))
		}
	case r.At(i).Kind != numeral.Digits || !r.dates(i-2) || !r.unnamed(next):
		return item{}, false
	case month.From == 0 && r.today != 0:
		month = shift(r.today, "month", 0)
	}
	if month.From == 0 {
		it.unresolved = true
		return it, true
	}
	t := month.From.Time()
	if !validDay(t.Year(), int(t.Month()), day) {
		return item{}, false
	}
	it.Period = oneDay(t.Year(), int(t.Month()), day)
	return it, true
}

// dates reports whether the word at i brings a day.
func (r *reader) dates(i int) bool {
	switch r.At(i).Lower {
	case "on", "by", "until", "till", "since", "before", "after", "from", "to", "through":
		return true
	}
	return false
}

// unnamed reports whether what follows an ordinal at i is no noun of its own.
func (r *reader) unnamed(i int) bool {
	w := r.At(i)
	if i >= len(r.Words) || w.Kind == numeral.Mark {
		return w.Rune != '-'
	}
	switch tag := r.sentence.Tokens[w.Token].Tag; tag {
	case "DT", "PRP", "PRP$", "CC", "VBD", "VBZ", "MD", "WRB":
		return true
	case "IN":
		return w.Lower != "of"
	}
	return false
}
