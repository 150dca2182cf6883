package date

import (
	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// The words before a time of day: those that show that it is one, and those that
// say how near it is.

// How many minutes a time of day can be off that is told to the hour, to the half
// hour, to five minutes, or as about such a time: one told in fives, in quarters, in hours.
const (
	offHour         = 15
	offHalf         = 5
	offFive         = 2
	offAbout        = 10
	offAboutQuarter = 15
	offAboutOne     = 30
	shortly         = 20 // what "shortly before" is at most
)

// leads are the words that bring a time of day, hedges those that stand between.
var (
	leads  = words.NewSet("at by until till since before after from around about past to between towards toward and")
	hedges = words.NewSet("at about around roughly approximately circa some shortly just soon immediately right little a few minutes moments before after past nearly almost exactly precisely only")
)

// brings reports whether the word before i brings a time of day.
func (r *reader) brings(i int) bool {
	k := i - 1
	for k >= r.floor && hedges.Has(r.At(k).Lower) && !leads.Has(r.At(k).Lower) {
		k--
	}
	switch w := r.At(k).Lower; w {
	case "to", "between", "and", "from":
		return k >= r.floor && r.Is(i+1, ":")
	case "at", "by", "until", "till", "since", "before", "after", "around", "about", "past", "towards", "toward":
		return k >= r.floor && !r.priced()
	case "was":
		return r.Is(k-1, "it")
	}
	return false
}

// rates are words of what is told as a number with two decimals.
var rates = words.NewSet(`shares share stock stocks index closed closes close closing traded trading price prices priced valued rate rates average averaged averages
	percent per points dollar dollars euro euros pound pounds francs yen magnitude ratio odds yield yields cost costs sold`)

// priced reports whether the sentence speaks of prices or rates.
func (r *reader) priced() bool {
	for i := range r.Words {
		if w := &r.Words[i]; w.Kind == numeral.Letters && rates.Has(w.Lower) || w.Rune == '%' || w.Rune == '$' || w.Rune == '€' || w.Rune == '£' {
			return true
		}
	}
	return false
}

// headsLine reports whether a time of day begins a line and is set apart from
// what happened then: "22.12  The pumps failed", "21:45 - The alarm".
func (r *reader) headsLine(i, next int) bool {
	if i != 0 || next >= len(r.Words) || !r.beginsLine(r.Words[i].Start) {
		return false
	}
	gap := r.Text[r.Words[next-1].End:r.Words[next].Start]
	return len(gap) > 1 || gap == "\t" || r.Words[next].Rune == '-' && r.Words[next].Space || r.Words[next].Rune == ':'
}

// hedged widens a time of day by how finely it was told, and by the words before it.
func (r *reader) hedged(i int, c reading) claim.Clock {
	at := c.Clock
	wide, about := 0, offAbout
	switch minute := int(at.From-1) % 60; {
	case c.toHour:
		wide, about = offHour, offAboutOne
	case minute%30 == 0:
		wide, about = offHalf, offAboutQuarter
	case minute%15 == 0:
		wide, about = offFive, offAboutQuarter
	case minute%5 == 0:
		wide = offFive
	}
	k := i - 1
	for k >= r.floor && (r.Is(k, "at") || r.Is(k, "the")) {
		k--
	}
	if k < r.floor {
		return at.Around(wide, wide)
	}
	near := false
	switch r.At(k - 1).Lower {
	case "shortly", "just", "soon", "little", "minutes", "moments", "immediately", "right":
		near = k-1 >= r.floor
	}
	switch r.At(k).Lower {
	case "about", "around", "roughly", "approximately", "circa", "some":
		return at.Around(about, about)
	case "nearly", "almost", "towards", "toward":
		return at.Around(about, 0)
	case "before":
		if near {
			return at.Around(shortly, -1)
		}
		if !at.Half {
			return claim.Clock{From: 1, To: at.To, Zone: at.Zone}
		}
	case "after", "past":
		if near {
			return at.Around(-1, shortly)
		}
		if !at.Half {
			return claim.Clock{From: at.From, To: 1440, Zone: at.Zone}
		}
	case "by":
		if !at.Half {
			return claim.Clock{From: 1, To: at.To, Zone: at.Zone}
		}
	case "and", "to": // "between 3 and 4 a.m."
		h, digits := r.number(k - 1)
		if !r.Is(k-2, "between") && !r.Is(k-2, "from") || digits == 0 || digits > 2 || h > 12 {
			break
		}
		span := int(at.From-1) - h*60
		for span > 720 {
			span -= 720
		}
		if span > 0 {
			return at.Around(span, 0)
		}
	}
	return at.Around(wide, wide)
}
