package date

import (
	"strings"

	"crosscheck/claim"
	"crosscheck/extract/quantity/numeral"
	"crosscheck/words"
)

// Times of day: "06:33", "4.17 am", "0117 GMT", "two minutes to eleven", with the
// day beside them or alone. What is told to the hour means a quarter of an hour
// about it, and round minutes a few; words before it say more.

// reading is a time of day that was read.
type reading struct {
	claim.Clock
	next   int
	toHour bool // no minutes were told
	// bare says that it could be another number: a price, a ratio, a tally.
	bare bool
}

// clockStarts reports whether a time of day can begin with a word.
func clockStarts(w *numeral.Word) bool {
	if w.Kind == numeral.Letters {
		return w.IsNumber() || w.Lower == "noon" || w.Lower == "midday" || w.Lower == "midnight"
	}
	return w.Kind == numeral.Digits
}

// timeOfDay reads the time of day at word i with the day behind it, if there is one.
func (r *reader) timeOfDay(i int) (item, bool) {
	c, ok := r.clock(i)
	if !ok {
		return item{}, false
	}
	it := item{first: i, next: c.next, rule: &ruleClock}
	day, ok := r.dayBehind(c.next)
	if ok {
		it.next, it.Period = day.next, day.Period
	}
	if c.bare && !ok && !r.brings(i) && !r.headsLine(i, c.next) {
		return item{}, false
	}
	it.Clock = r.hedged(i, r.goingOn(c))
	return it, true
}

// dayBehind reads the day that a time of day is said to be of: "on Saturday",
// ", 8 March 2014", "today".
func (r *reader) dayBehind(i int) (item, bool) {
	at := r.skip(i, "", ',')
	if at = r.skip(at, "on"); at >= len(r.Words) {
		return item{}, false
	}
	if r.Is(at, "the") && r.Is(at-1, "on") {
		at++
	}
	if w := r.At(at); w.Kind == numeral.Digits && len(w.Lower) > 2 && !r.free(at) {
		return item{}, false
	}
	day, ok := r.item(at)
	if !ok {
		return item{}, false
	}
	day = r.joined(day)
	return day, !day.unresolved && day.From != 0 && day.From == day.To && day.Clock.IsZero()
}

// timed reads on from a day to the time of day behind it: "8 November 2018,
// 06:33", "Monday at 4.17 am".
func (r *reader) timed(it item) item {
	if it.unresolved || it.From == 0 || it.From != it.To {
		return it
	}
	at := r.skip(it.next, "", ',')
	const most = 4 // "at shortly before"
	for range most {
		if w := r.At(at); !leads.Has(w.Lower) && !hedges.Has(w.Lower) {
			break
		}
		at++
	}
	if at >= len(r.Words) {
		return it
	}
	if c, ok := r.clock(at); ok && (!c.bare || at > it.next) {
		it.Clock, it.next, it.rule = r.hedged(at, r.goingOn(c)), c.next, &ruleClock
	}
	return it
}

// goingOn settles which half of the day is meant by the time last told in the
// sentence, which it follows: "an alarm at 6.20 pm, the second at 6.43".
func (r *reader) goingOn(c reading) reading {
	if last := r.last.Clock; c.Half && !last.IsZero() && !last.Half && r.last.next > 0 {
		c.Half = false
		for c.From < last.From && c.To+720 <= 1440 {
			c.From, c.To = c.From+720, c.To+720
		}
	}
	return c
}

// clock reads the time of day at word i.
func (r *reader) clock(i int) (reading, bool) {
	w := r.At(i)
	switch {
	case w.Kind == numeral.Digits:
		return r.clockDigits(i)
	case w.Lower == "noon" || w.Lower == "midday":
		return reading{claim.ClockAt(12, 0), i + 1, true, false}, true
	case w.Lower == "midnight":
		return reading{claim.ClockAt(0, 0), i + 1, true, false}, r.brings(i) && !r.Is(i-1, "by")
	case w.IsNumber() && w.Kind == numeral.Letters:
		return r.clockWords(i)
	}
	return reading{}, false
}

// clockDigits reads "06:33", "8.19 am", "0117 GMT", "11 p.m."
func (r *reader) clockDigits(i int) (reading, bool) {
	h, digits := r.number(i)
	if digits == 0 || digits == 3 || !r.free(i) || r.IsMark(i-1, ':') && !r.At(i).Space && r.At(i-2).Kind == numeral.Digits {
		return reading{}, false
	}
	m, next, toHour := 0, i+1, true
	sep := r.At(i + 1)
	switch {
	case digits == 4:
		h, m = h/100, h%100
		toHour = false
		if zone, _, _ := r.zone(next); zone == 0 && !r.Is(next, "hrs") && !r.Is(next, "hours") {
			return reading{}, false
		}
		if next = r.skip(next, "hrs"); r.Is(next, "hours") && r.At(i).Lower[0] != '0' {
			return reading{}, false
		}
	case (sep.Rune == ':' || sep.Rune == '.') && !sep.Space && !r.At(i+2).Space:
		n, two := r.number(i + 2)
		if two != 2 {
			break
		}
		if after := r.At(i + 3); i+3 < len(r.Words) && !after.Space && (after.Kind == numeral.Digits || after.Rune == '%' || (after.Rune == ':' || after.Rune == '.' || after.Rune == ',' || after.Rune == '-' || after.Rune == '/') && r.At(i+4).Kind == numeral.Digits && !r.At(i+4).Space && (after.Rune != '-' || sep.Rune == '.')) {
			return reading{}, false
		}
		m, next, toHour = n, i+3, false
	}
	if h > 24 || m > 59 || h == 24 && m > 0 {
		return reading{}, false
	}
	c := reading{next: next, toHour: toHour, Clock: claim.ClockAt(h%24, m)}
	half, at := r.halfOfDay(next, h)
	zone, end, ok := r.zone(at)
	if !ok {
		return reading{}, false
	}
	c.Zone, c.next = zone, end
	switch {
	case half != noHalf:
		if h > 12 {
			break
		}
		c.Clock = claim.ClockAt(h%12+12*int(half), m)
		c.Zone = zone
	case toHour:
		return reading{}, false
	case digits == 4:
	case zone != 0:
	case h > 12 || h == 0 || r.At(i).Lower[0] == '0':
		c.bare = sep.Rune == '.' || r.At(i-1).Kind == numeral.Letters && r.At(i-1).Upper && h > 12 && r.At(i).Lower[0] != '0' && i > 1
	default:
		c.Clock, c.Half, c.bare = claim.ClockAt(h%12, m), true, true
	}
	return c, true
}

// clockWords reads "six o'clock", "half past nine", "four minutes past six",
// "two minutes to eleven", "four in the morning".
func (r *reader) clockWords(i int) (reading, bool) {
	n, ok := r.Read(i)
	if !ok && r.Is(i, "a") && r.Is(i+1, "quarter") {
		n, ok = r.Read(i + 1)
	}
	if !ok || n.Ordinal || n.Vague || n.Scale > 0 {
		return reading{}, false
	}
	part, at, named := int(n.Value.IntPart()), n.Next, false
	switch last := r.At(n.Next - 1).Lower; {
	case last == "half":
		part, named = 30, true
	case last == "quarter":
		part, named = 15, true
	case n.Ratio || part < 1 || part > 59 || !n.Value.IsInteger():
		return reading{}, false
	case r.Is(at, "minutes") || r.Is(at, "minute"):
		at++
		named = true
	}
	way := r.At(at).Lower
	switch {
	case way == "past" || named && (way == "after" || way == "to" || way == "before") && part != 30,
		way == "to" && part%5 == 0 && part < 30 && r.brings(i):
		hour, ok := r.Read(at + 1)
		if !ok || hour.Ordinal || hour.Vague || hour.Point || hour.Scale > 0 || !hour.Value.IsInteger() || hour.Value.IntPart() < 1 || hour.Value.IntPart() > 12 || r.counts(hour.Next) {
			return reading{}, false
		}
		if way == "to" || way == "before" {
			part = -part
		}
		return r.atHour(int(hour.Value.IntPart()), part, hour.Next, false)
	case part <= 12 && !named:
		return r.atHour(part, 0, at, true)
	}
	return reading{}, false
}

// atHour finishes a time told in words, so many minutes from an hour. Where only
// the hour is told, what follows must show that it is one.
func (r *reader) atHour(h, m, next int, sign bool) (reading, bool) {
	oclock := r.skip(next, "o'clock")
	half, at := r.halfOfDay(oclock, h)
	if sign && at == next {
		return reading{}, false
	}
	c := reading{next: at, toHour: sign}
	if half == noHalf {
		half, c.Half = 0, true
	}
	round := 1440
	if c.Half {
		round = 720
	}
	all := ((h%12+12*int(half))*60 + m + round) % round
	c.Clock = claim.ClockAt(all/60, all%60)
	c.Half = round == 720
	return c, true
}

// counts reports whether a noun follows at i that the number before it counts.
func (r *reader) counts(i int) bool {
	w := r.At(i)
	if w.Kind != numeral.Letters || i >= len(r.Words) || w.Token >= len(r.sentence.Tokens) {
		return w.Rune == '-' || w.Rune == '%'
	}
	switch tag := r.sentence.Tokens[w.Token].Tag; tag {
	case "NNS", "NN":
		return !clockNouns.Has(w.Lower)
	case "JJ", "VBG":
		return r.countsThings(i)
	}
	return false
}

var clockNouns = words.NewSet("o'clock a.m. p.m. am pm today yesterday tomorrow tonight")

// halfDay is a half of the day, and noHalf neither.
type halfDay int

const noHalf halfDay = -1

// halfOfDay reads "a.m.", "pm", "in the morning", "at night" at i, behind hour h.
func (r *reader) halfOfDay(i, h int) (half halfDay, next int) {
	w := r.At(i)
	switch w.Lower {
	case "a.m.", "a.m", "am":
		half, next = 0, i+1
	case "p.m.", "p.m", "pm":
		half, next = 1, i+1
	case "a", "p":
		if !r.IsMark(i+1, '.') || !r.Is(i+2, "m") {
			return noHalf, i
		}
		if half, next = 0, i+3; w.Lower == "p" {
			half = 1
		}
	case "in", "at", "this", "that":
		at := i + 1
		if w.Lower == "in" {
			if !r.Is(at, "the") {
				return noHalf, i
			}
			at++
		}
		switch part := r.At(at).Lower; {
		case part == "morning" && w.Lower != "at":
			return 0, at + 1
		case (part == "afternoon" || part == "evening") && w.Lower != "at":
			return 1, at + 1
		case part == "night" && w.Lower != "this" && h >= 6 && h < 12:
			return 1, at + 1
		case part == "night" && w.Lower == "at":
			return 0, at + 1
		}
		return noHalf, i
	default:
		return noHalf, i
	}
	if r.IsMark(next, '.') && !r.At(next).Space && len(w.Lower) == 3 && next+1 < len(r.Words) && !r.At(next+1).Upper {
		next++
	}
	return half, next
}

// zones are those that are told to readers elsewhere; another abbreviation is
// that of the place itself, whose time is told without it as well.
var zones = words.NewMap(map[string]claim.Zone{
	"utc": claim.UTC, "gmt": claim.UTC, "bst": claim.UTC + 60, "cet": claim.UTC + 60, "cest": claim.UTC + 120,
	"est": claim.UTC - 5*60, "edt": claim.UTC - 4*60, "pst": claim.UTC - 8*60, "pdt": claim.UTC - 7*60,
})

// zone reads the zone at i, if there is one: none where it is that of the place,
// and not ok where it may be one of two.
func (r *reader) zone(i int) (zone claim.Zone, next int, ok bool) {
	w := r.At(i)
	if r.Is(i, "local") && r.Is(i+1, "time") {
		return 0, i + 2, true
	}
	if i >= len(r.Words) || w.Kind != numeral.Letters || !w.Upper || w.Lower == "at" || r.Text[w.Start:w.End] != strings.ToUpper(w.Lower) {
		return 0, i, true
	}
	switch zone = zones.Get(w.Lower); {
	case zone != 0:
		return zone, i + 1, true
	case len(w.Lower) == 2: // "ET": winter's or summer's
		return 0, i, w.Lower[1] != 't'
	case (len(w.Lower) == 3 || len(w.Lower) == 4) && w.Lower[len(w.Lower)-1] == 't':
		return 0, i + 1, true
	}
	return 0, i, true
}
